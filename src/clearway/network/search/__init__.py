"""Shortest ways: the graph, searches, repairs after closures, every street blocked in turn."""
