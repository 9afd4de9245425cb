"""What a schedule of tow trucks claims, every figure checked to be of its kind."""

from __future__ import annotations

import math
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from clearway.errors import BadInput
from clearway.network.classes import SIZES
from clearway.planning.access.check.claim import ClosureClaim, GateClaim

if TYPE_CHECKING:
    from collections.abc import Mapping

REMEDY = "Give the JSON that 'clearway vehicles tow --json' prints."
_MOST = 2**31 - 1
"""No whole number of an answer is larger."""
_FORTNIGHT_S = 1_209_600
"""14 days of 86,400 seconds: later nothing is planned, as the format says."""
_DEAREST = 2**40
"""Prices of all jobs together stay below 2 ** 63."""
Windows = tuple[tuple[int, int], ...]


class StorageClaim(NamedTuple):
    """A storage place."""

    id: str
    lon: float
    lat: float
    way: int
    at_m: float
    capacity: int | None
    windows: Windows
    hours: str | None


class TruckClaim(NamedTuple):
    """A truck."""

    id: str
    operator: str | None
    heavy: bool
    size: int
    storage: str
    windows: Windows
    escort: bool


class StretchClaim(NamedTuple):
    """A stretch with vehicles."""

    name: str
    ways: tuple[int, ...]
    lane_moves: int
    vehicles: int


class ApproachClaim(NamedTuple):
    """Where trucks of one size come to a stretch."""

    stretch: int
    size: int
    way: int
    at_m: float
    after: tuple[int, ...]
    in_s: tuple[int | None, ...]
    out_s: tuple[int | None, ...]
    least_s: int


class TowClaim(NamedTuple):
    """One vehicle fetched."""

    id: str
    stretch: int
    vehicle: str
    heavy: bool
    step: int
    truck: str
    from_storage: str
    to_storage: str
    start_s: int
    arrive_s: int
    hooked_s: int
    at_yard_s: int
    done_s: int
    escort: int | None


class LeftClaim(NamedTuple):
    """Vehicles that nobody fetches."""

    stretch: int
    vehicle: str
    step: int
    number: int
    why: str


class PriceClaim(NamedTuple):
    """What each vehicle of a type on a stretch is worth that is towed for a step."""

    stretch: int
    vehicle: str
    step: int
    price: int


class StepClaim(NamedTuple):
    """When a step is done, and the prices that prove that it cannot be sooner."""

    vehicles: int
    left: int
    done_s: int | None
    at_least_s: int
    proven: bool
    prices: tuple[PriceClaim, ...]


class Claim(NamedTuple):
    """A whole schedule."""

    network: str
    starts: datetime | None
    sizes: tuple[tuple[float | None, ...] | None, ...]
    shut: tuple[ClosureClaim, ...]
    gates: tuple[GateClaim, ...]
    escorts: int | None
    escort_move_s: int
    hook_s: Mapping[str, int]
    yard_s: Mapping[str, int]
    storage: tuple[StorageClaim, ...]
    trucks: tuple[TruckClaim, ...]
    stretches: tuple[StretchClaim, ...]
    approaches: tuple[ApproachClaim, ...]
    tows: tuple[TowClaim, ...]
    left: tuple[LeftClaim, ...]
    steps: tuple[StepClaim, ...]


def read_claim(document: object) -> Claim:
    """The content of a parsed answer.

    Raises:
        BadInput: it is no such answer, or damaged.
    """
    if not isinstance(document, dict) or "tows" not in document:
        raise BadInput(f"This is not an answer of 'clearway vehicles tow'. {REMEDY}")
    try:
        return _claim(document)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadInput(f"The answer is damaged ({error!r}). {REMEDY}") from error


