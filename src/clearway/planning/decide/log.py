"""The log of decisions: each with its status, how it stands at a moment, and what of its record is empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clearway.picture.contract import When
from clearway.planning.decide.basis import gaps_of
from clearway.planning.decide.contract import DecisionLog, DecisionRow, LogState
from clearway.planning.decide.contradictions import contradictions
from clearway.planning.decide.positions import positions_on
from clearway.planning.decide.versions import versions_of
from clearway.planning.talks.lines import Lines
from clearway.planning.talks.names import Names
from clearway.record.kinds.decisions import Decision

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from clearway.planning.reading import Reading
    from clearway.record.entry import Entry
    from clearway.record.kind import Kind


class Made(NamedTuple):
    """A decision as it stands: its last version, and the ids of those that were completed or corrected, the first first."""

    entry: Entry
    body: Decision
    versions: tuple[str, ...]


def log_of(reading: Reading) -> DecisionLog:
    """Every decision and proposal, the first first; proposals are never among what is decided.

    Raises:
        BadInput: a moment lies centuries away.
        Unavailable: the database does not answer.
    """
    lines, found = Lines(reading.when.at, reading.zone), made_by(reading)
    successors = _successors(found)
    bodies = [one.draft.body for one in reading.known().values()]
    rows = [_row(one, reading, lines, successors.get(one.entry.id, []), bodies) for one in found]
    answer = DecisionLog(
        at=reading.when.at,
        known_at=reading.when.known_at,
        title=reading.title,
        zone=str(reading.zone),
        decisions=rows,
        contradictions=contradictions((one.entry for one in found), lines, reading.known()),
    )
    return Names(reading.known().values()).left_out(answer)


def made_by(reading: Reading) -> list[Made]:
    """Every decision that is in force, with its versions, the first first."""
    known = reading.known()
    return [
        Made(entry, body, versions_of(entry, known))
        for entry in reading.latest([Decision])
        if isinstance(body := entry.draft.body, Decision)
    ]


def _successors(found: Sequence[Made]) -> dict[str, list[str]]:
    """Which decisions took another's place; a proposal takes nobody's."""
    successors: dict[str, list[str]] = {}
    current = {version: one.entry.id for one in found for version in one.versions}
    for one in found:
        if one.body.standing != "proposed":
            for replaced in one.body.supersedes:
                successors.setdefault(current.get(replaced, replaced), []).append(one.entry.id)
    return successors


def _row(one: Made, reading: Reading, lines: Lines, successors: list[str], bodies: Sequence[Kind]) -> DecisionRow:
    body = one.body
    return DecisionRow(
        line=lines.of(one.entry),
        when=When.of(one.entry.draft.happened),
        versions=list(one.versions),
        status="superseded" if successors else body.standing or "decided",
        state=state_of(body, reading.when.at, is_superseded=bool(successors)),
        superseded_by=successors,
        body=body,
        empty=gaps_of(one.versions, body, bodies),
        positions=positions_on(one.versions, reading, lines),
    )


def state_of(body: Decision, at: datetime, *, is_superseded: bool = False) -> LogState:
    """How a decision stands at a moment: once its time has passed, it asks by itself for what is to come of it."""
    if is_superseded or body.standing == "superseded":
        return "superseded"
    if body.standing == "proposed":
        return "decision_due" if body.closes is not None and at > body.closes else "proposed"
    if body.outcome is not None:
        return "reviewed"
    return "outcome_due" if body.review is not None and at > body.review else "decided"
