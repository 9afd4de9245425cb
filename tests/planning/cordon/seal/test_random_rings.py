"""A cordon as given: the verdict against the checker that shares no code with it, and by brute force on random towns."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clearway.network.classes import class_mask
from clearway.planning.cordon.check.network_reading import NetworkReading
from clearway.planning.cordon.check.seal import seal_problems
from clearway.planning.cordon.planner.plan import plan_cordon
from clearway.planning.cordon.seal.contract import GivenBarrier, Seal, SealQuestion
from clearway.planning.cordon.seal.verdict import sealed
from rounds import examples, first_few

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType

    from clearway.network.model import Network

MANY = settings(max_examples=examples(50), suppress_health_check=list(HealthCheck))
FEW = settings(max_examples=examples(25), suppress_health_check=list(HealthCheck))
MOTOR = class_mask(["resident", "service", "bus", "general"])
FOOT = class_mask(["foot"])


def random_town(data: st.DataObject, kit: ModuleType) -> Any:  # noqa: ANN401 - a Town of the kit
    """Some streets of a grid of 3 by 2 corners, one-way streets, carriageways, obstacles, and ways out at the ends."""
    town = kit.Town()
    rise = data.draw(st.sampled_from([100, 100, 20]), label="rise")
    rows = [((x, y), (x + 100, y)) for x in (0, 100) for y in (0, rise)]
    columns = [((x, 0), (x, rise)) for x in (0, 100, 200)]
    exits = [((x, y), (x, y + side)) for x in (0, 100, 200) for y, side in ((0, -110), (rise, 110))]
    both = town.draft.usual_permit("residential")
    for start, end in data.draw(st.permutations([*rows, *columns, *exits]), label="streets")[:9]:
        if (start, end) in exits:
            town.corner(*end, edge=data.draw(st.booleans()))
        permit = data.draw(st.sampled_from([None, None, (both, FOOT), (FOOT, both), (both, class_mask(["bus"]))]))
        way = town.street(start, end, name="The Quay" if rise == 20 else None, permit=permit)
        if data.draw(st.integers(0, 5)) == 0:
            kind = data.draw(st.sampled_from(["bollard", "gate", "kerb", "bus_trap"]))
            blocks = class_mask(["resident", "service", "general"]) if kind == "bus_trap" else MOTOR
            town.draft.stop(way, data.draw(st.sampled_from([4.0, 10.0])), blocks=blocks, kind=kind)
    town.street((0, 0), (-60, 0))
    return town


@st.composite
def random_barriers(draw: st.DrawFn, network: Network) -> list[GivenBarrier]:
    found = []
    for _ in range(draw(st.integers(1, 6))):
        way = draw(st.integers(0, network.way_count - 1))
        share = draw(st.sampled_from([0.1, 0.3, 0.5, 0.92]))
        found.append(GivenBarrier(way_indexes=(way,), at_m=(share * float(network.way_length_m[way]),)))
    return found


def checked(network: Network, question: SealQuestion, verdict: Seal) -> bool:
    """Whether the checker's own search finds no way in."""
    asked_of_it = question.cordon(radius_m=verdict.radius_m).model_dump(mode="json")
    barriers = [{"number": one.number, "way_indexes": one.way_indexes, "at_m": list(one.at_m)} for one in verdict.barriers]
    problems = seal_problems(NetworkReading(network, asked_of_it), {"barriers": barriers})
    return not any(problem.startswith("A way in is left") for problem in problems)


@pytest.mark.slow
@MANY
@given(data=st.data())
def test_the_verdict_is_that_of_the_independent_checker(data: st.DataObject, kit: ModuleType) -> None:
    network = random_town(data, kit).network()
    question = SealQuestion(
        site=kit.square(-30, 0, 12),
        barriers=data.draw(random_barriers(network)),
        shut=(data.draw(st.sampled_from(["general", "bus"])),),
        trust_signs=data.draw(st.booleans()),
        radius_m=data.draw(st.sampled_from([None, 150, 5000])),
    )
    verdict = sealed(network, question)
    assert verdict.sealed == checked(network, question, verdict)
    assert verdict.sealed == (not verdict.leaks)


