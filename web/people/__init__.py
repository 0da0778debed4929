"""The desk of people: who may sign in, as what, and for which districts."""
