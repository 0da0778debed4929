"""Calling residents back: asked for on the page of their call, made by the telephone side."""
