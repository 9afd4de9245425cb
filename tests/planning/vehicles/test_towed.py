"""Towing on drawn streets: drives, heights, gates, what is left and why, the board, and other means."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadFile, BadInput, Infeasible, UnknownName
from clearway.network.classes import MOTOR_CLASSES, class_mask
from clearway.network.closures import Closure
from clearway.network.store import network_digest
from clearway.planning.plan.jurisdiction import read_jurisdiction
from clearway.planning.vehicles.tally import Stretch
from clearway.planning.vehicles.towing.board import from_here, read_board
from clearway.planning.vehicles.towing.check import check_towed
from clearway.planning.vehicles.towing.ground import TowQuestion
from clearway.planning.vehicles.towing.jobs import spread, wanted_of
from clearway.planning.vehicles.towing.means import TowMeans, means_of, read_means, template
from clearway.planning.vehicles.towing.orders import order_of
from clearway.planning.vehicles.towing.planning import towed, verified
from clearway.planning.vehicles.towing.what_if import change_of, changed, what_if
from drawn_towns import Town, place

if TYPE_CHECKING:
    from collections.abc import Callable

    from clearway.network.model import Network
    from clearway.planning.vehicles.towing.contract import Towed

STARTS = datetime.fromisoformat("2022-02-17T08:00:00+13:00")
MAIN, MIDDLE, FAR, SIDE = 0, 1, 2, 3
EVERYBODY = class_mask(MOTOR_CLASSES)


def streets(*, low_m: float | None = None) -> Network:
    """Main Street in three blocks of 500 m with the yard at its start, Side Street off its first corner; trucks at 9.5 m/s."""
    town = Town()
    for x in (0.0, 500.0, 1000.0):
        town.street((x, 0.0), (x + 500.0, 0.0), name="Main Street", speed_kmh=36.0)
    town.street((500.0, 0.0), (500.0, 500.0), name="Side Street", speed_kmh=36.0)
    if low_m is not None:
        for arc in (0, 1):
            town.draft.limit(0, low_m, classes=EVERYBODY, arc=arc)
    return town.network()


def stretch(name: str, way: int, lane_moves: int, **vehicles: int) -> Stretch:
    return Stretch(name, (way,), vehicles, sum(vehicles.values()), 0 if lane_moves else 1, lane_moves)


TALLY = (stretch("middle", MIDDLE, 1, car=2), stretch("far", FAR, 0, car=1, truck=1), stretch("side", SIDE, 0, van=1))


def means(**changes: Any) -> TowMeans:  # noqa: ANN401 - fields of the means
    lon, lat = place(0.0, 0.0)
    fleet = {"trucks": 1, "willing": "yes"}
    whole: dict[str, Any] = {
        "storage": [{"id": "yard", "lon": lon, "lat": lat}],
        "operators": [{"id": "operator A", "light": fleet, "heavy": fleet}],
    }
    return means_of(whole | changes)


def asked(given: TowMeans | None = None, **changes: Any) -> TowQuestion:  # noqa: ANN401 - fields of the question
    given = given or means()
    return replace(TowQuestion(wanted_of(TALLY, given), given), **changes)


@pytest.fixture(scope="module")
def town() -> Network:
    return streets()


@pytest.fixture(scope="module")
def answer(town: Network) -> Towed:
    return towed(town, asked())


def test_drives_take_as_long_as_the_streets_and_what_lies_behind_comes_after(answer: Towed) -> None:
    by_stretch = {one.stretch: one for one in answer.approaches}
    assert [(by_stretch[one].in_s, by_stretch[one].after) for one in range(3)] == [((53,), ()), ((106,), (0,)), ((53,), ())]
    first = next(one for one in answer.tows if one.stretch == 0)
    assert (first.start_s, first.arrive_s, first.hooked_s, first.done_s) == (0, 53, 653, 653 + 53 + 300)
    assert min(one.start_s for one in answer.tows if one.stretch == 1) >= min(
        one.hooked_s for one in answer.tows if one.stretch == 0
    )


def test_the_heavy_truck_moves_the_truck_and_everybody_is_fetched(answer: Towed) -> None:
    assert [one.truck for one in answer.tows if one.vehicle == "truck"] == ["heavy 1"]
    assert (len(answer.tows), answer.not_towed) == (5, ())
    assert answer.steps[0].at_least_s <= (answer.steps[0].done_s or 0)


def test_the_check_accepts_it_against_its_tally_and_refuses_it_against_another(town: Network, answer: Towed) -> None:
    assert check_towed(town, answer.as_json(), TALLY)[1] == []
    assert (
        "vehicles must go for a lane"
        in check_towed(town, answer.as_json(), [replace(TALLY[0], lane_moves=2), *TALLY[1:]])[1][0]
    )


def left(answer: Towed) -> dict[str, str]:
    return {one.why: one.says for one in answer.not_towed}


def test_without_a_willing_heavy_truck_it_says_so(town: Network) -> None:
    light = {
        "id": "operator A",
        "light": {"trucks": 1, "willing": "yes"},
        "heavy": {"trucks": 2, "willing": "no", "reason": "safety"},
    }
    found = towed(town, asked(means(operators=[light])))
    assert left(found) == {"no_truck": "No operator with a heavy truck is willing."}
    assert "operator A does not send its 2 heavy trucks, for safety." in found.lacking
    assert "not met, 1 vehicle of 5 nobody tows." in found.summary[1]


def test_a_truck_too_high_for_its_way_is_refused_with_the_place() -> None:
    tall = {"id": "operator A", "light": {"trucks": 1, "willing": "yes"}, "height_m": 4.2}
    found = towed(streets(low_m=3.2), asked(means(operators=[tall])))
    assert found.tows == ()
    assert "A truck 4.2 m high" in left(found)["too_large"]
    assert "Main Street" in left(found)["too_large"]
    assert "height 3.2 m" in left(found)["too_large"]


def test_a_barrier_for_all_lets_no_truck_in_and_a_gate_lets_it_through(town: Network) -> None:
    block = Closure(MAIN, EVERYBODY, at_m=250.0)
    assert "no_way" in left(towed(town, asked(closures=(block,))))
    gate = Closure(MAIN, EVERYBODY & ~class_mask(["emergency"]), at_m=250.0, delay_s=60.0)
    found = towed(town, asked(closures=(gate,)))
    assert (found.not_towed, found.approaches[0].in_s) == ((), (113,))
    assert any("1 gate" in one and "let tow trucks in" in one for one in found.assumed)


def test_a_full_yard_takes_the_first_and_says_that_it_is_full(town: Network) -> None:
    lon, lat = place(0.0, 0.0)
    found = towed(town, asked(means(storage=[{"id": "yard", "lon": lon, "lat": lat, "capacity": 3}])))
    assert (len(found.tows), left(found)) == (3, {"yard_full": "Every storage place is full."})


def test_hours_are_kept_and_need_a_start(town: Network) -> None:
    lon, lat = place(0.0, 0.0)
    given = means(storage=[{"id": "yard", "lon": lon, "lat": lat, "hours": "10:00-12:00"}])
    with pytest.raises(BadInput, match="Say it with --from"):
        towed(town, asked(given))
    found = towed(town, asked(given, starts=STARTS))
    assert min(one.at_yard_s for one in found.tows) == 2 * 3600
    assert not any("when yard is open" in one for one in found.assumed)


def test_what_nobody_said_is_assumed_in_a_sentence_each(answer: Towed) -> None:
    said = " ".join(answer.assumed)
    for words in (
        "hook up: car 10",
        "when yard is open: day and night",
        "how many vehicles fit into yard",
        "crews work: day and night",
    ):
        assert words in said


def test_without_storage_there_is_no_schedule(town: Network) -> None:
    with pytest.raises(BadInput, match="There is no storage"):
        towed(town, asked(means(storage=[])))


def test_vehicles_in_front_are_fetched_as_early_as_those_behind(town: Network) -> None:
    question = asked()
    jobs = tuple(replace(one, step=0 if one.stretch == 1 else 1) for one in question.wanted.jobs)
    found = towed(town, replace(question, wanted=replace(question.wanted, jobs=jobs, steps=("far is free", "the rest"))))
    assert sum(one.step == 0 for one in found.tows if one.stretch == 0) == 1
    assert any("1 vehicle of middle must go first" in one for one in found.notes)


def test_where_no_heavy_truck_comes_light_vehicles_in_front_make_the_lane(town: Network) -> None:
    """Of a lorry and two cars in front one must go: the lorry nobody tows, so a car goes as early as those behind."""
    given = means(operators=[{"id": "operator A", "light": {"trucks": 1, "willing": "yes"}}])
    tally = (stretch("middle", MIDDLE, 1, truck=1, car=2), stretch("far", FAR, 0, car=1))
    wanted = wanted_of(tally, given)
    jobs = tuple(replace(one, step=int(one.stretch == 0 and not one.heavy)) for one in wanted.jobs)
    found = towed(town, asked(given, wanted=replace(wanted, steps=("first", "rest"), jobs=jobs)))
    assert [(one.vehicle, one.why) for one in found.not_towed] == [("truck", "no_truck")]
    assert sorted((one.step, one.stretch) for one in found.tows) == [(0, 0), (0, 1), (1, 0)]


def test_where_the_network_records_no_limit_of_size_nobody_knows_whether_trucks_fit(town: Network) -> None:
    unknown = "Whether trucks fit along their ways is not known: the network records no limit of size."
    assert unknown in towed(town, asked()).notes
    assert unknown not in towed(streets(low_m=4.5), asked()).notes


def staircase(*steps: tuple[str, str | None, dict[str, int]]) -> Any:  # noqa: ANN401 - as much of one as is read
    """Wishes, what each is of, and how many vehicles of which stretch it moves."""
    return SimpleNamespace(
        steps=[
            SimpleNamespace(
                wish=wish, of=of, moved=[SimpleNamespace(stretch=name, move=count) for name, count in moved.items()]
            )
            for wish, of, moved in steps
        ]
    )


def test_a_job_is_done_for_the_first_wish_that_moves_it_and_those_that_take_longest_go_first() -> None:
    asked_for = staircase(
        ("help_in_time", None, {"far": 1}), ("two_approaches", None, {}), ("bus_route", "7", {"middle": 1}),
        ("street", "Side Street", {"side": 1}),
    )  # fmt: skip
    found = wanted_of(TALLY, means(), asked_for)
    assert found.steps == (
        "help comes within its standard", "two approaches to each address that can have them", "route 7 runs",
        "Side Street is free", "the other vehicles in the carriageway",
    )  # fmt: skip
    assert [(job.stretch, job.vehicle, job.step) for job in found.jobs] == [
        (1, "truck", 0), (0, "car", 2), (2, "van", 3), (0, "car", 4), (1, "car", 4),
    ]  # fmt: skip
    assert [(job.hook_s, job.yard_s, job.heavy) for job in found.jobs[:2]] == [(1500, 600, True), (600, 300, False)]
    assert found.assumed == ("Which vehicles of a stretch must go first nobody said: those that take longest are assumed to.",)
    every = wanted_of(TALLY, means(), staircase(("street", "x", {"middle": 2, "far": 2, "side": 1})))
    assert every.steps == ("x is free",)


def test_a_question_of_no_vehicle_is_refused(town: Network) -> None:
    with pytest.raises(BadInput, match="There is nothing to tow"):
        towed(town, asked(wanted=replace(wanted_of(TALLY, means()), jobs=())))


def test_only_those_in_the_carriageway_are_towed_and_that_is_assumed_of_those_that_take_longest() -> None:
    part = replace(TALLY[1], across=1)
    found = wanted_of((TALLY[0], part), means())
    assert [(job.stretch, job.vehicle) for job in found.jobs] == [(0, "car"), (0, "car"), (1, "truck")]
    assert found.steps == ("every vehicle in the carriageway is away",)
    assert found.assumed == (
        "Of 1 stretch only some vehicles stand in the carriageway: those that take longest are assumed to.",
    )  # fmt: skip
    with pytest.raises(BadInput, match="There is nothing to tow"):
        wanted_of((replace(part, across=0),), means())


def test_more_jobs_than_one_schedule_holds_are_refused_and_as_many_are_not() -> None:
    full = stretch("middle", MIDDLE, 1, car=2000)
    assert len(wanted_of((full,), means()).jobs) == 2000
    with pytest.raises(BadInput, match=r"2,001 vehicles are too many for one schedule\. Give 2,000 at most"):
        wanted_of((full, stretch("side", SIDE, 0, van=1)), means())


def test_a_staircase_of_another_tally_is_refused() -> None:
    with pytest.raises(BadInput, match=r"The staircase names elsewhere, which the tally does not\."):
        wanted_of(TALLY, means(), staircase(("street", "x", {"elsewhere": 1, "nowhere": 1, "side": 1})))
    with pytest.raises(BadInput, match="moves more vehicles than the tally has"):
        wanted_of(TALLY, means(), staircase(("street", "x", {"side": 2})))


def test_a_number_of_cars_is_spread_by_length_and_not_more_than_fit(town: Network) -> None:
    found = spread(town, [MAIN, MIDDLE, SIDE], 300)
    assert [(one.name, one.total) for one in found] == [("Main Street", 200), ("Side Street", 100)]
    with pytest.raises(BadInput, match="do not fit"):
        spread(town, [SIDE], 1000)


def test_a_plan_that_fails_its_check_is_not_handed_out(town: Network, answer: Towed) -> None:
    early = answer.tows[0].model_copy(update={"start_s": 1})
    with pytest.raises(Infeasible, match="not handed out"):
        verified(town, answer.model_copy(update={"tows": (early, *answer.tows[1:])}))


def test_other_means_are_asked_for(town: Network) -> None:
    question = asked()
    many = what_if(change_of("trucks=4"), towed(town, changed(question, change_of("trucks=4"))))
    late = what_if(change_of("lost=60@0"), towed(town, changed(question, change_of("lost=60@0"))))
    gone = what_if(change_of("without=operator A"), towed(town, changed(question, change_of("without=operator A"))))
    now = towed(town, question).steps[0].done_s
    assert (many.trucks, gone.trucks, gone.left, gone.done_s) == (5, 0, 5, (None,))
    assert many.done_s[0] is not None
    assert now is not None
    assert many.done_s[0] < now
    assert late.done_s[0] == now + 3600
    with pytest.raises(BadInput, match=r"No operator is called operator B\. There are operator A"):
        changed(question, change_of("without=operator B"))
    for words in ("trucks=many", "lost=", "weather=bad", "without="):
        with pytest.raises(BadInput, match="cannot be read"):
            change_of(words)


@pytest.fixture
def board(tmp_path: Path) -> Callable[[str], Path]:
    def written(text: str) -> Path:
        path = tmp_path / "board.csv"
        path.write_text(text)
        return path

    return written


def test_the_board_moves_the_forecast(town: Network, board: Callable[[str], Path]) -> None:
    first = towed(town, asked(starts=STARTS))
    done, running, failed = first.tows[0], first.tows[1], first.tows[2]
    later = STARTS + timedelta(seconds=done.done_s + 600)
    told = read_board(board(f"tow,state\n{done.id},done\n{running.id},under_way\n{failed.id},failed\n"), first)
    found = towed(town, from_here(asked(starts=later), first, told))
    assert len(found.tows) == len(first.tows) - 2
    lon, lat = place(0.0, 0.0)
    five = means(storage=[{"id": "yard", "lon": lon, "lat": lat, "capacity": 5}])
    assert from_here(asked(five, starts=later), first, told).means.storage[0].capacity == 3
    assert "1 tow done, 1 failed and to be tried again, 1 under way." in found.notes
    busy = next(one for one in found.trucks if one.id == running.truck)
    assert busy.windows[0][0] > 0
    assert check_towed(town, found.as_json())[1] == []


def test_what_the_board_does_not_say_is_not_done(town: Network, board: Callable[[str], Path]) -> None:
    first = towed(town, asked(starts=STARTS))
    told = read_board(board(f"tow,state\n{first.tows[0].id},failed\n"), first)
    found = from_here(asked(starts=STARTS + timedelta(days=1)), first, told)
    assert len(found.wanted.jobs) == len(first.tows)
    assert any(
        f"Of {len(first.tows) - 1} tows that should be done by now the board says nothing" in one for one in found.wanted.notes
    )


def test_an_operator_that_withdraws_starts_nothing_more(town: Network) -> None:
    gone = {
        "id": "operator A",
        "light": {"trucks": 1, "willing": "yes"},
        "withdrew": (STARTS + timedelta(minutes=40)).isoformat(),
    }
    found = towed(town, asked(means(operators=[gone]), starts=STARTS))
    assert all(one.done_s <= 40 * 60 for one in found.tows)
    assert found.not_towed
    assert any("operator A has withdrawn" in one for one in found.notes)

    assert {one.says for one in found.not_towed if one.vehicle == "car"} == {
        "Whoever has a light or heavy truck has withdrawn before there was time for it."
    }


def test_a_truck_starts_once_its_operator_said_yes(town: Network) -> None:
    """Heavy trucks from the start, light ones an hour later, by their operator's answers."""
    answers = {"light": timedelta(hours=1), "heavy": -timedelta(hours=1)}
    fleets = {kind: {"trucks": 1, "willing": "yes", "since": (STARTS + later).isoformat()} for kind, later in answers.items()}
    found = towed(town, asked(means(operators=[{"id": "operator A"} | fleets]), starts=STARTS))
    windows = {one.kind: one.windows for one in found.trucks}
    assert (windows["light"][0][0], windows["heavy"][0][0]) == (3600, 0)
    assert "operator A sends its 1 light truck from Thu 17 Feb 09:00 on." in found.notes
    assert not any("heavy truck from" in one for one in found.notes)


