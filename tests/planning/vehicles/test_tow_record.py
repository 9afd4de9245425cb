"""What is asked of a tow afterwards, answered by hand; and tows that were ordered, as entries and as what is left of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from clearway.errors import BadInput, UnknownName
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.plan.jurisdiction import Provision
from clearway.planning.vehicles.tally import Stretch
from clearway.planning.vehicles.towing.fees import Cap
from clearway.planning.vehicles.towing.ground import TowQuestion, ground_of
from clearway.planning.vehicles.towing.jobs import Wanted, wanted_of
from clearway.planning.vehicles.towing.means import StoragePlace, TowMeans, means_of
from clearway.planning.vehicles.towing.order_board import OrderBoard, boards_of
from clearway.planning.vehicles.towing.ordered import order_body, progress_body, rest_of
from clearway.planning.vehicles.towing.orders import order_of
from clearway.planning.vehicles.towing.planning import told, towed
from clearway.planning.vehicles.towing.problem import Bound, Schedule, Trip
from clearway.planning.vehicles.towing.tow_record import TowGround, TowRecord, tow_record
from clearway.record.entry import Entry
from clearway.record.kinds.tows import TowOrder
from drawn_towns import Town, place
from record_drafts import draft

ZONE = ZoneInfo("Pacific/Auckland")
STARTS = datetime.fromisoformat("2022-02-17T08:00:00+13:00")
EAST, WEST, YARD_AT = 1, 0, place(100.0, 0.0)
POWERS = {
    row: Provision(row, by, may, when, None, None, None, "", "Act 9", "a page", is_read=False)
    for row, by, may, when in (
        ("roads", "Council", "move a vehicle", "it blocks a road"), ("close", "Council", "close a road", "there is an event"),
    )
}  # fmt: skip


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """West Street of 1 km runs on as East Street of 300 m."""
    town = Town()
    town.street((0.0, 0.0), (1000.0, 0.0), name="West Street", speed_kmh=36.0)
    town.street((1000.0, 0.0), (1300.0, 0.0), name="East Street", speed_kmh=36.0)
    return Gazetteer(town.network())


def entry(name: str, kind: str, body: dict[str, Any], time: str, *, seq: int = 2, office: str | None = "officer") -> Entry:
    moment = f"2022-02-17T{time}+13:00"
    said = draft(name, kind=kind, body=body, happened=moment, known=moment, source={"office": office} if office else {})
    return Entry.model_construct(seq=seq, stream="a", version=1, written=said.known, hash="", draft=said)


def order(**fields: Any) -> dict[str, Any]:  # noqa: ANN401 - its fields
    return {
        "order": 4, "by": "Council", "power": "Act 9", "power_row": "roads", "is_read": True,
        "starts": STARTS.isoformat(), "steps": ["a lane", "the rest"],
        "stretches": [{"name": "East Street", "car": 3, "truck": 1, "across": 4, "lane_moves": 1}],
        "storage": [{"id": "Yard", "at": list(YARD_AT), "capacity": 9}],
        "trucks": [
            {"id": "light 1", "operator": "Smith", "kind": "light", "storage": "Yard"},
            {"id": "light 2", "operator": "Smith", "kind": "light", "storage": "Yard"},
            {"id": "heavy 1", "operator": "Jones", "kind": "heavy", "storage": "Yard", "escort": True, "height_m": 3.5},
        ],
        "minutes": [{"vehicle": "car", "hook_s": 90, "yard_s": 60}, {"vehicle": "truck", "hook_s": 600, "yard_s": 120}],
        "tows": [
            {"id": f"T{at + 1}", "stretch": 0, "vehicle": "car", "step": at, "truck": f"light {at + 1}", "to_storage": "Yard",
             "arrive_s": 100, "hooked_s": 190, "done_s": 355}
            for at in range(2)
        ],
        "left": [{"stretch": 0, "vehicle": "truck", "step": 1, "number": 1}],
    } | fields  # fmt: skip


def board(*entries: Entry, answers: tuple[Entry, ...] = (), **fields: Any) -> OrderBoard:  # noqa: ANN401 - of the order
    (found,) = boards_of([entry("the-order", "tow_order", order(**fields), "08:00", seq=1), *entries], answers)
    return found


def word(tow: str, state: str, time: str, *, note: str | None = None, seq: int = 2, office: str | None = "officer") -> Entry:
    done = int(state == "done")
    body = {"order": 4, "starts": STARTS.isoformat(), "tow": tow, "state": state, "tows": 2, "note": note, "done": done}
    if done:
        body["first_done"] = f"2022-02-17T{time}+13:00"
    return entry(f"said-{tow}-{seq}".lower(), "tow_progress", body, time, seq=seq, office=office)


def moved(tow: str, *, name: str = "m", office: str | None = "warden", **fields: Any) -> Entry:  # noqa: ANN401 - its fields
    body = {
        "vehicle": "ab" * 32, "state": "released", "purpose": "a lane", "power": "Act 9", "delete_by": "2040-01-01T00:00+13:00",
        "tow": tow,
    }  # fmt: skip
    return entry(name, "vehicle_moved", body | fields, "10:15", office=office)


def yard(**fields: Any) -> StoragePlace:  # noqa: ANN401 - its fields
    return StoragePlace(id="yard", lon=YARD_AT[0], lat=YARD_AT[1], **fields)


def ground(**fields: Any) -> TowGround:  # noqa: ANN401 - its fields
    given: dict[str, Any] = {
        "storage": (), "entries": (), "jurisdiction": POWERS, "caps": (), "gazetteer": None, "zone": ZONE,
    }  # fmt: skip
    return TowGround(**(given | fields))


def says(found: TowRecord, start: str) -> tuple[list[str], bool, tuple[str, ...]]:
    """Of the question that begins so: what is said, whether it is known, and by which entries."""
    (one,) = [answer for answer in found.answers if answer.asks.startswith(start)]
    return list(one.says), one.is_known, one.entries


def test_a_tow_is_named_with_its_vehicle_and_what_became_of_it() -> None:
    found = tow_record(board(word("T2", "under_way", "09:00")), "T2", ground())
    assert (found.order, found.tow, found.vehicle, found.state) == (4, "T2", "car", "under_way")
    assert tow_record(board(word("T2", "done", "09:00")), "T1", ground()).state == "to_come"
    assert [one.asks for one in found.answers] == [
        "Which firm tows it?", "From which street to which?", "How far is it?", "What if it is broken into?",
        "Who may order it, and who did?", "What evidence is there?",
        "How does its owner get it back, and what does that cost?",
    ]  # fmt: skip
    with pytest.raises(UnknownName, match=r"tow of order 4.*T9.*T1"):
        tow_record(board(), "T9", ground())


def test_the_firm_is_named_in_the_room_alone_and_so_is_that_it_withdrew() -> None:
    whole = board()
    assert says(tow_record(whole, "T1", ground()), "Which") == (["Smith, with the truck 'light 1'."], True, ("the-order",))
    refuses = entry("no", "tow_operator", {"operator": "smith", "light_willing": "no"}, "09:30", seq=9)
    gone = board(answers=(refuses,))
    assert says(tow_record(gone, "T2", ground()), "Which") == (
        ["Smith, with the truck 'light 2'.", "Smith has withdrawn since: another truck must do it."], True, ("the-order", "no"),
    )  # fmt: skip
    public = says(tow_record(gone, "T2", ground(), public=True), "Which")[0]
    assert public == ["A firm that the room knows; firms are named to owners alone, with the truck 'light 2'."]
    other = entry("no", "tow_operator", {"operator": "Jones", "heavy_willing": "no"}, "09:30", seq=9)
    assert len(says(tow_record(board(answers=(other,)), "T2", ground()), "Which")[0]) == 1


@pytest.mark.parametrize(("y", "street"), [(29.4, ", West Street"), (30.6, ", 31 m from West Street"), (0.0, ", West Street")])
def test_a_yard_this_near_to_a_street_lies_in_it(gazetteer: Gazetteer, y: float, street: str) -> None:
    held = board(storage=[{"id": "Yard", "at": list(place(100.0, y))}])
    known = says(tow_record(held, "T1", ground(gazetteer=gazetteer)), "From")
    assert known == ([f"From East Street to Yard{street}."], True, ("the-order",))
    assert says(tow_record(held, "T1", ground()), "From")[0] == ["From East Street to Yard."]


def test_how_far_it_is_by_streets_and_by_the_plan(gazetteer: Gazetteer) -> None:
    """From the middle of East Street 1,050 m; 105 seconds of the plan are on the road, the rest at the yard."""
    found = says(tow_record(board(), "T1", ground(gazetteer=gazetteer)), "How far")
    assert found[0][1] == "Planned: 2 minutes of driving to the storage place."
    assert found[0][0].endswith(" km by the quickest way for a truck, with no barrier in the way.")
    near = board(storage=[{"id": "Yard", "at": list(place(900.0, 0.0))}])
    metres = says(tow_record(near, "T1", ground(gazetteer=gazetteer)), "How far")[0][0]
    assert metres.partition(" ")[2] == "m by the quickest way for a truck, with no barrier in the way."
    assert 100 <= int(metres.partition(" ")[0]) <= 400
    assert says(tow_record(board(), "T1", ground()), "How far") == (found[0][1:], True, ("the-order",))


@pytest.mark.parametrize(
    ("done_s", "minutes", "said"),
    [
        (251, 60, ["Planned: 1 minute of driving to the storage place."]),
        (250, 60, ["Nobody can say without the streets: give the network."]),
        (340, 60, ["Planned: 2 minutes of driving to the storage place."]),  # a minute and a half
        (280, 60, ["Planned: 1 minute of driving to the storage place."]),
        (280, None, ["Planned: 2 minutes of driving to the storage place."]),  # nobody said how long it is at the yard
    ],
)
def test_minutes_of_driving_are_those_of_the_plan_without_the_time_at_the_yard(
    done_s: int, minutes: int | None, said: list[str]
) -> None:
    tows = [one | {"done_s": done_s} for one in order()["tows"]]
    of = [{"vehicle": "truck", "hook_s": 1, "yard_s": 999}]
    of += [{"vehicle": "car", "hook_s": 90, "yard_s": minutes}] if minutes is not None else []
    known = says(tow_record(board(tows=tows, minutes=of), "T1", ground()), "How far")
    assert known[:2] == (said, "Planned" in said[0])


@pytest.mark.parametrize(
    ("fields", "said", "known"),
    [
        ({}, ["?"], False),
        ({"secure": True}, ["yard is locked or guarded.", "?"], False),
        ({"secure": False, "assumed": ("secure",)}, ["yard is neither locked nor guarded (assumed).", "?"], False),
        ({"break_in": "The insurer pays"}, ["The insurer pays"], True),
        ({"break_in": "Ask", "secure": True, "assumed": ("break_in",)}, ["Ask (assumed)", "yard is locked or guarded."], True),
    ],
)
def test_what_if_it_is_broken_into(fields: dict[str, Any], said: list[str], known: bool) -> None:  # noqa: FBT001 - a case
    gap = "Nobody said what is done then, or who answers for it. Enter 'break_in' of the storage place Yard."
    expected = [gap if one == "?" else one for one in said]
    assert says(tow_record(board(), "T1", ground(storage=(yard(**fields),))), "What if") == (expected, known, ())
    assert says(tow_record(board(), "T1", ground()), "What if") == ([gap], False, ())


def test_who_may_order_it_and_who_did() -> None:
    found = says(tow_record(board(), "T1", ground()), "Who may")
    assert found == (
        ["It was ordered by Council. Power: Act 9 (roads).", "Council, where this holds: it blocks a road (Act 9)."],
        True,
        ("the-order",),
    )
    unread = says(tow_record(board(is_read=False, power_row="close"), "T1", ground()), "Who may")[0]
    assert unread[0] == "It was ordered by Council. Power: Act 9 (close). The law's own text was not read: have it checked."
    assert unread[-1] == "The jurisdiction file has no row close that lets anybody move vehicles."


def test_evidence_is_what_was_said_of_the_vehicle_and_of_the_tow() -> None:
    bare, full = moved("4:T1"), moved("4:T1", name="n", condition="dented", photos=["cd" * 32, "ef" * 32])
    said = word("T1", "done", "09:10", note="a dent")
    entries = (bare, full, moved("4:T2", name="o"), moved("1:T1", name="p"), said)
    found = says(tow_record(board(said), "T1", ground(entries=entries)), "What evidence")
    assert found == (
        [
            "Thu 17 Feb 2022 10:15: released (warden). Nobody wrote down its condition. There is no photo.",
            "Thu 17 Feb 2022 10:15: released (warden). Condition: dented. Photos by SHA-256: cdcdcdcdcdcd and efefefefefef.",
            "Thu 17 Feb 2022 09:10: done: a dent (officer).",
        ],
        True,
        ("m", "n", "said-t1-2"),
    )
    public = says(tow_record(board(said), "T1", ground(entries=entries), public=True), "What evidence")[0]
    assert public[0] == "Thu 17 Feb 2022 10:15: released. Nobody wrote down its condition. There is no photo."
    assert public[2] == "Thu 17 Feb 2022 09:10: done."
    unheard = says(tow_record(board(said), "T1", ground()), "What evidence")
    assert unheard == (["Thu 17 Feb 2022 09:10: done: a dent."], True, ("said-t1-2",))
    words, known, by = says(tow_record(board(said), "T2", ground(entries=entries[:2])), "What evidence")
    assert (known, by) == (False, ())
    assert words[0].endswith("Enter it with 'clearway vehicles moved --tow 4:T2'.")


def test_a_word_on_a_tow_that_names_its_order_too_is_none_of_a_vehicle_that_was_moved() -> None:
    entries = (word("4:T1", "done", "09:10"), moved("4:T1"))
    words, _, by = says(tow_record(board(), "T1", ground(entries=entries)), "What evidence")
    assert (len(words), by) == (1, ("m",))


def test_how_an_owner_gets_it_back_and_what_that_costs() -> None:
    asks, caps = "How does", (Cap("a", "tow", 50.0, "NZD", "always", "Act", "a page", is_read=True),)
    gap = "Nobody said how an owner gets it back from Yard, or what that costs."
    assert says(tow_record(board(), "T1", ground()), asks) == ([gap], False, ())
    assert says(tow_record(board(), "T1", ground(storage=(yard(),))), asks) == ([gap], False, ())
    full = yard(release="Ask at the gate", tow_fee=80, assumed=("release",))
    assert says(tow_record(board(), "T1", ground(storage=(full,), caps=caps)), asks)[:2] == (
        [
            "Ask at the gate (assumed)", "An owner pays: tow NZD 80.00.",
            "The tow fee of yard, NZD 80.00, is above the cap of NZD 50.00 where always (Act; a page).",
        ],
        True,
    )  # fmt: skip
    assert says(tow_record(board(), "T1", ground(storage=(yard(day_fee=5),))), asks)[0] == [
        "An owner pays: a day of storage NZD 5.00."
    ]


# ---- orders as entries, and what is left of them


def means(**fields: Any) -> TowMeans:  # noqa: ANN401 - its fields
    one = {"trucks": 1, "willing": "yes"}
    given: dict[str, Any] = {
        "storage": [{"id": "Yard", "lon": YARD_AT[0], "lat": YARD_AT[1], "capacity": 9, "hours": "24/7"}],
        "operators": [
            {"id": "Smith", "light": one, "hours": "08:00-19:00"},
            {"id": "Jones", "heavy": one, "escort": True, "height_m": 3.5, "width_m": 2.4, "weight_t": 12, "length_m": 9},
        ],
        "escorts": 1, "hook_minutes": {"car": 1.5},
    }  # fmt: skip
    return means_of(given | fields)


def wanted(given: TowMeans) -> Wanted:
    tally = (Stretch("East Street", (EAST,), {"car": 2, "truck": 1}, 3, 0, 1),)
    return wanted_of(tally, given)


def test_an_order_holds_the_whole_schedule(gazetteer: Gazetteer) -> None:
    given = means()
    ordered = order_of("roads", "Council", POWERS)
    asked = TowQuestion(wanted(given), given, starts=STARTS, order=ordered)
    trips = (Trip(1, 0, 0, 0, 0, 10, 100, 200, 500), Trip(0, 1, 0, 0, 5, 20, 200, 300, 900, escort=0))
    answer = told(ground_of(gazetteer.network, asked), Schedule(trips, (2,), (Bound(0),)))
    body = order_body(7, answer, given, asked.wanted)
    assert body == TowOrder.model_validate(
        {
            "order": 7, "by": "Council", "power": "Act 9", "power_row": "roads", "is_read": False, "starts": STARTS,
            "steps": ["every vehicle in the carriageway is away"],
            "stretches": [{"name": "East Street", "car": 2, "truck": 1, "across": 3, "lane_moves": 1}],
            "storage": [{"id": "Yard", "at": list(YARD_AT), "capacity": 9, "hours": "24/7"}],
            "trucks": [
                {"id": "light 1", "operator": "Smith", "kind": "light", "storage": "Yard", "hours": "08:00-19:00"},
                {"id": "heavy 1", "operator": "Jones", "kind": "heavy", "storage": "Yard", "escort": True, "height_m": 3.5,
                 "width_m": 2.4, "weight_t": 12, "length_m": 9},
            ],
            "escorts": 1,
            "minutes": [{"vehicle": "car", "hook_s": 90, "yard_s": 300}, {"vehicle": "truck", "hook_s": 1500, "yard_s": 600}],
            "tows": [
                {"id": "T001", "stretch": 0, "vehicle": "car", "step": 0, "truck": "light 1", "to_storage": "Yard",
                 "arrive_s": 10, "hooked_s": 100, "done_s": 500},
                {"id": "T002", "stretch": 0, "vehicle": "truck", "step": 0, "truck": "heavy 1", "to_storage": "Yard",
                 "arrive_s": 20, "hooked_s": 200, "done_s": 900},
            ],
            "left": [{"stretch": 0, "vehicle": "car", "step": 0, "number": 1}],
            "assumed": list(answer.assumed),
        }
    )  # fmt: skip
    for change, words in (
        ({"order": None}, "^Nobody ordered these tows"),
        ({"starts": None}, "or nobody said when they start"),
        ({"tows": ()}, "The schedule tows nothing, so there is nothing to order"),
    ):
        with pytest.raises(BadInput, match=words):
            order_body(7, answer.model_copy(update=change), given, asked.wanted)


def test_a_word_on_a_tow_counts_all_of_its_order() -> None:
    at = STARTS + timedelta(hours=2)
    body = progress_body(board(), "T2", "done", at, "slow")
    assert (body.order, body.tow, body.state, body.vehicle, body.stretch) == (4, "T2", "done", "car", "East Street")
    assert (body.tows, body.done, body.under_way, body.failed, body.gone, body.withdrawn) == (2, 1, 0, 0, 0, 0)
    assert (body.starts, body.first_done, body.note) == (STARTS, at, "slow")
    nine = STARTS + timedelta(hours=1)
    second = progress_body(board(word("T1", "done", "09:00")), "T2", "done", at)
    assert (second.done, second.first_done, second.note) == (2, nine, None)
    back = progress_body(board(word("T1", "done", "09:00")), "T1", "failed", at)
    assert (back.done, back.failed, back.first_done) == (0, 1, None)
    for state in ("under_way", "failed", "gone", "withdrawn"):
        beside = progress_body(board(word("T1", "done", "09:00")), "T2", state, at)
        assert [getattr(beside, one) for one in ("done", state)] == [1, 1]
        assert beside.first_done == nine


def test_a_word_on_a_tow_names_its_own_vehicle() -> None:
    first, second = order()["tows"]
    both = board(tows=[first, second | {"vehicle": "van"}])
    assert [progress_body(both, tow, "done", STARTS).vehicle for tow in ("T1", "T2")] == ["car", "van"]


def test_what_was_said_already_and_of_a_tow_that_there_is_not_is_refused() -> None:
    with pytest.raises(BadInput, match=r"^Of T1 it is said already that it is under way\. Say what became of it since\."):
        progress_body(board(word("T1", "under_way", "09:00")), "T1", "under_way", STARTS)
    with pytest.raises(BadInput, match="said already that it is to come"):
        progress_body(board(), "T1", "to_come", STARTS)
    with pytest.raises(UnknownName, match="T9"):
        progress_body(board(), "T9", "done", STARTS)


def test_what_is_left_of_an_order_is_asked_again(gazetteer: Gazetteer) -> None:
    now = STARTS + timedelta(minutes=10)
    found = rest_of(board(word("T1", "done", "08:05")), now, gazetteer)
    assert [(one.stretch, one.vehicle, one.step, one.heavy) for one in found.wanted.jobs] == [
        (0, "car", 1, False), (0, "truck", 1, True),
    ]  # fmt: skip
    assert [(one.hook_s, one.yard_s) for one in found.wanted.jobs] == [(90, 60), (600, 120)]
    (street,) = found.wanted.stretches
    assert (street.name, street.ways, street.across, street.lane_moves, street.lanes_left) == ("East Street", (EAST,), 4, 0, 0)
    assert (found.wanted.steps, found.starts) == (("a lane", "the rest"), now)
    (place_,) = found.means.storage
    assert (place_.id, place_.capacity, place_.hours, (place_.lon, place_.lat)) == ("Yard", 8, None, YARD_AT)
    light, heavy = found.means.operators
    assert (light.id, light.light and light.light.trucks, light.heavy, light.escort) == ("operator 1", 2, None, False)
    assert (heavy.id, heavy.light, heavy.heavy and heavy.heavy.trucks, heavy.escort, heavy.height_m) == (
        "operator 2", None, 1, True, 3.5,
    )  # fmt: skip
    assert found.order is not None
    assert (found.order.basis, found.order.by, found.order.instrument, found.order.is_read) == (
        "roads",
        "Council",
        "Act 9",
        True,
    )
    assert dict(found.busy) == {"light 1": ("Yard", 0)}


def test_a_stretch_with_a_lane_left_keeps_it(gazetteer: Gazetteer) -> None:
    free = rest_of(board(stretches=[{"name": "East Street", "car": 3, "across": 3, "lane_moves": 0}]), STARTS, gazetteer)
    assert [(one.lanes_left, one.lane_moves) for one in free.wanted.stretches] == [(1, 0)]


def test_trucks_of_a_firm_that_withdrew_stand_apart_from_others_like_them(gazetteer: Gazetteer) -> None:
    said = {"operator": "Smith", "light_willing": "yes", "light_trucks": {"low": 1, "high": 1}}
    fewer = entry("fewer", "tow_operator", said, "09:30", seq=9)
    found = rest_of(board(answers=(fewer,)), STARTS, gazetteer)
    since = STARTS + timedelta(minutes=90)
    assert [(one.light.trucks if one.light else 0, one.withdrew) for one in found.means.operators] == [
        (1, None), (1, since), (0, None),
    ]  # fmt: skip
    left_alone = [{"id": "light 1", "operator": "Smith", "kind": "light", "storage": "Yard", "hours": "24/7", "width_m": 2.4,
                   "weight_t": 7.5, "length_m": 8}]  # fmt: skip
    alone = board(trucks=left_alone, tows=order()["tows"][:1], left=[])
    (operator,) = rest_of(alone, STARTS, gazetteer).means.operators
    assert (operator.hours, operator.storage, operator.width_m, operator.weight_t, operator.length_m) == (
        "24/7", "Yard", 2.4, 7.5, 8.0,
    )  # fmt: skip


def test_of_an_order_that_is_over_nothing_is_left(gazetteer: Gazetteer) -> None:
    over = board(word("T1", "done", "09:00"), word("T2", "gone", "09:00", seq=3), left=[])
    with pytest.raises(BadInput, match=r"^Nothing is left of tow order 4: there is no forecast of it\.$"):
        rest_of(over, STARTS, gazetteer)
    found = towed(gazetteer.network, rest_of(board(left=[]), STARTS, gazetteer), limit_s=0.0)
    assert len(found.tows) == 2
