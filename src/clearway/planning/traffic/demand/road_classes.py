"""What a lane carries, and how slow it gets: cost functions of streets by their class, after Akcelik (1991).

``road_classes.csv`` holds the figures with their sources. Lanes are the network's own where it knows them, otherwise the
table of street classes says how many: all of them one way on a one-way street, half of them each way on others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from clearway.assignment.costs import AKCELIK, BPR, BadTraffic, LinkCosts
from clearway.network.classes import MOTOR_CLASSES, class_mask, load_street_classes
from clearway.tables import bundled_table, number, read_table

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.network.model import Floats, Ints, Network

TABLE = bundled_table("clearway.assignment", "road_classes.csv")
_FALLBACK = "road"
_HOUR_S = 3600.0
"""Seconds of the hour that flows are given for."""
_NUMBERS = ("capacity_pcu_h", "bpr_factor", "bpr_power", "akcelik_delay", "junction_s")


def arc_lanes(network: Network) -> Floats:
    """(A,) lanes of each arc in its direction, at least 1: halves are possible where three lanes are shared."""
    usual = {row.name: row.lane_count for row in load_street_classes()}
    assumed = np.array([usual.get(name, 2) for name in network.street_classes] or [2])
    both = np.where(network.way_lanes > 0, network.way_lanes, assumed[network.way_class]).astype(np.float64)
    open_to_motors = (network.arc_permit & class_mask(MOTOR_CLASSES)) > 0
    one_way = np.repeat(open_to_motors[0::2] != open_to_motors[1::2], 2)
    lanes = np.repeat(both, 2)
    return np.maximum(np.where(one_way, lanes, lanes / 2), 1.0)


def street_costs(network: Network, arcs: Ints, free_s: Floats, *, kind: str = "bpr", table: Path = TABLE) -> LinkCosts:
    """Cost functions of some arcs, time in seconds, flow in passenger car units an hour.

    Args:
        network: The network.
        arcs: (n,) arc indexes.
        free_s: (n,) seconds at no flow, junctions aside: what a junction costs is added.
        kind: "bpr" or "akcelik"; the latter for one hour of flow.
        table: A table like ``road_classes.csv``.

    Raises:
        BadTraffic: another kind.
        BadFile: the table cannot be used.
    """
    if kind not in {"bpr", "akcelik"}:
        raise BadTraffic(f"There is no cost function '{kind}' for streets. Choose bpr or akcelik.")
    by_class = _figures(network, table)[network.way_class[arcs >> 1]]
    capacity, factor, power, delay, junction_s = by_class.T
    lanes = arc_lanes(network)[arcs]
    free = free_s + np.where(_meets_equals(network)[arcs], junction_s, 0.0)
    km = network.way_length_m[arcs >> 1] / 1000.0
    akcelik = kind == "akcelik"
    return LinkCosts(
        kind=np.full(len(arcs), AKCELIK if akcelik else BPR, np.uint8),
        free=free,
        capacity=capacity * lanes,
        factor=delay * lanes * _HOUR_S * km
        if akcelik
        else factor.copy(),  # his formula is for a kilometre and a lane, in hours
        power=power.copy(),
        period=np.maximum(km, 1e-6) * _HOUR_S if akcelik else np.ones(len(arcs)),
    )


def _figures(network: Network, table: Path) -> Floats:
    """(street classes, 5) the table's numbers for each of the network's street classes."""
    rows = {row["class"]: row for row in read_table(table, ("class", *_NUMBERS))}
    if _FALLBACK not in rows:
        raise BadTraffic(
            f"The table {table.name} has no row '{_FALLBACK}', which stands in for street classes that it does not name."
        )
    chosen = [rows.get(name, rows[_FALLBACK]) for name in network.street_classes]
    return np.array([[number(row, column, table) for column in _NUMBERS] for row in chosen]).reshape(-1, len(_NUMBERS))


def _meets_equals(network: Network) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """(A,) whether an arc ends at a junction of three ways or more for motors that its own class does not outrank.

    Street classes are ranked by their place in the network's list, the greatest first. A street is held up where, besides
    itself and its going on, another one of its own class or a greater one arrives.
    """
    motor = class_mask(MOTOR_CLASSES)
    driven = np.repeat(((network.arc_permit[0::2] | network.arc_permit[1::2]) & motor) > 0, 2)
    rank = np.repeat(network.way_class.astype(np.int64), 2)
    classes = len(network.street_classes)
    held = np.zeros((network.junction_count, max(classes, 1)), np.int64)
    np.add.at(held, (network.arc_head[driven], rank[driven]), 1)  # each way's two arcs head to its two ends
    at_least = held.cumsum(axis=1)
    three_streets = 3
    return at_least[network.arc_head, rank] >= three_streets
