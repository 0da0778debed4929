"""Other processes that make pages too: Python computes on one core of a machine, and pages need not queue for it."""
