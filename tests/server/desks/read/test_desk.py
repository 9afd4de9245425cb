"""The Read desk over HTTP: reports in, drafts out, what became of each; a folder that is watched."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from clearway.intake.bounded import Readers
from clearway.intake.inbox import Inbox
from clearway.record.entry import now
from clearway.record.moments import calendar
from clearway.record.open import open_record
from clearway.record.parse import draft_of
from clearway.server.operations import ServedRecord
from patience import until
from serving import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    import httpx

    from clearway.intake.reader import Context, Reading
    from clearway.intake.report import Report
    from clearway.record.store import Store
    from clearway.server.networks import ServedNetwork

pytestmark = pytest.mark.slow

REPORTS = "/api/operations/square/reports"
FILE = {"content-type": "application/octet-stream"}
ENTRIES = "/api/operations/square/entries"
CALENDAR = calendar("Pacific/Auckland", "2022-02-08")
TOLD = b"Police said there were about 450 vehicles on Third Street.\nEight people were arrested this morning, police said.\n"
NAMED = {"name": "report.txt", "published": "day 11 8pm", "publisher": "The paper"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_record(str(tmp_path / "room.record"))
    body = {"title": "A square", "zone": "Pacific/Auckland", "first_day": "2022-02-08"}
    entry = {"id": "o", "kind": "operation", "body": body, "happened": "2022-02-08", "known": "2022-02-08T12:00:00+13:00"}
    opened.append("square", [draft_of(entry, CALENDAR, now=CALENDAR.span("day 1").start, entered="imported")])
    yield opened
    opened.close()


@pytest.fixture
def client(town: ServedNetwork, store: Store) -> Iterator[httpx.Client]:
    with serving(town, record=ServedRecord(store)) as opened:
        yield opened


def taken(client: httpx.Client, data: bytes = TOLD, **told: str) -> dict[str, Any]:
    answer = client.post(REPORTS, params=NAMED | told, content=data, headers=FILE)
    assert answer.status_code == 201, answer.text
    (summary,) = answer.json()
    return dict(summary)


def test_a_report_is_kept_and_read(client: httpx.Client) -> None:
    summary = taken(client)
    assert (summary["title"], summary["drafts"], summary["publisher"]) == ("report.txt", 2, "The paper")
    reading = client.get(f"{REPORTS}/{summary['id']}").json()
    assert reading["text"] == TOLD.decode()
    count, arrests = reading["drafts"]
    assert (count["says"], count["where"], count["fate"]) == ("About 450 vehicles", "Third Street", "open")
    assert count["changes"].startswith("The first report of vehicles")
    assert arrests["entry"]["kind"] == "arrests"
    assert client.get(REPORTS).json()["reports"] == [summary]


def test_the_same_report_again_changes_nothing(client: httpx.Client, store: Store) -> None:
    assert taken(client) == taken(client)
    assert store.version("square") == 2


def test_a_draft_is_entered_as_it_is_and_its_words_are_one_step_away(client: httpx.Client) -> None:
    report = taken(client)["id"]
    draft = client.get(f"{REPORTS}/{report}").json()["drafts"][0]
    entered = client.post(ENTRIES, json=draft["entry"])
    assert entered.status_code == 201, entered.text
    fact = entered.json()["fact"]
    (words,) = fact["source"]["words"]
    assert TOLD.decode()[words["start"] : words["end"]] == "Police said there were about 450 vehicles on Third Street."
    assert words["report"] == report
    assert [one["fate"] for one in client.get(f"{REPORTS}/{report}").json()["drafts"]] == ["entered", "open"]
    (summary,) = client.get(REPORTS).json()["reports"]
    assert (summary["entered"], summary["dropped"]) == (1, 0)
    again = client.post(ENTRIES, json=draft["entry"]).json()
    assert (again["version"], again["hash"]) == (entered.json()["version"], entered.json()["hash"]), "it is written once"


def test_that_a_draft_was_dropped_stays_on_the_record_and_can_be_taken_back(client: httpx.Client) -> None:
    report = taken(client)["id"]
    draft = client.get(f"{REPORTS}/{report}").json()["drafts"][1]
    body = {"report": report, "draft": draft["id"], "proposed": draft["kind"], "why": "of another day"}
    dropped = client.post(ENTRIES, json={"kind": "dropped_draft", "body": body, "happened": "2022-02-18T21:00+13:00"}).json()
    assert [one["fate"] for one in client.get(f"{REPORTS}/{report}").json()["drafts"]] == ["open", "dropped"]
    undo = {
        "kind": "remark",
        "body": {"text": "Back"},
        "happened": "2022-02-18T21:01+13:00",
        "withdraws": [dropped["fact"]["id"]],
    }
    assert client.post(ENTRIES, json=undo).status_code == 201
    assert [one["fate"] for one in client.get(f"{REPORTS}/{report}").json()["drafts"]] == ["open", "open"]


def test_reports_and_drops_are_no_beliefs(client: httpx.Client) -> None:
    taken(client)
    picture = client.get("/api/operations/square/picture").json()
    assert [fact for fact in (*picture["events"], *picture["states"]) if fact["kind"] in ("report", "dropped_draft")] == []


def test_a_clash_with_the_record_is_shown_at_the_door(client: httpx.Client) -> None:
    place = {"type": "street", "street": "Third Street"}
    said = {"what": "vehicles", "amount": {"low": 900, "high": 900}}
    entry = {"kind": "count", "body": said, "happened": "day 11 noon", "places": [place], "source": {"office": "Mayor"}}
    entry["happened"] = "day 11 12:00"
    clashing = client.post(ENTRIES, json=entry).json()["fact"]["id"]
    draft = client.get(f"{REPORTS}/{taken(client)['id']}").json()["drafts"][0]
    assert [(one["id"], one["speaker"], one["in_record"]) for one in draft["clashes"]] == [(clashing, "Mayor", True)]


def test_the_second_report_of_a_quotation_repeats_the_first(client: httpx.Client) -> None:
    first = client.get(f"{REPORTS}/{taken(client)['id']}").json()["drafts"][0]
    client.post(ENTRIES, json=first["entry"])
    later = taken(client, b"A new day.\n" + TOLD, name="later.txt", published="day 12 8am")
    again = client.get(f"{REPORTS}/{later['id']}").json()["drafts"][0]
    assert (again["kind"], again["entry"]["confirms"], again["printed"]["name"]) == ("remark", [first["id"]], "report.txt")


def test_what_cannot_be_read_is_refused_in_one_sentence(client: httpx.Client, store: Store) -> None:
    for data, words in ((b"", "is empty"), (b"\x89PNG\r\n", "is a picture"), (b"x" * (5 * 2**20 + 1), "larger than 5 MB")):
        answer = client.post(REPORTS, params={"name": "file"}, content=data, headers=FILE)
        assert answer.status_code == 400
        assert words in answer.json()["error"]["message"]
    assert client.post(REPORTS, params={"name": "f"}, content=b"x" * (7 * 2**20), headers=FILE).status_code == 413
    assert client.post(REPORTS, params={"name": "f", "published": "soon"}, content=TOLD, headers=FILE).status_code == 400
    assert client.post(REPORTS, content=TOLD, headers=FILE).status_code == 422
    assert client.get(f"{REPORTS}/nothing").status_code == 404
    assert client.get("/api/operations/nowhere/reports").status_code == 404
    assert store.version("square") == 1


def test_what_is_laid_into_the_watched_folder_is_read(town: ServedNetwork, store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "empty.txt").write_bytes(b"")
    (folder / "link.txt").symlink_to(tmp_path / "room.record")
    (folder / "mail.eml").write_bytes(b"From: a@example.org\r\nDate: Fri, 31 Dec 9999 23:59:59 -1200\r\n\r\n" + TOLD)
    (folder / "report.txt").write_bytes(TOLD)
    record = ServedRecord(store, Inbox(folder))
    with serving(town, record=record) as client:
        until(lambda: len(client.get(REPORTS).json()["reports"]) == 2)
        listed = client.get(REPORTS).json()
        (folder / "empty.txt").write_bytes(b"Police said there were about 20 vehicles on Third Street.")
        (folder / "link.txt").unlink()
        until(lambda: len(client.get(REPORTS).json()["reports"]) == 3)
        assert client.get(REPORTS).json()["refused"] == []
    assert sorted(one["name"] for one in listed["reports"]) == ["mail.eml", "report.txt"]
    assert listed["inbox"] == str(folder)
    whys = [(one["name"], one["why"].partition(". ")[0]) for one in listed["refused"]]
    assert whys == [("empty.txt", "empty.txt: is empty"), ("link.txt", "It is a link, and links are not followed")]


class Faulty(Readers):
    """Readers with a fault of the program's own."""

    def read(self, report: Report, context: Context, *, at: datetime | None = None) -> Reading:
        if report.name == "b.txt":
            raise ZeroDivisionError
        return super().read(report, context, at=at)


