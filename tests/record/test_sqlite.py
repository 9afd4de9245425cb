from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clearway.errors import BadFile, Unavailable
from clearway.record.entry import now
from clearway.record.open import open_record
from record_contract import StoreContract
from record_drafts import STREAM, draft, report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_NOBODY = 65_534
"""A user without rights, as most systems number it."""


class TestSqlite(StoreContract):
    older = "PRAGMA user_version = 1"
    unguarded = ("DROP TRIGGER texts_update", "DROP TRIGGER texts_delete")

    @pytest.fixture
    def address(self, tmp_path: Path) -> str:
        return str(tmp_path / "room.record")

    def tamper(self, address: str, *statements: str) -> None:
        with closing(sqlite3.connect(address)) as connection, connection:
            connection.execute("DROP TRIGGER entries_update")
            connection.execute("DROP TRIGGER entries_delete")
            for statement in statements:
                connection.execute(statement)


def beside(path: Path, side: str) -> Path:
    return path.with_name(path.name + side)


def test_nothing_of_a_deleted_text_remains_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "room.record"
    words = "A sentence that nobody else writes. " * 500
    with closing(open_record(str(path))) as store:
        store.append(STREAM, [report("r", words)], texts=[words])
        assert b"nobody else writes" in path.read_bytes() + beside(path, "-wal").read_bytes()
        store.delete_texts(STREAM, now() + timedelta(days=1))
        assert b"nobody else writes" not in path.read_bytes() + beside(path, "-wal").read_bytes()


@pytest.mark.parametrize("by", [0, 1], ids=["by us", "by another"])
@pytest.mark.parametrize("writes", [False, True], ids=["and nothing", "and writes"])
def test_a_record_goes_on_for_all_after_texts_were_deleted(tmp_path: Path, by: int, writes: bool) -> None:  # noqa: FBT001 - a parameter
    path, words = str(tmp_path / "room.record"), "A sentence that nobody else writes. " * 500
    with closing(open_record(path)) as ours, closing(open_record(path)) as others:
        ours.append(STREAM, [report("r", words)], texts=[words])
        others.head()
        deleting = (ours, others)[by]
        deleting.delete_texts(STREAM, now() + timedelta(days=1))
        if writes:
            deleting.append(STREAM, [draft("more")])
        for name, store in (("ours", ours), ("others", others)):
            store.append(STREAM, [draft(name)])
            assert store.head().seq == ours.head().seq
        assert ours.verify() == []


@pytest.mark.parametrize("left", [0, 16, 31, 32, 5000])
def test_a_file_beside_the_record_that_is_cut_is_noticed_after_texts_were_deleted(tmp_path: Path, left: int) -> None:
    path = tmp_path / "room.record"
    with closing(open_record(str(path))) as store:
        store.append(STREAM, [report("r", "Words.")], texts=["Words."])
        store.delete_texts(STREAM, now() + timedelta(days=1))
        store.append(STREAM, [draft(f"a{number}") for number in range(50)])
        store.head()
        os.truncate(beside(path, "-wal"), left)
        with pytest.raises(Unavailable, match="cut short"):
            store.append(STREAM, [draft("lost")])


def test_what_a_crash_leaves_beside_a_record_is_read_with_it(tmp_path: Path) -> None:
    path, left = tmp_path / "room.record", tmp_path / "left.record"
    with closing(open_record(str(path))) as store:
        store.append(STREAM, [draft("a")])
    with closing(open_record(str(path))) as store:
        store.append(STREAM, [draft("b"), draft("c")])
        for side in ("", "-wal"):
            shutil.copyfile(path.with_name(path.name + side), left.with_name(left.name + side))
    with closing(open_record(str(left))) as store:
        assert ([entry.id for entry in store.entries()], store.verify()) == (["a", "b", "c"], [])


def test_a_record_that_is_written_over_with_what_is_none_is_damaged_whatever_lies_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "room.record"
    with closing(open_record(str(path))) as store:
        store.append(STREAM, [draft("a")])
        path.write_bytes(b"no record at all " * 1000)
        with pytest.raises(Unavailable, match="can no longer be read"):
            store.append(STREAM, [draft("b")])


