"""What there is to move vehicles with, as the record has it at a moment: operators, places to store and to park, uptake.

Of each operator and each place the newest entry counts. A range is taken by its least: no plan rests on a truck or a space that
may not be there. What an entry does not say stays unknown, and what it marks as assumed stays assumed.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from pydantic import ValidationError

from clearway.errors import BadInput
from clearway.planning.vehicles.ladder.seen import least, most
from clearway.planning.vehicles.offer.places import ParkingPlace
from clearway.planning.vehicles.towing.means import Fleet, Operator, StoragePlace, TowMeans
from clearway.record.kinds import towing
from clearway.record.kinds.means import Offer
from clearway.record.place import PLACE
from clearway.shapes import problems_of
from clearway.words import time_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from zoneinfo import ZoneInfo

    from clearway.picture.contract import Fact, PictureAnswer
    from clearway.planning.gazetteer import Gazetteer
    from clearway.record.parts import Amount

Means = TypeVar("Means", Operator, StoragePlace, ParkingPlace)


class Place(NamedTuple):
    """A spot, and whether it is only thereabouts."""

    lon: float
    lat: float
    assumed: tuple[str, ...]


def record_towing(picture: PictureAnswer, gazetteer: Gazetteer, zone: ZoneInfo) -> tuple[TowMeans, tuple[str, ...]]:
    """The operators and storage places of a picture, and notes: they name operators, and are for the room alone.

    Nothing that was known later is in it. A note says what each rests on, believed of which moment, known at which, by whose
    word; what cannot be used; and where two speakers contradict each other.

    Args:
        picture: At the moment asked about.
        gazetteer: Of the network that the places must be on.
        zone: The operation's.
    """
    reading = _Reading(gazetteer, zone)
    operators = reading.each(_latest(picture.states), "tow_operator", _operator)
    storage = reading.each(_latest(picture.states), "storage_place", reading.storage)
    means = TowMeans(operators=tuple(operators), storage=tuple(storage))
    return means, (*reading.notes, *_clashes(picture, "tow_operator", "storage_place"))


def record_parking(
    picture: PictureAnswer, gazetteer: Gazetteer, zone: ZoneInfo
) -> tuple[tuple[ParkingPlace, ...], tuple[str, ...]]:
    """The places to park of a picture, those whose time is over or to come among them, and notes as ``record_towing`` has them.

    An offer of parking that says how many fit is such a place too, unless there is one of its name.

    Args:
        picture: At the moment asked about.
        gazetteer: Of the network that the places must be on.
        zone: The operation's: their times are given in it.
    """
    reading = _Reading(gazetteer, zone)
    ever = [*_newest_last(picture.ended), *picture.coming, *_newest_last(picture.states)]
    places = reading.each(_latest(ever), "parking_place", reading.parking)
    offers = {named_alike(fact.where): fact for fact in ever if _offers_room(fact) and not _is_there(fact, places)}
    places = [*places, *reading.each(offers.values(), "offer", reading.offer)]
    return tuple(places), (*reading.notes, *_clashes(picture, "parking_place"))


def _newest_last(facts: Iterable[Fact]) -> list[Fact]:
    """Two bodies may offer one place: the newer word is to count."""
    return sorted(facts, key=lambda fact: (fact.happened.end, fact.known, fact.seq))


def _offers_room(fact: Fact) -> bool:
    """Whether it is an offer of parking that says how many fit, and where."""
    return fact.kind == "offer" and fact.body["what"] == "parking" and "capacity" in fact.body and bool(fact.where)


def _is_there(offer: Fact, places: Iterable[ParkingPlace]) -> bool:
    """Whether one of some places has the name of an offer's place, or a part of it."""
    where, names = named_alike(offer.where), [named_alike(one.name) for one in places]
    return any(where in name or name in where for name in names)


def _clashes(picture: PictureAnswer, *kinds: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.says for one in picture.contested if any(fact.kind in kinds for fact in one.facts)))


def whole(amount: Amount | None) -> int | None:
    """How many there surely are, whole: "about" is taken to be off by a fifth; None where no least was said.

    >>> from clearway.record.parts import Amount
    >>> whole(Amount(low=3, high=5)), whole(Amount(low=10, high=10, about=True)), whole(Amount(high=5))
    (3, 8, None)
    """
    low = None if amount is None else least(amount)
    return None if low is None else math.floor(round(low, 6))


def named_alike(name: str) -> str:
    """A name as names of operators and places are compared: without case and double spaces."""
    return " ".join(name.casefold().split())


def room_of(amount: Amount) -> tuple[int, tuple[str, ...]]:
    """How many fit, and whether that is assumed: of "up to 60" all 60 are."""
    low, high = whole(amount), most(amount)
    return (low, ()) if low is not None else (math.floor(high or 0), ("capacity",))


