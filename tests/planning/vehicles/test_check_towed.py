"""The checker of tow schedules on one schedule that is made by hand: each of its bounds, and the words that it says.

Main Street leads 1,500 m from a yard past its middle to its far end, Side Street 500 m off it to the hill; a gate on the first
block takes a minute. A light truck with an escort starts on the hill, a heavy one at the yard.
"""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadInput
from clearway.network.store import network_digest
from clearway.planning.vehicles.tally import Stretch
from clearway.planning.vehicles.towing.check import check_towed
from clearway.planning.vehicles.towing.check.claim import read_claim
from drawn_towns import Town, place
from forgeries import fields_of, spoiled_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clearway.network.model import Network

Document = dict[str, Any]
Where = tuple[str | int, ...]
WHOLE_DAY = [[0, 1_209_600]]
TALLY = (
    Stretch("middle", (1,), {"car": 2}, 2, 0, 1),
    Stretch("far", (2,), {"car": 1, "truck": 1}, 2, 1, 0),
    Stretch("side", (3,), {"van": 1}, 1, 1, 0),
)


@pytest.fixture(scope="module")
def town() -> Network:
    drawn = Town()
    for x in (0.0, 500.0, 1000.0):
        drawn.street((x, 0.0), (x + 500.0, 0.0), name="Main Street", speed_kmh=36.0)
    drawn.street((500.0, 0.0), (500.0, 500.0), name="Side Street", speed_kmh=36.0)
    return drawn.network()


def stored(name: str, x: float, y: float, **more: object) -> Document:
    lon, lat = place(x, y)
    return {"id": name, "lon": lon, "lat": lat, "at_m": y, "capacity": None, "windows": WHOLE_DAY, "hours": None} | more


def approach(stretch: int, way: int, at_m: float, seconds: list[int], least_s: int, *after: int) -> Document:
    """As far in as out."""
    return {
        "stretch": stretch, "size": 0, "way": way, "at_m": at_m, "after": [*after], "in_s": seconds, "out_s": [*seconds],
        "least_s": least_s,
    }  # fmt: skip


def tow(row: str, *times: int) -> Document:
    names = ("id", "stretch", "vehicle", "kind", "step", "truck", "from_storage", "to_storage", "escort")
    figures = [None if one == "-" else int(one) if one.isdigit() else one.replace("_", " ") for one in row.split()]
    return dict(zip(names, figures, strict=True)) | dict(zip(TIMES, times, strict=True))


TIMES = ("start_s", "arrive_s", "hooked_s", "at_yard_s", "done_s")


@pytest.fixture(scope="module")
def made(town: Network) -> Document:
    """By hand: 10 m a second; a car takes 10 minutes to hook up and 5 to set down, a truck 25 and 10."""
    fleet = {"size": 0, "windows": WHOLE_DAY}
    side_m = float(town.way_length_m[3])
    return {
        "network": network_digest(town),
        "starts": "2022-02-17T08:00:00+13:00",
        "sizes": [[3.2, 2.5, 7.5, 8.0, 6.0]],
        "shut": [{"way": 0, "at_m": 250.0, "along": True, "against": True, "ms": 60_000}],
        "escorts": 1,
        "escort_move_s": 300,
        "hook_s": {"car": 600, "truck": 1500, "van": 600},
        "yard_s": {"car": 300, "truck": 600, "van": 300},
        "storage": [stored("yard", 0.0, 0.0, way=0), stored("hill", 500.0, 480.0, way=3, capacity=2, hours="08:00-18:00")],
        "trucks": [
            {"id": "light 1", "operator": "A", "kind": "light", "storage": "hill", "escort": True} | fleet,
            {"id": "heavy 1", "operator": "B", "kind": "heavy", "storage": "yard", "escort": False} | fleet,
        ],
        "stretches": [
            {"name": "middle", "ways": [1], "lane_moves": 1, "vehicles": 2},
            {"name": "far", "ways": [2], "lane_moves": 0, "vehicles": 2},
            {"name": "side", "ways": [3], "lane_moves": 0, "vehicles": 1},
        ],
        "approaches": [
            approach(0, 1, 0.5, [113, 51], 102),
            approach(1, 2, 0.5, [166, 104], 208, 0),
            approach(2, 3, side_m - 0.5, [166, 3], 6),
        ],
        "tows": [
            tow("T001 0 car light 0 heavy_1 yard hill -", 0, 113, 713, 764, 1064),
            tow("T002 0 car light 0 light_1 hill hill 0", 249, 300, 900, 951, 1251),
            tow("T003 2 van light 0 heavy_1 hill yard -", 1064, 1067, 1667, 1833, 2133),
            tow("T004 1 car light 1 light_1 hill yard 0", 1251, 1355, 1955, 2121, 2421),
            tow("T005 1 truck heavy 1 heavy_1 yard yard -", 2133, 2299, 3799, 3965, 4565),
        ],
        "not_towed": [],
        "steps": [
            {"vehicles": 3, "left": 0, "done_s": 2133, "at_least_s": 1908, "proven": False, "prices": []},
            {"vehicles": 2, "left": 0, "done_s": 4565, "at_least_s": 3163, "proven": False, "prices": []},
        ],
    }  # fmt: skip


