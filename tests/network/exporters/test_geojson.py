import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from clearway.errors import BadFile
from clearway.network.exporters.geojson import export_geojson
from clearway.network.importers.council import import_council
from clearway.network.model import Network

Draw = Callable[[str], Network]


def test_each_way_and_each_obstacle_is_a_feature(draw: Draw, tmp_path: Path) -> None:
    network = draw("n 1 0 0\nn 2 50 0 barrier=bollard\nn 3 90 0\nw 10 1,2,3 highway=residential oneway=-1 name=Lane")
    assert export_geojson(network, tmp_path / "out.geojson") == 2
    written = json.loads((tmp_path / "out.geojson").read_text())
    street, obstacle = written["features"]
    assert written["attribution"] == ["(c) OpenStreetMap contributors"]
    assert street["geometry"]["type"] == "LineString"
    assert len(street["geometry"]["coordinates"]) == 3
    assert street["properties"]["oneway"] == "backward"
    assert street["properties"]["along"] == ["foot"]
    assert street["properties"]["name"] == "Lane"
    assert obstacle["properties"]["kind"] == "bollard"
    assert obstacle["properties"]["offset_m"] == pytest.approx(50, abs=0.05)


@pytest.mark.slow
def test_wellington_exported_and_imported_again_is_the_same_network(wellington: Network, tmp_path: Path) -> None:
    path = tmp_path / "again.geojson"
    export_geojson(wellington, path)
    again = import_council(path)
    assert (again.way_count, again.junction_count) == (wellington.way_count, wellington.junction_count)
    np.testing.assert_allclose(again.way_length_m, wellington.way_length_m)
    np.testing.assert_array_equal(again.way_source, wellington.way_source)
    assert again.notices == wellington.notices
    same = again.arc_permit == wellington.arc_permit
    assert same.mean() > 0.99  # bus streets and contraflow lanes have fields of their own in the council's file


def test_a_folder_that_cannot_be_written_to_is_named(draw: Draw, tmp_path: Path) -> None:
    network = draw("n 1 0 0\nn 2 90 0\nw 10 1,2 highway=residential")
    (tmp_path / "taken").write_text("")
    with pytest.raises(BadFile, match="cannot be written"):
        export_geojson(network, tmp_path / "taken" / "out.geojson")
    assert {entry.name for entry in tmp_path.iterdir()} == {"taken", "drawing.osm"}
