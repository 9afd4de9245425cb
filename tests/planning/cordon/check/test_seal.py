"""The checker's own search from outside, on streets drawn by hand: what lets it in, and what stops it."""

from __future__ import annotations

from typing import Any

import pytest

from clearway.network.classes import class_mask
from clearway.planning.cordon.check.network_reading import NetworkReading
from clearway.planning.cordon.check.seal import idle_barriers, seal_problems
from clearway.planning.cordon.planner.question import CordonQuestion
from drawn_towns import Town, place, square

MOTOR, FOOT = class_mask(["resident", "service", "bus", "general"]), class_mask(["foot"])
Stands = tuple[int, float]


def read(town: Town, **asked: Any) -> NetworkReading:  # noqa: ANN401 - fields of the question
    question = CordonQuestion(**({"site": square(0, 0, 15), "radius_m": 5000} | asked))
    return NetworkReading(town.network(), question.model_dump(mode="json"))


def plan(*barriers: Stands | tuple[Stands, ...]) -> dict[str, Any]:
    """Barriers numbered from 1, each at one or several points of ways."""
    listed = [one if isinstance(one[0], tuple) else (one,) for one in barriers]
    return {
        "barriers": [
            {"number": number, "way_indexes": [way for way, _ in at], "at_m": [at_m for _, at_m in at]}
            for number, at in enumerate(listed, 1)
        ]
    }


def street(**kind: Any) -> Town:  # noqa: ANN401 - as the draft takes them
    """One street, north from the site to the edge of the data."""
    town = Town()
    town.corner(0, 200, edge=True)
    town.street((0, 0), (0, 200), **({"name": "Main Street"} | kind))
    return town


LEFT_OPEN = "A way in is left: {} leads from outside into the site past every barrier."


def test_a_street_is_shut_by_a_barrier_outside_the_site_and_by_none_inside() -> None:
    reading = read(street())
    assert seal_problems(reading, plan()) == [LEFT_OPEN.format("Main Street")]
    assert seal_problems(reading, plan((0, 100.0))) == []
    assert seal_problems(reading, plan((0, 15.2))) == []
    assert seal_problems(reading, plan((0, 14.8))) == [
        "Barrier 1 stands inside the site.", LEFT_OPEN.format("Main Street"),
    ]  # fmt: skip
    assert seal_problems(reading, plan((0, 100.0), (0, 14.8))) == ["Barrier 2 stands inside the site."]


@pytest.mark.parametrize(("way", "there"), [(-1, False), (0, True), (1, False)])
def test_a_barrier_on_a_way_that_is_not_in_the_network_is_refused(way: int, *, there: bool) -> None:
    said = seal_problems(read(street()), plan((0, 100.0), (way, 50.0)))
    assert said == ([] if there else [f"Barrier 2 stands on way {way}, which is not in the network."])


def test_a_street_without_a_name_is_called_by_its_number() -> None:
    town = street(name=None)
    assert seal_problems(read(town), plan()) == [LEFT_OPEN.format("an unnamed street (way 0)")]
    # where the search comes to the site by its junction, the first street there is named
    town = Town()
    town.corner(0, 200, edge=True)
    town.street((0, 200), (0, 16), name="Long Street")
    town.street((0, 16), (0, 0), name="Short Street", level=1)
    town.street((0, 0), (0, -5), name="Yard")
    assert seal_problems(read(town), plan()) == [LEFT_OPEN.format("Short Street")]


def test_the_first_street_of_the_network_is_named_where_it_leads_in_beside_others() -> None:
    town = Town()
    town.corner(0, 200, edge=True)
    town.street((0, 200), (0, 0), name="First Street")
    town.street((0, 200), (300, 200), name="Second Street")
    assert seal_problems(read(town), plan()) == [LEFT_OPEN.format("First Street")]


def test_of_several_streets_the_one_that_leads_in_is_named_whatever_its_number() -> None:
    town = Town()
    town.corner(0, 200, edge=True)
    for number in range(3):
        town.street((300 + 100 * number, 0), (300 + 100 * number, 90), name=f"Elsewhere {number}")
    town.street((0, 200), (0, 0), name="Last Street")
    assert seal_problems(read(town), plan()) == [LEFT_OPEN.format("Last Street")]


def test_with_signs_a_street_out_of_the_site_is_not_one_into_it() -> None:
    out, in_ = street(permit=(MOTOR, FOOT)), street(permit=(FOOT, MOTOR))
    for town, signed, sealed in ((out, True, True), (in_, True, False), (out, False, False)):
        assert (seal_problems(read(town, trust_signs=signed), plan()) == []) is sealed
    town = Town()
    town.corner(0, 200, edge=True)
    town.street((0, 200), (0, 100), permit=(MOTOR, FOOT))
    town.street((0, 100), (0, 0), permit=(MOTOR, FOOT))
    assert seal_problems(read(town, trust_signs=True), plan()) != []
    assert seal_problems(read(town, trust_signs=True), plan((1, 40.0))) == []


