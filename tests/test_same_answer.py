"""A past moment, as the room had it, is answered the same byte by byte whatever is entered live afterwards, by every way in.

As it could have been known, what was learnt late is there. An import changes the past in both, and what it brought says so.
"""

from __future__ import annotations

import json
import random
from contextlib import closing
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from click.testing import CliRunner

from clearway.cli import root
from clearway.errors import BadInput, ClearwayError
from clearway.intake.reader import Context, read
from clearway.intake.report import Report
from clearway.intake.submit import enter, keep
from clearway.picture.index import PictureIndex
from clearway.picture.view import Moments, picture_of
from clearway.record.entry import SAME_MOMENT, now
from clearway.record.import_jsonl import import_lines
from clearway.record.moments import calendar
from clearway.record.open import open_record
from clearway.record.parse import draft_of
from clearway.server.operations import ServedRecord
from serving import served_town, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import httpx

    from clearway.record.entry import Draft, Knowledge
    from clearway.record.store import Store

pytestmark = pytest.mark.slow

STREAM = "square"
SQUARE = f"/api/operations/{STREAM}"
OCTETS = {"content-type": "application/octet-stream"}
UTC = calendar("UTC")
REPORT = "Police said about 450 vehicles were parked on Third Street at noon. A fire was lit at Third Street and Fourth Avenue."


