"""Access in figures: who is reached, how soon, on what each address depends, and what one blocked street would cost.

Every service has a report of its own. All together they say no more than the weakest of them: an address counts as reached
where every service reaches it, after as long as the last of them takes, and a street matters as much as it does to the service
that needs it most.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from clearway.network.model import NEVER_MS
from clearway.network.search.sweep import block_each_way
from clearway.planning.access.planner.contract import (
    AddressRow,
    FullAccess,
    FullServiceAccess,
)
from clearway.planning.access.planner.enclosed import notes_of
from clearway.planning.access.planner.fit import fit_of, too_large_for
from clearway.planning.access.planner.ground import ground_of
from clearway.planning.access.planner.in_time import service_fields, within_all
from clearway.planning.access.planner.on_foot import metres_on_foot
from clearway.planning.access.planner.services import ANY_SERVICE, Service
from clearway.planning.access.planner.sides import Why, full_side
from clearway.planning.access.planner.together import (
    Sides,
    Together,
    blocked_street,
    most_cut_off,
    most_delaying,
    single_street,
    timed_address,
    worst_rows,
)
from clearway.planning.access.planner.trip import trips_of
from clearway.planning.access.planner.trip_listing import full_trip, trip_fields
from clearway.planning.access.planner.vehicles import size_of
from clearway.planning.access.planner.water import HYDRANT_M
from clearway.planning.access.planner.witness import cut_off_by
from clearway.planning.street_names import StreetNames

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from clearway.network.closures import Closure
    from clearway.network.model import Floats, Network
    from clearway.planning.access.planner.services import Staffed
    from clearway.planning.access.planner.stations import Station
    from clearway.planning.access.planner.timing import AccessTimer
    from clearway.planning.access.planner.vehicles import Size


@dataclass(frozen=True, eq=False)
class AccessReport(Sides):
    """What one service's access is on a whole network.

    Attributes:
        cut_off: For each address that the closures cut off, their indexes in ``after.closures``.
        names: What streets and addresses are called.
        on_foot_before_m: (D,) metres on foot from where its vehicles get to without closures.
        too_large_before: For each address that a smaller vehicle would reach without closures, indexes in ``fit.tight``.
        too_large_after: The same under them.
    """

    cut_off: Mapping[int, tuple[int, ...]]
    names: StreetNames
    on_foot_before_m: Floats
    too_large_before: Mapping[int, tuple[int, ...]]
    too_large_after: Mapping[int, tuple[int, ...]]

    @property
    def network(self) -> Network:
        """The network that was asked about."""
        return self.names.network

    @property
    def size(self) -> Size | None:
        """The vehicle by which streets were judged."""
        return self.fit.size

    def answer(self, most: int | None = None) -> FullServiceAccess:
        """The report in figures; lists are worst first, seconds have three decimals.

        Args:
            most: Streets to list under ``single_street`` and ``n_minus_1`` each; all of them where None.
        """
        alone = Together((self,))
        single, delaying = most_cut_off(alone.figures), most_delaying(alone.figures)
        return FullServiceAccess(
            **service_fields(self, self.names),
            **self.fit.fields(self.names, most),
            before=full_side(self.names, self.before.ms, self.why_before),
            after=full_side(self.names, self.after.ms, self.why_after),
            worst=worst_rows(self.names, alone),
            two_approaches=int(alone.two_approaches.sum()),
            single_street_count=len(single),
            single_street=tuple(single_street(self.names, alone.figures, row) for row in single[:most]),
            n_minus_1_count=len(delaying),
            n_minus_1=tuple(blocked_street(self.names, alone.figures, row) for row in delaying[:most]),
            water=self.ground.full_water(self.names),
            trip=full_trip(self.names, self.after, self.trips),
            notes=(*self.notes, *self.ground.notes(self.names), *self.fit.notes(self.service, self.names, self._tightest)),
        )

    @property
    def why_before(self) -> Why:
        """Why addresses are not reached without closures."""
        return Why(too_large=self.too_large_before, tight=self._tight_words, on_foot_m=self.on_foot_before_m)

    @property
    def why_after(self) -> Why:
        """The same under them."""
        labels = [one.label for one in self.after.closures]
        return Why(self.cut_off, labels, self.too_large_after, self._tight_words, self.on_foot_m)

    @property
    def _tight_words(self) -> list[str]:
        return [one.words(self.names) for one in self.fit.tight]

    @property
    def _tightest(self) -> list[int]:
        """Ways whose limits keep the vehicle from addresses, those of most addresses first."""
        counts = Counter(index for indexes in self.too_large_after.values() for index in indexes)
        return [self.fit.tight[index].way for index, _ in counts.most_common()]


@dataclass(frozen=True, eq=False)
class ServicesReport:
    """Every service's report, and all of them together.

    Attributes:
        reports: One for each service, at least one.
    """

    reports: tuple[AccessReport, ...]

    @cached_property
    def together(self) -> Together:
        """All as one."""
        return Together(self.reports)

    @property
    def names(self) -> StreetNames:
        """What streets and addresses are called."""
        return self.reports[0].names

    @property
    def network(self) -> Network:
        """The network that was asked about."""
        return self.names.network

    def answer(self, most: int | None = None) -> FullAccess:
        """The reports in figures; lists are worst first, seconds have three decimals.

        Args:
            most: Streets to list under ``single_street`` and ``n_minus_1`` each; all of them where None.
        """
        figures = self.together.figures
        single, delaying = most_cut_off(figures), most_delaying(figures)
        return FullAccess(
            network=self.network.name,
            address_source=self.network.address_source,
            vehicle_class=self.reports[0].after.graph.vehicle_class,
            stations=sum(len(report.after.stations) for report in self.reports),
            closures=tuple(closure.label for closure in self._closures()),
            addresses=self.network.address_count,
            before=full_side(self.names, self.together.before_ms, self._why_before()),
            after=full_side(self.names, self.together.after_ms, self._why_after()),
            within=within_all(self.together),
            worst=worst_rows(self.names, self.together),
            two_approaches=int(self.together.two_approaches.sum()),
            single_street_count=len(single),
            single_street=tuple(single_street(self.names, figures, row) for row in single[:most]),
            n_minus_1_count=len(delaying),
            n_minus_1=tuple(blocked_street(self.names, figures, row) for row in delaying[:most]),
            services=tuple(report.answer(most) for report in self.reports),
        )

    def rows(self) -> Iterable[AddressRow]:
        """Every address with the station and seconds of the last service, and the streets that any service depends on."""
        cut_off, labels = self._cut_off()
        single = [report.sweep.single_ways for report in self.reports]
        carrying = [report.trips for report in self.reports if report.trips and report.trips.carries]
        for address in range(self.network.address_count):
            depends = sorted({int(way) for start, ways in single for way in ways[start[address] : start[address + 1]]})
            yield AddressRow.model_construct(  # known to be good, and many
                **dict(timed_address(self.names, self.together, address)),
                reached_before=bool(self.together.before_ms[address] < NEVER_MS),
                reached_after=bool(self.together.after_ms[address] < NEVER_MS),
                cut_off_by=tuple(labels[index] for index in cut_off.get(address, ())),
                **trip_fields(carrying, address),
                depends_on=tuple(int(self.network.way_source[way]) for way in depends),
            )

    def _why_before(self) -> Why:
        """Why some service does not reach an address without closures."""
        large, tight = self._too_large([report.too_large_before for report in self.reports])
        on_foot_m = np.maximum.reduce([report.on_foot_before_m for report in self.reports])
        return Why(too_large=large, tight=tight, on_foot_m=on_foot_m)

    def _why_after(self) -> Why:
        """The same under them."""
        large, tight = self._too_large([report.too_large_after for report in self.reports])
        return Why(*self._cut_off(), too_large=large, tight=tight, on_foot_m=self.together.on_foot_m)

    def _too_large(self, each: Sequence[Mapping[int, tuple[int, ...]]]) -> tuple[dict[int, tuple[int, ...]], list[str]]:
        """For each address that some vehicle is too large for, the places; and the places in words, each with its service."""
        words = [f"{report.service.name}: {place}" for report in self.reports for place in report.why_after.tight]
        found: dict[int, tuple[int, ...]] = {}
        first = 0
        for report, large in zip(self.reports, each, strict=True):
            for address, indexes in large.items():
                found[address] = (*found.get(address, ()), *(first + index for index in indexes))
            first += len(report.fit.tight)
        return found, words

    def _closures(self) -> tuple[Closure, ...]:
        """The closures in force for any service, each once."""
        return tuple(dict.fromkeys(closure for report in self.reports for closure in report.after.closures))

    def _cut_off(self) -> tuple[dict[int, tuple[int, ...]], list[str]]:
        """For each address that any service is cut off from, the closures that do it; and the closures' labels."""
        closures = self._closures()
        place = {closure: index for index, closure in enumerate(closures)}
        found: dict[int, set[int]] = {}
        for report in self.reports:
            for address, indexes in report.cut_off.items():
                found.setdefault(address, set()).update(place[report.after.closures[index]] for index in indexes)
        return {address: tuple(sorted(indexes)) for address, indexes in found.items()}, [one.label for one in closures]


