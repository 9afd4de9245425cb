"""Gates on the drives out, and the queues before them and before the entrances of places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.errors import BadInput
from clearway.planning.vehicles.offer.contract import GatePoint, LeavingGate, Queue
from clearway.planning.vehicles.offer.places import PER_MINUTE
from clearway.planning.vehicles.offer.queues import Line, Server, served
from clearway.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from clearway.planning.vehicles.offer.contract import OfferedPlace, SentTo
    from clearway.planning.vehicles.offer.drives import DriveOut
    from clearway.planning.vehicles.offer.leaving import Checkpoint

_MINUTE_MS = 60_000
"""By definition."""


def refuse_unknown_gates(rates: Mapping[str, float], points: Sequence[Checkpoint]) -> Mapping[str, float]:
    """The rates of gates as they were given.

    Raises:
        BadInput: a rate is given of a gate that lets nobody out.
    """
    known = sorted({one.label for one in points if one.is_gate})
    if unknown := [name for name in rates if name not in known]:
        raise BadInput(f"No gate that lets vehicles out is called {listed(unknown)}. There are {listed(known) or 'none'}.")
    return rates


def gates_of(
    points: Sequence[Checkpoint], *, at: datetime | None, per_minute: float | None, rates: Mapping[str, float]
) -> tuple[LeavingGate, ...]:
    """Each gate that lets vehicles out, and each point that will be shut: the points of one barrier are one gate.

    Where nobody said its rate, a gate lets six through in a minute, or as many as its opening seconds allow where those are
    fewer.

    Args:
        points: As vehicles that leave find them.
        at: When they leave.
        per_minute: Of all gates; None: nobody said.
        rates: Of one gate, by its label.
    """
    by_label: dict[str, list[Checkpoint]] = {}
    for one in points:
        if one.at_m is not None and (one.is_gate or one.until is not None):
            by_label.setdefault(one.label, []).append(one)
    return tuple(_gate(label, own, at, rates.get(label, per_minute)) for label, own in by_label.items())


def _gate(label: str, own: Sequence[Checkpoint], at: datetime | None, said: float | None) -> LeavingGate:
    wait_s = max(one.delay_s for one in own)
    assumed = min(PER_MINUTE, 60 / wait_s) if wait_s else PER_MINUTE
    shut = [max(int((one.until - at).total_seconds()), 0) for one in own if one.until is not None and at is not None]
    return LeavingGate(
        label=label,
        points=tuple(_points(own)),
        per_minute=(said or assumed) if any(one.is_gate for one in own) else None,
        wait_ms=round(wait_s * 1000),
        shuts_s=min(shut, default=None),
    )


def _points(own: Sequence[Checkpoint]) -> Iterator[GatePoint]:
    for one in own:
        if one.at_m is not None:
            along, against = (let and (stops or one.until is not None) for let, stops in zip(one.out, one.stops, strict=True))
            yield GatePoint(way=one.way, at_m=one.at_m, along=along, against=against)


def queues_of(
    sends: Sequence[SentTo],
    drives: Sequence[Sequence[DriveOut | None]],
    points: Sequence[Checkpoint],
    gates: Sequence[LeavingGate],
    places: Sequence[OfferedPlace],
) -> tuple[Queue, ...]:
    """All leave at once; at each gate of their drive in turn, and then at the entrance, one after another."""
    number = {gate.label: at for at, gate in enumerate(gates)}
    servers = [
        *(Server(_each_ms(one.per_minute), one.wait_ms, None if one.shuts_s is None else 1000 * one.shuts_s) for one in gates),
        *(Server(_each_ms(one.per_minute), 0, None if one.shuts_s is None else 1000 * one.shuts_s) for one in places),
    ]
    lines = []
    for send in sorted(sends, key=lambda one: (one.stretch, one.place, one.tall)):
        drive = drives[send.stretch][send.place]
        if drive is not None:
            met = [(number[points[one.point].label], one.ms) for one in drive.met]
            lines.append(Line(send.vehicles, _stops([*met, (len(gates) + send.place, drive.ms)])))
    queues = []
    for at, one in enumerate(served(lines, servers)):
        place = at - len(gates) if at >= len(gates) else None
        through = one.through_ms
        if through or one.late:
            queues.append(
                Queue(
                    at=gates[at].label if place is None else places[place].name, place=place,
                    per_minute=gates[at].per_minute if place is None else places[place].per_minute, vehicles=len(through),
                    longest=one.longest, late=one.late, last_s=-(-max(through, default=0) // 1000),
                )
            )  # fmt: skip
    return tuple(queues)


def _each_ms(per_minute: float | None) -> int:
    return 0 if per_minute is None else round(_MINUTE_MS / per_minute)


def _stops(met: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Servers with milliseconds since the one before; a gate that is met twice running is one."""
    kept = [one for at, one in enumerate(met) if not at or one[0] != met[at - 1][0]]
    return tuple((server, ms - (kept[at - 1][1] if at else 0)) for at, (server, ms) in enumerate(kept))
