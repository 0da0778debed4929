"""How the schema came to be, one change a file."""
