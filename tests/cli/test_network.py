import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from clearway.cli import root
from clearway.cli.progress import Progress
from clearway.demo.wellington import wellington_timetable
from clearway.errors import BadFile, ClearwayError
from clearway.network.classes import load_street_classes, load_vehicle_classes

TOWN = """
    n 1 0 0
    n 2 100 0
    n 3 200 0
    w 10 1,2,3 highway=residential name='Hill Street'
    w 11 2,3 highway=proposed
"""


def run(*words: str | Path) -> Result:
    result = CliRunner().invoke(root, ["network", *(str(word) for word in words)], standalone_mode=False)
    if isinstance(result.exception, ClearwayError | click.ClickException):
        raise result.exception
    return result


@pytest.fixture
def town(drawn_file: Callable[[str], Path], tmp_path: Path) -> Path:
    out = tmp_path / "town.clearway"
    assert run("import", drawn_file(TOWN), "--out", out, "--name", "Town").exit_code == 0
    return out


def test_import_writes_the_file_and_says_what_was_left_out(drawn_file: Callable[[str], Path], tmp_path: Path) -> None:
    result = run("import", drawn_file(TOWN), "--out", tmp_path / "town.clearway")
    assert (tmp_path / "town.clearway").is_file()
    assert "frontage points every 20 m stand in for addresses" in result.output
    assert "1  highway=proposed" in result.output
    assert "Next: clearway cordon" in result.output


def test_info_as_json_holds_the_figures_a_program_reads(town: Path) -> None:
    info = json.loads(run("info", town, "--json").stdout)
    assert {"ways", "arcs", "junctions", "addresses", "components", "length_km"} <= set(info)
    assert info["turn_restrictions"]["kept"] == 0
    assert info["turn_restrictions"]["refused"] == {}
    assert info["ignored"] == {"highway=proposed": 1}
    assert (info["name"], info["ways"]) == ("Town", 1)


def test_import_as_json_prints_the_same_figures_and_nothing_else(drawn_file: Callable[[str], Path], tmp_path: Path) -> None:
    out = tmp_path / "town.clearway"
    printed = run("import", drawn_file(TOWN), "--out", out, "--json").stdout
    assert json.loads(printed) == json.loads(run("info", out, "--json").stdout)


def test_a_source_that_cannot_be_used_leaves_nothing_behind_and_an_older_file_as_it_was(town: Path, tmp_path: Path) -> None:
    before = town.read_bytes()
    broken = tmp_path / "broken.osm"
    broken.write_text("<html/>")
    with pytest.raises(BadFile, match=r"broken\.osm"):
        run("import", broken, "--out", town)
    assert town.read_bytes() == before
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["broken.osm", "drawing.osm", "town.clearway"]


def test_export_writes_geojson_and_gmns(town: Path, tmp_path: Path) -> None:
    result = run("export", town, "--geojson", tmp_path / "town.geojson", "--gmns", tmp_path / "gmns", "--json")
    done = json.loads(result.stdout)
    assert done["geojson"]["features"] == 1
    assert done["gmns"]["links"] == 2
    assert {path.name for path in (tmp_path / "gmns").iterdir()} == {
        "config.csv",
        "link.csv",
        "movement.csv",
        "node.csv",
        "use_definition.csv",
    }


def test_export_without_a_place_to_write_to_says_which_options_there_are(town: Path) -> None:
    with pytest.raises(click.UsageError, match="--geojson OUT, --gmns DIR"):
        run("export", town)


def test_the_printed_tables_can_be_given_back_to_the_import(drawn_file: Callable[[str], Path], tmp_path: Path) -> None:
    vehicles, streets = tmp_path / "vehicles.csv", tmp_path / "streets.csv"
    vehicles.write_text(run("classes").stdout)
    streets.write_text(run("classes", "--streets").stdout.replace("residential,50", "residential,25"))
    assert load_vehicle_classes(vehicles) == load_vehicle_classes()
    assert len(load_street_classes(streets)) == len(load_street_classes())
    out = tmp_path / "town.clearway"
    run("import", drawn_file(TOWN), "--out", out, "--vehicle-classes", vehicles, "--street-classes", streets)
    exported = tmp_path / "town.geojson"
    run("export", out, "--geojson", exported)
    assert json.loads(exported.read_text())["features"][0]["properties"]["speed_kmh"] == 25.0


