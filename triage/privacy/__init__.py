"""Personal data in what people say: where it is, of which kind, and the text without it."""
