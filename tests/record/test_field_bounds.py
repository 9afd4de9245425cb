"""The bounds of the fields of entries, each exactly at the bound and one beside, and what a field says that is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from clearway.record.entry import Entry, Happened
from clearway.record.kinds import BODY, KINDS
from clearway.record.kinds.plans import MarchStop, PlannedBarrier, PlannedMarch, PlannedPassage, PlannedRoute, Post
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
    ("ladder_limits", "people_at_most", [0, 1_000_000], [-1, 1_000_001]),
    ("ladder_limits", "figure_hours", [0.1, 168], [0, 168.1]),
    *(
        ("ladder_limits", name, [0.1, 720], [0, 720.1])
        for name in ("growth_hours", "children_hours", "incident_hours", "talks_hours")
    ),
    *(("ladder_limits", name, ["00:00", "23:59", None], ["24:00", "7:00", "07:60"]) for name in ("night_from", "night_until")),
    *((kind, name, [0, 1e9], [-1]) for kind in ("expectation", "promise") for name in ("at_most", "at_least")),
    ("expectation", "probability", [0, 1, None], [-0.01, 1.01]),
    ("vehicle_tally", "lanes_left", [0, 20, None], [-1, 21]),
    *(("vehicle_tally", name, [0], [-1, 100_001]) for name in ("across", "lane_moves")),
    *(
        (kind, name, ["a" * 64], ["a" * 63, "a" * 65, "A" * 64, "g" * 64])
        for kind, name in (("plan_adopted", "sha256"), ("vehicle_moved", "vehicle"))
    ),
    ("scheme_level", "with_pass_at_most", [0, 10_000_000, None], [-1, 10_000_001]),
    ("risk", "at_least", [0, 1e9], [-1]),
    ("scheme_level", "gathering_at_most", [0, 10_000_000, None], [-1, 10_000_001]),
    ("comparable_event", "lessons", [["a"]], [[]]),
    ("tow_progress", "tows", [1, 2000], [0, 2001]),
    ("tow_progress", "order", [1, 99_999], [0, 100_000]),
    ("tow_order", "escorts", [0, 200, None], [-1, 201]),
    ("parking_place", "height_m", [0.1, 10, None], [0, 10.1]),
    ("contact", "who", [["a"]], [[]]),
    ("passage_rule", "who", [["a"]], [[]]),
    ("barrier_state", "moved_from", [["Hill Street"] * 50], [["Hill Street"] * 51]),
    ("remark", "text", ["a", "a" * 20_000], ["", "  ", "a" * 20_001, "a\0"]),
    ("promise", "by", ["a", "a" * 2000], ["", "a" * 2001, "\0"]),
    ("count", "what", ["a", "a1_", "a" + "b" * 63], ["", "A", "1a", "_a", "a-b", "a" * 65]),
]
WALK = {"id": "M", "along": [HILL]}
PART_BOUNDS: list[tuple[type[Part], dict[str, Any], str, list[Any], list[Any]]] = [
    (PlannedBarrier, {"id": "B", "place": HILL}, "opening_seconds", [0, 7200, None], [-0.1, 7200.1]),
    (PlannedRoute, {"id": "R", "purpose": "emergency", "along": [HILL]}, "width_m", [0.1, 100], [0, 100.1]),
    (PlannedRoute, {"id": "R", "purpose": "emergency"}, "along", [[HILL]], [[]]),
    (PlannedPassage, {"may": "enter"}, "who", [["a"]], [[]]),
    (Post, {"id": "P", "place": HILL}, "staff", [1, 1000], [0, 1001]),
    (MarchStop, {"place": HILL}, "minutes", [0.1, 1440], [0, 1440.1]),
    *((PlannedMarch, WALK, name, good, bad) for name, good, bad in (
        ("pace_kmh", [0.1, 30], [-0.1, 30.1]), ("tail_kmh", [0.1, 30, None], [0, 30.1]),
        ("column_m", [0, 50_000, None], [-0.1, 50_001]), ("people", [1, 5_000_000, None], [0, 5_000_001]),
        ("width_m", [0.1, 100, None], [0, 100.1]), ("density", [0.1, 6, None], [0, 6.1]),
        ("gaps", [0, 50], [-1, 51]), ("gap_m", [0.1, 1000], [0, 1000.1]),
        ("before_minutes", [0, 1440], [-0.1, 1440.1]), ("after_minutes", [0, 1440], [-0.1, 1440.1]),
    )),
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


MOST_ITEMS = {
    "barrier_state.moved_from": 50, "plan.barriers": 500, "plan.contacts": 200, "plan.contingencies": 200, "plan.handover": 200,
    "plan.marches": 200, "plan.occupied": 200, "plan.passages": 200, "plan.posts": 500, "plan.powers": 200, "plan.routes": 200,
    "plan.site": 200, "plan.stages": 200, "plan_adopted.failed": 200, "sitrep_issued.distribution": 50,
    "vehicle_moved.photos": 50,
}  # fmt: skip


def test_lists_are_as_long_as_they_may_be_and_no_longer() -> None:
    found = {}
    for kind, model in KINDS.items():
        for field, told in BODY.json_schema()["$defs"][model.__name__]["properties"].items():
            if "maxItems" in told:
                found[f"{kind}.{field}"] = told["maxItems"]
    assert found | MOST_ITEMS == found


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
        "handover_point": {"name": "casualty handover point", "state": "open"}, "march_sighting": {"part": "head"},
        "injuries": {"of": "people", "total": False},
        "power": {"state": "in_force"}, "loan": {"state": "lent"}, "cost": {"currency": "NZD", "expected": False},
        "weather": {"forecast": False}, "contact": {"way": "meeting"}, "evidence": {"form": "own_record"},
        "promise": {"outcome": "open"}, "aspiration": {"outcome": "open"}, "work_under_way": {"state": "under_way"},
        "ultimatum": {"outcome": "open"}, "announcement": {"outcome": "open"}, "meeting_request": {"answer": "none_yet"},
        "resource_request": {"answer": "none_yet"}, "operation": {"zone": "UTC"}, "report": {"proposed": 0},
        "vehicle_tally": {"assumed": False}, "plan": {"version": 1, "keep_out": ("resident", "service", "bus", "general")},
        "ladder_step": {"answer": "none_yet"}, "risk": {"state": "open"}, "easing_request": {"answer": "none_yet"},
        "tow_progress": {"state": "to_come", "done": 0, "under_way": 0, "failed": 0, "gone": 0, "withdrawn": 0},
        "tow_order": {"is_read": False},
        "expectation": {"outcome": "open"}, "task": {"outcome": "open"}, "party": {"sort": "group"},
        "advice": {"heeded": "not_said"}, "storage_place": {"currency": "NZD"},
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
    "march_sighting.part": "head tail",
    "decision.authority": "own order advice expectation",
    "decision.standing": "proposed decided superseded",
    "expectation.direction": "more fewer",
    "expectation.outcome": "open kept missed",
    "position.stance": "for against abstains",
    "task.outcome": "open done dropped",
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
    "easing_request.answer": "none_yet granted refused partly",
    "risk.likelihood": "rare unlikely possible likely almost_certain",
    "risk.likelihood_to": "rare unlikely possible likely almost_certain",
    "risk.consequence": "insignificant minor moderate major severe",
    "risk.consequence_to": "insignificant minor moderate major severe",
    "risk.state": "open happened closed",
    "tow_operator.light_willing": "yes no unknown",
    "tow_operator.heavy_willing": "yes no unknown",
    "tow_operator.reason": "safety reputation sympathy no_equipment other",
    "vehicle_tally.method": "walk_through drone phone estimate",
    "vehicle_moved.state": "to_be_moved moved stored released disposed_of",
    "vehicle_moved.type": "car van camper truck bus trailer",
    "ladder_step.step": "ask offer help notice ticket push_aside tow_to_legal_place tow_to_storage",
    "ladder_step.answer": "none_yet moved agreed partly refused failed",
    "ladder_step.advice": "go hold stop",
    "tow_progress.state": "to_come under_way done failed gone withdrawn",
    "tow_progress.vehicle": "car van camper truck bus trailer",
    "party.sort": "group authority partner",
    "relation.relation": "split_from part_of allied_with apart_from opposed_to",
    "advice.heeded": "not_said yes partly no",
    "offer.answer": "none_yet accepted refused conditional",
    "offer.occupancy": "empty few half_full nearly_full full",
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


def test_what_was_said_is_said_in_one_of_eleven_media_offered_in_this_order() -> None:
    offered = Source.model_json_schema()["properties"]["medium"]["enum"]
    words = "radio observation telephone message stand_up press_release article interview form document other"
    assert " ".join(offered) == words


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


def test_a_march_of_which_little_is_said_walks_at_3_kmh_and_shuts_streets_for_ten_minutes_before_and_after() -> None:
    march = PlannedMarch.model_validate(WALK)
    assert (march.pace_kmh, march.tail_kmh, march.gaps, march.gap_m, march.floats) == (3.0, None, 0, 40.0, False)
    assert (march.before_minutes, march.after_minutes) == (10.0, 10.0)
