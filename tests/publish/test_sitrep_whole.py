"""A whole report, word for word: what is declared, met, contested, refuted, off duty, overdue or over stands in its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from clearway.network.geometry import flat_scale
from clearway.picture.contract import Band
from clearway.picture.index import PictureIndex
from clearway.picture.view import Moments, picture_of
from clearway.publish.sitrep.account import cut
from clearway.publish.sitrep.briefing import outlook
from clearway.publish.sitrep.danger import AT_THE_SITE, FAR, SOMEWHERE
from clearway.publish.sitrep.ground import nearness
from clearway.publish.sitrep.lines import Lines
from clearway.publish.sitrep.making import report_of
from clearway.publish.sitrep.shape import Head, Item
from clearway.publish.sitrep.text import as_text
from clearway.record.moments import calendar, moment_of
from clearway.record.open import open_record
from clearway.record.parse import draft_of

if TYPE_CHECKING:
    from clearway.picture.contract import Fact
    from clearway.publish.sitrep.shape import Sitrep
    from clearway.record.store import Store

WHOLE = Path(__file__).parents[1] / "data" / "report-quay.txt"
NOW = moment_of("2024-05-10T18:00+12:00")
DAYS = calendar("Pacific/Auckland", "2024-05-08")
POLICE = {"office": "Duty inspector", "organisation": "Police", "reliability": "B", "credibility": 2}
PORT = {"office": "Harbour master", "organisation": "Port", "reliability": "A", "credibility": 1}
CALLER = {"office": "a caller", "reliability": "E", "credibility": 4}
PAPER = {"office": "a reporter", "organisation": "The Paper", "reliability": "C", "credibility": 3}
PAPER |= {"document": "quay.txt", "title": "On the quay", "publisher": "The Paper", "published": "2024-05-10T15:00+12:00"}
RADIO = {"office": "Radio desk", "reliability": "B", "credibility": 3, "document": "log-7", "publisher": "Radio Quay"}
Told = tuple[str, float, str, dict[str, Any], dict[str, Any]]
"""An entry: its id, how many hours before the report, kind, body, other fields."""


def just(number: float) -> dict[str, float]:
    """An exact amount."""
    return {"low": number, "high": number}


ENTRIES: list[Told] = [
    ("op", 60, "operation", {"title": "The quay", "zone": "Pacific/Auckland", "first_day": "2024-05-08",
        "type": "Blockade of the quay.", "where": "Customs quay, Harbour.", "major_incident": True},
        {"source": PORT, "places": [{"type": "point", "at": [174.7772, -41.2889]}]}),
    # figures
    ("people-1", 30, "count", {"what": "people", "amount": just(300)}, {"places": ["The quay"]}),
    ("people-2", 3, "count", {"what": "people", "amount": {"low": 500, "high": 600}},
        {"places": ["The quay"], "source": PAPER}),
    ("people-3", 2, "count", {"what": "people", "amount": {"low": 250, "high": 250, "about": True}}, {"places": ["The quay"]}),
    ("part", 2, "count", {"what": "people", "amount": just(20), "group": "pupils"}, {"places": ["The quay"]}),
    ("cars-1", 40, "count", {"what": "vehicles", "amount": just(80)}, {}),
    ("cars-2", 20, "count", {"what": "vehicles", "amount": just(8)}, {"corrects": ["cars-1"]}),
    ("cars-3", 5, "count", {"what": "vehicles", "amount": just(40)}, {}),
    ("cars-4", 4, "count", {"what": "vehicles", "amount": just(40)}, {}),
    ("cars-5", 30, "count", {"what": "vehicles", "amount": just(41)}, {"source": PORT}),
    ("cars-6", 24, "count", {"what": "vehicles", "amount": {"low": 39, "high": 40}}, {"source": PORT, "corrects": ["cars-5"]}),
    ("tents", 169, "count", {"what": "tents", "amount": just(7)}, {}),
    ("horses", 168, "count", {"what": "horses", "amount": just(7)}, {}),
    ("hurt", 50, "count", {"what": "injured", "amount": just(2)}, {}),
    ("hurt-2", 6, "count", {"what": "injured", "amount": just(5)}, {}),
    # streets
    ("gate", 26, "gate_state", {"state": "open"}, {"places": ["North gate"]}),
    ("gate-2", 5, "gate_state", {"state": "shut"}, {"places": ["North gate"]}),
    ("rule", 40, "passage_rule", {"who": ["ambulance crews"], "may": "not_pass"}, {"places": ["South gate"]}),
    ("fence", 30, "barrier_state", {"barrier": "fence", "state": "removed"}, {"places": ["Old pier"]}),
    ("fence-2", 7, "barrier_state", {"barrier": "fence", "state": "removed"}, {"places": ["New pier"], "source": CALLER}),
    ("road", 33, "road_state", {"state": "shut"}, {"places": ["Hill Street"]}),
    ("road-2", 8, "road_state", {"state": "open"}, {"places": ["Hill Street"], "source": PORT}),
    ("hall", 8, "facility_state", {"facility": "Town hall", "state": "shut"}, {"source": PAPER}),
    ("hall-2", 7, "facility_state", {"facility": "Town hall", "state": "open"}, {}),
    ("tram", 90, "line_service", {"line": "tram 4", "state": "suspended", "ends": "2024-05-12T18:00+12:00"}, {}),
    ("tram-5", 90, "line_service", {"line": "tram 5", "state": "suspended", "ends": "2024-05-10T18:01+12:00"}, {}),
    ("ferry", 90, "line_service", {"line": "ferry", "state": "suspended", "ends": "2024-05-12T18:01+12:00"}, {}),
    ("bus", 80, "line_service", {"line": "bus 2", "state": "suspended", "ends": "2024-05-10T17:59+12:00"}, {}),
    ("bus-3", 80, "line_service", {"line": "bus 3", "state": "suspended", "ends": "2024-05-07T18:00+12:00"}, {}),
    ("bus-4", 80, "line_service", {"line": "bus 4", "state": "suspended", "ends": "2024-05-07T17:59+12:00"}, {}),
    ("school", 80, "facility_state", {"facility": "A school", "state": "shut", "ends": "2024-05-07T17:59+12:00"}, {}),
    ("point", 30, "rendezvous_point", {"state": "open"}, {"places": ["Fish market"]}),
    # what happened
    ("fire", 5, "incident", {"nature": "fire", "summary": "A boat burns", "severity": "major"}, {"places": ["Old pier"]}),
    ("fire-2", 4, "incident", {"nature": "fire", "summary": "Smoke over the pier", "severity": "serious"},
        {"confirms": ["fire"], "source": PORT}),
    ("noise", 3, "incident", {"nature": "noise", "summary": "Horns", "severity": "minor"}, {}),
    ("gas", 6, "incident", {"nature": "other", "summary": "Gas in the hall", "severity": "minor"}, {"source": CALLER}),
    ("no-fence", 6, "incident", {"nature": "other", "summary": "The fence is removed", "severity": "minor"}, {}),
    ("no-gas", 5, "evidence", {"by": "Port", "shows": "no gas at noon"}, {"disputes": ["gas"], "source": PORT}),
    ("shots", 10, "statement", {"summary": "Shots were heard"}, {"source": CALLER}),
    ("no-shots", 9, "statement", {"summary": "They were fireworks"}, {"disputes": ["shots"]}),
    ("they-say", 9, "statement", {"summary": "The pier is empty"}, {"source": PAPER}),
    ("radio", 10, "statement", {"summary": "Two buses came"}, {"source": RADIO}),
    ("radio-2", 11, "statement", {"summary": "A third came"}, {"source": RADIO}),
    ("old-fire", 73, "incident", {"nature": "fire", "summary": "Tyres burnt", "severity": "serious"}, {}),
    ("late-fire", 72, "incident", {"nature": "fire", "summary": "Bins burnt", "severity": "serious"}, {}),
    ("late", 30, "incident", {"nature": "medical", "summary": "A fall", "severity": "minor"}, {"entered": "live"}),
    ("sewage", 100, "health_finding", {"finding": "sewage", "summary": "in the dock", "advice": "keep out"}, {"source": PORT}),
    ("injury", 6, "injuries", {"amount": just(3), "of": "officers"}, {}),
    ("injury-2", 30, "injuries", {"amount": just(2), "of": "officers"}, {}),
    ("arrest", 6, "arrests", {"amount": just(4)}, {}),
    # decisions, means, limits
    ("decided", 50, "decision", {"by": "Police", "what": "Hold the line", "why": "too few staff"}, {}),
    ("decided-2", 5, "decision", {"by": "Port", "what": "Move the ships"}, {"source": PORT}),
    ("told", 5, "notice", {"by": "Council", "text": "Keep away"}, {}),
    ("told-old", 25, "notice", {"by": "Council", "text": "Old news"}, {}),
    ("power", 40, "power", {"power": "to close a road", "by": "the council"}, {}),
    ("on", 30, "staff_strength", {"organisation": "Fire", "amount": just(40), "on_duty": True}, {}),
    ("off", 30, "staff_strength", {"organisation": "Guards", "amount": just(9), "on_duty": False}, {}),
    ("storm", 5, "weather", {"summary": "gale", "starts": "2024-05-11T06:00+12:00"}, {}),
    ("crowd", 5, "forecast", {"summary": "More come on Sunday"}, {}),
    # what is pending
    ("p-over", 60, "promise", {"by": "Police", "what": "The fence is removed", "due": "2024-05-10T17:00+12:00"}, {}),
    ("p-old", 60, "promise", {"by": "Port", "what": "Lights are on", "due": "2024-05-09T17:00+12:00"}, {}),
    ("p-open", 60, "promise", {"by": "Council", "what": "Bins are emptied", "due": "2024-05-11T17:00+12:00"}, {}),
    ("p-kept", 4, "promise", {"by": "Council", "what": "Toilets", "outcome": "kept"}, {}),
    ("p-not", 3, "promise", {"by": "Council", "what": "Water", "outcome": "not_kept"}, {}),
    ("p-long-kept", 40, "promise", {"by": "Council", "what": "Paths", "outcome": "kept"}, {}),
    ("hope", 48, "aspiration", {"by": "Police", "what": "all go home"}, {}),
    ("hope-old", 49, "aspiration", {"by": "Port", "what": "ships sail"}, {}),
    ("lapsed", 60, "ultimatum", {"by": "Union", "otherwise": "no ship is loaded", "due": "2024-05-10T12:00+12:00"}, {}),
    ("step", 60, "announcement", {"by": "Port", "what": "towing starts", "due": "2024-05-11T12:00+12:00"}, {}),
    ("done", 5, "announcement", {"by": "Port", "what": "gates close", "outcome": "done"}, {}),
    ("ask", 50, "meeting_request", {"asked_by": "groups", "asked_of": "Mayor"}, {}),
    ("ask-2", 70, "resource_request", {"what": "tow trucks", "asked_of": "Army"}, {}),
    ("asked", 30, "meeting_request", {"asked_by": "groups", "asked_of": "Port", "answer": "refused"}, {}),
    ("met", 60, "condition", {"by": "Mayor", "before": "talk", "what": "few cars", "counted": "vehicles", "at_most": 40}, {}),
    ("unmet", 60, "condition", {"by": "Port", "before": "sail", "what": "no cars", "counted": "vehicles", "at_most": 38}, {}),
    ("unknown", 60, "condition", {"by": "Union", "before": "work", "what": "the flags are gone", "counted": "flags",
        "at_most": 0}, {}),
    ("paper-gate", 2, "gate_state", {"state": "open"}, {"places": ["West gate"], "source": PAPER}),
]  # fmt: skip


def filled(store: Store, entries: list[Told]) -> Store:
    """The store with entries: id, hours ago, kind, body, other fields."""
    drafts = []
    for entry_id, hours, kind, body, more in entries:
        moment = (NOW - timedelta(hours=hours)).isoformat()
        places = [{"type": "named", "name": one} if isinstance(one, str) else one for one in more.get("places", ())]
        rest = dict(more)
        entered = rest.pop("entered", "imported")
        said = {"id": entry_id, "kind": kind, "body": body, "happened": moment, "known": moment, "source": POLICE}
        drafts.append(draft_of(said | rest | {"places": places}, DAYS, now=NOW, entered=entered))
    store.append("quay", sorted(drafts, key=lambda draft: draft.known))
    return store


def report(store: Store, **head: Any) -> Sitrep:  # noqa: ANN401 - its fields
    return report_of(store, PictureIndex(), "quay", Moments(NOW, NOW), head=Head(**head))


def test_every_state_of_things_stands_in_its_own_section_and_in_its_own_words(tmp_path: Path) -> None:
    store = filled(open_record(str(tmp_path / "quay.record"), clock=lambda: NOW), ENTRIES)
    found = report(store, author="Planning", number=4, distribution=("Fire", "Port"), next_due=NOW + timedelta(hours=12))
    last = list(store.entries("quay"))[-1]
    store.close()
    assert found.anchor == {"seq": len(ENTRIES), "hash": last.hash, "written": "2024-05-10T06:00:00.000000Z"}
    assert found.anchored == (
        f"The record up to entry {last.seq}, written Fri 10 May 2024 18:00. Its hash: {last.hash}. "
        f"To check it later: clearway record verify --head {last.seq}:{last.hash}"
    )
    assert as_text(replace(found, anchored="")) == WHOLE.read_text("utf-8")


BARE: list[Told] = [
    ("op", 30, "operation", {"title": "A march", "zone": "Pacific/Auckland", "major_incident": False}, {"source": {}}),
    ("first", 24, "sitrep_issued", {"number": 3, "at": "2024-05-09T18:00+12:00", "since": "2024-05-08T18:00+12:00",
        "sha256": "ab" * 32, "form": "pdf"}, {"release": "public"}),
    ("same", 24, "sitrep_issued", {"number": 2, "at": "2024-05-09T18:00+12:00", "since": "2024-05-08T18:00+12:00",
        "sha256": "ab" * 32, "form": "pdf"}, {"release": "public"}),
    ("other", 1, "sitrep_issued", {"number": 9, "at": "2024-05-10T17:00+12:00", "since": "2024-05-08T18:00+12:00",
        "sha256": "ab" * 32, "form": "pdf"}, {}),
    ("this", 1, "sitrep_issued", {"number": 8, "at": "2024-05-10T18:00+12:00", "since": "2024-05-08T18:00+12:00",
        "sha256": "ab" * 32, "form": "pdf"}, {"release": "public"}),
]  # fmt: skip


NOTHING = """\
SITUATION REPORT: A march
As of Fri 10 May 2024 18:00, as known at Fri 10 May 2024 18:00 (Pacific/Auckland), as the room had
it. 0 entries are new since report 3 of Thu 09 May 2024 18:00, marked NEW. 5 entries in the record
by then.

