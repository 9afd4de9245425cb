"""Detours and warnings: small towns with answers counted by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from clearway.network.build import NetworkDraft
from clearway.network.classes import ALL_CLASSES_MASK, SIZES, class_mask
from clearway.network.closures import Closure
from clearway.planning.access.planner.stations import Station
from clearway.planning.plan.detours.finding import Asked, detours
from clearway.planning.plan.detours.geojson_out import detours_geojson
from clearway.planning.plan.detours.loads import Traffic
from clearway.planning.traffic.impact.arc_traffic import ArcTraffic
from detour_towns import MOTOR, at, found, ladder, movement, three_rows, words


def test_a_block_shut_is_gone_round_by_the_street_behind_in_both_directions() -> None:
    answer = found(ladder().finish(), Closure(1, MOTOR, label="Works"))
    assert [(one.along, one.starts_at, one.ends_at) for one in answer.general.movements] == [
        ("Main Street", "Main Street at Cross 1", "Main Street at Cross 2"),
        ("Main Street", "Main Street at Cross 2", "Main Street at Cross 1"),
    ]
    east = movement(answer, "Main Street at Cross 1")
    straight, turning = east.detours
    assert (east.closures, east.flow_before_per_hour) == (("Works",), None)
    assert east.metres == pytest.approx(200, abs=1)
    assert (straight.coming_from, straight.leaves_at, straight.joins_at) == (
        *("Main Street", "Main Street at Cross 1", "Main Street at Cross 2"),
    )
    assert words(straight) == [
        *("from Main Street", "left into Cross 1, 100 m", "right into Back Street, 200 m"),
        *("right into Cross 2, 100 m", "left into Main Street"),
    ]
    assert straight.metres_added == pytest.approx(200, abs=1)
    assert straight.minutes_added == pytest.approx(200 / (50 / 3.6) / 60, abs=0.01)
    assert turning.coming_from == "Cross 1"
    assert words(turning)[:4] == [
        *("from Cross 1", "right into Main Street, 200 m", "right into Cross 0, 100 m", "right into Back Street, 400 m"),
    ]


def test_nobody_is_sent_back_along_the_street_by_which_he_came() -> None:
    """From Cross 1 southward the way back is 400 m, the one round the western block 800 m."""
    answer = found(ladder().finish(), Closure(1, MOTOR))
    turning = movement(answer, "Main Street at Cross 1").detours[1]
    assert turning.metres == pytest.approx(800, abs=2)


def loop(draft: NetworkDraft, junction: int, east: float, north: float) -> None:
    """A stub of 50 m southward from a junction, which lies there, that ends in a turning loop."""
    end = draft.junction(*at(east, north - 50))
    draft.way(junction, end, name="Stub")
    draft.way(end, end, name="Stub", points=[at(east + 15, north - 65), at(east, north - 80), at(east - 15, north - 65)])


def test_a_street_that_only_leads_to_a_turning_loop_is_no_way_for_a_detour() -> None:
    """Hill Street runs in a bow from Main Street to Back Street; shut beyond its middle it is a dead end with a loop."""
    draft = ladder()
    middle = draft.junction(*at(700, 50))
    first, second = (draft.way(one, middle, name="Hill Street") for one in (3, 7))
    loop(draft, middle, 700, 50)
    usual = found(draft.finish()).general
    assert (usual.movements, usual.warn) == ((), ())
    answer = found(draft.finish(), Closure(second, MOTOR, at_m=30.0, label="Works")).general
    assert {(one.starts_at, one.ends_at) for one in answer.movements} == {
        ("Hill Street at Cross 3", "Hill Street at Back Street"),
        ("Hill Street at Back Street", "Hill Street at Cross 3"),
    }
    ways = [way for one in answer.movements for way in one.detours]
    assert ways
    assert not any("Stub" in word for way in ways for word in words(way))
    assert {one.way_indexes for one in answer.warn} == {(first,), (second,)}


@pytest.mark.parametrize(("kmh", "turns"), [(10, ()), (5, ("Cross 1", "Stub"))])
def test_a_loop_is_driven_there_and_back_where_any_other_way_is_more_than_three_minutes_slower(
    kmh: float, turns: tuple[str, ...]
) -> None:
    """From Cross 1 southward: by the stub's loop and back in half a minute, or round the western block: 400 m of it slow."""
    draft = ladder()
    loop(draft, 1, 200, 0)
    network = draft.finish()
    speed = network.arc_speed_kmh.copy()
    speed[:, [0, 1, 6, 7]] = kmh
    network = replace(network, arc_speed_kmh=speed)
    turning = movement(found(network, Closure(1, MOTOR)), "Main Street at Cross 1").detours[1]
    assert turning.coming_from == "Cross 1"
    assert turning.there_and_back == turns


