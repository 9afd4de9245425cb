import json
from collections.abc import Callable
from pathlib import Path

import pytest

from clearway.network.importers import council
from clearway.network.importers.osm import import_osm
from clearway.network.model import Network

CASES = Path(__file__).parents[2] / "data" / "cases" / "network"
Draw = Callable[[str], Network]
CROSS = """
    n 1 -100 0
    n 2 100 0
    n 3 0 -100
    n 4 0 100
    w 10 1,2 highway=residential name='High Street' {one}
    w 11 3,4 highway=residential name='Cross Street' {other}
"""


def found(network: Network) -> list[tuple[str, int, int]]:
    """Kind and place, metres east and north of the drawing's middle."""
    return [
        (doubt["kind"], round((doubt["lon"] - 174.77) * 83_560), round((doubt["lat"] + 41.28) * 111_195))
        for doubt in network.report.get("doubts", ())
    ]


def test_streets_that_cross_without_a_junction_are_named_with_the_place() -> None:
    network = import_osm(CASES / "g1-cross-without-node.osm")
    assert [doubt["text"] for doubt in network.report["doubts"]] == [
        "High St and Cross St cross at 10.00000, 0.00000 without a junction."
    ]
    assert network.report["doubt_counts"] == {"crossing without a junction": 1}


def test_each_place_where_two_streets_cross_is_one_doubt(draw: Draw) -> None:
    network = draw("""
        n 1 -100 0
        n 2 100 0
        n 3 -50 50
        n 4 0 -50
        n 5 50 50
        w 10 1,2 highway=residential
        w 11 3,4,5 highway=residential
    """)
    assert found(network) == [("crossing without a junction", -25, 0), ("crossing without a junction", 25, 0)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("", "bridge=yes"),
        ("tunnel=yes", ""),
        ("layer=1", ""),
        ("highway=footway", ""),
        ("highway=motorway", ""),
    ],
)
def test_streets_at_other_levels_and_footways_cross_without_doubt(draw: Draw, one: str, other: str) -> None:
    town = CROSS.format(one=one, other=other)
    if "highway=" in one:
        town = town.replace("w 10 1,2 highway=residential", "w 10 1,2").replace("w 11", "w 11", 1)
    assert found(draw(town)) == []


def test_streets_that_share_a_node_or_only_touch_are_no_doubt(draw: Draw) -> None:
    shared = (
        CROSS.replace("w 10 1,2", "w 10 1,9,2").replace("w 11 3,4", "w 11 3,9,4").replace("n 4 0 100", "n 4 0 100\n    n 9 0 0")
    )
    assert found(draw(shared.format(one="", other=""))) == []


@pytest.mark.parametrize(("gap", "doubtful"), [(0.1, True), (0.9, True), (1.1, False), (5, False)])
def test_a_street_that_ends_a_step_short_of_another_is_named(draw: Draw, gap: float, *, doubtful: bool) -> None:
    network = draw(f"""
        n 1 -100 0
        n 2 100 0
        n 3 0 {gap}
        n 4 0 100
        w 10 1,2 highway=residential name=Long
        w 11 3,4 highway=residential name=Short
    """)
    assert bool(found(network)) == doubtful
    if doubtful:
        assert network.report["doubts"][0]["text"].startswith("Short ends a step short of Long at 174.77000, -41.2")


def test_a_street_whose_ends_meet_their_neighbours_is_no_doubt(draw: Draw) -> None:
    network = draw("""
        n 1 0 0
        n 2 100 0
        n 3 100 0.5
        w 10 1,2 highway=residential
        w 11 2,3 highway=residential
    """)
    assert found(network) == []


@pytest.mark.parametrize("kind", ["gate", "bollard", "wall", "chain"])
def test_a_barrier_drawn_as_a_line_across_a_street_is_counted_and_named(draw: Draw, kind: str) -> None:
    town = CROSS.format(one="", other="").replace("highway=residential name='Cross Street'", f"barrier={kind}")
    network = draw(town)
    assert network.report["not_understood"] == {f"barrier={kind} drawn as a line": 1}
    assert network.report["doubts"][0]["text"] == (
        f"A barrier ({kind}) is drawn as a line across High Street at 174.77000, -41.28000."
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("barrier=wall", "barrier=kerb"),
        ("w 10 1,2", "w 10 1,9,2"),
        ("n 4 0 100", "n 4 0 -50"),
        ("name='High Street'", "bridge=yes"),
    ],
)
def test_a_line_beside_a_street_or_with_a_point_that_says_who_passes_is_not_counted(
    draw: Draw, before: str, after: str
) -> None:
    town = CROSS.format(one="", other="").replace("highway=residential name='Cross Street'", "barrier=wall")
    town = town.replace("w 10 1,2", "w 10 1,2").replace("n 4 0 100", "n 4 0 100\n    n 9 0 0 barrier=gate")
    if before == "w 10 1,2":
        town = town.replace("w 11 3,4", "w 11 3,9,4")
    assert draw(town.replace(before, after)).report["not_understood"] == {}


def test_squares_are_areas_however_they_are_drawn(draw: Draw) -> None:
    square = """
        n 1 0 0
        n 2 100 0
        n 3 100 100
        n 4 0 100
        n 5 0 -50
        w 10 5,1 highway=residential
        w 11 1,2,3,4,1 {tags}
    """
    for tags, relation in (
        ("highway=pedestrian area=yes name=Plaza", ""),
        ("highway=footway area=yes name=Plaza", ""),
        ("", "r 1 w11:outer type=multipolygon highway=pedestrian name=Plaza"),
    ):
        network = draw(square.format(tags=tags) + relation)
        assert network.area_kinds == ("square",)
        assert network.string(int(network.area_name[0])) == "Plaza"
    assert draw(square.format(tags="highway=residential")).area_kinds == ()


def test_council_centrelines_are_looked_through_too(tmp_path: Path) -> None:
    features = [
        {
            "type": "Feature",
            "properties": {"id": number, "class": "residential", "oneway": "both"},
            "geometry": {"type": "LineString", "coordinates": coordinates},
        }
        for number, coordinates in (
            (1, [[174.77, -41.28], [174.772, -41.28]]),
            (2, [[174.771, -41.281], [174.771, -41.279]]),
        )
    ]
    path = tmp_path / "roads.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    network = council.import_council(path)
    assert network.report["doubt_counts"] == {"crossing without a junction": 1}
