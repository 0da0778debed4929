"""What an agent sees of quality: one's own sheets, to acknowledge or appeal against, and calls to learn from."""
