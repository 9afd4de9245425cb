"""What kinds that desks write say, word for word, and that no kind says anything of a field that is left out."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from clearway.record.kinds import BODY, KINDS
from clearway.record.kinds.ladder import STEPS, TOWS, WITHOUT_CONSENT
from clearway.record.kinds.means import OCCUPANCY
from clearway.record.kinds.streets import IN_AND_OUT, MAY
from record.test_parse import SAMPLES
from record.test_sentences import LASTING, LASTS, START, n

ZONE = ZoneInfo("Pacific/Auckland")
AT = "Fri 18 Feb 2022 08:00"

SAID: list[tuple[str, dict[str, Any], str]] = [
    (
        "decision",
        {"by": "Council", "what": "no towing", "standing": "proposed", "authority": "advice", "dissent": ["Police: too late"]},
        "Council proposed: no towing; disagreed: Police: too late",
    ),
    (
        "decision",
        {"by": "Council", "what": "no towing", "standing": "superseded", "review": START},
        f"Council decided: no towing; another decision took its place; reviewed {AT}",
    ),
    ("decision", {"by": "Council", "what": "no towing", "standing": "decided"}, "Council decided: no towing"),
    (
        "expectation",
        {"of": "d1", "by": "Police", "what": "fewer cars", "by_when": START, "figure": "vehicles", "at_most": 1200,
         "at_least": 0, "direction": "fewer", "probability": 0.7, "outcome": "kept"},
        f"Police expects of d1: fewer cars, by {AT}; at most 1,200 at least 0 fewer vehicles; 70% sure; kept",
    ),
    (
        "expectation",
        {"of": "d1", "by": "Police", "what": "fewer cars", "by_when": START, "at_most": 0, "probability": 0},
        f"Police expects of d1: fewer cars, by {AT}; at most 0; 0% sure",
    ),
    (
        "contact",
        {"who": ["Police", "the groups"], "way": "call", "next_due": START, "next_by": "liaison"},
        f"Police with the groups (call); next by {AT}, by liaison",
    ),
    ("contact", {"who": ["Police"], "way": "call", "next_by": "liaison"}, "Police (call); by liaison"),
    ("demand", {"by": "the groups", "what": "talk", "before": "the cars go"}, "the groups demand: talk; before the cars go"),
    (
        "party",
        {"name": "Union", "sort": "partner", "also": ["QU", "the dockers"], "spokesperson": "the secretary",
         "speaks_for": n(40), "claimed_by": "Police", "task": "stewards", "may_decide": "the stage"},
        ("Union (partner); also called QU, the dockers; spoken for by the secretary; speaks for 40, as claimed by Police; "
        "stewards; may decide: the stage"),
    ),
    ("party", {"name": "Union", "speaks_for": n(40)}, "Union (group); speaks for 40, as claimed by itself"),
    ("relation", {"of": "A", "to": "B", "relation": "allied_with", "note": "since May"}, "A: allied with B; since May"),
    (
        "advice",
        {"by": "Fire", "what": "keep a lane", "to": "Police", "heeded": "no", "why": "no room"},
        "Fire advised Police: keep a lane; not heeded; no room",
    ),
    ("advice", {"by": "Fire", "what": "keep a lane", "heeded": "yes"}, "Fire advised: keep a lane; heeded"),
    ("advice", {"by": "Fire", "what": "keep a lane", "heeded": "partly"}, "Fire advised: keep a lane; heeded in part"),
    (
        "ladder_step",
        {"job": "Hill Street", "step": "ticket", "by": "wardens", "power": "a by-law", "answer": "partly", "moved": n(3),
         "because": "hospital", "advice": "hold", "expects": "all go"},
        ("vehicles, Hill Street: ticket, by wardens; power: a by-law; some of them went; 3 moved; "
        "taken although the desk said hold; because: hospital; expects: all go"),
    ),
    (
        "ladder_step",
        {"job": "Hill Street", "step": "ask", "by": "wardens", "answer": "moved", "advice": "stop"},
        "vehicles, Hill Street: ask, by wardens; all of them went; taken although the desk said stop",
    ),
    (
        "ladder_step",
        {"job": "Hill Street", "step": "ask", "by": "wardens", "answer": "refused", "advice": "go"},
        "vehicles, Hill Street: ask, by wardens; refused",
    ),
    (
        "ladder_limits",
        {"by": "the commander", "people_at_most": 1, "figure_hours": 2.5, "children_hours": 3, "night_from": "22:00",
         "night_until": "06:00", "incident_hours": 4, "talks_hours": 5, "growth_hours": 6},
        ("limits of the ladder, by the commander: at most 1 person near by, night from 22:00, night until 06:00, "
        "figure hours 2.5, children hours 3, incident hours 4, talks hours 5, growth hours 6"),
    ),
    (
        "ladder_limits",
        {"by": "the commander", "people_at_most": 0},
        "limits of the ladder, by the commander: at most 0 people near by",
    ),
    (
        "parking_place",
        {"name": "Field", "capacity": n(40), "by": "the port", "to": "campers", "hours": "24/7", "free": False,
         "come_back": True, "surface": "grass", "height_m": 2.1, "assumed": ["to", "surface"]} | LASTING,
        (f"parking place Field; room for 40; offered by the port; to campers; {LASTS}; 24/7; not free of charge; "
        "one may drive back; grass; height at most 2.1 m; assumed: to and surface"),
    ),
    ("parking_place", {"name": "Field", "assumed": ["to"]}, "parking place Field"),
    (
        "storage_place",
        {"name": "Yard", "hours": "24/7", "secure": True, "release_procedure": "at the desk"},
        "storage place Yard; 24/7; secure; release: at the desk",
    ),
    (
        "tow_operator",
        {"operator": "A", "asked": START, "light_trucks": n(2), "light_willing": "no", "light_since": START,
         "reason": "no_equipment", "hours": "24/7", "escort": True, "rate": "200 each", "conditions": "by day",
         "indemnity": "dents"},
        (f"tow operator A; does not send 2 light trucks since {AT}; reason: no equipment; asked {AT}; 24/7; wants an escort; "
        "rate: 200 each; conditions: by day; cover for damage: dents"),
    ),
    ("tow_operator", {"operator": "A", "heavy_willing": "yes"}, "tow operator A; sends heavy trucks, number not said"),
    (
        "barrier_state",
        {"barrier": "concrete_block", "label": "line 3", "state": "moved", "moved_from": ["Hill Street", "Bay Road"],
         "amount": n(8), "owner": "the council"} | LASTING,
        f"concrete block 'line 3' moved; no longer at Hill Street and Bay Road; 8; of the council; {LASTS}",
    ),
    ("barrier_state", {"state": "standing"}, "barrier standing"),
    ("gate_state", {"state": "open", "wait_minutes": 0} | LASTING, f"gate open; 0 min to wait; {LASTS}"),
    ("gate_state", {"state": "shut"}, "gate shut"),
    (
        "passage_rule",
        {"who": ["residents", "nurses"], "may": "enter", "proof": "a card"} | LASTING,
        f"residents, nurses may go in; {LASTS}; a card",
    ),
    (
        "road_state",
        {"state": "restricted", "passes": ["emergency", "bus"], "reason": "a stage"} | LASTING,
        f"road restricted; {LASTS}; emergency, bus still pass; a stage",
    ),
    ("road_state", {"state": "unknown"}, "road state unknown"),
    (
        "facility_state",
        {"facility": "The court", "state": "open", "stay_away": True, "people": n(9), "note": "by video"} | LASTING,
        f"The court: open; {LASTS}; people told to stay away; 9 people; by video",
    ),
    ("facility_state", {"facility": "The court", "state": "open"}, "The court: open"),
    ("march_sighting", {"march": "M1", "part": "tail"}, "tail of march M1 passed"),
    ("dropped_draft", {"report": "r", "draft": "d", "proposed": "count", "why": "twice"}, "draft dropped: count (twice)"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "fields", "sentence"), SAID)
def test_an_entry_says_what_its_fields_hold_and_no_more(kind: str, fields: dict[str, Any], sentence: str) -> None:
    assert BODY.validate_python({"kind": kind} | fields).sentence(ZONE) == sentence


@pytest.mark.parametrize("kind", KINDS)
def test_an_entry_with_as_little_as_it_needs_says_nothing_of_what_is_left_out(kind: str) -> None:
    """One field after the other is left out, where the rest can stand without it."""
    body = {"kind": kind} | SAMPLES[kind]
    for field, info in KINDS[kind].model_fields.items():
        if info.is_required() or field not in body or field == "kind":
            continue
        less = {name: value for name, value in body.items() if name != field}
        try:
            told = BODY.validate_python(less).sentence(ZONE)
        except ValidationError:
            continue
        body = less
        assert not any(word in told for word in ("None", "True", "False", "()", "[]", ";;", "; ;", ":;")), told
        assert told == told.strip(" ;,:")


PERSONS = ("Mr ", "Mrs ", "Ms ", "Dr ")


@pytest.mark.parametrize("person", PERSONS)
def test_harm_and_steps_are_of_groups_and_never_of_a_person(person: str) -> None:
    harm = {"kind": "community_impact", "impact": "noise", "summary": "All night"}
    step = {"kind": "ladder_step", "step": "ask", "by": "wardens"}
    with pytest.raises(ValidationError, match="for a group, never for a person by name"):
        BODY.validate_python(harm | {"on": f"{person}Smith"})
    with pytest.raises(ValidationError, match="a group of vehicles, never a person by name"):
        BODY.validate_python(step | {"job": f"{person}Smith"})
    assert BODY.validate_python(harm | {"on": f"pupils of {person}Smith"}).sentence(ZONE).startswith("noise of pupils")
    assert BODY.validate_python(step | {"job": f"the street of {person}Smith"}).sentence(ZONE)


def test_every_step_from_a_ticket_on_needs_a_power_and_none_before() -> None:
    assert STEPS == ("ask", "offer", "help", "notice", "ticket", "push_aside", "tow_to_legal_place", "tow_to_storage")
    assert (STEPS[4:], STEPS[5:]) == (WITHOUT_CONSENT, TOWS)
    for number, step in enumerate(STEPS):
        body = {"kind": "ladder_step", "job": "Hill Street", "step": step, "by": "wardens"}
        if number < 4:
            assert "power" not in BODY.validate_python(body).sentence(ZONE)
        else:
            with pytest.raises(ValidationError, match="cannot be ordered without a legal basis; give 'power'"):
                BODY.validate_python(body)
        assert "power: a law" in BODY.validate_python(body | {"power": "a law"}).sentence(ZONE)


@pytest.mark.parametrize("plate", ["AB1234", "ABC 123", "ABC-123", "the car AB 123"])
def test_a_job_names_no_plate(plate: str) -> None:
    body = {"kind": "ladder_step", "step": "ask", "by": "wardens"}
    with pytest.raises(ValidationError, match="'job' holds a number plate"):
        BODY.validate_python(body | {"job": plate})
    for job in ("State Highway 1", "A 1234", "ABCD 123", "AB 12", "AB 12345"):
        assert BODY.validate_python(body | {"job": job}).sentence(ZONE)


def test_a_promise_of_a_figure_has_its_upper_bound_at_or_above_its_lower() -> None:
    body = {"kind": "promise", "by": "Police", "what": "tow", "counted": "vehicles"}
    for bounds in ({"at_most": 5, "at_least": 5}, {"at_most": 6, "at_least": 5}, {"at_most": 0}, {"at_least": 9}):
        assert BODY.validate_python(body | bounds).sentence(ZONE) == "Police will: tow"
    with pytest.raises(ValidationError, match="a promise's 'at_most' is below its 'at_least'"):
        BODY.validate_python(body | {"at_most": 4, "at_least": 5})


def test_a_decision_is_no_older_than_the_later_of_the_two_moments_of_its_picture() -> None:
    body = {"kind": "decision", "by": "Council", "what": "wait"}
    early, late = "2022-02-18T08:00Z", "2022-02-18T09:00Z"
    found = [
        BODY.validate_python(body | dict(zip(("picture_at", "picture_known_at"), pair, strict=True)))
        for pair in ((early, late), (late, early), (None, early), (late, None), (None, None))
    ]
    told = [one.not_before and f"{one.not_before:%H}" for one in found]
    assert told == ["09", "09", "08", "09", None]


def test_words_for_how_full_a_place_is_stand_for_these_shares() -> None:
    offers = {"kind": "offer", "what": "parking", "summary": "free"}
    assert all(BODY.validate_python(offers | {"occupancy": word}).sentence(ZONE) for word in OCCUPANCY)
    assert OCCUPANCY == {
        "empty": (0, 0), "few": (0, 0.25), "half_full": (0.35, 0.65), "nearly_full": (0.75, 1), "full": (0.95, 1),
    }  # fmt: skip


RULES = {
    "enter": ("may go in", (True, None)),
    "leave": ("may go out", (None, True)),
    "enter_and_leave": ("may go in and out", (True, True)),
    "leave_not_return": ("may go out and not come back", (False, True)),
    "not_pass": ("may not pass", (False, False)),
}


def test_what_a_rule_lets_people_do() -> None:
    assert {may: (MAY[may], IN_AND_OUT[may]) for may in MAY} == RULES


@pytest.mark.parametrize("one", RULES)
@pytest.mark.parametrize("other", RULES)
def test_two_rules_contradict_each_other_where_one_lets_in_or_out_whom_the_other_does_not(one: str, other: str) -> None:
    rule, against = (BODY.validate_python({"kind": "passage_rule", "who": ["nurses"], "may": may}) for may in (one, other))
    pairs = list(zip(RULES[one][1], RULES[other][1], strict=True))
    assert rule.contradicts(against) is any(None not in pair and pair[0] != pair[1] for pair in pairs)
    assert rule.contradicts(BODY.validate_python({"kind": "road_state", "state": "shut"})) is False


@pytest.mark.parametrize(
    ("who", "figures"),
    [
        (["cyclists"], ("people",)),
        (["people on foot"], ("people",)),
        (["drivers"], ("vehicles",)),
        (["private vehicles"], ("vehicles",)),
        (["traffic"], ("vehicles",)),
        (["all traffic"], ("vehicles",)),
        (["cars"], ("vehicles",)),
        (["residents"], ("people", "vehicles")),
        (["cyclists", "drivers"], ("people", "vehicles")),
        (["emergency services"], None),
        (["buses"], None),
        (["deliveries"], None),
        (["service vehicles"], None),
    ],
)
def test_a_rule_keeps_those_it_names_from_coming_as_they_are_counted(who: list[str], figures: tuple[str, ...] | None) -> None:
    push = BODY.validate_python({"kind": "passage_rule", "who": who, "may": "not_pass"}).push
    assert (push and push.figures) == figures
    assert BODY.validate_python({"kind": "passage_rule", "who": who, "may": "enter"}).push is None


STATES = ("open", "restricted", "shut", "unknown")


@pytest.mark.parametrize(
    ("kind", "bars", "on_foot", "keeps_out"),
    [
        ("gate_state", (False, True, True, True), (None, False, False, None), (False, False, True, False)),
        ("road_state", (False, False, True, True), (None, False, False, None), (False, False, True, False)),
    ],
)
def test_what_a_state_of_a_gate_or_a_road_means(
    kind: str, bars: tuple[bool, ...], on_foot: tuple[bool | None, ...], keeps_out: tuple[bool, ...]
) -> None:
    found = [BODY.validate_python({"kind": kind, "state": state}) for state in STATES]
    assert tuple(one.bars_street for one in found) == bars
    assert tuple(one.on_foot for one in found) == on_foot
    assert tuple(one.keeps_out for one in found) == keeps_out
    assert [one.push is not None for one in found] == [False, False, True, False]


def test_what_a_state_of_a_barrier_means() -> None:
    states = ("planned", "standing", "moved", "pushed", "breached", "reset", "removed", "unknown")
    found = {state: BODY.validate_python({"kind": "barrier_state", "state": state}) for state in states}
    assert {state for state, one in found.items() if not one.bars_street} == {"planned", "removed"}
    assert {state for state, one in found.items() if one.has_gone_astray} == {"pushed"}
    assert {state for state, one in found.items() if one.on_foot is False} == {"standing", "moved", "reset"}
    assert {state: one.state_said for state, one in found.items()} == {
        "planned": None, "standing": "standing", "moved": "standing", "pushed": "pushed", "breached": "breached",
        "reset": "standing", "removed": "removed", "unknown": None,
    }  # fmt: skip


def test_two_barriers_may_be_one_unless_two_labels_or_two_materials_tell_them_apart() -> None:
    def barrier(**fields: str) -> Any:  # noqa: ANN401 - a body
        return BODY.validate_python({"kind": "barrier_state", "state": "standing"} | fields)

    some, fence, block = barrier(), barrier(barrier="fence"), barrier(barrier="block")
    one, two = barrier(barrier="fence", label="1"), barrier(barrier="fence", label="2")
    pairs = [(some, fence), (fence, some), (fence, fence), (fence, one), (one, fence)]
    assert all(first.may_be(second) for first, second in pairs)
    assert not any(first.may_be(second) for first, second in [(fence, block), (one, two), (one, one)])
    assert not fence.may_be(BODY.validate_python({"kind": "gate_state", "state": "open"}))


def test_a_road_that_is_shut_keeps_help_or_residents_out_unless_both_still_pass() -> None:
    def road(state: str, *passes: str) -> Any:  # noqa: ANN401 - a body
        return BODY.validate_python({"kind": "road_state", "state": state, "passes": list(passes)})

    assert [road(state, "resident").keeps_out for state in STATES] == [False, True, True, False]
    assert [road(state, "emergency", "resident").keeps_out for state in STATES] == [False, False, False, False]
    assert [road(state, "resident").bars_street for state in STATES] == [False, True, True, True]
    assert [road(state, "emergency").bars_street for state in STATES] == [False, False, True, True]


def test_a_sighting_is_at_one_place_and_says_so() -> None:
    sighting = BODY.validate_python({"kind": "march_sighting", "march": "M1"})
    place: Any = object()
    assert sighting.unfit([place], "room") == ""
    for places in ([], [place, place]):
        assert sighting.unfit(places, "room").startswith("a sighting is at one place; give one such as 'Hunter Street at")
