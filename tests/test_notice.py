"""NOTICE lists what is shipped and needed, with the licences that the packages name."""

from __future__ import annotations

import json
import runpy
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "NOTICE").read_text("utf-8")


def test_the_notice_is_what_the_locked_lists_and_the_installed_packages_give() -> None:
    written = runpy.run_path(str(ROOT / "docs" / "notice.py"))["notice"]()
    assert written == TEXT, "NOTICE is stale: run 'python docs/notice.py'"


def test_every_locked_package_is_listed() -> None:
    locked = (ROOT / "requirements" / "runtime.txt").read_text("utf-8")
    names = {line.partition("==")[0] for line in locked.splitlines() if "==" in line}
    assert len(names) > 50
    assert [name for name in sorted(names) if f"\n{name}: " not in TEXT] == []
    shipped = json.loads((ROOT / "web" / "package.json").read_text("utf-8"))["dependencies"]
    assert [name for name in shipped if f"\n{name}: " not in TEXT] == []


@pytest.mark.parametrize(
    "line",
    [
        "psycopg: LGPL-3.0-only",
        "psycopg-binary: LGPL-3.0-only",
        "maplibre-gl: BSD-3-Clause",
        "preact: MIT",
        "scipy: BSD License",
    ],
)
def test_known_licences_are_named(line: str) -> None:
    assert f"\n{line}\n" in TEXT


def test_every_file_of_the_demonstration_is_listed_with_its_licence() -> None:
    files = {
        path.name
        for path in (ROOT / "src" / "clearway" / "demo").iterdir()
        if path.suffix in {".gz", ".csv", ".geojson", ".jsonl"}
    }
    assert [name for name in sorted(files) if f"\n{name}: from " not in TEXT] == []


def test_the_notice_is_shipped() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert "NOTICE" in project["license-files"]
