"""The class *leaving*: what lets vehicles out that leave for good, in which direction, until when, and who may come back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from clearway.network.classes import MOTOR_CLASSES, class_mask
from clearway.network.closures import Closure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from clearway.network.classes import VehicleClassName
    from clearway.network.model import Network

VEHICLE_CLASS: VehicleClassName = "general"
"""On whose streets they drive, and whom they are once they are out."""
Sides = tuple[bool, bool]
"""Of a way: along it, and against it."""
BOTH: Sides = (True, True)
_LOOKED_AHEAD_MIN = 24 * 60
"""Within a day all have left, or somebody asks again."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A point on a way, or a whole way, as vehicles that leave find it.

    Attributes:
        way: Way index.
        at_m: Metres from the way's tail; None: the whole way.
        label: What people call it.
        out: Whether those who leave pass, along the way and against it.
        back: Whether those who left pass when they drive back.
        stops: In which directions somebody stops those who pass.
        delay_s: Seconds until one who may pass is let through.
        until: From when on it lets nobody out whom it lets out now; None: no such moment is known.
        is_assumed: Whether nobody said that they are let out.
        opens: From when on it lets those out whom it does not let out now; None: no such moment is known.
    """

    way: int
    at_m: float | None
    label: str
    out: Sides = BOTH
    back: Sides = BOTH
    stops: Sides = (False, False)
    delay_s: float = 0.0
    until: datetime | None = None
    is_assumed: bool = False
    opens: datetime | None = None

    @property
    def is_gate(self) -> bool:
        """Whether it lets some out, and stops them for it."""
        return self.at_m is not None and any(let and stops for let, stops in zip(self.out, self.stops, strict=True))


def checkpoints_of(closures: Iterable[Closure], at: datetime | None) -> Iterator[Checkpoint]:
    """Closures as vehicles that leave find them at a moment.

    A point that opens for some motor class is staffed, and whoever staffs it lets them out, unless it says otherwise; only who
    may pass in any case comes back. A whole street is a point too where it will be shut (:func:`located`).

    Args:
        closures: Barriers, gates and streets, with their times.
        at: In the zone of their hours; None: nobody said when, and all of them count.
    """
    own, motor = class_mask([VEHICLE_CLASS]), class_mask(MOTOR_CLASSES)
    for one in closures:
        passes = not one.shuts & own
        opens = one.at_m is not None and (motor & ~one.shuts > 0 or one.lets_out is True)
        out = one.lets_out is not False and (passes or opens)
        if passes and out and one.delay_s <= 0:
            continue
        in_force = one.is_in_force(at)
        until = None if out or at is None else first_minute(at, one.is_in_force)
        if not in_force and until is None:
            continue
        held = (one.along, one.against)
        yield Checkpoint(
            one.way,
            one.at_m,
            one.label,
            out=_open(held, is_open=out or not in_force),
            back=_open(held, is_open=passes or not in_force),
            stops=held if in_force and one.at_m is not None else (False, False),
            delay_s=one.delay_s if in_force else 0.0,
            until=None if in_force else until,
            is_assumed=in_force and out and not passes and one.lets_out is None,
            opens=_opens(one, at) if in_force and not out else None,
        )


def located(points: Iterable[Checkpoint], network: Network) -> Iterator[Checkpoint]:
    """The same points, each with a name; a whole street that will be shut is left in time by who has passed its middle.

    Args:
        points: As vehicles that leave find them.
        network: Says how long streets are, and what they are called.
    """
    for one in points:
        at_m = float(network.way_length_m[one.way]) / 2 if one.at_m is None and one.until is not None else one.at_m
        where = "" if one.at_m is None else f" at {one.at_m:.0f} m"
        yield replace(one, at_m=at_m, label=one.label or f"{network.street(one.way) or f'way {one.way}'}{where}")


def _opens(one: Closure, at: datetime | None) -> datetime | None:
    """When a closure that is in force is so no longer, within a day."""
    if at is None or (one.ends is None and not one.hours):
        return None
    return first_minute(at, lambda later: not one.is_in_force(later))


def closures_out(points: Iterable[Checkpoint], *, back: bool = False) -> Iterator[Closure]:
    """What vehicles that leave find shut, or that opens after a while; with ``back`` what those find who left."""
    own = class_mask([VEHICLE_CLASS])
    for one in points:
        open_to = one.back if back else one.out
        if not all(open_to):
            yield Closure(one.way, own, at_m=one.at_m, along=not open_to[0], against=not open_to[1], label=one.label)
        waits = tuple(let and stops for let, stops in zip(open_to, one.stops, strict=True))
        if one.delay_s > 0 and any(waits):
            yield Closure(
                one.way, 0, at_m=one.at_m, along=waits[0], against=waits[1], label=one.label, delay_s=one.delay_s
            )  # fmt: skip


def first_minute(at: datetime, is_so: Callable[[datetime], bool]) -> datetime | None:
    """The first whole minute within a day after a moment at which something is so that is not so then; None: there is none."""
    start = at.replace(second=0, microsecond=0)
    moments = (start + timedelta(minutes=minute) for minute in range(1, _LOOKED_AHEAD_MIN + 1))
    return None if is_so(at) else next((one for one in moments if is_so(one)), None)


def _open(held: Sides, *, is_open: bool) -> Sides:
    return (is_open or not held[0], is_open or not held[1])
