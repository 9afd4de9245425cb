"""The cordon of 21 February 2022 in SUMO, beside our assignment: do both say that the same streets gain and lose?

Both get the same streets, capacities, zones and synthetic trips. SUMO chooses routes in its own way and drives every vehicle
in its mesoscopic model, where a street lets no more through than it carries and queues reach back into other streets; ours is
a static equilibrium, where more than that passes, slowly. So the same is asked for a part of the trips too, where queues are
rare. SUMO against itself, with other random numbers, is the most that anybody can agree with it.

python -m benchmarks sumo
"""

# ruff: noqa: T201 - it prints a table
from __future__ import annotations

import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import cKDTree
from scipy.stats import kendalltau, spearmanr

from benchmarks import sumo_runs
from benchmarks.sumo_models import (
    Answers,
    Question,
    by_akcelik,
    by_whole_vehicles,
    change,
    demonstration,
    our_answers,
    sumo_pair,
    sumo_static,
)
from clearway.network.geometry import flat_scale

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Longs = NDArray[np.int64]

PARTS = (0.1, 0.5, 0.75, 1.0)
CALM, EXPLAINED = 0.5, 0.75
SEEDS = (1, 2)
WORTH_VEHICLES = 30.0
"""A change below half a vehicle a minute is not worth mentioning."""
NEAR_M = 2000.0
TOP = 20
_BEGIN_S, _STOP_S = 450.0, 580.0  # after the former nothing new is begun, after the latter nothing goes on
_HEADER = f"{'streets':>8}{'Spearman':>10}{'Kendall':>9}{'same sign':>11}{f'top {TOP}':>9}"
_QUEUE_H, _QUEUE_REACH_M = 5.0, 500.0
_LISTED = 10


@dataclass(frozen=True)
class Agreement:
    """How far two changes agree, over the streets where either is worth mentioning.

    Attributes:
        streets: How many.
        spearman: Rank correlation.
        kendall: Rank correlation by pairs, tau-b.
        same_sign: Part of the streets that both say gain, or both say lose.
        common_top: Streets among the twenty of the greatest change in both.
    """

    streets: int
    spearman: float
    kendall: float
    same_sign: float
    common_top: int


def agreement(one: Floats, other: Floats, among: Bools | None = None) -> Agreement:
    """How far two changes agree.

    Args:
        one: (A,) vehicles an hour.
        other: (A,) the same.
        among: (A,) streets that count; all where absent.
    """
    worth = _worth(one, other) if among is None else _worth(one, other) & among
    first, second = one[worth], other[worth]
    tops = [set(np.argsort(-np.abs(values), kind="stable")[:TOP].tolist()) for values in (first, second)]
    return Agreement(
        streets=int(worth.sum()),
        spearman=float(spearmanr(first, second).statistic),
        kendall=float(kendalltau(first, second).statistic),
        same_sign=float((np.sign(first) == np.sign(second)).mean()),
        common_top=len(tops[0] & tops[1]),
    )


def main() -> None:
    """Ask, compare, explain."""
    if sumo_runs.home() is None:
        print("SUMO is absent: pip install eclipse-sumo.")
        return
    began = time.monotonic()
    question = demonstration()
    with tempfile.TemporaryDirectory() as folder:
        answered = {answers.part: answers for answers in _answers(question, Path(folder), began)}
        _compare(question, list(answered.values()))
        try:
            if EXPLAINED in answered:
                _explain(question, answered[EXPLAINED])
                _vary(question.scaled(EXPLAINED), answered[EXPLAINED], Path(folder), began)
            if CALM in answered:
                _own_junctions(question.scaled(CALM), answered[CALM], Path(folder), began)
        except subprocess.TimeoutExpired:
            print("The rest was stopped, time is up.")
    print(f"\n{time.monotonic() - began:.0f} s in all.")


def _answers(question: Question, folder: Path, began: float) -> Iterator[Answers]:
    """Both models' answers for each part of the trips; SUMO's with every seed, while there is time."""
    print(f"{question.trips.total:,.0f} trips an hour between {question.streets.zones.count} zones, made by assumption.")
    print(f"\n{'trips':>6}{'seed':>6}  {'':<16}{'mean trip':>12}{'arrived':>9}{'moved on':>10}{'gap':>8}{'seconds':>9}")
    for part in PARTS:
        answers = our_answers(question, part)
        for seed in SEEDS:
            if time.monotonic() - began > _BEGIN_S:
                print(f"{part:>6.0%}{seed:>6}  left out, time is up")
                break
            start = time.monotonic()
            try:
                pair = sumo_pair(question.scaled(part), folder / f"{part}-{seed}", seed=seed, until=began + _STOP_S)
            except subprocess.TimeoutExpired as late:
                print(f"{part:>6.0%}{seed:>6}  {Path(late.cmd[0]).name} was stopped, time is up")
                break
            answers.pairs.append(pair)
            for name, run in zip(("without cordon", "with cordon"), pair, strict=True):
                shown = f"{run.minutes:>8.1f} min{run.arrived:>9.1%}{run.teleports:>10}{run.gap:>8.1%}"
                print(f"{part:>6.0%}{seed:>6}  {name:<16}{shown}{time.monotonic() - start:>9.0f}", flush=True)
        if answers.pairs:
            yield answers


