"""An assignment in sentences and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.cli.text.table import aligned
from clearway.words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.planning.traffic.assign.contract import Assignment, LinkDelay, NameDelay, SelectedLink

_SHOWN = 10
_AIMS = {
    "user": "Nobody gains by changing route (user equilibrium)",
    "system": "All together spend the least time (system optimum)",
}


def assignment_lines(answer: Assignment) -> list[str]:
    """The answer in words."""
    return [
        *([answer.statement, ""] if answer.statement else []),
        _size(answer),
        _exactness(answer),
        *_totals(answer),
        *_lost(answer),
        *_links(answer),
        *_names("Most delay, by street:", answer.worst_streets),
        *_names("Delay by suburb:", answer.suburbs[:_SHOWN]),
        *(line for selected in answer.select_link for line in _selected(selected)),
        *_compared(answer),
        *(f"Note: {note}" for note in answer.notes),
        *(f"Written: {path}" for path in answer.written),
    ]


def _size(answer: Assignment) -> str:
    trips = answer.trips
    classes = f" of {len(answer.classes)} classes" if len(answer.classes) > 1 else ""
    shut = f", {answer.links_shut:,} of them shut to some or all" if answer.links_shut else ""
    within = f" (and {trips.within_zones:,.1f} within zones)" if trips.within_zones else ""
    streets = f"{answer.network}: {counted(answer.links, 'link')}{shut}, {counted(answer.zones, 'zone')}"
    return f"{streets}, {trips.on_the_streets:,.1f} trips an hour{classes}{within}, in passenger car units."


def _exactness(answer: Assignment) -> str:
    excess = f"average excess cost {answer.average_excess_cost:.2e}{_unit(answer)}"
    done = f"relative gap {answer.relative_gap:.2e}, {excess}, after {answer.sweeps} sweeps in {answer.seconds:.2f} s."
    if answer.reached:
        return f"{_AIMS[answer.aim]}: {done}"
    why = "Stopped by Ctrl-C" if answer.stopped else "The gap was not reached"
    return f"{why}: {done} Asked was {answer.gap_asked:.2g}. Go on with --save FILE, then --start FILE."


def _totals(answer: Assignment) -> list[str]:
    mean = f", {answer.mean_time:,.4g}{_unit(answer)} a trip" if answer.mean_time is not None else ""
    time = _vehicle_time(answer.total_time, answer.total_time_vehicle_hours)
    delay = _vehicle_time(answer.total_delay, answer.total_delay_vehicle_hours)
    return [f"Objective {answer.objective:.15g}.", f"Total time {time}{mean}; of this delay {delay}."]


def _lost(answer: Assignment) -> list[str]:
    if not answer.lost:
        return ["Every trip has a route."]
    several = len(answer.classes) > 1
    return [
        f"{answer.trips.lost:,.1f} trips an hour between {len(answer.lost):,} pairs of zones have no route:",
        *(
            f"  {row.start} to {row.end}: {row.trips:,.1f}" + (f" ({row.user_class})" if several else "")
            for row in sorted(answer.lost, key=lambda row: -row.trips)[:_SHOWN]
        ),
        *([f"  and {len(answer.lost) - _SHOWN:,} more pairs"] if len(answer.lost) > _SHOWN else []),
    ]


def _links(answer: Assignment) -> list[str]:
    rows = answer.worst_links
    if not rows:
        return []
    head = [*_delay_head(rows), "flow, pcu/h", f"time{_unit(answer, ', ')}", f"empty{_unit(answer, ', ')}"]
    cells = [[row.link, *_delay_cells(row), f"{row.flow:,.1f}", f"{row.time:,.4g}", f"{row.free_time:,.4g}"] for row in rows]
    return ["Most delay, by link:", *aligned(head, cells)]


def _names(title: str, rows: Sequence[NameDelay]) -> list[str]:
    return [title, *aligned(_delay_head(rows), [[row.name, *_delay_cells(row)] for row in rows])] if rows else []


def _delay_head(rows: Sequence[LinkDelay | NameDelay]) -> list[str]:
    known = rows[0].delay_vehicle_hours is not None
    return ["", "delay, vehicle h" if known else "delay", "flow / capacity"]


def _delay_cells(row: LinkDelay | NameDelay) -> list[str]:
    delay = row.delay if row.delay_vehicle_hours is None else row.delay_vehicle_hours
    return [f"{delay:,.1f}", f"{row.saturation:.2f}"]


def _selected(selected: SelectedLink) -> list[str]:
    lines = [f"{selected.called}: {selected.trips:,.1f} trips an hour drive over it, if routes are used in proportion."]
    rows = [(f"{row.start} to {row.end}", f"{row.trips:,.1f}") for row in selected.pairs[:_SHOWN]]
    return [*lines, *aligned(("most of them", "trips"), rows)] if rows else lines


def _compared(answer: Assignment) -> list[str]:
    change = answer.compared
    if change is None:
        return []
    time = _vehicle_time(change.total_time, change.total_time_vehicle_hours, sign="+")
    delay = _vehicle_time(change.total_delay, change.total_delay_vehicle_hours, sign="+")
    lines = [f"Compared with the saved solution: total time {time}, delay {delay}, lost trips {change.lost_trips:+,.1f}."]
    rows = [(row.link, f"{row.flow:+,.1f}", f"{row.time:+,.4g}") for row in change.links]
    return [*lines, *aligned(("flow changes most", "pcu/h", f"time{_unit(answer, ', ')}"), rows)] if rows else lines


def _vehicle_time(value: float, vehicle_hours: float | None, sign: str = "") -> str:
    return f"{value:{sign},.4f}" if vehicle_hours is None else f"{vehicle_hours:{sign},.1f} vehicle hours"


def _unit(answer: Assignment, before: str = " ") -> str:
    """The unit of time where the network names it."""
    unit = answer.units["time"]
    return f"{before}{unit}" if len(unit) <= len("min") else ""