def said(town: Network, document: Document, changes: Mapping[Where, object], tally: Any = None) -> list[str]:  # noqa: ANN401
    """What the checker says against it with some values changed."""
    for where, value in changes.items():
        document = spoiled_at(document, where, value)
    return check_towed(town, document, tally)[1]


def test_it_holds(town: Network, made: Document) -> None:
    good = [
        "5 tows by 2 trucks can be driven as they are written.",
        "Each way to a stretch takes as long as the network says; ways: 3.",
    ]
    assert check_towed(town, made) == (good, [])
    assert check_towed(town, made, TALLY) == (good, [])
    assert said(town, made, {("tows",): made["tows"][::-1]}, TALLY) == [], "in whatever order"


def test_a_drive_that_takes_a_millisecond_more_than_whole_seconds_takes_one_more(town: Network, made: Document) -> None:
    """Trucks drive 34.2 km/h: the first block and half a metre are 52,633 and 53 ms, and the gate fills up 113 seconds."""
    gate: Where = ("shut", 0, "ms")
    assert said(town, made, {gate: 113_000 - 52_633 - 53}) == []
    assert said(town, made, {gate: 113_000 - 52_633 - 53 + 1}) == [
        f"{way} middle, storage place yard: it takes 114 s, not 113." for way in ("To", "From")
    ]
    changes: dict[Where, object] = {gate: 10**6 - 52_633 - 53, ("approaches", 0, "in_s"): [1000, 51]}
    assert "From middle, storage place yard: it takes 1000 s, not 113." in said(town, made, changes)


NO_WAY = "It names a way that the network does not have."
NO_STEP = "It names a stretch or a step that is not listed."
NO_SIZE = "A truck has a size that is not listed."
NO_TRUCK = "It names a storage place or a truck that is not listed."
LEFT = {"stretch": 0, "vehicle": "car", "step": 0, "number": 1, "why": "no_way"}
HOW_FAR = "It does not say how far each storage place is from each stretch."
HOW_LONG = "It does not say how long each type of vehicle takes."


@pytest.mark.parametrize(
    ("where", "wrong", "sentence"),
    [
        (("approaches", 0, "way"), 4, NO_WAY), (("storage", 1, "way"), 4, NO_WAY), (("shut", 0, "way"), 4, NO_WAY),
        (("shut", 0), {"way": 4, "at_m": None, "along": True, "against": True, "ms": None}, NO_WAY),
        (("stretches", 2, "ways"), [3, 4], NO_WAY),
        (("approaches", 0, "stretch"), 3, NO_STEP), (("approaches", 0, "after"), [3], NO_STEP),
        (("tows", 0, "stretch"), 3, NO_STEP), (("tows", 0, "step"), 2, NO_STEP),
        (("not_towed",), [LEFT | {"stretch": 3}], NO_STEP), (("not_towed",), [LEFT | {"step": 2}], NO_STEP),
        (("approaches", 0, "size"), 1, NO_SIZE), (("trucks", 0, "size"), 1, NO_SIZE),
        (("approaches", 0, "in_s"), [113], HOW_FAR), (("approaches", 0, "out_s"), [113, 51, 1], HOW_FAR),
        (("tows", 0, "truck"), "none", NO_TRUCK), (("tows", 0, "from_storage"), "none", NO_TRUCK),
        (("tows", 0, "to_storage"), "none", NO_TRUCK), (("trucks", 0, "storage"), "none", NO_TRUCK),
        (("hook_s",), {"car": 600, "truck": 1500}, HOW_LONG), (("yard_s",), {"van": 300, "truck": 600}, HOW_LONG),
        (("trucks", 1, "id"), "light 1", "Two trucks have one name."), (("tows", 1, "id"), "T001", "Two tows have one name."),
        (("storage", 1, "id"), "yard", "Two storage places have one name."),
        (("approaches", 1, "stretch"), 0, "A stretch is come to in two ways."),
        (("network",), "0" * 64, "It was made on another network. Check it on the network that it was made on."),
    ],
)  # fmt: skip
def test_what_is_not_there_or_there_twice_is_named(
    town: Network, made: Document, where: Where, wrong: object, sentence: str
) -> None:
    assert sentence in said(town, made, {where: wrong})


