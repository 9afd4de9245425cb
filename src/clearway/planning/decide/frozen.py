"""Frozen pictures: what was looked at when a decision was signed, opened again later exactly as it was.

A picture is frozen by two moments, the number of the last entry that the record held, and a digest of the entries in force.
What is imported later with earlier times changes what a moment looks like today, but no frozen picture.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from clearway.picture.view import Moments
from clearway.planning.reading import Reading
from clearway.record.entry import canonical
from clearway.record.kinds import KINDS
from clearway.record.moments import written
from clearway.record.until import StoreUntil

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from clearway.record.entry import Entry, Knowledge
    from clearway.record.kinds.decisions import Decision
    from clearway.record.moments import Calendar
    from clearway.record.store import Store


class Frozen(NamedTuple):
    """A picture that stays as it was, as the room had it.

    Attributes:
        at: About which moment.
        known_at: As known when.
        seq: The last entry of the record that was read.
    """

    at: datetime
    known_at: datetime
    seq: int

    def reading(self, store: Store, stream: str, calendar: Calendar | None = None) -> Reading:
        """The record as it was read then; raises as :class:`Reading` does."""
        return Reading(StoreUntil(store, self.seq), stream, Moments(self.at, self.known_at, "had"), calendar)


def frozen_of(body: Decision) -> Frozen | None:
    """The picture that a decision was signed on; None where it does not say up to which entry the record was read."""
    if body.picture_at is None or body.picture_known_at is None or body.picture_seq is None:
        return None
    return Frozen(body.picture_at, body.picture_known_at, body.picture_seq)


def digest_of(reading: Reading) -> str:
    """The digest of the picture at the moments of a reading."""
    when = reading.when
    held = [entry for said in reading.in_force(list(KINDS.values())).values() for entry in said]
    return picture_digest(held, when.at, when.known_at, when.knowledge)


def picture_digest(entries: Iterable[Entry], at: datetime, known_at: datetime, knowledge: Knowledge) -> str:
    """SHA-256 of a picture: its moments, and every entry in force with its hash, whatever their order."""
    held = sorted((entry.id, entry.hash) for entry in entries)
    return hashlib.sha256(canonical([written(at), written(known_at), knowledge, held]).encode()).hexdigest()
