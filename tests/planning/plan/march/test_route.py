"""The way of a march: by brute force on towns of crooked blocks, and each rule at its bound."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadInput
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.plan.march.route import MarchStreets
from clearway.record.kinds.plans import PlannedMarch
from clearway.record.place import NamedPlace, Point, Street
from drawn_towns import Town, place
from rounds import rounds

if TYPE_CHECKING:
    import random

    from clearway.planning.plan.march.route import Route

Spot = tuple[float, float]


def route(streets: MarchStreets, *names: str, line: tuple[Spot, ...] = (), **fields: Any) -> Route:  # noqa: ANN401 - any field
    named = [{"type": "street", "street": name} for name in names]
    march = {"id": "M", "along": named, "line": [place(*spot) for spot in line], "pace_kmh": 3.6}
    return streets.route(PlannedMarch.model_validate(march | fields))


def town_of(*rows: tuple[Spot, Spot, str], **kind: Any) -> MarchStreets:  # noqa: ANN401 - as the draft takes them
    town = Town()
    for start, end, name in rows:
        town.street(start, end, name=name, **kind)
    return MarchStreets(Gazetteer(town.network()))


class Blocks:
    """Streets of four by four crooked blocks, Row 0 to 3 and Col 0 to 3, of which some pieces are missing."""

    def __init__(self, chance: random.Random) -> None:
        self.spots = {
            (x, y): (100.0 * x + chance.uniform(-30, 30), 100.0 * y + chance.uniform(-30, 30))
            for x in range(4)
            for y in range(4)
        }
        self.pieces: list[tuple[Spot, Spot, str]] = []
        for x, y in self.spots:
            for other, name in (((x + 1, y), f"Row {y}"), ((x, y + 1), f"Col {x}")):
                if other in self.spots and chance.random() < 0.9:
                    ends = [self.spots[x, y], self.spots[other]]
                    chance.shuffle(ends)
                    self.pieces.append((ends[0], ends[1], name))
        self.streets = town_of(*self.pieces)

    def along(self, name: str, metres: dict[Spot, float]) -> dict[Spot, float]:
        """How far it is along a street to each of its corners, from some that are reached after some metres."""
        own = [(start, end) for start, end, called in self.pieces if called == name]
        found = {spot: far for spot, far in metres.items() if any(spot in piece for piece in own)}
        for _ in self.spots:
            for piece in own:
                for one, other in (piece, piece[::-1]):
                    if one in found:
                        found[other] = min(found.get(other, math.inf), found[one] + math.dist(one, other))
        return found

    def walked(self, names: tuple[str, ...], start: Spot) -> dict[Spot, float]:
        """How far it is to the corners of the last street, each street taken in turn."""
        found = {start: 0.0}
        for name in names:
            found = self.along(name, found)
        return found


NAMES = [
    ("Row 1", "Col 2"),
    ("Col 1", "Row 2"),
    ("Row 0", "Col 2", "Row 3"),
    ("Col 3", "Row 1", "Col 0"),
    ("Row 2", "Col 1", "Row 2"),
]


def test_the_way_along_named_streets_is_the_shortest_that_takes_each_in_turn() -> None:
    ways = 0
    for chance in rounds(25):
        town, names = Blocks(chance), chance.choice(NAMES)
        first, last = ([one for one in town.spots.values() if town.along(name, {one: 0.0})] for name in (names[0], names[-1]))
        if not first or not last:
            continue
        start, end = chance.choice(first), chance.choice(last)
        expected = town.walked(names, start).get(end)
        ends: dict[str, Any] = {"begins": Point(at=place(*start)), "finishes": Point(at=place(*end))}
        try:
            found = route(town.streets, *names, **ends)
        except BadInput as refused:
            assert not expected, (names, start, end)
            assert any(words in str(refused) for words in ("No way leads", "do not meet", "no length", "no street called"))  # noqa: PT017
            continue
        assert expected
        assert found.length_m == pytest.approx(expected, abs=0.3)
        assert len(found.corners) == len(found.pieces) - 1
        ways += 1
    assert ways > 10


def test_without_ends_it_begins_and_finishes_at_the_ends_of_its_streets_that_are_farthest_from_where_they_meet() -> None:
    ways = 0
    for chance in rounds(25):
        town, names = Blocks(chance), chance.choice(NAMES[:4])
        corners = [{spot for spot in town.spots.values() if town.along(name, {spot: 0.0})} for name in names]
        (meets,) = [one & other for one, other in pairwise(corners[:2])]
        whole = meets and all(
            len(town.along(name, {spot: 0.0})) == 4 for name, own in zip(names, corners, strict=True) for spot in own
        )
        if not whole:
            continue
        (first,), (last,) = meets, corners[-2] & corners[-1]
        between = town.walked(names[1:-1], first)[last] if len(names) > 2 else 0.0
        expected = max(town.along(names[0], {first: 0.0}).values()) + between + max(town.along(names[-1], {last: 0.0}).values())
        assert route(town.streets, *names).length_m == pytest.approx(expected, abs=0.3)
        ways += 1
    assert ways > 5


def test_people_on_foot_go_on_against_the_traffic_from_where_they_begin_and_to_where_they_finish() -> None:
    """High Street is one-way towards where the march begins, Cross Street towards High Street."""
    town = Town()
    for start, end in (((0.0, 0.0), (100.0, 0.0)), ((100.0, 0.0), (300.0, 0.0))):
        town.street(start, end, name="High Street", permit=(127, 32))
    town.street((100.0, 0.0), (100.0, 150.0), name="Cross Street", permit=(32, 127))
    streets = MarchStreets(Gazetteer(town.network()))
    begun = route(streets, "High Street", "Cross Street", begins=Point(at=place(300.0, 0.0)))
    assert begun.length_m == pytest.approx(350.0, abs=0.2)
    ended = route(streets, "High Street", "Cross Street", finishes=Point(at=place(100.0, 150.0)))
    assert ended.length_m == pytest.approx(350.0, abs=0.2)


def at(line: list[Spot], metres: float) -> Spot:
    """The place so many metres along a line."""
    for one, other in pairwise(line):
        length = math.dist(one, other)
        if metres <= length:
            share = metres / length
            return (one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1]))
        metres -= length
    return line[-1]


def drawn(chance: random.Random) -> tuple[list[Spot], Route, MarchStreets]:
    """A crooked street in four pieces, each drawn in either direction, of which a march takes a part of the first and last."""
    corners: list[Spot] = [(0.0, 0.0)]
    for _ in range(4):
        heading = chance.uniform(-0.9, 0.9)
        corners.append((corners[-1][0] + 90 * math.cos(heading), corners[-1][1] + 90 * math.sin(heading)))
    pieces = [chance.sample(ends, 2) for ends in pairwise(corners)]
    streets = town_of(*((start, end, "High Street") for start, end in pieces))
    line = [at(corners, chance.uniform(10, 80)), *corners[1:-1], at(corners, chance.uniform(280, 350))]
    return line, route(streets, line=tuple(line)), streets


def test_a_part_of_a_route_is_the_line_between_two_of_its_metres() -> None:
    for chance in rounds(20):
        line, found, _ = drawn(chance)
        length = sum(math.dist(one, other) for one, other in pairwise(line))
        assert found.length_m == pytest.approx(length, abs=0.3)
        low, high = sorted(chance.uniform(0, length) for _ in range(2))
        part = found.part(low, high)
        inner = [
            spot for spot in line[1:-1] if low < sum(math.dist(*ends) for ends in pairwise(line[: line.index(spot) + 1])) < high
        ]
        expected = [at(line, low), *inner, at(line, high)]
        kept = [one for one, other in pairwise(part) if one != other] + part[-1:]
        assert len(kept) == len(expected)
        for one, other in zip(kept, expected, strict=True):
            assert one == pytest.approx(list(place(*other)), abs=5e-6)
            assert one == [round(degrees, 6) for degrees in one]
        assert found.part(high, low) == found.part(high, high) == [part[-1]] * 2
        assert found.part(-9.0, length + 9.0) == found.part(0.0, found.length_m)


def test_a_place_lies_at_the_metres_of_the_route_that_come_nearest_to_it() -> None:
    for chance in rounds(20):
        line, found, streets = drawn(chance)
        length = sum(math.dist(one, other) for one, other in pairwise(line))
        x, y = at(line, chance.uniform(0, length))
        spot = (x + chance.uniform(-20, 20), y + chance.uniform(-20, 20))
        away, metres = min((math.dist(spot, at(line, step / 10)), step / 10) for step in range(int(10 * length) + 1))
        told = streets.stop_m(found, Point(at=place(*spot)))
        assert math.dist(spot, at(line, told)) <= away + 0.3
        assert told == pytest.approx(metres, abs=2.0 + away)


HIGH = ((0.0, 0.0), (400.0, 0.0), "High Street")


def test_a_place_beyond_the_end_of_a_route_is_as_far_from_it_as_one_walks_back() -> None:
    """The march takes High Street from 100 to 300 m; 50 m before it a stop lies on it, 70 m before it none does."""
    streets = town_of(HIGH)
    found = route(streets, line=((100.0, 0.0), (300.0, 0.0)))
    assert [streets.stop_m(found, Point(at=place(x, 0.0))) for x in (50.0, 100.0, 150.0, 350.0)] == pytest.approx(
        [0.0, 0.0, 50.0, 200.0], abs=0.1
    )
    with pytest.raises(BadInput, match=r"lies 70 m from the route\. Name a place on it"):
        streets.stop_m(found, Point(at=place(30.0, 0.0)))
    with pytest.raises(BadInput, match=r"^Nowhere Hall is not a place on the route\. "):
        streets.stop_m(found, NamedPlace(name="Nowhere Hall"))


@pytest.mark.parametrize(("away_m", "on"), [(59.5, True), (60.5, False)])
def test_a_stop_lies_within_sixty_metres_of_the_route(away_m: float, *, on: bool) -> None:
    streets = town_of(HIGH)
    found, stop = route(streets, "High Street"), Point(at=place(200.0, away_m))
    if on:
        assert streets.stop_m(found, stop) == pytest.approx(200.0, abs=0.5)
    else:
        with pytest.raises(BadInput, match=r"lies 60 m from the route|lies 61 m from the route"):
            streets.stop_m(found, stop)


@pytest.mark.parametrize(("away_m", "near"), [(149.5, True), (150.8, False)])
def test_a_line_lies_within_a_hundred_and_fifty_metres_of_a_street(away_m: float, *, near: bool) -> None:
    streets = town_of(HIGH)
    line = ((50.0, away_m), (350.0, 0.0))
    if near:
        assert route(streets, line=line).length_m == pytest.approx(300.0, abs=0.5)
    else:
        with pytest.raises(BadInput, match=r"^-41\.2786, 174\.771 lies 151 m from every street\. Put it on the route\."):
            route(streets, line=line)


def test_a_line_over_streets_that_nothing_joins_or_of_no_length_is_refused() -> None:
    streets = town_of(HIGH, ((0.0, 300.0), (400.0, 300.0), "Other Street"))
    with pytest.raises(BadInput, match="Two points of the line are joined by no street"):
        route(streets, line=((50.0, 0.0), (50.0, 300.0)))
    with pytest.raises(BadInput, match="The route has no length"):
        route(streets, line=((50.0, 0.0), (50.0, 0.0)))


def test_between_two_points_of_a_line_the_shorter_way_round_is_taken() -> None:
    """A block of 100 m by 40 m: from 90 m along its south side to 30 m along its north one it is 10 + 40 + 70 m by the east."""
    corners = [(0.0, 0.0), (100.0, 0.0), (100.0, 40.0), (0.0, 40.0)]
    streets = town_of(*((start, end, "Block") for start, end in zip(corners, [*corners[1:], corners[0]], strict=True)))
    for line, metres in ((((90.0, 0.0), (30.0, 40.0)), 120.0), (((10.0, 0.0), (30.0, 40.0)), 80.0)):
        assert route(streets, line=line).length_m == pytest.approx(metres, abs=0.2)
        assert route(streets, line=line[::-1]).length_m == pytest.approx(metres, abs=0.2)


def test_it_begins_off_its_first_street_by_the_shortest_way_there_unless_that_is_a_detour() -> None:
    """The straight way from the place to High Street is 100 m; round by a street of some length it may be 450 m."""

    def begun(north: float) -> float:
        town = Town()
        town.street((0.0, 0.0), (400.0, 0.0), name="High Street")
        start, end = town.corner(0.0, 100.0), town.corner(0.0, 0.0)
        town.draft.way(
            start, end, points=[place(0.0, 100.0), place(-north, 100.0), place(-north, 0.0), place(0.0, 0.0)], name="Round"
        )
        town.street((0.0, 100.0), (0.0, 200.0), name="Side")
        return route(MarchStreets(Gazetteer(town.network())), "High Street", begins=Point(at=place(0.0, 100.0))).length_m

    assert begun(174.0) == pytest.approx(448.0 + 400.0, abs=0.5)
    with pytest.raises(BadInput, match=r"The map joins .* to the route only by 452 m of other streets\. Name those, or"):
        begun(176.0)


def test_it_begins_where_another_street_or_square_meets_it() -> None:
    """Cross Street meets High Street at 100 m; Far Street meets it nowhere, and leads to it by Cross Street."""
    streets = town_of(
        ((0.0, 0.0), (100.0, 0.0), "High Street"),
        ((100.0, 0.0), (400.0, 0.0), "High Street"),
        ((100.0, 0.0), (100.0, 250.0), "Cross Street"),
        ((100.0, 250.0), (200.0, 250.0), "Far Street"),
        ((0.0, 900.0), (100.0, 900.0), "Island Street"),
    )
    for name, metres in (("Cross Street", 300.0), ("Far Street", 550.0)):
        begun = route(streets, "High Street", begins=Street(street=name), finishes=Point(at=place(400.0, 0.0)))
        assert begun.length_m == pytest.approx(metres, abs=0.2)
        ended = route(streets, "High Street", begins=Point(at=place(400.0, 0.0)), finishes=Street(street=name))
        assert ended.length_m == pytest.approx(metres, abs=0.2)
        assert ended.pieces[0].from_m > ended.pieces[0].to_m
    with pytest.raises(BadInput, match="No street leads from Island Street to the route"):
        route(streets, "High Street", begins=Street(street="Island Street"))
    with pytest.raises(BadInput, match="Nobody can say where Nowhere Hall is"):
        route(streets, "High Street", begins=NamedPlace(name="Nowhere Hall"))


def test_feet_walk_paths_and_streets_for_vehicles_and_floats_only_the_latter() -> None:
    town = Town()
    town.street((0.0, 0.0), (100.0, 0.0), name="Motorway", permit=(16, 16))
    town.street((100.0, 0.0), (200.0, 0.0), name="Path", permit=(0, 32))
    town.street((200.0, 0.0), (300.0, 0.0), name="Rails", permit=(0, 0))
    streets = MarchStreets(Gazetteer(town.network()))
    assert [streets.drivable(way) for way in range(3)] == [True, False, False]
    assert route(streets, "Motorway", "Path").length_m == pytest.approx(200.0, abs=0.2)
    with pytest.raises(BadInput, match=r"^Rails is a street on which nobody may walk\. Leave it out, or take another\."):
        route(streets, "Rails")
    with pytest.raises(BadInput, match=r"^Path is a street on which no vehicle may drive\."):
        route(streets, "Motorway", "Path", floats=True)
    with pytest.raises(BadInput, match=r"^This map has no street called Zebra Crescent\. Look at the map for its name\.$"):
        route(streets, "Zebra Crescent")


def test_places_that_are_streets_by_another_name_are_taken_as_streets() -> None:
    streets = town_of(HIGH)
    assert route(streets, along=[{"type": "named", "name": "High Street"}]).length_m == pytest.approx(400.0, abs=0.2)