def _compare(question: Question, answered: list[Answers]) -> None:
    """The table of agreement."""
    closed = np.array([2 * closure.way for closure in question.closures])
    near = _around(question, closed, NEAR_M)
    print(f"\n{'':<62}{_HEADER}")
    for answers in answered:
        ours, mean, (first, *others) = answers.ours, answers.sumo(), answers.changes()
        print(
            f"{answers.part:.0%} of the trips; in ours {answers.over[0]} streets carry more than they can, with the cordon ",
            end="",
        )
        print(answers.over[1])
        _row("ours, SUMO (mean of its seeds)", agreement(ours, mean))
        _row(f"  within {NEAR_M / 1000:.0f} km of the cordon", agreement(ours, mean, near))
        _row("  by named street and heading", agreement(_by_name(question, ours), _by_name(question, mean)))
        for other in others:
            _row("  streets that both of SUMO's seeds say gain, or lose", agreement(ours, mean, first * other > 0))
            _row("SUMO, SUMO with another seed", agreement(first, other))
            _row(f"  within {NEAR_M / 1000:.0f} km of the cordon", agreement(first, other, near))


def _explain(question: Question, answers: Answers) -> None:
    """Where the two say the opposite, and why, as far as the runs show it."""
    ours, mean, problem = answers.ours, answers.sumo(), question.streets.problem
    queued = np.flatnonzero(answers.lost_h() >= _QUEUE_H)
    reasons = {
        "SUMO's seeds differ by more than the change": np.ptp(np.stack(answers.changes()), axis=0) > np.abs(mean),
        f"a queue in SUMO, {_QUEUE_H:.0f} vehicle hours or more, within {_QUEUE_REACH_M:.0f} m": _around(
            question, queued, _QUEUE_REACH_M
        ),
        "a close call: ours turns too with Akcelik's cost functions": by_akcelik(question.scaled(answers.part)) * ours <= 0,
        "not explained": np.ones(len(ours), np.bool_),
    }
    differ = _worth(ours, mean) & (ours * mean <= 0)
    print(f"\nAt {answers.part:.0%} of the trips {differ.sum()} of {_worth(ours, mean).sum()} streets differ in sign:")
    for reason, holds in reasons.items():
        mine = np.flatnonzero(differ & holds)
        differ &= ~holds
        print(f"{len(mine):>6}  {reason}")
        shown: dict[str, int] = {}
        for arc in mine[np.argsort(-np.abs(ours - mean)[mine], kind="stable")].tolist():
            shown.setdefault(problem.link_label(int(question.streets.arc_link[arc])), arc)
        for name, arc in list(shown.items())[:_LISTED]:
            seeds = ", ".join(f"{values[arc]:+.0f}" for values in answers.changes())
            print(f"          {name}: ours {ours[arc]:+.0f}, SUMO {seeds}")


def _vary(question: Question, answers: Answers, folder: Path, began: float) -> None:
    """What each kind of difference between the models does by itself."""
    ours, mean = answers.ours, answers.sumo()
    print(f"\n{f'One thing changed, at {answers.part:.0%} of the trips':<62}{_HEADER}")
    _row("ours, ours with the whole vehicles that SUMO drives", agreement(ours, by_whole_vehicles(question, SEEDS[0])))
    curve = by_akcelik(question)
    _row("ours, ours with Akcelik's cost functions", agreement(ours, curve))
    _row("ours with Akcelik's cost functions, SUMO", agreement(curve, mean))
    static = sumo_static(question, folder / f"{answers.part}-{SEEDS[0]}", until=began + _STOP_S)
    _row("ours, SUMO's static assignment (its own cost functions)", agreement(ours, static))
    _row("SUMO, SUMO's static assignment", agreement(mean, static))


def _own_junctions(question: Question, answers: Answers, folder: Path, began: float) -> None:
    """SUMO as it would be without our capacities: its own junctions, guessed signals, and lanes that carry what it thinks."""
    print(f"\n{f'One thing changed, at {answers.part:.0%} of the trips':<62}{_HEADER}")
    pair = sumo_pair(question, folder / "junctions", seed=SEEDS[0], until=began + _STOP_S, junctions=True)
    _row("ours, SUMO with its own junctions, signals and lanes", agreement(answers.ours, change(pair)))
    _row("SUMO, SUMO with its own junctions, signals and lanes", agreement(answers.sumo(), change(pair)))


def _row(label: str, found: Agreement) -> None:
    figures = f"{found.streets:>8}{found.spearman:>10.2f}{found.kendall:>9.2f}{found.same_sign:>11.0%}{found.common_top:>9}"
    print(f"  {label:<60}{figures}", flush=True)


def _worth(one: Floats, other: Floats) -> Bools:
    """(A,) streets where either says a change worth mentioning."""
    return (np.abs(one) >= WORTH_VEHICLES) | (np.abs(other) >= WORTH_VEHICLES)


def _around(question: Question, arcs: Longs, metres: float) -> Bools:
    """(A,) arcs that begin near to where one of some arcs begins."""
    network = question.network
    _, south, _, north = network.coverage
    at = np.column_stack((network.junction_lon, network.junction_lat)) * flat_scale((south + north) / 2)
    if not len(arcs):
        return np.zeros(network.arc_count, np.bool_)
    away = np.asarray(cKDTree(at[network.arc_tail[arcs]]).query(at)[0])
    near: Bools = away[network.arc_tail] <= metres
    return near


def _by_name(question: Question, values: Floats) -> Floats:
    """Change by named street and heading, the mean over its length; streets without a name are left aside."""
    network, streets = question.network, question.streets
    arcs = streets.link_arc[: streets.street_links]
    named = network.way_name[arcs >> 1] >= 0
    _, street = np.unique(np.array(streets.problem.link_names[: streets.street_links])[named], return_inverse=True)
    metres = network.way_length_m[arcs[named] >> 1]
    mean: Floats = np.bincount(street, weights=values[arcs[named]] * metres) / np.bincount(street, weights=metres)
    return mean
