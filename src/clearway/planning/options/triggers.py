"""Thresholds of decisions and options, each with the moment at which it was first known to be crossed; and missing minutes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from clearway.errors import BadInput
from clearway.picture.counts import KNOWN_FOR, latest_by_voice
from clearway.picture.facts import said_until
from clearway.picture.subjects import place_key
from clearway.planning.decide.contradictions import is_decided
from clearway.planning.decide.expected_words import Wanted, wanted_in
from clearway.planning.decide.figures import counted_names, directed, figures_there, places_of
from clearway.planning.decide.log import made_by
from clearway.planning.decide.triggers import fired
from clearway.planning.options.criteria import criterion_words, figure_state
from clearway.planning.options.trigger_contract import TriggerOf, Triggers
from clearway.planning.talks.figures import Bounds
from clearway.planning.talks.lines import Lines
from clearway.planning.talks.names import Names
from clearway.planning.talks.talks import talks_of
from clearway.record.kinds.decisions import Expectation
from clearway.record.kinds.figures import Count
from clearway.record.place_text import place_of_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime
    from typing import Literal

    from clearway.planning.decide.log import Made
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
    after: datetime | None = None
    of: Entry | None = None
    place: str | None = None


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
    """What decisions in force expect of figures, from the decision on; and how much of it has nothing to be held to.

    More and fewer are than the figures that were known at the decision.
    """
    made = [one for one in made_by(reading) if is_decided(one.body)]
    decisions = {version: one.entry for one in made for version in one.versions}
    found, only_direction = list[_Threshold](), 0
    for entry, decision, by, what, wanted in (*_in_words(made, reading), *_in_fields(decisions, reading)):
        if wanted.direction == "no_more":
            continue
        since = said_until(decision.draft)
        bounds = _earlier(wanted, decision, reading) if wanted.direction else wanted.bounds
        if bounds is None or bounds == Bounds():
            only_direction += 1
            continue
        after, place = since if wanted.direction else None, next(iter(places_of(wanted, decision)), None)
        held = _Threshold("expectation", by, what, wanted.figure, bounds, since=since, after=after, of=entry, place=place)
        found.append(held)
    return found, only_direction


def _in_words(made: Iterable[Made], reading: Reading) -> Iterator[tuple[Entry, Entry, str, str, Wanted]]:
    """What decisions expect in words of a figure that is counted: the entry, the decision, whose it is, the words."""
    names = counted_names(reading)
    for one in made:
        for text in one.body.expects:
            if wanted := wanted_in(text, names):
                yield one.entry, one.entry, one.body.by, text, wanted


def _in_fields(decisions: Mapping[str, Entry], reading: Reading) -> Iterator[tuple[Entry, Entry, str, str, Wanted]]:
    """The same of expectations that are entries of their own."""
    for entry in reading.latest([Expectation]):
        body = entry.draft.body
        if isinstance(body, Expectation) and body.figure is not None and body.of in decisions:
            bounds = Bounds(body.at_most, body.at_least)
            wanted = Wanted(body.figure, bounds, body.direction if bounds == Bounds() else None)
            yield entry, decisions[body.of], body.by, body.what, wanted


def _earlier(wanted: Wanted, decision: Entry, reading: Reading) -> Bounds | None:
    """What a figure must be to be more or fewer than was known of the week before a decision; None where nobody had counted."""
    at, known = said_until(decision.draft), decision.counts_from(reading.when.knowledge)
    there = figures_there(reading.in_force([Count], at, known).values(), wanted, decision)
    if len(there) != 1 or wanted.direction is None:
        return None
    return directed(wanted.direction, latest_by_voice([one for one in there[0] if at - said_until(one.draft) <= KNOWN_FOR]))


def _held(one: _Threshold, reading: Reading, lines: Lines) -> TriggerOf:
    place = place_key(place_of_text(one.where)) if one.where else one.place
    now = figure_state(reading, one.figure, one.bounds, here={place} if place else set(), longest=one.longest, after=one.after)
    told = {
        "of": lines.of(one.of) if one.of else None, "sort": one.sort, "whose": one.whose, "what": one.what,
        "figure": one.figure, "where": one.where, "bounds": str(one.bounds), "now": now.state, "now_why": now.why,
    }  # fmt: skip
    try:
        found = fired(reading, one.figure, one.bounds, place, since=one.since, after=one.after)
    except BadInput:  # counted at several places: the state of now says so
        return TriggerOf(**told, state="cannot_say", fired=None, first_possible=None, by=[])
    state: TriggerState = "fired" if found.fired else "not_yet" if found.is_counted else "nobody_counts"
    return TriggerOf(**told, state=state, fired=found.fired, first_possible=found.first_possible, by=found.by)
