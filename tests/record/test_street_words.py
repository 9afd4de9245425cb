"""What reads like the name of a street, how its type is written, and what a search of words finds."""

from __future__ import annotations

import pytest

from clearway.record.findable import findable, holds, words_of
from clearway.record.street_words import in_full, in_short, is_numbered_after, is_street_like, singular_of, written_out

STREETS = (
    "The Terrace", "Hill St", "Hill St.", "hill road", "Rue de la Paix", "Avenue Foch", "Foch Avenue", "Main Arcade",
    "SH 1", "SH1", "A 4",
    "M25", "State Highway 1", "Route 66", "Highway 1234", "Broadway", "Western Motorway", "Hauptstr.", "Kaivokatu",
    "Te Aro katu",
    "Vesterbrogade", "1 Hill Street", "Mannerheimintie", "Long straat",
)  # fmt: skip
NO_STREETS = (
    "Terrace", "Street", "Boulevard", "Motorway", "Sky Stadium", "Fire Brigade", "Renegade", "Highway 12345", "St Mary",
    "Damrak",
    "Tie", "Xstr", "'Hill Street", "High Court", "Rue", "",
)  # fmt: skip


@pytest.mark.parametrize(("names", "like"), [(STREETS, True), (NO_STREETS, False)])
def test_a_name_reads_like_a_street_by_its_type_first_last_or_as_the_end_of_its_word(
    names: tuple[str, ...], *, like: bool
) -> None:
    assert [name for name in names if is_street_like(name) is not like] == []


def test_house_numbers_stand_behind_some_streets_and_before_the_others() -> None:
    behind = ("Rue de la Paix", "Via Roma", "Boulevard Foch", "Hauptstr.", "Kaivokatu", "Te Aro katu", "Mannerheimintie")
    before = ("Hill Street", "Avenue Foch", "The Terrace", "Sky Stadium", "Fire Brigade", "")
    assert [name for name in (*behind, *before) if is_numbered_after(name)] == list(behind)


def test_the_type_of_a_street_is_written_in_full_and_nothing_else_of_its_name() -> None:
    names = ("Bowen St.", "Bowen st", "St", "St Mary St", "  Hill Rd ", "Lambton Quay", "Hill Foo", "Terrace Gardens Cres")
    assert [written_out(name) for name in names] == [
        "Bowen Street", "Bowen Street", "St", "St Mary Street", "Hill Road", "Lambton Quay", "Hill Foo",
        "Terrace Gardens Crescent",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "short", "full"),
    [
        ("street", "st", "street"), ("st", "st", "street"), ("av", "ave", "avenue"), ("terr", "tce", "terrace"),
        ("ter", "tce", "terrace"), ("crs", "cres", "crescent"), ("lne", "ln", "lane"), ("hway", "hwy", "highway"),
        ("court", "ct", "court"), ("crt", "ct", "crt"), ("cuba", "cuba", "cuba"),
    ],
)  # fmt: skip
def test_a_type_has_one_short_form_and_one_in_full(word: str, short: str, full: str) -> None:
    assert (in_short(word), in_full(word)) == (short, full)


TYPES = {
    "avenue": "ave av", "boulevard": "blvd bvd", "close": "cl", "crescent": "cres cr crs", "drive": "dr drv",
    "esplanade": "esp", "grove": "gr grv", "highway": "hwy hway", "lane": "ln lne", "parade": "pde", "place": "pl",
    "quay": "qy", "road": "rd", "square": "sq", "street": "st", "terrace": "tce ter terr",
}  # fmt: skip


@pytest.mark.parametrize("full", TYPES)
def test_every_type_is_known_by_its_full_form_and_by_each_short_one(full: str) -> None:
    first, *others = TYPES[full].split()
    for word in (full, first, *others):
        assert (in_short(word), in_full(word)) == (first, full)
    assert written_out(f"Hill {first.upper()}.") == f"Hill {full.capitalize()}"
    assert is_street_like(f"Hill {full}")
    assert is_street_like(f"Hill {first}.")


MORE_TYPES = (
    "alley arcade broadway bypass causeway circuit circus crossing embankment expressway freeway mews motorway parkway "
    "promenade ridgeway rise row strand turnpike viaduct walk way aukio katu kuja puistikko ranta straat"
)
IN_FRONT = "avenida avenue boulevard calle chemin impasse piazza plaza quai rua rue ulica via viale"
ENDINGS = (
    "straße strasse str gasse platz allee weg ufer damm straat laan gracht kade plein gata gatan vägen vej veien "
    "gade torget katu tie kuja polku aukio tori ranta rinne esplanadi puistikko utca utja"
)


def test_every_other_type_is_one_last_first_or_as_the_end_of_a_word() -> None:
    assert [word for word in MORE_TYPES.split() if not is_street_like(f"Zzyx {word}")] == []
    assert [word for word in IN_FRONT.split() if not is_street_like(f"{word} Zzyx")] == []
    assert [word for word in ENDINGS.split() if not is_street_like(f"Ab{word}")] == []
    assert [word for word in IN_FRONT.split() if not is_numbered_after(f"{word} Zzyx")] == ["avenue"]
    assert is_street_like("Zzyx") is is_street_like("Fire brigade") is is_street_like("renegade") is False


def test_several_streets_share_one_type() -> None:
    words = ("Streets", "STS", "roads", "rds", "avenues", "terraces", "quays", "grounds", "street")
    assert [singular_of(word) for word in words] == [
        "Street", "Street", "Road", "Road", "Avenue", "Terrace", "Quay", None, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "looked_for", "found"),
    [
        ("Cuba Street", "uba", True), ("Cuba Street", "ub", False), ("Cuba Street", "cu", True), ("First Avenue", "st", False),
        ("Cuba St", "street", True), ("Cuba Street", "st", True), ("Hill Terrace", "terr", True), ("Hill Tce", "terrace", True),
        ("Hill Av", "avenue", True), ("Hill Avenue", "av", True), ("Hill Crescent", "crs", True), ("Displaced", "pl", False),
        ("P\u014dneke", "poneke", True), ("Poneke", "P\u014dNEKE", True), ("St Mary's Church", "marys", True),
        ("St Mary\u2019s", "mary\u2019s", True), ("gate_3", "gate 3", True), ("Hill Street", "hill bowen", False),
        ("Hill Street", "", True),
    ],
)  # fmt: skip
def test_a_text_holds_words_whatever_their_case_accents_and_street_types(text: str, looked_for: str, *, found: bool) -> None:
    assert holds(findable(text), words_of(looked_for)) is found


def test_every_usual_short_form_is_written_in_full() -> None:
    forms = {
        "ave": "Avenue", "blvd": "Boulevard", "cl": "Close", "cres": "Crescent", "dr": "Drive", "esp": "Esplanade",
        "gr": "Grove", "hwy": "Highway", "ln": "Lane", "pde": "Parade", "pl": "Place", "qy": "Quay", "rd": "Road",
        "sq": "Square", "st": "Street", "tce": "Terrace",
    }  # fmt: skip
    assert {short: written_out(f"Hill {short}").removeprefix("Hill ") for short in forms} == forms
    assert {short: in_short(full.casefold()) for short, full in forms.items()} == {short: short for short in forms}
    assert all(is_street_like(f"Hill {form}") for pair in forms.items() for form in pair)
