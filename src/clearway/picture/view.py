"""The picture in full: what is in force about every subject, and what follows from it.

Figures are shown as they were said, by whom, with their age. Nothing is averaged: where speakers' latest figures exclude each
other, that is shown as a clash.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clearway.picture.subjects import LISTED
from clearway.record.kinds.ground import Count
from clearway.record.kinds.means import ResourceRequest
from clearway.record.kinds.talks import Condition, MeetingRequest, Promise
from clearway.record.moments import written

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from clearway.picture.index import PictureIndex
    from clearway.record.entry import Entry
    from clearway.record.parts import Amount
    from clearway.record.store import Store

MOST = {"count": 50, "meeting_request": 20, "resource_request": 20}
"""How many entries of one subject are shown, the latest, by kind; one where its kind is not named."""

MOST_LISTED = 100
"""How many entries of a kind that is listed are shown, the latest."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What the room believes about ``at``, given what it knew at ``known_at``.

    Attributes:
        at: About which moment.
        known_at: As far as it was known then.
        in_force: Entries in force, by subject, latest first.
    """

    at: datetime
    known_at: datetime
    in_force: tuple[tuple[Entry, ...], ...]

    def as_json(self) -> dict[str, Any]:
        """The picture as JSON."""
        states = [told for told in self.in_force if told[0].draft.kind not in LISTED and told[0].draft.kind != "count"]
        listed = [entry for told in self.in_force if told[0].draft.kind in LISTED for entry in told]
        listed.sort(key=lambda entry: (entry.draft.happened.start, entry.id), reverse=True)
        return {
            "at": written(self.at),
            "known_at": written(self.known_at),
            "counts": [self._count(told) for told in self._of_kind("count")],
            "states": [self._fact(told[0]) for told in states],
            "events": [self._fact(entry) for entry in listed],
            "promises": [self._promise(told[0]) for told in self._of_kind("promise")],
            "requests": [
                self._request(told) for kind in ("meeting_request", "resource_request") for told in self._of_kind(kind)
            ],
            "conditions": [self._condition(told[0]) for told in self._of_kind("condition")],
            "disputed": self._disputed(),
        }

    def _of_kind(self, kind: str) -> list[tuple[Entry, ...]]:
        return [told for told in self.in_force if told[0].draft.kind == kind]

    def _fact(self, entry: Entry) -> dict[str, Any]:
        """One entry with its source and its age."""
        said = entry.as_json()
        age = (self.at - entry.draft.happened.end).total_seconds()
        return {
            "id": entry.id,
            "kind": entry.draft.kind,
            "body": said["body"],
            "happened": said["happened"],
            "known": said["known"],
            "source": said.get("source", {}),
            "grade": entry.draft.source.grade,
            "places": said.get("places", []),
            "age_s": max(age, 0.0),
        }

    def _count(self, told: Sequence[Entry]) -> dict[str, Any]:
        """One figure: its statements, each speaker's latest, and which of them clash."""
        latest = _latest_by_speaker(told)
        body = told[0].draft.body
        what, group = (body.what, body.group) if isinstance(body, Count) else ("", None)
        return {
            "what": what,
            "group": group,
            "places": self._fact(told[0])["places"],
            "latest": [self._fact(entry) for entry in latest],
            "clashes": [[first.id, second.id] for first, second in _clashes(latest)],
            "statements": [self._fact(entry) for entry in reversed(told)],
        }

    def _promise(self, entry: Entry) -> dict[str, Any]:
        body = entry.draft.body
        due = body.due if isinstance(body, Promise) else None
        is_open = isinstance(body, Promise) and body.outcome == "open"
        return self._fact(entry) | {"overdue": is_open and due is not None and due < self.at}

    def _request(self, told: Sequence[Entry]) -> dict[str, Any]:
        """A request with the time it has waited since it was first made, and whether it still waits."""
        body = told[0].draft.body
        waits = isinstance(body, MeetingRequest | ResourceRequest) and body.answer == "none_yet"
        first = min(entry.draft.happened.start for entry in told)
        return self._fact(told[0]) | {"unanswered": waits, "waiting_s": (self.at - first).total_seconds() if waits else None}

    def _condition(self, entry: Entry) -> dict[str, Any]:
        """A condition, and whether the figure that decides it meets it: true, false, or null where that is not known."""
        body = entry.draft.body
        figures = [
            latest
            for told in self._of_kind("count")
            if isinstance(body, Condition) and isinstance(told[0].draft.body, Count) and told[0].draft.body.what == body.counted
            for latest in _latest_by_speaker(told)
        ]
        most = body.at_most if isinstance(body, Condition) else None
        met = None if most is None else _at_most([_amount(entry) for entry in figures], most)
        return self._fact(entry) | {"met": met, "decided_by": [figure.id for figure in figures]}

    def _disputed(self) -> list[dict[str, Any]]:
        """Entries in force that another one in force disputes, with who does."""
        entries = {entry.id: entry for told in self.in_force for entry in told}
        return [
            {"entry": named, "disputed_by": other.id, "confirmed_by": _confirming(named, entries.values())}
            for other in entries.values()
            for named in other.draft.disputes
            if named in entries
        ]


def picture_of(store: Store, index: PictureIndex, stream: str, at: datetime, known_at: datetime) -> Picture:
    """The picture of an operation; what is new in the record is taken up first.

    Args:
        store: The record.
        index: Of the same operation; brought up to date.
        stream: The operation's name.
        at: About which moment.
        known_at: As far as it was known then.

    Raises:
        Unavailable: the database does not answer.
    """
    index.add(store.entries(stream, after=index.seq))
    seqs = [seqs for _, seqs in sorted(index.in_force(at, known_at, most=shown).items())]
    entries = {entry.seq: entry for entry in store.numbered([seq for one in seqs for seq in one])}
    return Picture(at, known_at, tuple(tuple(entries[seq] for seq in one) for one in seqs))


def shown(kind: str) -> int:
    """How many entries of one subject of a kind a picture shows."""
    return MOST_LISTED if kind in LISTED else MOST.get(kind, 1)


def _latest_by_speaker(told: Iterable[Entry]) -> list[Entry]:
    """Each speaker's latest statement of a figure, latest first; ``told`` is latest first."""
    speakers: dict[tuple[str, str], Entry] = {}
    for entry in told:
        source = entry.draft.source
        speakers.setdefault(((source.office or "").casefold(), (source.organisation or "").casefold()), entry)
    return list(speakers.values())


def _clashes(entries: Sequence[Entry]) -> list[tuple[Entry, Entry]]:
    """Pairs of statements whose ranges exclude each other."""
    pairs = [(first, second) for at, first in enumerate(entries) for second in entries[at + 1 :]]
    return [(first, second) for first, second in pairs if _apart(_amount(first), _amount(second))]


def _apart(first: Amount, second: Amount) -> bool:
    def above(one: Amount, other: Amount) -> bool:
        return one.low is not None and other.high is not None and one.low > other.high

    return above(first, second) or above(second, first)


def _at_most(amounts: Sequence[Amount], most: float) -> bool | None:
    """Whether a figure is no more than a bound: as every speaker says, or null where they leave it open or differ."""
    if amounts and all(amount.high is not None and amount.high <= most for amount in amounts):
        return True
    if amounts and all(amount.low is not None and amount.low > most for amount in amounts):
        return False
    return None


def _amount(entry: Entry) -> Amount:
    body = entry.draft.body
    assert isinstance(body, Count)  # noqa: S101 - only counts are asked
    return body.amount


def _confirming(named: str, entries: Iterable[Entry]) -> list[str]:
    return [entry.id for entry in entries if named in entry.draft.confirms]
