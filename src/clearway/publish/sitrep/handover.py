"""Where crews meet patients by the plans that are in force: lines under "Access" of METHANE."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.errors import ClearwayError
from clearway.planning.access.planner.services import load_services, staffed
from clearway.planning.access.planner.stations import HOSPITAL, STATION_KINDS, own_stations
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.plan.handover.standing import handover_standing
from clearway.planning.record_closures import record_closures
from clearway.publish.sitrep.shape import Item
from clearway.record.kinds.plans import PlanAdopted
from clearway.record.place_words import words_of_place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clearway.picture.contract import Fact
    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.plan.versions import Version

_UNPLACED = "Some of what the record bars has no place on a street and is not counted."


def handover_items(
    versions: Sequence[Version], facts: Sequence[Fact], site: tuple[float, float] | None, gazetteer: Gazetteer | None
) -> tuple[Item, ...]:
    """A line for each handover point of each plan in force: where it is, by whose plan, and whether ambulances get there.

    Args:
        versions: Of the record's plans; those that nobody adopted are passed over.
        facts: States in force: what they bar is shut.
        site: Longitude and latitude of the operation; None: not known, and then nothing is computed.
        gazetteer: Finds places on the network; None: nothing is computed.
    """
    return tuple(item for one in versions if one.adopted and one.plan.handover for item in _items(one, facts, site, gazetteer))


def _items(
    version: Version, facts: Sequence[Fact], site: tuple[float, float] | None, gazetteer: Gazetteer | None
) -> Iterator[Item]:
    plan, adopted = version.plan, version.adopted
    by = adopted.draft.body.by if adopted and isinstance(adopted.draft.body, PlanAdopted) else ""
    ids = (version.entry.id, *((adopted.id,) if adopted else ()))
    says = _standing(version, facts, site, gazetteer)
    for point in plan.handover:
        where = f"Casualty handover {point.id}: {words_of_place(point.place)}, by plan '{plan.plan}', adopted by {by}."
        yield Item(" ".join(filter(None, (where, says.get(point.id)))), ids=ids)


def _standing(
    version: Version, facts: Sequence[Fact], site: tuple[float, float] | None, gazetteer: Gazetteer | None
) -> dict[str, str]:
    """What the engine says of each point, by its id."""
    if gazetteer is None or site is None:
        return {}
    network = gazetteer.network
    services = staffed(load_services(), own_stations(network, kinds=STATION_KINDS))
    hospitals = own_stations(network, kinds=(HOSPITAL,))
    try:
        barred = record_closures(facts, site, gazetteer)
        found = handover_standing(version.plan, gazetteer, AccessTimer(network), services, hospitals, barred.closures)
    except ClearwayError as error:
        return {one.id: f"Not checked: {error}" for one in version.plan.handover}
    return {one.id: f"{one.says} {_UNPLACED if barred.unplaced else ''}".strip() for one in found}
