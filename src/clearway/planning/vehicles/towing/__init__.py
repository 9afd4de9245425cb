"""Towing: which truck fetches which vehicle when, and how soon each wish is met."""
