"""Small records for the ladder: what was said at which moment of one day, as it was known then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clearway.picture.index import PictureIndex
from clearway.picture.view import Moments
from clearway.planning.vehicles.ladder.answer import ladder_of
from clearway.record.moments import calendar, moment_of
from clearway.record.parse import draft_of

if TYPE_CHECKING:
    from clearway.planning.vehicles.ladder.contract import LadderAnswer, Reason
    from clearway.record.entry import Entry
    from clearway.record.store import Store

STREAM = "square"
CALENDAR = calendar("Europe/Vienna", "2024-05-06")
NOW = moment_of("2024-05-20T12:00+02:00")
GROUNDS = {"type": "named", "name": "Town square"}


def clock(time: str, day: int = 8) -> str:
    """A time of a day in May 2024."""
    return f"2024-05-{day:02}T{time}+02:00"


def say(store: Store, kind: str, at: str, body: dict[str, Any], **more: Any) -> Entry:  # noqa: ANN401 - fields of an entry
    """Write an entry that was known when it happened, or at ``known``; of the town square unless it names a place."""
    document = {
        "body": {"kind": kind, **body},
        "happened": at,
        "known": more.pop("known", at),
        "source": more.pop("source", "duty officer, Police"),
        "places": more.pop("places", [GROUNDS]),
        **more,
    }
    return store.append(STREAM, [draft_of(document, CALENDAR, now=NOW, entered="imported")])[0]


def quiet_noon(store: Store) -> None:
    """All that a go needs by half past twelve on the 8th: few people, no child, a decision, power, trucks, storage, escort."""
    say(store, "count", clock("12:00"), {"what": "people", "amount": {"low": 20, "high": 30}})
    say(store, "count", clock("12:00"), {"what": "children", "amount": {"low": 0, "high": 0}})
    say(store, "decision", clock("12:05"), {"by": "commander", "what": "Tow what blocks the lane for fire engines"})
    say(store, "power", clock("12:05"), {"power": "to move vehicles", "by": "Police", "instrument": "Roads Act, section 9"})
    for name in ("light", "heavy"):
        say(store, "tow_capability", clock("12:06"), {"state": "secured", "by": f"{name} operators", "trucks": {"low": 3}})
    say(store, "offer", clock("12:07"), {"what": "storage", "summary": "Yard of the council, 60 places", "by": "Council"})
    say(store, "deployment", clock("12:08"), {"organisation": "Police", "task": "escort of tow trucks"})


def ladder_at(store: Store, at: str, known_at: str | None = None) -> LadderAnswer:
    """The ladder at a moment, as it was known then or at another."""
    when = Moments(moment_of(at), moment_of(known_at or at))
    return ladder_of(store, PictureIndex(), STREAM, when, calendar=CALENDAR)


def reason(found: LadderAnswer, condition: str) -> Reason:
    """The one reason of a condition."""
    (one,) = [one for one in found.reasons if one.condition == condition]
    return one
