"""What a schedule of tow trucks claims, every figure checked to be of its kind."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from clearway.network.classes import SIZES
from clearway.planning.access.check.claim import ClosureClaim, GateClaim
from clearway.planning.claims import claim_of, number, whole, whole_or_none

if TYPE_CHECKING:
    from collections.abc import Mapping

_FORTNIGHT_S = 1_209_600
"""14 days of 86,400 seconds: later nothing is planned, as the format says."""
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
    return claim_of(document, "tows", "clearway vehicles tow", _claim)


def _claim(item: Mapping[str, Any]) -> Claim:
    return Claim(
        str(item["network"]),
        None if item["starts"] is None else datetime.fromisoformat(item["starts"]),
        tuple(None if size is None else _size(size) for size in item["sizes"]),
        tuple(
            ClosureClaim(whole(one["way"]), _open(one["at_m"]), bool(one["along"]), bool(one["against"]))
            for one in item["shut"]
            if one["ms"] is None
        ),
        tuple(
            GateClaim(whole(one["way"]), number(one["at_m"]), bool(one["along"]), bool(one["against"]), whole(one["ms"]))
            for one in item["shut"]
            if one["ms"] is not None
        ),
        whole_or_none(item["escorts"]),
        whole(item["escort_move_s"]),
        {str(kind): whole(one) for kind, one in item["hook_s"].items()},
        {str(kind): whole(one) for kind, one in item["yard_s"].items()},
        tuple(map(_storage, item["storage"])),
        tuple(map(_truck, item["trucks"])),
        tuple(
            StretchClaim(str(one["name"]), tuple(map(whole, one["ways"])), whole(one["lane_moves"]), whole(one["vehicles"]))
            for one in item["stretches"]
        ),
        tuple(map(_approach, item["approaches"])),
        tuple(map(_tow, item["tows"])),
        tuple(
            LeftClaim(whole(one["stretch"]), str(one["vehicle"]), whole(one["step"]), whole(one["number"]), str(one["why"]))
            for one in item["not_towed"]
        ),
        tuple(
            StepClaim(
                whole(one["vehicles"]), whole(one["left"]), whole_or_none(one["done_s"]), whole(one["at_least_s"]),
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
        str(one["id"]), number(one["lon"]), number(one["lat"]), whole(one["way"]), number(one["at_m"]),
        whole_or_none(one["capacity"]), _windows(one["windows"]), None if one["hours"] is None else str(one["hours"]),
    )  # fmt: skip


def _truck(one: Mapping[str, Any]) -> TruckClaim:
    operator = None if one["operator"] is None else str(one["operator"])
    return TruckClaim(
        str(one["id"]), operator, _kind(one["kind"]), whole(one["size"]), str(one["storage"]), _windows(one["windows"]),
        one["escort"] is True,
    )  # fmt: skip


def _approach(one: Mapping[str, Any]) -> ApproachClaim:
    return ApproachClaim(
        whole(one["stretch"]), whole(one["size"]), whole(one["way"]), number(one["at_m"]), tuple(map(whole, one["after"])),
        tuple(map(whole_or_none, one["in_s"])), tuple(map(whole_or_none, one["out_s"])), whole(one["least_s"]),
    )  # fmt: skip


def _tow(one: Mapping[str, Any]) -> TowClaim:
    return TowClaim(
        str(one["id"]), whole(one["stretch"]), str(one["vehicle"]), _kind(one["kind"]), whole(one["step"]), str(one["truck"]),
        str(one["from_storage"]), str(one["to_storage"]), whole(one["start_s"], _FORTNIGHT_S),
        whole(one["arrive_s"], _FORTNIGHT_S), whole(one["hooked_s"], _FORTNIGHT_S), whole(one["at_yard_s"], _FORTNIGHT_S),
        whole(one["done_s"], _FORTNIGHT_S), whole_or_none(one["escort"]),
    )  # fmt: skip


def _price(one: Mapping[str, Any]) -> PriceClaim:
    return PriceClaim(whole(one["stretch"]), str(one["vehicle"]), whole(one["step"]), whole(one["price"]))


def _kind(value: object) -> bool:
    if value not in ("light", "heavy"):
        raise ValueError(f"{value!r} is neither light nor heavy")
    return value == "heavy"


def _windows(value: Any) -> Windows:  # noqa: ANN401 - parsed JSON
    return tuple((whole(first), whole(end)) for first, end in value)


def _open(value: object) -> float | None:
    return None if value is None else number(value)
