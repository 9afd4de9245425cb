"""How far apart zones are: minutes on empty streets, and what stands in for them between outside zones.

Most of the way between two outside zones lies off the map, so the time across it says little. Such trips are as likely as the
average trip, and the likelier the more opposite the two zones lie.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.network.geometry import flat_scale
from clearway.planning.traffic.demand.times import zone_times

if TYPE_CHECKING:
    from clearway.network.model import Floats
    from clearway.planning.traffic.demand.roads import StreetProblem


class Pairs(NamedTuple):
    """What the gravity model goes by.

    Attributes:
        minutes: (Z, Z) on empty streets, infinite where there is no way, NaN between outside zones.
        likely: (Z, Z) multiplies the deterrence: 1, but between outside zones one less the cosine of the angle at which they
            are seen from the middle of the map, and 0 from one to itself.
    """

    minutes: Floats
    likely: Floats


def zone_pairs(streets: StreetProblem) -> Pairs:
    """How far apart the zones of some streets are."""
    zones = streets.zones
    minutes = zone_times(streets.problem) / 60.0
    outside = np.flatnonzero(zones.outside)
    likely = np.ones_like(minutes)
    if len(outside):
        west, south, east, north = streets.network.coverage
        scale = np.array(flat_scale((south + north) / 2))
        at = (np.column_stack((zones.lon, zones.lat))[outside] - ((west + east) / 2, (south + north) / 2)) * scale
        unit = at / np.maximum(np.hypot(*at.T), 1e-9)[:, None]
        apart = 1.0 - unit @ unit.T
        np.fill_diagonal(apart, 0.0)
        pairs = np.ix_(outside, outside)
        likely[pairs] = np.where(np.isfinite(minutes[pairs]), np.maximum(apart, 0.0), 0.0)
        minutes[pairs] = np.nan
    return Pairs(minutes, likely)
