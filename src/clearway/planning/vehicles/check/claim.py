"""What a staircase claims, every figure checked to be of its kind; and what of a tally it is held against."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from clearway.planning.access.check.claim import ClosureClaim, GateClaim, StationClaim
from clearway.planning.claims import claim_of, number, whole

if TYPE_CHECKING:
    from collections.abc import Mapping


class Standing(Protocol):
    """The vehicles on a stretch of street, as the tally has them."""

    @property
    def name(self) -> str:
        """As it was written."""

    @property
    def ways(self) -> tuple[int, ...]:
        """Way indexes."""

    @property
    def total(self) -> int:
        """All vehicles that stand there."""

    @property
    def across(self) -> int:
        """Those in the carriageway."""

    @property
    def lane_moves(self) -> int:
        """How many of those must go until help can drive a lane; 0 where it can."""


class NeedClaim(NamedTuple):
    """Of some stretches one must be freed, for somebody is unserved else: stretches with levels, and who it is."""

    any_of: tuple[tuple[int, int], ...]
    service: str
    address: int
    within_ms: int | None
    blocked: int | None


class StepClaim(NamedTuple):
    """A step: its wish, what it moves, and what is free of each stretch then."""

    wish: str
    ways: tuple[int, ...]
    more: int
    vehicles: int
    proven: bool
    served: int
    never: int
    moved: tuple[tuple[str, int], ...]
    levels: tuple[int, ...]
    needs: tuple[NeedClaim, ...]


class HelpClaim(NamedTuple):
    """A service: what it drives, its standard, where it starts, what else is shut to it."""

    service: str
    vehicle_class: str
    size: tuple[float | None, ...] | None
    within_ms: int
    starts: tuple[StationClaim, ...]
    shut: tuple[ClosureClaim, ...]
    gates: tuple[GateClaim, ...]


class Claim(NamedTuple):
    """A whole staircase."""

    network: str
    stretches: int
    vehicles: int
    across: int
    help: tuple[HelpClaim, ...]
    steps: tuple[StepClaim, ...]


def read_claim(document: object) -> Claim:
    """The content of a parsed answer.

    Raises:
        BadInput: it is no such answer, or damaged.
    """
    return claim_of(document, "steps", "clearway vehicles clear", _claim)


def _claim(item: Mapping[str, Any]) -> Claim:
    return Claim(
        str(item["network"]),
        whole(item["stretches"]),
        whole(item["vehicles"]),
        whole(item["across"]),
        tuple(map(_help, item["help"])),
        tuple(map(_step, item["steps"])),
    )


def _help(item: Mapping[str, Any]) -> HelpClaim:
    size = None if item["size"] is None else tuple(None if one is None else number(one) for one in item["size"])
    shut = [
        (whole(one["way"]), None if one["at_m"] is None else number(one["at_m"]), bool(one["along"]), bool(one["against"]))
        for one in item["shut"]
        if one["ms"] is None
    ]
    gates = [
        (whole(one["way"]), number(one["at_m"]), bool(one["along"]), bool(one["against"]), whole(one["ms"]))
        for one in item["shut"]
        if one["ms"] is not None
    ]
    return HelpClaim(
        str(item["service"]),
        str(item["vehicle_class"]),
        size,
        whole(item["within_ms"]),
        tuple(map(_start, item["starts"])),
        tuple(ClosureClaim(*one) for one in shut),
        tuple(GateClaim(*one) for one in gates),
    )


def _start(item: Mapping[str, Any]) -> StationClaim:
    return StationClaim(
        str(item["name"]),
        number(item["lon"]),
        number(item["lat"]),
        whole(item["way"]),
        number(item["at_m"]),
        whole(item["turnout_ms"]),
    )


def _step(item: Mapping[str, Any]) -> StepClaim:
    return StepClaim(
        str(item["wish"]),
        tuple(map(whole, item["ways"])),
        whole(item["more"]),
        whole(item["vehicles"]),
        item["proven"] is True,
        whole(item["served"]),
        whole(item["never"]),
        tuple((str(one["stretch"]), whole(one["move"])) for one in item["moved"]),
        tuple(map(whole, item["levels"])),
        tuple(map(_need, item["needs"])),
    )


def _need(item: Mapping[str, Any]) -> NeedClaim:
    return NeedClaim(
        tuple((whole(place), whole(level)) for place, level in item["any_of"]),
        str(item["service"]),
        whole(item["address"]),
        *(None if item[name] is None else whole(item[name]) for name in ("within_ms", "blocked")),
    )
