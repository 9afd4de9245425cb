"""``python -m clearway`` is ``clearway``."""

from __future__ import annotations

from clearway.cli import main

main()
