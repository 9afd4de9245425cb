"""Warnings of what the streets do not say about the ground round a cordon."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from clearway.network.importers.osm import import_osm
from clearway.network.model import Network
from clearway.planning.cordon.planner.contract import CordonPlan
from clearway.planning.cordon.planner.plan import plan_cordon
from clearway.planning.cordon.planner.question import CordonQuestion
from clearway.planning.cordon.planner.site_file import read_site

CASES = Path(__file__).parents[3] / "data" / "cases" / "network"
Draw = Callable[[str], Network]
# West Street, then a plaza of 100 m, then Site Street to East Street; the site is on Site Street
PLAZA = """
    n 1 -500 0
    n 2 -100 0
    n 3 -100 50
    n 4 0 50
    n 5 0 0
    n 6 0 -50
    n 7 -100 -50
    n 8 300 0
    n 9 300 300
    n 10 300 -300
    w 11 1,2 highway=residential name='West Street'
    w 12 5,8 highway=residential name='Site Street'
    w 13 9,8,10 highway=residential name='East Street'
    w 20 2,3,4,5,6,7,2 {tags}
"""


def planned(network: Network, *box: float) -> CordonPlan:
    """The cordon round a box: west, south, east, north in metres."""
    west, south, east, north = box
    ring = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    corners = [[174.77 + x / 83_560, -41.28 + y / 111_195] for x, y in ring]
    return plan_cordon(network, CordonQuestion(site={"type": "Polygon", "coordinates": [corners]}))


def told(plan: CordonPlan) -> list[str]:
    """The warnings, those of the data's edge aside."""
    return [warning for warning in plan.warnings if "edge of the data" not in warning]


@pytest.mark.parametrize(
    ("case", "named"),
    [
        ("c18-near-miss-drive", "Drive to the grounds ends 3 m before the site, at 10.00225, 0.00216."),
        ("g1-cross-without-node", "High St and Cross St cross at 10.00000, 0.00000 without a junction."),
        ("g3-plaza-multipolygon", "Plaza at 9.99955, 0.00000 is open ground: vehicles can cross it from West St."),
    ],
)
def test_a_case_warns_of_its_place(case: str, named: str) -> None:
    network = import_osm(CASES / f"{case}.osm")
    site, stretches = read_site(CASES / f"{case}.site.geojson", network)
    plan = plan_cordon(network, CordonQuestion(site=json.loads(json.dumps(site)), stretches=stretches))
    assert [warning.startswith(named) for warning in told(plan)] == [True]


@pytest.mark.parametrize("case", ["g3-plaza", "k00-base"])
def test_a_case_that_is_as_it_should_be_warns_of_nothing(case: str) -> None:
    network = import_osm(CASES / f"{case}.osm")
    site, stretches = read_site(CASES / f"{case}.site.geojson", network)
    assert told(plan_cordon(network, CordonQuestion(site=json.loads(json.dumps(site)), stretches=stretches))) == []


def test_a_square_between_a_street_and_the_site_is_named_until_the_site_is_drawn_over_it(draw: Draw) -> None:
    network = draw(PLAZA.format(tags="highway=footway area=yes name=Plaza"))
    plan = planned(network, 100, -10, 200, 10)
    assert [warning.partition(" at ")[0] for warning in told(plan)] == ["Plaza"]
    assert len(plan.barriers) == 1
    over = planned(network, -105, -55, 200, 55)
    assert told(over) == []
    assert {barrier.street for barrier in over.barriers} == {"West Street", "Site Street"}


