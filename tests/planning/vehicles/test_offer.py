"""Offers to park elsewhere: who goes where, queues, uptake, and offers that end."""

from __future__ import annotations

import itertools
import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadFile, BadInput
from clearway.network.classes import MOTOR_CLASSES, class_mask
from clearway.network.closures import Closure
from clearway.planning.vehicles.offer.ended import alerts
from clearway.planning.vehicles.offer.places import places_of, read_places, template
from clearway.planning.vehicles.offer.planning import OfferQuestion, offered
from clearway.planning.vehicles.offer.transport import UNSENT_S, transported
from clearway.planning.vehicles.offer.uptake import Taken, uptake_of
from clearway.planning.vehicles.tally import Stretch
from drawn_towns import Town, place
from rounds import rounds

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from clearway.network.model import Network
    from clearway.planning.vehicles.offer.contract import Offered

NOON = datetime.fromisoformat("2022-02-16T12:00:00+13:00")
FOR_HELP = class_mask([one for one in MOTOR_CLASSES if one != "emergency"])
GATE = Closure(1, FOR_HELP, at_m=50.0, label="gate 1")


@pytest.fixture(scope="module")
def town() -> Network:
    """Main Street in four blocks of 500 m, at 36 km/h; cars stand in the middle of the second, places lie at both ends."""
    drawn = Town()
    for x in (0.0, 500.0, 1000.0, 1500.0):
        drawn.street((x, 0.0), (x + 500.0, 0.0), name="West Street" if x < 500 else "East Street", speed_kmh=36.0)
    return drawn.network()


