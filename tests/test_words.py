"""What users read is plain English: none of the phrases that CONTRIBUTING lists under "Words to stop at"."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
_GENERATED = {"api.md", "cli.md", "entry-kinds.md"}  # from the program, so tested with it
PAGES = sorted(
    page for page in [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")] if page.name not in _GENERATED
)
PROGRAM = sorted((ROOT / "src" / "clearway").rglob("*.py"))


def column(number: int) -> list[str]:
    """The phrases in one column of CONTRIBUTING's table."""
    section = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## Words to stop at")[2].partition("\n## ")[0]
    cells = [line.split("|")[number] for line in section.splitlines() if line.startswith("| `")]
    return [phrase for cell in cells for phrase in re.findall(r"`([^`]+)`", cell)]


def _any_of(phrases: list[str]) -> re.Pattern[str]:
    words = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)


STOP, FINE = _any_of(column(1)), _any_of(column(4))


def stopped(text: str) -> list[str]:
    """The phrases to stop at that a text holds, as it writes them."""
    return STOP.findall(FINE.sub("-", text))


def sentences(module: Path) -> Iterator[str]:
    """Every text of a Python module but its docstrings, with the fields of f-strings left out."""
    tree = ast.parse(module.read_text("utf-8"))
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare | parts:
            yield node.value


def test_the_list_is_read_from_contributing() -> None:
    assert {"unless told", "mend", "used plainly"} <= set(column(1))
    assert "is no longer" in column(4)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("'soon' is no time that can be read.", ["is no"]),
        ("480 s unless\ntold", ["unless\ntold"]),
        ("Mend it.", ["Mend"]),
        ("We recommend the amendment; there is no number, and it is no longer open.", []),
    ],
)
def test_phrases_are_found_in_any_case_and_over_lines_and_never_inside_words(text: str, found: list[str]) -> None:
    assert stopped(text) == found


def test_texts_of_a_module_are_its_strings_and_not_its_docstrings(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text('"""Mend."""\nA = 1\n"""Mends."""\nB = f"is {A} kept"\nC = "shown"\n', "utf-8")
    assert list(sentences(module)) == ["is {} kept", "shown"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_pages_hold_no_words_to_stop_at(page: Path) -> None:
    assert stopped(page.read_text("utf-8")) == []


@pytest.mark.parametrize("module", PROGRAM, ids=lambda module: str(module.relative_to(ROOT / "src")))
def test_the_program_says_no_words_to_stop_at(module: Path) -> None:
    assert [text for text in sentences(module) if stopped(text)] == []
