"""An assignment as an answer, and as a table of all links."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from clearway.assignment.results.delays import delay_by
from clearway.assignment.results.difference import difference, link_delay
from clearway.assignment.results.select_link import select_link
from clearway.assignment.results.travel_times import hours
from clearway.files import writing
from clearway.planning.traffic.assign.contract import (
    Assignment,
    Change,
    LinkChange,
    LinkDelay,
    NameDelay,
    PairTrips,
    SelectedLink,
    Sweep,
    Trips,
    ZoneTrips,
)
from clearway.tables import CsvWriter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from clearway.assignment.results.delays import NamedDelay
    from clearway.assignment.solution import Solution
    from clearway.network.model import Bools, Floats
    from clearway.planning.traffic.assign.case import AssignmentCase

_ROWS_SHOWN = 10
"""Of each list: as many as fit on a screen."""
_LEAST_CHANGE_PCU_H = 0.5
"""Less than half a vehicle an hour is no change that anybody can count."""


def assignment_answer(
    case: AssignmentCase,
    solution: Solution,
    *,
    gap: float,
    selected: Mapping[str, Sequence[int]] | None = None,
    before: Solution | None = None,
    most: int = _ROWS_SHOWN,
) -> Assignment:
    """An assignment as an answer.

    Args:
        case: What was assigned on.
        solution: The assignment.
        gap: The relative gap that was asked for.
        selected: Links whose trips are asked for, by what they are called.
        before: Another assignment to compare with.
        most: How many links, streets and suburbs to list.

    Raises:
        BadTraffic: ``before`` is of another network.
    """
    problem, unit = solution.problem, solution.problem.time_unit
    within = float(np.einsum("kzz->", solution.trips.trips))
    going = solution.trips.total - within - solution.lost_trips
    return Assignment(
        network=problem.name,
        aim=solution.aim,
        units=_units(unit),
        statement=solution.trips.statement,
        classes=problem.class_names,
        zones=problem.zone_count,
        links=problem.link_count,
        links_shut=_shut_links(solution),
        trips=Trips(asked=solution.trips.total, within_zones=within, on_the_streets=going, lost=solution.lost_trips),
        gap_asked=gap,
        relative_gap=solution.gap,
        average_excess_cost=solution.excess,
        reached=solution.reached,
        sweeps=len(solution.steps),
        seconds=solution.steps[-1].seconds if solution.steps else 0.0,
        objective=solution.objective,
        total_cost=solution.total_cost,
        total_time=solution.total_time,
        total_delay=solution.total_delay,
        total_time_vehicle_hours=hours(solution.total_time, unit),
        total_delay_vehicle_hours=hours(solution.total_delay, unit),
        mean_time=solution.total_time / going if going > 0 else None,
        lost=tuple(_pair(solution, (lost.user_class, lost.start, lost.end), lost.trips) for lost in solution.lost),
        worst_links=_worst_links(case, solution, most),
        worst_streets=tuple(_named(case, row) for row in delay_by(solution, case.streets)[:most]) if case.streets else (),
        suburbs=tuple(_named(case, row) for row in delay_by(solution, case.suburbs)) if any(case.suburbs) else (),
        steps=tuple(Sweep(**asdict(step)) for step in solution.steps),
        notes=(*case.notes, *solution.notes),
        select_link=tuple(selected_answer(case, solution, links, word) for word, links in (selected or {}).items()),
        compared=compared_answer(case, before, solution) if before else None,
    )


def selected_answer(case: AssignmentCase, solution: Solution, links: Sequence[int], word: str) -> SelectedLink:
    """The trips that use some links, most first."""
    problem, selected = solution.problem, select_link(solution, links)
    order = np.argwhere(selected.trips > 0)
    rows = sorted(((float(selected.trips[tuple(at)]), *at.tolist()) for at in order), reverse=True)
    return SelectedLink(
        called=word,
        links=tuple(problem.link_label(link) for link in selected.links),
        ids=tuple(case.ids[link] for link in selected.links),
        trips=selected.total,
        by_origin=_by_zone(solution, selected.by_origin),
        by_destination=_by_zone(solution, selected.by_destination),
        pairs=tuple(_pair(solution, (user, start, end), trips) for trips, user, start, end in rows),
    )


def compared_answer(case: AssignmentCase, before: Solution, after: Solution, *, most: int = _ROWS_SHOWN) -> Change:
    """What an assignment has more than another, and the links where that is most.

    Raises:
        BadTraffic: they are of different networks.
    """
    change, unit = difference(before, after), after.problem.time_unit
    worst = np.argsort(-np.abs(change.flow), kind="stable")[:most].tolist()
    return Change(
        total_time=change.total_time,
        total_delay=change.total_delay,
        total_time_vehicle_hours=hours(change.total_time, unit),
        total_delay_vehicle_hours=hours(change.total_delay, unit),
        lost_trips=change.lost_trips,
        links=tuple(
            LinkChange(
                id=case.ids[link],
                link=after.problem.link_label(link),
                flow=float(change.flow[link]),
                time=float(change.time[link]),
                delay=float(change.delay[link]),
            )
            for link in worst
            if abs(change.flow[link]) >= _LEAST_CHANGE_PCU_H
        ),
    )


def write_links_csv(path: Path, case: AssignmentCase, solution: Solution) -> None:
    """Write every link with its flow, time, delay and saturation, and its flow of each class where there are several.

    Raises:
        BadFile: the file cannot be written.
    """
    problem = solution.problem
    classes = problem.class_names if problem.class_count > 1 else ()
    by_class = [_class_flow(solution, user) for user in range(len(classes))]
    open_ = _open_links(solution)
    columns: dict[str, Any] = {
        "id": case.ids,
        "link": [problem.link_label(link) for link in range(problem.link_count)],
        "flow": solution.link_flow.tolist(),
        "time": solution.link_time.tolist(),
        "free_time": problem.costs.free.tolist(),
        "capacity": problem.costs.capacity.tolist(),
        "saturation": solution.saturation.tolist(),
        "delay": link_delay(solution).tolist(),
        "shut": [int(not one) for one in open_.tolist()],
    } | {f"flow_{name}": flow.tolist() for name, flow in zip(classes, by_class, strict=True)}
    with writing(path) as file:
        writer = CsvWriter(file)
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))


def _units(unit: str) -> dict[str, str]:
    time = unit or "unit of time of the network's file"
    return {
        "flow": "passenger car units an hour",
        "trips": "passenger car units an hour",
        "time": time,
        "average_excess_cost": time,
        "objective": f"passenger car units an hour x {time}",
        "total_time": f"passenger car units an hour x {time}",
        "total_delay": f"passenger car units an hour x {time}",
        "total_cost": f"passenger car units an hour x {time}, tolls counted as time",
        "saturation": "flow by capacity",
        "seconds": "s",
    }


def _open_links(solution: Solution) -> Bools:
    """(L,) whether any class may drive a link."""
    problem = solution.problem
    return np.bincount(problem.edge_link[~problem.edge_shut], minlength=problem.link_count) > 0


def _shut_links(solution: Solution) -> int:
    """Links with an edge that is shut."""
    problem = solution.problem
    return len(np.unique(problem.edge_link[problem.edge_shut]))


def _pair(solution: Solution, at: tuple[int, int, int], trips: float) -> PairTrips:
    problem, (user_class, start, end) = solution.problem, at
    names = problem.zone_names
    return PairTrips(user_class=problem.class_names[user_class], start=names[start], end=names[end], trips=trips)


def _worst_links(case: AssignmentCase, solution: Solution, most: int) -> tuple[LinkDelay, ...]:
    delay = link_delay(solution)
    worst = np.argsort(-delay, kind="stable")[:most].tolist()
    return tuple(_link(case, solution, link, float(delay[link])) for link in worst if delay[link] > 0)


def _link(case: AssignmentCase, solution: Solution, link: int, delay: float) -> LinkDelay:
    problem = solution.problem
    return LinkDelay(
        id=case.ids[link],
        link=problem.link_label(link),
        flow=float(solution.link_flow[link]),
        time=float(solution.link_time[link]),
        free_time=float(problem.costs.free[link]),
        saturation=float(solution.saturation[link]),
        delay=delay,
        delay_vehicle_hours=hours(delay, problem.time_unit),
    )


def _named(case: AssignmentCase, row: NamedDelay) -> NameDelay:
    return NameDelay(
        name=row.name,
        links=len(row.links),
        delay=row.delay,
        delay_vehicle_hours=hours(row.delay, case.problem.time_unit),
        vehicle_time=row.vehicle_time,
        saturation=row.saturation,
        worst_link=case.problem.link_label(row.worst_link),
    )


def _by_zone(solution: Solution, table: Floats) -> tuple[ZoneTrips, ...]:
    """Zones with any of the trips, most first."""
    by_zone, names = table.sum(axis=0), solution.problem.zone_names
    order = np.argsort(-by_zone, kind="stable").tolist()
    return tuple(ZoneTrips(zone=names[zone], trips=float(by_zone[zone])) for zone in order if by_zone[zone] > 0)


def _class_flow(solution: Solution, user_class: int) -> Floats:
    problem = solution.problem
    mine = np.where(problem.edge_class == user_class, solution.edge_flow, 0.0)
    return np.bincount(problem.edge_link, weights=mine, minlength=problem.link_count).astype(np.float64)
