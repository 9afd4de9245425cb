"""What a record says of vehicles that stand, come, leave, are towed or parked elsewhere, as intervals.

====================  =================================================================================================
entry                 what it says here
====================  =================================================================================================
count of vehicles     so many stood there at some moment of its span; at a place of parking: so many are parked
flow of vehicles      so many came or left; "grew" and "shrank": there were more or fewer at its end than at its beginning
tow event             so many left, towed; "not towed": none
tow progress          so many of all orders were towed since the first started; so many at least were driven away
offer of parking      so many, taken up or by its word of how full it is, have left the streets by then
====================  =================================================================================================

Several figures of one day that say how many came, or left, or were towed, from one place, are one running total since that day
began: they are never added up.
"""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from clearway.picture.facts import said_until
from clearway.picture.subjects import where_key
from clearway.record.kinds.figures import Count, Flow
from clearway.record.kinds.means import OCCUPANCY, Offer, TowEvent
from clearway.record.kinds.tows import TowProgress
from clearway.record.place_words import place_words
from clearway.record.source import speaker
from clearway.words import time_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from zoneinfo import ZoneInfo

    from clearway.record.entry import Entry
    from clearway.record.parts import Amount

VEHICLES = "vehicles"
ABOUT = 0.1
"""By what share of itself a figure that was said with "about" may be off either way, where nobody says otherwise."""

_DECIMALS = 6
"""That are looked at where a share of a figure is rounded to whole vehicles: 1.1 x 450 is 495."""

Role = Literal["stand", "came", "left", "change", "parked"]


class Statement(NamedTuple):
    """What one entry says.

    Attributes:
        entry: Its id.
        role: What is counted: vehicles that stand there, that came, that left, the change, or those parked elsewhere.
        start, end: Of its span; of vehicles parked, the moment.
        low, high: At least and at most; infinite where nobody said.
        group: Of those who came or left, where from: movements of two groups are added, figures of one are not.
        says: The entry in a sentence, with who said it and when.
        is_repeat: Whether it says the figure again that the same speaker said before.
    """

    entry: str
    role: Role
    start: datetime
    end: datetime
    low: float
    high: float
    group: str
    says: str
    is_repeat: bool = False


class Said(NamedTuple):
    """What is said of one place.

    Attributes:
        where: The place whose vehicles are balanced, in words.
        statements: By the end of their spans.
        assumed: What nobody said, in sentences.
        left_out: What is said of vehicles and cannot be used, in sentences.
    """

    where: str
    statements: tuple[Statement, ...]
    assumed: tuple[str, ...]
    left_out: tuple[str, ...]


def said_of(entries: Iterable[Entry], zone: ZoneInfo, *, place: str = "", about: float = ABOUT) -> Said:
    """What some entries say of the vehicles of one place.

    Args:
        entries: In force, in any order.
        zone: The operation's: its days are running totals.
        place: Whose vehicles are balanced, in words; empty: the place of which most figures were said.
        about: By what share "about" widens a figure either way, 0 to below 1.
    """
    read = _Reading(list(entries), zone, about)
    where = place or read.place_of_most()
    found = sorted(read.statements(where), key=lambda one: (one.end, one.start, one.entry))
    return Said(where, tuple(_repeats(found, read)), tuple(dict.fromkeys(read.assumed)), tuple(read.left_out))


