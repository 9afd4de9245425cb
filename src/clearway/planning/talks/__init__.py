"""Talks: who wants what of whom, what was promised, what waits for an answer, and where each side waits for the other."""
