"""A user's own suburbs, bus lines and trips, read when the traffic is first asked for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from clearway.demo.wellington import bundled, wellington_network
from clearway.errors import BadFile, ClearwayError
from clearway.network.transit.bus_lines import BusLine, write_lines
from clearway.server.sources import TrafficSources, sources_of_files
from serving import drawn_town, square

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.network.model import Network

HALVES = {"West": (1.25, 2.5, 1.7), "East": (3.75, 2.5, 1.7)}
STATEMENT = "The trips are those of trips.csv, taken as those of the hour that is assigned."


@pytest.fixture(scope="module")
def town() -> Network:
    return drawn_town()


@pytest.fixture
def areas(tmp_path: Path) -> Path:
    """Two squares, west and east."""
    features = [
        {"type": "Feature", "properties": {"name": name}, "geometry": square(x, y, reach)}
        for name, (x, y, reach) in HALVES.items()
    ]
    path = tmp_path / "areas.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def test_nothing_told_is_a_synthetic_demand_without_buses(town: Network) -> None:
    sources = sources_of_files(bus_lines=None, areas=None, demand=None)
    assert not sources.own_trips
    assert sources.areas(town) is None
    assert list(sources.bus_lines(town)) == []
    assert sources.trips(town, None).trips(8).statement.startswith("Synthetic demand for Drawn Town")
    assert TrafficSources().trips(town, None).trips(8).total == sources.trips(town, None).trips(8).total


@pytest.mark.slow
def test_a_timetable_alone_gives_the_bus_lines_and_a_file_of_lines_goes_before_it(tmp_path: Path) -> None:
    city = wellington_network()
    feed, file = tmp_path / "feed.zip", tmp_path / "lines.csv"
    feed.write_bytes(bundled("metlink-2020-02-20.gtfs.zip"))
    named = {line.route for line in sources_of_files(bus_lines=None, areas=None, demand=None, timetable=feed).bus_lines(city)}
    assert {"1", "2", "14"} <= named
    file.write_text(write_lines(city, [BusLine("7", "Town", 12, np.array([0, 2]))]))
    (own,) = sources_of_files(bus_lines=file, areas=None, demand=None, timetable=feed).bus_lines(city)
    assert own.route == "7"


def test_own_trips_are_assigned_between_the_areas_and_say_what_they_are(town: Network, areas: Path, tmp_path: Path) -> None:
    trips = tmp_path / "trips.csv"
    trips.write_text("origin,destination,trips\nWest,East,40\nEast,West,20\n")
    sources = sources_of_files(bus_lines=None, areas=areas, demand=trips)
    assert sources.own_trips
    source = sources.trips(town, sources.areas(town))
    table = source.trips(8)
    assert table.total == 60
    assert table.statement == STATEMENT
    assert {"West", "East"} <= set(table.zone_names)
    assert [draw.total for draw in source.draws(8, 2)] == [draw.total for draw in source.draws(17, 2)]


def test_suburbs_name_the_zones_of_a_synthetic_demand(town: Network, areas: Path) -> None:
    sources = sources_of_files(bus_lines=None, areas=areas, demand=None)
    assert set(sources.trips(town, sources.areas(town)).streets.zones.suburb) >= {"West", "East"}


def test_bus_lines_are_read_from_their_file(town: Network, tmp_path: Path) -> None:
    path = tmp_path / "lines.csv"
    path.write_text(write_lines(town, [BusLine("3", "Sixth Avenue", 12, np.array([0, 2, 4]))]))
    (line,) = sources_of_files(bus_lines=path, areas=None, demand=None).bus_lines(town)
    assert (line.route, line.trips_per_day, line.arcs.tolist()) == ("3", 12, [0, 2, 4])


def test_files_that_are_not_there_are_named_with_what_to_give(town: Network, tmp_path: Path) -> None:
    absent = tmp_path / "absent.csv"
    with pytest.raises(BadFile, match=r"absent\.csv: cannot be read .*'clearway impact lines'"):
        sources_of_files(bus_lines=absent, areas=None, demand=None).bus_lines(town)
    with pytest.raises(ClearwayError, match=r"absent\.csv"):
        sources_of_files(bus_lines=None, areas=None, demand=absent).trips(town, None)
    with pytest.raises(ClearwayError, match=r"absent\.csv"):
        sources_of_files(bus_lines=None, areas=absent, demand=None).areas(town)
    with pytest.raises(BadFile, match="absent"):
        sources_of_files(bus_lines=None, areas=None, demand=None, works=absent)
