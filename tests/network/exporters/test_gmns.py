import csv
from collections.abc import Callable
from pathlib import Path

import pytest
import shapely

from clearway.network.exporters.gmns import export_gmns
from clearway.network.model import Network

Draw = Callable[[str], Network]
CROSS = """
    n 1 -100 0
    n 2 100 0
    n 3 0 100
    n 9 0 0
    w 11 1,9 highway=residential name='West Street' maxspeed=30 lanes=2
    w 12 2,9 highway=residential oneway=yes lanes=2
    w 13 3,9 highway=footway
"""


def table(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_every_arc_that_somebody_may_drive_is_a_directed_link(draw: Draw, tmp_path: Path) -> None:
    network = draw(CROSS)
    done = export_gmns(network, tmp_path)
    links = {row["link_id"]: row for row in table(tmp_path / "link.csv")}
    assert done.links == len(links) == 6
    assert done.nodes == len(table(tmp_path / "node.csv")) == 4
    first = links["0"]
    assert (first["name"], first["facility_type"], first["free_speed"], first["lanes"]) == (
        "West Street",
        "residential",
        "30.0",
        "1",
    )
    assert float(first["length"]) == pytest.approx(0.1, abs=1e-4)
    assert links["2"]["lanes"] == "2"
    assert links["3"]["allowed_uses"] == "foot"
    nodes = {row["node_id"]: (float(row["x_coord"]), float(row["y_coord"])) for row in table(tmp_path / "node.csv")}
    for link in links.values():
        line = shapely.from_wkt(link["geometry"])
        assert line.coords[0] == pytest.approx(nodes[link["from_node_id"]])
        assert line.coords[-1] == pytest.approx(nodes[link["to_node_id"]])


def test_the_uses_of_links_are_those_of_the_table_of_uses(draw: Draw, tmp_path: Path) -> None:
    export_gmns(draw(CROSS), tmp_path)
    uses = {row["use"] for row in table(tmp_path / "use_definition.csv")}
    for link in table(tmp_path / "link.csv"):
        assert set(link["allowed_uses"].split(",")) <= uses


def test_movements_at_a_restricted_junction_name_who_may_make_them(draw: Draw, tmp_path: Path) -> None:
    cross = CROSS.replace("highway=footway", "highway=residential")
    network = draw(cross + "r 1 w11:from n9:via w13:to type=restriction restriction=no_left_turn except=psv")
    assert export_gmns(network, tmp_path).restrictions_left_out == 0
    movements = {(row["ib_link_id"], row["ob_link_id"]): row for row in table(tmp_path / "movement.csv")}
    assert movements["0", "5"]["allowed_uses"] == "bus,foot"
    assert movements["0", "5"]["type"] == "left"
    assert movements["4", "1"]["type"] == "right"
    assert movements["0", "1"]["type"] == "uturn"
    assert movements["2", "1"]["type"] == "thru"
    assert movements["0", "3"]["allowed_uses"] == "foot"


def test_without_restrictions_the_table_of_movements_has_only_its_head(draw: Draw, tmp_path: Path) -> None:
    assert export_gmns(draw(CROSS), tmp_path).movements == 0
    assert (tmp_path / "movement.csv").read_text().startswith("mvmt_id,node_id,ib_link_id,ob_link_id,type,allowed_uses")


def test_a_bollard_is_taken_off_the_uses_of_its_street(draw: Draw, tmp_path: Path) -> None:
    export_gmns(draw("n 1 0 0\nn 2 50 0 barrier=bollard\nn 3 90 0\nw 10 1,2,3 highway=residential"), tmp_path)
    assert table(tmp_path / "link.csv")[0]["allowed_uses"] == "foot,cycle"
