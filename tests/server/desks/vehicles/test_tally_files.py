"""Tallies of a CSV file by way of the server: looked at, written whole or not at all, once, and out again as they came."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from clearway.record.open import open_record
from clearway.server.operations import ServedRecord
from serving import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx

    from clearway.server.networks import ServedNetwork

TALLIES = "/api/operations/square/vehicles/tallies"
GOOD = "stretch,car,van,across,lanes_left,lane_moves,assumed\nThird Street,6,1,4,0,2,\nSecond Avenue,3,,,,,yes\n"
BAD = f"{GOOD}# a remark\nNowhere Street,2,,,,,\nThird Street,2,,,,,\nFirst Street,-1,,,,,\nFirst Avenue,99999,,,,,\n"


@pytest.fixture
def client(town: ServedNetwork, tmp_path: Path) -> Iterator[httpx.Client]:
    with closing(open_record(str(tmp_path / "room.record"))) as store, serving(town, record=ServedRecord(store)) as opened:
        opened.post("/api/operations", json={"id": "square", "title": "A square", "zone": "Pacific/Auckland"})
        yield opened


def tallies(client: httpx.Client) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get("/api/operations/square/entries", params={"kind": "vehicle_tally"}).json()
    return found


def test_a_file_with_faults_names_each_by_its_line_and_nothing_is_written(client: httpx.Client) -> None:
    read = client.post(f"{TALLIES}/check", json={"text": BAD}).json()
    assert [one["line"] for one in read["faults"]] == [5, 6, 7, 8]
    for fault, words in zip(
        read["faults"], ("no street called Nowhere", "one stretch", "whole number", "do not fit"), strict=True
    ):
        assert words in fault["says"]
    assert read["says"] == "4 lines cannot be right: nothing would be written. Correct the file, and load it again."
    assert [one["stretch"] for one in read["stretches"]] == ["Third Street", "Second Avenue"]
    refused = client.post(TALLIES, json={"text": BAD, "source": "warden, Council"})
    assert refused.status_code == 400
    assert refused.json()["error"]["message"].startswith("Nothing was written. Line 5: This map has no street")
    assert tallies(client) == []


def test_a_good_file_is_shown_written_once_and_comes_out_as_it_came(client: httpx.Client) -> None:
    given = {"text": f"\ufeff{GOOD}", "source": "warden, Council", "counted": "2022-02-16T14:20+13:00", "method": "drone"}
    read = client.post(f"{TALLIES}/check", json=given).json()
    assert (read["faults"], read["says"]) == ([], "10 vehicles on 2 stretches would be written.")
    assert [one["assumed"] for one in read["stretches"]] == [False, True]
    assert tallies(client) == []
    assert client.post(TALLIES, json=given).json() == {"written": 2, "known": 0, "says": "2 tallies written."}
    assert client.post(TALLIES, json=given).json()["says"] == "0 tallies written, 2 were there already."
    assert [one["source"]["organisation"] for one in tallies(client)] == ["Council", "Council"]
    out = client.get(f"{TALLIES}.csv")
    assert out.headers["content-type"] == "text/csv; charset=utf-8"
    assert "Second Avenue,3,,,,,,,,,yes,2022-02-16T01:20:00+00:00" in out.text
    again = client.post(f"{TALLIES}/check", json={"text": out.text}).json()
    assert sorted((one["stretch"], one["car"], one["across"], one["assumed"]) for one in again["stretches"]) == [
        ("Second Avenue", 3, None, True), ("Third Street", 6, 4, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("street,car\nThird Street,2\n", "The file: has no column 'stretch'."),
        ("stretch,colour\nThird Street,2\n", "The file: counts no vehicles."),
        ("stretch,car\n", "has no line below"),
    ],
)
def test_a_file_that_is_no_tally_is_one_fault(client: httpx.Client, text: str, words: str) -> None:
    (fault,) = client.post(f"{TALLIES}/check", json={"text": text}).json()["faults"]
    assert fault["line"] is None
    assert words in fault["says"]


def test_nobody_counted_or_a_time_that_cannot_be_read_is_refused(client: httpx.Client) -> None:
    assert "Nobody said who counted" in client.post(TALLIES, json={"text": GOOD}).json()["error"]["message"]
    answer = client.post(TALLIES, json={"text": GOOD, "source": "warden, Council", "counted": "once"})
    assert answer.status_code == 400
    assert tallies(client) == []
