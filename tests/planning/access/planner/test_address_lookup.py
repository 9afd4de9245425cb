"""Which address a text means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clearway.errors import NotFound
from clearway.network.build import NetworkDraft
from clearway.planning.access.planner.address_lookup import address_of
from clearway.planning.street_names import StreetNames

if TYPE_CHECKING:
    from clearway.network.model import Network


@pytest.mark.parametrize(
    ("text", "address"), [("1 North Street", 2), ("1  north STREET ", 2), ("1 End Lane", 6), ("174.77060,-41.28001", 0)]
)
def test_an_address_is_found_by_its_name_or_by_a_position(loop: Network, text: str, address: int) -> None:
    assert address_of(StreetNames(loop), text) == address


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2 North Street", "Do you mean 1 North Street"),
        ("qqqq", "is called 'qqqq'. A position works too"),
        ("174.9,-41.28", "to 174.9,-41.28 lies 10.5 km away. Give longitude first"),
        ("-41.28,174.77", "There is no latitude 174.77. Give longitude first"),
        ("174.77,-90.1", "There is no latitude -90.1. Give longitude first"),
        ("174.77,90", "to 174.77,90 lies 14,"),
        ("nan,1", "is called 'nan,1'"),
        ("", "is called ''"),
    ],
)
def test_what_is_not_found_gets_a_sentence_with_what_to_do(loop: Network, text: str, words: str) -> None:
    with pytest.raises(NotFound) as refused:
        address_of(StreetNames(loop), text)
    assert words in str(refused.value)


def test_a_network_without_addresses_says_so() -> None:
    with pytest.raises(NotFound, match="no addresses"):
        address_of(StreetNames(NetworkDraft("bare").finish()), "1 Hill Street")


@pytest.mark.parametrize(
    "streets", [("Hill Street",), ("Hill Street", "Hall Street"), ("Hill Street", "Hall Street", "Hull Street")]
)
def test_names_like_the_one_that_was_asked_for_are_given(streets: tuple[str, ...]) -> None:
    draft = NetworkDraft("streets")
    for number, name in enumerate(streets):
        ends = [draft.junction(174.77 + 0.001 * east, -41.28 - 0.001 * number) for east in (0, 1)]
        draft.address(draft.way(*ends, name=name), 20.0, label=f"1 {name}")
    with pytest.raises(NotFound) as refused:
        address_of(StreetNames(draft.finish()), "1 Hil Street")
    found = str(refused.value).partition(" Do you mean ")[2].partition("?")[0]
    assert sorted(found.replace("; ", " or ").split(" or ")) == sorted(f"1 {name}" for name in streets)
    assert (found.count("; "), found.count(" or ")) == (max(len(streets) - 2, 0), min(len(streets) - 1, 1))
