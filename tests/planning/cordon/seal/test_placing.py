"""Where a given barrier stands and what it is beside, and the drive that comes past it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clearway.network.classes import class_mask
from clearway.planning.cordon.seal.contract import GivenBarrier, SealQuestion
from clearway.planning.cordon.seal.placing import Placer
from clearway.planning.cordon.seal.understood import placed_barrier
from clearway.planning.cordon.seal.verdict import sealed

if TYPE_CHECKING:
    from types import ModuleType

FOUR = ((0, 100), (100, 0), (0, -100), (-100, 0))


def on(kit: ModuleType, x: float, y: float, **more: Any) -> GivenBarrier:  # noqa: ANN401 - any field
    lon, lat = kit.place(x, y)
    return GivenBarrier(lon=lon, lat=lat, **more)


def asked(kit: ModuleType, *barriers: GivenBarrier, **more: Any) -> SealQuestion:  # noqa: ANN401 - any field
    return SealQuestion(**({"site": kit.square(0, 0, 15), "barriers": barriers} | more))


def crossroads(kit: ModuleType, *, on_north: bool = False) -> Any:  # noqa: ANN401 - a Town of the kit
    """A site at a crossroads with four arms of 200 m that lead out of town; the north one does not where it goes on."""
    town = kit.Town()
    for name, end in (("North", (0, 200)), ("East", (200, 0)), ("South", (0, -200)), ("West", (-200, 0))):
        town.corner(*end, edge=name != "North" or not on_north)
        town.street((0, 0), end, name=f"{name} Street")
    return town


def test_of_two_ways_to_a_leak_the_shorter_is_drawn_however_many_streets_it_is(kit: ModuleType) -> None:
    town = crossroads(kit, on_north=True)
    for y in (200, 280, 360):
        town.street((0, y), (0, y + 80), name=f"Straight {y}")
    ends = [town.at[0, 200], town.at[0, 440]]
    bend = [kit.place(*at) for at in ((0, 200), (90, 320), (0, 440))]
    town.draft.way(*ends, points=bend, name="Bend")
    town.corner(0, 540, edge=True)
    town.street((0, 440), (0, 540), name="Out")
    (leak,) = sealed(town.network(), asked(kit, *(on(kit, *at) for at in FOUR[1:]))).leaks
    assert leak.length_m == pytest.approx(540 - 15, abs=1)
    assert "Bend" not in leak.streets


def test_a_filter_farther_off_than_is_looked_at_parts_nothing_here(kit: ModuleType) -> None:
    town = crossroads(kit)
    for end in ((3000, 0), (3200, 0), (3100, 100)):
        town.street((3100, 0), end, name=f"Far {end}")
    far = kit.diagonal((3090, 10), (3110, -10))
    ring = [on(kit, *at) for at in FOUR]
    verdict = sealed(town.network(), asked(kit, *ring, far, radius_m=500))
    assert (verdict.sealed, verdict.idle) == (True, (5,))


@pytest.mark.parametrize(("east", "closed"), [(80, {0, 1}), (120, {0}), (-20, {0})])
def test_a_carriageway_that_has_ended_or_not_begun_where_the_point_is_is_not_shut_too(
    kit: ModuleType, east: int, closed: set[int]
) -> None:
    town = kit.Town()
    both, none = town.draft.usual_permit("secondary"), class_mask(["foot"])
    town.street((-200, 0), (300, 0), name="The Quay", street_class="secondary", permit=(both, none))
    town.street((0, 20), (100, 20), name="The Quay", street_class="secondary", permit=(none, both))
    network = town.network()
    placer = Placer(network, asked(kit, on(kit, 0, 0)).cordon())
    assert {way for way, _ in placer.beside([(0, 200.0 + east)])} == closed
    placed = placed_barrier(placer, on(kit, east, 10, street="The Quay"))
    assert {way for way, _ in placed.cuts} == closed
