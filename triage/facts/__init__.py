"""What was said that somebody must act on: amounts, times, households, what failed, danger, promises, moods."""
