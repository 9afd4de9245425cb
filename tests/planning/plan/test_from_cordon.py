"""A plan begun from a cordon: its barriers have names, and the seal, which shares no code with the planner, finds it closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clearway.planning.cordon.planner.plan import plan_cordon
from clearway.planning.cordon.planner.question import CordonQuestion
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.plan.document import plan_of
from clearway.planning.plan.from_cordon import plan_of_cordon
from clearway.planning.plan.passages import passing
from clearway.planning.plan.status import plan_status
from clearway.record.place import Junction, Point
from clearway.record.place_words import words_of_place
from clearway.shapes import Polygon
from drawn_towns import Town, place
from plan_rings import DAYS, NOW

if TYPE_CHECKING:
    from clearway.record.kinds.plans import TrafficPlan
    from plan_rings import Plans

BASE = {"plan": "tmp", "title": "Ring"}


@pytest.fixture(scope="module")
def question(plans: Plans) -> CordonQuestion:
    """The site of the grid."""
    (area,) = plans().site
    ring = [[lon, lat] for lon, lat in area.ring]
    return CordonQuestion(site=Polygon(type="Polygon", coordinates=[ring]), frontier=False)


def made(question: CordonQuestion, grid: Gazetteer) -> TrafficPlan:
    return plan_of_cordon(plan_cordon(grid.network, question), question, grid, plan_of(BASE, DAYS, NOW))


def test_the_barriers_of_a_cordon_seal_its_site_and_none_of_them_can_be_spared(
    question: CordonQuestion, grid: Gazetteer
) -> None:
    plan = made(question, grid)
    assert len({one.id for one in plan.barriers}) == len(plan.barriers) > 0
    assert plan_status(plan, (), NOW, grid).closed is True
    for spared in plan.barriers:
        rest = tuple(one for one in plan.barriers if one is not spared)
        assert plan_status(plan.model_copy(update={"barriers": rest}), (), NOW, grid).closed is not True, spared.id


def test_barriers_are_called_as_people_call_their_places(question: CordonQuestion, grid: Gazetteer) -> None:
    for one in made(question, grid).barriers:
        assert isinstance(one.place, Junction), words_of_place(one.place)
        assert one.place.side is not None
        assert grid.of(one.place).spot is not None


def test_those_whom_the_cordon_lets_through_pass_its_gates_and_others_do_not(question: CordonQuestion, grid: Gazetteer) -> None:
    plan = made(question, grid)
    gate = plan.barriers[0]
    assert all(one.opens == "staffed" and one.opening_seconds is None for one in plan.barriers)
    for who, may in (("emergency services", True), ("people on foot", True), ("residents", None), ("buses", None)):
        found = passing(plan, gate, who, NOW)
        assert (found.enter, found.leave) == (may, may), who


def test_barriers_that_let_nobody_through_are_no_gates(question: CordonQuestion, grid: Gazetteer) -> None:
    everyone = question.model_copy(update={"shut": ("emergency", "resident", "service", "bus", "general")})
    plan = made(everyone, grid)
    assert {one.opens for one in plan.barriers} == {"machine"}
    assert plan.passages == ()
    assert plan.keep_out == everyone.shut


def test_where_one_of_several_barriers_is_a_gate_people_on_foot_pass_it_and_so_do_those_it_lets_through(
    question: CordonQuestion, grid: Gazetteer
) -> None:
    cordon = plan_cordon(grid.network, question)
    first, *others = (one.model_copy(update={"passes": ()}) for one in cordon.barriers)
    gate = first.model_copy(update={"passes": ("emergency", "bus")})
    plan = plan_of_cordon(cordon.model_copy(update={"barriers": (*others, gate)}), question, grid, plan_of(BASE, DAYS, NOW))
    assert [one.opens for one in plan.barriers] == [*["machine"] * len(others), "staffed"]
    assert [(rule.who, rule.may) for rule in plan.passages] == [
        ((who,), "enter_and_leave") for who in ("emergency services", "buses", "people on foot")
    ]


def test_streets_that_are_occupied_are_its_site(grid: Gazetteer) -> None:
    street = CordonQuestion(stretches=(0,), frontier=False)
    plan = made(street, grid)
    assert plan.site == ()
    assert [list(line) for line in plan.occupied] == [[tuple(at) for at in grid.network.geometry(0).tolist()]]
    assert plan_status(plan, (), NOW, grid).closed is True


@pytest.mark.parametrize(("near", "called"), [("High Street", "unnamed street at High Street"), (None, None)])
def test_a_barrier_on_a_street_without_a_name_is_called_by_the_street_near_it_or_by_its_spot_alone(
    near: str | None, called: str | None
) -> None:
    town = Town()
    town.street((0.0, 0.0), (200.0, 0.0), name=near)
    town.street((200.0, 0.0), (400.0, 0.0), name=near)
    town.street((200.0, 0.0), (200.0, 300.0))
    for end in ((0.0, 0.0), (400.0, 0.0)):
        town.corner(*end, edge=True)
    corners = [(150.0, 250.0), (250.0, 250.0), (250.0, 350.0), (150.0, 350.0), (150.0, 250.0)]
    site = Polygon(type="Polygon", coordinates=[[list(place(*at)) for at in corners]])
    asked, gazetteer = CordonQuestion(site=site, radius_m=150.0, frontier=False), Gazetteer(town.network())
    (barrier,), (planned,) = made(asked, gazetteer).barriers, plan_cordon(gazetteer.network, asked).barriers
    assert isinstance(barrier.place, Point)
    assert barrier.place.label == called
    assert barrier.place.at == pytest.approx((planned.lon, planned.lat), abs=2e-6)
    assert barrier.place.at[0] == pytest.approx(place(200.0, 0.0)[0], abs=1e-6)


@pytest.mark.parametrize("arms", [1, 2, 3])
def test_arms_of_one_barrier_that_no_one_place_closes_have_its_number_and_a_letter_each(
    question: CordonQuestion, grid: Gazetteer, arms: int
) -> None:
    cordon = plan_cordon(grid.network, question)
    first, rest = cordon.barriers[:arms], cordon.barriers[arms:]
    joined = first[0].model_copy(
        update={
            "way_indexes": tuple(way for one in first for way in one.way_indexes),
            "at_m": tuple(at_m for one in first for at_m in one.at_m),
        }
    )
    plan = plan_of_cordon(cordon.model_copy(update={"barriers": (joined, *rest)}), question, grid, plan_of(BASE, DAYS, NOW))
    assert [one.id for one in plan.barriers][:arms] == {1: ["B1"], 2: ["B1a", "B1b"], 3: ["B1a", "B1b", "B1c"]}[arms]
    assert len({one.id for one in plan.barriers}) == len(plan.barriers) == len(cordon.barriers)
    assert plan_status(plan, (), NOW, grid).closed is True
