"""An option with the files that it names, and its figures: each desk stands in with an answer made by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from clearway.errors import BadInput, Infeasible
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.options.compare import act_words
from clearway.planning.options.figures import figures_of
from clearway.planning.options.ground import AccessFigures, OptionGround, Prepared, SetUp, TrafficFigures
from clearway.planning.options.preparing import NamedPlan, prepare
from option_rooms import option
from planning.options.test_compare import schedule, street

if TYPE_CHECKING:
    from clearway.network.model import Network

__all__ = ["street"]  # a fixture

TOLD: Any = SimpleNamespace
"""An answer of a desk, with no more in it than options read."""


@dataclass
class Desks:
    """The ground, and where files lie; notes what is asked of it."""

    asked: list[Any] = field(default_factory=list)
    stages: dict[str, Any] = field(default_factory=dict)
    inside: int | None = 4
    services: tuple[str, ...] = ("fire",)
    assumed: tuple[str, ...] = ("Cars are assumed.",)
    barred_by: tuple[str, ...] = ("bar",)
    counted_by: tuple[str, ...] = ("tally",)

    def plan(self, name: str) -> NamedPlan:
        return NamedPlan(cast("Any", f"plan of {name}"), None if name.endswith(".json") else f"entry of {name}")

    def crews(self, name: str) -> Any:  # noqa: ANN401 - a stand-in
        return f"crews of {name}"

    def towing(self, name: str) -> Any:  # noqa: ANN401 - a stand-in
        return f"trucks of {name}"

    def schedule(self, *asked: Any) -> Any:  # noqa: ANN401 - of a file where it names one, else as the ground makes it
        self.asked.append(asked)
        return f"schedule of {asked[0]}"

    def closures(self, _: Prepared) -> tuple[str, ...]:
        return "one", "two"

    def access(self, _: object) -> AccessFigures:
        return AccessFigures(9, 8, 7, 1)

    def enclosed(self, _: Prepared) -> int | None:
        return self.inside

    def streets_shut(self, _: object) -> tuple[str, ...]:
        return "Bay Road", "Hill Street"

    def bus_cuts(self, _: object) -> tuple[int, int]:
        return 12, 3

    def traffic(self, _: object, tell: Any) -> TrafficFigures:  # noqa: ANN401 - a stand-in
        tell("Assigning trips", 0.5)
        return TrafficFigures(2.5, 40.0, 8, "Trips are of 2018.")

    def stage(self, one: SetUp) -> Any:  # noqa: ANN401 - a stand-in
        found = self.stages[one.called]
        if isinstance(found, Exception):
            raise found
        return found


def figures(desks: Desks, prepared: Prepared, tell: Any = lambda *_: None) -> dict[str, Any]:  # noqa: ANN401 - stand-ins
    return {one.figure: one for one in figures_of(prepared, cast("OptionGround", desks), tell)}


def stage(minutes: int | None, *, bound: int = 0, checked: bool = True, refused: tuple[str, ...] = ()) -> Any:  # noqa: ANN401
    inputs = (
        TOLD(input="walk", value=4, unit="km/h", assumed=True),
        TOLD(input="crew", value=2, unit="", assumed=True),
        TOLD(input="lift", value=9, unit="min", assumed=False),
    )
    proven = bound == minutes
    return TOLD(minutes=minutes, bound=bound, proven=proven, checked=checked, refused=refused, inputs=inputs)


def towing(*done_s: float, least: tuple[float, ...] = (), assumed: tuple[str, ...] = ()) -> Any:  # noqa: ANN401 - a stand-in
    tows = tuple(TOLD(done_s=one) for one in done_s)
    return TOLD(tows=tows, steps=tuple(TOLD(at_least_s=one) for one in least), not_towed=(), assumed=assumed)


# -- what it names ---------------------------------------------------------------------------------------------------


def test_plans_have_the_crews_that_are_named_and_trucks_drive_past_their_barriers() -> None:
    desks = Desks()
    does = [
        {"do": "tow", "means": "trucks.json", "starts": "2022-02-12T08:00+13:00"},
        {"do": "barriers", "plan": "ring", "means": "crews.json"},
        {"do": "wait"},
        {"do": "barriers", "plan": "gate.json"},
        {"do": "tow"},
    ]
    found = prepare(option("a", does=does), cast("OptionGround", desks), desks)
    ring = SetUp(cast("Any", "plan of ring"), "ring", cast("Any", "crews of crews.json"), "entry of ring")
    gate = SetUp(cast("Any", "plan of gate.json"), "gate.json", None, None)
    assert found.set_ups == (ring, gate)
    ((means, starts, set_ups),) = desks.asked
    assert (means, starts.isoformat()[:10], list(set_ups)) == ("trucks of trucks.json", "2022-02-11", [ring, gate])
    assert [*map(str, found.schedules)] == ["schedule of trucks of trucks.json"], "a tow that names nothing has no schedule"


def test_a_schedule_that_was_made_before_must_belong_to_these_streets(street: Network) -> None:
    class Files(Desks):
        def schedule(self, *asked: Any) -> Any:  # noqa: ANN401 - of a file
            self.asked.append(asked)
            return schedule(street, 1)

    desks = Files()
    with pytest.raises(BadInput, match=r"^tow\.json tows from 'Second Street', which the tally does not have"):
        prepare(option("a", "tow"), OptionGround(Gazetteer(street)), desks)
    assert desks.asked == [("tow.json",)]


# -- figures of the desks --------------------------------------------------------------------------------------------


def test_every_desk_is_asked_under_the_same_closures_and_its_figure_says_so() -> None:
    ring = SetUp(cast("Any", "plan"), "ring", None, "p1")
    file = SetUp(cast("Any", "plan"), "gate.json", None, None)
    desks = Desks(stages={"ring": stage(10), "gate.json": stage(10)})
    found = figures(desks, Prepared(option("a"), (ring, file)))
    under = ("bar", "tally", "p1")
    rows = {name: (one.low, one.high, one.source, one.assumed, one.rests_on) for name, one in found.items()}
    cars, trips = desks.assumed, ("Cars are assumed.", "Trips are of 2018.")
    for name, value in (("in_standard", 8), ("two_approaches", 7), ("lost", 1)):
        assert rows[name] == (value, value, "access certificate under 2 closures, accepted by its checker", cars, under)
    assert rows["enclosed"] == (4, 4, "ring of the plan ring and gate.json", (), ("p1",))
    assert rows["streets_shut"] == (2, 2, "closures on Bay Road and Hill Street", cars, under)
    for name, value in (("bus_trips_cut", 12), ("bus_routes_cut", 3)):
        assert rows[name] == (value, value, "timetable under the same closures", cars, under)
    for name, number in (("hours_lost", 2.5), ("trips_cut_off", 40.0)):
        assert rows[name] == (number, number, "trips of 8:00 assigned without and with the same closures", trips, under)


def test_addresses_within_plans_without_a_site_are_unknown() -> None:
    ring = SetUp(cast("Any", "plan"), "ring", None, "p1")
    found = figures(Desks(inside=None, stages={"ring": None}), Prepared(option("a"), (ring,)))["enclosed"]
    assert (found.low, found.basis, found.source) == (None, "unknown", "A plan of ring has no site: give it one.")


@pytest.mark.parametrize(
    ("answer", "minutes", "source"),
    [
        (stage(10, bound=10), 10, "stage that sets up ring, proved least"),
        (stage(10, bound=7), 10, "stage that sets up ring, not below 7"),
        (None, None, "No crews were named for ring: give 'means'."),
        (Infeasible("No order does it."), None, "Setting up ring: No order does it."),
        (stage(None), None, "Setting up ring: kit is missing."),
        (stage(None, refused=("two cones",)), None, "Setting up ring: two cones"),
        (stage(10, checked=False, refused=("a truck too many",)), None, "Setting up ring: a truck too many"),
    ],
)
def test_how_long_setting_up_takes_is_known_only_of_an_order_that_passed_its_check(
    answer: Any,  # noqa: ANN401 - a stand-in
    minutes: int | None,
    source: str,
) -> None:
    ring = SetUp(cast("Any", "plan"), "ring", None, "p1")
    found = figures(Desks(stages={"ring": answer}), Prepared(option("a"), (ring,)))["minutes_to_effect"]
    assert (found.low, found.source) == (minutes, source)
    assert found.assumed == (() if minutes is None else ("walk: 4 km/h", "crew: 2"))
    assert found.rests_on == (() if minutes is None else ("p1",))


def test_where_no_crews_are_named_what_people_judge_counts() -> None:
    judged = {"low": 5, "high": 9, "by": "planner", "why": "as last time", "if_wrong": "it is late"}
    ring = SetUp(cast("Any", "plan"), "ring", None, "p1")
    found = figures(Desks(stages={"ring": None}), Prepared(option("a", minutes_to_effect=judged), (ring,)))
    assert (found["minutes_to_effect"].low, found["minutes_to_effect"].high) == (5, 9)
    assert found["minutes_to_effect"].source == "planner: as last time"


def test_it_takes_effect_once_the_last_of_all_is_done() -> None:
    ring = SetUp(cast("Any", "plan"), "ring", None, None)
    trucks = towing(600, 2400, 1200, least=(60, 3000), assumed=("walk: 4 km/h", "One truck."))
    found = figures(Desks(stages={"ring": stage(20, bound=20)}), Prepared(option("a"), (ring,), (trucks,)))
    minutes = found["minutes_to_effect"]
    assert (minutes.low, minutes.high, minutes.unit) == (40, 40, "minutes")
    assert minutes.source == (
        "stage that sets up ring, proved least and schedule of trucks, until the last is back; none takes less than 50 min"
    )
    assert minutes.assumed == ("walk: 4 km/h", "crew: 2", "One truck."), "each is told once"
    assert minutes.rests_on == ("tally",)
    assert (found["vehicles_towed"].low, found["vehicles_towed"].rests_on) == (3, ("tally",))
    longer = figures(Desks(stages={"ring": stage(50, bound=50)}), Prepared(option("a"), (ring,), (towing(600),)))
    assert longer["minutes_to_effect"].low == 50
    assert figures(Desks(), Prepared(option("a"), (), (towing(),)))["minutes_to_effect"].low == 0


def test_figures_rest_on_the_tally_only_where_they_tow() -> None:
    ring = SetUp(cast("Any", "plan"), "ring", None, "p1")
    found = figures(Desks(stages={"ring": stage(10)}), Prepared(option("a"), (ring,)))
    assert found["minutes_to_effect"].rests_on == ("p1",)
    assert found["vehicles_towed"].rests_on == ()


def test_who_listens_hears_how_far_it_is() -> None:
    said: list[tuple[str, float]] = []
    figures(Desks(), Prepared(option("a")), lambda doing, share: said.append((doing, round(share, 6))))
    assert said == [
        ("Proving emergency access", 0.0),
        ("Holding the timetable against the closures", 0.3),
        ("Assigning trips", 0.65),
        ("Setting up and towing", 0.9),
    ]


# -- in words --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ({"do": "wait"}, "wait"),
        ({"do": "wait", "until": "it rains"}, "wait until it rains"),
        ({"do": "talk", "to": "the choir", "about": "noise"}, "talk with the choir about noise"),
        ({"do": "offer", "what": "parking"}, "offer: parking"),
        ({"do": "offer", "what": "parking", "to": "drivers"}, "offer drivers: parking"),
        ({"do": "notice", "text": "Go."}, "tell everybody: Go."),
        ({"do": "notice", "text": "Go.", "to": "residents"}, "tell residents: Go."),
        ({"do": "barriers", "plan": "ring"}, "set up the barriers of ring"),
        ({"do": "tow", "means": "trucks.json"}, "tow by trucks.json"),
        ({"do": "cut_off", "what": "water", "floor": "two taps", "law": "a right"},
         "cut off water; everybody still gets two taps; law: a right"),
    ],
)  # fmt: skip
def test_what_is_done_is_said_in_words(act: dict[str, str], words: str) -> None:
    (done,) = option("a", does=[act]).does
    assert act_words(done) == words
