"""Of which place an offer in the record speaks, and what its figures say together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clearway.planning.vehicles.offer.places import places_of
from clearway.planning.vehicles.offer.said import said_of_offers
from clearway.planning.vehicles.offer.uptake import Taken
from clearway.record.entry import Entry
from clearway.record.moments import calendar, moment_of
from clearway.record.parse import draft_of

if TYPE_CHECKING:
    from datetime import datetime

    from clearway.planning.vehicles.offer.places import ParkingPlace
    from clearway.planning.vehicles.offer.said import SaidOfOffers

CALENDAR = calendar("Pacific/Auckland", "2022-02-08")
KNOWN = moment_of("2022-03-05T00:00Z")
FIELD, QUAY = {"id": "field", "name": "The Field", "by": "Club"}, {"id": "quay", "name": "Quay", "by": "Port"}


def clock(hour: int) -> datetime:
    return moment_of(f"2022-02-16T{hour:02}:00+13:00")


def said(name: str, place: str, body: dict[str, Any], hour: int = 12) -> Entry:
    document = {
        "id": name, "kind": "offer", "body": {"what": "parking", "summary": "free"} | body, "source": "officer, Police",
        "happened": clock(hour).isoformat(), "known": clock(hour).isoformat(),
    }  # fmt: skip
    draft = draft_of(document | ({"place": place} if place else {}), CALENDAR, now=KNOWN)
    return Entry(seq=1, stream="square", version=1, written=KNOWN, draft=draft, hash="0" * 64)


def places(*of: dict[str, Any]) -> tuple[ParkingPlace, ...]:
    return places_of({"places": [{"lon": 174.7, "lat": -41.2, "capacity": 20} | one for one in of]})


def stand(found: SaidOfOffers) -> list[tuple[int | None, int | None]]:
    return [(one.parked, one.parked_high) for one in found.places]


NOBODY = "It is left out how far an offer [o] was taken up: no place to park has its place or name."


@pytest.mark.parametrize(
    ("place", "by", "number"),
    [
        ("the  FIELD", None, 0), ("Field", None, 0), ("The Field, north end", None, 0), ("Quay", None, 1), ("Dock", None, None),
        ("", "port", 1), ("", "Club", 0), ("", "Council", None), ("", None, None), ("Dock", "Port", None),
    ],
)  # fmt: skip
def test_an_offer_speaks_of_the_place_of_its_name_or_where_it_has_none_of_its_body(
    place: str, by: str | None, number: int | None
) -> None:
    found = said_of_offers([said("o", place, {"occupancy": "full"} | ({"by": by} if by else {}))], places(FIELD, QUAY))
    assert stand(found) == [(19, 20) if number == at else (None, None) for at in (0, 1)]
    assert (NOBODY in found.notes) is (number is None)


def test_of_one_place_alone_an_offer_without_place_or_body_speaks_and_no_other() -> None:
    for place, body, told in (
        ("", {}, True), ("Dock", {}, False), ("", {"by": "Council"}, False), ("", {"by": "Club"}, True),
    ):  # fmt: skip
        found = said_of_offers([said("o", place, {"taken_up": 5} | body)], places(FIELD))
        assert found.taken == ((Taken(clock(12), 5, 5),) if told else ()), (place, body)


def test_what_is_no_figure_of_parking_is_passed_over() -> None:
    entries = [said("a", "Quay", {}), said("b", "Quay", {"what": "venue", "taken_up": 5})]
    assert said_of_offers(entries, places(QUAY)) == (places(QUAY), (), ())


def test_figures_of_several_places_are_added_by_their_least_and_the_most_is_known_of_one_alone() -> None:
    entries = [
        said("a", "Field", {"taken_up": "5 to 7"}, 10), said("b", "Quay", {"taken_up": 3}, 11),
        said("c", "Field", {"taken_up": 9}, 12),
    ]  # fmt: skip
    two = said_of_offers(entries, places(FIELD, QUAY))
    assert two.taken == (Taken(clock(10), 5, None), Taken(clock(11), 8, None), Taken(clock(12), 12, None))
    assert stand(two) == [(0, 9), (0, 3)]
    one = said_of_offers([*entries[::2], said("d", "Field", {"taken_up": "9 to 11"}, 12)], places(FIELD))
    assert one.taken == (Taken(clock(10), 5, 7), Taken(clock(12), 9, 9))


@pytest.mark.parametrize(
    ("body", "taken", "there"),
    [
        ({"occupancy": "half_full"}, (7, None), (7, 13)),
        ({"occupancy": "half_full", "taken_up": 9}, (9, 9), (7, 13)),
        ({"occupancy": "half_full", "taken_up": "at least 3"}, (7, None), (7, 13)),
        ({"taken_up": "up to 9"}, (0, 9), (0, 9)),
        ({"taken_up": "at least 4"}, (4, None), (0, 4)),
        ({"taken_up": "about 10"}, (8, 12), (0, 12)),
        ({"taken_up": {"low": 2.5, "high": 6.5}}, (3, 6), (0, 6)),
    ],
)
def test_a_figure_bounds_who_took_it_up_and_a_word_who_stands_there(
    body: dict[str, Any], taken: tuple[int, int | None], there: tuple[int, int]
) -> None:
    found = said_of_offers([said("o", "Quay", body)], places(QUAY))
    assert (found.taken, stand(found)) == ((Taken(clock(12), *taken),), [there])


def test_the_newest_word_says_who_stands_there_and_each_word_is_told_once() -> None:
    words = [("few", 12), ("full", 10), ("few", 11)]
    found = said_of_offers([said(f"o{at}", "Quay", {"occupancy": word}, at) for word, at in words], places(QUAY))
    assert stand(found) == [(0, 5)]
    assert found.notes == tuple(
        f'"{word}" at Quay is taken as {share} of its spaces: more may have come and driven on.'
        for word, share in (("few", "0% to 25%"), ("full", "95% to 100%"))
    )
    assert found.taken == (Taken(clock(10), 19, None), Taken(clock(11), 19, None), Taken(clock(12), 19, None))
