"""The owner's look-up: whole plate and street, one answer to every wrong one, few tries, and the plate in no log (C5)."""

from __future__ import annotations

import logging
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import TooMany, Unavailable
from clearway.record.entry import now
from clearway.record.moments import calendar
from clearway.record.moved import enter_moved
from clearway.record.open import open_record
from clearway.record.plates import room_key
from clearway.server.desks.vehicles.lookup import Lookups
from clearway.server.limits import Limits
from clearway.server.operations import ServedRecord
from serving import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx

    from clearway.server.networks import ServedNetwork

PLATE = "QZX 417"
FIND = "/api/operations/square/vehicles/find"
MOVED = {
    "state": "stored", "purpose": "to free a lane", "power": "Land Transport Act 1998, section 113", "type": "car",
    "moved_by": "Smith Towing", "ordered_by": "Police", "moved_from": "Third Street", "moved_to": "the yard",
    "delete_by": "2099-01-01T00:00Z", "condition": "a dent",
}  # fmt: skip


@contextmanager
def desk(town: ServedNetwork, folder: Path, *, key: bool = True) -> Iterator[httpx.Client]:
    """A server whose record holds one vehicle."""
    key_file = folder / "plate.key"
    with closing(open_record(str(folder / "room.record"))) as store:
        document = {"body": MOVED, "happened": now().isoformat(), "source": "warden, Council"}
        enter_moved(store, "square", PLATE, document, room_key(key_file, make=True), calendar=calendar("UTC"), now=now())
        with serving(town, record=ServedRecord(store, plate_key=key_file if key else None)) as opened:
            yield opened


def ask(client: httpx.Client, plate: str = PLATE, stood: str = "third st") -> httpx.Response:
    return client.post(FIND, json={"plate": plate, "stood": stood})


def test_who_knows_plate_and_street_learns_where_it_is_and_how_it_comes_back_and_nothing_else(
    town: ServedNetwork, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with desk(town, tmp_path) as client:
        found = ask(client, "qzx-417").json()["says"]
        assert found == ["It was moved and is stored: the yard.", "How it is given back nobody has written down. Ask Police."]
        release = {"kind": "storage_place", "body": {"name": "The  Yard", "release_procedure": "With your papers, by day"}}
        place = {"type": "point", "at": [174.771, -41.2835]}
        written = client.post(
            "/api/operations/square/entries", json=release | {"happened": "now", "place": place, "source": "o, Police"}
        )
        assert written.status_code == 201, written.text
        assert ask(client).json()["says"][1] == "To get it back: With your papers, by day."
        wrong = [ask(client, "QZX 418"), ask(client, PLATE, "Second Avenue")]
        assert [one.status_code for one in wrong] == [404, 404]
        assert wrong[0].json() == wrong[1].json()
        ask(client, "Q" * 13)
        last = ask(client)
        assert (last.status_code, last.headers["retry-after"]) == (429, "600")
    assert "A vehicle was looked up and found" in caplog.text
    assert "none of that plate and street" in caplog.text
    for told in (caplog.text, *(one.text for one in wrong), last.text):
        assert not any(plate in told.upper() for plate in ("QZX", "417", "418", "Q" * 13))


def test_a_body_that_cannot_be_read_does_not_repeat_the_plate(town: ServedNetwork, tmp_path: Path) -> None:
    with desk(town, tmp_path) as client:
        bodies: tuple[dict[str, Any], ...] = (
            {"plate": PLATE},
            {"plate": [PLATE], "stood": "A"},
            {"plate": PLATE * 60, "stood": "A"},
        )
        for body in bodies:
            answer = client.post(FIND, json=body)
            assert (answer.status_code, "QZX" in answer.text) == (422, False), answer.text


def test_a_server_without_a_key_says_how_to_get_one(town: ServedNetwork, tmp_path: Path) -> None:
    with desk(town, tmp_path, key=False) as client:
        answer = ask(client)
        assert (answer.status_code, "--plate-key FILE" in answer.json()["error"]["message"]) == (400, True)


def test_tries_are_counted_by_address_and_in_all_and_count_no_longer_after_their_time() -> None:
    """At the bound and one beside: of two in 100 s the third is refused until the first is 100 s old."""
    moment = [0.0]
    tries = Lookups(Limits(lookups_of_one=2, lookups=3, lookup_s=100.0), clock=lambda: moment[0])
    tries.take("192.0.2.1")
    moment[0] = 10.0
    tries.take("192.0.2.1")
    moment[0] = 99.9
    with pytest.raises(TooMany, match=r"2 look-ups came from this address within 1\.66667 minutes"):
        tries.take("192.0.2.1")
    tries.take("192.0.2.2")
    with pytest.raises(Unavailable, match="Too many look for vehicles"):
        tries.take("192.0.2.3")
    moment[0] = 100.0
    tries.take("192.0.2.1")
    with pytest.raises(TooMany):
        tries.take("192.0.2.1")


def test_whoever_has_one_ipv6_address_has_all_of_its_prefix() -> None:
    tries = Lookups(Limits(lookups_of_one=1))
    tries.take("2001:db8::1:1")
    with pytest.raises(TooMany):
        tries.take("2001:db8::1:2")
