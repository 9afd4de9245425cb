"""What of a plan lies on the map, one feature after the other: for GeoJSON, KML, GPX and CSV alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clearway.publish.plan.passing import passing_words
from clearway.publish.plan.sections import OPENS
from clearway.words import counted, listed, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from clearway.publish.plan.known import Known

Line = tuple[tuple[float, float], ...]


class Feature(NamedTuple):
    """Something of a plan.

    Attributes:
        kind: site, occupied, barrier, gate, post, handover, route, detour, warning, temporary_stop, bus_bay or march.
        name: What everybody calls it.
        where: Its place in words.
        says: What it is, in a sentence.
        who: Who passes; of a gate.
        starts: From when; None: as long as the plan holds, or nobody said.
        ends: Until when.
        point: Longitude and latitude; None where it is no point, or nobody knows a spot.
        lines: Of a line, piece by piece.
        ring: Of an area, closed.
    """

    kind: str
    name: str
    where: str = ""
    says: str = ""
    who: str = ""
    starts: datetime | None = None
    ends: datetime | None = None
    point: tuple[float, float] | None = None
    lines: tuple[Line, ...] = ()
    ring: Line = ()

    @property
    def is_placed(self) -> bool:
        """Whether it lies anywhere on the map."""
        return bool(self.point or self.lines or self.ring)


def features_of(known: Known) -> tuple[Feature, ...]:
    """Everything of a plan that has a place, also where nobody knows a spot; in the order of the plan."""
    return (
        *_ground(known),
        *_barriers(known),
        *_points(known),
        *_routes(known),
        *_detours(known),
        *_bus_stops(known),
        *_marches(known),
    )


def _ground(known: Known) -> Iterator[Feature]:
    plan = known.plan
    for number, area in enumerate(plan.site, 1):
        name = area.label or f"Site {number}"
        yield Feature("site", name, says="ground that people hold", starts=plan.starts, ends=plan.ends, ring=_line(area.ring))
    for number, line in enumerate(plan.occupied, 1):
        yield Feature(
            "occupied", f"Occupied street {number}", says="people hold the street", starts=plan.starts, ends=plan.ends,
            lines=(_line(line),),
        )  # fmt: skip


def _barriers(known: Known) -> Iterator[Feature]:
    for one in known.plan.barriers:
        spots = known.spots.get(one.id)
        waits = f", {one.opening_seconds:,.0f} s" if one.opening_seconds is not None else ""
        yield Feature(
            "gate" if one.is_gate else "barrier",
            one.id,
            where=known.where(one.place),
            says=f"{vocabulary(one.structure)}; {OPENS[one.opens]}{waits}",
            who=(passing_words(known, one) or "no rule says who passes") if one.is_gate else "nobody",
            starts=one.starts or known.plan.starts,
            ends=one.ends or known.plan.ends,
            point=spots[0].at if spots else known.spot_of(one.place),
        )


def _points(known: Known) -> Iterator[Feature]:
    for post in known.plan.posts:
        says = f"{counted(post.staff, 'staff member')}{f': {post.task}' if post.task else ''}"
        yield Feature(
            "post", post.id, known.where(post.place), says, starts=post.starts, ends=post.ends, point=known.spot_of(post.place)
        )
    for one in known.plan.handover:
        says = f"casualties are handed over here{f': {one.note}' if one.note else ''}"
        yield Feature("handover", one.id, known.where(one.place), says, point=known.spot_of(one.place))


def _routes(known: Known) -> Iterator[Feature]:
    for route in known.plan.routes:
        lines: tuple[Line, ...] = ()
        if known.gazetteer is not None:
            network = known.gazetteer.network
            ways = dict.fromkeys(way for place in route.along for way in known.gazetteer.of(place).ways)
            lines = tuple(_line(network.geometry(way).tolist()) for way in ways)
        along = ", ".join(known.where(place) for place in route.along)
        says = "; ".join(filter(None, (vocabulary(route.purpose), route.note)))
        yield Feature("route", route.id, along, says, lines=lines)


def _detours(known: Known) -> Iterator[Feature]:
    if known.detours is None:
        return
    for movement in known.detours.general.movements:
        for way in movement.detours:
            if way.line is not None and len(way.line) > 1:
                says = "; ".join(leg.words() for leg in way.legs)
                name = f"Detour {movement.number} from {way.coming_from}"
                yield Feature("detour", name, f"{way.leaves_at} to {way.joins_at}", says, lines=(_line(way.line),))
    for number, warn in enumerate(known.detours.general.warn, 1):
        says = f"no way through by {warn.street}; seen by who comes from {listed(list(warn.arms))}"
        yield Feature("warning", f"W{number}", warn.where, says, point=(warn.lon, warn.lat))


def _bus_stops(known: Known) -> Iterator[Feature]:
    if known.buses is None:
        return
    for stop in known.buses.temporary_stops:
        says = f"temporary stop, {counted(stop.calls, 'call')}"
        yield Feature("temporary_stop", f"Temporary stop {stop.number}", stop.where, says, point=(stop.lon, stop.lat))
    for interchange in known.buses.interchanges:
        for bay in interchange.bays:
            yield Feature("bus_bay", bay.name, bay.where, f"bay of {interchange.name} meanwhile", point=(bay.lon, bay.lat))


def _marches(known: Known) -> Iterator[Feature]:
    found = {one.id: one for one in known.marches}
    for march in known.plan.marches:
        answer = found.get(march.id)
        drawn = answer.line if answer else march.line
        along = ", ".join(known.where(place) for place in march.along)
        lines = (_line(drawn),) if len(drawn) > 1 else ()
        over = answer.all_open if answer else march.ends
        yield Feature("march", march.id, along, "people walk along the street", starts=march.starts, ends=over, lines=lines)


def _line(line: Iterable[Iterable[float]]) -> Line:
    return tuple((round(float(lon), 7), round(float(lat), 7)) for lon, lat, *_ in line)