def parking(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - fields of a place
    lon, lat = place(0.0, 0.0)
    return {"id": "west", "name": "West field", "lon": lon, "lat": lat, "capacity": 4} | changes


def asked(*places: dict[str, Any], closures: Sequence[Closure] = (), **changes: Any) -> OfferQuestion:  # noqa: ANN401
    lon, lat = place(2000.0, 0.0)
    east = parking(id="east", name="East field", lon=lon, lat=lat, capacity=10)
    stretches = (Stretch("second block", (1,), {"car": 5, "camper": 1}, 6, 0, 3),)
    return OfferQuestion(stretches, places_of({"places": list(places) or [parking(), east]}), tuple(closures), **changes)


@pytest.fixture(scope="module")
def answer(town: Network) -> Offered:
    return offered(town, asked(closures=[GATE], at=NOON))


def test_the_near_place_is_filled_first_and_the_rest_goes_to_the_far_one(answer: Offered) -> None:
    seconds = {(one.place): one.seconds for one in answer.drives}
    assert seconds == {0: 76, 1: 126}
    sent = [sum(one.vehicles for one in answer.sends if one.place == at) for at in (0, 1)]
    assert (sent, answer.total_s, answer.left) == ([4, 2], 4 * 76 + 2 * 126, 0)


def test_who_is_too_high_for_every_place_and_places_that_hold_more_than_fit_are_noted(town: Network) -> None:
    found = offered(town, asked(parking(height_m=2.2, parked=5), at=NOON))
    assert "1 camper, truck or bus finds no place: too low for them is West field (2.2 m)." in found.notes
    assert "5 vehicles stand on West field, as it was said, and 4 fit: correct one of the two." in found.notes
    assert found.summary[0] == "6 vehicles: none could go: there is no room, or no way."
    assert found.uptake.says.endswith("It may be anything from 4 to all 4 spaces.")
    assert any(one.startswith("Campers, trucks and buses pass a limit of height of 3 m or more") for one in found.assumed)


def test_a_gate_lets_out_one_after_another(answer: Offered) -> None:
    gate, west, east = answer.queues
    assert (gate.at, gate.vehicles, gate.last_s, gate.longest) == ("gate 1", 4, 21 + 40, 4)
    assert (west.vehicles, west.last_s) == (4, 10 + 76 + 4 * 10)
    assert (east.vehicles, east.last_s, answer.empty_s) == (2, 126 + 20, 146)


def test_a_point_that_shuts_out_buses_alone_is_no_gate(town: Network) -> None:
    found = offered(town, asked(closures=[Closure(1, class_mask(["bus"]), at_m=50.0, label="for buses")], at=NOON))
    assert [one.at for one in found.queues] == ["West field", "East field"]
    assert not any("gate" in one for one in found.assumed)


def test_the_way_is_told_and_signed(answer: Offered) -> None:
    assert {one.place: one.streets for one in answer.sends} == {0: ("East Street", "West Street"), 1: ("East Street",)}
    assert [(one.at, one.says) for one in answer.signs] == [("East Street at West Street", "Parking West field: West Street")]


def test_a_place_takes_no_tall_vehicle_under_its_limit_nobody_before_its_time_and_no_more_than_fit(town: Network) -> None:
    low = offered(town, asked(parking(height_m=2.1)))
    assert (low.sent, low.left) == (4, 2)
    only_cars = offered(town, asked(parking(height_m=2.1, capacity=9)))
    assert (only_cars.sent, [one.tall for one in only_cars.sends]) == (5, [False])
    early = offered(town, asked(parking(starts="2022-02-16T18:30+13:00"), at=NOON))
    assert early.sent == 0
    assert "The offer of West field has not begun at that time: nobody is sent there." in early.notes
    taken = offered(town, asked(parking(capacity=9, parked=3, parked_high=6)))
    assert taken.sent == 3


def test_a_barrier_for_all_leaves_no_way_out(town: Network) -> None:
    block = Closure(1, class_mask(MOTOR_CLASSES), at_m=50.0)
    found = offered(town, asked(parking(), closures=[block]))
    assert (found.sent, found.empty_s) == (0, None)
    assert "No way leads from second block to any of the places." in found.notes


def test_what_nobody_said_is_assumed_or_noted(answer: Offered) -> None:
    assert "6 vehicles a minute pass a gate." in answer.assumed
    assert "Those who staff 1 gate, which open for some, let vehicles out." in answer.assumed
    assert "Nobody said whether one may drive back from West field." in answer.notes
    assert answer.uptake.says.startswith("How many took it up is unknown")
    assert (answer.uptake.low, answer.uptake.high) == (0, 14)


def cheapest(supply: Sequence[int], room: Sequence[int], seconds: Sequence[Sequence[int | None]]) -> int:
    """The least over every way to send each vehicle to a place or nowhere."""
    sources = [one for one, count in enumerate(supply) for _ in range(count)]
    best = None
    for choice in itertools.product([*range(len(room)), None], repeat=len(sources)):
        if any(choice.count(one) > most for one, most in enumerate(room)):
            continue
        costs = [UNSENT_S if at is None else seconds[one][at] for one, at in zip(sources, choice, strict=True)]
        if None not in costs:
            total = sum(one or 0 for one in costs)
            best = total if best is None else min(best, total)
    assert best is not None
    return best


def test_nothing_is_cheaper_in_small_cases() -> None:
    for chance in rounds(40):
        supply = [chance.randint(0, 3) for _ in range(2)]
        room = [chance.randint(0, 3) for _ in range(2)]
        seconds = [[None if chance.random() < 0.2 else chance.randint(1, 99) for _ in room] for _ in supply]
        found = transported(supply, room, seconds)
        sent = sum(map(sum, found.sent))
        cost = sum(
            count * (seconds[one][at] or 0) for one, row in enumerate(found.sent) for at, count in enumerate(row)
        ) + UNSENT_S * (sum(supply) - sent)
        assert cost == cheapest(supply, room, seconds)
        worth = sum(n * u for n, u in zip(supply, found.source_prices, strict=True))
        worth += sum(n * v for n, v in zip(room, found.place_prices, strict=True))
        assert worth == pytest.approx(cost)


def figure(hours: float, low: int, high: int | None = None) -> Taken:
    return Taken(NOON + timedelta(hours=hours), low, high)


def test_two_figures_give_a_band_of_rates_and_of_hours() -> None:
    found = uptake_of([figure(10, 30, 40), figure(0, 10, 12)], capacity=500, vehicles=90)
    assert (found.per_hour_low, found.per_hour_high) == (1.8, 3.0)
    assert (found.empty_h_low, found.empty_h_high) == (30.0, 50.0)
    assert "1.8 to 3.0 an hour: 90 vehicles would need 30 to 50 h at this rate, if none comes." in found.says


def test_one_figure_gives_no_rate_and_a_total_never_falls() -> None:
    assert uptake_of([figure(0, 12)], capacity=20, vehicles=9).per_hour_low is None
    lifted = uptake_of([figure(0, 10), figure(10, 5, 30)], capacity=500, vehicles=9)
    assert (lifted.low, lifted.high) == (10, 30)
    with pytest.raises(BadInput, match="A total never falls"):
        uptake_of([figure(0, 40), figure(5, 0, 20)], capacity=500, vehicles=9)
    with pytest.raises(BadInput, match="A total never falls"):
        uptake_of([figure(0, 40)], capacity=20, vehicles=9)
    still = uptake_of([figure(0, 3, 3), figure(5, 3, 3)], capacity=20, vehicles=9)
    assert "at this rate none of 9 vehicles leaves" in still.says


def ended(**changes: Any) -> list[Any]:  # noqa: ANN401 - fields of a place
    return list(alerts(places_of({"places": [parking(**changes), parking(id="b", name="Other", capacity=5)]}), NOON))


def test_an_offer_that_has_ended_with_vehicles_there_is_an_alert_with_the_number_and_what_follows() -> None:
    (found,) = ended(ends="2022-02-16T11:00+13:00", parked=3, by="New Zealand Police", come_back=False)
    assert (found.ended, found.low, found.high) == (True, 3, 3)
    assert found.says == "The offer of West field has ended on Wed 16 Feb 11:00, and 3 vehicles stand there."
    assert found.next_steps[0] == "Ask New Zealand Police for more time."
    assert found.next_steps[1] == "Offer Other (5 spaces): enough for all."
    assert found.next_steps[2].startswith("They may not drive back")


def test_an_offer_that_ends_soon_warns_one_that_nobody_counted_too_and_an_empty_place_does_not() -> None:
    (soon,) = ended(ends="2022-02-16T20:00+13:00", parked=2, parked_high=8)
    assert not soon.ended
    assert "2 to 8 vehicles stand there" in soon.says
    assert soon.next_steps[1] == "Offer Other (5 spaces): 3 too few."
    (unknown,) = ended(ends="2022-02-16T11:00+13:00")
    assert "0 to 4 vehicles stand there; nobody counted them." in unknown.says
    assert ended(ends="2022-02-16T11:00+13:00", parked=0) == []
    assert ended(ends="2022-02-18T11:00+13:00", parked=3) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"starts": "2022-02-16T20:00+13:00", "ends": "2022-02-16T19:00+13:00"}, "ends before it starts"),
        ({"parked": 5, "parked_high": 3}, "'parked_high' is less than 'parked'"),
        ({"starts": "2022-02-16T20:00"}, "starts"),
        ({"capacity": -1}, "capacity"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_places_that_cannot_be_used_are_refused_in_a_sentence(change: dict[str, Any], words: str) -> None:
    with pytest.raises(BadInput, match=words) as refused:
        places_of({"places": [parking(**change)]})
    assert "'clearway vehicles places' prints one" in str(refused.value)


def test_places_are_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "places.json"
    path.write_text(json.dumps(template()))
    assert read_places(path)[0].id == "stadium"
    path.write_text(json.dumps({"places": [parking(), parking()]}))
    with pytest.raises(BadFile, match="Two places are called west"):
        read_places(path)
    path.write_text("[")
    with pytest.raises(BadFile, match="is not JSON"):
        read_places(path)
