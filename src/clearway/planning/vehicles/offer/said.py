"""How far offers to park were taken up, as a record says: figures of those who took them up, words for how full a place is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from clearway.errors import BadInput
from clearway.picture.facts import said_until
from clearway.planning.vehicles.ladder.seen import least, most
from clearway.planning.vehicles.offer.uptake import Taken, uptake_of
from clearway.record.kinds.means import OCCUPANCY, Offer
from clearway.record.place_words import place_words
from clearway.words import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from clearway.planning.vehicles.offer.places import ParkingPlace
    from clearway.record.entry import Entry

_DECIMALS = 6
"""That are looked at where a share is rounded to whole vehicles: a fifth of 35 is 7."""


class SaidOfOffers(NamedTuple):
    """What a record says of the places that are offered.

    Attributes:
        places: The same places, with how many stand there by the newest word.
        taken: Figures of all places together.
        notes: What was assumed, and what cannot be used, in sentences.
    """

    places: tuple[ParkingPlace, ...]
    taken: tuple[Taken, ...]
    notes: tuple[str, ...]


class _Figure(NamedTuple):
    """A figure of one offer: how many took it up by then, and how many stand there; None where nobody can tell."""

    at: datetime
    low: int
    high: int | None
    stand: int
    stand_high: int | None


def said_of_offers(entries: Iterable[Entry], places: Sequence[ParkingPlace]) -> SaidOfOffers:
    """What entries in force say of how far the offers were taken up.

    Who stands there took the offer up; who took it up may have driven on. So a figure of ``taken_up`` is one of the total, and
    a word for how full a place is bounds the total from below alone.

    Args:
        entries: In force at the moment; others than offers of parking are passed over.
        places: That are offered.
    """
    notes: list[str] = []
    by_place: dict[int, list[_Figure]] = {}
    for entry in entries:
        body = entry.draft.body
        if not isinstance(body, Offer) or body.what != "parking" or not (body.taken_up or body.occupancy):
            continue
        number = _place_of(entry, body, places)
        if number is None:
            notes.append(f"It is left out how far an offer [{entry.id}] was taken up: no place to park has its place or name.")
            continue
        by_place.setdefault(number, []).append(_figure(body, said_until(entry.draft), places[number]))
        if body.occupancy:
            low, high = OCCUPANCY[body.occupancy]
            notes.append(
                f'"{vocabulary(body.occupancy)}" at {places[number].name} is taken as {low:.0%} to {high:.0%} of its spaces: '
                "more may have come and driven on."
            )
    figures = {number: sorted(said) for number, said in by_place.items()}
    taken = tuple(_together(figures, len(places)))
    try:
        uptake_of(taken, capacity=sum(one.capacity for one in places), vehicles=0)
    except BadInput as error:
        taken, notes = (), [*notes, f"{error} Until then the rate is unknown."]
    return SaidOfOffers(
        tuple(_with_those_there(one, figures.get(number)) for number, one in enumerate(places)),
        taken,
        tuple(dict.fromkeys(notes)),
    )


def _figure(body: Offer, at: datetime, place: ParkingPlace) -> _Figure:
    stand, stand_high = 0, None
    if body.occupancy:
        low_share, high_share = OCCUPANCY[body.occupancy]
        stand = math.floor(round(low_share * place.capacity, _DECIMALS))
        stand_high = math.ceil(round(high_share * place.capacity, _DECIMALS))
    if body.taken_up is None:
        return _Figure(at, stand, None, stand, stand_high)
    low, high = math.ceil(round(least(body.taken_up) or 0, _DECIMALS)), most(body.taken_up)
    upper = None if high is None else math.floor(round(high, _DECIMALS))
    return _Figure(at, max(low, stand), upper, stand, max(low, upper or 0) if stand_high is None else stand_high)


def _together(figures: dict[int, list[_Figure]], places: int) -> Iterator[Taken]:
    """The total of all places at each moment of a figure: at most is known only where one figure speaks of all of it."""
    for at in sorted({one.at for said in figures.values() for one in said}):
        low = sum(max((one.low for one in said if one.at <= at), default=0) for said in figures.values())
        here = [one.high for said in figures.values() for one in said if one.at == at and one.high is not None]
        yield Taken(at, low, min(here) if places == 1 and here else None)


def _with_those_there(place: ParkingPlace, figures: Sequence[_Figure] | None) -> ParkingPlace:
    if not figures:
        return place
    last = figures[-1]
    return place.model_copy(update={"parked": last.stand, "parked_high": last.stand_high})


def _place_of(entry: Entry, body: Offer, places: Sequence[ParkingPlace]) -> int | None:
    """Which place an offer speaks of: by its place or, where it has none, by who offers it."""
    where, by = _folded(place_words(entry.draft.places)), _folded(body.by or "")
    for number, one in enumerate(places):
        name = _folded(one.name)
        if (where and (name in where or where in name)) or (not where and by and by == _folded(one.by or "")):
            return number
    return 0 if len(places) == 1 and not where and not by else None


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())