def test_a_board_that_cannot_be_used_is_refused(answer: Towed, board: Callable[[str], Path]) -> None:
    with pytest.raises(UnknownName, match="tow on the board"):
        read_board(board("tow,state\nT999,done\n"), answer)
    with pytest.raises(BadFile, match="Write one of to_come, under_way, done, failed, gone, withdrawn"):
        read_board(board("tow,state\nT001,maybe\n"), answer)
    other = replace(asked(), wanted=replace(asked().wanted, stretches=TALLY[:1]))
    with pytest.raises(BadInput, match="made of another tally"):
        from_here(other, answer, read_board(board("tow,state\nT001,done\n"), answer))


def test_a_tow_needs_a_power_and_whose_it_is() -> None:
    table = read_jurisdiction()
    assert order_of(None, None, table) is None
    order = order_of("officer_on_road", "Police", table)
    assert order is not None
    assert (order.by, order.is_read) == ("police", False)
    for row, by, words in (
        ("officer_on_road", None, "Nobody said who"),
        (None, "police", "Nobody said by which power"),
        ("council_event", "council", "gives no power to move vehicles"),
        ("officer_on_road", "council", "is a power of: police; not of: council"),
        ("emergency_declared", "police", "is a power of: civil defence controller"),
    ):
        with pytest.raises(BadInput, match=words):
            order_of(row, by, table)
    with pytest.raises(UnknownName):
        order_of("clamping", "council", table)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"operators": [{"id": "A"}, {"id": "A"}]}, "Two operators are called A"),
        ({"operators": [{"id": "A", "storage": "elsewhere"}]}, "storage place that is not listed"),
        ({"hook_minutes": {"tank": 5}}, "Minutes are given for tank"),
        ({"storage": [{"id": "yard", "lon": 174.7, "lat": -41.2, "hours": "sometimes"}]}, "cannot be read; write them as"),
        ({"storage": [{"id": "yard", "lon": 174.7, "lat": -41.2, "capacity": -1}]}, "capacity"),
        ({"operators": [{"id": "A", "light": {"trucks": 201}}]}, "trucks"),
        ({"operators": [{"id": "A", "withdrew": "2022-02-17T09:20:00"}]}, "'operators.0.withdrew' should have timezone info"),
    ],
)
def test_means_that_cannot_be_used_are_refused_in_a_sentence(change: dict[str, Any], words: str) -> None:
    with pytest.raises(BadInput, match=words) as refused:
        means(**change)
    assert "'clearway vehicles means' prints one" in str(refused.value)


