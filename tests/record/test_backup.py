"""Backups: whole, sound and in a file of their own, or none."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any, cast

import pytest

from clearway.errors import BadFile, Conflict, Unavailable
from clearway.record.backup import back_up, restore
from clearway.record.moments import calendar, moment_of
from clearway.record.open import open_record
from clearway.record.parse import draft_of

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.record.rows import Head
    from clearway.record.store import Store

DAYS, NOW = calendar("Pacific/Auckland", "2022-02-08"), moment_of("2022-02-21T20:00+13:00")


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """A record of three entries."""
    path = tmp_path / "room.record"
    with closing(open_record(str(path))) as store:
        for text in ("One", "Two", "Three"):
            store.append("square", [draft_of({"kind": "remark", "body": {"text": text}, "happened": "day 11"}, DAYS, now=NOW)])
    return path


def spoil(path: Path) -> None:
    """Write another time into the first two entries of a record, behind its back."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TRIGGER entries_update")
        connection.execute("UPDATE entries SET written = '2021-01-01T00:00:00.000000Z' WHERE seq < 3")


def test_a_backup_lies_in_a_new_folder_with_nothing_beside_it_and_goes_back_into_an_empty_record_alone(room: Path) -> None:
    backup, again = room.parent / "new" / "deep" / "one.backup", room.parent / "again.record"
    with closing(open_record(str(room))) as store:
        head = back_up(store, backup)
        entries = list(store.entries())
    assert [path.name for path in backup.parent.iterdir()] == ["one.backup"]
    with closing(open_record(str(backup))) as held, closing(open_record(str(again))) as target:
        assert restore(held, target) == head
        assert list(target.entries()) == entries
        with pytest.raises(Conflict, match="holds entries"):
            restore(held, target)


def test_a_record_that_is_not_sound_is_not_backed_up(room: Path) -> None:
    spoil(room)
    backup = room.parent / "one.backup"
    with closing(open_record(str(room))) as store, pytest.raises(Unavailable) as refused:
        back_up(store, backup)
    assert str(refused.value).startswith("The record is not sound: Entry 1 was changed")
    assert str(refused.value).endswith("Nothing was backed up. Run 'clearway record verify' on it.")
    assert not backup.exists()


class Damaging:
    """A backup whose copy is damaged on its way."""

    def __init__(self, store: Store, copy: Path) -> None:
        self._store, self._copy = store, copy

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a record has
        return getattr(self._store, name)

    def copy_to(self, target: Store) -> Head:
        head = self._store.copy_to(target)
        spoil(self._copy)
        return head


def test_what_was_restored_and_is_not_sound_is_not_to_be_used(room: Path) -> None:
    again = room.parent / "again.record"
    with closing(open_record(str(room))) as backup, closing(open_record(str(again))) as target:
        damaging: Any = Damaging(backup, again)
        with pytest.raises(Unavailable) as refused:
            restore(damaging, target)
    assert str(refused.value).startswith("The record is not sound: Entry 1 was changed")
    assert str(refused.value).endswith("What was restored is not to be used. Run 'clearway record verify' on it.")


def test_a_backup_that_is_not_sound_is_not_restored(room: Path) -> None:
    spoil(room)
    with (
        closing(open_record(str(room))) as backup,
        closing(open_record(str(room.parent / "again.record"))) as target,
        pytest.raises(Unavailable) as refused,
    ):
        restore(backup, target)
    assert str(refused.value).startswith("The backup is not sound: Entry 1 was changed")
    assert str(refused.value).endswith("Nothing was restored. Use another backup.")
    with closing(open_record(str(room.parent / "again.record"))) as target:
        assert list(target.entries()) == []


def test_a_backup_goes_over_no_file_that_is_there_and_into_no_folder_that_cannot_be(room: Path) -> None:
    there, blocked = room.parent / "one.backup", room.parent / "file"
    for path in (there, blocked):
        path.write_text("mine", "utf-8")
    with closing(open_record(str(room))) as store:
        with pytest.raises(BadFile, match=r"there is a file of that name already.*Give the name of a new file"):
            back_up(store, there)
        with pytest.raises(BadFile, match=r"cannot be written.*Choose a folder that you may write to"):
            back_up(store, blocked / "one.backup")
    assert there.read_text("utf-8") == "mine"


def test_a_name_that_is_taken_while_the_backup_is_made_is_said_to_be_so(room: Path) -> None:
    backup = room.parent / "one.backup"
    with closing(open_record(str(room))) as store:

        class Meanwhile:
            """The record; somebody makes a folder of the backup's name while it is copied."""

            def copy_to(self, copy: Store) -> Head:
                (backup / "mine").mkdir(parents=True)
                return store.copy_to(copy)

        with pytest.raises(BadFile, match=r"cannot be written.*Choose another name"):
            back_up(cast("Store", Meanwhile()), backup)
    assert [path.name for path in backup.iterdir()] == ["mine"]
