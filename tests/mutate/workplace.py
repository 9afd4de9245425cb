"""A copy of the tree in a temporary folder, where a mutated module is tested; the tree itself is never written to.

Each run is a process forked from this one, which has the heavy libraries in memory but nothing of the program, so that a mutant
costs little more than its tests.
"""

from __future__ import annotations

import compileall
import importlib
import os
import py_compile
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import numba
import pytest

from clearway.network.kernel_cache import cache_folder
from mutate.collected import Collected, Served, ended
from mutate.rooms import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

LIBRARIES = (
    "fastapi h5py httpx hypothesis jsonschema networkx numba numpy osmium psycopg pytest scipy.sparse shapely uvicorn xdist"
)
MOST_MEMORY = 8 * 2**30
BUILT = Path("src/clearway/server/static")


class Outcome(StrEnum):
    """What the tests say of a mutant."""

    NOTICED = "noticed"
    LEFT = "left"
    UNTESTED = "untested"  # no test enters it: left as well


class FirstFailure:
    """A pytest plugin that writes down which test failed."""

    def __init__(self, into: Path) -> None:
        self.into = into

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Write it down."""
        if report.failed:
            self.into.write_text(report.nodeid, "utf-8")


class Workplace:
    """The copy, and its tests.

    A test that fails there with nothing wrong says nothing about mutants: ``unfit`` holds those that were found so, ``fit`` the
    others with the seed of their random towns.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tree = folder / "tree"
        self.output = folder / "output.txt"
        self.failure = folder / "failure.txt"
        self.fit: set[tuple[int, str]] = set()
        self.unfit: set[str] = set()
        listed = subprocess.check_output(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, text=True)  # noqa: S607
        for name in filter(None, listed.split("\0")):
            if (ROOT / name).is_file():
                (self.tree / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, self.tree / name)
        if (ROOT / BUILT).exists():
            shutil.copytree(ROOT / BUILT, self.tree / BUILT)
        by_content = py_compile.PycInvalidationMode.CHECKED_HASH  # by time, a mutant of the same second would not be seen
        compileall.compile_dir(self.tree / "src", quiet=2, invalidation_mode=by_content)
        if cache_folder().exists():  # mutated kernels are stored apart from the user's
            shutil.copytree(cache_folder(), folder / "kernels")

    def source(self, module: str) -> str:
        """A module as it was when the copy was made."""
        return (self.tree / "src" / "clearway" / module).read_text("utf-8")

    @contextmanager
    def mutated(self, module: str, source: str) -> Iterator[None]:
        """A module of the copy with another source, for as long as this lasts."""
        path = self.tree / "src" / "clearway" / module
        before = path.read_bytes()
        path.write_text(source, "utf-8")
        try:
            yield
        finally:
            path.write_bytes(before)

    def notices(self, tests: list[str], *, seed: int, seconds: float) -> str | None:
        """The first test that fails, or why there is none: ``time`` or ``import``; None where all pass."""
        self.failure.unlink(missing_ok=True)
        if not (child := os.fork()):
            self._test(tests, seed)
        status = ended(child, seconds)
        if status == 0:
            return None
        return self.failure.read_text("utf-8") if self.failure.exists() else "time" if status is None else "import"

    @contextmanager
    def collected(self, module: str, tests: list[str]) -> Iterator[Collected]:
        """The tests of a module, in a process that tries mutants of it one by one."""
        asked, to_child = os.pipe()
        from_child, answers = os.pipe()
        if not (child := os.fork()):
            os.close(to_child)
            os.close(from_child)
            self._test(tests, 0, Served(os.fdopen(asked), os.fdopen(answers, "w")))
        os.close(asked)
        os.close(answers)
        path = self.tree / "src" / "clearway" / module
        made = Collected(path, self.failure, child, os.fdopen(to_child, "w"), os.fdopen(from_child))
        try:
            yield made
        finally:
            made.close()

    def fails_anyway(self, by: str, tests: list[str], *, seed: int, collected: Collected | None = None) -> bool:
        """Whether what noticed a mutant is a test that fails although nothing is wrong.

        Raises:
            RuntimeError: the tests cannot even be started with nothing wrong.
        """
        alone = [by] if "::" in by else tests
        tried = (seed, "\n".join(alone))
        if by in self.unfit or tried in self.fit:
            return by in self.unfit
        if collected and collected.holds(by):
            first = by if collected.fails(by, seed=seed, seconds=600) else None
        else:
            first = self.notices(alone, seed=seed, seconds=600)
        if first is None:
            self.fit.add(tried)
            return False
        output = self.output.read_text("utf-8")
        absent = [name for name in alone if f"not found: {self.tree / name}" in output]
        wrong = alone if len(alone) == 1 else absent or [first]
        if "::" not in wrong[0]:
            raise RuntimeError(f"Nothing is wrong, and yet: {output[-2000:]}")
        self.unfit |= {*wrong}
        print(f"left out, since it fails with nothing wrong: {', '.join(wrong)}", flush=True)  # noqa: T201
        return True

    def _test(self, tests: list[str], seed: int, *plugins: object) -> None:
        """Run the tests and end this process with what they say."""
        os.setsid()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        output = os.open(self.output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(output, 1)
        os.dup2(output, 2)
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        os.chdir(self.tree)
        for name in [name for name in sys.modules if name.partition(".")[0] in ("clearway", "mutate")]:
            del sys.modules[name]
        ours = [str(self.tree / "src"), str(self.tree)]
        sys.path[:] = [*ours, *(path for path in sys.path if not Path(path or ".").is_relative_to(ROOT) or ".venv" in path)]
        os.environ |= {"PYTHONPATH": os.pathsep.join(ours), "CLEARWAY_SEED": str(seed)}
        options = ["-x", "-q", "-p", "no:cacheprovider", "--basetemp", str(self.folder / "tmp"), f"--hypothesis-seed={seed}"]
        options += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]  # plugins are in memory already
        code = 70
        try:
            code = int(pytest.main([*options, *tests], plugins=[FirstFailure(self.failure), *plugins]))
        except BaseException:
            traceback.print_exc()
            raise
        finally:
            sys.stderr.flush()
            os._exit(code)


@contextmanager
def workplace() -> Iterator[Workplace]:
    """A workplace, removed at the end."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # no threads before a fork
    with tempfile.TemporaryDirectory(prefix="mutate-") as folder:
        made = Workplace(Path(folder))
        os.environ["NUMBA_CACHE_DIR"] = folder
        setattr(numba.config, "CACHE_DIR", folder)  # noqa: B010 - read from the environment only at the start
        for library in LIBRARIES.split():
            importlib.import_module(library)
        yield made
