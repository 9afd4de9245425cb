"""Send vehicles to places to park, simulate the drive out, and have the answer checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clearway.errors import BadInput, Infeasible
from clearway.network.store import network_digest
from clearway.planning.vehicles.contract import ShutClaim
from clearway.planning.vehicles.offer.check import check_offered
from clearway.planning.vehicles.offer.contract import Drive, Leaver, LeavingGate, Offered, OfferedPlace, SentTo
from clearway.planning.vehicles.offer.drives import LeavingStreets, signs_of, start_of, streets_of
from clearway.planning.vehicles.offer.ended import alerts
from clearway.planning.vehicles.offer.gates import gates_of, queues_of, refuse_unknown_gates
from clearway.planning.vehicles.offer.leaving import VEHICLE_CLASS, checkpoints_of, closures_out
from clearway.planning.vehicles.offer.places import PER_MINUTE, TALL
from clearway.planning.vehicles.offer.told import assumed_of, is_low, notes_of, summary_of
from clearway.planning.vehicles.offer.transport import transported
from clearway.planning.vehicles.offer.uptake import uptake_of
from clearway.planning.vehicles.tally import ASSUMED, some_assumed
from clearway.planning.vehicles.towing.ground import FARTHEST_M
from clearway.planning.vehicles.towing.streets import stored
from clearway.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from clearway.network.closures import Closure
    from clearway.network.model import Network
    from clearway.planning.vehicles.offer.drives import DriveOut
    from clearway.planning.vehicles.offer.leaving import Checkpoint
    from clearway.planning.vehicles.offer.places import ParkingPlace
    from clearway.planning.vehicles.offer.uptake import Taken
    from clearway.planning.vehicles.tally import Stretch


@dataclass(frozen=True)
class OfferQuestion:
    """What is offered to whom.

    Attributes:
        stretches: The tally.
        places: Places to park.
        closures: Barriers and gates, with their times.
        points: The gates of a plan, as vehicles that leave find them at that moment.
        at: The moment asked about; None: nobody said, and no time is kept.
        taken: How many took the offer up, as was said.
        gate_per_minute: Vehicles that pass a gate in a minute; None: assumed.
        gate_rates: The same of one gate, by its label.
    """

    stretches: tuple[Stretch, ...]
    places: tuple[ParkingPlace, ...]
    closures: tuple[Closure, ...] = ()
    points: tuple[Checkpoint, ...] = ()
    at: datetime | None = None
    taken: tuple[Taken, ...] = ()
    gate_per_minute: float | None = None
    gate_rates: Mapping[str, float] = field(default_factory=dict)


def offered(network: Network, question: OfferQuestion) -> Offered:
    """Which vehicles go where with the least driving, how long that takes, and what the offer did so far; checked.

    Raises:
        BadInput: no vehicle stands anywhere, a place lies off the streets, a rate is given of no gate, or figures contradict
            each other.
        Infeasible: the answer did not pass its check; it is not handed out.
    """
    if not any(one.total for one in question.stretches):
        raise BadInput("No vehicle stands on the stretches of the tally: there is nobody to make an offer to.")
    answer = _made(network, question)
    _, fails = check_offered(network, answer.as_json())
    if fails:
        raise Infeasible(f"The answer did not pass its check and is not handed out: {fails[0]} Report this.")
    return answer


def _made(network: Network, question: OfferQuestion) -> Offered:
    stretches, places = question.stretches, question.places
    spots = stored(network, [(one.lon, one.lat) for one in places], VEHICLE_CLASS)
    if far := [one.name for one, (_, metres) in zip(places, spots, strict=True) if metres > FARTHEST_M]:
        lie, it = ("lies", "it") if len(far) == 1 else ("lie", "them")
        away = f"{lie} more than {FARTHEST_M:.0f} m from any street"
        raise BadInput(f"{listed(far)} {away}. Put {it} on the map, longitude first.")
    points = [*checkpoints_of(question.closures, question.at), *question.points]
    streets = LeavingStreets(network, [one.ways for one in stretches], [spot for spot, _ in spots], points)
    starts, drives, back = [start_of(network, one.ways) for one in stretches], streets.out(), streets.back_s()
    rates = refuse_unknown_gates(question.gate_rates, streets.points)
    gates = gates_of(streets.points, at=question.at, per_minute=question.gate_per_minute, rates=rates)
    room = [one.room_at(question.at) for one in places]
    tall = [tall_of(one) for one in stretches]
    supply = [one.total - high for one, high in zip(stretches, tall, strict=True)] + tall
    costs = [[_seconds(drive) for drive in row] for row in drives]
    high = [[None if is_low(place) else cost for place, cost in zip(places, row, strict=True)] for row in costs]
    found = transported(supply, room, [*costs, *high])
    parks = tuple(
        OfferedPlace(
            id=one.id, name=one.name, lon=one.lon, lat=one.lat, way=spot.way, at_m=spot.at_m, room=free,
            per_minute=one.per_minute or PER_MINUTE, tall=not is_low(one), come_back=one.come_back,
            shuts_s=one.shuts_s(question.at) if free else None, starts=one.starts, ends=one.ends, assumed=one.assumed,
        )
        for one, (spot, _), free in zip(places, spots, room, strict=True)
    )  # fmt: skip
    sends = tuple(_sends(network, found.sent, drives, streets.points, gates, [_may(one, back) for one in enumerate(places)]))
    queues = queues_of(sends, drives, streets.points, gates, parks)
    vehicles, sent = sum(supply), sum(one.vehicles for one in sends)
    count = len(stretches)
    signs = {
        (sign.at, sign.says): sign
        for one in sends
        if (drive := drives[one.stretch][one.place])
        for sign in signs_of(network, drive.arcs, places[one.place].name)
    }
    answer = Offered(
        network=network_digest(network),
        at=question.at,
        vehicles=vehicles,
        sent=sent,
        left=vehicles - sent,
        late=sum(one.late for one in queues),
        total_s=sum(one.vehicles * one.drive_s for one in sends),
        places=parks,
        place_prices=tuple(found.place_prices),
        leavers=tuple(
            Leaver(
                stretch=one.name, ways=one.ways, way=start.way, at_m=start.at_m, vehicles=one.total, tall=tall[place],
                price=found.source_prices[place], tall_price=found.source_prices[count + place], assumed=one.is_assumed,
            )
            for place, (one, start) in enumerate(zip(stretches, starts, strict=True))
        ),
        drives=tuple(
            Drive(stretch=one, place=place, seconds=_seconds(drive), back_seconds=back[one][place])
            for one, row in enumerate(drives)
            for place, drive in enumerate(row)
        ),
        sends=sends,
        queues=queues,
        empty_s=max((one.last_s for one in queues if one.place is not None and one.vehicles), default=None),
        signs=tuple(signs.values()),
        shut=tuple(claims_of(closures_out(streets.points))),
        shut_back=tuple(claims_of(closures_out(streets.points, back=True))),
        gates=gates,
        uptake=uptake_of(
            question.taken, capacity=sum(one.capacity for one in places), vehicles=vehicles,
            mark=ASSUMED if any("capacity" in one.assumed for one in places) else "",
            parked=sum(one.parked or 0 for one in places),
        ),
        alerts=tuple(alerts(places, question.at)) if question.at else (),
        assumed=(),
        notes=(),
        summary=(),
    )  # fmt: skip
    told = {
        "assumed": tuple(assumed_of(answer, question, streets.points)),
        "notes": tuple(notes_of(answer, question, streets.points)),
        "summary": tuple(summary_of(answer, some_assumed(stretches))),
    }
    return answer.model_copy(update=told)


def _seconds(drive: DriveOut | None) -> int | None:
    return None if drive is None else drive.seconds


def _may(place: tuple[int, ParkingPlace], back: Sequence[Sequence[int | None]]) -> list[bool | None]:
    """By stretch, whether one may come back from a place."""
    number, one = place
    return [False if row[number] is None else one.come_back for row in back]


def _sends(
    network: Network,
    sent: Sequence[Sequence[int]],
    drives: Sequence[Sequence[DriveOut | None]],
    points: Sequence[Checkpoint],
    gates: Sequence[LeavingGate],
    may: Sequence[Sequence[bool | None]],
) -> Iterator[SentTo]:
    rated = {one.label for one in gates if one.per_minute is not None}
    for source, row in enumerate(sent):
        stretch, tall = source % len(drives), source >= len(drives)
        for place, vehicles in enumerate(row):
            drive = drives[stretch][place]
            if vehicles and drive:
                passed = dict.fromkeys(name for one in drive.met if (name := points[one.point].label) in rated)
                yield SentTo(
                    stretch=stretch, place=place, vehicles=vehicles, tall=tall, drive_s=drive.seconds, arcs=drive.arcs,
                    gates=tuple(passed), comes_back=may[place][stretch], streets=streets_of(network, drive.arcs),
                )  # fmt: skip


def tall_of(one: Stretch) -> int:
    """Vehicles of a stretch that a limit of height keeps out."""
    return sum(count for kind, count in one.vehicles.items() if kind in TALL)


def claims_of(closures: Iterable[Closure]) -> Iterator[ShutClaim]:
    """What is shut to those who leave, or opens to them after a while, as an answer says it."""
    for one in closures:
        held = one.holds(VEHICLE_CLASS)
        yield ShutClaim(way=one.way, at_m=one.at_m, along=one.along, against=one.against, ms=None if held else one.delay_ms)
