"""Options times scenarios on the street of :mod:`test_compare`: counted by hand, and the same wherever it is run."""

from __future__ import annotations

import random
import threading
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from clearway.errors import BadInput, Conflict, TooLong
from clearway.planning.options.ensemble.contract import Run, Scenarios
from clearway.planning.options.ensemble.ensemble import Case, ensemble
from clearway.planning.options.ensemble.running import Doing, Place, Trips, run, still_standing, within
from clearway.planning.options.ensemble.sampling import Drawn, draws, factors_of
from clearway.planning.options.ensemble.sampling import drawn as one_of
from clearway.planning.options.ground import Prepared
from clearway.planning.traffic.impact.running import OnDask, RunFile, Threads
from clearway.planning.vehicles.towing.contract import TowTruck
from option_rooms import JUDGED, option
from planning.options.test_compare import ground, schedule, street

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from clearway.network.model import Network

__all__ = ["street"]
SAID = {"by": "planner", "why": "assumed"}
PLACES = [Place((0,), 10, 4), Place((1,), 30, 0)]


def scenarios(low: float = 0.5, high: float = 1.5, **more: object) -> Scenarios:
    return Scenarios.model_validate({"vehicles": {"low": low, "high": high} | SAID} | more)


def case(network: Network, count: int = 6, seed: int = 1, asked: Scenarios | None = None) -> Case:
    towed = schedule(network, 3)
    trucks = (TowTruck.model_construct(**truck("t", "firm")),)
    towed = towed.model_copy(
        update={"trucks": trucks, "tows": tuple(one.model_copy(update={"truck": "t"}) for one in towed.tows)}
    )
    options = [Prepared(option("stay")), Prepared(option("tow", "tow"), schedules=(towed,))]
    asked = asked or scenarios(operator_out={"chance": 0.5} | SAID)
    return Case(options, ground(network), asked, count=count, seed=seed)


def truck(name: str, operator: str) -> dict[str, Any]:
    return {"id": name, "operator": operator}


def drawn(vehicles: float = 1.0, leave: float = 0.0, out: tuple[str, ...] = ()) -> Drawn:
    return Drawn(0, vehicles, leave, frozenset(out), frozenset())


@pytest.mark.parametrize(
    ("scenario", "left"),
    [
        (drawn(), [(10, 4), (30, 0)]),
        (drawn(1.25), [(13, 5), (38, 0)]),  # 12.5, 5, 37.5: rounded up
        (drawn(leave=0.5), [(8, 2), (23, 0)]),  # 10 of 40 leave: 2.5 and 7.5, rounded down
        (drawn(leave=1.0), [(5, 0), (15, 0)]),
    ],
)
def test_what_still_stands_by_hand(scenario: Drawn, left: list[tuple[int, int]]) -> None:
    assert still_standing(PLACES, Doing("o", (), (0.0, 20.0), {}), scenario) == left


def test_trucks_of_an_operator_that_drops_out_fetch_nothing() -> None:
    doing = Doing("o", (), (0.0, 0.0), {(0, "a"): 3, (0, "b"): 2, (1, "a"): 40})
    assert still_standing(PLACES, doing, drawn()) == [(5, 0), (0, 0)]
    assert still_standing(PLACES, doing, drawn(out=("a",))) == [(8, 2), (30, 0)]


