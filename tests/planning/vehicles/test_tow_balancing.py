"""Jobs shared out so that each step ends in time: whatever is found keeps to the times, and what is there to be found is."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from clearway.planning.vehicles.towing.balancing import Balancing
from clearway.planning.vehicles.towing.clock import ALWAYS
from clearway.planning.vehicles.towing.problem import Job, Leg, Problem, Truck, Yard
from rounds import rounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.planning.vehicles.towing.contract import Window


def town(jobs: Sequence[tuple[int, int, bool]], trucks: int, windows: Sequence[Window] = ALWAYS) -> Problem:
    """Jobs of some step that last so many seconds, some of them heavy; the first truck is heavy. No drive takes any time."""
    return Problem(
        jobs=tuple(Job(0, "car", heavy, step, lasts, 0) for step, lasts, heavy in jobs),
        trucks=tuple(Truck(heavy=at == 0, size=0, storage=0, windows=tuple(windows)) for at in range(trucks)),
        yards=(Yard(ALWAYS),),
        legs={(0, 0): Leg((0,), (0,), 0)},
        lane_moves=(0,),
    )


def ends_s(problem: Problem, by: Sequence[int], steps: int) -> list[int]:
    """When each step, and all before it, is done where each truck does them in their order."""
    return [
        max(
            sum(job.hook_s for job, own in zip(problem.jobs, by, strict=True) if own == truck and job.step <= step)
            for truck in range(len(problem.trucks))
        )
        for step in range(steps)
    ]


def hidden(chance: random.Random, count: int, trucks: int, steps: int) -> tuple[Problem, list[int]]:
    """A problem, and one way to share its jobs."""
    jobs = [(chance.randrange(steps), chance.randint(5, 60), chance.random() < 0.25) for _ in range(count)]
    return town(jobs, trucks), [0 if heavy else chance.randrange(trucks) for *_, heavy in jobs]


def fits(problem: Problem, by: Sequence[int], ends: Sequence[int]) -> bool:
    able = all(problem.able(problem.trucks[truck], job) for truck, job in zip(by, problem.jobs, strict=True))
    return able and all(own <= end for own, end in zip(ends_s(problem, by, len(ends)), ends, strict=True))


def test_what_some_sharing_reaches_is_reached_and_every_step_is_in_time() -> None:
    for chance in rounds(30):
        problem, way = hidden(chance, chance.randint(4, 9), chance.choice([2, 3]), 3)
        ends = ends_s(problem, way, 3)
        start = [0] * len(problem.jobs)
        found = Balancing(problem, range(len(start)), 2, ends[:2]).reached(start, ends[2], lambda: True)
        assert found is not None
        assert fits(problem, found, ends)


def test_what_is_reached_from_where_it_is_stays() -> None:
    for chance in rounds(10):
        problem, way = hidden(chance, 8, 3, 2)
        ends = ends_s(problem, way, 2)
        assert Balancing(problem, range(8), 1, ends[:1]).reached(way, ends[1], lambda: True) == way


def test_what_no_sharing_reaches_is_not_reached() -> None:
    """Two seconds less than all trucks together need, or one heavy job more than the heavy truck has time for."""
    for chance in rounds(10):
        problem, way = hidden(chance, 6, 2, 2)
        total = sum(job.hook_s for job in problem.jobs)
        short = (total - 1) // 2
        asked = iter([True, False])
        assert Balancing(problem, range(6), 1, [short]).reached(way, short, lambda asked=asked: next(asked)) is None  # type: ignore[misc]
    lorries = town([(0, 50, True), (0, 51, True), (0, 10, False)], 3)
    asked = iter([True, False])
    assert Balancing(lorries, range(3), 0, []).reached([0, 0, 0], 100, lambda: next(asked)) is None
    assert Balancing(lorries, range(3), 0, []).reached([0, 0, 0], 101, lambda: True) in ([0, 0, 1], [0, 0, 2])


def test_a_step_before_is_kept_in_time_even_where_the_last_has_room() -> None:
    """Either truck has time for both by the end; but the first step must be done by 30 s, so that each takes one of it."""
    problem = town([(0, 30, False), (0, 30, False), (1, 40, False)], 2)
    found = Balancing(problem, range(3), 1, [30]).reached([0, 0, 0], 100, lambda: True)
    assert found is not None
    assert found[0] != found[1]
    swapped = Balancing(problem, range(3), 1, [30]).reached([1, 1, 1], 70, lambda: True)
    assert swapped is not None
    assert swapped[0] != swapped[1]


def test_the_jobs_of_some_steps_alone_are_shared() -> None:
    problem = town([(0, 30, False), (1, 500, False), (0, 30, False)], 2)
    found = Balancing(problem, [2, 0], 0, []).reached([1, 1], 30, lambda: True)
    assert found in ([0, 1], [1, 0])


def test_a_break_is_no_time_to_work() -> None:
    problem = town([(0, 30, False), (0, 30, False), (0, 30, False)], 2, windows=((0, 30), (60, 100)))
    asked = iter([True, False])
    assert Balancing(problem, range(3), 0, []).reached([0, 0, 0], 89, lambda: next(asked)) is None
    found = Balancing(problem, range(3), 0, []).reached([0, 0, 0], 90, lambda: True)
    assert found is not None
    assert sorted(found) in ([0, 0, 1], [0, 1, 1])


def test_hard_sharings_of_many_jobs_are_found() -> None:
    """Trucks that must be full to the second."""
    for chance in rounds(6):
        lines = [[chance.randint(20, 90) for _ in range(4)] for _ in range(3)]
        end_s = max(map(sum, lines))
        full = [[*line, end_s - sum(line)] for line in lines]
        jobs = [(0, seconds, False) for line in full for seconds in line if seconds]
        problem = town(jobs, 3)
        found = Balancing(problem, range(len(jobs)), 0, []).reached([0] * len(jobs), end_s, lambda: True)
        assert found is not None
        assert fits(problem, found, [end_s])


def full(seed: int, trucks: int, jobs: int) -> tuple[Problem, int]:
    """So many jobs for each truck and one more that fills it, all shuffled; and when all is done at the soonest."""
    chance = random.Random(seed)  # noqa: S311 - the same each time
    lines = [[chance.randint(100, 999) for _ in range(jobs)] for _ in range(trucks)]
    end_s = max(map(sum, lines))
    lasts = [one for line in lines for one in (*line, end_s - sum(line)) if one]
    chance.shuffle(lasts)
    return town([(0, one, False) for one in lasts], trucks), end_s


def is_found(problem: Problem, end_s: int) -> bool:
    """Whether it is found in one go from all on one truck."""
    count = len(problem.jobs)
    found = Balancing(problem, range(count), 0, []).reached([0] * count, end_s, lambda: True, is_close=True)
    return found is not None and fits(problem, found, [end_s])


def test_many_jobs_on_many_trucks_are_shared_to_three_seconds_in_one_go() -> None:
    for seed in range(16):
        problem, end_s = full(seed, 16, 8)
        assert is_found(problem, end_s + 3)


def test_few_jobs_that_fill_three_trucks_to_the_second_are_shared_in_one_go_as_a_rule() -> None:
    """There are few ways to share them: jobs that were moved must stay for a while, and not too long."""
    found = [is_found(*full(seed, 3, 4)) for seed in range(24)]
    assert sum(found) >= 20