class _Reading:
    """Facts while they are read; what cannot be used is noted."""

    def __init__(self, gazetteer: Gazetteer, zone: ZoneInfo) -> None:
        self._gazetteer = gazetteer
        self._zone = zone
        self.notes: list[str] = []

    def each(self, facts: Iterable[Fact], kind: str, read: Callable[[Fact], Means]) -> list[Means]:
        """The facts of a kind that can be used, in the order of their names."""
        found: list[Means] = []
        for fact in facts:
            if fact.kind != kind:
                continue
            try:
                found.append(read(fact))
            except ValidationError as error:
                self.notes.append(f"{fact.says} [{fact.id}] is left out: {problems_of(error.errors())}.")
            except BadInput as error:
                self.notes.append(f"{fact.says} [{fact.id}] is left out: {error}")
            else:
                self.notes.append(self._believed(fact))
        return sorted(found, key=lambda one: one.id)

    def storage(self, fact: Fact) -> StoragePlace:
        """A storage place on the streets."""
        said, spot = towing.StoragePlace.model_validate(fact.body), self._spot(fact)
        capacity, assumed = room_of(said.capacity) if said.capacity else (None, ())
        named = tuple("release" if name == "release_procedure" else name for name in said.assumed)
        return StoragePlace(
            id=said.name, lon=spot.lon, lat=spot.lat, capacity=capacity, hours=said.hours, secure=said.secure,
            release=said.release_procedure, tow_fee=said.tow_fee, release_fee=said.release_fee, day_fee=said.day_fee,
            currency=said.currency, break_in=said.break_in, assumed=tuple(dict.fromkeys((*named, *assumed, *spot.assumed))),
        )  # fmt: skip

    def parking(self, fact: Fact) -> ParkingPlace:
        """A place to park on the streets."""
        said, spot = towing.ParkingPlace.model_validate(fact.body), self._spot(fact)
        if said.capacity is None:
            raise BadInput("nobody said how many fit there. Enter its capacity, as assumed where no source tells it.")
        capacity, assumed = room_of(said.capacity)
        return ParkingPlace(
            id=said.name, name=said.name, lon=spot.lon, lat=spot.lat, capacity=capacity, hours=said.hours,
            starts=said.starts and said.starts.astimezone(self._zone), ends=said.ends and said.ends.astimezone(self._zone),
            by=said.by, to=said.to, free=said.free, come_back=said.come_back, surface=said.surface, height_m=said.height_m,
            assumed=tuple(dict.fromkeys((*said.assumed, *assumed, *spot.assumed))),
        )  # fmt: skip

    def offer(self, fact: Fact) -> ParkingPlace:
        """An offer of parking as a place: what an offer does not say is unknown."""
        said, spot = Offer.model_validate(fact.body), self._spot(fact)
        assert said.capacity is not None  # noqa: S101 - only such offers are asked
        capacity, assumed = room_of(said.capacity)
        return ParkingPlace(
            id=fact.where, name=fact.where, lon=spot.lon, lat=spot.lat, capacity=capacity,
            starts=said.starts and said.starts.astimezone(self._zone), ends=said.ends and said.ends.astimezone(self._zone),
            by=said.by, to=said.to, free=said.free, assumed=tuple(dict.fromkeys((*assumed, *spot.assumed))),
        )  # fmt: skip

    def _spot(self, fact: Fact) -> Place:
        if len(fact.places) != 1:
            raise BadInput("it needs one place. Enter it again with a point, a corner or an address.")
        found = self._gazetteer.of(PLACE.validate_python(fact.places[0]))
        if found.spot is None:
            raise BadInput(f"nobody can say where it lies: {found.says} Enter it again with a point, a corner or an address.")
        return Place(*found.spot, () if found.certainty == "exact" else ("lon", "lat"))

    def _believed(self, fact: Fact) -> str:
        then, known = time_words(fact.happened.end, self._zone), time_words(fact.known, self._zone)
        return f"{fact.says}: believed of {then}, known at {known} ({fact.source.speaker}) [{fact.id}]."


def _operator(fact: Fact) -> Operator:
    said = towing.TowOperator.model_validate(fact.body)
    unsaid = ("escort",) if said.escort is None else ()
    fleets: dict[str, Fleet] = {}
    for kind, trucks, willing, since in (
        ("light", said.light_trucks, said.light_willing, said.light_since),
        ("heavy", said.heavy_trucks, said.heavy_willing, said.heavy_since),
    ):
        if trucks is not None or willing is not None:
            why = said.reason if willing == "no" else None
            fleets[kind] = Fleet(trucks=whole(trucks) or 0, willing=willing or "unknown", since=since, reason=why)
    return Operator(
        id=said.operator, light=fleets.get("light"), heavy=fleets.get("heavy"), hours=said.hours, escort=bool(said.escort),
        rate=said.rate, conditions=said.conditions, indemnity=said.indemnity, assumed=(*said.assumed, *unsaid),
    )  # fmt: skip


def _latest(facts: Iterable[Fact]) -> list[Fact]:
    """Of each kind and name the last: what holds stands behind what is over or announced."""
    found: dict[tuple[str, str], Fact] = {}
    for fact in facts:
        name = fact.body.get("operator") or fact.body.get("name")
        found[fact.kind, named_alike(str(name))] = fact
    return list(found.values())
