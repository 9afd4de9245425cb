from __future__ import annotations

import os
import threading
from contextlib import closing
from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg import conninfo

from clearway.errors import Unavailable
from clearway.record.database import OutcomeUnknown
from clearway.record.open import open_record
from clearway.record.postgres import PostgresDatabase
from clearway.record.store import Store
from record_contract import StoreContract
from record_drafts import STREAM, draft, report
from relay import Relay

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMA = "one_test"
PATIENCE_S = 1.0


@pytest.fixture
def address(postgres: str) -> Iterator[str]:
    """The address of a schema of its own."""
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {SCHEMA}".encode())
    yield f"{postgres}?options=-csearch_path%3D{SCHEMA}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA {SCHEMA} CASCADE".encode())


@pytest.fixture
def relay(address: str) -> Iterator[Relay]:
    with closing(Relay(int(str(conninfo.conninfo_to_dict(address).get("port", 5432))))) as wire:
        yield wire


@pytest.fixture
def store(address: str, relay: Relay) -> Iterator[Store]:
    """A store whose connections go over the relay, and which does not wait long."""
    by_wire = conninfo.make_conninfo(address, host="127.0.0.1", port=relay.port)
    with closing(Store(PostgresDatabase(by_wire, patience_s=PATIENCE_S))) as opened:
        yield opened


class TestPostgres(StoreContract):
    older = "UPDATE schema_version SET version = 1"
    unguarded = ("DROP TRIGGER texts_update ON texts", "DROP TRIGGER texts_delete ON texts")

    def tamper(self, address: str, *statements: str) -> None:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("DROP TRIGGER entries_stay ON entries")
            for statement in statements:
                connection.execute(statement.encode())


def end_others(address: str) -> int:
    """End every other connection to the database, as its administrator or a restart does; how many there were."""
    with psycopg.connect(address, autocommit=True) as connection:
        ended = connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE %s"
            " AND pid <> pg_backend_pid()",
            ("%",),
        )
        return len(ended.fetchall())


@pytest.mark.parametrize("scheme", ["postgresql", "postgres"])
def test_a_database_that_does_not_answer_is_said_in_one_sentence(scheme: str) -> None:
    with pytest.raises(Unavailable, match=r"does not answer .*Check the address and that it runs"):
        open_record(f"{scheme}://postgres@127.0.0.1:1/none")


def test_a_store_can_be_made_before_its_database_is_there(address: str, relay: Relay) -> None:
    relay.cut()
    by_wire = conninfo.make_conninfo(address, host="127.0.0.1", port=relay.port)
    with closing(Store(PostgresDatabase(by_wire), at_once=False)) as store:
        with pytest.raises(Unavailable, match="does not answer"):
            store.head()
        relay.mend()
        assert store.head().seq == 0
        assert store.append(STREAM, [draft("a")])[0].seq == 1


def test_a_connection_that_was_ended_is_made_anew(store: Store, address: str) -> None:
    for number in range(3):
        store.append(STREAM, [draft(f"n{number}")])
        assert end_others(address) >= 1
        assert store.head().seq == number + 1
        assert end_others(address) >= 1
    store.append(STREAM, [draft("last")])
    assert [entry.seq for entry in store.entries()] == [1, 2, 3, 4]
    assert store.verify() == []


def test_what_is_asked_while_the_wire_is_cut_is_refused_and_works_once_it_is_whole(store: Store, relay: Relay) -> None:
    store.append(STREAM, [draft("a")])
    relay.cut()
    for ask in (lambda: store.append(STREAM, [draft("b")]), store.head):
        with pytest.raises(Unavailable, match="does not answer"):
            ask()
    relay.mend()
    assert store.append(STREAM, [draft("b")])[0].seq == 2


@pytest.mark.slow
def test_a_wire_that_fell_silent_blocks_nobody_for_long_and_is_made_anew(store: Store, relay: Relay) -> None:
    store.append(STREAM, [draft("a")])
    relay.deaden()
    refused: list[Unavailable] = []

    def ask() -> None:
        with pytest.raises(Unavailable) as error:
            store.append(STREAM, [draft("b")])
        refused.append(error.value)

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join(timeout=30)  # many times the patience and what a new connection may take
    assert len(refused) == 1
    relay.mend()
    assert store.append(STREAM, [draft("b")])[0].seq == 2
    assert store.verify() == []


@pytest.mark.slow
def test_a_wire_that_falls_silent_in_the_middle_of_a_transaction_holds_up_no_other_writer(
    store: Store, relay: Relay, address: str
) -> None:
    store.append(STREAM, [draft("a")])
    relay.deaden_at(b"UPDATE head")
    with pytest.raises(Unavailable, match="no answer"):
        store.append(STREAM, [draft("b")])
    with closing(open_record(address)) as other:
        assert other.append(STREAM, [draft("c")])[0].seq == 2
    relay.mend()
    assert store.append(STREAM, [draft("b")])[0].seq == 3


