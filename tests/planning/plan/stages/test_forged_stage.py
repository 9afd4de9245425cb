"""The checker of a schedule refuses each thing that it says it refuses: true answers, each with one thing spoilt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clearway.planning.cordon.planner.steps import Steps
from clearway.planning.plan.document import plan_of
from clearway.planning.plan.stages.checking import check_stage
from clearway.planning.plan.stages.planning import plan_stage
from clearway.planning.plan.stages.question import StageQuestion
from drawn_towns import place
from plan_rings import DAYS, NOW
from random_stages import WEST, barriers, means, one_way_town

if TYPE_CHECKING:
    from collections.abc import Callable

    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.plan.stages.contract import StagePlan, Task
    from plan_rings import Plans


@pytest.fixture(scope="module")
def question(plans: Plans) -> StageQuestion:
    """Four places, two of each unit, at a walking pace."""
    two = {
        name: [{"id": f"{name[:-1]} {at}", "depot": "D1", "speed_kmh": 6} for at in (1, 2)] for name in ("crews", "forklifts")
    }
    trucks = [{"id": f"truck {at}", "depot": "D1", "speed_kmh": 6, "carries": 3} for at in (1, 2)]
    kit = [{"structure": "concrete_block", "number": 14}, {"structure": "concrete_block", "number": 9, "owner": "missing"}]
    depots = [{"id": "D1", "place": WEST, "kit": kit}]
    pieces = {"B1": 5, "B2": 3, "B5": 2, "B6": 4}
    given = means([WEST], **two, trucks=trucks, depots=depots, pieces=pieces)
    return StageQuestion(plans(barriers=barriers([1, 2, 5, 6])), "set_up", given, changes=False)


@pytest.fixture(scope="module")
def answer(question: StageQuestion, grid: Gazetteer) -> StagePlan:
    """The true one."""
    return plan_stage(question, grid, Steps(limit_s=5))


@pytest.fixture
def refused(question: StageQuestion, grid: Gazetteer, answer: StagePlan) -> Callable[..., set[str]]:
    """Why an answer with some fields changed is refused, in words of the checker's list."""

    def why(**fields: Any) -> set[str]:  # noqa: ANN401 - any field
        return {flaw.kind for flaw in check_stage(answer.model_copy(update=fields), question, grid).flaws}

    return why


def changed(rows: tuple[Any, ...], at: int, **fields: Any) -> tuple[Any, ...]:  # noqa: ANN401 - tasks or legs
    return (*rows[:at], rows[at].model_copy(update=fields), *rows[at + 1 :])


def leg_to(answer: StagePlan, task: Task, unit: str) -> int:
    found = [at for at, leg in enumerate(answer.legs) if leg.unit == unit and leg.end == task.id and leg.arrives <= task.starts]
    return found[-1]


def test_the_true_answer_is_accepted(refused: Callable[..., set[str]], answer: StagePlan) -> None:
    assert refused() == set()
    assert answer.checked


def test_a_place_that_is_left_out_or_done_twice_is_refused(refused: Callable[..., set[str]], answer: StagePlan) -> None:
    assert "place" in refused(tasks=answer.tasks[1:])
    assert "place" in refused(tasks=(*answer.tasks, answer.tasks[0]))
    assert "place" in refused(tasks=changed(answer.tasks, 0, does="remove"))
    assert "place" in refused(tasks=changed(answer.tasks, 0, id="B9"))


def test_less_time_than_the_pieces_take_is_refused(refused: Callable[..., set[str]], answer: StagePlan) -> None:
    for at, task in enumerate(answer.tasks[:-1]):
        assert "work" in refused(tasks=changed(answer.tasks, at, ends=task.ends - 1))


def test_fewer_pieces_than_the_place_needs_are_refused(refused: Callable[..., set[str]], answer: StagePlan) -> None:
    assert "work" in refused(tasks=changed(answer.tasks, 0, pieces=answer.tasks[0].pieces - 1))


@pytest.mark.parametrize("kind", ["crew", "truck", "forklift"])
def test_a_unit_at_two_places_at_once_is_refused(refused: Callable[..., set[str]], answer: StagePlan, kind: str) -> None:
    last = len(answer.tasks) - 1
    busy = next(task for task in answer.tasks[:last] if task.ends > answer.tasks[last].starts or task is answer.tasks[last - 1])
    other = getattr(busy, kind)
    if getattr(answer.tasks[last], kind) == other:
        other = next(getattr(task, kind) for task in answer.tasks if getattr(task, kind) != other)
    assert refused(tasks=changed(answer.tasks, last, **{kind: other})) & {"overlap", "jump"}


def test_a_place_begun_before_its_crew_has_arrived_is_refused(refused: Callable[..., set[str]], answer: StagePlan) -> None:
    task = answer.tasks[0]
    at = leg_to(answer, task, task.crew)
    late = changed(answer.legs, at, leaves=task.starts - 1, arrives=task.starts + 5)
    assert "overlap" in refused(legs=late)


