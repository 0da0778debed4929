"""Sound to text: engines, audio, transcripts, model installing. Plain data in, frozen dataclasses out."""
