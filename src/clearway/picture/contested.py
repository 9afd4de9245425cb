"""What should not be taken for settled: clashes, disputed and refuted reports, single sources, names spelled two ways."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from clearway.picture.contract import Contested
from clearway.picture.counts import (
    amount_of,
    clashing,
    counted_where,
    is_of_everybody,
    latest_by_voice,
    within_a_day,
)
from clearway.picture.differing import differing, maybe_one
from clearway.picture.facts import newest_first, organisation
from clearway.picture.spelling import words_alike, words_of
from clearway.picture.tallies import tally_clashes
from clearway.record.kinds.figures import Count
from clearway.record.kinds.talks import Evidence
from clearway.record.parts import amount_words
from clearway.record.place import Address, Along, Area, Junction, NamedPlace, Point, Street
from clearway.record.place_words import place_words
from clearway.record.source import speaker
from clearway.words import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from clearway.picture.facts import Facts
    from clearway.picture.states import Held
    from clearway.record.entry import Entry
    from clearway.record.place import Place

MOST_NAMES = 400
_MOST_SINGLE = 30
_SOUND = "AB"
_PROBABLE = 2


def contested(
    counts: Sequence[Sequence[Entry]], states: Sequence[Held], events: Sequence[Entry], facts: Facts
) -> list[Contested]:
    """Everything that is contested, what matters most first.

    Args:
        counts: The statements of every figure, latest first.
        states: Everything that has a state in force.
        events: What happened or was said.
        facts: Of the picture.
    """
    return [
        *_clashes(counts, facts),
        *_parts_above(counts, facts),
        *tally_clashes(counts, states, facts),
        *differing(states, facts),
        *maybe_one(states, facts),
        *_reports(facts),
        *_spellings(facts),
        *_single(counts, [*{one.entries[0].id: one.entries[0] for one in states}.values(), *events], facts),
    ]


def _clashes(counts: Sequence[Sequence[Entry]], facts: Facts) -> Iterator[Contested]:
    for statements in counts:
        apart = {entry.id: entry for pair in clashing(statements) for entry in pair}
        body = statements[0].draft.body
        if apart and isinstance(body, Count):
            entries = sorted(apart.values(), key=newest_first, reverse=True)
            figures = "; ".join(f"{speaker(entry.draft.source)} says {amount_words(amount_of(entry))}" for entry in entries)
            what = vocabulary(body.what) + _about(place_words(statements[0].draft.places))
            yield Contested(
                kind="clash", says=f"Figures clash, {what}: {figures}", facts=[facts.of(entry) for entry in entries]
            )


def _parts_above(counts: Sequence[Sequence[Entry]], facts: Facts) -> Iterator[Contested]:
    """Parts of which somebody says more than another says of their whole, at about the same time."""
    wholes = {counted_where(said[0]): said for said in counts if is_of_everybody(said[0])}
    for said in counts:
        whole = wholes.get(counted_where(said[0]), ())
        if is_of_everybody(said[0]) or not whole:
            continue
        for part in latest_by_voice(said):
            for every in latest_by_voice(whole):
                low, most = amount_of(part).low, amount_of(every).high
                if low is not None and most is not None and low > most and within_a_day(part, every):
                    body = part.draft.body
                    assert isinstance(body, Count)  # noqa: S101 - only counts have amounts
                    about = _about(place_words(every.draft.places))
                    figures = (
                        f"{speaker(part.draft.source)} says {amount_words(amount_of(part))} {body.group}; "
                        f"{speaker(every.draft.source)} says {amount_words(amount_of(every))} in all"
                    )
                    says = f"A part exceeds its whole, {vocabulary(body.what)}{about}: {figures}"
                    yield Contested(kind="clash", says=says, facts=[facts.of(part), facts.of(every)])


def _about(where: str) -> str:
    return f" ({where})" if where else ""


def _reports(facts: Facts) -> Iterator[Contested]:
    """Reports that somebody disputes or confirms; refuted only by evidence, never by a better grade."""
    for entry in sorted(facts.entries.values(), key=newest_first, reverse=True):
        against, others = facts.disputing(entry.id), facts.confirming(entry.id)
        if not against and not others:
            continue
        seconded = [other for other in others if organisation(other.draft.source) != organisation(entry.draft.source)]
        said = facts.of(entry).says
        ties = [facts.of(entry), *(facts.of(one) for one in (*against, *others))]
        if evidence := [one for one in against if isinstance(one.draft.body, Evidence)]:
            shown = "; ".join(facts.of(one).says for one in evidence)
            yield Contested(kind="refuted", says=f"Refuted: {said}. {shown}", facts=ties)
        elif against:
            yield Contested(kind="disputed", says=f"Disputed: {said}", facts=ties)
        elif seconded:
            yield Contested(kind="verified", says=f"Verified by another source: {said}", facts=ties)


def _is_sound(entry: Entry) -> bool:
    reliability, credibility = entry.draft.source.weight
    return reliability in _SOUND and credibility <= _PROBABLE


def _spellings(facts: Facts) -> Iterator[Contested]:
    used: dict[str, list[Entry]] = {}
    for entry in sorted(facts.entries.values(), key=newest_first, reverse=True):
        for name in _names(entry):
            used.setdefault(name, []).append(entry)
    words = {name: words_of(name) for name in sorted(used)[:MOST_NAMES]}
    for first, second in combinations(words, 2):
        if words_alike(words[first], words[second]):
            often, seldom = sorted((first, second), key=lambda name: (-len(used[name]), name))
            times = f"{len(used[often])} and {len(used[seldom])} times"
            says = f"{often} and {seldom} are probably one name spelled two ways ({times})"
            yield Contested(kind="spelling", says=says, facts=[facts.of(used[seldom][0]), facts.of(used[often][0])])


def _names(entry: Entry) -> Iterable[str]:
    source = entry.draft.source
    places = (name for place in entry.draft.places for name in _place_names(place))
    return {name for name in (source.name, source.organisation, *places) if name}


def _place_names(place: Place) -> tuple[str, ...]:
    match place:
        case Street():
            return (place.street, *place.between)
        case Junction():
            return place.streets
        case Address():
            return (place.street,)
        case Along():
            return (place.start, *([place.street] if place.street else []))
        case NamedPlace():
            return (place.name,)
        case Point() | Area():
            return (place.label,) if place.label else ()


def _single(counts: Sequence[Sequence[Entry]], latest: Sequence[Entry], facts: Facts) -> Iterator[Contested]:
    """Beliefs that rest on one organisation's word, the weakest grade first."""
    alone = [statements[0] for statements in counts if len({organisation(entry.draft.source) for entry in statements}) == 1]
    alone += [entry for entry in latest if entry.draft.body.about.is_belief and not _is_sound(entry)]
    alone = [entry for entry in alone if not facts.confirming(entry.id) and not facts.disputing(entry.id)]
    alone.sort(key=newest_first, reverse=True)
    alone.sort(key=lambda entry: entry.draft.source.weight, reverse=True)
    for entry in alone[:_MOST_SINGLE]:
        fact = facts.of(entry)
        says = f"One source only, {fact.source.speaker} ({fact.source.grade}): {fact.says}{_about(fact.where)}"
        yield Contested(kind="single_source", says=says, facts=[fact])
