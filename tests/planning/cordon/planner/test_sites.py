"""Sites as people draw them: several parcels, bridges; and the cases of our kind, each with its right answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clearway.errors import BadGeometry
from clearway.network.importers.osm import import_osm
from clearway.planning.cordon.check import check_cordon
from clearway.planning.cordon.planner.plan import plan_cordon
from clearway.planning.cordon.planner.question import CordonQuestion
from clearway.planning.cordon.planner.site_file import read_site

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType

    from clearway.network.model import Network
    from clearway.planning.cordon.planner.contract import CordonPlan


def parcels(kit: ModuleType, *squares: tuple[float, float, float]) -> dict[str, Any]:
    return {"type": "MultiPolygon", "coordinates": [kit.square(*one)["coordinates"] for one in squares]}


def checked(network: Network, question: CordonQuestion) -> CordonPlan:
    """The plan, which the independent checker accepts."""
    plan = plan_cordon(network, question)
    assert check_cordon(network, plan.as_json())[1] == []
    return plan


def grid(kit: ModuleType) -> Network:
    town = kit.Town()
    for x in (0, 100, 200):
        for end in ((x, -110), (x, 110)):
            town.corner(*end, edge=True)
            town.street((x, 0), end, name=f"Column {x} {'north' if end[1] > 0 else 'south'}")
    for x in (0, 100):
        town.street((x, 0), (x + 100, 0), name=f"Row {x}")
    network: Network = town.network()
    return network


@pytest.mark.parametrize(
    "squares",
    [((-10, 0, 20), (20, 0, 15)), ((-10, 0, 15), (20, 0, 15)), ((0, 0, 20), (0, 0, 5)), ((0, 0, 20), (0, 0, 20))],
    ids=["overlap", "share a side", "one in the other", "twice the same"],
)
def test_parcels_that_touch_or_overlap_are_united(kit: ModuleType, squares: tuple[tuple[float, float, float], ...]) -> None:
    network = grid(kit)
    plan = checked(network, CordonQuestion(site=parcels(kit, *squares)))
    assert {barrier.street for barrier in plan.barriers} == {"Column 0 north", "Row 0", "Column 0 south"}


def test_parcels_apart_are_sealed_together_and_a_bad_one_is_named_by_its_number(kit: ModuleType) -> None:
    network = grid(kit)
    plan = checked(network, CordonQuestion(site=parcels(kit, (0, 50, 10), (200, -50, 10))))
    assert {barrier.street for barrier in plan.barriers} >= {"Column 0 north", "Column 200 south"}
    crossed = parcels(kit, (0, 0, 20), (100, 0, 20))
    ring = crossed["coordinates"][1][0]
    ring[1], ring[2] = ring[2], ring[1]
    with pytest.raises(BadGeometry, match="The outline of parcel 2 of the site crosses or touches itself"):
        plan_cordon(network, CordonQuestion(site=crossed))


def test_what_must_stay_outside_may_overlap_too(kit: ModuleType) -> None:
    outside = parcels(kit, (200, 0, 15), (210, 0, 15))
    plan = checked(grid(kit), CordonQuestion(site=kit.square(0, 0, 15), outside=outside))
    assert [barrier.street for barrier in plan.barriers] == ["Column 0 north", "Row 0", "Column 0 south"]


@pytest.mark.slow
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_site_in_parcels_is_the_site_in_one(data: st.DataObject, kit: ModuleType) -> None:
    network = grid(kit)
    width = data.draw(st.sampled_from([30, 60, 110]))
    west = data.draw(st.sampled_from([-15, 40, 90]))
    cut = west + width * data.draw(st.sampled_from([0.25, 0.5]))
    overlap = data.draw(st.sampled_from([0.0, 5.0]))

    def box(low: float, high: float) -> list[Any]:
        return [[list(kit.place(*at)) for at in ((low, -12), (high, -12), (high, 12), (low, 12), (low, -12))]]

    whole = {"type": "Polygon", "coordinates": box(west, west + width)}
    split = {"type": "MultiPolygon", "coordinates": [box(west, cut), box(cut - overlap, west + width)]}
    one, two = (checked(network, CordonQuestion(site=site)) for site in (whole, split))
    assert (one.cost, [barrier.street for barrier in one.barriers]) == (two.cost, [barrier.street for barrier in two.barriers])


BRIDGE = """
    n 1 -500 0
    n 2 -50 0
    n 3 50 0
    n 4 500 0
    n 5 0 -300
    n 6 0 300
    w 11 1,2 highway=primary name=West
    w 12 2,3 highway=service name=Bridge {tags}
    w 13 3,4 highway=primary name=East
    {under}
