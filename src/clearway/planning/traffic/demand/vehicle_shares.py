"""Which class of vehicle drives which trips: ``vehicle_shares.csv``, and residents as the trips that touch their own zones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from clearway.assignment.costs import BadTraffic
from clearway.assignment.problem import TripTable
from clearway.tables import bundled_table, number, read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from clearway.network.model import Floats
    from clearway.planning.traffic.demand.zones import Zones

TABLE = bundled_table("clearway.planning.traffic.demand", "vehicle_shares.csv")


def shared(vehicles: Floats, classes: Sequence[str], *, table: Path = TABLE) -> Floats:
    """(K, Z, Z) passenger car units of each class, from the vehicles of all.

    Args:
        vehicles: (Z, Z) vehicles an hour.
        classes: The K classes of the assignment. A class of the table that is not among them drives as the one its row names,
            or else as the first.
        table: A table like ``vehicle_shares.csv``.

    Raises:
        BadTraffic: a class has no row, or the shares of the table do not add up to 1.
        BadFile: the table cannot be used.
    """
    rows = {row["class"]: row for row in read_table(table, ("class", "share", "pcu", "otherwise"))}
    if unknown := [name for name in classes if name not in rows]:
        raise BadTraffic(f"{table.name} has no row for the class '{unknown[0]}'; it has {', '.join(rows)}.")
    shares = {name: number(row, "share", table) for name, row in rows.items()}
    if min(shares.values()) < 0 or abs(sum(shares.values()) - 1) > 1e-6:  # noqa: PLR2004 - a millionth
        raise BadTraffic(f"The shares in {table.name} add up to {sum(shares.values()):g}. They must add up to 1.")
    units = np.zeros(len(classes))
    for name, share in shares.items():
        driven_as = name if name in classes else rows[name]["otherwise"]
        units[classes.index(driven_as) if driven_as in classes else 0] += share * number(rows[name], "pcu", table)
    return units[:, None, None] * vehicles[None, :, :]


def units_a_vehicle(*, table: Path = TABLE) -> float:
    """Passenger car units of the average vehicle: what a count of vehicles is multiplied by to compare it with flows.

    >>> round(units_a_vehicle(), 2)
    1.05
    """
    rows = read_table(table, ("class", "share", "pcu", "otherwise"))
    return sum(number(row, "share", table) * number(row, "pcu", table) for row in rows)


def with_residents(trips: TripTable, zones: Zones, suburbs: Iterable[str]) -> TripTable:
    """Trips with an end in some suburbs driven by residents, who may pass where only residents may.

    Args:
        trips: A table with the classes "general" and "resident".
        zones: Its zones.
        suburbs: Names of suburbs or of zones: those behind the closure.

    Raises:
        BadTraffic: the table lacks one of the classes, or there is no such suburb.
    """
    if not {"general", "resident"} <= set(trips.class_names):
        raise BadTraffic("The trip table needs the classes general and resident. Name both as vehicle classes.")
    inside = np.zeros(zones.count, np.bool_)
    for wanted in suburbs:
        named = np.array([wanted in pair for pair in zip(zones.names, zones.suburb, strict=True)])
        if not named.any():
            raise BadTraffic(f"There is no zone or suburb '{wanted}' among the {zones.count} zones.")
        inside |= named
    own = inside[:, None] | inside[None, :]
    general, resident = trips.class_names.index("general"), trips.class_names.index("resident")
    moved = trips.trips.copy()
    moved[resident] += np.where(own, moved[general], 0.0)
    moved[general] = np.where(own, 0.0, moved[general])
    return TripTable(moved, trips.zone_names, trips.class_names, trips.statement)
