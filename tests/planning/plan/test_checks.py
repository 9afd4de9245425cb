"""What must hold before anybody signs: each check holds for a plan that is right and fails for one spoilt thing, saying why."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
import shapely

from clearway.planning.access.planner.services import Service, Staffed
from clearway.planning.access.planner.stations import Station
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.plan.checks import CONTINGENCIES, CheckGround, check_plan
from clearway.planning.plan.jurisdiction import read_jurisdiction
from clearway.planning.plan.works import Work
from plan_rings import DAYS, RING

if TYPE_CHECKING:
    from clearway.planning.plan.contract import Check
    from plan_rings import Plans

FOOT = {"who": "people on foot", "may": "enter_and_leave"}
HELP = {"who": "emergency services", "may": "enter_and_leave"}
BARRIERS = [
    {"id": f"B{number}", "place": where, "opens": "staffed" if number in (1, 4) else "machine"}
    for number, where in enumerate(RING, 1)
]
RIGHT: dict[str, Any] = {
    "organiser": "seven groups",
    "attendance": "about 300",
    "starts": "day 14 03:30",
    "ends": "day 14 15:00",
    "barriers": BARRIERS,
    "passages": [FOOT, HELP],
    "routes": [{"id": "R1", "purpose": "emergency", "along": "Row 4"}],
    "handover": [{"id": "H1", "place": "Col 4 at Row 4"}],
    "posts": [{"id": "P1", "place": RING[0], "staff": 4}],
    "stages": [{"phase": "hold", "starts": "day 14 03:30", "ends": "day 14 15:00"}],
    "contacts": [{"office": "duty officer, Council", "task": "closures", "reach": "channel 4"}],
    "powers": [{"row": "council_disorder", "by": "council", "instrument": "Local Government Act 1974"}],
    "contingencies": [{"case": case, "action": "call the duty officer"} for case in CONTINGENCIES],
}
"""A plan of which every check holds."""
KEPT = {"id": "K", "purpose": "kept_free", "along": "Row 3"}
POWER = {"row": "council_event_1965", "by": "council", "instrument": "Regulations of 1965"}
NIGHT = {"starts": "2022-04-02 22:00", "ends": "2022-04-03 05:00"}
"""The one on which clocks go back in New Zealand."""


@pytest.fixture(scope="module")
def ground(grid: Gazetteer) -> CheckGround:
    """A fire station at the corner of Row 1 and Col 1, in the grid."""
    spot = grid.of(grid.meant(_corner("Row 1", "Col 1"))).spot
    assert spot is not None
    stations = (Station("Grid", "fire_station", *spot),)
    service = Service(name="fire", station_kinds=("fire_station",), vehicle_class="emergency", within_s=480, to_hospital=True)
    return CheckGround(
        gazetteer=grid,
        zone=DAYS.zone,
        jurisdiction=read_jurisdiction(),
        now=DAYS.moment("day 1"),
        services=(Staffed(service, stations),),
        works=(),
        hospitals=(Station("Clinic", "hospital", *spot),),
    )


def _corner(one: str, other: str) -> Any:  # noqa: ANN401 - a place
    from clearway.record.place_text import place_of_text  # noqa: PLC0415

    return place_of_text(f"{one} at {other}")


def found(plans: Plans, ground: CheckGround, **changes: object) -> dict[str, Check]:
    checked = check_plan(plans(**(RIGHT | changes)), ground)
    assert checked.ok is all(one.ok for one in checked.checks)
    return {one.name: one for one in checked.checks}


def test_of_a_plan_that_is_right_every_check_holds_and_names_by_what_it_was_found(plans: Plans, ground: CheckGround) -> None:
    checked = check_plan(plans(**RIGHT), ground)
    assert [(one.name, one.why) for one in checked.checks if not one.ok] == []
    assert checked.ok
    assert checked.gaps == ()
    assert all(one.source and one.why for one in checked.checks)
    assert checked.summary == (f"All {len(checked.checks)} checks hold.",)
    assert checked.at == DAYS.moment("day 14 03:30")


def without(number: int) -> list[dict[str, str]]:
    return [one for one in BARRIERS if one["id"] != f"B{number}"]


@pytest.mark.parametrize(
    ("changes", "name", "why"),
    [
        ({"barriers": without(2)}, "seal", "A way in is open: "),
        ({"barriers": []}, "seal", "The plan has no barriers."),
        (
            {"barriers": [*BARRIERS, {"id": "X", "place": "Nowhere Street at Col 1"}]},
            "seal",
            "X: it stands nowhere on this map.",
        ),
        (
            {"barriers": [*BARRIERS, {"id": "X", "place": "Nowhere Street at Col 1"}]},
            "emergency_certificate",
            "Not computed: X",
        ),
        ({"passages": [FOOT]}, "emergency_certificate", "Help no longer reaches "),
        ({"passages": [FOOT, HELP | {"gates": "B1"}]}, "reached_from_two_sides", "With B1 blocked, help no longer reaches "),
        ({"passages": [FOOT]}, "reached_from_two_sides", "No gate lets help through"),
        ({"routes": []}, "named_routes", "The plan names no emergency route."),
        (
            {"routes": [{"id": "R", "purpose": "walking", "along": "Row 4"}]},
            "named_routes",
            "The plan names no emergency route.",
        ),
        ({"routes": [{"id": "R", "purpose": "emergency", "along": "Row 3"}]}, "named_routes", "R is shut at B2 and B7."),
        ({"routes": [{"id": "R", "purpose": "emergency", "along": "Row 9"}]}, "named_routes", "R: This map has no "),
        (
            {"routes": [{"id": "R", "purpose": "emergency", "along": "Row 4", "width_m": 4}]},
            "named_routes",
            "which no map tells",
        ),
        ({"routes": [*RIGHT["routes"], KEPT]}, "named_routes", "K is shut at B2 and B7."),
        ({"routes": [KEPT]}, "named_routes", "The plan names no emergency route."),
        ({"handover": []}, "casualty_handover", "The plan has no casualty handover point."),
        ({"handover": [{"id": "H", "place": "Row 4"}]}, "casualty_handover", "H: Somewhere on Row 4."),
        (
            {"contingencies": [one | {"action": "To be filled in."} for one in RIGHT["contingencies"]]},
            "contingencies",
            "Nothing is said for: vehicle enters, medical case inside",
        ),
        (
            {
                "contacts": [RIGHT["contacts"][0] | {"reach": "to be filled in"}],
                "posts": [{"id": "P", "place": "Where?", "staff": 2}],
            },
            "required_fields",
            "2 gaps: staff, by post (1 to be filled in); offices and how they are reached on the day (1 to be",
        ),
        (
            {"passages": [FOOT, HELP, {"who": "ambulance", "may": "not_pass"}]},
            "rules_agree",
            "B1: Rules contradict each other:",
        ),
        ({"passages": [FOOT, HELP | {"gates": "B4"}]}, "help_passes_every_gate", "B1: No rule says whether emergency services"),
        ({"passages": [FOOT | {"may": "leave"}, HELP]}, "people_on_foot_pass_every_gate", "B1: People on foot may go out."),
        (
            {"passages": [FOOT | {"may": "enter"}, HELP]},
            "people_on_foot_pass_every_gate",
            "No rule says whether they may go out.",
        ),
        ({"passages": [FOOT | {"ends": "day 14 9:00"}, HELP]}, "people_on_foot_pass_every_gate", "B1: No rule says whether"),
        ({"powers": []}, "power_named", "The plan names no power"),
        ({"powers": [POWER | {"row": "nowhere"}]}, "power_named", "The jurisdiction file has no row nowhere."),
        ({"powers": [POWER], "ends": "day 14 16:00"}, "hours_in_24", "closed 12.5 h in some 24 hours; the limit is 12 h."),
        ({"powers": [POWER], "starts": "day 2"}, "notice", "It starts in 0.0 days; public notice takes 42 days."),
        ({"contingencies": RIGHT["contingencies"][1:]}, "contingencies", "Nothing is said for: vehicle enters."),
        (
            {"starts": "2022-04-02 22:00", "ends": "2022-04-03 05:00", "stages": RIGHT["stages"]},
            "clock_change",
            "8 h pass, 7 h by",
        ),
        ({"stages": [{"phase": "hold"} | NIGHT]}, "clock_change", "Clocks change during the stage hold, "),
        ({"posts": [RIGHT["posts"][0] | NIGHT]}, "clock_change", "Clocks change during P1, "),
        ({"barriers": [BARRIERS[0] | NIGHT, *BARRIERS[1:]]}, "clock_change", "Clocks change during B1, "),
        ({"passages": [FOOT | NIGHT, FOOT, HELP]}, "clock_change", "Clocks change during the rule for people on foot, "),
        ({"organiser": None, "posts": []}, "required_fields", "2 gaps: the organiser of the event; staff, by post."),
    ],
)
def test_one_spoilt_thing_fails_its_check_and_says_why(
    plans: Plans, ground: CheckGround, changes: dict[str, object], name: str, why: str
) -> None:
    check = found(plans, ground, **changes)[name]
    assert check.ok is False
    assert why in check.why


def test_what_could_not_be_checked_fails_and_says_so(plans: Plans, ground: CheckGround) -> None:
    blind = replace(ground, services=(), works=None, zone=ZoneInfo("UTC"))
    checks = found(plans, blind)
    assert (checks["emergency_certificate"].ok, checks["emergency_certificate"].why) == (
        False, "No station is known. Give some.",
    )  # fmt: skip
    assert (checks["other_works"].ok, checks["other_works"].why[:12]) == (False, "Not checked:")
    assert checks["other_works"].source == "nobody"
    assert (checks["clock_change"].ok, checks["clock_change"].why[:12]) == (False, "Not checked:")


def test_whom_nobody_reaches_even_without_the_plan_is_not_counted_as_reached(plans: Plans, ground: CheckGround) -> None:
    network = ground.gazetteer.network
    way = int(network.address_way[-1])
    permit = network.arc_permit.copy()
    permit[[2 * way, 2 * way + 1]] = 0
    blind = replace(ground, gazetteer=Gazetteer(replace(network, arc_permit=permit)))
    shut, every = int((network.address_way == way).sum()), network.address_count
    said = found(plans, blind)["emergency_certificate"].why
    assert shut > 0
    assert said == f"The checker accepts it: {every - shut:,} of {every:,} are reached, and all that were before."


@pytest.mark.parametrize(("metres", "hours", "ok"), [(0, 0, False), (1000, 0, True), (0, 12, True)])
def test_a_work_near_by_at_the_same_time_is_named(
    plans: Plans, ground: CheckGround, grid: Gazetteer, metres: float, hours: float, *, ok: bool
) -> None:
    spot = grid.of(grid.meant(_corner("Col 3", "Row 4, south side"))).spot
    assert spot is not None
    starts = DAYS.moment("day 14 03:30") + timedelta(hours=hours)
    work = Work("Gas main", starts, starts + timedelta(hours=2), shapely.Point(spot[0], spot[1] - metres / 111_195.0))
    check = {one.name: one for one in check_plan(plans(**RIGHT), replace(ground, works=(work,))).checks}["other_works"]
    assert check.ok is ok
    said = "None of 1 work or event is near at the same time." if ok else "Gas main ("
    assert check.why.startswith(said)


def test_without_a_site_no_ring_is_claimed(plans: Plans, ground: CheckGround) -> None:
    plan = plans(**RIGHT).model_copy(update={"site": (), "occupied": ()})
    check = next(one for one in check_plan(plan, ground).checks if one.name == "seal")
    assert (check.ok, check.why) == (False, "The plan has no site, so no ring was checked.")


def test_a_gate_into_a_street_that_is_occupied_is_named(plans: Plans, ground: CheckGround, grid: Gazetteer) -> None:
    network = grid.network
    way = next(one for one in range(network.way_count) if network.street(one) == "Col 3")
    street = grid.streets.called("Col 3")
    assert street is not None
    lines = tuple(tuple((float(lon), float(lat)) for lon, lat in network.geometry(int(way))) for way in street.ways)
    plan = plans(**RIGHT).model_copy(update={"occupied": lines})
    check = next(one for one in check_plan(plan, ground).checks if one.name == "gates_lead_in")
    assert (check.ok, check.why) == (False, "B1 and B4 would let people into a street that is occupied.")
    assert way in street.ways


@pytest.mark.parametrize(("metres", "ok"), [(-5.5, False), (40.0, True)])
def test_a_gate_up_to_a_barrier_and_no_farther_is_named(
    plans: Plans, ground: CheckGround, grid: Gazetteer, metres: float, *, ok: bool
) -> None:
    """B1 stands on Col 3, 8 m south of Row 4, the next address 2 m farther: a block beyond that has one before it."""
    spot = grid.of(grid.meant(_corner("Col 3", "Row 4, south side"))).spot
    assert spot is not None
    block = {"id": "X", "place": {"type": "point", "at": [spot[0], spot[1] - metres / 111_195.0]}}
    check = found(plans, ground, barriers=[*BARRIERS, block])["gates_lead_in"]
    assert check.ok is ok
    if not ok:
        assert check.why.startswith("B1 leads into a street that X shuts ")
        assert check.why.endswith(" m on, with no address between.")


def test_it_is_checked_when_most_barriers_stand_or_when_it_is_asked_for(plans: Plans, ground: CheckGround) -> None:
    late = [one | {"starts": "day 14 06:00"} if one["id"] == "B2" else one for one in BARRIERS]
    plan = plans(**(RIGHT | {"barriers": late}))
    checked = check_plan(plan, ground)
    assert (checked.at, checked.checks[0].ok) == (DAYS.moment("day 14 06:00"), True)
    early = check_plan(plan, ground, DAYS.moment("day 14 05:59"))
    assert (early.checks[0].name, early.checks[0].ok) == ("seal", False)


def test_what_is_known_of_other_checks_changes_no_answer(plans: Plans, ground: CheckGround) -> None:
    spoilt = (RIGHT, RIGHT | {"barriers": without(2)}, RIGHT | {"passages": [FOOT]}, RIGHT | {"barriers": without(5)}, RIGHT)
    for one in spoilt:
        plan = plans(**one)
        assert check_plan(plan, ground) == check_plan(plan, replace(ground, known=None)), one
