"""What may be made of a figure: said again it is no new count, a total never falls, of a list nothing follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clearway.picture.counts import DENSITY
from clearway.picture.estimate import Moved, Said, estimate
from picture.test_view import POLICE, at_hour, report, seen, store

if TYPE_CHECKING:
    from clearway.record.store import Store

__all__ = ["store"]  # a fixture
MEDICS = {"organisation": "Ambulance service", "reliability": "A", "credibility": 1}
KILOMETRE = {
    "type": "area",
    "ring": [[174.77, -41.28], [174.782, -41.28], [174.782, -41.271], [174.77, -41.271], [174.77, -41.28]],
}


def counted(what: str, low: float | None, high: float | None = None, **more: object) -> dict[str, Any]:
    group = {"group": more.pop("group")} if "group" in more else {}
    return {"what": what, "amount": {"low": low, "high": low if high is None else high} | more} | group


def figure(store: Store, day: int, hour: int = 23) -> dict[str, Any]:
    (found,) = seen(store, day, hour)["counts"]
    return dict(found)


def width(count: dict[str, Any]) -> float:
    return float(count["estimate"]["high"] / count["estimate"]["low"])


def test_a_rounded_figure_said_again_moves_only_the_time_of_the_last_word(store: Store) -> None:
    for number, day in enumerate((5, 6, 7, 8, 9, 10)):
        report(store, f"again{number}", "count", counted("people", 300, about=True), day=day)
    six = figure(store, 10, 12)
    report(store, "other", "remark", {"text": "nothing"}, day=3)
    assert six["stale_since"] == moment(5)
    for amount in ({"low": 300, "high": 300, "about": True},):
        said = {"what": "vehicles", "amount": amount}
        report(store, "once", "count", said, day=10)
    once = next(count for count in seen(store, 10, 12)["counts"] if count["what"] == "vehicles")
    assert once["stale_since"] is None
    assert width(six) == pytest.approx(width(once), rel=1e-9)
    later = next(count for count in seen(store, 13)["counts"] if count["what"] == "people")
    assert width(later) > 1.2 * width(six)


def moment(day: int, hour: int = 12) -> str:
    return f"{at_hour(day, hour):%Y-%m-%dT%H:%M:%S}.000000Z"


def test_another_number_or_another_body_or_an_exact_one_is_a_new_count(store: Store) -> None:
    report(store, "a", "count", counted("people", 300), day=5)
    report(store, "b", "count", counted("people", 300), day=6, source=MEDICS)
    assert figure(store, 6)["stale_since"] is None  # two bodies
    report(store, "c", "count", counted("people", 320), day=7)
    assert figure(store, 7)["stale_since"] is None
    report(store, "d", "count", counted("people", 320), day=8)
    assert figure(store, 8)["stale_since"] == moment(7)
    report(store, "e", "count", counted("people", 317), day=9)
    report(store, "f", "count", counted("people", 317), day=10)
    assert figure(store, 10)["stale_since"] is None  # counted again, and as many


def test_while_a_figure_is_repeated_each_moment_has_the_word_of_that_moment(store: Store) -> None:
    for number, day in enumerate((5, 7, 9)):
        report(store, f"again{number}", "count", counted("people", 300, about=True), day=day)
    band = figure(store, 9, 12)["band"]
    near = [one["high"] / one["low"] for one in band if one["at"] in (moment(5), moment(7), moment(9))]
    assert len(near) == 3
    assert max(near) < 1.02 * min(near)


@pytest.mark.parametrize("amount", [{"low": 300}, {"high": 300}, {"low": 300, "said": "at least 300"}])
def test_bounds_on_one_side_make_no_estimate(store: Store, amount: dict[str, Any]) -> None:
    report(store, "a", "count", {"what": "people", "amount": amount}, day=5)
    found = figure(store, 5)
    assert (found["estimate"], found["band"], found["kind"]) == (None, [], "population")
    other = {"high": 900} if "low" in amount else {"low": 100}
    report(store, "b", "count", {"what": "people", "amount": other}, day=5, source=MEDICS)
    assert figure(store, 5)["estimate"] is not None


def test_a_week_after_the_last_word_it_is_not_known(store: Store) -> None:
    report(store, "a", "count", counted("people", 300), day=5)
    last = figure(store, 12, 12)
    assert last["estimate"] is not None
    assert last["not_known_since"] is None
    assert max(one["at"] for one in last["band"]) == moment(12)  # the forecast ends there too
    gone = figure(store, 12, 13)
    assert (gone["estimate"], gone["not_known_since"]) == (None, moment(5))
    assert gone["band"]
    assert figure(store, 900)["not_known_since"] == moment(5)


def test_no_band_holds_more_than_fit_there_unless_somebody_said_so(store: Store) -> None:
    places = [KILOMETRE | {"label": "The Square"}]
    most = 1.00e6 * DENSITY["vehicles"]  # a square kilometre, near enough
    report(store, "a", "count", counted("vehicles", 75_000, about=True), day=5, places=places)
    band = figure(store, 9)["band"]
    assert max(one["high"] for one in band) == pytest.approx(most, rel=0.02)
    report(store, "b", "count", counted("vehicles", 200_000), day=9, places=places)
    assert max(one["high"] for one in figure(store, 9)["band"]) == 200_000


def test_a_tally_is_one_line_with_its_history_and_has_no_band(store: Store) -> None:
    report(store, "a", "count", counted("arrests", 50, about=True), day=9, hour=10)
    report(store, "b", "count", counted("arrests", 37), day=9, hour=12)
    report(store, "c", "count", counted("arrests", 41), day=9, hour=16)
    found = figure(store, 9)
    assert found["history"] == "41 (16:00), before: 37 (12:00), about 50 (10:00)"
    assert (found["kind"], found["estimate"], found["band"]) == ("tally", None, [])
    assert figure(store, 11)["history"].startswith(
        "41 (Wed 16 Feb 16:00), before: 37 (Wed 16 Feb 12:00)"
    )  # no fresher than said
    report(store, "d", "count", counted("arrests", 43), day=10, hour=8)
    assert figure(store, 10)["history"].startswith("43 (08:00), before: 41 (Wed 16 Feb 16:00), 37 (Wed 16 Feb 12:00)")


@pytest.mark.parametrize(("what", "kind"), [("people", "population"), ("districts", "list")])
def test_what_is_no_tally_has_no_history_in_a_line(store: Store, what: str, kind: str) -> None:
    report(store, "a", "count", counted(what, 37), day=9, hour=12)
    report(store, "b", "count", counted(what, 41), day=9, hour=16)
    found = figure(store, 9)
    assert (found["kind"], found["history"], len(found["statements"])) == (kind, "", 2)
    assert (found["estimate"] is None) == (kind == "list")


def test_a_total_that_fell_is_a_clash_and_one_that_rose_is_none(store: Store) -> None:
    report(store, "a", "count", counted("arrests", 37), day=9, hour=10)
    report(store, "b", "count", counted("arrests", 41), day=12, hour=10, source=MEDICS)
    assert figure(store, 12)["clashes"] == []
    report(store, "c", "count", counted("arrests", 30), day=14, hour=10)
    assert {(one["first"], one["second"]) for one in figure(store, 14)["clashes"]} == {("c", "a"), ("c", "b")}
    report(store, "d", "count", counted("arrests", 44), day=15, hour=10, corrects=["c"])
    assert figure(store, 15)["clashes"] == []


def test_totals_of_different_days_are_not_compared(store: Store) -> None:
    for entry_id, day, number in (("a", 9, 37), ("b", 10, 5)):
        report(store, entry_id, "count", counted("arrests", number), day=day, hour=23, happened=f"day {day}")
    assert figure(store, 11)["clashes"] == []
    report(
        store,
        "c",
        "count",
        counted("arrests", 20),
        day=11,
        hour=8,
        happened=f"{at_hour(9, 0).isoformat()}/{at_hour(11, 8).isoformat()}",
    )
    assert [(one["first"], one["second"]) for one in figure(store, 11)["clashes"]] == [("c", "a")]


@pytest.mark.parametrize("what", ["districts", "groups", "barrier_places", "people_in_custody", "signatories", "flags"])
def test_of_a_list_nothing_follows(store: Store, what: str) -> None:
    report(store, "a", "count", counted(what, 5), day=5)
    found = figure(store, 6)
    assert (found["kind"], found["estimate"], found["band"], found["stale_since"]) == ("list", None, [], None)


def test_a_part_names_its_whole(store: Store) -> None:
    places = [{"type": "named", "name": "The Square"}]
    report(store, "all", "count", counted("arrests", 8), day=5, places=places)
    report(store, "part", "count", counted("arrests", 7, group="for trespass"), day=5, places=places)
    report(store, "elsewhere", "count", counted("arrests", 1, group="at the station"), day=5)
    whole, *parts = seen(store, 5)["counts"]
    assert {count["group"]: count["part_of"] for count in (whole, *parts)} == {
        None: None,
        "for trespass": whole["key"],
        "at the station": None,
    }


def test_the_estimate_of_a_part_is_never_above_that_of_its_whole(store: Store) -> None:
    report(store, "all", "count", counted("people", 200, about=True), day=5, hour=8)
    report(store, "part", "count", counted("people", 150, 900, group="students"), day=5, hour=9)
    whole, part = seen(store, 5)["counts"]
    assert part["part_of"] == whole["key"]
    for name in ("low", "likely", "high"):
        assert part["estimate"][name] <= whole["estimate"][name]
    at = {band["at"]: band for band in whole["band"]}
    ahead = [(band, at[band["at"]]) for band in part["band"] if band["at"] in at]
    assert len(ahead) > 10
    assert all(mine["high"] <= of_all["high"] and mine["low"] <= mine["likely"] <= mine["high"] for mine, of_all in ahead)


def test_more_in_a_part_than_in_its_whole_is_a_clash_at_one_time_and_none_at_two(store: Store) -> None:
    report(store, "all", "count", counted("people", 700, about=True), day=5, hour=8)
    report(store, "part", "count", counted("people", 900, None, group="dockers"), day=5, hour=9, source=MEDICS)
    clashes = [one["says"] for one in seen(store, 5)["contested"] if one["kind"] == "clash"]
    assert len(clashes) == 1
    assert clashes[0].startswith("A part exceeds its whole, people: ")
    assert " says 900 dockers; " in clashes[0]
    assert clashes[0].endswith(" says about 700 in all")
    report(store, "fits", "count", counted("people", 1200), day=7, hour=8)
    assert [one for one in seen(store, 7)["contested"] if one["kind"] == "clash"] == []


def test_a_part_bounds_nothing_and_stands_alone_where_nobody_counted_its_whole(store: Store) -> None:
    report(store, "part", "count", counted("people", 150, 900, group="students"), day=5, hour=9)
    alone = figure(store, 5)
    report(store, "all", "count", counted("people", 5000), day=5, hour=8)
    whole, part = seen(store, 5)["counts"]
    assert (part["estimate"], alone["part_of"]) == (alone["estimate"], None)
    assert whole["estimate"]["high"] > 4000


def test_growth_without_a_number_leans_and_is_no_flow_of_one() -> None:
    said = [Said(0.0, 300, 300, "police", "B", 2)]
    plain, grown, shrunk, one = (
        estimate(said, moved, [1.0])
        for moved in ([], [sign(arrived=True)], [sign(arrived=False)], [Moved(0.5, 1, 1, arrived=True)])
    )
    assert plain
    assert grown
    assert shrunk
    assert one
    assert grown.likely[0] == pytest.approx(plain.likely[0] * 1.1, rel=0.02)
    assert shrunk.likely[0] == pytest.approx(plain.likely[0] * 0.9, rel=0.02)
    assert grown.high[0] / grown.low[0] > plain.high[0] / plain.low[0]
    assert one.likely[0] == pytest.approx(plain.likely[0] + 1, abs=0.5)


def sign(*, arrived: bool) -> Moved:
    return Moved(0.5, 1, float("inf"), arrived=arrived, is_sign=True)


def test_a_flow_without_a_number_is_taken_as_a_sign(store: Store) -> None:
    report(store, "a", "count", counted("people", 300), day=5)
    before = figure(store, 6)["estimate"]["likely"]
    body = {"what": "people", "direction": "arrived", "amount": {"low": 1, "said": "it grew"}}
    report(store, "b", "flow", body, day=6, hour=2)
    assert figure(store, 6)["estimate"]["likely"] == pytest.approx(before * 1.1, rel=0.06)
    assert figure(store, 6)["estimate"]["likely"] > 1.04 * before


def test_a_statement_about_a_day_is_as_old_as_its_speakers_word(store: Store) -> None:
    report(store, "a", "count", counted("people", 300), day=5, hour=9, happened="day 5")
    (fact,) = figure(store, 5, 23)["latest"]
    assert fact["age_s"] == 14 * 3600
    published = at_hour(6, 7).isoformat()
    report(
        store, "b", "count", counted("people", 310), day=6, hour=20, happened="day 6", source=POLICE | {"published": published}
    )
    newest = figure(store, 6, 22)["latest"][0]
    assert (newest["id"], newest["age_s"]) == ("b", 15 * 3600)
    report(store, "c", "count", counted("people", 320), day=9, hour=20, happened="day 7")  # learnt two days later
    assert figure(store, 9, 22)["latest"][0]["age_s"] == 46 * 3600
