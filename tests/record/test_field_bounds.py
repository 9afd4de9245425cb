"""The bounds of the fields of entries, each exactly at the bound and one beside, and what a field says that is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from clearway.record.entry import Entry, Happened
from clearway.record.kinds import BODY, KINDS
from clearway.record.kinds.plans import PlannedBarrier, PlannedPassage, PlannedRoute, Post
from clearway.record.kinds.talks import Remark
from clearway.record.parts import Amount
from clearway.record.place import Address, Along, Area, Junction, Point, Street
from clearway.record.source import Source, Words
from record.test_parse import SAMPLES

if TYPE_CHECKING:
    from clearway.record.parts import Part

ZONE = ZoneInfo("Pacific/Auckland")
HILL = {"type": "street", "street": "Hill Street"}
RING = [[0, 0], [1, 0], [1, 1], [0, 0]]
KIND_BOUNDS: list[tuple[str, str, list[Any], list[Any]]] = [
    ("weather", "wind_kmh", [0, 500], [-0.1, 500.1]),
    ("weather", "rain_mm_h", [0, 500], [-0.1, 500.1]),
    ("weather", "temperature_c", [-60, 60], [-60.1, 60.1]),
    ("cost", "currency", ["NZD"], ["nzd", "NZ", "NZDX", "N1D"]),
    ("condition", "at_most", [0, 1e9], [-1]),
    ("condition", "max_age_h", [0.1, 8760], [0, 8760.1]),
    ("gate_state", "wait_minutes", [0, 1000], [-0.1]),
    ("sitrep_issued", "number", [1, 99_999], [0, 100_000]),
    ("sitrep_issued", "distribution", [["a"] * 50], [["a"] * 51]),
    ("sitrep_issued", "sha256", ["a" * 64], ["a" * 63, "a" * 65, "A" * 64, "g" * 64]),
    ("report", "proposed", [0, 5], [-1]),
    ("plan", "version", [1, 99_999], [0, 100_000]),
    ("plan_adopted", "version", [1, 99_999], [0, 100_000]),
    ("plan_withdrawn", "version", [None, 1, 99_999], [0, 100_000]),
    ("contact", "who", [["a"]], [[]]),
    ("passage_rule", "who", [["a"]], [[]]),
    ("barrier_state", "moved_from", [["Hill Street"] * 50], [["Hill Street"] * 51]),
    ("remark", "text", ["a", "a" * 20_000], ["", "  ", "a" * 20_001, "a\0"]),
    ("promise", "by", ["a", "a" * 2000], ["", "a" * 2001, "\0"]),
    ("count", "what", ["a", "a1_", "a" + "b" * 63], ["", "A", "1a", "_a", "a-b", "a" * 65]),
]
PART_BOUNDS: list[tuple[type[Part], dict[str, Any], str, list[Any], list[Any]]] = [
    (PlannedBarrier, {"id": "B", "place": HILL}, "opening_seconds", [0, 7200, None], [-0.1, 7200.1]),
    (PlannedRoute, {"id": "R", "purpose": "emergency", "along": [HILL]}, "width_m", [0.1, 100], [0, 100.1]),
    (PlannedRoute, {"id": "R", "purpose": "emergency"}, "along", [[HILL]], [[]]),
    (PlannedPassage, {"may": "enter"}, "who", [["a"]], [[]]),
    (Post, {"id": "P", "place": HILL}, "staff", [1, 1000], [0, 1001]),
    (Point, {}, "at", [[180, 90], [-180, -90]], [[180.1, 0], [-180.1, 0], [0, 90.1], [0, -90.1], [0], [0, 0, 0]]),
    (Street, {"street": "a"}, "between", [[], ["a"], ["a", "b"]], [["a", "b", "c"]]),
    (Junction, {}, "streets", [["a", "b"], ["a"] * 6], [["a"], ["a"] * 7]),
    (Address, {"street": "a"}, "number", ["58", "58A", "3/58", "12-14", "99999"], ["", "A", "123456", "3/", "12-", "1/2/3"]),
    (Along, {"start": "a"}, "metres", [0.1, 100_000], [0, -1, 100_001]),
    (Area, {}, "ring", [RING, [[0, 0]] * 2000], [[[0, 0]] * 2001, RING[:2] + RING[:1], [[0, 0], [1, 0], [1, 1], [2, 2]]]),
    (Amount, {}, "low", [0, 5], [-0.1, float("nan"), float("inf")]),
    (Words, {"report": "r", "end": 9}, "start", [0, 8], [-1, 9]),
    (Words, {"start": 0, "end": 9}, "report", ["a", "A.b_c:d-1", "a" * 64], ["", "-a", "a b", "a" * 65]),
    (Source, {}, "words", [[{"report": "r", "start": 0, "end": 1}] * 20], [[{"report": "r", "start": 0, "end": 1}] * 21]),
    (Happened, {"start": "2022-02-18T00:00Z", "end": "2022-02-18T00:00Z"}, "said", ["", "a" * 200], ["a" * 201]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "field", "good", "bad"), KIND_BOUNDS)
def test_a_field_of_a_kind_takes_what_lies_within_its_bounds(kind: str, field: str, good: list[Any], bad: list[Any]) -> None:
    body = {"kind": kind} | SAMPLES[kind]
    for value in good:
        assert BODY.validate_python(body | {field: value}).says(ZONE)
    for value in bad:
        with pytest.raises(ValidationError, match=field):
            BODY.validate_python(body | {field: value})


@pytest.mark.parametrize(("part", "fields", "field", "good", "bad"), PART_BOUNDS)
def test_a_field_of_a_part_takes_what_lies_within_its_bounds(
    part: type[Part], fields: dict[str, Any], field: str, good: list[Any], bad: list[Any]
) -> None:
    for value in good:
        part.model_validate(fields | {field: value})
    for value in bad:
        with pytest.raises(ValidationError):
            part.model_validate(fields | {field: value})


def test_the_name_of_an_operation_is_lower_case_digits_and_hyphens() -> None:
    pattern = Entry.model_fields["stream"].metadata[0].pattern
    assert pattern == r"^[a-z0-9][a-z0-9-]{0,63}$"


def test_a_report_has_its_words_or_their_digest_and_never_both() -> None:
    mark = "a" * 64
    for held in ({"text": "a"}, {"text_sha256": mark}):
        assert BODY.validate_python({"kind": "report", "title": "Bulletin"} | held).sentence(ZONE) == "report: Bulletin"
    both: dict[str, Any] = {"text": "a", "text_sha256": mark}
    for none in (both, {}):
        with pytest.raises(ValidationError, match="a report has either 'text' or 'text_sha256'"):
            BODY.validate_python({"kind": "report", "title": "Bulletin"} | none)


@pytest.mark.parametrize(
    ("kind", "fields", "sentence"),
    [
        ("dropped_draft", {"report": "r", "draft": "d", "proposed": "road_state"}, "draft dropped: road state"),
        ("dropped_draft", {"report": "r", "draft": "d", "proposed": "count", "why": "twice"}, "draft dropped: count (twice)"),
        ("operation", {"title": "A march", "type": "march", "where": "the centre"}, "A march; march; the centre"),
        ("operation", {"title": "A march"}, "A march"),
        (
            "sitrep_issued",
            {"author": "Planning", "approver": "Controller"},
            "situation report 3 issued, about Fri 18 Feb 2022 19:00; by Planning; approved by Controller",
        ),
    ],
)
def test_what_the_record_says_of_itself(kind: str, fields: dict[str, Any], sentence: str) -> None:
    sample = SAMPLES[kind] if kind == "sitrep_issued" else {}
    assert BODY.validate_python({"kind": kind} | sample | fields).sentence(ZONE) == sentence


def test_a_field_that_is_left_out_says_the_usual_or_nothing() -> None:
    usual = {
        "barrier_state": {"barrier": "barrier"}, "facility_state": {"stay_away": False}, "arrests": {"total": False},
        "rendezvous_point": {"name": "rendezvous point", "state": "open"},
        "handover_point": {"name": "casualty handover point", "state": "open"}, "injuries": {"of": "people", "total": False},
        "power": {"state": "in_force"}, "loan": {"state": "lent"}, "cost": {"currency": "NZD", "expected": False},
        "weather": {"forecast": False}, "contact": {"way": "meeting"}, "evidence": {"form": "own_record"},
        "promise": {"outcome": "open"}, "aspiration": {"outcome": "open"}, "work_under_way": {"state": "under_way"},
        "ultimatum": {"outcome": "open"}, "announcement": {"outcome": "open"}, "meeting_request": {"answer": "none_yet"},
        "resource_request": {"answer": "none_yet"}, "operation": {"zone": "UTC"}, "report": {"proposed": 0},
        "plan": {"version": 1, "keep_out": ("resident", "service", "bus", "general")},
    }  # fmt: skip
    found: dict[str, dict[str, Any]] = {}
    for name, kind in KINDS.items():
        assert BODY.validate_python({"kind": name} | SAMPLES[name]).says(ZONE)
        for field, info in kind.model_fields.items():
            if field != "kind" and not info.is_required() and info.default not in (None, ()):
                found.setdefault(name, {})[field] = info.default
    assert found == usual


VOCABULARY = {
    "barrier_state.state": "planned standing moved pushed breached reset removed unknown",
    "gate_state.state": "open restricted shut unknown",
    "passage_rule.may": "enter leave enter_and_leave leave_not_return not_pass",
    "road_state.state": "open restricted shut unknown",
    "facility_state.state": "open restricted shut unknown",
    "rendezvous_point.state": "planned open moved shut unknown",
    "handover_point.state": "planned open moved shut unknown",
    "line_service.state": "running reduced diverted shortened suspended unknown",
    "incident.severity": "minor serious major",
    "flow.direction": "arrived left grew shrank",
    "decision.authority": "own order advice expectation",
    "power.state": "asked_for in_force used lapsed refused",
    "tow_capability.state": "secured sought refused none unknown",
    "loan.state": "lent returned lost",
    "staff_absence.reason": "sick isolating injured leave other",
    "service_level.level": "normal reduced escorted stopped unknown",
    "contact.way": "meeting call letter message talk_on_site other",
    "statement.stance": "for against neutral",
    "evidence.form": "own_record photograph video measurement inspection document other",
    "forecast.direction": "more fewer",
    "promise.outcome": "open kept not_kept overtaken",
    "aspiration.outcome": "open came_true given_up",
    "work_under_way.state": "under_way ended",
    "ultimatum.outcome": "open met acted_on withdrawn lapsed",
    "announcement.outcome": "open done not_done dropped",
    "announcement.direction": "more fewer",
    "meeting_request.answer": "none_yet accepted refused conditional",
    "resource_request.answer": "none_yet granted refused partly",
    "sitrep_issued.form": "text html pdf json",
}


def test_a_field_offers_its_words_and_no_other() -> None:
    schema = BODY.json_schema()["$defs"]
    found = {}
    for name, kind in KINDS.items():
        assert BODY.validate_python({"kind": name} | SAMPLES[name]).says(ZONE)
        for field, told in schema[kind.__name__]["properties"].items():
            words = next((one["enum"] for one in (told, *told.get("anyOf", ())) if "enum" in one), None)
            if words:
                found[f"{name}.{field}"] = " ".join(words)
    assert found == VOCABULARY


def test_a_form_gives_prose_several_lines_and_a_place_its_own_field() -> None:
    schema = BODY.json_schema()["$defs"]

    def told(name: str, field: str) -> dict[str, Any]:
        fields = schema[name]["properties"][field]
        return next((one for one in (fields, *fields.get("anyOf", ())) if "type" in one), fields)

    assert Remark(text="Seen").says(ZONE) == "Seen"
    assert [told("Remark", "text").get("multiline"), told("Incident", "summary").get("multiline")] == [True, True]
    assert told("Statement", "summary")["multiline"] is True
    assert "multiline" not in told("Promise", "by")
    assert told("BarrierState", "moved_from")["items"]["place"] is True


def test_a_part_cannot_be_changed_knows_its_fields_and_leaves_out_the_space_around_words() -> None:
    words = Words.model_validate({"report": " r1 ", "start": 0, "end": 1})
    assert words.report == "r1"
    with pytest.raises(ValidationError, match="frozen"):
        words.start = 5  # type: ignore[misc]
    with pytest.raises(ValidationError, match="extra"):
        Words.model_validate({"report": "r1", "start": 0, "end": 1, "line": 1})
    for number in (float("inf"), float("nan")):
        with pytest.raises(ValidationError):
            BODY.validate_python({"kind": "weather", "summary": "x", "temperature_c": number})
