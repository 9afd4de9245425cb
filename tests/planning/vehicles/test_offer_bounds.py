"""Offers to park at their bounds: when they end, how far they were taken up, what a place may be, who is sent where."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

import pytest

from clearway.errors import BadInput
from clearway.planning.vehicles.offer.ended import alerts
from clearway.planning.vehicles.offer.places import ParkingPlace, places_of, template
from clearway.planning.vehicles.offer.transport import transported
from clearway.planning.vehicles.offer.uptake import Taken, uptake_of

if TYPE_CHECKING:
    from clearway.planning.vehicles.offer.contract import OfferAlert

NOW = datetime.fromisoformat("2022-02-16T12:00+13:00")


def place(name: str = "W", **fields: Any) -> ParkingPlace:  # noqa: ANN401 - fields of a place
    (found,) = places_of({"places": [{"id": name, "name": name, "lon": 174.7, "lat": -41.2, "capacity": 10} | fields]})
    return found


def ending(seconds: float, **fields: Any) -> ParkingPlace:  # noqa: ANN401 - fields of a place
    return place(ends=(NOW + timedelta(seconds=seconds)).isoformat(), **fields)


def alerted(*places: ParkingPlace) -> list[OfferAlert]:
    return list(alerts(places, NOW))


@pytest.mark.parametrize(
    ("seconds", "ended"), [(12 * 3600 + 1, None), (12 * 3600, False), (1, False), (0, True), (-3600, True)]
)
def test_an_offer_alerts_from_twelve_hours_before_its_end_and_has_ended_at_it(seconds: float, *, ended: bool | None) -> None:
    assert [one.ended for one in alerted(ending(seconds, parked=3))] == ([] if ended is None else [ended])


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"parked": 1}, "and 1 vehicle stands there."),
        ({"parked": 3}, "and 3 vehicles stand there."),
        ({"parked": 0, "parked_high": 1}, "and 0 to 1 vehicles stand there."),
        ({"parked_high": 4}, "and 0 to 4 vehicles stand there."),
        ({}, "and 0 to 10 vehicles stand there; nobody counted them."),
        ({"parked": 0}, None),
        ({"parked_high": 0}, None),
        ({"capacity": 0}, None),
        ({"assumed": ["capacity"]}, "and 0 to 10 vehicles stand there; nobody counted them; that so many fit is assumed."),
        ({"parked_high": 9, "assumed": ["capacity"]}, "and 0 to 9 vehicles stand there."),
    ],
)
def test_an_alert_says_how_many_stand_there_and_whether_anybody_counted_them(fields: dict[str, Any], says: str | None) -> None:
    found = alerted(ending(3600, **fields))
    assert [one.says for one in found] == ([f"The offer of W ends on Wed 16 Feb 13:00, {says}"] if says else [])
    assert alerted(place(parked=3)) == []


@pytest.mark.parametrize(("seconds", "when"), [(3600, "before the time is over"), (0, "now")])
def test_owners_are_told_before_the_time_is_over_or_now(seconds: float, when: str) -> None:
    (found,) = alerted(ending(seconds, parked=3))
    assert f"tell the owners {when}, and count those who leave." in found.next_steps[-1]


@pytest.mark.parametrize(
    ("others", "offer"),
    [
        ([], "No other place has room: find one."),
        ([place("E", capacity=0)], "No other place has room: find one."),
        ([place("E", capacity=3)], "Offer E (3 spaces): enough for all."),
        ([place("E", capacity=2)], "Offer E (2 spaces): 1 too few."),
        ([place("E", capacity=2), place("N", capacity=1)], "Offer E (2 spaces) and N (1 space): enough for all."),
        ([place("E", capacity=9, starts=(NOW + timedelta(hours=1)).isoformat())], "No other place has room: find one."),
    ],
)
def test_what_follows_is_more_time_another_place_and_to_tell_the_owners(others: list[ParkingPlace], offer: str) -> None:
    (found,) = alerted(ending(3600, parked=3, by="the club"), *others)
    assert found.next_steps == (
        "Ask the club for more time.",
        offer,
        "Nobody said whether they may drive back: tell the owners before the time is over, and count those who leave.",
    )
    backs = [alerted(ending(3600, parked=3, come_back=back))[0].next_steps for back in (True, False)]
    assert backs[0][0] == "Ask whoever offers it for more time."
    assert [one[2].partition(":")[0] for one in backs] == [
        "They may drive back into the streets", "They may not drive back",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "room"),
    [
        ({}, 10),
        ({"parked": 4}, 6),
        ({"parked": 4, "parked_high": 7}, 3),
        ({"parked_high": 7}, 3),
        ({"parked": 11}, 0),
        ({"starts": "2022-02-16T12:00+13:00"}, 10),
        ({"starts": "2022-02-16T12:01+13:00"}, 0),
        ({"ends": "2022-02-16T12:00+13:00"}, 0),
        ({"ends": "2022-02-16T12:01+13:00"}, 10),
        ({"hours": "12:00-13:00"}, 10),
        ({"hours": "11:00-12:00"}, 0),
    ],
)
def test_the_room_of_a_place_is_what_is_surely_free_in_its_time(fields: dict[str, Any], room: int) -> None:
    assert place(**fields).room_at(NOW) == room
    assert place(parked=4, hours="11:00-12:00").room_at(None) == 6


@pytest.mark.parametrize(
    ("fields", "fits"),
    [
        ({"id": "A", "name": "B"}, True),
        ({"id": ""}, False),
        ({"height_m": 0.5}, True),
        ({"height_m": 10}, True),
        ({"height_m": 0}, False),
        ({"height_m": 10.5}, False),
        ({"per_minute": 0.5}, True),
        ({"per_minute": 0}, False),
        ({"per_minute": 60}, True),
        ({"per_minute": 61}, False),
        ({"capacity": 100_000}, True),
        ({"capacity": 100_001}, False),
        ({"capacity": 1.5}, False),
        ({"parked": -1}, False),
        ({"parked": 0}, True),
        ({"parked_high": -1}, False),
        ({"id": "i" * 100, "name": "n" * 100}, True),
        ({"id": "i" * 101}, False),
        ({"name": "n" * 101}, False),
        ({"name": ""}, False),
        ({"by": "b" * 200, "to": "t" * 200, "surface": "s" * 100}, True),
        ({"by": "b" * 201}, False),
        ({"to": "t" * 201}, False),
        ({"surface": "s" * 101}, False),
        ({"hours": "by day"}, False),
        ({"capacity": 0}, True),
        ({"capacity": -1}, False),
        ({"parked": 2, "parked_high": 2}, True),
        ({"parked": 2, "parked_high": 1}, False),
        ({"parked_high": 0}, True),
        ({"starts": "2022-02-16T12:00+13:00", "ends": "2022-02-16T12:01+13:00"}, True),
        ({"starts": "2022-02-16T12:00+13:00", "ends": "2022-02-16T12:00+13:00"}, False),
    ],
)
def test_what_a_place_may_be(fields: dict[str, Any], *, fits: bool) -> None:
    said = {"id": "W", "name": "W", "lon": 174.7, "lat": -41.2, "capacity": 10} | fields
    if fits:
        assert places_of({"places": [said]})
    else:
        with pytest.raises(BadInput):
            places_of({"places": [said]})


def test_there_are_one_to_forty_places_of_a_name_each() -> None:
    def several(*names: str) -> list[str]:
        said = [{"id": name, "name": "W", "lon": 174.7, "lat": -41.2, "capacity": 1} for name in names]
        return [one.id for one in places_of({"places": said})]

    assert several(*(f"p{number}" for number in range(40)))[-1] == "p39"
    for names in ((), tuple(f"p{number}" for number in range(41))):
        with pytest.raises(BadInput, match="places"):
            several(*names)
    with pytest.raises(BadInput, match="Two places are called a, b; give each a name of its own"):
        several("b", "a", "c", "b", "a")


def test_the_template_says_of_each_thing_that_nobody_said_it() -> None:
    document = template()
    (stadium,) = places_of(document)
    assert stadium == ParkingPlace(id="stadium", name="Stadium", lon=174.785833, lat=-41.273056, capacity=0)
    (fields,) = cast("list[dict[str, object]]", document["places"])
    assert set(fields) == set(ParkingPlace.model_fields) - {"assumed"}


@pytest.mark.parametrize(
    ("fields", "seconds"),
    [
        ({}, None), ({"ends": "2022-02-16T12:01+13:00"}, 60), ({"ends": "2022-02-16T12:01:30+13:00"}, 120),
        ({"ends": "2022-02-17T12:00+13:00"}, 86_400), ({"ends": "2022-02-17T12:01+13:00"}, None),
        ({"hours": "11:00-13:00"}, 3600), ({"hours": "13:00-14:00"}, None), ({"starts": "2022-02-16T12:01+13:00"}, None),
    ],
)  # fmt: skip
def test_a_place_is_open_until_the_first_minute_at_which_it_is_shut(fields: dict[str, Any], seconds: int | None) -> None:
    assert place(**fields).shuts_s(NOW) == seconds
    assert place(**fields).shuts_s(None) is None


def test_how_many_took_it_up_is_no_fewer_than_stand_there_and_no_more_than_fit() -> None:
    found = uptake_of([], capacity=1200, vehicles=1, parked=5)
    assert (found.low, found.high) == (5, 1200)
    assert found.says.endswith("It may be anything from 5 to all 1,200 spaces.")
    full = uptake_of([], capacity=7, vehicles=1, parked=9, mark=" (assumed)")
    assert (full.low, full.says.endswith("from 7 to all 7 spaces (assumed).")) == (7, True)
    assert (full.per_hour_low, full.per_hour_high, full.empty_h_low, full.empty_h_high) == (None,) * 4


def at(hours: float, low: int, high: int | None = None) -> Taken:
    return Taken(NOW + timedelta(hours=hours), low, high)


def test_figures_of_an_offer_give_rates_by_their_ends_and_a_total_never_falls() -> None:
    found = uptake_of([at(4, 30, 40), at(0, 10, 20), at(2, 12)], capacity=100, vehicles=60)
    assert (found.low, found.high) == (30, 40)
    assert (found.per_hour_low, found.per_hour_high) == (2.5, 7.5)
    assert (found.empty_h_low, found.empty_h_high) == (8.0, 24.0)
    assert found.says == (
        "30 to 40 took it up by 16 Feb 16:00, 2.5 to 7.5 an hour: 60 vehicles would need 8 to 24 h at this rate, if none comes."
    )
    lifted = uptake_of([at(0, 20, 20), at(2, 5, 25)], capacity=100, vehicles=60)
    assert (lifted.low, lifted.high, lifted.per_hour_low, lifted.per_hour_high) == (20, 25, 0.0, 2.5)
    assert lifted.says.endswith("60 vehicles would need 24 h or more at this rate; it may be that none leaves.")
    assert (lifted.empty_h_low, lifted.empty_h_high) == (24.0, None)


def test_a_figure_that_is_the_capacity_is_marked_where_that_is_assumed() -> None:
    open_, told = [at(0, 5, 7), at(1, 10)], [at(0, 5, 50), at(1, 10, 12)]
    rate = "20 vehicles would need 0 to 7 h at this rate, if none comes."
    found = uptake_of(open_, capacity=50, vehicles=20, mark=" (assumed)")
    assert found.says == f"10 to 50 (assumed) took it up by 16 Feb 13:00, 3.0 to 45.0 an hour: {rate}"
    assert uptake_of(told, capacity=50, vehicles=20, mark=" (assumed)").says.startswith("10 to 12 took it up by 16 Feb 13:00, ")


def test_one_figure_or_none_and_figures_that_stand_still() -> None:
    none = uptake_of([], capacity=7, vehicles=60)
    assert (none.low, none.high, none.per_hour_low) == (0, 7, None)
    assert none.says == "How many took it up is unknown: nobody gave a figure. It may be anything from none to all 7 spaces."
    one = uptake_of([at(0, 5, 5)], capacity=7, vehicles=60)
    assert (one.low, one.high, one.says) == (5, 5, "5 took it up by 16 Feb 12:00. One figure gives no rate.")
    twice = uptake_of([at(0, 4, 6), at(0, 5, 9)], capacity=7, vehicles=60)
    assert (twice.low, twice.high, twice.says) == (5, 7, "5 to 7 took it up by 16 Feb 12:00. One figure gives no rate.")
    still = uptake_of([at(0, 5, 5), at(3, 5, 5)], capacity=7, vehicles=1)
    assert still.says == "5 took it up by 16 Feb 15:00, 0.0 to 0.0 an hour: at this rate none of 1 vehicle leaves."
    assert (still.empty_h_low, still.empty_h_high) == (None, None)


@pytest.mark.parametrize("figures", [[at(0, 40), at(2, 0, 20)], [at(0, 8, 9)], [at(0, 3, 2)]])
def test_figures_that_contradict_each_other_or_do_not_fit_are_refused(figures: list[Taken]) -> None:
    with pytest.raises(BadInput, match="or more by 16 Feb 12:00, yet fewer later, or more than fit"):
        uptake_of(figures, capacity=7 if figures[0].low == 8 else 50, vehicles=1)


@pytest.mark.parametrize(
    ("supply", "room", "seconds", "sent"),
    [
        ([3], [2, 5], [[10, 20]], [[2, 1]]),
        ([3], [2, 5], [[20, 10]], [[0, 3]]),
        ([3], [2, 0], [[10, 20]], [[2, 0]]),
        ([3], [5, 5], [[None, 20]], [[0, 3]]),
        ([2, 2], [2, 2], [[10, 11], [10, 30]], [[0, 2], [2, 0]]),
        ([2], [3], [[None]], [[0]]),
        ([0, 1], [1], [[5], [5]], [[0], [1]]),
    ],
)
def test_who_is_sent_where_takes_the_least_in_all_and_sends_as_many_as_can_be(
    supply: list[int], room: list[int], seconds: list[list[int | None]], sent: list[list[int]]
) -> None:
    assert transported(supply, room, seconds).sent == sent
