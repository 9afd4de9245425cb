from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.errors import BadInput
from clearway.record.entry import Draft, canonical, now
from clearway.record.kinds import BODY, KINDS
from clearway.record.moments import calendar, moment_of
from clearway.record.parse import draft_of, line_of
from clearway.record.place import NamedPlace

CALENDAR = calendar("Pacific/Auckland", "2022-02-08")
NOW = moment_of("2022-02-18T08:00Z")
WHEN = {"happened": "day 11 morning"}
SAMPLES: dict[str, dict[str, Any]] = {
    "announcement": {"by": "Police", "what": "towing starts", "due": "2022-02-17T00:00+13:00"},
    "arrests": {"amount": {"low": 3, "high": 3}, "ground": "trespass"},
    "advice": {"by": "Fire service", "what": "keep a lane free on the quay", "to": "the room", "heeded": "partly"},
    "aspiration": {"by": "Council", "what": "open roads by winter"},
    "barrier_state": {"barrier": "concrete_block", "state": "standing", "amount": {"low": 8, "high": 8}},
    "community_impact": {"impact": "intimidation", "summary": "Pupils were shouted at for their masks", "on": "pupils"},
    "condition": {"by": "Speaker", "before": "talk", "what": "no vehicle blocks a street", "counted": "vehicles", "at_most": 0},
    "contact": {"who": ["Police", "seven groups"], "outcome": "small steps"},
    "cost": {"what": "extra staff", "amount": {"high": 2_000_000}},
    "count": {"what": "vehicles", "amount": {"low": 450, "high": 450, "about": True}},
    "decision": {"by": "Police Commissioner", "what": "no towing now", "rejected": ["towing"], "expects": ["talks go on"]},
    "demand": {"by": "the groups", "what": "an urgent meeting"},
    "dropped_draft": {"report": "report-1", "draft": "draft-1", "proposed": "count", "why": "said twice"},
    "evidence": {"by": "harbour master", "form": "measurement", "shows": "no oil in three samples at 14:00"},
    "deployment": {"organisation": "Fire", "task": "first aid", "amount": {"low": 6, "high": 6}},
    "enforcement_action": {"action": "tickets", "amount": {"low": 9, "high": 9}, "total": {"low": 60, "about": True}},
    "exposure_window": {"to": "smoke", "group": "spectators", "advice": "see a doctor if you cough"},
    "handover_point": {"state": "moved", "by": "first aiders"},
    "ladder_limits": {"by": "the commander", "people_at_most": 40, "night_from": "21:30", "talks_hours": 12},
    "ladder_step": {"job": "Hill Street", "step": "ticket", "by": "wardens", "power": "a by-law", "answer": "refused"},
    "line_service": {"line": "tram 4", "state": "shortened", "replacement": "buses from the depot"},
    "march_sighting": {"march": "M1", "part": "tail"},
    "power": {"power": "to close a road", "by": "the council", "instrument": "a by-law"},
    "rendezvous_point": {"state": "open", "who": ["ambulances"], "by": "the duty officer"},
    "seizure": {"what": "gas bottles", "amount": {"low": 4, "high": 4}, "by": "wardens"},
    "service_level": {"partner": "the postal service", "level": "stopped", "instead": "collect at the depot"},
    "position": {"of": "decision-1", "by": "Council", "stance": "against", "option": "tow", "why": "too soon"},
    "task": {
        "what": "print the notices",
        "to": "the print room",
        "by": "Police",
        "of": "decision-1",
        "due": "2022-02-19T00:00+13:00",
    },
    "objective": {"what": "keep one lane open", "by": "Police", "of": "decision-1", "posts": ["gate 1"]},
    "receipt": {"of": "objective-1", "by": "gate 1"},
    "expectation": {"of": "decision-1", "by": "Police", "what": "fewer cars", "by_when": "2022-02-19T00:00+13:00"},
    "facility_state": {"facility": "Pipitea campus", "state": "shut", "people": {"low": 1000}},
    "flow": {"what": "vehicles", "direction": "left", "amount": {"low": 12, "high": 12, "about": True}},
    "forecast": {"summary": "many more at the weekend", "what": "people"},
    "gate_state": {"state": "restricted", "wait_minutes": 10},
    "health_finding": {"finding": "sewage", "summary": "discharged into drains", "advice": "do not swim"},
    "incident": {"nature": "stand_off", "summary": "officers and a vehicle on Bowen Street", "over": True},
    "injuries": {"amount": {"low": 1, "high": 1}, "of": "officers"},
    "loan": {"what": "concrete blocks", "lender": "regional council", "borrower": "Police"},
    "meeting_request": {"asked_by": "seven groups", "asked_of": "Government"},
    "minutes": {"of": "contact-1", "by": "talks officer", "present": ["Mayor"], "not_promised": ["a date"]},
    "notice": {"by": "Police", "text": "Park at the stadium"},
    "offer": {"what": "parking", "summary": "free parking at the stadium", "starts": "2022-02-14T18:30+13:00"},
    "operation": {"title": "A square is taken", "zone": "Pacific/Auckland", "first_day": "2022-02-08"},
    "parking_place": {
        "name": "Stadium",
        "capacity": {"low": 300, "high": 300},
        "hours": "24/7",
        "starts": "2022-02-16T18:30+13:00",
        "ends": "2022-02-20T08:00+13:00",
        "by": "the stadium",
        "to": "all who leave",
        "come_back": True,
        "surface": "asphalt",
        "height_m": 2.1,
        "assumed": ["capacity"],
    },
    "tow_order": {
        "order": 1,
        "by": "the police",
        "power": "a traffic act, section 1",
        "power_row": "officer_on_road",
        "starts": "2022-02-17T08:00+13:00",
        "steps": ["help comes in time"],
        "stretches": [{"name": "Hill Street", "car": 2, "across": 2, "lane_moves": 1}],
        "storage": [{"id": "the yard", "at": [174.78, -41.28], "capacity": 40}],
        "trucks": [{"id": "light 1", "operator": "Firm A", "kind": "light", "storage": "the yard"}],
        "minutes": [{"vehicle": "car", "hook_s": 600, "yard_s": 300}],
        "tows": [
            {
                "id": "T001",
                "stretch": 0,
                "vehicle": "car",
                "step": 0,
                "truck": "light 1",
                "to_storage": "the yard",
                "arrive_s": 300,
                "hooked_s": 900,
                "done_s": 1500,
            }
        ],
        "left": [{"stretch": 0, "vehicle": "car", "step": 0, "number": 1}],
    },
    "tow_progress": {
        "order": 1,
        "starts": "2022-02-17T08:00+13:00",
        "tow": "T001",
        "state": "done",
        "vehicle": "car",
        "stretch": "Hill Street",
        "tows": 20,
        "done": 1,
        "first_done": "2022-02-17T08:25+13:00",
    },
    "party": {"name": "Quay Union", "also": ["the union"], "spokesperson": "secretary", "speaks_for": {"low": 200}},
    "passage_rule": {"who": ["residents"], "may": "enter_and_leave", "proof": "an address inside"},
    "petition": {"title": "End it", "signatures": {"low": 120_000}},
    "promise": {"by": "Police", "what": "tow", "due": "2022-02-16T18:00+13:00"},
    "relation": {"of": "Free Quay", "to": "Quay Union", "relation": "split_from"},
    "remark": {"text": "The morning's figure was a slip"},
    "report": {"title": "Evening bulletin", "text": "About 450 vehicles are in the streets.", "proposed": 1},
    "resource_request": {"what": "tow trucks", "asked_of": "Defence", "answer": "refused"},
    "plan": {
        "plan": "tmp",
        "title": "Ring",
        "site": [{"type": "area", "ring": [[174.77, -41.28], [174.78, -41.28], [174.78, -41.29], [174.77, -41.28]]}],
        "barriers": [{"id": "G1", "place": {"type": "street", "street": "Hill Street"}, "opens": "staffed"}],
        "passages": [{"who": ["residents"], "may": "enter_and_leave", "gates": ["G1"]}],
    },
    "plan_adopted": {
        "plan": "tmp",
        "version": 1,
        "sha256": "cd" * 32,
        "by": "Commander",
        "failed": ["seal"],
        "override": "late",
    },
    "plan_withdrawn": {"plan": "tmp", "version": 1, "by": "Commander", "why": "the crowd has left"},
    "restriction_level": {"scheme": "traffic lights", "level": "red", "rules": ["100 indoors"]},
    "risk": {
        "risk": "fire in the camp",
        "likelihood": "rare",
        "consequence": "insignificant",
        "counted": "fires",
        "at_least": 1,
        "for_whom": ["those who camp"],
        "owner": "fire service",
    },
    "comparable_event": {
        "event": "Square of 1999",
        "happened_then": "Tents burnt",
        "lessons": ["keep a lane free"],
        "reference": "Harbour council, report on the square, page 3",
    },
    "scheme_level": {
        "scheme": "traffic lights",
        "level": "orange",
        "gathering_at_most": 0,
        "gathering_pass": "a pass",
        "staff_rules": ["masks"],
    },
    "easing_request": {"asked_by": "cafes", "scheme": "traffic lights", "what": "tables outside", "asked_of": "Government"},
    "road_state": {"state": "shut", "passes": ["emergency"]},
    "sitrep_issued": {
        "number": 3,
        "at": "2022-02-18T06:00Z",
        "since": "2022-02-17T06:00Z",
        "sha256": "ab" * 32,
        "form": "pdf",
        "author": "Planning officer",
        "distribution": ["Police", "Fire"],
    },
    "staff_absence": {"organisation": "Police", "reason": "sick", "amount": {"low": 136, "high": 136, "about": True}},
    "staff_strength": {"organisation": "Police", "amount": {"low": 10_000, "high": 10_000}},
    "statement": {"summary": "De-escalation is the safe way", "signatories": ["Mayor", "universities"]},
    "storage_place": {
        "name": "Yard 1",
        "capacity": {"low": 60, "high": 60},
        "hours": "Mo-Su 07:00-19:00",
        "secure": True,
        "release_procedure": "at the gate, with proof of who owns it",
        "tow_fee": 80.0,
        "release_fee": 40.5,
        "day_fee": 0.0,
        "currency": "NZD",
        "break_in": "the yard's insurer pays; call the police",
    },
    "tow_capability": {"state": "secured"},
    "tow_event": {"done": False},
    "tow_operator": {
        "operator": "Firm A",
        "asked": "2022-02-16T08:00+13:00",
        "light_trucks": {"low": 3, "high": 3},
        "light_willing": "unknown",
        "light_since": "2022-02-16T12:00+13:00",
        "heavy_trucks": {"low": 1, "high": 1},
        "heavy_willing": "no",
        "escort": True,
        "rate": "by the tow",
        "conditions": "by day only",
        "indemnity": "all damage",
    },
    "ultimatum": {"by": "Police", "to": "owners", "demand": "move the vehicles", "otherwise": "they are towed"},
    "vehicle_moved": {
        "vehicle": "ef" * 32,
        "state": "to_be_moved",
        "purpose": "to free a lane for ambulances",
        "power": "Land Transport Act 1998, section 128E",
        "delete_by": "2022-04-18T12:00+12:00",
        "type": "van",
        "moved_by": "a parking warden",
        "moved_from": "Hill Street",
        "moved_to": "Lambton Quay",
        "photos": ["ab" * 32],
        "tow": "1:T003",
    },
    "vehicle_tally": {"car": {"low": 12, "high": 12}, "van": {"low": 2, "high": 3}, "across": 2, "lanes_left": 0},
    "weather": {"summary": "gale and rain", "wind_kmh": 90},
    "work_under_way": {"by": "Wellington Water", "what": "new portable toilets", "since": "2022-02-16T08:00+13:00"},
}


