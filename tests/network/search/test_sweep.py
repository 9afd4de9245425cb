from itertools import pairwise
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearway.network.build import NetworkDraft
from clearway.network.closures import shut_arcs
from clearway.network.model import NEVER_MS, Network
from clearway.network.search.graph import routing_graph
from clearway.network.search.origins import origins, origins_at
from clearway.network.search.search import shortest_tree
from clearway.network.search.sweep import NO_ADDRESS, block_each_way
from clearway.network.search.targets import address_targets, target_ms
from drawn_towns import Town as Drawn
from random_towns import ByHand, Town
from rounds import examples, rounds


def worst_by_hand(town: Town, by_hand: type[ByHand], way: int) -> np.ndarray:
    """The worst time to each address over every place on the way at which a car could make a difference."""
    network = town.network
    length = float(network.way_length_m[way])
    marks = {0.0, length, *(at_m for on, at_m in town.stations if on == way)}
    marks |= set(network.address_offset_m[network.address_way == way].tolist())
    edges = sorted(min(max(mark, 0.0), length) for mark in marks)
    spots = [(low + high) / 2 for low, high in pairwise(edges) if low < high]
    worst: np.ndarray = np.max([by_hand(town, cars=((way, spot),)).address_ms() for spot in spots], axis=0)
    return worst


def does_what_a_car_does(town: Town, by_hand: type[ByHand]) -> None:
    """Hold every figure of a sweep against a car at the worst spot of each way."""
    graph, tree, targets = town.searched()
    sweep = block_each_way(graph, tree, targets)
    base = np.array(by_hand(town).address_ms(), dtype=np.int64)
    assert sweep.base_ms.tolist() == base.tolist()
    cutting: list[list[int]] = [[] for _ in base]
    for way in range(town.network.way_count):
        worst = worst_by_hand(town, by_hand, way)
        cut = np.flatnonzero((worst == NEVER_MS) & (base < NEVER_MS))
        added = np.where((worst < NEVER_MS) & (base < NEVER_MS), worst - base, 0)
        assert sweep.cut_address[sweep.cut_start[way] : sweep.cut_start[way + 1]].tolist() == cut.tolist()
        assert sweep.cut_off[way] == len(cut)
        assert sweep.delayed[way] == (added > 0).sum()
        assert sweep.added_ms[way] == added.sum()
        assert sweep.most_added_ms[way] == added.max(initial=0)
        assert sweep.worst_address[way] == (added.argmax() if added.any() else NO_ADDRESS)
        for address in cut:
            cutting[address].append(way)
    start, ways = sweep.single_ways
    assert [ways[start[address] : start[address + 1]].tolist() for address in range(len(base))] == cutting
    assert sweep.two_approaches.tolist() == [
        bool(base[address] < NEVER_MS and not cutting[address]) for address in range(len(base))
    ]


@pytest.mark.slow
@settings(max_examples=examples(12))
@given(st.data())
def test_each_way_does_what_a_car_at_its_worst_spot_does_by_hand(
    towns: st.SearchStrategy, by_hand: type[ByHand], data: st.DataObject
) -> None:
    does_what_a_car_does(data.draw(towns), by_hand)


def block_of_stations(chance: Random) -> Town:
    """Two blocks side by side and a dead end, some streets one-way, the stations anywhere on two of the streets."""
    drawn = Drawn()
    corners = [(0, 0), (100, 0), (200, 0), (0, 100), (100, 100), (200, 100), (300, 100)]
    for ends in ((0, 1), (1, 2), (3, 4), (4, 5), (0, 3), (1, 4), (2, 5), (5, 6)):
        permit = chance.choice([(127, 127)] * 5 + [(127, 16)])
        drawn.street(corners[ends[0]], corners[ends[1]], permit=permit, speed_kmh=chance.choice([30.0, 50.0]))
    length = drawn.network().way_length_m.tolist()
    places = [(way, share * length[way]) for way in range(len(length)) for share in (0.0, 0.25, 0.5, 0.75, 1.0)]
    for place in chance.sample(places, 16):
        drawn.draft.address(*place)
    homes = chance.sample(range(len(length)), 2)
    stations = chance.sample([place for place in places if place[0] in homes], chance.randint(1, 3))
    return Town(drawn.network(), stations, [])


