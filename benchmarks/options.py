"""Five options of the demonstration side by side, beside doing each by itself; and an ensemble of 500 runs.

Streets, timetable, plan and schedule of trucks are read or made before: what is measured is what a room waits for after it has
changed an option. Nothing is kept between repeats. What is shared by the options of one table is worked out once in it.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import cities
from benchmarks.measure import Figure, seconds, timed
from clearway.demo.wellington import wellington_timetable
from clearway.network.transit.bus_network import bus_network
from clearway.network.transit.timetable import read_timetable
from clearway.planning.access.planner.services import load_services, staffed
from clearway.planning.access.planner.stations import read_stations
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.options.compare import compare
from clearway.planning.options.ensemble.document import read_scenarios
from clearway.planning.options.ensemble.ensemble import Case, ensemble
from clearway.planning.options.figures import figures_of
from clearway.planning.options.ground import OptionGround, Prepared, SetUp
from clearway.planning.options.option import Option
from clearway.planning.plan.buses.rerouting import BusModel
from clearway.planning.plan.document import plan_of
from clearway.planning.plan.jurisdiction import read_jurisdiction
from clearway.planning.plan.stages.means import read_means
from clearway.planning.traffic.impact.running import Threads
from clearway.planning.vehicles.tally import read_tally
from clearway.planning.vehicles.towing.means import read_means as read_tow_means
from clearway.record.moments import calendar

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEMO = Path(__file__).parents[1] / "src" / "clearway" / "demo"
_SOURCES = [{"says": "The streets are full.", "by": "police"}, {"says": "People stay.", "by": "groups"}]
_STARTS = datetime(2022, 2, 20, 18, 0, tzinfo=UTC)
_SCENARIOS = 100


def figures() -> Iterator[Figure]:
    """The table, then the ensemble."""
    network = cities.wellington()
    gazetteer = Gazetteer(network, (174.777, -41.278))
    services = staffed(load_services(), read_stations(_DEMO / "stations.geojson", network).stations)
    stretches = read_tally(_DEMO / "tally.csv", gazetteer)
    timer = AccessTimer(network)
    buses = BusModel(bus_network(network, read_timetable(wellington_timetable(), None, ())))

    def ground() -> OptionGround:
        return OptionGround(gazetteer, services, stretches, (), buses, timer=timer)

    given = _options(ground())
    powers = read_jurisdiction()
    ours_s = seconds(lambda: compare(given, ground(), jurisdiction=powers), repeats=3)
    each_s = timed(lambda: [figures_of(one, ground()) for one in given])
    yield Figure("Wellington, five options", ours_s, {"each by itself": each_s}, note="every certificate checked; aim: 3 s")
    scenarios = read_scenarios(_DEMO / "scenarios.json")

    def run(threads: int) -> None:
        ensemble(Case(given, ground(), scenarios, count=_SCENARIOS, seed=1), place=Threads(threads))

    for threads in (1, 2):
        took_s = timed(lambda threads=threads: run(threads))  # type: ignore[misc]
        yield Figure(f"Wellington, {len(given) * _SCENARIOS} runs, {threads} threads", took_s, note="aim: minutes")


def _options(ground: OptionGround) -> list[Prepared]:
    found = []
    for name in ("wait-and-talk", "offer-and-move", "barriers", "tow"):
        document = json.loads((_DEMO / "options" / f"{name}.json").read_text("utf-8")) | {"sources": _SOURCES}
        found.append(Prepared(Option.model_validate(document)))
    lines = [json.loads(line) for line in (_DEMO / "record.jsonl").read_text("utf-8").splitlines()]
    body = next(line["body"] for line in lines if line["id"] == "d14-plan-2")
    plan = plan_of(body, calendar("Pacific/Auckland", "2022-02-08"), _STARTS)
    barriers = SetUp(plan, "parliament", read_means(_DEMO / "means.json"))
    schedule = ground.schedule(read_tow_means(_DEMO / "towing.json"), _STARTS)
    found[2], found[3] = found[2]._replace(set_ups=(barriers,)), found[3]._replace(schedules=(schedule,))
    both = found[3].option.model_copy(update={"id": "both", "does": (*found[2].option.does, *found[3].option.does)})
    return [*found, Prepared(both, (barriers,), (schedule,))]
