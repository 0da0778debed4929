"""Synthetic voices for making prompts. `lianxin prompts build` and tools use them, a running hotline never does."""