def test_a_storage_place_lies_within_two_hundred_metres_of_its_street(town: Network, made: Document) -> None:
    """And ten for rounding, to the north as to the east, whether the spot is moved or the place."""
    metre = place(0.0, 1.0)[1] - place(0.0, 0.0)[1], place(1.0, 0.0)[0] - place(0.0, 0.0)[0]
    hill = made["storage"][1]
    for name, per_metre in (("lat", metre[0]), ("lon", -metre[1]), ("at_m", -1.0)):
        for metres, is_far in ((206.0, False), (214.0, True)):
            found = said(town, made, {("storage", 1, name): hill[name] + metres * per_metre})
            assert ("hill does not lie where it is put." in found) is is_far, (name, metres)


TWO_MORE = {("stretches", 2, "vehicles"): 3, ("not_towed",): [LEFT | {"stretch": 2, "vehicle": "van", "number": 2}]}
LEFT_TWO = TWO_MORE | {("steps", 0, "left"): 2}
FULL: dict[Where, object] = {("not_towed", 0, "why"): "yard_full"}


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        (LEFT_TWO, []),
        (TWO_MORE, ["Step 1 has 3 tows and leaves 2, not 3 and 0."]),
        ({("stretches", 0, "vehicles"): 3}, ["On middle 3 vehicles are to be towed, and 2 are towed or left."]),
        (LEFT_TWO | {("not_towed", 0, "number"): 0}, [
            "On side 3 vehicles are to be towed, and 1 are towed or left.", "It lists vehicles that are none.",
            "Step 1 has 3 tows and leaves 0, not 3 and 2.",
        ]),
        (LEFT_TWO | {("not_towed", 0, "why"): "no_truck"}, ["A van is left for want of a truck, and there is one."]),
        (LEFT_TWO | {("not_towed", 0, "why"): "no_truck", ("not_towed", 0, "vehicle"): "bus"}, [
            "A bus is left for want of a truck, and there is one."]),
        (LEFT_TWO | FULL, ["Vehicles are left because storage is full, and it is not."]),
        (LEFT_TWO | FULL | {("storage", 0, "capacity"): 3}, []),
        (LEFT_TWO | FULL | {("storage", 0, "capacity"): 4}, ["Vehicles are left because storage is full, and it is not."]),
        ({("storage", 0, "capacity"): 2}, ["Yard gets 3 vehicles and holds 2."]),
        ({("storage", 1, "capacity"): 0}, ["Hill gets 2 vehicles and holds 0."]),
        # drives and minutes
        ({("approaches", 0, "in_s"): [112, 51]}, [
            "To middle, storage place yard: it takes 113 s, not 112.", "T001: its drives do not take as long as it says."]),
        ({("approaches", 1, "out_s"): [None, 104]}, [
            "From far, storage place yard: it takes 166 s, not None.", "T004: its drives do not take as long as it says.",
            "T005: its drives do not take as long as it says."]),
        ({("approaches", 0, "least_s"): 103}, ["A drive to middle and back takes 102 s at least, not 103."]),
        ({("approaches", 0, "at_m"): 0.6}, []), ({("approaches", 0, "at_m"): 0.4}, []),
        ({("approaches", 0, "at_m"): 0.63}, ["Trucks do not come to an end of middle."]),
        ({("approaches", 0, "way"): 0, ("approaches", 0, "at_m"): 499.5}, ["Trucks do not come to an end of middle."]),
        ({("hook_s",): {"car": 600, "truck": 1501, "van": 600}}, ["T005: it does not take the minutes for a truck."]),
        ({("yard_s",): {"car": 300, "truck": 600, "van": 301}}, ["T003: it does not take the minutes for a van."]),
        ({("tows", 2, "kind"): "heavy"}, ["T003: heavy 1 cannot move a van."]),
        ({("tows", 4, "kind"): "light"}, ["T005: heavy 1 cannot move a truck."]),
        # hours of trucks and storage places, to the second
        ({("trucks", 0, "windows"): [[249, 2421]]}, []), ({("trucks", 0, "windows"): [[249, 1251], [1251, 2421]]}, []),
        ({("trucks", 0, "windows"): [[250, 2421]]}, ["Light 1 does not work all the time of T002."]),
        ({("trucks", 0, "windows"): [[249, 2420]]}, ["Light 1 does not work all the time of T004."]),
        ({("storage", 1, "windows"): [[0, 100], [764, 1251]]}, []),
        ({("storage", 1, "windows"): [[765, 1251]]}, ["Hill is not open for T001."]),
        ({("storage", 1, "windows"): [[764, 1250]]}, ["Hill is not open for T002."]),
        ({("storage", 1, "hours"): "09:00-18:00"}, ["Hill is shut at a minute of T001.", "Hill is shut at a minute of T002."]),
        ({("storage", 1, "hours"): "sunset"}, ["Nobody can tell when hill is open."]),
        ({("starts",): None}, ["Nobody can tell when hill is open."]),
        ({("starts",): None, ("storage", 1, "hours"): None}, []),
        # one tow after another, from where a truck is
        ({("trucks", 1, "storage"): "hill"}, ["Heavy 1 does not start at hill."]),
        # escorts
        ({("escorts",): None}, []), ({("escorts",): 2, ("tows", 1, "escort"): 1}, []),
        ({("tows", 1, "escort"): None}, ["T002 has no escort, and its operator wants one."]),
        ({("tows", 1, "escort"): 1}, ["T002 has no escort, and its operator wants one."]),
        ({("tows", 2, "escort"): 0}, [
            "Escort 0 is with T002 and T003 at a time.", "Escort 0 is with T003 and T004 at a time."]),
        ({("escort_move_s",): 301}, ["Escort 0 is with T002 too early."]),
        ({("escort_move_s",): 455}, ["Escort 0 is with T002 too early."]),
        ({("escort_move_s",): 456}, ["Escort 0 is with T002 too early.", "Escort 0 is with T002 and T004 at a time."]),
        # steps, by hand: 906 + 1002 s on one of two trucks; all five of 6326 s on both
        ({("steps", 0, "vehicles"): 4}, ["Step 1 has 3 tows and leaves 0, not 4 and 0."]),
        ({("steps", 1, "done_s"): 4566}, ["Step 2 is done after 4565 s, not 4566."]),
        ({("steps", 0, "at_least_s"): 1909}, [
            "Step 1 may end before 1909 s: neither its count nor its prices rule it out."]),
        ({("steps", 1, "at_least_s"): 3164}, [
            "Step 2 may end before 3164 s: neither its count nor its prices rule it out."]),
        ({("steps", 1, "proven"): True}, ["Step 2 is called proved, and its bound is lower."]),
    ],
)  # fmt: skip
def test_exactly_what_is_wrong_is_said(
    town: Network, made: Document, changes: Mapping[Where, object], sentences: list[str]
) -> None:
    assert said(town, made, changes) == sentences