def assess_services(
    timer: AccessTimer,
    services: Sequence[Staffed],
    *,
    closures: Iterable[Closure] = (),
    moment: datetime | None = None,
    hospitals: Sequence[Station] = (),
    hydrant_m: float = HYDRANT_M,
) -> ServicesReport:
    """Time every address before and after closures for each service, and block every street in turn under them.

    Args:
        timer: Of the network.
        services: At least one, each with its stations.
        closures: What is shut; those for other classes and moments are passed over.
        moment: When; None counts every closure.
        hospitals: Where patients are taken.
        hydrant_m: How near to an address a hydrant must be, metres.

    Raises:
        BadInput: a service's class may drive nowhere.
        BadGeometry: all stations of a service lie off the streets.
    """
    listed, watching = list(closures), who_watches_hospitals([one.service for one in services])
    return ServicesReport(
        tuple(
            assess_access(
                timer,
                one.stations,
                service=one.service,
                closures=listed,
                moment=moment,
                hospitals=hospitals if one.service in watching else (),
                hydrant_m=hydrant_m,
            )
            for one in services
        )
    )


def who_watches_hospitals(services: Sequence[Service]) -> tuple[Service, ...]:
    """The services that take patients to hospital; the first where none does, so that a hospital inside the ring is named."""
    return tuple(service for service in services if service.carries) or tuple(services[:1])


