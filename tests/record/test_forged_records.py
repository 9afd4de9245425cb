"""Records in which one thing was changed behind the program's back: ``verify`` finds each and says what."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from clearway.record.entry import FIRST_HASH, Draft, chained, now
from clearway.record.moments import calendar, moment_of
from clearway.record.open import open_record
from clearway.record.parse import draft_of
from clearway.record.rows import Head
from clearway.record.texts import text_mark
from forgeries import Claims, forgery
from rounds import rounds

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from pathlib import Path

    Statements = list[str]

pytestmark = pytest.mark.slow
_GUARDS = ("entries_update", "entries_delete", "texts_update", "texts_delete")


@dataclass(frozen=True)
class Record:
    """A record of two operations: where it is, how many entries it has, which of them are reports, and each one's hash."""

    path: Path
    count: int
    reports: list[int]
    hashes: list[str]

    def head(self, seq: int) -> Head:
        return Head(seq, self.hashes[seq - 1])


@pytest.fixture(scope="module")
def claims(tmp_path_factory: pytest.TempPathFactory) -> Claims:
    folder = tmp_path_factory.mktemp("records")
    return Claims([(_record(chance, folder / f"{number}.record"), []) for number, chance in enumerate(rounds(12))], problems)


def _record(chance: random.Random, path: Path) -> Record:
    reports = []
    with closing(open_record(str(path))) as store:
        count = chance.randint(8, 14)
        for seq in range(1, count + 1):
            text = f"Report {seq}: about {seq * 50} people."
            if seq in {2, 5} or chance.random() < 0.2:
                store.append(
                    chance.choice("ab"), [_draft(seq, "report", {"title": "R", "text_sha256": text_mark(text)})], texts=[text]
                )
                reports.append(seq)
            else:
                store.append(chance.choice("ab"), [_draft(seq, "remark", {"text": f"Text of {seq}"})])
        hashes = [entry.hash for entry in store.entries()]
    return Record(path, count, reports, hashes)


def _draft(seq: int, kind: str, body: dict[str, str]) -> Draft:
    said = {
        "id": f"e{seq}",
        "kind": kind,
        "body": body,
        "happened": "2022-02-18T19:05+13:00",
        "known": "2022-02-18T19:20+13:00",
    }
    return draft_of(said, calendar("Pacific/Auckland", "2022-02-08"), now=now())


def problems(record: Record, statements: Statements, expected: Head | None = None) -> list[str]:
    """What ``verify`` says of a copy of a record on which somebody ran some statements."""
    copied = record.path.with_suffix(".forged")
    shutil.copy(record.path, copied)
    with closing(sqlite3.connect(copied)) as connection, connection:
        for guard in _GUARDS:
            connection.execute(f"DROP TRIGGER {guard}")
        for statement in statements:
            connection.execute(statement)
    with closing(open_record(str(copied))) as store:
        return store.verify(expected=expected)


def changed(statements: Statements, column: str, value: str, seq: int) -> bool:
    statements.append(f"UPDATE entries SET {column} = {value} WHERE seq = {seq}")  # noqa: S608 - our own words
    return True


def test_every_true_record_is_accepted_with_each_head_that_it_ever_had(claims: Claims) -> None:
    for record, _ in claims.true:
        assert problems(record, []) == []
        for seq in range(1, record.count + 1):
            with closing(open_record(str(record.path))) as store:
                assert store.verify(expected=record.head(seq)) == []


@forgery(r"^Entry \d+ was changed, or stands in another's place\.$")
def test_an_entry_whose_words_were_changed_is_found(record: Record, to: Statements, chance: random.Random) -> bool:
    return changed(to, "content", "replace(content, '2022', '2021')", chance.randint(1, record.count))


@forgery(r"^Entry \d+ was changed, or stands in another's place\.$")
def test_an_entry_whose_time_of_writing_was_changed_is_found(record: Record, to: Statements, chance: random.Random) -> bool:
    return changed(to, "written", "'2022-02-18T06:31:00.000000Z'", chance.randint(1, record.count))


@forgery(r"^Entry \d+ was changed, or stands in another's place\.$")
def test_an_entry_that_is_found_under_another_name_is_found(record: Record, to: Statements, chance: random.Random) -> bool:
    return changed(to, chance.choice(["id", "kind"]), "'other'", chance.choice([1, 3, 4, record.count]))


@forgery(r"^Entry \d+ (was changed|is out of order)")
def test_an_entry_moved_to_another_operation_is_found(record: Record, to: Statements, chance: random.Random) -> bool:
    return changed(to, "stream", "'other'", chance.randint(1, record.count))


@forgery(r"^Entry \d+ is out of order in|^Entry \d+ was changed")
def test_an_entry_with_another_version_is_found(record: Record, to: Statements, chance: random.Random) -> bool:
    return changed(to, "version", chance.choice(["version + 50", "0", "-1"]), chance.randint(1, record.count))


def test_versions_that_leave_a_gap_are_found_although_every_hash_fits(claims: Claims) -> None:
    for record, _ in claims.true:
        said = problems(record, rechained(record, skipped=record.count))
        assert len(said) == 1
        assert said[0].startswith(f"Entry {record.count} is out of order in")


