"""What there is to move vehicles with, as the record of an operation has it, and the server's file where that says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.errors import BadInput
from clearway.network.hours import holds
from clearway.planning.plan.versions import plans_in_force
from clearway.planning.vehicles.known_means import known_parking, known_towing
from clearway.planning.vehicles.ladder.answer import entries_of
from clearway.planning.vehicles.offer.drives import LeavingStreets, streets_of
from clearway.planning.vehicles.offer.leaving import VEHICLE_CLASS
from clearway.planning.vehicles.offer.said import said_of_offers
from clearway.planning.vehicles.record_means import record_parking, record_towing
from clearway.planning.vehicles.tally import stretch_ways
from clearway.planning.vehicles.told_places import parking_words, storage_words
from clearway.planning.vehicles.towing.fees import our_caps, over_caps
from clearway.planning.vehicles.towing.streets import stored
from clearway.server.desks.picture.desk import PictureDesk
from clearway.server.desks.vehicles.moving import label_of, powers
from clearway.server.desks.vehicles.room_models import MeansOperator, MeansPlace, PlaceWay, VehicleMeans
from clearway.words import counted, joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from clearway.network.model import Network
    from clearway.picture.view import Moments
    from clearway.planning.vehicles.known_means import KnownTowing
    from clearway.planning.vehicles.offer.said import SaidOfOffers
    from clearway.planning.vehicles.towing.means import Fleet, Operator
    from clearway.record.kinds.plans import TrafficPlan
    from clearway.server.networks import ServedNetwork
    from clearway.server.operations import ServedOperation

_DECIMALS = 6
"""A tenth of a metre."""


class MeansDesk:
    """Means of one operation, as the people who are answered may see them. Safe for several threads.

    Args:
        operation: The operation.
    """

    def __init__(self, operation: ServedOperation) -> None:
        self._operation = operation

    @property
    def network(self) -> ServedNetwork:
        """The network that the operation plays on.

        Raises:
            BadInput: it plays on none.
        """
        return self._operation.streets("nobody can say where its places lie")

    def towing(self, when: Moments) -> KnownTowing:
        """Operators and storage places."""
        picture = self._operation.desk(PictureDesk).picture(when, bands=False)
        recorded, notes = record_towing(picture, self.network.gazetteer, self._zone)
        return known_towing(recorded, notes, self.network.sources.towing)

    def parking(self, when: Moments) -> tuple[SaidOfOffers, frozenset[str]]:
        """Places to park with how far they were taken up, and the ids of those that only the file has."""
        picture = self._operation.desk(PictureDesk).picture(when, bands=False)
        recorded, notes = record_parking(picture, self.network.gazetteer, self._zone)
        places, of_file, told = known_parking(recorded, notes, self.network.sources.parking)
        with self._operation.index() as index:
            offers = entries_of(self._operation.store, index, when, lambda kind: kind == "offer")
        said = said_of_offers(offers, places)
        return said._replace(notes=(*told, *said.notes)), of_file

    def plans(self, when: Moments) -> tuple[TrafficPlan, ...]:
        """The traffic management plans that were adopted, as the room knew it: their gates let vehicles out."""
        return plans_in_force(self._operation.store, self._operation.name, when.known_at)

    def means(self, when: Moments) -> VehicleMeans:
        """All of it, to be shown.

        Raises:
            BadInput: the moment lies beyond the calendar.
        """
        try:
            at = when.at.astimezone(self._zone)
        except OverflowError as error:
            raise BadInput("The moment lies beyond every calendar. Give a time of this operation.") from error
        towing, (parking, of_file) = self.towing(when), self.parking(when)
        return VehicleMeans(
            places=[*_parking(parking, of_file, at, self._zone), *_storage(towing, at)],
            operators=[_operator(number, one, towing) for number, one in enumerate(towing.means.operators)],
            powers=powers(),
            notes=[*towing.notes, *parking.notes],
        )

    def ways(self, stretch: str, when: Moments) -> list[PlaceWay]:
        """The quickest drive from a stretch to each place, those that no way leads to left out; barriers are not counted.

        Raises:
            BadInput, UnknownName: there is no such stretch.
        """
        network = self.network.network
        own = stretch_ways(stretch, self.network.gazetteer)
        places = [(one, (one.lon, one.lat)) for one in self.means(when).places]
        spots = stored(network, [at for _, at in places], VEHICLE_CLASS)
        (drives,) = LeavingStreets(network, [own], [spot for spot, _ in spots]).out()
        return [
            PlaceWay(
                what=one.what, name=one.name, seconds=drive.seconds, streets=list(streets_of(network, drive.arcs)),
                line=[*_line(network, drive.arcs[:-1]), [one.lon, one.lat]],
            )
            for (one, _), drive in zip(places, drives, strict=True)
            if drive is not None and len(drive.arcs) > 1
        ]  # fmt: skip

    @property
    def _zone(self) -> ZoneInfo:
        return self._operation.calendar().zone


def _line(network: Network, arcs: Sequence[int]) -> list[list[float]]:
    """The streets of a drive as a line; an odd arc is driven from the head of its way."""
    points: list[list[float]] = []
    for arc in arcs:
        points += network.geometry(arc >> 1)[:: -1 if arc & 1 else 1].round(_DECIMALS).tolist()
    return points


def _parking(said: SaidOfOffers, of_file: frozenset[str], at: datetime, zone: ZoneInfo) -> Iterator[MeansPlace]:
    for one in said.places:
        yield MeansPlace(
            what="parking", name=one.name, lon=one.lon, lat=one.lat, capacity=one.capacity,
            open=None if (one.starts, one.ends, one.hours) == (None, None, None) else one.is_open(at),
            of="file" if one.id in of_file else "record", assumed=list(one.assumed), says=parking_words(one, zone), over_cap=[],
        )  # fmt: skip


def _storage(towing: KnownTowing, at: datetime) -> Iterator[MeansPlace]:
    for one in towing.means.storage:
        yield MeansPlace(
            what="storage", name=one.id, lon=one.lon, lat=one.lat, capacity=one.capacity,
            open=None if one.hours is None else holds(one.hours, at), of="file" if one.id in towing.of_file else "record",
            assumed=list(one.assumed), says=storage_words(one), over_cap=list(over_caps(one, our_caps())),
        )  # fmt: skip


def _operator(number: int, one: Operator, towing: KnownTowing) -> MeansOperator:
    fleets = joined(_fleet("light", one.light, one), _fleet("heavy", one.heavy, one), by=", ")
    wants = one.escort and "wants an escort"
    says = joined(fleets or "has no trucks", one.hours, wants, one.withdrew and "has withdrawn", by=", ")
    return MeansOperator(
        label=label_of(number), light=one.light.trucks if one.light and one.light.willing == "yes" else None,
        heavy=one.heavy.trucks if one.heavy and one.heavy.willing == "yes" else None,
        of="file" if one.id in towing.of_file else "record", says=f"{says[:1].upper()}{says[1:]}.",
    )  # fmt: skip


def _fleet(kind: str, fleet: Fleet | None, one: Operator) -> str:
    if fleet is None:
        return ""
    trucks = counted(fleet.trucks, f"{kind} truck")
    said = {"yes": f"sends {trucks}", "no": f"sends no {kind} truck", "unknown": f"has not answered on its {trucks}"}
    why = f" ({fleet.reason.replace('_', ' ')})" if fleet.willing == "no" and fleet.reason else ""
    is_assumed = kind in one.assumed or f"{kind}_trucks" in one.assumed or f"{kind}_willing" in one.assumed
    return f"{said[fleet.willing]}{why}{' (assumed)' if is_assumed else ''}"
