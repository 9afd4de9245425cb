"""``clearway decide compare`` on the demonstration: wait and talk, offer and move, barriers, tow."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from clearway.cli import root
from clearway.demo.wellington import bundled, wellington_network
from clearway.errors import BadFile, BadInput, TooLong
from clearway.network.store import save_network

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

OPTIONS = ("tow", "barriers", "offer-and-move", "wait-and-talk")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's network, record, tally and options; its towing as a schedule that was made before."""
    path = tmp_path_factory.mktemp("decide")
    save_network(wellington_network(), path / "city.clearway")
    for name in ("record.jsonl", "means.json", "tally.csv", "towing.json"):
        (path / name).write_bytes(bundled(name))
    (path / "options").mkdir()
    for name in OPTIONS:
        (path / "options" / f"{name}.json").write_bytes(bundled(f"options/{name}.json"))
    run("record", "import", path / "record.jsonl", "--operation", "wellington-2022", "--record", path / "room.record")
    tow = ("--means", path / "towing.json", "--from", "2022-02-21T07:00+13:00", "--limit", "0.1", "--json")
    made = run("vehicles", "tow", "--network", path / "city.clearway", "--tally", path / "tally.csv", *tow)
    (path / "options" / "schedule.json").write_text(made)
    option = json.loads((path / "options" / "tow.json").read_text())
    option["does"][-1] = {"do": "tow", "schedule": "schedule.json"}
    (path / "options" / "tow.json").write_text(json.dumps(option))
    return path


def run(*words: object) -> str:
    result = CliRunner().invoke(root, [str(word) for word in words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def compare(folder: Path, *more: object, names: tuple[str, ...] = OPTIONS, at: str = "day 14 9pm") -> str:
    files = [word for name in names for word in ("--option", folder / "options" / f"{name}.json")]
    on = (
        "--network",
        folder / "city.clearway",
        "--record",
        folder / "room.record",
        "--at",
        at,
        "--tally",
        folder / "tally.csv",
    )
    return run("decide", "compare", *files, *on, *more)


def test_four_options_stand_by_restriction_with_every_figure_traced(folder: Path) -> None:
    found = json.loads(compare(folder, "--json"))
    assert [one["id"] for one in found["options"]] == ["wait-and-talk", "offer-and-move", "barriers", "tow"]
    rows: dict[str, dict[str, Any]] = {
        one["id"]: {figure["figure"]: figure for figure in one["figures"]} for one in found["options"]
    }
    assert all(figure["source"] for row in rows.values() for figure in row.values())
    assert rows["tow"]["vehicles_towed"]["low"] == 265
    assert rows["tow"]["lost"]["low"] == 0 < rows["wait-and-talk"]["lost"]["low"]
    assert rows["barriers"]["enclosed"]["low"] > 0 == rows["wait-and-talk"]["enclosed"]["low"]
    assert rows["barriers"]["minutes_to_effect"]["basis"] == "computed"
    assert rows["wait-and-talk"]["minutes_to_effect"]["basis"] == "judged"
    assert {row["escalation"]["basis"] for row in rows.values()} == {"judged"}
    assert {one["advice"] for one in found["options"]} == {"hold"}
    assert all(len(one["sources"]) >= 2 and one["dissent"] for one in found["options"])


def test_in_words_it_says_that_people_choose_and_what_is_assumed(folder: Path) -> None:
    said = compare(folder, names=("barriers", "wait-and-talk"))
    assert said.startswith("2 options on Wellington at Mon 21 Feb 2022 21:00, the least restrictive first. People choose.")
    assert "Go if vehicles: at least 200: too old. The last figure is 5 days old; it may be 3 days." in said
    assert "Not known for any option, and left out of every claim: bus trips that meet a closure, " in said
    assert "Assumed, " in said


def test_a_decision_can_rest_on_nothing_that_was_known_later(folder: Path) -> None:
    with pytest.raises(BadInput, match=r"rests on the entry d11-deescalation, which nobody had by then"):
        compare(folder, names=("offer-and-move", "wait-and-talk"), at="day 10 9pm")


def test_an_ensemble_of_two_options_says_its_seed_its_regret_and_that_few_scenarios_show_nothing(folder: Path) -> None:
    (folder / "scenarios.json").write_text(run("decide", "scenario-template"))
    files = [word for name in ("wait-and-talk", "offer-and-move") for word in ("--option", folder / "options" / f"{name}.json")]
    on = ("--network", folder / "city.clearway", "--record", folder / "room.record", "--tally", folder / "tally.csv")
    asked = ("--scenarios", folder / "scenarios.json", "--count", 3, "--at", "day 14 9pm", *files, *on)
    found = json.loads(run("decide", "ensemble", *asked, "--keep", folder / "runs", "--json"))
    assert [one["run"] for one in found["runs"]][:3] == ["wait-and-talk:0", "wait-and-talk:1", "wait-and-talk:2"]
    assert found["manifest"]["scenarios"] == 3
    assert found["differences"][0]["says"].startswith("no difference shown")
    said = run("decide", "ensemble", *asked, "--keep", folder / "runs")
    assert said.startswith("2 options in 3 scenarios, seed 1. People choose.")
    assert "How people react is not simulated" in said
    assert "Not asked again with new seeds" in said
    assert "Asked again 1 time with new seeds: " in run("decide", "ensemble", *asked, "--keep", folder / "runs", "--repeats", 1)
    with pytest.raises(TooLong, match=r"0 of 6 runs done\. Give --keep FILE"):
        run("decide", "ensemble", *asked, "--limit", 1e-9)


def test_the_example_is_an_option_and_bad_files_say_what_to_give(folder: Path) -> None:
    (folder / "options" / "mine.json").write_text(run("decide", "option-template").replace("offer-and-move", "mine"))
    assert "mine" in compare(folder, names=("mine", "wait-and-talk"))
    (folder / "options" / "bad.json").write_text('{"id": "bad"')
    with pytest.raises(BadFile, match=r"bad\.json"):
        compare(folder, names=("bad", "wait-and-talk"))
    with pytest.raises(BadInput, match="There is nothing to choose from"):
        compare(folder, names=("wait-and-talk",))
