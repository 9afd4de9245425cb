"""Which tests look at a mutant: those that enter its function, the quickest and nearest first."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from mutate.rooms import PROGRAM, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable

NOTES = ROOT / ".mutate" / "entered.json"
_TURN_S = 0.5
"""Seconds of the parameters of one test that are tried before those of the next."""
_BESIDE_S = 0.012
"""Seconds of a test beside those that were noted."""
LEFT_OUT = {"browser", "faults", "mutate", "data"}
_NOT_SLOW = ("-m", "not slow")
_QUICK_S = 3.0
"""Seconds that a test takes at most which is not marked slow, unless it compiles kernels."""
_WORD = re.compile(r"[a-z_]{4,}")
_IMPORT = re.compile(r"^(?:from|import) (\w+)", re.MULTILINE)
_WATCHED = "import sys, pytest; sys.exit(pytest.main(sys.argv[1:]))"

Notes = dict[str, tuple[float, list[str]]]
"""Test -> seconds and the functions that it enters."""


def measured(*, slow: bool, again: bool = True, files: Iterable[str] = ()) -> Notes:
    """What each test enters: noted before where a test file has not changed since, else noted now.

    Args:
        slow: Whether slow tests take part.
        again: Without it the tests of a file that has changed are left out: some may be there no more.
        files: The test files, as paths from the root; none stands for all, which takes long the first time.
    """
    stored = json.loads(NOTES.read_text("utf-8")) if NOTES.exists() else {"digests": {}, "notes": {}}
    digests, notes = stored["digests"], stored["notes"]
    current = {path: _digest(path, slow=slow) for path in _test_files(files)}
    stale = [path for path, digest in current.items() if again and digests.get(path) != digest]
    for batch in [stale[at : at + 10] for at in range(0, len(stale), 10)]:
        print(f"Noting what {batch[0]} and {len(batch) - 1} other test files enter ...", flush=True)  # noqa: T201
        notes = {test: note for test, note in notes.items() if test.partition("::")[0] not in batch}
        noted = _noted(batch, slow=slow)
        if not noted:
            print("They could not be run, and are left out.", flush=True)  # noqa: T201
            continue
        notes |= noted
        digests |= {path: current[path] for path in batch}
        NOTES.parent.mkdir(exist_ok=True)
        NOTES.write_text(json.dumps({"digests": digests, "notes": notes}), "utf-8")
    fresh = {path for path, digest in current.items() if digests.get(path) == digest}
    return {test: note for test, note in notes.items() if test.partition("::")[0] in fresh}


def _test_files(files: Iterable[str]) -> list[str]:
    paths = files or (path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("test_*.py"))
    return sorted(path for path in paths if not LEFT_OUT & set(Path(path).parts))


def _digest(path: str, *, slow: bool) -> str:
    """Of a test file and all that it takes from files beside the tests: contracts among them, whose tests are its own."""
    parts = (one.read_bytes() for one in sorted(_with_what_it_imports(ROOT / path, set())))
    return hashlib.sha256(b"".join(parts) + bytes([slow])).hexdigest()[:16]


def _with_what_it_imports(path: Path, seen: set[Path]) -> set[Path]:
    seen.add(path)
    for name in _IMPORT.findall(path.read_text("utf-8")):
        helper = ROOT / "tests" / f"{name}.py"
        if helper not in seen and helper.exists():
            _with_what_it_imports(helper, seen)
    return seen


def _noted(paths: list[str], *, slow: bool) -> Notes:
    """What the tests of some files enter; those that had to compile kernels are timed again, now that these are stored."""
    found = _entered(paths, () if slow else _NOT_SLOW)
    if late := [test for test, (seconds, _) in found.items() if seconds > _QUICK_S]:
        again = _entered(late, _NOT_SLOW)
        found |= {test: (min(found[test][0], seconds), found[test][1]) for test, (seconds, _) in again.items()}
    return found


def _entered(tests: list[str], marked: tuple[str, ...]) -> Notes:
    into = NOTES.with_name("batch.json")
    into.parent.mkdir(exist_ok=True)
    into.unlink(missing_ok=True)
    environment = os.environ | {
        "CLEARWAY_ENTERED": str(into),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT), str(ROOT / "tests")]),
    }
    temporary = ("--basetemp", str(into.with_name("tmp")))
    command = [sys.executable, "-c", _WATCHED, "-p", "mutate.entered", "-p", "no:cacheprovider", *temporary, *marked, *tests]
    subprocess.run(command, cwd=ROOT, env=environment, check=False, stdout=subprocess.DEVNULL, timeout=1800)  # noqa: S603
    return json.loads(into.read_text("utf-8")) if into.exists() else {}


class Cover:
    """Finds the tests of a mutant."""

    def __init__(self, notes: Notes, patience: float) -> None:
        self.notes = notes
        self.patience = patience
        self.sources = {path.relative_to(PROGRAM).as_posix(): path.read_text("utf-8") for path in PROGRAM.rglob("*.py")}
        self.kernels = {
            f"{module}:{node.name}"
            for module, source in self.sources.items()
            if "@kernel" in source
            for node in ast.parse(source).body
            if isinstance(node, ast.FunctionDef) and any(ast.unparse(one) == "kernel" for one in node.decorator_list)
        }

    def tests(self, module: str, scope: str, line: str = "") -> list[str]:
        """The tests that enter a function, or what stands on a module's top: nearest first, then quick and direct ones.

        Before them come those whose parameters are named as something on the mutant's line is, such as a field. A test that
        enters few other functions is direct. Of a test with many parameters half a second's worth comes before the other tests.

        A function that no test enters may run when its module is imported: it is tested as what stands on the module's top is.

        Args:
            module: Its path below ``src/clearway``.
            scope: The function, as Python qualifies it; empty at the top.
            line: The mutant's line.

        Returns:
            Tests that together take no more seconds than the patience, but for the first of them.
        """
        wanted = self._entries(module, scope)
        looking = [test for test, (_, entered) in self.notes.items() if not wanted.isdisjoint(entered)]
        if not looking and not _is_top(scope):
            return self.tests(module, "", line)
        if _is_top(scope):  # the bounds of a field are read without any function: such tests stand beside others
            beside = {test.partition("::")[0] for test in looking}
            looking = [test for test in self.notes if test.partition("::")[0] in beside]
        looking.sort(key=lambda test: (-_nearness(test, module), self.notes[test][0] * len(self.notes[test][1])))
        before = defaultdict[str, float](float)
        turn = {}
        for test in looking:
            name = test.partition("[")[0]
            turn[test] = before[name] // _TURN_S
            before[name] += self.notes[test][0] + _BESIDE_S
        words = set(_WORD.findall(line))
        looking.sort(key=lambda test: (words.isdisjoint(_WORD.findall(test.partition("[")[2])), turn[test]))
        taken: list[str] = []
        total = 0.0
        for test in looking:
            seconds = self.notes[test][0]
            total += seconds + _BESIDE_S
            if total > self.patience and taken:
                break
            taken.append(test)
        return taken

    def runs_in_tests(self, module: str, scope: str) -> bool:
        """Whether any test enters a function: else it runs when its module is imported, or never."""
        return any(f"{module}:{scope}" in entered for _, entered in self.notes.values())

    def _entries(self, module: str, scope: str) -> set[str]:
        """Functions whose tests look at a function: itself, or those that use what Python does not see entered."""
        if not _is_top(scope):
            name = f"{module}:{scope}"
            return self._users(name) if name in self.kernels else {name}
        dotted = "clearway." + module.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        users = {other for other, source in self.sources.items() if other == module or f"{dotted} import" in source}
        entered = {name for _, names in self.notes.values() for name in names}
        return {name for name in entered if name.partition(":")[0] in users}

    def _users(self, kernel: str) -> set[str]:
        """The functions outside the kernels that call a kernel, by way of other kernels or not."""
        found: set[str] = set()
        open_, seen = [kernel], {kernel}
        while open_:
            word = open_.pop().partition(":")[2]
            for user in self._naming(word) - seen:
                seen.add(user)
                (open_.append if user in self.kernels else found.add)(user)
        return found

    def _naming(self, word: str) -> set[str]:
        return {
            f"{module}:{scope}"
            for module, source in self.sources.items()
            if word in source
            for scope, node in _functions(ast.parse(source), "")
            if any(isinstance(inner, ast.Name) and inner.id == word for inner in ast.walk(node))
        }


def _is_top(scope: str) -> bool:
    """Whether it is the top of a module, or the body of a class."""
    return not scope or scope.endswith(".")


def _functions(node: ast.AST, scope: str) -> Iterable[tuple[str, ast.AST]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef):
            yield from _functions(child, f"{scope}{child.name}.")
        elif isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{scope}{child.name}", child


def _nearness(test: str, module: str) -> int:
    """How many folders a test's path shares with a module's, and twice for its name."""
    path, of = Path(test.partition("::")[0]), Path(module)
    return len({*path.parts[1:-1]} & {*of.parts[:-1]}) + 2 * path.stem.startswith(f"test_{of.stem}")
