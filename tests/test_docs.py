"""The documentation is that of this very program, and its links lead somewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from zoneinfo import available_timezones

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted([*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md"), *(ROOT / "tests" / "data").glob("*.md")])
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_CODE = re.compile(r"```.*?```|^    \S.*$|`[^`\n]+`", re.DOTALL | re.MULTILINE)
_PATH = re.compile(r"(?<![\w/<>{}:@.+*$-])(?:\.\.?/)*[\w.-]+/(?:[\w.*-]+/?)*(?![\w<>{}/])")
_MAKES_DATA = re.compile(r"(?:clearway|make|dev\.py) demo\b|clearway (?:serve|record add)\b")
_MAKES_FOLDER = re.compile(r"(?:mkdir|--gmns|--write-tntp) ([\w.-]+)")
_BUILT = {".venv", "static"}
_NO_PATHS = {"A/B", "km/h", "application/json", "application/octet-stream", "text/plain", *available_timezones()}


@pytest.mark.slow
def test_generated_pages_are_not_stale(tmp_path: Path) -> None:
    # in a process of its own: click remembers the help option of commands that other tests have called by themselves
    subprocess.run([sys.executable, str(ROOT / "docs" / "generate.py"), str(tmp_path)], check=True)  # noqa: S603 - our own
    made = sorted(tmp_path.iterdir())
    assert [page.name for page in made] == ["api.md", "cli.md", "entry-kinds.md", "openapi.json"]
    for page in made:
        kept = ROOT / "docs" / "reference" / page.name
        assert kept.read_text("utf-8") == page.read_text("utf-8"), f"{page.name} is stale: run 'python docs/generate.py'"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_of_a_page_lead_to_files(page: Path) -> None:
    targets = [target.partition("#")[0] for target in _LINK.findall(page.read_text("utf-8")) if "://" not in target]
    assert [target for target in targets if target and not (page.parent / target).exists()] == []


def test_every_page_is_reached_from_the_index() -> None:
    index = (ROOT / "docs" / "README.md").read_text("utf-8")
    listed = {(ROOT / "docs" / target).resolve() for target in _LINK.findall(index) if "://" not in target}
    assert {page for page in (ROOT / "docs").rglob("*.md") if page.name != "README.md"} <= listed


def missing_paths(text: str, page: Path) -> list[str]:
    """Paths in the code of a page that are neither in the repository nor made by the build or by a command on the page.

    They may start at the root, beside the page, in the program, in one of its packages, or in the page's sources.
    """
    made = _BUILT | set(_MAKES_FOLDER.findall(text)) | ({"data"} if _MAKES_DATA.search(text) else set())
    program = ROOT / "src" / "clearway"
    roots = [ROOT, page.parent, program, *program.glob("*/"), ROOT / "web" / "src"]
    named = {path for code in _CODE.findall(text) for path in _PATH.findall(code)} - _NO_PATHS
    sought = [path for path in sorted(named) if not made & set(path.split("/")) and not path.startswith("...")]
    return [path for path in sought if not any(_held(root / path) for root in roots)]


def _held(path: Path) -> bool:
    return path.exists() and ROOT in path.resolve().parents


def test_a_path_must_be_in_the_repository_or_made_on_the_page() -> None:
    page = ROOT / "docs" / "how-to" / "page.md"
    assert missing_paths("Run `clearway intake ../shared/reports/*.txt`, see `tests/data/`, `picture/`.", page) == [
        "../shared/reports/*.txt"
    ]
    assert missing_paths("    clearway cordon data/a.clearway", page) == ["data/a.clearway"]
    assert missing_paths("    clearway demo\n    clearway cordon data/a.clearway", page) == []


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page.parent.name != "data"], ids=lambda page: str(page.relative_to(ROOT))
)
def test_pages_name_no_folder_that_a_user_does_not_have(page: Path) -> None:
    assert missing_paths(page.read_text("utf-8"), page) == []
