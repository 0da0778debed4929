"""Other programs: the tokens with which they ask, and the web hooks by which they are told."""
