from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from clearway.network.build import NetworkDraft
from clearway.network.classes import class_mask
from clearway.planning.traffic.demand.external_zones import entry_capacity, find_external_zones

if TYPE_CHECKING:
    from clearway.network.model import Network

ALL = class_mask(["emergency", "resident", "service", "bus", "general"])


def ring_with(draft: NetworkDraft) -> list[int]:
    """Four junctions joined both ways, 2 km across: the main part."""
    ring = [draft.junction(*at) for at in ((0.0, 0.0), (0.018, 0.0), (0.018, 0.018), (0.0, 0.018))]
    for tail, head in zip(ring, ring[1:] + ring[:1], strict=True):
        draft.way(tail, head, name="Ring Road", street_class="secondary")
    return ring


def test_external_zones_are_named_by_street_and_side(town: Network) -> None:
    assert set(find_external_zones(town).names) == {"Western Highway west", "Eastern Road east"}


def test_drives_and_streets_off_the_main_part_lead_to_no_external_zone() -> None:
    draft = NetworkDraft("town")
    ring = ring_with(draft)
    draft.way(ring[0], draft.junction(-0.01, 0.0, edge=True), street_class="service")
    draft.way(draft.junction(0.1, 0.1, edge=True), draft.junction(0.11, 0.1))
    assert find_external_zones(draft.finish()).names == ()


def test_the_two_carriageways_of_a_motorway_are_one_zone() -> None:
    draft = NetworkDraft("town")
    ring = ring_with(draft)
    out, into = draft.junction(-0.02, 0.0, edge=True), draft.junction(-0.02, 0.0002, edge=True)
    draft.way(ring[0], out, name="State Highway 9 Westbound", street_class="motorway", permit=(ALL, 0))
    draft.way(into, ring[3], name="State Highway 9 Eastbound", street_class="motorway", permit=(ALL, 0))
    found = find_external_zones(draft.finish())
    assert found.names == ("State Highway 9 south-west",)
    assert sorted(found.junction.tolist()) == [out, into]


def test_a_lone_carriageway_finds_where_its_other_one_ends_within_the_map() -> None:
    draft = NetworkDraft("town")
    ring = ring_with(draft)
    into, far = draft.junction(-0.02, 0.0002, edge=True), draft.junction(-0.02, 0.0)
    draft.way(into, ring[3], name="Highway 9 Eastbound", street_class="trunk", permit=(ALL, 0))
    draft.way(ring[0], far, name="Highway 9 Westbound", street_class="trunk", permit=(ALL, 0))
    draft.way(far, draft.junction(-0.02, -0.01), name="Hill Road")
    assert sorted(find_external_zones(draft.finish()).junction.tolist()) == [into, far]


def test_many_entries_are_joined_until_there_are_few_enough() -> None:
    draft = NetworkDraft("town")
    ring = ring_with(draft)
    for corner, (lon, lat) in zip(ring, ((-0.01, -0.01), (0.03, -0.01), (0.03, 0.03), (-0.01, 0.03)), strict=True):
        draft.way(corner, draft.junction(lon, lat, edge=True), name=f"Road {corner}")
    network = draft.finish()
    assert len(find_external_zones(network).names) == 4
    assert len(find_external_zones(network, most=2).names) == 2


def test_an_entry_carries_what_its_street_does() -> None:
    draft = NetworkDraft("town")
    ring = ring_with(draft)
    edge = draft.junction(-0.02, 0.0, edge=True)
    draft.way(edge, ring[0], street_class="trunk", lanes=4)
    network = draft.finish()
    into, out = entry_capacity(network, np.array([edge]))
    trunk = network.street_classes.index("trunk")
    assert into[0, trunk] == out[0, trunk] == 2 * 1800
    assert into.sum() == out.sum() == 3600