def test_the_demonstrations_means_and_the_template_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "means.json"
    for document in (template(), json.loads((Path(__file__).parents[3] / "src/clearway/demo/towing.json").read_text())):
        path.write_text(json.dumps(document))
        assert read_means(path).storage
    path.write_text("{")
    with pytest.raises(BadFile, match="is not JSON"):
        read_means(path)


Document = dict[str, Any]


@pytest.fixture(scope="module")
def held(town: Network) -> Towed:
    """The heavy truck must help with two cars before it fetches a truck: only prices prove that it cannot be sooner."""
    given = means()
    cars, lorry = stretch("middle", MIDDLE, 0, car=2), stretch("far", FAR, 0, truck=1)
    wanted = wanted_of((cars, lorry), given)
    jobs = tuple(replace(one, step=int(one.heavy)) for one in wanted.jobs)
    return towed(town, asked(given, wanted=replace(wanted, steps=("cars", "the truck"), jobs=jobs)))


def test_prices_prove_a_step_that_must_not_hold_up_the_one_before(town: Network, held: Towed) -> None:
    first, second = held.steps
    assert (first.proven, second.proven, bool(first.prices), bool(second.prices)) == (True, True, False, True)
    assert any("no schedule that does not hold up a step before it is sooner" in one for one in held.summary)
    assert "Step 2 cannot be done sooner." in check_towed(town, held.as_json())[0]


