"""Places as people write them, and the words that say them back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.errors import BadInput
from clearway.record.place import PLACE, Address, Along, Area, Junction, NamedPlace, Place, Point, Street
from clearway.record.place_text import place_of_text, places_of_text
from clearway.record.place_words import place_words, words_of_place
from clearway.record.street_words import written_out


@pytest.mark.parametrize(
    "text",
    [
        "Courtenay Place at Tory Street",
        "corner of Courtenay Pl and Tory St",
        "on the corner of Courtenay Place and Tory Street",
        "Cnr Courtenay Place & Tory Street",
        "Courtenay Place / Tory Street",
        "Courtenay Place/Tory St",
        "Courtenay Place and Tory Street intersection",
        "the intersection of Courtenay Place with Tory Street",
        "Courtenay Place, corner of Tory Street",
        "where Courtenay Place meets Tory Street",
        "junction of Courtenay Place and Tory Street.",
        "Courtenay Place, Tory Street",
        "  Courtenay  Place at\tTory St. ",
    ],
)
def test_a_corner_is_read_however_it_is_written(text: str) -> None:
    assert place_of_text(text) == Junction(streets=("Courtenay Place", "Tory Street"))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("corner of Tory and Wakefield Streets", Junction(streets=("Tory Street", "Wakefield Street"))),
        ("corner of Tory and Wakefield", Junction(streets=("Tory", "Wakefield"))),
        ("corner of Rock and Roll Street and Wakefield Street", Junction(streets=("Rock and Roll Street", "Wakefield Street"))),
        ("Kaivokatu / Mikonkatu", Junction(streets=("Kaivokatu", "Mikonkatu"))),
        ("5th Avenue at 42nd Street", Junction(streets=("5th Avenue", "42nd Street"))),
        ("Rue de Rivoli at Rue du Louvre", Junction(streets=("Rue de Rivoli", "Rue du Louvre"))),
        ("The Terrace at Ghuznee Street", Junction(streets=("The Terrace", "Ghuznee Street"))),
        ("Tory Street, south side of Wakefield Street", Junction(streets=("Tory Street", "Wakefield Street"), side="south")),
        ("Tory Street at Wakefield Street in Te Aro", Junction(streets=("Tory Street", "Wakefield Street"), locality="Te Aro")),
        ("Tory Street between Wakefield Street and Cable St",
         Street(street="Tory Street", between=("Wakefield Street", "Cable Street"))),
        ("Tory St from Wakefield St to Cable St", Street(street="Tory Street", between=("Wakefield Street", "Cable Street"))),
        ("between Tory Street and Cuba Street on Ghuznee Street",
         Street(street="Ghuznee Street", between=("Tory Street", "Cuba Street"))),
        ("Tory Street from Cable Street", Street(street="Tory Street", between=("Cable Street",))),
        ("east side of Tory Street", Street(street="Tory Street", side="east")),
        ("on the north-western side of The Terrace", Street(street="The Terrace", side="north-west")),
        ("Tory Street, odd-numbered side", Street(street="Tory Street", side="odd")),
        ("Tory Street between Cable Street and Wakefield Street, west side",
         Street(street="Tory Street", between=("Cable Street", "Wakefield Street"), side="west")),
        ("Tory Street, Te Aro", Street(street="Tory Street", locality="Te Aro")),
        ("101 Wakefield St", Address(street="Wakefield Street", number="101")),
        ("outside No. 12A Tory Street", Address(street="Tory Street", number="12A")),
        ("12 \u2013 16 Tory Street", Address(street="Tory Street", number="12-16")),
        ("4/12 Tory St, Te Aro, Wellington", Address(street="Tory Street", number="4/12", locality="Te Aro, Wellington")),
        ("Aleksanterinkatu 15", Address(street="Aleksanterinkatu", number="15")),
        ("Eero Erkon katu 3", Address(street="Eero Erkon katu", number="3")),
        ("Mannerheiminaukio 1 B", Address(street="Mannerheiminaukio", number="1B")),
        ("Tory Street (between Cable St and Wakefield St)",
         Street(street="Tory Street", between=("Cable Street", "Wakefield Street"))),
        ("about 40 m down Tory Street from Wakefield",
         Along(street="Tory Street", start="Wakefield", metres=40, about=True, towards="down")),
        ("80 metres south of the Basin Reserve on Adelaide Rd",
         Along(street="Adelaide Road", start="Basin Reserve", metres=80, towards="south")),
        ("25 m from Tory Street on Wakefield Street towards Cuba Street",
         Along(street="Wakefield Street", start="Tory Street", metres=25, towards="Cuba Street")),
        ("Wakefield Street, 1.5 km east of Tory Street",
         Along(street="Wakefield Street", start="Tory Street", metres=1500, towards="east")),
        ("100 yards north of the fountain", Along(start="fountain", metres=91.44, towards="north")),
        *((f"100 {unit} north of the fountain", Along(start="fountain", metres=metres, towards="north")) for unit, metres in (
            ("m", 100), ("metres", 100), ("meters", 100), ("km", 100_000), ("yd", 91.44), ("ft", 30.48), ("feet", 30.48),
            ("foot", 30.48))),
        ("60.1699, 24.9384", Point(at=(24.9384, 60.1699))),
        ("174.78, -41.29", Point(at=(174.78, -41.29))),
        ("41.29 S, 174.78 E", Point(at=(174.78, -41.29))),
        ("Command post (41.29\u00b0S, 174.78\u00b0E)", Point(at=(174.78, -41.29), label="Command post")),
        ("Sky Stadium", NamedPlace(name="Sky Stadium")),
        ("Tents on Tory Street", NamedPlace(name="Tents on Tory Street")),
        ("Taranaki Street dive platform", NamedPlace(name="Taranaki Street dive platform")),
        ("Marks & Spencer", NamedPlace(name="Marks & Spencer")),
        ("\u201cTory Street at the Quay\u201d", NamedPlace(name="Tory Street at the Quay")),
        ("Long Acre (street)", Street(street="Long Acre")),
    ],
)  # fmt: skip
def test_a_text_is_read_as_the_place_that_it_means(text: str, place: Place) -> None:
    assert place_of_text(text) == place


@pytest.mark.parametrize("text", ["", "  . ", "-141.2, 274.7", "x" * 2001])
def test_what_is_no_place_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(BadInput, match="Write"):
        place_of_text(text)


def test_several_places_stand_between_semicolons() -> None:
    assert [place.type for place in places_of_text("Tory St; 12 Cable St; ; Sky Stadium")] == ["street", "address", "named"]
    assert places_of_text(" ") == ()


_NAME_WORDS = (
    "Hill Bowen Tory Rock St Mary O'Connell Pōneke Kate Sheppard 42nd Old Saint-Denis North Upper Tāmaki Wakefield Long"
)
_WORDS = st.sampled_from(_NAME_WORDS.split())
_TYPES = st.sampled_from(["Street", "Terrace", "Quay", "Place", "Road", "Highway", "Square", "Way"])
_PLAIN = st.lists(_WORDS, min_size=1, max_size=3).map(" ".join).map(written_out)
_TYPED = st.tuples(_PLAIN, _TYPES).map(" ".join)
_JOINED = st.tuples(_TYPED, _PLAIN, _TYPES).map(lambda parts: f"{parts[0]} and {parts[1]} {parts[2]}")
_NAMES = st.one_of(
    _TYPED, _PLAIN, st.sampled_from(["The Terrace", "Kaivokatu", "Rue de Rivoli", "Broadway", "SH 1", "Unioninkatu"])
)
_LOCALITIES = st.none() | st.sampled_from(["Thorndon", "Te Aro", "Helsinki"])
_POINTS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
_DEGREES = st.floats(-89.9, 89.9).map(lambda value: round(value, 6))
_PLACES = st.one_of(
    st.builds(Street, street=_NAMES, between=st.lists(_NAMES, max_size=2).map(tuple), locality=_LOCALITIES,
              side=st.none() | st.sampled_from((*_POINTS, "even", "odd"))),
    st.builds(Junction, streets=st.lists(_NAMES, min_size=2, max_size=4).map(tuple), side=st.none() | st.sampled_from(_POINTS),
              locality=_LOCALITIES),
    st.builds(Junction, streets=st.tuples(_JOINED, _TYPED)),
    st.builds(Address, street=_NAMES, number=st.sampled_from(["5", "12A", "3/14", "12-16"]), locality=_LOCALITIES),
    st.builds(Along, street=st.none() | _NAMES, start=_NAMES, metres=st.integers(1, 99_999).map(float), about=st.booleans(),
              towards=st.none() | _NAMES | st.sampled_from(_POINTS)),
    st.builds(Along, street=_NAMES, start=_NAMES, metres=st.just(30.5), towards=st.sampled_from(["up", "down"])),
    st.builds(NamedPlace, name=_NAMES | st.sampled_from(["Sky Stadium", "12 Hill Street", "Hill St at Tory St", "1.5, 2.5"])),
    st.builds(Point, at=st.tuples(_DEGREES, _DEGREES), label=st.none() | _NAMES | st.just("Hill Street at Tory Street")),
)  # fmt: skip


@given(_PLACES)
def test_every_place_said_in_words_reads_as_the_same_place(place: Place) -> None:
    assert place_of_text(words_of_place(place)) == place, words_of_place(place)


@given(st.text(max_size=60))
def test_any_text_is_a_place_or_refused_and_its_words_stay_the_same(text: str) -> None:
    try:
        place = place_of_text(text)
    except BadInput:
        return
    words = words_of_place(place)
    assert words_of_place(place_of_text(words)) == words


def test_an_area_is_drawn_and_only_its_label_is_said() -> None:
    ring = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0))
    assert place_words([Area(ring=ring, label="The lawn"), Area(ring=ring)]) == "The lawn"


@pytest.mark.parametrize(
    "stored",
    [
        {"type": "street", "street": "Tory St", "between": ["Cable Street"], "locality": "Te Aro"},
        {"type": "junction", "streets": ["Tory St", "Cable St"]},
        {"type": "named", "name": "Sky Stadium", "at": [174.7, -41.2]},
    ],
)
def test_places_of_older_records_are_read_and_written_as_they_were(stored: dict[str, object]) -> None:
    assert PLACE.validate_python(stored).model_dump(mode="json", exclude_defaults=True) | {"type": stored["type"]} == stored


@pytest.mark.parametrize(
    "text",
    [
        "41°16.7'S 174°46.6'E",
        "41 16 42 S, 174 46 36 E",
        "S41 16.7 E174 46.6",
        "41°16\u203242\u2033S, 174°46\u203236\u2033E",
    ],
)
def test_a_point_in_degrees_and_minutes_is_the_same_point(text: str) -> None:
    assert place_of_text(text) == Point(at=(174.7766667, -41.2783333))


def test_minutes_beside_the_globe_are_refused_and_house_numbers_are_none() -> None:
    with pytest.raises(BadInput, match="lies outside the globe"):
        place_of_text("91 16 42 S, 174 46 36 E")
    assert not isinstance(place_of_text("12 30 Hill St"), Point)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("90.5, 41.2", (90.5, 41.2)),
        ("90.0, 41.2", (41.2, 90.0)),
        ("-90.0, 90.5", (90.5, -90.0)),
        ("41.2, 180.0", (180.0, 41.2)),
    ],
)
def test_of_two_numbers_the_one_that_is_no_latitude_is_the_longitude(text: str, at: tuple[float, float]) -> None:
    assert place_of_text(text) == Point(at=at)


@pytest.mark.parametrize("text", ["90.5, 90.5", "41.2, 180.5", "180.5, 41.2"])
def test_what_lies_outside_the_globe_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="lies outside the globe"):
        place_of_text(text)
