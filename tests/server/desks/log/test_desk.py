"""The log over HTTP: filtered by what people type, a part at a time, as CSV, and for each asker what they may see."""

from __future__ import annotations

import csv
import io
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from clearway.server.app import create_app
from clearway.server.operations import ServedRecord
from clearway.server.rights import Person
from serving import running, town_record

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

    from clearway.server.networks import ServedNetwork

LOG = "/api/operations/square/log"


def ids(client: httpx.Client, **asked: str | float | list[str]) -> list[str]:
    answer = client.get(LOG, params=asked)
    assert answer.status_code == 200, answer.text
    return [line["id"] for line in answer.json()["lines"]]


def test_the_log_is_asked_for_in_parts(client: httpx.Client) -> None:
    answer = client.get(LOG, params={"limit": 3, "sort": "written", "descending": False}).json()
    assert [line["id"] for line in answer["lines"]] == ["o", "v1", "v2"]
    assert (answer["entries"], answer["total"], answer["offset"]) == (10, 10, 0)
    assert ids(client, limit=3, offset=9, sort="written", descending=False) == ["d"]
    assert ids(client, offset=10) == []


def test_filters_are_typed_as_people_say_them(client: httpx.Client) -> None:
    assert ids(client, kind=["road_state", "incident"], sort="written") == ["i", "r"]
    assert ids(client, place="third st", kind="road_state") == ["r"]
    assert ids(client, who="groups", kind="count") == ["v2"]
    assert ids(client, since="day 10 11:59", until="day 10", kind="count", sort="written") == ["v2", "v1"]
    assert ids(client, since="day 11") == []
    assert ids(client, until="yesterday", near="2022-02-17T20:00+13:00") == []
    assert ids(client, q="horns") == ["i", "d"]
    assert ids(client, standing="corrected") == []


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"kind": "horn"}, "There is no kind 'horn'. GET /api/kinds lists them."),
        ({"since": "soon"}, "'soon' cannot be read as a time. Write a time such as '19:05'"),
        ({"until": "31 Feb"}, "'31 Feb' is not a date of the calendar."),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(client: httpx.Client, asked: dict[str, str], sentence: str) -> None:
    for path in (LOG, f"{LOG}.csv"):
        answer = client.get(path, params=asked)
        assert answer.status_code == 400
        assert answer.json()["error"]["message"].startswith(sentence)


def test_the_csv_holds_every_line_that_fits(client: httpx.Client) -> None:
    answer = client.get(f"{LOG}.csv", params={"kind": "count", "sort": "written", "descending": False})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="log-square.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [(row["id"], row["says"], row["who"], row["happened_from"]) for row in rows] == [
        ("v1", "About 450 vehicles", "Commissioner, Police", "2022-02-17T06:00+13:00"),
        ("v2", "At least 800 vehicles", "Groups", "2022-02-17T06:00+13:00"),
    ]


def test_a_new_entry_is_in_the_log_at_once_and_nobody_sees_what_is_not_theirs(town: ServedNetwork, tmp_path: Path) -> None:
    everybody = Person("room", frozenset({"see the record", "write entries"}), frozenset({"room", "partners", "public"}))
    partner = Person("partner", frozenset({"see the record"}), frozenset({"partners", "public"}))
    store = town_record(tmp_path / "room.record")
    with closing(store):
        app = create_app(
            [town], ServedRecord(store), sign_in=lambda request: partner if request.headers.get("who") else everybody
        )
        with running(app) as client:
            written = {
                "kind": "remark",
                "body": {"text": "Seen"},
                "happened": "day 10 11:00",
                "release": "partners",
                "id": "shared",
            }
            written |= {"known": "2022-02-17T12:30+13:00"}
            assert "shared" not in ids(client, limit=500)
            client.post("/api/operations/square/entries", json=written).raise_for_status()
            assert ids(client, q="seen") == ["shared"]
            answer = client.get(LOG, headers={"who": "partner"}).json()
            assert [line["id"] for line in answer["lines"]] == ["shared"]
            assert answer["entries"] == 1
            assert "horns" not in client.get(f"{LOG}.csv", headers={"who": "partner"}).text