def test_a_last_step_for_which_nothing_is_towed_is_done_with_the_one_before(town: Network) -> None:
    question = asked()
    found = towed(town, replace(question, wanted=replace(question.wanted, steps=("all", "nothing more"))))
    assert (found.steps[1].vehicles, found.steps[1].done_s) == (0, found.steps[0].done_s)
    assert check_towed(town, found.as_json())[1] == []


FORGED_PRICES: list[tuple[Callable[[Document], object], str]] = [
    (lambda step: step.update(prices=[]), "neither its count nor its prices rule it out"),
    (lambda step: step["prices"][0].update(price=0), "neither its count nor its prices rule it out"),
    (lambda step: step["prices"].pop(), "neither its count nor its prices rule it out"),
    (lambda step: step["prices"][0].update(stretch=9), "neither its count nor its prices rule it out"),
    (lambda step: step.update(at_least_s=step["at_least_s"] + 1, done_s=step["done_s"] + 1), "is done after"),
]


@pytest.mark.parametrize(("spoil", "words"), FORGED_PRICES)
def test_forged_prices_are_refused(town: Network, held: Towed, spoil: Callable[[Document], object], words: str) -> None:
    document = json.loads(json.dumps(held.as_json()))
    spoil(document["steps"][1])
    fails = check_towed(town, document)[1]
    assert any(words in one for one in fails), fails


