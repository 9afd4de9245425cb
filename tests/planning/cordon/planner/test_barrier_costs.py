"""Prices of barriers, each held against a number written here."""

from __future__ import annotations

import json
from math import nan
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from clearway.errors import BadFile
from clearway.network.build import NetworkDraft
from clearway.planning.cordon.planner.barrier_costs import (
    BarrierCosts,
    joint_price,
    lane_counts,
    read_costs,
    street_prices,
    usual_points,
)

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.network.model import Network

OURS = BarrierCosts()


def one_street(**street: Any) -> Network:  # noqa: ANN401 - a street's own fields
    draft = NetworkDraft("one street")
    draft.way(draft.junction(174.77, -41.28), draft.junction(174.77, -41.279), **street)
    return draft.finish()


def price(costs: BarrierCosts = OURS, *, allow_motorway: bool = False, **street: Any) -> int:  # noqa: ANN401 - as above
    return int(street_prices(one_street(**street), np.array([0]), costs, allow_motorway=allow_motorway)[0])


@pytest.mark.parametrize(
    ("street_class", "expected"),
    [
        ("motorway", -1),
        ("motorway_link", 1_400),
        ("trunk", 1_600),
        ("trunk_link", 1_000),
        ("primary", 1_200),
        ("primary_link", 800),
        ("secondary", 900),
        ("secondary_link", 700),
        ("tertiary", 700),
        ("tertiary_link", 600),
        ("unclassified", 500),
        ("residential", 500),
        ("living_street", 400),
        ("service", 300),
        ("busway", 700),
        ("road", 500),
        ("track", 400),
        ("pedestrian", 400),
        ("cycleway", 300),
        ("footway", 300),
        ("path", 300),
        ("bridleway", 300),
        ("corridor", 300),
        ("steps", 300),
    ],
)
def test_each_class_of_street_has_its_price(street_class: str, expected: int) -> None:
    assert price(street_class=street_class) == expected


@pytest.mark.parametrize(
    ("street", "expected"),
    [
        ({"lanes": 1}, 500),
        ({"lanes": 2}, 500),
        ({"lanes": 3}, 600),
        ({"lanes": 5}, 800),
        ({"width_m": 7.0}, 500),
        ({"width_m": 8.7}, 500),
        ({"width_m": 8.8}, 600),
        ({"width_m": 20.0}, 900),
        ({"lanes": 2, "width_m": 20.0}, 500),
        ({"bus_trips": 1}, 502),
        ({"bus_trips": 240}, 980),
        ({"level": 1}, 900),
        ({"level": -1}, 900),
        ({"level": 0}, 500),
        ({"street_class": "steps", "level": 1}, 700),
        ({"lanes": 4, "bus_trips": 100, "level": 1}, 1_300),
    ],
)
def test_lanes_buses_and_bridges_cost_on_top(street: dict[str, Any], expected: int) -> None:
    assert price(**street) == expected


@pytest.mark.parametrize(
    ("costs", "street", "expected"),
    [
        ({"by_class": {"residential": 7.5}}, {}, 750),
        ({"by_class": {"primary": 7.5}}, {}, 500),
        ({"extra_lane": 2.5}, {"lanes": 4}, 1_000),
        ({"bus_trip": 0.5}, {"bus_trips": 3}, 650),
        ({"off_ground": 0.25}, {"level": 2}, 525),
        ({"by_hand": 0.0}, {"street_class": "steps"}, 200),
        ({"by_class": {"residential": 0.0}}, {}, 1),  # no barrier is free
        ({"by_class": {"residential": 0.004}}, {}, 1),
        ({"by_class": {"residential": 0.016}}, {}, 2),
    ],
)
def test_a_table_of_ones_own_decides(costs: dict[str, Any], street: dict[str, Any], expected: int) -> None:
    assert price(BarrierCosts(**costs), **street) == expected


def test_a_motorway_is_cut_only_where_that_is_allowed_and_at_its_own_price() -> None:
    assert price(street_class="motorway") == -1
    assert price(BarrierCosts(by_class={"motorway": 5.0}), street_class="motorway") == -1
    assert price(street_class="motorway", allow_motorway=True) == 4_000
    assert price(BarrierCosts(motorway=10.0), street_class="motorway", allow_motorway=True, lanes=3) == 1_100
    assert price(BarrierCosts(by_class={"motorway": 5.0}), street_class="motorway", allow_motorway=True) == 500
    assert price(allow_motorway=True) == 500