def test_a_street_that_is_joined_is_come_to_from_its_other_side_rather_than_along_itself() -> None:
    """Main Street's first block leads east alone: who comes from the east goes on by Cross 1, northward."""
    draft = ladder()
    loop(draft, 1, 200, 0)
    network = draft.finish()
    permit = network.arc_permit.copy()
    permit[1] &= ~np.uint8(MOTOR)
    speed = network.arc_speed_kmh.copy()
    speed[:, 0] = 10  # a minute longer than by Cross 1 and the loop
    network = replace(network, arc_permit=permit, arc_speed_kmh=speed)
    west = movement(found(network, Closure(1, MOTOR)), "Main Street at Cross 2")
    (way,) = (one for one in west.detours if one.coming_from == "Main Street")
    assert way.there_and_back == ()
    assert words(way)[-3:] == ["left into Cross 0, 100 m", "left into Main Street, 200 m", "left into Cross 1"]


def test_what_is_not_known_without_trips_is_said_to_be_not_known() -> None:
    answer = found(ladder().finish(), Closure(1, MOTOR))
    for one in answer.general.movements:
        for way in one.detours:
            assert (way.overloaded, way.minutes_added_in_traffic) == (None, None)
            assert {leg.load for leg in way.legs} == {None}
    assert answer.traffic is None
    assert "How full the detours are is not known: no trips were given." in answer.warnings


def test_a_leg_beyond_its_capacity_is_named_by_the_load_that_the_engine_found() -> None:
    network = ladder().finish()
    arcs = network.arc_count
    flow, full = np.zeros(arcs), np.zeros(arcs)
    flow[2], flow[3], full[2 * 4] = 500.0, 700.0, 1.2  # Main Street east and west; Back Street's middle block east
    full[2 * 4 + 1] = 1.0  # westward as much as it takes, and no more
    usual = full * 0.5
    usual[2 * 3] = 0.9  # its first block was the fullest
    time_s = np.full(arcs, 10.0)
    time_s[2 * 4] = 70.0
    before = ArcTraffic(flow, np.full(arcs, 10.0), np.full(arcs, 10.0), usual)
    after = ArcTraffic(flow * 2, np.full(arcs, 10.0), time_s, full)
    traffic = Traffic(before, after, "Counted by hand.")
    assert traffic.minutes_added([2, 4], [8, 6, 0]) == pytest.approx((70 + 10 + 10 - 20) / 60)
    answer = found(network, Closure(1, MOTOR), traffic=traffic)
    assert [one.starts_at for one in answer.general.movements] == ["Main Street at Cross 2", "Main Street at Cross 1"]
    east, west = (movement(answer, f"Main Street at Cross {x}").detours[0] for x in (1, 2))
    assert (east.overloaded, west.overloaded) == (("Back Street between Cross 1 and Cross 2",), ())
    (load,) = (leg.load for leg in east.legs if leg.street == "Back Street")
    assert load is not None
    assert [load.share_of_capacity, load.share_before] == pytest.approx([1.2, 0.6])
    (two_blocks,) = (
        leg.load for leg in movement(answer, "Main Street at Cross 1").detours[1].legs if leg.street == "Back Street"
    )
    assert two_blocks is not None
    assert (two_blocks.where, two_blocks.share_of_capacity) == ("Back Street between Cross 1 and Cross 2", 1.2)
    assert east.minutes_added_in_traffic == pytest.approx((10 + 70 + 10 - 10) / 60)
    assert answer.traffic == "Counted by hand."
    assert "1 detour beyond capacity." in answer.summary


