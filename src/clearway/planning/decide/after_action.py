"""What an after-action report holds, read from the record alone: decisions, expectations, talks, risks, timeline, figures.

It states no cause and no blame. What the record does not say is listed, and what is to be learnt is left to people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from clearway.picture.contract import CountOf, Moment, When
from clearway.picture.view import picture_of
from clearway.planning.decide.basis import basis_of
from clearway.planning.decide.contract import Calibration, Contradiction, Held
from clearway.planning.decide.frozen import picture_digest
from clearway.planning.decide.review import review_of
from clearway.planning.decide.risk_contract import EventOf, RiskOf
from clearway.planning.decide.risks import register_of
from clearway.planning.decide.versions import versions_of
from clearway.planning.talks.contract import CitedEntry, Commitment, Deadlock, RequestOf, TalksAlarm
from clearway.planning.talks.lines import Lines
from clearway.planning.talks.names import Names
from clearway.planning.talks.talks import talks_of
from clearway.record.kind import Theme
from clearway.record.kinds import KINDS
from clearway.record.kinds.decisions import Decision, Expectation
from clearway.record.kinds.risks import ComparableEvent, Risk
from clearway.record.kinds.talks import Contact, Minutes
from clearway.shapes import Shape
from clearway.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.planning.decide.contract import Basis, Review
    from clearway.planning.decide.risk_contract import RiskRegister
    from clearway.planning.reading import Reading
    from clearway.planning.talks.contract import TalksAnswer
    from clearway.record.entry import Entry
    from clearway.record.kind import Kind

_THEMES = frozenset([Theme.STREETS, Theme.INCIDENTS, Theme.MOVEMENTS, Theme.DECISIONS])
_NO_EVENTS = (Expectation, Risk, ComparableEvent)
_ALWAYS_DRAWN = frozenset(["people", "vehicles"])
_UNSETTLED = ("missed", "not_done", "dropped", "contested", "disputed", "unknown", "proposed_done")


class Dated(Shape):
    """An entry, and when it happened, as precisely as it was said."""

    when: When
    line: CitedEntry


class DecisionAfter(Dated):
    """A decision, and what speaks for reading it again."""

    status: str
    office: str
    question: str | None
    chosen: str
    why: str | None
    rejected: list[str]
    dissent: list[str]
    legal_basis: str | None
    warnings: list[str] = Field(description="what rested on one source, or was contradicted, when it was made")
    empty: list[str] = Field(description="what of its record was never filled in")


class AfterAction(Shape):
    """The whole report."""

    at: Moment
    known_at: Moment
    title: str
    zone: str
    digest: str = Field(description="SHA-256 of the picture that it was made of: every entry in force, with its hash")
    entries: int = Field(description="how many entries were in force")
    short: list[str] = Field(description="what it comes to, in sentences that the rest bears out")
    decisions: list[DecisionAfter] = Field(description="the first made first")
    held: list[Held] = Field(description="what was expected, announced, promised and forecast, against what came")
    contradictions: list[Contradiction]
    calibration: list[Calibration]
    without_probability: int
    commitments: list[Commitment]
    requests: list[RequestOf]
    deadlocks: list[Deadlock]
    alarms: list[TalksAlarm]
    risks: list[RiskOf]
    events: list[EventOf]
    figures: list[CountOf] = Field(description="what was counted, with the estimate over time")
    timeline: list[Dated] = Field(description="the first that happened first")
    unsaid: list[str] = Field(description="what the record does not say, so that somebody can still be asked")


def after_action(reading: Reading) -> AfterAction:
    """Everything of it, at a moment, as known at another.

    Raises:
        BadInput: a moment lies centuries away.
        Unavailable: the database does not answer.
    """
    lines = Lines(reading.when.at, reading.zone)
    review, talks, register = review_of(reading), talks_of(reading), register_of(reading)
    held = [entry for said in reading.in_force(list(KINDS.values())).values() for entry in said]
    decided = [(entry, body) for entry in reading.latest([Decision]) if isinstance(body := entry.draft.body, Decision)]
    decisions = [_decision(entry, body, basis_of(reading, entry.id)) for entry, body in decided]
    picture = picture_of(reading.store, reading.index, reading.stream, reading.when, calendar=reading.calendar)
    found = AfterAction(
        at=reading.when.at,
        known_at=reading.when.known_at,
        title=reading.title,
        zone=str(reading.zone),
        digest=picture_digest(held, *reading.when[:3]),
        entries=len(held),
        short=list(_short(decisions, review, talks, register)),
        decisions=decisions,
        held=review.held,
        contradictions=review.contradictions,
        calibration=review.calibration,
        without_probability=review.without_probability,
        commitments=talks.commitments,
        requests=talks.requests,
        deadlocks=talks.deadlocks,
        alarms=talks.alarms,
        risks=register.risks,
        events=register.events,
        figures=[one for one in picture.counts if len(one.statements) > 1 or one.what in _ALWAYS_DRAWN],
        timeline=[
            Dated(when=When.of(one.draft.happened), line=lines.of(one)) for one in _once(reading) if _is_of_timeline(one)
        ],
        unsaid=list(_unsaid(decisions, decided, talks, register, reading)),
    )
    return Names(reading.known().values()).left_out(found)


def _decision(entry: Entry, body: Decision, basis: Basis) -> DecisionAfter:
    return DecisionAfter(
        when=When.of(entry.draft.happened),
        line=basis.decision,
        status=basis.status,
        office=body.by,
        question=body.question,
        chosen=body.what,
        why=body.why,
        rejected=list(body.rejected),
        dissent=list(body.dissent),
        legal_basis=body.legal_basis,
        warnings=basis.warnings,
        empty=basis.empty,
    )


def _once(reading: Reading) -> Iterator[Entry]:
    """Every entry in force once, also where it is about several places; the first that happened first."""
    yield from {entry.id: entry for entry in reading.latest(list(KINDS.values()))}.values()


def _is_of_timeline(entry: Entry) -> bool:
    body: Kind = entry.draft.body
    return (body.about.theme in _THEMES and not isinstance(body, _NO_EVENTS)) or isinstance(body, Contact | Minutes)


def _short(decisions: list[DecisionAfter], review: Review, talks: TalksAnswer, register: RiskRegister) -> Iterator[str]:
    yield f"{counted(len(decisions), 'decision')} in the record; without a reason: {sum(not one.why for one in decisions)}."
    came = {name: sum(one.came == name for one in review.held) for name in ("kept", "done", *_UNSETTLED)}
    said = [f"{number} {name.replace('_', ' ')}" for name, number in came.items() if number]
    yield f"Of {counted(len(review.held), 'thing')} expected, announced, promised or forecast: {listed(said) or 'none is due'}."
    waiting = [one for one in talks.requests if one.state == "unanswered"]
    yield f"{counted(len(waiting), 'request')} without an answer; {counted(len(talks.deadlocks), 'deadlock')} in the talks."
    late = sum(one.is_due for one in register.risks)
    yield f"{counted(len(register.risks), 'risk')} in the register; {counted(late, 'review')} overdue."
    if review.contradictions:
        yield f"{counted(len(review.contradictions), 'pair')} of decisions contradict each other."


def _unsaid(
    decisions: list[DecisionAfter],
    decided: list[tuple[Entry, Decision]],
    talks: TalksAnswer,
    register: RiskRegister,
    reading: Reading,
) -> Iterator[str]:
    expecting = {one.draft.body.of for one in reading.latest([Expectation]) if isinstance(one.draft.body, Expectation)}
    for entry, body in decided:
        if not body.expects and expecting.isdisjoint(versions_of(entry, reading.known())):
            yield f"What decision {entry.id} was expected to bring."
    yield from (f"Not filled in of decision {one.line.id}: {listed(one.empty)}." for one in decisions if one.empty)
    without = [one.line.id for one in talks.contacts if one.minutes_due and not one.minutes]
    yield from (f"Minutes of the contact {one}, with an outside authority." for one in without)
    yield from (f"Who is to answer {one.line.id}." for one in talks.requests if one.state == "unanswered" and not one.owed_by)
    yield from (f"Of the risk {one.risk}: {listed(one.missing)}." for one in register.risks if one.missing)
