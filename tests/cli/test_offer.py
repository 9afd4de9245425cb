"""``clearway vehicles offer``: words, JSON, its check, figures of uptake, and what is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from clearway.cli import root
from clearway.errors import BadFile, BadInput
from clearway.network.store import save_network
from drawn_towns import Town, place

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Side Street, with four cars across it, off Main Street, at whose start a place lies."""
    town = Town()
    for x in (0.0, 500.0):
        town.street((x, 0.0), (x + 500.0, 0.0), name="Main Street")
    town.street((500.0, 0.0), (500.0, 90.0), name="Side Street")
    save_network(town.network(), tmp_path / "town.clearway")
    (tmp_path / "tally.csv").write_text("stretch,car,across\nSide Street,4,4\n")
    lon, lat = place(0.0, 0.0)
    field = {
        "id": "field",
        "name": "Field",
        "lon": lon,
        "lat": lat,
        "capacity": 9,
        "parked": 2,
        "ends": "2022-02-16T11:00+13:00",
    }
    (tmp_path / "places.json").write_text(json.dumps({"places": [field]}))
    (tmp_path / "taken.csv").write_text("at,low,high\n2022-02-15T12:00+13:00,0,0\n2022-02-16T08:00+13:00,2,\n")
    return tmp_path


def run(folder: Path, *words: str, code: int = 0) -> str:
    told = CliRunner().invoke(root, ["vehicles", *[word.replace("@", f"{folder}/") for word in words]], catch_exceptions=False)
    assert told.exit_code == code, told.output
    return told.stdout


OFFER = ("offer", "--network", "@town.clearway", "--tally", "@tally.csv", "--places", "@places.json")


def test_an_offer_is_told_in_words(folder: Path) -> None:
    told = run(folder, *OFFER, "--taken-up", "@taken.csv")
    assert told.startswith("4 vehicles: 4 could go to Field (4).")
    assert "2 to 9 took it up by 16 Feb 08:00" in told
    assert "4 vehicles from Side Street to Field: 1 min, by Side Street, Main Street" in told


