"""The rooms whose tests are held against mutants, each with its aim: the share of mutants that must be noticed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / "src" / "clearway"
TESTS = ROOT / "tests"


@dataclass(frozen=True)
class Room:
    """Some modules with one purpose.

    Attributes:
        name: What the table calls it.
        aim: The share of its mutants that tests must notice, 0 to 1.
        patterns: Its modules, as patterns of paths below ``src/clearway``.
        beside: Test files, as patterns of paths below ``tests``, that look at it from another folder.
    """

    name: str
    aim: float
    patterns: tuple[str, ...]
    beside: tuple[str, ...] = ()

    def modules(self) -> list[str]:
        """Its modules, as paths below ``src/clearway``; packages whose ``__init__`` holds no code are left out."""
        paths = sorted(path for pattern in self.patterns for path in PROGRAM.glob(pattern))
        return [path.relative_to(PROGRAM).as_posix() for path in paths if "def " in path.read_text("utf-8")]

    def test_files(self) -> set[str]:
        """The tests that look at it: those of its folders, or of the nearest folder above that has any, and those beside."""
        found = {path for module in self.modules() for path in _tests_of(Path(module).parent)}
        return {path.relative_to(ROOT).as_posix() for path in found.union(*(TESTS.glob(pattern) for pattern in self.beside))}


def _tests_of(folder: Path) -> list[Path]:
    """The test files of a folder of the program."""
    return list((TESTS / folder).glob("test_*.py")) or _tests_of(folder.parent)


ROOMS = (
    Room(
        "Checkers",
        0.95,
        (
            "planning/claims.py",
            "planning/cordon/check/*.py",
            "planning/access/check/*.py",
            "planning/plan/handover/check/*.py",
            "planning/plan/stages/check/*.py",
            "planning/vehicles/check/*.py",
            "planning/vehicles/towing/check/*.py",
            "planning/vehicles/offer/check/*.py",
            "planning/vehicles/balance/check/*.py",
            "planning/talks/check/*.py",
        ),
    ),
    Room("Rights and guard", 0.95, ("server/rights.py", "server/guard.py", "server/origin.py", "server/token.py")),
    Room("Record", 0.95, ("record/*.py", "record/kinds/*.py"), ("test_before.py",)),
    Room("Gap", 0.85, ("assignment/equilibrium/gap.py",)),
    Room(
        "Cordon",
        0.85,
        ("planning/cordon/planner/*.py", "planning/cordon/seal/*.py"),
        ("planning/cordon/check/test_*.py", "planning/cordon/test_*.py", "cli/test_cordon.py"),
    ),
    Room("Access", 0.85, ("planning/access/planner/*.py",), ("planning/access/test_*.py", "cli/test_access.py")),
    Room("Search", 0.85, ("network/search/*.py",)),
    Room(
        "Access tags",
        0.85,
        ("network/importers/osm_permits.py", "network/importers/osm_obstacles.py"),
        ("network/test_timed.py",),
    ),
    Room(
        "Plans",
        0.85,
        ("planning/plan/*.py", "planning/record_closures.py", "planning/record_barriers.py"),
        ("cli/test_plan*.py",),
    ),
    Room("Gates", 0.85, ("planning/plan/gate_choice/*.py",), ("cli/test_gates.py",)),
    Room("Detours", 0.85, ("planning/plan/detours/*.py",), ("cli/test_detours.py", "server/desks/detours/test_*.py")),
    Room("Buses", 0.85, ("planning/plan/buses/*.py",), ("cli/test_buses.py", "server/desks/buses/test_*.py")),
    Room("Stages", 0.85, ("planning/plan/stages/*.py",), ("cli/test_stages.py",)),
    Room("March", 0.85, ("planning/plan/march/*.py",), ("cli/test_march.py",)),
    Room("Handover", 0.85, ("planning/plan/handover/*.py",), ("cli/test_handover.py",)),
    Room("Vehicles", 0.85, ("planning/vehicles/*.py", "planning/vehicles/clearing/*.py"), ("cli/test_vehicle*.py",)),
    Room(
        "Towing",
        0.85,
        ("planning/vehicles/towing/*.py",),
        ("cli/test_tow*.py", "server/desks/vehicles/test_*tow*.py", "publish/test_tow_papers.py"),
    ),
    Room("Offers", 0.85, ("planning/vehicles/offer/*.py",), ("cli/test_offer.py",)),
    Room("Ladder", 0.85, ("planning/vehicles/ladder/*.py",), ("cli/test_ladder.py",)),
    Room("Balance", 0.85, ("planning/vehicles/balance/*.py",), ("cli/test_offer.py",)),
    Room("Talks", 0.85, ("planning/talks/*.py",), ("cli/test_talk*.py", "server/desks/talks/test_*.py")),
    Room(
        "Decisions",
        0.85,
        ("planning/decide/*.py",),
        (
            "cli/test_decide*.py",
            "cli/test_risks.py",
            "cli/test_talks.py",
            "server/desks/decide/test_*.py",
            "publish/test_decision_log.py",
            "publish/test_after_action.py",
        ),
    ),
    Room(
        "Options",
        0.85,
        ("planning/options/*.py", "planning/options/ensemble/*.py"),
        (
            "cli/test_decide_compare.py",
            "cli/options/test_*.py",
            "planning/decide/test_risks.py",
            "server/desks/decide/test_*.py",
        ),
    ),
    Room("Picture", 0.85, ("picture/*.py",)),
    Room("Situation report", 0.85, ("publish/sitrep/*.py",), ("cli/test_sitrep.py",)),
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