@forgery(r"^Entry \d+ was changed", among_others=True)
def test_a_hash_that_was_changed_is_found(record: Record, to: Statements, chance: random.Random) -> bool:
    return changed(to, "hash", f"'{'0' * 64}'", chance.randint(1, record.count))


@forgery(r"^Entry \d+ is missing\.$", among_others=True)
def test_an_entry_taken_out_is_found(record: Record, to: Statements, chance: random.Random) -> bool:
    to.append(f"DELETE FROM entries WHERE seq = {chance.randint(1, record.count - 1)}")  # noqa: S608 - our own words
    return True


@forgery(r"^Entry 3 is missing and those up to 5\.$", among_others=True)
def test_all_entries_taken_out_are_named(record: Record, to: Statements, chance: random.Random) -> bool:
    to.append("DELETE FROM entries WHERE seq BETWEEN 3 AND 5")
    return True


@forgery(r"^The record ends at entry \d+; it was written up to entry \d+, so entries are missing\.$")
def test_a_record_that_was_cut_off_is_found(record: Record, to: Statements, chance: random.Random) -> bool:
    to.append(f"DELETE FROM entries WHERE seq > {chance.randint(1, record.count - 1)}")  # noqa: S608 - our own words
    return True


@forgery("^The record ends (at entry|with an entry)|damaged")
def test_a_head_that_was_changed_is_found(record: Record, to: Statements, chance: random.Random) -> bool:
    change = chance.choice(["seq = seq - 1", "seq = seq + 1", "seq = -1", "hash = 'x'", f"hash = '{'0' * 64}'"])
    to.append(f"UPDATE head SET {change}")  # noqa: S608 - our own words
    return True


@forgery("^The record is damaged: it says 0 times where it ends")
def test_a_head_that_was_removed_is_found(record: Record, to: Statements, chance: random.Random) -> bool:
    to.append("DELETE FROM head")
    return True


@forgery(r"^Entry \d+ (was changed, or stands|is out of order)", among_others=True)
def test_two_entries_that_changed_places_are_found(record: Record, to: Statements, chance: random.Random) -> bool:
    one, other = chance.sample(range(1, record.count + 1), 2)
    to += [f"UPDATE entries SET seq = {now_} WHERE seq = {was}" for was, now_ in ((one, 900), (other, one), (900, other))]  # noqa: S608
    return True


@forgery(r"^The text of the report that is entry \d+ was changed\.$")
def test_a_text_that_was_changed_is_found(record: Record, to: Statements, chance: random.Random) -> bool:
    to.append(f"UPDATE texts SET content = content || '!' WHERE content LIKE 'Report {chance.choice(record.reports)}:%'")  # noqa: S608
    return True


@forgery(r"^The text of the report that is entry \d+ is missing\.$")
def test_a_text_that_was_removed_is_found(record: Record, to: Statements, chance: random.Random) -> bool:
    to.append(f"DELETE FROM texts WHERE content LIKE 'Report {chance.choice(record.reports)}:%'")  # noqa: S608 - our own words
    return True


@forgery(r"^The text of the report that is entry \d+ is missing\.$")
def test_a_text_emptied_without_a_word_of_when_it_was_deleted_is_found(
    record: Record, to: Statements, chance: random.Random
) -> bool:
    to.append(f"UPDATE texts SET content = NULL WHERE content LIKE 'Report {chance.choice(record.reports)}:%'")  # noqa: S608
    return True


def test_a_record_written_anew_from_some_entry_on_is_found_by_a_head_noted_down(claims: Claims) -> None:
    for record, _ in claims.true:
        forged = rechained(record, content=lambda seq, content: content.replace("Text of", "Test of") if seq == 3 else content)
        there = problems(record, forged)
        assert there == []  # the chain alone cannot tell
        for seq in range(1, record.count + 1):
            said = problems(record, forged, record.head(seq))
            assert said == (
                [f"Entry {seq} is not the one whose hash was noted down."] if seq >= 3 and 3 not in record.reports else []
            )
        beyond = Head(record.count + 1, record.hashes[-1])
        assert problems(record, [], beyond) == [f"Entry {record.count + 1}, whose hash was noted down, is missing."]


def rechained(
    record: Record,
    content: Callable[[int, str], str] = lambda _, content: content,
    skipped: int = 0,
) -> Statements:
    """Statements that change entries and give each the hash that fits: what somebody with the program and time could do."""
    statements, before = [], FIRST_HASH
    with closing(sqlite3.connect(record.path)) as connection:
        rows = connection.execute("SELECT seq, stream, version, written, content FROM entries ORDER BY seq").fetchall()
    for seq, stream, old, moment, said in rows:
        new, number = content(seq, said), old + (seq == skipped)
        before = chained(before, seq, stream, number, moment_of(moment), new)
        quoted = new.replace("'", "''")
        statements.append(f"UPDATE entries SET content = '{quoted}', version = {number}, hash = '{before}' WHERE seq = {seq}")  # noqa: S608
    return [*statements, f"UPDATE head SET hash = '{before}'"]  # noqa: S608 - our own words
