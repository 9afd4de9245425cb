"""Number plates: in both databases by one contract; the key of the room; what is no plate."""

from __future__ import annotations

import hashlib
import hmac
import stat
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg import sql

from clearway.errors import BadFile, BadInput
from clearway.record.moments import written
from clearway.record.open import open_record
from clearway.record.plates import KEY_BYTES, Sealed, plain_plate, room_key, seal, unseal
from plate_contract import DUE, KEY, NOW, PLATE, STREAM, PlateContract, moved, ticking
from record_drafts import draft

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.record.entry import Draft
    from clearway.record.store import Store


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


def test_what_was_sealed_before_is_opened_by_every_later_program() -> None:
    mark = "8cf30932063427ebc7d64277893ae120085ad220647518d8dda892b6c456aa64"
    lies = "awPzt9AUd48whG90d2Fq43zVP+vetAzFp49O11yZIr6kRjcqsLtoFUvNIxWqKqArdCtSCUijlXtUN6g/vx3SdnsLUs5zyQBq"
    assert unseal(Sealed(mark, lies), KEY) == PLATE
    assert len(seal(PLATE, KEY).sealed) == len(lies)


def test_another_key_or_a_change_opens_nothing() -> None:
    one, other = seal(PLATE, KEY), seal("OTHER1", KEY)
    assert unseal(one, KEY) == PLATE
    for sealed, key in ((one, bytes(KEY_BYTES)), (Sealed(one.mark, other.sealed), KEY)):
        with pytest.raises(BadInput, match="cannot be read with this key") as refused:
            unseal(sealed, key)
        assert PLATE not in str(refused.value)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("abc 123", "ABC123"), ("ÖA-12", "ÖA12"), ("1", "1"), ("abcdef123456", "ABCDEF123456"), ("ab.12\u20133\t4", "AB1234"),
        ("\uff58y\u2010\uff11", "XY1"),
    ],
)  # fmt: skip
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


def test_the_key_is_made_in_a_folder_that_is_there_and_in_one_that_is_far_from_it(tmp_path: Path) -> None:
    for path in (tmp_path / "plate.key", tmp_path / "a" / "b" / "plate.key"):
        assert room_key(path, make=True) == room_key(path)
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file" / "plate.key", tmp_path / "file" / "a" / "plate.key"):
        with pytest.raises(BadFile, match=r"cannot be written \(.+\)\. Name another file with --plate-key"):
            room_key(path, make=True)
    for text in ("", "zz" * KEY_BYTES, "ab" * (KEY_BYTES - 1), "ab" * (KEY_BYTES + 1), "\u00e4"):
        (tmp_path / "other").write_text(text)
        with pytest.raises(BadFile, match="is not a key for number plates"):
            room_key(tmp_path / "other")


class TestManyPlates:
    """Several vehicles at once, some that come from a file without their plates."""

    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        with closing(open_record(str(tmp_path / "room.record"), clock=ticking)) as opened:
            yield opened

    def test_two_entries_of_one_vehicle_come_in_together_and_their_date_may_have_passed(self, store: Store) -> None:
        store.append(
            STREAM, [imported("a", "ab" * 32), imported("b", "ab" * 32), imported("c", "cd" * 32, "2022-02-17T00:00Z")]
        )
        assert store.plates.deleted() == {"ab" * 32: NOW, "cd" * 32: NOW}
        assert (store.plates.held(STREAM), store.plates.due(DUE), store.verify()) == ([], [], [])

    def test_of_many_vehicles_each_is_looked_for_and_the_one_that_is_missing_is_named(self, store: Store) -> None:
        store.append(STREAM, [imported(f"e{number}", f"{number:064x}") for number in range(401)])
        assert len(store.plates.deleted()) == 401
        marks = {mark: seq for seq, mark in enumerate(store.plates.deleted(), 1)}
        assert store.plates.problems(marks | {"ef" * 32: 402}) == ["The number plate of the vehicle in entry 402 is missing."]

    def test_notices_say_how_many_are_stored_beyond_their_date(self, store: Store) -> None:
        for plate in ("ONE1", "TWO2"):
            moved(store, plate, delete_by=written(DUE))
        moved(store, "LATER3", delete_by=written(DUE + timedelta(seconds=1)))
        assert store.plates.notices(DUE - timedelta(seconds=1)) == []
        assert store.plates.notices(DUE) == [
            "2 number plates are stored beyond the date of deletion. Run 'clearway vehicles forget-plates'."
        ]
        assert [store.plates.forget(store.plates.due(DUE), DUE), store.plates.forget([], DUE)] == [2, 0]


def imported(entry_id: str, mark: str, delete_by: str = "2022-03-01T00:00Z") -> Draft:
    body = {"vehicle": mark, "state": "released", "purpose": "x", "power": "y", "delete_by": delete_by}
    return draft(entry_id, kind="vehicle_moved", body=body).model_copy(update={"entered": "imported"})
