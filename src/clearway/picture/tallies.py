"""Tallies of stretches added up, beside what was said of all: a sum over some streets, never called a total of all.

The newest tally of each stretch counts. Where a whole street and parts of it were tallied, vehicles may be in both: then the
sum reaches from the larger of the two to both together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.picture.contract import Contested, StretchTally, TallySum
from clearway.picture.counts import amount_of, latest_by_voice, within_a_day
from clearway.picture.subjects import where_key
from clearway.record.kinds.figures import Count
from clearway.record.kinds.vehicles import VehicleTally
from clearway.record.parts import Amount, amount_words, sum_of
from clearway.record.place import Street
from clearway.record.place_words import place_words
from clearway.record.source import speaker
from clearway.record.street_words import written_out
from clearway.words import age_words, counted, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from clearway.picture.facts import Facts
    from clearway.picture.states import Held
    from clearway.record.entry import Entry
    from clearway.record.place import Place

VEHICLES = "vehicles"
"""The figure that tallies stand beside."""


def tally_sum(states: Iterable[Held], facts: Facts) -> TallySum | None:
    """What the tallies in force come to, with the age of each; None where there is none.

    Args:
        states: Everything that has a state in force.
        facts: Of the picture.
    """
    entries = _tallies(states)
    if not entries:
        return None
    total = _together(entries)
    stretches = [_stretch(entry, facts) for entry in sorted(entries, key=_name)]
    assumed, oldest = sum(one.assumed for one in stretches), max(one.age_s for one in stretches)
    vehicles = f"{amount_words(total)} {'vehicle' if total.low == total.high == 1 else 'vehicles'}"
    return TallySum(
        low=total.low or 0.0,
        high=total.high,
        about=total.about,
        stretches=stretches,
        assumed=assumed,
        oldest_s=oldest,
        says=joined(
            f"Tallies of {counted(len(stretches), 'stretch', 'stretches')} come to {vehicles}",
            f"the oldest is {age_words(oldest)} old",
            assumed and f"{assumed} of {len(stretches)} assumed, not counted",
            "streets without a tally are not in this sum",
        ),
    )


def tally_clashes(counts: Sequence[Sequence[Entry]], states: Iterable[Held], facts: Facts) -> Iterator[Contested]:
    """Where tallies exclude a figure that was said: together they are more than all, or one differs from that of its street.

    Figures no more than a day apart are compared; what was only assumed contradicts nobody. That a sum over some streets is
    less than a figure of all is no contradiction. The figure of all is the one of which most was said, on no single street.

    Args:
        counts: The statements of every figure, latest first.
        states: Everything that has a state in force.
        facts: Of the picture.
    """
    tallies = [entry for entry in _tallies(states) if not _body(entry).assumed]
    figures = [statements for statements in counts if _is_of_vehicles(statements[0])]
    keys = {tuple(where_key(one.draft)): one for one in tallies}
    for statements in figures:
        tally = keys.get(tuple(where_key(statements[0].draft)))
        if tally is not None:
            for said in latest_by_voice(statements):
                if within_a_day(tally, said) and amount_of(said).is_apart(_body(tally).total):
                    yield _clash(said, [tally], f"the tally says {amount_words(_body(tally).total)}", facts)
    elsewhere = [one for one in figures if not _is_on_street(one[0])]
    by_length = {len(one): one for one in reversed(elsewhere)}
    for said in latest_by_voice(by_length[max(by_length)] if by_length else ()):
        near = [tally for tally in tallies if within_a_day(tally, said)]
        least = Amount(low=_together(near).low)
        if amount_of(said).is_apart(least):
            come = f"tallies of {counted(len(near), 'stretch', 'stretches')} come to {amount_words(least)}"
            yield _clash(said, near, come, facts)


def _clash(said: Entry, tallies: Sequence[Entry], but: str, facts: Facts) -> Contested:
    where = place_words(said.draft.places)
    figure = f"{speaker(said.draft.source)} says {amount_words(amount_of(said))}"
    return Contested(
        kind="clash",
        says=f"Figures clash, vehicles{f' ({where})' if where else ''}: {figure}; {but}",
        facts=[facts.of(entry) for entry in (said, *tallies)],
    )


def _is_of_vehicles(entry: Entry) -> bool:
    """Whether it says how many vehicles there are, not of a part of them."""
    body = entry.draft.body
    return isinstance(body, Count) and body.what == VEHICLES and body.group is None


def _is_on_street(entry: Entry) -> bool:
    return len(entry.draft.places) == 1 and isinstance(entry.draft.places[0], Street)


def _tallies(states: Iterable[Held]) -> list[Entry]:
    return [one.entries[0] for one in states if isinstance(one.body, VehicleTally)]


def _body(entry: Entry) -> VehicleTally:
    body = entry.draft.body
    assert isinstance(body, VehicleTally)  # noqa: S101 - only tallies are asked
    return body


def _name(entry: Entry) -> str:
    return place_words(entry.draft.places)


def _together(entries: Sequence[Entry]) -> Amount:
    """What tallies come to: street by street, those of whole streets beside those of their parts."""
    wholes, parts = dict[str, list[Amount]](), dict[str, list[Amount]]()
    for entry in entries:
        place = entry.draft.places[0]
        is_part = isinstance(place, Street) and (place.between or place.side is not None)
        (parts if is_part else wholes).setdefault(_street(place), []).append(_body(entry).total)
    return sum_of([_of_street(wholes.get(street, []), parts.get(street, [])) for street in {**wholes, **parts}])


def _street(place: Place) -> str:
    """The street of a tally, as names are compared."""
    name, within = (place.street, place.locality or "") if isinstance(place, Street) else (place_words([place]), "")
    return f"{written_out(name)} {within}".casefold()


def _of_street(whole: Sequence[Amount], parts: Sequence[Amount]) -> Amount:
    all_of_it, of_parts = sum_of(whole), sum_of(parts)
    both = sum_of([all_of_it, of_parts])
    return both if not whole or not parts else both.model_copy(update={"low": max(all_of_it.low or 0, of_parts.low or 0)})


def _stretch(entry: Entry, facts: Facts) -> StretchTally:
    fact, body = facts.of(entry), _body(entry)
    return StretchTally(
        entry=entry.id,
        where=fact.where,
        says=fact.says,
        low=body.total.low or 0.0,
        high=body.total.high,
        age_s=fact.age_s,
        assumed=body.assumed,
    )
