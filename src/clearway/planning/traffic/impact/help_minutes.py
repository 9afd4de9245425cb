"""How soon fire engines and ambulances come: on empty streets and in the hour's traffic, before and after closures.

Under lights and sirens a crew passes part of the queue: it is taken to bear ``DELAY_SHARE`` of what the traffic adds to each
street, and to drive never faster than on an empty one. What sirens save has been measured on whole runs alone: 38.5 per cent of
the time (J. Ho, B. Casey, "Time saved with use of emergency warning lights and sirens during response to requests for
emergency medical aid in an urban environment", Annals of Emergency Medicine 32, 1998), 106 seconds (L. H. Brown and others, "Do
warning lights and sirens reduce ambulance response times?", Prehospital Emergency Care 4, 2000). That half of the delay is
borne is our assumption from these; the worst time is therefore also told for none and for all of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from clearway.network.closures import shut_arcs
from clearway.network.model import NEVER_MS
from clearway.network.search.graph import routing_graph
from clearway.network.search.origins import origins, origins_at
from clearway.network.search.search import shortest_tree
from clearway.network.search.targets import address_targets, target_ms
from clearway.planning.access.planner.services import WITHIN_S
from clearway.planning.access.planner.together import WORST_COUNT, longest_waits
from clearway.planning.street_names import StreetNames
from clearway.planning.traffic.impact.arc_traffic import congested
from clearway.planning.traffic.impact.contract import EmergencyAddress, EmergencyImpact, EmergencySide

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clearway.network.closures import Closure
    from clearway.network.model import Floats, Ints, Network
    from clearway.network.search.graph import RoutingGraph
    from clearway.planning.access.planner.stations import Station

DELAY_SHARE = 0.5
"""Share of the traffic's delay that a vehicle under lights and sirens bears; between 0 and 1."""

SERVICES = {"ambulance_station": "ambulance", "fire_station": "fire", "police": "police", "station": "all stations"}
_MS_PER_MINUTE = 60_000.0
"""Times of paths are whole milliseconds, answers are in minutes."""
_LEAST_LISTED_MS = 1000
"""An address that waits less than a second longer is not listed."""
_CLASS = "emergency"


@dataclass(frozen=True, eq=False)
class HelpTimes:
    """Milliseconds to every address in four states of the streets, (D,) each, ``NEVER_MS`` where none comes."""

    free_before: Ints
    congested_before: Ints
    free_after: Ints
    congested_after: Ints


