"""Every wish of a plan is there for whoever asks by the page, the API or the command line."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from clearway.cli.access import access
from clearway.cli.cordon import cordon
from clearway.cli.impact import impact
from clearway.planning.cordon.planner.question import CordonQuestion
from clearway.server.app import create_app
from clearway.server.desks.plan.models import PlanQuestion

if TYPE_CHECKING:
    import click

pytestmark = pytest.mark.slow

CORDON = frozenset(CordonQuestion.model_fields)
PLAN = frozenset(PlanQuestion.model_fields)
WEB = Path(__file__).parents[1] / "web"
LINK = WEB / "src" / "desks" / "plan" / "link-question.ts"
CONTROLS = WEB / "test" / "wishes.test.tsx"
"""Sets each wish by its control on the page; its table is typed by the contract, so that a missing wish does not compile."""

NOT_VARIED = {"frontier", "alternatives"}
"""A search for variants asks for its own."""


def options(group: click.Command, name: str) -> dict[str, str]:
    """The help of each option of a command, by the field it fills."""
    command = group.commands[name]  # type: ignore[attr-defined]
    return {option.name: getattr(option, "help", None) or "" for option in command.params}


@pytest.mark.parametrize("wish", sorted(CORDON))
def test_a_wish_for_a_cordon_is_an_option_with_help_and_can_be_varied(wish: str) -> None:
    assert options(cordon, "plan")[wish]
    if wish not in NOT_VARIED:
        assert options(impact, "variants")[wish]


@pytest.mark.parametrize("wish", sorted(PLAN - CORDON))
def test_a_wish_about_help_is_an_option_of_access(wish: str) -> None:
    assert options(access, "report")[wish]


@pytest.mark.parametrize("wish", sorted(PLAN))
def test_a_wish_is_a_field_of_the_api_that_need_not_be_given(wish: str) -> None:
    assert plan_question()["properties"][wish]["description"]
    assert wish not in plan_question().get("required", ())


@cache
def plan_question() -> dict[str, Any]:
    """The question of a plan, as the API describes it."""
    schema: dict[str, Any] = create_app([]).openapi()["components"]["schemas"]["PlanQuestion"]
    return schema


def rows(path: Path, table: str) -> set[str]:
    """The names of the rows of a table of the page that is typed as one row for each wish."""
    found = re.search(
        rf"^const {table}: \{{ readonly \[K in keyof PlanQuestion\]: .*? = \{{$(.*?)^\}};$",
        path.read_text("utf-8"),
        re.MULTILINE | re.DOTALL,
    )
    assert found, f"{path.name} has no table {table} with a row for each wish."
    return set(re.findall(r"^  (\w+): ", found[1], re.MULTILINE))


def test_the_page_carries_every_wish_in_its_link_and_no_other() -> None:
    assert rows(LINK, "FIELDS") == PLAN


def test_the_page_has_a_control_for_every_wish() -> None:
    assert rows(CONTROLS, "CONTROLS") == PLAN


def test_a_plan_asks_the_cordons_own_question() -> None:
    assert issubclass(PlanQuestion, CordonQuestion)
    assert PlanQuestion().model_dump(include=set(CORDON)) == CordonQuestion().model_dump()
