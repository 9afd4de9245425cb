"""Questions for cordons that several tests ask: of random towns, and of Parliament in Wellington."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from clearway.network.classes import class_mask
from clearway.planning.cordon.planner.question import CordonQuestion

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType


CLASSES = ["service", "residential", "tertiary", "secondary", "primary"]


def grid_town(data: st.DataObject, kit: ModuleType, *, streets: int) -> Any:  # noqa: ANN401 - a Town of the kit
    """A random town: some streets of a grid of 3 by 2 corners, ways out at its ends, and frontage as it falls."""
    town = kit.Town()
    rise = data.draw(st.sampled_from([100, 100, 20]), label="rise")
    rows = [((x, y), (x + 100, y)) for x in (0, 100) for y in (0, rise)]
    columns = [((x, 0), (x, rise)) for x in (0, 100, 200)]
    exits = [((x, y), (x, y + side)) for x in (0, 100, 200) for y, side in ((0, -110), (rise, 110))]
    way_out = data.draw(st.sampled_from(exits), label="a way out")
    others = [street for street in (*rows, *columns, *exits) if street != way_out]
    chosen = [way_out, *data.draw(st.permutations(others), label="streets")][:streets]
    for start, end in chosen:
        if (start, end) in exits:
            town.corner(*end, edge=True)
        quay = (start, end) in rows and rise == 20
        permit = None
        if quay:
            both = town.draft.usual_permit("residential")
            permit = (both, class_mask(["foot"])) if start[1] == 0 else (class_mask(["foot"]), both)
        street_class = data.draw(st.sampled_from(CLASSES))
        town.street(start, end, street_class=street_class, name="The Quay" if quay else None, permit=permit)
    town.street((0, 0), (-60, 0))
    return town


def question(kit: ModuleType, **changes: Any) -> CordonQuestion:  # noqa: ANN401 - any field
    return CordonQuestion(site=kit.square(-30, 0, 12), radius_m=5000, **changes)


def parliament(open_data: Path, **changes: Any) -> CordonQuestion:  # noqa: ANN401 - any field
    features = json.loads((open_data / "wellington" / "places.geojson").read_text())["features"]
    ground = next(feature["geometry"] for feature in features if feature["properties"]["kind"] == "restricted_grounds")
    return CordonQuestion(site=ground, stretches=(2026, 5619, 2058, 2569, 2024), **changes)