def test_what_will_be_shut_is_passed_before_and_what_is_shut_now_is_not(folder: Path) -> None:
    spot = {"type": "Feature", "geometry": {"type": "Point", "coordinates": place(250.0, 0.0)}}
    drawn = spot | {"properties": {"name": "works", "from": "2022-02-16T10:10+13:00"}}
    (folder / "shut.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [drawn]}))
    asked = (*OFFER, "--closures", "@shut.geojson", "--now")
    told = run(folder, *asked, "2022-02-16T10:00+13:00")
    assert "works: 4 vehicles pass before it is shut, the last after 1 min" in told
    assert "Open now, and shut from Wed 16 Feb 10:10 on: works." in told
    assert run(folder, *asked, "2022-02-16T10:20+13:00").startswith("4 vehicles: none could go: ")


def test_an_offer_that_has_ended_says_how_many_stand_there_and_what_follows(folder: Path) -> None:
    told = run(folder, *OFFER, "--now", "2022-02-16T12:00+13:00")
    assert "The offer of Field has ended on Wed 16 Feb 11:00, and 2 vehicles stand there." in told
    assert "  No other place has room: find one." in told
    assert told.startswith("4 vehicles: none could go: there is no room, or no way.")


def test_its_json_is_accepted_and_a_spoilt_one_is_not(folder: Path) -> None:
    answer = json.loads(run(folder, *OFFER, "--json"))
    (folder / "answer.json").write_text(json.dumps(answer))
    assert run(folder, "check-offer", "@answer.json", "@town.clearway").startswith("Accepted.")
    told = run(folder, "check-offer", "@answer.json", "@town.clearway", "--tally", "@tally.csv")
    assert "Its vehicles are those of the tally." in told
    assert "Its gates were taken from the answer: give --plan" in told
    (folder / "fewer.csv").write_text("stretch,car,across\nSide Street,3,3\n")
    told = run(folder, "check-offer", "@answer.json", "@town.clearway", "--tally", "@fewer.csv", code=1)
    assert "On Side Street stand 3 vehicles, 0 of them high, not 4 and 0." in told
    answer["total_s"] -= 1
    (folder / "answer.json").write_text(json.dumps(answer))
    assert run(folder, "check-offer", "@answer.json", "@town.clearway", code=1).startswith("Refused.")


def test_a_record_that_knew_nothing_then_says_how_to_ask_with_what_was_learnt_later(folder: Path) -> None:
    known = json.dumps({"id": "a", "kind": "remark", "body": {"text": "x"}, "happened": "2022-02-16", "source": "Police"})
    record = ("--record", str(folder / "room.record"))
    assert CliRunner().invoke(root, ["record", "add", known, *record, "--yes"], catch_exceptions=False).exit_code == 0
    asked = ("offer", "--network", "@town.clearway", "--tally", "@tally.csv", *record, "--at", "2022-02-16T09:00+13:00")
    with pytest.raises(BadInput, match="'--known-at now' counts what was learnt later"):
        run(folder, *asked)
    with pytest.raises(BadInput, match=r"name it with --record\.$"):
        run(folder, *asked, "--known-at", "now")


def test_the_template_of_places_is_one_that_can_be_used(folder: Path) -> None:
    (folder / "places.json").write_text(run(folder, "places"))
    with pytest.raises(BadInput, match="Stadium lies more than 200 m from any street"):
        run(folder, *OFFER)


def test_figures_and_tallies_that_cannot_be_are_refused(folder: Path) -> None:
    (folder / "taken.csv").write_text("at,low,high\n2022-02-15T12:00+13:00,5,2\n")
    with pytest.raises(BadFile, match="the lower figure as low"):
        run(folder, *OFFER, "--taken-up", "@taken.csv")
    for line, words in (
        ("yesterday,5,", "line 2: 'yesterday' cannot be read"),
        ("2022-02-15T12:00+13:00,5.5,", "whole numbers"),
    ):
        (folder / "taken.csv").write_text(f"at,low,high\n{line}\n")
        with pytest.raises(BadInput, match=words):
            run(folder, *OFFER, "--taken-up", "@taken.csv")
    (folder / "tally.csv").write_text("stretch,car\nSide Street,0\n")
    with pytest.raises(BadInput, match="No vehicle stands on the stretches"):
        run(folder, *OFFER)


def test_places_and_uptake_come_from_the_record(folder: Path) -> None:
    spot = {"type": "point", "at": list(place(0.0, 0.0)), "label": "Field"}
    said = {"source": "duty officer, Council", "places": [spot]}
    lines = [
        ("parking_place", {"name": "Field", "capacity": {"low": 9, "high": 9}, "assumed": ["capacity"]}, "08:00"),
        ("offer", {"what": "parking", "summary": "The field", "taken_up": {"low": 1, "high": 1}}, "09:00"),
        ("offer", {"what": "parking", "summary": "The field", "taken_up": {"low": 3, "high": 3}}, "11:00"),
    ]
    entries = [
        {"kind": kind, "body": body, "happened": f"2022-02-16T{at}+13:00", "known": f"2022-02-16T{at}+13:00"} | said
        for kind, body, at in lines
    ]
    (folder / "lines.jsonl").write_text("".join(json.dumps(one) + "\n" for one in entries))
    words = ["record", "import", str(folder / "lines.jsonl"), "--record", str(folder / "room.record"), "--operation", "square"]
    assert CliRunner().invoke(root, [*words, "--zone", "Pacific/Auckland"], catch_exceptions=False).exit_code == 0
    asked = (
        "offer",
        "--network",
        "@town.clearway",
        "--tally",
        "@tally.csv",
        "--record",
        "@room.record",
        "--zone",
        "Pacific/Auckland",
        "--at",
    )
    told = run(folder, *asked, "2022-02-16T12:00+13:00")
    assert told.startswith("4 vehicles: 4 could go to Field (4 of 6 spaces, assumed).")
    assert "3 took it up by 16 Feb 11:00, 1.0 to 1.0 an hour" in told
    assert "Of Field: capacity." in told
    assert "nobody gave a figure" in run(folder, *asked, "2022-02-16T08:30+13:00")
    with pytest.raises(BadInput, match=r"Nobody said where vehicles could park. .*'parking_place'"):
        run(folder, *asked, "2022-02-16T07:00+13:00")


def test_files_given_beside_a_record_take_its_place_and_that_is_said(folder: Path) -> None:
    (folder / "lines.jsonl").write_text(
        json.dumps(
            {"kind": "weather", "body": {"summary": "dry"}, "happened": "2022-02-16T08:00+13:00", "source": "officer, Police"}
        )
    )
    words = ["record", "import", str(folder / "lines.jsonl"), "--record", str(folder / "room.record"), "--operation", "square"]
    assert CliRunner().invoke(root, [*words, "--zone", "Pacific/Auckland"], catch_exceptions=False).exit_code == 0
    told = run(folder, *OFFER, "--record", "@room.record", "--taken-up", "@taken.csv")
    for what, name in (("tallies", "tally.csv"), ("places to park", "places.json"), ("figures of uptake", "taken.csv")):
        assert f"Note: The {what} are those of {name}. What the record says of {what} is left aside." in told
    assert "left aside" not in run(folder, *OFFER)


def planned(folder: Path, *rules: dict[str, str]) -> str:
    """A gate on Main Street between the cars and the place, and the rules for it."""
    gate = {"id": "G1", "place": {"type": "point", "at": list(place(250.0, 0.0))}, "opens": "staffed"}
    plan = {"kind": "plan", "plan": "tmp", "title": "Ring", "barriers": [gate], "passages": list(rules)}
    (folder / "plan.json").write_text(json.dumps(plan))
    return "@plan.json"


def test_a_plan_lets_out_by_its_rules_and_every_gate_has_its_rate(folder: Path) -> None:
    plan = planned(folder, {"who": "leaving", "may": "leave_not_return"})
    told = run(folder, *OFFER, "--plan", plan, "--gate-rate", "G1=2")
    assert "4 vehicles from Side Street to Field: 1 min, out at G1, by Side Street, Main Street; not back" in told
    assert "G1: 4 vehicles at 2 a minute, 4 in line at most" in told
    assert "Note: Gates are those of plan 'tmp', version 1." in told
    assert "Who leaves may not come back." in told
    shut = run(folder, *OFFER, "--plan", planned(folder, {"who": "leaving", "may": "not_pass"}))
    assert shut.startswith("4 vehicles: none could go: ")
    assert "Note: G1 lets nobody out." in shut


@pytest.mark.parametrize("rate", ["G1=", "0", "fast", "G1=61"])
def test_a_rate_that_is_none_is_refused(folder: Path, rate: str) -> None:
    with pytest.raises(BadInput, match=r"cannot be a rate\. Give 0\.1 to 60 vehicles a minute, or 'G1=3'"):
        run(folder, *OFFER, "--gate-rate", rate)


def test_the_adopted_plan_of_the_record_counts_unless_closures_are_given(folder: Path) -> None:
    planned(folder, {"who": "leaving", "may": "not_pass"})
    document = json.loads((folder / "plan.json").read_text())
    said = {"source": "commander, Police", "happened": "2022-02-16T08:00+13:00", "known": "2022-02-16T08:00+13:00"}
    body = {name: document[name] for name in document if name != "kind"}
    adopted = {"plan": "tmp", "version": 1, "sha256": "0" * 64, "by": "commander, Police"}
    lines = [{"kind": "plan", "body": body} | said, {"kind": "plan_adopted", "body": adopted} | said]
    (folder / "lines.jsonl").write_text("".join(json.dumps(one) + "\n" for one in lines))
    words = ["record", "import", str(folder / "lines.jsonl"), "--record", str(folder / "room.record"), "--operation", "square"]
    assert CliRunner().invoke(root, [*words, "--zone", "Pacific/Auckland"], catch_exceptions=False).exit_code == 0
    asked = (*OFFER, "--record", "@room.record", "--at", "2022-02-16T10:00+13:00")
    assert "none could go: " in run(folder, *asked)
    assert "none could go: " in run(folder, *asked, "--plan", "tmp")
    early = (*OFFER, "--record", "@room.record", "--at", "2022-02-16T07:00+13:00")
    assert "4 could go to Field (4)" in run(folder, *early)
    (folder / "open.geojson").write_text(
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [
                    {
                        "type": "Feature",
                        "geometry": {"type": "Point", "coordinates": list(place(250.0, 0.0))},
                        "properties": {"lets_through": ["leaving"]},
                    }
                ],
            }
        )
    )
    assert "4 could go to Field (4)" in run(folder, *asked, "--closures", "@open.geojson")
