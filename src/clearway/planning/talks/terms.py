"""Terms: conditions held against the live figures, and since when each stands as it does.

The picture decides a condition by each speaker's last word about everybody at its place. Since when: the picture of every
moment at which a figure became known or too old is asked, back from the one that is looked at, until it stood otherwise.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from clearway.picture.counts import KNOWN_FOR
from clearway.picture.facts import Facts, said_until
from clearway.picture.pending import conditional
from clearway.picture.subjects import where_key
from clearway.planning.talks.contract import TermOf
from clearway.planning.talks.figures import Bounds
from clearway.record.kinds.figures import Count, Flow
from clearway.record.kinds.pending import Condition
from clearway.record.source import speaker
from clearway.words import age_words, listed, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from clearway.picture.subjects import Subject
    from clearway.planning.reading import Reading
    from clearway.planning.talks.contract import TermState
    from clearway.planning.talks.figures import Verdict
    from clearway.planning.talks.lines import Lines
    from clearway.planning.talks.parties import Parties
    from clearway.record.entry import Entry

_KINDS = (Condition, Count)
_A_MOMENT = timedelta(microseconds=1)
_STATES: dict[Verdict, TermState] = {
    "met": "met", "failed": "not_met", "contested": "contested", "cannot_say": "cannot_say",
}  # fmt: skip


class _Stand(NamedTuple):
    """How a condition stands at a moment, why, and by which entries."""

    subject: Subject
    state: TermState
    why: str
    figures: tuple[Entry, ...] = ()


def terms_of(reading: Reading, parties: Parties, lines: Lines) -> list[TermOf]:
    """Every condition in force, and how it stands.

    Raises:
        Unavailable: the database does not answer.
    """
    flows = reading.latest([Flow])
    return [
        _term(entries[0], _stand(subject, reading, reading.when.at, reading.when.known_at), reading, parties, lines, flows)
        for subject, entries in reading.in_force(_KINDS).items()
        if subject.kind == "condition"
    ]


def _term(entry: Entry, stand: _Stand, reading: Reading, parties: Parties, lines: Lines, flows: Sequence[Entry]) -> TermOf:
    body = entry.draft.body
    assert isinstance(body, Condition)  # noqa: S101 - only conditions are asked
    return TermOf(
        line=lines.of(entry),
        by=parties.name(body.by),
        before=body.before,
        what=body.what,
        of=parties.name(body.of) if body.of else None,
        state=stand.state,
        since=_since(stand, reading) if stand.figures else None,
        why=stand.why,
        figures=lines.all(stand.figures),
        moves=lines.all(flow for flow in flows if _moves(flow, entry)),
    )


def _stand(subject: Subject, reading: Reading, at: datetime, known_at: datetime) -> _Stand:
    """How a condition stood at a moment, as known then."""
    found = reading.in_force(_KINDS, at, known_at)
    entries = found.get(subject, [])
    if not entries:
        return _Stand(subject, "no_figure", "Nobody had set it.")
    counted = [said for one, said in found.items() if one.kind == "count"]
    by_id = {entry.id: entry for said in counted for entry in said}
    answer = conditional(entries, counted, Facts([], at, reading.zone))
    deciding = tuple(by_id[one] for one in answer.decided_by)
    body = entries[0].draft.body
    assert isinstance(body, Condition)  # noqa: S101 - only conditions are asked
    if body.counted is None or body.at_most is None:
        return _Stand(subject, "no_figure", "It names no figure to be held to: somebody has to judge it.")
    if answer.open_because:
        state: TermState = "nobody_counts" if answer.open_because.startswith("Nobody") else "too_old"
        state = "cannot_say" if "places" in answer.open_because else state
        return _Stand(subject, state, answer.open_because)
    bounds = Bounds(at_most=body.at_most)
    verdict = bounds.of_all(deciding)
    newest = min((at - said_until(entry.draft)).total_seconds() for entry in deciding)
    what, who = vocabulary(body.counted), listed([speaker(entry.draft.source) for entry in deciding])
    says = {"met": "yes", "failed": "no", "contested": "speakers differ", "cannot_say": "the range lies on both sides"}[verdict]
    why = f"{what.capitalize()}, {bounds}: {says}, by {who}, {age_words(newest)} ago."
    return _Stand(subject, _STATES[verdict], why, deciding)


def _since(stand: _Stand, reading: Reading) -> datetime | None:
    """From when on the room has known a condition to stand so without a break; None where it never did."""
    known, since = list(reading.known().values()), None
    longest = _ages(known)
    said = {said_until(entry.draft) for entry in known if isinstance(entry.draft.body, Count)}
    ages = [moment + age + _A_MOMENT for moment in said for age in longest]
    last = min(reading.when.at, reading.when.known_at)
    for moment in sorted({one for one in (*reading.turns(_KINDS), *ages) if one <= last}, reverse=True):
        if _stand(stand.subject, reading, moment, moment).state != stand.state:
            break
        since = moment
    return since


def _ages(entries: Iterable[Entry]) -> set[timedelta]:
    """How old figures may be, as the conditions say."""
    bodies = [entry.draft.body for entry in entries]
    return {timedelta(hours=one.max_age_h) if one.max_age_h else KNOWN_FOR for one in bodies if isinstance(one, Condition)}


def _moves(flow: Entry, condition: Entry) -> bool:
    body, moved = condition.draft.body, flow.draft.body
    assert isinstance(body, Condition)  # noqa: S101 - only conditions are asked
    is_there = set(where_key(flow.draft)) & set(where_key(condition.draft)) or not condition.draft.places
    return isinstance(moved, Flow) and moved.what == body.counted and bool(is_there)
