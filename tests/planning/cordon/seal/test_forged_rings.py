"""Rings of barriers in which one thing is spoiled: each is called open, and every way in leads past what was spoiled.

The rings are those of cordons on random towns, so that a barrier more or less decides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely

from clearway.network.geometry import point_at
from clearway.planning.cordon.check.network_reading import NetworkReading
from clearway.planning.cordon.check.seal import seal_problems
from clearway.planning.cordon.seal.contract import GivenBarrier, SealQuestion
from clearway.planning.cordon.seal.verdict import sealed
from drawn_towns import METRE_LAT, METRE_LON
from forgeries import Claims, forgery
from random_cordons import planned

if TYPE_CHECKING:
    import random

    from clearway.network.model import Network
    from clearway.planning.cordon.seal.contract import Leak
    from random_cordons import Case

pytestmark = pytest.mark.slow


@dataclass
class Ring:
    """Barriers round a site, and afterwards where they were spoiled and whom they let in there."""

    network: Network
    barriers: list[dict[str, Any]]
    question: dict[str, Any]
    spoiled: list[tuple[float, float]]
    lets_in: tuple[str, ...]


@pytest.fixture(scope="module")
def claims() -> Claims:
    return Claims([(case, ring_of(case)) for case in planned(60)], problems)


def ring_of(case: Case) -> Ring:
    asked = case.question
    question = {"site": asked.site, "stretches": asked.stretches, "shut": asked.shut, "trust_signs": asked.trust_signs}
    barriers = [{"way_indexes": one.way_indexes, "at_m": one.at_m} for one in case.plan.barriers]
    return Ring(case.network, barriers, question | {"radius_m": asked.radius_m}, [], ())


def problems(_: Case, ring: Ring) -> list[str]:
    """A sentence for each way in: whether it leads past what was spoiled, and is open to whom it should be."""
    asked = SealQuestion(**ring.question, barriers=[GivenBarrier(**one) for one in ring.barriers])
    verdict = sealed(ring.network, asked)
    assert verdict.sealed == (not verdict.leaks)
    return [said(ring, leak) for leak in verdict.leaks]


def said(ring: Ring, leak: Leak) -> str:
    path = shapely.LineString([(lon / METRE_LON, lat / METRE_LAT) for lon, lat in leak.path])
    past = any(path.distance(shapely.Point(lon / METRE_LON, lat / METRE_LAT)) < 1 for lon, lat in ring.spoiled)
    some = set(leak.classes) & set(ring.lets_in) and set(leak.classes) <= set(ring.lets_in)
    return f"{'there' if past else 'elsewhere'}, for {'whom it lets in' if some else leak.classes}"


def test_every_ring_of_a_cordon_is_called_sealed(claims: Claims) -> None:
    for number, (case, ring) in enumerate(claims.true):
        assert problems(case, ring) == [], number


@forgery("^there, for whom it lets in$")
def test_a_ring_without_one_of_its_barriers_leaks_there(case: Case, ring: Ring, chance: random.Random) -> bool:
    gone = ring.barriers.pop(chance.randrange(len(ring.barriers)))
    opened(ring, gone["way_indexes"], gone["at_m"])
    return needs_all(case) and bool(ring.barriers)


@forgery("^there, for whom it lets in$")
def test_a_barrier_that_leaves_one_of_its_streets_open_leaks_there(case: Case, ring: Ring, chance: random.Random) -> bool:
    wide = [one for one in ring.barriers if len(one["way_indexes"]) > 1]
    if not wide or not needs_all(case):
        return False
    barrier = chance.choice(wide)
    arm = chance.randrange(len(barrier["way_indexes"]))
    opened(ring, [barrier["way_indexes"][arm]], [barrier["at_m"][arm]])
    for name in ("way_indexes", "at_m"):
        barrier[name] = (*barrier[name][:arm], *barrier[name][arm + 1 :])
    return True


@forgery("^there, for whom it lets in$")
def test_a_barrier_that_lets_a_class_by_leaks_for_that_class_alone(case: Case, ring: Ring, chance: random.Random) -> bool:
    if not needs_all(case):
        return False
    barrier, by = chance.choice(ring.barriers), chance.choice(case.question.shut)
    barrier["shuts"] = [name for name in ("resident", "service", "bus", "general", "cycle") if name != by]
    opened(ring, barrier["way_indexes"], barrier["at_m"])
    ring.lets_in = (by,)
    return True


@forgery("^there, for whom it lets in$", least=3)
def test_a_ring_that_rests_on_a_bollard_leaks_there_once_it_is_gone(case: Case, ring: Ring, chance: random.Random) -> bool:
    network = case.network
    if not len(network.stop_way):
        return False
    ring.network = replace(network, stop_blocks=np.zeros_like(network.stop_blocks))
    opened(ring, network.stop_way.tolist(), network.stop_offset_m.tolist())
    document = case.plan.as_json()
    return bool(seal_problems(NetworkReading(ring.network, document["question"]), document))


# what forgers know


def opened(ring: Ring, ways: Any, offsets: Any) -> None:  # noqa: ANN401 - two columns
    """Note which spots are open now, to all whom the ring is to keep out."""
    ring.spoiled = [point_at(ring.network.geometry(way), at_m) for way, at_m in zip(ways, offsets, strict=True)]
    ring.lets_in = ring.question["shut"]


def needs_all(case: Case) -> bool:
    """Whether no barrier stands for another reason than to keep vehicles out."""
    return not case.question.pins and not case.question.address_cost and not case.question.keep_open