def test_a_closure_at_the_corner_traps_nobody_and_one_in_the_street_does() -> None:
    network = ladder().finish()
    at_corner, inside = (found(network, Closure(1, MOTOR, at_m=metres)).general.warn for metres in (2.0, 150.0))
    assert [(one.where, round(one.metres), one.traps) for one in at_corner] == [
        *(("Main Street at Cross 1", 2, False), ("Main Street at Cross 2", 198, True)),
    ]
    assert [(one.where, round(one.metres), one.traps) for one in inside] == [
        *(("Main Street at Cross 1", 150, True), ("Main Street at Cross 2", 50, True)),
    ]
    assert {one.street for one in inside} == {"Main Street"}
    seen, behind = (found(network, Closure(1, MOTOR, at_m=metres)).general.warn[0] for metres in (10.0, 10.5))
    assert (seen.traps, behind.traps) == (False, True)
    each_way = Closure(1, MOTOR, at_m=150.0, against=False), Closure(1, MOTOR, at_m=50.0, along=False)
    assert [round(one.metres) for one in found(network, *each_way).general.warn] == [150, 150]
    assert inside[0].arms == ("Main Street", "Cross 1")
    two = Closure(1, MOTOR, at_m=150.0), Closure(1, MOTOR, at_m=60.0)
    assert [round(one.metres) for one in found(network, *two).general.warn] == [60, 50], "the nearest that is met"


def test_drivers_are_warned_at_the_last_junction_where_they_can_still_turn_off() -> None:
    """The closure stands two junctions on; a drive and a car park's stub are no way off."""
    draft = NetworkDraft("Long way in")
    ring = [draft.junction(*at(*place)) for place in ((0, 0), (0, 200), (-200, 200), (-200, 0))]
    for number, (first, second) in enumerate(pairwise([*ring, ring[0]])):
        draft.way(first, second, name=f"Ring {number}")
    middle, far = draft.junction(*at(300, 0)), draft.junction(*at(500, 0))
    other = [draft.junction(*at(*place)) for place in ((700, 0), (700, 200), (500, 200))]
    draft.way(ring[0], middle, name="Long Street")
    draft.way(middle, far, name="Long Street")
    draft.way(middle, draft.junction(*at(300, 80)), name="Stub Lane")
    for number, (first, second) in enumerate(pairwise([far, *other, far])):
        draft.way(first, second, name=f"Loop {number}")
    draft.way(ring[2], other[1], name="Round Road")
    answer = found(draft.finish(), Closure(5, MOTOR, at_m=100.0, label="Block"))
    signs = {one.where: (one.street, round(one.metres), one.traps, one.closures) for one in answer.general.warn}
    assert signs == {
        "Long Street at Ring 0": ("Long Street", 400, True, ("Block",)),
        "Long Street at Loop 0": ("Long Street", 100, True, ("Block",)),
    }


def test_a_street_behind_a_barrier_is_no_way_through_and_what_lies_there_is_named() -> None:
    """Four barriers enclose a block of Main Street, and Yard Lane with it."""
    draft = ladder(5)
    corner = draft.junction(*at(300, -100))
    draft.way(1, corner, name="Yard Lane")
    draft.way(corner, 2, name="Yard Lane")
    answer = found(draft.finish(), *(Closure(way, MOTOR) for way in (0, 2, 11, 12)))
    assert set(answer.general.cut_off) == {"Main Street between Cross 1 and Cross 2", "Yard Lane at Main Street"}
    assert any("cannot be driven to any more" in warning for warning in answer.warnings)
    shut_too = found(draft.finish(), *(Closure(way, MOTOR) for way in (0, 1, 2, 11, 12)))
    assert shut_too.general.cut_off == ("Yard Lane at Main Street",)


def test_a_detour_joins_as_late_and_leaves_as_early_as_is_quickest() -> None:
    """Cross 1 and Cross 2 are slow lanes: who is sent round leaves at Cross 0 and comes back at Cross 3."""
    draft = NetworkDraft("Slow lanes")
    rows = [[draft.junction(*at(200 * x, y)) for x in range(-1, 5)] for y in (0, 100)]
    for name, row in zip(("Main Street", "Back Street"), rows, strict=True):
        for first, second in pairwise(row):
            draft.way(first, second, name=name)
    for number, (first, second) in enumerate(zip(*rows, strict=True)):
        draft.way(first, second, name=f"Cross {number}", speed_kmh=3 if number in {2, 3} else None)
    way = movement(found(draft.finish(), Closure(2, MOTOR)), "Main Street at Cross 2").detours[0]
    assert (way.leaves_at, way.joins_at) == ("Main Street at Cross 1", "Main Street at Cross 4")
    assert way.metres_added == pytest.approx(200, abs=2)


