"""Asterisk for the hotline: find it or fetch it, write its configuration, start and stop it."""
