"""Who may drive a GMNS link: ``allowed_uses`` in the words of ``use_definition.csv`` and ``use_group.csv``, as user classes.

A class is a use or a group of uses. It may drive where it is named itself, or where everything that it is made of may drive:
a class of cars and lorries stays off a street that only cars may use. Where a link says nothing, all may drive it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clearway.assignment.exchange.gmns_tables import read_gmns_table
from clearway.errors import UnknownName

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

EVERYONE = "all"
USUAL = ("general", "car", "sov", "auto", "drive", "motor_vehicle", "vehicle")
"""Words for the common car, best first."""

_PARTS = re.compile(r"[,;|]")


class Uses:
    """The uses of a folder, and the user classes that are asked for."""

    def __init__(self, groups: dict[str, tuple[str, ...]], named: Iterable[str], classes: Sequence[str]) -> None:
        self._groups = groups
        self._known = {*named, *groups, *(use for uses in groups.values() for use in uses)}
        self.names = tuple(classes) or (self._usual(),)
        self._masks: dict[str, int] = {}
        self._classes = tuple((name.lower(), self._leaves([name.lower()])) for name in self.names)

    def check(self) -> None:
        """Refuse classes that are no use.

        Raises:
            UnknownName: a class is none.
        """
        if unknown := [name for name, _ in self._classes if name not in self._known]:
            raise UnknownName("use", unknown, sorted(self._known))

    def mask(self, allowed: str) -> int:
        """The classes that may drive, bit k for class k.

        Args:
            allowed: A cell of ``allowed_uses``.
        """
        if allowed not in self._masks:
            named = words(allowed)
            leaves = self._leaves(named)
            free = not named or EVERYONE in named
            self._masks[allowed] = sum(
                1 << k for k, (name, uses) in enumerate(self._classes) if free or name in named or uses <= leaves
            )
        return self._masks[allowed]

    def _usual(self) -> str:
        return next((name for name in USUAL if name in self._known), USUAL[0])

    def _leaves(self, named: Iterable[str]) -> frozenset[str]:
        """Uses that are no groups, of uses and groups."""
        found, seen, left = set[str](), set[str](), list(named)
        while left:
            name = left.pop()
            if name not in seen:
                seen.add(name)
                left.extend(self._groups.get(name, ()))
                found.update(() if name in self._groups else (name,))
        return frozenset(found)


def words(allowed: str) -> tuple[str, ...]:
    """The uses of a cell.

    >>> words("WALK, bike;bus")
    ('walk', 'bike', 'bus')
    """
    return tuple(part.strip().lower() for part in _PARTS.split(allowed) if part.strip())


def read_uses(folder: Path, named: Iterable[str], classes: Sequence[str]) -> Uses:
    """The uses of a folder.

    Args:
        folder: The folder; ``use_definition.csv`` and ``use_group.csv`` are optional.
        named: Uses that links and movements name.
        classes: The user classes that are asked for; none: the common car, by whatever word the folder has for it.

    Raises:
        BadFile: a table cannot be read.
        UnknownName: a class is asked for that ``use_definition.csv`` does not define.
    """
    known, groups = {*named} - {EVERYONE}, dict[str, tuple[str, ...]]()
    definitions = folder / "use_definition.csv"
    if definitions.exists():
        known |= {row.name("use").lower() for row in read_gmns_table(definitions, ["use"])}
    if (path := folder / "use_group.csv").exists():
        rows = read_gmns_table(path, ["use_group", "uses"])
        groups = {row.name("use_group").lower(): words(row.text("uses")) for row in rows}
    uses = Uses(groups, known, classes)
    if classes and definitions.exists():
        uses.check()
    return uses
