"""What happens, as it happens: a stream of server-sent events, for the console and for programs."""