def test_prices_beyond_all_sums_are_refused(town: Network, held: Towed) -> None:
    document = json.loads(json.dumps(held.as_json()))
    document["steps"][1]["prices"][0]["price"] = 2**60
    with pytest.raises(BadInput, match="damaged"):
        check_towed(town, document)


def test_a_crew_has_its_break_and_no_tow_runs_through_it(town: Network) -> None:
    """Breaks are hours in which nobody works: modelled here, never left to a solver (C8)."""
    crew = {"id": "operator A", "light": {"trucks": 1, "willing": "yes"}, "hours": "08:00-08:20,08:50-18:00"}
    found = towed(town, asked(means(operators=[crew]), starts=STARTS))
    assert len(found.tows) == 4
    assert not [one for one in found.tows if one.start_s < 50 * 60 and one.done_s > 20 * 60]
    assert min(one.start_s for one in found.tows if one.done_s > 20 * 60) >= 50 * 60


@pytest.mark.parametrize("against", [0, 1])
def test_a_street_that_trucks_come_to_and_not_back_from_is_left_and_the_check_agrees(town: Network, against: int) -> None:
    permit = town.arc_permit.copy()
    permit[2 * MIDDLE + against] = 0
    one_way = replace(town, arc_permit=permit)
    given = means()
    tally = (stretch("far", FAR, 0, car=2), stretch("side", SIDE, 0, van=1))
    found = towed(one_way, TowQuestion(wanted_of(tally, given), given))
    assert [(one.stretch, one.number, one.why) for one in found.not_towed] == [(0, 2, "no_way")]
    assert [one.stretch for one in found.approaches] == [1]
    assert check_towed(one_way, found.as_json(), tally)[1] == []
    there_and_back = check_towed(town, found.as_json() | {"network": network_digest(town)}, tally)[1]
    assert there_and_back == ["A way leads to far and back, and the answer has none."]
