"""The documentation is that of this very program, and its links lead somewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted([*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md"), *(ROOT / "tests" / "data").glob("*.md")])
_LINK = re.compile(r"\]\(([^)\s]+)\)")


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
