from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from clearway.errors import BadFile, Conflict, Unavailable
from clearway.network.closures import Closure
from clearway.planning.traffic.impact.running import OnDask, Place, RunFile, Threads, closures_key, run_all

if TYPE_CHECKING:
    from pathlib import Path

TASKS = {f"task {number}": number for number in range(9)}


def power(shared: int, task: int) -> bytes:
    return str(shared**task).encode()


def failing(shared: int, task: int) -> bytes:
    if task == shared:
        raise ValueError(f"task {task} fails")
    return b"done"


@pytest.mark.parametrize("place", [Threads(), Threads(1), OnDask()], ids=["threads", "one thread", "dask"])
def test_every_task_is_done_once_and_in_order(place: Place) -> None:
    told: list[tuple[int, int]] = []
    found = run_all(power, 2, TASKS, place=place, tell=lambda done, count: told.append((done, count)))
    assert list(found.items()) == [(f"task {number}", str(2**number).encode()) for number in range(9)]
    assert told == [(done, 9) for done in range(10)]


def test_what_is_kept_is_not_done_again(tmp_path: Path) -> None:
    kept = RunFile(tmp_path / "run.sqlite", "powers of two")
    kept.keep("task 3", b"from before")
    kept.keep("another", b"of another list")
    found = run_all(power, 2, TASKS, kept=kept)
    assert found["task 3"] == b"from before"
    assert "another" not in found
    assert run_all(failing, 0, TASKS, kept=RunFile(tmp_path / "run.sqlite", "powers of two")) == found


@pytest.mark.parametrize("place", [Threads(), OnDask()], ids=["threads", "dask"])
def test_a_task_that_fails_ends_the_run_and_what_is_done_stays(place: Place, tmp_path: Path) -> None:
    kept = RunFile(tmp_path / "run.sqlite", "x")
    with pytest.raises(ValueError, match="task 8 fails"):
        run_all(failing, 8, TASKS, kept=kept, place=place)
    assert all(content == b"done" for content in kept.known().values())


def test_a_file_of_another_city_is_not_gone_on_with(tmp_path: Path) -> None:
    RunFile(tmp_path / "run.sqlite", "one")
    with pytest.raises(Conflict, match="for other trips"):
        RunFile(tmp_path / "run.sqlite", "two")


def test_a_file_that_is_no_run_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "run.sqlite"
    path.write_bytes(b"not a database, but long enough to be taken for one by its size alone" * 20)
    with pytest.raises(BadFile, match="cannot be used to store a run"):
        RunFile(path, "one")
    with pytest.raises(BadFile, match="cannot be used to store a run"):
        RunFile(tmp_path / "absent" / "run.sqlite", "one")


def test_every_result_is_on_disk_as_soon_as_it_is_there(tmp_path: Path) -> None:
    path = tmp_path / "run.sqlite"
    seen: list[int] = []

    def tell(_done: int, _count: int) -> None:
        with sqlite3.connect(path) as file:
            seen.append(file.execute("SELECT count(*) FROM result").fetchone()[0])
        file.close()

    run_all(power, 3, TASKS, kept=RunFile(path, "three"), tell=tell)
    assert seen == list(range(10))


def test_a_scheduler_that_does_not_answer_is_said_to_be_so() -> None:
    with pytest.raises(Unavailable, match="No Dask scheduler answers"):
        run_all(power, 2, TASKS, place=OnDask("nonsense://nowhere"))


def test_the_same_closures_have_the_same_key_whatever_they_are_called() -> None:
    one, other = Closure(3, 17, at_m=4.5, label="Barrier 1"), Closure(8, 17)
    assert closures_key([one, other]) == closures_key([other, Closure(3, 17, at_m=4.5, label="the gate")])
    assert closures_key([one]) != closures_key([Closure(3, 17, at_m=4.0)])
    assert closures_key([]) != closures_key([other])
