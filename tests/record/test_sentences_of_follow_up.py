"""What kinds about what follows say, word for word: decisions and risks, tow orders, plans, minutes, levels of a scheme."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from clearway.record.kinds import BODY
from clearway.record.moments import moment_of
from record.test_sentences import LASTING, LASTS, START, n

ZONE = ZoneInfo("Pacific/Auckland")
AT = "Fri 18 Feb 2022 08:00"
MARK = "0" * 64

SAID: list[tuple[str, dict[str, Any], str]] = [
    (
        "decision",
        {"by": "Council", "what": "no towing", "authority": "order", "outcome": "cars left"},
        "Council decided, as ordered: no towing; what came: cars left",
    ),
    ("position", {"of": "d1", "by": "Fire", "stance": "for", "option": "tow", "why": "a lane"},
     "Fire is for d1: tow; because: a lane"),
    ("position", {"of": "d1", "by": "Fire", "stance": "against"}, "Fire is against d1"),
    ("position", {"of": "d1", "by": "Fire", "stance": "abstains"}, "Fire abstains on d1"),
    (
        "task",
        {"what": "print", "to": "the print room", "by": "Police", "of": "d1", "due": START, "outcome": "done"},
        f"the print room is to do, by order of Police: print; by {AT}; follows from d1; done",
    ),
    ("task", {"what": "print", "to": "the print room", "by": "Police"}, "the print room is to do, by order of Police: print"),
    (
        "objective",
        {"what": "one lane", "by": "Police", "of": "d1", "posts": ["gate 1", "gate 2"]},
        "Police sets the objective: one lane; to be read by gate 1, gate 2",
    ),
    ("objective", {"what": "one lane", "by": "Police"}, "Police sets the objective: one lane"),
    ("receipt", {"of": "o1", "by": "gate 1"}, "gate 1 has read o1"),
    (
        "risk",
        {"risk": "fire", "what": "a stove falls", "likelihood": "rare", "likelihood_to": "likely", "consequence": "minor",
         "consequence_to": "minor", "for_whom": ["campers", "crews"], "done": ["patrols", "hoses"], "owner": "Fire",
         "review": START, "counted": "tents", "at_least": 1200, "state": "happened", "why": "it is dry"},
        ("risk: fire (happened); a stove falls; likelihood: rare to likely; consequence: minor; for campers, crews; "
         f"done: patrols, hoses; owner: Fire; grows from 1,200 tents; because: it is dry; reviewed {AT}"),
    ),
    ("risk", {"risk": "fire", "likelihood": "almost_certain"}, "risk: fire; likelihood: almost certain"),
    ("risk", {"risk": "fire", "counted": "tents", "at_least": 0}, "risk: fire; grows from 0 tents"),
    (
        "comparable_event",
        {"event": "A march", "happened_then": "It rained.", "lessons": ["bring coats", "go home"], "reference": "a review",
         "alike": "the square", "differs": "the year", "risks": ["fire", "flood"]},
        ("comparable: A march: It rained; learnt: bring coats, go home; alike: the square; differs: the year; "
         "bears on: fire, flood; source: a review"),
    ),
    (
        "comparable_event",
        {"event": "A march", "happened_then": "It rained.", "lessons": ["bring coats"], "reference": "a review"},
        "comparable: A march: It rained; learnt: bring coats; source: a review",
    ),
    (
        "plan_adopted",
        {"plan": "A", "version": 2, "sha256": MARK, "by": "Council", "failed": ["access", "signs"], "override": "a fire"},
        "Council adopted version 2 of plan 'A'; although these checks failed: access and signs; because: a fire",
    ),
    ("plan_adopted", {"plan": "A", "version": 1, "sha256": MARK, "by": "Council"}, "Council adopted version 1 of plan 'A'"),
    ("plan_withdrawn", {"plan": "A", "version": 2, "by": "Council", "why": "over"},
     "Council withdrew version 2 of plan 'A': over"),
    ("plan_withdrawn", {"plan": "A", "by": "Council", "why": "over"}, "Council withdrew plan 'A': over"),
    (
        "minutes",
        {"of": "c1", "by": "clerk", "present": ["Mayor", "Union"], "said": "long talk", "agreed": ["a lane", "a date"],
         "not_promised": ["parking", "water"], "actions": ["letter, clerk", "call, Mayor"]},
        ("minutes of c1 by clerk; present: Mayor, Union; long talk; agreed: a lane, a date; not promised: parking, water; "
         "to do: letter, clerk, call, Mayor"),
    ),
    ("minutes", {"of": "c1", "by": "clerk"}, "minutes of c1 by clerk; nothing was agreed"),
    (
        "easing_request",
        {"asked_by": "Choirs", "scheme": "alert levels", "what": "singing", "asked_of": "Health", "level": "orange",
         "answer": "partly", "answered": "outdoors"},
        "Choirs asked Health to ease alert levels: singing; to orange; granted in part; outdoors",
    ),
    (
        "easing_request",
        {"asked_by": "Choirs", "scheme": "alert levels", "what": "singing"},
        "Choirs asked to ease alert levels: singing; no answer yet",
    ),
    (
        "easing_request",
        {"asked_by": "Choirs", "scheme": "alert levels", "what": "singing", "answer": "refused"},
        "Choirs asked to ease alert levels: singing; refused",
    ),
    (
        "scheme_level",
        {"scheme": "Levels", "level": "red", "rules": ["masks", "distance"], "gathering_at_most": 0, "with_pass_at_most": 200,
         "gathering_pass": "a pass", "gathering_rules": ["seats", "air"], "staff_rules": ["tests", "gloves"],
         "eases_when": "beds are free"} | LASTING,
        ("Levels, red, as published; masks, distance; gatherings of at most 0 people; with a pass of at most 200 people; "
         "at gatherings: seats, air; "
         f"staff: tests, gloves; eases when: beds are free; {LASTS}"),
    ),
    ("scheme_level", {"scheme": "Levels", "level": "red"}, "Levels, red, as published"),
    (
        "sitrep_issued",
        {"number": 3, "at": START, "since": START, "sha256": MARK, "form": "pdf", "author": "clerk", "approver": "chief"},
        f"situation report 3 issued, about {AT}; by clerk; approved by chief",
    ),
    (
        "sitrep_issued",
        {"number": 3, "at": START, "since": START, "sha256": MARK, "form": "text"},
        f"situation report 3 issued, about {AT}",
    ),
    ("operation", {"title": "A square", "type": "a march", "where": "the centre"}, "A square; a march; the centre"),
    ("operation", {"title": "A square"}, "A square"),
    ("report", {"title": "Bulletin", "text": "Some words"}, "report: Bulletin"),
    ("remark", {"text": "Some words"}, "Some words"),
    (
        "tow_progress",
        {"order": 1, "starts": START, "tow": "T003", "state": "done", "vehicle": "car", "stretch": "Hill Street", "tows": 20,
         "done": 3, "under_way": 1, "failed": 2, "gone": 4, "withdrawn": 5, "first_done": START, "note": "slow"},
        ("tow order 1: T003 (car, Hill Street) done; 3 of 20 done, 1 under way, 2 failed, 4 driven away, 5 withdrawn; slow"),
    ),
    ("tow_progress", {"order": 1, "starts": START, "tows": 20}, "tow order 1: ordered; 0 of 20 done"),
    *(
        ("tow_progress", {"order": 1, "starts": START, "tow": "T1", "state": state, "tows": 2, "vehicle": "van"},
         f"tow order 1: T1 (van) {words}; 0 of 2 done")
        for state, words in (
            ("to_come", "is to come again"), ("under_way", "under way"), ("failed", "failed"),
            ("gone", "driven away by its driver"), ("withdrawn", "withdrawn"),
        )
    ),
    ("demand", {"by": "the groups", "what": "talk", "of": "Council"}, "the groups demand of Council: talk"),
    ("forecast", {"summary": "more come", "amount": n(50), "what": "people", "direction": "more"},
     "forecast: more come; 50"),
    ("promise", {"by": "Police", "what": "no towing", "to": "Union", "due": START},
     f"Police will, as promised to Union: no towing, by {AT}"),
]  # fmt: skip


def body_of(said: dict[str, Any]) -> Any:  # noqa: ANN401 - of any kind
    return BODY.validate_python(said)


@pytest.mark.parametrize(("kind", "fields", "sentence"), SAID)
def test_an_entry_says_what_its_fields_hold_and_no_more(kind: str, fields: dict[str, Any], sentence: str) -> None:
    assert BODY.validate_python({"kind": kind} | fields).sentence(ZONE) == sentence


@pytest.mark.parametrize(
    ("fields", "minutes", "status"),
    [
        ({}, 60, ("to be done", False, False)),
        ({"due": START}, -60, ("to be done", False, False)),
        ({"due": START}, 0, ("to be done", False, False)),
        ({"due": START}, 1, ("the time has passed; nobody has said whether it was done", True, False)),
        ({"due": START, "outcome": "done"}, 1, ("done", False, True)),
        ({"outcome": "dropped"}, 0, ("dropped", False, True)),
    ],
)
def test_a_task_is_to_be_done_until_its_time_has_passed_or_somebody_says_what_came(
    fields: dict[str, Any], minutes: int, status: tuple[str, bool, bool]
) -> None:
    task = body_of({"kind": "task", "what": "print", "to": "the print room", "by": "Police"} | fields)
    start = moment_of(START)
    found = task.status(start, start + timedelta(minutes=minutes))
    assert (found.words, found.is_past, found.is_over) == status


TOW = {
    "stretch": 0,
    "vehicle": "car",
    "step": 0,
    "truck": "T",
    "to_storage": "S",
    "arrive_s": 60,
    "hooked_s": 120,
    "done_s": 300,
}
ORDER: dict[str, Any] = {
    "kind": "tow_order", "order": 4, "by": "Council", "power": "Roads Act, section 9", "power_row": "roads", "starts": START,
    "steps": ["a lane"], "stretches": [{"name": "Hill Street", "car": 2, "bus": 1, "across": 3, "lane_moves": 1}],
    "storage": [{"id": "S", "at": [174.77, -41.28]}], "trucks": [{"id": "T", "operator": "O", "kind": "light", "storage": "S"}],
    "tows": [{"id": "T1"} | TOW],
}  # fmt: skip


def test_a_tow_order_says_how_many_tows_by_which_power_and_stays_in_the_room() -> None:
    one, two = (body_of(ORDER | {"tows": ORDER["tows"] + more}) for more in ([], [{"id": "T2"} | TOW]))
    assert one.sentence(ZONE) == f"Council ordered 1 tow (tow order 4); from {AT}; power: Roads Act, section 9"
    assert two.sentence(ZONE).startswith("Council ordered 2 tows (")
    assert one.unfit([], "room") == ""
    assert [one.unfit([], release) for release in ("partners", "public")] == 2 * [
        "it cannot leave the room: it names tow operators"
    ]
    assert one.stretches[0].vehicles == {"car": 2, "bus": 1}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"tows": [{"id": "T1"} | TOW, {"id": "T1"} | TOW]}, "two tows of this tow_order have one name"),
        ({"tows": [{"id": "T1"} | TOW | {"stretch": 1}]}, "a stretch or a step that it does not have"),
        ({"tows": [{"id": "T1"} | TOW | {"step": 1}]}, "a stretch or a step that it does not have"),
        ({"left": [{"stretch": 1, "vehicle": "car", "step": 0, "number": 1}]}, "a stretch or a step that it does not have"),
        ({"tows": [{"id": "T1"} | TOW | {"truck": "U"}]}, "names U in its tows and does not list it"),
        ({"tows": [{"id": "T1"} | TOW | {"to_storage": "R"}]}, "names R in its tows and does not list it"),
    ],
)
def test_a_tow_order_fits_together(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        BODY.validate_python(ORDER | changes)


@pytest.mark.parametrize(
    ("figures", "fits"),
    [
        ({"done": 2, "first_done": START}, True),
        ({"under_way": 1, "failed": 1}, True),
        ({"done": 1, "first_done": START, "failed": 1, "gone": 1}, False),
        ({"gone": 1, "withdrawn": 2}, False),
        ({"under_way": 3}, False),
        ({"done": 1}, False),
        ({"first_done": START}, False),
    ],
)
def test_no_more_becomes_of_tows_than_were_ordered_and_the_first_has_a_time(figures: dict[str, Any], *, fits: bool) -> None:
    said = {"kind": "tow_progress", "order": 1, "starts": START, "tows": 2} | figures
    if fits:
        assert body_of(said).tows == 2
    else:
        with pytest.raises(ValueError, match=r"than the 2 that were ordered|has 'first_done' where tows are done"):
            BODY.validate_python(said)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"likelihood_to": "rare"}, "'likelihood_to' needs a 'likelihood'"),
        ({"likelihood": "likely", "likelihood_to": "possible"}, "'likelihood_to' is below 'likelihood'"),
        ({"consequence_to": "minor"}, "'consequence_to' needs a 'consequence'"),
        ({"consequence": "severe", "consequence_to": "major"}, "'consequence_to' is below 'consequence'"),
        ({"counted": "tents"}, "needs both 'counted' and 'at_least'"),
        ({"at_least": 5}, "needs both 'counted' and 'at_least'"),
        ({"owner": "Dr. Who"}, "never a person or a number plate"),
        ({"for_whom": ["Mrs Who"]}, "never a person or a number plate"),
        ({"for_whom": ["the car ABC 123"]}, "never a person or a number plate"),
    ],
)
def test_a_risk_is_judged_in_order_and_of_groups(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        BODY.validate_python({"kind": "risk", "risk": "fire"} | fields)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"with_pass_at_most": 5}, "needs 'gathering_pass'"),
        ({"with_pass_at_most": 5, "gathering_pass": "a pass", "gathering_at_most": 6}, "is below 'gathering_at_most'"),
        ({"with_pass_at_most": 6, "gathering_pass": "a pass", "gathering_at_most": 6}, ""),
        ({"with_pass_at_most": 0, "gathering_pass": "a pass"}, ""),
        ({"gathering_at_most": 6}, ""),
    ],
)
def test_with_a_pass_no_fewer_may_gather_than_without(fields: dict[str, Any], words: str) -> None:
    said = {"kind": "scheme_level", "scheme": "Levels", "level": "red"} | fields
    if not words:
        assert body_of(said).level == "red"
        return
    with pytest.raises(ValueError, match=words):
        BODY.validate_python(said)
