"""States of things that an entry names together: each class and each place stands for itself, under whatever name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clearway.picture.subjects import place_key
from clearway.record.kinds.services import ServiceLevel
from clearway.record.kinds.streets import PassageRule
from clearway.record.open import open_record
from clearway.record.place import PLACE
from picture.test_view import PAPER, report, seen, store

if TYPE_CHECKING:
    from clearway.record.store import Store

__all__ = ["store"]
RAILWAY = {"office": "controller", "organisation": "Railway", "reliability": "B", "credibility": 2}


def street(name: str, *between: str) -> dict[str, Any]:
    return {"type": "street", "street": name} | ({"between": between} if between else {})


def corner(*streets: str) -> dict[str, Any]:
    return {"type": "junction", "streets": streets}


def named(name: str) -> dict[str, Any]:
    return {"type": "named", "name": name}


def barrier(state: str, **more: object) -> dict[str, Any]:
    return {"barrier": "fence", "state": state} | more


def states(store: Store, day: int, hour: int = 23) -> dict[str, tuple[str, str]]:
    return {fact["id"]: (fact["says"], fact["where"]) for fact in seen(store, day, hour)["states"]}


def contested(store: Store, kind: str, day: int, hour: int = 23) -> list[str]:
    return [one["says"] for one in seen(store, day, hour)["contested"] if one["kind"] == kind]


@pytest.mark.parametrize(
    "name",
    [
        corner("Abel Smith Street", "Cuba Street"),
        corner("cuba st", "Abel Smith St"),
        named("corner of Cuba St and Abel Smith Street"),
        street("Cuba Street at Abel Smith Street"),
        named("Abel Smith St / Cuba St"),
        {"type": "point", "at": (174.775, -41.295), "label": "Cuba Street at Abel Smith St."},
    ],
)
def test_a_corner_is_one_place_by_whichever_name(name: dict[str, Any]) -> None:
    assert place_key(PLACE.validate_python(name)) == place_key(
        PLACE.validate_python(corner("Cuba Street", "Abel Smith Street"))
    )
    assert place_key(PLACE.validate_python(name)) != place_key(PLACE.validate_python(street("Cuba Street")))


def test_a_barrier_under_another_name_takes_the_later_word(store: Store) -> None:
    report(store, "up", "barrier_state", barrier("standing"), day=9, place=corner("Vivian Street", "Taranaki Street"))
    report(
        store, "down", "barrier_state", barrier("breached"), day=9, hour=15, place=named("corner of Taranaki St and Vivian St")
    )
    assert list(states(store, 9)) == ["down"]


def test_of_several_places_only_those_stand_of_which_nothing_else_was_said(store: Store) -> None:
    places = [street(name) for name in ("Ghuznee Street", "Dixon Street", "Manners Street")]
    body = barrier("standing", at_places={"low": 5, "high": 5})
    report(store, "all", "barrier_state", body, day=9, places=places)
    assert states(store, 9)["all"][1] == "Ghuznee Street; Dixon Street; Manners Street (5 places said, 3 named)"
    report(store, "one", "barrier_state", barrier("breached"), day=9, hour=15, places=[places[1]])
    assert states(store, 9) == {
        "all": ("Fence standing", "Ghuznee Street; Manners Street (5 places said, 3 named; no longer Dixon Street)"),
        "one": ("Fence breached", "Dixon Street"),
    }
    assert {fact["part"] for fact in seen(store, 9)["states"]} == {""}  # a part is of those whom it names, not of places
    for entry_id, place in (("two", places[0]), ("three", places[2])):
        report(store, entry_id, "barrier_state", barrier("removed"), day=9, hour=16, places=[place])
    assert set(states(store, 9)) == {"one", "two", "three"}


PLACES = ("Ghuznee Street", "Dixon Street", "Manners Street")
WORDS = st.tuples(st.sampled_from(["standing", "breached", "removed"]), st.sets(st.sampled_from(PLACES), min_size=1))


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(words=st.lists(WORDS, min_size=1, max_size=8))
def test_no_place_ever_has_two_states_and_the_last_word_holds(
    tmp_path_factory: pytest.TempPathFactory, words: list[Any]
) -> None:
    store = open_record(str(tmp_path_factory.mktemp("room") / "room.record"))
    last: dict[str, str] = {}
    for hour, (state, places) in enumerate(words):
        report(store, f"e{hour}", "barrier_state", barrier(state), day=9, hour=hour, places=list(map(street, sorted(places))))
        last |= dict.fromkeys(places, state)
    found = [(place["street"], fact["body"]["state"]) for fact in seen(store, 9)["states"] for place in fact["places"]]
    store.close()
    assert sorted(found) == sorted(last.items())


def test_a_thing_with_a_label_is_where_it_was_last_said_to_be(store: Store) -> None:
    report(store, "a", "barrier_state", barrier("standing", label="Line 2"), day=9, place=street("Ghuznee Street"))
    report(store, "b", "barrier_state", barrier("moved", label="line 2"), day=9, hour=15, place=street("Dixon Street"))
    assert states(store, 9) == {"b": ("Fence 'line 2' moved", "Dixon Street")}
    report(store, "c", "barrier_state", barrier("standing", label="Line 3"), day=9, hour=16, place=street("Dixon Street"))
    assert set(states(store, 9)) == {"b", "c"}
    assert contested(store, "same", 9) == []  # two labels are two things


def test_a_thing_without_a_label_leaves_its_old_place_when_it_is_moved(store: Store) -> None:
    report(store, "a", "barrier_state", barrier("standing"), day=9, places=[street("Ghuznee Street"), street("Allen Street")])
    moved = barrier("moved", moved_from=["Ghuznee St"])
    report(store, "b", "barrier_state", moved, day=9, hour=15, place=street("Dixon Street"))
    assert states(store, 9) == {
        "a": ("Fence standing", "Allen Street (no longer Ghuznee Street)"),
        "b": ("Fence moved; no longer at Ghuznee St", "Dixon Street"),
    }


def test_what_may_be_one_barrier_is_offered_and_not_decided(store: Store) -> None:
    report(store, "a", "barrier_state", barrier("standing"), day=9, place=street("Dixon Street"))
    report(store, "b", "barrier_state", {"state": "breached"}, day=9, hour=15, place=named("Dixon Street at Cuba Street"))
    report(store, "c", "barrier_state", barrier("standing"), day=9, place=street("Allen Street"))
    report(store, "d", "barrier_state", {"barrier": "cone", "state": "standing"}, day=9, place=street("Allen Street"))
    assert set(states(store, 9)) == {"a", "b", "c", "d"}
    (one,) = contested(store, "same", 9)
    assert one == (
        "May be one and the same: Barrier breached (\u201cDixon Street at Cuba Street\u201d) and Fence standing (Dixon Street)"
        ". Give both the same label if so"
    )


def test_speakers_contradict_each_other_about_one_time_and_not_about_two(store: Store) -> None:
    place = street("Dixon Street")
    report(store, "a", "barrier_state", barrier("standing"), day=9, hour=14, place=place)
    report(store, "b", "barrier_state", barrier("breached"), day=9, hour=15, place=place, source=PAPER)
    assert contested(store, "clash", 9) == [
        (
            "Reports differ (Dixon Street): a reporter, a newspaper says Fence breached; "
            "Assistant Commissioner, Police says Fence standing"
        )
    ]
    report(store, "c", "barrier_state", barrier("reset"), day=9, hour=16, place=place, source=PAPER)
    assert contested(store, "clash", 9) == []  # it stands again: both say so
    for entry_id, when, state, source in (("m", "day 10 morning", "shut", PAPER), ("n", "day 10 afternoon", "open", RAILWAY)):
        body = {"facility": "Ferry terminal", "state": state}
        report(store, entry_id, "facility_state", body, day=10, hour=18, happened=when, source=source)
    assert contested(store, "clash", 10) == []


def test_a_rule_for_several_classes_is_read_for_each(store: Store) -> None:
    gate = named("Gate N")
    report(store, "all", "passage_rule", {"who": ["couriers", "shop staff"], "may": "enter"}, day=9, place=gate)
    report(store, "not", "passage_rule", {"who": ["delivery vehicles"], "may": "not_pass"}, day=9, hour=15, place=gate)
    found = seen(store, 9)["states"]
    assert sorted((fact["id"], fact["part"], fact["says"]) for fact in found) == [
        ("all", "shop staff", "Shop staff may go in"),
        ("not", "", "Delivery vehicles may not pass"),
    ]


@pytest.mark.parametrize(
    ("wider", "class_in_it", "differ"),
    [
        ("emergency services", "fire crews", True),
        ("Emergency vehicles", "paramedics", True),
        ("service vehicles", "waste trucks", True),
        ("residents", "fire crews", False),
        ("buses", "emergency services", False),
    ],
)
def test_a_rule_for_a_class_holds_for_those_that_belong_to_it(
    store: Store, wider: str, class_in_it: str, *, differ: bool
) -> None:
    gate = named("Gate N")
    report(store, "a", "passage_rule", {"who": [wider], "may": "enter_and_leave"}, day=9, place=gate)
    report(store, "b", "passage_rule", {"who": [class_in_it], "may": "not_pass"}, day=9, hour=14, place=gate, source=RAILWAY)
    report(store, "c", "passage_rule", {"who": [class_in_it], "may": "not_pass"}, day=9, hour=14, place=named("Gate S"))
    assert len(contested(store, "clash", 9)) == differ
    assert set(states(store, 9)) == {"a", "b", "c"}


def test_rules_contradict_each_other_where_one_lets_in_or_out_whom_the_other_does_not() -> None:
    def rule(may: Any) -> PassageRule:  # noqa: ANN401 - one of the words
        return PassageRule(who=("buses",), may=may)

    found = {(one, other) for one in MAY for other in MAY if rule(one).contradicts(rule(other))}
    apart = [("enter", "leave_not_return"), ("enter_and_leave", "leave_not_return")]
    apart += [(may, "not_pass") for may in MAY if may != "not_pass"]
    assert found == {*apart, *((other, one) for one, other in apart)}


MAY = ("enter", "leave", "enter_and_leave", "leave_not_return", "not_pass")


def test_who_may_pass_on_foot_is_always_shown_and_nobody_has_said_is_never_taken_for_a_yes(store: Store) -> None:
    def told(hour: int) -> list[str]:
        return [one["says"] for one in seen(store, 9, hour)["on_foot"]]

    assert told(9) == []
    report(store, "road", "road_state", {"state": "open"}, day=9, hour=9, place=street("Wakefield Street"))
    assert told(9) == []  # nothing bars a way
    report(store, "shut", "road_state", {"state": "shut"}, day=9, hour=10, place=street("Dixon Street"))
    report(store, "gate", "passage_rule", {"who": ["residents"], "may": "enter"}, day=9, hour=10, place=named("Gate N"))
    assert told(10) == ["On foot: nobody has said (Dixon Street; Gate N)"]
    report(store, "foot", "passage_rule", {"who": ["pedestrians"], "may": "not_pass"}, day=9, hour=11, place=named("Gate N"))
    assert told(11) == ["On foot: Pedestrians may not pass (Gate N)", "On foot: nobody has said (Dixon Street)"]
    report(store, "free", "road_state", {"state": "open"}, day=9, hour=12, place=street("Dixon Street"))
    assert told(12) == ["On foot: Pedestrians may not pass (Gate N)"]


def test_a_rule_on_foot_for_an_area_answers_for_what_lies_in_it_and_is_told_beside_streets_that_may(store: Store) -> None:
    def told(hour: int) -> list[tuple[str, bool]]:
        return [(one["says"], one["is_said"]) for one in seen(store, 9, hour)["on_foot"]]

    ring = [[174.0, -41.0], [174.2, -41.0], [174.2, -40.8], [174.0, -40.8], [174.0, -41.0]]
    area = {"type": "area", "ring": ring, "label": "Inside the cordon"}
    inside, outside = (
        {"type": "point", "at": at, "label": name} for at, name in (([174.1, -40.9], "Gate 1"), ([174.3, -40.9], "Gate 2"))
    )
    report(store, "gate", "gate_state", {"state": "shut"}, day=9, hour=9, places=[inside, outside])
    assert told(9) == [("On foot: nobody has said (Gate 1; Gate 2)", False)]
    report(store, "foot", "passage_rule", {"who": ["residents on foot"], "may": "enter_and_leave"}, day=9, hour=10, place=area)
    rule = "Residents on foot may go in and out (Inside the cordon)"
    said = "On foot: nobody has said of Gate 2; ask whether what was said more widely holds there: "
    assert told(10) == [(f"On foot: {rule}", True), (said + rule, False)]
    report(store, "shut", "road_state", {"state": "shut"}, day=9, hour=11, place=street("Dixon Street"))
    assert told(11)[1][0].startswith("On foot: nobody has said of Dixon Street; Gate 2; ask whether ")
    report(store, "own", "passage_rule", {"who": ["pedestrians"], "may": "not_pass"}, day=9, hour=12, places=[outside])
    assert (
        told(12)[2][0] == f"On foot: nobody has said of Dixon Street; ask whether what was said more widely holds there: {rule}"
    )


@pytest.mark.parametrize(("east", "is_within"), [(174.15, True), (174.25, False)])
def test_ground_that_is_barred_is_answered_for_where_all_of_it_lies_in_the_ground_of_a_rule(
    store: Store, east: float, *, is_within: bool
) -> None:
    def ground(label: str, west: float, east: float, south: float, north: float) -> dict[str, Any]:
        return {
            "type": "area",
            "label": label,
            "ring": [[west, south], [east, south], [east, north], [west, north], [west, south]],
        }

    square = ground("Square", 174.05, east, -40.95, -40.9)
    report(store, "bar", "gate_state", {"state": "shut"}, day=9, hour=9, place=square)
    rule = {"who": ["residents on foot"], "may": "enter"}
    report(store, "foot", "passage_rule", rule, day=9, hour=10, place=ground("Inside", 174.0, 174.2, -41.0, -40.8))
    assert [one["is_said"] for one in seen(store, 9)["on_foot"]] == ([True] if is_within else [True, False])


def test_a_rule_on_foot_without_a_place_is_told_beside_every_bar(store: Store) -> None:
    report(store, "shut", "road_state", {"state": "shut"}, day=9, hour=9, place=street("Dixon Street"))
    report(store, "foot", "passage_rule", {"who": ["people on foot"], "may": "enter"}, day=9, hour=9)
    assert [one["says"] for one in seen(store, 9)["on_foot"]] == [
        "On foot: People on foot may go in",
        "On foot: nobody has said of Dixon Street; ask whether what was said more widely holds there: People on foot may go in",
    ]


def test_an_entry_counts_once_however_many_things_it_says(store: Store) -> None:
    report(store, "a", "barrier_state", barrier("standing"), day=9, places=[street(name) for name in PLACES])
    report(store, "b", "remark", {"text": "a slip"}, day=9, hour=15, withdraws=["a"])
    found = seen(store, 9)
    assert (found["entries"], found["states"]) == (2, [])


def test_a_partner_that_stops_serving_an_area_keeps_help_out_of_it_until_a_later_word_about_that_area(store: Store) -> None:
    areas = [named("Harbour side"), named("Hill side")]
    body = {"partner": "the water company", "level": "stopped", "instead": "tankers at the school"}
    report(store, "stop", "service_level", body, day=9, places=areas)
    report(store, "back", "service_level", body | {"level": "normal"}, day=9, hour=15, places=areas[:1])
    says = "Service of the water company stopped; instead: tankers at the school"
    assert states(store, 9)["stop"] == (says, "Hill side (no longer Harbour side)")
    assert ServiceLevel.model_validate(body).keeps_out
    assert not ServiceLevel.model_validate(body | {"level": "normal"}).keeps_out


def test_there_is_one_handover_point_however_often_it_moves(store: Store) -> None:
    report(store, "a", "handover_point", {"state": "open"}, day=9, place=street("Dixon Street"))
    report(store, "b", "handover_point", {"state": "moved"}, day=9, hour=15, place=street("Allen Street"))
    assert states(store, 9) == {"b": ("Casualty handover point moved", "Allen Street")}


@pytest.mark.parametrize(
    ("kind", "body", "says"),
    [
        ("line_service", {"line": "tram 4", "state": "suspended"}, "Tram 4 suspended"),
        ("line_service", {"line": "ferry", "state": "reduced", "replacement": "buses"}, "Ferry reduced; instead: buses"),
        ("power", {"power": "to close a road", "by": "the council"}, "by which instrument nobody has said"),
        (
            "enforcement_action",
            {"action": "tickets", "amount": {"low": 9, "high": 9}, "total": {"low": 60}},
            "at least 60 in all",
        ),
        (
            "seizure",
            {"what": "gas bottles", "amount": {"low": 4, "high": 4}, "by": "wardens"},
            "4 gas bottles seized by wardens",
        ),
        ("exposure_window", {"to": "smoke", "group": "spectators", "advice": "see a doctor"}, "advice: see a doctor"),
        ("deployment", {"organisation": "Fire", "task": "first aid", "amount": {"low": 6, "high": 6}}, "Fire: first aid, 6"),
        ("decision", {"by": "the mayor", "what": "leave", "authority": "advice"}, "The mayor advised: leave"),
        ("decision", {"by": "the mayor", "what": "leave"}, "The mayor decided: leave"),
    ],
)
def test_what_was_entered_is_said_and_no_more(store: Store, kind: str, body: dict[str, Any], says: str) -> None:
    report(store, "a", kind, body, day=9)
    found = seen(store, 9)
    facts: list[dict[str, Any]] = found["states"] + found["events"]
    assert [says in fact["says"] for fact in facts] == [True]
