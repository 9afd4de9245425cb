from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest

from clearway.errors import Infeasible
from clearway.network.build import NetworkDraft
from clearway.planning.cordon.check import check_cordon
from clearway.planning.cordon.planner.plan import plan_cordon
from clearway.planning.cordon.planner.question import CordonQuestion
from clearway.planning.traffic.impact.cordon_variants import cordon_variants

if TYPE_CHECKING:
    from clearway.network.model import Network

SIZE = 7


@pytest.fixture(scope="module")
def grid() -> Network:
    """Seven by seven junctions, 120 m apart."""
    draft = NetworkDraft("Grid")
    for y, x in product(range(SIZE), range(SIZE)):
        draft.junction(174.77 + 0.00144 * x, -41.28 + 0.00108 * y)
    for y, x in product(range(SIZE), range(SIZE)):
        if x + 1 < SIZE:
            draft.way(SIZE * y + x, SIZE * y + x + 1, name=f"Row {y}")
        if y + 1 < SIZE:
            draft.way(SIZE * y + x, SIZE * y + x + SIZE, name=f"Column {x}")
    return draft.finish()


@pytest.fixture(scope="module")
def question(grid: Network) -> CordonQuestion:
    """The street piece in the middle is occupied; what lies farther than 330 m is outside."""
    middle = next(way for way in range(grid.way_count) if grid.way_tail[way] == 3 * SIZE + 3 and grid.street(way) == "Row 3")
    return CordonQuestion(stretches=(middle,), radius_m=330.0)


def test_variants_are_different_cordons_and_the_cheapest_comes_first(grid: Network, question: CordonQuestion) -> None:
    found = cordon_variants(grid, question, count=12)
    assert len(found) == 12
    assert len({frozenset((shut.way, shut.at_m) for shut in variant.closures) for variant in found}) == 12
    assert [variant.name for variant in found] == [f"cordon {number}" for number in range(1, 13)]
    best = plan_cordon(grid, question)
    assert found[0].cost_points == best.barrier_cost == min(variant.cost_points or 0.0 for variant in found)
    assert list(found[0].closures) == best.closures()


def test_every_variant_seals_the_site(grid: Network, question: CordonQuestion) -> None:
    for variant in cordon_variants(grid, question, count=8):
        shut = {shut.way for shut in variant.closures}
        inside, seen = [int(grid.way_tail[question.stretches[0]])], set[int]()
        while inside:
            at = inside.pop()
            seen.add(at)
            for way in range(grid.way_count):
                ends = int(grid.way_tail[way]), int(grid.way_head[way])
                if way not in shut and at in ends:
                    inside += [end for end in ends if end not in seen]
        assert len(seen) < SIZE * SIZE


def test_fewer_are_given_where_there_are_no_more_and_progress_is_told(grid: Network, question: CordonQuestion) -> None:
    told: list[tuple[int, int]] = []
    assert len(cordon_variants(grid, question, count=1, tell=lambda found, wanted: told.append((found, wanted)))) == 1
    assert told == [(1, 1)]


def test_a_site_that_cannot_be_sealed_has_no_variants(grid: Network, question: CordonQuestion) -> None:
    with pytest.raises(Infeasible):
        cordon_variants(grid, CordonQuestion(stretches=question.stretches, radius_m=330.0, at_most=1), count=3)


def test_the_checker_accepts_the_plan_that_the_variants_begin_with(grid: Network, question: CordonQuestion) -> None:
    _, fails = check_cordon(grid, plan_cordon(grid, question).as_json())
    assert fails == []