def test_there_is_a_sample_of_every_kind() -> None:
    assert sorted(SAMPLES) == sorted(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_read_written_and_read_again(kind: str) -> None:
    draft = draft_of({"id": "a", "kind": kind, "body": SAMPLES[kind], "place": "Hill Street"} | WHEN, CALENDAR, now=NOW)
    again = Draft.model_validate_json(draft.content())
    assert again == draft
    assert again.content() == draft.content()
    assert draft.kind == kind
    assert draft_of(json.loads(draft.content()), CALENDAR, now=now()) == draft


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_says_what_it_is_and_has_no_field_that_it_does_not_know(kind: str) -> None:
    schema = BODY.json_schema()
    assert schema["$defs"][schema["discriminator"]["mapping"][kind].rpartition("/")[2]]["description"]
    with pytest.raises(BadInput, match="plate"):
        draft_of({"kind": kind, "body": SAMPLES[kind] | {"plate": "ABC123"}} | WHEN, CALENDAR, now=NOW)


def test_convenient_forms_are_filled_in() -> None:
    place = {"type": "named", "name": "Parliament"}
    draft = draft_of({"kind": "remark", "body": {"text": "x"}, "place": place} | WHEN, CALENDAR, now=NOW)
    assert draft.known == NOW
    assert len(draft.id) == 32
    (named,) = draft.places
    assert isinstance(named, NamedPlace)
    assert named.name == "Parliament"
    assert draft.happened.said == "day 11 morning"
    assert (draft.source.grade, draft.release) == ("not graded", "room")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kind": "gossip"}, "kind 'gossip' is unknown"),
        ({"happened": None}, "does not say when it happened"),
        ({"happened": {"start": "2022-02-18T08:00Z", "end": "2022-02-18T07:00Z"}}, "ends before it starts"),
        ({"known": "soon"}, "known: 'soon' cannot be read as a time"),
        ({"body": {"what": "vehicles", "amount": {}}}, "needs 'low', 'high' or both"),
        ({"body": {"what": "vehicles", "amount": {"low": 5, "high": 3}}}, "'low' is above its 'high'"),
        ({"body": {"what": "vehicles", "amount": {"low": -5}}}, "is less than 0"),
        ({"body": {"what": "4x4", "amount": {"low": 5}}}, "what: "),
        ({"body": {"amount": {"low": 5}}}, "what: it is missing"),
        ({"source": {"reliability": "Z"}}, "source, reliability"),
        ({"places": [{"type": "point", "at": [174.77, 141.0]}]}, "places 1"),
        ({"places": [{"type": "area", "ring": [[0, 0], [1, 0], [1, 1], [2, 2]]}]}, "must end where it begins"),
        ({"id": "../etc"}, "id: "),
        ({"id": "a", "corrects": ["a"]}, "tied to itself"),
        ({"release": "everybody"}, "release: "),
        ({"suspect": "somebody"}, "an entry has no field 'suspect'"),
    ],
)
def test_what_is_wrong_with_an_entry_is_named(changes: dict[str, Any], sentence: str) -> None:
    good = {"kind": "count", "body": {"what": "vehicles", "amount": {"low": 450}}} | WHEN
    with pytest.raises(BadInput) as refused:
        draft_of(good | changes, CALENDAR, now=NOW)
    assert sentence in str(refused.value)


