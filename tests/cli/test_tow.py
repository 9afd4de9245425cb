"""``clearway vehicles tow``: words, JSON, its check, other means, the board, and what is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from clearway.cli import root
from clearway.errors import BadInput, UnknownName
from clearway.network.store import save_network
from drawn_towns import Town, place

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

STORE = "{:.6f},{:.6f}".format(*place(0.0, 0.0))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Main Street in two blocks; four cars stand across the second."""
    town = Town()
    for x in (0.0, 500.0):
        town.street((x, 0.0), (x + 500.0, 0.0), name="Main Street")
    town.street((500.0, 0.0), (500.0, 90.0), name="Side Street")
    save_network(town.network(), tmp_path / "town.clearway")
    (tmp_path / "tally.csv").write_text("stretch,car,across\nSide Street,4,4\n")
    ring = {"barriers": [], "question": {"stretches": [1], "occupied_shuts": []}}
    (tmp_path / "cordon.json").write_text(json.dumps(ring))
    return tmp_path


def run(folder: Path, *words: str, code: int = 0) -> str:
    told = CliRunner().invoke(root, ["vehicles", *[word.replace("@", f"{folder}/") for word in words]], catch_exceptions=False)
    assert told.exit_code == code, told.output
    return told.stdout


TOW = ("tow", "--network", "@town.clearway", "--tally", "@tally.csv", "--limit", "1")


def test_a_schedule_is_told_in_words_with_what_is_assumed_and_lacking(folder: Path) -> None:
    told = run(folder, *TOW, "--trucks", "2", "--store", STORE, "--what-if", "trucks=1")
    assert told.startswith("4 vehicles, 2 light trucks: 4 towed. This holds only if nobody is in the way.\n")
    assert "What if trucks=1: 1 truck, step 1 after" in told
    assert "Lacking: Nobody has ordered it." in told
    assert "Assumed: Minutes to hook up: car 10." in told


def test_its_json_is_accepted_and_goes_on_from_the_board(folder: Path) -> None:
    answer = json.loads(run(folder, *TOW, "--trucks", "2", "--store", STORE, "--from", "2022-02-17T08:00+13:00", "--json"))
    (folder / "answer.json").write_text(json.dumps(answer))
    assert run(folder, "check-tow", "@answer.json", "@town.clearway", "--tally", "@tally.csv").startswith("Accepted.")
    (folder / "board.csv").write_text("tow,state\nT001,done\n")
    later = run(
        folder, *TOW, "--trucks", "2", "--store", STORE, "--from", "2022-02-17T08:20+13:00", "--after", "@answer.json",
        "--board", "@board.csv",
    )  # fmt: skip
    assert later.startswith("3 vehicles, 2 light trucks: 3 towed.")
    answer["tows"][0]["arrive_s"] += 1
    (folder / "answer.json").write_text(json.dumps(answer))
    assert run(folder, "check-tow", "@answer.json", "@town.clearway", code=1).startswith("Refused.")


def test_so_many_vehicles_are_spread_over_the_occupied_streets(folder: Path) -> None:
    words = ("tow", "--network", "@town.clearway", "--vehicles", "10", "--trucks", "5", "--store", STORE)
    assert "10 cars are spread over the occupied streets" in run(folder, *words, "--cordon", "@cordon.json")


def test_an_order_names_its_law_and_says_that_it_was_not_read(folder: Path) -> None:
    told = run(folder, *TOW, "--trucks", "1", "--store", STORE, "--row", "officer_on_road", "--by", "police")
    assert "Ordered by: police, Land Transport Act 1998, section 113; the text of the law was not read" in told
    assert "Nobody has ordered it" not in told


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--trucks", "2"), "There is no storage"),
        (("--store", STORE), "Nobody said who tows"),
        (("--trucks", "2", "--store", f"{STORE},hours=09:00-17:00"), "nobody said when towing starts"),
        (("--trucks", "2", "--store", "174.0,-41.0"), "lies more than 200 m from any street"),
        (("--trucks", "2", "--store", STORE, "--vehicles", "3"), "Say what is to be towed"),
        (("--trucks", "2", "--store", STORE, "--what-if", "weather=bad"), "cannot be read"),
        (("--trucks", "2", "--store", STORE, "--row", "officer_on_road"), "Nobody said who: give --by"),
        (("--trucks", "2", "--store", STORE, "--after", "@tally.csv"), "--board BOARD.csv together"),
        (("--trucks", "2", "--store", STORE, "--after", "@cordon.json", "--board", "@tally.csv"), "not hold a schedule of tow"),
        (("--trucks", "2", "--store", STORE, "--staircase", "@cordon.json"), "does not hold a staircase"),
    ],
)
def test_what_cannot_be_scheduled_is_refused_in_a_sentence(folder: Path, words: tuple[str, ...], says: str) -> None:
    with pytest.raises(BadInput, match=says) as refused:
        run(folder, *TOW, *words)
    assert refused.value.exit_code == 2


