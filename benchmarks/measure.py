"""Measure a piece of work beside its peers, and show the figures as a table."""

from __future__ import annotations

import os
import platform
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

ABSENT = None
"""The time of a peer that is not installed."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing measured: seconds taken by us and by each peer.

    Attributes:
        name: What was done, and on what.
        ours_s: Seconds.
        peers_s: Seconds of each peer by its name, ``ABSENT`` where it is not installed.
        aim: How many times faster than the fastest peer we mean to be; None where there is no aim.
        note: What a reader must know to judge it.
    """

    name: str
    ours_s: float
    peers_s: Mapping[str, float | None] = field(default_factory=dict)
    aim: float | None = None
    note: str = ""


def seconds(work: Callable[[], object], *, repeats: int = 5, at_most_s: float = 10.0) -> float:
    """Median of several runs after one that does not count; fewer runs where they take long.

    A first run that takes longer than ``at_most_s`` is itself the figure.
    """
    first = timed(work)
    if first > at_most_s:
        return first
    times: list[float] = []
    while len(times) < repeats and sum(times) < at_most_s:
        times.append(timed(work))
    return median(times)


def processor_s(work: Callable[[], object], *, repeats: int = 9) -> float:
    """Median processor seconds of several runs, all threads together: what a busy machine changes least."""
    taken = []
    for _ in range(repeats):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return median(taken)


def timed(work: Callable[[], object]) -> float:
    """Seconds of a single run."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def machine() -> str:
    """One line about the machine: figures of different machines, or of a busy one, do not compare; ratios do."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{_processor()}, {os.cpu_count()} cores, Python {platform.python_version()}{load}"


def table(figures: Iterable[Figure]) -> Iterator[str]:
    """The lines of a table, each as soon as its figure is known."""
    yield f"{'figure':<66} {'ours':>10}   peers (times ours)"
    yield "-" * 130
    for figure in figures:
        yield f"{figure.name:<66} {shown(figure.ours_s):>10}   {_peers(figure)}{_verdict(figure)}"
        if figure.note:
            yield f"    {figure.note}"


def shown(value_s: float) -> str:
    """Seconds in the unit that reads best.

    >>> shown(0.0000213), shown(0.0121), shown(75.0), shown(86400.0)
    ('21.3 us', '12.1 ms', '75.0 s', '24.0 h')
    """
    for limit, factor, unit in ((1e-3, 1e6, "us"), (1.0, 1e3, "ms"), (600.0, 1.0, "s")):
        if value_s < limit:
            return f"{value_s * factor:.1f} {unit}"
    return f"{value_s / 3600:.1f} h"


def _peers(figure: Figure) -> str:
    parts = [
        f"{name} absent" if taken is None else f"{name} {shown(taken)} ({taken / figure.ours_s:,.1f}x)"
        for name, taken in figure.peers_s.items()
    ]
    return ", ".join(parts)


def _verdict(figure: Figure) -> str:
    present = [taken for taken in figure.peers_s.values() if taken is not None]
    if figure.aim is None or not present:
        return ""
    ratio = min(present) / figure.ours_s
    return f"; aim {figure.aim:g}x: {'met' if ratio >= figure.aim else 'MISSED'} ({ratio:,.0f}x)"


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    lines = described.read_text("utf-8").splitlines() if described.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())
