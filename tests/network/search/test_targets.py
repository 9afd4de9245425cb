import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearway.network.build import NetworkDraft
from clearway.network.closures import Closure
from clearway.network.model import NEVER_MS
from clearway.network.search.graph import routing_graph
from clearway.network.search.origins import origins_at
from clearway.network.search.search import shortest_tree
from clearway.network.search.targets import (
    NO_APPROACH,
    address_targets,
    arrivals,
    direct_arrivals,
    spot_targets,
    straight_ms,
    target_ms,
)
from rounds import examples, first_few

EVERYBODY = 127


def street() -> NetworkDraft:
    """One street of 111.195 m, 60 km/h for an engine, with an address 30 m from its tail."""
    draft = NetworkDraft("street")
    draft.way(draft.junction(174.77, -41.28), draft.junction(174.77, -41.279))
    draft.address(0, 30.0)
    return draft


def entered(draft: NetworkDraft, *closures: Closure) -> list[tuple[int, int]]:
    """(arc, extra milliseconds) of each approach to the only address."""
    targets = address_targets(routing_graph(draft.finish(), "emergency"), closures)
    return list(zip(targets.arc.tolist(), targets.extra_ms.tolist(), strict=True))


def test_an_address_is_entered_from_both_ends() -> None:
    assert entered(street()) == [(0, round(30 * 3600 / 60)), (1, round(81.1951 * 3600 / 60))]


def test_a_stop_before_the_address_leaves_the_other_end() -> None:
    draft = street()
    draft.stop(0, 20.0, blocks=EVERYBODY)
    assert entered(draft) == [(1, 4872)]


def test_a_stop_at_exactly_the_address_leaves_both_ends() -> None:
    draft = street()
    draft.stop(0, 30.0, blocks=EVERYBODY)
    assert [arc for arc, _ in entered(draft)] == [0, 1]


def test_a_one_way_street_is_entered_from_its_start() -> None:
    draft = NetworkDraft("one way")
    draft.way(draft.junction(174.77, -41.28), draft.junction(174.77, -41.279), permit=(EVERYBODY, 0))
    draft.address(0, 30.0)
    assert entered(draft) == [(0, 1800)]


def test_a_way_that_is_shut_as_a_whole_cannot_be_entered() -> None:
    assert entered(street(), Closure(0, EVERYBODY)) == []
    assert entered(street(), Closure(0, EVERYBODY, against=False)) == [(1, 4872)]


def test_a_closure_at_a_point_parts_the_way_in_the_direction_it_shuts() -> None:
    assert entered(street(), Closure(0, EVERYBODY, at_m=40.0)) == [(0, 1800)]
    assert entered(street(), Closure(0, EVERYBODY, at_m=40.0, against=False)) == [(0, 1800), (1, 4872)]


def test_a_closure_that_lets_the_class_through_changes_nothing() -> None:
    assert entered(street(), Closure(0, 1 << 4)) == entered(street())


def test_a_station_on_the_same_street_drives_straight_to_the_address() -> None:
    draft = street()
    graph = routing_graph(draft.finish(), "emergency")
    targets = address_targets(graph)
    found = arrivals(shortest_tree(graph, origins_at(graph, [(0, 40.0, 0.0)])), targets)
    assert (found.ms.tolist(), found.direct_origin.tolist(), found.approach.tolist()) == ([600], [0], [NO_APPROACH])


def test_a_closure_between_station_and_address_sends_it_round_or_nowhere() -> None:
    graph = routing_graph(street().finish(), "emergency")
    between = [Closure(0, EVERYBODY, at_m=35.0)]
    tree = shortest_tree(graph, origins_at(graph, [(0, 40.0, 0.0)], closures=between), np.array([True, True]))
    assert target_ms(tree, address_targets(graph, between)).tolist() == [NEVER_MS]


def test_a_forbidden_turn_is_heeded_by_one_who_only_drives_up_to_the_address() -> None:
    draft = NetworkDraft("corner")
    a, b, c = draft.junction(174.77, -41.28), draft.junction(174.77, -41.279), draft.junction(174.771, -41.279)
    draft.way(a, b)
    draft.way(b, c)
    draft.turn([0, 2])
    draft.address(1, 10.0)
    draft.stop(1, 20.0, blocks=EVERYBODY)
    graph = routing_graph(draft.finish(), "emergency")
    tree = shortest_tree(graph, origins_at(graph, [(0, 50.0, 0.0)]))
    # straight on is forbidden; round by the far end of its own street and back the turn is the same, so never
    assert target_ms(tree, address_targets(graph)).tolist() == [NEVER_MS]


@pytest.mark.slow
@settings(max_examples=examples(50))
@given(st.data())
def test_every_address_is_reached_as_soon_as_by_hand(towns: st.SearchStrategy, by_hand: type, data: st.DataObject) -> None:
    town = data.draw(towns)
    _, tree, targets = town.searched()
    assert target_ms(tree, targets).tolist() == by_hand(town).address_ms()


