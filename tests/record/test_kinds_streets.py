"""What is said of streets, gates and who may pass: what it means for figures, and for other entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadInput
from clearway.record.moments import calendar, moment_of
from clearway.record.parse import draft_of

if TYPE_CHECKING:
    from clearway.record.kind import Kind

DAYS, NOW = calendar("Pacific/Auckland", "2022-02-08"), moment_of("2022-02-21T20:00+13:00")


def said(kind: str, **body: Any) -> Kind:  # noqa: ANN401 - any JSON
    return draft_of({"kind": kind, "body": body, "happened": "day 11"}, DAYS, now=NOW).body


@pytest.mark.parametrize(
    ("kind", "body", "figures"),
    [
        ("road_state", {"state": "shut"}, ("people", "vehicles")),
        ("road_state", {"state": "open"}, None),
        ("gate_state", {"state": "open"}, None),
        ("barrier_state", {"barrier": "cordon", "state": "standing"}, ("people", "vehicles")),
        ("barrier_state", {"barrier": "cordon", "state": "removed"}, None),
        ("barrier_state", {"barrier": "fence", "state": "standing"}, None),
        ("passage_rule", {"who": ["emergency services"], "may": "not_pass"}, None),
    ],
)
def test_what_is_shut_keeps_people_and_vehicles_from_coming(
    kind: str, body: dict[str, Any], figures: tuple[str, ...] | None
) -> None:
    push = said(kind, **body, ends="day 12 18:00").push
    assert (push and push.figures) == figures
    if push:
        assert (push.is_more, push.is_done, push.ends) == (False, True, moment_of("2022-02-19T18:00+13:00"))


@pytest.mark.parametrize(
    ("who", "concerned"),
    [
        (["ambulance crews"], True),
        (["residents", "ambulance crews"], True),
        (["residents", "buses"], False),
    ],
)
def test_a_rule_concerns_another_that_names_one_of_its_classes_or_a_part_of_one(who: list[str], *, concerned: bool) -> None:
    rule = said("passage_rule", who=["workers", "emergency services"], may="enter")
    assert rule.concerns(said("passage_rule", who=who, may="not_pass")) is concerned
    assert rule.concerns(said("road_state", state="shut")) is False


def test_where_a_barrier_no_longer_stands_must_be_a_place() -> None:
    assert said("barrier_state", barrier="fence", state="moved", moved_from=["Hill Street"]).model_dump()["moved_from"]
    with pytest.raises(BadInput, match="lies outside the globe"):
        said("barrier_state", barrier="fence", state="moved", moved_from=["Hill Street", "-95.0, 174.7"])


@pytest.mark.parametrize(
    ("states", "contrary"),
    [
        (("standing", "removed"), True),
        (("standing", "standing"), False),
        (("planned", "standing"), False),
        (("removed", "planned"), False),
        (("unknown", "removed"), False),
        (("unknown", "planned"), False),
    ],
)
def test_what_is_planned_or_not_known_contradicts_nothing(states: tuple[str, str], *, contrary: bool) -> None:
    one, other = (said("barrier_state", barrier="fence", state=state) for state in states)
    assert one.contradicts(other) is other.contradicts(one) is contrary
