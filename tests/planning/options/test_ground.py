"""The streets that options start from: what the record bars, what schedules clear, and what stand-ins for desks are asked."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from clearway.errors import BadInput, Infeasible
from clearway.network.classes import MOTOR_CLASSES, class_mask
from clearway.network.closures import Closure
from clearway.picture.index import PictureIndex
from clearway.picture.view import Moments, picture_of
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.options.ground import OptionGround, Prepared, Standing, Traffic, refuse_schedule, standing_of
from clearway.planning.vehicles.tally import Stretch
from clearway.planning.vehicles.towing.means import means_of
from clearway.record.place_text import places_of_text
from option_rooms import option
from picture.test_view import CALENDAR, STREAM, at_hour, report
from planning.options.test_compare import ground, schedule, street, way

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Network
    from clearway.planning.vehicles.towing.means import TowMeans
    from clearway.record.store import Store

__all__ = ["street"]  # a fixture

HELP, OTHERS = class_mask(["emergency"]), class_mask([name for name in MOTOR_CLASSES if name != "emergency"])


class Model:
    """Stands in for the models of buses and of traffic, and notes what it is asked."""

    def __init__(self) -> None:
        self.asked: list[Any] = []

    def trips_cut(self, closures: Sequence[Closure]) -> tuple[int, int]:
        self.asked.append(tuple(closures))
        return 12, 3

    def impact(self, closures: Sequence[Closure], *, hour: int, draws: int, tell: object) -> Any:  # noqa: ANN401
        self.asked.append((len(closures), hour, draws, tell))
        totals = SimpleNamespace(extra_vehicle_hours=2.5, trips_lost_per_hour=40.0)
        return SimpleNamespace(totals=totals, statement="Trips are of 2018.")


def test_traffic_is_of_the_hour_that_is_asked_without_draws_and_worked_out_once(street: Network) -> None:
    model = Model()
    base = replace(ground(street), trips=Traffic(cast("Any", model), 8))
    shut = [Closure(0, HELP)]
    assert [base.traffic(shut, cast("Any", "tell")) for _ in range(2)] == [(2.5, 40.0, 8, "Trips are of 2018.")] * 2
    assert model.asked == [(1, 8, 0, "tell")]
    assert ground(street).traffic(shut) is None


def test_buses_are_held_against_each_set_of_closures_once_whatever_their_order(street: Network) -> None:
    model = Model()
    base = replace(ground(street), buses=cast("Any", model))
    one, two = Closure(0, HELP), Closure(1, HELP)
    assert base.bus_cuts([one, two]) == base.bus_cuts([two, one]) == (12, 3)
    assert base.bus_cuts([one]) == (12, 3)
    assert [len(asked) for asked in model.asked] == [2, 1]
    assert ground(street).bus_cuts([one]) is None


@pytest.mark.parametrize(
    ("tows", "stops"),
    [(0, [HELP | OTHERS]), (1, [HELP | OTHERS]), (2, [OTHERS]), (3, [])],
)
def test_a_stretch_stops_help_until_a_lane_is_free_and_others_until_it_is_empty(
    street: Network, tows: int, stops: list[int]
) -> None:
    made = (schedule(street, tows),) if tows else ()
    found = ground(street).closures(Prepared(option("a"), schedules=made))
    assert [(one.way, one.shuts, one.label) for one in found] == [
        (way(street, "Second Street"), stop, "Second Street") for stop in stops
    ]


def test_a_stretch_of_several_ways_stops_on_each_and_one_that_needs_no_lane_lets_help_through(street: Network) -> None:
    ways = (way(street, "Second Street"), way(street, "Third Street"))
    base = replace(ground(street), stretches=(Stretch("Both", ways, {"car": 3}, 3, 0, 0, ()),))
    assert [(one.way, one.shuts) for one in base.closures(Prepared(option("a")))] == [(one, OTHERS) for one in ways]


def test_what_stands_comes_first_and_streets_are_shut_by_what_stops_cars(street: Network) -> None:
    first = way(street, "First Street")
    standing = (Closure(first, HELP), Closure(way(street, "Third Street"), OTHERS))
    base = replace(ground(street), standing=standing)
    found = base.closures(Prepared(option("a")))
    assert found[:2] == standing
    assert base.streets_shut(found) == ("Second Street", "Third Street")
    assert base.streets_shut([]) == ()


def yard(network: Network, *, trucks: int) -> TowMeans:
    """Light trucks of one firm, and a yard on the first street."""
    lon, lat = map(float, network.geometry(way(network, "First Street")).mean(axis=0))
    return means_of({
        "storage": [{"id": "yard", "lon": lon, "lat": lat, "capacity": 9}],
        "operators": [{"id": "A", "light": {"trucks": trucks, "willing": "yes"}}],
    })  # fmt: skip


def beyond(network: Network) -> OptionGround:
    """Three cars stand on the third street, and trucks come by the second."""
    stretch = Stretch("Third Street", (way(network, "Third Street"),), {"car": 3}, 3, 0, 2, ())
    return replace(ground(network), stretches=(stretch,))


@pytest.mark.parametrize(
    ("closure", "fetched"),
    [
        (None, True),
        ({"shuts": class_mask(["service"])}, False),
        ({"shuts": HELP}, True),  # trucks pass
    ],
)
def test_trucks_drive_past_what_stands_where_it_lets_them(
    street: Network, closure: dict[str, Any] | None, *, fetched: bool
) -> None:
    means = yard(street, trucks=2)
    shut = (Closure(way(street, "Second Street"), **closure),) if closure else ()
    found = replace(beyond(street), standing=shut).schedule(means, None)
    assert (len(found.tows), bool(found.not_towed)) == ((3, False) if fetched else (0, True))


def test_a_gate_on_the_way_costs_trucks_its_time(street: Network) -> None:
    means = yard(street, trucks=3)
    gate = Closure(way(street, "Second Street"), HELP, at_m=1.0, delay_s=600.0)
    free, held = (replace(beyond(street), standing=shut).schedule(means, None) for shut in ((), (gate,)))
    first, later = (min(one.done_s for one in made.tows) for made in (free, held))
    assert later - first >= 600


def states(store: Store, *where: str) -> Any:  # noqa: ANN401 - facts
    for number, words in enumerate(where):
        places = [place.model_dump(mode="json", exclude_none=True) for place in places_of_text(words)]
        report(store, f"b{number}", "road_state", {"state": "shut"}, 5, places=places)
    moment = Moments(at_hour(6, 12), at_hour(6, 12))
    return picture_of(store, PictureIndex(), STREAM, moment, calendar=CALENDAR, bands=False).states


def test_what_the_record_bars_is_counted_only_where_the_operation_has_a_place(street: Network, store: Store) -> None:
    gazetteer = Gazetteer(street)
    unknown = "The record does not say where the operation is: what it bars is not counted."
    facts = states(store, "Second Street between First Street and Third Street")
    assert standing_of(facts, None, gazetteer) == Standing((), (unknown,), ())
    lon, lat = map(float, street.geometry(way(street, "Second Street")).mean(axis=0))
    assert standing_of([], (lon, lat), gazetteer) == Standing((), (), ())
    found = standing_of(facts, (lon, lat), gazetteer)
    assert {one.way for one in found.closures} == {way(street, "Second Street")}
    assert {one.shuts for one in found.closures} == {class_mask(MOTOR_CLASSES)}
    assert found.notes == ("What 1 entry of the record bar is taken to stop every vehicle, help too, for every option.",)
    assert found.entries == ("b0",)


@pytest.mark.parametrize(("number", "named"), [(1, 1), (3, 3), (4, 3)])
def test_what_nobody_can_place_is_told_with_three_of_it(street: Network, store: Store, number: int, named: int) -> None:
    lon, lat = map(float, street.geometry(way(street, "Second Street")).mean(axis=0))
    found = standing_of(states(store, *(f"Moon Road {one}" for one in range(number))), (lon, lat), Gazetteer(street))
    (note,) = found.notes
    things = "1 barrier or closure" if number == 1 else f"{number} barriers or closures"
    assert note.startswith(f"Nobody can place {things} of the record, and they are not counted: ")
    assert note.count("Moon Road") == named
    assert (found.closures, found.entries) == ((), ())


def test_a_schedule_that_fails_its_check_is_refused_and_each_refusal_says_what_to_do(street: Network) -> None:
    base, made = ground(street), ground(street).schedule(yard(street, trucks=1), None)
    refuse_schedule(made, base, "tow.json")
    early = tuple(one.model_copy(update={"done_s": 1}) for one in made.tows)
    spoiled = made.model_copy(update={"tows": early})
    with pytest.raises(BadInput, match=r"^tow\.json does not pass its check: .* Make it again with 'clearway vehicles tow'\.$"):
        refuse_schedule(spoiled, base, "tow.json")
    with pytest.raises(BadInput, match=r"^tow\.json was made on another network\. Make it again: 'clearway vehicles tow "):
        refuse_schedule(made.model_copy(update={"network": "0"}), base, "tow.json")
    with pytest.raises(BadInput, match=r"does not have\. Give the tally that it was made of with --tally\.$"):
        refuse_schedule(made, replace(base, stretches=()), "tow.json")


def test_whom_help_reaches_is_not_told_where_the_certificate_of_any_service_fails_its_check(
    street: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = ground(street)
    (fire,) = base.services
    both = replace(base, services=(fire, replace(fire, service=replace(fire.service, name="ambulance"))))
    told = both.access([])
    assert told.addresses == base.access([]).addresses == street.address_count
    outcomes = iter([[], ["It is wrong.", "And again."]])
    monkeypatch.setattr("clearway.planning.options.ground.check_access", lambda *_: (None, next(outcomes)))
    shut = [Closure(way(street, "Second Street"), HELP)]
    with pytest.raises(Infeasible, match=r"^The certificate of ambulance did not pass its check: It is wrong\. Report this\.$"):
        both.access(shut)
