"""The recipe of docs/contributing/add-a-desk.md, followed to the letter on a copy of the program: its code and nothing else."""

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
from clearway.network.store import save_network
from serving import drawn_town

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "contributing" / "add-a-desk.md"
PROBE = Path(__file__).parent / "desk_probe.py"
FILES = (
    "planning/crowd.py",
    "server/desks/crowd/models.py",
    "server/desks/crowd/desk.py",
    "server/desks/crowd/routes.py",
    "server/desks/crowd/__init__.py",
    "cli/crowd.py",
)
"""Where the page's pieces of code go, in their order."""

LINES = {"server/desks/__init__.py": '    "traffic",\n', "cli/__init__.py": '    "cordon": (\n'}
"""The files that get one line, and a line that stands there."""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a copy of the program in which the page's desk was added."""
    folder = tmp_path_factory.mktemp("copy")
    program = folder / "clearway"
    shutil.copytree(Path(clearway.__file__).parent, program, ignore=shutil.ignore_patterns("__pycache__", "static"))
    page = PAGE.read_text("utf-8")
    for name, code in zip(FILES, re.findall(r"```python\n(.*?)```", page, re.DOTALL), strict=True):
        (program / name).parent.mkdir(exist_ok=True)
        (program / name).write_text(code, "utf-8")
    for name, line in zip(LINES, re.findall(r'(?m)^    "crowd".*\n', page), strict=True):
        listed = (program / name).read_text("utf-8")
        (first,) = re.findall(r'(?m)^    "(?:traffic|cordon)".*\n', listed)
        (program / name).write_text(listed.replace(first, first + line), "utf-8")
    return folder


def run(copy: Path, *arguments: object, code: int = 0) -> str:
    """What Python prints when it imports the copy."""
    command = [sys.executable, *map(str, arguments)]
    environment = os.environ | {"PYTHONPATH": str(copy)}
    done = subprocess.run(command, env=environment, cwd=copy, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    assert done.returncode == code, done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def found(copy: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the copy's server answers."""
    answers: dict[str, Any] = json.loads(run(copy, PROBE, tmp_path_factory.mktemp("record") / "room.record"))
    assert Path(answers["program"]).is_relative_to(copy)
    return answers


def test_it_answers_about_a_network(found: dict[str, Any]) -> None:
    assert found["street"] == [200, {"way": 3, "people": 8020}]


def test_it_answers_about_an_operation_with_what_the_asker_may_see(found: dict[str, Any]) -> None:
    room, public = found["said"]
    assert [figure["says"] for figure in room[1]] == ["About 300 people", "About 500 people"]
    assert public == [200, [{"says": "About 300 people", "speaker": "Police"}]]


def test_its_rights_are_asked(found: dict[str, Any]) -> None:
    for status, answer in found["refused"]:
        assert (status, answer["error"]["kind"]) == (403, "NotAllowed")


def test_its_errors_have_the_one_shape(found: dict[str, Any]) -> None:
    assert found["unknown"] == [422, {"error": {"kind": "UnknownName", "message": "Unknown way: 999999."}}]
    status, answer = found["malformed"]
    assert (status, answer["error"]["kind"]) == (422, "BadInput")
    assert answer["error"]["message"].startswith("'per_m2' should be less than or equal to 9")


def test_it_is_in_the_description_of_the_api_and_in_the_reference(copy: Path, found: dict[str, Any]) -> None:
    assert found["described"] == ["findCrowds", "getCrowd"]
    docs = f"import sys; sys.path.append({str(ROOT / 'docs')!r})"
    page = run(copy, "-c", f"{docs}; from api_page import api_page; print(api_page())")
    assert "### GET /api/networks/{network}/crowd\n\nHow many people a street holds. By the length of the way" in page
    assert "| `people` | integer |  | at the density that was asked for |" in page
    assert "## clearway crowd" in run(copy, "-c", f"{docs}; import generate; print(generate.command_pages())")


def test_it_is_a_command(copy: Path, tmp_path: Path) -> None:
    town = tmp_path / "town.clearway"
    save_network(drawn_town(), town)
    assert run(copy, "-m", "clearway", "crowd", town, "--way", 3) == "8,020 people.\n"
    assert json.loads(run(copy, "-m", "clearway", "crowd", town, "--way", 3, "--json")) == {"way": 3, "people": 8020}
    assert run(copy, "-m", "clearway", "crowd", town, "--way", 999, code=2) == "clearway: Unknown way: 999.\n"
    assert re.search(r"crowd +Say how many people a street holds\.", run(copy, "-m", "clearway", "--help"))
