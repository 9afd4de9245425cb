"""The search for the best choice: a small program, and needs that are added until its answer meets every demand.

A choice that brings somebody too late proves a need: opened as far as it can be while they still come too late, some barrier
must open further than that. Opening further never brings anybody later, so the need holds for every choice; and the least sum
over the needs found so far is a bound on the least of all (implicit hitting sets: E. Moreno-Centeno, R. Karp, "The implicit
hitting set approach", Operations Research 61, 2013).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from clearway.planning.cordon.planner.program import TimeUp
from clearway.planning.plan.gate_choice.program import GateProgram

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Bools, Ints
    from clearway.planning.cordon.planner.steps import Steps
    from clearway.planning.plan.gate_choice.demands import Crossing, Demand
    from clearway.planning.plan.gate_choice.options import Assignment
    from clearway.planning.plan.gate_choice.program import Choice

    Costs = Sequence[Sequence[int]]

_BLOCK = 8
"""Barriers that are put in order by one program: 3 options each are 6,561 orders, far from where floats round."""
_OPTIONS = 3
"""Staffed, swing, shut."""


class GateSearch:
    """The best choice by staff, then by the longest way, then by the number of gates, then by the order of the plan.

    ``chosen`` is the best so far, and meets every demand; ``staff_bound`` is proved.

    Args:
        crossing: The barriers.
        demands: What must hold.
        longer_ms: How much longer ways may become.
        steps: Whose limit ends it early.
    """

    def __init__(self, crossing: Crossing, demands: Sequence[Demand], longer_ms: int, steps: Steps) -> None:
        self._crossing, self._demands, self._steps = crossing, demands, steps
        self._program = GateProgram([len(options) for options in crossing.options])
        self._needs: dict[frozenset[Choice], float] = {}
        self._staff = [[option.staff for option in options] for options in crossing.options]
        self._gates = [[int(option.barrier.is_gate) for option in options] for options in crossing.options]
        self.chosen: Assignment = crossing.most_open
        self.longer_ms = longer_ms
        self.staff_bound = 0
        self.proven = False

    def run(self) -> None:
        """Follow the priorities as far as the time allows."""
        try:
            self._fewest_staff()
            self._shortest_ways()
            self._fewest_gates()
            self._first_in_plan()
            self.proven = True
        except TimeUp:
            return

    def staff(self, chosen: Assignment) -> int:
        """How many people a choice takes."""
        return _sum(self._staff, chosen)

    def worst_longer_ms(self, chosen: Assignment) -> int | None:
        """By how much the way of those becomes longest whose ways are to stay short; None where nobody is concerned."""
        return max((int((self.ms(one, chosen) - one.limit_ms).max()) for one in self._demands if one.is_longer), default=None)

    def ms(self, demand: Demand, chosen: Assignment) -> Ints:
        """(D,) milliseconds to each address of a demand under a choice."""
        return demand.drive.ms(self._crossing.delays(chosen, demand.drive.who, demand.blocked))

    def late(self, demand: Demand, chosen: Assignment) -> Bools:
        """(D,) the addresses of a demand that a choice does not reach in time."""
        limit_ms = demand.limit_ms + self.longer_ms if demand.is_longer else demand.limit_ms
        late: Bools = self.ms(demand, chosen) > limit_ms
        return late

    def _fewest_staff(self) -> None:
        self.chosen = self._least(self._staff) or self.chosen

    def _shortest_ways(self) -> None:
        """Halve the seconds by which ways may become longer, until none fewer will do."""
        worst_ms = self.worst_longer_ms(self.chosen)
        if worst_ms is None:
            return
        least, most = 0, -(-worst_ms // 1000)
        while least < most:
            self.longer_ms = (least + most) // 2 * 1000
            found = self._least(self._gates, self._as_few_staff)
            if found is None:
                least = self.longer_ms // 1000 + 1
            else:
                self.chosen, most = found, -(-(self.worst_longer_ms(found) or 0) // 1000)
        self.longer_ms = most * 1000

    def _fewest_gates(self) -> None:
        self.chosen = self._least(self._gates, self._as_few_staff) or self.chosen

    def _first_in_plan(self) -> None:
        """Of equal choices the one that opens most at the barriers that the plan names first."""
        few = (*self._as_few_staff, (self._gates, _sum(self._gates, self.chosen)))
        held: list[frozenset[Choice]] = []
        for first in range(0, len(self._staff), _BLOCK):
            block = range(first, min(first + _BLOCK, len(self._staff)))
            order = [
                [option * _OPTIONS ** (block.stop - 1 - barrier) if barrier in block else 0 for option in range(len(options))]
                for barrier, options in enumerate(self._staff)
            ]
            self.chosen = self._least(order, few, held) or self.chosen
            held += [frozenset({(barrier, self.chosen[barrier])}) for barrier in block]

    @property
    def _as_few_staff(self) -> tuple[tuple[Costs, int], ...]:
        return ((self._staff, self.staff(self.chosen)),)

    def _least(
        self, cost: Costs, limits: Sequence[tuple[Costs, int]] = (), held: Sequence[frozenset[Choice]] = ()
    ) -> Assignment | None:
        """The cheapest choice that meets every demand; None where there is none.

        Raises:
            TimeUp: the time ended.
        """
        while True:
            self._steps.check()
            if self._steps.late:
                raise TimeUp
            needs = [need for need, within_ms in self._needs.items() if within_ms >= self.longer_ms]
            found = self._program.solved(cost, (*needs, *held), limits, self._steps.left_s)
            if found is None:
                return None
            chosen, bound = found
            if cost is self._staff:
                self.staff_bound = bound
            if not self._learn(chosen):
                return chosen

    def _learn(self, chosen: Assignment) -> bool:
        """Add the needs that a choice does not meet; whether there are any."""
        learnt = False
        for demand in self._demands:
            late = self.late(demand, chosen)
            while late.any():
                learnt = True
                opened = self._opened(demand, chosen, int(late.argmax()))
                need = self._wider(demand, opened)
                within_ms = self.longer_ms if demand.is_longer else math.inf
                self._needs[need] = max(within_ms, self._needs.get(need, 0))
                late &= ~self.late(demand, opened)
        return learnt

    def _opened(self, demand: Demand, chosen: Assignment, row: int) -> Assignment:
        """A choice opened as far as an address is still reached too late."""
        opened = list(chosen)
        for barrier in range(len(chosen)):
            for option in self._faster(demand, barrier, opened[barrier]):
                trial = (*opened[:barrier], option, *opened[barrier + 1 :])
                if self.late(demand, trial)[row]:
                    opened[barrier] = option
                    break
        return tuple(opened)

    def _wider(self, demand: Demand, opened: Assignment) -> frozenset[Choice]:
        """The choices that open a barrier further."""
        return frozenset(
            (barrier, option)
            for barrier, now in enumerate(opened)
            if barrier != demand.blocked
            for option in self._faster(demand, barrier, now)
        )

    def _faster(self, demand: Demand, barrier: int, now: int) -> list[int]:
        """The options of a barrier at which a demand's people are through sooner, the soonest first."""
        delays = [math.inf if delay is None else delay for delay in self._crossing.delays_of(demand.drive.who)[barrier]]
        return sorted((option for option, delay in enumerate(delays) if delay < delays[now]), key=delays.__getitem__)


def _sum(costs: Costs, chosen: Assignment) -> int:
    return sum(row[option] for row, option in zip(costs, chosen, strict=True))
