"""The certificate of handover points: every drive, arc after arc, and every walk.

``points`` have their junction, ``in`` (drives from a station) and ``out`` (drives to a hospital); a drive is the arcs it takes,
of which the first leaves the station, or the last comes to the hospital, half way along. ``places`` have the way and the metres
from its tail where a patient is, and ``arcs``, of which the first is walked only from there; ``point`` is null where nobody can
walk to any. Arc ``2 * way`` runs along a way, ``2 * way + 1`` against it; times are whole milliseconds.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from clearway.files import writing
from clearway.network.store import network_digest
from clearway.record.moments import written

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from clearway.planning.access.planner.stations import Station
    from clearway.planning.plan.handover.approaches import Drive
    from clearway.planning.plan.handover.asked import Asked, Decided

FORMAT = "clearway-handover-1"


def certificate_of(asked: Asked, decided: Decided) -> dict[str, Any]:
    """The certificate as JSON."""
    plan, crews, inside, network = asked.plan, asked.crews, asked.inside, asked.names.network
    vehicles = crews.vehicles
    return {
        "format": FORMAT,
        "network": {"name": network.name, "digest": network_digest(network)},
        "plan": plan.plan,
        "version": plan.version,
        "at": written(asked.at) if asked.at else None,
        "class": crews.service.vehicle_class,
        "vehicle": list(crews.size) if crews.size else None,
        "walk_kmh": asked.kmh,
        "steps": asked.wishes.steps,
        "closures": [
            {"way": one.way, "at_m": one.at_m, "along": one.along, "against": one.against, "label": one.label}
            for one in vehicles.closures
        ],
        "stations": [_place(one, *spot) for one, spot in zip(crews.stations, vehicles.stations, strict=True)],
        "hospitals": [_place(one, *spot, 0) for one, spot in zip(crews.hospitals, vehicles.hospitals, strict=True)],
        "points": [
            {
                "id": f"H{number}",
                "junction": one.junction,
                "in": [_drive(drive) for drive in one.ways_in.drives],
                "out": [_drive(drive) for drive in one.ways_out.drives],
            }
            for number, one in enumerate(decided.meetings, 1)
        ],
        "places": [
            {
                "address": None if address < 0 else address,
                "way": way,
                "at_m": at_m,
                "point": None if walk is None else int(decided.nearest[row]),
                "arcs": [] if walk is None else list(walk.arcs),
                "ms": None if walk is None else walk.ms,
            }
            for row, (way, at_m, address, walk) in enumerate(
                zip(inside.way.tolist(), inside.at_m.tolist(), inside.address.tolist(), decided.walks, strict=True)
            )
        ],
    }


def write_handover_certificate(path: Path, document: Mapping[str, Any]) -> None:
    """Write a certificate, whole or not at all.

    Raises:
        BadFile: the file cannot be written.
    """
    with writing(path) as file:
        file.write(json.dumps(document, ensure_ascii=False) + "\n")


def _place(one: Station, way: int, at_m: float, turnout_ms: int) -> dict[str, Any]:
    return {"name": one.name, "lon": one.lon, "lat": one.lat, "way": way, "at_m": at_m, "turnout_ms": turnout_ms}


def _drive(drive: Drive) -> dict[str, Any]:
    return {"place": drive.place, "arcs": list(drive.arcs), "ms": drive.ms}