def test_a_truck_does_one_tow_after_another_from_where_it_is(town: Network, made: Document) -> None:
    earlier: dict[Where, object] = {("tows", 2, name): made["tows"][2][name] - 1 for name in TIMES}
    assert "Heavy 1 does T001 and T003 at a time." in said(town, made, earlier)
    assert "Heavy 1 starts T003 from where it is not." in said(town, made, {("tows", 2, "from_storage"): "yard"})


def test_what_stands_behind_others_is_fetched_once_as_many_are_gone_as_free_a_lane(town: Network, made: Document) -> None:
    """The first is gone after 713 s, the second after 900."""
    for lane_moves, start_s, is_early in ((1, 713, False), (1, 712, True), (2, 900, False), (2, 899, True)):
        moved: dict[Where, object] = {("tows", 3, name): made["tows"][3][name] - 1251 + start_s for name in TIMES}
        found = said(town, made, moved | {("stretches", 0, "lane_moves"): lane_moves})
        assert ("T004: middle is not passable yet." in found) is is_early, (lane_moves, start_s)


def may_end_before(town: Network, document: Document, number: int, least_s: int) -> bool:
    found = said(town, document, {("steps", number - 1, "at_least_s"): least_s})
    return f"Step {number} may end before {least_s} s: neither its count nor its prices rule it out." in found


