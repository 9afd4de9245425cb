"""What each kind says of its entries, word for word: with all that it may hold, and with as little as it needs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from clearway.record.kind import Push
from clearway.record.kinds import BODY
from clearway.record.moments import moment_of

ZONE = ZoneInfo("Pacific/Auckland")
START, END = "2022-02-18T08:00+13:00", "2022-02-18T17:30+13:00"
LASTING = {"starts": START, "ends": END}
POWER = "power: a by-law; condition: a dented door; 2 photos; plate deleted by Tue 01 Mar 2022 13:00"
LASTS = "from Fri 18 Feb 2022 08:00 until Fri 18 Feb 2022 17:30"


def n(number: int) -> dict[str, int]:
    return {"low": number, "high": number}


SAID: list[tuple[str, dict[str, Any], str]] = [
    (
        "announcement",
        {"by": "Police", "what": "towing starts", "due": START},
        "Police announced: towing starts, for Fri 18 Feb 2022 08:00",
    ),
    ("announcement", {"by": "Police", "what": "towing starts"}, "Police announced: towing starts"),
    ("arrests", {"amount": n(3), "ground": "trespass", "total": True}, "3 arrested in all for trespass"),
    ("arrests", {"amount": n(3)}, "3 arrested"),
    ("community_impact", {"impact": "noise", "summary": "All night", "on": "pupils"}, "noise of pupils: All night"),
    ("community_impact", {"impact": "noise", "summary": "All night"}, "noise: All night"),
    (
        "contact",
        {"who": ["Police", "the groups", "the mayor", "x"], "way": "talk_on_site", "outcome": "small steps"},
        "Police with the groups (talk on site): small steps",
    ),
    ("contact", {"who": ["Police"]}, "Police (meeting)"),
    (
        "cost",
        {"what": "extra staff", "amount": {"high": 2000000}, "note": "so far", "expected": True},
        "expected cost of extra staff: NZD up to 2,000,000; so far",
    ),
    ("cost", {"what": "fences"}, "cost of fences: no figure given"),
    ("cost", {"what": "fences", "note": "nobody added it up"}, "cost of fences: nobody added it up"),
    ("cost", {"what": "fences", "amount": {"low": 5, "said": "a few dollars"}}, "cost of fences: a few dollars"),
    ("count", {"what": "vehicles", "amount": n(450), "group": "trucks"}, "450 vehicles (trucks)"),
    ("count", {"what": "vehicles", "amount": n(450)}, "450 vehicles"),
    (
        "decision",
        {
            "by": "Council",
            "what": "no towing",
            "why": "talks go on",
            "authority": None,
            "rejected": ["towing", "fines"],
            "expects": ["calm"],
        },
        "Council decided: no towing; because: talks go on; rejected: towing, fines; expects: calm",
    ),
    ("decision", {"by": "Council", "what": "no towing", "authority": "own"}, "Council decided: no towing"),
    ("decision", {"by": "Council", "what": "no towing", "authority": "order"}, "Council decided, as ordered: no towing"),
    ("decision", {"by": "Council", "what": "no towing", "authority": "advice"}, "Council advised: no towing"),
    ("decision", {"by": "Council", "what": "no towing", "authority": "expectation"}, "Council expects: no towing"),
    ("decision", {"by": "Council", "what": "no towing"}, "Council decided: no towing"),
    ("demand", {"by": "the groups", "of": "the council", "what": "a meeting"}, "the groups demand of the council: a meeting"),
    ("demand", {"by": "the groups", "what": "a meeting"}, "the groups demand: a meeting"),
    (
        "evidence",
        {"by": "harbour master", "form": "own_record", "shows": "no oil"},
        "evidence of harbour master (own record): no oil",
    ),
    ("deployment", {"organisation": "Fire", "task": "first aid", "amount": n(6)} | LASTING, f"Fire: first aid, 6, {LASTS}"),
    ("deployment", {"organisation": "Fire", "task": "first aid"}, "Fire: first aid"),
    (
        "enforcement_action",
        {"action": "trespass_notices", "by": "Police", "amount": n(9), "total": n(60), "ground": "camping"},
        "trespass notices by Police; 9; 60 in all; for camping",
    ),
    ("enforcement_action", {"action": "tickets"}, "tickets"),
    (
        "exposure_window",
        {"to": "smoke", "group": "spectators", "advice": "see a doctor", "advice_until": END},
        "exposure to smoke of spectators; advice: see a doctor; until Fri 18 Feb 2022 17:30",
    ),
    ("exposure_window", {"to": "smoke"}, "exposure to smoke"),
    (
        "handover_point",
        {"name": "north tent", "state": "moved", "by": "first aiders"} | LASTING,
        f"north tent moved; first aiders; {LASTS}",
    ),
    ("handover_point", {}, "casualty handover point open"),
    (
        "line_service",
        {"line": "tram 4", "state": "shortened", "replacement": "buses", "by": "the operator"} | LASTING,
        f"tram 4 shortened; {LASTS}; instead: buses",
    ),
    ("line_service", {"line": "tram 4", "state": "running"}, "tram 4 running"),
    (
        "power",
        {"power": "to close a road", "by": "the council", "instrument": "a by-law", "state": "asked_for"} | LASTING,
        f"power of the council to close a road: asked for; by a by-law; {LASTS}",
    ),
    (
        "power",
        {"power": "to close a road", "by": "the council"},
        "power of the council to close a road: in force; by which instrument nobody has said",
    ),
    (
        "rendezvous_point",
        {"name": "Depot", "state": "open", "who": ["ambulances", "fire"], "by": "the duty officer"} | LASTING,
        f"Depot open for ambulances and fire; the duty officer; {LASTS}",
    ),
    ("rendezvous_point", {}, "rendezvous point open"),
    (
        "seizure",
        {"what": "gas bottles", "amount": n(4), "by": "wardens", "ground": "fire ban"},
        "4 gas bottles seized by wardens; fire ban",
    ),
    ("seizure", {"what": "tents"}, "tents seized"),
    (
        "service_level",
        {"partner": "the post", "level": "stopped", "to": "residents", "instead": "collect it", "reason": "too dangerous"}
        | LASTING,
        f"service of the post stopped to residents; {LASTS}; instead: collect it; too dangerous",
    ),
    ("service_level", {"partner": "the post", "level": "normal"}, "service of the post normal"),
    ("flow", {"what": "vehicles", "direction": "left", "amount": n(12), "note": "since noon"}, "vehicles left: 12; since noon"),
    ("flow", {"what": "vehicles", "direction": "grew"}, "vehicles grew"),
    ("flow", {"what": "people", "direction": "arrived", "note": "by bus"}, "people arrived: by bus"),
    ("forecast", {"summary": "many more", "amount": n(500)}, "forecast: many more; 500"),
    ("forecast", {"summary": "many more"}, "forecast: many more"),
    (
        "health_finding",
        {"finding": "sewage", "summary": "in drains", "advice": "do not swim", "amount": n(2)} | LASTING,
        f"sewage: in drains; 2; advice: do not swim; {LASTS}",
    ),
    ("health_finding", {"finding": "sewage", "summary": "in drains"}, "sewage: in drains"),
    ("incident", {"nature": "stand_off", "summary": "two lines"}, "stand off: two lines"),
    (
        "injuries",
        {"amount": n(2), "of": "officers", "cause": "fireworks", "total": True},
        "2 officers injured in all: fireworks",
    ),
    ("injuries", {"amount": n(2)}, "2 people injured"),
    (
        "loan",
        {"what": "blocks", "lender": "the region", "borrower": "Police", "amount": n(8), "state": "lent", "due": END},
        "blocks lent by the region to Police; 8; due back Fri 18 Feb 2022 17:30",
    ),
    (
        "loan",
        {"what": "blocks", "lender": "the region", "borrower": "Police", "amount": n(8), "state": "returned", "due": END},
        "blocks returned by Police to the region; 8",
    ),
    (
        "loan",
        {"what": "blocks", "lender": "the region", "borrower": "Police", "amount": n(8), "state": "lost", "due": END},
        "blocks of the region lost by Police; 8",
    ),
    ("loan", {"what": "blocks", "lender": "the region", "borrower": "Police"}, "blocks lent by the region to Police"),
    (
        "notice",
        {"by": "Police", "text": "Park at the stadium", "to": "drivers"} | LASTING,
        f"Police to drivers: Park at the stadium; {LASTS}",
    ),
    ("notice", {"by": "Police", "text": "Park at the stadium"}, "Police to everybody: Park at the stadium"),
    (
        "offer",
        {"what": "parking", "summary": "free", "to": "drivers", "capacity": n(300), "taken_up": n(20)} | LASTING,
        f"parking offered: free; room for 300; to drivers; {LASTS}; taken up by 20",
    ),
    ("offer", {"what": "venue", "summary": "a hall"}, "venue offered: a hall; how many took it up is not known"),
    (
        "offer",
        {"what": "parking", "summary": "free", "occupancy": "nearly_full"},
        "parking offered: free; nearly full; how many took it up is not known",
    ),
    (
        "petition",
        {"title": "End it", "signatures": {"low": 120000}, "asks": "a vote"},
        "petition 'End it': at least 120,000 signatures; a vote",
    ),
    ("petition", {"title": "End it", "signatures": n(5)}, "petition 'End it': 5 signatures"),
    (
        "restriction_level",
        {
            "scheme": "fire ban",
            "level": "total",
            "rules": ["no flames", "no fuel"],
            "eases_when": "it rains",
            "stays_when": "it is dry",
        }
        | LASTING,
        f"fire ban: total; {LASTS}; no flames, no fuel; eases when: it rains; stays when: it is dry",
    ),
    ("restriction_level", {"scheme": "fire ban", "level": "total"}, "fire ban: total"),
    (
        "staff_absence",
        {"organisation": "Police", "reason": "leave", "amount": n(6), "district": "Tasman"},
        "Police: 6 leave, Tasman",
    ),
    ("staff_absence", {"organisation": "Police", "reason": "sick", "amount": n(6)}, "Police: 6 sick"),
    (
        "staff_strength",
        {"organisation": "Police", "amount": n(6), "role": "detectives", "district": "Tasman", "on_duty": True} | LASTING,
        f"Police: 6 detectives, from Tasman, on duty at the operation, {LASTS}",
    ),
    (
        "staff_strength",
        {"organisation": "Police", "amount": {"low": 2, "said": "a few"}, "on_duty": False},
        "Police: a few (staff), not on duty at it",
    ),
    ("staff_strength", {"organisation": "Police", "amount": n(6)}, "Police: 6 staff"),
    ("statement", {"summary": "Calm is safe", "signatories": ["Mayor", "schools"]}, "Calm is safe; signed by Mayor, schools"),
    ("statement", {"summary": "Calm is safe"}, "Calm is safe"),
    (
        "tow_capability",
        {"state": "secured", "trucks": n(3), "by": "a firm", "note": "from Monday"} | LASTING,
        f"towing secured; a firm; 3 trucks; {LASTS}; from Monday",
    ),
    ("tow_capability", {"state": "none"}, "towing none"),
    ("tow_event", {"done": True, "amount": n(3), "note": "from Hill Street"}, "3 towed; from Hill Street"),
    ("tow_event", {"done": True}, "vehicles towed"),
    ("tow_event", {"done": False}, "not towed"),
    (
        "vehicle_moved",
        {
            "vehicle": "ab" * 32,
            "state": "stored",
            "purpose": "it stood across",
            "power": "a by-law",
            "type": "car",
            "delete_by": "2022-03-01T00:00:00Z",
            "moved_by": "a firm",
            "ordered_by": "a warden",
            "moved_from": "Hill Street",
            "moved_to": "a yard",
            "condition": "a dented door",
            "photos": ["cd" * 32, "ef" * 32],
        },
        f"car abababab stored from Hill Street to a yard by a firm; ordered by a warden; it stood across; {POWER}",
    ),
    (
        "vehicle_tally",
        {"car": n(12), "van": {"low": 2, "high": 3}, "across": 6, "lanes_left": 0, "method": "drone", "note": "at dusk"},
        "14 to 15 vehicles (12 cars, 2 to 3 vans), 6 across the road, no lane left, by drone, at dusk",
    ),
    (
        "vehicle_tally",
        {"truck": n(1), "lanes_left": 1, "assumed": True},
        "assumed: 1 vehicle (1 truck), 1 lane left for a fire engine",
    ),
    ("vehicle_tally", {"bus": n(0), "method": "estimate"}, "0 vehicles (0 buses), estimated"),
    (
        "weather",
        {"summary": "gale", "wind_kmh": 90, "rain_mm_h": 2.5, "temperature_c": -1, "forecast": True} | LASTING,
        f"forecast: gale; {LASTS}; wind 90 km/h; rain 2.5 mm/h; -1 degrees",
    ),
    (
        "weather",
        {"summary": "calm", "wind_kmh": 0, "rain_mm_h": 0, "temperature_c": 0},
        "calm; wind 0 km/h; rain 0 mm/h; 0 degrees",
    ),
    ("promise", {"by": "Police", "what": "tow", "due": START}, "Police will: tow, by Fri 18 Feb 2022 08:00"),
    ("promise", {"by": "Police", "what": "tow"}, "Police will: tow"),
    ("aspiration", {"by": "Council", "what": "open roads"}, "Council, hoping for: open roads"),
    (
        "work_under_way",
        {"by": "Water company", "what": "toilets", "since": START},
        "Water company, working on: toilets, since Fri 18 Feb 2022 08:00",
    ),
    ("work_under_way", {"by": "Water company", "what": "toilets"}, "Water company, working on: toilets"),
    (
        "ultimatum",
        {"by": "Police", "to": "owners", "demand": "move", "otherwise": "they are towed", "due": START},
        "Police to owners: move; by Fri 18 Feb 2022 08:00; otherwise: they are towed",
    ),
    ("ultimatum", {"by": "Police", "otherwise": "they are towed"}, "Police: otherwise: they are towed"),
    ("ultimatum", {"by": "Police", "demand": "move"}, "Police: move"),
    (
        "meeting_request",
        {"asked_by": "groups", "asked_of": "the mayor", "answer": "none_yet"},
        "groups asked to meet the mayor: not answered yet",
    ),
    (
        "meeting_request",
        {"asked_by": "groups", "asked_of": "the mayor", "answer": "accepted"},
        "groups asked to meet the mayor: accepted",
    ),
    (
        "meeting_request",
        {"asked_by": "groups", "asked_of": "the mayor", "answer": "conditional"},
        "groups asked to meet the mayor: answered with conditions",
    ),
    (
        "meeting_request",
        {"asked_by": "groups", "asked_of": "the mayor", "answer": "refused", "terms": "once it is calm"},
        "groups asked to meet the mayor: refused; once it is calm",
    ),
    (
        "resource_request",
        {
            "what": "tow trucks",
            "asked_of": "Defence",
            "asked_by": "Police",
            "amount": n(3),
            "needed_by": START,
            "answer": "partly",
        },
        "Police asked Defence: tow trucks; 3; needed by Fri 18 Feb 2022 08:00; granted in part",
    ),
    ("resource_request", {"what": "tow trucks", "asked_of": "Defence"}, "the room asked Defence: tow trucks; no answer yet"),
    (
        "resource_request",
        {"what": "tow trucks", "asked_of": "Defence", "answer": "granted"},
        "the room asked Defence: tow trucks; granted",
    ),
    ("minutes", {"of": "c1", "by": "talks officer"}, "minutes of c1 by talks officer; nothing was agreed"),
    (
        "minutes",
        {
            "of": "c1",
            "by": "talks officer",
            "present": ["Mayor", "groups"],
            "said": "A calm talk",
            "agreed": ["a lane", "a stage"],
            "not_promised": ["a date"],
            "actions": ["Police: mark the lane"],
        },
        (
            "minutes of c1 by talks officer; present: Mayor, groups; A calm talk; agreed: a lane, a stage; "
            "not promised: a date; to do: Police: mark the lane"
        ),
    ),
    (
        "condition",
        {"by": "Speaker", "before": "talk", "what": "the streets are clear"},
        "Speaker: before talk: the streets are clear",
    ),
]


@pytest.mark.parametrize(("kind", "fields", "sentence"), SAID)
def test_an_entry_says_what_its_fields_hold_and_no_more(kind: str, fields: dict[str, Any], sentence: str) -> None:
    assert BODY.validate_python({"kind": kind} | fields).sentence(ZONE) == sentence


DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
AT = moment_of(START)


@pytest.mark.parametrize(
    ("kind", "fields", "later", "words", "past", "over"),
    [
        ("aspiration", {}, DAY, "hoped for", False, False),
        ("aspiration", {"outcome": "came_true"}, DAY, "came true", False, True),
        ("work_under_way", {}, DAY, "under way", False, False),
        ("work_under_way", {}, DAY + SECOND, "under way when last heard of", False, False),
        ("work_under_way", {"state": "ended"}, DAY, "ended", False, True),
        ("ultimatum", {"demand": "move", "due": START}, 0 * DAY, "ultimatum open", False, False),
        ("ultimatum", {"demand": "move", "due": START}, SECOND, "lapsed; nobody has said what came of it", True, False),
        ("ultimatum", {"demand": "move"}, 9 * DAY, "ultimatum open", False, False),
        ("ultimatum", {"otherwise": "we stay"}, DAY, "threatened", False, False),
        ("ultimatum", {"demand": "move", "due": START, "outcome": "acted_on"}, DAY, "acted on", False, True),
        ("announcement", {"due": START}, 0 * DAY, "announced", False, False),
        ("announcement", {"due": START}, SECOND, "the date has passed; nobody has said whether it was done", True, False),
        ("announcement", {}, 9 * DAY, "announced", False, False),
        ("announcement", {"due": START, "outcome": "not_done"}, DAY, "not done", False, True),
    ],
)
def test_an_intent_stands_as_its_time_and_the_last_word_have_it(
    kind: str, fields: dict[str, Any], later: timedelta, words: str, past: bool, over: bool  # noqa: FBT001
) -> None:  # fmt: skip
    what = {"by": "Police"} | ({} if kind == "ultimatum" else {"what": "a step"})
    status = BODY.validate_python({"kind": kind} | what | fields).status(AT, AT + later)
    assert status == (words, past, over)


@pytest.mark.parametrize(
    ("kind", "fields", "push"),
    [
        ("announcement", {"figure": "vehicles", "direction": "more", "due": START}, Push(("vehicles",), is_more=True, ends=AT)),
        (
            "announcement",
            {"figure": "people", "direction": "fewer", "outcome": "done"},
            Push(("people",), is_more=False, is_done=True),
        ),
        ("announcement", {"figure": "vehicles"}, None),
        ("announcement", {"direction": "more"}, None),
        ("announcement", {"figure": "vehicles", "direction": "more", "outcome": "not_done"}, None),
        ("announcement", {"figure": "vehicles", "direction": "more", "outcome": "dropped"}, None),
        ("forecast", {"what": "people", "direction": "more", "at": START}, Push(("people",), is_more=True, ends=AT)),
        ("forecast", {"what": "people", "direction": "fewer"}, Push(("people",), is_more=False)),
        ("forecast", {"what": "people"}, None),
        ("forecast", {"direction": "more"}, None),
        (
            "offer",
            {"what": "parking", "starts": START},
            Push(("vehicles",), is_more=False, is_done=True, starts=AT, is_elsewhere=True),
        ),
        ("offer", {"what": "venue"}, None),
    ],
)
def test_what_moves_a_figure_says_which_and_which_way(kind: str, fields: dict[str, Any], push: Push | None) -> None:
    needed: dict[str, Any] = {"announcement": {"by": "Police", "what": "a step"}}.get(kind, {"summary": "a thing"})
    assert BODY.validate_python({"kind": kind} | needed | fields).push == push


@pytest.mark.parametrize(
    ("kind", "fields", "values"),
    [
        ("service_level", {"partner": "post"}, {"level": {"normal": (False, True), "reduced": (False, True),
        "escorted": (True, True),
                                                          "stopped": (True, False), "unknown": (False, False)}}),
        ("tow_capability", {}, {"state": {"secured": (False, True), "sought": (False, False), "none": (False, False)}}),
        ("staff_strength", {"organisation": "Fire", "amount": n(3)}, {"on_duty": {True: (False, True), False: (False, False),
                                                                                 None: (False, False)}}),
    ],
)  # fmt: skip
def test_who_keeps_out_and_who_is_there_is_told_by_its_state(
    kind: str, fields: dict[str, Any], values: dict[str, dict[Any, tuple[bool, bool]]]
) -> None:
    for field, cases in values.items():
        for value, expected in cases.items():
            body = BODY.validate_python({"kind": kind} | fields | {field: value})
            assert (body.keeps_out, body.is_there) == expected, value


def test_requests_wait_until_they_are_answered_and_loans_until_they_are_back() -> None:
    for kind, fields in (("meeting_request", {"asked_by": "groups"}), ("resource_request", {"what": "trucks"})):
        waits = [
            BODY.validate_python({"kind": kind, "asked_of": "Defence"} | fields | {"answer": answer}).awaits_answer
            for answer in ("none_yet", "refused")
        ]
        assert waits == [True, False]
    loan = {"kind": "loan", "what": "blocks", "lender": "the region", "borrower": "Police", "due": END}
    until = [BODY.validate_python(loan | {"state": state}).holds_until for state in ("lent", "returned", "lost")]
    assert until == [moment_of(END), None, None]
    assert BODY.validate_python({"kind": "exposure_window", "to": "smoke", "advice_until": END}).holds_until == moment_of(END)
