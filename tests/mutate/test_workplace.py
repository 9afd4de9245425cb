"""Mutants are tested in a copy, and the tree stays as it is."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from mutate.rooms import PROGRAM, ROOT

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = """
import sys
from pathlib import Path
from mutate.workplace import workplace
from mutate.rooms import PROGRAM
module, test = "files.py", "tests/test_files.py"
source = (PROGRAM / module).read_text()
with workplace() as place:
    print(place.notices([test], seed=1, seconds=60))
    for wrong in ("def writing(path): return path", "raise OSError", "import time; time.sleep(99)"):
        with place.mutated(module, source + "\\n" + wrong + "\\n"):
            print(place.notices([test], seed=1, seconds=60 if "sleep" not in wrong else 5))
    print(place.notices([test], seed=1, seconds=60))
    print(place.fails_anyway("tests/test_files.py::test_that_is_not_there", [test], seed=1))
    bad = Path(place.tree / "tests" / "test_bad.py")
    bad.write_text("def test_good(): pass\\ndef test_bad(): assert False\\n")
    both = ["tests/test_bad.py::test_good", "tests/test_bad.py::test_bad"]
    print(place.fails_anyway("time", both, seed=1), sorted(place.unfit)[0])
    gone = "tests/test_bad.py::test_gone"
    print(place.fails_anyway("import", [gone], seed=1), gone in place.unfit)
    other = "tests/test_bad.py::test_other"
    print(place.fails_anyway("import", [both[0], other], seed=1), other in place.unfit, both[0] in place.unfit)
print(place.folder.exists())
"""


STOPPED = """
import os, signal, sys, threading
import mutate.__main__ as program
sys.argv = ["mutate", "server/origin", "--show"]
program.measured = lambda **_: threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGTERM)).start() or {}
program.main()
"""


@pytest.mark.slow
def test_a_run_that_is_stopped_leaves_no_copy_behind(tmp_path: Path) -> None:
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    command = [sys.executable, "-c", STOPPED]
    done = subprocess.run(command, cwd=ROOT / "tests", env=environment, capture_output=True, check=False)  # noqa: S603 - our own
    assert done.stderr.endswith(b"stopped\n")
    assert list(tmp_path.glob("mutate-*")) == []


@pytest.mark.slow
def test_a_mutant_is_noticed_by_a_test_by_the_import_or_by_the_clock_and_nothing_stays() -> None:
    before = {path: path.read_bytes() for path in PROGRAM.rglob("*.py")}
    done = subprocess.run([sys.executable, "-c", SCRIPT], cwd=ROOT / "tests", capture_output=True, text=True, check=False)  # noqa: S603
    lines = done.stdout.splitlines()
    assert lines[0] == "None", done.stderr
    assert lines[1].startswith("tests/test_files.py::")
    assert lines[2:5] == ["import", "time", "None"]
    assert lines[-9:-7] == ["left out, since it fails with nothing wrong: tests/test_files.py::test_that_is_not_there", "True"]
    assert lines[-7].endswith(": tests/test_bad.py::test_bad")  # of several, the one that fails
    assert lines[-6] == "True tests/test_bad.py::test_bad"
    assert lines[-5].endswith(": tests/test_bad.py::test_gone")  # alone, it cannot even be started
    assert lines[-4] == "True True"
    assert lines[-3].endswith(": tests/test_bad.py::test_other")  # so is one of several that is not there
    assert lines[-2:] == ["True True False", "False"]
    assert {path: path.read_bytes() for path in PROGRAM.rglob("*.py")} == before