def test_nobody_is_sent_off_a_street_more_than_a_kilometre_before_it_is_shut() -> None:
    """Back Road runs away from Main Street, so that the detour is the shorter the earlier one leaves."""
    draft = NetworkDraft("A long street")
    main, back = ([draft.junction(*at(400 * x, x * rise)) for x in range(12)] for rise in (0, 12.5))
    for name, row in (("Main Street", main), ("Back Road", back)):
        for first, second in pairwise(row):
            draft.way(first, second, name=name)
    for number, (first, second) in enumerate(zip(main, back, strict=True)):
        draft.way(first, second, name=f"Cross {number}")
    way = movement(found(draft.finish(), Closure(8, MOTOR)), "Main Street at Cross 8").detours[0]
    assert way.leaves_at == "Main Street at Cross 6"


def test_who_only_turned_round_in_what_is_shut_makes_no_movement() -> None:
    draft = ladder()
    stem, west, east = (draft.junction(*at(*place)) for place in ((200, -40), (180, -60), (220, -60)))
    for first, second in pairwise([1, stem, west, east, stem]):
        draft.way(first, second, name="Turning Place")
    answer = found(draft.finish(), Closure(12, MOTOR))
    assert answer.general.movements == ()
    assert [one.street for one in answer.general.warn] == ["Turning Place"]


def test_people_on_foot_pass_where_the_closure_lets_them_and_go_round_where_it_does_not() -> None:
    network = ladder().finish()
    ways = found(network, Closure(1, MOTOR)).other_ways[0]
    assert ways.on_foot is not None
    assert (round(ways.on_foot.metres), ways.on_foot.metres_added) == (200, 0)
    shut = found(network, Closure(1, ALL_CLASSES_MASK)).other_ways[0]
    assert shut.on_foot is not None
    assert shut.cycle is not None
    assert (round(shut.on_foot.metres), round(shut.on_foot.metres_added or 0)) == (400, 200)
    assert round(shut.cycle.metres) == 400


def test_steps_are_no_way_for_those_who_need_one_without() -> None:
    draft = ladder()
    draft.way(1, 2, name="Steps", street_class="steps", points=[at(200, 0), at(300, -20), at(400, 0)])
    ways = found(draft.finish(), Closure(1, ALL_CLASSES_MASK)).other_ways[0]
    assert ways.on_foot is not None
    assert ways.step_free is not None
    assert round(ways.on_foot.metres) == 204
    assert round(ways.step_free.metres) == 400


def test_where_nobody_can_walk_past_no_way_is_claimed() -> None:
    draft = NetworkDraft("Two banks")
    banks = [[draft.junction(*at(x + east, y)) for x, y in ((0, 0), (0, 200), (200, 200), (200, 0))] for east in (0, 800)]
    for bank in banks:
        for first, second in pairwise([*bank, bank[0]]):
            draft.way(first, second, name="Quay")
    bridge = draft.way(banks[0][3], banks[1][0], name="Bridge")
    draft.way(banks[0][2], banks[1][1], name="Tunnel", street_class="motorway")
    ways = found(draft.finish(), Closure(bridge, ALL_CLASSES_MASK)).other_ways[0]
    assert (ways.on_foot, ways.step_free, ways.cycle) == (None, None, None)


def test_a_map_without_another_way_says_so_and_names_what_is_cut_off() -> None:
    """One bridge joins two rings; nothing crosses when it is shut."""
    draft = NetworkDraft("One bridge")
    banks = [
        [draft.junction(*at(x + east, y)) for x, y in ((0, 0), (0, 200), (size, 200), (size, 0))]
        for east, size in ((0, 200), (800, 200))
    ]
    for number, bank in enumerate(banks):
        for first, second in pairwise([*bank, bank[0]]):
            draft.way(first, second, name=f"Bank {number}")
    draft.way(banks[0][0], banks[0][2], name="Diagonal")
    bridge = draft.way(banks[0][3], banks[1][0], name="Bridge")
    answer = found(draft.finish(), Closure(bridge, MOTOR))
    assert answer.general.movements == ()
    assert answer.general.cut_off == ("Bank 1 at Bridge", "Bank 1")
    assert [(one.where, one.street) for one in answer.general.warn] == [("Bridge at Bank 0", "Bridge")]


