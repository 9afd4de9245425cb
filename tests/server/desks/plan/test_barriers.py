"""What the record says of barriers, as the Plan desk is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx

SQUARE = "/api/operations/square/barriers"


def test_barriers_of_the_record_are_counted_and_nothing_is_claimed_of_those_without_a_corner(client: httpx.Client) -> None:
    answer = client.get(SQUARE, params={"at": "2022-02-18T23:00:00+13:00"}).json()
    assert answer["named"] >= 1
    assert answer["placed"] == 0
    assert answer["seal"] is None
    assert "none placed yet" in answer["summary"][0]
    assert answer["pieces"][0]["note"].endswith("Between which streets?")


def test_before_anything_was_known_the_record_says_of_none(client: httpx.Client) -> None:
    answer = client.get(SQUARE, params={"at": "2022-02-01T23:00:00+13:00"}).json()
    assert (answer["total"], answer["pieces"]) == (0, [])
