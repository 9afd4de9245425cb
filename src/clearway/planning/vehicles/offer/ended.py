"""Offers that have ended, or end soon, while vehicles stand on their ground: how many, and what follows."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from clearway.planning.vehicles.offer.contract import OfferAlert
from clearway.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from clearway.planning.vehicles.offer.places import ParkingPlace

SOON = timedelta(hours=12)
"""Assumed: within this time owners must be told, so that they can come for their vehicles by day."""


def alerts(places: Sequence[ParkingPlace], now: datetime) -> Iterator[OfferAlert]:
    """An alert for each place whose offer has ended, or ends soon, with vehicles on it, or where nobody knows.

    Args:
        places: Offers.
        now: The moment asked about.
    """
    for one in places:
        if one.ends is None or now < one.ends - SOON:
            continue
        low = one.parked or 0
        high = max(low, one.parked_high or 0) if one.parked is not None or one.parked_high is not None else one.capacity
        if not high:
            continue
        ended = now >= one.ends
        is_room = high == one.capacity and "capacity" in one.assumed
        spaces = "; that so many fit is assumed" if is_room else ""
        number = counted(low, "vehicle") if low == high else f"{low} to {high} vehicles"
        unknown = "" if one.parked is not None or one.parked_high is not None else "; nobody counted them"
        verb = "has ended" if ended else "ends"
        stand = "stands" if number == "1 vehicle" else "stand"
        says = f"The offer of {one.name} {verb} on {one.ends:%a %d %b %H:%M}, and {number} {stand} there{unknown}{spaces}."
        yield OfferAlert(
            place=one.id, ended=ended, low=low, high=high, says=says, next_steps=tuple(_next(one, places, high, now))
        )


def _spaces(place: ParkingPlace, now: datetime) -> str:
    return f"{counted(place.room_at(now), 'space')}{', assumed' if 'capacity' in place.assumed else ''}"


def _next(place: ParkingPlace, places: Sequence[ParkingPlace], vehicles: int, now: datetime) -> Iterator[str]:
    yield f"Ask {place.by or 'whoever offers it'} for more time."
    others = [one for one in places if one is not place and one.room_at(now)]
    if others:
        room = sum(one.room_at(now) for one in others)
        enough = "enough for all" if room >= vehicles else f"{vehicles - room} too few"
        yield f"Offer {listed([f'{one.name} ({_spaces(one, now)})' for one in others])}: {enough}."
    else:
        yield "No other place has room: find one."
    back = {
        True: "They may drive back into the streets",
        False: "They may not drive back",
        None: "Nobody said whether they may drive back",
    }
    when = "now" if place.ends is not None and now >= place.ends else "before the time is over"
    yield f"{back[place.come_back]}: tell the owners {when}, and count those who leave."
