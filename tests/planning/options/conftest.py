"""A record for options."""

from __future__ import annotations

from picture.test_view import store

__all__ = ["store"]
