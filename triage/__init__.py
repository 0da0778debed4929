"""Text to meaning: category, urgency and the words that decided. Plain data in, frozen dataclasses out."""
