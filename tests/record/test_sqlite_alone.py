"""The file below a record: how it is opened, when it is busy, full, locked or damaged, and batches that fail half way."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from clearway.errors import BadFile, Unavailable
from clearway.record.database import Damaged
from clearway.record.open import open_record
from clearway.record.sqlite import SqliteDatabase
from record_drafts import STREAM, draft

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "room.record"


@pytest.fixture
def database(path: Path) -> Iterator[SqliteDatabase]:
    with closing(SqliteDatabase(path)) as opened:
        opened.define("CREATE TABLE notes (number {bigint} PRIMARY KEY, words {text} NOT NULL)")
        yield opened


def numbers(database: SqliteDatabase) -> list[int]:
    return [number for (number,) in database.rows("SELECT number FROM notes ORDER BY number")]


@pytest.mark.parametrize(
    ("setting", "value"), [("synchronous", 2), ("journal_mode", "wal"), ("secure_delete", 1), ("busy_timeout", 30_000)]
)
def test_every_commit_is_on_disk_and_what_is_deleted_is_overwritten(
    database: SqliteDatabase, setting: str, value: object
) -> None:
    assert database.rows(f"PRAGMA {setting}") == [(value,)]


def test_a_sweep_that_a_reader_holds_up_says_so_and_the_next_one_does_it(path: Path, database: SqliteDatabase) -> None:
    database.run("INSERT INTO notes VALUES (1, 'a')")
    beside = path.with_name(f"{path.name}-wal")
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM notes").fetchall()
        database.rows("PRAGMA busy_timeout = 1")
        with pytest.raises(Unavailable, match=r"is being read by another program .* Close that program and try again"):
            database.sweep("notes")
        assert beside.stat().st_size
        reader.execute("COMMIT")
    database.sweep("notes")
    assert not beside.stat().st_size


def test_only_a_measurement_goes_without_waiting_for_the_disk(path: Path) -> None:
    with closing(SqliteDatabase(path, synced=False)) as unsynced:
        assert unsynced.rows("PRAGMA synchronous") == [(0,)]
        assert unsynced.rows("PRAGMA journal_mode") == [("wal",)]


def test_values_are_read_back_as_they_were_written(database: SqliteDatabase) -> None:
    database.insert("INSERT INTO notes (number, words) VALUES", [(1, "Māngere"), (2, "two")])
    database.run("UPDATE notes SET words = ? WHERE number = ?", ["deux", 2])
    assert database.rows("SELECT number, words FROM notes WHERE number >= ? ORDER BY number", [1]) == [
        (1, "Māngere"),
        (2, "deux"),
    ]
    assert database.rows("SELECT number FROM notes WHERE number > ?", [2]) == []


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_batch_that_fails_at_its_beginning_middle_or_end_leaves_nothing(database: SqliteDatabase, place: int) -> None:
    rows: list[tuple[int, str | None]] = [(1, "a"), (2, "b"), (3, "c")]
    rows[place] = (rows[place][0], None)
    with (
        pytest.raises(Unavailable, match=r"cannot be used now \(NOT NULL .*\)\. Nothing was saved\. Try again"),
        database.transaction(),
    ):
        database.insert("INSERT INTO notes (number, words) VALUES", rows)
    assert numbers(database) == []
    with database.transaction():
        database.insert("INSERT INTO notes (number, words) VALUES", [(7, "works again")])
    assert numbers(database) == [7]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_transaction_whose_block_fails_is_undone_whole(database: SqliteDatabase, error: type[BaseException]) -> None:
    def fail() -> None:
        with database.transaction():
            database.run("INSERT INTO notes VALUES (1, 'a')")
            assert numbers(database) == [1]
            raise error

    with pytest.raises(error):
        fail()
    assert numbers(database) == []


def test_others_see_a_transaction_only_when_it_is_whole(path: Path, database: SqliteDatabase) -> None:
    with closing(SqliteDatabase(path)) as other:
        with database.transaction():
            database.run("INSERT INTO notes VALUES (1, 'a')")
            assert numbers(other) == []
        assert numbers(other) == [1]


def test_a_transaction_locks_other_writers_out_from_its_beginning_and_they_say_so(path: Path, database: SqliteDatabase) -> None:
    with closing(SqliteDatabase(path)) as other:
        other.run("PRAGMA busy_timeout = 0")
        with database.transaction():
            busy = "is being written to by another program for more than 30 seconds. Nothing was saved. Try again in a moment."
            with pytest.raises(Unavailable, match=busy) as refused, other.transaction():
                pytest.fail("another writer came between")
            assert str(refused.value).startswith(f"The record {path} is being")
            assert numbers(other) == []  # reading goes on
        with other.transaction():
            other.run("INSERT INTO notes VALUES (2, 'b')")
    assert numbers(database) == [2]


def test_a_full_disk_saves_nothing_and_says_so(database: SqliteDatabase) -> None:
    ((pages,),) = database.rows("PRAGMA page_count")
    database.run(f"PRAGMA max_page_count = {pages}")
    full = r"is on a disk that is full\. Nothing was saved\. Free some space and try again\."
    with pytest.raises(Unavailable, match=full), database.transaction():
        database.insert("INSERT INTO notes (number, words) VALUES", [(number, "x" * 3_000) for number in range(9)])
    assert numbers(database) == []
    database.run(f"PRAGMA max_page_count = {pages + 99}")
    database.run("INSERT INTO notes VALUES (1, 'a')")
    assert numbers(database) == [1]


def test_what_can_only_be_read_says_so(database: SqliteDatabase) -> None:
    database.run("PRAGMA query_only = ON")
    with pytest.raises(
        Unavailable, match=r"can only be read here\. Nothing was saved\. To write, make the file and its folder"
    ):
        database.run("INSERT INTO notes VALUES (1, 'a')")


def test_a_table_that_is_not_there_is_damage(path: Path, database: SqliteDatabase) -> None:
    with pytest.raises(Damaged) as refused:
        database.rows("SELECT * FROM entries")
    assert str(refused.value) == (
        f"The record is damaged: {path}, no such table: entries. "
        "Run 'clearway record verify', and go on with a copy that it accepts."
    )
    assert refused.value.kind == "Unavailable"


def test_pages_that_are_not_what_they_should_be_are_damage(path: Path) -> None:
    with closing(open_record(str(path))) as store:
        store.append(STREAM, [draft(f"e{number}") for number in range(200)])
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096 * 2)
        file.write(b"\xa5" * (size - 4096 * 2))
    with pytest.raises((BadFile, Unavailable), match=r"damaged|malformed"), closing(open_record(str(path))) as store:
        list(store.entries())


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE entries SET kind = 'other'",
        "UPDATE entries SET seq = seq + 1",
        "DELETE FROM entries",
        "UPDATE texts SET hash = 'x'",
        "UPDATE texts SET content = 'x'",
        "DELETE FROM texts",
    ],
)
def test_the_file_itself_refuses_to_change_what_is_written(path: Path, change: str) -> None:
    with closing(open_record(str(path))) as store:
        store.append(STREAM, [draft("a")])
    with closing(sqlite3.connect(path)) as by_hand:
        by_hand.execute("INSERT INTO texts VALUES ('h', 'words', NULL)")
        with pytest.raises(sqlite3.IntegrityError, match=r"never changed|never deleted|that a text was deleted stays"):
            by_hand.execute(change)


def test_a_text_may_be_emptied_by_the_mark_that_it_is_deleted_and_by_nothing_else(path: Path) -> None:
    open_record(str(path)).close()
    with closing(sqlite3.connect(path)) as by_hand:
        by_hand.execute("INSERT INTO texts VALUES ('h', 'words', NULL)")
        by_hand.execute("UPDATE texts SET content = NULL, deleted = '2022-03-01' WHERE hash = 'h'")
        assert by_hand.execute("SELECT * FROM texts").fetchall() == [("h", None, "2022-03-01")]


def test_a_step_of_the_schema_may_hold_several_statements_and_triggers(database: SqliteDatabase) -> None:
    twice = "INSERT INTO notes VALUES (NEW.n, 'one'); INSERT INTO notes VALUES (NEW.n + 1, 'two');"
    trigger = f"CREATE TRIGGER twice AFTER INSERT ON a BEGIN {twice} END"
    database.define(f"CREATE TABLE a (n {{bigint}}); {trigger}; CREATE TABLE b (n {{bigint}})")
    database.run("INSERT INTO a VALUES (5)")
    assert numbers(database) == [5, 6]
    assert database.rows("SELECT * FROM b") == []


def test_how_many_steps_were_taken_is_remembered(path: Path, database: SqliteDatabase) -> None:
    assert database.schema_version() == 0
    database.set_schema_version(3)
    assert database.schema_version() == 3
    with closing(SqliteDatabase(path)) as again:
        assert again.schema_version() == 3


def test_nothing_of_what_was_deleted_remains_after_sweeping(path: Path, database: SqliteDatabase) -> None:
    database.run("INSERT INTO notes VALUES (1, 'a word that nobody else writes')")
    database.run("DELETE FROM notes")
    wal = path.with_name(f"{path.name}-wal")
    assert b"nobody else writes" in path.read_bytes() + wal.read_bytes()
    database.sweep("notes")
    assert wal.stat().st_size == 0
    assert b"nobody else writes" not in path.read_bytes()


@pytest.mark.parametrize("name", ["none/room.record", "."])
def test_what_cannot_be_opened_says_what_to_give_instead(tmp_path: Path, name: str) -> None:
    with pytest.raises(
        BadFile,
        match=r"cannot be opened as a record .* the path of a record, or of a new file in a folder that you may write to\.$",
    ):
        SqliteDatabase(tmp_path / name)


def test_nothing_is_left_locked_when_a_file_is_refused(tmp_path: Path) -> None:
    refused = tmp_path / "notes.txt"
    refused.write_text("these are my notes\n" * 500)
    for _ in range(2):
        with pytest.raises(BadFile, match="file is not a database"):
            SqliteDatabase(refused)
    SqliteDatabase(tmp_path / "room.record").close()
