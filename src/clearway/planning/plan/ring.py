"""A plan on a network: its site, and its barriers as the seal takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from clearway.errors import BadGeometry
from clearway.planning.cordon.seal.contract import GivenBarrier, SealQuestion
from clearway.planning.record_barriers import given_at
from clearway.planning.street_finder import StreetFinder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clearway.planning.gazetteer import Gazetteer
    from clearway.record.kinds.plans import TrafficPlan
    from clearway.record.place import Place


def ring_question(plan: TrafficPlan, gazetteer: Gazetteer) -> SealQuestion | None:
    """The site of a plan and whom to keep out, without barriers; None where the plan has no site.

    Raises:
        BadGeometry: a line of the site follows no street.
    """
    if not plan.site and not plan.occupied:
        return None
    ways: dict[int, None] = {}
    for line in plan.occupied:
        followed = StreetFinder(gazetteer.network).followed(np.array(line))
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


def given_barriers(named: Iterable[tuple[str, Place]], gazetteer: Gazetteer) -> dict[str, GivenBarrier | str]:
    """Barriers as the seal takes them, by their ids; or why nobody can say where one stands.

    Args:
        named: The id of each, and its place.
        gazetteer: Finds places on the network.
    """
    found: dict[str, GivenBarrier | str] = {}
    for name, place in named:
        where = gazetteer.of(place)
        given = given_at(gazetteer.meant(place), where, name)
        found[name] = GivenBarrier(**given.model_dump()) if given else where.says
    return found