Report: not numbered
Time: Fri 10 May 2024 18:00
Author: not given
Approved by: Controller
Marking: For the public
Distribution: not given
Next report due: not given

IN SHORT
- No incident was reported since the last report.

WHAT CHANGED THAT MATTERS
- Nothing that matters.

INTENT
- No decision is on record.

NEEDED, AND FROM WHOM
- Nothing.

METHANE
M  Major incident: Not declared, as the entry of the operation says.
E  Exact location: Not said in words.
   Coordinates are not known: give the operation's entry a place.
   Rendezvous point and handover point: none is on record.
T  Type: Not said.
H  Hazards: None reported.
A  Access: Approach and egress: nothing is proved, because no network is given.
   No gate, rule or barrier is on record.
N  Number of casualties: None reported.
E  Emergency services: There: none is on record.
   Needed: nothing that was asked for is unanswered.

CONFIRMED THAT IT IS SO
Nothing.

CONTESTED
Nothing is contested.

ACTIONS IN THE PERIOD
- None is on record.

SAFETY
- Nothing beyond the hazards under METHANE.

PUBLIC LINE
- Nothing was said to the public in the period.

For the public
"""


def test_where_nothing_is_on_record_the_report_says_so_under_every_heading(tmp_path: Path) -> None:
    store = filled(open_record(str(tmp_path / "bare.record"), clock=lambda: NOW), BARE)
    found = report(store, release="public", approver="Controller")
    store.close()
    assert found.anchor is None
    assert as_text(found) == NOTHING


MEETING = "Groups asked to meet mayor 0: not answered yet"


def busy(more: int) -> list[Told]:
    """A record with just as many things of each kind as a report lists, and a number more of each."""

    def several(most: int, kind: str, hours: float, body: dict[str, Any], field: str, **rest: Any) -> list[Told]:  # noqa: ANN401
        return [
            (f"{kind}-{number}", hours + number / 100, kind, body | {field: f"{body[field]} {number}"}, rest)
            for number in range(most + more)
        ]

    roads = [
        (
            f"road-{hours}-{number}",
            hours,
            "road_state",
            {"state": state, "reason": f"works {number}"},
            {"places": [f"Lane {number}"]},
        )
        for hours, state in ((40.0, "unknown"), (10.0, "open"))
        for number in range(6 + more)
    ]
    return [
        *several(6, "incident", 70, {"nature": "noise", "severity": "serious", "summary": "horns"}, "summary"),
        *several(8, "deployment", 30, {"task": "first aid", "organisation": "Crew"}, "organisation"),
        *roads,
        *several(6, "line_service", 30, {"state": "reduced", "line": "tram"}, "line", source=PORT),
        *several(9, "statement", 5, {"summary": "Rumour"}, "summary", source=CALLER),
        *several(8, "meeting_request", 5, {"asked_by": "groups", "asked_of": "mayor"}, "asked_of"),
        *several(2, "decision", 30, {"by": "Police", "why": "x", "what": "wait"}, "what"),
        *several(9, "notice", 5, {"by": "Council", "text": "word"}, "text"),
        *several(9, "power", 30, {"by": "Council", "power": "order"}, "power"),
        *several(9, "seizure", 5, {"what": "knives"}, "what"),
    ]


def test_a_report_lists_as_many_of_each_as_fit_and_counts_the_others(tmp_path: Path) -> None:
    told = []
    for more in (0, 1):
        store = filled(open_record(str(tmp_path / f"{more}.record"), clock=lambda: NOW), busy(more))
        found = report(store)
        store.close()
        parts = [part for section in (*found.front, *found.sections) for part in (section, *section.parts)]
        lines = [(part.heading, part.items) for part in parts] + [(heading, items) for _, heading, items in found.methane]
        told.append({(heading, len(items), items[-1].text) for heading, items in lines if items})
    nothing_else = "Needed: nothing that was asked for is unanswered."
    assert told[0] - told[1] == {
        ("In short", 2, "8 requests unanswered, the oldest for 5 h."),
        ("Needed, and from whom", 8, f"From mayor 0, for 5 h: {MEETING}"),
        ("Waiting for an answer or for word", 8, f"Unanswered for 5 h: {MEETING}"),
        ("Hazards", 6, "Noise: horns 5"),
        ("Emergency services", 9, nothing_else),
        ("Streets, gates and buildings", 6, "Tram 5 reduced"),
        ("Streets, gates and buildings", 6, "Road open; works 5 (Lane 5)"),
        ("Reported, not confirmed", 9, "Rumour 8"),
        ("Actions in the period", 9, "Knives 8 seized"),
        ("Limits", 9, "Power of Council order 8: in force; by which instrument nobody has said"),
        ("Public line", 9, "Council to everybody: word 8"),
        ("No longer so since the last report", 6, "Road state unknown; works 5 (Lane 5)"),
    }
    assert told[1] - told[0] == {
        ("In short", 2, "9 requests unanswered, the oldest for 5 h."),
        ("Needed, and from whom", 9, "1 more under 'Waiting for an answer or for word' and 'Contested'."),
        ("Waiting for an answer or for word", 9, f"Unanswered for 5 h: {MEETING}"),
        ("Hazards", 7, "1 more under Safety and by theme."),
        ("Emergency services", 10, nothing_else),
        ("Resources", 1, "Crew 8: first aid"),  # the ninth of those who are there
        ("Streets, gates and buildings", 6, "2 more in the record."),
        ("Reported, not confirmed", 9, "2 more in the record."),
        ("Actions in the period", 9, "2 more in the record."),
        ("Limits", 9, "2 more in the record."),
        ("Public line", 9, "2 more in the record."),
        ("No longer so since the last report", 6, "2 more in the record."),
    }


def test_a_list_is_cut_but_for_what_keeps_somebody_out(tmp_path: Path) -> None:
    store = filled(open_record(str(tmp_path / "gate.record")), [("g", 2, "gate_state", {"state": "shut"}, {})])
    picture = picture_of(store, PictureIndex(), "quay", Moments(NOW, NOW))
    store.close()
    lines = Lines(picture, picture)
    items = [*(Item(f"{number}") for number in range(7)), Item("a gate", ids=("g",))]
    assert [item.text for item in cut(lines, items, 5)] == ["0", "1", "2", "3", "4", "a gate", "2 more in the record."]
    assert cut(lines, items[2:], 5) == items[2:]


def test_a_promise_of_the_period_is_among_its_actions_once_it_is_known_what_came_of_it(tmp_path: Path) -> None:
    promises: list[Told] = [
        ("open", 5, "promise", {"by": "Council", "what": "Bins", "due": "2024-05-11T17:00+12:00"}, {}),
        ("kept", 4, "promise", {"by": "Council", "what": "Toilets", "outcome": "kept"}, {}),
    ]
    store = filled(open_record(str(tmp_path / "promises.record"), clock=lambda: NOW), promises)
    found = {section.heading: [item.text for item in section.items] for section in report(store).sections}
    store.close()
    assert found["Actions in the period"] == ["Kept: Council will: Toilets"]
    assert any("Bins" in line for lines in found.values() for line in lines)


def test_a_line_that_says_how_sure_it_is_does_so_where_a_doubt_is_left(tmp_path: Path) -> None:
    gates: list[Told] = [
        ("of-police", 8, "gate_state", {"state": "shut"}, {"places": ["North gate"]}),
        ("of-a-paper", 8, "gate_state", {"state": "open"}, {"places": ["West gate"], "source": PAPER}),
        ("differ", 8, "gate_state", {"state": "shut"}, {"places": ["South gate"], "source": PAPER}),
        ("differ-2", 7, "gate_state", {"state": "open"}, {"places": ["South gate"]}),
    ]
    store = filled(open_record(str(tmp_path / "gates.record")), gates)
    picture = picture_of(store, PictureIndex(), "quay", Moments(NOW, NOW))
    store.close()
    lines = Lines(picture, picture)
    doubts = {fact.where: lines.item([fact], mark=True).standing for fact in picture.states}
    assert doubts == {"North gate": "", "West gate": "reported", "South gate": "contested"}
    assert {lines.item([fact]).standing for fact in picture.states} == {""}


@pytest.mark.parametrize(
    ("metres", "near"), [(0, AT_THE_SITE), (1499, AT_THE_SITE), (1501, SOMEWHERE), (9999, SOMEWHERE), (10_001, FAR)]
)
def test_an_entry_is_as_near_as_its_nearest_place_whichever_way_it_lies(metres: float, near: int) -> None:
    lon, lat = site = (174.7772, -41.2889)
    east_m, north_m = flat_scale(lat)
    for at in ((lon + metres / east_m, lat), (lon, lat + metres / north_m)):
        places = [{"type": "point", "at": spot} for spot in ((180.0, -41.0), at)]
        facts = cast("list[Fact]", [SimpleNamespace(id="a", places=places), SimpleNamespace(id="nowhere", places=[])])
        assert nearness(facts, site, None) == {"a": near}
        assert nearness(facts, None, None) == {}


@pytest.mark.parametrize(
    ("low", "high", "sure"),
    [
        (100, 150, "high"),
        (100, 151, "moderate"),
        (100, 300, "moderate"),
        (100, 301, "low"),
        (0, 1.5, "high"),
        (1.5, 4.6, "low"),
    ],
)
def test_a_forecast_is_as_sure_as_its_band_in_two_days_is_narrow(tmp_path: Path, low: float, high: float, sure: str) -> None:
    body = {"what": "people", "amount": just(120)}
    store = filled(open_record(str(tmp_path / "one.record")), [("c", 2, "count", body, {})])
    picture = picture_of(store, PictureIndex(), "quay", Moments(NOW, NOW))
    store.close()
    ends = {12: (1, 900), 13: (2, 3), 24: (1, 900), 48: (low, high)}
    band = [Band(at=NOW + timedelta(hours=hours), low=one, likely=120, high=other) for hours, (one, other) in ends.items()]
    now = picture.model_copy(update={"counts": [picture.counts[0].model_copy(update={"band": band})]})
    assert outlook(Lines(now, picture)).items[0].text == (
        f"People: in 12 h 1 to 900, likely 120; in 24 h 1 to 900, likely 120; in 48 h {low:,.0f} to {high:,.0f}, likely 120 "
        f"(90 % band). Confidence: {sure}; rests on the words of 1 body."
    )
