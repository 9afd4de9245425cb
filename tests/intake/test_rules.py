"""What the rules read about services, lines, barriers, passage, gates, powers, enforcement, seizures, exposure."""

from __future__ import annotations

from typing import Any

import pytest

from clearway.intake.note import read_note
from clearway.intake.reader import Context
from clearway.record.moments import calendar, moment_of
from clearway.record.place_words import place_words
from clearway.record.source import Source

CONTEXT = Context(calendar("Pacific/Auckland", "2022-02-08"))
AT = moment_of("2022-02-18T19:30+13:00")
BY = Source(office="officer", organisation="Police", medium="radio")

READ = [
    ("School on Hill Street closed tomorrow", "facility_state", {"facility": "School", "state": "shut"}, "Hill Street"),
    ("Metro station Kamppi closed until 21:00", "facility_state", {"facility": "Metro station Kamppi", "state": "shut"}, "*"),
    (
        "Hill Street closed between Molesworth Street and Mulgrave Street",
        "road_state",
        {"state": "shut"},
        "Hill Street between Molesworth Street and Mulgrave Street",
    ),
    ("A rescue unit cannot get through on Hill Street", "incident", {"nature": "obstruction"}, "Hill Street"),
    ("Smoke near the stage", "incident", {"nature": "smoke"}, ""),
    ("2 stewards hurt at Hill Street", "injuries", {"of": "stewards", "amount": 2}, "Hill Street"),
    ("Eight people arrested, one in custody", "arrests", {"amount": 8}, ""),
    ("Eight people arrested, one in custody", "count", {"what": "people_in_custody", "amount": 1}, ""),
    ("Five in custody", "count", {"what": "people_in_custody", "amount": 5}, ""),
    ("Crowd growing fast", "flow", {"what": "people", "direction": "grew", "amount": None}, ""),
    ("300 more came from the station", "flow", {"what": "people", "direction": "arrived", "amount": 300}, ""),
    ("We need two ambulances", "resource_request", {"what": "two ambulances", "asked_by": "Police", "amount": 2}, ""),
    ("Wind 14 m/s and rain expected tonight", "weather", {"wind_kmh": 50.4, "forecast": True}, ""),
    ("Towing starts tomorrow at 9am", "announcement", {"by": "Police"}, ""),
    ("Organisers agreed to move the stage", "decision", {"by": "organisers"}, ""),
    (
        "Ambulance crews no longer enter the grounds without police escort",
        "service_level",
        {"partner": "Ambulance crews", "level": "escorted"},
        "",
    ),
    (
        "Fire and Emergency will not go past the cordon after dark",
        "service_level",
        {"partner": "Fire and Emergency", "level": "stopped"},
        "",
    ),
    (
        "Rubbish collection on Hill Street is suspended",
        "service_level",
        {"partner": "Rubbish collection", "level": "stopped"},
        "Hill Street",
    ),
    ("Paramedics are still entering the camp as normal", "service_level", {"partner": "Paramedics", "level": "normal"}, ""),
    ("Water company crews serve residents only under escort", "service_level", {"level": "escorted"}, ""),
    (
        "The casualty handover point is now at the corner of Hill St and Mulgrave St",
        "handover_point",
        {"name": "casualty handover point", "state": "open"},
        "Hill Street at Mulgrave Street",
    ),
    (
        "Casualty handover point moved from Hill Street to 12 Aitken Street",
        "handover_point",
        {"state": "moved"},
        "12 Aitken Street",
    ),
    (
        "Route 7 is diverted via Bowen Street, replacement buses run from the station",
        "line_service",
        {"line": "Route 7", "state": "diverted", "replacement": "replacement buses run from the station"},
        "Bowen Street",
    ),
    ("Line 4 trams turn back at Kamppi", "line_service", {"line": "Line 4", "state": "shortened"}, ""),
    (
        "Stop 5510 is closed, use stop 5512",
        "line_service",
        {"line": "Stop 5510", "state": "suspended", "replacement": "stop 5512"},
        "",
    ),
    ("Trains on the Hutt line are running normally again", "line_service", {"line": "Hutt line", "state": "running"}, ""),
    (
        "40 officers deployed to traffic control on Lambton Quay",
        "deployment",
        {"organisation": "Police", "task": "traffic control", "amount": 40},
        "Lambton Quay",
    ),
    ("Six officers are on patrol", "deployment", {"organisation": "Police", "task": "patrol", "amount": 6}, ""),
    (
        "Police can now close roads under section 35 of the Policing Act",
        "power",
        {"by": "Police", "power": "to close roads", "instrument": "section 35 of the Policing Act", "state": "in_force"},
        "",
    ),
    (
        "Council used its bylaw to close Hill Street",
        "power",
        {"by": "Council", "power": "to close Hill Street", "instrument": "bylaw", "state": "used"},
        "*",
    ),
    (
        "27 trespass notices issued today, 112 in total",
        "enforcement_action",
        {"action": "trespass_notices", "amount": 27, "total": 112},
        "",
    ),
    (
        "Wardens ticketed 15 cars on Molesworth Street",
        "enforcement_action",
        {"action": "tickets", "by": "Wardens", "amount": 15},
        "Molesworth Street",
    ),
    (
        "The Speaker issued a trespass notice under the Trespass Act 1980",
        "enforcement_action",
        {"action": "trespass_notices", "amount": 1},
        "",
    ),
    ("Police seized 12 tents", "seizure", {"what": "tents", "by": "Police", "amount": 12}, ""),
    ("Two gas bottles were confiscated", "seizure", {"what": "gas bottles", "by": None, "amount": 2}, ""),
    (
        "About 60 staff were exposed to measles at the gate between 10am and noon",
        "exposure_window",
        {"to": "measles", "group": "About 60 staff"},
        "",
    ),
    ("The block at Hill St was pushed 2 m up the road", "barrier_state", {"state": "pushed"}, "Hill Street"),
    (
        "Block line 2 moved from Aitken Street to Hill Street at 3am",
        "barrier_state",
        {"label": "Block line 2", "state": "moved", "moved_from": ("Aitken Street",)},
        "Hill Street",
    ),
    ("The fence at Bowen St has been reset", "barrier_state", {"barrier": "fence", "state": "reset"}, "Bowen Street"),
    ("Barrier at Aitken Street breached", "barrier_state", {"state": "breached"}, "Aitken Street"),
    ("Barriers will be moved to Hill Street tomorrow", "barrier_state", {"state": "planned"}, "Hill Street"),
    ("Gate 3 is shut, 25 min wait", "gate_state", {"state": "shut", "wait_minutes": 25.0}, "Gate 3"),
    (
        "People on foot may pass at Bowen Street",
        "passage_rule",
        {"who": ("people on foot",), "may": "enter_and_leave"},
        "Bowen Street",
    ),
    ("Nobody on foot may pass at Hill Street", "passage_rule", {"who": ("people on foot",), "may": "not_pass"}, "Hill Street"),
    (
        "People can now walk along Lambton Quay",
        "passage_rule",
        {"who": ("people on foot",), "may": "enter_and_leave"},
        "Lambton Quay",
    ),
    ("Residents may walk in with ID", "passage_rule", {"who": ("residents",), "may": "enter", "proof": "ID"}, ""),
    (
        "Police told protesters to leave by 10pm or they will be arrested",
        "ultimatum",
        {"demand": "Protesters to leave by 10pm", "otherwise": "they will be arrested"},
        "",
    ),
]


