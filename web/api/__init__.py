"""The API: what other programs may ask and change, with tokens, described by itself."""
