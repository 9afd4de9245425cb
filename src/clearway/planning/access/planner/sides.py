"""One side of an answer, before or after: how many are reached, how soon, and why the others are not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from clearway.network.model import NEVER_MS
from clearway.planning.access.planner.contract import AccessSide, FullAccessSide, UnreachedAddress

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clearway.network.model import Floats, Ints
    from clearway.planning.street_names import StreetNames

QUANTILES = {"p50": 50.0, "p90": 90.0, "max": 100.0}
_DEGREE_DECIMALS = 7
"""A centimetre."""


@dataclass(frozen=True, eq=False)
class Why:
    """Why addresses are not reached, and how far they lie on foot. D addresses.

    Attributes:
        cut_off: The closures that cut off an address, as indexes into ``labels``.
        labels: What the closures are called.
        too_large: The places that are too tight for the vehicle of an address, as indexes into ``tight``.
        tight: What these are called.
        on_foot_m: (D,) metres on foot from where vehicles get to.
    """

    cut_off: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    labels: Sequence[str] = ()
    too_large: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    tight: Sequence[str] = ()
    on_foot_m: Floats | None = None


def full_side(names: StreetNames, ms: Ints, why: Why) -> FullAccessSide:
    """How many are reached and how soon, with every address that is not.

    Args:
        names: Of the network.
        ms: (D,) milliseconds to each address.
        why: Why the others are not reached.
    """
    side = side_of(ms)
    return FullAccessSide(
        **dict(side),
        addresses=names.network.address_count,
        unreached=tuple(
            UnreachedAddress.model_construct(
                **address_fields(names, address),
                cut_off_by=tuple(why.labels[index] for index in why.cut_off.get(address, ())),
                closures=why.cut_off.get(address, ()),
                too_large_for=tuple(dict.fromkeys(why.tight[index] for index in why.too_large.get(address, ()))),
                on_foot_m=_metres(why.on_foot_m, address),
            )
            for address in np.flatnonzero(ms == NEVER_MS).tolist()
        ),
        seconds={name: getattr(side, name) for name in QUANTILES},
    )


def _metres(on_foot_m: Floats | None, address: int) -> float | None:
    metres = np.inf if on_foot_m is None else float(on_foot_m[address])
    return round(metres, 1) if np.isfinite(metres) else None


def side_of(ms: Ints) -> AccessSide:
    """How many are reached, and the median, the ninth decile and the longest of their times; None where nobody is."""
    reached = ms[ms < NEVER_MS]
    seconds = {
        name: round(float(np.percentile(reached, share)) / 1000, 3) if len(reached) else None
        for name, share in QUANTILES.items()
    }
    return AccessSide(reached=len(reached), unreached_count=len(ms) - len(reached), **seconds)


def address_fields(names: StreetNames, address: int) -> dict[str, Any]:
    """The fields of an :class:`Address`."""
    network, way = names.network, int(names.network.address_way[address])
    return {
        "address": address,
        "label": names.address(address),
        "street": names.street(way),
        "way": int(network.way_source[way]),
        "lon": round(float(network.address_lon[address]), _DEGREE_DECIMALS),
        "lat": round(float(network.address_lat[address]), _DEGREE_DECIMALS),
    }