def found(text: str) -> list[tuple[str, dict[str, Any], str]]:
    drafts = read_note(text, CONTEXT, source=BY, stream="square", at=AT).drafts
    return [(draft.kind, dict(draft.body), place_words(draft.places)) for draft in drafts]


def plain(value: object) -> object:
    return getattr(value, "low", value)


@pytest.mark.parametrize(("text", "kind", "fields", "place"), READ, ids=[text for text, *_ in READ])
def test_a_sentence_gives_the_entry_of_its_kind(text: str, kind: str, fields: dict[str, Any], place: str) -> None:
    (one,) = [entry for entry in found(text) if entry[0] == kind]
    assert {name: plain(one[1][name]) for name in fields} == fields
    assert place in (one[2], "*")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("If the crowd grows ambulances could stop coming in", "service_level"),
        ("Ambulance was not called", "service_level"),
        ("Ambulance crews did not enter because nobody was hurt", "service_level"),
        ("40 people waited at the handover of the petition", "handover_point"),
        ("12 buses were stuck on Lambton Quay", "line_service"),
        ("Seven people were on the bus", "line_service"),
        ("Officers patrolled", "deployment"),
        ("Police want powers to close the streets", "power"),
        ("She acted under orders", "power"),
        ("No tickets were issued", "enforcement_action"),
        ("Health officers issued a notice to boil water", "enforcement_action"),
        ("Notices were put up on lampposts", "enforcement_action"),
        ("Police did not seize any tents", "seizure"),
        ("Police are seizing the moment", "seizure"),
        ("The council said it would seize tents", "seizure"),
        ("Police seized 4 cars", "seizure"),
        ("Police seized 12 tents", "tow_event"),
        ("Staff were exposed to abuse at 10am", "exposure_window"),
        ("Staff were exposed to measles", "exposure_window"),
        ("Police denied the barrier had been breached", "barrier_state"),
        ("Police line pushed protesters back to Hill Street", "barrier_state"),
        ("They can leave at any time", "passage_rule"),
        ("The block at Hill St was pushed 2 m up the road", "road_state"),
        ("Buses on line 14 are cancelled", "facility_state"),
        ("Police told protesters to leave by 10pm or they will be arrested", "promise"),
        ("They must leave or stay, she said", "ultimatum"),
        ("School on Hill Street closed tomorrow", "road_state"),
        ("Wind 14 m/s and rain expected tonight", "forecast"),
        ("A man was arrested for assault", "incident"),
        ("Two people taken to hospital, one in custody", "arrests"),
        ("Tram 4 turns back at Kamppi", "count"),
    ],
)
def test_what_only_looks_like_it_gives_none(text: str, kind: str) -> None:
    assert kind not in [one for one, _, _ in found(text)]


