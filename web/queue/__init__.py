"""The agents' desk: in the queue or not, who waits, and the call in hand."""
