"""What is no plan, or one that this version cannot judge, is said to be so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadInput
from clearway.planning.cordon.check import check_cordon
from clearway.planning.cordon.planner.plan import plan_cordon
from clearway.planning.cordon.planner.question import CordonQuestion
from drawn_towns import Town, square

if TYPE_CHECKING:
    from clearway.network.model import Network


@pytest.fixture(scope="module")
def network() -> Network:
    """A street that leads to a site from outside."""
    town = Town()
    town.corner(0, 200, edge=True)
    town.street((0, 0), (0, 200))
    return town.network()


@pytest.fixture
def plan(network: Network) -> dict[str, Any]:
    """A true plan of one barrier."""
    return plan_cordon(network, CordonQuestion(site=square(0, 0, 15), radius_m=5000, frontier=False)).as_json()


def test_a_true_plan_is_told_to_hold_in_three_sentences(network: Network, plan: dict[str, Any]) -> None:
    assert check_cordon(network, plan) == (
        [
            "No way in is left: with every barrier standing, a search from outside never enters the site.",
            "The cost adds up.",
            "Nothing is cheaper: 1 path into the site proves 5 points.",
        ],
        [],
    )


@pytest.mark.parametrize("document", [None, [], "plan", {}, {"format": "clearway-access-1"}])
def test_what_is_no_plan_is_said_to_be_none(network: Network, document: Any) -> None:  # noqa: ANN401 - any JSON
    with pytest.raises(BadInput, match="This is not a cordon plan"):
        check_cordon(network, document)


@pytest.mark.parametrize("part", ["question", "barriers", "certificate", "barrier_cost", "enclosed", "bound"])
def test_a_plan_without_one_of_its_parts_is_said_to_be_damaged(network: Network, plan: dict[str, Any], part: str) -> None:
    del plan[part]
    with pytest.raises(BadInput, match=rf"damaged or was made on another network \(KeyError\('{part}'\)\)"):
        check_cordon(network, plan)


@pytest.mark.parametrize("rule", [0, 3, "2"])
def test_a_plan_whose_prices_follow_a_rule_of_another_version_is_left_to_that(
    network: Network, plan: dict[str, Any], rule: object
) -> None:
    plan["certificate"]["price_rule"] = rule
    with pytest.raises(BadInput, match=f"by rule {rule}, which this version does not know"):
        check_cordon(network, plan)
