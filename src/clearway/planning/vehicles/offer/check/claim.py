"""What an answer about an offer to park elsewhere claims, every figure checked to be of its kind."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from clearway.planning.access.check.claim import ClosureClaim, GateClaim
from clearway.planning.claims import claim_of, number, whole, whole_or_none

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class PlaceClaim(NamedTuple):
    """A place to park."""

    name: str
    way: int
    at_m: float
    room: int
    per_minute: float
    tall: bool
    come_back: bool | None
    shuts_s: int | None
    price: float


class LeaverClaim(NamedTuple):
    """A stretch whose vehicles are asked to leave."""

    stretch: str
    ways: tuple[int, ...]
    way: int
    at_m: float
    vehicles: int
    tall: int
    price: float
    tall_price: float


class SendClaim(NamedTuple):
    """Vehicles of a stretch and the place that they are sent to, both by number."""

    stretch: int
    place: int
    vehicles: int
    tall: bool
    drive_s: int
    arcs: tuple[int, ...]
    gates: tuple[str, ...]
    comes_back: bool | None
    streets: tuple[str, ...]


class PointClaim(NamedTuple):
    """A point at which a gate stands, with the directions in which it is passed."""

    way: int
    at_m: float
    along: bool
    against: bool


class LeavingClaim(NamedTuple):
    """A gate that lets vehicles out, or a point that will be shut."""

    label: str
    points: tuple[PointClaim, ...]
    per_minute: float | None
    wait_ms: int
    shuts_s: int | None


class QueueClaim(NamedTuple):
    """A gate, or the entrance of a place."""

    at: str
    place: int | None
    per_minute: float | None
    vehicles: int
    longest: int
    late: int
    last_s: int


class Shut(NamedTuple):
    """What is shut to vehicles, and what opens to them after a while."""

    closures: tuple[ClosureClaim, ...]
    gates: tuple[GateClaim, ...]


class Claim(NamedTuple):
    """A whole answer; ``drives`` are seconds out and back by numbers of stretch and place, None where no way leads."""

    network: str
    vehicles: int
    sent: int
    left: int
    late: int
    total_s: int
    places: tuple[PlaceClaim, ...]
    leavers: tuple[LeaverClaim, ...]
    drives: Mapping[tuple[int, int], tuple[int | None, int | None]]
    sends: tuple[SendClaim, ...]
    queues: tuple[QueueClaim, ...]
    empty_s: int | None
    out: Shut
    back: Shut
    gates: tuple[LeavingClaim, ...]
    at: datetime | None


def read_claim(document: object) -> Claim:
    """The content of a parsed answer.

    Raises:
        BadInput: it is no such answer, or damaged.
    """
    return claim_of(document, "leavers", "clearway vehicles offer", _claim)


def _claim(item: Mapping[str, Any]) -> Claim:
    prices = [number(one) for one in item["place_prices"]]
    places = tuple(_place(one, price) for one, price in zip(item["places"], prices, strict=True))
    leavers = tuple(map(_leaver, item["leavers"]))
    ends = len(leavers), len(places)
    drives = {
        (_below(one["stretch"], ends[0]), _below(one["place"], ends[1])): (
            whole_or_none(one["seconds"]),
            whole_or_none(one["back_seconds"]),
        )
        for one in item["drives"]
    }
    if len(drives) != ends[0] * ends[1]:
        raise ValueError("it does not say how far each place is from each stretch")
    return Claim(
        network=str(item["network"]),
        vehicles=whole(item["vehicles"]),
        sent=whole(item["sent"]),
        left=whole(item["left"]),
        late=whole(item["late"]),
        total_s=whole(item["total_s"]),
        places=places,
        leavers=leavers,
        drives=drives,
        sends=tuple(_send(one, ends) for one in item["sends"]),
        queues=tuple(_queue(one, ends[1]) for one in item["queues"]),
        empty_s=whole_or_none(item["empty_s"]),
        out=_shut(item["shut"]),
        back=_shut(item["shut_back"]),
        gates=tuple(map(_gate, item["gates"])),
        at=None if item["at"] is None else datetime.fromisoformat(str(item["at"])),
    )


def _shut(items: Iterable[Mapping[str, Any]]) -> Shut:
    closures: list[ClosureClaim] = []
    gates: list[GateClaim] = []
    for one in items:
        way, along, against = whole(one["way"]), one["along"] is True, one["against"] is True
        if one["ms"] is None:
            closures.append(ClosureClaim(way, None if one["at_m"] is None else number(one["at_m"]), along, against))
        else:
            gates.append(GateClaim(way, number(one["at_m"]), along, against, whole(one["ms"])))
    return Shut(tuple(closures), tuple(gates))


def _send(one: Mapping[str, Any], ends: tuple[int, int]) -> SendClaim:
    arcs = tuple(map(whole, one["arcs"]))
    if not arcs:
        raise ValueError("a drive has no streets")
    return SendClaim(
        _below(one["stretch"], ends[0]), _below(one["place"], ends[1]), whole(one["vehicles"]), one["tall"] is True,
        whole(one["drive_s"]), arcs, tuple(map(str, one["gates"])), _yes_or_no(one["comes_back"]),
        tuple(map(str, one["streets"])),
    )  # fmt: skip


def _queue(one: Mapping[str, Any], places: int) -> QueueClaim:
    return QueueClaim(
        str(one["at"]), None if one["place"] is None else _below(one["place"], places),
        None if one["per_minute"] is None else _rate(one["per_minute"]),
        *(whole(one[name]) for name in ("vehicles", "longest", "late", "last_s")),
    )  # fmt: skip


def _gate(one: Mapping[str, Any]) -> LeavingClaim:
    points = tuple(
        PointClaim(whole(at["way"]), number(at["at_m"]), at["along"] is True, at["against"] is True) for at in one["points"]
    )
    rate = None if one["per_minute"] is None else _rate(one["per_minute"])
    return LeavingClaim(str(one["label"]), points, rate, whole(one["wait_ms"]), whole_or_none(one["shuts_s"]))


def _place(one: Mapping[str, Any], price: float) -> PlaceClaim:
    return PlaceClaim(
        str(one["name"]), whole(one["way"]), number(one["at_m"]), whole(one["room"]), _rate(one["per_minute"]),
        one["tall"] is True, _yes_or_no(one["come_back"]), whole_or_none(one["shuts_s"]), price,
    )  # fmt: skip


def _leaver(one: Mapping[str, Any]) -> LeaverClaim:
    vehicles = whole(one["vehicles"])
    return LeaverClaim(
        str(one["stretch"]), tuple(map(whole, one["ways"])), whole(one["way"]), number(one["at_m"]), vehicles,
        _below(one["tall"], vehicles + 1), number(one["price"]), number(one["tall_price"]),
    )  # fmt: skip


def _yes_or_no(value: object) -> bool | None:
    if value is not None and not isinstance(value, bool):
        raise ValueError(f"{value!r} is neither true nor false")
    return value


def _rate(value: object) -> float:
    rate = number(value)
    if rate <= 0:
        raise ValueError(f"{value!r} is not a number above 0")
    return rate


def _below(value: object, end: int) -> int:
    if (number := whole(value)) >= end:
        raise ValueError(f"{value!r} is none of {end}")
    return number