"""
UNDER = "w 14 5,6 highway=residential name=Under"


def streets(network: Network, site: dict[str, Any]) -> list[str]:
    plan = checked(network, CordonQuestion.model_validate({"site": site}))
    return sorted(barrier.street for barrier in plan.barriers)


def test_a_site_on_a_bridge_alone_takes_the_bridge(draw: Callable[[str], Network], kit: ModuleType) -> None:
    alone = draw(BRIDGE.format(tags="bridge=yes layer=1", under=""))
    assert streets(alone, kit.square(0, 0, 20)) == ["Bridge", "Bridge"]
    assert streets(alone, parcels(kit, (0, 0, 20), (-300, 0, 20))) == ["Bridge", "West"]
    assert streets(alone, kit.square(-60, 0, 5)) == ["Bridge", "West"]


def test_a_site_on_a_street_under_a_bridge_takes_the_street(draw: Callable[[str], Network], kit: ModuleType) -> None:
    network = draw(BRIDGE.format(tags="bridge=yes layer=1", under=UNDER))
    assert streets(network, kit.square(0, 0, 20)) == ["Under", "Under"]


def test_a_site_over_a_tunnel_takes_nothing(draw: Callable[[str], Network], kit: ModuleType) -> None:
    network = draw(BRIDGE.format(tags="tunnel=yes layer=-1", under=""))
    with pytest.raises(BadGeometry, match="touches no street that vehicles can use"):
        plan_cordon(network, CordonQuestion(site=kit.square(0, 0, 20)))


# the cases of the kinds c (sites), g (ground) and k (that the run works): places, and the start of the warning that names one

CASES = {
    "c03-bridge-only": (["Bridge", "Bridge"], ""),
    "c03b-bridge-and-head": (["Bank W", "Bank W", "Bridge", "West"], ""),
    "c03c-bridge-line": ([], ""),
    "c18-near-miss-drive": ([], "Drive to the grounds ends 3 m before the site"),
    "g1-cross-without-node": (["High St", "High St"], "High St and Cross St cross at 10.00000, 0.00000 without a junction"),
    "g3-plaza": (["Site St", "Site St"], ""),
    "g3-plaza-multipolygon": (["Site St"], "Plaza at 9.99955, 0.00000 is open ground"),
    "k00-base": ([], ""),
}


def test_every_case_of_our_kind_is_walked(open_data: Path) -> None:
    found = {path.name.removesuffix(".site.geojson") for path in (open_data / "cases" / "network").glob("[cgk]*.site.geojson")}
    assert found == set(CASES)


@pytest.mark.parametrize("case", CASES)
def test_a_case_is_right(case: str, open_data: Path) -> None:
    folder = open_data / "cases" / "network"
    network = import_osm(folder / f"{'c03-bridge-only' if case.startswith('c03') else case}.osm")
    site, stretches = read_site(folder / f"{case}.site.geojson", network)
    plan = checked(network, CordonQuestion(site=json.loads(json.dumps(site)), stretches=stretches))
    places, warning = CASES[case]
    if places:
        assert sorted(barrier.street for barrier in plan.barriers) == places
    if case == "c03c-bridge-line":  # close to both ends
        assert {round(abs(barrier.lon - 10.0), 4) for barrier in plan.barriers} <= {0.0004, 0.0005}
        assert {barrier.lon > 10.0 for barrier in plan.barriers} == {True, False}
    named = [text for text in plan.warnings if "edge of the data" not in text]
    assert [text.startswith(warning) for text in named] == ([True] if warning else [])
