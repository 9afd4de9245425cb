"""Addresses of an OpenStreetMap extract: house numbers, and buildings that have none.

A house number stands where it is drawn; one on a building stands at the building's entrance, where the file knows it, else in
its middle. A building of 50 square metres or more, with no house number on it or in it, is an address too: people may be in
it. Sheds, garages and roofs are not.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from clearway.network.classes import class_mask
from clearway.network.importers.fronts import NEAREST_WITHIN_M, Lines, fronts
from clearway.network.importers.osm_values import level, street_name

if TYPE_CHECKING:
    from clearway.network.build import NetworkDraft
    from clearway.network.importers.osm_features import AreaRecord
    from clearway.network.importers.osm_source import OsmData
    from clearway.network.importers.osm_split import Pieces
    from clearway.network.model import Bools, Longs

BUILDING_FROM_M2 = 50.0
"""A small house; what is smaller is a shed even where nobody tagged it so."""
_EMERGENCY = class_mask(["emergency"])


def add_addresses(draft: NetworkDraft, data: OsmData, pieces: Pieces, permit: Longs) -> dict[str, Any]:
    """Add the areas to the draft, and every address tied to the way it fronts.

    Args:
        draft: The network in the making; its ways are the pieces, in order.
        data: The file.
        pieces: The pieces of its ways.
        permit: (2 K,) classes of each arc.

    Returns:
        How many addresses are house numbers, how many are buildings without one, and what was ignored by reason.
    """
    for area in data.areas:
        if area.kind:
            draft.area(area.kind, area.ring(), name=area.name)
    numbers = [(number.label, number.street, number.lon, number.lat) for number in data.house_numbers]
    numbers += [(area.number.label, area.number.street, *_door(area, data)) for area in data.areas if area.number]
    bare = _buildings_without_number(data, [(lon, lat) for _, _, lon, lat in numbers])
    buildings = [(area.name or f"Building {area.id}", None, *_door(area, data)) for area in bare]
    ignored = _tie(draft, [*numbers, *buildings], data, pieces, permit)
    return {"house_numbers": len(numbers), "buildings": len(buildings), "ignored": dict(ignored)}


def _door(area: AreaRecord, data: OsmData) -> tuple[float, float]:
    entrances = [data.entrances[ref] for ref, _, _ in area.nodes if ref in data.entrances]
    return max(entrances)[1:] if entrances else area.middle()


def _buildings_without_number(data: OsmData, numbers: list[tuple[float, float]]) -> list[AreaRecord]:
    candidates = [area for area in data.areas if area.kind == "building" and area.of_note and not area.number]
    candidates = [area for area in candidates if area.ground_m2() >= BUILDING_FROM_M2]
    if not candidates or not numbers:
        return candidates
    rings = shapely.STRtree([shapely.Polygon(area.ring()) for area in candidates])
    numbered = set(rings.query(shapely.points(np.array(numbers)), predicate="intersects")[1].tolist())
    return [area for row, area in enumerate(candidates) if row not in numbered]


def _tie(
    draft: NetworkDraft,
    addresses: list[tuple[str, str | None, float, float]],
    data: OsmData,
    pieces: Pieces,
    permit: Longs,
) -> Counter[str]:
    names = [street_name(data.way_tags[way]) for way in pieces.way.tolist()]
    lines = Lines(pieces.lon, pieces.lat, pieces.first, pieces.last, names, pieces.length_m())
    at = np.array([address[2:] for address in addresses]).reshape(-1, 2)
    found = fronts(lines, _may_be_fronted(data, pieces, permit), at, [street for _, street, _, _ in addresses])
    ignored: Counter[str] = Counter()
    columns = (found.line.tolist(), found.offset_m.tolist(), found.side.tolist())
    for (label, _, lon, lat), way, offset, side in zip(addresses, *columns, strict=True):
        if way < 0:
            ignored[f"address farther than {NEAREST_WITHIN_M:.0f} m from any street"] += 1
        else:
            draft.address(way, offset, side=side, at=(lon, lat), label=label)
    return ignored


def _may_be_fronted(data: OsmData, pieces: Pieces, permit: Longs) -> Bools:
    ways, row = np.unique(pieces.way, return_inverse=True)
    tags = [data.way_tags[way] for way in ways.tolist()]
    plain = np.array([level(each) >= 0 and not each["highway"].startswith("motorway") for each in tags], np.bool_)
    usable: Bools = plain[row] & ((permit[0::2] | permit[1::2]) & _EMERGENCY > 0)
    return usable
