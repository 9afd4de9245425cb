"""How long buses would wait for a march if they waited: where the path of each trip meets a street that is shut then."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from clearway.planning.plan.buses.cuts import crossings_of, passing_s
from clearway.planning.plan.march.contract import HeldRoute

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from clearway.network.closures import Closure
    from clearway.network.transit.bus_network import BusNetwork


class _Wait(NamedTuple):
    """A trip that waits: when it comes to the first closure, for how many seconds in all, and at what."""

    at: datetime
    seconds: float
    where: tuple[str, ...]


def held_buses(buses: BusNetwork, closures: Sequence[Closure]) -> tuple[HeldRoute, ...]:
    """The routes whose buses meet the march, each direction apart, those that wait longest first.

    A bus comes to a street at the time of its timetable and all that it has waited before; where the street is shut then, it
    waits until it opens.

    Args:
        buses: The buses of the day.
        closures: Of the march, with their times; those that let buses pass are passed over.
    """
    shut = [one for one in closures if one.holds("bus") and one.starts and one.ends]
    by_way: dict[int, list[int]] = defaultdict(list)
    for index, one in enumerate(shut):
        by_way[one.way].append(index)
    waits: dict[tuple[str, str], list[_Wait]] = defaultdict(list)
    for line in buses.lines:
        met = crossings_of(line, by_way, shut)
        for trip in line.pattern.trips if met else ():
            delay, first, where = timedelta(0), None, dict[str, None]()
            for crossing in met:
                due = buses.timetable.moment(passing_s(line, trip, crossing.from_m))
                if due is None:
                    break
                comes, one = due + delay, shut[crossing.closure]
                if one.starts is not None and one.ends is not None and one.starts <= comes < one.ends:
                    delay += one.ends - comes
                    first = first or due
                    where[one.label] = None
            if first is not None:
                pattern = line.pattern
                waits[pattern.route.name, pattern.towards].append(_Wait(first, delay.total_seconds(), tuple(where)))
    rows = [
        HeldRoute(
            route=route,
            towards=towards,
            trips=len(found),
            first=min(one.at for one in found),
            last=max(one.at for one in found),
            longest_seconds=max(one.seconds for one in found),
            total_seconds=sum(one.seconds for one in found),
            where=tuple(dict.fromkeys(label for one in found for label in one.where)),
        )
        for (route, towards), found in waits.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.longest_seconds, row.route, row.towards)))