def draft(entry_id: str, *, known: datetime, kind: str = "count", **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    body = {"what": "vehicles", "amount": {"low": 450, "high": 450}}
    moments = {"happened": known.isoformat(), "known": known.isoformat()}
    return {"id": entry_id, "kind": kind, "body": body, "source": {"organisation": "Police"}} | moments | fields


class Room:
    """A served record with something in it, and the ways to write to it."""

    def __init__(self, address: str, store: Store, client: httpx.Client, folder: Path) -> None:
        self.address, self.store, self.client, self.folder = address, store, client, folder
        self.moment = now() - timedelta(hours=1)
        self.earlier = self.moment - timedelta(hours=1)

    def asked(self, knowledge: Knowledge | None = None) -> dict[str, bytes]:
        """Every answer about the moment."""
        query = {"at": self.moment.isoformat()} | ({"knowledge": knowledge} if knowledge else {})
        pages = {
            name: self.client.get(f"{SQUARE}/{name}", params=query) for name in ("picture", "map", "sitrep.txt", "sitrep.html")
        }
        key = json.loads(pages["picture"].content)["counts"][0]["key"]
        pages["plot"] = self.client.get(f"{SQUARE}/plot.svg", params=query | {"key": key})
        answers = {name: page.raise_for_status().content for name, page in pages.items()}
        asked = ["--at", self.moment.isoformat(), *(("--knowledge", knowledge) if knowledge else ())]
        return answers | {f"clearway {name}": self.run(name, *asked, "--json").encode() for name in ("picture", "sitrep")}

    def run(self, *words: str, said: str | None = None) -> str:
        done = CliRunner().invoke(root, [*words, "--record", self.address], input=said, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.stdout

    def post(self, document: dict[str, Any]) -> None:
        self.client.post(f"{SQUARE}/entries", json=document).raise_for_status()

    def lines(self, *documents: dict[str, Any]) -> Path:
        file = self.folder / "lines.jsonl"
        file.write_text("\n".join(map(json.dumps, documents)), "utf-8")
        return file


def by_api(room: Room) -> None:
    room.post(draft("late", known=room.earlier))


def in_one_append(room: Room) -> None:
    documents = draft("late", known=room.earlier), draft("late2", known=room.earlier, confirms=["late"])
    room.store.append(STREAM, [draft_of(one, UTC, now=now()) for one in documents])


def by_command(room: Room) -> None:
    claimed = draft("late", known=room.earlier, entered="imported", written=room.earlier.isoformat())
    room.run("record", "add", "-", "--operation", STREAM, said=json.dumps(claimed))


def by_withdrawing(room: Room) -> None:
    room.post(draft("late", known=room.earlier, kind="remark", body={"text": "A slip"}, withdraws=["v1"]))


def by_correcting(room: Room) -> None:
    room.post(draft("late", known=room.earlier, corrects=["v1"]))


def by_renaming(room: Room) -> None:
    body = {"title": "The other square", "zone": "Asia/Tokyo", "type": "March", "major_incident": True}
    room.post(draft("late", known=room.earlier, kind="operation", body=body))


def by_accepting_a_report(room: Room) -> None:
    file = room.folder / "report.txt"
    file.write_text(REPORT, "utf-8")
    room.run("intake", str(file), "--published", room.earlier.isoformat(), "--keep", "--accept", "all")


def by_submitting_a_reading(room: Room) -> None:
    reading = read(Report(REPORT, "report.txt", room.earlier), Context(UTC), at=now())
    keep(room.store, STREAM, reading, len(reading.proposals))
    assert enter(room.store, STREAM, [proposal.draft for proposal in reading.proposals])


def by_the_read_desk(room: Room) -> None:
    query = {"name": "report.txt", "published": room.earlier.isoformat()}
    (kept,) = (
        room.client.post(f"{SQUARE}/reports", params=query, content=REPORT.encode(), headers=OCTETS).raise_for_status().json()
    )
    drafts = room.client.get(f"{SQUARE}/reports/{kept['id']}").raise_for_status().json()["drafts"]
    for found in drafts:
        room.post(found["entry"])
    assert drafts


LIVE = [
    by_api,
    in_one_append,
    by_command,
    by_withdrawing,
    by_correcting,
    by_renaming,
    by_accepting_a_report,
    by_submitting_a_reading,
    by_the_read_desk,
]


class SameAnswer:
    """Subclasses give the fixture ``address``."""

    @pytest.fixture
    def room(self, address: str, tmp_path: Path) -> Iterator[Room]:
        with closing(open_record(address)) as store, serving(served_town(), record=ServedRecord(store)) as client:
            room = Room(address, store, client, tmp_path)
            then = room.earlier - timedelta(hours=1)
            opened = {"title": "A square is taken", "zone": "Pacific/Auckland", "first_day": "2022-02-08"}
            place = [{"type": "street", "street": "Third Street"}]
            file = room.lines(
                draft("o", known=then, kind="operation", body=opened),
                draft("v1", known=then),
                draft("v2", known=then, source={"organisation": "Groups"}),
                draft("r", known=then, kind="road_state", body={"state": "shut"}, places=place),
            )
            import_lines(store, STREAM, file, UTC)
            yield room

    @pytest.mark.parametrize("way", LIVE)
    def test_what_is_entered_live_changes_no_past_moment(self, room: Room, way: Callable[[Room], None]) -> None:
        before, could = room.asked(), room.asked("could")
        assert room.asked("had") == before
        way(room)
        assert room.asked() == before
        later = room.asked("could")
        assert all(later[name] != could[name] for name in ("picture", "sitrep.txt", "clearway picture", "clearway sitrep"))
        entries = room.client.get(f"{SQUARE}/entries", params={"after": 4}).json()
        assert {entry["came"] for entry in entries} == {"late"}
        assert all(entry["had_from"] == entry["written"] for entry in entries)

    def test_every_report_of_a_moment_names_where_the_record_ended_then(self, room: Room) -> None:
        before = room.asked()
        then = json.loads(before["picture"])["anchor"]
        last = list(room.store.entries())[-1]
        assert (then["seq"], then["hash"]) == (last.seq, last.hash) == (4, room.store.head().hash)
        room.post(draft("late", known=room.earlier))
        room.store.append("elsewhere", [draft_of(draft("other", known=now()), UTC, now=now())])
        head = f"{then['seq']}:{then['hash']}"
        assert json.loads(before["clearway sitrep"])["anchor"] == then
        shown = room.run("picture", "--at", room.moment.isoformat(), "--operation", STREAM).encode()
        for answer in (before["sitrep.txt"], before["sitrep.html"], shown):
            assert f"clearway record verify --head {head}" in " ".join(answer.decode().split())
        assert room.run("record", "verify", "--head", head).startswith("Accepted.")
        could = {"at": room.moment.isoformat(), "knowledge": "could"}
        late = room.client.get(f"{SQUARE}/picture", params=could).json()["anchor"]
        assert (late["seq"], late["hash"]) == (5, room.store.entry("late").hash)
        assert room.client.get(SQUARE).json()["anchor"] == late  # now, and of this operation

    def test_a_report_of_a_time_before_the_record_names_no_end_of_it(self, room: Room) -> None:
        long_ago = (room.earlier - timedelta(days=30)).isoformat()
        assert json.loads(room.run("picture", "--at", long_ago, "--json"))["anchor"] is None
        assert "verify --head" not in room.run("sitrep", "--at", long_ago)

    @pytest.mark.parametrize("order", [("had", "could"), ("could", "had")])
    def test_no_answer_is_kept_for_the_other_question(self, room: Room, order: tuple[Knowledge, Knowledge]) -> None:
        place = {"type": "street", "street": "Fourth Avenue"}
        room.post(draft("late", known=room.earlier, kind="road_state", body={"state": "open"}, places=[place]))
        room.post(draft("late2", known=room.earlier))
        first, second = (room.asked(knowledge) for knowledge in order)
        assert [name for name, answer in first.items() if answer == second[name]] == []

    def test_a_situation_report_says_what_is_new_by_the_same_meaning_of_known(self, room: Room) -> None:
        room.post(draft("late", known=room.earlier, kind="road_state", body={"state": "open"}))
        asked = ("sitrep", "--at", now().isoformat(), "--since", room.moment.isoformat(), "--json", "--knowledge")

        def is_new(knowledge: str) -> set[bool]:
            parts = json.loads(room.run(*asked, knowledge))["sections"]
            lines = [line for part in parts for line in part["items"] if "late" in line["ids"]]
            assert all("learnt late" in line["source"] for line in lines)
            return {line["new"] for line in lines}

        assert (is_new("had"), is_new("could")) == ({True}, {False})

    def test_no_client_can_say_of_itself_that_it_is_an_import(self, room: Room) -> None:
        claimed = draft("late", known=room.earlier, entered="imported")
        answer = room.client.post(f"{SQUARE}/entries", json=claimed)
        assert (answer.status_code, room.store.version(STREAM)) == (422, 4)
        room.run("record", "add", json.dumps(claimed), "--operation", STREAM)
        assert room.store.entry("late").draft.entered == "live"

    def test_an_import_changes_the_past_and_what_it_brought_says_so(self, room: Room) -> None:
        before = room.asked()
        file = room.lines(draft("i", known=room.earlier))
        room.run("record", "import", str(file), "--operation", STREAM)
        after = room.asked()
        assert after["picture"] != before["picture"]
        (count,) = json.loads(after["picture"])["counts"]
        assert {fact["id"]: (fact["came"], fact["had_from"] == fact["known"]) for fact in count["statements"]}["i"] == (
            "imported",
            True,
        )

    def test_what_is_written_at_once_is_live_and_in_the_picture_at_once(self, room: Room) -> None:
        room.post({name: value for name, value in draft("v3", known=now()).items() if name != "known"})
        room.post(draft("v4", known=now() - SAME_MOMENT / 2))
        found = room.client.get(f"{SQUARE}/picture").json()
        statements = {fact["id"]: fact["came"] for count in found["counts"] for fact in count["statements"]}
        assert (statements["v3"], statements["v4"], found["knowledge"]) == ("live", "live", "had")

    def test_what_is_known_in_the_future_is_refused_by_every_way_in(self, room: Room) -> None:
        soon = now() + timedelta(hours=1)
        answer = room.client.post(f"{SQUARE}/entries", json=draft("soon", known=soon))
        assert answer.status_code == 400
        assert "leave it out to say now" in answer.json()["error"]["message"]
        report = {"name": "soon.txt", "published": soon.isoformat()}
        answer = room.client.post(f"{SQUARE}/reports", params=report, content=REPORT.encode(), headers=OCTETS)
        assert answer.status_code == 400
        assert "lies in the future. Say when it was published" in answer.json()["error"]["message"]
        said, file = json.dumps(draft("soon", known=soon)), room.folder / "soon.txt"
        file.write_text(REPORT, "utf-8")
        lines = str(room.lines(draft("good", known=room.earlier), draft("soon", known=soon)))
        for words, told in (
            (("record", "add", said, "--operation", STREAM), "it is only"),
            (("record", "import", lines, "--operation", STREAM), "Line 2: Entry 'soon' says that it was known at"),
            (("intake", str(file), "--published", soon.isoformat(), "--keep"), "lies in the future"),
        ):
            with pytest.raises(BadInput, match=told):
                room.run(*words)
        assert room.store.version(STREAM) == 4
        assert (
            "Line 2 was left out"
            in CliRunner()
            .invoke(root, ["record", "import", lines, "--skip-bad", "--operation", STREAM, "--record", room.address])
            .output
        )
        with pytest.raises(ClearwayError):
            room.store.append(STREAM, [draft_of(draft("soon", known=soon), UTC, now=now())])
        room.post(draft("clock-ahead", known=now() + SAME_MOMENT / 2))
        assert room.store.version(STREAM) == 6

    @pytest.mark.parametrize("seed", [1, 2])
    def test_whatever_a_room_enters_its_past_pictures_stay(self, address: str, seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - the same room each time
        clock = [now() - timedelta(days=30)]
        taken: dict[Moments, str] = {}
        with closing(open_record(address, clock=lambda: clock[0])) as store:
            index = PictureIndex()
            for number in range(40):
                store.append(
                    STREAM, [_random_draft(chance, number, part, clock[0]) for part in range(chance.choice([1, 1, 3]))]
                )
                at, known_at = (clock[0] - timedelta(minutes=chance.randint(0, 2000)) for _ in range(2))
                past = Moments(at, known_at)
                taken[past] = picture_of(store, index, STREAM, past, bands=False).model_dump_json()
                clock[0] += timedelta(minutes=chance.randint(1, 90))
            changed = 0
            for when, before in taken.items():
                for known in (index, PictureIndex()):
                    assert picture_of(store, known, STREAM, when, bands=False).model_dump_json() == before
                could = picture_of(store, index, STREAM, Moments(*when[:2], "could"), bands=False)
                changed += could.model_dump_json().replace('"could"', '"had"') != before
            assert changed > len(taken) / 2  # else nothing was learnt late, and nothing was tried


def _random_draft(chance: random.Random, number: int, part: int, moment: datetime) -> Draft:
    """An entry that says that it was known up to two days ago, tied to any entry before it."""
    known = moment - timedelta(minutes=chance.choice([0, 0, chance.randint(1, 3000)]))
    bodies: list[tuple[str, dict[str, Any]]] = [
        ("count", {"what": chance.choice(["people", "vehicles"]), "amount": {"low": chance.randint(1, 900)}}),
        ("incident", {"nature": "noise", "summary": f"horns {number}"}),
        ("road_state", {"state": chance.choice(["shut", "open"])}),
        ("promise", {"by": "Police", "what": f"tow {number % 3}", "due": moment.isoformat()}),
        ("operation", {"title": f"Square {number}", "zone": chance.choice(["UTC", "Asia/Tokyo"])}),
    ]
    kind, body = chance.choice(bodies)
    ties = {}
    if number and kind != "operation":
        ties = {chance.choice(["corrects", "withdraws", "confirms", "disputes"]): [f"e{chance.randrange(number)}-0"]}
    happened = known - timedelta(minutes=chance.randint(0, 300))
    source = {"organisation": chance.choice(["Police", "Groups", "Council"]), "reliability": "B", "credibility": 2}
    said = draft(f"e{number}-{part}", known=known, kind=kind, body=body, happened=happened.isoformat(), source=source)
    return draft_of(said | chance.choice([ties, {}]), UTC, now=moment)


class TestOnSqlite(SameAnswer):
    @pytest.fixture
    def address(self, tmp_path: Path) -> str:
        return str(tmp_path / "room.record")


class TestOnPostgres(SameAnswer):
    @pytest.fixture
    def address(self, postgres: str) -> Iterator[str]:
        """The address of a schema of its own."""
        with psycopg.connect(postgres, autocommit=True) as connection:
            connection.execute("CREATE SCHEMA same_answer")
            yield f"{postgres}?options=-csearch_path%3Dsame_answer"
            connection.execute("DROP SCHEMA same_answer CASCADE")
