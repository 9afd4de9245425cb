"""Which address somebody means: by what it is called, or by a position."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

import numpy as np

from clearway.errors import NotFound
from clearway.network.geometry import flat_scale

if TYPE_CHECKING:
    from clearway.planning.street_names import StreetNames

FARTHEST_M = 200.0
"""From a position to the nearest address: farther off, another one was meant."""
_NAMED = 5
"""As many as fit a line of a terminal."""
_POLE = 90.0
"""Degrees."""
_REMEDY = "Give longitude first, then latitude, of a place on this network."


def address_of(names: StreetNames, text: str) -> int:
    """The address that a text means: "12 Hill Street" as the network spells it, or "174.7771,-41.2784".

    Args:
        names: Of the network.
        text: What somebody typed; case and double spaces do not count.

    Returns:
        Its index; of several with the same name the first.

    Raises:
        NotFound: the network has none of that name, or none within ``FARTHEST_M`` of that position.
    """
    network = names.network
    if not network.address_count:
        raise NotFound("This network has no addresses. Import it again from data that have some.")
    if position := _position(text):
        return _nearest(names, *position)
    wanted = _folded(text)
    called = {_folded(names.address(address)): address for address in reversed(range(network.address_count))}
    if wanted in called:
        return called[wanted]
    alike = [names.address(called[name]) for name in get_close_matches(wanted, called, n=_NAMED, cutoff=0.5)]
    near = f" Do you mean {_or(alike)}?" if alike else ""
    raise NotFound(
        f"No {network.address_noun} of this network is called {text!r}.{near} A position works too: 174.7771,-41.2784."
    )


def _or(names: list[str]) -> str:
    return " or ".join(filter(None, ("; ".join(names[:-1]), names[-1])))


def _nearest(names: StreetNames, lon: float, lat: float) -> int:
    network = names.network
    if abs(lat) > _POLE:
        raise NotFound(f"There is no latitude {lat:g}. {_REMEDY}")
    per_lon, per_lat = flat_scale(lat)
    metres = np.hypot((network.address_lon - lon) * per_lon, (network.address_lat - lat) * per_lat)
    nearest = int(metres.argmin())
    if metres[nearest] > FARTHEST_M:
        raise NotFound(
            f"The nearest {network.address_noun} to {lon:g},{lat:g} lies {metres[nearest] / 1000:,.1f} km away. {_REMEDY}"
        )
    return nearest


def _position(text: str) -> tuple[float, float] | None:
    parts = text.split(",")
    try:
        lon, lat = (float(part) for part in parts)
    except ValueError:
        return None
    return (lon, lat) if np.isfinite([lon, lat]).all() else None


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
