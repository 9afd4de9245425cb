"""Number plates: in both databases by one contract; the key of the room; what is no plate."""

from __future__ import annotations

import hashlib
import hmac
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg import sql

from clearway.errors import BadFile, BadInput
from clearway.record.plates import KEY_BYTES, Sealed, plain_plate, room_key, seal, unseal
from plate_contract import KEY, PLATE, PlateContract

if TYPE_CHECKING:
    from collections.abc import Iterator


class TestSqlitePlates(PlateContract):
    @pytest.fixture
    def address(self, tmp_path: Path) -> str:
        return str(tmp_path / "room.record")

    def bytes_of(self, address: str) -> bytes:
        """The file and what lies beside it."""
        path = Path(address)
        return b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*"))


_FILE = "SELECT pg_read_binary_file(pg_relation_filepath(%s::regclass), 0, pg_relation_size(%s::regclass), true)"


class TestPostgresPlates(PlateContract):
    @pytest.fixture
    def address(self, postgres: str) -> Iterator[str]:
        """The address of a schema of its own."""
        with psycopg.connect(postgres, autocommit=True) as connection:
            connection.execute("CREATE SCHEMA plate_test")
        yield f"{postgres}?options=-csearch_path%3Dplate_test"
        with psycopg.connect(postgres, autocommit=True) as connection:
            connection.execute("DROP SCHEMA plate_test CASCADE")

    def bytes_of(self, address: str) -> bytes:
        """Every row of every table, as a dump has them, and what lies in their files, dead rows too."""
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("CHECKPOINT")  # what is deleted lies in the files until then
            names = [name for (name,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'plate_test'")]
            rows = [
                row
                for name in names
                for row in connection.execute(sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(name)))
            ]
            files = [held for name in names for (held,) in connection.execute(_FILE, (f"plate_test.{name}",) * 2) if held]
            return "\n".join(str(row) for row in rows).encode() + b"".join(files)


def test_two_marks_of_one_plate_differ_and_none_can_be_made_without_its_own_key() -> None:
    first, second = seal(PLATE, KEY), seal(PLATE, KEY)
    assert first.mark != second.mark
    guesses = {hashlib.sha256(PLATE.encode()).hexdigest(), hmac.new(KEY, PLATE.encode(), hashlib.sha256).hexdigest()}
    assert not {first.mark, second.mark} & guesses
    assert len({len(seal(plate, KEY).sealed) for plate in ("A", PLATE, "ABCDEF123456")}) == 1


def test_another_key_or_a_change_opens_nothing() -> None:
    one, other = seal(PLATE, KEY), seal("OTHER1", KEY)
    assert unseal(one, KEY) == PLATE
    for sealed, key in ((one, bytes(KEY_BYTES)), (Sealed(one.mark, other.sealed), KEY)):
        with pytest.raises(BadInput, match="cannot be read with this key") as refused:
            unseal(sealed, key)
        assert PLATE not in str(refused.value)


@pytest.mark.parametrize(
    ("typed", "plain"), [("abc 123", "ABC123"), ("ÖA-12", "ÖA12"), ("1", "1"), ("abcdef123456", "ABCDEF123456")]
)
def test_a_plate_is_compared_without_spaces_hyphens_and_case(typed: str, plain: str) -> None:
    assert plain_plate(typed) == plain


@pytest.mark.parametrize("typed", ["", " - ", "ABC;123", "ABCDEF1234567"])
def test_what_is_no_plate_is_refused_and_not_repeated(typed: str) -> None:
    with pytest.raises(BadInput, match="That is not a number plate") as refused:
        plain_plate(typed)
    assert not typed.strip(" -") or typed not in str(refused.value)


def test_the_rooms_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "room.plate-key"
    with pytest.raises(BadFile, match="is not a key for number plates"):
        room_key(path)
    key = room_key(path, make=True)
    assert (len(key), room_key(path, make=True), room_key(path)) == (KEY_BYTES, key, key)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_text("abcd")
    with pytest.raises(BadFile, match="is not a key for number plates"):
        room_key(path, make=True)
