"""Buses under closures: which trips and stops are cut, the best way round, and where riders go instead."""