def test_every_run_is_what_its_scenario_says(street: Network) -> None:
    asked = case(street)
    found = ensemble(asked)
    late = ensemble(case(street, 1, asked=scenarios(1, 1))).runs[0].late
    assert late > 0
    for one in found.runs:
        scenario = asked.scenarios[one.scenario]
        grown = -(-3 * scenario.vehicles // 1)
        fetched = 3 if one.option == "tow" and not scenario.out else 0
        assert one.vehicles_left == max(grown - fetched, 0)
        assert one.late == (0 if fetched >= -(-2 * scenario.vehicles // 1) else late)
    assert {bool(scenario.out) for scenario in asked.scenarios} == {True, False}


def test_each_factor_is_spread_evenly_and_the_same_seed_draws_the_same() -> None:
    asked = scenarios(operator_out={"chance": 0.5} | SAID)
    found = draws(asked, ["a", "b"], 10, 7)
    assert found.shape == (10, 4)
    assert all(sorted((column * 10).astype(int)) == list(range(10)) for column in found.T)
    assert (found == draws(asked, ["a", "b"], 10, 7)).all()
    assert (found != draws(asked, ["a", "b"], 10, 8)).any()


def test_what_is_likely_in_two_of_ten_happens_in_two_of_ten() -> None:
    asked = scenarios(operator_out={"chance": 0.2} | SAID, shut=[{"street": "Hill Street", "chance": 0.3} | SAID])
    rows = draws(asked, ["a", "b"], 10, 3).tolist()
    found = [one_of(asked, ["a", "b"], row, at) for at, row in enumerate(rows)]
    assert [sum(name in one.out for one in found) for name in ("a", "b")] == [2, 2]
    assert sum(0 in one.shut for one in found) == 3
    assert min(one.vehicles for one in found) < 0.6
    assert max(one.vehicles for one in found) > 1.4


@pytest.mark.parametrize(("share", "demand"), [(0.0, 0), (0.24, 0), (0.25, 1), (0.5, 2), (0.99, 3)])
def test_a_row_is_read_column_by_column_and_its_last_says_which_demand(share: float, demand: int) -> None:
    asked = scenarios(
        0.5, 2.5, operator_out={"chance": 0.2, **SAID}, demand={"draws": 4} | SAID,
        shut=[{"street": name, "chance": 0.3, **SAID} for name in ("Hill Street", "Bay Road")],
    )  # fmt: skip
    found = one_of(asked, ["a", "b"], [0.25, 0.75, 0.19, 0.2, 0.3, 0.29, share], 7)
    assert found == Drawn(7, 1.0, 0.75, frozenset({"a"}), frozenset({1}), demand)
    plain = one_of(scenarios(), ["a"], [1.0, 0.0], 0)
    assert plain == Drawn(0, 1.5, 0.0, frozenset(), frozenset(), 0)
    steady = scenarios(shut=[{"street": "Hill Street", "chance": 0.3} | SAID])
    assert one_of(steady, ["a"], [0.0, 0.0, 0.2], 1) == Drawn(1, 0.5, 0.0, frozenset(), frozenset({0}), 0), "nobody drops out"


class Shuffled(Threads):
    """Runs done in another order than they were drawn in."""

    def results(self, work: Any, shared: object, tasks: Mapping[str, object]) -> Iterator[tuple[str, bytes]]:  # noqa: ANN401
        mixed = list(tasks.items())
        random.Random(5).shuffle(mixed)  # noqa: S311
        for key, task in mixed:
            yield key, work(shared, task)


@pytest.mark.slow  # a cluster takes seconds to start
def test_the_answer_is_the_same_in_whatever_order_and_on_one_thread_or_two_processes_of_a_cluster(street: Network) -> None:
    plain = ensemble(case(street), place=Threads(1))
    assert ensemble(case(street), place=Threads(2)) == plain
    assert ensemble(case(street), place=Shuffled()) == plain
    assert ensemble(case(street), place=OnDask(workers=2)) == plain
    assert [one.run for one in plain.runs] == [f"{name}:{at}" for name in ("stay", "tow") for at in range(6)]


def test_a_run_that_was_stopped_goes_on_and_other_cases_are_refused(street: Network, tmp_path: Path) -> None:
    class Stop(Exception):
        pass

    def stop(done: int, _: int) -> None:
        if done == 4:
            raise Stop

    asked = case(street)
    with pytest.raises(Stop):
        ensemble(asked, place=Threads(1), kept=RunFile(tmp_path / "runs", asked.manifest.digest), tell=stop)
    told: list[int] = []
    again = case(street)
    kept = RunFile(tmp_path / "runs", again.manifest.digest)
    found = ensemble(again, place=Threads(1), kept=kept, tell=lambda done, _: told.append(done))
    assert told[0] == 4
    assert found == ensemble(case(street))
    with pytest.raises(Conflict):
        RunFile(tmp_path / "runs", case(street, seed=2).manifest.digest)


def test_what_cannot_be_run_is_refused(street: Network) -> None:
    with pytest.raises(BadInput, match="upside down"):
        case(street, asked=scenarios(2, 1))
    with pytest.raises(BadInput, match="'Moon Road', which"):
        case(street, asked=scenarios(shut=[{"street": "Moon Road", "chance": 0.5} | SAID]))


def test_a_street_that_is_shut_in_a_scenario_cuts_off_who_lives_on_it(street: Network) -> None:
    asked = scenarios(0.0, 0.0, shut=[{"street": "Third Street", "chance": 1.0} | SAID])
    lives = sum(street.street(way) == "Third Street" for way in street.address_way.tolist())
    assert {one.late for one in ensemble(case(street, 1, asked=asked)).runs} == {lives}


def test_judgements_of_how_many_leave_open_a_stretch_only_where_they_are_drawn_so_high(street: Network) -> None:
    leave = Prepared(option("offer", "offer", vehicles_leave=JUDGED | {"low": 0, "high": 3}))
    asked = Case([leave, Prepared(option("stay"))], ground(street), scenarios(1, 1), count=5, seed=1)
    runs = {one.run: one for one in ensemble(asked).runs}
    for scenario in asked.scenarios:
        gone = int(scenario.leave * 3)
        assert runs[f"offer:{scenario.number}"].vehicles_left == 3 - gone
        assert (runs[f"offer:{scenario.number}"].late == 0) == (gone >= 2)


def test_repeats_ask_again_with_new_seeds_and_say_whether_the_order_holds(street: Network) -> None:
    first = case(street)
    found = ensemble(first, repeats=2)
    assert [one.seed for one in found.repeats] == [2, 3]
    for one in found.repeats:
        alone = ensemble(case(street, seed=one.seed))
        assert one.order == tuple(each.option for each in alone.options)
        assert one.same_order == (one.order == tuple(each.option for each in found.options))
        assert one.same_best == (one.order[0] == found.options[0].option)
    assert found.runs == ensemble(first).runs  # the first question's own, whatever is asked again
    assert ensemble(first).repeats == ()


def test_repeats_are_stored_and_gone_on_with(street: Network, tmp_path: Path) -> None:
    asked, told = case(street), list[tuple[int, int]]()
    kept = RunFile(tmp_path / "runs.sqlite", asked.manifest.digest)
    whole = ensemble(asked, repeats=1, kept=kept)
    again = ensemble(asked, repeats=1, kept=kept, tell=lambda done, of: told.append((done, of)))
    assert (again, told) == (whole, [(24, 24)])


def test_a_best_option_that_changes_with_the_seed_is_told(street: Network) -> None:
    found = ensemble(case(street, count=1), repeats=12)  # in one scenario an operator is out or is not
    assert {one.same_best for one in found.repeats} == {True, False}


# -- runs that take too long -----------------------------------------------------------------------------------------


class TooSlow(Threads):
    """One run is not finished."""

    def results(self, work: Any, shared: object, tasks: Mapping[str, object]) -> Iterator[tuple[str, bytes]]:  # noqa: ANN401
        for key, task in tasks.items():
            yield key, b"" if key == "tow:2" else work(shared, task)


def test_a_run_that_is_not_finished_is_stated_and_its_scenario_counts_for_no_option(street: Network, tmp_path: Path) -> None:
    asked = case(street)
    kept = RunFile(tmp_path / "runs", asked.manifest.digest)
    found = ensemble(asked, place=TooSlow(), kept=kept)
    whole = ensemble(asked)
    assert [(one.run, one.option, one.scenario) for one in found.unfinished] == [("tow:2", "tow", 2)]
    assert [one.run for one in found.runs] == [one.run for one in whole.runs if one.run != "tow:2"]
    assert (found.compared, whole.compared, whole.unfinished) == (5, 6, ())
    late = [one.late for one in whole.runs if one.option == "stay" and one.scenario != 2]
    stay = next(one for one in found.options if one.option == "stay")
    assert stay.mean_late == pytest.approx(sum(late) / 5, abs=1e-4)
    assert ensemble(asked, kept=kept) == whole  # it is tried again


def test_where_no_scenario_is_finished_by_all_it_says_so_and_what_to_do(street: Network) -> None:
    asked = Case([Prepared(option("a")), Prepared(option("b"))], ground(street), scenarios(), count=2, seed=1, run_limit_s=1e-9)
    with pytest.raises(TooLong, match=r"No scenario was finished by every option: each run may take 1e-09 s\. Give more time"):
        ensemble(asked)


def test_what_takes_longer_than_it_may_gives_nothing_and_what_fails_fails() -> None:
    ends = threading.Event()
    assert within(0.01, lambda: bytes(ends.wait(5))) == b""
    ends.set()
    assert within(5, lambda: b"done") == within(None, lambda: b"done") == b"done"
    with pytest.raises(ZeroDivisionError):
        within(5, lambda: bytes(1 // 0))


def test_what_an_answer_takes_for_granted_is_said_with_whose_it_is(street: Network) -> None:
    firm = {"chance": 0.5, "by": "firm", "why": "it said so"}
    asked = scenarios(operator_out=firm, shut=[{"street": "Third Street", "chance": 0.5, "by": "council", "why": "works"}])
    assert ensemble(case(street, 1, asked=asked)).assumed == (
        "vehicles: planner: assumed",
        "Third Street: council: works",
        "an operator drops out: firm: it said so",
        "Of the vehicles of a stretch, those that must go for a lane are taken to go first.",
        "Three cars are assumed.",
    )
    assert ensemble(case(street, 1, asked=scenarios())).assumed == (
        "vehicles: planner: assumed",
        "Of the vehicles of a stretch, those that must go for a lane are taken to go first.",
        "Three cars are assumed.",
    )


def test_demand_that_is_drawn_anew_needs_trips(street: Network) -> None:
    with pytest.raises(BadInput, match=r"^The scenarios draw the demand anew, and no trips are assigned\. Give --traffic, or"):
        case(street, asked=scenarios(demand={"draws": 3} | SAID))


def test_another_question_has_another_digest_and_the_same_has_the_same(street: Network) -> None:
    first = case(street).manifest.digest
    assert case(street).manifest.digest == first
    for other in (case(street, 7), case(street, seed=2), case(street, asked=scenarios(0.4))):
        assert other.manifest.digest != first
    assert case(street, asked=scenarios()).manifest.factors == (
        "vehicles in the carriageway",
        "share of those that may leave by themselves",
    )


class Assigner:
    """Stands in for the traffic desk: each closure costs an hour of a table's trips, and cuts off half of one."""

    def __init__(self) -> None:
        self.asked: list[Any] = []

    def without_closures(self, table: float) -> None:
        self.asked.append(table)

    def change(self, table: float, closures: Sequence[object]) -> Any:  # noqa: ANN401 - as much as runs read of it
        self.asked.append((table, len(closures)))
        return SimpleNamespace(extra_hours=table * len(closures), trips_lost=[0.5 * len(closures), 99.0])


def test_a_run_meets_the_traffic_of_its_own_demand_and_of_the_streets_that_are_full(street: Network) -> None:
    assigner = Assigner()
    trips = Trips(cast("Any", assigner), cast("Any", (3.0, 7.0)))
    asked = replace(case(street).ground, trips=trips)
    one = Run.model_validate_json(run(asked, ("stay", Drawn(4, 1.0, 0.0, frozenset(), frozenset(), demand=1))))
    assert (one.run, one.option, one.scenario, one.vehicles_left) == ("stay:4", "stay", 4, 3)
    assert (one.hours_lost, one.trips_cut_off) == (7.0, 0.5), "one street is full"
    assert assigner.asked == [7.0, (7.0, 1)], "what is the same for all runs is made before"
    again = Run.model_validate_json(run(asked, ("stay", Drawn(5, 1.0, 0.0, frozenset(), frozenset(), demand=0))))
    assert again.hours_lost == 3.0
    towed = Run.model_validate_json(run(asked, ("tow", Drawn(6, 1.0, 0.0, frozenset(), frozenset()))))
    assert (towed.vehicles_left, towed.hours_lost, towed.late, towed.lost) == (0, 0.0, 0, 0)
    assert one.late == one.lost > 0


def test_what_is_drawn_is_named_column_by_column() -> None:
    asked = scenarios(
        operator_out={"chance": 0.2} | SAID, demand={"draws": 4} | SAID, shut=[{"street": "Bay Road", "chance": 0.3} | SAID]
    )
    assert factors_of(asked, ["a", "b"]) == (
        "vehicles in the carriageway",
        "share of those that may leave by themselves",
        "a drops out",
        "b drops out",
        "Bay Road is shut",
        "trips of the hour, drawn anew",
    )
