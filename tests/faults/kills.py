"""A process that writes is killed at any moment."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from clearway.record.open import open_record
from faults.trial import Outcome, Record, Trial
from record_drafts import BATCH, killed_while_writing

if TYPE_CHECKING:
    from collections.abc import Callable


def _killed(new: Callable[[], Record], rounds: int) -> Outcome:
    chance, record = random.Random(2022), new()  # noqa: S311 - the same moments each time
    open_record(record.address).close()
    acknowledged: set[str] = set()
    for number in range(rounds):
        acknowledged |= killed_while_writing(record.address, number, chance.uniform(0.0, 0.02))
    outcome = Outcome(rounds, len(acknowledged))
    outcome.holds("afterwards", record, acknowledged)
    store = open_record(record.address)
    if len(list(store.entries())) % BATCH:
        outcome.wrong.append("a batch is half there")
    store.close()
    return outcome


TRIALS = [Trial("kill -9 of a process that writes", _killed, (8, 400))]
