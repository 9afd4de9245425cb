"""Which streets a plan takes from through traffic, and how long they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.planning.street_names import StreetNames
from clearway.words import listed

if TYPE_CHECKING:
    from clearway.publish.plan.known import Known


def closed_streets(known: Known) -> list[tuple[str, str, float]] | None:
    """Each street with the corners between which it is lost and its metres, the longest first; None where nobody looked."""
    if known.detours is None or known.gazetteer is None:
        return None
    network = known.gazetteer.network
    names = StreetNames(network)
    ways = dict.fromkeys(way for one in known.detours.general.movements for way in one.way_indexes)
    by_street: dict[str, list[int]] = {}
    for way in ways:
        by_street.setdefault(names.street(way), []).append(way)
    found = [
        (street, _between(names, pieces), float(network.way_length_m[pieces].sum())) for street, pieces in by_street.items()
    ]
    return sorted(found, key=lambda one: (-one[2], one[0]))


def _between(names: StreetNames, ways: list[int]) -> str:
    """The corners at which pieces of one street end where no other of them begins."""
    network = names.network
    ends = [(int(end[way]), way) for way in ways for end in (network.way_tail, network.way_head)]
    junctions = [junction for junction, _ in ends]
    outer = [names.met_at(junction, way) for junction, way in ends if junctions.count(junction) == 1]
    return listed([name for name in dict.fromkeys(outer) if name])
