"""Where vehicles start: on the nearest street, and how long each takes to its ends."""

from __future__ import annotations

import pytest

from clearway.network.classes import class_mask
from clearway.network.closures import Closure
from clearway.network.search.graph import routing_graph
from clearway.network.search.origins import origins, origins_at
from drawn_towns import Town, place


@pytest.mark.parametrize(("x", "y", "way", "at_m"), [(90, 10, 1, 90), (90, 60, 0, 106), (50, 45, 0, 67)])
def test_a_point_starts_on_the_street_nearest_to_it_though_it_lies_in_the_box_of_another(
    x: float, y: float, way: int, at_m: float
) -> None:
    town = Town()
    town.street((0, 0), (100, 100))  # its box holds every one of the points
    town.street((0, -20), (100, -20))
    found = origins(routing_graph(town.network(), "emergency"), [place(x, y)])
    assert (found.way.tolist(), found.offset_m.round().tolist()) == ([way], [at_m])


def test_the_ends_of_its_street_are_reached_after_the_call_the_drive_and_the_gates_between() -> None:
    town = Town()
    town.street((0, 0), (100, 0), speed_kmh=30.0)  # a fifth more for those with sirens: 10 m a second
    graph = routing_graph(town.network(), "emergency")
    gates = [Closure(0, class_mask(["general"]), at_m=at_m, delay_s=5) for at_m in (60.0, 70.0)]
    found = origins_at(graph, [(0, 20.0, 0.0)], start_ms=[1_000], closures=gates)
    assert dict(zip(found.seed_arc.tolist(), found.seed_ms.tolist(), strict=True)) == {0: 19_000, 1: 3_000}


def test_a_street_that_is_shut_as_a_whole_is_left_by_neither_end() -> None:
    town = Town()
    town.street((0, 0), (100, 0))
    graph = routing_graph(town.network(), "emergency")
    assert origins_at(graph, [(0, 20.0, 0.0)], closures=[Closure(0, 127, along=False)]).seed_arc.tolist() == [0]
    assert origins_at(graph, [(0, 20.0, 0.0)], closures=[Closure(0, 127)]).seed_arc.tolist() == []
