"""The picture that a decision was signed on, opened again exactly as it was, with its digest checked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clearway.errors import NotFound
from clearway.picture.view import Moments, picture_of
from clearway.planning.decide.basis import decision_of
from clearway.planning.decide.contract import Opened
from clearway.planning.decide.frozen import digest_of, frozen_of
from clearway.planning.reading import Reading
from clearway.planning.talks.lines import Lines
from clearway.planning.talks.names import Names
from clearway.record.kinds import KINDS
from clearway.words import counted, time_words

if TYPE_CHECKING:
    from clearway.record.entry import Entry

_NUMBER = re.compile(r"Entry (\d+) ")
"""What is wrong with the chain begins with the number of an entry."""


def opened(reading: Reading, decision_id: str) -> Opened:
    """The frozen picture of a decision.

    Args:
        reading: The record, as known now.
        decision_id: The entry of the decision, in any of its versions.

    Raises:
        NotFound: there is no such decision, or it names no picture.
    """
    entry, body = decision_of(reading, decision_id)
    frozen = frozen_of(body)
    if frozen is None or body.picture_digest is None:
        raise NotFound(
            f"The decision {decision_id!r} names no frozen picture: it was not signed here. See what was known before it with "
            f"'clearway decide basis {decision_id}'."
        )
    then = frozen.reading(reading.store, reading.stream)
    found, lines = digest_of(then), Lines(then.when.at, then.zone)
    problems = reading.store.verify() if reading.store.is_whole else []
    since = _since(reading, then)
    changed = [one for one in problems if (number := _NUMBER.match(one)) and int(number[1]) <= frozen.seq]
    is_same = found == body.picture_digest and not changed if reading.store.is_whole else None
    answer = Opened(
        decision=Lines(reading.when.at, reading.zone).of(entry),
        at=frozen.at,
        known_at=frozen.known_at,
        seq=frozen.seq,
        digest=body.picture_digest,
        digest_found=found,
        is_same=is_same,
        says=_says(then, is_same=is_same, changed=changed, problems=problems, since=since),
        since=lines.all(since),
        problems=problems,
        picture=picture_of(then.store, then.index, then.stream, then.when, bands=False),
    )
    return Names(reading.known().values()).left_out(answer)


def _since(reading: Reading, then: Reading) -> list[Entry]:
    """What a picture of the same moments would show today and the frozen one does not."""
    today = Reading(reading.store, reading.stream, Moments(then.when.at, then.when.known_at, "had"))
    shown = {entry.id for said in then.in_force(list(KINDS.values())).values() for entry in said}
    held = [entry for said in today.in_force(list(KINDS.values())).values() for entry in said]
    return sorted((entry for entry in held if entry.id not in shown), key=lambda one: one.seq)


def _says(then: Reading, *, is_same: bool | None, changed: list[str], problems: list[str], since: list[Entry]) -> str:
    about, known = (time_words(one, then.zone) for one in (then.when.at, then.when.known_at))
    moment = f"The picture of {about}, as known {known}"
    if is_same is None:
        return f"{moment}, as far as you may see it. Its digest is of the whole, so you cannot check it."
    if changed:
        return f"{moment}, is not the one that was signed: it rests on entries that are not as they were written. {changed[0]}"
    if not is_same:
        return f"{moment}, is not the one that was signed: its digest is another. Run 'clearway record verify'."
    if problems:
        return f"{moment}, has the digest that was signed, but the record's chain is broken: {problems[0]}"
    later = f" {counted(len(since), 'entry', 'entries')} about moments before it came later and are not in it." if since else ""
    return f"{moment}, is exactly the one that was signed.{later}"
