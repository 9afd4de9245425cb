"""A search that is stopped, by the clock or by whoever listens."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clearway.errors import TooLong
from clearway.planning.cordon.check import check_cordon
from clearway.planning.cordon.planner.cut import cheapest_cut
from clearway.planning.cordon.planner.frontier import frontier_cuts
from clearway.planning.cordon.planner.plan import CordonSearch, plan_cordon
from clearway.planning.cordon.planner.question import CordonQuestion
from clearway.planning.cordon.planner.steps import Steps
from rounds import examples

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from clearway.network.model import Network

from cordon_questions import grid_town, parliament, question

FEW = settings(max_examples=examples(20), suppress_health_check=list(HealthCheck))


class Few(Steps):
    """Steps of which only so many are in time."""

    def __init__(self, count: int) -> None:
        super().__init__(limit_s=30.0)
        self._left = count

    def check(self) -> None:
        self._left -= 1
        super().check()

    @property
    def left_s(self) -> float:
        return 0.0 if self._left < 0 else super().left_s


class Enough(Exception):
    """Somebody cancelled."""


def star(reach_m: float, waist_m: float) -> dict[str, Any]:
    """A star of 8 points in the middle of Wellington."""
    ring = []
    for corner in range(16):
        reach, angle = (waist_m if corner % 2 else reach_m), math.pi * corner / 8
        ring.append([174.7772 + reach * math.cos(angle) / 83_652, -41.2785 + reach * math.sin(angle) / 111_320])
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def hard(**changes: Any) -> CordonQuestion:  # noqa: ANN401 - any field
    """A question that took minutes: a large star, all of the city as its surroundings."""
    return CordonQuestion(site=star(1000, 400), radius_m=20_000, **changes)


@pytest.mark.slow
@FEW
@given(data=st.data())
def test_a_frontier_that_was_stopped_is_the_first_part_of_the_whole(data: st.DataObject, kit: ModuleType) -> None:
    model = kit.parts_of(grid_town(data, kit, streets=10).network(), question(kit)).model
    whole, ended = frontier_cuts(model)
    assert ended
    corners = [(one.cut.barrier_units, one.cut.addresses) for one in whole]
    for count in range(1, 40):
        part, ended = frontier_cuts(model, steps=Few(count))
        found = [(one.cut.barrier_units, one.cut.addresses) for one in part]
        assert found, "the cheapest cordon is always one"
        if part[0].cut.bound_units < part[0].cut.value:  # there was no time to prove it, which the plan says
            assert (len(found), ended) == (1, False)
            assert found[0][0] >= corners[0][0] >= part[0].cut.bound_units
            continue
        assert found == corners[: len(found)]
        assert not ended or found == corners
        for one in part[1:]:  # asked again at its weight each is the answer
            again = cheapest_cut(model, address_weight=round(one.weight * 1000), scale=1000)
            assert again is not None
            assert again.value == one.cut.barrier_units * 1000 + one.cut.addresses * round(one.weight * 1000)


@pytest.mark.slow
def test_a_search_without_time_still_has_a_cordon_that_the_checker_accepts(wellington: Network) -> None:
    asked = hard(frontier=True, alternatives=2)
    plan = plan_cordon(wellington, asked, limit_s=1e-9)
    assert plan.bound < plan.cost
    assert not plan.optimal
    assert plan.checks[1] == f"No cordon costs less than {plan.bound:g} points; this one may not be the cheapest."
    assert check_cordon(wellington, plan.as_json())[1] == []
    whole = plan_cordon(wellington, hard(frontier=False))
    assert whole.optimal
    assert plan.bound <= whole.cost <= plan.cost


@pytest.mark.slow
def test_what_was_not_looked_at_is_said(wellington: Network) -> None:
    others = CordonSearch(wellington, hard(frontier=True, alternatives=2), Few(1)).others()
    stopped = f"The frontier stops at a cordon of {others.frontier[-1].worded()}: the time limit of 30 s was reached."
    assert others.notes == (
        f"{stopped} Larger cordons were not looked at.",
        "0 of 2 alternatives that differ in three streets were found; the time limit of 30 s was reached.",
    )
    assert len(others.frontier) == 1


def test_the_last_cordon_of_a_frontier_that_was_stopped_is_the_cheapest_at_its_price_of_an_address(
    wellington: Network, open_data: Path
) -> None:
    asked = parliament(open_data).model_copy(update={"frontier": True})
    whole = CordonSearch(wellington, asked, Steps()).others().frontier
    lengths = set()
    for count in range(16, 24):
        frontier = CordonSearch(wellington, asked, Few(count)).others().frontier
        price = frontier[-1].address_cost
        least = min(one.barrier_cost + price * one.addresses for one in whole)
        assert frontier[-1].barrier_cost + price * frontier[-1].addresses == pytest.approx(least)
        lengths.add(len(frontier))
    assert lengths & set(range(2, len(whole)))


@pytest.mark.slow
def test_few_places_that_are_not_found_in_time_are_refused_with_a_number_that_works(wellington: Network) -> None:
    with pytest.raises(TooLong, match=r"No cordon of at most 3 places was found .* nor is it ruled out\.") as refused:
        plan_cordon(wellington, hard(at_most=3, frontier=False), limit_s=1e-9)
    enough = int(str(refused.value).split("allow ")[1].split(",")[0])
    assert len(plan_cordon(wellington, hard(at_most=enough, frontier=False), limit_s=1e-9).barriers) <= enough


def test_what_is_told_is_told_in_order_and_the_share_only_grows(wellington: Network, open_data: Path) -> None:
    told: list[tuple[str, float]] = []
    asked = parliament(open_data).model_copy(update={"frontier": True, "alternatives": 2})
    plan_cordon(wellington, asked, tell=lambda doing, share: told.append((doing, share)))
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert 0 <= shares[0] < shares[-1] <= 1
    assert list(dict.fromkeys(doing for doing, _ in told)) == [
        "Pricing the places around the site",
        "Looking for the cheapest cordon",
        "Following the frontier",
        "Looking for alternative 1 of 2",
        "Looking for alternative 2 of 2",
    ]
    begins = dict(reversed(told))
    assert begins["Looking for the cheapest cordon"] == pytest.approx(0.1)
    assert begins["Following the frontier"] == pytest.approx(0.2)
    assert begins["Looking for alternative 1 of 2"] == pytest.approx(0.6, abs=0.01), "halfway through what is left"


@pytest.mark.parametrize("stage", ["Pricing", "Looking for the cheapest", "Following", "Looking for alternative"])
def test_whoever_listens_can_end_the_search_at_any_stage(wellington: Network, open_data: Path, stage: str) -> None:
    def tell(doing: str, _share: float) -> None:
        if doing.startswith(stage):
            raise Enough

    with pytest.raises(Enough):
        plan_cordon(wellington, parliament(open_data).model_copy(update={"alternatives": 1}), tell=tell)


def test_time_that_the_listener_takes_is_not_the_searchs() -> None:
    steps = Steps(lambda _doing, _share: time.sleep(0.05), limit_s=0.04)
    steps.at("Waiting", 0.0)
    assert not steps.late
    time.sleep(0.05)
    assert steps.late
    assert steps.left_s == 0
