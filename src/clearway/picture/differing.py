"""States that contradict each other, and things that may be one: words of two speakers, of two classes, under two names."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations
from typing import TYPE_CHECKING

from clearway.picture.contract import Contested
from clearway.picture.counts import latest_by_voice, within_a_day
from clearway.picture.lasting import ended
from clearway.picture.spelling import spelled_alike
from clearway.picture.subjects import place_named
from clearway.record.place import Along, Junction, NamedPlace, Street
from clearway.record.street_words import written_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from clearway.picture.facts import Facts
    from clearway.picture.states import Held
    from clearway.record.entry import Entry
    from clearway.record.place import Place

SAME_TIME = timedelta(hours=3)
"""The middles of two spans that lie no further apart are of one time; so are spans of which one begins within the other."""

_AT_THE_CORNER_M = 50
_MOST_COMPARED = 150


def differing(held: Sequence[Held], facts: Facts) -> Iterator[Contested]:
    """What was said of one thing and cannot all be so, each pair of entries once."""
    shown: set[frozenset[str]] = set()
    for entries in (*_of_two_voices(held, facts), *_of_two_classes(held)):
        ids = frozenset(entry.id for entry in entries)
        if ids not in shown:
            shown.add(ids)
            said = [facts.of(entry) for entry in entries]
            reports = "; ".join(f"{fact.source.speaker} says {fact.says}" for fact in said)
            where = f" ({said[0].where})" if said[0].where else ""
            yield Contested(kind="clash", says=f"Reports differ{where}: {reports}", facts=said)


def maybe_one(held: Sequence[Held], facts: Facts) -> Iterator[Contested]:
    """Things that stand under two names and may be one: somebody has to say so, with a label that both have."""
    things = [one for one in held if one.aspect.place and not one.aspect.left][:_MOST_COMPARED]
    for one, other in combinations(things, 2):
        first, second = one.entries[0], other.entries[0]
        if first.id != second.id and one.body.may_be(other.body) and _may_be_one_place(one.aspect.place, other.aspect.place):
            said = [facts.of(first), facts.of(second)]
            names = " and ".join(f"{fact.says} ({fact.where})" if fact.where else fact.says for fact in said)
            yield Contested(kind="same", says=f"May be one and the same: {names}. Give both the same label if so", facts=said)


def at_one_time(first: Entry, second: Entry) -> bool:
    """Whether two entries are about one time: the morning and the afternoon are two."""
    (start, end), (other_start, other_end) = _span(first), _span(second)
    if start < other_end and other_start < end:
        return True
    return abs((start + (end - start) / 2) - (other_start + (other_end - other_start) / 2)) <= SAME_TIME


def _of_two_voices(held: Iterable[Held], facts: Facts) -> Iterator[list[Entry]]:
    for one in held:
        latest, *others = latest_by_voice(one.entries)
        unlike = [
            entry
            for entry in others
            if latest.draft.body.contradicts(entry.draft.body)
            and at_one_time(entry, latest)
            and not ended(entry.draft, facts.at)
        ]
        if unlike:
            yield [latest, *unlike]


def _of_two_classes(held: Iterable[Held]) -> Iterator[list[Entry]]:
    """Rules at one place for a class and for a wider one."""
    there: dict[tuple[str, str], list[Held]] = {}
    for one in held:
        if one.aspect.value is not None:
            there.setdefault((one.body.kind, one.where), []).append(one)
    for rules in there.values():
        for one, other in combinations(rules, 2):
            first, second = sorted((one, other), key=lambda rule: rule.entries[0].draft.happened.start, reverse=True)
            is_nested = first.body.concerns(second.body) or second.body.concerns(first.body)
            if is_nested and first.body.contradicts(second.body) and within_a_day(first.entries[0], second.entries[0]):
                yield [first.entries[0], second.entries[0]]


def _span(entry: Entry) -> tuple[datetime, datetime]:
    return entry.draft.happened.start, entry.draft.happened.end


def _may_be_one_place(first: Place | None, second: Place | None) -> bool:
    """Whether two places that are not the same by name may be one: a street and a corner of it, names spelled alike."""
    first, second = (place and place_named(place) for place in (first, second))
    if isinstance(first, NamedPlace) and isinstance(second, NamedPlace):
        return spelled_alike(first.name, second.name)
    streets, others = _streets(first), _streets(second)
    is_loose = any(isinstance(place, Street) and not place.between for place in (first, second))
    is_nested = bool(streets and others) and (streets <= others or others <= streets)
    return is_nested and (is_loose or streets == others)


def _streets(place: Place | None) -> frozenset[str]:
    """The streets that meet where a place is."""
    match place:
        case Street():
            names: tuple[str, ...] = (place.street,)
        case Junction():
            names = place.streets
        case Along() if place.street and place.metres <= _AT_THE_CORNER_M:
            names = (place.street, place.start)
        case _:
            names = ()
    return frozenset(written_out(name).casefold() for name in names)
