"""What a choice of gates must hold: who must get where, and how soon.

The measure is the most open choice, in which every barrier is staffed that may be: what nobody reaches then, no choice of gates
could reach. Shutting a barrier, or opening it more slowly, never brings anybody there sooner.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from clearway.network.model import NEVER_MS
from clearway.planning.plan.drives import Drive, help_drive
from clearway.planning.plan.gate_choice.options import delay_s
from clearway.planning.plan.passages import vehicle_of
from clearway.record.classes import HELP

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from clearway.network.model import Ints, Longs
    from clearway.planning.access.planner.services import Staffed
    from clearway.planning.access.planner.timing import AccessTimer
    from clearway.planning.plan.drives import Cuts, Delays
    from clearway.planning.plan.gate_choice.contract import GateWishes
    from clearway.planning.plan.gate_choice.options import Assignment, Option
    from clearway.record.kinds.plans import TrafficPlan

_BESIDE_M = 1.0
"""Who stands before a barrier stands this far from it."""


@dataclass(frozen=True, eq=False)
class Demand:
    """Drives that must end in time.

    Attributes:
        drive: Who drives, from where, to which addresses.
        limit_ms: (D,) milliseconds to each address within which the drive must end; ``NEVER_MS`` where nothing is asked.
        is_longer: Whether the wish how much longer a way may become is added to that.
        blocked: The place of the barrier that somebody has blocked; None: none is.
    """

    drive: Drive
    limit_ms: Longs
    is_longer: bool = False
    blocked: int | None = None


class Crossing:
    """The barriers of a plan with their options.

    Args:
        plan: The plan.
        options: Of each barrier, the most open one first.
        cuts: Where each stands.
        at: When; None counts every rule.
    """

    def __init__(
        self, plan: TrafficPlan, options: tuple[tuple[Option, ...], ...], cuts: tuple[Cuts, ...], at: datetime | None
    ) -> None:
        self.options, self.cuts = options, cuts
        self.most_open: Assignment = (0,) * len(options)
        self._plan, self._at = plan, at
        self._delays: dict[str, tuple[Delays, ...]] = {}

    def delays_of(self, who: str) -> tuple[Delays, ...]:
        """Of each barrier, for each of its options, the seconds until somebody is through; None: never."""
        if who not in self._delays:
            self._delays[who] = tuple(
                tuple(delay_s(self._plan, option, who, self._at) for option in options) for options in self.options
            )
        return self._delays[who]

    def delays(self, chosen: Assignment, who: str, blocked: int | None = None) -> Delays:
        """Seconds until somebody is through each barrier under a choice; None: never."""
        return tuple(
            None if barrier == blocked else delays[option]
            for barrier, (delays, option) in enumerate(zip(self.delays_of(who), chosen, strict=True))
        )

    def passes(self, who: str) -> bool:
        """Whether any choice lets somebody in at any barrier."""
        return any(delay is not None for delays in self.delays_of(who) for delay in delays)


def help_demands(
    crossing: Crossing, timer: AccessTimer, services: Sequence[Staffed], *, one_blocked: bool
) -> tuple[list[Demand], int]:
    """That help comes, within its standard where it could; and how many addresses it could not reach in time by any choice."""
    found: list[Demand] = []
    late = np.zeros(timer.network.address_count, np.bool_)
    for one in services:
        drive = help_drive(timer, one, crossing.cuts)
        within_ms = min(round(one.service.within_s * 1000), NEVER_MS - 1)
        late |= drive.ms(_open(crossing, HELP)) > within_ms
        drive = drive.only(drive.ms(_open(crossing, HELP)) != drive.ms(_shut(crossing)))
        reached = drive.ms(_open(crossing, HELP))
        found.append(Demand(drive, np.where(reached <= within_ms, within_ms, _ever(reached))))
        if one_blocked:
            found += [
                Demand(drive, _ever(drive.ms(crossing.delays(crossing.most_open, HELP, barrier))), blocked=barrier)
                for barrier, delays in enumerate(crossing.delays_of(HELP))
                if any(delay is not None for delay in delays)
            ]
    return found, int(late.sum())


def people_demands(crossing: Crossing, timer: AccessTimer, wishes: GateWishes) -> Iterator[Demand]:
    """That ways of people stay short: from either side of each barrier to every address that barriers cut off from there."""
    for who in wishes.people:
        if not crossing.passes(who):
            continue
        graph = timer.graph(vehicle_of(who))
        for options, cuts in zip(crossing.options, crossing.cuts, strict=True):
            for way, at_m in cuts:
                length = float(timer.network.way_length_m[way])
                for beside_m in (max(at_m - _BESIDE_M, 0.0), min(at_m + _BESIDE_M, length)):
                    name = f"{who} at {options[0].barrier.id}"
                    drive = Drive(name, who, graph, [(way, beside_m, 0.0)], [0], crossing.cuts)
                    reached = drive.ms(_open(crossing, who))
                    cut_off = (reached < NEVER_MS) & (drive.ms(_shut(crossing)) == NEVER_MS)
                    if cut_off.any():
                        drive = drive.only(cut_off)
                        yield Demand(drive, drive.ms(_open(crossing, who)).astype(np.int64), is_longer=True)


def _open(crossing: Crossing, who: str) -> Delays:
    return crossing.delays(crossing.most_open, who)


def _shut(crossing: Crossing) -> Delays:
    return (None,) * len(crossing.options)


def _ever(reached: Ints) -> Longs:
    """Whoever is reached must be reached, however late."""
    return np.where(reached < NEVER_MS, NEVER_MS - 1, NEVER_MS).astype(np.int64)
