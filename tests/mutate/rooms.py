"""The rooms whose tests are held against mutants, each with its aim: the share of mutants that must be noticed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / "src" / "clearway"


@dataclass(frozen=True)
class Room:
    """Some modules with one purpose.

    Attributes:
        name: What the table calls it.
        aim: The share of its mutants that tests must notice, 0 to 1.
        patterns: Its modules, as patterns of paths below ``src/clearway``.
    """

    name: str
    aim: float
    patterns: tuple[str, ...]

    def modules(self) -> list[str]:
        """Its modules, as paths below ``src/clearway``; packages whose ``__init__`` holds no code are left out."""
        paths = sorted(path for pattern in self.patterns for path in PROGRAM.glob(pattern))
        return [path.relative_to(PROGRAM).as_posix() for path in paths if "def " in path.read_text("utf-8")]


ROOMS = (
    Room("Checkers", 0.95, ("planning/cordon/check/*.py", "planning/access/check/*.py")),
    Room("Rights and guard", 0.95, ("server/rights.py", "server/guard.py", "server/origin.py", "server/token.py")),
    Room("Record", 0.95, ("record/*.py", "record/kinds/*.py")),
    Room("Gap", 0.85, ("assignment/equilibrium/gap.py",)),
    Room("Cordon", 0.85, ("planning/cordon/planner/*.py", "planning/cordon/seal/*.py")),
    Room("Access", 0.85, ("planning/access/planner/*.py",)),
    Room("Search", 0.85, ("network/search/*.py",)),
    Room("Access tags", 0.85, ("network/importers/osm_permits.py", "network/importers/osm_obstacles.py")),
    Room("Plans", 0.85, ("planning/plan/*.py", "planning/record_closures.py", "planning/record_barriers.py")),
    Room("Gates", 0.85, ("planning/plan/gate_choice/*.py",)),
    Room("Detours", 0.85, ("planning/plan/detours/*.py",)),
    Room("Buses", 0.85, ("planning/plan/buses/*.py",)),
    Room("Picture", 0.85, ("picture/*.py",)),
    Room("Situation report", 0.85, ("publish/sitrep/*.py",)),
    Room("Modality", 0.85, ("intake/modality.py",)),
    Room("Datelines", 0.85, ("intake/datelines.py",)),
)


def asked(words: list[str]) -> Iterator[tuple[Room, list[str]]]:
    """The rooms and modules that one of the words names: a room, or a part of a module's path; all of them without a word."""
    for room in ROOMS:
        modules = [
            module
            for module in room.modules()
            if not words or any(word == room.name.lower() or word in module for word in map(str.lower, words))
        ]
        if modules:
            yield room, modules
