"""A sentence gives the place that the same words give in the entry form."""

from __future__ import annotations

import pytest

from clearway.demo.wellington import wellington_network
from clearway.intake.passages import Passages
from clearway.intake.places import PlaceNames
from clearway.intake.time_forms import Clockwork
from clearway.intake.times import times
from clearway.record.moments import calendar, moment_of
from clearway.record.place import Address, Along, Junction, NamedPlace, Place, Street
from clearway.record.place_text import place_of_text

CLOCKWORK = Clockwork(calendar("Pacific/Auckland", "2022-02-08"), moment_of("2022-02-18T19:30+13:00"))
WRITTEN = [
    "Lambton Quay at Bowen Street",
    "the corner of Hill St and Molesworth St",
    "Hill St / Molesworth St",
    "the Hill St and Molesworth St intersection",
    "Featherston St between Bunny St and Whitmore St",
    "Lambton Quay from Bowen Street to Willis Street",
    "the north side of Hill Street",
    "Hill Street, even side",
    "58 Molesworth Street",
    "12-14 Hill Street",
    "3/58A Molesworth Street",
    "about 30 m up Cuba Street from Dixon Street",
    "200 metres north of Bunny Street on Featherston Street",
    "-41.2784, 174.7771",
    "Mannerheimintie 12",
    "Rue de Rivoli at Rue du Louvre",
    "5th Avenue at West 34th Street",
]
FRAMES = ["Fire at {}.", "A tent burned at {} since noon.", "Two people were hurt at {}, and police came."]


@pytest.fixture(scope="module")
def names() -> PlaceNames:
    return PlaceNames(wellington_network())


def places(names: PlaceNames, text: str) -> list[Place]:
    cut = Passages(text)
    return [
        one.place
        for sentence in cut.sentences
        for one in names.mentions(cut, sentence, times(cut, sentence, CLOCKWORK, CLOCKWORK.today))
    ]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("written", WRITTEN)
def test_a_sentence_gives_the_place_that_the_form_gives(written: str, frame: str) -> None:
    assert places(PlaceNames(), frame.format(written)) == [place_of_text(written)]


@pytest.mark.parametrize("written", WRITTEN[:12])
def test_so_does_one_that_is_read_with_a_network(names: PlaceNames, written: str) -> None:
    assert places(names, f"Fire at {written} now.") == [place_of_text(written)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Fence down about 30 m up Cuba Street from Dixon.",
         Along(street="Cuba Street", start="Dixon Street", metres=30, about=True, towards="up")),
        ("Trucks at the corner of Cuba and Dixon.", Junction(streets=("Cuba Street", "Dixon Street"))),
        ("Cnr Cuba/Dixon is shut.", Junction(streets=("Cuba Street", "Dixon Street"))),
        ("Hill Street is closed between Molesworth and Mulgrave.",
         Street(street="Hill Street", between=("Molesworth Street", "Mulgrave Street"))),
        ("Ambulance outside 12 Hill Street, Thorndon.", Address(street="Hill Street", number="12", locality="Thorndon")),
    ],
)  # fmt: skip
def test_a_network_completes_bare_names_beside_a_street(names: PlaceNames, text: str, place: Place) -> None:
    assert places(names, text) == [place]


@pytest.mark.parametrize(
    ("text", "streets"),
    [
        ("Hill Street and Molesworth Street are shut.", ["Hill Street", "Molesworth Street"]),
        ("Police closed Hill St, Bunny St and Aitken St.", ["Hill Street", "Bunny Street", "Aitken Street"]),
        ("They moved down Molesworth Street from Hill Street.", ["Molesworth Street", "Hill Street"]),
        ("At 14:20 Molesworth Street was shut.", ["Molesworth Street"]),
        ("On 16 February Hill Street was shut.", ["Hill Street"]),
        ("Supporters from Auckland reached Molesworth Street from Wellington.", ["Molesworth Street"]),
        ("The Fire Brigade came via Hill Street.", ["Hill Street"]),
        ("Kaivokatu 40 people were held.", ["Kaivokatu"]),
    ],
)
def test_what_only_stands_beside_a_street_is_no_part_of_the_place(text: str, streets: list[str]) -> None:
    assert places(PlaceNames(), text) == [Street(street=street) for street in streets]


def test_a_distance_from_a_landmark_keeps_the_landmark_that_the_network_has(names: PlaceNames) -> None:
    (one,) = places(names, "A tent burns 50 m north of the Cenotaph.")
    assert one == Along(start="Wellington Cenotaph", metres=50, towards="north")


def test_a_name_alone_stays_a_name(names: PlaceNames) -> None:
    assert places(names, "They met at Parliament.") == [NamedPlace(name="Parliament")]
