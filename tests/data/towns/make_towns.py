"""Draw three invented towns as TNTP files and find their optima: ``python tests/data/towns/make_towns.py``.

Nothing of Clearway is used. An optimum is found by column generation: scipy's SLSQP shares the trips out over the ways known so
far and Newton's method finds the last digits, networkx looks for a cheaper way for each pair of zones, and so on until there is
none. Both ends are proved: the flows are possible, so the least is at most their objective; and the objective is convex, so the
least is at least the objective less what all trips would save if each took the cheapest way at the present costs. The two agree
to the last digit.
"""

from __future__ import annotations

import gzip
import json
import math
import random
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
from scipy.optimize import LinearConstraint, minimize

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

HERE = Path(__file__).parent
CLOSE_ENOUGH = 1e-13  # of the objective
PACKED_ABOVE = 7  # zones; the larger public trip tables come packed
EMPTY = 1e-9  # of a pair's trips: a way with less is not in use


@dataclass(frozen=True)
class Town:
    """A town in the words of the TNTP format: nodes count from 1, the first are zones.

    Attributes:
        links: tail, head, capacity, length, free-flow time, b, power, speed, toll, type.
        trips: From zone, to zone, how many.
        factors: Minutes that a unit of toll and of length is worth; known only from the costs in the flow file.
    """

    name: str
    zones: int
    first_through: int
    xy: list[tuple[float, float]]
    links: list[tuple[float, ...]]
    trips: dict[tuple[int, int], float]
    factors: tuple[float, float] = (0.0, 0.0)

    def column(self, place: int) -> Floats:
        """One figure of every link."""
        return np.array([link[place] for link in self.links], float)


