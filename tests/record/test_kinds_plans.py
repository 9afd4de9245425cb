"""Plans in the record: what a version says of itself, and what contradicts itself is refused in a sentence."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from clearway.record.kinds.plans import PHASES, PlanAdopted, PlannedMarch, PlanWithdrawn, TrafficPlan

ZONE = ZoneInfo("Pacific/Auckland")
HERE = {"type": "point", "at": [174.77, -41.28]}
EARLY, LATE = "2022-02-18T06:00:00+13:00", "2022-02-18T18:00:00+13:00"
WALL, GATE, SWING = (
    {"id": name, "place": HERE, "opens": opens} for name, opens in (("W", "machine"), ("G", "staffed"), ("S", "swing"))
)


def plan(**fields: Any) -> TrafficPlan:  # noqa: ANN401 - any JSON
    return TrafficPlan.model_validate({"plan": "square", "title": "Ring"} | fields)


def test_a_version_says_its_title_its_barriers_and_gates_how_long_it_lasts_and_what_it_changes() -> None:
    assert plan().sentence(ZONE) == "Ring, version 1 of plan 'square'; 0 barriers, of which 0 are gates"
    whole = plan(version=2, barriers=[WALL, GATE, SWING], starts=EARLY, ends=LATE, change="the gate in the east is new")
    said = whole.sentence(ZONE)
    assert said.startswith("Ring, version 2 of plan 'square'; 3 barriers, of which 2 are gates; ")
    assert said.endswith("; the gate in the east is new")
    assert "1 barrier, of which 1 is a gate" in plan(barriers=[GATE]).sentence(ZONE)
    assert [one.is_gate for one in whole.barriers] == [False, True, True]


def of_each(what: str) -> list[dict[str, Any]]:
    """Two of a thing whose names differ in size alone."""
    rest: dict[str, Any] = {
        "barriers": {"place": HERE}, "routes": {"purpose": "emergency", "along": [HERE]}, "handover": {"place": HERE},
        "posts": {"place": HERE, "staff": 1},
    }  # fmt: skip
    return [{"id": name, **rest[what]} for name in ("One", "ONE")]


@pytest.mark.parametrize(
    ("what", "called"),
    [("barriers", "barriers"), ("routes", "routes"), ("handover", "handover points"), ("posts", "posts")],
)
def test_two_things_of_one_sort_have_names_of_their_own(what: str, called: str) -> None:
    with pytest.raises(ValidationError, match=f"two {called} are called ONE; give each a name of its own"):
        plan(**{what: of_each(what)})
    assert plan(barriers=[GATE], posts=[{"id": "G", "place": HERE, "staff": 1000}]).posts[0].id == "G"


def rule(*gates: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    return {"who": ["residents"], "may": "enter", "gates": gates, **more}


def test_a_rule_names_gates_that_the_plan_has_and_that_somebody_opens() -> None:
    assert plan(barriers=[WALL, GATE, SWING], passages=[rule("G", "S"), rule()]).passages[0].gates == ("G", "S")
    with pytest.raises(ValidationError, match="names the gate X, which the plan does not have"):
        plan(barriers=[GATE], passages=[rule("G", "X")])
    with pytest.raises(ValidationError, match="names W, which only a machine opens; make that 'staffed' or 'swing'"):
        plan(barriers=[WALL, GATE], passages=[rule("G", "W")])


@pytest.mark.parametrize(
    ("fields", "called"),
    [
        (lambda **span: span, "the plan"),
        (lambda **span: {"barriers": [WALL | span]}, "barrier W"),
        (lambda **span: {"passages": [rule(**span)]}, "the rule for residents"),
        (lambda **span: {"posts": [{"id": "P", "place": HERE, "staff": 1, **span}]}, "post P"),
        (lambda **span: {"stages": [{"phase": "hold", **span}]}, "the stage 'hold'"),
    ],
)
def test_nothing_ends_before_or_when_it_starts(fields: Any, called: str) -> None:  # noqa: ANN401 - fields of a span
    for span in ({"starts": EARLY}, {"ends": EARLY}, {"starts": EARLY, "ends": LATE}):
        assert plan(**fields(**span)).version == 1
    for starts, ends in ((EARLY, EARLY), (LATE, EARLY)):
        with pytest.raises(ValidationError, match=f"{called} ends before it starts; change 'starts' or 'ends'"):
            plan(**fields(starts=starts, ends=ends))


@pytest.mark.parametrize(
    ("fields", "fits"),
    [
        ({"version": 0}, False), ({"version": 1}, True), ({"version": 99_999}, True), ({"version": 100_000}, False),
        ({"keep_out": []}, False), ({"keep_out": ["foot"]}, True), ({"keep_out": ["tank"]}, False),
        ({"occupied": [[[174.7, -41.2]]]}, False), ({"occupied": [[[174.7, -41.2], [174.8, -41.2]]]}, True),
        ({"barriers": [WALL | {"opening_seconds": 0}]}, True), ({"barriers": [WALL | {"opening_seconds": -1}]}, False),
        ({"barriers": [WALL | {"opening_seconds": 7200}]}, True), ({"barriers": [WALL | {"opening_seconds": 7201}]}, False),
        ({"posts": [{"id": "P", "place": HERE, "staff": 0}]}, False),
        ({"posts": [{"id": "P", "place": HERE, "staff": 1001}]}, False),
        ({"passages": [rule() | {"who": []}]}, False),
        ({"routes": [{"id": "R", "purpose": "emergency", "along": []}]}, False),
        ({"routes": [{"id": "R", "purpose": "emergency", "along": [HERE], "width_m": 0}]}, False),
        ({"routes": [{"id": "R", "purpose": "emergency", "along": [HERE], "width_m": 100}]}, True),
        ({"routes": [{"id": "R", "purpose": "emergency", "along": [HERE], "width_m": 100.1}]}, False),
        ({"barriers": [WALL | {"id": f"W{number}"} for number in range(500)]}, True),
        ({"barriers": [WALL | {"id": f"W{number}"} for number in range(501)]}, False),
        ({"passages": [rule()] * 200}, True), ({"passages": [rule()] * 201}, False),
    ],
)  # fmt: skip
def test_figures_and_lists_of_a_plan_have_bounds(fields: dict[str, Any], *, fits: bool) -> None:
    if fits:
        assert plan(**fields).plan == "square"
    else:
        with pytest.raises(ValidationError):
            plan(**fields)


def test_what_is_left_out_is_as_guides_have_it() -> None:
    made = plan(barriers=[{"id": "W", "place": HERE}])
    assert (made.version, made.keep_out) == (1, ("resident", "service", "bus", "general"))
    assert (made.barriers[0].structure, made.barriers[0].opens, made.barriers[0].opening_seconds) == (
        "barrier",
        "machine",
        None,
    )
    assert PHASES == ("set_up", "hold", "shrink", "reopen", "remove")


def adopted(**fields: Any) -> PlanAdopted:  # noqa: ANN401 - any JSON
    return PlanAdopted.model_validate({"plan": "square", "version": 1, "sha256": "0" * 64, "by": "Council"} | fields)


def test_a_version_is_adopted_past_failed_checks_only_with_a_reason() -> None:
    assert adopted().sentence(ZONE) == "Council adopted version 1 of plan 'square'"
    assert (adopted().about.subject, adopted().about.place_counts) == (("plan",), False), "the latest takes the earlier's place"
    with pytest.raises(ValidationError, match="checks failed; give 'override', the reason why it is adopted all the same"):
        adopted(failed=["seal"])
    past = adopted(failed=["seal", "power_named"], override="the army stands there")
    assert past.sentence(ZONE) == (
        "Council adopted version 1 of plan 'square'; although these checks failed: seal and power named; "
        "because: the army stands there"
    )
    for wrong in ({"version": 0}, {"version": 100_000}, {"sha256": "0" * 63}):
        with pytest.raises(ValidationError):
            adopted(**wrong)


def test_a_plan_is_withdrawn_whole_or_one_version_of_it() -> None:
    said = {"plan": "square", "by": "Council", "why": "the square is clear"}
    assert PlanWithdrawn.model_validate(said).sentence(ZONE) == "Council withdrew plan 'square': the square is clear"
    one = PlanWithdrawn.model_validate(said | {"version": 2})
    assert one.sentence(ZONE) == "Council withdrew version 2 of plan 'square': the square is clear"


def test_what_the_program_writes_after_checks_of_its_own_nobody_types() -> None:
    for kind in (TrafficPlan, PlanAdopted, PlanWithdrawn):
        assert not kind.about.is_typed
    assert (TrafficPlan.about.theme, PlanWithdrawn.about.is_listed) == (None, True)


def test_a_march_that_cannot_be_is_called_by_its_own_name_as_it_is_written() -> None:
    """One with a capital and a macron keeps both in a sentence that begins with another word."""
    march = {"id": "H\u012bkoi 1", "along": [{"type": "street", "street": "High Street"}]}
    for fields, said in (
        ({"pace_kmh": 0}, "march H\u012bkoi 1 has no pace and no end"),
        ({"along": []}, "march H\u012bkoi 1 needs either 'along'"),
        ({"column_m": 20, "people": 20}, "march H\u012bkoi 1 has both 'column_m' and 'people'"),
    ):
        with pytest.raises(ValueError, match=said):
            PlannedMarch.model_validate(march | fields)