def _claim(item: Mapping[str, Any]) -> Claim:
    return Claim(
        str(item["network"]),
        None if item["starts"] is None else datetime.fromisoformat(item["starts"]),
        tuple(None if size is None else _size(size) for size in item["sizes"]),
        tuple(
            ClosureClaim(_whole(one["way"]), _open(one["at_m"]), bool(one["along"]), bool(one["against"]))
            for one in item["shut"]
            if one["ms"] is None
        ),
        tuple(
            GateClaim(_whole(one["way"]), _number(one["at_m"]), bool(one["along"]), bool(one["against"]), _whole(one["ms"]))
            for one in item["shut"]
            if one["ms"] is not None
        ),
        _whole_or_none(item["escorts"]),
        _whole(item["escort_move_s"]),
        {str(kind): _whole(one) for kind, one in item["hook_s"].items()},
        {str(kind): _whole(one) for kind, one in item["yard_s"].items()},
        tuple(map(_storage, item["storage"])),
        tuple(map(_truck, item["trucks"])),
        tuple(
            StretchClaim(str(one["name"]), tuple(map(_whole, one["ways"])), _whole(one["lane_moves"]), _whole(one["vehicles"]))
            for one in item["stretches"]
        ),
        tuple(map(_approach, item["approaches"])),
        tuple(map(_tow, item["tows"])),
        tuple(
            LeftClaim(_whole(one["stretch"]), str(one["vehicle"]), _whole(one["step"]), _whole(one["number"]), str(one["why"]))
            for one in item["not_towed"]
        ),
        tuple(
            StepClaim(
                _whole(one["vehicles"]), _whole(one["left"]), _whole_or_none(one["done_s"]), _whole(one["at_least_s"]),
                one["proven"] is True, tuple(map(_price, one["prices"])),
            )
            for one in item["steps"]
        ),
    )  # fmt: skip


def _size(size: Any) -> tuple[float | None, ...]:  # noqa: ANN401 - parsed JSON
    found = tuple(map(_open, size))
    if len(found) != len(SIZES):
        raise ValueError(f"{size!r} is not the size of a truck")
    return found


def _storage(one: Mapping[str, Any]) -> StorageClaim:
    return StorageClaim(
        str(one["id"]), _number(one["lon"]), _number(one["lat"]), _whole(one["way"]), _number(one["at_m"]),
        _whole_or_none(one["capacity"]), _windows(one["windows"]), None if one["hours"] is None else str(one["hours"]),
    )  # fmt: skip


def _truck(one: Mapping[str, Any]) -> TruckClaim:
    operator = None if one["operator"] is None else str(one["operator"])
    return TruckClaim(
        str(one["id"]), operator, _kind(one["kind"]), _whole(one["size"]), str(one["storage"]), _windows(one["windows"]),
        one["escort"] is True,
    )  # fmt: skip


def _approach(one: Mapping[str, Any]) -> ApproachClaim:
    return ApproachClaim(
        _whole(one["stretch"]), _whole(one["size"]), _whole(one["way"]), _number(one["at_m"]), tuple(map(_whole, one["after"])),
        tuple(map(_whole_or_none, one["in_s"])), tuple(map(_whole_or_none, one["out_s"])), _whole(one["least_s"]),
    )  # fmt: skip


def _tow(one: Mapping[str, Any]) -> TowClaim:
    return TowClaim(
        str(one["id"]), _whole(one["stretch"]), str(one["vehicle"]), _kind(one["kind"]), _whole(one["step"]), str(one["truck"]),
        str(one["from_storage"]), str(one["to_storage"]), _whole(one["start_s"], _FORTNIGHT_S),
        _whole(one["arrive_s"], _FORTNIGHT_S), _whole(one["hooked_s"], _FORTNIGHT_S), _whole(one["at_yard_s"], _FORTNIGHT_S),
        _whole(one["done_s"], _FORTNIGHT_S), _whole_or_none(one["escort"]),
    )  # fmt: skip


def _price(one: Mapping[str, Any]) -> PriceClaim:
    price = _whole(one["price"])
    if price > _DEAREST:
        raise ValueError(f"a price of {price} is more than any")
    return PriceClaim(_whole(one["stretch"]), str(one["vehicle"]), _whole(one["step"]), price)


def _kind(value: object) -> bool:
    if value not in ("light", "heavy"):
        raise ValueError(f"{value!r} is neither light nor heavy")
    return value == "heavy"


def _windows(value: Any) -> Windows:  # noqa: ANN401 - parsed JSON
    return tuple((_whole(first), _whole(end)) for first, end in value)


def _whole(value: object, most: int = _MOST) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise ValueError(f"{value!r} is not a whole number from 0 to {most:,}")
    return value


def _whole_or_none(value: object) -> int | None:
    return None if value is None else _whole(value)


def _open(value: object) -> float | None:
    return None if value is None else _number(value)


def _number(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        raise ValueError(f"{value!r} is not a number")
    return float(value)
