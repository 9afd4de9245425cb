"""The connection to PostgreSQL is ended, cut or falls silent while several threads write: each entry is there once."""

from __future__ import annotations

import random
import threading
import time
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

import psycopg
from psycopg import conninfo

from clearway.errors import Unavailable
from clearway.record.postgres import PostgresDatabase
from clearway.record.store import Store
from faults.trial import Outcome, Record, Trial
from patience import until
from record_drafts import STREAM, draft
from relay import Relay

if TYPE_CHECKING:
    from collections.abc import Callable

    Harm = Callable[[Relay, str], None]

WRITERS = 3
PATIENCE_S = 0.5
_END_OTHERS = (
    b"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    b" AND application_name = 'faults'"
)


def _ended(_: Relay, address: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(_END_OTHERS)


def _cut(relay: Relay, _: str) -> None:
    relay.cut()
    time.sleep(0.02)
    relay.mend()


def _silent(relay: Relay, _: str) -> None:
    relay.deaden()
    time.sleep(0.05)
    relay.mend()


def _harmed(harm: Harm, new: Callable[[], Record], rounds: int) -> Outcome:
    outcome, record, chance = Outcome(), new(), random.Random(3)  # noqa: S311 - the same moments each time
    port = conninfo.conninfo_to_dict(record.address).get("port", 5432)
    acknowledged: set[str] = set()
    over = threading.Event()
    with closing(Relay(int(str(port)))) as relay:
        by_wire = conninfo.make_conninfo(record.address, host="127.0.0.1", port=relay.port, application_name="faults")
        with closing(Store(PostgresDatabase(by_wire, patience_s=PATIENCE_S))) as store:
            writing = partial(_write, store, acknowledged, over, outcome)
            threads = [threading.Thread(target=writing, args=(number,)) for number in range(WRITERS)]
            for thread in threads:
                thread.start()
            for _ in range(rounds):
                time.sleep(chance.uniform(0.02, 0.15))
                harm(relay, record.address)
                outcome.tried += 1
                _wait_for_more(acknowledged, len(acknowledged))
            over.set()
            for thread in threads:
                thread.join()
    outcome.acknowledged = len(acknowledged)
    outcome.holds("afterwards", record, acknowledged)
    return outcome


def _write(store: Store, acknowledged: set[str], over: threading.Event, outcome: Outcome, writer: int) -> None:
    """Write one entry after the other, each again with the same id until it is acknowledged."""
    number = 0
    while not over.is_set():
        one = draft(f"w{writer}-{number}")
        try:
            acknowledged.add(store.append(STREAM, [one])[0].id)
            number += 1
        except Unavailable as error:
            outcome.said = str(error)
        except Exception as error:  # noqa: BLE001 - the finding
            outcome.wrong.append(f"{type(error).__name__}: {error}")
            return


def _wait_for_more(acknowledged: set[str], so_far: int) -> None:
    until(lambda: len(acknowledged) > so_far)


TRIALS = [
    Trial("connections ended by the database", partial(_harmed, _ended), (5, 200), "postgres"),
    Trial("wire cut and whole again", partial(_harmed, _cut), (5, 200), "postgres"),
    Trial("wire silent, nobody told", partial(_harmed, _silent), (2, 40), "postgres"),
]