class _Reading:
    """Entries while they are read.

    Attributes:
        assumed, left_out: As :class:`Said`.
    """

    def __init__(self, entries: Sequence[Entry], zone: ZoneInfo, about: float) -> None:
        self.entries = {entry.id: entry for entry in entries}
        self._zone = zone
        self._about = about
        self._parking = {
            tuple(where_key(entry.draft))
            for entry in entries
            if isinstance(entry.draft.body, Offer) and entry.draft.body.what == "parking"
        }
        self.assumed: list[str] = []
        self.left_out: list[str] = []

    def place_of_most(self) -> str:
        """The place of which most figures of vehicles were said; empty where none was."""
        said: dict[str, int] = {}
        for entry in self.entries.values():
            if _is_figure(entry) and not self._is_parking(entry):
                said[_where(entry)] = said.get(_where(entry), 0) + 1
        return max(sorted(said), key=lambda where: said[where], default="")

    def statements(self, where: str) -> Iterator[Statement]:
        """What the entries say of a place."""
        moves: list[Statement] = []
        for entry in self.entries.values():
            body = entry.draft.body
            if _is_figure(entry):
                yield from self._figure(entry, where)
            elif isinstance(body, Flow) and body.what == VEHICLES:
                moves += self._move(entry, body, where)
            elif isinstance(body, TowEvent):
                moves.append(self._towed(entry, body, where))
            elif isinstance(body, Offer) and body.what == "parking":
                yield from self._offer(entry, body)
        yield from self._running([*moves, *self._worked_off()])

    def _figure(self, entry: Entry, where: str) -> Iterator[Statement]:
        body = entry.draft.body
        assert isinstance(body, Count)  # noqa: S101 - only figures are asked
        if self._is_parking(entry):
            yield self._parked(entry, *self._bounds(body.amount))
        elif _where(entry) == where:
            yield self._statement(entry, "stand", self._bounds(body.amount))
        else:
            self.left_out.append(f"{self._says(entry)}: a figure of another place, {_where(entry) or 'which nobody named'}.")

    def _move(self, entry: Entry, body: Flow, where: str) -> list[Statement]:
        if self._is_parking(entry):
            self.left_out.append(f"{self._says(entry)}: what comes to a place of parking or leaves it moves no figure here.")
            return []
        bounds = self._bounds(body.amount) if body.amount else (1.0, math.inf)
        group = self._among(entry, where)
        if body.direction in ("arrived", "left"):
            return [self._statement(entry, "came" if body.direction == "arrived" else "left", bounds, group)]
        least, most = bounds
        return [self._statement(entry, "change", bounds if body.direction == "grew" else (-most, -least), group)]

    def _towed(self, entry: Entry, body: TowEvent, where: str) -> Statement:
        bounds = self._bounds(body.amount) if body.amount else (1.0, math.inf)
        self._among(entry, where)
        return self._statement(entry, "left", bounds if body.done else (0.0, 0.0), "towed")

    def _worked_off(self) -> Iterator[Statement]:
        """How many of all orders were towed since the first started, and how many at least were driven away, word by word."""
        latest: dict[int, TowProgress] = {}
        for entry in sorted(self.entries.values(), key=lambda one: (one.draft.happened.end, one.seq)):
            if not isinstance(body := entry.draft.body, TowProgress):
                continue
            latest[body.order] = body
            start = min(*(one.starts for one in latest.values()), entry.draft.happened.end)
            done, gone = (sum(getattr(one, field) for one in latest.values()) for field in ("done", "gone"))
            if done:
                yield self._statement(entry, "left", (done, done), "towed")._replace(start=start)
            if gone and body.state == "gone":
                yield self._statement(entry, "left", (gone, math.inf))._replace(start=start)

    def _offer(self, entry: Entry, body: Offer) -> Iterator[Statement]:
        if body.taken_up:
            yield self._parked(entry, *self._bounds(body.taken_up))
        if body.occupancy and body.capacity is None:
            self.left_out.append(f"{self._says(entry)}: nobody said how many fit there.")
        elif body.occupancy and body.capacity:
            least, most = self._bounds(body.capacity)
            low, high = OCCUPANCY[body.occupancy]
            self.assumed.append(f'"{body.occupancy.replace("_", " ")}" is taken to be {low:.0%} to {high:.0%} of the places.')
            yield self._parked(entry, math.floor(least * low), math.ceil(most * high) if math.isfinite(most) else math.inf)

    def _parked(self, entry: Entry, low: float, high: float) -> Statement:
        self.assumed.append(
            f"Whoever parks at {_where(entry) or 'a place that was offered'} is taken to have left the streets."
        )
        moment = said_until(entry.draft)
        return Statement(entry.id, "parked", moment, moment, low, high, _where(entry), self._says(entry))

    def _statement(self, entry: Entry, role: Role, bounds: tuple[float, float], group: str = "") -> Statement:
        start, end = entry.draft.happened.start, said_until(entry.draft)
        return Statement(entry.id, role, start, end, *bounds, group, self._says(entry))

    def _among(self, entry: Entry, where: str) -> str:
        """Where those came from or left who moved: another place is taken to be a part of the one that is balanced."""
        if (other := _where(entry)) in ("", where):
            return ""
        self.assumed.append(f"Vehicles of {other} are taken to be among those of {where or 'the whole operation'}.")
        return other

    def _running(self, moves: Sequence[Statement]) -> Iterator[Statement]:
        """Figures of one day about one group, as totals since the day began."""
        by_day: dict[tuple[Role, str, date], list[Statement]] = {}
        for one in moves:
            day = one.end.astimezone(self._zone).date()
            if one.role == "change" or one.start.astimezone(self._zone).date() != day:
                yield one
            else:
                by_day.setdefault((one.role, one.group, day), []).append(one)
        for (role, group, _), figures in by_day.items():
            begin = figures[0].start.astimezone(self._zone).replace(hour=0, minute=0, second=0, microsecond=0)
            if len(figures) > 1:
                who = "towed" if group == "towed" else "that came" if role == "came" else "that left"
                self.assumed.append(f"Figures of one day for vehicles {who} are one running total since the day began.")
            for one in figures:
                is_total = len(figures) > 1 or one.start == one.end
                before = begin if begin < one.end else begin - timedelta(days=1)
                yield one._replace(start=before) if is_total else one

    def _bounds(self, amount: Amount) -> tuple[float, float]:
        """A number as an interval of whole vehicles."""
        low, high = amount.low or 0.0, math.inf if amount.high is None else amount.high
        if not amount.about:
            return math.ceil(low), high if math.isinf(high) else math.floor(high)
        self.assumed.append(f'"About" is taken to be off by {self._about:.0%} at most, either way.')
        least, most = (round(bound, _DECIMALS) for bound in (low * (1 - self._about), high * (1 + self._about)))
        return math.floor(least), most if math.isinf(most) else math.ceil(most)

    def _says(self, entry: Entry) -> str:
        said = entry.draft.body.says(self._zone)
        return f"{said} ({speaker(entry.draft.source)}, {time_words(said_until(entry.draft), self._zone)})"

    def _is_parking(self, entry: Entry) -> bool:
        return tuple(where_key(entry.draft)) in self._parking and bool(entry.draft.places)


def _is_figure(entry: Entry) -> bool:
    body = entry.draft.body
    return isinstance(body, Count) and body.what == VEHICLES and body.group is None


def _where(entry: Entry) -> str:
    return place_words(entry.draft.places)


def _repeats(found: Sequence[Statement], read: _Reading) -> Iterator[Statement]:
    """The statements, with whether each repeats its speaker's figure of before."""
    last: dict[str, tuple[float, float]] = {}
    for one in found:
        if one.role != "stand":
            yield one
            continue
        who = speaker(read.entries[one.entry].draft.source)
        yield one._replace(is_repeat=last.get(who) == (one.low, one.high))
        last[who] = one.low, one.high
