"""The whole trips of patients in figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from clearway.network.model import NEVER_MS
from clearway.planning.access.planner.contract import FullTrip, Hospital, LostTrip, Trip
from clearway.planning.access.planner.sides import address_fields, side_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Ints
    from clearway.planning.access.planner.timing import Timing
    from clearway.planning.access.planner.trip import Trips
    from clearway.planning.street_names import StreetNames


def short_trip(trips: Trips | None) -> Trip | None:
    """Hospitals and figures; None where the service takes nobody there."""
    return None if trips is None or not trips.carries else Trip(**_figures(trips))


def full_trip(names: StreetNames, after: Timing, trips: Trips | None) -> FullTrip | None:
    """The same with every address.

    Args:
        names: Of the network.
        after: How the service reaches every address under the closures.
        trips: Its trips.
    """
    if trips is None or not trips.carries:
        return None
    return FullTrip(
        **_figures(trips),
        unreached=tuple(
            LostTrip(
                **address_fields(names, address),
                patient_reached=bool(after.ms[address] < NEVER_MS),
                hospital_reached=bool(trips.after.ms[address] < NEVER_MS),
            )
            for address in np.flatnonzero(trips.after_ms == NEVER_MS).tolist()
        ),
        seconds_before=_seconds(trips.before_ms),
        seconds_after=_seconds(trips.after_ms),
        hospital_after=tuple(trips.after.name(address) for address in range(len(trips.after_ms))),
    )


def trip_fields(carrying: Sequence[Trips], address: int) -> dict[str, Any]:
    """The fields of an ``AddressRow``, by the last of several services that take patients to hospital."""
    if not carrying:
        return dict.fromkeys(("hospital_before", "trip_seconds_before", "hospital_after", "trip_seconds_after"))
    was = max(carrying, key=lambda one: one.before_ms[address])
    now = max(carrying, key=lambda one: one.after_ms[address])
    return {
        "hospital_before": was.before.name(address),
        "trip_seconds_before": _second(int(was.before_ms[address])),
        "hospital_after": now.after.name(address),
        "trip_seconds_after": _second(int(now.after_ms[address])),
    }


def _figures(trips: Trips) -> dict[str, Any]:
    was, now = ((one.table < NEVER_MS).sum(axis=1).tolist() for one in (trips.before, trips.after))
    return {
        "hospitals": tuple(
            Hospital(name=place.name, lon=place.lon, lat=place.lat, addresses_before=first, addresses_after=then)
            for place, first, then in zip(trips.after.hospitals.places, was, now, strict=True)
        ),
        "before": side_of(trips.before_ms),
        "after": side_of(trips.after_ms),
    }


def _seconds(times: Ints) -> tuple[float | None, ...]:
    return tuple(_second(ms) for ms in times.tolist())


def _second(ms: int) -> float | None:
    return None if ms == NEVER_MS else ms / 1000
