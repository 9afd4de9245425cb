"""Where barriers stand in words and figures, and what a cordon encloses: by hand on crosses and single streets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from clearway.errors import Infeasible
from clearway.network.classes import class_mask
from clearway.network.geometry import segment_lengths_m
from clearway.planning.cordon.planner.contract import Enclosed, FrontierPoint
from clearway.planning.cordon.planner.geojson_out import cordon_geojson
from clearway.planning.cordon.planner.plan import plan_cordon
from clearway.planning.cordon.planner.question import CordonQuestion
from clearway.planning.cordon.planner.site_file import read_site
from drawn_towns import Town, place, square

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.planning.cordon.planner.contract import CordonPlan


def spot(x: float, y: float) -> dict[str, float]:
    lon, lat = place(x, y)
    return {"lon": lon, "lat": lat}


def planned(town: Town, **asked: Any) -> CordonPlan:  # noqa: ANN401 - any field
    return plan_cordon(town.network(), CordonQuestion(**{"site": square(0, 0, 3), "radius_m": 5000, "frontier": False} | asked))


def cross() -> Town:
    """Four arms of 310 m that lead out of town, three lanes wide in the north, 10 m in the west, two lanes by their class."""
    town = Town()
    known: dict[str, dict[str, Any]] = {"North": {"lanes": 3}, "West": {"width_m": 10.0}}
    for name, end in (("North", (0.0, 310.0)), ("South", (0.0, -310.0)), ("West", (-310.0, 0.0)), ("East", (310.0, 0.0))):
        town.corner(*end, edge=True)
        town.street((0.0, 0.0), end, name=f"{name} Street", **known.get(name, {}))
    return town


def test_barriers_are_numbered_clockwise_from_north_and_have_a_bar_as_wide_as_their_street() -> None:
    plan = planned(cross())
    assert [(one.number, one.street) for one in plan.barriers] == [
        (1, "North Street"), (2, "East Street"), (3, "South Street"), (4, "West Street"),
    ]  # fmt: skip
    assert [(one.width_m, one.width_known) for one in plan.barriers] == [(10.5, True), (7.0, False), (7.0, False), (10.0, True)]
    for one in plan.barriers:
        ((start, end),) = one.lines
        assert float(segment_lengths_m(np.array([start, end]))[0]) == pytest.approx(one.width_m, abs=0.05)
        assert [(start[axis] + end[axis]) / 2 for axis in (0, 1)] == pytest.approx([one.lon, one.lat], abs=1e-6)
    north, east = plan.barriers[:2]
    assert north.lines[0][0][1] == pytest.approx(north.lines[0][1][1])  # across a street that runs north: from west to east
    assert east.lines[0][0][0] == pytest.approx(east.lines[0][1][0])
    assert [one.cost for one in plan.barriers] == [6.0, 5.0, 5.0, 6.0]  # a third lane costs a point, known or by the width
    assert plan.worded() == "4 barriers at 4 corners"


def test_what_stands_within_fifteen_metres_of_a_barrier_is_named_once() -> None:
    """The northern barrier stands 302 m up its arm."""
    town = cross()
    for at_m, kind in ((286.9, "bollard"), (287.1, "gate"), (300.0, "gate"), (309.0, "lift_gate")):
        town.draft.stop(0, at_m, blocks=0, kind=kind)
    north, east, *_ = planned(town).barriers
    assert north.at_m == (302.0,)
    assert (north.today, east.today) == ("gate, lift gate", "nothing")


def long_street(*, bans: tuple[tuple[float, float], ...] = ()) -> CordonPlan:
    """400 m from the site to Cross Street, where the town begins."""
    town = Town()
    town.corner(0, 400, edge=True)
    town.street((0, 0), (0, 400), name="Long Street")
    town.street((0, 0), (0, -30), name="Back Lane")
    for x in (-50, 50):
        town.street((0, 400), (x, 400), name="Cross Street")
    town.street((0, 400), (0, 450), name="Other Street")
    return planned(town, site=square(0, 0, 15), radius_m=500, never=tuple(spot(*ban) for ban in bans))


def test_a_barrier_at_a_corner_is_on_a_side_of_the_street_that_most_arms_there_have() -> None:
    (barrier,) = long_street().barriers
    assert (barrier.called, barrier.between) == ("Long Street, south side of Cross Street", ("Back Lane", "Cross Street"))
    assert (barrier.at_corner, barrier.kind, barrier.place) == (True, "gate", "street")
    assert barrier.passes == ("emergency", "foot", "cycle")
    assert barrier.shuts == ("resident", "service", "bus", "general")


def test_one_away_from_corners_is_in_the_middle_of_the_block_and_costs_a_point_more() -> None:
    plan = long_street(bans=((0, 392),))
    (barrier,) = plan.barriers
    assert (barrier.called, barrier.at_corner, barrier.cost) == ("Long Street, middle of the block", False, 6.0)
    assert plan.worded() == "1 barrier at 1 mid-block place"
    assert [(one.place, one.moved_m < 1, one.numbers) for one in plan.wishes.forbidden] == [("Long Street", True, ())]


@pytest.mark.parametrize(("name", "called"), [("North Street", "North Street"), (None, "the street there")])
def test_a_pin_where_no_barrier_may_stand_says_what_bars_it(name: str | None, called: str) -> None:
    def why(*, at: tuple[float, float], **asked: Any) -> str:  # noqa: ANN401 - any field
        town = Town()
        for x, y in ((0.0, 310.0), (0.0, -310.0)):
            town.corner(x, y, edge=True)
        town.street((0, 0), (0, 310), name=name)
        town.street((0, 0), (0, -310), name="South Street")
        (pin,) = planned(town, pins=(spot(*at),), **asked).wishes.pinned
        return pin.why

    assert why(at=(0, 20), site=square(0, 0, 60)) == f"{called} is part of the site there"
    assert why(at=(0, 305)) == "places for barriers are where streets begin and, on long ones, up to 120 m apart"


@pytest.mark.parametrize(("along", "against"), [(True, True), (True, False), (False, True)])
def test_a_pin_on_a_motorway_says_that_it_may_not_be_closed_whichever_way_it_is_driven(*, along: bool, against: bool) -> None:
    town, driven = Town(), class_mask(["general"])
    for end in ((0.0, 310.0), (-250.0, 100.0), (0.0, -310.0)):
        town.corner(*end, edge=True)
    for start, end, name in (((0, 0), (0, 100), "Street"), ((0, 100), (0, 310), "Street"), ((0, 0), (0, -310), "South")):
        town.street(start, end, name=name)
    town.street((0, 100), (-250, 100), name="Fast Road", street_class="motorway", permit=(driven * along, driven * against))
    (pin,) = planned(town, pins=(spot(-60, 100),), trust_signs=True).wishes.pinned
    assert pin.why == "Fast Road may not be closed"


@pytest.mark.parametrize(
    ("street_class", "called", "kind"),
    [
        ("service", "unnamed lane off Main Street, west side of Main Street", "gate"),
        ("footway", "unnamed path off Main Street, west side of Main Street", "block"),
        ("path", "unnamed path off Main Street, west side of Main Street", "block"),
        ("steps", "unnamed steps off Main Street, west side of Main Street", "block"),
        ("residential", "unnamed street off Main Street, west side of Main Street", "gate"),
    ],
)
def test_a_street_without_a_name_is_called_by_what_it_is_and_what_it_leads_off(
    street_class: str, called: str, kind: str
) -> None:
    town = Town()
    for y in (100, -100):
        town.corner(100, y, edge=True)
    town.street((0, 0), (100, 0), street_class=street_class)
    for y in (100, -100):
        town.street((100, 0), (100, y), name="Main Street-EAST")
    plan = planned(town, shut=("foot", "general"))
    (barrier,) = plan.barriers
    assert (barrier.called, barrier.kind) == (called, kind)
    assert (plan.enclosed.streets, plan.enclosed.street_names, plan.enclosed.way_indexes) == (1, (), (0,))


@pytest.mark.parametrize(("name", "called"), [("Motorway", "Motorway"), (None, "An unnamed street")])
def test_a_street_that_nobody_may_shut_is_named_where_it_leads_in(name: str | None, called: str) -> None:
    town = Town()
    town.corner(0, 310, edge=True)
    town.street((0, 0), (0, 310), name=name, street_class="motorway")
    with pytest.raises(Infeasible, match=called):
        planned(town)


def test_without_any_name_near_by_it_is_called_by_what_it_is_alone() -> None:
    town = Town()
    town.corner(200, 0, edge=True)
    for x in (0, 100):
        town.street((x, 0), (x + 100, 0))
    (barrier,) = planned(town).barriers
    assert (barrier.street, barrier.between) == ("unnamed street", ("its end", "its end"))


def test_what_is_enclosed_is_counted_by_name_with_its_addresses_and_metres() -> None:
    town = cross()
    for at_m in (50.0, 150.0, 301.0):
        town.draft.address(0, at_m)
    beyond = town.street((310.0, 0.0), (400.0, 0.0), name="Open Street")
    town.draft.address(beyond, 45.0)
    enclosed = planned(town).enclosed
    assert (enclosed.addresses, enclosed.streets) == (3, 4)
    assert enclosed.street_names == enclosed.names == ("East Street", "North Street", "South Street", "West Street")
    assert enclosed.length_m == pytest.approx(4 * 310, abs=0.5)


def test_another_map_has_points_bars_enclosed_streets_and_wishes() -> None:
    town = cross()
    kept = town.street((310.0, 0.0), (400.0, 0.0), name="Open Street")
    network = town.network()
    asked = CordonQuestion(
        site=square(0, 0, 3), radius_m=5000, frontier=False, pins=(spot(0, 302),), never=(spot(-302, 0),), keep_open=(kept,)
    )
    plan = plan_cordon(network, asked)
    features = cordon_geojson(network, plan)["features"]
    roles = [one["properties"]["role"] for one in features]
    assert [roles.count(role) for role in ("barrier", "line", "pinned", "forbidden", "kept_open")] == [4, 4, 1, 1, 1]
    assert roles.count("enclosed") == len(plan.enclosed.way_indexes)
    by_role = {one["properties"]["role"]: one for one in reversed(features)}
    assert by_role["barrier"]["geometry"] == {"type": "Point", "coordinates": [plan.barriers[0].lon, plan.barriers[0].lat]}
    assert (by_role["barrier"]["properties"]["number"], by_role["barrier"]["properties"]["origin"]) == (1, "pinned")
    assert "lines" not in by_role["barrier"]["properties"]
    assert by_role["line"]["geometry"]["type"] == "MultiLineString"
    assert by_role["line"]["properties"] == {"role": "line", "number": 1}
    assert by_role["kept_open"]["properties"] == {"role": "kept_open", "way": kept, "source": kept, "name": "Open Street"}
    assert by_role["enclosed"]["geometry"]["type"] == by_role["kept_open"]["geometry"]["type"] == "LineString"


def test_a_site_file_holds_polygons_and_lines_along_streets(tmp_path: Path) -> None:
    network = cross().network()
    path = tmp_path / "site.geojson"
    line = [list(place(0.0, 5.0)), list(place(0.0, 300.0))]
    one, two = square(0, 0, 10), square(50, 50, 10)

    def read(*geometries: dict[str, Any]) -> Any:  # noqa: ANN401 - a geometry and ways
        features = [{"type": "Feature", "properties": {}, "geometry": geometry} for geometry in geometries]
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
        return read_site(path, network)

    bare = {"type": "GeometryCollection", "geometries": [{}, one, None]}
    assert read({}, one) == read(bare) == read(one)
    assert read(one) == ({"type": "MultiPolygon", "coordinates": [one["coordinates"]]}, ())
    both = {"type": "MultiPolygon", "coordinates": [one["coordinates"], two["coordinates"]]}
    assert read(one, two) == read(both) == (both, ())
    assert read({"type": "LineString", "coordinates": line}) == (None, (0,))
    assert read(one, {"type": "MultiLineString", "coordinates": [line, line]})[1] == (0,)


def test_what_is_enclosed_is_read_by_its_own_names_and_by_those_that_it_is_written_by() -> None:
    own = {"addresses": 3, "streets": 2, "street_names": ["A", "B"], "names": ["A"], "length_m": 9.0, "way_indexes": [1]}
    enclosed = Enclosed.model_validate(own)
    written = enclosed.model_dump(by_alias=True)
    assert (written["street_count"], written["streets"], "names" in written) == (2, ("A",), False)
    assert Enclosed.model_validate(written) == enclosed
    counts = {"places": 1, "barrier_count": 1, "corner_count": 1, "mid_block_count": 0, "cost": 5.0, "barrier_cost": 5.0}
    point = FrontierPoint.model_validate(counts | {"addresses": 3, "address_cost": 0.5})
    written = point.model_dump(by_alias=True)
    assert (written["enclosed"], "addresses" in written) == (3, False)
    assert FrontierPoint.model_validate(written) == point
