"""Expected against what came: what decisions, announcements, promises and forecasts expect, held against the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.planning.decide.announced import announced
from clearway.planning.decide.calibration import calibration
from clearway.planning.decide.contract import Held, Review
from clearway.planning.decide.contradictions import contradictions, is_decided
from clearway.planning.decide.expected_words import Wanted, wanted_in
from clearway.planning.decide.figures import Found, counted_names, held_against
from clearway.planning.decide.log import made_by
from clearway.planning.talks.commitments import commitments_of
from clearway.planning.talks.figures import Bounds
from clearway.planning.talks.lines import Lines
from clearway.planning.talks.names import Names
from clearway.planning.talks.parties import Parties
from clearway.record.kinds import KINDS
from clearway.record.kinds.decisions import Decision, Expectation
from clearway.record.kinds.pending import Announcement
from clearway.record.kinds.talks import Forecast
from clearway.record.source import short_speaker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from clearway.planning.decide.contract import Came
    from clearway.planning.reading import Reading
    from clearway.planning.talks.contract import CommitmentState
    from clearway.record.entry import Entry

_PROMISED: dict[CommitmentState, Came] = {
    "open": "announced",
    "kept": "kept",
    "broken": "missed",
    "cannot_say": "unknown",
    "outcome_due": "unknown",
    "overtaken": "dropped",
    "contested": "contested",
}


def review_of(reading: Reading) -> Review:
    """The review screen: kept, missed, contested, unknown; how sure each office was, and how right.

    Raises:
        BadInput: a moment lies centuries away.
        Unavailable: the database does not answer.
    """
    lines = Lines(reading.when.at, reading.zone)
    held = [*_of_decisions(reading, lines), *_announced(reading, lines), *_promised(reading, lines), *_forecast(reading, lines)]
    held.sort(key=lambda one: (one.of.happened, one.of.id, one.expected))
    found = Review(
        at=reading.when.at,
        known_at=reading.when.known_at,
        title=reading.title,
        zone=str(reading.zone),
        held=held,
        contradictions=contradictions(reading.latest([Decision]), lines, reading.known()),
        calibration=calibration(held),
        without_probability=sum(one.came in ("kept", "missed") and one.probability is None for one in held),
    )
    return Names(reading.known().values()).left_out(found)


def _held(
    entry: Entry,
    expected: str,
    by_when: datetime | None,
    found: Found,
    office: str,
    lines: Lines,
    probability: float | None = None,
) -> Held:
    last = lines.of(found.last) if found.last else None
    return Held(
        of=lines.of(entry),
        office=office,
        expected=expected,
        by_when=by_when,
        came=found.came,
        why=found.why,
        entries=lines.all(found.entries),
        last_figure=last,
        last_figure_age_s=last.age_s if last else None,
        probability=probability,
    )


def _of_decisions(reading: Reading, lines: Lines) -> Iterator[Held]:
    """What decisions expect: in words, and with a figure, a bound and a time of their own."""
    counted = counted_names(reading)
    current = [one for one in made_by(reading) if is_decided(one.body)]
    decisions = {version: one.entry for one in current for version in one.versions}
    for one in current:
        for expected in one.body.expects:
            wanted = wanted_in(expected, counted)
            found = held_against(wanted, one.entry, None, reading) if wanted else Found("unknown", _NO_FIGURE)
            yield _held(one.entry, expected, None, found, one.body.by, lines)
    for entry in reading.latest([Expectation]):
        body = entry.draft.body
        if isinstance(body, Expectation):
            found = _expected(body, entry, decisions.get(body.of, entry), reading)
            yield _held(entry, body.what, body.by_when, found, body.by, lines, body.probability)


_NO_FIGURE = "No figure that anybody counts shows it: somebody has to say what came of it."


def _expected(body: Expectation, entry: Entry, decision: Entry, reading: Reading) -> Found:
    """An expectation with a time: by its figure; else as somebody entered; both where they differ."""
    wanted = Wanted(body.figure, Bounds(body.at_most, body.at_least), body.direction) if body.figure else None
    has_bound = wanted is not None and (wanted.bounds != Bounds() or wanted.direction is not None)
    found = held_against(wanted, decision, body.by_when, reading) if wanted and has_bound else None
    if body.outcome == "open":
        return found or Found("not_due" if reading.when.at <= body.by_when else "unknown", _NO_FIGURE)
    if found is not None and {found.came, body.outcome} == {"kept", "missed"}:
        return Found("contested", f"Somebody says {body.outcome}. {found.why}", [*found.entries, entry], found.last)
    return Found(body.outcome, "As its latest entry says.", [entry], found.last if found else None)


def _announced(reading: Reading, lines: Lines) -> Iterator[Held]:
    """Announced steps."""
    others = reading.latest([kind for kind in KINDS.values() if kind is not Announcement])
    for said in reading.in_force([Announcement]).values():
        body = said[0].draft.body
        if isinstance(body, Announcement):
            found = announced(said, others, reading.when.at, reading.zone)
            yield _held(said[-1], body.what, body.due, found, body.by, lines)


def _promised(reading: Reading, lines: Lines) -> Iterator[Held]:
    """Promises, as the talks have them."""
    for one in commitments_of(reading, Parties(), lines):
        yield Held(
            of=one.line,
            office=one.by,
            expected=one.what,
            by_when=one.due,
            came=_PROMISED[one.state],
            why=one.why,
            entries=one.evidence,
            last_figure=None,
            last_figure_age_s=None,
            probability=None,
        )


def _forecast(reading: Reading, lines: Lines) -> Iterator[Held]:
    """Forecasts of a figure."""
    for entry in reading.latest([Forecast]):
        body = entry.draft.body
        if not isinstance(body, Forecast) or body.what is None or (body.amount is None and body.direction is None):
            continue
        bounds = Bounds(body.amount.high, body.amount.low) if body.amount else Bounds()
        found = held_against(
            Wanted(body.what, bounds, body.direction if body.amount is None else None), entry, body.at, reading
        )
        yield _held(entry, body.summary, body.at, found, short_speaker(entry.draft.source), lines)