class HelpModel:
    """Times help on one network's streets under closures and traffic. Safe for several threads.

    Args:
        network: The network.
        stations: Where vehicles start; each kind is a service of its own.
        within_s: Seconds within which help should come.
        delay_share: Share of the traffic's delay that vehicles under lights and sirens bear.
    """

    def __init__(
        self, network: Network, stations: Sequence[Station], *, within_s: float = WITHIN_S, delay_share: float = DELAY_SHARE
    ) -> None:
        self._network, self._within_s, self._share = network, within_s, delay_share
        self._graph = routing_graph(network, _CLASS)
        self._names = StreetNames(network)
        self._services = {
            service: tuple(station for station in stations if SERVICES.get(station.kind, "all stations") == service)
            for service in dict.fromkeys(SERVICES.get(station.kind, "all stations") for station in stations)
        }
        starts = {service: origins(self._graph, [(one.lon, one.lat) for one in own]) for service, own in self._services.items()}
        self._spots = {
            service: list(zip(start.way.tolist(), start.offset_m.tolist(), start.distance_m.tolist(), strict=True))
            for service, start in starts.items()
        }

    def impacts(
        self, closures: Iterable[Closure], before_delay_s: Floats, after_delay_s: Floats
    ) -> tuple[EmergencyImpact, ...]:
        """What each service's addresses wait, before and after.

        Args:
            closures: What is shut; those that let emergency vehicles pass are passed over.
            before_delay_s: (A,) what the traffic adds to each arc without the closures, seconds.
            after_delay_s: (A,) the same with them.
        """
        listed = list(closures)
        before, after = self._slowed(before_delay_s, self._share), self._slowed(after_delay_s, self._share)
        return tuple(
            self._impact(
                service,
                HelpTimes(
                    self._times(self._graph, service, ()),
                    self._times(before, service, ()),
                    self._times(self._graph, service, listed),
                    self._times(after, service, listed),
                ),
                self._times(self._slowed(after_delay_s, 1.0), service, listed),
            )
            for service in self._services
        )

    def sides(self, closures: Iterable[Closure], delay_s: Floats) -> dict[str, EmergencySide]:
        """How each service's addresses wait in one state of the streets.

        Args:
            closures: What is shut.
            delay_s: (A,) what the traffic adds to each arc, seconds.
        """
        graph, listed = self._slowed(delay_s, self._share), list(closures)
        return {service: _side(self._times(graph, service, listed), self._within_s) for service in self._services}

    def _slowed(self, delay_s: Floats, share: float) -> RoutingGraph:
        return congested(self._graph, share * delay_s)

    def _times(self, graph: RoutingGraph, service: str, closures: Sequence[Closure]) -> Ints:
        starts = origins_at(graph, self._spots[service], closures=closures)
        tree = shortest_tree(graph, starts, shut_arcs(self._network, closures, _CLASS))
        return target_ms(tree, address_targets(graph, closures))

    def _impact(self, service: str, times: HelpTimes, all_delay: Ints) -> EmergencyImpact:
        sides = [
            _side(ms, self._within_s)
            for ms in (times.free_before, times.congested_before, times.free_after, times.congested_after, all_delay)
        ]
        return EmergencyImpact(
            service=service,
            stations=tuple(station.name for station in self._services[service]),
            aim_minutes=self._within_s / 60,
            addresses=self._network.address_count,
            delay_share=self._share,
            free_before=sides[0],
            congested_before=sides[1],
            free_after=sides[2],
            congested_after=sides[3],
            worst_if_no_delay_minutes=sides[2].worst_minutes,
            worst_if_all_delay_minutes=sides[4].worst_minutes,
            longer_streets=self._longer(times),
            sentence=_sentence(service, sides, self._within_s, self._network.address_source),
        )

    def _longer(self, times: HelpTimes) -> tuple[EmergencyAddress, ...]:
        """The address of each street that waits longest beyond today; those that nobody reaches any more come first."""
        before, after = times.congested_before.astype(np.int64), times.congested_after.astype(np.int64)
        extra = np.where((before < NEVER_MS) & (after - before >= _LEAST_LISTED_MS), after - before, -1)
        chosen = longest_waits(self._network, np.minimum(extra, NEVER_MS - 1).astype(np.int32), WORST_COUNT)
        return tuple(self._address(address, times) for address in chosen)

    def _address(self, address: int, times: HelpTimes) -> EmergencyAddress:
        network = self._network
        return EmergencyAddress(
            address=address,
            label=self._names.address(address),
            street=self._names.street(int(network.address_way[address])),
            lon=round(float(network.address_lon[address]), 7),
            lat=round(float(network.address_lat[address]), 7),
            free_before_minutes=_minutes(times.free_before[address]),
            congested_before_minutes=_minutes(times.congested_before[address]),
            free_after_minutes=_minutes(times.free_after[address]),
            congested_after_minutes=_minutes(times.congested_after[address]),
        )


def _minutes(ms: int) -> float | None:
    return None if ms == NEVER_MS else float(ms) / _MS_PER_MINUTE


def _side(ms: Ints, within_s: float) -> EmergencySide:
    reached = ms[ms < NEVER_MS]
    median, decile, worst = np.percentile(reached, (50, 90, 100)) / _MS_PER_MINUTE if len(reached) else (None, None, None)
    return EmergencySide(
        reached=len(reached),
        median_minutes=None if median is None else float(median),
        ninth_decile_minutes=None if decile is None else float(decile),
        worst_minutes=None if worst is None else float(worst),
        beyond=len(ms) - int((reached <= within_s * 1000).sum()),
    )


def _sentence(service: str, sides: Sequence[EmergencySide], within_s: float, source: str) -> str:
    """What changes for one service, in words."""
    _, before, _, after, _ = sides
    who = {"fire": "A fire engine", "ambulance": "An ambulance"}.get(service, "Help")
    points = "addresses" if source == "addresses" else "frontage points"
    if after.median_minutes is None or before.median_minutes is None:
        return f"{who} reaches nobody {'after the closures' if before.reached else 'even without closures'}."
    lost = before.reached - after.reached
    cut = f" {lost:,} {points} are not reached any more." if lost > 0 else ""
    return (
        f"{who} needs {after.median_minutes:.1f} minutes to half of the {points} in the traffic after the closures, "
        f"{before.median_minutes:.1f} in today's; {after.beyond:,} wait longer than {within_s / 60:g} minutes, "
        f"{before.beyond:,} today.{cut}"
    )
