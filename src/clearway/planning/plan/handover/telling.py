"""The answer in words and lines: each point with its drives, each place with its walk, what is assumed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from clearway.network.geometry import point_at, stretch_of
from clearway.network.model import MS_PER_KMH_M
from clearway.planning.plan.handover.contract import Approach, Assumption, HandoverAnswer, HandoverPoint, PatientPlace
from clearway.planning.street_names import UNNAMED, said_name
from clearway.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clearway.network.model import Network
    from clearway.planning.plan.handover.approaches import Drive
    from clearway.planning.plan.handover.asked import Asked, Crews, Decided, Meeting
    from clearway.planning.plan.handover.choosing import Choice
    from clearway.planning.plan.handover.contract import HandoverWishes
    from clearway.planning.plan.handover.walking import Walk
    from clearway.planning.street_names import StreetNames

_NAMED = 3
"""Places that a sentence names; the table has them all."""


def answer_of(asked: Asked, decided: Decided, refused: tuple[str, ...]) -> HandoverAnswer:
    """The answer.

    Args:
        asked: The question.
        decided: What was decided.
        refused: What the checker says against the certificate.
    """
    plan, wishes, names, choice = asked.plan, asked.wishes, asked.names, decided.choice
    places = tuple(_place(asked, row, f"H{int(decided.nearest[row]) + 1}", walk) for row, walk in enumerate(decided.walks))
    points = tuple(
        _point(names, asked.crews, f"H{number}", one, [place for place in places if place.point == f"H{number}"])
        for number, one in enumerate(decided.meetings, 1)
    )
    return HandoverAnswer(
        plan=plan.plan,
        version=plan.version,
        at=asked.at,
        points=points,
        places=places,
        in_time=choice.serves,
        in_time_bound=choice.serves_bound,
        too_far=sum(place.point is not None and not place.in_time for place in places),
        no_walk=sum(place.point is None for place in places),
        walk_seconds=choice.walk_ms / 1000,
        walk_seconds_bound=choice.walk_ms_bound / 1000,
        corners=decided.corners,
        one_approach=decided.one_approach,
        proven=choice.proven,
        accepted=not refused,
        refused=refused,
        inputs=(
            Assumption(name="walk_kmh", value=wishes.walk_kmh, unit="km/h", source="assumed"),
            Assumption(name="max_walk_seconds", value=wishes.max_walk_seconds, unit="s", source="assumed"),
        ),
        summary=tuple(_summary(points, places, wishes, choice, refused)),
        warnings=tuple(_warnings(asked, decided.one_approach)),
    )


def corner_words(names: StreetNames, junction: int) -> str:
    """A corner by the streets that meet there."""
    network = names.network
    ways = np.flatnonzero((network.way_tail == junction) | (network.way_head == junction)).tolist()
    named = list(dict.fromkeys(filter(None, (said_name(network.street(way)) for way in ways))))
    if len(named) > 1:
        return f"{named[0]} at {named[1]}"
    return f"{named[0]}, a corner" if named else f"a corner of {UNNAMED}s"


def drive_line(network: Network, drive: Drive, own: tuple[int, float], *, ends: bool) -> list[list[float]]:
    """Longitude and latitude along a drive.

    Args:
        network: The streets.
        drive: Its arcs.
        own: The way of its station or hospital, and metres from its tail.
        ends: Whether it ends at a corner, so that its first arc is the one driven in part; else its last.
    """
    points: list[list[float]] = []
    for index, arc in enumerate(drive.arcs):
        way, length = arc >> 1, float(network.way_length_m[arc >> 1])
        from_m, to_m = (0.0, length) if arc % 2 == 0 else (length, 0.0)
        if ends and index == 0:
            from_m = own[1]
        if not ends and index == len(drive.arcs) - 1:
            to_m = own[1]
        points += stretch_of(network.geometry(way), from_m, to_m).round(6).tolist()
    return points


def _point(names: StreetNames, crews: Crews, called: str, one: Meeting, places: Sequence[PatientPlace]) -> HandoverPoint:
    network, vehicles = names.network, crews.vehicles
    ways_in = tuple(
        _approach(names, drive, crews.stations[drive.place].name, vehicles.stations[drive.place][:2], ends=True)
        for drive in one.ways_in.drives
    )
    ways_out = tuple(
        _approach(names, drive, crews.hospitals[drive.place].name, vehicles.hospitals[drive.place], ends=False)
        for drive in one.ways_out.drives
    )
    return HandoverPoint(
        id=called,
        where=corner_words(names, one.junction),
        lon=round(float(network.junction_lon[one.junction]), 7),
        lat=round(float(network.junction_lat[one.junction]), 7),
        station=ways_in[0].to_from,
        ambulance_seconds=ways_in[0].seconds,
        hospital=ways_out[0].to_from,
        hospital_seconds=ways_out[0].seconds,
        ways_in=ways_in,
        ways_out=ways_out,
        patients=len(places),
        farthest_seconds=max((place.seconds or 0.0 for place in places), default=0.0),
    )


def _approach(names: StreetNames, drive: Drive, called: str, own: tuple[int, float], *, ends: bool) -> Approach:
    line = drive_line(names.network, drive, own, ends=ends)
    return Approach(
        to_from=called,
        seconds=drive.ms / 1000,
        streets=tuple(dict.fromkeys(names.street(arc >> 1) for arc in drive.arcs)),
        line=line if len(line) > 1 else [*line, *line],
    )


def _place(asked: Asked, row: int, point: str, walk: Walk | None) -> PatientPlace:
    network, inside = asked.names.network, asked.inside
    way, at_m = int(inside.way[row]), float(inside.at_m[row])
    lon, lat = point_at(network.geometry(way), at_m)
    return PatientPlace(
        label=inside.labels[row],
        lon=lon,
        lat=lat,
        point=point if walk else None,
        seconds=walk.ms / 1000 if walk else None,
        metres=walk.ms * asked.wishes.walk_kmh / MS_PER_KMH_M if walk else None,
        in_time=walk is not None and walk.ms <= asked.most_ms,
        line=_walk_line(network, walk, at_m) if walk else None,
    )


def _walk_line(network: Network, walk: Walk, at_m: float) -> list[list[float]]:
    points: list[list[float]] = []
    for index, arc in enumerate(walk.arcs):
        length = float(network.way_length_m[arc >> 1])
        from_m, to_m = (0.0, length) if arc % 2 == 0 else (length, 0.0)
        points += stretch_of(network.geometry(arc >> 1), at_m if index == 0 else from_m, to_m).round(6).tolist()
    return points


_PAIR = 2
"""Of more points each has a comma of its own."""


def _summary(
    points: Sequence[HandoverPoint],
    places: Sequence[PatientPlace],
    wishes: HandoverWishes,
    choice: Choice,
    refused: Sequence[str],
) -> Iterator[str]:
    late = [place for place in places if place.point and not place.in_time]
    lost = [place for place in places if place.point is None]
    meeting = [f"{one.id}, {one.where}" for one in points]
    where = "; ".join(meeting) if len(meeting) > _PAIR else listed(meeting)
    served = f"{choice.serves:,} of {counted(len(places), 'place')} inside within {wishes.max_walk_seconds:g} s on foot"
    yield f"Crews meet patients at {counted(len(points), 'point')}: {where}. {served[:1].upper()}{served[1:]}."
    if late:
        far = sorted(late, key=lambda one: -(one.metres or 0))
        named = "; ".join(f"{one.label}: {one.metres:,.0f} m to {one.point}" for one in far[:_NAMED])
        yield f"No vehicle comes near {counted(len(late), 'place')}. Farthest on foot: {named}."
    if lost:
        named = ", ".join(one.label for one in lost[:_NAMED])
        yield f"From {counted(len(lost), 'place')} nobody can walk to a point: {named}."
    for one in points:
        yield (
            f"{one.id}: ambulance from {one.station} in {one.ambulance_seconds / 60:.1f} min, to {one.hospital} in "
            f"{one.hospital_seconds / 60:.1f} min; no street is on all of its {len(one.ways_in)} ways in, or of its "
            f"{len(one.ways_out)} ways out."
        )
    if choice.proven:
        yield "Proved: no other corners with as many points serve more places, or as many with less walking."
    else:
        yield (
            f"Not proved: at most {choice.serves_bound} places could be in time, with {choice.walk_ms_bound / 1000:.0f} s of "
            f"walking at least; these take {choice.walk_ms / 1000:.0f} s."
        )
    yield (
        f"The checker refuses the certificate: {refused[0]}" if refused else "The independent checker accepts the certificate."
    )


def _warnings(asked: Asked, one_approach: int) -> Iterator[str]:
    speed = f"Walking at {asked.wishes.walk_kmh:g} km/h with a stretcher"
    yield f"{speed} is assumed: no source was found. Drives are on empty streets."
    if left := asked.crews.not_counted:
        kinds = " or ".join(f"'{kind}'" for kind in asked.crews.service.station_kinds)
        starts = f"{asked.crews.service.name} starts at {listed([station.name for station in left])}"
        yield f"Nobody said whether {starts}: not counted. Give stations their kind, as {kinds}."
    if one_approach:
        corners = counted(one_approach, "corner was", "corners were")
        yield f"{corners} left out: one blocked street cuts each off from the station or from the hospital."
    yield from asked.names.network.notices
