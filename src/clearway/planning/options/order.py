"""The order of options and which are dominated; no score. A claim of either is made only where it is sure.

Figures are ranges: one is surely no worse than another only where its worst end is no worse than the other's best. What is
known of one option and not of another bars any claim between the two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.planning.options.contract import Dominated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.planning.options.contract import OptionFigure
    from clearway.planning.options.option import Option

LESS_RESTRICTIVE = "it is less restrictive"
RULE = (
    "The least restrictive first: by the most restrictive thing that an option does, then by the next, as wait, talk, offer, "
    "notice, barriers, tow, cut off. An option is marked as dominated only where another restricts no more, surely does as "
    "well in every figure, and surely does better in one or restricts less."
)


def in_order(options: Sequence[Option]) -> list[int]:
    """The places of options, the least restrictive first; of equals, by id."""
    return sorted(range(len(options)), key=lambda place: (options[place].rungs, options[place].id))


def constant_figures(rows: Sequence[Sequence[OptionFigure]]) -> list[int]:
    """Figures, by place, that are known and the same for every option: they decide nothing."""
    return [
        place
        for place, column in enumerate(zip(*rows, strict=True))
        if len({(one.low, one.high, one.unit) for one in column}) == 1 and column[0].low is not None
    ]


def unknown_figures(rows: Sequence[Sequence[OptionFigure]]) -> list[int]:
    """Figures, by place, that are known for no option."""
    return [place for place, column in enumerate(zip(*rows, strict=True)) if all(one.low is None for one in column)]


def dominated_by(options: Sequence[Option], rows: Sequence[Sequence[OptionFigure]]) -> list[tuple[Dominated, ...]]:
    """For each option, those that dominate it (Pareto).

    Args:
        options: As they are given.
        rows: The figures of each, the same ones in the same order.
    """
    left_out = {*constant_figures(rows), *unknown_figures(rows)}
    kept = [[figure for place, figure in enumerate(row) if place not in left_out] for row in rows]
    found: list[tuple[Dominated, ...]] = []
    for worse in range(len(options)):
        by = [
            Dominated(by=options[better].id, better_in=tuple(ways))
            for better in range(len(options))
            if better != worse and (ways := _better_in(options[better], kept[better], options[worse], kept[worse]))
        ]
        found.append(tuple(by))
    return found


def _better_in(better: Option, figures: Sequence[OptionFigure], worse: Option, others: Sequence[OptionFigure]) -> list[str]:
    """In what one option is surely better, it being surely worse in nothing; empty where that cannot be said."""
    pairs = list(zip(figures, others, strict=True))
    if better.rungs > worse.rungs or not all(_no_worse(one, other) for one, other in pairs):
        return []
    ways = [one.title for one, other in pairs if not _no_worse(other, one)]
    return [*([LESS_RESTRICTIVE] if better.rungs < worse.rungs else []), *ways]


def _no_worse(one: OptionFigure, other: OptionFigure) -> bool:
    """Whether a figure is surely no worse than another."""
    if one.low is None or one.high is None or other.low is None or other.high is None or one.unit != other.unit:
        return False
    return one.low >= other.high if one.better == "more" else one.high <= other.low
