"""Small records of talks, and what the Talks desk makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clearway.picture.view import Moments
from clearway.planning.reading import Reading
from clearway.planning.talks.talks import talks_of
from picture.test_view import CALENDAR, STREAM, at_hour, report

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clearway.planning.talks.contract import TalksAnswer
    from clearway.record.store import Store

QUAY: dict[str, Any] = {"places": [{"type": "named", "name": "The quay"}]}
UNION = {"office": "secretary", "organisation": "Dock union", "reliability": "C", "credibility": 3}
COUNCIL = {"office": "clerk", "organisation": "Harbour council", "reliability": "A", "credibility": 2}


def talks(store: Store, day: int, hour: int = 23, known: tuple[int, int] | None = None) -> TalksAnswer:
    """The talks at an hour of a day, as known then or at another."""
    at = at_hour(day, hour)
    return talks_of(Reading(store, STREAM, Moments(at, at_hour(*known) if known else at), CALENDAR))


def ids(lines: Iterable[Any]) -> list[str]:
    """The ids of the entries that are cited."""
    return [line.id for line in lines]


def term(store: Store, entry_id: str, by: str, before: str, what: str, day: int = 5, **more: object) -> None:
    """A condition of somebody."""
    report(store, entry_id, "condition", {"by": by, "before": before, "what": what} | more, day)


def count(store: Store, entry_id: str, low: float, high: float, day: int, hour: int = 12, **fields: object) -> None:
    """A figure of vehicles on the quay."""
    body = {"what": "vehicles", "amount": {"low": low, "high": high}}
    report(store, entry_id, "count", body, day, hour, **(QUAY | fields))
