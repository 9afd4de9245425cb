"""What the server answers about detours: the drawn town's Third Street shut between two avenues."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clearway.network.classes import MOTOR_CLASSES, class_mask
from clearway.network.closures import Closure
from clearway.planning.cordon.planner.steps import untold
from clearway.planning.plan.detours.finding import Asked, detours
from clearway.server.app import create_app
from clearway.server.city import city_from
from clearway.server.desks.detours.desk import DetourDesk
from clearway.server.desks.detours.models import DetoursJob, DetoursQuestion
from clearway.server.jobs import Stopped
from clearway.server.networks import served_network
from serving import drawn_town, running

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from clearway.server.desks.detours.models import DetoursAnswer
    from clearway.server.networks import ServedNetwork

TOWN = "/api/networks/drawn-town"
SHUT = {"plan": {"closures": [{"way": 12, "label": "Works"}]}}
BETWEEN = "Third Street between Third Avenue and Fourth Avenue"
PLAN = {
    "kind": "plan", "plan": "tmp", "title": "Works", "starts": "2026-02-20T06:00+13:00", "ends": "2026-02-20T20:00+13:00",
    "barriers": [
        {"id": "B1", "place": BETWEEN, "opens": "swing", "starts": "2026-02-20T08:00+13:00", "ends": "2026-02-20T12:00+13:00"},
        {"id": "B2", "place": "Nowhere Road at Third Street"},
    ],
    "passages": [{"who": "everybody", "may": "enter_and_leave", "gates": ["B1"], "starts": "2026-02-20T10:00+13:00"}],
}  # fmt: skip


def town() -> ServedNetwork:
    network = drawn_town()
    return served_network(network, city_from(network, name="Drawn Town"))


@pytest.fixture(scope="module")
def desk() -> DetourDesk:
    return DetourDesk(town())


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with running(create_app([town()])) as opened:
        yield opened


def found(desk: DetourDesk, **question: Any) -> DetoursAnswer:  # noqa: ANN401 - the fields of a question
    return desk.found(DetoursQuestion.model_validate_json(DetoursQuestion.model_validate(question).model_dump_json()), untold)


def asked(client: httpx.Client, question: dict[str, Any]) -> dict[str, Any]:
    job: dict[str, Any] = client.post(f"{TOWN}/detours", json=question).json()
    while job.get("state") in {"waiting", "working"}:
        job = client.get(f"{TOWN}/detours/{job['id']}", params={"seen": job["answers"]}).json()
    return job


def test_a_street_shut_by_hand_has_a_detour_and_warnings(client: httpx.Client) -> None:
    job = DetoursJob.model_validate(asked(client, SHUT))
    assert (job.state, job.error) == ("done", None)
    assert job.answer is not None
    answer = job.answer.detours
    east = next(one for one in answer.general.movements if one.starts_at == "Third Street at Third Avenue")
    assert (east.ends_at, east.closures) == ("Third Street at Fourth Avenue", ("Works",))
    closure = Closure(way=12, shuts=class_mask(MOTOR_CLASSES), label="Works")
    planned = detours(drawn_town(), Asked(closures=(closure,))).general
    assert answer.general.as_json() == planned.as_json()
    assert {warn.street for warn in answer.general.warn} == {"Third Street"}
    assert answer.heavy is None
    assert "How full the detours are is not known: no trips were given." in answer.warnings


def test_a_plan_is_gone_round_at_the_hours_at_which_its_rules_shut_it(desk: DetourDesk) -> None:
    def movements(at: str | None) -> int:
        return len(found(desk, document=PLAN, zone="Pacific/Auckland", at=at).detours.general.movements)

    shut = movements(None)
    assert shut > 0
    hours = {"07:00": 0, "08:00": shut, "09:59": shut, "10:00": 0, "12:00": 0}
    assert {hour: movements(f"2026-02-20T{hour}+13:00") for hour in hours} == hours
    answer = found(desk, document=PLAN, zone="Pacific/Auckland").detours
    assert answer.warnings[0].startswith("Barrier B2 of the plan stands nowhere here: ")
    assert {label for one in answer.general.movements for label in one.closures} == {"B1"}


def test_a_cordon_and_a_plan_are_both_gone_round(desk: DetourDesk) -> None:
    answer = found(desk, document=PLAN, plan={"closures": [{"way": 2, "label": "Works"}]}).detours
    assert {label for one in answer.general.movements for label in one.closures} == {"B1", "Works"}
    nothing = found(desk).detours
    assert nothing.general.movements == ()
    assert "Nothing is shut to general traffic." in nothing.warnings


def test_an_hour_of_traffic_says_how_full_each_leg_is(client: httpx.Client) -> None:
    answer = asked(client, SHUT | {"hour": 8})["answer"]["detours"]
    legs = [leg for one in answer["general"]["movements"] for leg in one["detours"][0]["legs"] if leg["metres"]]
    assert legs
    assert all(leg["load"]["share_of_capacity"] >= 0 for leg in legs)
    assert answer["traffic"].endswith("The hour from 8:00 is assigned.")
    assert all(one["flow_before_per_hour"] is not None for one in answer["general"]["movements"])


def test_an_answer_is_made_once_and_work_on_one_can_be_stopped(desk: DetourDesk) -> None:
    question, heard = DetoursQuestion.model_validate(SHUT), list[tuple[str, float]]()
    first = desk.found(question, lambda doing, share: heard.append((doing, share)))
    shares = [share for _, share in heard]
    assert shares == sorted(shares)
    assert "Finding detours" in dict(heard)
    assert desk.found(question, untold) is first

    def stop(doing: str, _share: float) -> None:
        if doing == "Finding detours":
            raise Stopped

    with pytest.raises(Stopped):
        desk.found(DetoursQuestion.model_validate({"plan": {"closures": [{"way": 11}]}}), stop)


def test_what_is_no_plan_is_refused_in_a_sentence(client: httpx.Client) -> None:
    job = asked(client, {"document": {"plan": "tmp"}})
    assert (job["state"], job["answer"]) == ("failed", None)
    assert "title: it is missing" in job["error"]["message"]
    refused = client.post(f"{TOWN}/detours", json={"at": "2026-02-20T08:00"})
    assert refused.status_code == 422
    assert "at" in refused.json()["error"]["message"]
