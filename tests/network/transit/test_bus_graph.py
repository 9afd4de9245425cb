"""Where a bus may be sent, turn by turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from clearway.network.build import NetworkDraft
from clearway.network.classes import class_mask
from clearway.network.model import ACROSS_M, NEVER_MS
from clearway.network.search.arc_search import ArcSearch
from clearway.network.transit.bus_graph import BusGraph, bus_graph

if TYPE_CHECKING:
    from collections.abc import Sequence


NORTH_M = 111195.08
EAST_M = NORTH_M * np.cos(np.radians(41.28))


def town(
    streets: Sequence[tuple[tuple[float, float], tuple[float, float]]], more: dict[int, dict[str, Any]] | None = None
) -> NetworkDraft:
    """Straight streets between points in metres, those that share a point joined; ``more`` of some by their number."""
    draft = NetworkDraft("Town")
    junctions: dict[tuple[float, float], int] = {}
    for number, ends in enumerate(streets):
        tail, head = (
            junctions[end] if end in junctions else junctions.setdefault(end, draft.junction(*at(*end))) for end in ends
        )
        draft.way(tail, head, **(more or {}).get(number, {}))
    return draft


def at(east: float, north: float) -> tuple[float, float]:
    return 174.77 + east / EAST_M, -41.28 + north / NORTH_M


def moves(graph: BusGraph) -> set[tuple[int, int]]:
    """Every move as arc to arc."""
    return {(int(graph.node_arc[tail]), int(graph.node_arc[head])) for tail, head in zip(graph.tail, graph.head, strict=True)}


CROSS = [((0, 0), (100, 0)), ((100, 0), (200, 0)), ((100, 0), (100, 100))]


def test_a_bus_goes_on_and_turns_but_does_not_turn_round() -> None:
    graph = bus_graph(town(CROSS).finish())
    assert moves(graph) == {(0, 2), (0, 4), (3, 1), (3, 4), (5, 1), (5, 2)}


def test_a_turn_of_more_than_150_degrees_is_none_for_a_bus_that_the_timetable_does_not_show_there() -> None:
    streets = [((0, 0), (100, 0)), ((100, 0), (200, 0)), ((100, 0), (0, 20))]
    network = town(streets).finish()
    assert (0, 4) not in moves(bus_graph(network))
    assert (0, 4) in moves(bus_graph(network, [(0, 4)]))
    roomier = [*streets[:2], ((100, 0), (0, 80))]
    assert (0, 4) in moves(bus_graph(town(roomier).finish()))


@pytest.mark.parametrize(("apart", "turns"), [(15, False), (30, True)])
def test_two_carriageways_need_room_between_them_to_turn_a_bus(apart: float, turns: bool) -> None:  # noqa: FBT001 - a row of a table
    streets = [((0, 0), (100, 0)), ((100, 0), (100, apart)), ((100, apart), (0, apart)), ((100, 0), (200, 0))]
    network = town(streets).finish()
    graph = bus_graph(network)
    tree = ArcSearch(graph, np.zeros(network.arc_count, np.bool_)).forward({int(graph.first_node[0]): 0})
    assert (tree.best(4)[1] < NEVER_MS) == turns


@pytest.mark.parametrize(("across", "turns"), [(30.0, True), (20.0, False)])
def test_a_turning_circle_serves_a_bus_if_it_is_wide_enough(across: float, turns: bool) -> None:  # noqa: FBT001 - a row of a table
    draft = town(CROSS)
    draft.place("turning_place", *at(200, 0))
    draft.report[ACROSS_M] = [(0, across)]
    assert ((2, 3) in moves(bus_graph(draft.finish()))) == turns


@pytest.mark.parametrize(
    ("more", "allowed"),
    [
        ({}, True),
        ({"width_m": 2.8}, False),
        ({"width_m": 3.2}, True),
        ({"street_class": "service"}, False),
        ({"street_class": "service", "permit": (class_mask(["bus"]), class_mask(["bus"]))}, True),
        ({"permit": (class_mask(["general"]), class_mask(["general"]))}, False),
        ({"street_class": "footway"}, False),
    ],
)
def test_a_bus_is_sent_where_it_may_and_fits(more: dict[str, Any], allowed: bool) -> None:  # noqa: FBT001 - a row of a table
    network = town(CROSS, {2: more}).finish()
    assert ((0, 4) in moves(bus_graph(network))) == allowed


def test_a_drive_of_the_timetable_s_buses_shows_that_a_bus_can() -> None:
    network = town(CROSS, {2: {"street_class": "service"}}).finish()
    assert (0, 4) in moves(bus_graph(network, [(0, 4)]))
    shut = town(CROSS, {2: {"permit": (0, 0)}}).finish()
    assert (0, 4) not in moves(bus_graph(shut, [(0, 4)]))


def test_an_obstacle_and_a_turn_restriction_hold_for_buses() -> None:
    draft = town(CROSS)
    draft.turn([0, 4])
    draft.stop(1, 50, blocks=class_mask(["bus"]))
    left = moves(bus_graph(draft.finish()))
    assert left.isdisjoint({(0, 4), (0, 2), (5, 2)})
    assert (5, 1) in left


def test_a_restriction_over_several_streets_counts_what_was_driven_before() -> None:
    streets = [((0, 0), (100, 0)), ((100, 0), (200, 0)), ((200, 0), (300, 0)), ((200, 0), (200, 100)), ((100, 0), (100, 100))]
    draft = town(streets)
    draft.turn([0, 2, 6])
    network = draft.finish()
    graph = bus_graph(network)
    search = ArcSearch(graph, np.zeros(network.arc_count, np.bool_))
    assert search.forward({int(graph.first_node[0]): 0}).best(6)[1] == NEVER_MS
    assert search.forward({int(graph.first_node[9]): 0}).best(6)[1] < NEVER_MS
    assert search.forward({int(graph.first_node[0]): 0}).best(4)[1] < NEVER_MS


def test_searches_forward_and_backward_agree_on_every_pair_of_arcs() -> None:
    streets = [((0, 0), (100, 0)), ((100, 0), (200, 0)), ((200, 0), (200, 90)), ((200, 90), (100, 90)), ((100, 90), (100, 0))]
    draft = town(streets)
    draft.turn([2, 4])
    draft.turn([9, 1])
    network = draft.finish()
    graph = bus_graph(network)
    search = ArcSearch(graph, np.zeros(network.arc_count, np.bool_))
    for start in range(graph.node_count):
        forward = search.forward({start: 0}).ms
        for end in range(graph.node_count):
            assert search.backward({end: 0}).ms[start] == forward[end]
