"""Streets by index, by place and by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clearway.errors import NotFound
from clearway.network.build import NetworkDraft
from clearway.server.desks.map.street_lookup import StreetLookup
from serving import SOUTH, STEP, WEST

if TYPE_CHECKING:
    import httpx

    from clearway.network.model import Network
    from clearway.server.networks import ServedNetwork

TOWN = "/api/networks/drawn-town"


def test_a_way_tells_its_street_its_ends_its_addresses_and_who_may_drive_it(client: httpx.Client) -> None:
    first = client.get(f"{TOWN}/ways/1").json()
    assert (first["name"], first["from"], first["to"], first["class"]) == (
        "First Street",
        "Second Avenue",
        "Third Avenue",
        "residential",
    )
    assert "general" in first["permits"]["along"]
    assert first["permits"]["against"] == ["foot"]
    assert first["length_m"] == pytest.approx(334.2, abs=0.5)
    assert first["geometry"]["coordinates"] == [pytest.approx([WEST + STEP, SOUTH]), pytest.approx([WEST + 2 * STEP, SOUTH])]
    assert len(first["addresses"]) == 17
    assert first["addresses"][0]["label"] == "First Street, 10 m from Second Avenue"


def test_a_way_names_the_whole_street_that_it_is_part_of(client: httpx.Client) -> None:
    assert client.get(f"{TOWN}/ways/1").json()["street"] == [0, 1, 2, 3, 4]


def test_streets_of_one_name_that_do_not_meet_are_two_and_a_nameless_way_is_alone() -> None:
    draft = NetworkDraft("Two of one name")
    corners = [draft.junction(WEST + step * STEP, SOUTH) for step in range(5)]
    for step, name in enumerate(("Hill Street", "Hill Street", None, "Hill Street")):
        draft.way(corners[step], corners[step + 1], name=name)
    lookup = StreetLookup(draft.finish())
    assert [lookup.details(way).street for way in range(4)] == [[0, 1], [0, 1], [2], [3]]


def test_the_nearest_street_is_found_with_the_spot_on_it(client: httpx.Client) -> None:
    hit = client.get(f"{TOWN}/nearest", params={"lon": WEST + STEP / 2, "lat": SOUTH + 0.0002}).json()
    assert (hit["way"], hit["name"]) == (0, "First Street")
    assert hit["distance_m"] == pytest.approx(22.2, abs=0.1)
    assert (hit["lon"], hit["lat"]) == pytest.approx((WEST + STEP / 2, SOUTH))
    assert hit["at_m"] == pytest.approx(167.1, abs=0.3)


def test_search_finds_streets_and_places_whatever_the_case_and_the_accents(client: httpx.Client) -> None:
    hits = client.get(f"{TOWN}/search", params={"q": "third"}).json()
    assert [hit["label"] for hit in hits] == ["Third Avenue", "Third Street"]
    assert all(hit["way"] is not None for hit in hits)
    (place,) = client.get(f"{TOWN}/search", params={"q": "MAORI hill"}).json()
    assert (place["label"], place["kind"], place["way"]) == ("Māori Hill Hospital", "hospital", None)
    assert client.get(f"{TOWN}/search", params={"q": "  "}).json() == []
    assert client.get(f"{TOWN}/search", params={"q": "nowhere"}).json() == []


def test_search_tells_streets_of_one_name_apart_and_gives_at_most_a_dozen(wellington: Network) -> None:
    desk = StreetLookup(wellington)
    assert desk.search("lambton quay")[0].label == "Lambton Quay"
    assert len(desk.search("st")) == 12


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("courtenay place", ["Courtenay Place"]),
        ("Courtenay Pl", ["Courtenay Place"]),
        ("COURTENAY PL.", ["Courtenay Place"]),
        ("kohimarama terrace", ["Kohimarama Terrace"]),
        ("kohimarama terr", ["Kohimarama Terrace"]),
        ("Kōhimarama Tce", ["Kohimarama Terrace"]),
        ("lambton qy", ["Lambton Quay"]),
        ("cobham roundabout", ["Cobham Drive / Troy Street roundabout"]),
        ("terrace off ramp", ["The Terrace off-ramp, southbound"]),
        ("unnamed", []),
    ],
)
def test_streets_are_found_and_told_as_people_say_them_and_each_once(typed: str, found: list[str]) -> None:
    draft = NetworkDraft("As a council writes")
    corners = [draft.junction(WEST + step * STEP / 4, SOUTH) for step in range(11)]
    names = ("Courtenay Pl", "Courtenay Pl-#5A LOOP", "Lambton Quay-EAST", "Courtenay Pl-Slip", "Lambton Quay-WEST", None,
             "Kohimarama Tce", "Cobham Dr-Troy St RAB", "The Terrace Off Ramp Southbound", "(unnamed)")  # fmt: skip
    for step, name in enumerate(names):
        draft.way(corners[step], corners[step + 1], name=name)
    assert [hit.label for hit in StreetLookup(draft.finish()).search(typed)] == found


@pytest.mark.parametrize(
    ("typed", "label", "kind"),
    [
        ("-41.2800, 174.7800", "-41.28000, 174.78000", "coordinates"),
        ("41°16.8'S 174°46.8'E", "-41.28000, 174.78000", "coordinates"),
        ("third st at third ave", "Third Street at Third Avenue", "corner"),
    ],
)
def test_points_and_corners_are_read_as_in_an_entry(client: httpx.Client, typed: str, label: str, kind: str) -> None:
    hit = client.get(f"{TOWN}/search", params={"q": typed}).json()[0]
    assert (hit["label"].partition(" (")[0], hit["kind"]) == (label, kind)


def test_what_is_misspelled_gets_what_is_spelled_like_it_and_no_point_lies_beside_the_globe(client: httpx.Client) -> None:
    assert client.get(f"{TOWN}/search", params={"q": "Thirdd Avenu"}).json()[0]["label"] == "Third Avenue"
    assert client.get(f"{TOWN}/search", params={"q": "export"}).json() == []
    answer = client.get(f"{TOWN}/search", params={"q": "91.5, 181.5"})
    assert answer.status_code == 400
    assert "lies outside the globe" in answer.json()["error"]["message"]


def test_house_numbers_are_found_and_shown() -> None:
    draft = NetworkDraft("One street")
    way = draft.way(draft.junction(174.77, -41.28), draft.junction(174.78, -41.28), name="Hill Street")
    other = draft.way(draft.junction(174.77, -41.27), draft.junction(174.78, -41.27), name="Hill Street")
    draft.address(way, 10, label="12 Hill Street")
    draft.address(other, 10)
    desk = StreetLookup(draft.finish())
    assert [hit.kind for hit in desk.search("hill street")] == ["street", "street", "address"]
    assert [hit.label for hit in desk.search("hill street")[:2]] == [
        "Hill Street (at -41.2700, 174.7750)",
        "Hill Street (at -41.2800, 174.7750)",
    ]
    assert desk.search("12 hill")[0].label == "12 Hill Street"
    assert [desk.names.address(address) for address in (0, 1)] == ["12 Hill Street", "Hill Street, 10 m along"]


def test_a_network_without_streets_for_vehicles_says_so() -> None:
    draft = NetworkDraft("A path")
    draft.way(draft.junction(174.77, -41.28), draft.junction(174.78, -41.28), street_class="steps")
    with pytest.raises(NotFound, match="no street for vehicles"):
        StreetLookup(draft.finish()).nearest(174.77, -41.28)


def test_the_network_says_all_that_the_page_needs(client: httpx.Client, town: ServedNetwork) -> None:
    (summary,) = client.get("/api/networks").json()
    details = client.get(TOWN).json()
    assert summary.items() <= details.items()
    assert details["notices"] == ["(c) whoever drew it"]
    assert details["address_source"] == "frontage"
    assert details["scenario"]["stations"]["features"][0]["properties"]["name"] == "Corner Fire Station"
    assert details["scenario"]["question"]["site"] == details["scenario"]["site"]
    assert details["digest"] == town.digest
