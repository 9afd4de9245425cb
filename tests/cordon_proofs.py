"""What forgeries of cordons read of a plan's proof and of its town, by code of their own."""

from __future__ import annotations

from collections import deque
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
import shapely

from clearway.network.classes import class_mask
from clearway.network.geometry import point_at

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator

    from random_cordons import Case

    Plan = dict[str, Any]
    Hop = tuple[int, int]  # a way, and the number of a spot along it
    Place = tuple[str, int, int]  # ("corner", junction, 0) or ("part", way, number)

pytestmark = pytest.mark.slow


def has_paths(plan: Plan) -> bool:
    return bool(plan["certificate"]["paths"])


def spots_of(plan: Plan, way: int) -> list[float]:
    offsets: list[float] = plan["certificate"]["spots"][str(way)]
    return offsets


def ends(case: Case, plan: Plan, way: int, spot: int) -> tuple[Place, Place]:
    """What lies before and behind a spot."""
    last = len(spots_of(plan, way)) - 1
    before = ("corner", int(case.network.way_tail[way]), 0) if spot == 0 else ("part", way, spot - 1)
    after = ("corner", int(case.network.way_head[way]), 0) if spot == last else ("part", way, spot)
    return before, after


def permitted(case: Case, way: int) -> tuple[bool, bool]:
    """Whether the shut classes may drive a way along and against, by its signs where they count."""
    shut = class_mask(case.question.shut)
    both = [bool(case.network.arc_permit[2 * way + side] & shut) for side in (0, 1)]
    return (both[0], both[1]) if case.question.trust_signs else (True, True)


def walls(case: Case, way: int) -> list[float]:
    """Offsets on a way of what holds back every class that is shut out."""
    network, shut = case.network, class_mask(case.question.shut)
    return [
        float(network.stop_offset_m[stop])
        for stop in range(len(network.stop_way))
        if network.stop_way[stop] == way
        and not shut & ~int(network.stop_blocks[stop])
        and (case.question.trust_signs or network.stop_kinds[network.stop_kind[stop]] in {"bollard", "bus_trap"})
    ]


def walled(case: Case, plan: Plan, hop: Hop) -> bool:
    return any(abs(wall - spots_of(plan, hop[0])[hop[1]]) < 0.01 for wall in walls(case, hop[0]))


def held(case: Case) -> set[int]:
    return set(case.question.stretches)


def in_site(case: Case, way: int) -> list[float]:
    """Offsets along a way well within the site."""
    length = float(case.network.way_length_m[way])
    if way in held(case):
        return [length / 2]
    if case.question.site is None or case.network.way_level[way]:
        return []
    ground = shapely.Polygon(case.question.site.model_dump()["coordinates"][0]).buffer(-1e-5)
    line = case.network.geometry(way)
    return [at_m for at_m in range(1, int(length)) if ground.contains(shapely.Point(point_at(line, float(at_m))))]


def near_site(case: Case, plan: Plan, way: int, spot: int) -> bool:
    """Whether what lies on either side of a spot touches the site."""
    touching = set(ends(case, plan, way, spot))
    around = {w for w in map(int, plan["certificate"]["spots"]) if in_site(case, w) or w in held(case) or touches(case, w)}
    corners = {("corner", int(end[w]), 0) for w in around for end in (case.network.way_tail, case.network.way_head)}
    return way in around or bool(touching & corners)


def touches(case: Case, way: int) -> bool:
    if case.question.site is None:
        return False
    ground = shapely.Polygon(case.question.site.model_dump()["coordinates"][0]).buffer(1e-6)
    return bool(ground.intersects(shapely.LineString(case.network.geometry(way))))


def is_outside(case: Case, plan: Plan, way: int, spot: int) -> bool:
    """Whether a spot lies where a path may start: at the edge of the data, or with a radius that may reach there."""
    corners = [end[1] for end in ends(case, plan, way, spot) if end[0] == "corner"]
    return case.question.radius_m < 1000 or any(case.network.junction_edge[at] for at in corners)


def hops_of(path: dict[str, Any]) -> list[Hop]:
    found: list[Hop] = []
    for step in path["steps"]:
        found += [(step[1], step[2])] if step[0] == "spot" else [tuple(hop) for hop in step[3]] if step[0] == "corner" else []
    return found


def chosen_path(plan: Plan, chance: random.Random, *, at_least: int) -> list[Hop] | None:
    """The hops of a path that is written spot by spot, made the only one with one unit; None where there is none so long."""
    paths = [
        path
        for path in plan["certificate"]["paths"] or ()
        if len(path["steps"]) >= at_least and all(step[0] == "spot" for step in path["steps"])
    ]
    if not paths:
        return None
    path = chance.choice(paths)
    path["amount"] = 1
    plan["certificate"]["paths"] = [path]
    return hops_of(path)


def corner_step(plan: Plan, chance: random.Random) -> list[Any] | None:
    found = [step for path in plan["certificate"]["paths"] or () for step in path["steps"] if step[0] == "corner" and step[3]]
    return chance.choice(found) if found else None


def arms_shared(case: Case, plan: Plan, junction: int, step: list[Any]) -> bool:
    """Whether a junction is one that a step's spots touch, or one at the other end of a short link."""
    at = {end[1] for hop in step[3] for end in ends(case, plan, *hop) if end[0] == "corner"}
    lon, lat = case.network.junction_lon, case.network.junction_lat
    return any(abs(lon[junction] - lon[one]) + abs(lat[junction] - lat[one]) < 0.001 for one in at)


def with_detour(case: Case, plan: Plan, chance: random.Random, wanted: Callable[[Hop], bool]) -> bool:
    """Lead a path over a spot of some kind and back again; whether one comes near enough to such a spot."""
    hops = chosen_path(plan, chance, at_least=2)
    if hops is None:
        return False
    for index, (before, after) in enumerate(pairwise(hops), start=1):
        shared = set(ends(case, plan, *before)) & set(ends(case, plan, *after))
        if len(shared) == 1 and (over := _detour(case, plan, shared.pop(), wanted)):
            steps = plan["certificate"]["paths"][0]["steps"]
            steps[index:index] = [["spot", *hop] for hop in (*over, *reversed(over))]
            return True
    return False


def _detour(case: Case, plan: Plan, start: Place, wanted: Callable[[Hop], bool]) -> list[Hop] | None:
    queue: deque[tuple[Place, list[Hop]]] = deque([(start, [])])
    while queue:
        place, over = queue.popleft()
        for hop in _around(case, plan, place):
            if wanted(hop):
                return [*over, hop]
            if len(over) < 3 and hop not in over and all(permitted(case, hop[0])) and not walled(case, plan, hop):
                first, second = ends(case, plan, *hop)
                queue.append((second if first == place else first, [*over, hop]))
    return None


def _around(case: Case, plan: Plan, place: Place) -> Iterator[Hop]:
    ways = [place[1]] if place[0] == "part" else map(int, plan["certificate"]["spots"])
    for way in ways:
        for spot in range(len(spots_of(plan, way))):
            if place in ends(case, plan, way, spot):
                yield way, spot