def test_a_drive_that_is_quicker_than_the_streets_allow_is_refused(refused: Callable[..., set[str]], answer: StagePlan) -> None:
    quickened = 0
    for at, leg in enumerate(answer.legs):
        if leg.arrives > leg.leaves:
            assert "drive" in refused(legs=changed(answer.legs, at, leaves=leg.leaves + 1)), leg
            quickened += 1
    assert quickened > len(answer.tasks)


def test_a_unit_that_jumps_from_place_to_place_is_refused(refused: Callable[..., set[str]], answer: StagePlan) -> None:
    for at in range(len(answer.legs)):
        assert refused(legs=(*answer.legs[:at], *answer.legs[at + 1 :])) & {"jump", "load"}, answer.legs[at]


def test_who_begins_a_place_without_having_driven_there_is_said_to_be_elsewhere(
    question: StageQuestion, grid: Gazetteer, answer: StagePlan
) -> None:
    task = answer.tasks[0]
    at = leg_to(answer, task, task.crew)
    forged = answer.model_copy(update={"legs": (*answer.legs[:at], *answer.legs[at + 1 :])})
    says = [flaw.says for flaw in check_stage(forged, question, grid).flaws if flaw.kind == "jump"]
    assert f"{task.crew} is at {answer.legs[at].start} and not at {task.id}." in says


def test_a_unit_that_nobody_gave_or_of_another_kind_is_refused(refused: Callable[..., set[str]], answer: StagePlan) -> None:
    assert "unit" in refused(tasks=changed(answer.tasks, 0, crew="crew 9"))
    assert "unit" in refused(tasks=changed(answer.tasks, 0, crew="truck 1"))
    assert "unit" in refused(tasks=changed(answer.tasks, 0, forklift=None))
    assert "unit" in refused(legs=changed(answer.legs, 0, unit="crew 9"))


def test_a_truck_that_puts_down_more_than_it_carries_is_refused(refused: Callable[..., set[str]], answer: StagePlan) -> None:
    heavy = next(at for at, task in enumerate(answer.tasks) if task.loads > 1)
    assert refused(tasks=changed(answer.tasks, heavy, loads=1)) & {"load", "work"} == {"load"}
    unloaded = tuple(leg.model_copy(update={"loads": False}) for leg in answer.legs)
    assert "load" in refused(legs=unloaded)


def test_kit_that_is_missing_and_counted_as_there_is_refused(
    question: StageQuestion, grid: Gazetteer, answer: StagePlan, refused: Callable[..., set[str]]
) -> None:
    assert "kit" in refused(needs=changed(answer.needs, 0, there=23))
    kit = [{"structure": "concrete_block", "number": 13}, {"structure": "concrete_block", "number": 9, "owner": "missing"}]
    short = question.means.model_dump() | {"depots": [{"id": "D1", "place": WEST, "kit": kit}]}
    fewer = StageQuestion(question.plan, "set_up", type(question.means).model_validate(short), changes=False)
    assert {flaw.kind for flaw in check_stage(answer, fewer, grid).flaws} >= {"kit"}


def test_minutes_and_moments_that_do_not_follow_are_refused(refused: Callable[..., set[str]], answer: StagePlan) -> None:
    assert answer.minutes is not None
    assert "minutes" in refused(minutes=answer.minutes - 1, bound=answer.minutes - 1)
    assert "order" in refused(tasks=(answer.tasks[1], answer.tasks[0], *answer.tasks[2:]))


def test_another_word_on_what_is_open_is_refused(refused: Callable[..., set[str]], answer: StagePlan) -> None:
    assert "open" in refused(open=answer.open[1:])
    row = answer.open[0]
    assert "open" in refused(open=changed(answer.open, 0, open=row.open[1:], shut=row.open[:1]))


def test_a_wrong_bound_is_refused(refused: Callable[..., set[str]], answer: StagePlan) -> None:
    assert answer.minutes is not None
    assert "bound" in refused(bound=answer.minutes + 1, proven=False)
    assert "bound" in refused(bound=answer.minutes - 1, proven=True)
    assert "bound" in refused(bound=answer.minutes, proven=False)
    assert "bound" in refused(bound=None)


@pytest.mark.parametrize(
    "by", ["the crews alone", "the forklifts alone", "the trucks alone", "the crews, trucks and forklifts together"]
)
def test_a_bound_that_does_not_rest_on_what_it_claims_is_refused(
    question: StageQuestion, grid: Gazetteer, answer: StagePlan, by: str
) -> None:
    """A later end is claimed as proven: everything a hundred minutes later."""
    assert answer.minutes is not None
    later = answer.model_copy(update={"minutes": answer.minutes + 100, "bound": answer.minutes + 100, "bound_by": by})
    says = [flaw.says for flaw in check_stage(later, question, grid).flaws if flaw.kind == "bound"]
    assert len(says) == 1
    assert says[0].startswith(f"By {by} ")