def assess_access(
    timer: AccessTimer,
    stations: tuple[Station, ...],
    *,
    service: Service = ANY_SERVICE,
    closures: Iterable[Closure] = (),
    moment: datetime | None = None,
    hospitals: Sequence[Station] = (),
    hydrant_m: float = HYDRANT_M,
) -> AccessReport:
    """Time every address before and after closures for one service, and block every street in turn under them.

    Args:
        timer: Of the network.
        stations: Where its vehicles start.
        service: Whose they are.
        closures: What is shut; those for other classes and moments are passed over.
        moment: When; None counts every closure.
        hospitals: Where patients are taken.
        hydrant_m: How near to an address a hydrant must be, metres.

    Raises:
        BadInput: the class may drive nowhere.
        BadGeometry: all stations lie off the streets.
        UnknownName: no such class.
    """
    size = size_of(timer.network, service.vehicle_class, service.vehicle)
    before = timer.before(stations, service.vehicle_class, size=size)
    every = list(closures)
    after = timer.after(stations, service.vehicle_class, every, moment, size=size)
    ringed = timer.ringed(stations, service.vehicle_class, every, moment, size=size)
    trips = trips_of(timer, (before, after, ringed), hospitals, carries=service.carries)
    fit = fit_of(timer, service, after)
    sweep = block_each_way(after.graph, after.tree, after.targets)
    walking = timer.graph("foot")
    on_foot_m = metres_on_foot(after, walking)
    on_foot_before_m = on_foot_m if after is before else metres_on_foot(before, walking)
    large_after = too_large_for(timer, after, fit.tight)
    return AccessReport(
        service=service,
        before=before,
        after=after,
        sweep=sweep,
        on_foot_m=on_foot_m,
        fit=fit,
        trips=trips,
        ground=ground_of(timer, service, before, after, hydrant_m),
        notes=(*notes_of(before, after, ringed), *(trips.notes if trips else ())),
        cut_off=cut_off_by(before, after),
        names=StreetNames(timer.network),
        on_foot_before_m=on_foot_before_m,
        too_large_before=large_after if after is before else too_large_for(timer, before, fit.tight),
        too_large_after=large_after,
    )
