"""What every picture of a long operation must keep to, each rule with a picture that breaks it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations
from typing import TYPE_CHECKING, Any

from clearway.picture.contract import Band, Clash, Contested
from clearway.record.kind import Role
from clearway.record.kinds import KINDS
from clearway.record.place import Area, area_m2
from picture.long_operation import BY_ID, CALENDAR, Seen, body_of, said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from clearway.picture.contract import CountOf, Fact, PictureAnswer
    from clearway.record.entry import Draft

WEEK = timedelta(days=7)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Rule:
    """A rule and a way to break it.

    Attributes:
        faults: What a picture says against the rule.
        spoil: The same picture against the rule; None where there is nothing to break at that moment.
    """

    faults: Callable[[Seen], Iterator[str]]
    spoil: Callable[[Seen], PictureAnswer | None]


RULES: dict[str, Rule] = {}


def rule(
    spoil: Callable[[Seen], PictureAnswer | None],
) -> Callable[[Callable[[Seen], Iterator[str]]], Callable[[Seen], Iterator[str]]]:
    """Put a rule on the list under its own name."""

    def listed(faults: Callable[[Seen], Iterator[str]]) -> Callable[[Seen], Iterator[str]]:
        RULES[faults.__name__] = Rule(faults, spoil)
        return faults

    return listed


def _with(seen: Seen, **parts: object) -> PictureAnswer:
    return seen.picture.model_copy(update=parts)


def _first(facts: Sequence[Any], **parts: object) -> list[Any]:
    """The facts, the first with other fields."""
    return [fact.model_copy(update=parts) if number == 0 else fact for number, fact in enumerate(facts)]


def _counts(seen: Seen, suits: Callable[[CountOf], bool], **parts: object) -> PictureAnswer | None:
    """The picture with other fields in the figures that suit; None where none does."""
    if not any(map(suits, seen.picture.counts)):
        return None
    return _with(seen, counts=[one.model_copy(update=parts) if suits(one) else one for one in seen.picture.counts])


def _band(seen: Seen, low: float = 1, high: float = 2) -> Band:
    return Band(at=seen.at, low=low, likely=(low + high) / 2, high=high)


def _subject(draft: Draft) -> tuple[object, ...]:
    about = draft.body.about
    return draft.kind, *(getattr(draft.body, name) for name in about.subject or ()), draft.places if about.place_counts else ()


# -- age


@rule(lambda seen: _with(seen, events=_first(seen.picture.events, age_s=0.0)) if seen.picture.events else None)
def no_fact_is_fresher_than_the_word(seen: Seen) -> Iterator[str]:
    for fact in seen.facts:
        if fact.age_s < (seen.at - fact.known).total_seconds():
            yield f"{fact.id} is {fact.age_s} s old and was known at {fact.known}"


@rule(lambda seen: _with(seen, states=_first(seen.picture.states, known=seen.at + DAY)) if seen.picture.states else None)
def nothing_is_shown_before_it_could_be_known(seen: Seen) -> Iterator[str]:
    yield from (fact.id for fact in seen.facts if fact.known > seen.at)


@rule(lambda seen: _with(seen, entries=seen.picture.entries + 1))
def the_entries_are_those_that_could_be_known(seen: Seen) -> Iterator[str]:
    if seen.picture.entries != len(seen.known):
        yield f"{seen.picture.entries} entries of {len(seen.known)}"


@rule(lambda seen: _with(seen, day=(seen.picture.day or 0) + 1))
def days_are_counted_by_the_clock_of_the_place(seen: Seen) -> Iterator[str]:
    local = seen.at.astimezone(CALENDAR.zone).date()
    assert CALENDAR.first_day
    if seen.picture.day != (local - CALENDAR.first_day).days + 1:
        yield f"day {seen.picture.day} on {local}"


# -- what holds


def _alive_again(seen: Seen) -> PictureAnswer | None:
    return _with(seen, states=[*seen.picture.states, *seen.picture.ended]) if seen.picture.ended else None


@rule(_alive_again)
def no_state_outlives_its_end(seen: Seen) -> Iterator[str]:
    for fact in seen.picture.states:
        ends = BY_ID[fact.id].body.holds_until
        if ends and ends <= seen.at:
            yield f"{fact.id} ended {ends}"


@rule(lambda seen: _with(seen, states=[*seen.picture.states, *seen.picture.coming]) if seen.picture.coming else None)
def no_state_holds_before_it_begins(seen: Seen) -> Iterator[str]:
    for fact in seen.picture.states:
        starts = getattr(BY_ID[fact.id].body, "starts", None)
        if starts and starts > seen.at:
            yield f"{fact.id} starts {starts}"


@rule(lambda seen: _with(seen, states=[], ended=[], coming=[]) if seen.picture.states else None)
def no_subject_is_dropped_without_a_word(seen: Seen) -> Iterator[str]:
    shown = {
        _subject(BY_ID[fact.id]) for part in (seen.picture.states, seen.picture.ended, seen.picture.coming) for fact in part
    }
    for kind in (kind for kind, cls in KINDS.items() if cls.about.role is Role.STATE):
        yield from (f"nothing of {draft.id}" for draft in seen.in_force(kind) if _subject(draft) not in shown)


def _both_ways(seen: Seen) -> PictureAnswer | None:
    barriers = [fact for fact in seen.picture.states if fact.kind == "barrier_state"]
    return (
        _with(seen, states=[*seen.picture.states, *_first(barriers, body={**barriers[0].body, "state": "planned"})])
        if barriers
        else None
    )


@rule(_both_ways)
def no_barrier_is_in_two_states(seen: Seen) -> Iterator[str]:
    places = [(fact.where, fact.body["barrier"]) for fact in seen.picture.states if fact.kind == "barrier_state"]
    yield from (str(place) for place in set(places) if places.count(place) > 1)


def _older(seen: Seen) -> PictureAnswer | None:
    for number, fact in enumerate(seen.picture.states):
        before = [
            draft for draft in seen.in_force(fact.kind) if _subject(draft) == _subject(BY_ID[fact.id]) and draft.id != fact.id
        ]
        if before:
            states = list(seen.picture.states)
            states[number] = fact.model_copy(update={"id": before[0].id})
            return _with(seen, states=states)
    return None


@rule(_older)
def a_state_is_the_last_word_that_has_begun(seen: Seen) -> Iterator[str]:
    for fact in seen.picture.states:
        draft = BY_ID[fact.id]
        later = [
            one.id
            for one in seen.in_force(fact.kind)
            if _subject(one) == _subject(draft)
            and one.happened.start > max(draft.happened.start, getattr(draft.body, "starts", None) or draft.happened.start)
            and (getattr(one.body, "starts", None) or one.happened.start) <= seen.at
        ]
        if later:
            yield f"{fact.id} and later {later}"


# -- corrected and withdrawn


def _haunted(seen: Seen) -> PictureAnswer | None:
    gone = {name for draft in seen.known for name in draft.withdraws}
    return _with(seen, events=_first(seen.picture.events, id=min(gone))) if gone else None


@rule(_haunted)
def what_was_withdrawn_is_gone(seen: Seen) -> Iterator[str]:
    gone = {name for draft in seen.known for name in draft.withdraws}
    yield from (fact.id for fact in seen.facts if fact.id in gone)


def _uncorrected(seen: Seen) -> PictureAnswer | None:
    wrong = next((name for draft in seen.known for name in draft.corrects), None)
    return (
        _with(seen, counts=[one.model_copy(update={"latest": _first(one.latest, id=wrong)}) for one in seen.picture.counts])
        if wrong
        else None
    )


@rule(_uncorrected)
def what_its_own_body_corrected_is_no_last_word(seen: Seen) -> Iterator[str]:
    for count in seen.picture.counts:
        for fact in count.latest:
            if any(fact.id in draft.corrects and body_of(draft) == body_of(BY_ID[fact.id]) for draft in seen.known):
                yield fact.id


def _obeyed(seen: Seen) -> PictureAnswer | None:
    wrong = {name for draft in seen.known for name in draft.corrects}
    if not wrong:
        return None
    kept = {one.key: [fact for fact in one.statements if fact.id not in wrong] for one in seen.picture.counts}
    return _with(seen, counts=[one.model_copy(update={"statements": kept[one.key]}) for one in seen.picture.counts])


@rule(_obeyed)
def another_bodys_correction_takes_no_word_away(seen: Seen) -> Iterator[str]:
    shown = {fact.id for count in seen.picture.counts for fact in count.statements}
    for draft in seen.known:
        yield from (name for name in draft.corrects if body_of(draft) != body_of(BY_ID[name]) and name not in shown)


@rule(lambda seen: _counts(seen, lambda count: bool(count.corrected), corrected=[]))
def what_was_corrected_stays_beside_the_figure(seen: Seen) -> Iterator[str]:
    for count in seen.picture.counts:
        for wrong in BY_ID[count.latest[0].id].corrects:
            if not any(f"said {said(BY_ID[wrong])[0]:g}" in told for told in count.corrected):
                yield f"{wrong} by {count.latest[0].id}"


# -- figures


@rule(lambda seen: _counts(seen, lambda count: count.kind != "population", estimate=_band(seen)))
def tallies_and_lists_are_not_estimated(seen: Seen) -> Iterator[str]:
    yield from (count.what for count in seen.picture.counts if count.kind != "population" and (count.estimate or count.band))


def _bounds(count: CountOf) -> tuple[bool, bool]:
    bounds = [said(BY_ID[fact.id]) for fact in count.statements]
    return any(low is not None for low, _ in bounds), any(high is not None for _, high in bounds)


@rule(lambda seen: _counts(seen, lambda count: not all(_bounds(count)), estimate=_band(seen)))
def a_bound_on_one_side_makes_no_likely(seen: Seen) -> Iterator[str]:
    yield from (count.what for count in seen.populations() if count.estimate and not all(_bounds(count)))


@rule(lambda seen: _counts(seen, lambda count: count.estimate is not None, estimate=_band(seen, 5, 4)))
def a_band_is_in_order(seen: Seen) -> Iterator[str]:
    for count in seen.populations():
        if (band := count.estimate) and not 0 <= band.low <= band.likely <= band.high:
            yield f"{count.what}: {band}"


@rule(lambda seen: _counts(seen, lambda count: count.estimate is not None, estimate=_band(seen, 1, 1e7)))
def no_band_holds_more_than_fits(seen: Seen) -> Iterator[str]:
    for count in seen.populations():
        areas = [area_m2(place.ring) for place in BY_ID[count.statements[0].id].places if isinstance(place, Area)]
        highest = max(bound or 0 for fact in count.statements for bound in said(BY_ID[fact.id]))
        fits = sum(areas) * {"people": 5, "tents": 0.25}.get(count.what, 1.0) if areas else 1_000_000
        if count.estimate and count.estimate.high > max(fits, highest) + 1:
            yield f"{count.what}: {count.estimate.high}"


def _last_word(seen: Seen, count: CountOf) -> timedelta:
    return min(seen.at - BY_ID[fact.id].known for fact in count.statements)


@rule(lambda seen: _counts(seen, lambda count: bool(count.not_known_since), estimate=_band(seen), not_known_since=None))
def a_week_after_the_last_word_nothing_is_known(seen: Seen) -> Iterator[str]:
    for count in seen.populations():
        if _last_word(seen, count) > WEEK and (count.estimate or count.not_known_since is None):
            yield f"{count.what}, {count.where}"


@rule(lambda seen: _counts(seen, lambda count: bool(count.stale_since), stale_since=None))
def a_rounded_figure_that_was_said_again_is_stale(seen: Seen) -> Iterator[str]:
    for count in seen.populations():
        own = [fact for fact in sorted(count.statements, key=lambda fact: fact.known) if BY_ID[fact.id].happened.end <= seen.at]
        if len(own) > 1 and body_of(BY_ID[own[-1].id]) == body_of(BY_ID[own[-2].id]) and count.stale_since is None:
            same = said(BY_ID[own[-1].id]) == said(BY_ID[own[-2].id])
            if same and (said(BY_ID[own[-1].id])[0] or 1) % 10 == 0:
                yield f"{own[-1].id} after {own[-2].id}"


@rule(lambda seen: _counts(seen, lambda count: count.kind == "tally", history="0"))
def the_history_of_a_tally_begins_with_its_last_word(seen: Seen) -> Iterator[str]:
    for count in (count for count in seen.picture.counts if count.kind == "tally"):
        low, high = said(BY_ID[count.latest[0].id])
        first = count.history.split("(")[0].replace(",", "")
        if not any(f"{bound:g}" in first for bound in (low, high) if bound is not None):
            yield f"{count.what}: {count.history}"


@rule(lambda seen: _counts(seen, lambda count: count.group is not None, part_of=None))
def a_part_names_its_whole_and_is_none_of_its_words(seen: Seen) -> Iterator[str]:
    wholes = {(count.what, count.where): count for count in seen.picture.counts if count.group is None}
    for part in (count for count in seen.picture.counts if count.group is not None):
        whole = wholes.get((part.what, part.where))
        if whole and (
            part.part_of != whole.key or {fact.id for fact in part.statements} & {fact.id for fact in whole.statements}
        ):
            yield part.key


@rule(
    lambda seen: (
        _counts(seen, lambda count: count.what == "people", statements=[*seen.picture.events[:1]])
        if seen.picture.events
        else None
    )
)
def what_others_expect_is_no_figure(seen: Seen) -> Iterator[str]:
    yield from (fact.id for count in seen.picture.counts for fact in count.statements if fact.kind != "count")


@rule(lambda seen: _counts(seen, lambda _: True, estimate_rests_on=9))
def an_estimate_rests_on_bodies_and_not_on_words(seen: Seen) -> Iterator[str]:
    for count in seen.picture.counts:
        if count.estimate_rests_on != len({body_of(BY_ID[fact.id]) for fact in count.statements}):
            yield count.key


# -- clashes


def _apart(first: Draft, second: Draft) -> bool:
    (low, high), (other_low, other_high) = said(first), said(second)
    return (low or 0) > (other_high if other_high is not None else 1e12) or (other_low or 0) > (
        high if high is not None else 1e12
    )


def _near(first: Draft, second: Draft) -> bool:
    return max(first.happened.start - second.happened.end, second.happened.start - first.happened.end) <= DAY


@rule(lambda seen: _counts(seen, lambda count: bool(count.clashes), clashes=[]))
def figures_that_exclude_each_other_clash(seen: Seen) -> Iterator[str]:
    for count in seen.picture.counts:
        clashes = {frozenset((clash.first, clash.second)) for clash in count.clashes}
        for one, other in combinations([BY_ID[fact.id] for fact in count.latest], 2):
            is_same_time = count.kind != "tally" or one.happened.end == other.happened.end
            if is_same_time and _apart(one, other) and _near(one, other) and frozenset((one.id, other.id)) not in clashes:
                yield f"{one.id} and {other.id}"


def _agreed(seen: Seen) -> PictureAnswer | None:
    def agrees(count: CountOf) -> bool:
        return len(count.statements) > 1 and count.statements[0].id == "people-1"

    return _counts(seen, agrees, clashes=[Clash(first="people-1", second="people-1-paper")])


@rule(_agreed)
def figures_that_agree_do_not_clash(seen: Seen) -> Iterator[str]:
    for count in seen.picture.counts:
        for clash in count.clashes:
            one, other = BY_ID[clash.first], BY_ID[clash.second]
            first, last = sorted((one, other), key=lambda draft: draft.happened.end)
            has_grown = (
                count.kind == "tally"
                and first.happened.end < last.happened.end
                and (said(last)[0] or 0) > (said(first)[1] or 0)
            )
            if not _apart(one, other) or has_grown:
                yield f"{clash.first} and {clash.second}"


@rule(lambda seen: _with(seen, contested=[]) if any(count.clashes for count in seen.picture.counts) else None)
def every_clash_is_said(seen: Seen) -> Iterator[str]:
    told = {fact.id for one in seen.picture.contested if one.kind == "clash" for fact in one.facts}
    yield from (
        clash.first for count in seen.picture.counts for clash in count.clashes if not {clash.first, clash.second} <= told
    )


def _contest(seen: Seen, kind: Any, facts: Sequence[Fact]) -> PictureAnswer:  # noqa: ANN401 - a kind of the contract
    return _with(seen, contested=[*seen.picture.contested, Contested(kind=kind, says="", facts=list(facts))])


@rule(lambda seen: _contest(seen, "refuted", list(seen.facts)[:1]))
def nobody_refutes_by_saying_otherwise(seen: Seen) -> Iterator[str]:
    yield from (one.says or "refuted" for one in seen.picture.contested if one.kind == "refuted")


@rule(lambda seen: _contest(seen, "verified", [*[fact for fact in seen.facts if fact.id in ("push", "push-doubled")]]))
def nobody_verifies_their_own_word(seen: Seen) -> Iterator[str]:
    for one in seen.picture.contested:
        if one.kind == "verified" and len({body_of(BY_ID[fact.id]) for fact in one.facts}) < 2:
            yield one.says or "verified"


# -- pending


def _newest(seen: Seen, fact: Fact) -> Draft:
    own = BY_ID[fact.id]
    return [draft for draft in seen.in_force(fact.kind) if _subject(draft) == _subject(own)][-1]


@rule(
    lambda seen: (
        _with(seen, promises=_first(seen.picture.promises, overdue=not seen.picture.promises[0].overdue))
        if seen.picture.promises
        else None
    )
)
def a_promise_is_overdue_once_its_time_has_passed_without_an_outcome(seen: Seen) -> Iterator[str]:
    for promise in seen.picture.promises:
        if promise.overdue != (promise.outcome == "open" and promise.due is not None and promise.due < seen.at):
            yield promise.id


@rule(lambda seen: _with(seen, promises=_first(seen.picture.promises, outcome="kept")) if seen.picture.promises else None)
def nothing_is_done_until_somebody_says_so(seen: Seen) -> Iterator[str]:
    for promise in seen.picture.promises:
        if promise.outcome != getattr(_newest(seen, promise).body, "outcome", None):
            yield promise.id


@rule(
    lambda seen: (
        _with(seen, intents=_first(seen.picture.intents, is_past=not seen.picture.intents[0].is_past))
        if seen.picture.intents
        else None
    )
)
def a_threat_lapses_and_a_hope_does_not(seen: Seen) -> Iterator[str]:
    for intent in seen.picture.intents:
        body: Any = _newest(seen, intent).body
        due = getattr(body, "due", None)
        if intent.is_past != (getattr(body, "outcome", None) == "open" and due is not None and due < seen.at):
            yield intent.id


@rule(lambda seen: _with(seen, promises=[*seen.picture.promises, *seen.picture.intents]) if seen.picture.intents else None)
def what_nobody_undertook_is_no_promise(seen: Seen) -> Iterator[str]:
    yield from (fact.id for fact in seen.picture.promises if BY_ID[fact.id].kind != "promise")


@rule(lambda seen: _with(seen, requests=_first(seen.picture.requests, waiting_s=1.0)) if seen.picture.requests else None)
def a_request_has_waited_since_it_was_first_made(seen: Seen) -> Iterator[str]:
    for request in seen.picture.requests:
        asked = [draft for draft in seen.in_force(request.kind) if _subject(draft) == _subject(BY_ID[request.id])]
        waits = getattr(asked[-1].body, "answer", None) == "none_yet"
        if request.waiting_s != ((seen.at - asked[0].happened.start).total_seconds() if waits else None):
            yield request.id


@rule(lambda seen: _with(seen, conditions=_first(seen.picture.conditions, met=True)) if seen.picture.conditions else None)
def a_condition_is_met_by_a_fresh_figure_of_its_own_place(seen: Seen) -> Iterator[str]:
    for condition in seen.picture.conditions:
        draft = BY_ID[condition.id]
        body: Any = draft.body
        fresh = [
            count
            for count in seen.in_force("count")
            if getattr(count.body, "what", None) == body.counted
            and count.places == draft.places
            and seen.at - count.known <= timedelta(hours=body.max_age_h)
        ]
        met = said(fresh[-1])[1] <= body.at_most if fresh else None
        if condition.met != met:
            yield f"{condition.id}: {condition.met} and not {met}"
