"""What becomes of a call: cases and their promises, known outages, customers, callbacks."""