@pytest.mark.parametrize(
    "spot", ["174.7", "here,there", f"{STORE},capacity=many", f"{STORE},colour=red", f"{STORE},hours=late"]
)
def test_a_storage_place_that_cannot_be_read_is_refused(folder: Path, spot: str) -> None:
    told = CliRunner().invoke(root, ["vehicles", "tow", "--network", f"{folder}/town.clearway", "--store", spot])
    assert told.exit_code == 2
    assert "Give LON,LAT such as" in told.output


def test_a_tally_of_an_unknown_street_is_refused(folder: Path) -> None:
    (folder / "tally.csv").write_text("stretch,car\nNowhere Lane,4\n")
    with pytest.raises((BadInput, UnknownName), match="Nowhere Lane"):
        run(folder, *TOW, "--trucks", "2", "--store", STORE)


def write(folder: Path, kind: str, body: Mapping[str, object], at: str, **more: object) -> None:
    """Write an entry that was known when it happened."""
    said = {"kind": kind, "body": body, "happened": at, "known": at, "source": "duty officer, Police"} | more
    line = folder / "line.jsonl"
    line.write_text(json.dumps(said) + "\n")
    words = ["record", "import", str(line), "--record", str(folder / "room.record"), "--operation", "square"]
    told = CliRunner().invoke(root, [*words, "--zone", "Pacific/Auckland"], catch_exceptions=False)
    assert told.exit_code == 0, told.output


def test_operators_storage_and_tally_come_from_the_record_as_it_was_known(folder: Path) -> None:
    yard = {"name": "Yard", "capacity": {"low": 9, "high": 9}, "hours": "07:00-19:00"}
    spot = {"type": "point", "at": list(place(0.0, 0.0))}
    sends = {"operator": "Firm A", "light_trucks": {"low": 2, "high": 2}, "light_willing": "yes", "escort": False}
    write(folder, "storage_place", yard, "2022-02-16T09:00+13:00", places=[spot])
    write(folder, "tow_operator", sends, "2022-02-16T09:00+13:00")
    write(folder, "vehicle_tally", {"car": {"low": 3, "high": 3}, "across": 3}, "2022-02-16T09:00+13:00", place="Side Street")
    refuses = {"operator": "Firm A", "light_willing": "no", "reason": "sympathy"}
    write(folder, "tow_operator", refuses, "2022-02-16T12:00+13:00")
    asked = ("tow", "--network", "@town.clearway", "--limit", "1", "--record", "@room.record")
    told = run(folder, *asked, "--at", "2022-02-16T10:00+13:00", "--from", "2022-02-16T10:00+13:00")
    assert told.startswith("3 vehicles, 2 light trucks: 3 towed.")
    assert "Tow operator Firm A; sends 2 light trucks; wants no escort: believed of" in told
    public = run(folder, *asked, "--from", "2022-02-16T10:00+13:00", "--public", "--json")
    assert "Firm" not in public
    later = run(folder, *asked, "--from", "2022-02-16T13:00+13:00")
    assert later.startswith("3 vehicles, no truck: 0 towed, 3 left.")
    believed = run(folder, *asked, "--from", "2022-02-16T13:00+13:00", "--known-at", "2022-02-16T11:00+13:00", "--json")
    assert len(json.loads(believed)["tows"]) == 3


def test_what_is_given_beside_a_record_takes_its_place_and_that_is_said(folder: Path) -> None:
    write(folder, "vehicle_tally", {"car": {"low": 3, "high": 3}, "across": 3}, "2022-02-16T09:00+13:00", place="Side Street")
    told = run(folder, *TOW, "--record", "@room.record", "--trucks", "2", "--store", STORE)
    assert told.startswith("4 vehicles, 2 light trucks")
    assert "Note: The tallies are those of tally.csv. What the record says of tallies is left aside." in told
    typed = (
        "Note: The storage places and operators are those that were typed. What the record says of storage places and operators"
    )
    assert f"{typed} is left aside." in told
    operators = [{"id": "A", "light": {"trucks": 1, "willing": "yes"}}]
    lon, lat = place(0.0, 0.0)
    (folder / "means.json").write_text(
        json.dumps({"storage": [{"id": "yard", "lon": lon, "lat": lat}], "operators": operators})
    )
    told = run(folder, *TOW, "--record", "@room.record", "--means", "@means.json")
    assert "Note: The operators and storage places are those of means.json." in told
    assert "left aside" not in run(folder, *TOW, "--means", "@means.json")


def test_a_record_without_storage_or_without_answers_is_refused_with_what_to_do(folder: Path) -> None:
    write(folder, "remark", {"text": "Quiet"}, "2022-02-16T09:00+13:00")
    with pytest.raises(BadInput, match=r"Nobody said who tows. .*'tow_operator'"):
        run(folder, *TOW, "--record", "@room.record")
    with pytest.raises(BadInput, match=r"There is no storage: .*'storage_place'"):
        run(folder, *TOW, "--record", "@room.record", "--trucks", "2")
