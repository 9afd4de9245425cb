"""Requests, and offers that wait: how old, who owes the answer, by which entry it came, and what was said elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.planning.talks.contract import RequestOf
from clearway.planning.talks.parties import named_in
from clearway.planning.talks.subjects import act_of, stems_of, subject_of
from clearway.record.kind import Kind, Role
from clearway.record.kinds.means import Offer
from clearway.record.kinds.pending import Condition, EasingRequest, MeetingRequest, ResourceRequest
from clearway.record.kinds.talks import Statement
from clearway.words import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from clearway.planning.reading import Reading
    from clearway.planning.talks.contract import AnswerState
    from clearway.planning.talks.lines import Lines
    from clearway.planning.talks.parties import Parties
    from clearway.planning.talks.subjects import Act
    from clearway.record.entry import Entry

ASKING: tuple[type[Kind], ...] = (MeetingRequest, ResourceRequest, EasingRequest, Offer)
"""Kinds of entries that may wait for an answer."""

_NONE = "none_yet"


class _Request:
    """One request with all entries about it, the first known first."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = sorted(entries, key=lambda one: (one.draft.happened.start, one.had_from, one.seq))
        answered = [at for at, one in enumerate(self.entries, start=1) if _answer(one.draft.body) != _NONE]
        last = answered[-1] if answered else 0
        is_answered = last == len(self.entries)
        self.answer = self.entries[-1] if is_answered else None
        self.first = self.entries[0 if is_answered else last]
        self.body = self.entries[-1].draft.body

    @property
    def state(self) -> AnswerState:
        """How it was answered."""
        found: AnswerState = "unanswered" if self.answer is None else _answer(self.body)  # type: ignore[assignment]
        return found


def requests_of(reading: Reading, parties: Parties, lines: Lines) -> list[RequestOf]:
    """Every request, unanswered ones first, each group the oldest first.

    A request that is made again after it was answered waits anew. Whom two spellings name is one.

    Raises:
        Unavailable: the database does not answer.
    """
    grouped: dict[tuple[str, ...], list[Entry]] = {}
    for entry in (one for said in reading.in_force(ASKING).values() for one in said):
        if (key := _key(entry, parties)) is not None:
            grouped.setdefault(key, []).append(entry)
    asked = [_Request(entries) for entries in grouped.values()]
    said = reading.latest([Statement, Condition])
    found = [_asked(one, asked, said, reading.when.at, parties, lines) for one in asked]
    return sorted(found, key=lambda one: (one.state != "unanswered", -one.age_s, one.line.id))


def waits_for_answer(body: Kind) -> bool:
    """Whether an entry asks for something that somebody has to answer; a place to park asks nobody for an answer."""
    if isinstance(body, Offer):
        return body.answer is not None or subject_of_offer(body) == "talks"
    return body.about.role is Role.REQUEST


def subject_of_offer(body: Offer) -> str:
    """What an offer is about: a subject of the table where it names one, else what is offered."""
    return subject_of(vocabulary(body.what)) or body.what


def asked_by(entry: Entry) -> str | None:
    """Who made a request or an offer; None where nobody said."""
    body = entry.draft.body
    return getattr(body, "asked_by", None) or getattr(body, "by", None)


def owed_by(body: Kind, parties: Parties) -> str | None:
    """Who is to answer; None where nobody said, or where an offer names several and not which of them."""
    if isinstance(body, Offer):
        named = named_in(body.to or "")
        name = body.owed_by or (named[0] if len(named) == 1 and body.by else None)
        return parties.name(name) if name else None
    return parties.name(asked) if (asked := getattr(body, "asked_of", None)) else None


def _key(entry: Entry, parties: Parties) -> tuple[str, ...] | None:
    """What tells one request from another; None for an offer that nobody has to answer."""
    match entry.draft.body:
        case Offer() as body:
            return (body.kind, body.what, parties.name(body.by) if body.by else "") if waits_for_answer(body) else None
        case MeetingRequest() as body:
            return body.kind, parties.name(body.asked_by), parties.name(body.asked_of)
        case ResourceRequest() as body:
            return body.kind, " ".join(sorted(stems_of(body.what))), parties.name(body.asked_of)
        case EasingRequest() as body:
            return body.kind, parties.name(body.asked_by), body.scheme.casefold(), " ".join(sorted(stems_of(body.what)))
        case body:
            return body.kind, entry.id


def _answer(body: Kind) -> str:
    return getattr(body, "answer", None) or _NONE


def _asked(
    one: _Request, others: Iterable[_Request], said: Iterable[Entry], at: datetime, parties: Parties, lines: Lines
) -> RequestOf:
    owed, needed_by = owed_by(one.body, parties), getattr(one.body, "needed_by", None)
    elsewhere = [other.answer for other in others if other is not one and other.answer and _is_like(one, other, parties)]
    elsewhere += [entry for entry in said if _speaks_of(entry, one, owed, parties)]
    by = asked_by(one.first)
    return RequestOf(
        line=lines.of(one.first),
        by=parties.name(by) if by else None,
        owed_by=owed,
        state=one.state,
        age_s=max((at - one.first.draft.happened.start).total_seconds(), 0.0),
        answer=lines.of(one.answer) if one.answer else None,
        elsewhere=lines.all(sorted(elsewhere, key=lambda entry: (entry.draft.happened.start, entry.seq))),
        needed_by=needed_by,
        is_overdue=one.state == "unanswered" and needed_by is not None and needed_by < at,
    )


def _is_like(one: _Request, other: _Request, parties: Parties) -> bool:
    """Whether another request asks the same of somebody else: by the same party, of the same kind."""
    first, second = asked_by(one.first), asked_by(other.first)
    return (
        one.body.kind == other.body.kind
        and first is not None
        and second is not None
        and (parties.name(first) == parties.name(second))
    )


def _speaks_of(entry: Entry, one: _Request, owed: str | None, parties: Parties) -> bool:
    """Whether what was said since is about a request: of who is to answer, or a term before a meeting is held."""
    draft, body = entry.draft, entry.draft.body
    if draft.happened.end < one.first.draft.happened.start:
        return False
    asks = _asks(one.body)
    match body:
        case Condition():
            return asks.subject == "talks" and act_of(body.before).is_same(asks)
        case Statement():
            is_theirs = owed is not None and parties.who_speaks(draft.source) == owed
            return is_theirs and act_of(body.summary, body.topic).is_same(asks)
    return False


def _asks(body: Kind) -> Act:
    """What a request asks for."""
    match body:
        case MeetingRequest():
            return act_of("meet", "talks")
        case Offer():
            return act_of(body.summary, subject_of_offer(body))
        case _:
            return act_of(str(getattr(body, "what", "")))
