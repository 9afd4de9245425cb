"""The answer in words."""

from __future__ import annotations

from types import SimpleNamespace

from clearway.planning.cordon.planner.contract import Cordon, Enclosed
from clearway.server.desks.plan.models import PlanQuestion
from clearway.server.desks.plan.summary import summary

BARRIER = SimpleNamespace(street="Hill Street / Bowen Street / Murphy Street")


def cordon(barriers: int, addresses: int, *, optimal: bool = True) -> Cordon:
    enclosed = Enclosed(addresses=addresses, streets=0, street_names=(), names=(), length_m=0, way_indexes=())
    bare = {"cost": 9.5, "barrier_cost": 9.5, "bound": 9.5 if optimal else 7.25, "optimal": optimal}
    lists: dict[str, list[str]] = {name: [] for name in ("frontier", "alternatives", "checks", "warnings", "excluded")}
    wishes: dict[str, list[str]] = {name: [] for name in ("pinned", "forbidden", "forbidden_streets", "kept_open")}
    corners = min(barriers, 6)
    counts = {"places": corners, "barrier_count": barriers, "corner_count": corners, "mid_block_count": 0}
    whole = Cordon.model_validate({"barriers": [], "enclosed": enclosed, "wishes": wishes} | bare | lists | counts)
    return whole.model_copy(update={"barriers": [BARRIER] * barriers})


def test_one_barrier_and_one_address_are_singular() -> None:
    said = summary(cordon(1, 1), None, PlanQuestion(), inside=[])
    assert (
        said[0]
        == "One barrier at one corner (Hill Street at Bowen Street) closes the site to vehicles; no cheaper cordon exists."
    )
    assert said[1] == "One address lies between barriers and site."


def test_some_classes_are_named_and_a_bound_is_told() -> None:
    said = summary(cordon(13, 0, optimal=False), None, PlanQuestion(shut=["general", "bus"]), inside=[])
    assert said[0] == (
        "13 barriers at six corners (Hill Street at Bowen Street) close the site to general and bus vehicles; "
        "no cordon takes a crew less than 1 h 49 min."
    )
    assert said[1] == "No address lies between barriers and site."


def test_a_site_that_nothing_can_reach_needs_no_barrier() -> None:
    assert "needs no barrier" in summary(cordon(0, 0), None, PlanQuestion(), inside=[])[0]
