"""Barriers in words: what fits one place stands there, and what does not gets a sentence that says what to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clearway.errors import BadInput, ClearwayError, UnknownName
from clearway.planning.cordon.seal.contract import GivenBarrier, SealQuestion
from clearway.planning.cordon.seal.understood import placed_barriers
from clearway.planning.cordon.seal.verdict import sealed

if TYPE_CHECKING:
    from types import ModuleType

    from clearway.network.model import Network
    from clearway.planning.cordon.seal.placing import Placed


@pytest.fixture(scope="module")
def town(kit: ModuleType) -> Network:
    """Hill Street crosses Main Street and ends at Quay; Quay has two carriageways; Crescent meets Main Street twice."""
    built = kit.Town()
    for x in (-200, 0, 200):
        built.street((x, 0), (x + 200, 0), name="Hill Street")
    for y in (-200, 0):
        built.street((0, y), (0, y + 200), name="Main Street")
    both, foot = built.draft.usual_permit("residential"), built.draft.usual_permit("footway")
    for x, name, permit in ((400, "Quay", (both, foot)), (418, "Quay-EAST", (foot, both))):
        for y in (-200, 0):
            built.street((x, y), (x, y + 200), name=name, permit=permit)
    built.street((400, 0), (418, 0), name="Hill Street")
    built.street((0, 200), (100, 100), name="Crescent")
    built.street((100, 100), (0, -200), name="Crescent")
    network: Network = built.network()
    return network


def placed(kit: ModuleType, network: Network, words: str) -> Placed:
    question = SealQuestion(site=kit.square(0, 0, 15)).cordon()
    return placed_barriers(network, question, [GivenBarrier(words=words)])[0]


def stands(kit: ModuleType, network: Network, words: str) -> tuple[int, int]:
    """Metres east and north of the town's corner."""
    found = placed(kit, network, words)
    return round((found.lon - kit.LON) / kit.METRE_LON), round((found.lat - kit.LAT) / kit.METRE_LAT)


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("Hill Street at Main Street, east side", (8, 0)),
        ("hill st at main st west side", (-8, 0)),
        ("Hill Street, west side of Main Street", (-8, 0)),
        ("Hill Street on the western side of Main Street", (-8, 0)),
        ("Hill Street, east of Main Street", (8, 0)),
        ("Main Street, south side of Hill Street.", (0, -8)),
        ("Hill Street at Quay", (392, 0)),
        ("Hill Street, Quay", (392, 0)),
        ("Hill Street between Main Street and Quay", (200, 0)),
        ("Crescent at Main Street, south-east side", (6, 194)),
        ("Crescent at Main Street, north-east side", (3, -193)),
    ],
)
def test_words_that_fit_one_place_stand_there(kit: ModuleType, town: Network, words: str, at: tuple[int, int]) -> None:
    assert stands(kit, town, words) == pytest.approx(at, abs=1)


def test_both_carriageways_on_one_side_are_one_barrier(kit: ModuleType, town: Network) -> None:
    found = placed(kit, town, "Quay at Hill Street, north side")
    assert len(found.cuts) == 2
    assert stands(kit, town, "Quay at Hill Street, north side") == pytest.approx((409, 8), abs=1)


def test_a_junction_is_shut_on_all_arms_but_the_links_within(kit: ModuleType, town: Network) -> None:
    assert len(placed(kit, town, "Junction of Hill Street and Main Street").cuts) == 4
    found = placed(kit, town, "across the junction of Hill Street / Quay")
    assert len(found.cuts) == 5
    assert found.called == "the junction of Quay and Hill Street"


def test_a_side_that_was_taken_without_a_word_is_a_warning_and_one_that_was_named_is_none(
    kit: ModuleType, town: Network
) -> None:
    given = [GivenBarrier(words=words) for words in ("Hill Street at Main Street, west side", "Hill Street at Main Street")]
    verdict = sealed(town, SealQuestion(site=kit.square(100, 0, 15), barriers=tuple(given)))
    (taken,) = [one for one in verdict.warnings if "data" not in one]
    assert taken == (
        "Barrier 2 (Hill Street at Main Street) is taken to stand on the east side of Main Street, towards the site. "
        "If not, name its side."
    )


