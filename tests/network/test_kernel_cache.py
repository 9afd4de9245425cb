"""Compiled kernels are stored by what they are made of, and shared by processes and installations."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from clearway.network.kernel_cache import MOST_FILES
from clearway.network.kernels import kernel

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

CALLEE = """
from clearway.network.kernels import kernel
PLUS = 1

@kernel
def inner(x):
    return x + PLUS
"""
CALLER = """
import sys
from typing import NamedTuple
from callee import inner
from clearway.network.kernels import kernel

class Pair(NamedTuple):
    first: int
    second: int

@kernel
def outer(x):
    '''Twice what the other file says.'''
    return 2 * inner(x)

@kernel
def first_of(pair):
    return pair.first

print(outer(10), first_of(Pair(first=3, second=4)), sum(map(len, (outer.stats.cache_misses, first_of.stats.cache_misses))))
"""


class Sources:
    """Two files, one with a kernel that calls one of the other, run by processes that share a cache."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "sources"
        self.cache = folder / "cache"
        self.folder.mkdir()
        self.write("callee.py", CALLEE)
        self.write("caller.py", CALLER)

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text)

    def started(self, folder: Path | None = None, **environment: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "caller.py"],
            cwd=folder or self.folder,
            env={name: value for name, value in os.environ.items() if name != "NUMBA_CACHE_DIR"}
            | {"XDG_CACHE_HOME": str(self.cache)}
            | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def said(self, folder: Path | None = None, **environment: str) -> tuple[list[int], str]:
        """What outer(10) and first_of((3, 4)) gave and how many of the two were compiled; what stood on standard error."""
        process = self.started(folder, **environment)
        out, err = process.communicate()
        assert process.returncode == 0, err
        return [int(word) for word in out.split()], err


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    return Sources(tmp_path)


def test_an_edited_callee_of_another_file_gives_the_new_answer(sources: Sources) -> None:
    assert sources.said() == ([22, 3, 2], "")
    sources.write("callee.py", CALLEE.replace("x + PLUS", "x - PLUS"))
    assert sources.said() == ([18, 3, 1], "")
    sources.write("callee.py", CALLEE.replace("PLUS = 1", "PLUS = 5"))
    assert sources.said() == ([30, 3, 1], "")
    sources.write("callee.py", CALLEE)
    assert sources.said() == ([22, 3, 0], "")


def test_the_same_sources_installed_elsewhere_compile_nothing(sources: Sources, tmp_path: Path) -> None:
    sources.said()
    elsewhere = tmp_path / "elsewhere"
    sources.folder.rename(elsewhere)
    for path in elsewhere.glob("*.py"):
        path.write_text("# a line above, another date\n" + path.read_text().replace("Twice what", "Double what"))
    assert sources.said(elsewhere) == ([22, 3, 0], "")


def test_fields_of_a_named_tuple_in_another_order_compile_anew(sources: Sources) -> None:
    sources.said()
    swapped = CALLER.replace("    first: int\n    second: int\n", "    second: int\n    first: int\n")
    assert swapped != CALLER
    sources.write("caller.py", swapped)
    assert sources.said() == ([22, 3, 1], "")


def test_a_named_tuple_that_moved_to_another_file_compiles_anew(sources: Sources) -> None:
    sources.said()
    begins, ends = CALLER.index("class Pair"), CALLER.index("@kernel\ndef outer")
    sources.write("pairs.py", "from typing import NamedTuple\n" + CALLER[begins:ends])
    sources.write(
        "caller.py",
        (CALLER[:begins] + CALLER[ends:]).replace("Pair(", "pairs.Pair(").replace("import sys", "import sys, pairs"),
    )
    assert sources.said() == ([22, 3, 1], "")


def test_processes_that_compile_at_once_do_not_disturb_each_other(sources: Sources) -> None:
    together = [sources.started() for _ in range(3)]
    for process in together:
        out, err = process.communicate()
        assert (out.split()[:2], err) == (["22", "3"], "")
    assert sources.said() == ([22, 3, 0], "")


def test_a_cache_that_cannot_be_written_gives_a_working_program_and_one_sentence(sources: Sources) -> None:
    sources.cache.write_text("a file where the folder should be")
    answer, err = sources.said()
    assert answer == [22, 3, 2]
    assert err.count("\n") == 1
    assert err.startswith(f"Compiled kernels cannot be stored in {sources.cache}")
    assert "Set NUMBA_CACHE_DIR to a folder that can be written." in err


def test_a_damaged_file_is_compiled_anew(sources: Sources) -> None:
    sources.said()
    for path in sources.cache.rglob("*.kernel"):
        path.write_bytes(path.read_bytes()[:-1])
    assert sources.said() == ([22, 3, 2], "")
    assert sources.said() == ([22, 3, 0], "")


def test_a_users_numba_cache_folder_is_used(sources: Sources, tmp_path: Path) -> None:
    named = tmp_path / "named"
    assert sources.said(NUMBA_CACHE_DIR=str(named)) == ([22, 3, 2], "")
    assert list(named.rglob("*.kernel"))
    assert not sources.cache.exists()


def test_kernels_run_without_numbas_compiler(sources: Sources) -> None:
    sources.write("caller.py", CALLER.partition("print")[0] + "print(outer(10), first_of(Pair(3, 4)), 0)")
    assert sources.said(NUMBA_DISABLE_JIT="1") == ([22, 3, 0], "")


def test_what_was_not_used_for_longest_goes_first(sources: Sources) -> None:
    folder = sources.cache / "clearway" / "kernels"
    folder.mkdir(parents=True)
    for age in range(MOST_FILES):
        (folder / str(age)).touch()
        os.utime(folder / str(age), (1e9 - age, 1e9 - age))
    sources.said()
    names = {path.name for path in folder.iterdir()}
    compiled = {name for name in names if name.endswith(".kernel")}
    assert len(compiled) == 3
    assert names - compiled == {str(age) for age in range(MOST_FILES - 3)}


def test_a_kernel_that_names_what_cannot_be_watched_is_refused() -> None:
    @kernel
    def named() -> int:
        return len(WATCHED)

    with pytest.raises(TypeError, match="WATCHED"):
        named()


WATCHED = {1: np.zeros(1)}
