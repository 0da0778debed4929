"""Tone and politeness: acoustic measures, rules, the scorecard. Pure: plain data in, frozen dataclasses out."""
