"""Go and stop criteria held against the record: met only if all of a figure's range meets it, not met only if none does."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from clearway.picture.counts import counted_where, is_of_everybody, latest_by_voice
from clearway.picture.facts import said_until
from clearway.picture.subjects import place_key, where_key
from clearway.planning.options.contract import CriterionAnswer
from clearway.planning.talks.figures import Bounds
from clearway.record.kinds.figures import Count
from clearway.record.place_text import place_of_text
from clearway.record.source import speaker
from clearway.words import age_words, listed, vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from clearway.planning.options.contract import CriterionState
    from clearway.planning.options.option import Criterion
    from clearway.planning.reading import Reading
    from clearway.planning.talks.figures import Verdict
    from clearway.record.entry import Entry

_STATES: dict[Verdict, CriterionState] = {
    "met": "met", "failed": "not_met", "contested": "contested", "cannot_say": "cannot_say",
}  # fmt: skip
_SAYS: dict[Verdict, str] = {
    "met": "yes", "failed": "no", "contested": "speakers differ", "cannot_say": "the range lies on both sides",
}  # fmt: skip
Advice = Literal["go", "hold", "stop", "no_criteria"]


def criterion_answer(criterion: Criterion, reading: Reading | None) -> CriterionAnswer:
    """A criterion at the reading's moment, as known then.

    Args:
        criterion: With one bound at least.
        reading: The record; None: there is none, and nothing is known.

    Raises:
        BadInput: its place cannot be read.
    """
    bounds, says = Bounds(criterion.at_most, criterion.at_least), criterion_words(criterion)

    def answer(state: CriterionState, why: str, rests_on: Sequence[Entry] = ()) -> CriterionAnswer:
        ids = tuple(entry.id for entry in rests_on)
        return CriterionAnswer(then=criterion.then, says=says, state=state, why=why, rests_on=ids)

    if reading is None:
        return answer("no_record", "No record was given.")
    here = set() if criterion.where is None else {place_key(place_of_text(criterion.where))}
    found = figure_state(reading, criterion.counted, bounds, here=here, longest=timedelta(hours=criterion.max_age_h))
    return answer(found.state, found.why, found.entries)


def criterion_words(criterion: Criterion) -> str:
    """A criterion in words: "Stop if vehicles at Hill Street: at least 100"."""
    where = f" at {criterion.where}" if criterion.where else ""
    bounds = Bounds(criterion.at_most, criterion.at_least)
    return f"{criterion.then.capitalize()} if {vocabulary(criterion.counted)}{where}: {bounds}"


class FigureState(NamedTuple):
    """How a figure stands against a bound, why, and by which entries."""

    state: CriterionState
    why: str
    entries: Sequence[Entry] = ()


def figure_state(
    reading: Reading,
    counted: str,
    bounds: Bounds,
    *,
    here: AbstractSet[str],
    longest: timedelta,
    after: datetime | None = None,
) -> FigureState:
    """How each speaker's last word on a figure of everybody stands against a bound.

    Args:
        reading: The record.
        counted: What is counted.
        bounds: What it is held to.
        here: Keys of a place, as the picture compares places; empty: the only place where anybody counted.
        longest: How old a figure may be.
        after: Only what was said of moments after this one counts; None: all.
    """
    what = vocabulary(counted)
    there = _counted(counted, here, reading)
    if not there:
        return FigureState("nobody_counts", f"Nobody has counted {what}{' there' if here else ''}.")
    if len(there) > 1:
        return FigureState("cannot_say", f"{what.capitalize()} were counted at {len(there)} places. Name the place.")
    said = latest_by_voice([entry for entry in there[0] if after is None or said_until(entry.draft) > after])
    if not said:
        return FigureState("nobody_counts", f"Nobody has counted {what} since.")
    fresh = [entry for entry in said if reading.when.at - said_until(entry.draft) <= longest]
    newest = min((reading.when.at - said_until(entry.draft)).total_seconds() for entry in said)
    if not fresh:
        age, allowed = age_words(newest), age_words(longest.total_seconds())
        return FigureState("too_old", f"The last figure is {age} old; it may be {allowed}.")
    verdict = bounds.of_all(fresh)
    who = listed(list(dict.fromkeys(speaker(entry.draft.source) for entry in fresh)))
    return FigureState(_STATES[verdict], f"{_SAYS[verdict].capitalize()}, by {who}, {age_words(newest)} ago.", fresh)


def _counted(what: str, here: AbstractSet[str], reading: Reading) -> list[list[Entry]]:
    """What was counted of everybody, one list a place, latest first."""
    counts = [said for said in reading.in_force((Count,)).values() if is_of_everybody(said[0])]
    about = [said for said in counts if counted_where(said[0])[0] == what]
    return [said for said in about if not here or here & set(where_key(said[0].draft))]


def advice_of(criteria: Sequence[CriterionAnswer]) -> Advice:
    """What criteria come to: one stop that is met, or contested, stops; go takes every go met, and every stop surely not met.

    What nobody knows holds: it is no go.
    """
    if not criteria:
        return "no_criteria"
    if any(one.then == "stop" and one.state in {"met", "contested"} for one in criteria):
        return "stop"
    is_go = all(one.state == ("met" if one.then == "go" else "not_met") for one in criteria)
    return "go" if is_go and any(one.then == "go" for one in criteria) else "hold"
