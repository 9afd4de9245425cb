"""The recipe of docs/contributing/add-a-kind.md, followed to the letter on a copy of the program: its code and nothing else."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import clearway

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "contributing" / "add-a-kind.md"
PROBE = Path(__file__).parent / "kind_probe.py"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a copy of the program in which the page's kind was added."""
    folder = tmp_path_factory.mktemp("copy")
    kinds = folder / "clearway" / "record" / "kinds"
    shutil.copytree(Path(clearway.__file__).parent, folder / "clearway", ignore=shutil.ignore_patterns("__pycache__", "static"))
    a_class, registered, a_rule = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    before, line = re.findall(r"(?m)^    means\..*\n", registered)
    appended(kinds / "means.py", a_class)
    listed = (kinds / "__init__.py").read_text("utf-8")
    (kinds / "__init__.py").write_text(listed.replace(before, before + line), "utf-8")
    appended(folder / "clearway" / "intake" / "rules" / "means.py", a_rule)
    return folder


def appended(file: Path, code: str) -> None:
    file.write_text(f"{file.read_text('utf-8')}\n\n{code}", "utf-8")


def run(copy: Path, *arguments: object) -> str:
    """What Python prints when it imports the copy."""
    command = [sys.executable, *map(str, arguments)]
    environment = os.environ | {"PYTHONPATH": str(copy)}
    done = subprocess.run(command, env=environment, cwd=copy, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def found(copy: Path) -> dict[str, Any]:
    """What the copy answers about a record with a water tank in it."""
    answers: dict[str, Any] = json.loads(run(copy, PROBE))
    assert Path(answers["program"]).is_relative_to(copy)
    return answers


def test_it_is_in_the_picture_and_a_later_entry_takes_the_place_of_an_earlier_one(found: dict[str, Any]) -> None:
    tanks = [fact for fact in found["picture"]["states"] if fact["kind"] == "water_supply"]
    assert [fact["says"] for fact in tanks] == [
        "Water tank east: low",
        "Water tank north: empty",
        "Water tank south: full; 500 litres",
    ]


def test_it_is_contested_where_speakers_differ_and_where_one_source_stands_alone(found: dict[str, Any]) -> None:
    says = {one["kind"]: one["says"] for one in found["picture"]["contested"]}
    assert says["clash"] == "Reports differ: Groups says Water tank north: empty; Police says Water tank north: low"
    assert "Water tank south: full" in says["single_source"]


def test_it_stands_under_its_heading_in_the_situation_report(found: dict[str, Any]) -> None:
    text = found["sitrep"]
    text = text[text.index("CONFIRMED THAT IT WAS SAID") :]
    said, reported = text.index("Parking, towing, staff, means"), text.index("REPORTED, NOT CONFIRMED")
    assert said < text.index("Water tank east: low") < reported < text.index("Water tank south: full; 500 litres")


def test_it_has_its_mark_on_maps(found: dict[str, Any]) -> None:
    assert found["signs"] == ["shut", "place"]
    (mark,) = [mark for mark in found["kinds"]["legend"] if mark["letter"] == "W"]
    assert mark["means"] == "drinking water"


def test_the_page_learns_of_it(found: dict[str, Any]) -> None:
    kinds = found["kinds"]
    (about,) = [kind for kind in kinds["kinds"] if kind["name"] == "water_supply"]
    assert (about["title"], about["theme"], about["role"]) == ("Water supply", "means", "state")
    assert about["help"] == "How much drinking water a tank holds."
    assert {field["name"]: field["type"] for field in about["fields"]} == {
        "tank": "text",
        "state": "choice",
        "litres": "amount",
    }
    assert kinds["form"][:3] == ["incident", "water_supply", "count"]
    (theme,) = [theme for theme in kinds["themes"] if theme["id"] == "means"]
    assert theme["kinds"].index("water_supply") == theme["kinds"].index("cost") + 1
    assert "water_supply" in kinds["discriminator"]["mapping"]


def test_the_reader_of_reports_finds_it(found: dict[str, Any]) -> None:
    assert found["read"] == ["Water tank west: low"]


@pytest.mark.slow
def test_the_command_line_and_the_reference_page_describe_it(copy: Path) -> None:
    assert "How much drinking water a tank holds." in run(copy, "-m", "clearway", "record", "kinds", "water_supply")
    page = run(
        copy, "-c", f"import sys; sys.path.append({str(ROOT / 'docs')!r}); import generate; print(generate.kinds_page())"
    )
    section = page.partition("### water_supply\n")[2].partition("###")[0]
    assert "Role: state. One subject for each `tank` and place. A belief, which can be contested. On the map: W." in section
    assert "| `litres` |  | how much is left |" in section
