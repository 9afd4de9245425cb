"""The table and the points of every address: what a spreadsheet and a map read back."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest

from clearway.errors import BadFile
from clearway.network.closures import Closure
from clearway.planning.access.planner.listing import write_csv, write_geojson
from clearway.planning.access.planner.report import assess_services
from clearway.planning.access.planner.services import load_services, staffed
from clearway.planning.access.planner.timing import AccessTimer

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.network.model import Network
    from clearway.planning.access.planner.report import ServicesReport
    from clearway.planning.access.planner.stations import Station

STATION_ROAD, BRIDGE, NORTH, EAST, SOUTH, WEST, END = range(7)
EVERYBODY = 127
COLUMNS = [
    "address", "label", "street", "way", "lon", "lat", "station_before", "seconds_before", "station_after", "seconds_after",
    "reached_before", "reached_after", "cut_off_by", "hospital_before", "trip_seconds_before", "hospital_after",
    "trip_seconds_after", "depends_on",
]  # fmt: skip


@pytest.fixture(scope="module")
def report(loop: Network, fire_station: tuple[Station, ...]) -> ServicesReport:
    """North Street shut between two blocks, so that its house is cut off by both, and End Lane shut behind its house."""
    closures = [
        Closure(NORTH, EVERYBODY, at_m=20.0, label="west block"),
        Closure(NORTH, EVERYBODY, at_m=80.0, label="east block"),
        Closure(END, EVERYBODY, at_m=70.0, label="lane"),
    ]
    return assess_services(AccessTimer(loop), staffed(load_services(), fire_station), closures=closures)


def test_the_table_has_a_row_for_each_address_with_lists_in_one_cell(tmp_path: Path, report: ServicesReport) -> None:
    path = tmp_path / "addresses.csv"
    write_csv(path, report)
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == COLUMNS
    assert [row[0] for row in rows] == ["0", "1", "2", "3", "4", "5", "6"]
    north, end = (dict(zip(header, rows[way], strict=True)) for way in (NORTH, END))
    assert (north["label"], north["reached_before"], north["reached_after"]) == ("1 North Street", "True", "False")
    assert north["cut_off_by"] == "west block; east block"
    assert (north["station_before"], north["station_after"], north["seconds_after"]) == ("Fire", "", "")
    assert float(north["seconds_before"]) == pytest.approx(15.0, abs=0.03)
    assert (end["cut_off_by"], end["station_after"], end["hospital_after"]) == ("", "Fire", "")
    # by West, South and End: the northern side of the loop is shut
    assert end["depends_on"] == "; ".join(map(str, (STATION_ROAD, BRIDGE, SOUTH, WEST, END)))


def test_the_points_hold_the_same_with_their_places(tmp_path: Path, loop: Network, report: ServicesReport) -> None:
    path = tmp_path / "addresses.geojson"
    write_geojson(path, report)
    document = json.loads(path.read_text("utf-8"))
    assert document["type"] == "FeatureCollection"
    assert len(document["features"]) == 7
    north = document["features"][NORTH]
    assert (north["type"], north["geometry"]["type"]) == ("Feature", "Point")
    assert north["geometry"]["coordinates"] == pytest.approx([loop.address_lon[NORTH], loop.address_lat[NORTH]], abs=1e-7)
    assert set(north["properties"]) == set(COLUMNS) - {"lon", "lat"}
    assert north["properties"]["cut_off_by"] == ["west block", "east block"]
    assert (north["properties"]["reached_after"], north["properties"]["seconds_after"]) == (False, None)


def test_a_file_that_cannot_be_written_gets_one_sentence(tmp_path: Path, report: ServicesReport) -> None:
    for write in (write_csv, write_geojson):
        with pytest.raises(BadFile, match=str(tmp_path)):
            write(tmp_path, report)
