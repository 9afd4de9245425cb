"""What a barrier must cost, by hand: each row of the table of costs, at the bound and one beside."""

from __future__ import annotations

from typing import Any

import pytest

from clearway.network.build import NetworkDraft
from clearway.network.classes import StreetClass, load_street_classes
from clearway.planning.cordon.check.network_reading import NetworkReading
from clearway.planning.cordon.check.price_list import PriceList
from clearway.planning.cordon.planner.barrier_costs import BarrierCosts
from clearway.planning.cordon.planner.question import CordonQuestion
from drawn_towns import place, square


def prices(street: dict[str, Any], draft: NetworkDraft | None = None, **asked: Any) -> PriceList:  # noqa: ANN401 - of the question
    """Of a town of one street."""
    draft = draft or NetworkDraft("Street")
    draft.way(draft.junction(*place(0, 0)), draft.junction(*place(0, 100)), **street)
    question = CordonQuestion(site=square(0, 0, 10), **asked).model_dump(mode="json")
    return PriceList(NetworkReading(draft.finish(), question))


@pytest.mark.parametrize(
    ("street", "hundredths"),
    [
        ({}, 500),
        ({"street_class": "secondary"}, 900),
        ({"street_class": "motorway_link"}, 1400),
        ({"lanes": 1}, 500),
        ({"lanes": 2}, 500),
        ({"lanes": 3}, 600),
        ({"lanes": 5}, 800),
        ({"width_m": 8.7}, 500),
        ({"width_m": 8.8}, 600),
        ({"width_m": 12.3}, 700),
        ({"lanes": 2, "width_m": 20.0}, 500),
        ({"bus_trips": 1}, 502),
        ({"bus_trips": 150}, 800),
        ({"level": 1}, 900),
        ({"level": -1}, 900),
        ({"street_class": "footway"}, 300),
        ({"street_class": "steps", "level": 1, "lanes": 3, "bus_trips": 10}, 820),
        ({"street_class": "pedestrian"}, 400),
    ],
)
def test_a_barrier_costs_its_class_its_lanes_its_buses_its_bridge_and_the_work_by_hand(
    street: dict[str, Any], hundredths: int
) -> None:
    found = prices(street)
    assert found.mouth(0) == hundredths
    assert found.mid_block(0) == hundredths + 100


def test_a_motorway_is_cut_only_where_that_is_allowed_and_at_the_price_of_the_question() -> None:
    motorway = {"street_class": "motorway"}
    assert (prices(motorway).mouth(0), prices(motorway).mid_block(0)) == (None, None)
    assert prices(motorway, allow_motorway=True).mouth(0) == 4000
    assert prices(motorway, allow_motorway=True, costs=BarrierCosts(motorway=33)).mouth(0) == 3300
    assert prices(motorway, allow_motorway=True, costs=BarrierCosts(by_class={"motorway": 21})).mouth(0) == 2100
    assert prices({}, allow_motorway=True).mouth(0) == 500


def test_a_price_of_the_question_stands_before_that_of_the_table_and_nothing_is_free() -> None:
    costs = BarrierCosts(by_class={"residential": 7.5, "service": 0}, mid_block=2.5, extra_lane=0.25, off_ground=1.5, by_hand=3)
    assert prices({"lanes": 4}, costs=costs).mouth(0) == 800
    assert prices({}, costs=costs).mid_block(0) == 1000
    assert prices({"street_class": "service"}, costs=costs).mouth(0) == 1
    assert prices({"street_class": "path", "level": 1}, costs=costs).mouth(0) == 650


def test_a_class_that_the_table_does_not_know_costs_as_a_road() -> None:
    lane = StreetClass("hidden_lane", speed_kmh=10, drivable=True, barrier_cost=99.0, lane_count=9)
    draft = NetworkDraft("Street", street_classes=(*load_street_classes(), lane))
    assert prices({"street_class": "hidden_lane", "permit": (127, 127)}, draft).mouth(0) == 500


@pytest.mark.parametrize(
    ("of", "junction", "carriageway"),
    [([500], 501, 501), ([500, 300], 575, 530), ([300, 500, 300], 650, 560), ([500, 2], 501, 501), ([500, 6], 502, 501)],
)
def test_several_closed_as_one_place_cost_the_dearest_and_a_share_of_the_others(
    of: list[int], junction: int, carriageway: int
) -> None:
    found = prices({}, costs=BarrierCosts(junction_share=0.25, carriageway_share=0.1))
    assert (found.joint(of, "junction_share"), found.joint(of, "carriageway_share")) == (junction, carriageway)
