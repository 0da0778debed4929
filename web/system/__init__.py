"""How the hotline is set up and whether all of it is well: for reading, and what to do to change it."""