def test_the_bound_counts_escorts_where_every_truck_wants_one(town: Network, made: Document) -> None:
    """900 s with each of three; two escorts share them."""
    document = spoiled_at(made, ("trucks", 1, "escort"), True)  # noqa: FBT003 - a value of JSON
    assert [may_end_before(town, document, 1, least_s) for least_s in (2700, 2701)] == [False, True]
    document["escorts"] = 2
    assert [may_end_before(town, document, 1, least_s) for least_s in (1908, 1909)] == [False, True]


def test_the_bound_of_heavy_vehicles_is_that_of_heavy_trucks(town: Network, made: Document) -> None:
    """Both trucks would have done all by 4163 s; the heavy one alone starts at 2000 s and takes 2308 s for the truck."""
    document = spoiled_at(made, ("trucks", 1, "windows"), [[2000, 1_209_600]])
    assert [may_end_before(town, document, 2, least_s) for least_s in (4308, 4309)] == [False, True]


def test_a_heavy_vehicle_is_left_where_no_truck_is_heavy(town: Network, made: Document) -> None:
    left = spoiled_at(made, ("not_towed",), [LEFT | {"vehicle": "bus", "why": "no_truck"}])
    words = "A bus is left for want of a truck, and there is one."
    assert words in said(town, left, {})
    assert words not in said(town, left, {("trucks", 1, "kind"): "light"})


def test_the_bound_takes_the_nearest_truck_that_can_move_it(town: Network, made: Document) -> None:
    """Heavy trucks of another size are nearer to the middle, light ones to the far end: only a car goes by the latter."""
    document = copy.deepcopy(made)
    document["sizes"].append(document["sizes"][0])
    document["trucks"][1]["size"] = 1
    document["approaches"] += [copy.deepcopy(one) | {"size": 1} for one in made["approaches"]]
    document["approaches"][3]["least_s"], document["approaches"][1]["least_s"] = 2, 0
    for number, least_s in ((0, 1804), (1, 2959)):
        bounds: dict[Where, object] = {("steps", 0, "at_least_s"): 0, ("steps", 1, "at_least_s"): 0}
        assert said(town, document, bounds | {("steps", number, "at_least_s"): least_s}) == []
        assert said(town, document, bounds | {("steps", number, "at_least_s"): least_s + 1}) != []


PRICES: dict[Where, object] = {
    ("steps", 1, "prices"): [
        LEFT | {"price": 1}, LEFT | {"stretch": 2, "vehicle": "van", "price": 1},
        LEFT | {"stretch": 1, "vehicle": "truck", "step": 1, "price": 2},
    ],
}  # fmt: skip


def is_proved(town: Network, document: Document, least_s: int) -> bool:
    found = said(town, document, PRICES | {("steps", 1, "at_least_s"): least_s})
    return f"Step 2 may end before {least_s} s: neither its count nor its prices rule it out." not in found


def test_prices_prove_what_a_step_that_may_not_be_held_up_keeps_from_the_next(town: Network, made: Document) -> None:
    """Three do not fit into the 2133 s of the first step on the light truck: the heavy one does the van, and its own."""
    assert said(town, made, PRICES | {("steps", 1, "at_least_s"): 906 + 2308}) == []
    assert not is_proved(town, made, 906 + 2308 + 1)
    later = spoiled_at(made, ("steps", 0, "done_s"), 2910)  # then the light one does all three
    assert [is_proved(town, one, 906 + 2308) for one in (later, spoiled_at(made, ("steps", 0, "done_s"), 2909))] == [
        False,
        True,
    ]


def test_prices_count_each_truck_that_can_do_it_while_it_can_be_at_work(town: Network, made: Document) -> None:
    second = [*made["trucks"], made["trucks"][0] | {"id": "light 2"}]
    assert not is_proved(town, spoiled_at(made, ("trucks",), second), 906 + 2308)
    document = spoiled_at(spoiled_at(made, ("trucks",), second), ("trucks", 2, "size"), 1)
    assert is_proved(town, spoiled_at(document, ("sizes",), [*made["sizes"], None]), 906 + 2308), "it comes to none of them"
    late = spoiled_at(made, ("trucks", 1, "windows"), [[500, 1_209_600]])
    assert [is_proved(town, late, least_s) for least_s in (500 + 906 + 2308, 500 + 906 + 2308 + 1)] == [True, False]
    shut = copy.deepcopy(made)
    for one in shut["storage"]:
        one["windows"] = [
            [1100, 1_209_600]
        ]  # the light one, 808 s before it at most, has 1841 s left in the first step: for one
    assert [is_proved(town, shut, least_s) for least_s in (906 + 1002 + 2308, 906 + 1002 + 2308 + 1)] == [True, False]