def test_of_many_streets_that_touch_a_square_three_are_named(draw: Draw) -> None:
    more = [f"n {20 + at} -150 {y}\n n {30 + at} -100 {y}" for at, y in enumerate((30, 10, -20))]
    ways = [f"w {40 + at} {20 + at},{30 + at} highway=residential name='{name} Lane'" for at, name in enumerate("DCB")]
    joined = [f"w {50 + at} 1,{20 + at} highway=residential name='Way {at}'" for at in range(3)]
    text = PLAZA.format(tags="highway=footway area=yes name=Plaza").replace("2,3,4,5,6,7,2", "2,31,30,3,4,5,6,7,32,2")
    network = draw("\n".join([*more, text, *ways, *joined]))
    (warning,) = told(planned(network, 100, -10, 200, 10))
    assert "vehicles can cross it from B Lane and C Lane and D Lane. No barrier" in warning


def test_a_square_that_the_site_itself_touches_is_named(draw: Draw) -> None:
    network = draw(PLAZA.format(tags="highway=footway area=yes name=Plaza"))
    assert told(planned(network, -40, -20, 200, 20))[0].startswith("Plaza at")


def test_a_square_that_no_other_street_touches_is_no_way_in(draw: Draw) -> None:
    network = draw(
        PLAZA.format(tags="highway=footway area=yes").replace("w 11 1,2", "w 11 1,14").replace("n 1 ", "n 14 -300 0\n    n 1 ")
    )
    assert told(planned(network, 100, -10, 200, 10)) == []


@pytest.mark.parametrize("name", ["The Drive", ""])
@pytest.mark.parametrize(("end", "named"), [(3, True), (9, True), (12, False)])
def test_a_drive_that_ends_just_outside_the_site_is_named_until_the_site_is_drawn_over_its_end(
    draw: Draw, end: float, *, named: bool, name: str
) -> None:
    network = draw(f"""
        n 1 -300 0
        n 2 0 0
        n 3 300 0
        n 4 0 100
        n 5 -300 200
        n 6 300 200
        n 7 0 200
        w 10 1,2,3 highway=residential name=Main
        w 11 2,4 highway=service {f"name={name!r}" if name else ""}
        w 12 5,7,6 highway=residential name=Upper
    """)
    plan = planned(network, -50, 100 + end, 50, 250)
    assert bool(told(plan)) == named
    if named:
        assert told(plan)[0].startswith(f"{name or 'A drive without a name'} ends {end} m before the site")
        over = planned(network, -50, 98, 50, 250)
        assert told(over) == []
        assert (name or "unnamed lane off Main") in {barrier.street for barrier in over.barriers}


@pytest.mark.parametrize(
    ("tags", "named"),
    [
        ("highway=footway width=3", True),
        ("highway=cycleway width=2.5", True),
        ("highway=footway width=2", False),
        ("highway=footway", False),
        ("highway=steps width=4", False),
        ("highway=footway width=3 bridge=yes", False),
    ],
)
def test_a_wide_footway_into_the_site_is_named(draw: Draw, tags: str, *, named: bool) -> None:
    network = draw(f"""
        n 1 -300 0
        n 2 0 0
        n 3 300 0
        n 4 0 100
        n 5 -300 100
        n 6 300 100
        w 10 1,2,3 highway=residential name=Main
        w 11 2,4 {tags} name='Park Walk'
        w 12 5,4,6 highway=residential name=Upper
    """)
    warnings = told(planned(network, -50, 60, 50, 150))
    assert bool(warnings) == named
    if named:
        assert "m wide and leads into the site at 174.77000, -41.27946" in warnings[0]


def test_a_doubtful_crossing_outside_the_cordon_is_not_its_business(draw: Draw) -> None:
    network = draw("""
        n 1 -300 0
        n 2 300 0
        n 3 200 -100
        n 4 200 100
        n 5 0 -300
        n 6 0 0
        n 7 0 300
        w 10 1,6,2 highway=residential name=Main
        w 11 3,4 highway=residential name=Cross
        w 12 5,6,7 highway=residential name=Site
    """)
    assert network.report["doubts"]
    assert told(planned(network, -20, 100, 20, 200)) == []
    assert told(planned(network, 150, -20, 250, 20)) != []
