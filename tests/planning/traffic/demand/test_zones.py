from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings

from clearway.assignment.costs import BadTraffic
from clearway.assignment.problem import check_problem
from clearway.network.build import NetworkDraft
from clearway.planning.traffic.demand.areas import read_areas
from clearway.planning.traffic.demand.roads import street_problem
from clearway.planning.traffic.demand.zones import make_zones
from random_towns import Town, random_towns

if TYPE_CHECKING:
    from clearway.network.model import Network


def suburbs(*boxes: tuple[str, float, float, float, float]) -> dict[str, object]:
    features = [
        {
            "type": "Feature",
            "properties": {"name": name},
            "geometry": {"type": "Polygon", "coordinates": [[[w, s], [e, s], [e, n], [w, n], [w, s]]]},
        }
        for name, w, s, e, n in boxes
    ]
    return {"type": "FeatureCollection", "features": features}


def test_zones_have_similar_numbers_of_addresses(town: Network) -> None:
    zones = make_zones(town, zone_count=10)
    counts = zones.address_counts()[~zones.external]
    assert len(counts) == 10
    assert counts.sum() == town.address_count
    assert counts.max() < 1.4 * counts.min()  # what fronts a junction stays together: 22 addresses here


def test_zones_without_polygons_are_called_by_their_streets(town: Network) -> None:
    names = make_zones(town, zone_count=4).names
    assert all(name.startswith("around ") for name in names[:4])
    assert len(set(names)) == len(names)


def test_large_suburbs_are_split_and_numbered_from_the_north(town: Network) -> None:
    areas = read_areas(suburbs(("Uptown", -0.001, 0.011, 0.03, 0.03), ("Downtown", -0.001, -0.001, 0.03, 0.011)), town)
    zones = make_zones(town, areas=areas, zone_count=6, most_external=0)
    assert zones.names == ("Uptown 1", "Uptown 2", "Uptown 3", "Downtown 1", "Downtown 2", "Downtown 3")
    assert zones.suburb == ("Uptown",) * 3 + ("Downtown",) * 3
    north = [zones.lat[zones.names.index(f"Uptown {number}")] for number in (1, 2, 3)]
    assert north == sorted(north, reverse=True)


def test_addresses_outside_every_suburb_and_suburbs_without_any_are_told(town: Network) -> None:
    areas = read_areas(suburbs(("South", -0.001, -0.001, 0.03, 0.009), ("Lake", 0.05, 0.05, 0.06, 0.06)), town)
    zones = make_zones(town, areas=areas, zone_count=4, most_external=0)
    assert (zones.address_zone == -1).any()
    assert len(zones.notes) == 2
    assert "addresses lie outside every area" in zones.notes[0]
    assert zones.notes[1] == "Lake: no address lies there, so no zone is made."


def test_the_squares_of_a_grid_that_hold_few_join_the_nearest(town: Network) -> None:
    zones = make_zones(town, cell_m=900.0, zone_count=6, most_external=0)
    counts = zones.address_counts()
    assert counts.sum() == town.address_count
    assert counts.min() >= 0.25 * town.address_count / 6


def test_weights_decide_where_zones_are_small(town: Network) -> None:
    weight = np.where(town.address_lon < 0.01, 4.0, 1.0)
    zones = make_zones(town, zone_count=8, weight=weight, most_external=0)
    heavy = np.bincount(zones.address_zone, weights=weight)
    assert heavy.max() / heavy.min() < 1.6
    counts = zones.address_counts()
    assert counts.max() > 2.5 * counts.min()


def test_external_zones_stand_for_the_streets_at_the_edge(town: Network) -> None:
    zones = make_zones(town, zone_count=4)
    assert set(zones.names[4:]) == {"Western Highway west", "Eastern Road east"}
    assert zones.external.tolist() == [False] * 4 + [True] * 2
    assert town.junction_edge[zones.entry_junction].all()


def test_a_network_without_addresses_and_no_zones_at_all_are_refused(town: Network) -> None:
    draft = NetworkDraft("path")
    draft.way(draft.junction(0.0, 0.0), draft.junction(0.001, 0.0), street_class="steps")
    bare = draft.finish()
    if not bare.address_count:
        with pytest.raises(BadTraffic, match="no addresses or frontage points"):
            make_zones(bare)
    with pytest.raises(BadTraffic, match="Ask for 1 or more"):
        make_zones(town, zone_count=0)


def test_the_same_network_gives_the_same_zones(town: Network) -> None:
    first, again = make_zones(town, zone_count=7), make_zones(town, zone_count=7)
    assert first.names == again.names
    assert (first.address_zone == again.address_zone).all()


@pytest.mark.slow
@given(random_towns())
@settings(max_examples=60)
def test_any_town_becomes_a_problem_that_can_be_assigned(town: Town) -> None:
    network = town.network
    if not network.address_count or not (network.arc_through & 1).any():
        return
    streets = street_problem(network, make_zones(network, zone_count=3), vehicle_classes=("emergency",))
    problem = streets.problem
    check_problem(problem)
    assert problem.edge_tail.max(initial=-1) < problem.node_count
    assert problem.edge_head.max(initial=-1) < problem.node_count
    assert (problem.edge_link >= 0).all()
    assert not np.isin(problem.zone_out[problem.zone_out >= 0], problem.edge_head).any()
    reached = set(problem.zone_in[problem.zone_in >= 0].tolist())
    assert reached <= set(problem.edge_head.tolist())
