"""What one unit more of each input would change, and who shuts a hole soonest, worked out by hand on the grid.

At 6 km/h, 100 m a minute, B6 and B7 are 107.5 m from the depot, 2 min, and 115 m apart, 2 min again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clearway.planning.cordon.planner.steps import Steps
from clearway.planning.plan.stages.changes import what_decides
from clearway.planning.plan.stages.ground import Ground, sites_of
from clearway.planning.plan.stages.repair import with_repairs
from clearway.planning.plan.stages.search import Found, soonest
from clearway.planning.plan.status import plan_status
from plan_rings import DAYS, RING
from random_stages import barriers, means

if TYPE_CHECKING:
    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.plan.contract import Repair
    from clearway.planning.plan.stages.means import Means
    from plan_rings import Plans, Reports

DEPOT = [10.0, 0.0017986]
TEN, LATER = "day 14 10:00", "day 14 10:01"


WORDS = {
    "minutes for a piece of concrete block": "one minute less for each piece of concrete block",
    "minutes at a place": "one minute less at each place",
    "minutes to load a truck": "one minute less to load a truck",
    "crews": "one crew more",
    "trucks": "one truck more",
    "forklifts": "one forklift more",
    "what a truck carries": "one piece more on each truck",
}
"""What is changed of each input."""


def by_hand(**more: Any) -> Means:  # noqa: ANN401 - any JSON
    """One of each: 3 min to load 4 blocks, 1 min at a place and 5 for each of its two blocks."""
    units = {
        f"{kind}s": [{"id": f"{kind} 1", "depot": "D1", "speed_kmh": 6} | ({"carries": 4} if kind == "truck" else {})]
        for kind in ("crew", "truck", "forklift")
    }
    told: dict[str, Any] = {
        "pieces": {"B6": 2, "B7": 2},
        "place_minutes": 1,
        "load_minutes": 3,
        "rates": [{"structure": "concrete_block", "minutes_each": 5}],
    }
    return means([DEPOT], **(units | told | more))


def changes(plans: Plans, grid: Gazetteer, given: Means, found: Found | None = None) -> dict[str, tuple[int, int, bool]]:
    plan = plans(barriers=barriers([6, 7]))
    ground = Ground(plan, sites_of(plan, "set_up", grid), grid, given)
    found = found or soonest(ground.scene(given), Steps())
    told = what_decides(ground, given, found, Steps(limit_s=20), 0.5)
    assert [one.saves for one in told] == sorted((one.saves for one in told), reverse=True)
    assert {one.input: one.change for one in told}.items() <= WORDS.items()
    return {one.input: (one.minutes, one.saves, one.proven) for one in told}


def test_a_unit_more_a_minute_less_and_a_piece_more_save_what_they_do_by_hand(plans: Plans, grid: Gazetteer) -> None:
    """The stage takes 29 min: 3 to load, 2 + 11 for the first place, 2 + 11 for the second."""
    assert changes(plans, grid, by_hand()) == {
        "minutes for a piece of concrete block": (25, 4, True),
        "minutes at a place": (27, 2, True),
        "minutes to load a truck": (28, 1, True),
        "crews": (29, 0, True),
        "trucks": (29, 0, True),
        "forklifts": (29, 0, True),
        "what a truck carries": (29, 0, True),
    }


@pytest.mark.parametrize(("each", "asked"), [(1, False), (1.5, True)])
def test_a_piece_of_a_minute_takes_no_less(plans: Plans, grid: Gazetteer, each: float, asked: bool) -> None:  # noqa: FBT001
    told = changes(plans, grid, by_hand(rates=[{"structure": "concrete_block", "minutes_each": each}]))
    assert ("minutes for a piece of concrete block" in told) is asked


@pytest.mark.parametrize(
    ("field", "name"), [("place_minutes", "minutes at a place"), ("load_minutes", "minutes to load a truck")]
)
@pytest.mark.parametrize(("minutes", "asked"), [(0, False), (1, True)])
def test_what_takes_no_minute_takes_no_less(
    plans: Plans, grid: Gazetteer, field: str, name: str, minutes: int, asked: bool  # noqa: FBT001
) -> None:  # fmt: skip
    assert (name in changes(plans, grid, by_hand(**{field: minutes}))) is asked


def test_a_saving_is_proven_only_where_both_times_are(plans: Plans, grid: Gazetteer) -> None:
    """With 31 min found and 29 proven no saving is sure; with 27 found, no bound of the other reaches what was found."""
    assert {proven for _, _, proven in changes(plans, grid, by_hand(), Found((), 31, 29, "")).values()} == {False}
    told = changes(plans, grid, by_hand(), Found((), 27, 27, ""))
    assert (told["crews"], told["minutes at a place"]) == ((27, 0, False), (27, 0, True))


def repaired(plans: Plans, grid: Gazetteer, reports: Reports, *said: Any, given: Means | None = None, **fields: Any) -> Repair:  # noqa: ANN401
    """Who shuts B6, which was taken away at ten."""
    plan = plans(barriers=barriers(list(range(1, 9))), **fields)
    told = reports(("barrier_state", {"state": "removed"}, RING[5], TEN), *said, at=TEN)
    status = plan_status(plan, told, DAYS.moment(TEN), grid)
    (found,) = with_repairs(status, plan, given or by_hand(), grid, told).repairs
    return found


def test_the_crew_waits_for_the_truck_that_loads_first(plans: Plans, grid: Gazetteer, reports: Reports) -> None:
    found = repaired(plans, grid, reports)
    assert (found.barrier, found.crew, found.depot, found.drive, found.minutes) == ("B6", "crew 1", "D1", 5, 16)
    assert found.says == (
        "B6: the nearest crew is crew 1 from D1, 2 min away. Everybody is there after 5 min, "
        "and the hole is shut after 16 min, with 2 pieces."
    )


@pytest.mark.parametrize(("ends", "place"), [(None, "Row 2 at Col 1, east side, 1 min"), (TEN, "D1, 2 min")])
def test_a_crew_comes_from_where_the_record_says_that_it_works_until_it_leaves(
    plans: Plans, grid: Gazetteer, reports: Reports, ends: str | None, place: str
) -> None:
    deployed = ("deployment", {"organisation": "Crew 1", "task": "barriers", "ends": ends}, RING[5], TEN)
    found = repaired(plans, grid, reports, deployed)
    assert f"crew 1 from {place} away. Everybody is there after 5 min" in found.says


@pytest.mark.parametrize(
    ("hours", "there"),
    [
        ({}, True),
        ({"starts": TEN}, True),
        ({"starts": "day 14 10:01"}, False),
        ({"ends": TEN}, False),
        ({"ends": "day 14 10:01"}, True),
    ],
)
def test_a_crew_comes_from_its_post_of_the_plan_while_it_stands_there(
    plans: Plans, grid: Gazetteer, reports: Reports, hours: dict[str, str], there: bool  # noqa: FBT001
) -> None:  # fmt: skip
    post = {"id": "P", "place": RING[5], "staff": 2, "task": "crew 1"} | hours
    assert ("crew 1 from Row 2 at Col 1, east side" in repaired(plans, grid, reports, posts=[post]).says) is there


def test_a_truck_drives_to_its_depot_first_wherever_it_works(plans: Plans, grid: Gazetteer, reports: Reports) -> None:
    """2 min to the depot, 3 to load, 2 back."""
    far = ("deployment", {"organisation": "truck 1", "task": "barriers"}, RING[5], TEN)
    assert repaired(plans, grid, reports, far).drive == 7
