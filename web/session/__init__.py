"""The session desk: signing in and out, and changing the password."""
