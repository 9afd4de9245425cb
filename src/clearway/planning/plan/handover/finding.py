"""Choose where crews meet patients: corners outside the ring that two approaches lead to, exactly, with a certificate."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy.spatial import cKDTree

from clearway.errors import BadInput, Infeasible
from clearway.network.classes import class_mask
from clearway.network.closures import Closure
from clearway.network.geometry import flat_scale
from clearway.network.model import MS_PER_KMH_M, NEVER_MS
from clearway.network.search.origins import origins
from clearway.planning.access.planner.stations import FARTHEST_SNAP_M
from clearway.planning.access.planner.timing import far_sentence
from clearway.planning.access.planner.trip import hospitals_on
from clearway.planning.access.planner.vehicles import size_of
from clearway.planning.cordon.planner.steps import UNHURRIED
from clearway.planning.occupied import full
from clearway.planning.plan.closures import plan_closures
from clearway.planning.plan.handover.approaches import Approaches, Vehicles
from clearway.planning.plan.handover.asked import Asked, Crews, Decided, Meeting
from clearway.planning.plan.handover.certificate import certificate_of
from clearway.planning.plan.handover.check import check_handover
from clearway.planning.plan.handover.choosing import choose
from clearway.planning.plan.handover.places import inside_of
from clearway.planning.plan.handover.telling import answer_of
from clearway.planning.plan.handover.walking import walking
from clearway.planning.street_names import StreetNames
from clearway.words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from clearway.network.model import Longs
    from clearway.planning.access.planner.services import Staffed
    from clearway.planning.access.planner.stations import Station
    from clearway.planning.access.planner.timing import AccessTimer
    from clearway.planning.cordon.planner.steps import Steps
    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.plan.handover.contract import HandoverAnswer, HandoverWishes
    from clearway.planning.plan.handover.walking import Walk, Walking
    from clearway.record.kinds.plans import TrafficPlan

_FARTHEST_M = 3000.0
"""Nobody is carried farther on foot: a place from which no corner is nearer than this has none."""


class Found(NamedTuple):
    """The answer, and the certificate that the checker judges."""

    answer: HandoverAnswer
    certificate: dict[str, Any]


class Helping(NamedTuple):
    """Who helps on the streets of one network.

    Attributes:
        timer: Of the network.
        services: With their stations; the first that takes patients to hospital comes.
        hospitals: Where it takes them.
    """

    timer: AccessTimer
    services: Sequence[Staffed]
    hospitals: Sequence[Station]


def find_handover(
    plan: TrafficPlan,
    gazetteer: Gazetteer,
    helping: Helping,
    wishes: HandoverWishes,
    at: datetime | None = None,
    steps: Steps = UNHURRIED,
    also_shut: Sequence[Closure] = (),
) -> Found:
    """Choose where crews meet patients of a plan.

    No ambulance passes a barrier or drives along an occupied street; every barrier of the plan is taken to stand.

    Args:
        plan: The plan.
        gazetteer: Of the network.
        helping: Who helps, on the same network.
        wishes: How far patients may be carried, and how many places there may be.
        at: The moment that the answer names.
        steps: Told how far it is.
        also_shut: What else is shut, besides the plan's barriers.

    Raises:
        BadInput: the plan has no site, a barrier stands nowhere, or no ambulance station or no hospital is known.
        BadGeometry: the site, all stations or all hospitals lie off the streets.
        Infeasible: no corner outside the ring has two approaches and a walk from inside.
        TooLong: the time of the choice ended before there was one.
    """
    names = StreetNames(gazetteer.network)
    steps.at("Finding who is inside the ring", 0.0)
    inside = inside_of(plan, gazetteer, names)
    shut = [*barred(plan, gazetteer), *full(inside.occupied, class_mask(["emergency"])), *also_shut]
    crews = crews_of(helping.timer, helping.services, helping.hospitals, shut)
    asked = Asked(plan, at, names, inside, crews, wishes, float(np.float32(wishes.walk_kmh)))
    walks = walking(gazetteer.network, inside.way, inside.at_m, asked.kmh, steps=wishes.steps)
    steps.at("Driving to every corner outside", 0.1)
    search = _Corners(asked, walks, steps)
    rows, table = search.candidates()
    if not len(rows):
        raise Infeasible(search.why_none(names))
    steps.at("Choosing the corners", 0.8)
    choice = choose(table, asked.most_ms, wishes.points)
    meetings = [Meeting(int(rows[row]), *search.approaches(int(rows[row]))) for row in choice.rows]
    steps.at("Proving every approach and every walk", 0.9)
    nearest = table[list(choice.rows)].argmin(axis=0)
    walked: list[list[Walk | None]] = [walks.walks(one.junction) for one in meetings]
    taken = [walked[int(point)][place] for place, point in enumerate(nearest)]
    decided = Decided(meetings, nearest, taken, choice, len(rows), search.one_approach)
    document = certificate_of(asked, decided)
    return Found(answer_of(asked, decided, check_handover(gazetteer.network, document)), document)


def barred(plan: TrafficPlan, gazetteer: Gazetteer) -> list[Closure]:
    """Every barrier of a plan as a closure to ambulances: a handover point is where nobody need open one.

    Raises:
        BadInput: a barrier stands nowhere on the map.
    """
    found = plan_closures(plan, gazetteer, None)
    if found.unplaced:
        raise BadInput(" ".join(found.unplaced_sentences()))
    mask = class_mask(["emergency"])
    return [Closure(one.way, mask, at_m=one.at_m, label=one.label) for one in found.closures]


def crews_of(timer: AccessTimer, services: Sequence[Staffed], hospitals: Sequence[Station], shut: Sequence[Closure]) -> Crews:
    """Ambulances on the streets under closures.

    Raises:
        BadInput: no service takes patients to hospital, or no hospital is known.
        BadGeometry: all stations, or all hospitals, lie off the streets.
    """
    one = next((staffed for staffed in services if staffed.service.carries), None)
    if one is None:
        raise BadInput("No ambulance station is known, so nobody can say from where crews come. Give stations.")
    service = one.service
    size = size_of(timer.network, service.vehicle_class, service.vehicle)
    graph = timer.graph(service.vehicle_class, size)
    starts = origins(graph, [(station.lon, station.lat) for station in one.stations])
    near = (starts.distance_m <= FARTHEST_SNAP_M).tolist()
    stations = tuple(station for station, is_near in zip(one.stations, near, strict=True) if is_near)
    if not stations:
        far = tuple(zip(one.stations, starts.distance_m.tolist(), strict=True))
        raise BadInput(far_sentence(service.vehicle_class, far))
    found = hospitals_on(graph, hospitals)
    if not found.places:
        raise BadInput(
            far_sentence(service.vehicle_class, found.far, "hospital")
            if found.far
            else "No hospital is known, so nobody can say where patients go. Add points of the kind 'hospital' to the stations."
        )
    spots = zip(starts.way[near].tolist(), starts.offset_m[near].tolist(), stations, strict=True)
    vehicles = Vehicles(
        graph,
        tuple(one for one in shut if one.holds(service.vehicle_class)),
        tuple((way, at_m, round((station.turnout_s or 0.0) * 1000)) for way, at_m, station in spots),
        tuple(zip(found.way.tolist(), found.at_m.tolist(), strict=True)),
    )
    others = (station for other in services if other is not one and other.service.carries for station in other.stations)
    return Crews(service, size, stations, found.places, vehicles, tuple(others))


class _Corners:
    """Corners outside a ring, each judged once."""

    def __init__(self, asked: Asked, walks: Walking, steps: Steps) -> None:
        network, vehicles, inside = asked.names.network, asked.crews.vehicles, asked.inside
        self._vehicles, self._walks, self._steps = vehicles, walks, steps
        self._kmh, self._most_ms = asked.kmh, asked.most_ms
        self._tree = vehicles.from_stations()
        self._known: dict[int, tuple[Approaches, Approaches]] = {}
        self.one_approach = 0
        reached = np.zeros(network.junction_count, np.bool_)
        reached[vehicles.graph.node_junction[self._tree.ms < NEVER_MS]] = True
        reached[inside.junctions] = False
        self._outside = np.flatnonzero(reached)
        scale = np.array(flat_scale(float(network.junction_lat.mean())))
        self._spots = np.column_stack((network.junction_lon, network.junction_lat)) * scale
        ends = np.concatenate((network.way_tail[inside.way], network.way_head[inside.way]))
        self._starts, self._margin = self._spots[np.unique(ends)], float(network.way_length_m[inside.way].max())

    def approaches(self, junction: int) -> tuple[Approaches, Approaches]:
        """To a corner from stations, and from it to hospitals."""
        if junction not in self._known:
            self._steps.check()
            into = self._vehicles.into(junction, self._tree)
            self._known[junction] = (into, self._vehicles.out_of(junction) if into.safe else Approaches((), None))
        return self._known[junction]

    def candidates(self) -> tuple[Longs, Longs]:
        """Corners that somebody reaches in time, and the nearest one of whoever reaches none, with all walks to them."""
        corners, table = self._near(self._most_ms)
        good = np.array([self._safe(int(one)) for one in corners], np.bool_)
        kept, walks = corners[good], table[good]
        left = ~(walks <= self._most_ms).any(axis=0) if len(kept) else np.ones(table.shape[1], np.bool_)
        if left.any():
            every, far = self._near(round(_FARTHEST_M / self._kmh * MS_PER_KMH_M))
            more: dict[int, None] = {}
            for place in np.flatnonzero(left).tolist():
                by_walk = far[:, place].argsort(kind="stable")
                nearest = next(
                    (int(row) for row in by_walk if far[row, place] < NEVER_MS and self._safe(int(every[row]))), None
                )
                if nearest is not None:
                    more[nearest] = None
            added = np.array([row for row in more if every[row] not in kept], np.int64)
            kept, walks = np.concatenate((kept, every[added])), np.concatenate((walks, far[added]))
        self.one_approach = sum(not self._is_safe(one) for one in self._known.values())
        return kept, walks

    def why_none(self, names: StreetNames) -> str:
        """Why no corner can be chosen, in sentences."""
        walked = [one for one in self._known.values() if one[0].drives]
        if not walked:
            return (
                "No ambulance comes to a corner outside the ring that somebody inside can walk to. Check the stations and the "
                "closures, or meet patients at a gate."
            )
        needed = Counter(
            (one.single, leads)
            for both in walked
            for one, leads in zip(both, ("in", "out"), strict=True)
            if one.single is not None
        )
        said = "from none of them a drive leads to a hospital"
        if needed:
            (way, leads), count = needed.most_common(1)[0]
            whose = "in from the stations" if leads == "in" else "out to the hospitals"
            many = "all of them" if count == len(walked) else f"{count:,} of them at least"
            said = f"{names.between(way)} is on every way {whose} of {many}"
        return (
            f"No corner outside the ring keeps two approaches whichever street is blocked. Of "
            f"{counted(len(walked), 'corner')} that an ambulance comes to and somebody walks to: {said}. "
            "Add a station or a hospital elsewhere, open a street outside the ring, or meet patients at a gate."
        )

    def _near(self, most_ms: int) -> tuple[Longs, Longs]:
        """Corners outside to which some place walks in so many milliseconds, and the walks."""
        metres = most_ms * self._kmh / MS_PER_KMH_M + self._margin
        away, _ = cKDTree(self._starts).query(self._spots[self._outside], distance_upper_bound=metres)
        corners = self._outside[np.isfinite(away)].astype(np.int64)
        table = self._walks.ms_from(corners)
        near = (table <= most_ms).any(axis=1)
        return corners[near], table[near]

    def _safe(self, junction: int) -> bool:
        return self._is_safe(self.approaches(junction))

    @staticmethod
    def _is_safe(both: tuple[Approaches, Approaches]) -> bool:
        return both[0].safe and both[1].safe