@pytest.mark.parametrize(
    ("tally", "sentences"),
    [
        ((replace(TALLY[0], lane_moves=2), *TALLY[1:]), ["On middle 2 vehicles must go for a lane, not 1."]),
        ((replace(TALLY[0], across=3), *TALLY[1:]), ["3 vehicles stand in the carriageway of middle, not 2."]),
        (
            (*TALLY, Stretch("more", (0,), {"car": 1}, 1, 1, 0)),
            ["More of the tally is missing.", "It has 3 stretches, and the tally 4."],
        ),
        ((*TALLY, Stretch("more", (0,), {"car": 1}, 0, 1, 0)), ["It has 3 stretches, and the tally 4."]),
        (TALLY[:2], ["It has 3 stretches, and the tally 2."]),
        ((), ["It has 3 stretches, and the tally 0."]),
    ],
)
def test_it_is_held_against_the_tally(town: Network, made: Document, tally: tuple[Stretch, ...], sentences: list[str]) -> None:
    assert said(town, made, {}, tally) == sentences


def test_no_more_is_told_than_anybody_reads(town: Network, made: Document) -> None:
    idle: dict[Where, object] = {(what, number, "windows"): [] for what in ("trucks", "storage") for number in (0, 1)}
    wrong: dict[Where, object] = {("approaches", number, way): [9, 9] for number in range(3) for way in ("in_s", "out_s")}
    assert len(said(town, made, idle | wrong)) == 20
    assert len(said(town, made, {("approaches",): [made["approaches"][0] | {"stretch": one // 30} for one in range(60)]})) <= 20


@pytest.mark.parametrize("field", [
    *(("tows", 0, name) for name in ("stretch", "step", *TIMES)), ("tows", 0, "escort"), ("escorts",), ("escort_move_s",),
    *(("approaches", 0, name) for name in ("stretch", "size", "way", "least_s")), ("approaches", 1, "after", 0),
    ("approaches", 0, "in_s", 0), ("approaches", 0, "out_s", 0), ("trucks", 0, "size"), ("trucks", 0, "windows", 0, 1),
    ("stretches", 0, "ways", 0), ("stretches", 0, "lane_moves"), ("stretches", 0, "vehicles"), ("storage", 0, "way"),
    ("storage", 1, "capacity"), ("shut", 0, "way"), ("shut", 0, "ms"), ("hook_s", "car"), ("yard_s", "car"),
    *(("steps", 0, name) for name in ("vehicles", "left", "done_s", "at_least_s")), ("not_towed", 0, "number"),
    *(("steps", 1, "prices", 0, name) for name in ("stretch", "step", "price")),
])  # fmt: skip
def test_a_count_is_a_whole_number(made: Document, field: Where) -> None:
    document = spoiled_at(spoiled_at(made, ("not_towed",), [LEFT]), ("steps", 1, "prices"), [LEFT | {"price": 1}])
    read_claim(document)
    for wrong in (-1, True, 1.5, "1", 2**31):
        with pytest.raises(BadInput, match="is damaged"):
            read_claim(spoiled_at(document, field, wrong))


def test_no_field_may_be_left_out(made: Document) -> None:
    document = spoiled_at(spoiled_at(made, ("not_towed",), [LEFT]), ("steps", 1, "prices"), [LEFT | {"price": 1}])
    names = [where for where, _ in fields_of(document) if isinstance(where[-1], str) and where[0] not in ("hook_s", "yard_s")]
    unread = {"number", "why"}
    for where in names:
        if where[:1] == ("steps",) and where[-1] in unread:
            continue
        with pytest.raises(BadInput):
            read_claim(spoiled_at(document, where))


def test_figures_at_their_bounds_are_read(made: Document) -> None:
    price = LEFT | {"price": 2**31 - 1}
    document = spoiled_at(made, ("steps", 1, "prices"), [price])
    document["tows"][4]["done_s"] = 1_209_600
    claim = read_claim(document)
    assert (claim.tows[4].done_s, claim.steps[1].prices[0].price) == (1_209_600, 2**31 - 1)
    assert (claim.trucks[0].escort, claim.trucks[1].escort, claim.trucks[0].operator) == (True, False, "A")
    assert [one.heavy for one in claim.trucks] == [False, True]