def test_a_car_beside_a_station_keeps_it_from_that_end(by_hand: type[ByHand]) -> None:
    for chance in rounds(10):
        does_what_a_car_does(block_of_stations(chance), by_hand)


def test_a_block_with_two_ways_round_has_two_approaches_and_a_dead_end_has_one() -> None:
    draft = NetworkDraft("block with a dead end")
    corners = [draft.junction(174.77 + dx, -41.28 + dy) for dx, dy in ((0, 0), (0.001, 0), (0.001, 0.001), (0, 0.001))]
    for tail, head in zip(corners, [*corners[1:], corners[0]], strict=True):
        draft.way(tail, head)
    dead_end = draft.way(corners[2], draft.junction(174.772, -41.279))
    round_the_block, at_the_end = draft.address(1, 40.0), draft.address(dead_end, 40.0)
    graph = routing_graph(draft.finish(), "emergency")
    tree = shortest_tree(graph, origins_at(graph, [(3, 111.0, 0.0)]))
    sweep = block_each_way(graph, tree, address_targets(graph))
    assert sweep.two_approaches.tolist() == [True, False]
    assert sweep.cut_off.tolist() == [0, 0, 0, 0, 1]
    assert sweep.single_ways[1].tolist() == [dead_end]
    assert sweep.worst_address[0] == round_the_block
    assert at_the_end not in sweep.cut_address[: sweep.cut_start[4]]


def test_only_the_ways_asked_for_are_blocked_and_in_that_order(wellington: Network) -> None:
    graph = routing_graph(wellington, "emergency")
    tree = shortest_tree(graph, origins(graph, [(174.7787, -41.2790)]))
    targets = address_targets(graph)
    some = np.array([700, 3, 4000], np.int32)
    sweep, whole = block_each_way(graph, tree, targets, some), block_each_way(graph, tree, targets)
    assert sweep.ways.tolist() == [700, 3, 4000]
    for name in ("delayed", "cut_off", "added_ms", "most_added_ms", "worst_address"):
        assert getattr(sweep, name).tolist() == getattr(whole, name)[some].tolist()


def test_a_sweep_of_wellington_agrees_with_a_new_search_per_way(wellington: Network) -> None:
    graph = routing_graph(wellington, "emergency")
    start = origins(graph, [(174.7787, -41.2790), (174.7600, -41.3200)])
    tree, targets = shortest_tree(graph, start), address_targets(graph)
    ways = np.random.default_rng(3).choice(wellington.way_count, 60, replace=False).astype(np.int32)
    ways = ways[~np.isin(ways, start.way)]
    sweep = block_each_way(graph, tree, targets, ways)
    for at, way in enumerate(ways.tolist()):
        shut = np.zeros(wellington.arc_count, np.bool_)
        shut[2 * way : 2 * way + 2] = True
        elsewhere = wellington.address_way != way
        anew = target_ms(shortest_tree(graph, start, shut), targets)
        lost = elsewhere & (anew == NEVER_MS) & (sweep.base_ms < NEVER_MS)
        cut = sweep.cut_address[sweep.cut_start[at] : sweep.cut_start[at + 1]]
        assert cut[elsewhere[cut]].tolist() == np.flatnonzero(lost).tolist()
        later = (anew < NEVER_MS) & elsewhere
        assert (anew[later] - sweep.base_ms[later]).max(initial=0) <= sweep.most_added_ms[at]
        assert sweep.added_ms[at] >= (anew[later].astype(np.int64) - sweep.base_ms[later]).sum()


def test_a_network_without_ways_has_an_empty_sweep() -> None:
    graph = routing_graph(NetworkDraft("nothing").finish(), "emergency")
    tree = shortest_tree(graph, origins(graph, []), shut_arcs(graph.network, [], "emergency"))
    sweep = block_each_way(graph, tree, address_targets(graph))
    assert (sweep.ways.tolist(), sweep.two_approaches.tolist()) == ([], [])