def test_a_file_that_is_no_record_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("these are my notes\n" * 500)
    with pytest.raises(BadFile, match="file is not a database"):
        open_record(str(path))
    assert path.read_text().startswith("these are my notes")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="cannot be opened as a record"):
        open_record(str(tmp_path / "none" / "room.record"))


def test_a_record_cut_in_half_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "room.record"
    open_record(str(path)).close()
    path.write_bytes(path.read_bytes()[:3000])
    with pytest.raises(BadFile, match=r"damaged|cannot be opened"):
        open_record(str(path))


def test_a_new_record_and_the_files_beside_it_are_for_their_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "room.record"
    with closing(open_record(str(path))) as store:
        store.append(STREAM, [draft("a")])
        for file in (path, beside(path, "-wal"), beside(path, "-shm")):
            assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_record_that_was_there_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "room.record"
    open_record(str(path)).close()
    path.chmod(0o660)
    open_record(str(path)).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o660


def test_a_name_with_signs_of_an_address_is_a_name(tmp_path: Path) -> None:
    path = tmp_path / "room #1?mode=ro&x%20.record"
    with closing(open_record(str(path))) as store:
        store.append(STREAM, [draft("a")])
    assert path.exists()
    with closing(open_record(str(path))) as store:
        assert store.head().seq == 1


def test_nothing_new_is_made_beside_what_is_left_of_a_record(tmp_path: Path) -> None:
    path = tmp_path / "room.record"
    beside(path, "-wal").write_bytes(b"left")
    with pytest.raises(BadFile, match=r"missing or empty, and room.record-wal, a part of it, is left"):
        open_record(str(path))
    assert not path.exists()


@pytest.mark.slow
def test_a_record_whose_entries_were_brought_over_by_half_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "room.record"
    with closing(open_record(str(path))) as store:
        store.append(STREAM, [draft("a"), draft("b")])
        with path.open("r+b") as file:  # what a full disk leaves: the file says that it is longer than it is
            file.seek(28)
            file.write((900).to_bytes(4, "big"))
        assert store.append(STREAM, [draft("c")])[0].seq == 3
        with closing(open_record(str(path))) as again:
            assert again.verify() == []
            assert again.head().seq == 3


@pytest.fixture
def locked() -> Iterator[Path]:
    """A folder in which nobody but the system's administrator may write. Not pytest's own: that is for its user alone."""
    with tempfile.TemporaryDirectory() as outer:
        folder = Path(outer) / "locked"
        folder.mkdir()
        folder.parent.chmod(0o755)
        yield folder
        folder.chmod(0o755)


def nobody(path: Path, body: str) -> subprocess.Popen[str]:
    """A program that may not write: its user's own, or nobody's where that is the administrator."""
    for file in path.parent.iterdir():
        file.chmod(0o444)
    path.parent.chmod(0o555)
    lines = [
        "from clearway.record.open import open_record",
        "from clearway.errors import ClearwayError",
        "from record_drafts import STREAM, draft",
        f"address = {str(path)!r}",
        body,
    ]
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", "\n".join(lines)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        user=_NOBODY if os.getuid() == 0 else None,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONDONTWRITEBYTECODE": "1"},
        cwd="/",
    )


def as_nobody(path: Path, body: str) -> str:
    """What such a program prints."""
    return nobody(path, body).communicate()[0]


READ = """
store = open_record(address)
print([entry.id for entry in store.entries()], store.verify(), store.head().seq, store.notices()[0][:33])
try:
    store.append(STREAM, [draft("more")])
except ClearwayError as error:
    print(error)
store.close()
"""


@pytest.mark.slow
def test_a_record_that_may_not_be_written_to_is_read_and_verified(locked: Path) -> None:
    path = locked / "room.record"
    with closing(open_record(str(path))) as store:
        store.append(STREAM, [draft("a"), draft("b")])
    said = as_nobody(path, READ)
    assert said.startswith("['a', 'b'] [] 2 The record can only be read here:\n")
    assert "can only be read here. Nothing was saved. To write, make the file and its folder writable" in said
    assert [file.name for file in locked.iterdir()] == ["room.record"]


