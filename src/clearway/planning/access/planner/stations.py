"""Where emergency vehicles start: points named in a GeoJSON file, or in the network itself.

A fire engine starts from a fire station and an ambulance from an ambulance station. A hospital is where an ambulance
goes, not where it waits: it counts as a station only when asked for (``--station-kinds``).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from clearway.errors import BadFile, BadInput
from clearway.network.closures import MOST_WAIT_S
from clearway.planning.geojson import Feature, amount, features_of, position, read_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from clearway.network.model import Network

STATION_KINDS = ("fire_station", "ambulance_station", "police", "station")
"""The kinds of place that emergency vehicles start from. A point without a kind counts as a station."""

FARTHEST_SNAP_M = 150.0
"""The farthest that a station may lie from a street that the class may drive, metres."""

_MOST_ENGINES = 100
"""More than any station has."""

_PROPERTIES = frozenset({"name", "kind", "turnout_s", "engines"})
"""What is read of a station."""

HOSPITAL = "hospital"
"""The kind of place where patients are taken."""

_HOSPITAL_REMEDY = "Give a GeoJSON FeatureCollection of Points with the field 'name', and 'kind' hospital or none at all."
_REMEDY = "Give a GeoJSON FeatureCollection of Points with the fields 'name' and 'kind' (fire_station or ambulance_station)."


@dataclass(frozen=True, slots=True)
class Station:
    """A place from which emergency vehicles start; degrees WGS 84.

    Attributes:
        name: What it is called.
        kind: Which service it belongs to; ``station`` where nobody said.
        lon: Longitude.
        lat: Latitude.
        turnout_s: Seconds from the call until its vehicles leave; None: as its service's table says.
        engines: How many vehicles stand there; None where nobody said.
    """

    name: str
    kind: str
    lon: float
    lat: float
    turnout_s: float | None = None
    engines: int | None = None


@dataclass(frozen=True, slots=True)
class StationList:
    """The stations of a file.

    Attributes:
        stations: The stations.
        ignored: How many other features it held, by kind.
        unknown: Properties of stations that mean nothing here, and how many stations have each.
    """

    stations: tuple[Station, ...]
    ignored: Mapping[str, int]
    unknown: Mapping[str, int] = field(default_factory=dict)


def read_stations(path: Path, network: Network, *, kinds: Iterable[str] = STATION_KINDS) -> StationList:
    """The stations of a GeoJSON file; see :func:`stations_from`.

    Raises:
        BadFile: the file cannot be read, is not GeoJSON, or has no station.
        BadGeometry: a station has no usable position.
    """
    return stations_from(read_json(path, _REMEDY), network, kinds=kinds, source=str(path))


def stations_from(
    document: object,
    network: Network,
    *,
    kinds: Iterable[str] = STATION_KINDS,
    source: str = "stations",
    what: str = "station",
) -> StationList:
    """The stations of parsed GeoJSON: points whose ``kind`` is one of ``kinds``, or that have no kind.

    Args:
        document: A FeatureCollection or one Feature.
        network: The network they serve, to notice swapped coordinates by.
        kinds: The kinds to use; every other feature is counted in ``ignored``.
        source: Where it came from, for messages.
        what: The kind of a point without a kind; it counts too.

    Raises:
        BadFile: it is not GeoJSON, or has no station.
        BadGeometry: a station has no usable position.
    """
    wanted = frozenset(kinds)
    stations: list[Station] = []
    ignored: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    for feature in features_of(document, source, _REMEDY):
        kind = str(feature.properties.get("kind") or what)
        if kind not in wanted | {what}:
            ignored[kind] += 1
        else:
            stations.append(_station(feature, kind, network, source))
            unknown.update(feature.properties.keys() - _PROPERTIES)
    if not stations:
        raise BadFile(source, _none_found(ignored, wanted, what), _HOSPITAL_REMEDY if what == HOSPITAL else _REMEDY)
    return StationList(tuple(stations), dict(sorted(ignored.items())), dict(sorted(unknown.items())))


def stations_of(network: Network, *, kinds: Iterable[str] = STATION_KINDS) -> StationList:
    """The stations among the network's own places, as OpenStreetMap extracts bring them.

    Raises:
        BadInput: it has none.
    """
    wanted = frozenset(kinds)
    stations = [
        Station(network.string(int(name)) or kind.replace("_", " "), kind, float(lon), float(lat))
        for index, name, lon, lat in zip(
            network.place_kind, network.place_name, network.place_lon, network.place_lat, strict=True
        )
        if (kind := network.place_kinds[int(index)]) in wanted
    ]
    if not stations:
        raise BadInput(
            f"The network {network.name!r} names no fire or ambulance station. Name them with --stations FILE.geojson."
        )
    return StationList(tuple(stations), {})


def own_stations(network: Network, *, kinds: Iterable[str] = STATION_KINDS) -> tuple[Station, ...]:
    """The stations among the network's own places; none where it names none."""
    wanted = tuple(kinds)
    named = {network.place_kinds[int(kind)] for kind in network.place_kind}
    return stations_of(network, kinds=wanted).stations if named & set(wanted) else ()


