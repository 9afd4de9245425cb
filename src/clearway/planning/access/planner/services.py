"""Services that help: each has its own stations, vehicle, standard and turnout, and gets an answer of its own.

An ambulance cannot put out a fire, nor a fire engine carry a patient: stations of different services are never one pool. The
table is a CSV file that a user can read and replace (``clearway access --services FILE``). Its columns:

* ``service``: its name;
* ``station_kinds``: the kinds of its stations, divided by ``|``;
* ``class``: the vehicle class that it drives;
* ``within_s`` and ``share``: its standard, "this share of all addresses within these seconds"; without a share, nothing is said
  about meeting it;
* ``turnout_s``: seconds from the call until its vehicles leave, unless a station says its own;
* ``height_m``, ``width_m``, ``weight_t``, ``length_m``, ``axle_t``: its vehicle; what is left empty is as its class's;
* ``to_hospital``: whether it takes patients to hospital, ``yes`` or ``no``; left empty, whether its stations may be those of
  ambulances. These last columns may be missing.
"""

from __future__ import annotations

import csv
from dataclasses import asdict, dataclass, replace
from importlib import resources
from io import StringIO
from typing import TYPE_CHECKING

from clearway.errors import BadFile, BadInput, UnknownName
from clearway.network.classes import VEHICLE_CLASSES
from clearway.network.closures import MOST_WAIT_S
from clearway.planning.access.planner.vehicles import AS_ITS_CLASS, VEHICLE_FIELDS, Vehicle, vehicle_of
from clearway.words import listed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    from clearway.planning.access.planner.stations import Station

WITHIN_S = 480.0
"""Eight minutes: the usual aim for an ambulance to a life-threatening call."""

_MOST_WITHIN_S = 86_400.0
"""A day."""
_COLUMNS = ("service", "station_kinds", "class", "within_s", "share", "turnout_s")
_KNOWN_COLUMNS = frozenset({*_COLUMNS, *VEHICLE_FIELDS, "to_hospital"})
_PATIENTS = frozenset({"ambulance_station", "hospital", "station"})
"""Kinds of station from which an ambulance may come."""
_YES_OR_NO = {"yes": True, "no": False, "": None}
_REMEDY = "Start from the one that 'clearway access services' prints."


@dataclass(frozen=True, slots=True)
class Service:
    """One service.

    Attributes:
        name: What it is called.
        station_kinds: The kinds of its stations.
        vehicle_class: What it drives, one of ``VEHICLE_CLASSES``.
        within_s: Seconds within which it should come.
        share: The share of addresses, 0 to 1, that it should reach within that; None where nobody set one.
        turnout_s: Seconds from the call until its vehicles leave.
        vehicle: What is said of its vehicle.
        to_hospital: Whether it takes patients to hospital; None where nobody said.
    """

    name: str
    station_kinds: tuple[str, ...]
    vehicle_class: str = "emergency"
    within_s: float = WITHIN_S
    share: float | None = None
    turnout_s: float = 0.0
    vehicle: Vehicle = AS_ITS_CLASS
    to_hospital: bool | None = None

    @property
    def fights_fire(self) -> bool:
        """Whether it needs hydrants: its stations may be those of fire engines."""
        return bool({"fire_station", "station"} & set(self.station_kinds))

    @property
    def carries(self) -> bool:
        """Whether it takes patients to hospital; where nobody said, whether its stations may be those of ambulances."""
        return bool(_PATIENTS & set(self.station_kinds)) if self.to_hospital is None else self.to_hospital


ANY_SERVICE = Service("all stations", ("station",))
"""Whose stations are when nobody said."""


@dataclass(frozen=True, slots=True)
class Staffed:
    """A service and its stations, each with its turnout."""

    service: Service
    stations: tuple[Station, ...]


def load_services(path: Path | None = None) -> tuple[Service, ...]:
    """Read the table of services, ours where no path is given.

    Raises:
        BadFile: a column is missing, a number or a class cannot be read, or two services have the same name or station kind.
    """
    shown = "services.csv" if path is None else str(path)
    table = _table(path)
    if missing := [name for name in _COLUMNS if name not in (table.fieldnames or ())]:
        raise BadFile(shown, f"lacks the columns {', '.join(missing)}", _REMEDY)
    services = tuple(_service(row, number, shown) for number, row in enumerate(table, start=2))
    _refuse_twins(services, shown)
    return services


def unknown_columns(path: Path | None) -> list[str]:
    """Columns of a table of services that mean nothing here.

    Raises:
        BadFile: it cannot be read.
    """
    return [name for name in _table(path).fieldnames or () if name not in _KNOWN_COLUMNS]


def _table(path: Path | None) -> csv.DictReader[str]:
    text = services_text()
    if path is not None:
        try:
            text = path.read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise BadFile(path, f"cannot be read ({error})", _REMEDY) from error
    return csv.DictReader(StringIO(text))


def services_text() -> str:
    """Our table of services, as CSV."""
    return resources.files("clearway.planning.access.planner").joinpath("services.csv").read_text("utf-8")


def staffed(services: Iterable[Service], stations: Sequence[Station]) -> tuple[Staffed, ...]:
    """The services that have stations, in the order of the table, each station with its turnout.

    A station of a kind that no service claims is a service of its own, called by that kind.
    """
    known = tuple(services)
    claimed = {kind for service in known for kind in service.station_kinds}
    others = dict.fromkeys(station.kind for station in stations if station.kind not in claimed)
    every = (*known, *(Service(kind.replace("_", " "), (kind,)) for kind in others))
    return tuple(Staffed(service, own) for service in every if (own := _own(service, stations)))


