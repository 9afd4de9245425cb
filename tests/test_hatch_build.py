from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from types import ModuleType

    from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with a page of two sources and its built form."""
    web = tmp_path / "web"
    (web / "src" / "css").mkdir(parents=True)
    for name in ("build.ts", "package.json", "package-lock.json", "src/main.ts", "src/css/app.css"):
        (web / name).write_text(name)
    (tmp_path / "src" / "clearway" / "server" / "static").mkdir(parents=True)
    return tmp_path


def built(hook: ModuleType, checkout: Path) -> Path:
    static = checkout / "src" / "clearway" / "server" / "static"
    (static / hook.STAMP).write_text(hook.sources_digest(checkout / "web") + "\n")
    return static


def page_hook(hook: ModuleType, checkout: Path) -> BuildHookInterface[Any]:
    made: BuildHookInterface[Any] = hook.PageHook(str(checkout), {}, None, None, str(checkout), "wheel")
    return made


def test_a_page_built_from_these_sources_is_current(hook: ModuleType, checkout: Path) -> None:
    assert hook.is_current(checkout / "web", built(hook, checkout))


@pytest.mark.parametrize("name", ["src/main.ts", "src/css/app.css", "package-lock.json", "build.ts"])
def test_a_changed_source_makes_the_page_stale(hook: ModuleType, checkout: Path, name: str) -> None:
    static = built(hook, checkout)
    (checkout / "web" / name).write_text("changed")
    assert not hook.is_current(checkout / "web", static)


def test_a_new_or_renamed_source_makes_the_page_stale(hook: ModuleType, checkout: Path) -> None:
    static = built(hook, checkout)
    (checkout / "web" / "src" / "main.ts").rename(checkout / "web" / "src" / "other.ts")
    assert not hook.is_current(checkout / "web", static)


def test_packages_and_dates_do_not_matter(hook: ModuleType, checkout: Path) -> None:
    static = built(hook, checkout)
    (checkout / "web" / "node_modules").mkdir()
    (checkout / "web" / "node_modules" / "any.js").write_text("")
    (checkout / "web" / "src" / "main.ts").touch()
    assert hook.is_current(checkout / "web", static)


def test_node_is_asked_for_only_when_something_has_to_be_built(
    hook: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(hook.SKIP, raising=False)
    assert page_hook(hook, checkout).dependencies() == [hook.NODE]
    built(hook, checkout)
    assert page_hook(hook, checkout).dependencies() == []


def test_the_page_can_be_skipped(hook: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(hook.SKIP, "1")
    assert page_hook(hook, checkout).dependencies() == []
    page_hook(hook, checkout).initialize("standard", {})


def test_a_failed_build_says_how_to_go_on(hook: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refusing = checkout / "refusing"
    refusing.write_text("#!/bin/sh\nexit 1\n")
    refusing.chmod(0o755)
    monkeypatch.setattr(hook, "node_command", lambda: (refusing, Path("npm-cli.js")))
    with pytest.raises(SystemExit, match=f"the page was not built, npm ci failed.*{hook.SKIP}=1"):
        hook.build_page(checkout / "web", checkout / "static")


@pytest.mark.slow
def test_a_release_carries_page_and_worker(hook: ModuleType, tmp_path: Path) -> None:
    static = ROOT / "src" / "clearway" / "server" / "static"
    if not hook.is_current(ROOT / "web", static):
        hook.build_page(ROOT / "web", static)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)  # noqa: S603
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    page = {"index.html", "app.mjs", "maplibre-gl-worker.mjs", "app.css", hook.STAMP}
    assert page <= {name.rpartition("server/static/")[2] for name in names if "server/static/" in name}
    assert len(names) == len(set(names))


def test_the_lock_file_names_no_download_host() -> None:
    lock = json.loads((ROOT / "web" / "package-lock.json").read_text())
    packages = [package for path, package in lock["packages"].items() if path]
    assert packages
    assert all("resolved" not in package and re.match(r"sha\d+-", package["integrity"]) for package in packages)