def test_the_table_of_access_values_is_printed_as_csv() -> None:
    rows = list(csv.DictReader(io.StringIO(run("classes", "--access").stdout)))
    assert next(row for row in rows if row["value"] == "destination")["general"] == "no"


def test_the_tables_of_limits_u_turns_and_sides_are_printed_as_csv() -> None:
    for option, column in (("--limits", "tag"), ("--u-turns", "place"), ("--sides", "side")):
        assert column in next(csv.reader(io.StringIO(run("classes", option).stdout)))


def test_import_at_a_moment_reads_the_hours_and_says_so(drawn_file: Callable[[str], Path], tmp_path: Path) -> None:
    town = drawn_file(TOWN.replace("highway=residential", "highway=residential 'access:conditional=no @ (07:00-09:00)'"))
    out = tmp_path / "town.clearway"
    assert json.loads(run("import", town, "--out", out, "--json").stdout)["not_understood"]
    info = json.loads(run("import", town, "--out", out, "--at", "2026-12-01T08:00", "--json").stdout)
    assert (info["not_understood"], info["moment"]) == ({}, "2026-12-01T08:00:00")
    assert info["length_km"]["vehicle"]["general"] == 0
    assert "as at 2026-12-01T08:00" in run("info", out).stdout
    with pytest.raises(click.BadParameter, match="does not match"):
        run("import", town, "--out", out, "--at", "tomorrow")


def test_info_lists_open_ends_and_import_takes_a_dead_end_back(drawn_file: Callable[[str], Path], tmp_path: Path) -> None:
    source = drawn_file(
        "b 174.6 -41.4 174.9 -41.1\n" + TOWN.replace("residential name='Hill Street'", "primary name='Hill Street'")
    )
    out = tmp_path / "town.clearway"
    text = run("import", source, "--out", out).output
    assert "2  a main road ends" in text
    assert "174.77,-41.28  Hill Street (primary): a main road ends" in text
    assert "--dead-end LON,LAT" in text
    first = json.loads(run("info", out, "--json").stdout)["open_ends"][0]
    place = f"{first['lon']},{first['lat']}"
    info = json.loads(run("import", source, "--out", out, "--dead-end", place, "--json").stdout)
    assert info["edge_junctions"] == len(info["open_ends"]) == 1
    assert info["confirmed_dead_ends"] == [[first["lon"], first["lat"]]]
    with pytest.raises(click.BadParameter, match="not a point"):
        run("import", source, "--out", out, "--dead-end", "here")


def test_info_says_how_many_streets_have_a_limit(drawn_file: Callable[[str], Path], tmp_path: Path) -> None:
    out = tmp_path / "town.clearway"
    run("import", drawn_file(TOWN.replace("highway=residential", "highway=residential maxheight=2")), "--out", out)
    assert json.loads(run("info", out, "--json").stdout)["limits"] == {"height_m": 1}


def test_a_table_that_is_none_is_refused_before_the_long_work(drawn_file: Callable[[str], Path], tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("a,b\n1,2\n")
    with pytest.raises(BadFile, match="not a table of vehicle classes"):
        run("import", drawn_file(TOWN), "--out", tmp_path / "x.clearway", "--vehicle-classes", table)


@pytest.mark.slow
def test_bus_trips_come_from_a_timetable(open_data: Path, tmp_path: Path) -> None:
    out = tmp_path / "w.clearway"
    run("import", open_data / "wellington" / "roads.geojson", "--out", out, "--gtfs", wellington_timetable())
    info = json.loads(run("info", out, "--json").stdout)
    assert info["bus_trips"]["matched_share"] > 0.95


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_shows_on_a_terminal_and_nowhere_else() -> None:
    terminal, file = _Terminal(), io.StringIO()
    for stream in (terminal, file):
        with Progress(stream) as progress:
            progress.tell("reading")
    assert "reading" in terminal.getvalue()
    assert file.getvalue() == ""
