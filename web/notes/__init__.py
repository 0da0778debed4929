"""Notes on a call, for colleagues."""
