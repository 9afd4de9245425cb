"""Decisions: what each rests on, what was expected of it, and what came."""