def test_an_impact_names_a_group_and_never_a_person() -> None:
    body = SAMPLES["community_impact"] | {"on": "Mrs Somebody"}
    with pytest.raises(BadInput, match="never for a person by name"):
        draft_of({"kind": "community_impact", "body": body} | WHEN, CALENDAR, now=NOW)


def test_a_name_stands_beside_an_office_or_not_at_all() -> None:
    remark = {"kind": "remark", "body": {"text": "x"}} | WHEN
    draft_of(remark | {"source": {"name": "A. Name", "office": "Mayor"}}, CALENDAR, now=NOW)
    for source in ({"name": "A. Name"}, {"name": "A. Name", "organisation": "Council"}):
        with pytest.raises(BadInput, match="names a person without an office"):
            draft_of(remark | {"source": source}, CALENDAR, now=NOW)


def test_a_remark_corrects_nothing() -> None:
    with pytest.raises(BadInput, match="a remark corrects nothing"):
        draft_of({"kind": "remark", "body": {"text": "x"}, "corrects": ["b"]} | WHEN, CALENDAR, now=NOW)


@pytest.mark.parametrize("text", ["", "{", "[1]", "null", "[" * 100_000, '"x"'])
def test_a_line_that_is_no_entry_gets_one_sentence(text: str) -> None:
    with pytest.raises(BadInput, match=r"not JSON|JSON object"):
        line_of(text, CALENDAR, now=NOW)


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
)