@pytest.mark.slow
@settings(max_examples=examples(60))
@given(st.data())
def test_the_approach_taken_explains_the_time(towns: st.SearchStrategy, data: st.DataObject) -> None:
    _, tree, targets = data.draw(towns).searched()
    found = arrivals(tree, targets)
    for address in range(targets.address_count):
        approach = found.approach[address]
        assert (found.ms[address] < NEVER_MS) == (approach != NO_APPROACH or found.direct_origin[address] >= 0)
        if approach != NO_APPROACH:
            assert targets.start[address] <= approach < targets.start[address + 1]
            assert found.ms[address] == tree.ms[targets.node[approach]] + targets.extra_ms[approach]


def test_some_towns_are_reached_right(towns: st.SearchStrategy, by_hand: type) -> None:
    first_few(test_every_address_is_reached_as_soon_as_by_hand, count=12, towns=towns, by_hand=by_hand)
    first_few(test_the_approach_taken_explains_the_time, towns=towns)


def test_straight_on_goes_before_an_approach_that_takes_as_long() -> None:
    graph = routing_graph(street().finish(), "emergency")
    targets = address_targets(graph)
    found = arrivals(shortest_tree(graph, origins_at(graph, [(0, 0.0, 0.0)])), targets)
    assert (found.ms.tolist(), found.direct_origin.tolist(), found.approach.tolist()) == ([1800], [0], [NO_APPROACH])


def test_of_two_stations_on_the_street_the_sooner_drives_straight_on_and_of_equals_the_first() -> None:
    draft = street()
    draft.address(0, 60.0)
    graph = routing_graph(draft.finish(), "emergency")
    starts = origins_at(graph, [(0, 50.0, 0.0), (0, 40.0, 0.0), (0, 40.0, 0.0)], start_ms=[0, 0, 0])
    ms, origin = direct_arrivals(starts, address_targets(graph))
    assert (ms.tolist(), origin.tolist()) == ([600, 600], [1, 0])
    late = origins_at(graph, [(0, 50.0, 0.0), (0, 40.0, 0.0)], start_ms=[0, 5_000])
    assert direct_arrivals(late, address_targets(graph))[0].tolist() == [1200, 600]


def test_straight_along_a_street_takes_its_metres_and_the_start_and_the_gates_between() -> None:
    draft = street()
    draft.address(0, 60.0)
    graph = routing_graph(draft.finish(), "emergency")
    gates = [Closure(0, 1 << 4, at_m=at_m, delay_s=2.0) for at_m in (45.0, 55.0, 60.0)]
    assert straight_ms(address_targets(graph), 0, 40.0, 0).tolist() == [600, 1200]
    assert straight_ms(address_targets(graph), 0, 40.0, 7).tolist() == [607, 1207]
    assert straight_ms(address_targets(graph, gates), 0, 40.0, 0).tolist() == [600, 1200 + 4000]


def test_what_stands_exactly_at_one_end_of_a_drive_does_not_part_it() -> None:
    graph = routing_graph(street().finish(), "emergency")
    for at_m, ms in ((30.0, 600), (40.0, 600), (35.0, NEVER_MS), (29.0, 600), (41.0, 600)):
        targets = address_targets(graph, [Closure(0, EVERYBODY, at_m=at_m)])
        assert straight_ms(targets, 0, 40.0, 0).tolist() == [ms]


def test_a_closure_of_one_direction_binds_only_who_drives_that_way() -> None:
    graph = routing_graph(street().finish(), "emergency")
    targets = address_targets(graph, [Closure(0, EVERYBODY, at_m=35.0, along=False)])
    assert straight_ms(targets, 0, 40.0, 0).tolist() == [NEVER_MS]  # against the way
    other = address_targets(graph, [Closure(0, EVERYBODY, at_m=25.0, along=False)])
    assert straight_ms(other, 0, 20.0, 0).tolist() == [600]
    assert straight_ms(address_targets(graph, [Closure(0, EVERYBODY)]), 0, 30.0, 0).tolist() == [0]  # already there


def test_a_gate_before_an_address_is_waited_at_and_one_behind_it_is_not() -> None:
    gates = [Closure(0, 1 << 4, at_m=at_m, delay_s=3.0) for at_m in (10.0, 50.0)]
    assert entered(street(), *gates) == [(0, 1800 + 3000), (1, 4872 + 3000)]
    graph = routing_graph(street().finish(), "emergency")
    waited = [address_targets(graph, gates).extra_ms.tolist() for _ in range(2)]
    assert [*waited, address_targets(graph).extra_ms.tolist()] == [[4800, 7872], [4800, 7872], [1800, 4872]]
    at_the_door = Closure(0, 1 << 4, at_m=30.0, delay_s=3.0)
    assert entered(street(), at_the_door) == [(0, 1800), (1, 4872)]


def test_spots_that_are_no_addresses_are_reached_by_the_same_rule() -> None:
    draft = street()
    draft.stop(0, 20.0, blocks=EVERYBODY)
    graph = routing_graph(draft.finish(), "emergency")
    spots = spot_targets(graph, np.array([0, 0], np.int32), np.array([30.0, 10.0]))
    assert (spots.start.tolist(), spots.arc.tolist(), spots.extra_ms.tolist()) == ([0, 1, 2], [1, 0], [4872, 600])
    assert spots.address_count == 2
