"""The invented towns of ``tests/data/towns``, whose optima a convex program that shares nothing with ours has found."""

from __future__ import annotations

import json
from pathlib import Path

FOLDER = Path(__file__).parent / "data" / "towns"
OBJECTIVES: dict[str, dict[str, float]] = {
    name: {aim: found["objective"] for aim, found in optima.items()}
    for name, optima in json.loads((FOLDER / "optima.json").read_text("utf-8")).items()
}
NAMES = tuple(OBJECTIVES)
