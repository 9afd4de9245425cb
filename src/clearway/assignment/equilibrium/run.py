"""One solution in the making: what :func:`clearway.assignment.equilibrium.solve.solve` does, step by step."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np

from clearway.assignment.equilibrium.blocks import blocks_of
from clearway.assignment.equilibrium.flows import Added, Flows, Rows, flows_of, rows_of, total_by_edge, with_slots
from clearway.assignment.equilibrium.gap import Claim, Exactness, costs_at, evaluate, exactness_of
from clearway.assignment.equilibrium.loading import first_rows
from clearway.assignment.equilibrium.pairs import (
    FoundSegments,
    SearchState,
    add_pairs,
    drop_settled,
    find_pairs,
    find_slots_again,
    no_pairs,
    segments_for,
    segments_of,
    trimmed,
    unsettled,
    with_pairs,
    with_room,
)
from clearway.assignment.equilibrium.reduced_costs import Violations, sums_for, survey, violations_for
from clearway.assignment.equilibrium.shifting import settle
from clearway.assignment.equilibrium.state import (
    FLOW,
    TIME,
    Costs,
    evaluate_links,
    layout_of,
    links_of,
    origins_of,
    with_closures,
)
from clearway.assignment.equilibrium.trees import grow_some, orders, trees_for
from clearway.assignment.equilibrium.warm import WarmState, check_start, reloaded, rows_carried, touched
from clearway.assignment.solution import Lost, OriginFlows, Solution, Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from clearway.assignment.equilibrium.blocks import BlockPool
    from clearway.assignment.equilibrium.scratch import Scratch
    from clearway.assignment.problem import TrafficProblem, TripTable
    from clearway.network.model import Floats, Longs

_LEFT_OUT_SHARE = 0.01
"""Violations that together save less than a hundredth of all are left to the next sweep: they are many, and most go away by
themselves.
"""
_LEFT_OUT_STUCK_SHARE = 1e-4
"""Where a sweep did not halve the gap, small violations are what holds it, so nearly all are taken."""
_ROUND_ENDS_SHARE = 1e-4
"""A program is solved when a round saves less than this share of the best round: what is left is less than its tangents are
wrong by.
"""
_MOST_SETTLINGS = 3
"""How often all pairs are settled after a survey: with 1, Winnipeg takes four sweeps more; with 6, none fewer."""
_SAVED_ENOUGH_SHARE = 0.05
"""Settling ends when it saves less than a twentieth of what the survey found: the next survey finds more."""
_STUCK_RATIO = 0.5
"""A sweep that does not halve the gap is stuck: sweeps usually divide it by 2 to 30."""
_FEW_ORIGINS_SHARE = 0.5
"""Surveying only the origins that matter pays while they are half of all at most: with 1, sweeps are fewer and a third more
time is spent.
"""
_MOST_PARTIAL_SURVEYS = 5
"""Seldom reached: what some origins alone can save is saved before; with 2 or 10 the sweeps are the same."""
_LITTLE_LEFT_SHARE = 0.1
"""Some origins are surveyed again until a tenth is left of what the gap allows: the rest takes a sweep of all in any case."""
_EXACT_GAP = 1e-10
"""Below it the last digits of the survey count, and the gap is computed from searches of its own."""
_EDGES_PER_PAIR = 40
"""Room for the edges of a pair, twice the 7 to 21 that pairs have on average in public networks; it is doubled where it is
short.
"""


class Run:
    """The state of a solver: flows, the load they make, trees, pairs."""

    def __init__(
        self, problem: TrafficProblem, trips: TripTable, aim: str, start: Solution | None, pool: BlockPool[Scratch]
    ) -> None:
        """Flows to begin with: those of another solution, or each origin's trips on one tree."""
        self.began = time.perf_counter()
        self.problem, self.trips, self.aim, self.pool, self.steps = problem, trips, aim, pool, list[Step]()
        warm = _warm_state(problem, start)
        same_trips = warm is not None and start is not None and trips.trips is start.trips.trips
        same_costs = warm is not None and start is not None and problem.costs is start.problem.costs and aim == start.aim
        self.layout = with_closures(warm.layout, problem) if warm else layout_of(problem)
        self.graph = self.layout.graph
        self.origins, self.homeless = (
            (warm.origins, warm.homeless) if warm and same_trips else origins_of(problem, trips, self.layout)
        )
        self.links = warm.links if warm and same_costs else links_of(problem, self.layout, system=aim == "system")
        self.every = np.arange(len(self.origins.source))
        self.load: Floats = np.zeros((len(self.links.form), 3))
        self.trees, self.sums = trees_for(self.origins), sums_for(self.origins)
        self.pairs, self.violations = no_pairs(), list[Violations]()
        self.changed: Longs | None = None
        rows, total = self._carried(start, warm) if start else self._loaded()
        self.flows: Flows = flows_of(rows)
        self.loaded = int(self.flows.taken[0])
        costs = self._costs_at(total)
        self.spent = float(total[total > 0] @ costs.edge[total > 0])
        if warm is not None and warm.origins is self.origins:
            self._add(self._found_again(unsettled(warm.segments, costs.edge)))
            self._settle(0.0)

    def to(self, gap: float, most_sweeps: int, progress: Callable[[Step], bool] | None) -> Solution:
        """Sweep until the gap is reached."""
        if self.changed is not None:
            self._work_on(self.changed, gap)
        while True:
            step = self._sweep_begins()
            last = (progress is not None and not progress(step)) or len(self.steps) > most_sweeps
            if last or step.gap <= gap:
                edge_flow, exactness = self._evaluate(step)
                if last or exactness.gap <= gap:
                    return self._solution(edge_flow, exactness, reached=exactness.gap <= gap)
            self._improve(gap)

    def _sweep_begins(self) -> Step:
        """Survey all origins, and report the gap."""
        self._survey(self.every)
        saving, shortest, going = (float(column.sum()) for column in self.sums[:3])
        seconds = time.perf_counter() - self.began
        step = Step(len(self.steps), saving / shortest if shortest > 0 else 0.0, saving / going if going > 0 else 0.0, seconds)
        self.steps.append(step)
        return step

    def _improve(self, gap: float) -> None:
        """Pair up what all origins could do better, and settle; then work on those with a violation that mattered, if few."""
        stuck = len(self.steps) > 1 and self.steps[-1].gap > _STUCK_RATIO * self.steps[-2].gap
        saving = float(self.sums.saving.sum())
        active = self._pair_up(_LEFT_OUT_STUCK_SHARE if stuck else _LEFT_OUT_SHARE)
        self._settle(_SAVED_ENOUGH_SHARE * saving)
        if len(active) <= _FEW_ORIGINS_SHARE * len(self.every):
            self._work_on(active, gap)

    def _work_on(self, active: Longs, gap: float) -> None:
        """Survey some origins, pair up and settle, as long as it helps."""
        before, little = np.inf, _LITTLE_LEFT_SHARE * max(gap * self.spent, float(self.sums.saving.sum()))
        for _ in range(_MOST_PARTIAL_SURVEYS):
            self._survey(active)
            left = float(self.sums.saving[active].sum())
            if left <= little or left > _STUCK_RATIO * before:
                return
            little = max(little, _LITTLE_LEFT_SHARE * left)
            before, active = left, self._pair_up(_LEFT_OUT_SHARE)
            self._settle(_SAVED_ENOUGH_SHARE * left)

    def _survey(self, chosen: Longs) -> None:
        """Bring the trees of some origins up to date and list what they could do better."""
        cost = self.load[self.graph.link, TIME] + self.graph.fixed
        self.costs = Costs(cost, cost[self.graph.out_edge])
        added = int(self.flows.taken[0]) - self.loaded

        def work(own: Longs, scratch: Scratch) -> Violations:
            found = violations_for(int((self.flows.end - self.flows.first)[own].sum()) + added)
            parts = self.graph, self.costs, self.origins, self.trees, self.flows, scratch.search
            count = survey(*parts, (found, self.sums), own)
            return Violations(found.edge[:count], found.origin[:count], found.saving[:count])

        self.violations = self.pool.map(work, blocks_of(chosen, len(self.graph.tail)))

    def _pair_up(self, left_out: float) -> Longs:
        """Make a pair of every violation but those that together save a small share; the origins of these violations."""
        saving = np.sort(np.concatenate([block.saving for block in self.violations]))
        if not len(saving):
            return self.every[:0]
        least = float(saving[np.searchsorted(np.cumsum(saving), left_out * saving.sum())])
        active = np.unique(np.concatenate([block.origin[block.saving >= least] for block in self.violations])).astype(np.int64)

        def work(block: Violations, scratch: Scratch) -> tuple[FoundSegments, Added]:
            pairs = int((block.saving >= least).sum())
            found, added = segments_for(pairs, _EDGES_PER_PAIR * pairs)
            parts = self.graph, self.costs, self.origins, self.trees, self.flows, scratch
            state = SearchState(0, 0, 0, 0, least)
            while True:
                state = find_pairs(*parts, (block, found, added), state)
                if state.violation == len(block.edge):
                    return trimmed(found, added, state)
                found, added = with_room(found, added)

        self._add(self.pool.map(work, self.violations))
        return active

    def _found_again(self, segments: FoundSegments) -> list[tuple[FoundSegments, Added]]:
        """The same pairs, with slots for their edges here."""

        def work(segments: FoundSegments, scratch: Scratch) -> tuple[FoundSegments, Added]:
            _, added = segments_for(0, len(segments.edge))
            new = find_slots_again(self.flows, segments, added, scratch.walk)
            return segments, Added(added.edge[:new], added.origin[:new])

        return self.pool.map(work, [segments])

    def _add(self, found: list[tuple[FoundSegments, Added]]) -> None:
        """Add pairs to the table."""
        then = int(self.flows.taken[0])
        for segments, added in found:
            now = int(self.flows.taken[0])
            self.flows = with_slots(self.flows, added)
            self.pairs = with_pairs(self.pairs, len(segments.origin), len(segments.edge))
            add_pairs(self.graph, self.links, self.pairs, segments, (then, now))

    def _settle(self, enough: float) -> None:
        """Shift flow until little more is saved."""
        for _ in range(_MOST_SETTLINGS):
            saved = settle(self.links, self.load, self.flows.flow, self.pairs, _ROUND_ENDS_SHARE)
            drop_settled(self.pairs)
            if saved <= enough:
                break
            enough = max(enough, _SAVED_ENOUGH_SHARE * saved)

    def _costs_at(self, edge_flow: Floats) -> Costs:
        """Costs of the edges at a flow on each; the load of the links is left so."""
        graph = self.graph
        self.load[:, FLOW] = edge_flow if graph.plain else np.bincount(graph.link, edge_flow, len(self.load))
        evaluate_links(self.links, self.load)
        cost = self.load[graph.link, TIME] + graph.fixed
        return Costs(cost, cost[graph.out_edge])

    def _loaded(self) -> tuple[Rows, Floats]:
        """Each origin's trips on one tree, and what edges carry."""
        return first_rows(self.pool, self.graph, self.origins, self.trees, self._costs_at)

    def _carried(self, start: Solution, warm: WarmState | None) -> tuple[Rows, Floats]:
        """The flows of another solution, as far as they may stay, and what edges carry; the other origins are listed."""
        if warm is not None and warm.origins is self.origins:
            rows, total = warm.rows, start.edge_flow[self.layout.edge]
        else:
            rows = rows_carried(self.layout, self.origins, start)
            total = np.bincount(rows.edge, rows.flow, len(self.graph.tail)).astype(np.float64)
        if warm is not None and np.array_equal(warm.origins.number, self.origins.number):
            self.trees = trees_for(self.origins, orders(warm.trees))
        else:
            parts = self.graph, self._costs_at(total), self.origins, self.trees
            blocks = blocks_of(self.every, len(self.graph.tail))
            self.pool.map(lambda own, scratch: grow_some(*parts, scratch.search, own), blocks)
        chosen = touched(self.graph, self.origins, rows, self.trips, start)
        if len(chosen):
            rows = reloaded(self.pool, self.graph, self.origins, self.trees, rows, chosen, total, self._costs_at)
        self.changed = chosen
        return rows, total

    def _evaluate(self, step: Step) -> tuple[Floats, Exactness]:
        """Flow on each edge of the problem, and what it is worth by the problem's own cost functions.

        The survey's cheapest ways serve, if its costs are those; for the last decimals they are sought anew.
        """
        edge_flow = np.zeros(self.problem.edge_count)
        edge_flow[self.layout.edge] = total_by_edge(self.flows, self.problem.edge_count)
        cost = costs_at(self.problem, edge_flow, aim=self.aim)
        if step.gap > _EXACT_GAP and np.allclose(cost[self.layout.edge], self.costs.edge, rtol=1e-3 * _EXACT_GAP, atol=0.0):
            shortest = float(self.sums.shortest.sum()), float(self.sums.trips.sum())
            return edge_flow, exactness_of(self.problem, edge_flow, cost, aim=self.aim, shortest=shortest)
        node = self.layout.node.astype(np.uint32)
        claim = Claim(self.origins.number, self.trees.start, orders(self.trees), node, self.layout.layer)
        return edge_flow, evaluate(self.problem, self.trips, edge_flow, aim=self.aim, claim=claim)

    def _solution(self, edge_flow: Floats, exactness: Exactness, *, reached: bool) -> Solution:
        rows, segments = rows_of(self.pool, self.flows), segments_of(self.pairs, self.flows)
        trees = self.trees._replace(parent=self.trees.parent[:0].copy())
        return Solution(
            problem=self.problem,
            trips=self.trips,
            aim=self.aim,
            edge_flow=edge_flow,
            origin_flow=self._origin_flow(rows),
            gap=exactness.gap,
            excess=exactness.excess,
            objective=exactness.objective,
            steps=tuple(self.steps),
            lost=self._lost(),
            reached=reached,
            warm_state=WarmState(self.layout, self.origins, self.homeless, self.links, trees, rows, segments),
        )

    def _origin_flow(self, rows: Rows) -> OriginFlows:
        edges = np.zeros(self.problem.class_count * self.problem.zone_count, np.int64)
        edges[self.origins.number] = rows.edges
        start = np.concatenate((np.zeros(1, np.int64), np.cumsum(edges)))
        return OriginFlows(start, self.layout.edge[rows.edge], rows.flow)

    def _lost(self) -> tuple[Lost, ...]:
        if not len(self.homeless) and self.sums.reached.all():
            return ()
        table = self.trips.trips
        off = np.sort(np.concatenate((self.homeless, self.origins.pair[~self.sums.reached])))
        places = (column.tolist() for column in np.unravel_index(off, table.shape))
        rows = zip(*places, table.ravel()[off].tolist(), strict=True)
        return tuple(Lost(user_class, start, end, trips) for user_class, start, end, trips in rows)


def _warm_state(problem: TrafficProblem, start: Solution | None) -> WarmState | None:
    """What a solution of the same streets carries."""
    if start is None:
        return None
    check_start(problem, start)
    return start.warm_state if isinstance(start.warm_state, WarmState) else None