def test_a_crew_that_works_beside_nothing_is_refused(refused: Callable[..., set[str]], answer: StagePlan) -> None:
    assert "side" in refused(tasks=changed(answer.tasks, 0, lat=answer.tasks[0].lat + 0.0002))


def test_a_crew_that_is_shut_in_is_refused(plans: Plans, grid: Gazetteer) -> None:
    """The whole ring, worked on from within: half a metre on the other side of each barrier."""
    one = {"id": "crew 1", "depot": "D1"}
    given = means([WEST], crews=[one], pieces={f"B{n}": 0 for n in range(1, 9)})
    asked = StageQuestion(plans(), "set_up", given, changes=False)
    true = plan_stage(asked, grid, Steps(limit_s=5))
    last = true.tasks[-1]
    assert check_stage(true, asked, grid).flaws == ()
    to_the_middle = {"lon": last.lon + (10.00225 - last.lon) * 0.01, "lat": last.lat + (0.00225 - last.lat) * 0.01}
    way = {name: last_at + (last_at - getattr(last, name)) for name, last_at in to_the_middle.items()}
    flaws = check_stage(true.model_copy(update={"tasks": changed(true.tasks, len(true.tasks) - 1, **way)}), asked, grid).flaws
    assert {flaw.kind for flaw in flaws} & {"shut in", "drive"}


def test_a_hole_that_traffic_flows_into_is_refused(plans: Plans) -> None:
    gazetteer, sets = one_way_town()
    plan = plan_of({"plan": "tmp", "title": "Loop", "barriers": sets}, DAYS, NOW)
    asked = StageQuestion(plan, "set_up", means([list(place(600.0, -20.0))], crews=[
        {"id": f"crew {n}", "depot": "D1"} for n in (1, 2)], trucks=[{"id": f"truck {n}", "depot": "D1"} for n in (1, 2)],
    ), changes=False)  # fmt: skip
    true = plan_stage(asked, gazetteer, Steps(limit_s=5))
    enters, leaves = true.tasks
    delayed = 60
    swapped = (
        leaves.model_copy(update={"number": 1}),
        enters.model_copy(update={"number": 2, "starts": enters.starts + delayed, "ends": enters.ends + delayed}),
    )
    times = sorted({0, *(task.starts for task in swapped), *(task.ends for task in swapped)})

    def row(minute: int) -> dict[str, Any]:
        names: dict[str, tuple[str, ...]] = {"open": (), "working": (), "shut": ()}
        for task in swapped:
            what = "open" if minute < task.starts else "working" if minute < task.ends else "shut"
            names[what] += (task.id,)
        return {"minute": minute, "at": None, "ways_in": ()} | names

    rows = tuple(type(true.open[0]).model_validate(row(minute)) for minute in times)
    minutes = max(task.ends for task in swapped)
    forged = true.model_copy(update={"tasks": swapped, "open": rows, "minutes": minutes, "proven": False})
    assert {flaw.kind for flaw in check_stage(forged, asked, gazetteer).flaws} == {"hole"}


def test_an_old_barrier_that_goes_before_the_new_one_stands_is_refused(plans: Plans, grid: Gazetteer) -> None:
    new = plans(barriers=[*barriers([1]), {"id": "B3", "place": "Row 2 at Col 3, east side", "structure": "concrete_block"}])
    asked = StageQuestion(plans(barriers=barriers([1, 2])), "shrink", means([WEST]), to=new, changes=False)
    true = plan_stage(asked, grid, Steps(limit_s=5))
    goes = next(at for at, task in enumerate(true.tasks) if task.does == "remove")
    early = changed(true.tasks, goes, starts=true.tasks[0].ends - 1)
    flaws = check_stage(true.model_copy(update={"tasks": early}), asked, grid).flaws
    assert "ring" in {flaw.kind for flaw in flaws}


def test_a_barrier_that_stays_is_not_to_be_taken_away(plans: Plans, grid: Gazetteer) -> None:
    both = plans(barriers=barriers([1, 2]))
    asked = StageQuestion(both, "shrink", means([WEST]), to=plans(barriers=barriers([2])), changes=False)
    true = plan_stage(asked, grid, Steps(limit_s=5))
    assert [task.id for task in true.tasks] == ["B1"]
    forged = true.model_copy(update={"tasks": changed(true.tasks, 0, id="B2")})
    says = [flaw.says for flaw in check_stage(forged, asked, grid).flaws if flaw.kind == "place"]
    assert says == ["B2 is not to be done in this stage.", "B1 is not done."]
