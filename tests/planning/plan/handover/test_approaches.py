"""Drives that no single blocked street stops: by brute force, a car across every street at every part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import hypothesis.strategies as st
import pytest
from hypothesis import assume, given, settings

from clearway.network.model import NEVER_MS
from clearway.planning.plan.handover.approaches import Vehicles
from random_towns import TURNOUT_MS, ByHand, random_towns
from rounds import examples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from random_towns import Town

PARTS = (0.06, 0.19, 0.31, 0.44, 0.56, 0.69, 0.81, 0.94)
"""Between any two of the quarters at which stations of these towns stand."""


class FromCorner(ByHand):
    """Drives that begin at a junction."""

    corner = 0

    def seeds(self) -> Iterator[tuple[int, int, tuple[int, ...]]]:
        yield 0, self.corner, ()

    def hospital_ms(self, spots: list[tuple[int, float]]) -> int:
        best = NEVER_MS
        for way, at_m in spots:
            length = float(self.network.way_length_m[way])
            for arc, metres, end_m in ((2 * way, at_m, -1.0), (2 * way + 1, length - at_m, 1e9)):
                if self.clear(arc, end_m, at_m):
                    for (junction, driven), ms in self.ms.items():
                        if junction == self.network.arc_tail[arc] and self.may_follow((*driven, arc)):
                            best = min(best, ms + self.stretch(arc, metres))
        return best


def from_corner(town: Town, corner: int, cars: tuple[tuple[int, float], ...] = ()) -> FromCorner:
    kind = type("From", (FromCorner,), {"corner": corner})
    found: FromCorner = kind(town, cars=cars)
    return found


def blocked(town: Town) -> Iterator[tuple[tuple[int, float], ...]]:
    for way, length in enumerate(town.network.way_length_m.tolist()):
        yield from (((way, part * length),) for part in PARTS)


def judged(town: Town, ms: Callable[[tuple[tuple[int, float], ...]], int]) -> tuple[int, bool]:
    """The quickest, and whether one is left whatever is blocked."""
    quickest = ms(())
    return quickest, quickest < NEVER_MS and all(ms(cars) < NEVER_MS for cars in blocked(town))


@pytest.mark.slow
@settings(max_examples=examples(60))
@given(random_towns(), st.data())
def test_a_corner_is_safe_just_when_a_car_across_any_street_leaves_a_drive(town: Town, data: st.DataObject) -> None:
    assume(town.stations)
    network, graph = town.network, town.graph()
    closures = tuple(one for one in town.closures if one.holds("emergency"))
    town = type(town)(network, town.stations, list(closures))
    way = data.draw(st.integers(0, network.way_count - 1))
    spots = [(way, float(network.way_length_m[way]) * data.draw(st.sampled_from([0.25, 0.5, 0.75])))]
    stations = tuple((where, at_m, wait) for (where, at_m), wait in zip(town.stations, TURNOUT_MS, strict=False))
    vehicles = Vehicles(graph, closures, stations, tuple(spots))
    corner = data.draw(st.integers(0, network.junction_count - 1))

    into = vehicles.into(corner)
    quickest, safe = judged(town, lambda cars: ByHand(town, cars=cars).junction_ms()[corner])
    assert (into.drives[0].ms if into.drives else NEVER_MS, into.safe) == (quickest, safe)

    out = vehicles.out_of(corner)
    quickest, safe = judged(town, lambda cars: from_corner(town, corner, cars).hospital_ms(spots))
    assert (out.drives[0].ms if out.drives else NEVER_MS, out.safe) == (quickest, safe)