@pytest.mark.slow
def test_a_record_of_an_older_program_that_may_not_be_written_to_is_read(locked: Path) -> None:
    path = locked / "room.record"
    with closing(open_record(str(path))) as store:
        store.append(STREAM, [draft("a")])
    with closing(sqlite3.connect(path)) as file:
        for gone in ("TABLE texts", "INDEX entries_by_kind", "INDEX entries_by_stream"):
            file.execute(f"DROP {gone}")
        file.execute("PRAGMA user_version = 1")
    assert as_nobody(path, "store = open_record(address)\nprint(store.deleted_texts())\nstore.close()") == "{}\n"
    assert as_nobody(path, READ).startswith("['a'] [] 1 The record can only be read here:\n")


@pytest.mark.slow
def test_entries_beside_a_record_that_may_not_be_written_to_are_not_passed_over(locked: Path) -> None:
    path = locked / "room.record"
    with closing(open_record(str(locked.parent / "room.record"))) as store:
        store.append(STREAM, [draft("a")])
        for side in ("", "-wal"):
            shutil.copyfile(beside(locked.parent / "room.record", side), beside(path, side))
    said = as_nobody(path, "try: open_record(address)\nexcept ClearwayError as error: print(error)")
    assert "Copy both to another folder and give room.record there." in said


@pytest.mark.slow
def test_who_reads_a_record_that_nobody_writes_to_is_told_when_somebody_did(locked: Path) -> None:
    path = locked / "room.record"
    with closing(open_record(str(path))) as store:
        store.append(STREAM, [draft("a")])
    body = """
store = open_record(address)
print(store.head().seq, flush=True)
input()
try:
    print(store.head().seq)
except ClearwayError as error:
    print(error)
"""
    reader = nobody(path, body)
    assert reader.stdout
    assert reader.stdout.readline() == "1\n"
    locked.chmod(0o755)
    path.chmod(0o644)
    with closing(open_record(str(path))) as store:
        store.append(STREAM, [draft("b")])
        said = reader.communicate("\n")[0]
    assert "was written to by another program while it was open" in said
    assert "start it again to see what is new" in said


@pytest.mark.parametrize(("statement", "entries"), [("UPDATE head", 1), ("COMMIT", 2)])
def test_an_entry_during_whose_writing_the_file_goes_is_not_called_saved(tmp_path: Path, statement: str, entries: int) -> None:
    path = tmp_path / "room.record"
    with closing(open_record(str(path))) as store:
        store.append(STREAM, [draft("a")])

        def go(done: str) -> None:
            if done.startswith(statement) and not (tmp_path / "gone").exists():
                (tmp_path / "gone").touch()  # once
                path.rename(tmp_path / "away")

        with store._database._pool.lent() as connection:  # type: ignore[attr-defined]  # noqa: SLF001 - SQLite's own hook
            connection.set_trace_callback(go)
        with pytest.raises(Unavailable, match="was deleted or moved while it was open"):
            store.append(STREAM, [draft("b")])
        with pytest.raises(Unavailable, match="was deleted or moved while it was open"):
            store.head()
        (tmp_path / "away").rename(path)
        assert store.version(STREAM) == entries  # while it was being committed is too late to undo it
        assert store.append(STREAM, [draft("b")])[0].seq == 2
        assert store.verify() == []


@pytest.mark.parametrize("harm", [lambda path: path.unlink(), lambda path: path.rename(path.with_name("away"))])
def test_what_lies_beside_the_old_name_is_not_taken_for_a_part_of_what_has_that_name_next(
    tmp_path: Path, harm: Callable[[Path], object]
) -> None:
    path = tmp_path / "room.record"
    with closing(open_record(str(tmp_path / "other.record"))) as other:
        other.append(STREAM, [draft("theirs")])
    with closing(open_record(str(path))) as store:
        store.append(STREAM, [draft("ours")])
        harm(path)
        shutil.copyfile(tmp_path / "other.record", path)
        with pytest.raises(Unavailable, match="was replaced"):
            store.head()
    with closing(open_record(str(path))) as again:
        assert [entry.id for entry in again.entries()] == ["theirs"]
        assert again.verify() == []
