"""Places to park and to store in a sentence, with "assumed" behind each thing that no source tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.planning.vehicles.towing.fees import fee_words
from clearway.record.parts import lasting_words
from clearway.words import joined

if TYPE_CHECKING:
    from collections.abc import Collection
    from zoneinfo import ZoneInfo

    from clearway.planning.vehicles.offer.places import ParkingPlace
    from clearway.planning.vehicles.towing.means import StoragePlace


def parking_words(one: ParkingPlace, zone: ZoneInfo) -> str:
    """``Room for 500 (assumed), from Mon 14 Feb 2022 18:30, one may drive back, height at most 2.1 m``."""
    return _sentence(
        _room(one.capacity, one.assumed),
        lasting_words(one.starts, one.ends, zone) + _mark({"starts", "ends"}, one.assumed)
        if one.starts or one.ends
        else "nobody said from when until when",
        one.hours and one.hours + _mark({"hours"}, one.assumed),
        one.to and f"for {one.to}" + _mark({"to"}, one.assumed),
        {True: "one may drive back", False: "one may not drive back", None: "nobody said whether one may drive back"}[
            one.come_back
        ]
        + _mark({"come_back"}, one.assumed),
        one.surface and one.surface + _mark({"surface"}, one.assumed),
        one.height_m and f"height at most {one.height_m:g} m" + _mark({"height_m"}, one.assumed),
        _where(one.assumed),
    )


def storage_words(one: StoragePlace) -> str:
    """``Room for 300 (assumed), 07:00-19:00 (assumed), secure, release: at the yard's office``."""
    secure = {True: "secure", False: "not secure", None: "nobody said whether it is secure"}[one.secure]
    return _sentence(
        _room(one.capacity, one.assumed),
        one.hours + _mark({"hours"}, one.assumed) if one.hours else "nobody said when it is open",
        secure + _mark({"secure"}, one.assumed),
        f"release: {one.release}" + _mark({"release"}, one.assumed)
        if one.release
        else "nobody said how an owner gets a vehicle back",
        (fees := fee_words(one)) and f"an owner pays: {fees}",
        f"if a vehicle is broken into: {one.break_in}" + _mark({"break_in"}, one.assumed)
        if one.break_in
        else "nobody said what is done if a vehicle is broken into",
        _where(one.assumed),
    )


def _room(capacity: int | None, assumed: Collection[str]) -> str:
    if capacity is None:
        return "nobody said how many fit"
    return f"room for {capacity:,}" + _mark({"capacity"}, assumed)


def _where(assumed: Collection[str]) -> str:
    return "its place on the map is assumed" if {"lon", "lat"} & set(assumed) else ""


def _mark(names: set[str], assumed: Collection[str]) -> str:
    return " (assumed)" if names & set(assumed) else ""


def _sentence(*parts: object) -> str:
    text = joined(*parts, by=", ")
    return f"{text[:1].upper()}{text[1:]}."
