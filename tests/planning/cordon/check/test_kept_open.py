"""A street that is to stay open: the checker follows it from outside, past the barriers as they stand."""

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

DEAR, BUS, BACK, CHEAP, YARD, ISLAND = range(6)
OPEN = "Every street that is to stay open can be reached from outside."


@pytest.fixture(scope="module")
def network() -> Network:
    """Site, Dear Street, Bus Street with a lane behind it, Cheap Lane, outside; a yard behind the site; an island."""
    town = Town()
    town.street((0, 0), (100, 0), name="Dear Street", street_class="primary")
    town.street((100, 0), (200, 0), name="Bus Street")
    town.street((200, 0), (200, 100))
    town.corner(300, 0, edge=True)
    town.street((200, 0), (300, 0), name="Cheap Lane", street_class="service")
    town.street((0, 0), (-100, 0), name="Yard")
    town.street((-300, 0), (-400, 0), name="Island Road")
    return town.network()


def planned(network: Network, *kept_open: int) -> dict[str, Any]:
    asked = CordonQuestion(site=square(0, 0, 15), radius_m=5000, frontier=False, keep_open=kept_open)
    return plan_cordon(network, asked).as_json()


def said_of(network: Network, *kept_open: int, called_open: tuple[int, ...] = ()) -> list[str]:
    """What the checker says against a true plan that is made to say that other streets are to stay open."""
    document = planned(network, *called_open)
    document["question"]["keep_open"] = list(kept_open)
    return [said for said in check_cordon(network, document)[1] if "is to stay open" in said]


def test_a_plan_that_keeps_a_street_open_is_accepted_and_says_so(network: Network) -> None:
    holds, fails = check_cordon(network, planned(network, BUS))
    assert (holds[1], len(holds), fails) == (OPEN, 4, [])
    assert OPEN not in check_cordon(network, planned(network))[0]


def test_a_street_that_is_to_stay_open_and_is_cut_off_is_refused(network: Network) -> None:
    assert said_of(network, BUS) == ["Bus Street is to stay open; the barriers cut it off from outside."]
    assert said_of(network, BUS, BACK) == [
        "Bus Street is to stay open; the barriers cut it off from outside.",
        "An unnamed street (way 2) is to stay open; the barriers cut it off from outside.",
    ]
    assert said_of(network, BUS, BACK, called_open=(BUS,)) == []


def test_a_barrier_on_a_street_that_is_to_stay_open_is_refused(network: Network) -> None:
    assert said_of(network, CHEAP) == ["Cheap Lane is to stay open; a barrier stands on it."]
    assert said_of(network, DEAR, called_open=(BUS,)) == ["Dear Street is to stay open; a barrier stands on it."]


def test_a_street_that_was_only_reached_through_the_site_is_cut_off(network: Network) -> None:
    assert len(said_of(network, YARD)) == 1


def test_a_street_that_nobody_reached_before_is_not_cut_off_by_the_barriers(network: Network) -> None:
    assert said_of(network, ISLAND) == []


@pytest.mark.parametrize("way", [-1, 6])
def test_a_street_to_be_kept_open_that_is_not_in_the_network_is_said_to_be_damage(network: Network, way: int) -> None:
    document = planned(network)
    document["question"]["keep_open"] = [way]
    with pytest.raises(BadInput, match="damaged or was made on another network"):
        check_cordon(network, document)
