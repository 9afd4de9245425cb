"""Where the public benchmark networks lie: in the folder CLEARWAY_TNTP, else in ``shared/tntp`` beside the repository."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

NAMES = ("Anaheim", "Barcelona", "Berlin-Center", "Braess-Example", "Chicago-Sketch", "SiouxFalls", "Winnipeg")


def public_network(name: str) -> Path:
    """The folder of a network; the test is skipped where it is absent."""
    beside = Path(__file__).parents[2] / "shared" / "tntp"
    folder = Path(os.environ.get("CLEARWAY_TNTP", beside)) / name
    if not folder.is_dir():
        pytest.skip(f"The public network {name} is not in {folder.parent}: set CLEARWAY_TNTP to a folder that holds it.")
    return folder