def test_a_wall_on_the_street_needs_no_barrier() -> None:
    town = street()
    town.draft.stop(0, 100.0, blocks=MOTOR, kind="bollard")
    assert seal_problems(read(town), plan()) == []
    assert seal_problems(read(town, shut=("emergency", "general")), plan()) != []


def loop(far: float) -> Town:
    """A street from the site to the east and back, with nothing else on it."""
    town = Town()
    points = [place(0, -10), place(far, -10), place(far, 10), place(0, 10)]
    town.draft.way(town.corner(0, -10), town.corner(0, 10), points=points, name="Loop")
    return town


def test_a_street_out_beyond_the_radius_and_back_leads_in_at_both_ends() -> None:
    """Loop is 2 * 400 + 20 m long: between two barriers near its ends lies a part whose middle is outside."""
    reading = read(loop(400), radius_m=200)
    assert seal_problems(reading, plan((0, 50.0), (0, 770.0))) == []
    assert seal_problems(reading, plan((0, 50.0))) == [LEFT_OPEN.format("Loop")]
    assert seal_problems(reading, plan((0, 770.0))) == [LEFT_OPEN.format("Loop")]
    near = read(loop(200), radius_m=200)
    assert seal_problems(near, plan((0, 50.0))) == [], "its farthest point lies within the radius"


def test_what_the_question_names_as_outside_is_where_the_search_begins() -> None:
    inner = Town()
    inner.street((0, 0), (0, 200), name="Dead End")
    assert seal_problems(read(inner), plan()) == []
    named = {
        "type": "Polygon",
        "coordinates": [[list(place(x, y)) for x, y in ((-5, 90), (5, 90), (5, 95), (-5, 95), (-5, 90))]],
    }
    assert seal_problems(read(inner, outside=named), plan()) == [LEFT_OPEN.format("Dead End")]
    assert seal_problems(read(inner, outside=named), plan((0, 50.0))) == []
    assert seal_problems(read(inner, outside=named), plan((0, 150.0))) == [LEFT_OPEN.format("Dead End")]


def test_a_barrier_at_the_very_end_of_a_street_shuts_it() -> None:
    town = Town()
    town.corner(0, 200, edge=True)
    town.street((0, 20), (0, 200), name="Outer")
    town.street((0, 20), (0, 0), name="Inner")
    assert seal_problems(read(town), plan((0, 0.0))) == []
    assert seal_problems(read(town), plan((1, 0.0))) == []
    assert seal_problems(read(town), plan((0, float(read(town).network.way_length_m[0])))) == []


def test_barriers_are_idle_that_nobody_needs() -> None:
    town = street()
    town.corner(200, 0, edge=True)
    town.street((0, 0), (200, 0), name="East Street")
    reading = read(town)
    assert idle_barriers(reading, plan((0, 100.0), (1, 100.0))) == []
    assert idle_barriers(reading, plan((0, 100.0), (1, 100.0), (0, 150.0))) == [1, 3]
    assert idle_barriers(reading, plan(((0, 100.0), (1, 100.0)), (0, 150.0))) == [2]
    assert idle_barriers(reading, plan((0, 100.0))) == []


@pytest.mark.parametrize(("permit", "needed"), [((MOTOR, FOOT), 1), ((FOOT, MOTOR), 0)])
def test_with_signs_a_street_that_comes_from_beyond_the_radius_leads_to_its_one_end(
    permit: tuple[int, int], needed: int
) -> None:
    town = Town()
    town.street((100, 0), (10, 0), name="Low Street")
    town.street((100, 20), (10, 10), name="High Street")
    points = [place(100, 0), place(400, 0), place(400, 20), place(100, 20)]
    town.draft.way(town.at[100, 0], town.at[100, 20], points=points, permit=permit)
    reading = read(town, radius_m=200, trust_signs=True)
    assert seal_problems(reading, plan((needed, 50.0))) == []
    assert seal_problems(reading, plan((1 - needed, 50.0))) == [LEFT_OPEN.format(("Low Street", "High Street")[needed])]


def test_the_first_metre_of_a_street_counts_as_all_of_it() -> None:
    town = Town()
    town.street((0, 100), (0, 0), name="Main Street")
    town.street((0, 100), (10, 10), name="Side Street")
    ring = [(-5, 99.2), (5, 99.2), (5, 99.8), (-5, 99.8), (-5, 99.2)]
    named = {"type": "Polygon", "coordinates": [[list(place(*point)) for point in ring]]}
    assert seal_problems(read(town, outside=named), plan((0, 0.9), (1, 50.0))) == []
    assert seal_problems(read(town, outside=named), plan((0, 0.9))) == [LEFT_OPEN.format("Side Street")]


def test_the_street_that_leads_in_is_named_though_others_have_lower_numbers_at_other_junctions() -> None:
    town = Town()
    town.corner(50, 50)
    town.corner(0, 200, edge=True)
    town.street((0, 200), (0, -200), name="Through Street")
    town.street((50, 50), (60, 60), name="Elsewhere")
    assert seal_problems(read(town), plan()) == [LEFT_OPEN.format("Through Street")]
