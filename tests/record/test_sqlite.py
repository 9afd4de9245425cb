from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from clearway.errors import BadFile
from clearway.record.open import open_record
from record_contract import StoreContract

if TYPE_CHECKING:
    from pathlib import Path


class TestSqlite(StoreContract):
    older = "PRAGMA user_version = 1"

    @pytest.fixture
    def address(self, tmp_path: Path) -> str:
        return str(tmp_path / "room.record")

    def tamper(self, address: str, *statements: str) -> None:
        with closing(sqlite3.connect(address)) as connection, connection:
            connection.execute("DROP TRIGGER entries_update")
            connection.execute("DROP TRIGGER entries_delete")
            for statement in statements:
                connection.execute(statement)


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
