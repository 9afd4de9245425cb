"""Buses: timetables, lines and trips on the streets."""
