from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

import towns
from clearway.assignment.exchange.tntp import read_tntp
from clearway.cli import main, root
from clearway.cli.progress import Progress
from clearway.errors import BadFile, BadInput, ClearwayError, UnknownName
from clearway.network.store import save_network
from clearway.planning.street_expressions import ways_called

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.network.model import Network

NET = """<NUMBER OF ZONES> 2
<NUMBER OF NODES> 4
<FIRST THRU NODE> 1
<NUMBER OF LINKS> 5
<ORIGINAL HEADER>~ Init Term Capacity Length Free Flow Time (min) B Power Speed Toll Type ;
<END OF METADATA>
1 3 1 0 1e-8 1e9 1 0 0 1 ;
1 4 1 0 50 0.02 1 0 0 1 ;
3 2 1 0 50 0.02 1 0 0 1 ;
3 4 1 0 10 0.1 1 0 0 1 ;
4 2 1 0 1e-8 1e9 1 0 0 1 ;
"""
TRIPS = "<NUMBER OF ZONES> 2\n<TOTAL OD FLOW> 6\n<END OF METADATA>\nOrigin 1\n2 : 6.0;\n"
"""Braess 1968: 2 on each way, all take 92 minutes. Without the street across, 3 and 3 take 83."""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with Braess's network in TNTP and in GMNS, and trips."""
    (tmp_path / "braess").mkdir()
    (tmp_path / "braess" / "Braess_net.tntp").write_text(NET)
    (tmp_path / "braess" / "Braess_trips.tntp").write_text(TRIPS)
    (tmp_path / "gmns").mkdir()
    (tmp_path / "gmns" / "node.csv").write_text("node_id,x_coord,y_coord,zone_id\n1,0,0,West\n2,2,0,East\n3,1,1,\n")
    (tmp_path / "gmns" / "link.csv").write_text(
        "link_id,name,from_node_id,to_node_id,length,free_speed,capacity,lanes,allowed_uses\n"
        "10,Low Road,1,2,10,60,10,1,\n11,High Road,1,3,5,60,10,1,car\n12,High Road,3,2,10,60,10,1,\n"
    )
    (tmp_path / "gmns" / "use_definition.csv").write_text("use,persons_per_vehicle,pce\ncar,1,1\n")
    (tmp_path / "trips.csv").write_text("from,to,trips\nWest,East,20\nEast,West,3\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: object, code: int = 0) -> Result:
    result = CliRunner().invoke(root, ["assign", *map(str, words)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == code, result.output
    return result


def answered(*words: object, code: int = 0) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(run(*words, "--json", code=code).stdout)
    return document


def test_braess_agrees_with_paper_and_pencil(here: Path) -> None:
    said = answered("--tntp", "braess", "--gap", "1e-12")
    assert said["mean_time"] == pytest.approx(92, rel=1e-6)
    assert said["total_time"] == pytest.approx(552, rel=1e-6)
    assert said["total_time_vehicle_hours"] == pytest.approx(9.2, rel=1e-6)
    assert said["reached"]
    assert said["relative_gap"] <= 1e-12
    shut = answered("--tntp", "braess", "--gap", "1e-12", "--shut", "4")
    assert shut["mean_time"] == pytest.approx(83, rel=1e-6)
    assert shut["links_shut"] == 1
    assert answered("--tntp", "braess", "--gap", "1e-12", "--shut", "3:4")["total_time"] == shut["total_time"]
    system = answered("--tntp", "braess", "--gap", "1e-12", "--aim", "system")
    assert (system["total_time"], system["objective"]) == pytest.approx((498, 498), rel=1e-6)  # nobody drives across
    assert (here / "braess").exists()


def test_every_figure_of_the_answer_has_its_unit(here: Path) -> None:
    said = answered("--tntp", here / "braess")
    assert said["units"]["time"] == "min"
    named = {name for name in said if isinstance(said[name], float)} - {"gap_asked", "relative_gap", "mean_time"}
    assert {name for name in named if not name.endswith("_hours")} <= set(said["units"])
    link = said["worst_links"][0]
    assert link["delay"] == pytest.approx(link["flow"] * (link["time"] - link["free_time"]))
    assert link["delay_vehicle_hours"] == pytest.approx(link["delay"] / 60)
    (here / "braess" / "Braess_net.tntp").write_text(NET.replace("(min)", ""))
    said = answered("--tntp", "braess")
    assert said["total_time_vehicle_hours"] is None
    assert said["units"]["time"] == "unit of time of the network's file"


def test_the_answer_is_told_in_words(here: Path) -> None:
    said = run("--tntp", here / "braess", "--gap", "1e-10").stdout
    assert "Braess: 5 links, 2 zones, 6.0 trips an hour, in passenger car units." in said
    assert "Nobody gains by changing route (user equilibrium): relative gap" in said
    assert "Total time 9.2 vehicle hours, 92 min a trip; of this delay" in said
    assert "Every trip has a route." in said
    assert "Most delay, by link:" in said
    assert "link 1 from 1 to 3" in said


def test_trips_without_a_way_are_counted_and_named(here: Path) -> None:
    said = answered("gmns", "--demand", "trips.csv")
    assert said["lost"] == [{"class": "car", "from": "East", "to": "West", "trips": 3.0}]
    assert said["trips"] == {"asked": 23.0, "within_zones": 0.0, "on_the_streets": 20.0, "lost": 3.0}
    told = run("gmns", "--demand", here / "trips.csv").stdout
    assert "3.0 trips an hour between 1 pairs of zones have no route:\n  East to West: 3.0" in told


def test_a_gap_that_is_not_reached_is_said_and_ends_with_code_3(here: Path) -> None:
    said = answered("--tntp", here / "braess", "--gap", "0", "--most-sweeps", "1", code=3)
    assert (said["reached"], said["stopped"], said["sweeps"]) == (False, False, 2)
    told = run("--tntp", "braess", "--gap", "0", "--most-sweeps", "1", code=3).stdout
    assert "The gap was not reached: relative gap" in told
    assert "Asked was 0. Go on with --save FILE, then --start FILE." in told


@pytest.mark.slow
def test_a_saved_solution_is_gone_on_from_and_compared_with(here: Path) -> None:
    answered("gmns", "--demand", "trips.csv", "--gap", "0", "--most-sweeps", "1", "--save", "half.npz", code=3)
    whole = answered("gmns", "--demand", "trips.csv", "--gap", "1e-12", "--start", "half.npz", "--save", "whole.npz")
    assert whole["written"] == ["whole.npz"]
    assert whole["compared"] is None
    shut = answered("gmns", "--demand", "trips.csv", "--start", "whole.npz", "--compare", "whole.npz", "--shut", "11")
    cold = answered("gmns", "--demand", "trips.csv", "--shut", "High Road")
    assert shut["total_time"] == cold["total_time"]
    change = shut["compared"]
    assert change["total_time"] == pytest.approx(shut["total_time"] - whole["total_time"])
    assert {row["id"]: round(row["flow"] * change["links"][0]["flow"]) > 0 for row in change["links"]}["10"]
    told = run("gmns", "--demand", "trips.csv", "--compare", "whole.npz", "--shut", "10").stdout
    assert "Compared with the saved solution: total time +" in told
    assert (here / "whole.npz").exists()


def test_whose_trips_use_a_street_is_said(here: Path) -> None:
    said = answered("gmns", "--demand", "trips.csv", "--select-link", "high road", "--select-link", "10", "--gap", "1e-12")
    high, low = said["select_link"]
    assert (high["called"], high["ids"], low["ids"]) == ("high road", ["11", "12"], ["10"])
    assert high["trips"] + low["trips"] == pytest.approx(20)
    assert high["pairs"] == [{"class": "car", "from": "West", "to": "East", "trips": high["trips"]}]
    assert low["by_destination"] == [{"zone": "East", "trips": low["trips"]}]
    told = run("gmns", "--demand", here / "trips.csv", "--select-link", "10").stdout
    assert "trips an hour drive over it, if routes are used in proportion." in told


def test_flows_times_and_trips_are_written_as_tables(here: Path) -> None:
    words = ("--flows", "out/f.csv", "--times", "out/t.csv", "--write-trips", "out/d.omx")
    said = answered("gmns", "--demand", "trips.csv", *words)
    assert said["written"] == ["out/f.csv", "out/t.csv", "out/d.omx"]
    rows = list(csv.DictReader((here / "out" / "f.csv").read_text().splitlines()))
    assert [row["id"] for row in rows] == ["10", "11", "12"]
    assert sum(float(row["flow"]) for row in rows[:2]) == pytest.approx(20)
    assert sum(float(row["delay"]) for row in rows) == pytest.approx(said["total_delay"])
    times = list(csv.DictReader((here / "out" / "t.csv").read_text().splitlines()))
    assert [row["time"] == "" for row in times] == [False, False, True, False]
    assert float(times[1]["time"]) == pytest.approx(said["mean_time"], rel=1e-6)
    assert answered("gmns", "--demand", "out/d.omx")["total_time"] == said["total_time"]


def test_what_is_written_as_tntp_runs_again(here: Path) -> None:
    first = answered("gmns", "--demand", "trips.csv", "--gap", "1e-12", "--write-tntp", "made")
    assert sorted(path.name for path in (here / "made").iterdir()) == ["gmns_flow.tntp", "gmns_net.tntp", "gmns_trips.tntp"]
    again = answered("--tntp", "made", "--gap", "1e-12", "--write-tntp", "twice")
    assert again["total_time"] == pytest.approx(first["total_time"], rel=1e-9)
    network = read_tntp(here / "twice")
    assert network.best_flow is not None
    assert network.best_flow.sum() == pytest.approx(sum(row["flow"] for row in again["worst_links"]))


def test_trips_may_be_scaled_and_taken_from_a_whole_day(here: Path) -> None:
    assert answered("gmns", "--demand", "trips.csv", "--scale", "0.5")["trips"]["asked"] == 11.5
    hour = answered("gmns", "--demand", "trips.csv", "--whole-day", "--hour", "3")
    assert 0 < hour["trips"]["asked"] < 23 / 24
    assert hour["notes"][-1].startswith("Of the day's trips ")
    assert (here / "trips.csv").exists()


FAULTS: dict[str, tuple[list[str], type[ClearwayError], str]] = {
    "no network": ([], BadInput, "Give one network: a Clearway file or GMNS folder as NETWORK, or a TNTP folder"),
    "two networks": (["gmns", "--tntp", "braess"], BadInput, "Give one network"),
    "no such file": (["absent.clearway"], BadFile, "cannot be opened"),
    "no such folder": (["--tntp", "absent"], BadFile, "cannot be opened"),
    "no trips": (["gmns"], BadInput, "gmns holds no demand.csv. Give the trips with --demand TRIPS."),
    "no such trips": (["gmns", "--demand", "absent.csv"], BadFile, "absent.csv: cannot be opened"),
    "trips of another network": (["--tntp", "braess", "--demand", "trips.csv"], UnknownName, "Unknown zone in line 2 of trips"),
    "no such link": (["--tntp", "braess", "--shut", "6"], UnknownName, "Unknown link or street: 6. Known: 1, 2, 3, 4, 5."),
    "no such pair": (["--tntp", "braess", "--shut", "4:1"], UnknownName, "Unknown link or street: 4:1."),
    "no such selected link": (["--tntp", "braess", "--select-link", "x"], UnknownName, "Unknown link or street: x."),
    "nothing shut": (
        ["gmns", "--demand", "trips.csv", "--shut-to", "car"],
        BadInput,
        "--shut-to limits --shut to some classes.",
    ),
    "no such class": (["gmns", "--demand", "trips.csv", "--classes", "tram"], UnknownName, "Unknown use: tram. Known: car."),
    "closures elsewhere": (["--tntp", "braess", "--closures", "x"], BadInput, "--closures has no meaning for a TNTP network"),
    "classes in TNTP": (["--tntp", "braess", "--classes", "car"], BadInput, "--classes has no meaning for a TNTP network"),
    "no such start": (["--tntp", "braess", "--start", "absent.npz"], BadFile, "absent.npz: cannot be opened"),
    "no start": (["--tntp", "braess", "--start", "trips.csv"], BadFile, "trips.csv: is not a saved solution"),
    "an output in no folder": (["--tntp", "braess", "--save", "trips.csv/s.npz"], BadFile, "s.npz: cannot be written"),
    "no folder to write": (["--tntp", "braess", "--write-tntp", "trips.csv/d"], BadFile, "trips.csv/d: cannot be written"),
}  # fmt: skip


@pytest.mark.parametrize(("words", "error", "sentence"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_one_sentence(here: Path, words: list[str], error: type[ClearwayError], sentence: str) -> None:
    with pytest.raises(error) as raised:
        run(*words)
    assert sentence in str(raised.value)
    assert "\n" not in str(raised.value)
    assert (here / "trips.csv").exists()


@pytest.mark.parametrize(
    "words", [["--gap", "nan"], ["--gap", "-1"], ["--gap", "inf"], ["--scale", "x"], ["--most-sweeps", "-1"]]
)
def test_a_number_that_is_none_is_refused(here: Path, words: list[str]) -> None:
    result = CliRunner().invoke(root, ["assign", "--tntp", str(here / "braess"), *words])
    assert result.exit_code == 2
    assert "Error: Invalid value for" in result.output


def test_the_program_itself_ends_with_code_3_where_the_gap_is_not_reached(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["clearway", "assign", "--tntp", str(here / "braess"), "--gap", "0", "--most-sweeps", "1"]
    monkeypatch.setattr(sys, "argv", words)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 3
    assert "The gap was not reached" in capsys.readouterr().out


def test_an_output_that_is_full_is_one_sentence() -> None:
    with open(os.devnull if not os.path.exists("/dev/full") else "/dev/full", "w") as full:  # noqa: PTH110, PTH123 - a device
        command = [sys.executable, "-m", "clearway", "--help"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)  # noqa: S603 - our own
    if full.name == "/dev/full":
        assert done.returncode == 1
        assert done.stderr.startswith("clearway: The output could not be written (No space left on device).")
        assert done.stderr.count("\n") == 1


def test_ctrl_c_stops_after_the_sweep_and_keeps_what_is_there(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that asks for a gap it cannot reach is interrupted by its own process as soon as it sweeps."""

    class Pressed(Progress):
        def tell(self, message: str) -> None:
            if message.startswith("Sweep 2:"):
                signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr("clearway.cli.assign.Progress", Pressed)
    said = answered("--tntp", here / "braess", "--gap", "0", "--save", "s.npz", code=130)
    assert (said["stopped"], said["reached"], said["sweeps"]) == (True, False, 3)
    assert answered("--tntp", here / "braess", "--start", "s.npz")["reached"]


def _box(name: str, sides: tuple[float, float, float, float]) -> dict[str, Any]:
    """A rectangle as a suburb."""
    west, south, east, north = sides
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [ring]}, "properties": {"name": name}}


@pytest.fixture(scope="module")
def town(wellington: Network, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with Wellington, closures on it and trips between two suburbs."""
    folder = tmp_path_factory.mktemp("town")
    save_network(wellington, folder / "w.clearway")
    suburbs = [_box("Thorndon", (174.770, -41.282, 174.785, -41.270)), _box("Te Aro", (174.768, -41.300, 174.785, -41.288))]
    (folder / "suburbs.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": suburbs}))
    (folder / "own.csv").write_text("from,to,trips\nThorndon,Te Aro,500\nTe Aro,Thorndon,800\n")
    return folder


@pytest.mark.slow
def test_a_users_own_trips_between_suburbs_are_assigned_on_a_city(
    town: Path, wellington: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(town)
    words: tuple[str, ...] = ("w.clearway", "--demand", "own.csv", "--areas", "suburbs.geojson")
    open_ = answered(*words, "--save", "open.npz")
    assert (open_["statement"], open_["trips"]["asked"], open_["lost"]) == ("", 1300.0, [])
    assert {"Thorndon", "Te Aro"} <= {row["name"] for row in open_["suburbs"]}
    worst = open_["worst_streets"][0]
    assert worst["delay_vehicle_hours"] > 0
    ways = wellington.way_source[list(ways_called(wellington, worst["name"]))].tolist()
    closure = {"type": "Feature", "geometry": None, "properties": {"ways": ways, "name": worst["name"]}}
    (town / "c.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [closure]}))
    words += ("--select-link", worst["name"])
    assert answered(*words)["select_link"][0]["trips"] > 0
    shut = answered(*words, "--closures", "c.geojson", "--start", "open.npz", "--compare", "open.npz")
    assert shut["links_shut"] > 0
    assert shut["select_link"][0]["trips"] == 0
    assert shut["compared"]["total_time"] > 0
    assert shut["total_time"] == pytest.approx(answered(*words, "--closures", "c.geojson")["total_time"], rel=1e-5)
    with pytest.raises(BadInput, match="Draw the zones of the trips with --areas"):
        run("w.clearway", "--demand", "own.csv")


@pytest.mark.slow
def test_a_synthetic_demand_is_called_so_everywhere(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(town)
    words = ("w.clearway", "--zones", "20", "--hour", "3", "--gap", "1e-4")
    said = answered(*words, "--write-trips", "made.csv")
    assert said["statement"].startswith("Synthetic demand for Wellington: made by assumption, not measured.")
    assert run(*words).stdout.startswith("Synthetic demand")
    again = answered(*words, "--demand", "made.csv")
    assert again["statement"] == said["statement"]
    assert again["total_time"] == pytest.approx(said["total_time"], rel=1e-9)
    with pytest.raises(BadInput, match="--whole-day is for trips of your own"):
        run(*words, "--whole-day")


def test_the_known_optimum_of_a_town_is_found() -> None:
    said = answered("--tntp", towns.FOLDER / "Ashmoor", "--gap", "1e-12")
    assert said["objective"] == pytest.approx(towns.OBJECTIVES["Ashmoor"]["user"], rel=1e-12)
