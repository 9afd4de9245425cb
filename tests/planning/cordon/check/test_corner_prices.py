"""Corners as the checker reads them off a town, and what their arms cost, by hand: each bound, and one beside."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from clearway.network.classes import class_mask
from clearway.planning.cordon.check.corners import Corners
from clearway.planning.cordon.check.network_reading import NetworkReading
from clearway.planning.cordon.check.price_list import PriceList
from clearway.planning.cordon.planner.barrier_costs import BarrierCosts
from clearway.planning.cordon.planner.question import CordonQuestion
from drawn_towns import Town, place, square

if TYPE_CHECKING:
    from clearway.planning.cordon.check.corners import Spot

MOTOR, FOOT = class_mask(["resident", "service", "bus", "general"]), class_mask(["foot"])
EAST, WEST, EAST_BACK, WEST_BACK, SOUTH, NORTH, LINK = range(7)
PLACE = 1024
"""Units to a hundredth of a point; a place more costs one of them."""


def corners(town: Town, *pairs: tuple[Spot, Spot], spots: dict[int, list[float]] | None = None, **asked: Any) -> Corners:  # noqa: ANN401 - of the question
    """With a spot 8 m from either end of each way, or a third of it where it is short."""
    network = town.network()
    question = CordonQuestion(**({"site": square(-300, -300, 10), "radius_m": 5000} | asked))
    reading = NetworkReading(network, question.model_dump(mode="json"))
    lengths = [float(metres) for metres in network.way_length_m]
    offsets = {way: [min(8.0, metres / 3), metres - min(8.0, metres / 3)] for way, metres in enumerate(lengths)}
    written: dict[str, Any] = {
        "spots": {str(way): at for way, at in (offsets | (spots or {})).items()},
        "pairs": [[["spot", *one], ["spot", *other]] for one, other in pairs],
    }
    return Corners(reading, PriceList(reading), written)


def crossing(gap: float = 20.0, **link: Any) -> Town:  # noqa: ANN401 - of the link between the carriageways
    """A quay of two carriageways, secondary (9 points), across a side street (5 points)."""
    town = Town()
    for y, permit in ((0.0, (MOTOR, FOOT)), (gap, (FOOT, MOTOR))):
        for x in (110, -110):
            town.street((0, y), (x, y), name="The Quay", street_class="secondary", permit=permit)
    town.street((0, 0), (0, -110))
    town.street((0, gap), (0, 110 + gap))
    town.street((0, 0), (0, gap), **link)
    return town


# which arms are one corner's


@pytest.mark.parametrize(("gap", "joined"), [(24.8, True), (25.2, False)])
def test_two_junctions_are_one_corner_up_to_twenty_five_metres_apart(gap: float, *, joined: bool) -> None:
    found = corners(crossing(gap))
    assert [found.of((way, 0)) for way in (EAST, EAST_BACK)] == ([0, 0] if joined else [0, 3])
    assert found.of((EAST, 1)) is None


@pytest.mark.parametrize(("aside", "joined"), [(22.8, True), (23.1, False)])
def test_a_link_of_a_corner_is_no_longer_than_fifty_metres(aside: float, *, joined: bool) -> None:
    bent = [place(0, 0), place(aside, 10), place(0, 20)]
    found = corners(crossing(points=bent))
    assert (found.of((NORTH, 0)) == 0) is joined


def test_only_a_link_on_the_ground_that_can_be_driven_joins_two_junctions_to_a_corner() -> None:
    assert corners(crossing()).of((NORTH, 0)) == 0
    assert corners(crossing(level=1)).of((NORTH, 0)) == 3
    assert corners(crossing(street_class="footway", permit=(FOOT, FOOT))).of((NORTH, 0)) == 3


@pytest.mark.parametrize("permit", [(MOTOR, FOOT), (FOOT, MOTOR)])
def test_where_signs_count_two_junctions_are_one_corner_only_if_links_lead_both_ways(permit: tuple[int, int]) -> None:
    assert corners(crossing(permit=permit)).of((NORTH, 0)) == 0
    assert corners(crossing(permit=permit), trust_signs=True).of((NORTH, 0)) == 3
    assert corners(crossing(permit=(MOTOR, MOTOR)), trust_signs=True).of((NORTH, 0)) == 0
    town = crossing(permit=permit)
    town.draft.way(town.at[0, 0], town.at[0, 20], points=[place(0, 0), place(3, 10), place(0, 20)], permit=permit[::-1])
    found = corners(town, trust_signs=True)
    assert [found.of((way, spot)) for way in (LINK, LINK + 1) for spot in (0, 1)] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("blocks", "kind", "signed", "joined"),
    [
        (MOTOR, "bollard", False, False),
        (MOTOR, "bollard", True, False),
        (MOTOR, "gate", False, True),
        (MOTOR, "gate", True, False),
        (MOTOR & ~class_mask(["bus"]), "bollard", False, True),
        (MOTOR & ~class_mask(["bus"]), "bollard", True, True),
    ],
)
def test_a_link_with_a_wall_on_it_joins_no_corner(blocks: int, kind: str, *, signed: bool, joined: bool) -> None:
    town = crossing()
    town.draft.stop(LINK, 10.0, blocks=blocks, kind=kind)
    assert (corners(town, trust_signs=signed).of((NORTH, 0)) == 0) is joined


def chain(step: float) -> Town:
    """Four junctions in a row, each with a street of its own."""
    town = Town()
    for number in range(4):
        town.street((number * step, 0), (number * step, 100))
        town.street((number * step, 0), (number * step, -100))
    for number in range(3):
        town.street((number * step, 0), ((number + 1) * step, 0))
    return town


@pytest.mark.parametrize(("step", "joined"), [(23.2, True), (23.5, False)])
def test_a_corner_is_at_most_seventy_metres_wide(step: float, *, joined: bool) -> None:
    town = chain(step)
    found = corners(town)
    own = [town.at[number * step, 0] for number in range(4)]
    assert [found.of((way, 0)) for way in (0, 2, 4, 6)] == ([own[0]] * 4 if joined else own)


def test_the_width_of_a_corner_is_measured_across_both_ways() -> None:
    for far, joined in ((47.0, True), (52.0, False)):
        town = Town()
        route = [(0.0, 0.0), (far / 2, 0.0), (far, 0.0), (far, 24.5), (far, 49.0)]
        for one, other in pairwise(route):
            town.street(one, other)
        for at in route:
            town.street(at, (at[0] - 3, at[1] - 100))
            town.street(at, (at[0] + 3, at[1] - 100))
        found = corners(town)
        assert (found.of((4, 0)) == found.of((12, 0))) is joined, far


def test_a_junction_of_fewer_than_three_streets_is_no_corner_and_a_loop_counts_twice() -> None:
    town = Town()
    for end in ((100, 0), (-100, 0)):
        town.street((0, 0), end)
    assert corners(town).of((0, 0)) is None
    assert corners(town).at_junction(town.at[0, 0]) is None
    town.draft.way(town.at[0, 0], town.at[0, 0], points=[place(0, 0), place(30, 50), place(-30, 50), place(0, 0)])
    assert corners(town).of((0, 0)) == 0
    town = Town()
    town.street((0, 0), (100, 0))
    town.draft.way(town.at[0, 0], town.at[0, 0], points=[place(0, 0), place(10, 8), place(-10, 8), place(0, 0)])
    assert corners(town).of((0, 0)) == 0, "a loop of 36 m is no link: both its ends are arms"


def test_only_streets_near_the_site_are_read() -> None:
    """From 300 m beyond the radius on nothing is a corner of the question."""
    for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        for metres, read in ((409.0, True), (411.0, False)):
            town = Town()
            at = (x * metres, y * metres)
            for number in (-1, 0, 1):
                town.street(at, (at[0] + x * 100 + y * 50 * number, at[1] + y * 100 + x * 50 * number))
            found = corners(town, site=square(0, 0, 10), radius_m=100)
            assert (found.of((0, 0)) is not None) is read, (x, y, metres)


# where a spot is


def test_the_arm_of_a_corner_is_closed_at_that_end_of_its_street() -> None:
    found = corners(crossing(), spots={EAST: [8.0, 55.0, 102.0]})
    assert [found.of((EAST, spot)) for spot in (0, 1, 2)] == [0, None, None]
    assert [found.of((LINK, spot)) for spot in (0, 1)] == [0, 0]
    town = Town()
    for end in ((100, 0), (-100, 0), (0, 100)):
        town.street(end, (0, 0))
    assert [corners(town).of((0, spot)) for spot in (0, 1)] == [None, town.at[0, 0]]


def test_a_barrier_is_at_its_spot_to_a_hundredth_of_a_metre_or_between_the_first_spot_and_the_end_of_its_street() -> None:
    found = corners(crossing(), spots={EAST: [8.0, 55.0, 102.0]})

    def numbers(*offsets: float) -> list[int | None]:
        return [spot[1] if (spot := found.spot_at(EAST, at_m)) else None for at_m in offsets]

    assert numbers(8.0, 55.0, 55.01, 54.99, 102.01) == [0, 1, 1, 1, 2]
    assert numbers(55.02, 54.98, 8.02, 30.0, 101.98) == [None] * 5
    assert numbers(0.0, 4.0, 8.01, 101.99, 108.0, 110.0) == [0, 0, 0, 2, 2, 2]
    assert found.spot_at(EAST, 8.0) == (EAST, 0)


@pytest.mark.parametrize(("gap", "room"), [(7.9, False), (8.1, True)])
def test_a_link_under_eight_metres_has_no_room_for_a_barrier(gap: float, *, room: bool) -> None:
    found = corners(crossing(gap))
    assert found.left_out((LINK, 0)) is not room
    assert (found.price((LINK, 0)) is not None) is room
    assert (found.alone((LINK, 0)) is not None) is room
    assert (found.together([(LINK, 0), (EAST, 0)]) is not None) is room
    assert not found.left_out((EAST, 0))


def test_a_short_street_is_no_link_where_its_ends_are_no_corner() -> None:
    town = Town()
    town.street((0, 0), (7, 0))
    town.street((7, 0), (100, 0))
    town.street((0, 0), (-100, 0))
    assert not corners(town).left_out((0, 0))
    assert corners(town).price((0, 0)) == 500
    town = Town()  # a stub of 6 m at a corner, with nothing behind it that leads back to it
    for end in ((100, 0), (-100, 0), (0, 100), (0, -6)):
        town.street((0, 0), end, permit=(MOTOR, FOOT))
    assert not corners(town, trust_signs=True).left_out((3, 0))


# what it costs


def test_an_arm_pays_its_own_part_and_the_corner_once_the_largest_rest() -> None:
    found = corners(crossing(), spots={EAST: [8.0, 55.0, 102.0]})
    assert [found.price((EAST, spot)) for spot in (0, 1, 2)] == [900, 1000, 900]
    assert [(found.own((way, 0)), found.rest((way, 0))) for way in (EAST, SOUTH, LINK)] == [(540, 360), (300, 200), (300, 360)]
    assert [found.alone(spot) for spot in ((EAST, 0), (EAST, 1), (SOUTH, 0), (LINK, 1))] == [900, 1000, 500, 660]
    assert found.together([(EAST, 0), (SOUTH, 0)]) == 540 + 300 + 360
    assert found.together([(SOUTH, 0), (NORTH, 0)]) == 300 + 300 + 200
    assert found.together([(SOUTH, 0), (LINK, 0)]) == 300 + 300 + 360
    assert found.together([]) == 0


@pytest.mark.parametrize(("share", "own"), [(0, 1), (0.3, 270), (1, 900)])
def test_the_own_part_is_a_share_of_the_price_and_never_nothing(share: float, own: int) -> None:
    found = corners(crossing(), costs=BarrierCosts(junction_share=share))
    assert (found.own((EAST, 0)), found.rest((EAST, 0)), found.alone((EAST, 0))) == (own, 900 - own, 900)


def test_a_motorway_may_not_be_closed_and_lends_no_rest() -> None:
    town = crossing()
    way = town.street((0, 0), (50, 90), street_class="motorway")
    found = corners(town)
    assert (found.price((way, 0)), found.alone((way, 0)), found.together([(way, 0)])) == (None, None, None)
    assert found.rest((LINK, 0)) == 360
    assert found.abreast([(way, 0), (EAST, 0)]) is None
    allowed = corners(town, allow_motorway=True)
    assert allowed.rest((LINK, 0)) == 4000 - 2400


def test_the_second_carriageway_pays_a_smaller_share() -> None:
    pair = ((EAST, 0), (EAST_BACK, 0))
    found = corners(crossing(), pair, costs=BarrierCosts(by_class={"secondary": 9.0}))
    assert found.saved(pair) == 540 - 135
    assert found.together(pair) == 540 + 540 + 360 - 405
    assert found.together([*pair, (SOUTH, 0)]) == 540 + 540 + 300 + 360 - 405
    assert found.abreast(pair) == 900 + 135
    dear = corners(crossing(), pair, costs=BarrierCosts(carriageway_share=0.8))
    assert (dear.saved(pair), dear.abreast(pair)) == (0, 900 + 720)
    free = corners(crossing(), pair, costs=BarrierCosts(carriageway_share=0))
    assert (free.saved(pair), free.abreast(pair)) == (539, 901)


def test_of_two_carriageways_that_differ_the_cheaper_is_the_second() -> None:
    town = crossing()
    town.draft._ways[EAST_BACK].street_class = "tertiary"  # noqa: SLF001 - the same town with one carriageway smaller
    pair = ((EAST, 0), (EAST_BACK, 0))
    found = corners(town, pair)
    assert found.saved(pair) == found.saved(pair[::-1]) == 420 - 105
    assert found.abreast(pair) == 900 + 105


def test_barriers_cost_the_least_that_any_parting_into_places_gives() -> None:
    far = ((EAST, 1), (EAST_BACK, 1))
    found = corners(crossing(), ((EAST, 0), (EAST_BACK, 0)), far)
    assert found.any([]) == 0
    assert found.any([(EAST, 0)]) == 900 * PLACE + 1
    assert found.any([(EAST, 0), (SOUTH, 0)]) == 1200 * PLACE + 1, "one corner, one place"
    assert found.any([(EAST, 0), (SOUTH, 1)]) == 1400 * PLACE + 2
    assert found.any([(EAST, 1), (WEST, 1)]) == 1800 * PLACE + 2, "no corner's, and not beside each other"
    assert found.any(far) == 1035 * PLACE + 1, "two carriageways abreast are one place"
    assert found.any([*far, (SOUTH, 0)]) == (1035 + 500) * PLACE + 2


def test_carriageways_at_two_corners_are_parted_as_it_is_cheapest() -> None:
    town = crossing(40.0)
    pair = ((EAST, 0), (EAST_BACK, 0))
    found = corners(town, pair)
    assert found.of(pair[0]) != found.of(pair[1])
    assert found.any(pair) == (900 + 135) * PLACE + 1
    # with two more arms of one of the corners closed it would still be cheaper apart, but for the other carriageway
    assert found.any([*pair, (SOUTH, 0)]) == (1035 + 500) * PLACE + 2
    dear = corners(town, pair, costs=BarrierCosts(carriageway_share=1.0))
    assert dear.any([*pair, (SOUTH, 0)]) == (900 + 540 + 300 + 360) * PLACE + 2
