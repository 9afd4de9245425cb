"""Roads in and out for help: proved past everything that the record bars, or why nothing is proved.

A drive is found by the access engine, driven again by its independent checker, and told street by street. While anything that
the record bars has no place on a street, nothing is claimed. What is not found is not said to be impossible: a barrier may be
opened for help, and only the record can say so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.errors import BadGeometry, BadInput
from clearway.planning.access.planner.stations import FARTHEST_SNAP_M, HOSPITAL, STATION_KINDS, Station, own_stations
from clearway.planning.access.proved import Drive, proved_drives, spot_at, spots_near
from clearway.planning.record_closures import record_closures
from clearway.planning.street_names import UNNAMED, StreetNames
from clearway.publish.sitrep.shape import Item
from clearway.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clearway.network.model import Network
    from clearway.picture.contract import Fact
    from clearway.planning.access.planner.contract import Route
    from clearway.planning.access.proved import Spot
    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.record_closures import RecordClosures

_AT_SITE_M = 300.0
"""What is farther from the site than this does not lead to it."""
_NOTHING = "Approach and egress: nothing is proved"


def approach(facts: Sequence[Fact], site: tuple[float, float], gazetteer: Gazetteer) -> tuple[Item, ...]:
    """What is proved about driving to a site and away from it, in lines.

    Args:
        facts: States in force.
        site: Longitude and latitude.
        gazetteer: Finds places on the network that is searched.
    """
    network = gazetteer.network
    try:
        barred = record_closures(facts, site, gazetteer)
        if barred.unplaced:
            return (Item(_not_placed(barred), ids=barred.entries),)
        return tuple(Item(text, ids=barred.entries) for text in _drives(network, site, barred))
    except (BadGeometry, BadInput) as error:
        return (Item(f"{_NOTHING}. {error}"),)


def _not_placed(barred: RecordClosures) -> str:
    every = counted(barred.placed + len(barred.unplaced), "barred place")
    wheres: dict[str, list[str]] = {}
    for one in barred.unplaced:
        why = f" ({one.why})" if one.why else ""
        wheres.setdefault(one.says.partition("; ")[0], []).append(one.where + why)
    named = "; ".join(f"{says}: {', '.join(where)}" for says, where in wheres.items())
    return (
        f"{_NOTHING}. {barred.placed} of {every} on record {'is' if barred.placed == 1 else 'are'} on the network; not placed: "
        f"{named}. Say where each stands, such as 'Hill Street at Molesworth Street', or pick the point."
    )


def _drives(network: Network, site: tuple[float, float], barred: RecordClosures) -> Iterator[str]:
    stations = own_stations(network, kinds=STATION_KINDS)
    spots = spots_near(network, site, _AT_SITE_M)
    if not stations or not spots:
        lacks = "the network names no station" if not stations else f"no street lies within {_AT_SITE_M:.0f} m of the site"
        yield f"{_NOTHING}, because {lacks}."
        return
    drives = proved_drives(network, stations, spots, barred.closures)
    if drives is None:
        yield f"{_NOTHING}: the independent checker refused what the engine found."
        return
    led = [(spot, drive) for spot, drive in zip(spots, drives, strict=True) if drive.street_leads]
    reached = next(((spot, drive.route) for spot, drive in led if drive.route), None)
    if not led:
        yield f"{_NOTHING}: from the stations of the network {network.name!r} no street leads to the site, barred or not."
        return
    nearest, drive = led[0]
    if drive.route is None:
        yield f"Approach: no way was found for emergency vehicles to {_at(network, nearest)}. {_cut_off(drive)}"
    if reached is None:
        yield f"Nor to any other street within {_AT_SITE_M:.0f} m of the site; egress was not tried."
        return
    spot, route = reached
    near = "Approach" if drive.route else "As near as they get"
    yield (
        f"{near}, proved {_past(barred)}: from {route.station} to {_at(network, spot)}, {_by(route)}. Empty streets on the "
        f"network {network.name!r}; an independent checker drove it again."
    )
    yield _egress(network, spot, barred)


def _egress(network: Network, spot: Spot, barred: RecordClosures) -> str:
    """The way out: to the hospital that is soonest reached, where the network names one, else to a station."""
    hospitals = own_stations(network, kinds=(HOSPITAL,))
    goals = [
        (place, near[0])
        for place in hospitals or own_stations(network, kinds=STATION_KINDS)
        if (near := spots_near(network, (place.lon, place.lat), FARTHEST_SNAP_M))
    ]
    start = Station("the site", "station", *spot_at(network, spot))
    found = proved_drives(network, [start], [goal for _, goal in goals], barred.closures) if goals else None
    if found is None:
        return "Egress: nothing is proved."
    ways_out = [(drive.route, place) for (place, _), drive in zip(goals, found, strict=True) if drive.route]
    if not ways_out:
        return f"Egress: no way out to {listed([place.name for place, _ in goals])} was found. {_cut_off(found[0])}"
    route, place = min(ways_out, key=lambda pair: pair[0].seconds)
    return f"Egress, proved likewise: to {place.name}, {_by(route)}."


def _past(barred: RecordClosures) -> str:
    if not barred.placed:
        return "with nothing barred on record, which does not say that nothing is"
    all_of = "the one place" if barred.placed == 1 else f"all {barred.placed} places"
    return f"past {all_of} that the record bars, whoever {'it lets' if barred.placed == 1 else 'they let'} through"


def _cut_off(drive: Drive) -> str:
    if not drive.cut_off_by:
        return "No street leads there, barred or not."
    alone = "alone is enough" if len(drive.cut_off_by) == 1 else "alone are enough"
    return f"Cut off by: {'; '.join(drive.cut_off_by)} ({alone}). Whether one is opened for help is not known to the engine."


def _at(network: Network, spot: Spot) -> str:
    return f"{_called(StreetNames(network).street(spot.way))}, {spot.metres:.0f} m from the site"


def _called(street: str) -> str:
    return "a street without a name" if street == UNNAMED else street


def _by(route: Route) -> str:
    legs = [f"{_called(leg.street)} {leg.seconds:.0f} s" for leg in route.legs if leg.seconds]
    return f"{route.metres / 1000:.1f} km in {route.seconds:.0f} s: {', '.join(legs) or 'no distance'}"
