"""The seal: a plain search from outside, with the barriers standing, must never enter the site."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.planning.cordon.check.network_reading import NetworkReading

    State = tuple[int, int]  # (way, part) or (-1, junction)

_NOWHERE_M = 1e-6
"""A part of a way shorter than this is a point, which is neither inside nor outside."""


def seal_problems(reading: NetworkReading, plan: dict[str, Any]) -> list[str]:
    """What is wrong with the seal; empty where nothing is."""
    barriers: dict[int, list[float]] = {}
    problems = []
    for barrier in plan["barriers"]:
        for way, at_m in zip(barrier["way_indexes"], barrier["at_m"], strict=True):
            if not 0 <= way < reading.network.way_count:
                return [f"Barrier {barrier['number']} stands on way {way}, which is not in the network."]
            if reading.is_site(way, at_m, at_m):
                problems.append(f"Barrier {barrier['number']} stands inside the site.")
            barriers.setdefault(way, []).append(float(at_m))
    street = _Search(reading, barriers).way_in()
    if street is not None:
        problems.append(f"A way in is left: {street} leads from outside into the site past every barrier.")
    return problems


def open_problems(reading: NetworkReading, plan: dict[str, Any]) -> list[str]:
    """Which streets that are to stay open a plan's barriers stand on, or cut off from outside; empty where none.

    Cut off is what was reached before any barrier stood, be it through the site, and no longer is.
    """
    asked = dict.fromkeys(int(way) for way in reading.question["keep_open"])
    if not asked:
        return []
    barriers: dict[int, list[float]] = {}
    for barrier in plan["barriers"]:
        for way, at_m in zip(barrier["way_indexes"], barrier["at_m"], strict=True):
            barriers.setdefault(int(way), []).append(float(at_m))
    lost = set(_Search(reading, {}).entered()) - set(_Search(reading, barriers).entered())
    problems = []
    for way in asked:
        if not 0 <= way < reading.network.way_count:
            raise ValueError(f"way {way} to be kept open")
        called = reading.network.street(way) or f"An unnamed street (way {way})"
        ends = {(-1, int(end[way])) for end in (reading.network.way_tail, reading.network.way_head)}
        if way in barriers:
            problems.append(f"{called} is to stay open; a barrier stands on it.")
        elif any(state[0] == way or state in ends for state in lost):
            problems.append(f"{called} is to stay open; the barriers cut it off from outside.")
    return problems


def idle_barriers(reading: NetworkReading, plan: dict[str, Any]) -> list[int]:
    """Numbers of barriers without any of which the site is sealed as well."""
    idle = []
    for one in plan["barriers"]:
        others: dict[int, list[float]] = {}
        for barrier in plan["barriers"]:
            if barrier is not one:
                for way, at_m in zip(barrier["way_indexes"], barrier["at_m"], strict=True):
                    others.setdefault(int(way), []).append(float(at_m))
        if _Search(reading, others).way_in() is None:
            idle.append(int(one["number"]))
    return idle


class _Search:
    def __init__(self, reading: NetworkReading, barriers: dict[int, list[float]]) -> None:
        self._reading, self._network = reading, reading.network
        self._cuts = {int(way): sorted({*barriers.get(int(way), []), *reading.walls(int(way))}) for way in reading.near}
        self._ways_at: dict[int, list[int]] = {}
        for way in self._cuts:
            for end in {int(self._network.way_tail[way]), int(self._network.way_head[way])}:
                self._ways_at.setdefault(end, []).append(way)

    def way_in(self) -> str | None:
        """The street by which the search enters the site, None where it does not."""
        return next((self._street(state) for state in self.entered() if self._is_site(state)), None)

    def entered(self) -> Iterator[State]:
        """All that the search comes to, one after another."""
        outside = self._reading.corner_outside
        queue: deque[State] = deque((-1, corner) for corner in self._ways_at if outside[corner])
        for way, cuts in self._cuts.items():
            parts = (part for part in range(len(cuts) + 1) if self._is_outside(way, part))
            queue.extend((way, part) for part in parts)
        seen = set(queue)
        while queue:
            state = queue.popleft()
            yield state
            for following in self._following(state):
                if following not in seen:
                    seen.add(following)
                    queue.append(following)

    def _following(self, state: State) -> list[State]:
        network, (along, against) = self._network, self._reading.permits
        way, index = state
        if way < 0:
            here = self._ways_at.get(index, [])
            into = [(other, 0) for other in here if network.way_tail[other] == index and along[other]]
            return into + [(way, len(self._cuts[way])) for way in here if network.way_head[way] == index and against[way]]
        reached: list[State] = []
        if index == len(self._cuts[way]) and along[way]:
            reached.append((-1, int(network.way_head[way])))
        if index == 0 and against[way]:
            reached.append((-1, int(network.way_tail[way])))
        return reached

    def _span(self, way: int, part: int) -> tuple[float, float]:
        bounds = [0.0, *self._cuts[way], float(self._network.way_length_m[way])]
        return bounds[part], bounds[part + 1]

    def _is_outside(self, way: int, part: int) -> bool:
        """Whether a part is named as outside, or lies beyond the radius though both barriers that bound it stand on its way."""
        low, high = self._span(way, part)
        return high - low > _NOWHERE_M and self._reading.is_outside(way, low, high)

    def _is_site(self, state: State) -> bool:
        way, index = state
        if way < 0:
            return bool(self._reading.corner_site[index])
        low, high = self._span(way, index)
        return high - low > _NOWHERE_M and self._reading.is_site(way, low, high)

    def _street(self, state: State) -> str:
        way = state[0] if state[0] >= 0 else self._ways_at[state[1]][0]
        return self._network.street(way) or f"an unnamed street (way {int(np.int64(way))})"
