"""What the server answers about traffic, on the drawn town."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from clearway.errors import Infeasible
from clearway.network.transit.bus_lines import BusLine
from clearway.server.app import create_app
from clearway.server.desks.plan.desk import planner_of, scenario_of
from clearway.server.desks.plan.models import PlanQuestion
from clearway.server.desks.traffic.desk import DRAWN_PER_HOUR, TrafficDesk, traffic_of
from clearway.server.desks.traffic.models import ImpactAnswer, ImpactJob, ImpactQuestion, VariantsJob, VariantsQuestion
from clearway.server.jobs import Job, JobProgress, Stopped
from clearway.server.sources import TrafficSources
from clearway.server.turns import Claim, Turns
from serving import running

if TYPE_CHECKING:
    import httpx

    from clearway.network.model import Network
    from clearway.server.networks import ServedNetwork

TOWN = "/api/networks/drawn-town"


def asked(client: httpx.Client, kind: str, question: dict[str, Any]) -> dict[str, Any]:
    """Ask, and look until it is over."""
    job: dict[str, Any] = client.post(f"{TOWN}/{kind}", json=question).json()
    seen = job["answer"]
    while job["state"] in ("waiting", "working"):
        job = client.get(f"{TOWN}/{kind}/{job['id']}", params={"seen": job["answers"]}).json()
        seen = job["answer"] or seen
    return job | {"answer": seen}


@pytest.fixture(scope="module")
def plan(town: ServedNetwork) -> dict[str, Any]:
    return scenario_of(town).question.model_dump()


@pytest.fixture(scope="module")
def impact(client: httpx.Client, plan: dict[str, Any]) -> ImpactAnswer:
    job = ImpactJob.model_validate(asked(client, "impact", {"plan": plan, "hour": 8, "draws": 3}))
    assert (job.state, job.error, job.share) == ("done", None, 1.0)
    assert job.answer is not None
    return job.answer


def told_nothing(_doing: str, _share: float) -> None:
    """Nobody listens."""


class Listener(JobProgress[Any]):
    """Notes what is reported; asks to stop at a share."""

    def __init__(self, until: float = 2.0) -> None:
        super().__init__(Job(Claim("somebody", "listening"), lambda _progress: None, Turns(), 60.0))
        self.heard: list[tuple[str, float]] = []
        self.answers: list[Any] = []
        self._until = until

    def __call__(self, doing: str, share: float) -> None:
        self.heard.append((doing, share))
        if share >= self._until:
            raise Stopped

    def first(self, answer: object) -> None:
        self.answers.append(answer)


def test_a_plan_is_answered_with_how_sure_it_is_and_what_the_trips_rest_on(impact: ImpactAnswer) -> None:
    assert impact.hour == 8
    assert impact.barriers == 4
    assert impact.impact.statement.startswith("Synthetic demand for Drawn Town: made by assumption, not measured.")
    assert impact.impact.how_sure.draws == 3
    assert len(impact.impact.how_sure.draw_extra_vehicle_hours) == 3
    drawn = impact.impact.how_sure.trips_lost_per_hour
    assert drawn is not None
    assert drawn.low is not None
    assert drawn.low > 0
    assert impact.burden_vehicle_hours == pytest.approx(
        impact.impact.totals.extra_vehicle_hours + impact.impact.totals.trips_lost_per_hour, abs=0.001
    )


def test_trips_to_the_ground_that_is_closed_off_are_counted_as_cut_off(impact: ImpactAnswer) -> None:
    lost = [one.trips_per_hour for one in impact.impact.lost]
    assert impact.impact.totals.trips_lost_per_hour > 0
    assert sum(lost) <= impact.impact.totals.trips_lost_per_hour + 0.001


def test_lines_are_sent_for_the_ways_that_change_enough_to_be_drawn(impact: ImpactAnswer, town: ServedNetwork) -> None:
    ways = impact.impact.ways
    assert len(ways.way) == len(impact.lines)
    for way, change, line in zip(ways.way, ways.flow_change_per_hour, impact.lines, strict=True):
        if abs(change) < DRAWN_PER_HOUR:
            assert line == []
        else:
            assert line == pytest.approx(town.network.geometry(way), abs=1e-6)
    shut = {way for way, closed in zip(ways.way, ways.shut, strict=True) if closed}
    assert {closure.way for closure in town.desk(planner_of).planned(scenario_of(town).question)[1]} >= shut


def test_the_answer_is_the_models_own(impact: ImpactAnswer, town: ServedNetwork) -> None:
    model = town.desk(traffic_of).model(scenario_of(town).question, told_nothing)
    again = model.impact(town.desk(planner_of).planned(scenario_of(town).question)[1], hour=8, draws=0)
    assert again.totals.extra_vehicle_hours == pytest.approx(impact.impact.totals.extra_vehicle_hours, abs=0.001)
    assert again.totals.trips_lost_per_hour == pytest.approx(impact.impact.totals.trips_lost_per_hour, abs=0.001)


def test_asked_again_the_answer_is_there_at_once(client: httpx.Client, plan: dict[str, Any], impact: ImpactAnswer) -> None:
    job = client.post(f"{TOWN}/impact", json={"plan": plan, "hour": 8, "draws": 3}).json()
    assert job["state"] == "done"
    assert ImpactAnswer.model_validate(job["answer"]) == impact
    same = client.get(f"{TOWN}/impact/{job['id']}", params={"seen": job["answers"]}).json()
    assert same["answer"] is None


def test_a_first_answer_comes_without_draws(town: ServedNetwork) -> None:
    listener = Listener()
    question = ImpactQuestion(plan=scenario_of(town).question, hour=17, draws=2)
    answer = town.desk(traffic_of).impact(question, listener)
    assert [one.impact.how_sure.draws for one in listener.answers] == [0]
    assert answer.impact.how_sure.draws == 2
    shares = [share for _, share in listener.heard]
    assert shares == sorted(shares)
    assert any("Draw 1 of 2" in doing for doing, _ in listener.heard)


def test_work_ends_where_it_is_told_to(town: ServedNetwork) -> None:
    question = ImpactQuestion(plan=scenario_of(town).question, hour=6, draws=2)
    with pytest.raises(Stopped):
        town.desk(traffic_of).impact(question, Listener(until=0.5))


def test_nothing_closed_changes_nothing(client: httpx.Client, plan: dict[str, Any]) -> None:
    question = {"plan": plan | {"site": None, "stretches": []}, "hour": 8, "draws": 0}
    answer = asked(client, "impact", question)["answer"]
    assert answer["barriers"] == 0
    assert answer["impact"]["totals"]["extra_vehicle_hours"] == pytest.approx(0.0, abs=1e-3)
    assert answer["impact"]["streets"] == []


def test_help_starts_from_the_stations_of_the_plan_with_its_own_aim(client: httpx.Client, plan: dict[str, Any]) -> None:
    (station,) = (
        plan["stations"]["features"] if plan["stations"] else client.get(TOWN).json()["scenario"]["stations"]["features"]
    )
    other = station | {"properties": {"name": "Another", "kind": "ambulance_station"}}
    question = plan | {"stations": {"type": "FeatureCollection", "features": [other]}, "within_s": 120}
    (help_,) = asked(client, "impact", {"plan": question, "hour": 8, "draws": 0})["answer"]["impact"]["emergency"]
    assert (help_["service"], help_["stations"], help_["aim_minutes"]) == ("ambulance", ["Another"], 2.0)


def test_bus_lines_that_are_known_are_answered_for(town: ServedNetwork) -> None:
    def lines(network: Network) -> list[BusLine]:
        """Along Third Street from west to east, over the ground that is closed off."""
        named = [way for way in range(network.way_count) if network.street(way) == "Third Street"]
        return [BusLine("3", "Sixth Avenue", 12, np.array([2 * way for way in named]))]

    desk = TrafficDesk(town.network, town.desk(planner_of), town.city.stations, TrafficSources(bus_lines=lines))
    answer = desk.impact(ImpactQuestion(plan=scenario_of(town).question, draws=0), Listener())
    assert answer.impact.buses is not None
    (bus,) = answer.impact.buses
    assert (bus.route, bus.state) == ("3", "way round")
    assert bus.blocked_at == ("Third Street",)


def test_a_plan_that_contradicts_itself_is_refused_with_the_planners_sentence(
    client: httpx.Client, plan: dict[str, Any]
) -> None:
    job = asked(client, "impact", {"plan": plan | {"at_most": 1}, "hour": 8, "draws": 0})
    assert job["state"] == "failed"
    assert job["error"]["kind"] == "Infeasible"
    assert job["answer"] is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"hour": 24}, "'hour' should be less than or equal to 23"),
        ({"draws": -1}, "'draws'"),
        ({"plan": {}}, ""),
        ({"x": 1}, "'x'"),
    ],
)
def test_questions_that_cannot_be_read_are_refused(
    client: httpx.Client, plan: dict[str, Any], change: dict[str, Any], said: str
) -> None:
    answer = client.post(f"{TOWN}/impact", json={"plan": plan, "draws": 0} | change)
    if change == {"plan": {}}:  # every field of a plan has a default
        assert answer.status_code == 200
        return
    assert answer.status_code == 422
    assert said in answer.json()["error"]["message"]


def test_work_that_is_not_known_is_not_found(client: httpx.Client, plan: dict[str, Any]) -> None:
    job = client.post(f"{TOWN}/impact", json={"plan": plan, "draws": 0}).json()
    for method in (client.get, client.delete):
        assert method(f"{TOWN}/variants/{job['id']}").status_code == 404
        assert "Ask for it again" in method(f"{TOWN}/impact/none").json()["error"]["message"]


@pytest.mark.slow
def test_cancelled_work_says_so(town: ServedNetwork, plan: dict[str, Any]) -> None:
    app, opened = create_app([town]), threading.Event()
    with running(app) as client:
        app.state.frame.jobs.start("before it", lambda _progress: opened.wait(60), alone="traffic/drawn-town")
        job = client.post(f"{TOWN}/impact", json={"plan": plan, "hour": 3, "draws": 2}).json()
        assert (job["state"], job["doing"]) == ("waiting", "Waiting for its turn")
        assert client.delete(f"{TOWN}/impact/{job['id']}").json()["state"] == "cancelled"
        opened.set()
        assert client.get(f"{TOWN}/impact/{job['id']}").json()["state"] == "cancelled"
        again = asked(client, "impact", {"plan": plan, "hour": 3, "draws": 0})  # the next question is answered all the same
        assert again["state"] == "done"


def test_variants_are_cordons_with_their_impact_the_smallest_burden_first(client: httpx.Client, plan: dict[str, Any]) -> None:
    job = VariantsJob.model_validate(asked(client, "variants", {"plan": plan, "hour": 8, "count": 6}))
    assert job.answer is not None
    found = job.answer.variants
    assert 2 <= len(found) <= 6
    burdens = [one.burden_vehicle_hours or 0.0 for one in found]
    assert burdens == sorted(burdens)
    assert job.answer.statement.startswith("Synthetic demand")
    assert "20 cars" in job.answer.burden


def test_a_variant_is_had_by_pinning_its_spots(client: httpx.Client, plan: dict[str, Any]) -> None:
    for variant in asked(client, "variants", {"plan": plan, "hour": 8, "count": 4})["answer"]["variants"]:
        taken = client.post(f"{TOWN}/plan", json=plan | {"pins": variant["spots"]}).json()["cordon"]
        assert [spot for barrier in taken["barriers"] for spot in barrier["spots"]] == variant["spots"]
        assert taken["barrier_cost"] == pytest.approx(variant["cost_points"])


def test_what_is_shut_by_hand_is_shut_in_every_variant(town: ServedNetwork) -> None:
    question = scenario_of(town).question.model_copy(update={"stretches": (0,)})
    by_hand = PlanQuestion.model_validate(question.model_dump() | {"closures": [{"way": 40, "shuts": ["general"]}]})
    listener = Listener()
    free = town.desk(traffic_of).variants(VariantsQuestion(plan=question, count=2), listener)
    shut = town.desk(traffic_of).variants(VariantsQuestion(plan=by_hand, count=2), listener)
    assert [one.spots for one in free.variants] == [one.spots for one in shut.variants]
    extra = [sum(one.extra_vehicle_hours or 0.0 for one in answer.variants) for answer in (free, shut)]
    assert extra[1] > extra[0]


def test_there_are_no_variants_of_nothing(town: ServedNetwork) -> None:
    nothing = scenario_of(town).question.model_copy(update={"site": None, "stretches": ()})
    with pytest.raises(Infeasible, match="Draw the ground"):
        town.desk(traffic_of).variants(VariantsQuestion(plan=nothing), Listener())


def test_a_city_is_opened_when_its_traffic_is_first_asked_for(town: ServedNetwork) -> None:
    opened: list[str] = []

    def areas(network: Network) -> None:
        opened.append(network.name)

    desk = TrafficDesk(town.network, town.desk(planner_of), town.city.stations, TrafficSources(areas=areas))
    assert opened == []
    for hour in (8, 9):
        desk.impact(ImpactQuestion(plan=scenario_of(town).question, hour=hour, draws=0), Listener())
    assert opened == ["Drawn Town"]
