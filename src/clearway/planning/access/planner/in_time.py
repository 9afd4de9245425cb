"""What of a service comes in time: its standard, its engines, and how many addresses it reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from clearway.network.model import NEVER_MS
from clearway.planning.access.planner.contract import Engines, EnginesSide, Standard, Within
from clearway.planning.access.planner.engines import engines_in_time, second_ms, station_ms
from clearway.planning.access.planner.on_foot import HOSE_M
from clearway.planning.access.planner.sides import side_of

if TYPE_CHECKING:
    from clearway.network.model import Ints
    from clearway.planning.access.planner.services import Service
    from clearway.planning.access.planner.together import Sides, Together
    from clearway.planning.street_names import StreetNames

_SHARE_DECIMALS = 4
"""A hundredth of a per cent."""


def service_fields(sides: Sides, names: StreetNames) -> dict[str, Any]:
    """The fields of a ``ServiceAccess`` that do not depend on what is listed."""
    service, after = sides.service, sides.after
    return {
        "service": service.name,
        "vehicle_class": service.vehicle_class,
        "stations": tuple(station.name for station in after.stations),
        "turnout_seconds": tuple(station.turnout_s or 0.0 for station in after.stations),
        "within": within(sides.before.ms, after.ms, service.within_s),
        "standard": _standard(service, sides.before.ms, after.ms),
        "engines": _engines(sides),
        "dead_ends": sides.ground.dead_ends_on(names),
        "on_foot_count": int(((sides.on_foot_m <= HOSE_M) & (after.ms == NEVER_MS)).sum()),
    }


def _engines(sides: Sides) -> Engines | None:
    """How many vehicles come in time; None where nobody said how many stand at some station."""
    known = [station.engines for station in sides.after.stations]
    counts = np.array([count or 0 for count in known], np.int32)
    if not len(counts) or None in known:
        return None
    before, after = (
        _engines_side(station_ms(timing), counts, sides.service.within_s) for timing in (sides.before, sides.after)
    )
    return Engines(seconds=sides.service.within_s, before=before, after=after)


def _engines_side(table: Ints, counts: Ints, within_s: float) -> EnginesSide:
    come = engines_in_time(table, counts, _most_ms(within_s))
    return EnginesSide(
        none=int((come == 0).sum()),
        one=int((come == 1).sum()),
        two_or_more=int((come > 1).sum()),
        second=side_of(second_ms(table, counts)),
    )


def _standard(service: Service, before_ms: Ints, after_ms: Ints) -> Standard | None:
    if service.share is None:
        return None
    shares = [float((ms <= _most_ms(service.within_s)).mean()) if len(ms) else None for ms in (before_ms, after_ms)]
    before, after = (None if share is None else round(share, _SHARE_DECIMALS) for share in shares)
    met = [share is None or share >= service.share for share in shares]
    return Standard(
        seconds=service.within_s,
        share=service.share,
        share_before=before,
        share_after=after,
        met_before=met[0],
        met_after=met[1],
    )


def within(before_ms: Ints, after_ms: Ints, within_s: float) -> Within:
    """How many addresses are reached within some seconds."""
    most_ms = _most_ms(within_s)
    return Within(seconds=within_s, before=int((before_ms <= most_ms).sum()), after=int((after_ms <= most_ms).sum()))


def within_all(together: Together) -> Within:
    """How many addresses every service reaches within its own time; ``seconds`` is the longest of these."""
    before, after = (
        np.logical_and.reduce([getattr(side, name).ms <= _most_ms(side.service.within_s) for side in together.sides])
        for name in ("before", "after")
    )
    longest = max(side.service.within_s for side in together.sides)
    return Within(seconds=longest, before=int(before.sum()), after=int(after.sum()))


def _most_ms(within_s: float) -> float:
    return min(within_s * 1000, NEVER_MS - 1)
