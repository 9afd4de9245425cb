"""``clearway vehicles``: words, JSON, the checker's verdict, exit codes."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from clearway.cli import root
from clearway.cli.options.record import RecordOptions
from clearway.cli.plates import PlateKey
from clearway.demo.wellington import bundled
from clearway.errors import BadInput, NotFound
from clearway.network.store import load_network, save_network
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.vehicles.tally import read_tally
from clearway.record.open import open_record
from drawn_towns import Town, place

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Main Street with a station at one end, an address at the other, and a way round its middle; both are occupied."""
    town = Town()
    for x in (0.0, 100.0, 200.0):
        town.street((x, 0.0), (x + 100.0, 0.0), name="Main Street")
    town.street((100.0, 0.0), (150.0, 120.0), name="Back Street")
    town.street((150.0, 120.0), (200.0, 0.0), name="Back Street")
    for x in (0.0, 300.0):
        town.street((x, 0.0), (x, -90.0), name="End Street")
    town.draft.address(2, 90.0)
    save_network(town.network(), tmp_path / "town.clearway")
    lon, lat = place(10.0, 0.0)
    station = {"type": "Point", "coordinates": [lon, lat]}
    properties = {"name": "Main", "kind": "fire_station"}
    features = [{"type": "Feature", "geometry": station, "properties": properties}]
    (tmp_path / "stations.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    (tmp_path / "tally.csv").write_text(
        "stretch,car,across,lanes_left,lane_moves\nMain Street between Back Street and End Street,9,9,0,5\n"
        "Back Street,4,4,0,2\n"
    )
    return tmp_path


def run(folder: Path, *words: str, code: int = 0) -> str:
    told = CliRunner().invoke(root, ["vehicles", *[word.replace("@", f"{folder}/") for word in words]], catch_exceptions=False)
    assert told.exit_code == code, told.output
    return told.stdout


CLEAR = ("clear", "@town.clearway", "--tally", "@tally.csv", "--stations", "@stations.geojson")


def test_the_staircase_is_told_in_words(folder: Path) -> None:
    lines = run(folder, *CLEAR, "--street", "Back Street").splitlines()
    assert lines[0] == "13 vehicles on the stretches, 13 of them in the carriageway."
    assert "  5 from Main Street between Back Street and End Street, for a lane for help" in "\n".join(lines)
    assert any(line.startswith("Move ") and line.endswith("Back Street is free as far as it was counted.") for line in lines)


def test_its_json_is_accepted_and_a_spoilt_one_is_not(folder: Path) -> None:
    answer = json.loads(run(folder, *CLEAR, "--json"))
    (folder / "answer.json").write_text(json.dumps(answer))
    check = ("check", "@answer.json", "@town.clearway", "--tally", "@tally.csv")
    assert run(folder, *check).startswith("Accepted.")
    answer["steps"][0]["vehicles"] += 1
    (folder / "answer.json").write_text(json.dumps(answer))
    assert run(folder, *check, code=1).startswith("Refused.")
    assert json.loads(run(folder, *check, "--json", code=1))["accepted"] is False


def test_what_is_no_answer_is_refused_with_its_field(folder: Path) -> None:
    (folder / "answer.json").write_text('{"stretches": 2}')
    with pytest.raises(BadInput, match="not an answer of 'clearway vehicles clear'"):
        run(folder, "check", "@answer.json", "@town.clearway", "--tally", "@tally.csv")
    answer = json.loads(run(folder, *CLEAR, "--json"))
    answer["steps"][0]["levels"][0] = "all"
    (folder / "answer.json").write_text(json.dumps(answer))
    with pytest.raises(BadInput, match=r"The answer is damaged \(.*'all'.*vehicles clear --json"):
        run(folder, "check", "@answer.json", "@town.clearway", "--tally", "@tally.csv")


def test_routes_need_a_timetable(folder: Path) -> None:
    with pytest.raises(BadInput, match="--gtfs"):
        run(folder, *CLEAR, "--routes", "7")


def test_the_template_is_a_tally_that_can_be_filled_in(folder: Path) -> None:
    header, line = run(folder, "template").splitlines()
    example = line.replace("Hill Street between Bay Road and Park Lane", "Back Street")
    (folder / "tally.csv").write_text(f"{header}\n{example}\n")
    assert run(folder, *CLEAR).startswith("15 vehicles on the stretches, 6 of them in the carriageway.")


def test_a_tally_is_written_into_the_record_once_and_serves_the_staircase_with_its_age(folder: Path) -> None:
    by = ("--record", "@room.record", "--by", "warden, Council", "--method", "walk_through", "--counted", "2022-02-18T08:00Z")
    count = ("count", "@tally.csv", "@town.clearway", *by)
    assert run(folder, *count) == "2 tallies written, 0 were there already.\n"
    assert run(folder, *count) == "0 tallies written, 2 were there already.\n"
    record, at = ("--record", "@room.record"), ("--at", "2022-02-18T10:00:00+00:00")
    of_record = ("clear", "@town.clearway", *record, *at, "--stations", "@stations.geojson", "--json")
    answer = json.loads(run(folder, *of_record))
    from_file = json.loads(run(folder, *CLEAR, "--json"))
    assert answer["steps"] != []
    assert sorted(one["vehicles"] for one in answer["steps"]) == sorted(one["vehicles"] for one in from_file["steps"])
    assert answer["assumed"][0] == (
        "Back Street is taken to stand as it was counted at Fri 18 Feb 2022 08:00, walk through, 2 h before."
    )
    (folder / "answer.json").write_text(json.dumps(answer))
    assert run(folder, "check", "@answer.json", "@town.clearway", *record, *at).startswith("Accepted.")


