"""A plan on a network: its site, and its barriers as the seal takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from clearway.errors import BadGeometry
from clearway.planning.cordon.seal.contract import GivenBarrier, SealQuestion
from clearway.planning.record_barriers import given_at
from clearway.record.place import Junction, Point

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clearway.planning.gazetteer import Gazetteer
    from clearway.record.kinds.plans import TrafficPlan
    from clearway.record.place import Place

_AS_NEAR_M = 1.5
"""A street that is farther from a point than another by more than this is not what it stands on, whatever its label says."""
_SAY_THE_SIDE = "Name the side, such as 'Hill Street at Molesworth Street, north side', or give the plan its site."


def ring_question(plan: TrafficPlan, gazetteer: Gazetteer) -> SealQuestion | None:
    """The site of a plan and whom to keep out, without barriers; None where the plan has no site.

    Raises:
        BadGeometry: a line of the site follows no street.
    """
    if not plan.site and not plan.occupied:
        return None
    ways: dict[int, None] = {}
    for line in plan.occupied:
        followed = gazetteer.drawn.followed(np.array(line))
        if not followed:
            raise BadGeometry("A line of the plan's site follows no street. Draw it along the street.")
        ways |= dict.fromkeys(followed)
    rings = [[[list(position) for position in area.ring]] for area in plan.site]
    return SealQuestion.model_validate(
        {
            "site": {"type": "MultiPolygon", "coordinates": rings} if rings else None,
            "stretches": tuple(ways),
            "shut": plan.keep_out,
        }
    )


def given_barriers(
    named: Iterable[tuple[str, Place]], gazetteer: Gazetteer, *, has_site: bool = True
) -> dict[str, GivenBarrier | str]:
    """Barriers as the seal takes them, by their ids; or why nobody can say where one stands.

    Args:
        named: The id of each, and its place.
        gazetteer: Finds places on the network.
        has_site: Whether the plan has a site. Without one nobody knows towards which ground a barrier stands: it is given by
            its spot, and one at a corner needs a side.
    """
    found: dict[str, GivenBarrier | str] = {}
    for name, place in named:
        where, meant = gazetteer.of(place), gazetteer.meant(place)
        given = given_at(meant, where, name)
        if given is None or where.spot is None:
            found[name] = where.says
        elif has_site:
            found[name] = GivenBarrier(**given.model_dump() | {"street": given.street or _labelled(meant, gazetteer)})
        elif isinstance(meant, Junction) and meant.side is None:
            found[name] = f"Nobody can say on which side of the corner it stands. {_SAY_THE_SIDE}"
        else:
            lon, lat = where.spot
            street = street_of(meant) or _labelled(meant, gazetteer)
            found[name] = GivenBarrier(label=given.label, lon=lon, lat=lat, street=street)
    return found


def _labelled(place: Place, gazetteer: Gazetteer) -> str:
    """The street that the label of a point names, where none is nearer; empty where it names none."""
    if not isinstance(place, Point) or not place.label or (street := gazetteer.streets.called(place.label)) is None:
        return ""
    own, any_ = gazetteer.drawn.nearest(*place.at, among=street.ways.tolist()), gazetteer.drawn.nearest(*place.at)
    return street.name if own and any_ and own.distance_m <= any_.distance_m + _AS_NEAR_M else ""


def street_of(place: Place) -> str | None:
    """The street that a place names; of a corner the one that is named first."""
    return getattr(place, "street", None) or next(iter(getattr(place, "streets", ())), None)
