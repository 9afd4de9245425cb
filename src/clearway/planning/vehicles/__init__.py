"""Vehicles that stand on the streets: where, which of them matter, and where they could go."""
