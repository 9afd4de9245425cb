"""What was expected, announced or done moves a forecast in its direction, by its stated strength, unless it is left out."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from clearway.picture.estimate import Pushed, Said, estimate
from clearway.picture.index import PictureIndex
from clearway.picture.view import Moments, picture_of
from picture.test_estimate import MARCHES, simulated
from picture.test_view import CALENDAR, STREAM, at_hour, report, seen, store

if TYPE_CHECKING:
    from clearway.record.store import Store

__all__ = ["store"]  # a fixture

Place = dict[str, Any]
QUAY: Place = {"places": [{"type": "named", "name": "The quay"}]}
YARD: Place = {"places": [{"type": "named", "name": "The yard"}]}
FORETOLD, DONE = 0.10, 0.05
"""Shares by which what was foretold or done moves a figure in a day, as the documentation says."""
MORE = {"summary": "A second march joins on Saturday", "what": "people", "direction": "more"}


def crowd(store: Store, what: str = "people", number: float = 400, where: Place | None = None) -> None:
    amount = {"low": number, "high": number}
    report(store, f"{what}-{number}", "count", {"what": what, "amount": amount}, day=5, hour=8, **(where or {}))


def last(picture: dict[str, Any], at: int = 0) -> float:
    """Where the forecast of a figure ends."""
    return float(picture["counts"][at]["band"][-1]["likely"])


def without(store: Store, *entries: str, day: int = 5, hour: int = 12) -> dict[str, Any]:
    at = at_hour(day, hour)
    when = Moments(at, at, without=frozenset(entries))
    return picture_of(store, PictureIndex(), STREAM, when, calendar=CALENDAR).model_dump(mode="json")


def test_a_march_that_is_expected_raises_the_forecast_and_can_be_left_out(store: Store) -> None:
    crowd(store)
    before = seen(store, 5, 12)
    report(store, "f", "forecast", MORE, day=5, hour=11)
    pushed = seen(store, 5, 12)
    (push,) = pushed["counts"][0]["pushes"]
    assert (push["entry"], push["direction"], push["is_used"]) == ("f", "more", True)
    assert push["strength"] == pytest.approx(FORETOLD)  # of a B2 source
    assert last(pushed) > last(before) * 1.1
    assert pushed["counts"][0]["estimate"] == before["counts"][0]["estimate"]  # what is now does not change
    left = without(store, "f")
    assert left["counts"][0]["band"] == before["counts"][0]["band"]
    assert [(one["entry"], one["is_used"]) for one in left["counts"][0]["pushes"]] == [("f", False)]


@pytest.mark.parametrize(
    ("kind", "body", "what"),
    [
        ("announcement", {"by": "Dock union", "what": "the lorries leave", "figure": "trucks", "direction": "fewer"}, "trucks"),
        ("offer", {"what": "parking", "summary": "a field by the racecourse"}, "vehicles"),
        ("barrier_state", {"barrier": "cordon", "state": "standing"}, "people"),
        ("gate_state", {"state": "shut"}, "vehicles"),
        ("road_state", {"state": "shut"}, "vehicles"),
        ("road_state", {"state": "shut"}, "people"),
        ("passage_rule", {"who": ["people on foot"], "may": "not_pass"}, "people"),
        ("passage_rule", {"who": ["drivers who leave"], "may": "leave_not_return"}, "vehicles"),
        ("passage_rule", {"who": ["protesters"], "may": "leave"}, "people"),
    ],
)
def test_what_is_announced_or_done_lowers_the_forecast_elsewhere(
    store: Store, kind: str, body: dict[str, Any], what: str
) -> None:
    crowd(store, what, where=QUAY)
    before = last(seen(store, 5, 12))
    where = QUAY if kind == "announcement" else YARD
    report(store, "p", kind, body, day=5, hour=11, **where)
    found = seen(store, 5, 12)
    (push,) = found["counts"][0]["pushes"]
    assert push["direction"] == "fewer"
    assert push["strength"] == pytest.approx(FORETOLD if kind == "announcement" else DONE)
    assert last(found) < before * 0.97
    assert last(without(store, "p")) == pytest.approx(before)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("forecast", {"summary": "It may grow", "what": "people"}),
        ("forecast", {"summary": "Fewer will come", "direction": "fewer"}),
        ("forecast", MORE | {"what": "districts"}),
        (
            "announcement",
            {"by": "Dock union", "what": "we leave", "figure": "people", "direction": "fewer", "outcome": "dropped"},
        ),
        ("offer", {"what": "mediation", "summary": "a mediator"}),
        ("barrier_state", {"barrier": "fence", "state": "standing"}),
        ("gate_state", {"state": "open"}),
        ("road_state", {"state": "restricted"}),
        ("passage_rule", {"who": ["everybody"], "may": "enter"}),
        ("passage_rule", {"who": ["ambulance crews", "deliveries"], "may": "not_pass"}),
    ],
)
def test_what_says_no_direction_or_no_figure_pushes_nothing(store: Store, kind: str, body: dict[str, Any]) -> None:
    crowd(store)
    crowd(store, "vehicles")
    report(store, "p", kind, body, day=5, hour=11, **QUAY)
    assert [one["pushes"] for one in seen(store, 5, 12)["counts"]] == [[], []]


@pytest.mark.parametrize(("who", "what"), [("pedestrians", ["people"]), ("all vehicles", ["vehicles"])])
def test_a_rule_moves_the_figure_in_which_those_are_counted_whom_it_names(store: Store, who: str, what: list[str]) -> None:
    crowd(store)
    crowd(store, "vehicles")
    report(store, "p", "passage_rule", {"who": [who], "may": "not_pass"}, day=5, hour=11)
    assert [one["what"] for one in seen(store, 5, 12)["counts"] if one["pushes"]] == what


def test_what_shuts_a_place_keeps_people_from_that_very_place(store: Store) -> None:
    crowd(store, number=300, where=QUAY)
    crowd(store, number=500, where=YARD)
    report(store, "p", "road_state", {"state": "shut"}, day=5, hour=11, **QUAY)
    assert [one["where"] for one in seen(store, 5, 12)["counts"] if one["pushes"]] == ["\u201cThe quay\u201d"]


def test_a_cordon_of_many_barriers_pushes_as_one_and_each_can_be_left_out(store: Store) -> None:
    crowd(store)
    streets = [{"places": [{"type": "street", "street": f"{name} Street"}]} for name in ("Quay", "Dock", "Mill", "Weir")]
    for number, where in enumerate(streets):
        report(store, f"p{number}", "road_state", {"state": "shut"}, day=5, hour=11, **where)
    whole, one_less = seen(store, 5, 12)["counts"][0], without(store, "p2")["counts"][0]
    assert [push["strength"] for push in whole["pushes"]] == pytest.approx([DONE / 4] * 4)
    assert sum(push["strength"] for push in one_less["pushes"] if push["is_used"]) == pytest.approx(DONE)
    assert {push["entry"] for push in one_less["pushes"] if not push["is_used"]} == {"p2"}


CLOSED = [(1, 900), (2, 910), (3, 905), (4, 900), (5, 870), (6, 815)]
"""By day, people on a square whose streets were shut at noon of day 4, as somebody might have counted them at 08:00."""


def test_a_forecast_that_knows_of_a_closed_cordon_lies_nearer_to_what_came(store: Store) -> None:
    for day, people in CLOSED[:4]:
        amount = {"what": "people", "amount": {"low": people, "high": people}}
        report(store, f"d{day}", "count", amount, day=day, hour=8, **QUAY)
    report(store, "shut", "road_state", {"state": "shut"}, day=4, hour=12, **QUAY)
    knows, ignores = (without(store, *out, day=4, hour=12)["counts"][0] for out in ((), ("shut",)))
    two_days_on, counted = -1, CLOSED[-1][1]
    near, far = (abs(one["band"][two_days_on]["likely"] - counted) for one in (knows, ignores))
    assert near < far
    assert knows["band"][two_days_on]["low"] < counted < knows["band"][two_days_on]["high"]


def test_a_place_to_park_draws_nothing_away_from_where_it_is(store: Store) -> None:
    crowd(store, "vehicles", where=YARD)
    report(store, "p", "offer", {"what": "parking", "summary": "a yard"}, day=5, hour=11, **YARD)
    assert seen(store, 5, 12)["counts"][0]["pushes"] == []


def test_a_push_moves_the_figure_at_its_own_place_and_no_part_of_it(store: Store) -> None:
    crowd(store, number=300, where=QUAY)
    crowd(store, number=500, where=YARD)
    part = {"what": "people", "group": "children", "amount": {"low": 40, "high": 40}}
    report(store, "part", "count", part, day=5, hour=8, **YARD)
    report(store, "f", "forecast", MORE, day=5, hour=11, **YARD)
    pushed = {(one["where"], one["group"]) for one in seen(store, 5, 12)["counts"] if one["pushes"]}
    assert pushed == {("The yard", None)}


def test_a_push_ends_at_its_time_and_two_days_after_it_where_none_is_said(store: Store) -> None:
    crowd(store)
    report(store, "f", "forecast", MORE | {"at": at_hour(6, 0).isoformat()}, day=5, hour=11)
    report(store, "g", "forecast", MORE, day=5, hour=11)

    def pushing(day: int, hour: int) -> list[str]:
        return sorted(one["entry"] for one in seen(store, day, hour)["counts"][0]["pushes"])

    assert pushing(5, 23) == ["f", "g"]
    assert pushing(6, 1) == pushing(7, 10) == ["g"]
    assert pushing(7, 12) == []


def test_a_weak_source_pushes_less(store: Store) -> None:
    crowd(store)
    report(store, "f", "forecast", MORE, day=5, hour=11, source={"organisation": "A passer-by", "reliability": "E"})
    (push,) = seen(store, 5, 12)["counts"][0]["pushes"]
    assert 0 < push["strength"] < FORETOLD / 10


def test_a_push_moves_log_n_by_its_rate_and_is_as_unsure_as_it_is_large() -> None:
    said = [Said(0.0, 400, 400, "police", "B", 2)]
    plain, pushed = (estimate(said, [], [-1.0, 0.0, 1.0, 3.0, 5.0], pushed=one) for one in ([], [Pushed(1.0, 3.0, 0.1)]))
    assert plain
    assert pushed
    moved = np.log1p(pushed.likely) - np.log1p(plain.likely)
    assert moved == pytest.approx([0, 0, 0, 0.2, 0.2], abs=0.01)
    width = np.log1p(pushed.high) - np.log1p(pushed.low)
    assert (width[3:] > (np.log1p(plain.high) - np.log1p(plain.low))[3:]).all()


@pytest.mark.slow
@pytest.mark.parametrize("rate", [0.05, 0.2])
@pytest.mark.parametrize("truth_moves", [0.0, 0.1, 0.2])
def test_the_band_of_a_pushed_forecast_holds_the_truth_whether_nothing_came_or_twice_as_much(
    rate: float, truth_moves: float
) -> None:
    rng = np.random.default_rng(7)
    held = []
    for _ in range(150):
        said, _, truth = simulated(rng, rate, 1.0)
        end = float(np.exp(np.log(truth[3]) + truth_moves * 2 + rng.normal(0, rate * np.sqrt(2))))
        found = estimate(said, [], [16.0], pushed=[Pushed(14.0, 16.0, 0.1)])
        assert found is not None
        held.append(found.low[0] <= end <= found.high[0])
    assert np.mean(held) >= 0.84


def test_the_marches_of_july_1_stay_within_the_band_when_pushed_either_way() -> None:
    years = list(csv.DictReader(MARCHES.read_text("utf-8").splitlines()))
    for rate in (-FORETOLD, FORETOLD):
        said, days, pushed = [], [], []
        for year in years:
            days.append((int(year["year"]) - 2004) * 365.25)
            pushed.append(Pushed(days[-1] - 2.0, days[-1], rate))  # announced two days before each march
            for who, grade in (("organisers", ("C", 3)), ("police", ("B", 2))):
                said.append(Said(days[-1], float(year[who]), float(year[who]), who, *grade))
        found = estimate(said, [], days, pushed=pushed[-1:])
        assert found is not None
        counted = np.sqrt([float(year["university_low"]) * float(year["university_high"]) for year in years])
        held = (found.low <= counted) & (counted <= found.high)
        assert held.sum() >= len(years) - 1
