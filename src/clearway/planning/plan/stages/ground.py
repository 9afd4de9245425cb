"""A stage on its streets: which barriers are set or removed, from which side, with how many pieces, and the drives."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from clearway.errors import BadGeometry, BadInput, Infeasible, UnknownName
from clearway.network.classes import MOTOR_CLASSES
from clearway.network.geometry import flat_scale, point_at
from clearway.planning.cordon.seal.placing import COMPASS
from clearway.planning.plan.closures import barriers_placed
from clearway.planning.plan.stages.drives import FAR, Drives, points_of, worked_on
from clearway.planning.plan.stages.means import CARRIES, LOAD_MINUTES, PLACE_MINUTES, Truck, pace_of
from clearway.planning.plan.stages.problem import CREW, FORKLIFT, TRUCK, Job, Scene, UnitSpec
from clearway.planning.street_names import shown_name
from clearway.record.place_text import place_of_text
from clearway.record.place_words import words_of_place
from clearway.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Network
    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.plan.stages.contract import StageName
    from clearway.planning.plan.stages.drives import Cut, Flow
    from clearway.planning.plan.stages.means import Depot, Means
    from clearway.record.kinds.plans import PlannedBarrier, TrafficPlan

STREET_M = 7.0
"""Assumed where the map has no width: two lanes of 3.5 m."""
_SAME_M = 5.0
"""Metres on one way: two barriers nearer than a car is long are at one place."""
_END_M = 500.0
"""Nearer to a barrier than this, what lies beyond the end of the map counts."""
_SIDE_M = 8.0
"""Metres from a barrier at which the words for its side are found: past the bend at a corner."""


@dataclass(frozen=True)
class Site:
    """A barrier of the stage.

    Attributes:
        planned: As the plan has it.
        cuts: Where it stands.
        stands_before: Whether it stands when the stage begins.
        stands_after: Whether it stands when the stage is done.
    """

    planned: PlannedBarrier
    cuts: tuple[Cut, ...]
    stands_before: bool
    stands_after: bool

    @property
    def does(self) -> str:
        """What is done with it: set, remove, or nothing."""
        if self.stands_before == self.stands_after:
            return ""
        return "set" if self.stands_after else "remove"


def sites_of(
    plan: TrafficPlan, stage: StageName, gazetteer: Gazetteer, *, to: TrafficPlan | None = None, standing: Sequence[str] = ()
) -> tuple[Site, ...]:
    """The barriers of a stage.

    Args:
        plan: The plan; of a stage that shrinks the one that stands.
        stage: Which.
        gazetteer: Finds places on the network.
        to: Of a stage that shrinks: the plan that is to stand.
        standing: Ids of barriers that stand already, so that they need not be set.

    Raises:
        BadInput: there is nothing to do; a barrier stands nowhere on the network; two stand at one place; or a plan to
            shrink to is missing.
        UnknownName: the plan has no such barrier.
    """
    if (stage == "shrink") != (to is not None):
        raise BadInput("A stage that shrinks goes from one plan to another. Give the second one ('--to PLAN').")
    if unknown := [one for one in standing if one not in {barrier.id for barrier in plan.barriers}]:
        raise UnknownName("barrier", unknown, [barrier.id for barrier in plan.barriers])
    old = _placed(plan, gazetteer)
    sets = stage == "set_up"
    sites = [Site(one, cuts, stands_before=not sets or one.id in standing, stands_after=sets) for one, cuts in old]
    for one, cuts in _placed(to, gazetteer) if to is not None else ():
        there = next((at for at, other in enumerate(sites) if other.stands_before and _same(cuts, other.cuts)), None)
        if there is None:
            moved = any(one.id == other.id for other, _ in old)
            called = one.model_copy(update={"id": f"{one.id} (new)"}) if moved else one
            sites.append(Site(called, cuts, stands_before=False, stands_after=True))
        else:
            sites[there] = Site(sites[there].planned, cuts, stands_before=True, stands_after=True)
    if not any(site.does for site in sites):
        raise BadInput(f"There is nothing to do: every barrier of plan {plan.plan!r} stands already.")
    return tuple(sites)


def _placed(plan: TrafficPlan, gazetteer: Gazetteer) -> list[tuple[PlannedBarrier, tuple[Cut, ...]]]:
    placed = barriers_placed(plan, gazetteer, None)
    if not plan.barriers:
        raise BadInput(f"Plan {plan.plan!r} has no barriers, so there is nothing to set up. Add them first.")
    if placed.unplaced:
        name, why = next(iter(placed.unplaced.items()))
        raise BadInput(f"Barrier {name} of plan {plan.plan!r} stands nowhere here, so no crew can be sent: {why}")
    found = list(zip(placed.barriers, placed.cuts, strict=True))
    for at, (one, cuts) in enumerate(found):
        for other, others in found[:at]:
            if _same(cuts, others):
                raise BadInput(
                    f"Barrier {one.id} is to stand where {other.id} stands already, {words_of_place(other.place)}. Take one of "
                    "them out of the plan, or move it."
                )
    return found


def _same(one: Sequence[Cut], other: Sequence[Cut]) -> bool:
    return any(way == there and abs(at_m - metres) <= _SAME_M for way, at_m in one for there, metres in other)


class Ground:
    """A stage on its streets, for any means from the same depots.

    Args:
        plan: The plan whose vehicle classes are kept out.
        sites: The barriers.
        gazetteer: Finds places.
        means: Whose depots and vehicles are looked at.
        may_be_inside: Ids of depots that the ring may cut off.

    Raises:
        BadGeometry: a depot's place is not known.
        BadInput: there is no crew, or nothing to bring and lift pieces with.
        Infeasible: the ring cuts a depot off.
    """

    def __init__(
        self,
        plan: TrafficPlan,
        sites: tuple[Site, ...],
        gazetteer: Gazetteer,
        means: Means,
        may_be_inside: Sequence[str] = (),
    ) -> None:
        self.sites, self.network = sites, gazetteer.network
        self.pieces = tuple(_pieces(self.network, site, means) for site in sites)
        _somebody(means, sites, self.pieces)
        self._spots = [_spot(depot, gazetteer) for depot in means.depots]
        self.depot_ids = [depot.id for depot in means.depots]
        name = means.crews[0].vehicle_class
        self.points = points_of(self.network, [site.cuts for site in sites], self._spots, name)
        self._worked_on = worked_on(self.network, self.points)
        self._gate_s = [site.planned.opening_seconds or 0.0 for site in sites]
        self._drives: dict[tuple[str, float | None], Drives] = {}
        self.crews = self.drives_of(name, means.crews[0].speed_kmh).flow()
        self.traffic = self._flows(plan)
        self.standing = sum(1 << at for at, site in enumerate(sites) if site.stands_before)
        self.final = sum(1 << at for at, site in enumerate(sites) if site.stands_after)
        self.trapped = self._forgiven()
        self.gates = sum(1 << at for at, site in enumerate(sites) if site.planned.is_gate)
        self._no_depot_inside(means, may_be_inside)
        self.stands = [self._stand(at) for at in range(len(sites))]

    def drives_of(self, name: str, speed_kmh: float | None) -> Drives:
        """The drives of a kind of vehicle."""
        if (name, speed_kmh) not in self._drives:
            self._drives[name, speed_kmh] = Drives(self._worked_on, self.points, name, speed_kmh).with_gates(self._gate_s)
        return self._drives[name, speed_kmh]

    def scene(self, means: Means) -> Scene:
        """The stage in numbers, with means from the same depots."""
        load = math.ceil(LOAD_MINUTES if means.load_minutes is None else means.load_minutes)
        jobs = [job_of(at, site, self.pieces[at], means) for at, site in enumerate(self.sites) if site.does]
        drives = list(dict.fromkeys((one.vehicle_class, one.speed_kmh) for one in means.units()))
        kinds = [CREW] * len(means.crews) + [TRUCK] * len(means.trucks) + [FORKLIFT] * len(means.forklifts)
        units = [
            UnitSpec(
                kind,
                self.depot_ids.index(one.depot),
                drives.index((one.vehicle_class, one.speed_kmh)),
                (one.carries or CARRIES) if isinstance(one, Truck) else 0,
            )
            for kind, one in zip(kinds, means.units(), strict=True)
        ]
        structures = list(dict.fromkeys(job.structure for job in jobs))
        stock = tuple(
            sum(kit.number for kit in depot.kit if kit.structure == structure and kit.owner != "missing")
            for depot in means.depots
            for structure in structures
        )
        return Scene(
            jobs=jobs,
            units=units,
            stands=self.stands,
            depots=self.points.depots,
            drives=[self.drives_of(*one) for one in drives],
            crews=self.crews,
            traffic=self.traffic,
            standing=self.standing,
            gates=self.gates,
            stock=stock,
            structures=structures,
            load_minutes=load,
        )

    def where(self, point: int) -> tuple[float, float]:
        """Longitude and latitude of a point."""
        lon, lat = point_at(self.network.geometry(int(self.points.way[point])), float(self.points.at_m[point]))
        return round(float(lon), 7), round(float(lat), 7)

    def side_words(self, barrier: int) -> str:
        """From which side a barrier is worked on, in words."""
        point = self.stands[barrier]
        way = int(self.points.way[point])
        at_tail, _ = next(own for own in self.points.cuts[barrier] if point in own)
        line, length = self.network.geometry(way), float(self.network.way_length_m[way])
        at_m = float(self.points.at_m[point])
        away = at_m - _SIDE_M if point == at_tail else at_m + _SIDE_M
        (east, north), (lon, lat) = point_at(line, at_m), point_at(line, min(max(away, 0.0), length))
        angle = math.degrees(math.atan2((lon - east) * math.cos(math.radians(lat)), lat - north))
        octants = len(COMPASS)
        return f"from the {COMPASS[round(angle / (360 / octants)) % octants]}"

    def _flows(self, plan: TrafficPlan) -> list[Flow]:
        """Of the classes that are kept out, those that may drive alike once."""
        flows: dict[bytes, Flow] = {}
        for name in plan.keep_out:
            if name in MOTOR_CLASSES:
                drives = Drives(self.network, self.points, name)
                key = drives.graph.edge_arc.tobytes() + drives.graph.edge_tail.tobytes()
                if key not in flows:
                    flows[key] = drives.flow()
        return list(flows.values())

    def _forgiven(self) -> tuple[str, ...]:
        """Streets on which, by their signs, vehicles are trapped whatever the order: with all standing that stand in the end.

        Nobody's order changes that; whoever sets it up must turn traffic away farther out.
        """
        every = (1 << len(self.sites)) - 1
        streets: dict[str, None] = {}
        for flow in self.traffic:
            for shut in {self.standing, self.final}:
                for way in np.flatnonzero(flow.forgive(every & ~shut)[self.network.way_tail]).tolist():
                    if name := shown_name(self.network.street(way)):
                        streets[name] = None
        return tuple(streets)

    def _no_depot_inside(self, means: Means, may_be_inside: Sequence[str]) -> None:
        every = (1 << len(self.sites)) - 1

        def cut(open_: int) -> list[str]:
            return [
                depot.id
                for depot, point in zip(means.depots, self.points.depots, strict=True)
                if depot.id not in may_be_inside
                and not (self.crews.gets_out(point, open_) and self.crews.comes_to(point, open_))
            ]

        if always := cut(every):
            raise Infeasible(
                f"By the signs nobody drives out of {_depots(always)} and back, even with all barriers away. Take a depot on "
                "another street."
            )
        for shut, gates in ((self.standing, self.gates & self.standing), (self.final, 0)):
            if inside := cut(every & ~shut | gates):
                raise Infeasible(
                    f"The ring cuts off {_depots(inside)}: with the barriers standing nobody drives out of there and back. "
                    "Take a depot outside the ring."
                )

    def map_ends_m(self) -> float | None:
        """Metres from a barrier to the nearest end of the map; None where none is near."""
        network = self.network
        spots = np.array([self.where(point) for point in range(self.points.depots[0])])
        ends = np.flatnonzero(network.junction_edge)
        if not len(ends):
            return None
        ends_at = np.column_stack((network.junction_lon[ends], network.junction_lat[ends]))
        apart = (ends_at[:, None] - spots) * flat_scale(float(spots[:, 1].mean()))
        away = float(np.hypot(apart[..., 0], apart[..., 1]).min())
        return away if away <= _END_M else None

    def _stand(self, barrier: int) -> int:
        """The side from which one still drives away when all stand; of two such the one that a depot is nearer to.

        Drives lie on the map: whence one leaves only over its edge, nobody comes back to a depot or goes on to another place.
        """
        every, own = (1 << len(self.sites)) - 1, 1 << barrier
        drives = next(iter(self._drives.values()))
        table, last = drives.minutes(every), drives.minutes(every & ~(self.standing | self.final))
        depots = self.points.depots
        sides = [point for own_cuts in self.points.cuts[barrier] for point in own_cuts]

        def cost(point: int) -> tuple[bool, bool, bool, bool, int, int]:
            def shut_in(shut: int) -> bool:
                free = every & ~shut
                return not (self.crews.gets_out(point, free) and self.crews.comes_to(point, free))

            away = not any(last[depot][point] < FAR and last[point][depot] < FAR for depot in depots)
            in_the_end = away or shut_in(self.standing | self.final)
            at_once = shut_in(self.standing & ~self.gates | own)
            nearest = min(table[depot][point] for depot in depots)
            return in_the_end, at_once, shut_in(self.final), shut_in(own), nearest, point

        return min(sides, key=cost)


def job_of(barrier: int, site: Site, pieces: int, means: Means) -> Job:
    """What is to be done at a place, in whole minutes."""
    pace, _, _ = pace_of(means, site.planned.structure)
    fixed = PLACE_MINUTES if means.place_minutes is None else means.place_minutes
    needs = (True, pace.brought and pieces > 0, pace.lifted and pieces > 0)
    minutes = math.ceil(fixed + pieces * pace.minutes_each - 1e-9)
    return Job(barrier, site.does == "remove", minutes, pieces, site.planned.structure, needs)


def _pieces(network: Network, site: Site, means: Means) -> int:
    """As many as were given, or as the width of its streets takes."""
    if site.planned.id in means.pieces:
        return means.pieces[site.planned.id]
    pace, _, _ = pace_of(means, site.planned.structure)
    widths = [float(network.way_width_m[way]) for way, _ in site.cuts]
    return sum(math.ceil((STREET_M if math.isnan(width) else width) / pace.metres_each) for width in widths)


def _somebody(means: Means, sites: Sequence[Site], pieces: Sequence[int]) -> None:
    """Whether there is anybody to do it, and anything to do it with."""
    if unknown := sorted(set(means.pieces) - {site.planned.id for site in sites}):
        raise UnknownName("barrier with pieces of its own", unknown, [site.planned.id for site in sites])
    if not means.depots:
        raise BadInput("Nobody starts anywhere: there is no depot. Give at least one, with its place.")
    if not means.crews:
        raise BadInput("Nobody sets anything up: there is no crew. Give at least one, with its depot.")
    jobs = [job_of(at, site, number, means) for at, (site, number) in enumerate(zip(sites, pieces, strict=True)) if site.does]
    for kind, what, has in ((TRUCK, "truck", means.trucks), (FORKLIFT, "forklift", means.forklifts)):
        needing = [job for job in jobs if job.needs[kind]]
        if needing and not has:
            places, structures = counted(len(needing), "place"), listed(sorted({job.structure for job in needing}))
            raise BadInput(
                f"{places} of {structures} cannot be done: there is no {what}. Give at least one, or say with 'rates' that "
                "none is needed."
            )


def _depots(ids: Sequence[str]) -> str:
    return f"{'the depot' if len(ids) == 1 else 'the depots'} {listed(ids)}"


def _spot(depot: Depot, gazetteer: Gazetteer) -> tuple[float, float]:
    if not isinstance(depot.place, str):
        lon, lat = depot.place
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):  # noqa: PLR2004 - degrees of the globe
            raise BadGeometry(f"Depot {depot.id} has no place on the globe. Give [longitude, latitude] in degrees.")
        return lon, lat
    where = gazetteer.of(place_of_text(depot.place))
    if where.spot is None:
        raise BadGeometry(f"Nobody can say where depot {depot.id} is. {where.says}")
    return where.spot
