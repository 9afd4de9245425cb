"""A towing question on the streets: who comes to which stretch, how long that takes, and when."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from clearway.errors import BadInput
from clearway.planning.access.planner.vehicles import Vehicle, size_of
from clearway.planning.vehicles.towing.clock import ALWAYS, HORIZON_S, openings, within, without
from clearway.planning.vehicles.towing.contract import TowStorage, TowTruck
from clearway.planning.vehicles.towing.fees import our_caps, over_caps
from clearway.planning.vehicles.towing.jobs import with_those_in_front
from clearway.planning.vehicles.towing.means import ESCORT_MOVE_MINUTES
from clearway.planning.vehicles.towing.problem import Leg, Problem, Truck, Yard
from clearway.planning.vehicles.towing.streets import VEHICLE_CLASS, TowStreets, let_in, stored
from clearway.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from clearway.network.closures import Closure
    from clearway.network.model import Network
    from clearway.planning.access.planner.vehicles import Size
    from clearway.planning.vehicles.towing.contract import Order, TruckKind, Window
    from clearway.planning.vehicles.towing.fees import Cap
    from clearway.planning.vehicles.towing.jobs import Wanted
    from clearway.planning.vehicles.towing.means import Fleet, Operator, TowMeans
    from clearway.planning.vehicles.towing.streets import Reached

KINDS: tuple[TruckKind, ...] = ("light", "heavy")
FARTHEST_M = 200.0
"""A storage place farther than this from any street is a slip of the pen."""


@dataclass(frozen=True)
class TowQuestion:
    """What is to be towed, by whom, from when on.

    Attributes:
        wanted: Vehicles.
        means: Who tows, and to where.
        closures: Barriers and gates.
        starts: When; None: nobody said, and then no hours can be kept.
        order: Who orders it, by which power; None: a question.
        lost: Seconds after the start in which nobody works; None: none.
        caps: What may be charged at most.
        busy: By truck, where it is once it has done what it is at, and seconds until then.
    """

    wanted: Wanted
    means: TowMeans
    closures: tuple[Closure, ...] = ()
    starts: datetime | None = None
    order: Order | None = None
    lost: Window | None = None
    busy: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    caps: tuple[Cap, ...] = field(default_factory=our_caps)


@dataclass(frozen=True)
class Ground:
    """A question on the streets: the problem of a schedule, and what its numbers mean."""

    question: TowQuestion
    wanted: Wanted
    network: Network
    problem: Problem
    storage: tuple[TowStorage, ...]
    trucks: tuple[TowTruck, ...]
    sizes: tuple[Size | None, ...]
    reached: Mapping[tuple[int, int], Reached]
    closures: tuple[Closure, ...]


def ground_of(network: Network, question: TowQuestion) -> Ground:
    """The problem on the streets; raises as :func:`towed` does."""
    means = question.means
    if not means.storage:
        raise BadInput("There is no storage: nobody said where vehicles are towed to. Give a place with --store LON,LAT.")
    if not question.wanted.jobs:
        raise BadInput("There is nothing to tow.")
    if question.starts is None and any([*(one.hours for one in means.storage), *(one.hours for one in means.operators)]):
        raise BadInput("Hours are given and nobody said when towing starts. Say it with --from, as 2022-02-16T08:00+13:00.")
    sizes, trucks = _trucks(network, question)
    closures, gates = let_in(question.closures)
    spots = stored(network, [(one.lon, one.lat) for one in means.storage])
    if far := [one.id for one, (_, metres) in zip(means.storage, spots, strict=True) if metres > FARTHEST_M]:
        raise BadInput(f"{listed(far)} lies more than {FARTHEST_M:.0f} m from any street. Put it on the map, longitude first.")
    stretches = question.wanted.stretches
    full = frozenset(place for place, one in enumerate(stretches) if one.lane_moves)
    reached: dict[tuple[int, int], Reached] = {}
    for size, figures in enumerate(sizes):
        streets = TowStreets(network, [spot for spot, _ in spots], [one.ways for one in stretches], full, figures, closures)
        reached |= {(size, place): one for place, one in enumerate(streets.reached()) if one is not None}
    storage = tuple(
        TowStorage(
            **one.model_dump(),
            over_cap=tuple(over_caps(one, question.caps)),
            way=spot.way, at_m=spot.at_m, windows=_windows(one.hours, question.starts),
        )
        for one, (spot, _) in zip(means.storage, spots, strict=True)
    )  # fmt: skip
    legs = {key: Leg(one.in_s, one.out_s, one.least_s, one.after) for key, one in reached.items()}
    wanted = with_those_in_front(question.wanted, legs, heavy=any(one.kind == "heavy" and one.windows for one in trucks))
    if gates:
        said = f"Those who staff {counted(gates, 'gate')}, which open for some, let tow trucks in and out."
        wanted = replace(wanted, assumed=(*wanted.assumed, said))
    place = {one.id: number for number, one in enumerate(storage)}
    problem = Problem(
        jobs=wanted.jobs,
        trucks=tuple(Truck(one.kind == "heavy", one.size, place[one.storage], one.windows, one.escort) for one in trucks),
        yards=tuple(Yard(one.windows, one.capacity) for one in storage),
        legs=legs,
        lane_moves=tuple(one.lane_moves for one in stretches),
        escorts=means.escorts,
        escort_move_s=round(60 * ESCORT_MOVE_MINUTES),
    )
    return Ground(question, wanted, network, problem, storage, trucks, sizes, reached, tuple(closures))


def _trucks(network: Network, question: TowQuestion) -> tuple[tuple[Size | None, ...], tuple[TowTruck, ...]]:
    """The sizes of trucks, one at least, and each truck of those who are willing."""
    sizes: list[Size | None] = []
    trucks: list[TowTruck] = []
    for one in question.means.operators:
        size = size_of(network, VEHICLE_CLASS, Vehicle(one.height_m, one.width_m, one.weight_t, one.length_m))
        if size not in sizes:
            sizes.append(size)
        for kind in KINDS:
            for _ in range(_willing(one, kind)):
                number = sum(other.kind == kind for other in trucks) + 1
                name = f"{kind} {number}"
                at, free_s = question.busy.get(name, (one.storage or question.means.storage[0].id, 0))
                trucks.append(
                    TowTruck(
                        id=name,
                        operator=one.id,
                        kind=kind,
                        size=sizes.index(size),
                        storage=at,
                        windows=within(_at_work(one, kind, question), [(free_s, HORIZON_S)]),
                        escort=one.escort,
                    )
                )
    return tuple(sizes) or (size_of(network, VEHICLE_CLASS, Vehicle()),), tuple(trucks)


def _willing(one: Operator, kind: TruckKind) -> int:
    fleet = _fleet(one, kind)
    return fleet.trucks if fleet and fleet.willing == "yes" else 0


def _windows(hours: str | None, starts: datetime | None) -> tuple[Window, ...]:
    return openings(hours, starts) if hours and starts else ALWAYS


def _fleet(one: Operator, kind: TruckKind) -> Fleet | None:
    return one.heavy if kind == "heavy" else one.light


def _at_work(one: Operator, kind: TruckKind, question: TowQuestion) -> tuple[Window, ...]:
    """When an operator's crews work: from its answer until it withdraws, and not while nobody does."""
    windows, fleet = _windows(one.hours, question.starts), _fleet(one, kind)
    if fleet is not None and fleet.since is not None and question.starts is not None:
        windows = within(windows, [(max(round((fleet.since - question.starts).total_seconds()), 0), HORIZON_S)])
    if one.withdrew is not None and question.starts is not None:
        windows = within(windows, [(0, max(round((one.withdrew - question.starts).total_seconds()), 0))])
    return without(windows, question.lost) if question.lost else windows


def without_operators(question: TowQuestion, names: Sequence[str]) -> TowQuestion:
    """The same question with some operators gone.

    Raises:
        BadInput: nobody is called so.
    """
    known = {one.id for one in question.means.operators}
    if unknown := [name for name in names if name not in known]:
        raise BadInput(f"No operator is called {listed(unknown)}. There are {listed(sorted(known)) or 'none'}.")
    kept = tuple(one for one in question.means.operators if one.id not in names)
    return replace(question, means=question.means.model_copy(update={"operators": kept}))
