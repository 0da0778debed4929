"""Known outages: what callers of a district hear, kept by hand."""
