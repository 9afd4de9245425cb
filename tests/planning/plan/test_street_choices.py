"""The blocks of a street from which a person chooses where a barrier stands."""

from __future__ import annotations

from itertools import permutations

import pytest

from clearway.planning.cordon.planner.question import CordonQuestion
from clearway.planning.cordon.planner.site import located_site
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.plan.street_choices import street_choices
from drawn_towns import Town, square

PIECES = [((0.0, 0.0), (100.0, 0.0)), ((100.0, 0.0), (200.0, 0.0)), ((200.0, 0.0), (300.0, 0.0))]


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
@pytest.mark.parametrize("turned", [(), (1,), (0, 2)])
def test_a_block_drawn_in_pieces_is_one_block_in_whatever_order_they_are_drawn(
    order: tuple[int, ...], turned: tuple[int, ...]
) -> None:
    town = Town()
    for piece in order:
        start, end = PIECES[piece][::-1] if piece in turned else PIECES[piece]
        town.street(start, end, name="Main Street")
    for x, name in ((0.0, "First Street"), (300.0, "Second Street"), (400.0, "Third Street")):
        town.street((x, 0.0), (x, 100.0), name=name)
    town.street((300.0, 0.0), (400.0, 0.0), name="Main Street")
    found = street_choices("Main Street", Gazetteer(town.network()), None)
    assert sorted(round(one.length_m) for one in found) == [100, 300]
    ends = {frozenset(one.words.removeprefix("Main Street between ").split(" and ")) for one in found}
    assert ends == {frozenset({"First Street", "Second Street"}), frozenset({"Second Street", "Third Street"})}


@pytest.mark.parametrize(("blocks", "shown"), [(39, 39), (40, 40), (41, 40), (42, 40)])
def test_of_a_long_street_forty_blocks_are_shown_the_nearest_first(blocks: int, shown: int) -> None:
    town = Town()
    for at in range(blocks):
        town.street((100.0 * at, 0.0), (100.0 * at + 100.0, 0.0), name="Long Street")
        town.street((100.0 * at, 0.0), (100.0 * at, 100.0), name=f"Street {at}")
    network = town.network()
    site = located_site(network, CordonQuestion(site=square(100 * blocks, 0, 20)))
    found = street_choices("Long Street", Gazetteer(network), site)
    away = [one.from_site_m for one in found]
    assert len(found) == shown
    assert away == pytest.approx([max(100 * at + 30, 0) for at in range(shown)], abs=1.5)
