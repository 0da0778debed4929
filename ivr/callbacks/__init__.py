"""Calling residents back: ringing them, telling people from machines, and the conversation's setting."""