def test_what_is_said_to_last_until_a_time_or_to_begin_later_does() -> None:
    (road,) = [fields for kind, fields, _ in found("Hill Street closed until 23:00") if kind == "road_state"]
    assert (road["starts"], road["ends"]) == (None, moment_of("2022-02-18T23:00+13:00"))
    (school,) = [fields for kind, fields, _ in found("The school is closed tomorrow") if kind == "facility_state"]
    assert (school["starts"], school["ends"]) == (moment_of("2022-02-19T00:00+13:00"), None)
    (wind,) = [fields for kind, fields, _ in found("Gales forecast for tomorrow") if kind == "weather"]
    assert (wind["starts"], wind["ends"]) == (moment_of("2022-02-19T00:00+13:00"), moment_of("2022-02-20T00:00+13:00"))


def test_each_clause_about_barriers_stands_for_itself() -> None:
    barriers = [fields for kind, fields, _ in found("8 barriers across Hill Street, one breached") if kind == "barrier_state"]
    assert [(one["state"], plain(one["amount"])) for one in barriers] == [("standing", 8), ("breached", 1)]


def test_each_thing_that_was_seized_stands_for_itself() -> None:
    seized = [fields for kind, fields, _ in found("Police seized 12 tents and two gas bottles") if kind == "seizure"]
    assert [(one["what"], plain(one["amount"])) for one in seized] == [("tents", 12), ("gas bottles", 2)]
