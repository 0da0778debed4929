"""The desk of cases: what was promised, to whom, and by when."""
