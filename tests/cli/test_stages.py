"""``clearway plan stages`` and ``plan status --means`` on the demonstration: eight places, two forklifts, all assumed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from clearway.cli import root
from clearway.demo.wellington import bundled, wellington_network
from clearway.errors import BadFile, BadInput
from clearway.network.store import save_network

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's network, record and means, and the first version of its plan as a file."""
    path = tmp_path_factory.mktemp("stages")
    save_network(wellington_network(), path / "city.clearway")
    for name in ("record.jsonl", "means.json"):
        (path / name).write_bytes(bundled(name))
    run("record", "import", path / "record.jsonl", "--operation", "wellington-2022", "--record", path / "room.record")
    run("plan", "show", "parliament", "--version", 1, "--record", path / "room.record", "--out", path / "plan.json")
    return path


def run(*words: object, code: int = 0) -> str:
    result = CliRunner().invoke(root, [str(word) for word in words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == code, result.output
    return result.stdout


def stages(folder: Path, *more: object, code: int = 0, means: str = "means.json") -> str:
    given = ("--network", folder / "city.clearway", "--means", folder / means, "--zone", "Pacific/Auckland")
    return run("plan", "stages", folder / "plan.json", *given, "--limit", 8, *more, code=code)


def test_eight_places_with_two_forklifts_have_a_time_its_bound_and_what_decides(folder: Path) -> None:
    found = json.loads(stages(folder, "--done-by", "2022-02-21 03:30", "--json"))
    assert len(found["tasks"]) == 8
    assert 130 <= found["bound"] <= found["minutes"] <= 150
    assert found["done"] == "2022-02-20T14:30:00.000000Z"
    assert found["open"][-1]["shut"] == [f"B{number}" for number in range(1, 9)]
    assert found["changes"][0]["input"] == "forklifts"
    assert found["decides"].startswith("What decides is forklifts: one forklift more saves ")
    assert any("four hours" in line for line in found["summary"])
    assert (found["checked"], found["refused"]) == (True, [])
    assert {one["input"] for one in found["inputs"] if not one["assumed"]} == set()
    assert [(one["needed"], one["there"], one["missing"]) for one in found["needs"]] == [(24, 28, 0)]


def test_in_words_what_is_assumed_says_so_and_each_unit_has_its_minute(folder: Path) -> None:
    said = stages(folder, "--no-changes", "--begin", "2022-02-21 03:30")
    assert "8 places shut" in said
    assert "truck 1 is loaded at D1 at Mon 21 Feb 2022 03:30 (0 min)" in said
    assert "a piece of concrete block takes: 8 min (assumed)" in said
    assert "16 of concrete block, borrowed from a lender that the office names, at D1 (assumed)" in said


def test_kit_that_nobody_has_ends_with_code_1(folder: Path) -> None:
    means: dict[str, Any] = json.loads(bundled("means.json"))
    means["depots"][0]["kit"] = means["depots"][0]["kit"][:1]
    (folder / "few.json").write_text(json.dumps(means))
    said = stages(folder, means="few.json", code=1)
    assert "12 pieces of concrete block are missing, and what is missing is not counted." in said


def test_the_template_is_filled_in_and_read_again(folder: Path) -> None:
    means = json.loads(run("plan", "stages", folder / "plan.json", "--template", "--zone", "Pacific/Auckland"))
    means["depots"][0] |= {"place": "Thorndon Quay at Davis Street"}
    means["depots"][0]["kit"][0]["number"] = 30
    (folder / "filled.json").write_text(json.dumps(means))
    assert "8 places shut" in stages(folder, "--no-changes", means="filled.json")


def test_bad_input_says_what_to_give(folder: Path) -> None:
    with pytest.raises(BadInput, match=r"Give --network and --means; '--template' prints a file of means\."):
        run("plan", "stages", folder / "plan.json", "--zone", "Pacific/Auckland")
    with pytest.raises(BadInput, match="Give --begin or --done-by"):
        stages(folder, "--begin", "day 1", "--done-by", "day 1")
    (folder / "broken.json").write_text("[")
    with pytest.raises(BadFile, match=r"broken\.json: is not JSON, or is cut short\. 'clearway plan stages PLAN"):
        stages(folder, means="broken.json")


def test_a_barrier_reported_moved_names_the_nearest_crew_and_the_minutes_until_the_hole_is_shut(folder: Path) -> None:
    """At night a block is gone from Hill Street, after the version in force was saved."""
    place = "Hill Street at Molesworth Street, south-west side"
    source = {"office": "patrol", "organisation": "Police", "medium": "radio"}
    at = "2022-02-22T01:12+13:00"
    told = {"kind": "barrier_state", "body": {"state": "moved"}, "place": place, "happened": at, "known": at, "source": source}
    (folder / "moved.jsonl").write_text(json.dumps(told) + "\n")
    record = folder / "room.record"
    run("record", "import", folder / "moved.jsonl", "--operation", "wellington-2022", "--record", record)
    given = (
        "--record",
        record,
        "--at",
        "2022-02-22 01:15",
        "--network",
        folder / "city.clearway",
        "--means",
        folder / "means.json",
    )
    status = json.loads(run("plan", "status", "parliament", *given, "--json", code=1))
    (repair,) = status["repairs"]
    assert (repair["barrier"], repair["crew"], repair["depot"]) == ("B1", "crew 1", "D1")
    # 10 min to load, at least 1 to drive; 5 + 3 pieces of 8 min
    assert 11 <= repair["drive"] <= 16
    assert repair["minutes"] == repair["drive"] + 29
    assert "B1: the nearest crew is crew 1 from D1 (assumed)" in run("plan", "status", "parliament", *given, code=1)
    body = {"organisation": "crew 2", "task": "barriers"}
    posted = told | {"kind": "deployment", "body": body, "place": "Molesworth Street at Hill Street"}
    (folder / "posted.jsonl").write_text(json.dumps(posted) + "\n")
    run("record", "import", folder / "posted.jsonl", "--operation", "wellington-2022", "--record", record)
    (nearer,) = json.loads(run("plan", "status", "parliament", *given, "--json", code=1))["repairs"]
    assert (nearer["crew"], nearer["drive"], nearer["minutes"]) == ("crew 2", repair["drive"], repair["minutes"])
    assert "B1: the nearest crew is crew 2 from Molesworth Street at Hill Street, " in nearer["says"]
