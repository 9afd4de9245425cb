"""Every drive to and from a point driven again, and what all of them share."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from clearway.planning.access.check.network_reading import NEVER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.planning.access.check.claim import StationClaim
    from clearway.planning.access.check.network_reading import NetworkReading
    from clearway.planning.access.check.paths import Flaws

_FEWEST = 2
"""Drives of which one may be blocked."""
_MILLIMETRE = 1e-3
"""Metres: a shorter stretch is nobody's road block."""

Span = tuple[float, float]


def check_drives(
    reading: NetworkReading,
    point: dict[str, Any],
    stations: Sequence[StationClaim],
    hospitals: Sequence[StationClaim],
    flaws: Flaws,
) -> None:
    """Judge the drives of one point."""
    called, corner = str(point["id"]), int(point["junction"])
    for side, places in (("in", stations), ("out", hospitals)):
        drives = point[side]
        if len(drives) < _FEWEST:
            flaws.add(
                f"few {side}", f"{called} has fewer than two drives {'from stations' if side == 'in' else 'to hospitals'}"
            )
        spans = []
        for number, drive in enumerate(drives, 1):
            says, span = _driven(reading, drive, places, corner, ends=side == "in")
            spans.append(span)
            if says:
                flaws.add(says, f"Drive {number} {'to' if side == 'in' else 'from'} {called} {says}")
        if spans and (way := _shared(spans)) is not None:
            flaws.add(f"shared {side}", f"All drives {'to' if side == 'in' else 'from'} {called} take way {way}")


def _driven(  # noqa: PLR0911 - one for each thing that may be wrong
    reading: NetworkReading, drive: dict[str, Any], places: Sequence[StationClaim], corner: int, *, ends: bool
) -> tuple[str, dict[int, Span]]:
    """What is wrong with one drive, and by way between which metres it runs."""
    streets = reading.streets
    arcs = [int(arc) for arc in drive["arcs"]]
    if not arcs or not all(0 <= arc < len(streets.tail) for arc in arcs) or not 0 <= int(drive["place"]) < len(places):
        return "has no arcs, or some of no street", {}
    place = places[int(drive["place"])]
    part, whole = (arcs[0], arcs[1:]) if ends else (arcs[-1], arcs[:-1])
    spans = {arc >> 1: (0.0, float(streets.length[arc])) for arc in whole}
    if part >> 1 != place.way:
        return f"does not {'begin' if ends else 'end'} at {place.name}", spans
    far = float(streets.length[part]) if (part % 2 == 0) is ends else 0.0
    spans.setdefault(place.way, (min(place.at_m, far), max(place.at_m, far)))
    if (streets.head[arcs[-1]] if ends else streets.tail[arcs[0]]) != corner:
        return "does not lead to the point's corner" if ends else "does not set out from the point's corner", spans
    if any(streets.head[one] != streets.tail[other] for one, other in pairwise(arcs)):
        return "has a gap", spans
    if any(not streets.permitted[arc] for arc in arcs):
        return "goes where the class may not drive", spans
    if any(not reading.passable[arc] for arc in whole):
        return "goes through an obstacle or a closure", spans
    if not all(streets.turn_allowed(arcs[: index + 1]) for index in range(1, len(arcs))):
        return "makes a forbidden turn", spans
    if ends:
        own = reading.seed(place, part)
    else:
        to = int(reading.to_ms(np.array([part]), np.array([place.at_m]))[0])
        own = None if to >= NEVER else to
    if own is None:
        return f"cannot {'leave' if ends else 'come to'} {place.name}: something stands in the street", spans
    due = own + int(reading.whole_ms[whole].sum()) if whole else own
    return (f"does not add up: {due} ms, not {drive['ms']}" if due != drive["ms"] else ""), spans


def _shared(spans: Sequence[dict[int, Span]]) -> int | None:
    """A way of which a stretch is on all drives; None where there is none."""
    for way in set.intersection(*(set(one) for one in spans)):
        if min(one[way][1] for one in spans) - max(one[way][0] for one in spans) > _MILLIMETRE:
            return way
    return None
