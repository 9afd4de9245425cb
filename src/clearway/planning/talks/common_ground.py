"""Common ground: who wants what, subject by subject; where two want the same, and where one stands in the other's way.

That two agree is said only where both ask for the same thing in words of their own: a demand, a condition, a request, an offer.
A stance is shown as it was said and decides nothing, for it is towards what the room plans, not towards one another.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from clearway.planning.talks.contract import CommonGroundCell, CommonGroundRow, PartyPair
from clearway.planning.talks.parties import is_of_the_press
from clearway.planning.talks.requests import owed_by, subject_of_offer, waits_for_answer
from clearway.planning.talks.subjects import act_of, asks_for, subjects
from clearway.record.kinds.means import Offer
from clearway.record.kinds.pending import Condition, MeetingRequest
from clearway.record.kinds.talks import Demand, Statement
from clearway.words import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from clearway.planning.talks.contract import Deadlock, Position
    from clearway.planning.talks.lines import Lines
    from clearway.planning.talks.parties import Parties
    from clearway.record.entry import Entry

_ASKED = frozenset(["wants", "refuses", "offers"])
"""Positions that say what a party would have done; others say how it stands towards the room's plans."""


def common_ground(
    entries: Iterable[Entry], deadlocks: Sequence[Deadlock], parties: Parties, lines: Lines
) -> list[CommonGroundRow]:
    """The table of subjects and parties, the subjects in the order of their table, others behind them.

    Args:
        entries: In force, the first known first: each party's latest word on a subject counts.
        deadlocks: Which claims wait for which.
        parties: Who is who.
        lines: To cite them.
    """
    said: dict[str, dict[str, list[tuple[Position, Entry]]]] = {}
    for entry in entries:
        for party, subject, position in _positions(entry, parties):
            if subject:
                said.setdefault(subject, {}).setdefault(party, []).append((position, entry))
    titles = subjects()
    known = [subject for subject in titles if subject in said]
    found = []
    for subject in [*known, *sorted(said.keys() - titles.keys())]:
        cells = [_cell(party, words, lines) for party, words in said[subject].items()]
        if len(cells) == 1 and cells[0].position not in _ASKED:
            continue  # one party's stance alone is in its own entry
        found.append(
            CommonGroundRow(
                subject=subject,
                title=titles.get(subject, vocabulary(subject).capitalize()),
                cells=cells,
                agree=_agreeing(cells),
                block=[*_refused(cells), *_waiting(subject, deadlocks)],
            )
        )
    return found


def _positions(entry: Entry, parties: Parties) -> Iterator[tuple[str, str, Position]]:
    """Which party takes which position on which subject, by one entry."""
    body = entry.draft.body
    match body:
        case Demand():
            subject = act_of(body.what, body.topic).subject
            yield parties.name(body.by), subject, asks_for(body.what, subject)
        case Condition():
            subject = act_of(body.what).subject
            yield parties.name(body.by), subject, asks_for(body.what, subject)
        case MeetingRequest():
            yield parties.name(body.asked_by), "talks", "wants"
            if body.answer in ("refused", "accepted"):
                yield parties.name(body.asked_of), "talks", "refuses" if body.answer == "refused" else "wants"
        case Offer():
            subject = subject_of_offer(body)
            yield parties.name(body.by) if body.by else parties.who_speaks(entry.draft.source), subject, "offers"
            if body.answer in ("refused", "accepted") and waits_for_answer(body) and (owed := owed_by(body, parties)):
                yield owed, subject, "refuses" if body.answer == "refused" else "wants"
        case Statement(stance=stance) if stance is not None and not is_of_the_press(entry.draft.source):
            yield parties.who_speaks(entry.draft.source), body.topic or act_of(body.summary).subject, stance


def _cell(party: str, words: Sequence[tuple[Position, Entry]], lines: Lines) -> CommonGroundCell:
    """What a party says of a subject: its latest word of what it would have done, else its latest stance."""
    asked = [position for position, _ in words if position in _ASKED]
    position = asked[-1] if asked else words[-1][0]
    return CommonGroundCell(party=party, position=position, lines=lines.all(entry for _, entry in reversed(words)))


def _agreeing(cells: Sequence[CommonGroundCell]) -> list[PartyPair]:
    asking = sorted(cell.party for cell in cells if cell.position in ("wants", "offers"))
    return [PartyPair(first=first, second=other, why="both ask for it or offer it") for first, other in combinations(asking, 2)]


def _refused(cells: Sequence[CommonGroundCell]) -> list[PartyPair]:
    asking = sorted(cell.party for cell in cells if cell.position in ("wants", "offers"))
    refusing = sorted(cell.party for cell in cells if cell.position == "refuses")
    return [PartyPair(first=one, second=other, why=f"{other} refuses") for one in asking for other in refusing]


def _waiting(subject: str, deadlocks: Iterable[Deadlock]) -> list[PartyPair]:
    return [
        PartyPair(first=other.party, second=claim.party, why=f"{claim.party}: {claim.holds} only after {claim.until}")
        for deadlock in deadlocks
        for claim, other in zip(deadlock.claims, [*deadlock.claims[-1:], *deadlock.claims[:-1]], strict=True)
        if act_of(claim.holds).subject == subject and claim.party != other.party
    ]
