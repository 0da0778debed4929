"""The demonstration: six real calls, from the telephone to the console."""
