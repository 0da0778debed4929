"""A thin typed client of Asterisk's REST interface (ARI); docs/ari.md says how to use it and what it promises."""
