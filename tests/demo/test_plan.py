"""The demonstration's plan for 21 February, 03:30: what the reports say of it, and what its two versions claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clearway.demo.prepare import OPERATION, demo_record
from clearway.demo.wellington import bundled_json, wellington_network, wellington_works
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.plan.checks import CheckGround, check_plan
from clearway.planning.plan.differences import plan_diff
from clearway.planning.plan.jurisdiction import read_jurisdiction
from clearway.planning.plan.passages import passing
from clearway.planning.plan.status import plan_status
from clearway.planning.plan.versions import versions_of
from clearway.record.entry import now
from clearway.record.moments import calendar
from clearway.record.place_words import words_of_place

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.record.kinds.plans import TrafficPlan

DAYS = calendar("Pacific/Auckland", "2022-02-08")
START = "day 14 03:30"
STREETS = ("Lambton Quay", "Mulgrave Street", "Hill Street", "Molesworth Street", "Bunny Street", "Kate Sheppard Place")
MAP_CANNOT_TELL = {"seal", "reached_from_two_sides"}
"""Museum Street ends five metres before the grounds on this map; some addresses have one way in even on a quiet day."""


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> list[TrafficPlan]:
    folder: Path = tmp_path_factory.mktemp("demo")
    store = demo_record(folder)
    found = [one.plan for one in versions_of(store, OPERATION)]
    assert all(one.adopted is None for one in versions_of(store, OPERATION)), "nobody adopted it"
    store.close()
    return found


@pytest.fixture(scope="module")
def streets() -> Gazetteer:
    """Of two streets of one name the one nearer to the grounds is meant."""
    lon, lat = bundled_json("site.geojson")["features"][0]["geometry"]["coordinates"][0][0]
    return Gazetteer(wellington_network(), (lon, lat))


def test_it_holds_what_the_reports_say(versions: list[TrafficPlan]) -> None:
    first, second = versions
    assert [one.version for one in versions] == [1, 2]
    assert first.starts == DAYS.moment(START)
    assert len(first.barriers) == 8
    assert {one.structure for one in first.barriers} == {"concrete_block"}
    said = " ".join(words_of_place(one.place) for one in first.barriers)
    assert [street for street in STREETS if street not in said] == []
    assert len(second.barriers) < len(first.barriers)
    assert "ours" in (first.change or "")
    assert "ours" in (second.change or "")


def test_people_pass_as_the_reports_say(versions: list[TrafficPlan]) -> None:
    morning, afternoon = DAYS.moment("day 14 9am"), DAYS.moment("day 14 3pm")
    for plan in versions:
        for gate in (one for one in plan.barriers if one.is_gate):
            assert passing(plan, gate, "pedestrians", morning)[:2] == (True, True)
            assert passing(plan, gate, "ambulances", morning)[:2] == (True, True)
            assert passing(plan, gate, "protest vehicles", morning)[:2] == (False, True)
        assert passing(plan, plan.barriers[1], "toilet trucks", morning)[:2] == (None, None)
        assert passing(plan, plan.barriers[1], "toilet trucks", afternoon)[:2] == (True, True)


def test_no_street_leads_in_and_the_checks_that_fail_are_those_that_the_map_cannot_answer(
    versions: list[TrafficPlan], streets: Gazetteer
) -> None:
    works = wellington_works()
    ground = CheckGround(gazetteer=streets, zone=DAYS.zone, jurisdiction=read_jurisdiction(), now=now(), works=works)
    assert len(works) == 54
    assert all(one.name and one.starts and one.ends and one.starts <= one.ends for one in works)
    for plan in versions:
        status = plan_status(plan, (), DAYS.moment(START), streets)
        assert status.closed is True, status.holes
        assert status.seal is not None
        assert [one.called for one in status.seal.barriers if one.idle] == []
        failed = {one.name for one in check_plan(plan, ground).checks if not one.ok}
        assert failed <= MAP_CANNOT_TELL | {"emergency_certificate", "casualty_handover"}, "no station was given"


def test_the_second_version_shrinks_it(versions: list[TrafficPlan], streets: Gazetteer) -> None:
    differs = plan_diff(versions[0], versions[1], DAYS.zone, streets)
    assert differs.newly_inside == ()
    assert differs.newly_outside is not None
    assert len(differs.newly_outside) >= 10
    assert {one.id: round(one.metres or 0, -1) for one in differs.moved} == {"B5": 170, "B6": 0}