@pytest.mark.slow
@MANY
@given(data=st.data())
def test_leaks_stop_with_their_barriers_and_idle_ones_can_go_together(data: st.DataObject, kit: ModuleType) -> None:
    network = random_town(data, kit).network()
    barriers = data.draw(random_barriers(network))
    question = SealQuestion(site=kit.square(-30, 0, 12), barriers=barriers, radius_m=5000)
    verdict = sealed(network, question)
    if not network.junction_edge.any():
        assert (verdict.idle, verdict.certain) == ((), False), "where nothing is outside nothing is claimed"
        return
    missing = [
        GivenBarrier(way_indexes=leak.barrier.way_indexes, at_m=leak.barrier.at_m) for leak in verdict.leaks if leak.barrier
    ]
    for leak in verdict.leaks:
        assert leak.barrier is not None
        line = shapely.LineString(leak.path)
        ends = [shapely.LineString(network.geometry(way)) for way in leak.barrier.way_indexes]
        assert any(line.intersection(end).length > 0 for end in ends), "the path runs over the street of its barrier"
        start = shapely.Point(leak.path[0])
        assert min(start.distance(shapely.Point(*at)) for at in edges(network)) < 1e-6
    whole = [*barriers, *missing]
    assert is_sealed(network, question, whole)
    idle = {number - 1 for number in verdict.idle}
    kept = [one for index, one in enumerate(barriers) if index not in idle]
    assert is_sealed(network, question, [*kept, *missing]), "all idle ones can go together"
    for one in kept:
        rest = [other for other in kept if other is not one]
        assert not is_sealed(network, question, [*rest, *missing]), "each of the others stops something"
    for one in missing:
        assert not is_sealed(network, question, [*barriers, *(other for other in missing if other is not one)])


def edges(network: Network) -> list[tuple[float, float]]:
    return [
        (float(network.junction_lon[at]), float(network.junction_lat[at])) for at in network.junction_edge.nonzero()[0].tolist()
    ]


def is_sealed(network: Network, question: SealQuestion, barriers: list[GivenBarrier]) -> bool:
    """By the checker, which knows nothing of what was found."""
    asked_of_it = question.cordon(radius_m=question.radius_m).model_dump(mode="json")
    plain = [{"number": 1, "way_indexes": one.way_indexes, "at_m": list(one.at_m)} for one in barriers]
    return not any(
        problem.startswith("A way in is left")
        for problem in seal_problems(NetworkReading(network, asked_of_it), {"barriers": plain})
    )


@pytest.mark.slow
@FEW
@given(data=st.data())
def test_the_missing_barriers_cost_what_the_cheapest_of_all_sets_of_places_does(data: st.DataObject, kit: ModuleType) -> None:
    town = kit.Town()
    rows = [((x, y), (x + 100, y)) for x in (0, 100) for y in (0, 100)]
    exits = [((x, y), (x, y + side)) for x in (0, 100, 200) for y, side in ((0, -110), (100, 110))]
    columns = [((x, 0), (x, 100)) for x in (0, 100, 200)]
    for start, end in data.draw(st.permutations([*rows, *columns, *exits]), label="streets")[:7]:
        if (start, end) in exits:
            town.corner(*end, edge=True)
        town.street(start, end, street_class=data.draw(st.sampled_from(["service", "residential", "tertiary", "primary"])))
    town.street((0, 0), (-60, 0))
    network, site = town.network(), kit.square(-30, 0, 12)
    force = kit.BruteForce(network, SealQuestion(site=site).cordon(radius_m=5000))
    spots = sorted(force.usable)
    if not spots:
        return
    standing = frozenset(data.draw(st.lists(st.sampled_from(spots), min_size=1, max_size=3, unique=True), label="standing"))
    barriers = [
        GivenBarrier(way_indexes=(way,), at_m=(float(network.way_length_m[way]) - 8 if end else 8.0,))
        for way, end in sorted(standing)
    ]
    verdict = sealed(network, SealQuestion(site=site, barriers=barriers, radius_m=5000))
    assert round(verdict.cost * 100) == min(force.rule.cost(seal.spots - standing) for seal in force.seals(standing=standing))


@pytest.mark.slow
def test_a_plan_is_sealed_as_given_and_without_one_of_its_barriers_it_leaks_there(wellington: Network, open_data: Path) -> None:
    features = json.loads((open_data / "wellington" / "places.geojson").read_text())["features"]
    ground = next(feature["geometry"] for feature in features if feature["properties"]["kind"] == "restricted_grounds")
    question = SealQuestion(site=ground, stretches=(2026, 5619, 2058, 2569, 2024))
    plan = plan_cordon(wellington, question.cordon())
    given_ones = [GivenBarrier(way_indexes=one.way_indexes, at_m=one.at_m) for one in plan.barriers]
    whole = sealed(wellington, question.model_copy(update={"barriers": tuple(given_ones)}))
    assert (whole.sealed, whole.idle) == (True, ())
    for index, barrier in enumerate(plan.barriers):
        rest = tuple(one for other, one in enumerate(given_ones) if other != index)
        verdict = sealed(wellington, question.model_copy(update={"barriers": rest}))
        assert not verdict.sealed
        assert verdict.cost == pytest.approx(barrier.cost)
        assert verdict.idle == ()


