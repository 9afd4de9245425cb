"""What each street, barrier and turn restriction with hours is, for every combination of its hours that may hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from clearway.network.hours import NotUnderstood
from clearway.network.importers.osm_times import conditions_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")

MOST_HOURS = 4
"""Different hours on one street that are told apart: sixteen combinations. More are in no data that we know."""


def combinations(tags: Mapping[str, str], read: Callable[[Callable[[str], bool]], T]) -> tuple[tuple[str, ...], list[T]] | None:
    """The hours on which some tags depend, and what they say for each combination of them; None where nothing depends on them.

    Args:
        tags: Of a street, a barrier or a restriction.
        read: What they say where those hours hold that a test says hold.

    Returns:
        Hours, and as many entries as two to their number: entry ``n`` where those hold whose bit is set in ``n``.
    """
    hours = conditions_of(tags)
    if not 0 < len(hours) <= MOST_HOURS:
        return None
    entries = [read(_test(hours, held)) for held in range(1 << len(hours))]
    return None if all(entry == entries[0] for entry in entries) else (hours, entries)


def _test(hours: tuple[str, ...], held: int) -> Callable[[str], bool]:
    def holds(condition: str) -> bool:
        if condition not in hours:
            raise NotUnderstood(condition)
        return bool(held >> hours.index(condition) & 1)

    return holds
