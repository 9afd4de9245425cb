"""The files of a SQLite record: noticed where they are no longer those that were opened, and not before."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from clearway.errors import BadFile, Unavailable
from clearway.record.open import open_record
from clearway.record.record_files import RecordFiles
from record_drafts import STREAM, draft

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A record of one entry that nobody has open."""
    found = tmp_path / "room.record"
    with closing(open_record(str(found))) as store:
        store.append(STREAM, [draft("a")])
    return found


@pytest.fixture
def files(path: Path) -> Iterator[RecordFiles]:
    """Its files, as who reads them alone has opened them."""
    found = RecordFiles(path)
    found.opened(unchanging=True)
    yield found
    found.close()


def test_a_record_that_nobody_writes_to_is_the_same_at_every_look(files: RecordFiles) -> None:
    files.check()
    files.check()


def test_whoever_reads_a_record_that_nobody_writes_to_is_told_when_somebody_did(files: RecordFiles, path: Path) -> None:
    found = path.stat()
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns + 1_000_000_000))
    with pytest.raises(Unavailable, match=r"was written to by another program while it was open.*start it again to see what"):
        files.check()


def test_whoever_reads_a_record_that_nobody_writes_to_is_told_of_entries_beside_it(files: RecordFiles, path: Path) -> None:
    path.with_name("room.record-wal").touch()
    files.check()  # empty: nothing is in it
    path.with_name("room.record-wal").write_bytes(b"x")
    with pytest.raises(Unavailable, match="was written to by another program"):
        files.check()


@pytest.mark.parametrize("shorter", [0, 1])
def test_a_record_that_was_cut_is_noticed_and_one_of_the_same_length_is_not(
    files: RecordFiles, path: Path, shorter: int
) -> None:
    size, found = path.stat().st_size, path.stat()
    os.truncate(path, size - shorter)
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
    match = rf"was cut short, from {size:,} bytes to {size - 1:,}" if shorter else "was written to by another program"
    with pytest.raises(Unavailable, match=match):  # of the same length: it was touched
        files.check()


@pytest.mark.parametrize("pauses", [1, 19, 20])
def test_a_record_that_cannot_be_read_is_tried_for_twenty_times_before_it_is_called_lost(
    path: Path, monkeypatch: pytest.MonkeyPatch, pauses: int
) -> None:
    """Another process is writing it: it makes no sense for a while."""
    files = RecordFiles(path)
    files.opened(unchanging=False)
    sound, paused = path.read_bytes(), []

    def pause(seconds: float) -> None:
        paused.append(seconds)
        if len(paused) == pauses:
            path.write_bytes(sound)

    monkeypatch.setattr("clearway.record.record_files.time.sleep", pause)
    path.write_bytes(b"no record".ljust(len(sound), b"x"))
    with closing(sqlite3.connect(":memory:")) as memory:
        if pauses < 20:
            files.check(memory)
        else:
            with pytest.raises(Unavailable, match=r"can no longer be read \(.*\) while it was open"):
                files.check(memory)
    assert len(paused) == min(pauses, 19)
    files.close()


@pytest.mark.parametrize(
    ("record", "beside", "fits"),
    [(None, b"x", False), (b"", b"x", False), (b"", b"", True), (b"", None, True), (None, None, True), (b"x", b"x", True)],
)
def test_a_record_that_is_gone_or_empty_while_a_part_of_it_is_left_is_refused(
    tmp_path: Path, record: bytes | None, beside: bytes | None, *, fits: bool
) -> None:
    path = tmp_path / "room.record"
    for name, content in ((path, record), (path.with_name("room.record-wal"), beside)):
        if content is not None:
            name.write_bytes(content)
    if fits:
        RecordFiles(path).close()
        assert path.exists()
        return
    with pytest.raises(
        BadFile, match=r"is missing or empty, and room\.record-wal, a part of it, is left.*Put a copy in its place"
    ):
        RecordFiles(path)
    assert path.exists() is (record is not None), "nothing new is made"


def test_a_file_beside_a_record_that_is_left_from_another_is_refused_and_its_own_is_read(path: Path, tmp_path: Path) -> None:
    other, own = tmp_path / "other.record", tmp_path / "own.record"
    with closing(open_record(str(other))) as store:
        store.append(STREAM, [draft("x"), draft("y"), draft("z")])
        path.with_name("room.record-wal").write_bytes((tmp_path / "other.record-wal").read_bytes())
    with pytest.raises(
        BadFile, match=r"does not go with room\.record-wal beside it.*Move room\.record-wal away and start again"
    ):
        open_record(str(path))
    path.with_name("room.record-wal").unlink()
    with closing(open_record(str(path))) as store:
        store.append(STREAM, [draft("b")])
        own.write_bytes(path.read_bytes())
        own.with_name("own.record-wal").write_bytes(path.with_name("room.record-wal").read_bytes())
    with closing(open_record(str(own))) as store:
        assert [entry.id for entry in store.entries(STREAM)] == ["a", "b"]


RESTART = "End the program the usual way and start it again: what was saved before is brought into the record as it ends."
COPY = "End the program, put a copy in its place, delete the files room.record-wal and room.record-shm, and start again."


@pytest.mark.parametrize(
    ("harm", "what", "remedy"),
    [
        ("gone", "was deleted or moved", "Move it back, or end the program, put a copy in its place, and start again."),
        ("cut", "was cut short, from {size:,} bytes to 1", COPY),
        ("touched", "was written to by another program", "End the program and start it again to see what is new."),
        ("part gone", "lost a part: room.record-wal beside it was deleted", RESTART),
    ],
)
def test_what_became_of_a_record_is_said_with_what_to_do(path: Path, harm: str, what: str, remedy: str) -> None:
    with closing(sqlite3.connect(path)) as reader:
        reader.execute("SELECT * FROM head").fetchall()  # there are files beside it for as long as it is open
        found = RecordFiles(path)
        found.opened(unchanging=True)
        size = path.stat().st_size
        match harm:
            case "gone":
                path.unlink()
            case "cut":
                os.truncate(path, 1)
            case "touched":
                os.utime(path, ns=(0, 0))
            case _:
                path.with_name("room.record-wal").unlink()
        with pytest.raises(Unavailable) as refused:
            found.check()
        found.close()
    said = what.format(size=size)
    assert str(refused.value) == f"The record {path} {said} while it was open. Nothing was saved since. {remedy}"


@pytest.mark.skipif(not os.path.isdir("/dev/fd"), reason="open files are counted in /dev/fd")  # noqa: PTH112 - a folder of the system
def test_whoever_lets_a_record_go_keeps_none_of_its_files_open(path: Path) -> None:
    path.with_name("room.record-wal").write_bytes(b"x")
    before = len(os.listdir("/dev/fd"))  # noqa: PTH208
    found = RecordFiles(path)
    found.opened(unchanging=False)
    assert len(os.listdir("/dev/fd")) == before + 1  # noqa: PTH208
    for _ in range(2):
        found.close()
    assert len(os.listdir("/dev/fd")) == before  # noqa: PTH208
