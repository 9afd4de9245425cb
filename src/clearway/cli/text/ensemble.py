"""An ensemble in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.cli.text.table import aligned
from clearway.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.planning.options.ensemble.contract import Ensemble

_NAMED = 4
"""Runs that are named; --json lists all."""


def ensemble_lines(found: Ensemble) -> Iterator[str]:
    """What an ensemble shows."""
    made = found.manifest
    yield f"{counted(len(found.options), 'option')} in {counted(made.scenarios, 'scenario')}, seed {made.seed}. People choose."
    yield "Addresses that some service does not reach in time:"
    rows = [
        [one.option, f"{one.mean_late:,.1f}", f"{one.worst_late:,}", f"{one.mean_regret:,.1f}", f"{one.worst_regret:,}",
         f"{one.best_in:.0%}"]
        for one in found.options
    ]  # fmt: skip
    yield from aligned(["option", "mean", "worst", "mean regret", "worst regret", "none better in"], rows)
    if found.unfinished:
        left = made.scenarios - found.compared
        named = listed([one.run for one in found.unfinished[:_NAMED]])
        more = f" and {len(found.unfinished) - _NAMED} more" if len(found.unfinished) > _NAMED else ""
        yield f"Not finished in the time of --run-limit: {counted(len(found.unfinished), 'run')} ({named}{more})."
        yield f"{counted(left, 'scenario')} of {made.scenarios} {'counts' if left == 1 else 'count'} for no option."
    for one in found.differences:
        yield f"{one.says[0].upper()}{one.says[1:]} (the order holds in {one.held:.0%} of draws)."
    if found.by_hours_lost:
        yield "Vehicle hours lost by trips with a route, and trips an hour without one:"
        traffic = [
            [
                one.option,
                f"{one.mean_hours_lost or 0:,.1f}",
                f"{one.worst_hours_lost or 0:,.1f}",
                f"{one.mean_trips_cut_off or 0:,.1f}",
            ]
            for one in found.options
        ]
        yield from aligned(["option", "mean hours", "worst hours", "mean trips"], traffic)
        yield from (f"By hours lost, {one.says} (the order holds in {one.held:.0%} of draws)." for one in found.by_hours_lost)
    if found.repeats:
        best, order = sum(one.same_best for one in found.repeats), sum(one.same_order for one in found.repeats)
        times = counted(len(found.repeats), "time")
        yield f"Asked again {times} with new seeds: the best option is the same in {best}, the whole order in {order}."
    else:
        yield "Not asked again with new seeds: --repeats shows whether the order holds."
    yield "Worth knowing before one chooses (addresses fewer that are late, on average):"
    for known in found.knowing:
        choices = list(dict.fromkeys(known.choices)) if known.value > 0 else []
        changes = f"; the choice changes: {listed(choices)}" if len(choices) > 1 else ""
        yield f"  {known.factor}: {known.value:,.1f}{changes}"
    yield "How people react is not simulated: the chance of violence stays a judgement, in 'clearway decide compare'."
    yield f"Assumed or judged: {found.assumed[0]}; {counted(len(found.assumed), 'thing')} in all, listed by --json."
    yield f"The same cases again: seed {made.seed}, digest {made.digest[:12]}."