def test_the_newest_tallies_are_shown_with_their_sum_and_printed_as_a_tally_that_can_be_read_again(folder: Path) -> None:
    record = ("--record", "@room.record")
    early = ("--by", "warden, Council", "--counted", "2022-02-18T08:00Z")
    run(folder, "count", "@tally.csv", "@town.clearway", *record, *early)
    (folder / "later.csv").write_text("stretch,car,van,across,assumed\nBack Street,2,1,,yes\n")
    run(folder, "count", "@later.csv", "@town.clearway", *record, *early[:2], "--counted", "2022-02-18T10:00Z")
    show = ("tally", "@town.clearway", *record, "--at", "2099-01-01T00:00Z")
    lines = run(folder, *show).splitlines()
    assert lines[0].startswith("Tallies of 2 stretches come to 12 vehicles; the oldest is ")
    assert "1 of 2 assumed, not counted; streets without a tally are not in this sum." in lines[0]
    assert "  Back Street: Assumed: 3 vehicles (2 cars, 1 van) [warden, Council; " in lines[1]
    answer = json.loads(run(folder, *show, "--json"))
    assert [(one["stretch"], one["vehicles"]) for one in answer["stretches"]] == [
        ("Back Street", {"car": [2, 2], "van": [1, 1]}),
        ("Main Street between Back Street and End Street", {"car": [9, 9]}),
    ]
    assert (answer["sum"]["low"], answer["sum"]["high"], answer["sum"]["assumed"]) == (12, 12, 1)
    (folder / "out.csv").write_text(run(folder, *show, "--csv", "-"))
    again = read_tally(folder / "out.csv", Gazetteer(load_network(folder / "town.clearway")))
    assert [(one.name, one.vehicles, one.across) for one in again] == [
        ("Back Street", {"car": 2, "van": 1}, 3),
        ("Main Street between Back Street and End Street", {"car": 9}, 9),
    ]
    assert again[0].assumed[0].startswith("Nobody counted on Back Street")


def test_a_file_of_which_one_line_cannot_be_right_writes_nothing(folder: Path) -> None:
    (folder / "bad.csv").write_text("stretch,car\nBack Street,3\nNowhere Street,4\n")
    with pytest.raises(BadInput, match=r"line 3: This map has no street called Nowhere Street"):
        run(folder, "count", "@bad.csv", "@town.clearway", "--record", "@room.record", "--by", "warden")
    assert not (folder / "room.record").exists() or list(open_record(str(folder / "room.record")).entries()) == []


