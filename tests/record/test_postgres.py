from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

from clearway.errors import Unavailable
from clearway.record.open import open_record
from record_contract import StoreContract

if TYPE_CHECKING:
    from collections.abc import Iterator


class TestPostgres(StoreContract):
    older = "UPDATE schema_version SET version = 1"

    @pytest.fixture
    def address(self, postgres: str) -> Iterator[str]:
        """The address of a schema of its own."""
        with psycopg.connect(postgres, autocommit=True) as connection:
            connection.execute("CREATE SCHEMA one_test")
            yield f"{postgres}?options=-csearch_path%3Done_test"
            connection.execute("DROP SCHEMA one_test CASCADE")

    def tamper(self, address: str, *statements: str) -> None:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("DROP TRIGGER entries_stay ON entries")
            for statement in statements:
                connection.execute(statement.encode())


def test_a_database_that_does_not_answer_is_said_in_one_sentence() -> None:
    with pytest.raises(Unavailable, match=r"does not answer .*Check the address and that it runs"):
        open_record("postgresql://postgres@127.0.0.1:1/none")
