"""Reviews, bases and triggers in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.cli.text.talks import cited
from clearway.words import age_words, counted, listed, time_words, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from clearway.planning.decide.contract import Basis, Fired, Held, Review
    from clearway.planning.options.trigger_contract import Triggers
    from clearway.planning.talks.contract import CitedEntry


def review_lines(review: Review, zone: ZoneInfo) -> Iterator[str]:
    """What was expected, against what came."""
    at, known = time_words(review.at, zone), time_words(review.known_at, zone)
    yield f"{review.title}: what was expected and what came, at {at}, as known at {known}."
    if not review.held:
        yield "Nothing that was expected, announced or promised is in the record."
    for held in review.held:
        yield from _held(held, zone)
    for pair in review.contradictions:
        yield f"These contradict each other, {pair.why}: {cited(pair.first)} {cited(pair.second)}"
    for one in review.calibration:
        yield f"Calibration of {one.of}: Brier score {one.brier:.2f} over {counted(one.expectations, 'expectation')}."
    if review.without_probability:
        yield f"Without a probability, so not in the calibration: {review.without_probability}."


def basis_lines(basis: Basis, zone: ZoneInfo) -> Iterator[str]:
    """What a decision rests on."""
    yield f"{basis.status.capitalize()}, {time_words(basis.at, zone)}: {_known(basis.decision, zone)}"
    yield from (f"Before anybody signs: {warning}" for warning in basis.warnings)
    if basis.empty:
        yield f"Not filled in: {listed(basis.empty)}."
    for belief in basis.beliefs:
        marks = ["single source"] * belief.is_single_sourced
        marks += [f"contradicted by {listed([line.id for line in belief.contradicted_by])}"] * bool(belief.contradicted_by)
        yield f"Known before{f' ({listed(marks)})' if marks else ''}: {_known(belief.line, zone)}"
    yield f"Known before, and about other things: {counted(len(basis.others), 'entry', 'entries')}; --json lists them."
    yield from (f"Hindsight: {_known(line, zone)}" for line in basis.hindsight)
    same = {None: "names no digest", True: "names this digest", False: "names another digest"}[basis.is_same_picture]
    yield f"Digest of the picture that was known then: {basis.digest}. The decision {same}."


def trigger_lines(found: Fired, zone: ZoneInfo) -> Iterator[str]:
    """When a threshold was crossed."""
    what = f"{vocabulary(found.figure).capitalize()}, {found.bounds}"
    if found.fired is None:
        possible = f" It was possible since {time_words(found.first_possible, zone)}." if found.first_possible else ""
        blind = "" if found.is_counted else " Nobody has counted it in the last week, so it cannot fire."
        yield f"{what}: not known to be so by then.{possible}{blind}"
    else:
        yield f"{what}: first known {time_words(found.fired, zone)}."
        yield from (f"  {cited(line)}" for line in found.by)


_STATES = {
    "fired": "Fired", "not_yet": "Not yet", "nobody_counts": "Nobody counts it", "cannot_say": "Nobody can say",
}  # fmt: skip


def triggers_lines(found: Triggers, zone: ZoneInfo) -> Iterator[str]:
    """Thresholds, those that fired first, and minutes that are missing by office."""
    if not found.triggers:
        yield "No decision expects anything of a figure, and no option with a criterion was given."
    for one in found.triggers:
        when = f" {time_words(one.fired, zone)}" if one.fired else ""
        bound = "" if one.sort != "expectation" else f", {vocabulary(one.figure)} {one.bounds}"
        now = f" Now: {vocabulary(one.now)}. {one.now_why}"
        yield f"{_STATES[one.state]}{when}: {one.what}{bound} [{one.whose}{f'; {one.of.id}' if one.of else ''}].{now}"
        yield from (f"  {cited(line)}" for line in one.by)
    if found.only_direction:
        held = counted(found.only_direction, "expectation")
        yield f"{held} with nothing to be held to: no bound, or nobody had counted when it was decided."
    for alarm in found.alarms:
        yield f"{alarm.office}, since {time_words(alarm.since, zone)}: {alarm.says} [{alarm.entry}]"


def _held(held: Held, zone: ZoneInfo) -> Iterator[str]:
    due = f", by {time_words(held.by_when, zone)}" if held.by_when else ""
    is_said = held.came == "unknown" or held.last_figure_age_s is None  # of what is unknown, ``why`` says it
    age = "" if is_said else f" Last figure {age_words(held.last_figure_age_s or 0)} old."
    yield f"{vocabulary(held.came).capitalize()}: {held.expected}{due} [{held.office}; {held.of.id}]. {held.why}{age}"
    yield from (f"  {cited(line)}" for line in held.entries)


def _known(line: CitedEntry, zone: ZoneInfo) -> str:
    """An entry with its speaker, its grade and when it was known."""
    return f"{line.says.rstrip('.')} [{line.speaker}; {line.grade}; known {time_words(line.known, zone)}; {line.id}]."
