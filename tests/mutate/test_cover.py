"""Which tests look at a mutant."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mutate import cover
from mutate.cover import Cover

NOTES = {
    "tests/server/test_guard.py::test_a": (1.0, ["server/guard.py:f"]),
    "tests/server/test_guard.py::test_b": (0.2, ["server/guard.py:f", "server/guard.py:g"]),
    "tests/cli/test_main.py::test_c": (0.1, ["server/guard.py:f", "cli/serve.py:main"]),
}


def test_the_nearest_tests_come_first_then_the_quickest() -> None:
    tests = Cover(NOTES, patience=60).tests("server/guard.py", "f")
    assert [test.rpartition("_")[2] for test in tests] == ["b", "a", "c"]


def test_a_test_with_many_parameters_does_not_keep_the_others_away() -> None:
    many = {f"tests/server/test_guard.py::test_many[{number}]": (0.1, ["server/guard.py:f"]) for number in range(7)}
    other = {"tests/cli/test_main.py::test_other": (2.0, ["server/guard.py:f", "cli/serve.py:main"])}
    tests = Cover(many | other, patience=60).tests("server/guard.py", "f")
    assert [test.rpartition("_")[2] for test in tests[4:7]] == ["many[4]", "other", "many[5]"]


def test_a_test_with_many_quick_parameters_is_tried_with_all_of_them() -> None:
    many = {f"tests/server/test_guard.py::test_many[{number}]": (0.004, ["server/guard.py:f"]) for number in range(20)}
    other = {"tests/cli/test_main.py::test_other": (0.0, ["server/guard.py:f", "cli/serve.py:main"])}
    assert Cover(many | other, patience=60).tests("server/guard.py", "f")[20] == "tests/cli/test_main.py::test_other"


def test_tests_of_what_is_named_on_the_line_come_first() -> None:
    by_field = {
        f"tests/server/test_guard.py::test_bounds[{name}]": (9.0, ["server/guard.py:f"]) for name in ("most-5", "least-5")
    }
    first, *_ = Cover(NOTES | by_field, patience=60).tests("server/guard.py", "f", "least: int = Field(0, le=5)")
    assert first == "tests/server/test_guard.py::test_bounds[least-5]"


def test_a_function_is_tested_by_those_that_enter_it() -> None:
    cover = Cover(NOTES, patience=60)
    assert cover.tests("server/guard.py", "g") == ["tests/server/test_guard.py::test_b"]
    assert cover.runs_in_tests("server/guard.py", "g")


def test_a_function_that_no_test_enters_is_tested_as_what_stands_on_the_top_of_its_module() -> None:
    cover = Cover(NOTES, patience=60)
    assert not cover.runs_in_tests("server/guard.py", "h")
    assert cover.tests("server/guard.py", "h") == cover.tests("server/guard.py", "")


@pytest.mark.parametrize(("patience", "count"), [(0, 1), (0.3, 1), (1.3, 2), (9, 3)])
def test_tests_take_no_longer_than_the_patience_but_for_the_first(patience: float, count: int) -> None:
    assert len(Cover(NOTES, patience).tests("server/guard.py", "f")) == count


@pytest.mark.parametrize("scope", ["", "Guard."])
def test_the_top_of_a_module_is_tested_by_all_that_enter_the_module(scope: str) -> None:
    assert len(Cover(NOTES, patience=60).tests("server/guard.py", scope)) == 3


def test_the_top_of_a_module_is_tested_by_what_stands_beside_such_tests_too() -> None:
    beside: dict[str, tuple[float, list[str]]] = {
        "tests/server/test_guard.py::test_bound": (0.1, []),
        "tests/server/test_far.py::test_far": (0.1, []),
    }
    tests = Cover(NOTES | beside, patience=60).tests("server/guard.py", "Guard.")
    assert {test.rpartition("_")[2] for test in tests} == {"a", "b", "c", "bound"}
    assert len(Cover(NOTES | beside, patience=60).tests("server/guard.py", "f")) == 3


def test_a_kernel_is_tested_by_those_that_enter_what_calls_it() -> None:
    module = "planning/cordon/planner/max_flow.py"
    notes = {"tests/a.py::test_far": (0.1, ["server/guard.py:f"]), "tests/a.py::test_flow": (0.1, [f"{module}:max_flow"])}
    assert Cover(notes, patience=60).tests(module, "_dinic") == ["tests/a.py::test_flow"]


@pytest.mark.slow
def test_what_a_shared_fixture_enters_counts_for_every_test_that_asks_for_it(tmp_path: Path) -> None:
    (tmp_path / "test_shared.py").write_text(
        "import threading\nimport pytest\nfrom clearway.words import listed\nfrom clearway.errors import ClearwayError\n"
        "@pytest.fixture(scope='module')\ndef shared():\n    return listed(['a', 'b'])\n"
        "def test_a(shared):\n    pass\n"
        "def test_b(shared):\n    pass\n"
        "def test_thread():\n    thread = threading.Thread(target=listed, args=(['a'],))\n"
        "    thread.start()\n    thread.join()\n"
        "def test_other():\n    pass\n"
        "def test_failed():\n    assert not listed(['a'])\n"
    )
    root, into = Path(__file__).parents[2], tmp_path / "notes.json"
    path = os.pathsep.join([*filter(None, [os.environ.get("PYTHONPATH")]), str(root / "tests")])
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-c",
        os.devnull,
        "-p",
        "mutate.entered",
        "-p",
        "no:cacheprovider",
        str(tmp_path),
    ]
    environment = os.environ | {"CLEARWAY_ENTERED": str(into), "PYTHONPATH": path}
    subprocess.run(command, env=environment, check=False, capture_output=True)  # noqa: S603 - our own
    notes = {test.rpartition("::")[2]: entered for test, (_, entered) in json.loads(into.read_text()).items()}
    assert {test for test, entered in notes.items() if "words.py:listed" in entered} == {"test_a", "test_b", "test_thread"}
    assert notes["test_other"] == []
    assert "test_failed" not in notes


def test_what_a_changed_file_of_tests_entered_is_left_out_until_it_is_noted_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    same, changed = "tests/test_files.py", "tests/test_words.py"
    digests = {same: cover._digest(same, slow=False), changed: "another"}  # noqa: SLF001 - what the notes hold
    notes = {f"{path}::test": [0.1, ["files.py:write"]] for path in (same, changed, "tests/test_gone.py")}
    stored = tmp_path / "entered.json"
    stored.write_text(json.dumps({"digests": digests, "notes": notes}))
    monkeypatch.setattr(cover, "NOTES", stored)
    assert set(cover.measured(slow=False, again=False)) == {f"{same}::test"}


def test_a_quick_test_that_had_to_compile_kernels_is_timed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = "tests/test_files.py"
    runs = iter(
        [{f"{path}::a": (18.6, ["f"]), f"{path}::b": (0.1, ["g"]), f"{path}::c": (9.0, ["h"])}, {f"{path}::a": (0.2, ["f"])}]
    )
    asked = []

    def entered(tests: list[str], marked: tuple[str, ...]) -> dict[str, tuple[float, list[str]]]:
        asked.append((tests, marked))
        return next(runs)

    monkeypatch.setattr(cover, "NOTES", tmp_path / "entered.json")
    monkeypatch.setattr(cover, "_entered", entered)
    notes = cover.measured(slow=True, files=[path])
    assert {test[-1]: seconds for test, (seconds, _) in notes.items()} == {"a": 0.2, "b": 0.1, "c": 9.0}  # c is marked slow
    assert asked == [([path], ()), ([f"{path}::a", f"{path}::c"], ("-m", "not slow"))]


def test_a_test_file_is_noted_again_when_what_it_imports_has_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests of a contract are those of each file that takes it."""
    monkeypatch.setattr(cover, "ROOT", tmp_path)
    (tmp_path / "tests").mkdir()
    for name, text in (("test_a", "from contract import Contract"), ("contract", "import draws"), ("draws", ""), ("other", "")):
        (tmp_path / "tests" / f"{name}.py").write_text(f"{text}\n")

    def digest() -> str:
        return cover._digest("tests/test_a.py", slow=False)  # noqa: SLF001 - what the notes hold

    before = digest()
    (tmp_path / "tests" / "other.py").write_text("changed = 1\n")
    assert digest() == before
    (tmp_path / "tests" / "draws.py").write_text("changed = 1\n")
    assert digest() != before