@pytest.mark.parametrize("arrives", [False, True])
def test_an_entry_whose_commit_was_cut_off_is_found_by_its_id_and_written_once(
    store: Store, relay: Relay, *, arrives: bool
) -> None:
    store.append(STREAM, [draft("a")])
    relay.cut_at(b"COMMIT", arrives=arrives, mends=True)
    done = store.appended(STREAM, [draft("b"), draft("a")], expected_version=1)
    assert ([entry.seq for entry in done.entries], done.new) == ([2, 1], 1)
    assert store.version(STREAM) == 2
    assert store.verify() == []


def test_where_the_database_stays_away_it_says_that_the_entry_may_be_there_and_to_send_it_again(
    store: Store, relay: Relay, address: str
) -> None:
    store.append(STREAM, [draft("a")])
    relay.cut_at(b"COMMIT", arrives=True, mends=False)
    many = [draft(f"b{number}") for number in range(6)]
    with pytest.raises(Unavailable, match=r"whether entry b0, b1, b2, b3, b4 was saved\. Send it again with the same id"):
        store.append(STREAM, many)
    with closing(open_record(address)) as again:
        assert again.appended(STREAM, many).new == 0


def test_who_may_only_read_reads_and_is_told_so_when_writing(address: str, postgres: str) -> None:
    with closing(open_record(address)) as store:
        store.append(STREAM, [draft("a")])
    reader = f"clearway_reader_{os.getpid()}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {reader} LOGIN".encode())
        connection.execute(f"GRANT USAGE ON SCHEMA {SCHEMA} TO {reader}".encode())
        connection.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA {SCHEMA} TO {reader}".encode())
        try:
            with closing(open_record(f"postgresql://{reader}@{address.rpartition('@')[2]}")) as store:
                assert store.verify() == []
                with pytest.raises(Unavailable, match="can only be read here"):
                    store.append(STREAM, [draft("b")])
        finally:
            connection.execute(f"DROP OWNED BY {reader}".encode())
            connection.execute(f"DROP ROLE {reader}".encode())


@pytest.mark.slow
def test_to_sweep_a_large_table_may_take_longer_than_a_question(address: str) -> None:
    words = os.urandom(15_000_000).hex()  # what packs badly has to be written
    with closing(open_record(address)) as store:
        store.append(STREAM, [report("r", words)], texts=[words])
    with closing(PostgresDatabase(address, patience_s=0.05)) as impatient:
        impatient.sweep("texts")
        with pytest.raises(Unavailable):  # the database ends it, or we do: whoever looks at the clock first
            impatient.rows("SELECT pg_sleep(0.3)")


def test_a_database_from_which_no_sign_comes_is_given_up_after_the_patience(address: str, relay: Relay) -> None:
    by_wire = conninfo.make_conninfo(address, host="127.0.0.1", port=relay.port)
    with closing(PostgresDatabase(by_wire, patience_s=0.2)) as database:
        database.define("CREATE TABLE notes (number {bigint})")  # may take as long as it likes; what follows may not
        assert database.rows("SELECT 1") == [(1,)]
        relay.deaden_at(b"SELECT 2")
        with pytest.raises(Unavailable, match=r"no answer for 0 seconds"):
            database.rows("SELECT 2")
        relay.mend()
        assert database.rows("SELECT 3") == [(3,)]


def test_a_commit_of_which_no_sign_comes_may_have_been_saved(address: str, relay: Relay) -> None:
    by_wire = conninfo.make_conninfo(address, host="127.0.0.1", port=relay.port)
    with closing(PostgresDatabase(by_wire, patience_s=0.2)) as database:
        database.define("CREATE TABLE notes (number {bigint} UNIQUE DEFERRABLE INITIALLY DEFERRED)")
        relay.deaden_at(b"COMMIT")
        with (
            pytest.raises(OutcomeUnknown, match=r"lost while it was saving \(no answer .*Send it again"),
            database.transaction(),
        ):
            database.run("INSERT INTO notes VALUES (1)")
        relay.mend()


def test_a_commit_that_the_database_refuses_has_saved_nothing(address: str) -> None:
    with closing(PostgresDatabase(address)) as database:
        database.define("CREATE TABLE notes (number {bigint} UNIQUE DEFERRABLE INITIALLY DEFERRED)")
        database.run("INSERT INTO notes VALUES (1)")
        with pytest.raises(Unavailable, match="Nothing was saved"), database.transaction():
            database.run("INSERT INTO notes VALUES (1)")
        assert database.rows("SELECT number FROM notes") == [(1,)]