def test_streets_that_leave_the_data_are_through_streets() -> None:
    """A main road through the map with a lane beside it: both ends go on outside."""
    draft = NetworkDraft("Valley")
    places = [draft.junction(*at(300 * x, 0), edge=x in {0, 3}) for x in range(4)]
    for first, second in pairwise(places):
        draft.way(first, second, name="Valley Road")
    draft.way(places[1], places[2], name="Mill Lane", points=[at(300, 0), at(450, 200), at(600, 0)])
    answer = found(draft.finish(), Closure(1, MOTOR))
    streets = [[leg.street for leg in one.detours[0].legs] for one in answer.general.movements]
    assert streets == [["Valley Road", "Mill Lane", "Valley Road"]] * 2
    assert "without a detour" not in " ".join(answer.summary)


def test_movements_of_which_some_traffic_has_no_detour_are_counted() -> None:
    """Who comes along Valley Road may not turn into Mill Lane, who comes out of Side Street may."""
    draft = NetworkDraft("Valley")
    places = [draft.junction(*at(300 * x, 0), edge=x in {0, 3}) for x in range(4)]
    for first, second in pairwise(places):
        draft.way(first, second, name="Valley Road")
    lane = draft.way(places[1], places[2], name="Mill Lane", points=[at(300, 0), at(450, 200), at(600, 0)])
    draft.way(places[1], draft.junction(*at(300, -300), edge=True), name="Side Street")
    draft.turn([2 * 0, 2 * lane])
    answer = found(draft.finish(), Closure(1, MOTOR))
    east, west = answer.general.movements
    assert [(one.coming_from, one.metres is None) for one in east.detours[:2]] == [
        ("Valley Road", True),
        ("Side Street", False),
    ]
    assert [(one.coming_from, one.metres is None) for one in west.detours[:1]] == [("Valley Road", False)]
    assert answer.summary[0] == "2 movements cut."
    assert answer.summary[2] == "1 movement without a detour on this map."


def test_one_way_streets_are_kept() -> None:
    """Back Street's middle block is one-way, westward."""
    network = three_rows(3).finish()
    permit = network.arc_permit.copy()
    permit[2 * 4] = 0
    answer = found(replace(network, arc_permit=permit), Closure(1, MOTOR))
    east, west = (movement(answer, f"Main Street at Cross {x}").detours[0] for x in (1, 2))
    assert [leg.street for leg in east.legs] == ["Main Street", "Cross 1", "Far Street", "Cross 2", "Main Street"]
    assert [leg.street for leg in west.legs] == ["Main Street", "Cross 2", "Back Street", "Cross 1", "Main Street"]


def test_forbidden_turns_are_kept() -> None:
    """Nobody may turn from Cross 1 into Back Street eastward."""
    draft = three_rows(3)
    draft.turn([2 * 7, 2 * 4])
    east = movement(found(draft.finish(), Closure(1, MOTOR)), "Main Street at Cross 1").detours[0]
    assert [leg.street for leg in east.legs] == ["Main Street", "Cross 1", "Far Street", "Cross 2", "Main Street"]


def test_a_long_street_shut_is_one_movement_though_streets_cross_it() -> None:
    """Back Street lies between two others; four of its six blocks are shut."""
    answer = found(three_rows(6).finish(), *(Closure(6 + block, MOTOR) for block in (1, 2, 3, 4)))
    assert sorted((one.starts_at, one.ends_at) for one in answer.general.movements) == [
        ("Back Street at Cross 1", "Back Street at Cross 5"),
        ("Back Street at Cross 5", "Back Street at Cross 1"),
    ]


def test_heavy_vehicles_have_a_way_of_their_own_where_a_limit_is_known() -> None:
    draft = three_rows(3)
    for arc in (8, 9):
        draft.limit(SIZES.index("weight_t"), 12.0, classes=class_mask(["service"]), arc=arc)
    answer = found(draft.finish(), Closure(1, MOTOR))
    assert answer.heavy is not None
    assert answer.heavy.vehicle == "heavy vehicles (4.3 m high, 2.55 m wide, 46 t, 23 m long)"
    (heavy,) = (one for one in answer.heavy.movements if one.starts_at == "Main Street at Cross 1")
    assert "Far Street" in {leg.street for leg in heavy.detours[0].legs}
    assert "Far Street" not in {leg.street for leg in movement(answer, "Main Street at Cross 1").detours[0].legs}
    features = detours_geojson(answer)["features"]
    for whom, vehicle in (("general", answer.general), ("heavy", answer.heavy)):
        drawn = [one["properties"] for one in features if one["properties"].get("whom") == whom]
        cut = [one["movement"] for one in drawn if one["kind"] == "cut"]
        assert cut == [one.number for one in vehicle.movements]
        assert sum(one["kind"] == "warn" for one in drawn) == len(vehicle.warn)


