from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from clearway.cli.access import access
from clearway.cli.cordon import cordon
from clearway.errors import BadFile, BadGeometry, BadInput, UnknownName
from clearway.network.importers.osm import import_osm
from clearway.network.store import save_network
from clearway.publish.sitrep.access import access_section, read_access

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clearway.network.model import Network

STATIONS = ("--stations", "stations.geojson")
MOLESWORTH = "Molesworth Street from Lambton Quay to Hill Street"


@pytest.fixture(scope="module")
def folder(wellington: Network, open_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the network, the stations and a cordon round Molesworth Street."""
    path = tmp_path_factory.mktemp("access")
    save_network(wellington, path / "wellington.clearway")
    (path / "stations.geojson").write_bytes((open_data / "wellington" / "places.geojson").read_bytes())
    planned = CliRunner().invoke(cordon, [str(path / "wellington.clearway"), "--stretch", MOLESWORTH, "--json"])
    (path / "cordon.json").write_text(planned.output)
    return path


@pytest.fixture
def here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(folder)
    return folder


def run(*words: object) -> str:
    result = CliRunner().invoke(access, [str(word) for word in words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output


def reported(*words: object) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(run("wellington.clearway", "--stations", "stations.geojson", *words, "--json"))
    return document


@pytest.mark.slow
def test_gates_let_emergency_vehicles_through_and_blocks_do_not(here: Path) -> None:
    gates = reported("--cordon", "cordon.json", "--occupied-shuts", "none")
    assert gates["after"] == gates["before"]
    blocks = reported("--cordon", "cordon.json", "--as-blocks", "--occupied-shuts", "none")
    cut_off = [row for row in blocks["after"]["unreached"] if row["cut_off_by"]]
    assert blocks["before"]["reached"] - blocks["after"]["reached"] == len(cut_off) > 0
    assert {row["street"] for row in cut_off} >= {"Molesworth St"}
    assert all(label.startswith("barrier ") for row in cut_off for label in row["cut_off_by"])
    assert here.joinpath(blocks["certificate"]).exists()
    assert run("check", blocks["certificate"], "wellington.clearway").startswith("Accepted.")


@pytest.mark.slow
def test_a_plan_says_that_help_does_not_drive_along_occupied_streets_and_a_switch_says_otherwise(here: Path) -> None:
    full, free = reported("--cordon", "cordon.json"), reported("--cordon", "cordon.json", "--occupied-shuts", "none")
    assert full["occupied"]["shut_to_help"]
    assert not free["occupied"]["shut_to_help"]
    assert full["occupied"]["streets"] == free["occupied"]["streets"] == ["Molesworth St"]
    lost = free["after"]["reached"] - full["after"]["reached"]
    assert lost > 0
    assert len([one for one in full["occupied"]["changes"] if one["seconds_full"] is None]) == lost
    noun = f"{lost} frontage points"
    assert full["occupied"]["says"][1].startswith(
        f"With a lane kept free along them, fire and ambulance would reach {noun} more"
    )
    assert free["occupied"]["says"][1].startswith(f"If vehicles stand on them, fire and ambulance would no longer reach {noun}")
    old = json.loads((here / "cordon.json").read_text())
    del old["question"]["occupied_shuts"]
    (here / "old.json").write_text(json.dumps(old))
    assert reported("--cordon", "old.json")["after"] == free["after"]
    assert reported("--cordon", "old.json", "--occupied-shuts", "emergency")["after"] == full["after"]
    said = run("wellington.clearway", *STATIONS, "--cordon", "cordon.json")
    assert "Assumed: vehicles stand on the occupied streets (Molesworth St), so help does not drive along them." in said
    row = full["occupied"]["changes"][0]
    proof = run("address", "wellington.clearway", f"{row['lon']},{row['lat']}", *STATIONS, "--cordon", "cordon.json")
    assert "With a lane kept free there, fire would be here in" in proof


@pytest.mark.slow
def test_the_report_holds_what_programs_read(here: Path) -> None:
    said = reported("--certificate", here / "proof.json")
    for side in (said["before"], said["after"]):
        assert side["addresses"] == side["reached"] + len(side["unreached"])
        assert side["seconds"]["p50"] < side["seconds"]["p90"] < side["seconds"]["max"]
    assert len({row["label"] for row in said["worst"]}) == 10
    assert said["worst"][0]["seconds_after"] == said["after"]["seconds"]["max"]
    assert said["two_approaches"] <= said["after"]["reached"]
    assert {"street", "ways", "addresses"} <= set(said["single_street"][0])
    assert {"street", "ways", "added_seconds", "addresses"} <= set(said["n_minus_1"][0])
    assert said["within"]["seconds"] == 480.0
    assert said["certificate"] == str(here / "proof.json")


@pytest.mark.slow
def test_the_report_is_told_in_words(here: Path) -> None:
    said = run("wellington.clearway", "--stations", "stations.geojson", "--cordon", "cordon.json", "--as-blocks")
    assert "frontage points (this network has no addresses)" in said
    assert "Not reached after:" in said
    assert ": cut off by barrier" in said
    assert "are reached by two approaches that share no street." in said
    assert "Next: clearway access check wellington.access.json wellington.clearway" in said
    assert (here / "wellington.access.json").exists()


@pytest.mark.slow
def test_every_address_is_listed_for_a_table_and_for_a_map(here: Path) -> None:
    said = reported("--csv", here / "all.csv", "--geojson", here / "all.geojson", "--cordon", "cordon.json", "--as-blocks")
    rows = list(csv.DictReader((here / "all.csv").read_text().splitlines()))
    features = json.loads((here / "all.geojson").read_text())["features"]
    assert len(rows) == len(features) == said["before"]["addresses"]
    assert sum(row["reached_after"] == "True" for row in rows) == said["after"]["reached"]
    assert max(float(row["seconds_after"]) for row in rows if row["seconds_after"]) == said["after"]["seconds"]["max"]
    assert features[7]["properties"]["label"] == rows[7]["label"]


@pytest.mark.slow
def test_a_closure_counts_only_at_its_time(here: Path) -> None:
    closure = {"way": 177000, "from": "2022-02-08T06:00:00+13:00", "to": "2022-03-02T18:00:00+13:00", "name": "Molesworth"}
    document = {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": closure, "geometry": None}]}
    (here / "closures.geojson").write_text(json.dumps(document))
    during = reported("--closures", "closures.geojson", "--at", "2022-02-10T08:00:00+13:00")
    assert during["closures"] == ["Molesworth"]
    assert {tuple(row["cut_off_by"]) for row in during["after"]["unreached"] if row["cut_off_by"]} == {("Molesworth",)}
    later = reported("--closures", "closures.geojson", "--at", "2022-03-10T08:00:00+13:00")
    assert later["closures"] == []


@pytest.mark.slow
def test_a_forged_certificate_is_refused_with_exit_code_1(here: Path) -> None:
    reported("--certificate", "forged.json")
    document = json.loads((here / "forged.json").read_text())
    document["services"][0]["after"]["steps"]["ms"][3] -= 1
    (here / "forged.json").write_text(json.dumps(document))
    result = CliRunner().invoke(access, ["check", "forged.json", "wellington.clearway", "--json"])
    assert result.exit_code == 1
    assert json.loads(result.output)["accepted"] is False


@pytest.mark.parametrize(
    ("words", "error", "sentence"),
    [
        (["--stations", "missing.geojson"], BadFile, "cannot be opened"),
        (["--stations", "cut.json"], BadFile, "is not JSON"),
        (["--stations", "cordon.json"], BadFile, "is not a GeoJSON FeatureCollection"),
        (["--stations", "sea.geojson"], BadGeometry, "Too far from any street"),
        (["--stations", "swapped.geojson"], BadGeometry, "swap them"),
        (["--stations", "stations.geojson", "--station-kinds", "volcano"], BadFile, "no station of the kinds"),
        (["--stations", "stations.geojson", "--class", "tank"], UnknownName, "tank"),
        (["--stations", "stations.geojson", "--closures", "unknown.geojson"], UnknownName, "999999999"),
        (["--stations", "stations.geojson", "--cordon", "stations.geojson"], BadFile, "no list of barriers"),
        (["--stations", "stations.geojson", "--as-blocks"], BadInput, "--cordon"),
        (["--stations", "stations.geojson", "--certificate", "nowhere/at/all.json/x"], BadFile, "cannot be written"),
        ([], BadInput, "names no fire or ambulance station"),
    ],
)
def test_bad_input_gets_one_sentence_and_leaves_no_file(
    here: Path, words: list[str], error: type[Exception], sentence: str
) -> None:
    def points(name: str, *lonlat: float) -> None:
        feature = {"type": "Feature", "properties": {"kind": "fire_station", "name": "F"}}
        feature |= {"geometry": {"type": "Point", "coordinates": list(lonlat)}}
        (here / name).write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))

    points("sea.geojson", 174.82, -41.27)
    points("swapped.geojson", -41.28, 174.77)
    (here / "cut.json").write_text('{"type": "FeatureColl')
    unknown = {"type": "Feature", "properties": {"way": 999999999}, "geometry": None}
    (here / "unknown.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [unknown]}))
    (here / "nowhere").write_text("a file where a folder should be")
    (here / "wellington.access.json").unlink(missing_ok=True)
    with pytest.raises(error, match=sentence):
        run("wellington.clearway", *words)
    assert not (here / "wellington.access.json").exists()


def test_a_vehicle_is_given_by_service_or_for_all(here: Path, open_data: Path) -> None:
    import_osm_town(open_data, here)
    words = ["low.clearway", "--stations", "low-stations.geojson"]
    assert "too large for M between S and T (height 2 m)" in run(*words)
    said = run(*words, "--vehicle", "height=3.6,weight=12", "--vehicle", "fire:height=1.9")
    assert "Vehicle: 1.9 m high, 2.55 m wide, 12 t, 9.5 m long, 10 t on an axle; a street without a limit" in said
    assert "Every one is reached after." in said
    assert run("check", "low.access.json", "low.clearway").startswith("Accepted.")
    for typed, sentence in (("fire:hight=3", "'hight=3' is not a size"), ("fire:height=350", "more than 0 and at most 200")):
        result = CliRunner().invoke(access, [*words, "--vehicle", typed])
        assert (result.exit_code, sentence in result.output) == (2, True)
    with pytest.raises(UnknownName, match="Unknown service: volcano"):
        run(*words, "--vehicle", "volcano:height=3")


def test_the_trip_to_hospital_is_told_listed_and_certified(here: Path, open_data: Path) -> None:
    import_osm_town(open_data, here)
    words = ["low.clearway", "--stations", "low-stations.geojson", "--services", "ambulance.csv"]
    (here / "ambulance.csv").write_text(
        "service,station_kinds,class,within_s,share,turnout_s,height_m,to_hospital\n"
        "ambulance,fire_station,emergency,480,,,1.9,yes\n"
    )
    assert "No hospital is known: nothing is said about the trip of ambulance to one." in run(*words)
    place = {"type": "Feature", "properties": {"name": "Mercy"}, "geometry": {"type": "Point", "coordinates": [10.0, 0.0]}}
    (here / "hospitals.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [place]}))
    said = run(*words, "--hospitals", "hospitals.geojson", "--csv", "all.csv")
    assert "The whole trip, station to patient to Mercy, time at the patient's side not counted:" in said
    assert "  After   possible from 1; half within 71 s, the longest 71 s." in said  # there and back
    (row,) = csv.DictReader((here / "all.csv").read_text().splitlines())
    (here / "answer.json").write_text(run(*words, "--hospitals", "hospitals.geojson", "--json"))
    (part,) = access_section(read_access(here / "answer.json")).parts
    assert part.heading == "Ambulance"
    assert part.items[-1].text == "The whole trip to a hospital is possible from 1, as many as without the closures."
    assert (row["hospital_after"], float(row["trip_seconds_after"])) == ("Mercy", 2 * float(row["seconds_after"]))
    assert "The whole trip, station to patient to hospital (1 are named)" in run("check", "low.access.json", "low.clearway")


def test_hours_are_taken_as_at_the_moment_and_counted_without_one(here: Path, drawn_file: Callable[[str], Path]) -> None:
    town = """
        n 1 0 0
        n 2 200 0
        n 3 400 0
        n 90 390 8 addr:housenumber=1 addr:street=T
        w 101 1,2 highway=residential name=S
        w 102 2,3 highway=residential name=T 'emergency:conditional=no @ (Mo-Fr 07:00-09:00)'
    """
    network = import_osm(drawn_file(town))
    save_network(network, here / "hours.clearway")
    lon, lat = float(network.junction_lon[0]), float(network.junction_lat[0])
    station = {"type": "Feature", "properties": {"name": "F"}, "geometry": {"type": "Point", "coordinates": [lon, lat]}}
    (here / "hours.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [station]}))
    words = ["hours.clearway", "--stations", "hours.geojson", "--json"]
    always = json.loads(run(*words))
    assert always["after"]["reached"] == 1
    assert "1 street, barrier or turn with hours, taken as outside these hours. Ask for a moment with --at." in always["notes"]
    rush = json.loads(run(*words, "--at", "2026-11-30T08:00:00+13:00"))
    assert (rush["before"]["reached"], rush["after"]["reached"], rush["at"]) == (0, 0, "2026-11-30T08:00:00+13:00")
    assert "1 street, barrier or turn with hours, taken as on Mon 30 Nov 2026 08:00." in rush["notes"]
    checked = run("check", "hours.access.json", "hours.clearway")
    assert "Streets, barriers and turns with hours were taken as at 2026-11-30T08:00:00+13:00." in checked
    document = json.loads((here / "hours.access.json").read_text())
    document["services"][0]["at"] = "2026-11-30T09:00:00+13:00"  # another moment: the address can be reached
    (here / "hours.access.json").write_text(json.dumps(document))
    result = CliRunner().invoke(access, ["check", "hours.access.json", "hours.clearway"])
    assert (result.exit_code, "can be reached" in result.output) == (1, True)
    weekend = json.loads(run(*words, "--at", "2026-11-29T08:00:00+13:00"))
    assert weekend["after"]["reached"] == 1


@pytest.mark.slow
def test_a_closure_with_hours_is_in_force_at_those_and_always_without_a_moment(here: Path) -> None:
    closure = {"way": 177000, "hours": "Mo-Fr 07:00-09:00", "name": "Molesworth"}
    document = {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": closure, "geometry": None}]}
    (here / "hours-closures.geojson").write_text(json.dumps(document))
    words = ["--closures", "hours-closures.geojson", "--services", "one.csv"]
    (here / "one.csv").write_text("service,station_kinds,class,within_s,share,turnout_s\nfire,fire_station,emergency,480,,\n")
    assert reported(*words, "--at", "2022-02-10T08:00:00+13:00")["closures"] == ["Molesworth"]
    assert reported(*words, "--at", "2022-02-10T09:00:00+13:00")["closures"] == []
    always = reported(*words)
    assert always["closures"] == ["Molesworth"]
    assert "1 closure with hours, taken to be in force at all hours. Ask for a moment with --at." in always["notes"]
    closure["hours"] = "at dawn"
    (here / "hours-closures.geojson").write_text(json.dumps(document))
    with pytest.raises(BadFile, match=r"has the 'hours' 'at dawn'\. Write weekdays"):
        reported(*words)


def import_osm_town(open_data: Path, folder: Path) -> None:
    """A street of three pieces whose middle is 2 m high, with a fire station at its beginning."""
    save_network(import_osm(open_data / "cases" / "network" / "a17-maxheight.osm"), folder / "low.clearway")
    point = {"type": "Feature", "properties": {"kind": "fire_station", "name": "F"}}
    point |= {"geometry": {"type": "Point", "coordinates": [10.0, 0.0]}}
    (folder / "low-stations.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [point]}))


@pytest.mark.slow
def test_a_column_of_the_services_that_is_not_read_is_named(here: Path) -> None:
    (here / "services.csv").write_text(
        "service,station_kinds,class,within_s,share,turnout_s,hight_m\nfire,fire_station,emergency,480,,,3\n"
    )
    said = reported("--services", "services.csv")
    assert said["notes"][0] == "Not read: the column 'hight_m' of services.csv. Is it spelt right?"


def test_a_time_without_its_zone_is_refused(here: Path) -> None:
    result = CliRunner().invoke(access, ["wellington.clearway", "--stations", str(here / "stations.geojson"), "--at", "10 am"])
    assert result.exit_code == 2
    assert "Write times with their time zone" in result.output


@pytest.mark.usefixtures("here")
def test_the_proof_of_one_address_is_printed_street_by_street() -> None:
    said = run("address", "wellington.clearway", "174.7785,-41.2778", "--stations", "stations.geojson")
    assert said.startswith("Kate Sheppard Pl")
    assert "Soonest, from" in said
    assert "This rests on:" in said
    proof = json.loads(run("address", "wellington.clearway", "174.7785,-41.2778", "--stations", "stations.geojson", "--json"))
    for service in proof["services"]:
        legs = sum(leg["seconds"] for leg in service["after"]["legs"])
        assert legs + service["after"]["turnout_seconds"] == pytest.approx(service["after"]["seconds"], abs=0.01)


def test_an_address_behind_blocks_is_cut_off_by_them(here: Path) -> None:
    given = ("wellington.clearway", "174.7785,-41.2778", "--stations", "stations.geojson", "--json")
    free = json.loads(run("address", *given))["services"][0]
    shut = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"way": way, "label": "blocks"}, "geometry": None}
            for way in {free["after"]["legs"][-1]["ways"][-1]}
        ],
    }
    (here / "blocks.geojson").write_text(json.dumps(shut))
    cut = json.loads(run("address", *given, "--closures", "blocks.geojson"))["services"][0]
    assert cut["after"] is None
    assert set(cut["cut_off_by"]) == {"blocks"}
