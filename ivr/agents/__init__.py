"""Agents on the line: waiting for one, ringing one, talking to one."""
