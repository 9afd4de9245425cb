"""Work shared out among processes."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from mutate.shared_out import shared_out

if TYPE_CHECKING:
    from collections.abc import Iterator


def squares(tasks: Iterator[int]) -> Iterator[tuple[int, int]]:
    for task in tasks:
        yield os.getpid(), task * task


@pytest.mark.parametrize("count", [0, 1, 9])
@pytest.mark.parametrize("jobs", [1, 3])
def test_each_task_has_its_answer_whatever_the_number_of_processes(count: int, jobs: int) -> None:
    answers = list(shared_out(iter(range(count)), squares, jobs))
    assert sorted(answer for _, answer in answers) == [task * task for task in range(count)]
    assert os.getpid() not in {process for process, _ in answers}
    assert len({process for process, _ in answers}) <= jobs


def test_who_is_done_first_gets_the_next_task() -> None:
    def work(tasks: Iterator[float]) -> Iterator[int]:
        for seconds in tasks:
            time.sleep(seconds)
            yield os.getpid()

    processes = list(shared_out(iter([1.0, 0.0, 0.0, 0.0]), work, 2))
    assert sorted(map(processes.count, {*processes})) == [1, 3]


def test_a_task_is_asked_for_when_there_is_somebody_to_do_it() -> None:
    asked = []

    def tasks() -> Iterator[int]:
        for task in range(4):
            asked.append(task)
            yield task

    answers = shared_out(tasks(), squares, 1)
    for count in (1, 2, 3, 4):
        next(answers)
        assert asked == [*range(count)]


def test_a_process_that_ends_too_early_is_told_and_the_others_are_ended() -> None:
    def work(tasks: Iterator[int]) -> Iterator[int]:
        for task in tasks:
            if not task:
                os._exit(3)
            time.sleep(60)
            yield task

    began = time.monotonic()
    with pytest.raises(RuntimeError, match="ended before its time"):
        list(shared_out(iter([1, 0]), work, 2))
    assert time.monotonic() - began < 30
