"""The verdict on a cordon as given: sealed or not, what leaks, what is idle, what is enclosed.

Vehicles start where a cordon of the planner is to keep them: at the edge of the data, at what is named as outside, and beyond
the radius. Where no radius is given it holds all barriers, and grows over what the ring encloses, so that nothing inside the
ring counts as outside. The barriers that are missing are the cheapest that complete the ring, found and proved as any
cordon (:mod:`clearway.planning.cordon.planner.plan`); each leak is a drive that its own missing barrier alone stops.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.errors import BadInput, Infeasible, TooLong
from clearway.network.classes import class_names
from clearway.planning.cordon.planner.ground import ground_warnings
from clearway.planning.cordon.planner.plan import plan_cordon
from clearway.planning.cordon.planner.question import DEFAULT_RADIUS_M, MAX_RADIUS_M
from clearway.planning.cordon.planner.site import located_site
from clearway.planning.cordon.planner.steps import untold
from clearway.planning.cordon.planner.street_pieces import MOUTH_M
from clearway.planning.cordon.planner.window import window_of
from clearway.planning.cordon.seal.barred_network import barred_network
from clearway.planning.cordon.seal.contract import MOST_BARRIERS, Encloses, Leak, Seal, StandingBarrier
from clearway.planning.cordon.seal.drives import Drives, Standing, drives_of
from clearway.planning.cordon.seal.far_streets import far_streets
from clearway.planning.cordon.seal.idle import idle_barriers
from clearway.planning.cordon.seal.paths import PathWriter
from clearway.planning.cordon.seal.reading import barriers_of
from clearway.planning.cordon.seal.summary import completion_line, idle_line, verdict_lines
from clearway.planning.cordon.seal.understood import placed_barriers
from clearway.planning.street_names import shown_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Bools, Longs, Network
    from clearway.planning.cordon.planner.contract import Barrier, CordonPlan
    from clearway.planning.cordon.planner.question import CordonQuestion
    from clearway.planning.cordon.planner.steps import Tell
    from clearway.planning.cordon.seal.contract import SealQuestion
    from clearway.planning.cordon.seal.far_streets import FarStreets
    from clearway.planning.cordon.seal.placing import Placed

MOST_LEAKS = 40
"""A ring with more gaps than this is not a ring; a list that nobody reads helps nobody."""
_BEYOND_M = 300.0
"""Room outside the farthest barrier for the streets that lead round it: three blocks."""
_WITHIN_M = 0.01
"""Offsets of a plan are written to the centimetre."""


def sealed(network: Network, question: SealQuestion, *, tell: Tell = untold, limit_s: float = math.inf) -> Seal:
    """Whether barriers as given seal a site, and what is missing.

    Args:
        network: The road network.
        question: The site and the barriers.
        tell: Called before each step with what is being done and the share that is done; what it raises ends the work.
        limit_s: Seconds after which the search for missing barriers ends; leaks are then listed without.

    Returns:
        The verdict. ``sealed`` agrees, class by class, with a search by :mod:`clearway.planning.cordon.check` at ``radius_m``
        on the network with the barriers as obstacles.

    Raises:
        BadInput: there are no barriers, or one cannot be placed.
        BadGeometry: the site or a barrier cannot be used.
        Infeasible: a street is in the site and must also stay outside.
        UnknownName: a street or way is unknown.
    """
    ring = _ring_of(network, question, tell)
    tell("Looking for the missing barriers", 0.4)
    return ring.verdict(tell, limit_s)


def enclosed_addresses(network: Network, question: SealQuestion) -> Longs:
    """Address indexes, in order, that lie in the site or that outside traffic cannot reach past barriers as given.

    Raises:
        As :func:`sealed` does.
    """
    return _ring_of(network, question, untold).enclosed_addresses()


class EnclosedGround(NamedTuple):
    """Address and junction indexes, in order, that lie in a site or that outside traffic cannot reach past barriers."""

    addresses: Longs
    junctions: Longs


def enclosed_ground(network: Network, question: SealQuestion) -> EnclosedGround:
    """The addresses and the junctions that barriers as given enclose.

    Raises:
        As :func:`sealed` does.
    """
    ring = _ring_of(network, question, untold)
    return EnclosedGround(ring.enclosed_addresses(), ring.enclosed_junctions())


def _ring_of(network: Network, question: SealQuestion, tell: Tell) -> _Ring:
    """Barriers round a site at the radius asked for, or at one that holds all that they enclose."""
    given = [*question.barriers, *(barriers_of(question.file, "The file") if question.file else ())]
    if not given:
        raise BadInput("There are no barriers. Give at least one.")
    if len(given) > MOST_BARRIERS:
        raise BadInput(f"There are {len(given):,} barriers. Give {MOST_BARRIERS} at most.")
    tell("Finding the barriers on the map", 0.0)
    asked = question.cordon()
    site = located_site(network, asked)
    barriers = placed_barriers(network, asked, given)
    tell("Driving in from outside", 0.2)
    if question.radius_m is None:
        farthest = max(float(site.distances_m(np.array([[one.lon, one.lat] for one in barriers])).max()), 0.0)
        asked = asked.model_copy(update={"radius_m": _radius(farthest + _BEYOND_M)})
    ring = _Ring(network, asked, barriers)
    if question.radius_m is None and (wider_m := ring.wider_m()) is not None:
        ring = _Ring(network, asked.model_copy(update={"radius_m": _radius(wider_m)}), barriers, outside=ring.outside)
    return ring


def _radius(metres: float) -> float:
    return float(min(max(math.ceil(metres), DEFAULT_RADIUS_M), MAX_RADIUS_M))


@dataclass(frozen=True, eq=False)
class _Gap:
    """A drive into the site, and the missing barrier that it alone is stopped by."""

    barrier: Barrier | None
    drives: Drives
    edges: list[int]
    note: str


@dataclass(frozen=True, eq=False)
class _Missing:
    """The gaps of a ring, the window spots that close them all, and whether they do, at the least cost."""

    found: list[_Gap]
    spots: frozenset[int]
    complete: bool = True
    optimal: bool = False


class _Ring:
    """Barriers round a site, at one radius.

    Args:
        network: The road network.
        question: The site.
        barriers: The barriers.
        outside: (J,) junctions of the network with the barriers that are outside though they lie within the radius.
    """

    def __init__(
        self, network: Network, question: CordonQuestion, barriers: Sequence[Placed], outside: Bools | None = None
    ) -> None:
        self._question, self._barriers = question, barriers
        self._network = barred_network(network, barriers)
        self._window = window_of(self._network, located_site(self._network, question), question)
        self._standing = Standing(self._window, barriers, network.junction_count)
        drives = drives_of(self._standing, question)
        self._corner_count = len(self._window.junctions)
        if outside is not None:
            drives = tuple(replace(one, outside=self._with_corners(one, outside)) for one in drives)
        self._drives = drives

    def _with_corners(self, drives: Drives, corners: Bools) -> Bools:
        """(N,) nodes outside, with some junctions of the network."""
        outside: Bools = drives.outside.copy()
        outside[: self._corner_count] |= corners[self._window.junctions]
        return outside & ~drives.site

    @property
    def outside(self) -> Bools:
        """(J,) junctions that are the world outside: at the edge of the data, or of the larger part of the streets beyond."""
        outside: Bools = self._far.outside | self._network.junction_edge
        return outside

    def wider_m(self) -> float | None:
        """The radius that holds all that the ring encloses; None where this one does.

        What lies beyond the radius and can neither be reached from the edge of the data, nor from what is named as outside,
        nor from the larger part of the streets beyond, lies inside the ring.
        """
        beyond = self._beyond()
        inside = np.zeros(len(beyond), np.bool_)
        for drives in self._drives:
            edges = drives.open_edges()
            inside |= beyond & ~drives.reached(edges, self._truly_outside(drives)) & drives.leading(edges)
        if not inside.any():
            return None
        return (
            max(float(self._from_site(inside).max()), self._far.reach_m(self._window.junctions[inside[: self._corner_count]]))
            + 1.0
        )

    def verdict(self, tell: Tell, limit_s: float) -> Seal:
        """The answer at this radius."""
        missing = self._missing(tell, limit_s)
        unknown = self._unknown()
        # where nothing is outside, no barrier has anything to stop, and none may be called needless for that
        idle = [] if unknown else idle_barriers(self._drives, len(self._barriers), missing.spots)
        more = len(missing.found) > MOST_LEAKS or not missing.complete
        lost = self._enclosed()
        writer = PathWriter(self._standing, self._question)
        leaks = tuple(
            writer.leak(number, one.drives, one.edges, one.barrier, one.note)
            for number, one in enumerate(missing.found[:MOST_LEAKS], 1)
        )
        at_edge = self._window.warnings if self._window.at_edge else ()
        doubts = (*unknown, *at_edge, *ground_warnings(self._window, lost[self._corner_count :]))
        sealed_ = not leaks
        return Seal(
            sealed=sealed_,
            certain=not doubts and not any(leak.starts.doubtful for leak in leaks),
            leaks=leaks,
            more_leaks=more,
            cost=round(sum(leak.barrier.cost for leak in leaks if leak.barrier), 6),
            idle=tuple(self._barriers[index].number for index in idle),
            encloses=self._encloses(lost),
            barriers=tuple(
                StandingBarrier(
                    number=one.number,
                    label=one.label,
                    called=one.called,
                    lon=one.lon,
                    lat=one.lat,
                    way_indexes=tuple(way for way, _ in one.cuts),
                    at_m=tuple(round(at_m, 2) for _, at_m in one.cuts),
                    shuts=class_names(one.shuts),
                    idle=index in idle,
                )
                for index, one in enumerate(self._barriers)
            ),
            doubts=doubts,
            warnings=(*(one.note for one in self._barriers if one.note), *(() if at_edge else self._window.warnings)),
            summary=self._summary(leaks, missing, idle=idle, doubts=doubts),
            shut=self._question.shut,
            radius_m=self._question.radius_m,
        )

    # what the ring encloses

    def _beyond(self) -> Bools:
        """(N,) nodes that are outside because of the radius alone."""
        window, drives = self._window, self._drives[0]
        far = np.concatenate([window.site.distances_m(places) for places in (self._corners(), self._middles())])
        edge = np.concatenate((window.network.junction_edge[window.junctions], np.zeros(len(window.pieces), np.bool_)))
        beyond: Bools = drives.outside & (far > self._question.radius_m) & ~edge
        return beyond

    @cached_property
    def _far(self) -> FarStreets:
        return far_streets(self._network, self._window.site, self._question)

    def _truly_outside(self, drives: Drives) -> Bools:
        """(N,) nodes outside for another reason than the radius, and those of the larger part of the streets beyond it."""
        window, beyond = self._window, self._beyond()
        ways = window.streets.piece_way[window.pieces]
        true = self.outside
        at_end = true[window.network.way_tail[ways]] | true[window.network.way_head[ways]]
        larger = np.concatenate((true[window.junctions], at_end))
        outside: Bools = drives.outside & (larger | ~beyond)
        return outside

    def _corners(self) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        network, at = self._window.network, self._window.junctions
        return np.column_stack((network.junction_lon[at], network.junction_lat[at]))

    def _middles(self) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        streets, pieces = self._window.streets, self._window.pieces
        return np.column_stack((streets.piece_lon[pieces], streets.piece_lat[pieces]))

    def _from_site(self, nodes: Bools) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        places = np.concatenate((self._corners(), self._middles()))
        return np.asarray(self._window.site.distances_m(places[nodes]))

    def _enclosed(self) -> Bools:
        """(N,) the site, and nodes that some class could reach from outside, if need be through it, and none can any more."""
        reached = np.zeros(len(self._drives[0].site), np.bool_)
        before = reached.copy()
        everything = range(len(self._barriers))
        for drives in self._drives:
            reached |= drives.reached(drives.open_edges())
            before |= drives.reached_through_the_site(drives.open_edges(gone=everything))
        site = self._drives[0].site
        enclosed: Bools = site | (~reached & before)
        return enclosed

    def _encloses(self, lost: Bools) -> Encloses:
        window = self._window
        network, streets = window.network, window.streets
        pieces = window.pieces[lost[self._corner_count :]]
        length = streets.piece_to_m[pieces] - streets.piece_from_m[pieces]
        stub = (length <= MOUTH_M + _WITHIN_M) & (streets.piece_addresses[pieces] == 0)
        ways = np.unique(streets.piece_way[pieces[~stub]])
        names = network.way_name[ways]
        named = [network.string(index) or "" for index in np.unique(names[names >= 0]).tolist()]
        return Encloses(
            addresses=int(streets.piece_addresses[pieces].sum()),
            streets=tuple(sorted({name for own in named if (name := shown_name(own))})),
            street_count=len(named) + int((names < 0).sum()),
            length_m=round(float(length.sum()), 1),
            way_indexes=tuple(ways.tolist()),
            ways=tuple(np.unique(network.way_source[ways]).tolist()),
        )

    def enclosed_addresses(self) -> Longs:
        """Address indexes on the pieces of streets that are enclosed."""
        enclosed = self._window.pieces[self._enclosed()[self._corner_count :]]
        return np.flatnonzero(np.isin(self._window.streets.address_piece, enclosed)).astype(np.int64)

    def enclosed_junctions(self) -> Longs:
        """Junction indexes that are enclosed."""
        return np.sort(self._window.junctions[self._enclosed()[: self._corner_count]]).astype(np.int64)

    def _unknown(self) -> tuple[str, ...]:
        """A sentence where nobody could ever come from outside, so that any ring would do."""
        sentence = (
            ""
            if any(drives.outside.any() for drives in self._drives)
            else self._window.nothing_outside(self._question.radius_m)
        )
        return (sentence,) if sentence else ()

    # what leaks

    def _missing(self, tell: Tell, limit_s: float) -> _Missing:
        leaking = [drives for drives in self._drives if drives.shortest(drives.open_edges()) is not None]
        if not leaking:
            return _Missing([], frozenset())
        asked = self._question.model_copy(update={"shut": tuple(name for drives in leaking for name in drives.classes)})
        plan, note = self._completion(asked, tell, limit_s)
        barriers = plan.barriers if plan else ()
        needed = {barrier.number: self._spots(barrier) for barrier in barriers}
        found: list[_Gap] = []
        for barrier in barriers:
            shut = frozenset(spot for number, own in needed.items() if number != barrier.number for spot in own)
            drive = self._drive(leaking, shut)
            if drive is None:
                needed.pop(barrier.number)  # no single class can drive past all others
            else:
                found.append(_Gap(barrier, *drive, self._not_allowed(barrier)))
        spots = frozenset(spot for own in needed.values() for spot in own)
        left = self._drive(leaking, spots)
        if left is not None:
            found.insert(0, _Gap(None, *left, note or _NO_PLACE))
        return _Missing(found, spots, complete=left is None, optimal=plan is not None and plan.optimal and not note)

    def _completion(self, asked: CordonQuestion, tell: Tell, limit_s: float) -> tuple[CordonPlan | None, str]:
        """The cheapest barriers that complete the ring, or why there are none."""

        def told(doing: str, share: float) -> None:
            tell(doing, 0.4 + 0.5 * share)

        note = ""
        for motorways in (False, True) if not asked.allow_motorway else (True,):
            try:
                wished = asked.model_copy(update={"allow_motorway": motorways})
                return plan_cordon(self._network, wished, tell=told, limit_s=limit_s), note
            except (Infeasible, TooLong) as error:
                note = note or str(error)
        return None, note

    def _not_allowed(self, barrier: Barrier) -> str:
        """Why a barrier may not stand where it would have to; empty where it may."""
        if self._question.allow_motorway:
            return ""
        network = self._network
        motorway = [way for way in barrier.way_indexes if network.class_of(way).startswith("motorway")]
        if not motorway:
            return ""
        return (
            "It stands on a motorway, which is not to be closed. Allow that with --allow-motorway, or close what leads there."
        )

    def _spots(self, barrier: Barrier) -> set[int]:
        """Window spots that a planned barrier shuts."""
        window = self._window
        streets = window.streets
        way = streets.spot_way[window.spots]
        at_m = streets.spot_m[window.spots].copy()
        for index, metres in window.moved_spot_m.items():
            at_m[np.searchsorted(window.spots, index)] = metres
        found = set()
        for cut_way, cut_m in barrier.points():
            here = np.flatnonzero(way == cut_way)
            found.add(int(here[np.abs(at_m[here] - cut_m).argmin()]))
        return found

    def _drive(self, leaking: Sequence[Drives], shut: frozenset[int]) -> tuple[Drives, list[int]] | None:
        """The shortest drive of any class that is left with some spots shut, from true outside where there is one."""
        best: tuple[float, Drives, list[int]] | None = None
        for drives in leaking:
            edges = drives.open_edges(shut_spots=shut)
            path = drives.shortest(edges, self._truly_outside(drives)) or drives.shortest(edges)
            if path:
                length = float(drives.length_m[path].sum())
                best = (length, drives, path) if best is None or length < best[0] else best
        return None if best is None else (best[1], best[2])

    def _summary(
        self, leaks: Sequence[Leak], missing: _Missing, *, idle: Sequence[int], doubts: Sequence[str]
    ) -> tuple[str, ...]:
        more = len(missing.found) > len(leaks)
        lines = verdict_lines(len(self._barriers), leaks, shut=self._question.shut, more=more, doubts=len(doubts))
        if leaks and missing.complete:
            points = sum(gap.barrier.cost for gap in missing.found if gap.barrier)
            lines.append(completion_line(len(missing.found), points, proven=missing.optimal))
        if idle:
            lines.append(idle_line([self._barriers[index].number for index in idle], leaking=bool(leaks)))
        return tuple(lines)


_NO_PLACE = "No barrier can stand on it. Make the site smaller, or the radius larger."