def with_vehicles(
    answered: Iterable[Staffed], said: Sequence[tuple[str, Vehicle]], known: Iterable[Service]
) -> tuple[Staffed, ...]:
    """The services with what is said of their vehicles.

    Args:
        answered: Those that have stations.
        said: Of each service by name, or of all of them where the name is empty; what is said of one goes before that.
        known: All services that there are, to notice a name that is spelt wrong.

    Raises:
        UnknownName: no service has the name.
    """
    staffed_ones = tuple(answered)
    names = dict.fromkeys([service.name for service in known] + [one.service.name for one in staffed_ones])
    if unknown := [name for name, _ in said if name and name not in names]:
        raise UnknownName("service", unknown, list(names))
    ordered = sorted(said, key=lambda named: named[0] != "")
    return tuple(replace(one, service=_with_vehicle(one.service, ordered)) for one in staffed_ones)


def _with_vehicle(service: Service, said: Iterable[tuple[str, Vehicle]]) -> Service:
    figures = asdict(service.vehicle)
    for name, vehicle in said:
        if name in {"", service.name}:
            figures |= {field: figure for field, figure in asdict(vehicle).items() if figure is not None}
    return replace(service, vehicle=Vehicle(**figures))


def unanswered(services: Iterable[Service], answered: Sequence[Staffed], kinds: Collection[str]) -> list[str]:
    """That nothing is said about services whose stations were looked for and not found, where others have theirs.

    Args:
        services: All that are known.
        answered: Those that have stations.
        kinds: The kinds of station that were looked for.
    """
    names = {one.service.name for one in answered}
    if names <= {ANY_SERVICE.name}:
        return []
    without = [
        service
        for service in services
        if service.name not in names | {ANY_SERVICE.name} and set(service.station_kinds) & set(kinds)
    ]
    return [f"There is no station of {service.name}: nothing is said about it." for service in without]


def no_hospital(answered: Iterable[Staffed]) -> list[str]:
    """That nothing is said about the trip to hospital, where some service takes patients there and no hospital is known."""
    carriers = [one.service.name for one in answered if one.service.carries]
    said = (
        f"No hospital is known: nothing is said about the trip of {listed(carriers)} to one. Name them with --hospitals FILE."
    )
    return [said] if carriers else []


def _own(service: Service, stations: Iterable[Station]) -> tuple[Station, ...]:
    return tuple(
        station if station.turnout_s is not None else replace(station, turnout_s=service.turnout_s)
        for station in stations
        if station.kind in service.station_kinds
    )


def _service(row: dict[str, str], number: int, shown: str) -> Service:
    def amount(name: str, most: float, *, least: float = 0.0) -> float:
        text = row[name]
        try:
            value = float(text)
        except (TypeError, ValueError):
            value = float("nan")
        if not least <= value <= most:
            raise BadFile(shown, f"line {number} has the {name} {text!r}", f"Give a number from {least:g} to {most:g}.")
        return value

    name, vehicle_class = (row["service"] or "").strip(), (row["class"] or "").strip()
    kinds = tuple(kind.strip() for kind in (row["station_kinds"] or "").split("|") if kind.strip())
    if not name or not kinds:
        raise BadFile(shown, f"line {number} names no service or no kind of station", _REMEDY)
    if vehicle_class not in VEHICLE_CLASSES:
        raise BadFile(shown, f"line {number} has the class {vehicle_class!r}", f"Use one of: {', '.join(VEHICLE_CLASSES)}.")
    return Service(
        name,
        kinds,
        vehicle_class,
        within_s=amount("within_s", _MOST_WITHIN_S, least=1.0),
        share=amount("share", 1.0) if (row["share"] or "").strip() else None,
        turnout_s=amount("turnout_s", MOST_WAIT_S) if (row["turnout_s"] or "").strip() else 0.0,
        vehicle=_vehicle(row, number, shown),
        to_hospital=_to_hospital(row, number, shown),
    )


def _to_hospital(row: dict[str, str], number: int, shown: str) -> bool | None:
    said = (row.get("to_hospital") or "").strip().lower()
    if said not in _YES_OR_NO:
        raise BadFile(shown, f"line {number} has the to_hospital {said!r}", "Write yes or no, or leave it empty.")
    return _YES_OR_NO[said]


def _vehicle(row: dict[str, str], number: int, shown: str) -> Vehicle:
    """The row's vehicle; None for each figure that it leaves out."""
    said = {name: (row.get(name) or "").strip() or None for name in VEHICLE_FIELDS}
    try:
        return vehicle_of(said, "It")
    except BadInput as error:
        raise BadFile(shown, f"line {number} has a vehicle that cannot be: {error}", _REMEDY) from error


def _refuse_twins(services: Sequence[Service], shown: str) -> None:
    names = [service.name for service in services]
    kinds = [kind for service in services for kind in service.station_kinds]
    if twice := [word for words in (names, kinds) for word in dict.fromkeys(words) if words.count(word) > 1]:
        raise BadFile(
            shown, f"names {', '.join(map(repr, twice))} twice", "Give each service a name and station kinds of its own."
        )