@pytest.mark.parametrize(
    ("street", "expected"),
    [
        ({}, 2),
        ({"street_class": "service"}, 1),
        ({"lanes": 3}, 3),
        ({"lanes": 1, "width_m": 12.4}, 1),
        ({"width_m": 3.5}, 1),
        ({"width_m": 12.4}, 4),
        ({"width_m": nan}, 2),
    ],
)
def test_lanes_are_those_known_else_by_width_else_as_usual(street: dict[str, Any], expected: int) -> None:
    assert lane_counts(one_street(**street), np.array([0])).tolist() == [expected]


def test_prices_come_in_the_order_asked_for() -> None:
    draft = NetworkDraft("three streets")
    ends = [draft.junction(174.77, -41.28 + step / 1000) for step in range(4)]
    for at, street_class in enumerate(["primary", "motorway", "service"]):
        draft.way(ends[at], ends[at + 1], street_class=street_class)
    network = draft.finish()
    assert street_prices(network, np.array([2, 0, 1, 2]), OURS, allow_motorway=False).tolist() == [300, 1_200, -1, 300]
    assert street_prices(network, np.empty(0, np.int64), OURS, allow_motorway=False).tolist() == []


@pytest.mark.parametrize(
    ("prices", "share", "expected"),
    [
        ([500], 0.6, 501),
        ([500, 500], 0.6, 800),
        ([300, 500, 200], 0.6, 800),
        ([500, 300], 0.0, 501),
        ([500, 300], 1.0, 800),
        ([1_200, 1_200], 0.15, 1_380),
        ([5, 5], 0.1, 6),
    ],
)
def test_several_arms_cost_the_dearest_and_a_share_of_the_others_and_more_than_the_dearest(
    prices: list[int], share: float, expected: int
) -> None:
    assert joint_price(prices, share) == expected


def test_usual_points_are_those_of_the_table() -> None:
    assert [usual_points(name) for name in ("residential", "steps", "motorway", "no such class")] == [5.0, 2.0, None, 5.0]


def test_the_table_itself_is_this_one() -> None:
    assert OURS.model_dump() == {
        "by_class": {},
        "motorway": 40.0,
        "extra_lane": 1.0,
        "bus_trip": 0.02,
        "off_ground": 4.0,
        "by_hand": 1.0,
        "mid_block": 1.0,
        "junction_share": 0.6,
        "carriageway_share": 0.15,
    }


@pytest.mark.parametrize(
    "table",
    [
        {"motorway": 0},
        {"motorway": 1_000_000},
        {"junction_share": 0},
        {"junction_share": 1},
        {"by_class": {"primary": 12}},
        {},
    ],
)
def test_a_table_is_read_up_to_its_bounds(tmp_path: Path, table: dict[str, Any]) -> None:
    path = tmp_path / "costs.json"
    path.write_text(json.dumps(table))
    assert read_costs(path) == BarrierCosts(**table)


@pytest.mark.parametrize(
    "table",
    [
        {"motorway": -0.01},
        {"motorway": 1_000_001},
        {"junction_share": 1.01},
        {"carriageway_share": -0.1},
        {"by_class": {"primary": -1}},
        {"by_class": {"primary": "12"}},
        {"bus_trip": True},
        {"bus": 1},
    ],
)
def test_a_table_beyond_its_bounds_is_refused_with_what_is_known(tmp_path: Path, table: dict[str, Any]) -> None:
    path = tmp_path / "costs.json"
    path.write_text(json.dumps(table))
    with pytest.raises(BadFile, match=r"is not a table of barrier costs: .*Known: bus_trip, by_class, by_hand"):
        read_costs(path)


@pytest.mark.parametrize("written", ["{", '{"bus_trips": 1}', '{"bus_trip": -1}'])
def test_a_table_that_cannot_be_used_is_answered_with_one_that_can(tmp_path: Path, written: str) -> None:
    path = tmp_path / "costs.json"
    path.write_text(written)
    example = '{"bus_trip": 0.02, "by_class": {"primary": 12}}'
    with pytest.raises(BadFile) as refused:
        read_costs(path)
    before, _, after = str(refused.value).partition(f"Give a JSON object such as {example}.")
    assert before
    assert after == "" or after.startswith(" Known: bus_trip, by_class, by_hand, ")
    path.write_text(example)
    assert read_costs(path) == BarrierCosts(bus_trip=0.02, by_class={"primary": 12.0})
