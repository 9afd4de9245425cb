"""Clearway: the operations room for a street that people have taken."""

from __future__ import annotations

__version__ = "0.1.0"
