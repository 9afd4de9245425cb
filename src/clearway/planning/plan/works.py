"""Other works and events, and which of them a plan meets."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from clearway.errors import BadFile
from clearway.network.geometry import flat_scale
from clearway.planning.geojson import features_of, read_json
from clearway.words import time_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from clearway.planning.gazetteer import Gazetteer
    from clearway.record.kinds.plans import TrafficPlan

NEAR_M = 100.0
"""A block: works nearer than this to a barrier or to the site stand in the way of the plan or of its detours."""
_NAMES = ("Event_Name", "name", "title", "label")
_STARTS = ("Start_Date", "from", "starts", "start")
_ENDS = ("End_Date", "to", "ends", "end")
_REMEDY = "Give GeoJSON whose features have a name, a start and an end: 'name', 'from', 'to', or as councils publish them."


class Work(NamedTuple):
    """Something else that closes streets.

    Attributes:
        name: What it is called.
        starts: From when; None where nobody said.
        ends: Until when.
        shape: Where, in longitude and latitude.
        is_clock_said: Whether the file says by which clock its times are. Milliseconds since 1970 should be UTC, and are kept
            as such; some councils' servers write the local clock in that form.
    """

    name: str
    starts: datetime | None
    ends: datetime | None
    shape: shapely.Geometry
    is_clock_said: bool = True

    def readings(self, zone: ZoneInfo) -> list[tuple[datetime | None, datetime | None]]:
        """Start and end as they may be meant: one reading, or by UTC and by the local clock."""
        said = (self.starts, self.ends)
        if self.is_clock_said:
            return [said]
        local = [moment and moment.replace(tzinfo=zone).astimezone(UTC) for moment in said]
        return [(local[0], local[1]), said]


def read_works(path: Path) -> list[Work]:
    """The works and events of a GeoJSON file; raises as :func:`works_of` does, and where the file cannot be read."""
    return works_of(read_json(path, _REMEDY), str(path))


def works_of(document: object, source: str) -> list[Work]:
    """The works and events of parsed GeoJSON.

    Args:
        document: Parsed JSON.
        source: What it is called in a refusal.

    Raises:
        BadFile: it is no GeoJSON, or says a time that cannot be read.
    """
    found = []
    for feature in features_of(document, source, _REMEDY):
        if not feature.geometry:
            continue
        said = feature.properties
        try:
            shape = shapely.geometry.shape(dict(feature.geometry))
            times = [next((said[key] for key in keys if said.get(key)), None) for keys in (_STARTS, _ENDS)]
            starts, ends = map(_moment, times)
        except (ValueError, TypeError, KeyError, OverflowError, shapely.errors.ShapelyError) as error:
            raise BadFile(source, f"{feature.title} has a shape or a time that cannot be read", _REMEDY) from error
        name = next((str(said[key]) for key in _NAMES if said.get(key)), feature.title)
        found.append(Work(name, starts, ends, shape, not any(isinstance(time, int | float) for time in times)))
    return found


def conflicts(plan: TrafficPlan, works: Iterable[Work], gazetteer: Gazetteer, zone: ZoneInfo) -> list[str]:
    """Works that last while the plan does and lie near its barriers or its site, in sentences.

    Where one of the two does not say when it begins or ends, they are taken to meet, and the sentence says "perhaps"; so are
    works that meet the plan by one of two readings of a file that does not say by which clock its times are. Pieces of one work
    are told once, by the nearest.
    """
    spots = [spot for one in plan.barriers if (spot := gazetteer.of(one.place).spot) is not None]
    shapes = [shapely.Point(spot) for spot in spots] + [shapely.Polygon(area.ring) for area in plan.site]
    shapes += [shapely.LineString(line) for line in plan.occupied]
    if not shapes:
        return []
    ground = shapely.union_all(shapes)
    scale = np.array(flat_scale(float(ground.centroid.y)))
    flat = shapely.transform(ground, lambda lonlat: lonlat * scale)
    found: dict[tuple[str, str], float] = {}
    for work in works:
        meeting = [span for span in work.readings(zone) if _meet(plan.starts, plan.ends, *span)]
        if not meeting:
            continue
        metres = float(shapely.distance(flat, shapely.transform(work.shape, lambda lonlat: lonlat[:, :2] * scale)))
        if metres <= NEAR_M:
            when = " to ".join(time_words(moment, zone) for moment in meeting[0] if moment)
            clock = "" if work.is_clock_said else "; the file does not say whether its clock is the local one or UTC"
            both = all((*meeting[0], plan.starts, plan.ends))
            told = f"{work.name} ({when or 'nobody said when'}{clock})", "" if both else ", perhaps"
            found[told] = min(metres, found.get(told, NEAR_M))
    return [f"{called} is {metres:,.0f} m away{perhaps} at the same time." for (called, perhaps), metres in found.items()]


def _meet(first: datetime | None, last: datetime | None, other_first: datetime | None, other_last: datetime | None) -> bool:
    """Whether two spans meet; one that touches the other's end does not."""
    begins_before = first is None or other_last is None or first < other_last
    ends_after = last is None or other_first is None or last > other_first
    return begins_before and ends_after


def _moment(value: object) -> datetime | None:
    """A time: ISO 8601 with its zone, or milliseconds since 1970 as councils' servers write it.

    Raises:
        ValueError: it is neither.
    """
    if value is None:
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return datetime.fromtimestamp(value / 1000, UTC)
    moment = datetime.fromisoformat(str(value))
    if moment.tzinfo is None:
        raise ValueError("a time without its zone")
    return moment.astimezone(UTC)
