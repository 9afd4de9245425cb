from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from clearway.network.build import NetworkDraft
from clearway.network.search.graph import routing_graph
from clearway.planning.traffic.demand.connectors import find_connectors
from clearway.planning.traffic.demand.zones import make_zones

if TYPE_CHECKING:
    from clearway.network.model import Network


def test_an_internal_zone_has_a_few_connectors_at_ends_of_its_own_streets(town: Network) -> None:
    zones = make_zones(town, zone_count=6, most_external=0)
    connectors = find_connectors([routing_graph(town, "general")], zones)
    for zone in range(zones.count):
        mine = connectors.junction[connectors.zone == zone]
        ways = np.unique(town.address_way[zones.address_zone == zone])
        assert 2 <= len(mine) <= 4
        assert np.isin(mine, np.concatenate((town.way_tail[ways], town.way_head[ways]))).all()


def test_a_connector_costs_the_mean_way_to_the_addresses() -> None:
    draft = NetworkDraft("street")
    way = draft.way(draft.junction(0.0, 0.0), draft.junction(0.01, 0.0))
    draft.address(way, 300.0)
    draft.address(way, 100.0)
    network = draft.finish()
    connectors = find_connectors([routing_graph(network, "general")], make_zones(network, zone_count=1), per_zone=1)
    assert connectors.junction.tolist() == [0]
    assert connectors.seconds[0] == pytest.approx(200 * 1.3 / (30 / 3.6), abs=0.5)


def test_no_connector_leads_where_one_cannot_return_or_on_a_motorway() -> None:
    draft = NetworkDraft("edge")
    corners = [draft.junction(0.001 * index, 0.0) for index in range(5)]
    home = draft.way(corners[0], corners[1])
    for tail, head in ((1, 2), (2, 3)):
        draft.way(corners[tail], corners[head], street_class="motorway")
    draft.address(draft.way(corners[1], corners[4], permit=(31, 0)), 50.0)
    draft.address(home, 50.0)
    network = draft.finish()
    connectors = find_connectors([routing_graph(network, "general")], make_zones(network, zone_count=1, most_external=0))
    assert connectors.junction.tolist() == [0, 1]


def test_a_zone_far_from_the_streets_that_all_reach_has_no_connector() -> None:
    draft = NetworkDraft("two islands")
    ring = [draft.junction(0.001 * column, 0.001 * row) for column, row in ((0, 0), (1, 0), (1, 1))]
    for tail, head in ((0, 1), (1, 2), (2, 0)):
        way = draft.way(ring[tail], ring[head])
        draft.address(way, 10.0)
    lone = draft.way(draft.junction(0.5, 0.5), draft.junction(0.501, 0.5))
    draft.address(lone, 10.0)
    network = draft.finish()
    zones = make_zones(network, cell_m=2000.0, zone_count=1, most_external=0)
    connectors = find_connectors([routing_graph(network, "general")], zones)
    assert zones.count == 2
    assert len(np.unique(connectors.zone)) == 1


def test_a_connector_serves_every_class() -> None:
    draft = NetworkDraft("bus street")
    first, second, third = (draft.junction(0.001 * index, 0.0) for index in range(3))
    home = draft.way(first, second)
    draft.way(second, third, permit=(8, 8))
    draft.address(home, 50.0)
    network = draft.finish()
    graphs = [routing_graph(network, name) for name in ("general", "bus")]
    zones = make_zones(network, zone_count=1, most_external=0)
    assert set(find_connectors(graphs, zones).junction.tolist()) <= {first, second}
