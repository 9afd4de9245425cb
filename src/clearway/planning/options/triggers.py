"""Thresholds of decisions and options, each with the moment at which it was first known to be crossed; and missing minutes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from clearway.errors import BadInput
from clearway.picture.counts import KNOWN_FOR
from clearway.picture.facts import said_until
from clearway.picture.subjects import place_key
from clearway.planning.decide.contradictions import is_decided
from clearway.planning.decide.log import made_by
from clearway.planning.decide.triggers import fired
from clearway.planning.options.criteria import criterion_words, figure_state
from clearway.planning.options.trigger_contract import TriggerOf, Triggers
from clearway.planning.talks.figures import Bounds
from clearway.planning.talks.lines import Lines
from clearway.planning.talks.names import Names
from clearway.planning.talks.talks import talks_of
from clearway.record.kinds.decisions import Expectation
from clearway.record.place_text import place_of_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from typing import Literal

    from clearway.planning.options.option import Option
    from clearway.planning.options.trigger_contract import TriggerState
    from clearway.planning.reading import Reading
    from clearway.record.entry import Entry

_ORDER: tuple[TriggerState, ...] = ("fired", "not_yet", "cannot_say", "nobody_counts")


class _Threshold(NamedTuple):
    """A threshold as a decision or an option has it."""

    sort: Literal["expectation", "go", "stop"]
    whose: str
    what: str
    figure: str
    bounds: Bounds
    where: str | None = None
    longest: timedelta = KNOWN_FOR
    since: datetime | None = None
    of: Entry | None = None


def triggers_of(reading: Reading, options: Iterable[Option] = ()) -> Triggers:
    """Every threshold of what decisions expect, and of the criteria of options; and minutes that nobody has written.

    Args:
        reading: The record; nothing later than its moments is looked at.
        options: Whose criteria are looked at too.

    Raises:
        BadInput: a place of a criterion cannot be read, or a moment lies centuries away.
        Unavailable: the database does not answer.
    """
    lines = Lines(reading.when.at, reading.zone)
    expected, only_direction = _expected(reading)
    held = [_held(one, reading, lines) for one in (*_criteria(options), *expected)]
    held.sort(key=lambda one: (_ORDER.index(one.state), -(one.fired.timestamp() if one.fired else 0.0), one.whose, one.what))
    late = [one for one in talks_of(reading).alarms if one.what == "minutes"]
    found = Triggers(
        at=reading.when.at,
        known_at=reading.when.known_at,
        title=reading.title,
        zone=str(reading.zone),
        triggers=held,
        alarms=sorted(late, key=lambda one: (one.office, one.since)),
        only_direction=only_direction,
    )
    return Names(reading.known().values()).left_out(found)


def _criteria(options: Iterable[Option]) -> Iterator[_Threshold]:
    """The criteria of options; what a figure said before an option was thought of counts too."""
    for option in options:
        for one in option.criteria:
            yield _Threshold(
                one.then,
                option.title,
                criterion_words(one),
                one.counted,
                Bounds(one.at_most, one.at_least),
                one.where,
                timedelta(hours=one.max_age_h),
            )


def _expected(reading: Reading) -> tuple[list[_Threshold], int]:
    """Expectations of decisions that are in force, from the moment of the decision on; and how many have no bound."""
    decisions = {version: one.entry for one in made_by(reading) for version in one.versions if is_decided(one.body)}
    found, only_direction = list[_Threshold](), 0
    for entry in reading.latest([Expectation]):
        body = entry.draft.body
        if not isinstance(body, Expectation) or body.figure is None or body.of not in decisions:
            continue
        bounds = Bounds(body.at_most, body.at_least)
        if bounds == Bounds():
            only_direction += 1
            continue
        since = said_until(decisions[body.of].draft)
        found.append(_Threshold("expectation", body.by, body.what, body.figure, bounds, since=since, of=entry))
    return found, only_direction


def _held(one: _Threshold, reading: Reading, lines: Lines) -> TriggerOf:
    place = place_key(place_of_text(one.where)) if one.where else None
    now = figure_state(reading, one.figure, one.bounds, here={place} if place else set(), longest=one.longest)
    told = {
        "of": lines.of(one.of) if one.of else None, "sort": one.sort, "whose": one.whose, "what": one.what,
        "figure": one.figure, "where": one.where, "bounds": str(one.bounds), "now": now.state, "now_why": now.why,
    }  # fmt: skip
    try:
        found = fired(reading, one.figure, one.bounds, place, since=one.since)
    except BadInput:  # counted at several places: the state of now says so
        return TriggerOf(**told, state="cannot_say", fired=None, first_possible=None, by=[])
    state: TriggerState = "fired" if found.fired else "not_yet" if found.is_counted else "nobody_counts"
    return TriggerOf(**told, state=state, fired=found.fired, first_possible=found.first_possible, by=found.by)