@pytest.mark.slow
@FEW
@given(data=st.data())
def test_filters_part_what_a_plain_search_over_street_ends_parts(data: st.DataObject, kit: ModuleType) -> None:
    """Each way end is a node; at a junction, ends on one side of the filter's line are joined, and no others."""
    town = kit.Town()
    corners = [(x, y) for x in (0, 100, 200) for y in (0, 100)]
    inner = [((x, y), (x + 100, y)) for x in (0, 100) for y in (0, 100)] + [((x, 0), (x, 100)) for x in (0, 100, 200)]
    exits = [((x, y), (x, y + side)) for x in (0, 100, 200) for y, side in ((0, -110), (100, 110))]
    streets = [*data.draw(st.permutations([*inner, *exits]))[:10], ((0, 0), (-60, 0))]
    for start, end in streets:
        if (start, end) in exits:
            town.corner(*end, edge=True)
        town.street(start, end)
    arms = {at: [street for street in streets if at in street] for at in corners}
    barriers, sides = [], {}
    for at in data.draw(st.lists(st.sampled_from(corners), max_size=3, unique=True)):
        east, north = data.draw(st.sampled_from([(10, 10), (10, -10), (12, 3), (3, -12)]))
        left = {street for street in arms[at] if _left(at, street, (east, north))}
        if len(arms[at]) >= 3 and 0 < len(left) < len(arms[at]):
            barriers.append(kit.diagonal((at[0] - east, at[1] - north), (at[0] + east, at[1] + north)))
            sides[at] = left
    shut = data.draw(st.sets(st.integers(0, len(streets) - 2), max_size=3))
    barriers += [GivenBarrier(way_indexes=(way,), at_m=(50.0,)) for way in sorted(shut)]
    if not barriers:
        return
    verdict = sealed(town.network(), SealQuestion(site=kit.square(-30, 0, 12), barriers=barriers, radius_m=5000))
    queue: list[tuple[Any, Any]] = [((start, end), end) for start, end in streets if (start, end) in exits]
    seen = set(queue)
    while queue:
        street, at = queue.pop()
        across = [(street, street[street.index(at) - 1])] if streets.index(street) not in shut else []
        turns = [(other, at) for other in arms.get(at, []) if (other in sides.get(at, ())) == (street in sides.get(at, ()))]
        for node in (*across, *turns):
            if node not in seen:
                seen.add(node)
                queue.append(node)
    assert verdict.sealed == (not any(street == streets[-1] for street, _ in seen))


def _left(at: tuple[int, int], street: Any, line: tuple[int, int]) -> bool:  # noqa: ANN401 - two corners
    other = street[street.index(at) - 1]
    return bool(line[0] * (other[1] - at[1]) - line[1] * (other[0] - at[0]) > 0)


def test_a_barrier_beyond_the_radius_seals_nothing_for_the_checker_either(kit: ModuleType) -> None:
    town = kit.Town()
    for end in ((0, 100), (0, -100)):
        town.corner(*end, edge=True)
        town.street((0, 0), end)
    lane = town.street((0, 0), (400, 400), name="Long Lane")
    network = town.network()

    def asked(at_m: float) -> SealQuestion:
        arms = [GivenBarrier(way_indexes=(way,), at_m=(50.0,)) for way in (0, 1)]
        barriers = (*arms, GivenBarrier(way_indexes=(lane,), at_m=(at_m,)))
        return SealQuestion(site=kit.square(0, 0, 15), barriers=barriers, radius_m=150)

    far, near = (sealed(network, asked(at_m)) for at_m in (500.0, 50.0))
    # what lies between the radius and the barrier is outside, and leads in
    assert [leak.streets for leak in far.leaks] == [("Long Lane",)]
    assert not checked(network, asked(500.0), far)
    assert near.sealed
    assert checked(network, asked(50.0), near)


@pytest.mark.parametrize(
    "judged",
    [
        test_the_verdict_is_that_of_the_independent_checker,
        test_leaks_stop_with_their_barriers_and_idle_ones_can_go_together,
        test_the_missing_barriers_cost_what_the_cheapest_of_all_sets_of_places_does,
        test_filters_part_what_a_plain_search_over_street_ends_parts,
    ],
)
def test_the_same_holds_of_a_few_rings_that_are_looked_at_each_time(judged: Callable[..., None], kit: ModuleType) -> None:
    first_few(judged, kit=kit)
