"""Long work: one at a time, reported while it runs, ended when cancelled or forgotten."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from clearway.errors import Infeasible, NotFound, Unavailable
from clearway.server.jobs import MOST_WAITING, Job, Jobs
from patience import LAST_RESORT_S, until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.server.jobs import JobProgress


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


class Door:
    """Work that waits until it is opened."""

    def __init__(self) -> None:
        self.entered, self._opened = threading.Event(), threading.Event()

    def open(self) -> None:
        self._opened.set()

    def work(self, progress: JobProgress[str]) -> str:
        self.entered.set()
        while not self._opened.wait(0.005):
            progress("Waiting at the door", 0.5)
        return "through"


def ended(job: Job[str]) -> Job[str]:
    job.look(LAST_RESORT_S)
    assert job.over
    return job


def test_work_is_done_and_answered(jobs: Jobs) -> None:
    def work(progress: JobProgress[str]) -> str:
        progress("Counting", 0.5)
        return "ten"

    job = ended(jobs.start("count", work))
    assert (job.state, job.share, job.answer, job.answers, job.failure) == ("done", 1.0, "ten", 1, None)
    assert jobs.of("count", job.id) is job


def test_work_that_runs_says_how_far_it_is(jobs: Jobs) -> None:
    door = Door()
    job = jobs.start("door", door.work)
    assert door.entered.wait(LAST_RESORT_S)
    while job.share == 0:
        job.look(0.005)
    assert (job.state, job.doing, job.share, job.over) == ("working", "Waiting at the door", 0.5, False)
    assert job.seconds_left == 1  # as long again as it has run, a moment
    door.open()
    assert ended(job).answer == "through"


def test_a_first_answer_is_there_before_the_last(jobs: Jobs) -> None:
    door = Door()

    def work(progress: JobProgress[str]) -> str:
        progress.first("roughly")
        return door.work(progress)

    job = jobs.start("two", work)
    assert door.entered.wait(LAST_RESORT_S)
    assert (job.state, job.answer, job.answers) == ("working", "roughly", 1)
    door.open()
    assert (ended(job).answer, job.answers) == ("through", 2)


def test_a_second_job_waits_for_the_first(jobs: Jobs) -> None:
    door = Door()
    first = jobs.start("door", door.work)
    second = jobs.start("count", lambda _progress: "ten")
    assert door.entered.wait(LAST_RESORT_S)
    assert (second.state, second.seconds_left) == ("waiting", None)
    door.open()
    assert (ended(first).state, ended(second).state) == ("done", "done")


def test_cancelled_work_ends_and_keeps_what_it_answered(jobs: Jobs) -> None:
    door = Door()

    def work(progress: JobProgress[str]) -> str:
        progress.first("roughly")
        return door.work(progress)

    job = jobs.start("door", work)
    assert door.entered.wait(LAST_RESORT_S)
    job.cancel()
    assert (ended(job).state, job.answer) == ("cancelled", "roughly")


def test_a_cancelled_job_that_waits_never_begins(jobs: Jobs) -> None:
    door, begun = Door(), threading.Event()
    jobs.start("door", door.work)
    waiting = jobs.start("count", lambda _progress: begun.set())
    waiting.cancel()
    assert waiting.state == "cancelled"
    door.open()
    ended(jobs.start("count", lambda _progress: "ten"))
    assert not begun.is_set()


def test_a_job_that_nobody_looks_at_ends() -> None:
    jobs = Jobs(patience_s=0.05)
    job = jobs.start("door", Door().work)
    until(lambda: job.over)
    assert job.state == "cancelled"


def test_what_cannot_be_answered_is_kept_as_its_sentence(jobs: Jobs) -> None:
    def work(_progress: JobProgress[str]) -> str:
        raise Infeasible("There is no way.")

    job = ended(jobs.start("count", work))
    assert (job.state, str(job.failure), job.answer) == ("failed", "There is no way.", None)


def test_a_fault_of_the_program_ends_the_job_and_not_the_server(jobs: Jobs, caplog: pytest.LogCaptureFixture) -> None:
    def work(_progress: JobProgress[str]) -> str:
        raise ZeroDivisionError

    job = ended(jobs.start("count", work))
    assert "this is a bug" in str(job.failure)
    assert "ZeroDivisionError" in caplog.text
    assert ended(jobs.start("count", lambda _progress: "ten")).answer == "ten"


def test_too_many_jobs_are_refused_until_one_is_cancelled(jobs: Jobs) -> None:
    door = Door()
    jobs.start("door", door.work)
    assert door.entered.wait(LAST_RESORT_S)
    waiting = [jobs.start("count", lambda _progress: "ten") for _ in range(MOST_WAITING)]
    with pytest.raises(Unavailable, match="wait already"):
        jobs.start("count", lambda _progress: "ten")
    waiting[0].cancel()
    assert jobs.start("count", lambda _progress: "ten").state == "waiting"
    door.open()


def test_a_job_is_found_by_its_name_and_id_alone(jobs: Jobs) -> None:
    job = jobs.start("count", lambda _progress: "ten")
    with pytest.raises(NotFound, match="Ask for it again"):
        jobs.of("other", job.id)
    with pytest.raises(NotFound):
        jobs.of("count", "x")
