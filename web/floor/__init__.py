"""The floor: who talks with whom, who waits, and what was promised, at this moment."""
