"""One solution in the making: what :func:`clearway.assignment.equilibrium.solve.solve` does, step by step."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np

from clearway.assignment.equilibrium.crew import blocks_of
from clearway.assignment.equilibrium.flows import Added, Flows, Rows, flows_of, rows_of, total_by_edge, with_slots
from clearway.assignment.equilibrium.gap import Claim, Exactness, costs_at, evaluate, worth
from clearway.assignment.equilibrium.loading import first_rows
from clearway.assignment.equilibrium.pairs import (
    Finds,
    Work,
    cut,
    enter_pairs,
    find_again,
    find_pairs,
    finds_for,
    finds_of,
    keep_moving,
    no_pairs,
    unsettled,
    with_pairs,
    with_room,
)
from clearway.assignment.equilibrium.shifting import settle
from clearway.assignment.equilibrium.state import (
    FLOW,
    TIME,
    Costs,
    layout_of,
    origins_of,
    reckon_all,
    streets_of,
    with_closures,
)
from clearway.assignment.equilibrium.survey import Notes, notes_for, sums_for, survey
from clearway.assignment.equilibrium.trees import grow_some, orders, trees_for
from clearway.assignment.equilibrium.warm import Kept, check_start, reloaded, rows_carried, touched
from clearway.assignment.solution import Lost, OriginFlows, Solution, Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from clearway.assignment.equilibrium.crew import Crew
    from clearway.assignment.equilibrium.pairs import Walk
    from clearway.assignment.equilibrium.trees import Desk
    from clearway.assignment.problem import TrafficProblem, TripTable
    from clearway.network.model import Floats, Longs

_LEFT_OUT, _LEFT_OUT_STUCK = 0.01, 1e-4
_CLOSE = 1e-4
_ROUNDS = 3
_ENOUGH = 0.05
_STUCK = 0.5
_FEW, _MOST_AGAIN, _LITTLE = 0.5, 5, 0.1
_LAST_DECIMALS = 1e-10
_EDGES_A_PAIR = 40


class Run:
    """The state of a solver: flows, the load they make, trees, pairs."""

    def __init__(self, problem: TrafficProblem, trips: TripTable, aim: str, start: Solution | None, crew: Crew) -> None:
        """Flows to begin with: those of another solution, or each origin's trips on one tree."""
        self.began = time.perf_counter()
        self.problem, self.trips, self.aim, self.crew, self.steps = problem, trips, aim, crew, list[Step]()
        kept = _kept(problem, start)
        same_trips = kept is not None and start is not None and trips.trips is start.trips.trips
        same_costs = kept is not None and start is not None and problem.costs is start.problem.costs and aim == start.aim
        self.layout = with_closures(kept.layout, problem) if kept else layout_of(problem)
        self.graph = self.layout.graph
        self.origins, self.homeless = (
            (kept.origins, kept.homeless) if kept and same_trips else origins_of(problem, trips, self.layout)
        )
        self.streets = kept.streets if kept and same_costs else streets_of(problem, self.layout, system=aim == "system")
        self.every = np.arange(len(self.origins.source))
        self.load: Floats = np.zeros((len(self.streets.form), 3))
        self.trees, self.sums = trees_for(self.origins), sums_for(self.origins)
        self.pairs, self.notes = no_pairs(), list[Notes]()
        self.changed: Longs | None = None
        rows, total = self._carried(start, kept) if start else self._loaded()
        self.flows: Flows = flows_of(rows)
        self.loaded = int(self.flows.taken[0])
        costs = self._reckon(total)
        self.spent = float(total[total > 0] @ costs.edge[total > 0])
        if kept is not None and kept.origins is self.origins:
            self._enter(self._found_again(unsettled(kept.finds, costs.edge)))
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
        """Survey all origins, and tell the gap."""
        self._survey(self.every)
        saving, shortest, going = (float(column.sum()) for column in self.sums[:3])
        seconds = time.perf_counter() - self.began
        step = Step(len(self.steps), saving / shortest if shortest > 0 else 0.0, saving / going if going > 0 else 0.0, seconds)
        self.steps.append(step)
        return step

    def _improve(self, gap: float) -> None:
        """Pair up what all origins could do better, and settle; then work on those with a note that mattered, if few."""
        stuck = len(self.steps) > 1 and self.steps[-1].gap > _STUCK * self.steps[-2].gap
        saving = float(self.sums.saving.sum())
        active = self._pair_up(_LEFT_OUT_STUCK if stuck else _LEFT_OUT)
        self._settle(_ENOUGH * saving)
        if len(active) <= _FEW * len(self.every):
            self._work_on(active, gap)

    def _work_on(self, active: Longs, gap: float) -> None:
        """Survey some origins, pair up and settle, as long as it helps."""
        before, little = np.inf, _LITTLE * max(gap * self.spent, float(self.sums.saving.sum()))
        for _ in range(_MOST_AGAIN):
            self._survey(active)
            left = float(self.sums.saving[active].sum())
            if left <= little or left > _STUCK * before:
                return
            little = max(little, _LITTLE * left)
            before, active = left, self._pair_up(_LEFT_OUT)
            self._settle(_ENOUGH * left)

    def _survey(self, chosen: Longs) -> None:
        """Bring the trees of some origins up to date and note what they could do better."""
        cost = self.load[self.graph.link, TIME] + self.graph.fixed
        self.costs = Costs(cost, cost[self.graph.out_edge])
        added = int(self.flows.taken[0]) - self.loaded

        def work(own: Longs, room: tuple[Desk, Walk]) -> Notes:
            notes = notes_for(int((self.flows.end - self.flows.first)[own].sum()) + added)
            parts = self.graph, self.costs, self.origins, self.trees, self.flows, room[0]
            count = survey(*parts, (notes, self.sums), own)
            return Notes(notes.edge[:count], notes.origin[:count], notes.worth[:count])

        self.notes = self.crew.each(work, blocks_of(chosen, len(self.graph.tail)))

    def _pair_up(self, left_out: float) -> Longs:
        """Make a pair of every note but those that together are worth a small share; the origins of these notes."""
        worth = np.sort(np.concatenate([notes.worth for notes in self.notes]))
        if not len(worth):
            return self.every[:0]
        enough = float(worth[np.searchsorted(np.cumsum(worth), left_out * worth.sum())])
        active = np.unique(np.concatenate([notes.origin[notes.worth >= enough] for notes in self.notes])).astype(np.int64)

        def work(notes: Notes, room: tuple[Desk, Walk]) -> tuple[Finds, Added]:
            pairs = int((notes.worth >= enough).sum())
            finds, added = finds_for(pairs, _EDGES_A_PAIR * pairs)
            parts, work = (self.graph, self.costs, self.origins, self.trees, self.flows, room), Work(0, 0, 0, 0, enough)
            while True:
                work = find_pairs(*parts, (notes, finds, added), work)
                if work.note == len(notes.edge):
                    return cut(finds, added, work)
                finds, added = with_room(finds, added)

        self._enter(self.crew.each(work, self.notes))
        return active

    def _found_again(self, finds: Finds) -> list[tuple[Finds, Added]]:
        """The same pairs, with slots for their edges here."""

        def work(finds: Finds, room: tuple[Desk, Walk]) -> tuple[Finds, Added]:
            _, added = finds_for(0, len(finds.edge))
            new = find_again(self.flows, finds, added, room[1])
            return finds, Added(added.edge[:new], added.origin[:new])

        return self.crew.each(work, [finds])

    def _enter(self, found: list[tuple[Finds, Added]]) -> None:
        """Put finds into the table of pairs."""
        then = int(self.flows.taken[0])
        for finds, added in found:
            now = int(self.flows.taken[0])
            self.flows = with_slots(self.flows, added)
            self.pairs = with_pairs(self.pairs, len(finds.origin), len(finds.edge))
            enter_pairs(self.graph, self.streets, self.pairs, finds, (then, now))

    def _settle(self, enough: float) -> None:
        """Shift flow until little more is saved."""
        for _ in range(_ROUNDS):
            saved = settle(self.streets, self.load, self.flows.flow, self.pairs, _CLOSE)
            keep_moving(self.pairs)
            if saved <= enough:
                break
            enough = max(enough, _ENOUGH * saved)

    def _reckon(self, edge_flow: Floats) -> Costs:
        """Costs of the edges at a flow on each; the load of the links is left so."""
        graph = self.graph
        self.load[:, FLOW] = edge_flow if graph.plain else np.bincount(graph.link, edge_flow, len(self.load))
        reckon_all(self.streets, self.load)
        cost = self.load[graph.link, TIME] + graph.fixed
        return Costs(cost, cost[graph.out_edge])

    def _loaded(self) -> tuple[Rows, Floats]:
        """Each origin's trips on one tree, and what edges carry."""
        return first_rows(self.crew, self.graph, self.origins, self.trees, self._reckon)

    def _carried(self, start: Solution, kept: Kept | None) -> tuple[Rows, Floats]:
        """The flows of another solution, as far as they may stay, and what edges carry; the other origins are noted."""
        if kept is not None and kept.origins is self.origins:
            rows, total = kept.rows, start.edge_flow[self.layout.edge]
        else:
            rows = rows_carried(self.layout, self.origins, start)
            total = np.bincount(rows.edge, rows.flow, len(self.graph.tail)).astype(np.float64)
        if kept is not None and np.array_equal(kept.origins.number, self.origins.number):
            self.trees = trees_for(self.origins, orders(kept.trees))
        else:
            costs = self._reckon(total)
            blocks = blocks_of(self.every, len(self.graph.tail))
            self.crew.each(lambda own, room: grow_some(self.graph, costs, self.origins, self.trees, room[0], own), blocks)
        chosen = touched(self.graph, self.origins, rows, self.trips, start)
        if len(chosen):
            rows = reloaded(self.crew, self.graph, self.origins, self.trees, rows, chosen, total, self._reckon)
        self.changed = chosen
        return rows, total

    def _evaluate(self, step: Step) -> tuple[Floats, Exactness]:
        """Flow on each edge of the problem, and what it is worth by the problem's own cost functions.

        The survey's cheapest ways serve, if its costs are those; for the last decimals they are sought anew.
        """
        edge_flow = np.zeros(self.problem.edge_count)
        edge_flow[self.layout.edge] = total_by_edge(self.flows, self.problem.edge_count)
        cost = costs_at(self.problem, edge_flow, aim=self.aim)
        if step.gap > _LAST_DECIMALS and np.allclose(
            cost[self.layout.edge], self.costs.edge, rtol=1e-3 * _LAST_DECIMALS, atol=0.0
        ):
            shortest = float(self.sums.shortest.sum()), float(self.sums.trips.sum())
            return edge_flow, worth(self.problem, edge_flow, cost, aim=self.aim, shortest=shortest)
        node = self.layout.node.astype(np.uint32)
        claim = Claim(self.origins.number, self.trees.start, orders(self.trees), node, self.layout.layer)
        return edge_flow, evaluate(self.problem, self.trips, edge_flow, aim=self.aim, claim=claim)

    def _solution(self, edge_flow: Floats, exactness: Exactness, *, reached: bool) -> Solution:
        rows, finds = rows_of(self.crew, self.flows), finds_of(self.pairs, self.flows)
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
            kept=Kept(self.layout, self.origins, self.homeless, self.streets, trees, rows, finds),
        )

    def _origin_flow(self, rows: Rows) -> OriginFlows:
        edges = np.zeros(self.problem.class_count * self.problem.zone_count, np.int64)
        edges[self.origins.number] = rows.edges
        start = np.concatenate((np.zeros(1, np.int64), np.cumsum(edges)))
        return OriginFlows(start, self.layout.edge[rows.edge], rows.flow)

    def _lost(self) -> tuple[Lost, ...]:
        if not len(self.homeless) and self.sums.told.all():
            return ()
        table = self.trips.trips
        off = np.sort(np.concatenate((self.homeless, self.origins.pair[~self.sums.told])))
        places = (column.tolist() for column in np.unravel_index(off, table.shape))
        rows = zip(*places, table.ravel()[off].tolist(), strict=True)
        return tuple(Lost(user_class, start, end, trips) for user_class, start, end, trips in rows)


def _kept(problem: TrafficProblem, start: Solution | None) -> Kept | None:
    """What a solution of the same streets kept."""
    if start is None:
        return None
    check_start(problem, start)
    return start.kept if isinstance(start.kept, Kept) else None
