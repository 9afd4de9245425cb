"""The maps of a plan's papers: the whole of it, one for each gate, one for each stage, and the detours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from clearway.network.geometry import flat_scale
from clearway.publish.plan.map import Mark, Sheet, Trace, drawn
from clearway.publish.plan.shape import Drawn

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from clearway.planning.plan.march.contract import MarchAnswer
    from clearway.publish.plan.known import Known
    from clearway.publish.plan.map import Position
    from clearway.record.kinds.plans import PlannedBarrier, Stage

_GATE_REACH_M = 80.0
"""On each side of a gate: who stands there sees the next corners, and barriers beside one another stand apart."""
_CORNER_M = 50.0
"""Gates no farther apart share a map: each of them is well within it."""
_FEW = 4
"""Maps of gates that stand two beside one another; more stand three."""
_WHOLE = (520.0, 590.0)
_HALF = (520.0, 370.0)
_SMALL = (256.0, 145.0)
_THIRD = (172.0, 150.0)
_CARD = (260.0, 180.0)
_WIDE = (520.0, 300.0)
_LOW = (520.0, 250.0)
_FLAT = (520.0, 190.0)
"""Widths and heights of maps, user units."""
_SHORT = 8
"""Letters of a march's id that stand beside its line."""
MANY = 20
"""More barriers or signs than a low map has room for."""


def shortest(name: str) -> str:
    """A name as there is room for it on a map.

    >>> shortest("M1"), shortest("Grand parade")
    ('M1', 'Grand p…')
    """
    return name if len(name) <= _SHORT else f"{name[: _SHORT - 1]}…"


def whole_map(known: Known) -> Drawn | None:
    """The whole plan: ground, barriers, gates, handover points, posts away from gates, routes."""
    plan = known.plan
    caption = (
        "Bars: barriers. Rings: gates. Crosses: handover of casualties. Diamonds: posts away from gates. Lines across: ground "
        "that people hold; thick dots: occupied streets. Drawn through: kept free; dashes and dots: on foot."
    )
    marks = (*_barriers(known, plan.barriers), *_handovers(known), *_posts(known))
    marches = tuple(Trace(_line(one.line), "detour", shortest(one.id)) for one in known.marches)
    if marches:
        caption += " Dashed with arrows: march."
    ground = (spot for area in known.plan.site for spot in _line(area.ring))
    shows = (*(mark.at for mark in marks), *ground) or tuple(spot for trace in marches for spot in trace.line)
    size = _WHOLE if len(marks) > MANY else _HALF
    return _map(known, caption, marks, traces=(*_routes(known), *marches), size=size, shows=shows)


def march_map(known: Known, march: MarchAnswer) -> Drawn | None:
    """The route of a march, and the crossings that an ambulance can use between head and tail."""
    line = _line(march.line)
    crossings = (Mark("post", (one.lon, one.lat), one.id) for one in march.crossings)
    marks = (*_barriers(known, known.plan.barriers, named=False), *crossings)
    caption = f"March {march.id} (dashed, arrows as it walks). Diamonds: crossings."
    return _map(known, caption, marks, traces=(Trace(line, "detour"),), size=_FLAT, shows=line)


def leaflet_map(known: Known) -> Drawn | None:
    """Where the gates are, for people who live there."""
    barriers = tuple(_barriers(known, known.plan.barriers))
    return _map(
        known,
        "Rings: gates. Bars: no way through by car. Lines across: ground that people hold.",
        barriers,
        size=_LOW if len(barriers) <= MANY else _WHOLE,
    )


def gate_map(known: Known, gate: PlannedBarrier) -> Drawn | None:
    """The block round a gate, for its card."""
    spots = known.spots.get(gate.id)
    if not spots:
        return None
    return _block(known, f"Gate {known.called(gate.id)}: {known.where(gate.place)}", [spots[0].at], _CARD)


def gate_maps(known: Known) -> tuple[int, tuple[Drawn | None, ...]]:
    """A map of the block round each gate, one for gates at one corner; and how many of them stand beside one another."""
    corners: list[list[PlannedBarrier]] = []
    lost: list[Drawn | None] = []
    for gate in (one for one in known.plan.barriers if one.is_gate):
        if not known.spots.get(gate.id):
            lost.append(None)
            continue
        beside = (corner for corner in corners if _metres(known, corner[0], gate) <= _CORNER_M)
        corner = next(beside, None)
        if corner is None:
            corners.append([gate])
        else:
            corner.append(gate)
    across, size = (2, _SMALL) if len(corners) <= _FEW else (3, _THIRD)
    maps = [
        _block(
            known,
            f"Gate{'s' if len(corner) > 1 else ''} "
            + "; ".join(f"{known.called(one.id)}: {known.where(one.place)}" for one in corner),
            [known.spots[one.id][0].at for one in corner],
            size,
        )
        for corner in corners
    ]
    return across, (*maps, *lost)


def _metres(known: Known, one: PlannedBarrier, other: PlannedBarrier) -> float:
    first, second = known.spots[one.id][0].at, known.spots[other.id][0].at
    return float(np.hypot(*((np.array(first) - second) * np.array(flat_scale(first[1])))))


def _block(known: Known, caption: str, spots: Sequence[Position], size: tuple[float, float]) -> Drawn | None:
    """The ground round some spots, as far as who stands there sees."""
    east, north = np.array([_GATE_REACH_M, _GATE_REACH_M]) / flat_scale(spots[0][1])
    lons, lats = [lon for lon, _ in spots], [lat for _, lat in spots]
    middle = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
    shows = ((middle[0] - east, middle[1] - north), (middle[0] + east, middle[1] + north), *spots)
    return _map(known, caption, (*_barriers(known, known.plan.barriers), *_handovers(known)), size=size, shows=shows)


