"""The pipeline from a stored recording to a call that a person can review."""
