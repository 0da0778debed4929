"""The desk of the audit: what everybody did."""
