"""The demonstration's network in its data folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from clearway.demo.prepare import FILE, demo_network
from clearway.demo.wellington import bundled_json, wellington_bus_lines, wellington_network, wellington_timetable
from clearway.errors import BadFile
from clearway.network.store import network_digest
from clearway.network.transit.bus_trips import with_bus_trips

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.network.model import Network


def test_the_bundled_network_is_that_of_the_open_data(wellington: Network) -> None:
    network = wellington_network()
    np.testing.assert_array_equal(network.way_source, wellington.way_source)
    np.testing.assert_array_equal(network.arc_permit, wellington.arc_permit)
    np.testing.assert_array_equal(network.point_lon, wellington.point_lon)
    assert network.address_count == wellington.address_count
    assert "fire_station" in network.place_kinds
    assert network.string(int(network.area_name[0])) == "Wellington Harbour and Cook Strait"


@pytest.mark.slow
def test_bus_trips_are_those_that_the_timetable_gives() -> None:
    network = wellington_network()
    counted = with_bus_trips(network, wellington_timetable())
    np.testing.assert_array_equal(network.way_bus_trips, counted.way_bus_trips)
    assert network.way_bus_trips.max() > 500


@pytest.mark.slow
def test_its_notices_name_every_source_and_warn() -> None:
    notices = " ".join(wellington_network().notices)
    for due in ("(c) OpenStreetMap contributors", "Wellington City Council", "Metlink", "not for navigation or dispatch"):
        assert due in notices


@pytest.mark.slow
def test_every_occupied_stretch_is_a_centreline_of_the_network() -> None:
    known = set(wellington_network().way_source.tolist())
    stretches = [feature for feature in bundled_json("site.geojson")["features"] if feature["properties"]["role"] == "stretch"]
    assert len(stretches) == 9
    assert {feature["properties"]["id"] for feature in stretches} <= known


@pytest.mark.slow
def test_the_network_is_made_once_and_then_kept(tmp_path: Path) -> None:
    said: list[str] = []
    first = network_digest(demo_network(tmp_path, said.append))
    assert said == ["Reading the streets ..."]
    assert network_digest(demo_network(tmp_path, said.append)) == first
    assert len(said) == 1
    examples = [
        "bus_lines.csv", "means.json", "parking.json", "site.geojson", "stations.geojson", "suburbs.geojson", "tally.csv",
        "timetable.zip", "towing.json",
    ]  # fmt: skip
    names = [*examples, "wellington.clearway", "wellington.json", "works.geojson"]
    assert sorted(path.name for path in tmp_path.iterdir()) == names


@pytest.mark.slow
@pytest.mark.parametrize("damage", ["emptied", "cut short", "other bytes", "stamp"])
def test_a_damaged_folder_is_made_again(tmp_path: Path, damage: str) -> None:
    sound = network_digest(demo_network(tmp_path, print))
    file = tmp_path / FILE
    whole = file.read_bytes()
    match damage:
        case "emptied":
            file.write_bytes(b"")
        case "cut short":
            file.write_bytes(whole[: len(whole) // 2])
        case "other bytes":
            file.write_bytes(whole[:-5000] + b"\x07" * 5000)
        case _:
            (tmp_path / "wellington.json").write_text("{")
    said: list[str] = []
    assert network_digest(demo_network(tmp_path, said.append)) == sound
    assert said == ["The stored network is damaged or from another version; making it again ..."]


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    with pytest.raises(BadFile, match="cannot be written"):
        demo_network(blocked, print)


@pytest.mark.slow
def test_bus_routes_of_the_pack_drive_unbroken_through_the_streets_they_are_known_for() -> None:
    network = wellington_network()
    lines = wellington_bus_lines(network)
    assert len(lines) == 146
    assert sum(int((network.arc_head[line.arcs[:-1]] != network.arc_tail[line.arcs[1:]]).sum()) for line in lines) <= 3
    streets = {network.street(int(arc) >> 1) for line in lines if line.route == "1" for arc in line.arcs}
    assert {"Lambton Quay", "Lambton Quay-EAST", "Thorndon Quay", "Hutt Rd"} <= streets
    assert "Kate Sheppard Pl" not in streets  # the route is drawn through the interchange, 22 m from there at the nearest