def test_without_a_tally_or_a_record_nobody_knows_what_stands_where(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    with pytest.raises(BadInput, match="Give a tally with --tally FILE, or a record with --record"):
        run(folder, "clear", "@town.clearway", "--stations", "@stations.geojson")
    remark = {"kind": "remark", "body": {"text": "x"}, "happened": "2022-02-18T08:00Z"}
    CliRunner().invoke(root, ["record", "add", json.dumps(remark), "--record", str(folder / "room.record"), "--yes"])
    with pytest.raises(BadInput, match=r"has no tally of a stretch at that moment.*'clearway vehicles count'"):
        run(folder, "clear", "@town.clearway", "--stations", "@stations.geojson", "--record", "@room.record")


WHY = ("--purpose", "a lane", "--power", "a by-law", "--from", "Hill Street")
MOVED = ("moved", "--record", "@room.record", "--by", "warden, Council", *WHY)


def typed(folder: Path, plate: str, *words: str, code: int = 0) -> str:
    """What a command prints to whom a plate is typed."""
    told = CliRunner().invoke(
        root, ["vehicles", *[word.replace("@", f"{folder}/") for word in words]], input=f"{plate}\n", catch_exceptions=False
    )
    assert told.exit_code == code, told.output
    return told.output


def test_a_vehicle_is_recorded_by_its_plate_found_by_its_owner_and_forgotten(folder: Path) -> None:
    first = typed(folder, "kqz 7402", *MOVED, "--state", "to_be_moved", "--delete-by", "2099-01-01")
    (folder / "door.jpg").write_bytes(b"a door")
    stored = (
        "--state",
        "stored",
        "--delete-by",
        "2099-01-01",
        "--to",
        "the yard",
        "--moved-by",
        "a firm",
        "--photo",
        "@door.jpg",
    )
    entry = json.loads(typed(folder, "KQZ7402", *MOVED, *stored, "--json"))
    assert entry["body"]["photos"] == [hashlib.sha256(b"a door").hexdigest()]
    find = ("find", "--record", "@room.record", "--from")
    answer = typed(folder, "KQZ-7402", *find, "Hill St")
    assert answer.startswith("The vehicle is stored, the yard.\nWhy: a lane. Legal power: a by-law.\nMoved by a firm.\n")
    with pytest.raises(NotFound, match="No vehicle with that plate was moved from there"):
        typed(folder, "KQZ-7402", *find, "Aitken Street")
    forget = ("forget-plates", "--record", "@room.record")
    assert run(folder, *forget) == "Deleted: 0 number plates.\n"
    assert run(folder, *forget, "--vehicle", entry["body"]["vehicle"]) == "Deleted: 1 number plate.\n"
    with pytest.raises(NotFound):
        typed(folder, "KQZ7402", *find, "Hill Street")
    assert not any("KQZ7402" in told.upper().replace(" ", "") for told in (first, json.dumps(entry), answer))
    assert b"KQZ7402" not in (folder / "room.record").read_bytes()


def test_a_date_of_deletion_in_the_past_and_a_record_without_a_key_are_refused(folder: Path) -> None:
    with pytest.raises(BadInput, match="The plate's date of deletion has passed"):
        typed(folder, "ABC123", *MOVED, "--state", "to_be_moved", "--delete-by", "2022-01-01")
    with pytest.raises(BadInput, match=r"Give --plate-key FILE, outside the database\."):
        PlateKey(key_file=None).read(RecordOptions(address="postgresql://user@host/name"))


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's record."""
    folder = tmp_path_factory.mktemp("demonstration")
    (folder / "demo.jsonl").write_bytes(bundled("record.jsonl"))
    given = ["record", "import", str(folder / "demo.jsonl"), "--record", str(folder / "demo.record"), "--yes"]
    assert CliRunner().invoke(root, given, catch_exceptions=False).exit_code == 0
    return folder


def test_the_demonstrations_vehicles_balance_with_twelve_gone_and_an_unknown_number_that_came(demonstration: Path) -> None:
    """By hand: about 450 is 405 to 495; of those, about a dozen and a campervan left, and nobody said how many came."""
    balance = ("balance", "--record", "@demo.record", "--from", "day 9", "--to", "day 9", "--json")
    answer = json.loads(run(demonstration, *balance))
    assert answer["where"] == "Roads near Parliament"
    assert (answer["contradictions"], answer["residual"]) == ([], 0)
    assert {one["entry"]: (one["low"], one["high"]) for one in answer["statements"]} == {
        "d09-vehicles": (405, 495), "d09-left": (10, 14), "d09-arrived": (1, None), "d09-not-towed": (0, 0),
    }  # fmt: skip
    assert answer["moments"][-1]["high"] is None
    assert any("'about'" in said or '"About"' in said for said in answer["assumed"])
    assert not any("time zone" in said for said in answer["assumed"])
    (demonstration / "balance.json").write_text(json.dumps(answer), "utf-8")
    check = ("check-balance", "@balance.json", "--record", "@demo.record")
    assert run(demonstration, *check).splitlines() == [
        "Accepted.", f"{len(answer['moments'])} moments and 0 sets of statements are proved.",
    ]  # fmt: skip
    assert run(demonstration, *check, "--about", "0", code=1).startswith(
        "Refused.\nThe record does not say what the answer takes"
    )


def test_a_figure_that_is_repeated_while_vehicles_left_is_told_in_words(folder: Path) -> None:
    record = ["--record", str(folder / "room.record"), "--yes"]
    said: list[tuple[str, dict[str, object], str]] = [
        ("a", {"kind": "count", "what": "vehicles", "amount": 450}, "2022-02-16T00:00Z"),
        ("b", {"kind": "flow", "what": "vehicles", "direction": "left", "amount": 12}, "2022-02-16T06:00Z/2022-02-16T08:00Z"),
        ("c", {"kind": "count", "what": "vehicles", "amount": 450}, "2022-02-17T00:00Z"),
    ]
    for name, body, happened in said:
        about = {"known": happened[-17:], "place": "Parliament", "source": "Police"}
        entry = {"id": name, "body": body, "happened": happened} | about
        told = CliRunner().invoke(root, ["record", "add", json.dumps(entry), *record], catch_exceptions=False)
        assert told.exit_code == 0, told.output
    words = ("balance", "--record", "@room.record", "--from", "2022-02-16", "--to", "2022-02-17", "--place", "Parliament")
    lines = run(folder, *words).splitlines()
    assert "1 set of statements cannot all hold." in lines
    assert "They could all hold only if 12 more vehicles or more came or left of which nobody spoke." in lines
    assert any(line.startswith("These cannot all hold: ") and line.count("(Police, ") == 3 for line in lines)
    assert lines[0].endswith("(UTC).")
    assert any(line.startswith("Assumed: Nobody said in which time zone the operation lies") for line in lines)
    assert run(folder, *words, "--zone", "Pacific/Auckland").splitlines()[0].endswith("(Pacific/Auckland).")
