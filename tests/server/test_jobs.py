"""Long work: reported while it runs, ended when cancelled or forgotten, and shared fairly by those who ask."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from clearway.errors import Infeasible, NotFound, Unavailable
from clearway.server.jobs import MOST_AT_WORK, MOST_WAITING, Job, Jobs
from clearway.server.turns import Turns
from patience import LAST_RESORT_S, until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.server.jobs import JobProgress


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


@pytest.fixture
def one_at_a_time() -> Iterator[Jobs]:
    made = Jobs(turns=Turns(1))
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
    asyncio.run(job.look(LAST_RESORT_S))
    assert job.over
    return job


def busy(seconds: float, progress: JobProgress[str]) -> str:
    """Work in steps of a millisecond."""
    for step in range(round(seconds * 1000)):
        time.sleep(0.001)
        progress("Working", step / seconds / 1000)
    return "done"


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
    until(lambda: job.share > 0)
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


def test_jobs_that_must_be_alone_follow_each_other(jobs: Jobs) -> None:
    door = Door()
    first = jobs.start("door", door.work, alone="the house")
    assert door.entered.wait(LAST_RESORT_S)
    second = jobs.start("count", lambda _progress: "ten", "another", alone="the house")
    beside = jobs.start("count", lambda _progress: "eleven", "another")
    assert ended(beside).answer == "eleven"
    assert (second.state, second.seconds_left) == ("waiting", None)
    door.open()
    assert (ended(first).state, ended(second).state) == ("done", "done")


def test_who_asks_for_little_does_not_wait_for_who_asks_for_much(one_at_a_time: Jobs) -> None:
    doors = [Door() for _ in range(20)]
    much = [one_at_a_time.start(f"door {number}", door.work, "first") for number, door in enumerate(doors)]
    assert doors[0].entered.wait(LAST_RESORT_S)
    assert ended(one_at_a_time.start("count", lambda _progress: "ten", "second")).answer == "ten"
    assert not any(job.over for job in much)


def test_a_newcomer_need_not_wait_for_a_step_that_takes_long(one_at_a_time: Jobs) -> None:
    opened = threading.Event()
    one_at_a_time.start("stuck", lambda _progress: str(opened.wait(LAST_RESORT_S)), "first")
    assert ended(one_at_a_time.start("count", lambda _progress: "ten", "second")).answer == "ten"
    opened.set()


@pytest.mark.slow
def test_two_who_ask_for_much_share_the_time(one_at_a_time: Jobs) -> None:
    worked: defaultdict[str, int] = defaultdict(int)

    def work(asker: str, progress: JobProgress[str]) -> str:
        for step in range(1000):
            time.sleep(0.001)
            worked[asker] += 1
            progress("Working", step / 1000)
        return asker

    many = [one_at_a_time.start(f"work {number}", lambda it: work("first", it), "first") for number in range(5)]
    one = one_at_a_time.start("work", lambda it: work("second", it), "second")
    assert ended(one).answer == "second"
    assert worked["first"] < 2 * worked["second"], "five jobs of one asker have what one job of another has"
    for job in many:
        job.cancel()


@pytest.mark.slow
def test_who_comes_late_neither_saves_time_up_nor_waits_for_it(one_at_a_time: Jobs) -> None:
    early = one_at_a_time.start("work", lambda it: busy(60, it), "first")
    until(lambda: early.share > 0.01)
    late = one_at_a_time.start("work", lambda it: busy(60, it), "second")
    until(lambda: late.share > 0.002)
    before = early.share
    until(lambda: early.share > before)
    assert late.share < early.share
    early.cancel()
    late.cancel()


@pytest.mark.slow
def test_of_one_kind_what_was_asked_for_first_is_done_first(one_at_a_time: Jobs) -> None:
    order: list[int] = []
    door = Door()
    one_at_a_time.start("other", door.work, alone="x")
    assert door.entered.wait(LAST_RESORT_S)

    def work(number: int, progress: JobProgress[str]) -> str:
        busy(0.15, progress)
        order.append(number)
        return "done"

    jobs = [one_at_a_time.start("work", lambda it, number=number: work(number, it)) for number in range(4)]  # type: ignore[misc]
    door.open()
    for job in jobs:
        ended(job)
    assert order == [0, 1, 2, 3]


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
    jobs.start("door", door.work, alone="house")
    assert door.entered.wait(LAST_RESORT_S)
    waiting = jobs.start("count", lambda _progress: begun.set(), alone="house")
    waiting.cancel()
    assert waiting.state == "cancelled"
    door.open()
    ended(jobs.start("count", lambda _progress: "ten", alone="house"))
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


def test_too_many_jobs_of_one_asker_are_refused_until_one_is_cancelled(jobs: Jobs) -> None:
    door = Door()
    jobs.start("door", door.work, alone="house")
    assert door.entered.wait(LAST_RESORT_S)
    waiting = [jobs.start("count", lambda _progress: "ten", alone="house") for _ in range(MOST_WAITING)]
    with pytest.raises(Unavailable, match=f"{MOST_WAITING} pieces of work wait already"):
        jobs.start("count", lambda _progress: "ten", alone="house")
    assert jobs.start("count", lambda _progress: "ten", "another", alone="house").state == "waiting"
    waiting[0].cancel()
    assert jobs.start("count", lambda _progress: "ten", alone="house").state == "waiting"
    door.open()


@pytest.mark.slow
def test_too_many_jobs_of_all_askers_are_refused(jobs: Jobs) -> None:
    doors = [Door() for _ in range(MOST_AT_WORK)]
    going = [jobs.start("door", door.work, f"asker {number}") for number, door in enumerate(doors)]
    with pytest.raises(Unavailable, match=f"{MOST_AT_WORK} pieces of work wait already"):
        jobs.start("count", lambda _progress: "ten", "one more")
    going[0].cancel()
    ended(going[0])
    assert ended(jobs.start("count", lambda _progress: "ten", "one more")).answer == "ten"


def test_a_job_that_is_forgotten_ends_and_is_not_found(jobs: Jobs) -> None:
    job = jobs.start("door", Door().work)
    jobs.forget(job)
    assert ended(job).state == "cancelled"
    with pytest.raises(NotFound):
        jobs.of("door", job.id)


def test_a_job_is_found_by_its_name_and_id_alone(jobs: Jobs) -> None:
    job = jobs.start("count", lambda _progress: "ten")
    with pytest.raises(NotFound, match="Ask for it again"):
        jobs.of("other", job.id)
    with pytest.raises(NotFound):
        jobs.of("count", "x")
