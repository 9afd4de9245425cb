"""A pytest plugin that notes which functions of the program each test enters, and how long it takes.

What a shared fixture enters counts for every test that asks for the fixture, not only for the first. Only tests that pass are
noted. The notes are one JSON file, named by CLEARWAY_ENTERED: test -> [seconds, functions], a function as ``module.py:name``.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import clearway

if TYPE_CHECKING:
    from collections.abc import Generator
    from types import CodeType, FrameType

PROGRAM = str(Path(clearway.__file__).parent) + os.sep


class Entered:
    """Watches the calls of every thread."""

    def __init__(self) -> None:
        self.open: list[set[CodeType]] = [set()]
        self.by_fixture: dict[int, set[CodeType]] = defaultdict(set)
        self.notes: dict[str, tuple[float, list[str]]] = {}
        self.seconds: dict[str, float] = {}

    def watch(self, frame: FrameType, event: str, _: object) -> None:
        """Called by Python at each call and return."""
        if event == "call":
            self.open[-1].add(frame.f_code)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: object) -> Generator[None, object, object]:
        """Note what a fixture enters."""
        self.open.append(set())
        try:
            return (yield)
        finally:
            self.by_fixture[id(fixturedef)] |= self.open.pop()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Note what a test enters."""
        self.open = [set()]
        threading.setprofile(self.watch)
        sys.setprofile(self.watch)
        try:
            return (yield)
        finally:
            sys.setprofile(None)
            if item.nodeid in self.seconds:
                self.notes[item.nodeid] = (self.seconds.pop(item.nodeid), sorted(self.named(item)))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note how long a test takes that passes."""
        if report.when == "call" and report.passed:
            self.seconds[report.nodeid] = round(report.duration, 3)

    def named(self, item: pytest.Item) -> set[str]:
        """The functions that a test and its fixtures enter."""
        info = getattr(item, "_fixtureinfo", None)
        fixtures = [id(one) for some in info.name2fixturedefs.values() for one in some] if info else []
        codes = self.open[0].union(*(self.by_fixture[fixture] for fixture in fixtures))
        ours = [code for code in codes if code.co_filename.startswith(PROGRAM)]
        return {f"{Path(code.co_filename[len(PROGRAM) :]).as_posix()}:{code.co_qualname}" for code in ours}

    def pytest_sessionfinish(self) -> None:
        """Write the notes."""
        Path(os.environ["CLEARWAY_ENTERED"]).write_text(json.dumps(self.notes), "utf-8")


def pytest_configure(config: pytest.Config) -> None:
    """Watch this session."""
    config.pluginmanager.register(Entered())
