"""A plot of what size costs: seconds against links, both on logarithmic scales."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


class Point(NamedTuple):
    """What one network took."""

    name: str
    links: int
    seconds: float


def draw(groups: Mapping[str, Sequence[Point]], path: Path) -> str:
    """Draw groups of points, those without names joined by a line; the words to print about it.

    Args:
        groups: Points by what they are of.
        path: The picture, PNG or SVG by its ending.
    """
    if importlib.util.find_spec("matplotlib") is None:
        return "No plot: matplotlib is absent."
    from matplotlib.figure import Figure  # noqa: PLC0415 - a benchmark's own

    figure = Figure(figsize=(8, 5), layout="constrained")
    axes = figure.subplots()
    for (name, points), marker in zip(groups.items(), "osD^v", strict=False):
        if not points:
            continue
        ordered = sorted(points, key=lambda point: point.links)
        line = "none" if any(point.name for point in ordered) else "-"
        axes.loglog(
            *zip(*((one.links, one.seconds) for one in ordered), strict=True), marker=marker, linestyle=line, label=name
        )
        for point in ordered:
            axes.annotate(point.name, (point.links, point.seconds), xytext=(4, -11), textcoords="offset points", fontsize=8)
    axes.set_xlabel("links")
    axes.set_ylabel("seconds to a relative gap of 1e-6")
    axes.grid(visible=True, which="major", alpha=0.3)
    axes.legend(frameon=False)
    figure.savefig(path, dpi=120)
    return f"Plot: {path}"
