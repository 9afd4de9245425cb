"""What a balance of vehicles claims, every figure checked to be of its kind."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from clearway.planning.claims import claim_of, whole, whole_or_none

if TYPE_CHECKING:
    from collections.abc import Mapping

_ROLES = ("stand", "came", "left", "change", "parked")
_BOUNDS = ("least", "most", "stock", "denied", "branch")
_WAYS = ("stock", "came", "left")
_DEEPEST = 200
"""Splits in each other: as many as there can be statements."""


class StatementClaim(NamedTuple):
    """What one entry says; ``low`` and ``high`` are None where it has no such bound."""

    entry: str
    role: str
    group: str
    start: datetime
    end: datetime
    low: int | None
    high: int | None


class BranchClaim(NamedTuple):
    """A number of vehicles, by which it is and in which part and group, and the whole number below the cut."""

    way: str
    part: int
    group: str | None
    at: int


class ProofClaim(NamedTuple):
    """Bounds, each with its number and how often it is added; or a split or a branch into parts, each with a proof."""

    terms: tuple[tuple[str, int, int], ...]
    split: int | None
    branch: BranchClaim | None
    parts: tuple[ProofClaim, ...]


class MoveClaim(NamedTuple):
    """Vehicles that came and left in a part, and of which group; None: nobody spoke of them."""

    part: int
    group: str | None
    came: int
    left: int


class HistoryClaim(NamedTuple):
    """One way in which it can have been, without some entries."""

    without: frozenset[str]
    start: int
    moves: tuple[MoveClaim, ...]


class MomentClaim(NamedTuple):
    """Between which numbers the vehicles are at a moment, with what proves either."""

    at: datetime
    low: int
    high: int | None
    low_proof: ProofClaim | None
    high_proof: ProofClaim | None


class Claim(NamedTuple):
    """A whole answer; ``sets`` are the statements that cannot all hold, by their entries, each with its proof."""

    where: str
    start: datetime
    end: datetime
    statements: tuple[StatementClaim, ...]
    moments: tuple[MomentClaim, ...]
    sets: tuple[tuple[frozenset[str], ProofClaim], ...]
    is_all: bool
    without: frozenset[str]
    residual: int | None
    residual_proof: ProofClaim | None
    histories: tuple[HistoryClaim, ...]


def read_claim(document: object) -> Claim:
    """The content of a parsed answer.

    Raises:
        BadInput: it is no such answer, or damaged.
    """
    return claim_of(document, "histories", "clearway vehicles balance", _claim)


def _claim(item: Mapping[str, Any]) -> Claim:
    return Claim(
        str(item["where"]),
        _moment(item["start"]),
        _moment(item["end"]),
        tuple(map(_statement, item["statements"])),
        tuple(
            MomentClaim(
                _moment(one["at"]), whole(one["low"]), whole_or_none(one["high"]),
                _proof_or_none(one["low_proof"]), _proof_or_none(one["high_proof"]),
            )
            for one in item["moments"]
        ),
        tuple((frozenset(map(str, one["entries"])), _proof(one["proof"])) for one in item["contradictions"]),
        item["is_all"] is True,
        frozenset(map(str, item["without"])),
        whole_or_none(item["residual"]),
        _proof_or_none(item["residual_proof"]),
        tuple(
            HistoryClaim(frozenset(map(str, one["without"])), whole(one["start"]), tuple(map(_move, one["moves"])))
            for one in item["histories"]
        ),
    )  # fmt: skip


def _statement(one: Mapping[str, Any]) -> StatementClaim:
    low, high = (None if one[side] is None else _integer(one[side]) for side in ("low", "high"))
    role = _among(one["role"], _ROLES)
    return StatementClaim(
        str(one["entry"]), role, str(one["group"]), _moment(one["start"]), _moment(one["end"]), low, high
    )  # fmt: skip


def _move(one: Mapping[str, Any]) -> MoveClaim:
    group = None if one["group"] is None else str(one["group"])
    return MoveClaim(whole(one["part"]), group, whole(one["came"]), whole(one["left"]))


def _proof_or_none(one: Mapping[str, Any] | None) -> ProofClaim | None:
    return None if one is None else _proof(one)


def _proof(one: Mapping[str, Any], depth: int = 0) -> ProofClaim:
    if depth > _DEEPEST:
        raise ValueError("a proof is split too often")
    return ProofClaim(
        tuple((_among(term["bound"], _BOUNDS), whole(term["number"]), whole(term["times"])) for term in one["terms"]),
        whole_or_none(one["split"]),
        None if one.get("branch") is None else _branch(one["branch"]),
        tuple(_proof(part, depth + 1) for part in one["parts"]),
    )


def _branch(one: Mapping[str, Any]) -> BranchClaim:
    group = None if one["group"] is None else str(one["group"])
    return BranchClaim(_among(one["way"], _WAYS), whole(one["part"]), group, whole(one["at"]))


def _among(value: object, known: tuple[str, ...]) -> str:
    if value not in known:
        raise ValueError(f"{value!r} is none of {', '.join(known)}")
    return str(value)


def _moment(value: object) -> datetime:
    moment = datetime.fromisoformat(str(value))
    if moment.tzinfo is None:
        raise ValueError(f"{value!r} has no time zone")
    return moment


def _integer(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"{value!r} is not a whole number")  # noqa: TRY004 - all that is wrong with a figure is one kind
    return value