def ashmoor() -> Town:
    """Twelve junctions in a grid, four of them zones that are driven through, as in the oldest public networks."""
    xy = [(float(100 * (node % 4)), float(100 * (node // 4))) for node in (0, 3, 8, 11, 1, 2, 4, 5, 6, 7, 9, 10)]
    at = {spot: node + 1 for node, spot in enumerate(xy)}
    dice = random.Random(11)
    links: list[tuple[float, ...]] = []
    for (x, y), tail in at.items():
        for dx, dy in ((100, 0), (-100, 0), (0, 100), (0, -100)):
            if head := at.get((x + dx, y + dy)):
                time = dice.randint(2, 9)
                links.append((tail, head, 100.0 * dice.randint(6, 20), time, time, 0.15, 4, 0, 0, 1))
    trips = {(one, other): 100.0 * dice.randint(3, 9) for one in range(1, 5) for other in range(1, 5) if one != other}
    return Town("Ashmoor", 4, 1, xy, links, trips)


def brackwell() -> Town:
    """A hub with two rings and six arms; zones lie outside and are not driven through; powers of all kinds, tolls."""
    dice = random.Random(22)
    turns = [turn * math.pi / 3 for turn in range(6)]
    xy = [(round(reach * math.cos(turn), 3), round(reach * math.sin(turn), 3)) for reach in (3, 1, 2) for turn in turns]
    xy.append((0.0, 0.0))
    links: list[tuple[float, ...]] = []

    def road(tail: int, head: int, *, capacity: float, toll: float = 0.0) -> None:
        length = round(math.dist(xy[tail - 1], xy[head - 1]), 6)
        power = dice.choice((1, 2.5, 4, 4.446, 5.144))
        links.append((tail, head, capacity, length, round(1.2 * length, 6), dice.choice((0.15, 0.3, 0.8)), power, 50, toll, 2))

    for arm in range(6):
        zone, inner, outer, after = 1 + arm, 7 + arm, 13 + arm, (arm + 1) % 6
        for tail, head in ((zone, outer), (outer, zone)):  # connectors: no delay, capacity 1 as in the public networks
            links.append((tail, head, 1.0, 0.5, 0.5, 0.0, 0, 0, 0, 9))
        for tail, head, capacity in ((outer, inner, 500), (inner, outer, 500), (inner, 19, 400), (19, inner, 400)):
            road(tail, head, capacity=capacity + dice.randint(0, 200), toll=2.5 if head == 19 else 0.0)
        for one, other, capacity in ((inner, 7 + after, 350), (outer, 13 + after, 600)):
            road(one, other, capacity=capacity)
            road(other, one, capacity=capacity + 50)
    trips = {(one, other): round(dice.uniform(60, 420), 3) for one in range(1, 7) for other in range(1, 7) if one != other}
    return Town("Brackwell", 6, 7, xy, links, trips, factors=(0.04, 0.25))


def corvale() -> Town:
    """Forty-eight junctions, many streets one-way, eight zones on connectors, half the trips into the middle; crowded."""
    dice = random.Random(33)
    columns, rows, zones = 8, 6, 8
    spots = [(column, row) for row in range(rows) for column in range(columns)]
    at = {spot: zones + 1 + place for place, spot in enumerate(spots)}
    doors = [(0, 0), (7, 0), (0, 5), (7, 5), (3, 2), (4, 3), (0, 3), (7, 2)]
    xy = [(250.0 * column - 60, 250.0 * row - 40) for column, row in doors]
    xy += [(250.0 * column, 250.0 * row) for column, row in spots]
    links: list[tuple[float, ...]] = []
    for zone, door in enumerate(doors, 1):
        links += [(zone, at[door], 99999, 0, 0, 0.15, 4, 0, 0, 3), (at[door], zone, 99999, 0, 0, 0.15, 4, 0, 0, 3)]
    for (column, row), node in at.items():
        for step, along in (((1, 0), row), ((0, 1), column)):
            other = at.get((column + step[0], row + step[1]))
            if not other:
                continue
            edge = along in (0, rows - 1 if step[0] else columns - 1)
            both = ((node, other), (other, node))
            for tail, head in both if edge or along % 3 == 0 else (both[along % 2],):
                time = round(dice.uniform(0.4, 0.9) * (0.8 if edge else 1.0), 3)
                links.append((tail, head, 50.0 * dice.randint(12, 20) * (2 if edge else 1), 0.25, time, 0.15, 4, 40, 0, 1))
    trips = {}
    for one in range(1, zones + 1):
        for other in range(1, zones + 1):
            if one != other:
                trips[one, other] = round(dice.uniform(40, 120) * (2.0 if other in (5, 6) else 1.0), 1)
    return Town("Corvale", zones, zones + 1, xy, links, trips)


TOWNS: tuple[Callable[[], Town], ...] = (ashmoor, brackwell, corvale)


class Delays:
    """Times of all links at given flows by the formula of the Bureau of Public Roads, with what a flow adds for everybody."""

    def __init__(self, town: Town) -> None:
        """Read the figures of the links."""
        self.capacity, self.free, self.b, self.power = (town.column(place) for place in (2, 4, 5, 6))
        self.fixed = town.factors[0] * town.column(8) + town.factors[1] * town.column(3)

    def times(self, flow: Floats) -> Floats:
        """Time of each link, tolls and distances apart."""
        return np.asarray(self.free * (1 + self.b * (flow / self.capacity) ** self.power))

    def prices(self, flow: Floats, aim: str) -> Floats:
        """What one more vehicle pays (aim "user") or costs all together (aim "system")."""
        slowed = self.free * self.b * self.power * (flow / self.capacity) ** self.power if aim == "system" else 0.0
        return np.asarray(self.times(flow) + slowed + self.fixed)

    def slopes(self, flow: Floats, aim: str) -> Floats:
        """What one more vehicle adds to the price."""
        slope = self.free * self.b * self.power * (flow / self.capacity) ** np.maximum(self.power - 1, 0) / self.capacity
        return np.asarray(slope * (self.power + 1 if aim == "system" else 1.0))

    def objective(self, flow: Floats, aim: str) -> float:
        """The sum whose slope the prices are."""
        share = self.power + 1 if aim == "user" else np.ones_like(self.power)
        return float((self.free * flow * (1 + self.b * (flow / self.capacity) ** self.power / share) + self.fixed * flow).sum())


@dataclass(frozen=True)
class Optimum:
    """Flows of the links, their objective, and what no flows can be below."""

    flow: Floats
    objective: float
    at_least: float


def optimum(town: Town, aim: str) -> Optimum:
    """Share out the trips until the objective and its bound agree to CLOSE_ENOUGH, or no better can be told apart."""
    delays, pairs = Delays(town), list(town.trips)
    amounts = np.array([town.trips[pair] for pair in pairs])
    graphs = {zone: _streets(town, zone) for zone in range(1, town.zones + 1)}
    ways: list[tuple[int, Floats]] = []
    shares = np.zeros(0)
    flow = np.zeros(len(town.links))
    best: Optimum | None = None
    for _ in range(60):
        prices = delays.prices(flow, aim)
        cheapest = [_cheapest(graphs[start], prices, start, end) for start, end in pairs]
        if ways:
            saved = float(prices @ flow - sum(amount * (row @ prices) for amount, row in zip(amounts, cheapest, strict=True)))
            found = Optimum(flow, delays.objective(flow, aim), delays.objective(flow, aim) - saved)
            best = found if best is None or found.objective - found.at_least < best.objective - best.at_least else best
            if best.objective - best.at_least <= CLOSE_ENOUGH * best.objective:
                break
        known = {(pair, row.tobytes()) for pair, row in ways}
        fresh = [(pair, row) for pair, row in enumerate(cheapest) if (pair, row.tobytes()) not in known]
        if ways and not fresh:
            break
        ways += fresh
        shares = np.concatenate((shares, np.zeros(len(fresh)) if len(shares) else np.ones(len(fresh))))
        shares = _shared_out(delays, aim, ways, amounts, shares)
        flow = _loaded(ways, amounts, shares)
    assert best is not None
    return best


def _streets(town: Town, start: int) -> Any:  # noqa: ANN401 - networkx is not typed
    """The links that a trip from a zone may use: those out of other zones are no way through."""
    graph = nx.MultiDiGraph()
    for link, (tail, head, *_) in enumerate(town.links):
        if tail == start or tail >= town.first_through:
            graph.add_edge(tail, head, key=link)
    return graph


def _cheapest(graph: Any, prices: Floats, start: int, end: int) -> Floats:  # noqa: ANN401 - networkx is not typed
    """(links,) 1 where the cheapest way drives."""

    def price(_tail: int, _head: int, parallel: dict[int, Any]) -> float:
        return float(min(prices[link] for link in parallel))

    way = nx.dijkstra_path(graph, start, end, weight=price)
    row = np.zeros(len(prices))
    for tail, head in pairwise(way):
        row[min(graph[tail][head], key=lambda link: prices[link])] = 1.0
    return row


def _loaded(ways: list[tuple[int, Floats]], amounts: Floats, shares: Floats) -> Floats:
    return np.asarray(sum(amounts[pair] * share * row for (pair, row), share in zip(ways, shares, strict=True)))


def _shared_out(delays: Delays, aim: str, ways: list[tuple[int, Floats]], amounts: Floats, shares: Floats) -> Floats:
    """The shares of the ways known so far with the least objective, by sequential quadratic programs."""
    owner = np.array([pair for pair, _ in ways])
    rows = np.array([amounts[pair] * row for pair, row in ways])
    scale = delays.objective(rows.T @ shares, aim)
    sums = np.array([(owner == pair).astype(float) for pair in range(len(amounts))])

    def objective(x: Floats) -> float:
        return delays.objective(np.maximum(rows.T @ x, 0), aim) / scale

    def slopes(x: Floats) -> Floats:
        return np.asarray(rows @ delays.prices(np.maximum(rows.T @ x, 0), aim) / scale)

    answer = minimize(
        objective,
        shares,
        jac=slopes,
        bounds=[(0, 1)] * len(ways),
        constraints=LinearConstraint(sums, 1, 1),
        method="SLSQP",
        options={"ftol": 1e-16, "maxiter": 1000},
    )
    shares = np.clip(answer.x, 0, None)
    shares[shares < EMPTY] = 0.0
    return _to_the_last_digit(delays, aim, rows, sums, shares / (sums @ shares)[owner])


def _to_the_last_digit(delays: Delays, aim: str, rows: Floats, sums: Floats, shares: Floats) -> Floats:
    """Newton's method on the ways in use: all of a pair then cost the same."""
    used = shares > 0
    rows, sums, x = rows[used], sums[:, used], shares[used]
    for _ in range(8):
        flow = rows.T @ x
        slopes = rows @ (delays.slopes(flow, aim)[:, None] * rows.T)
        size = slopes.max()
        whole = np.block([[slopes / size, sums.T], [sums, np.zeros((len(sums), len(sums)))]])
        step = np.linalg.lstsq(whole, np.concatenate((-rows @ delays.prices(flow, aim) / size, 1 - sums @ x)), rcond=1e-14)[0]
        moved = x + step[: len(x)]
        if (moved < 0).any():  # a way that is not in use after all
            return shares
        x = moved
    polished = shares.copy()
    polished[used] = x
    return polished


def texts(town: Town, flow: Floats) -> dict[str, bytes]:
    """The files of a town by name, with the flows of an optimum and their costs."""
    head = f"<NUMBER OF ZONES> {town.zones}\n<NUMBER OF NODES> {len(town.xy)}\n<FIRST THRU NODE> {town.first_through}\n"
    head += f"<NUMBER OF LINKS> {len(town.links)}\t\n<ORIGINAL HEADER>~ \tan invented town \t;\n<END OF METADATA>\t\t\n\n\n"
    head += "~\tinit_node\tterm_node\tcapacity\tlength\tfree_flow_time\tb\tpower\tspeed\ttoll\tlink_type\t;\n"
    net = head + "".join("\t" + "\t".join(f"{figure:.15g}" for figure in link) + "\t;\n" for link in town.links)
    node = "Node\tX\tY\t;\n" + "".join(f"{number}\t{x}\t{y}\t;\n" for number, (x, y) in enumerate(town.xy, 1))
    trips = f"<NUMBER OF ZONES> {town.zones}\n<TOTAL OD FLOW> {sum(town.trips.values()):.6g}\n<END OF METADATA>\n\n"
    zones = range(1, town.zones + 1)
    for start in zones:
        going = "".join(f"{end:5} : {town.trips.get((start, end), 0.0):10};" for end in zones)
        trips += f"\nOrigin \t{start}\n{going}\n"
    rows = zip(town.links, flow.tolist(), Delays(town).prices(flow, "user").tolist(), strict=True)
    best = "From\tTo\tVolume\tCost\n" + "".join(f"{link[0]}\t{link[1]}\t{volume}\t{cost}\n" for link, volume, cost in rows)
    made = {f"{town.name}_{kind}.tntp": text.encode() for kind, text in (("net", net), ("node", node), ("flow", best))}
    if town.zones > PACKED_ABOVE:
        return made | {f"{town.name}_trips.tntp.gz": gzip.compress(trips.encode(), mtime=0)}
    return made | {f"{town.name}_trips.tntp": trips.encode()}


def main() -> None:
    """Write the files of every town, and optima.json."""
    optima: dict[str, dict[str, dict[str, float]]] = {}
    for draw in TOWNS:
        town = draw()
        found = {aim: optimum(town, aim) for aim in ("user", "system")}
        optima[town.name] = {aim: {"objective": one.objective, "at_least": one.at_least} for aim, one in found.items()}
        for aim, one in found.items():
            within = (one.objective - one.at_least) / one.objective
            sys.stdout.write(f"{town.name}, {aim}: {one.objective!r}, the least within {within:.1e}\n")
        (HERE / town.name).mkdir(exist_ok=True)
        for name, content in texts(town, found["user"].flow).items():
            (HERE / town.name / name).write_bytes(content)
    (HERE / "optima.json").write_text(json.dumps(optima, indent=1) + "\n")


if __name__ == "__main__":
    main()