def given_or_own(path: Path | None, network: Network, *, kinds: Iterable[str]) -> tuple[Station, ...]:
    """The stations of a file, or without one the network's own, of some kinds.

    Raises:
        BadFile, BadGeometry: as :func:`read_stations`.
    """
    return read_stations(path, network, kinds=kinds).stations if path else own_stations(network, kinds=kinds)


def read_hospitals(path: Path, network: Network) -> StationList:
    """The hospitals of a GeoJSON file: points of the kind "hospital", or without a kind.

    Raises:
        BadFile: the file cannot be read, is not GeoJSON, or has no hospital.
        BadGeometry: a hospital has no usable position.
    """
    found = stations_from(read_json(path, _HOSPITAL_REMEDY), network, kinds=(HOSPITAL,), source=str(path), what=HOSPITAL)
    return replace(found, stations=tuple(replace(one, kind=HOSPITAL) for one in found.stations))


def hospitals_among(document: object, network: Network, *, source: str = "stations") -> tuple[Station, ...]:
    """The points of the kind "hospital" among stations; the network's own hospitals where there are none.

    Args:
        document: Parsed GeoJSON; None: the network's own.
        network: The network.
        source: Where it came from, for messages.

    Raises:
        BadFile: it is not GeoJSON.
        BadGeometry: a hospital has no usable position.
    """
    features = features_of(document, source, _REMEDY) if document is not None else []
    given = tuple(
        _station(feature, HOSPITAL, network, source) for feature in features if feature.properties.get("kind") == HOSPITAL
    )
    return given or own_stations(network, kinds=(HOSPITAL,))


def _station(feature: Feature, kind: str, network: Network, source: str) -> Station:
    geometry = feature.geometry or {}
    if geometry.get("type") != "Point":
        raise BadFile(source, f"{feature.title} is a station without a point", _REMEDY)
    lon, lat = position(geometry.get("coordinates"), feature, network, source)
    name = feature.properties.get("name")
    return Station(
        str(name) if name else f"Station {feature.number}",
        kind,
        lon,
        lat,
        turnout_s=amount(feature, "turnout_s", source, most=MOST_WAIT_S),
        engines=_engines(feature, source),
    )


def _engines(feature: Feature, source: str) -> int | None:
    """How many vehicles stand there; None where it is not said."""
    engines = amount(feature, "engines", source, most=_MOST_ENGINES)
    if engines is not None and (engines < 1 or engines != int(engines)):
        raise BadFile(
            source, f"{feature.title} has {engines:g} engines", "Give 'engines' as a whole number from 1, or leave it out."
        )
    return None if engines is None else int(engines)


def _none_found(ignored: Counter[str], wanted: frozenset[str], what: str) -> str:
    if not ignored:
        return f"has no {what}"
    found = ", ".join(f"{count} {kind}" for kind, count in ignored.most_common(5))
    return f"has no {what} of the kinds {', '.join(sorted(wanted))} (it has {found})"