def test_half_a_character_is_refused() -> None:
    with pytest.raises(BadInput, match=r"text: "):
        line_of('{"kind": "remark", "body": {"text": "\\ud800"}, "happened": "day 3"}', CALENDAR, now=NOW)


@pytest.mark.slow
@given(ANY_JSON)
def test_canonical_json_says_the_same_and_does_not_depend_on_order(value: object) -> None:
    text = canonical(value)
    assert json.loads(text) == value
    assert canonical(json.loads(text)) == text


def test_an_operation_in_an_unknown_zone_is_refused() -> None:
    with pytest.raises(BadInput, match="'Mars/Olympus' is not known, give one such as Pacific/Auckland"):
        draft_of({"kind": "operation", "body": {"title": "A march", "zone": "Mars/Olympus"}} | WHEN, CALENDAR, now=NOW)


@pytest.mark.parametrize("name", ["seq", "stream", "version", "written", "hash"])
def test_what_only_the_record_sets_is_passed_over(name: str) -> None:
    said = {"id": "a", "kind": "remark", "body": {"text": "Text"}, "happened": "2022-02-18T19:05+13:00"}
    assert draft_of(said | {name: 7}, CALENDAR, now=NOW) == draft_of(said, CALENDAR, now=NOW)


@pytest.mark.parametrize(("typed", "stored"), [("Vehicle", "vehicles"), ("Tents", "tents"), ("Traffic cone", "traffic_cone")])
def test_a_word_of_a_vocabulary_is_stored_as_its_description_lists_it(typed: str, stored: str) -> None:
    said = {"id": "a", "kind": "count", "body": {"what": typed, "amount": 5}, "happened": "2022-02-18T19:05+13:00"}
    assert draft_of(said, CALENDAR, now=NOW).body.model_dump()["what"] == stored
