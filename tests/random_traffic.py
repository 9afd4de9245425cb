"""Random little cities to assign trips in: all cost functions, classes with streets and tolls of their own, turns, zones."""

from __future__ import annotations

import numpy as np

from clearway.assignment.costs import LinkCosts
from clearway.assignment.problem import TrafficProblem, TripTable

NODES, ZONES = 9, 4
_FORBIDDEN_NODE = 5


def random_problem(seed: int, *, classes: int = 2) -> tuple[TrafficProblem, TripTable]:
    """A city of nine junctions, four of them zones, where no way out of junction 5 follows the first way into it but one.

    Args:
        seed: The same seed gives the same city.
        classes: User classes; each but the first lacks every fifth link, and pays tolls of its own.
    """
    rng = np.random.default_rng(seed)
    ring = [(node, (node + 1) % NODES) for node in range(NODES)]
    pairs = [(tail, head) for tail in range(NODES) for head in range(NODES) if tail != head]
    chords = [pairs[place] for place in rng.choice(len(pairs), 16, replace=False)]
    links = np.array([*ring, *((head, tail) for tail, head in ring), *chords])
    layers = [_layer(links, rng, user_class) for user_class in range(classes)]
    edges = np.concatenate(layers)
    zones = np.array([0, 2, 4, 7])
    ends = np.array([zones + (NODES + 1) * user_class for user_class in range(classes)], np.int32)
    names = tuple(f"class {user_class}" for user_class in range(classes))
    problem = TrafficProblem(
        name=f"random city {seed}",
        costs=_costs(len(links), rng),
        node_count=classes * (NODES + 1),
        edge_tail=edges[:, 0].astype(np.int32),
        edge_head=edges[:, 1].astype(np.int32),
        edge_link=edges[:, 2].astype(np.int32),
        edge_class=edges[:, 3].astype(np.uint8),
        edge_fixed=np.where(edges[:, 3] > 0, rng.integers(0, 4, len(edges)), 0.0).astype(np.float64),
        edge_shut=np.zeros(len(edges), np.bool_),
        zone_out=ends,
        zone_in=ends,
        zone_names=tuple(f"zone {zone}" for zone in range(ZONES)),
        class_names=names,
    )
    trips = rng.uniform(0, 60, (classes, ZONES, ZONES)) * (rng.random((classes, ZONES, ZONES)) < 0.8)
    return problem, TripTable(trips, problem.zone_names, names)


def _layer(links: np.ndarray, rng: np.random.Generator, user_class: int) -> np.ndarray:
    """(edges, 4) tail, head, link and class: junction 5 twice, so that links out of it have two edges."""
    first = user_class * (NODES + 1)
    kept = [link for link in range(len(links)) if user_class == 0 or link < 2 * NODES or link % 5]
    into = next(link for link in kept if links[link, 1] == _FORBIDDEN_NODE)
    onward = [link for link in kept if links[link, 0] == _FORBIDDEN_NODE]
    rows = [(first + links[link, 0], first + (NODES if link == into else links[link, 1]), link, user_class) for link in kept]
    allowed = onward[int(rng.integers(len(onward)))]
    rows.append((first + NODES, first + links[allowed, 1], allowed, user_class))
    return np.array(rows)


def _costs(links: int, rng: np.random.Generator) -> LinkCosts:
    return LinkCosts(
        kind=rng.integers(0, 4, links).astype(np.uint8),
        free=rng.integers(1, 20, links).astype(np.float64),
        capacity=rng.integers(40, 200, links).astype(np.float64),
        factor=rng.uniform(0.1, 1.0, links),
        power=rng.choice([1.0, 2.0, 4.0, 4.5], links),
        period=np.full(links, 60.0),
    )
