"""Plans in plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.words import counted, time_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from zoneinfo import ZoneInfo

    from clearway.planning.plan.contract import GateAnswer, PlanChecks, PlanDiff, PlanStatus, SavedVersion, StatedPlan
    from clearway.planning.plan.gate_choice.contract import GateChoice

_SHOWN = 6
"""Pieces of a street that are listed; JSON has them all."""


def stated_lines(stated: StatedPlan) -> Iterator[str]:
    """What the record says of barriers, and what to choose from."""
    yield from stated.summary
    for hole in stated.holes:
        yield f"  {hole}"
    for place in stated.places:
        yield f"{place.where}: {'placed' if place.placed else 'not placed'}. {place.says}. {place.note}"
        for choice in place.candidates[:_SHOWN]:
            away = "" if choice.from_site_m is None else f", {choice.from_site_m:,.0f} m from the site"
            yield f"  {choice.words} ({choice.length_m:,.0f} m long{away})"
        if len(place.candidates) > _SHOWN:
            yield f"  and {len(place.candidates) - _SHOWN} more pieces; --json lists them"
    if any(place.candidates for place in stated.places):
        yield "Choose a piece for each street with --choose 'STREET=PLACE', and give what has no name with --point LON,LAT."


def status_lines(status: PlanStatus) -> Iterator[str]:
    """How a plan stands: the verdict, each hole, each barrier."""
    yield from status.summary
    for hole in status.holes:
        yield f"  {hole}"
    yield from (one.says for one in status.repairs)
    for one in status.barriers:
        yield f"{one.id}, {one.where}: {one.stand.replace('_', ' ')}. {one.says}"
    for point in status.handover:
        yield f"{point.id}, {point.where}: {point.says}"


def gate_lines(answer: GateAnswer, zone: ZoneInfo) -> Iterator[str]:
    """Who may pass which gate, period by period."""
    yield from answer.summary
    for period in answer.periods:
        if len(answer.periods) > 1:
            starts = f"From {time_words(period.starts, zone)}" if period.starts else "At first"
            yield f"{starts}{f', until {time_words(period.ends, zone)}' if period.ends else ''}:"
        if not period.gates:
            yield "  no gate stands"
        for gate in period.gates:
            waits = f" It takes {gate.opening_seconds:.0f} s to let one through." if gate.opening_seconds is not None else ""
            yield f"  {gate.gate}, {gate.where}: {gate.says}{waits}"
    yield from answer.changes


def diff_lines(diff: PlanDiff) -> Iterator[str]:
    """What differs between two plans."""
    yield from diff.summary
    for one in diff.moved:
        far = "" if one.metres is None else f", {one.metres:,.0f} m"
        yield f"Moved: {one.id}, from {one.from_where} to {one.to_where}{far}"
    yield from (f"Added: {one}" for one in diff.added)
    yield from (f"Taken away: {one}" for one in diff.removed)
    yield from diff.changed
    yield from (f"Newly inside: {one}" for one in diff.newly_inside or ())
    yield from (f"Newly outside: {one}" for one in diff.newly_outside or ())


def check_lines(checks: PlanChecks) -> Iterator[str]:
    """Each check: whether it holds, why, by what it was found."""
    yield from checks.summary
    for one in checks.checks:
        yield f"{'holds' if one.ok else 'FAILS'}  {one.name.replace('_', ' ')}: {one.why} [{one.source}]"


def choice_lines(choice: GateChoice) -> Iterator[str]:
    """Which barriers become gates, and why."""
    yield from choice.summary
    for gate in choice.gates:
        staff = counted(gate.staff, "person", "people") if gate.staff else "nobody stands there"
        changed = "" if gate.opens == gate.was else f", was {gate.was}"
        yield f"{gate.id}, {gate.where}: {gate.opens}{changed}, {gate.opening_seconds:g} s, {staff}. {gate.why}"
    if choice.shut:
        yield f"Stay shut: {', '.join(choice.shut)}."
    yield "In this order:"
    yield from (f"  {number}. {one}" for number, one in enumerate(choice.order, 1))


def version_lines(versions: Sequence[SavedVersion], zone: ZoneInfo) -> Iterator[str]:
    """The versions of plans, which of them are in force."""
    if not versions:
        yield "The record has no plan. Save one with 'clearway plan save PLAN.json'."
    for one in versions:
        force = f"; in force, adopted by {one.adopted_by}" if one.in_force else ""
        yield f"{one.plan}, version {one.version}: {one.title}, saved {time_words(one.saved, zone)} by {one.by}{force}"