@pytest.mark.parametrize(
    ("words", "error", "sentence"),
    [
        ("somewhere", BadInput, "Barrier 1 .somewhere. cannot be read. Write 'Hill Street at"),
        ("Hil Street at Main Street", UnknownName, "Unknown street in Barrier 1 .*: Hil Street. Known: Hill Street"),
        (
            "Hill Street at Crescent",
            BadInput,
            "Hill Street and Crescent do not meet. Name the cross street next to the barrier",
        ),
        (
            "Hill Street at Main Street",
            BadInput,
            "fits 2 places: Hill Street goes on to the east and west of Main Street. Name the side, as in .*, east side",
        ),
        ("Hill Street at Quay, east side", UnknownName, "Unknown side of Quay on which Hill Street goes on.*east. Known: west"),
        ("Junction of Crescent and Main Street", BadInput, "meet at 2 places: .*Give longitude,latitude instead"),
        ("Hill Street between Main Street and Crescent", UnknownName, "Crescent"),
    ],
)
def test_words_that_fit_nothing_or_several_places_get_a_sentence(
    kit: ModuleType, town: Network, words: str, error: type[ClearwayError], sentence: str
) -> None:
    with pytest.raises(error, match=sentence):
        placed(kit, town, words)


def test_a_street_far_from_the_site_is_found_all_the_same(kit: ModuleType) -> None:
    question = SealQuestion(site=kit.square(0, 0, 15)).cordon(radius_m=1.0)
    far = kit.Town()
    far.street((0, 0), (100, 0), name="Near Street")
    far.street((100, 0), (9000, 0), name="Near Street")
    far.street((9000, 0), (9000, 300), name="Far Road")
    (found,) = placed_barriers(far.network(), question, [GivenBarrier(words="Near Street at Far Road")])
    assert round((found.lon - kit.LON) / kit.METRE_LON) == pytest.approx(8992, abs=2)


@pytest.mark.parametrize("turned", [False, True])
def test_the_middle_of_a_part_is_where_it_is_whichever_way_its_pieces_are_drawn(kit: ModuleType, *, turned: bool) -> None:
    town = kit.Town()
    for x, name in ((0, "First Street"), (400, "Last Street")):
        town.street((x, -100), (x, 0), name=name)
        town.street((x, 0), (x, 100), name=name)
    town.street((0, 0), (100, 0), name="Long Street")
    town.street(*(((400, 0), (100, 0)) if turned else ((100, 0), (400, 0))), name="Long Street")
    assert stands(kit, town.network(), "Long Street between First Street and Last Street") == pytest.approx((200, 0), abs=1)


def test_a_part_of_a_street_that_nobody_drives_is_unknown(kit: ModuleType) -> None:
    town = kit.Town()
    for x, name in ((0, "First Street"), (400, "Last Street")):
        town.street((x, -100), (x, 0), name=name)
        town.street((x, 0), (x, 100), name=name)
    town.street((0, 0), (400, 0), name="The Steps", street_class="steps")
    with pytest.raises(UnknownName, match=r"part of a street in .*First Street to Last Street"):
        placed(kit, town.network(), "The Steps between First Street and Last Street")


def test_the_remedy_for_two_places_works(kit: ModuleType, town: Network) -> None:
    with pytest.raises(BadInput) as refused:
        placed(kit, town, "Main Street at Hill Street")
    remedy = str(refused.value).split("as in '")[1].rstrip("'.")
    assert stands(kit, town, remedy) in {(0, -8), (0, 8)}


def test_where_a_barrier_stands_is_said_in_words_that_are_read_again(kit: ModuleType, town: Network) -> None:
    for words in ("Hill Street, east side of Main Street", "Main Street, north side of Hill Street"):
        assert placed(kit, town, words).called == words
