"""Where the data end though the streets may go on: the true outline, main roads that just end, missing nodes."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from clearway.errors import BadInput
from clearway.network.importers.importing import import_network
from clearway.network.importers.osm import import_osm
from clearway.network.model import Network
from clearway.network.open_ends import SURE, open_ends_of
from clearway.planning.cordon.planner.contract import CordonPlan
from clearway.planning.cordon.planner.plan import plan_cordon
from clearway.planning.cordon.planner.question import CordonQuestion

Draw = Callable[[str], Network]
DrawnFile = Callable[[str], Path]
# blocks of 200 m: the streets of a town, 1 km each way, in a box of 20 km; a road leaves it to the north over a bridge
WIDE_BOX = "b 174.65 -41.37 174.89 -41.19\n"


def town(*, road: str = "primary", box: str = WIDE_BOX, inner: str = "") -> str:
    steps = range(0, 1001, 200)
    nodes = [f"n {1000 + 10 * (x // 200) + y // 200} {x} {y}" for x in steps for y in steps]
    nodes += ["n 1 400 1200", "n 2 400 1500"]
    rows = [
        f"w {20 + y // 200} {','.join(str(1000 + 10 * (x // 200) + y // 200) for x in steps)} highway=residential"
        for y in steps
    ]
    columns = [
        f"w {40 + x // 200} {','.join(str(1000 + 10 * (x // 200) + y // 200) for y in steps)} highway=residential"
        for x in steps
    ]
    bridge = [f"w 60 1025,1 highway={road} name='North Road'", f"w 61 1,2 highway={road} bridge=yes name='Border Bridge'"]
    return box + "\n".join([*nodes, *inner.split(";")[:1], *rows, *columns, *bridge, *inner.split(";")[1:]]) + "\n"


def ends(network: Network) -> set[tuple[str | None, str]]:
    return {(end["street"], end["why"]) for end in open_ends_of(network)}


def cordon(network: Network, x: float, y: float, half: float = 30, radius_m: float = 800.0) -> CordonPlan:
    corners = [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half), (x - half, y - half)]
    ring = [[174.77 + east / 83_560, -41.28 + north / 111_195] for east, north in corners]
    return plan_cordon(network, CordonQuestion(site={"type": "Polygon", "coordinates": [ring]}, radius_m=radius_m))


@pytest.mark.parametrize("road", ["motorway", "trunk", "primary", "secondary", "primary_link"])
def test_a_main_road_that_just_ends_is_open_however_large_the_box(draw: Draw, road: str) -> None:
    network = draw(town(road=road))
    assert ends(network) == {("Border Bridge", "a main road ends")}
    assert network.junction_edge.sum() == 1
    assert open_ends_of(network)[0]["doubtful"]


@pytest.mark.parametrize("road", ["tertiary", "unclassified", "residential"])
def test_a_public_street_that_ends_on_the_outline_is_open(draw: Draw, road: str) -> None:
    assert ends(draw(town(road=road))) == {("Border Bridge", "a street ends on the outline of all streets")}


@pytest.mark.parametrize("road", ["service", "track", "footway"])
def test_a_drive_or_a_path_that_ends_on_the_outline_is_a_dead_end(draw: Draw, road: str) -> None:
    assert ends(draw(town(road=road))) == set()


def test_a_cul_de_sac_inside_the_town_is_a_dead_end_and_a_main_road_there_is_not(draw: Draw) -> None:
    inner = "n 5 500 480;w 70 1022,5 highway={} name=Inner"
    assert ("Inner", "a street ends on the outline of all streets") not in ends(draw(town(inner=inner.format("residential"))))
    assert ("Inner", "a main road ends") in ends(draw(town(inner=inner.format("secondary"))))


def test_a_way_with_missing_nodes_goes_on_for_certain(draw: Draw) -> None:
    network = draw(town(inner="n 5 500 480;w 70 1022,5,777 highway=service name=Cut"))
    assert ("Cut", SURE) in ends(network)
    assert not next(end for end in open_ends_of(network) if end["street"] == "Cut")["doubtful"]


def test_the_box_of_the_file_still_holds(draw: Draw) -> None:
    near = "b 174.65 -41.37 174.89 -41.2663\n"  # 30 m beyond the bridge's end
    network = draw(town(road="service", box=near))
    assert ends(network) == {("Border Bridge", SURE)}


def test_a_cordon_does_not_take_an_open_end_for_a_wall_and_says_so_where_it_touches_one(draw: Draw) -> None:
    network = draw(town())
    plan = cordon(network, 400, 1200)
    corner, bridge = sorted((barrier.street for barrier in plan.barriers), reverse=True)
    assert ("North Road" in corner, bridge) == (True, "Border Bridge")
    told = [warning for warning in plan.warnings if "Border Bridge ends in the data" in warning]
    assert len(told) == 1
    assert "a main road ends" in told[0]
    assert not any("Border Bridge ends" in warning for warning in cordon(network, 600, 400).warnings)


def test_a_confirmed_dead_end_is_a_wall_and_the_warning_names_how(drawn_file: DrawnFile) -> None:
    path = drawn_file(town())
    warning = next(text for text in cordon(import_osm(path), 400, 1200).warnings if "--dead-end" in text)
    lon, lat = map(float, warning.rpartition("--dead-end ")[2].rstrip(".").split(","))
    network = import_network(path, dead_ends=[(lon, lat)])
    assert not network.junction_edge.any()
    assert open_ends_of(network) == []
    assert network.report["confirmed_dead_ends"] == [[lon, lat]]
    plan = cordon(network, 400, 1200)
    (corner,) = plan.barriers
    assert "North Road" in corner.street
    assert not any("Border Bridge ends" in text for text in plan.warnings)


def test_a_dead_end_where_no_end_is_open_is_refused_with_where_to_look(drawn_file: DrawnFile) -> None:
    with pytest.raises(BadInput, match=r"No open end lies within 20 m of 174\.77,-41\.28.*open_ends"):
        import_network(drawn_file(town()), dead_ends=[(174.77, -41.28)])


def test_streets_beyond_the_box_of_the_junctions_belong_to_the_network(draw: Draw) -> None:
    network = draw("""
        n 1 0 0
        n 2 100 0
        n 3 -200 -300
        n 4 300 -300
        w 10 1,2 highway=residential
        w 11 1,3,4,2 highway=residential name=Loop
    """)
    west, south, east, _ = network.coverage
    assert (west, south) == (network.point_lon.min(), network.point_lat.min())
    assert east == network.point_lon.max()
    assert (
        "Loop" in cordon(network, 50, -300, radius_m=100.0).enclosed.street_names
    )  # it was refused as a site outside the network


def test_council_centrelines_list_their_open_ends(tmp_path: Path) -> None:
    lines = [
        (1, "primary", [[174.77, -41.28], [174.79, -41.28]]),
        (2, "trunk", [[174.78, -41.28], [174.78, -41.26]]),
        (3, "residential", [[174.78, -41.28], [174.78, -41.2]]),
    ]
    features = [
        {
            "type": "Feature",
            "properties": {"id": number, "class": kind, "oneway": "both", "name": kind},
            "geometry": {"type": "LineString", "coordinates": points},
        }
        for number, kind, points in lines
    ]
    path = tmp_path / "roads.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    network = import_network(path)
    assert ends(network) == {("primary", SURE), ("trunk", "a main road ends")}
