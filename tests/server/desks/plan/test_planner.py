"""Plans on the drawn town and on Wellington."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clearway.demo.wellington import bundled_json
from clearway.network.geometry import point_at
from clearway.server.city import city_from
from clearway.server.contract import StationCollection
from clearway.server.desks.plan.desk import planner_of, scenario_of
from clearway.server.desks.plan.models import ClosureQuestion, PlanAnswer, PlanQuestion
from clearway.server.networks import ServedNetwork, served_network
from serving import SOUTH, STEP, WEST, square

if TYPE_CHECKING:
    import httpx

    from clearway.network.model import Network

PLAN = "/api/networks/drawn-town/plan"


@pytest.fixture(scope="module")
def parliament(wellington: Network) -> ServedNetwork:
    site, stations = bundled_json("site.geojson"), bundled_json("stations.geojson")
    return served_network(wellington, city_from(wellington, name="Parliament", site=site, stations=stations))


def changed(question: PlanQuestion, **changes: object) -> PlanQuestion:
    return PlanQuestion.model_validate(question.model_dump() | changes)


def closed(way: int, *classes: str) -> list[dict[str, object]]:
    return [ClosureQuestion.model_validate({"way": way, "shuts": list(classes) or ["emergency", "general"]}).model_dump()]


@pytest.mark.slow
def test_the_towns_site_is_closed_by_four_barriers_and_everybody_is_still_reached(
    client: httpx.Client, town: ServedNetwork
) -> None:
    question = client.get("/api/networks/drawn-town").json()["scenario"]["question"] | {"occupied_shuts": []}
    answer = PlanAnswer.model_validate(client.post(PLAN, json=question).json())
    assert answer.cordon is not None
    assert answer.access is not None
    assert [barrier.number for barrier in answer.cordon.barriers] == [1, 2, 3, 4]
    assert answer.cordon.optimal
    assert answer.cordon.bound == answer.cordon.cost
    assert len(answer.seconds_before) == len(answer.seconds_after) == town.network.address_count
    assert answer.seconds_before == answer.seconds_after
    assert -1 not in answer.seconds_after
    assert answer.summary[0] == (
        "Four barriers at four corners (Third Street and Third Avenue) close the site to vehicles; no cheaper cordon exists."
    )
    assert "every one of them is reached" in answer.summary[1]
    assert answer.summary[2] == "Fire still reaches every frontage point that it reached before."


def test_times_are_those_of_a_drive_computed_by_hand(town: ServedNetwork) -> None:
    answer = town.desk(planner_of).plan(scenario_of(town).question)
    # the station stands a quarter of the first block along; the block's last address is 17 m short of its end
    network = town.network
    address = int((network.address_way == 0).nonzero()[0][-1])
    metres = float(network.address_offset_m[address]) - float(network.way_length_m[0]) / 4
    assert answer.seconds_before[address] == pytest.approx(metres / (50 * 1.2 / 3.6), abs=1)


def test_a_street_closed_to_help_is_not_reached_and_one_closed_to_others_is(town: ServedNetwork) -> None:
    network = town.network
    own = (network.address_way == 8).nonzero()[0].tolist()
    question = changed(scenario_of(town).question, occupied_shuts=[])
    shut = town.desk(planner_of).plan(changed(question, closures=closed(8)))
    assert {shut.seconds_after[address] for address in own} == {-1}
    assert f"no longer reaches {len(own)} frontage points" in " ".join(shut.summary)
    assert shut.access is not None
    assert shut.access.worst[0].seconds_after is None
    passed = town.desk(planner_of).plan(changed(question, closures=closed(8, "general")))
    assert passed.seconds_after == passed.seconds_before


def test_a_closure_at_a_point_lets_help_come_from_both_sides(town: ServedNetwork) -> None:
    spot = closed(8)[0] | {"at_m": 100.0}
    answer = town.desk(planner_of).plan(changed(scenario_of(town).question, closures=[spot], occupied_shuts=[]))
    assert -1 not in answer.seconds_after
    assert max(answer.seconds_after) >= max(answer.seconds_before)


def test_help_does_not_drive_along_occupied_streets_unless_a_lane_is_said_to_be_free(town: ServedNetwork) -> None:
    only = changed(scenario_of(town).question, site=None, stretches=[11])
    held = town.desk(planner_of).plan(only)
    own = (town.network.address_way == 11).nonzero()[0].tolist()
    assert [address for address, seconds in enumerate(held.seconds_after) if seconds < 0] == own
    assert held.summary[0] == f"Fire no longer reaches {len(own)} frontage points on Third Street."
    assert held.summary[-2:] == [
        "Assumed: vehicles stand on the occupied streets (Third Street), so help does not drive along them.",
        f"With a lane kept free along them, fire would reach {len(own)} frontage points more.",
    ]
    kept = town.desk(planner_of).plan(changed(only, occupied_shuts=[]))
    assert kept.seconds_after == kept.seconds_before
    assert kept.summary[-2] == "Assumed: a lane is free for help along the occupied streets (Third Street)."
    assert kept.summary[-1].startswith(f"If vehicles stand on them, fire would no longer reach {len(own)} frontage points")
    for answer, shut in ((held, True), (kept, False)):
        assert answer.access is not None
        occupied = answer.access.occupied
        assert occupied is not None
        assert (occupied.shut_to_help, occupied.streets, occupied.way_indexes) == (shut, ("Third Street",), (11,))
        assert [change.address for change in occupied.changes if change.seconds_full is None] == own
        by_hand = {
            address
            for address in range(town.network.address_count)
            if held.seconds_after[address] != kept.seconds_after[address]
        }
        assert by_hand <= {change.address for change in occupied.changes}
        assert occupied.change_count == len(occupied.changes)


def test_streets_on_the_ground_that_is_held_are_occupied_as_far_as_the_outline(town: ServedNetwork) -> None:
    answer = town.desk(planner_of).plan(scenario_of(town).question)
    network = town.network
    lost = {address for address, seconds in enumerate(answer.seconds_after) if seconds < 0}
    west, south, east, north = WEST + 1.7 * STEP, SOUTH + 1.7 * STEP, WEST + 2.3 * STEP, SOUTH + 2.3 * STEP
    inside = (network.address_lon > west) & (network.address_lon < east)
    inside &= (network.address_lat > south) & (network.address_lat < north)
    assert lost == set(inside.nonzero()[0].tolist())
    assert answer.access is not None
    assert answer.access.occupied is not None
    assert answer.access.occupied.streets == ("Third Street", "Third Avenue")


def test_a_plan_without_occupied_streets_assumes_nothing_of_them(town: ServedNetwork) -> None:
    answer = town.desk(planner_of).plan(changed(scenario_of(town).question, site=None))
    assert answer.access is not None
    assert answer.access.occupied is None
    assert not any("Assumed" in sentence for sentence in answer.summary)


def test_a_network_names_its_classes_of_street_with_their_usual_costs(client: httpx.Client) -> None:
    classes = client.get("/api/networks/drawn-town").json()["street_classes"]
    usual = {row["name"]: row["points"] for row in classes}
    assert (usual["residential"], usual["primary"], usual["motorway"]) == (5, 12, None)


def test_without_a_site_or_a_station_the_answer_says_what_to_do(town: ServedNetwork) -> None:
    nobody = StationCollection(type="FeatureCollection", features=[])
    answer = town.desk(planner_of).plan(PlanQuestion(site=None, stations=nobody))
    assert answer.cordon is None
    assert answer.access is None
    assert set(answer.seconds_after) == {-1}
    assert "Draw the ground" in answer.summary[0]
    assert "Add a fire or ambulance station" in answer.summary[1]


def test_the_same_question_has_the_same_answer_at_once(town: ServedNetwork) -> None:
    question = changed(scenario_of(town).question, site=square(3, 3))
    assert town.desk(planner_of).plan(question) is town.desk(planner_of).plan(changed(question))


@pytest.mark.slow
def test_parliament_is_closed_with_proof_and_every_frontage_inside_is_reached(parliament: ServedNetwork) -> None:
    answer = parliament.desk(planner_of).plan(scenario_of(parliament).question)
    assert answer.cordon is not None
    assert answer.access is not None
    assert answer.cordon.optimal
    assert 4 <= len(answer.cordon.barriers) <= 15
    assert 5 <= answer.cordon.barrier_count <= 20
    closed_streets = " ".join(barrier.street for barrier in answer.cordon.barriers)
    assert "Hill St" in closed_streets
    assert "Bowen St" in closed_streets
    assert "Lambton Quay" in answer.summary[0]
    # each service has one station, so all of its addresses depend on the street that it stands on
    assert answer.access.two_approaches == 0
    assert [one.service for one in answer.access.services] == ["fire", "ambulance"]
    assert answer.access.after.reached == min(one.after.reached for one in answer.access.services)
    assert answer.access.before.reached - answer.access.after.reached == 44
    assert len({worst.way for worst in answer.access.worst}) == len(answer.access.worst)


def test_each_point_of_the_frontier_can_be_asked_for(town: ServedNetwork) -> None:
    first = town.desk(planner_of).plan(scenario_of(town).question).cordon
    assert first is not None
    assert len(first.frontier) >= 2
    assert [point.addresses for point in first.frontier] == sorted({point.addresses for point in first.frontier}, reverse=True)
    for point in first.frontier:
        cordon = town.desk(planner_of).plan(changed(scenario_of(town).question, address_cost=point.address_cost)).cordon
        assert cordon is not None
        assert (cordon.enclosed.addresses, len(cordon.barriers)) == (point.addresses, point.places)
        assert cordon.barrier_cost == point.barrier_cost


@pytest.mark.slow
def test_a_pinned_barrier_stands_and_a_forbidden_one_does_not(parliament: ServedNetwork) -> None:
    free = parliament.desk(planner_of).plan(scenario_of(parliament).question).cordon
    assert free is not None
    chosen = free.barriers[0]
    spot = {"lon": chosen.lon, "lat": chosen.lat}
    without = parliament.desk(planner_of).plan(changed(scenario_of(parliament).question, never=[spot])).cordon
    assert without is not None
    assert without.cost >= free.cost
    assert all((barrier.lon, barrier.lat) != (chosen.lon, chosen.lat) for barrier in without.barriers)
    pinned = parliament.desk(planner_of).plan(changed(scenario_of(parliament).question, pins=[spot])).cordon
    assert pinned is not None
    assert pinned.cost == free.cost


def test_a_bar_lies_across_its_street(parliament: ServedNetwork) -> None:
    cordon = parliament.desk(planner_of).plan(scenario_of(parliament).question).cordon
    assert cordon is not None
    for barrier in cordon.barriers:
        for way, at_m, line in zip(barrier.way_indexes, barrier.at_m, barrier.lines, strict=True):
            lon, lat = point_at(parliament.network.geometry(way), at_m)
            middle = [sum(point[axis] for point in line) / len(line) for axis in (0, 1)]
            assert middle == pytest.approx([lon, lat], abs=2e-6)


def test_seconds_at_a_barrier_are_in_the_times_of_those_behind_it(town: ServedNetwork) -> None:
    planner, question = town.desk(planner_of), scenario_of(town).question
    free, slow = planner.plan(question), planner.plan(changed(question, gate_s=40.0))
    waits = {after - before for before, after in zip(free.seconds_after, slow.seconds_after, strict=True)}
    assert {0, 40} <= waits
    assert max(waits) == 40  # some go round, and lose less
    assert free.seconds_before == slow.seconds_before
    assert free.access is not None
    assert slow.access is not None
    assert free.access.after.reached == slow.access.after.reached


def test_a_vehicle_of_a_services_own_size_is_asked_for_by_name(client: httpx.Client, town: ServedNetwork) -> None:
    question = client.get("/api/networks/drawn-town").json()["scenario"]["question"]
    said = client.post(PLAN, json=question | {"vehicles": [{"service": "fire", "height_m": 3.6}]}).json()
    assert said["access"]["services"][0]["vehicle"]["height_m"] == 3.6
    assert said["access"]["services"][0]["vehicle"]["weight_t"] == 16
    refused = client.post(PLAN, json=question | {"vehicles": [{"service": "volcano", "height_m": 3.6}]})
    assert refused.status_code == 422
    assert "Unknown service: volcano. Known: fire, ambulance, police" in refused.text
    assert client.post(PLAN, json=question | {"vehicles": [{"service": "fire", "height_m": 0}]}).status_code == 422
    assert town.network.way_count


ADDRESS = "/api/networks/drawn-town/address"


def scenario(client: httpx.Client) -> dict[str, object]:
    found: dict[str, object] = client.get("/api/networks/drawn-town").json()["scenario"]["question"]
    return found


def test_the_proof_of_an_address_takes_as_long_as_the_plan_says_and_its_legs_add_up(client: httpx.Client) -> None:
    question = scenario(client)
    seconds = client.post(PLAN, json=question).json()["seconds_after"]
    for address in (0, len(seconds) // 2, len(seconds) - 1):
        proof = client.post(ADDRESS, json={"question": question, "address": address}).json()
        (fire,) = proof["services"]
        assert seconds[address] - 1 < fire["after"]["seconds"] <= seconds[address]
        driven = sum(leg["seconds"] for leg in fire["after"]["legs"])
        assert driven + fire["after"]["turnout_seconds"] == pytest.approx(fire["after"]["seconds"], abs=0.01)
        assert "The plan's barriers are opened for help at once." in proof["rests_on"]


def test_the_proof_says_which_closure_cuts_an_address_off(client: httpx.Client, town: ServedNetwork) -> None:
    network = town.network
    way = int(network.address_way[0])
    shut = [{"way": way, "label": "sinkhole"}]
    proof = client.post(ADDRESS, json={"question": scenario(client) | {"closures": shut}, "address": 0}).json()
    (fire,) = proof["services"]
    assert fire["after"] is None
    assert fire["cut_off_by"] == ["sinkhole"]
    assert fire["says"][0].startswith("Fire no longer gets here; without closures it takes")


def test_what_a_closure_by_hand_and_an_occupied_street_are_taken_for_is_said(client: httpx.Client, town: ServedNetwork) -> None:
    way = int(town.network.address_way[0])
    shut = [{"way": way, "shuts": ["general"]}]
    question = scenario(client) | {"closures": shut, "stretches": [way], "gate_s": 90}
    proof = client.post(ADDRESS, json={"question": question, "address": 0}).json()
    assert "Help is taken to pass one stretch of street closed by hand." in proof["rests_on"]
    assert "The plan's barriers are opened for help after 1 min 30 s." in proof["rests_on"]
    streets = "First Street, Third Street and Third Avenue"
    assert proof["services"][0]["after"] is None
    assert proof["assumed"] == [
        f"Assumed: vehicles stand on the occupied streets ({streets}), so help does not drive along them.",
        "With a lane kept free there, fire would be here in 1 min 30 s.",
    ]
    question["occupied_shuts"] = []
    proof = client.post(ADDRESS, json={"question": question, "address": 0}).json()
    assert proof["assumed"] == [
        f"Assumed: a lane is free for help along the occupied streets ({streets}).",
        "If they are full of parked vehicles, fire would not get here.",
    ]


def test_an_address_that_is_not_there_is_refused(client: httpx.Client, town: ServedNetwork) -> None:
    asked = {"question": scenario(client), "address": town.network.address_count}
    refused = client.post(ADDRESS, json=asked)
    assert refused.status_code == 404
    assert "run from 0 to" in refused.json()["error"]["message"]


def test_whom_help_no_longer_reaches_is_said_before_the_cordon(client: httpx.Client, town: ServedNetwork) -> None:
    way = int(town.network.address_way[0])
    question = scenario(client) | {"closures": closed(way)}
    summary = client.post(PLAN, json=question).json()["summary"]
    assert summary[0].startswith("Fire no longer reaches")
    assert any("close the site" in sentence for sentence in summary[1:])
