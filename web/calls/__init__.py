"""The calls desk: find a call, hear it, read it, say what it is about."""
