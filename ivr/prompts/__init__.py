"""What callers hear: the catalogue of prompts, numbers assembled from pieces, and the audio in zh/."""