def test_a_fault_in_one_file_keeps_no_other_waiting(town: ServedNetwork, store: Store, tmp_path: Path) -> None:
    """Whatever goes wrong in the program itself, it is that file's reason, and the next file is read."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    for name in ("a.txt", "b.txt", "c.txt"):
        (folder / name).write_bytes(TOLD + name.encode())
    with serving(town, record=ServedRecord(store, Inbox(folder), readers=Faulty())) as client:
        until(lambda: len(client.get(REPORTS).json()["reports"]) == 2)
        until(lambda: client.get(REPORTS).json()["refused"])
        (refused,) = client.get(REPORTS).json()["refused"]
    assert refused["name"] == "b.txt"
    assert "the program failed" in refused["why"]


def test_a_report_whose_text_was_deleted_is_listed_and_not_read(client: httpx.Client, store: Store) -> None:
    first = taken(client)
    assert client.get(f"{REPORTS}/{first['id']}").json()["text"] == TOLD.decode()
    assert store.delete_texts("square", now() + timedelta(seconds=1)) == 1
    answer = client.get(f"{REPORTS}/{first['id']}")
    assert answer.status_code == 404
    assert "was deleted" in answer.json()["error"]["message"]
    (summary,) = client.get(REPORTS).json()["reports"]
    assert summary["text_deleted"] is not None
    assert summary | {"text_deleted": None} == first
    again = taken(client, TOLD, name="later.txt")
    assert client.get(f"{REPORTS}/{again['id']}").status_code == 200


def test_a_year_that_no_report_is_of_is_refused(client: httpx.Client) -> None:
    answer = client.post(
        REPORTS,
        params={"name": "a.txt", "published": "9999-12-31T23:00+13:00"},
        content=TOLD,
        headers={"content-type": "application/octet-stream"},
    )
    assert answer.status_code == 400
    assert "No report was published" in answer.json()["error"]["message"]


UNDATED = b"Police said there were about 450 vehicles on Third Street.\n"


def asked(client: httpx.Client, data: bytes) -> dict[str, Any]:
    """A report of which nobody says when it was published, as it is read."""
    answer = client.post(REPORTS, params={"name": "pasted"}, content=data, headers=FILE)
    (summary,) = answer.json()
    return dict(client.get(f"{REPORTS}/{summary['id']}").json())


def seen_on_day_9(client: httpx.Client) -> None:
    entry = {"kind": "remark", "body": {"text": "Seen"}, "happened": "day 9 noon"}
    assert client.post(ENTRIES, json=entry).status_code == 201


def test_a_pasted_text_is_dated_by_its_dateline(client: httpx.Client) -> None:
    seen_on_day_9(client)
    reading = asked(client, b"WELLINGTON, Feb. 16 (Agency) - " + UNDATED)
    assert (reading["published"], reading["dated_by"]) == ("2022-02-16T10:59:00.000000Z", "Feb. 16")
    assert (reading["published_known"], reading["asks"]) == (True, "")
    assert [draft["asks"] for draft in reading["drafts"]] == [""]


def test_a_text_without_a_date_is_asked_about_and_read_again_by_the_one_that_is_given(client: httpx.Client) -> None:
    seen_on_day_9(client)
    reading = asked(client, UNDATED)
    assert reading["published_known"] is False
    assert reading["asks"].startswith("Nothing in it says when it was published, so it is read as of the day that it came in. ")
    assert reading["asks"].endswith(" after the operation's last entry (Wed 16 Feb 2022 12:00).")
    assert reading["drafts"][0]["asks"] != ""
    for told in ("16/02/2022 7pm", "day 9 7pm"):
        answer = client.post(f"{REPORTS}/{reading['id']}/date", params={"published": told})
        assert answer.status_code == 200, answer.text
        again = answer.json()
        assert (again["published"], again["published_known"], again["asks"]) == ("2022-02-16T06:00:00.000000Z", True, "")
        assert again["drafts"][0]["entry"]["known"] == "2022-02-16T06:00:00.000000Z"
        assert again["drafts"][0]["entry"]["source"]["words"][0]["report"] == again["id"]
        assert again["drafts"][0]["printed"] is None
    (listed,) = client.get(REPORTS).json()["reports"]
    assert (listed["id"], listed["published_known"]) == (again["id"], True)
    assert client.get(f"{REPORTS}/{reading['id']}").json()["id"] == again["id"]
    assert client.post(ENTRIES, json=again["drafts"][0]["entry"]).status_code == 201
    assert client.get(f"{REPORTS}/{again['id']}").json()["drafts"][0]["fate"] == "entered"


def test_a_date_that_nobody_can_read_or_that_has_not_come_is_refused(client: httpx.Client) -> None:
    reading = asked(client, UNDATED)
    for told in ("some day", "2099-01-01"):
        answer = client.post(f"{REPORTS}/{reading['id']}/date", params={"published": told})
        assert answer.status_code == 400, told
    assert client.get(f"{REPORTS}/{reading['id']}").json()["published_known"] is False


def test_an_operation_without_any_other_entry_asks_nothing(client: httpx.Client) -> None:
    assert asked(client, UNDATED)["asks"] == ""
