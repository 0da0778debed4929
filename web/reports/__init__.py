"""The supervisor's desk: what people call about, and how that changes."""
