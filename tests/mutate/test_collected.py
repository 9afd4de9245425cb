"""A function is swapped wherever it is in use, and what cannot be swapped is not tried so."""

from __future__ import annotations

import gc
import importlib.util
import os
import sys
from types import FunctionType
from typing import TYPE_CHECKING

import pytest

from mutate.collected import ended, swap, swappable
from mutate.mutants import Mutant, mutants_of

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = """
from functools import cache

def plain(number):
    return number < 3

def usual(number=5):
    return number

@cache
def held(number):
    return number + 1

class Thing:
    @property
    def first(self):
        return min([1, 2])

    def outer(self):
        def inner():
            return max([1, 2])
        return inner()
"""


def mutant(change: str) -> Mutant:
    return next(one for one in mutants_of(SOURCE) if one.change == change)


@pytest.mark.parametrize(
    ("change", "possible"),
    [
        ("number < 3 -> (number <= 3)", True), ("min -> max", True), ("max -> min", True), ("5 -> 6", False),
        ("number + 1 -> (number - 1)", False),
    ],
)  # fmt: skip
def test_what_is_inside_a_function_can_be_swapped_and_what_is_usual_for_it_cannot(change: str, possible: bool) -> None:  # noqa: FBT001
    assert swappable(SOURCE, mutant(change)) is possible


def test_a_swapped_function_is_another_for_whoever_holds_it(tmp_path: Path) -> None:
    path = tmp_path / "swapped_things.py"
    path.write_text(SOURCE, "utf-8")
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    held, thing = module.plain, module.Thing()
    assert (held(3), thing.first, thing.outer()) == (False, 1, 2)
    live = [one for one in gc.get_objects() if isinstance(one, FunctionType)]
    for change in ("number < 3 -> (number <= 3)", "min -> max", "max -> min"):
        one = mutant(change)
        assert swap(live, str(path), one.source, one.scope)
    assert (held(3), thing.first, thing.outer()) == (True, 2, 1)
    assert not swap(live, str(path), SOURCE, "nobody")
    assert not swap(live, str(tmp_path / "other.py"), SOURCE, "plain")


@pytest.mark.parametrize(("seconds", "code"), [(60, 3), (0.0, None)])
def test_a_process_ends_by_itself_or_is_ended_when_its_time_is_over(seconds: float, code: int | None) -> None:
    if not (child := os.fork()):
        if code is None:
            os.execv(sys.executable, [sys.executable, "-c", "import time; time.sleep(60)"])  # noqa: S606 - our own
        os._exit(3)
    status = ended(child, seconds)
    assert (None if status is None else os.waitstatus_to_exitcode(status)) == code
