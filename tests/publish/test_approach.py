"""Roads in and out in METHANE: proved past everything that the record bars, or a sentence that says why nothing is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clearway.demo.wellington import wellington_network
from clearway.picture.index import PictureIndex
from clearway.picture.view import Moments, picture_of
from clearway.planning.gazetteer import Gazetteer
from clearway.publish.sitrep.approach import approach
from clearway.publish.sitrep.making import map_of, report_of
from clearway.record.moments import calendar, moment_of
from clearway.record.open import open_record
from clearway.record.parse import draft_of
from clearway.record.place_text import places_of_text
from drawn_towns import Town, place

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clearway.network.model import Network
    from clearway.record.store import Store

    Enter = Callable[..., Store]

NOW = moment_of("2022-06-06T12:00+12:00")
DAYS = calendar("Pacific/Auckland", "2022-06-01")
BLOCK = {"barrier": "concrete_block", "state": "standing"}
SITE = place(400, 500)
PARLIAMENT = (174.77715, -41.27845)


@pytest.fixture
def enter(tmp_path: Path) -> Enter:
    """A record with some entries: kind, body, places in words."""
    store = open_record(str(tmp_path / "room.record"))

    def entered(*entries: tuple[str, dict[str, Any], str]) -> Store:
        for kind, body, where in entries:
            places = [place.model_dump(mode="json", exclude_none=True) for place in places_of_text(where)] if where else []
            told = {"kind": kind, "body": body, "places": places, "happened": NOW.isoformat(), "known": NOW.isoformat()}
            store.append("op", [draft_of(told, DAYS, now=NOW, entered="imported")])
        return store

    return entered


@pytest.fixture(scope="module")
def quarter() -> Network:
    """Two ways from a station to a square: by Dock Road and Abbey Lane, or by Mill Road and Weir Street."""
    town = Town()
    streets = (((0, 0), (400, 0), "Dock Road"), ((400, 0), (400, 300), "Abbey Lane"), ((0, 0), (0, 300), "Mill Road"),
               ((0, 300), (400, 300), "Weir Street"), ((400, 300), (400, 500), "Square Street"))  # fmt: skip
    for start, end, name in streets:
        town.street(start, end, name=name, speed_kmh=30)
    town.draft.place("fire_station", *place(100, 2), name="Dock fire station")
    town.draft.place("hospital", *place(-2, 150), name="Mill hospital")
    return town.network()


def lines(store: Store, network: Network, site: tuple[float, float] = SITE) -> list[str]:
    picture = picture_of(store, PictureIndex(), "op", Moments(NOW, NOW), calendar=DAYS)
    return [item.text for item in approach(picture.states, site, Gazetteer(network, site))]


def test_the_way_in_and_out_is_told_street_by_street_with_its_seconds(enter: Enter, quarter: Network) -> None:
    into, out = lines(enter(), quarter)
    assert into == (
        "Approach, proved with nothing barred on record, which does not say that nothing is: from Dock fire station to Square "
        "Street, 0 m from the site, 0.8 km in 80 s: Dock Road 30 s, Abbey Lane 30 s, Square Street 20 s. Empty streets on the "
        "network 'Town'; an independent checker drove it again."
    )
    assert out == (
        "Egress, proved likewise: to Mill hospital, 0.8 km in 75 s: Square Street 20 s, Weir Street 40 s, Mill Road 15 s."
    )


@pytest.mark.parametrize(
    "where",
    ["Abbey Lane at Dock Road", "Abbey Lane between Dock Road and Weir Street", "100 m north of Dock Road on Abbey Lane"],
)
def test_past_what_is_placed_the_way_round_is_proved(enter: Enter, quarter: Network, where: str) -> None:
    into, out = lines(enter(("barrier_state", BLOCK, where)), quarter)
    assert into.startswith("Approach, proved past the one place that the record bars, whoever it lets through: from Dock fire ")
    assert ": Dock Road 10 s, Mill Road 30 s, Weir Street 40 s, Square Street 20 s." in into
    assert out.endswith("Weir Street 40 s, Mill Road 15 s.")


def test_a_point_picked_on_a_street_or_on_a_corner_is_placed(enter: Enter, quarter: Network) -> None:
    for spot in (place(400, 150), place(400, 0)):
        lon, lat = spot
        into, _ = lines(enter(("barrier_state", BLOCK, f"{lat:.7f}, {lon:.7f}")), quarter)
        assert "Mill Road 30 s, Weir Street 40 s" in into


def test_one_that_nobody_can_place_is_named_and_nothing_is_claimed(enter: Enter, quarter: Network) -> None:
    store = enter(("barrier_state", BLOCK, "Abbey Lane at Dock Road; Weir Street"), ("gate_state", {"state": "shut"}, ""))
    (only,) = lines(store, quarter)
    assert only == (
        "Approach and egress: nothing is proved. 1 of 3 barred places on record is on the network; not placed: Concrete block "
        "standing: Weir Street; Gate shut: no place named. Say where each stands, such as 'Hill Street at Molesworth Street', "
        "or pick the point."
    )


def test_places_that_were_counted_and_not_named_are_not_placed(enter: Enter, quarter: Network) -> None:
    (only,) = lines(enter(("barrier_state", BLOCK | {"at_places": {"low": 3, "high": 3}}, "Abbey Lane at Dock Road")), quarter)
    assert "1 of 2 barred places on record is on the network" in only
    assert "not placed: Concrete block standing: 2 more places that nobody named. " in only


def test_a_closed_ring_says_past_what_no_way_was_found(enter: Enter, quarter: Network) -> None:
    store = enter(
        ("barrier_state", BLOCK, "Abbey Lane at Weir Street"),
        ("barrier_state", BLOCK | {"barrier": "fence"}, "Mill Road at Weir Street"),
        ("gate_state", {"state": "restricted"}, "100 m north of Weir Street on Square Street"),
    )
    first, second = lines(store, quarter)
    assert first == (
        "Approach: no way was found for emergency vehicles to Square Street, 0 m from the site. Cut off by: Concrete "
        "block standing, Abbey Lane at Weir Street; Gate restricted, 100 m north along Square Street from Weir Street (alone "
        "are enough). Whether one is opened for help is not known to the engine."
    )
    assert second == "Nor to any other street within 300 m of the site; egress was not tried."


def test_inside_a_ring_the_nearest_street_that_is_reached_is_said(enter: Enter, quarter: Network) -> None:
    first, near, out = lines(enter(("barrier_state", BLOCK, "10 m north of Weir Street on Square Street")), quarter)
    assert first.startswith(
        "Approach: no way was found for emergency vehicles to Square Street, 0 m from the site. Cut off by: "
    )
    assert near.startswith(
        "As near as they get, proved past the one place that the record bars, whoever it lets through: from "
    )
    assert "Dock fire station to Weir Street, 200 m from the site, 0.6 km in 60 s" in near
    assert out.startswith("Egress, proved likewise: to Mill hospital")


def test_where_the_hospital_is_cut_off_no_way_out_is_claimed(enter: Enter, quarter: Network) -> None:
    blocks = [("barrier_state", BLOCK, f"{metres} m north of Dock Road on Mill Road") for metres in (100, 200)]
    into, out = lines(enter(*blocks), quarter)
    assert into.startswith("Approach, proved past all 2 places that the record bars, whoever they let through: from Dock fire")
    assert out == (
        "Egress: no way out to Mill hospital was found. Cut off by: Concrete block standing, 100 m north along Mill Road from "
        "Dock Road; Concrete block standing, 200 m north along Mill Road from Dock Road (alone are enough). Whether one is "
        "opened for help is not known to the engine."
    )


def test_where_no_street_leads_barriers_are_not_blamed(enter: Enter) -> None:
    town = Town()
    town.street((0, 0), (400, 0), name="Dock Road")
    town.street((0, 800), (400, 800), name="Isle Road")
    town.draft.place("fire_station", *place(100, 2), name="Dock fire station")
    split = town.network()
    lon, lat = place(200, 0)
    store = enter(("barrier_state", BLOCK, f"{lat:.7f}, {lon:.7f}"))
    assert lines(store, split, place(200, 400)) == [
        "Approach and egress: nothing is proved, because no street lies within 300 m of the site."
    ]
    (only,) = lines(store, split, place(200, 700))
    assert only.endswith(
        "nothing is proved: from the stations of the network 'Town' no street leads to the site, barred or not."
    )


@pytest.mark.parametrize(
    ("kind", "body", "bars"),
    [
        ("barrier_state", BLOCK | {"state": "reset"}, True),
        ("barrier_state", BLOCK | {"state": "breached"}, True),
        ("barrier_state", BLOCK | {"state": "removed"}, False),
        ("barrier_state", BLOCK | {"state": "planned"}, False),
        ("gate_state", {"state": "open"}, False),
        ("gate_state", {"state": "unknown"}, True),
        ("road_state", {"state": "shut", "passes": ["emergency"]}, True),
        ("road_state", {"state": "restricted", "passes": ["bus"]}, True),
        ("road_state", {"state": "restricted", "passes": ["bus", "emergency"]}, False),
        ("road_state", {"state": "restricted"}, False),
        ("passage_rule", {"who": ["ambulance crews"], "may": "not_pass"}, True),
        ("passage_rule", {"who": ["all vehicles"], "may": "leave"}, True),
        ("passage_rule", {"who": ["deliveries"], "may": "not_pass"}, False),
        ("passage_rule", {"who": ["emergency services"], "may": "enter_and_leave"}, False),
    ],
)
def test_whatever_may_stand_in_the_way_of_help_is_driven_round(
    enter: Enter, quarter: Network, kind: str, body: dict[str, Any], *, bars: bool
) -> None:
    into = lines(enter((kind, body, "Abbey Lane at Dock Road")), quarter)[0]
    assert ("Mill Road" in into) == bars
    assert into.startswith(f"Approach, proved {'past the one place' if bars else 'with nothing barred'}")


def test_a_street_that_is_not_on_the_map_says_so(enter: Enter, quarter: Network) -> None:
    (only,) = lines(enter(("barrier_state", BLOCK, "Abby Lane at Dock Road")), quarter)
    assert "Abby Lane at Dock Road (This map has no street called Abby Lane)" in only


def test_a_barrier_that_was_pushed_along_is_nowhere_until_somebody_says_where(enter: Enter, quarter: Network) -> None:
    store = enter(("barrier_state", BLOCK | {"state": "pushed"}, "Abbey Lane at Dock Road"))
    (only,) = lines(store, quarter)
    assert "Concrete block pushed: Abbey Lane at Dock Road (nobody has said where it is now)" in only


def test_the_map_numbers_places_and_its_key_says_what_is_there_once(enter: Enter, quarter: Network) -> None:
    corners = ("Abbey Lane at Dock Road", "Mill Road at Weir Street")
    lon, lat = place(400, 150)
    store = enter(
        *(("barrier_state", BLOCK, where) for where in corners),
        ("facility_state", {"facility": "Weir Street at Abbey Lane", "state": "shut", "note": "until May"},
         "Weir Street at Abbey Lane"),
        ("road_state", {"state": "shut", "reason": "works"}, "Square Street"),
        ("gate_state", {"state": "shut"}, f"{lat:.7f}, {lon:.7f}"),
        ("gate_state", {"state": "open"}, "Nowhere Road"),
    )  # fmt: skip
    states = picture_of(store, PictureIndex(), "op", Moments(NOW, NOW), calendar=DAYS).states
    drawn = map_of(sorted(states, key=lambda fact: (fact.kind, fact.where)), Gazetteer(quarter, SITE))
    assert drawn is not None
    assert drawn.caption == "The site and what is known of the streets round it."
    assert drawn.key == (
        "1 Abbey Lane at Dock Road, 2 Mill Road at Weir Street: Concrete block standing.",
        "3 Weir Street at Abbey Lane: shut.",
        f"4 {lat:.6f}, {lon:.6f}: Gate shut.",
        "Dotted, somewhere on Square Street: Road shut.",
    )
    assert map_of([], Gazetteer(quarter, SITE)) is None


def test_a_network_without_stations_proves_nothing(enter: Enter, wellington: Network) -> None:
    assert lines(enter(), wellington, PARLIAMENT) == [
        "Approach and egress: nothing is proved, because the network names no station."
    ]


def test_in_wellington_a_record_whose_barriers_are_placed_has_its_way_in_by_name(enter: Enter) -> None:
    network = wellington_network()
    title = {"title": "March", "zone": "Pacific/Auckland", "first_day": "2022-06-01"}
    store = enter(
        ("operation", title, "-41.27845, 174.77715"),
        ("barrier_state", BLOCK, "Bowen Street at Lambton Quay"),
        ("road_state", {"state": "shut"}, "Molesworth Street between Hill Street and Pipitea Street"),
        ("barrier_state", BLOCK | {"barrier": "fence"}, "-41.2796, 174.7794"),
    )

    def access() -> list[str]:
        found = report_of(store, PictureIndex(), "op", Moments(NOW, NOW), gazetteer=Gazetteer(network, PARLIAMENT))
        return [item.text for letter, _, items in found.methane for item in items if letter == "A"]

    into, out = access()[:2]
    assert into.startswith(
        "Approach, proved past all 3 places that the record bars, whoever they let through: from Wellington Free Ambulance HQ "
        "/ Thorndon station to Bowen St, 62 m from the site, "
    )
    assert "Tinakori Rd" in into
    assert "Lambton Quay" not in into
    assert out.startswith("Egress, proved likewise: to Wellington Regional Hospital (Riddiford St entrance, Newtown), ")
    enter(("barrier_state", BLOCK, "The Terrace"))
    assert access()[0].startswith(
        "Approach and egress: nothing is proved. 3 of 4 barred places on record are on the network; not placed: Concrete block "
        "standing: The Terrace. "
    )
