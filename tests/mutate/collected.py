"""The tests of a module, collected once: each of its mutants meets them in a process forked after that, its function swapped.

So a mutant costs little more than its tests. What stands outside functions, in defaults or in kernels cannot be swapped: such
mutants are written into the copy. What a function did before the fork, when modules were imported, stays as it was.
"""

from __future__ import annotations

import gc
import json
import os
import re
import signal
import time
from contextlib import suppress
from types import CodeType, FunctionType
from typing import IO, TYPE_CHECKING

import hypothesis.core
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from mutate.mutants import Mutant

NOT_SWAPPED = 71
"""How a process ends in which the function is not there to be swapped."""


class NotSwapped(Exception):
    """A mutant that cannot be tried by swapping a function."""


class Served:
    """A pytest plugin: in place of running what was collected, it waits for mutants and tests each in a process of its own."""

    def __init__(self, asked: IO[str], answers: IO[str]) -> None:
        self.asked = asked
        self.answers = answers

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Fork for each mutant that comes; None goes on with its tests, in the fork."""
        items = {item.nodeid: item for item in session.items}
        print(json.dumps(sorted(items)), file=self.answers, flush=True)
        live = [one for one in gc.get_objects() if isinstance(one, FunctionType)]
        gc.freeze()  # what is there now is walked by no collection in the forks
        for line in self.asked:
            path, spoiled, scope, tests, seed, seconds = json.loads(line)
            if not (child := os.fork()):
                os.setsid()
                draw_by(seed)
                if scope and not swap(live, path, spoiled, scope):
                    os._exit(NOT_SWAPPED)
                session.items = [items[test] for test in tests]
                return None
            print(json.dumps(ended(child, seconds)), file=self.answers, flush=True)
        return True


def draw_by(seed: int) -> None:
    """Let what tests draw be of a seed from here on."""
    os.environ["CLEARWAY_SEED"] = str(seed)
    setattr(hypothesis.core, "global_force_seed", seed)  # noqa: B010 - as its option does, once


def swap(live: Iterable[FunctionType], path: str, spoiled: str, scope: str) -> bool:
    """Give a function, wherever it is in use, the code that it has in a spoiled source; whether it is there."""
    codes = functions(spoiled, path)
    found = False
    for function in [one for one in live if one.__code__.co_filename == path]:
        key = (function.__code__.co_qualname, function.__code__.co_firstlineno)
        if key[0] == _outermost(scope) and key in codes:
            with suppress(ValueError):  # another number of outer names: it cannot be swapped
                function.__code__ = codes[key]
                found = True
    return found


def swappable(source: str, mutant: Mutant) -> bool:
    """Whether a mutant is all inside the code of one function, and not in one whose answers may be cached already."""
    before, after = functions(source, ""), functions(mutant.source, "")
    scope = _outermost(mutant.scope)
    cached = rf"@(functools\.)?(lru_)?cache\b[^\n]*\n\s*def {re.escape(scope.rpartition('.')[2])}\("
    return any(code != before.get(key) for key, code in after.items() if key[0] == scope) and not re.search(cached, source)


def functions(source: str, path: str) -> dict[tuple[str, int], CodeType]:
    """The code of each function that stands in no other function, by its qualified name and its first line."""
    return {(code.co_qualname, code.co_firstlineno): code for code in _codes(compile(source, path, "exec", dont_inherit=True))}


def _codes(code: CodeType) -> Iterator[CodeType]:
    for inner in code.co_consts:
        if isinstance(inner, CodeType) and inner.co_flags & 0x2:  # local names: a function
            yield inner
        elif isinstance(inner, CodeType):  # the body of a class
            yield from _codes(inner)


def _outermost(scope: str) -> str:
    return scope.partition(".<locals>")[0]


def ended(child: int, seconds: float) -> int | None:
    """How a process ends, with all that it started; None where it must be ended, for its time is over."""
    limit = time.monotonic() + seconds
    status = None
    try:
        while status is None and time.monotonic() < limit:
            time.sleep(0.02)
            done, how = os.waitpid(child, os.WNOHANG)
            status = how if done else None
        if status is None:
            _end_slowly(child)
    finally:
        with suppress(ProcessLookupError):  # what a test has started and left
            os.killpg(child, signal.SIGKILL)
    return status


def _end_slowly(child: int) -> None:
    """Let fixtures drop what they made, for three seconds, before the end."""
    os.kill(child, signal.SIGINT)
    for _ in range(60):
        if os.waitpid(child, os.WNOHANG)[0]:
            return
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


class Collected:
    """The other end: a process that has collected the tests of a module and waits for mutants."""

    def __init__(self, path: Path, failure: Path, child: int, asked: IO[str], answers: IO[str]) -> None:
        self.path = path
        self.failure = failure
        self.child = child
        self.asked = asked
        self.answers = answers
        self.source = path.read_text("utf-8")
        self.tests = set(json.loads(answers.readline() or "[]"))

    def holds(self, test: str) -> bool:
        """Whether a test is one of those that were collected."""
        return test in self.tests

    def fails(self, test: str, *, seed: int, seconds: float) -> bool:
        """Whether a test fails although nothing is wrong."""
        return self._ask("", "", [test], seed, seconds) != 0

    def end(self, tests: list[str], *, seed: int, seconds: float) -> bool:
        """Whether tests end in some time when nothing is wrong."""
        return self._ask("", "", tests, seed, seconds) is not None

    def notices(self, mutant: Mutant, tests: list[str], *, entered: bool, seed: int, seconds: float) -> str | None:
        """The first test that fails, or ``time``; None where all pass.

        Args:
            mutant: The mutant.
            tests: Some of those that were collected.
            entered: Whether tests enter its function: not so a kernel, and what runs when its module is imported.
            seed: Of the random towns.
            seconds: When to end it.

        Raises:
            NotSwapped: the mutant cannot be tried here.
        """
        if not entered or not self.tests.issuperset(tests) or not swappable(self.source, mutant):
            raise NotSwapped
        status = self._ask(mutant.source, mutant.scope, tests, seed, seconds)
        if status and not self.failure.exists():
            raise NotSwapped
        return None if status == 0 else "time" if status is None else self.failure.read_text("utf-8")

    def _ask(self, spoiled: str, scope: str, tests: list[str], seed: int, seconds: float) -> int | None:
        self.failure.unlink(missing_ok=True)
        print(json.dumps([str(self.path), spoiled, scope, tests, seed, seconds]), file=self.asked, flush=True)
        status: int | None = json.loads(self.answers.readline())
        return status

    def close(self) -> None:
        """End the process."""
        for pipe in (self.asked, self.answers):
            with suppress(BrokenPipeError):
                pipe.close()
        ended(self.child, 5)