def test_it_tells_what_it_is_doing_and_how_far_it_is() -> None:
    told: list[tuple[str, float]] = []
    detours(ladder().finish(), Asked(closures=(Closure(1, MOTOR),)), lambda doing, share: told.append((doing, share)))
    assert told == [
        ("Finding what is cut", 0.0), ("Finding detours", 0.1), ("Finding detours for heavy vehicles", 0.4),
        ("Finding ways past on foot and by bicycle", 0.7), ("Looking at schools, stations and hospitals near by", 0.9),
    ]  # fmt: skip


def test_heavy_vehicles_go_round_a_point_at_which_they_do_not_fit() -> None:
    draft = three_rows(3)
    bar = draft.stop(4, 100.0, blocks=0, kind="height_restrictor")
    draft.limit(SIZES.index("height_m"), 2.1, classes=class_mask(["service"]), stop=bar)
    answer = found(draft.finish(), Closure(1, MOTOR))
    assert answer.heavy is not None
    (heavy,) = (one for one in answer.heavy.movements if one.starts_at == "Main Street at Cross 1")
    assert "Far Street" in {leg.street for leg in heavy.detours[0].legs}


def test_without_any_limit_on_the_map_nothing_is_claimed_for_heavy_vehicles() -> None:
    answer = found(ladder().finish(), Closure(1, MOTOR))
    assert answer.heavy is None
    assert answer.warnings[-1].startswith("Whether heavy vehicles fit along the detours is not known")


def test_a_school_behind_the_closure_is_told_how_people_get_there() -> None:
    draft = ladder()
    draft.way(1, draft.junction(*at(200, -80)), name="School Lane")
    school = Station("Hill School", "school", *at(205, -80))
    far = Station("Far School", "school", *at(620, -250))
    lane = 10
    (open_place,) = found(draft.finish(), Closure(1, MOTOR), places=(school, far)).places
    assert (open_place.by_car, open_place.set_down) == (True, "Main Street at Cross 1")
    assert open_place.metres == pytest.approx(80, abs=1)
    (place,) = found(draft.finish(), Closure(1, MOTOR), Closure(lane, MOTOR, at_m=5.0), places=(school, far)).places
    assert (place.name, place.by_car) == ("Hill School", False)
    assert (
        place.tell
        == "Hill School cannot be driven to. Nearest corner of a through street: Main Street at Cross 1, 80 m on foot."
    )
    (alone,) = found(draft.finish(), Closure(1, MOTOR), Closure(lane, ALL_CLASSES_MASK, at_m=5.0), places=(school,)).places
    assert (alone.metres, alone.set_down) == (None, "")
    assert alone.tell == "Hill School cannot be driven to. No way on foot from a through street is known."


def test_a_place_that_is_nearest_over_steps_has_a_corner_without_them_too() -> None:
    draft = ladder()
    door = draft.junction(*at(280, -40))
    draft.way(1, door, name="Steps", street_class="steps")
    draft.way(2, door, name="Ramp", street_class="footway")
    school = Station("Hill School", "school", *at(280, -40))
    (place,) = found(draft.finish(), Closure(1, MOTOR), places=(school,)).places
    assert place.tell.endswith("Main Street at Cross 1, 89 m on foot; without steps from Main Street at Cross 2, 126 m.")


def test_nothing_shut_cuts_nothing() -> None:
    for closures in ((), (Closure(1, class_mask(["bus"])),)):
        answer = found(ladder().finish(), *closures)
        assert (answer.general.movements, answer.general.warn, answer.general.cut_off) == ((), (), ())
        assert answer.summary == ("No through movement is cut.",)
        assert "Nothing is shut to general traffic." in answer.warnings


def test_an_empty_network_has_no_movements() -> None:
    answer = found(NetworkDraft("Empty").finish())
    assert answer.general.movements == ()