def stage_maps(known: Known) -> Iterator[tuple[tuple[Stage, ...], Drawn | None]]:
    """A map for each stage but those in which all barriers stand; stages in which the same ones stand share one."""
    groups: dict[tuple[str, ...], list[Stage]] = {}
    for stage in known.plan.stages:
        standing = tuple(one.id for one in known.plan.barriers if _stands_in(one, stage))
        groups.setdefault(standing, []).append(stage)
    groups.pop(tuple(one.id for one in known.plan.barriers), None)
    size = _WHOLE if len(known.plan.barriers) > MANY else _SMALL if len(groups) > 1 else _LOW
    for ids, stages in groups.items():
        named = ", ".join(stage.phase.replace("_", " ") for stage in stages)
        shown = [one for one in known.plan.barriers if one.id in ids]
        everything = tuple(spot.at for spots in known.spots.values() for spot in spots)
        caption = f"Stage {named}" if len(stages) == 1 else f"Stages {named}: the same barriers stand"
        yield tuple(stages), _map(known, caption, tuple(_barriers(known, shown)), size=size, shows=everything)


def detour_maps(known: Known) -> Iterator[Drawn | None]:
    """The main detour of each movement, and where drivers are warned; of many signs also the ground round them alone."""
    if known.detours is None:
        return
    main = [one.detours[0] for one in known.detours.general.movements if one.detours and one.detours[0].line]
    traces = tuple(Trace(_line(one.line), "detour") for one in main if one.line and len(one.line) > 1)
    marks = tuple(Mark("warn", (one.lon, one.lat), f"W{number}") for number, one in enumerate(known.detours.general.warn, 1))
    everything = tuple(spot for trace in traces for spot in trace.line) + tuple(mark.at for mark in marks)
    barriers = tuple(_barriers(known, known.plan.barriers, named=False))
    caption = "Detours (dashed, arrows as traffic drives)"
    if len(marks) <= MANY:
        caption += " and where drivers are warned (W)"
        yield _map(known, caption, (*barriers, *marks), traces=traces, size=_WIDE, shows=everything) if everything else None
        return
    yield _map(known, f"{caption}. Bars: barriers; rings: gates.", barriers, traces=traces, size=_WHOLE, shows=everything)
    near = tuple(mark.at for mark in (*barriers, *marks))
    yield _map(
        known, "Where drivers are warned (W). Bars: barriers; rings: gates.", (*barriers, *marks), size=_WHOLE, shows=near
    )


def foot_of(known: Known) -> str:
    """Date and version, as they stand below every map."""
    return f"{known.plan.plan}, version {known.plan.version}, {known.time(known.made)}"


def _map(
    known: Known,
    caption: str,
    marks: tuple[Mark, ...],
    *,
    size: tuple[float, float],
    traces: tuple[Trace, ...] = (),
    shows: tuple[Position, ...] = (),
) -> Drawn | None:
    if known.gazetteer is None:
        return None
    occupied = tuple(Trace(_line(line), "occupied") for line in known.plan.occupied)
    site = tuple(tuple((lon, lat) for lon, lat, *_ in area.ring) for area in known.plan.site)
    sheet = Sheet(
        title=caption, foot=foot_of(known), marks=marks, traces=(*occupied, *traces), site=site, shows=shows, width=size[0],
        height=size[1],
    )  # fmt: skip
    svg = drawn(known.gazetteer.network, sheet)
    return None if svg is None else Drawn(caption=caption, svg=svg)


def _barriers(known: Known, barriers: Iterable[PlannedBarrier], *, named: bool = True) -> Iterator[Mark]:
    for one in barriers:
        for number, spot in enumerate(known.spots.get(one.id, ())):
            label = known.sign(one.id) if named and number == 0 else ""
            yield Mark("gate" if one.is_gate else "barrier", spot.at, label, spot.along)


def _handovers(known: Known) -> Iterator[Mark]:
    for one in known.plan.handover:
        if spot := known.spot_of(one.place):
            yield Mark("handover", spot, one.id)


def _posts(known: Known) -> Iterator[Mark]:
    """Posts that stand at no barrier: one at a gate is where the gate is."""
    at_barriers = {one.place.model_dump_json() for one in known.plan.barriers}
    for one in known.plan.posts:
        if one.place.model_dump_json() not in at_barriers and (spot := known.spot_of(one.place)):
            yield Mark("post", spot, one.id)


def _routes(known: Known) -> Iterator[Trace]:
    """Routes of the plan other than detours, which have a map of their own."""
    if known.gazetteer is None:
        return
    network = known.gazetteer.network
    for route in known.plan.routes:
        if route.purpose == "detour":
            continue
        labelled: Collection[str] = ()
        for place in route.along:
            for way in known.gazetteer.of(place).ways:
                line = _line(network.geometry(way).tolist())
                yield Trace(line, "walking" if route.purpose == "walking" else "kept", "" if labelled else route.id)
                labelled = (route.id,)


def _stands_in(barrier: PlannedBarrier, stage: Stage) -> bool:
    """Whether a barrier stands at some moment of a stage."""
    starts_in = barrier.starts is None or stage.ends is None or barrier.starts < stage.ends
    ends_in = barrier.ends is None or stage.starts is None or barrier.ends > stage.starts
    return starts_in and ends_in


def _line(line: Iterable[Iterable[float]]) -> tuple[Position, ...]:
    return tuple((float(lon), float(lat)) for lon, lat, *_ in line)
