"""The benchmarks: how fast the hotline is, always beside something else that does the same on the same machine.

Nothing in here is part of a running hotline; `lianxin bench` alone imports it.
"""
