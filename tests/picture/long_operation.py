"""An invented operation of 23 days and its pictures, read beside what was entered: repeats, corrections, breaches, endings."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clearway.picture.index import PictureIndex
from clearway.picture.view import Moments, picture_of
from clearway.record.moments import calendar, moment_of
from clearway.record.parse import draft_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clearway.picture.contract import CountOf, Fact, PictureAnswer
    from clearway.record.entry import Draft
    from clearway.record.store import Store

STREAM = "long"
CALENDAR = calendar("Europe/London", "2023-03-10")
LINES: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parents[1] / "data" / "long-operation.jsonl").read_text("utf-8").splitlines()
]
_END = moment_of("2023-04-10T00:00Z")
DRAFTS: list[Draft] = [draft_of(line, CALENDAR, now=_END, entered="imported") for line in LINES]
EVERY = timedelta(hours=6)


def moment(words: str) -> datetime:
    """A moment of the operation, such as ``day 5 21:30``."""
    return CALENDAR.span(words).start


def moments() -> list[datetime]:
    """Every six hours of its 23 days, and a minute after each entry could be known."""
    first, last = moment("day 1 12:00"), moment("day 24 00:00")
    steps = [first + EVERY * step for step in range(int((last - first) / EVERY) + 1)]
    return sorted({*steps, *(draft.known + timedelta(minutes=1) for draft in DRAFTS if first <= draft.known < last)})


def filled(store: Store, drafts: Iterable[Draft] = DRAFTS) -> Store:
    """The store with these entries."""
    store.append(STREAM, list(drafts))
    return store


@dataclass
class Pictures:
    """The pictures of a store, each made once."""

    store: Store
    index: PictureIndex = field(default_factory=PictureIndex)
    made: dict[tuple[datetime, datetime, bool], PictureAnswer] = field(default_factory=dict)

    def at(self, moment: datetime, known_at: datetime | None = None, *, bands: bool = False) -> PictureAnswer:
        """The picture about a moment, as known then or at another."""
        key = moment, known_at or moment, bands
        if key not in self.made:
            self.made[key] = picture_of(self.store, self.index, STREAM, Moments(*key[:2]), calendar=CALENDAR, bands=bands)
        return self.made[key]


@dataclass(frozen=True)
class Seen:
    """A picture and the entries that could be known by then."""

    picture: PictureAnswer

    @property
    def at(self) -> datetime:
        """The moment shown."""
        return self.picture.at

    @cached_property
    def known(self) -> list[Draft]:
        """What could be known by then, the oldest first; what was withdrawn or corrected by then is in it."""
        return [draft for draft in DRAFTS if draft.known <= self.at]

    def in_force(self, kind: str) -> list[Draft]:
        """Of a kind, without what was withdrawn or corrected by its own body, the oldest first."""
        over = {name for draft in self.known for name in draft.withdraws}
        over |= {name for draft in self.known for name in draft.corrects if body_of(draft) == body_of(BY_ID[name])}
        return [draft for draft in self.known if draft.kind == kind and draft.id not in over]

    @property
    def facts(self) -> Iterator[Fact]:
        """Everything that the picture shows."""
        shown = self.picture
        for part in (shown.states, shown.coming, shown.ended, shown.flows, shown.events):
            yield from part
        for others in (shown.promises, shown.intents, shown.requests, shown.conditions):
            yield from others
        for count in shown.counts:
            yield from count.statements

    def populations(self) -> list[CountOf]:
        """The figures that can be estimated."""
        return [count for count in self.picture.counts if count.kind == "population"]


BY_ID: dict[str, Draft] = {draft.id: draft for draft in DRAFTS}


def body_of(draft: Draft) -> str | None:
    """For whom somebody spoke; the speaker, where nothing is said."""
    return draft.source.organisation or draft.source.office


def said(draft: Draft) -> tuple[float | None, float | None]:
    """The bounds of a figure as it was entered."""
    body: Any = draft.body
    return body.amount.low, body.amount.high
