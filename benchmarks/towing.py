"""A schedule of 200 tows and 20 trucks: its gap to the bound, beside nearest-first and CP-SAT in the same run.

200 vehicles stand on 60 streets drawn at random round Parliament, one in twelve of them heavy; three of the trucks are. The
yard lies on Hutt Road. CP-SAT (OR-Tools) shares the same jobs, with the same seconds each, among the same trucks, step after
step without holding up the one before, with ten seconds in all and all processors; nearest-first sends whichever truck is free
to the nearest vehicle.
"""

# ruff: noqa: PLC0415 - a peer is imported only where it is installed, and has types of its own

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks import cities
from benchmarks.measure import ABSENT, Figure
from clearway.network.classes import class_mask
from clearway.planning.vehicles.tally import Stretch
from clearway.planning.vehicles.towing.ground import TowQuestion, ground_of
from clearway.planning.vehicles.towing.jobs import Wanted, wanted_of
from clearway.planning.vehicles.towing.means import means_of
from clearway.planning.vehicles.towing.planning import told, verified
from clearway.planning.vehicles.towing.schedule import nearest_first, scheduled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clearway.network.model import Network
    from clearway.planning.vehicles.towing.ground import Ground
    from clearway.planning.vehicles.towing.problem import Problem

_PARLIAMENT = (174.777, -41.278)
_YARD = {"id": "yard", "lon": 174.7876, "lat": -41.2622}
_STREETS, _AMONG, _DRAWN, _JOBS = 60, 200, 220, 200
_PEER_S = 10.0


def figures() -> Iterator[Figure]:
    """Three draws; of each one step, three steps and five."""
    network = cities.wellington()
    for seed in (1, 2, 3):
        for steps in (1, 3, 5):
            ground = _ground(network, seed, steps)
            problem = ground.problem
            began = time.perf_counter()
            found = scheduled(problem)
            took_s = time.perf_counter() - began
            verified(network, told(ground, found))
            least = [one.at_least_s for one in found.bounds]
            note = f"above the bound: ours {_above([found.end_s(problem.jobs, step) for step in range(steps)], least)}"
            began = time.perf_counter()
            rule = nearest_first(problem)
            peers: dict[str, float | None] = {"nearest-first": time.perf_counter() - began}
            note += f", nearest-first {_above([rule.end_s(problem.jobs, step) for step in range(steps)], least)}"
            solved = _cp_sat(problem, steps)
            peers["CP-SAT"] = solved and solved[1]
            note += f", CP-SAT {_above(solved[0], least)}" if solved else ""
            name = f"Wellington, draw {seed}, {len(problem.jobs)} tows in {steps} step{'s' * (steps > 1)}, 20 trucks"
            yield Figure(name, took_s, peers, note=f"{note}; aim: 2 % in 10 s")


def _above(ends_s: Sequence[int], least_s: Sequence[int]) -> str:
    """How far each step ends above its bound, which is for those who do not hold up a step before: others may be below."""
    return " / ".join(f"{100 * (end / least - 1):.1f} %" for end, least in zip(ends_s, least_s, strict=True))


def _ground(network: Network, seed: int, steps: int) -> Ground:
    """The streets of a draw, with as many vehicles of those that a truck can come to."""
    question = _question(network, seed, steps)
    legs = ground_of(network, question).problem.legs
    jobs = tuple(one for one in question.wanted.jobs if (0, one.stretch) in legs)[:_JOBS]
    return ground_of(network, replace(question, wanted=replace(question.wanted, jobs=jobs)))


def _question(network: Network, seed: int, steps: int) -> TowQuestion:
    chance = np.random.default_rng(seed)
    middle = np.array([network.geometry(way).mean(axis=0) for way in range(network.way_count)])
    away = np.hypot(*((middle - _PARLIAMENT) * (np.cos(np.radians(_PARLIAMENT[1])), 1.0)).T)
    service = class_mask(["service"])
    driven = (network.arc_permit[0::2] & network.arc_permit[1::2] & service).astype(bool)
    near = np.sort(np.argsort(np.where(driven, away, np.inf))[:_AMONG])
    ways = chance.choice(near, _STREETS, replace=False).tolist()
    count = np.bincount(chance.integers(0, _STREETS, _DRAWN), minlength=_STREETS).tolist()
    stretches = []
    for way, number in zip(ways, count, strict=True):
        heavy = int(chance.binomial(number, 1 / 12))
        stretches.append(Stretch(f"way {way}", (way,), {"car": number - heavy, "truck": heavy}, number, 1, 0))
    fleets = {"light": {"trucks": 17, "willing": "yes"}, "heavy": {"trucks": 3, "willing": "yes"}}
    means = means_of({"storage": [_YARD], "operators": [{"id": "operator", **fleets}]})
    whole = wanted_of(stretches, means)
    step = chance.integers(0, steps, len(whole.jobs)).tolist()
    jobs = [replace(one, step=at) for one, at in zip(whole.jobs, step, strict=True)]
    chance.shuffle(jobs)
    return TowQuestion(Wanted(whole.stretches, tuple(f"step {number}" for number in range(steps)), tuple(jobs)), means)


def _cp_sat(problem: Problem, steps: int) -> tuple[list[int], float] | None:
    """Seconds until each step is done by CP-SAT, one step after the other, and what it took; None where it is not installed."""
    try:
        from ortools.sat.python import cp_model
    except ImportError:
        return ABSENT
    model: Any = cp_model.CpModel()
    lasts = [problem.least_s(one) or 0 for one in problem.jobs]
    ends: list[Any] = [model.new_int_var(0, sum(lasts), "") for _ in range(steps)]
    chosen: list[list[Any]] = [
        [model.new_bool_var("") if problem.able(truck, job) else None for truck in problem.trucks] for job in problem.jobs
    ]
    for row in chosen:
        model.add_exactly_one([one for one in row if one is not None])
    for truck in range(len(problem.trucks)):
        for step, end in enumerate(ends):
            own = [at for at, job in enumerate(problem.jobs) if job.step <= step and chosen[at][truck] is not None]
            model.add(sum(lasts[at] * chosen[at][truck] for at in own) <= end)
    solver: Any = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = _PEER_S / steps
    began, found = time.perf_counter(), list[int]()
    for end in ends:
        model.minimize(end)
        if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return ABSENT
        found.append(int(solver.value(end)))
        model.add(end <= found[-1])
        model.clear_hints()
        for one in (one for row in chosen for one in row if one is not None):
            model.add_hint(one, solver.value(one))
    return found, time.perf_counter() - began
