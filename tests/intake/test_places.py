from __future__ import annotations

import pytest

from clearway.demo.wellington import wellington_network
from clearway.intake.passages import Passages
from clearway.intake.places import PlaceMention, PlaceNames
from clearway.record.place import Junction, NamedPlace, Street

SITE = NamedPlace(name="Parliament grounds", at=(174.777, -41.278))


@pytest.fixture(scope="module")
def names() -> PlaceNames:
    return PlaceNames(wellington_network(), {SITE.name: SITE})


def found(names: PlaceNames, text: str) -> list[PlaceMention]:
    cut = Passages(text)
    return [one for sentence in cut.sentences for one in names.mentions(cut, sentence)]


@pytest.mark.parametrize(
    ("text", "street"),
    [
        ("They stood on Bowen St today.", "Bowen Street"),
        ("They stood on Bowen Street.", "Bowen Street"),
        ("They stood on Molesworht St.", "Molesworth Street"),
        ("They stood on the Terrace.", "The Terrace"),
        ("They stood on Lambton Quay.", "Lambton Quay"),
        ("They stood on Kate Sheppard Pl.", "Kate Sheppard Place"),
    ],
)
def test_a_street_by_its_name_its_short_form_or_spelled_a_little_wrong(names: PlaceNames, text: str, street: str) -> None:
    (one,) = found(names, text)
    assert one.place == Street(street=street)
    assert one.how == ("spelling" if "ht St" in text else "network")


@pytest.mark.parametrize(
    "text",
    [
        "Traffic stopped at the intersection of Lambton Quay and Bowen St.",
        "Traffic stopped at the corner of Lambton Quay and Bowen Street.",
        "Traffic stopped at the Lambton Quay and Bowen St intersection.",
        "Traffic stopped at Lambton Quay/Bowen St.",
        "Traffic stopped where Lambton Quay meets Bowen St.",
    ],
)
def test_two_streets_that_are_said_to_meet_are_a_junction(names: PlaceNames, text: str) -> None:
    (one,) = found(names, text)
    assert one.place == Junction(streets=("Lambton Quay", "Bowen Street"))


def test_two_streets_that_are_only_named_together_are_two(names: PlaceNames) -> None:
    assert [one.place for one in found(names, "Lambton Quay and Bowen St are shut.")] == [
        Street(street="Lambton Quay"),
        Street(street="Bowen Street"),
    ]


def test_a_part_of_a_street(names: PlaceNames) -> None:
    (one,) = found(names, "Molesworth St between Hill St and Aitken St is blocked.")
    assert one.place == Street(street="Molesworth Street", between=("Hill Street", "Aitken Street"))


def test_streets_that_share_their_type_in_a_list(names: PlaceNames) -> None:
    listed = found(names, "Cars fill Hill, Bunny and Mulgrave streets.")
    assert [one.place for one in listed] == [Street(street=f"{name} Street") for name in ("Hill", "Bunny", "Mulgrave")]


def test_named_places_by_the_shorter_names_that_people_use(names: PlaceNames) -> None:
    text = "They met near the Cenotaph, at the railway station, by the bus interchange and outside Parliament."
    assert [one.place.name for one in found(names, text) if isinstance(one.place, NamedPlace)] == [
        "Wellington Cenotaph",
        "Wellington railway station",
        "Lambton bus interchange",
        "Parliament grounds",
    ]


def test_a_suburb_that_stands_behind_a_street_goes_with_it(names: PlaceNames) -> None:
    assert found(names, "A tree fell on Hill St, Karori.")[0].place == Street(street="Hill Street", locality="Karori")
    assert found(names, "A tree fell on Hill St in Lower Hutt.")[0].place == Street(street="Hill Street", locality="Lower Hutt")
    assert found(names, "Trees fell on Hill St, Bunny St and others.")[0].place == Street(street="Hill Street")


def test_without_a_network_places_are_known_by_how_they_are_written() -> None:
    text = "Police closed Queen Street by Aotea Hall, near St Patrick's Cathedral. Dr Smith and St John helped at Parliament."
    assert [(one.place, one.how) for one in found(PlaceNames(), text)][:2] == [
        (Street(street="Queen Street"), "pattern"),
        (NamedPlace(name="Aotea Hall"), "pattern"),
    ]
    assert not [
        one for one in found(PlaceNames(), text) if isinstance(one.place, Street) and one.place.street != "Queen Street"
    ]


def test_macrons_are_kept_and_found_without_them() -> None:
    (one,) = found(PlaceNames(), "They met at M\u0101ngere Arts Centre.")
    assert one.place == NamedPlace(name="M\u0101ngere Arts Centre")
    hall = NamedPlace(name="P\u014dneke Hall", at=(174.8, -41.3))
    assert [one.place for one in found(PlaceNames(None, {hall.name: hall}), "They met at Poneke Hall.")] == [hall]


def test_words_that_begin_a_sentence_are_no_part_of_a_name(names: PlaceNames) -> None:
    assert found(names, "More streets are blocked. Blocking roads is wrong. Other roads are open.") == []
