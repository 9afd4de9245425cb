"""Buses under closures: which trips and stops are cut, the best detour, and where riders go instead."""
