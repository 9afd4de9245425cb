"""A step of the ladder that is taken, or its answer, written to the record.

Refused without a reason: out of turn, or against the desk's advice. What the desk advised stands in the entry, so that it can
be held later against what happened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.errors import BadInput, Conflict, NotFound, UnknownName
from clearway.picture.index import PictureIndex
from clearway.picture.view import Moments
from clearway.planning.plan.jurisdiction import read_jurisdiction
from clearway.planning.vehicles.ladder.answer import entries_of, is_step, ladder_of
from clearway.planning.vehicles.ladder.jobs import advice_by_step, body_of, in_order, is_taken, objections, same_job
from clearway.record.kinds.ladder import LadderStep
from clearway.words import listed, vocabulary

if TYPE_CHECKING:
    from clearway.record.entry import Draft, Entry
    from clearway.record.kinds.ladder import Advice
    from clearway.record.store import Store

_ATTEMPTS = 5
"""How often a step is held against the record and written again while others write to the same operation."""


def climb(store: Store, stream: str, draft: Draft) -> Entry:
    """Write a step, with what the desk advised then; sent again under the same id, it is the same entry.

    Args:
        store: The record.
        stream: The operation's name.
        draft: Of a ladder step; its advice is set here.

    Raises:
        BadInput: it is no step; or it skips one, does not wait for an answer, or goes against the advice, and nobody says why.
        Conflict: others write all the time, or the id is used for something else.
        UnknownName: the jurisdiction file has no such row.
        Unavailable: the database does not answer.
    """
    step = draft.body
    if not isinstance(step, LadderStep):
        raise BadInput(
            f"A step of the ladder is an entry of the kind 'ladder_step', not {draft.kind!r}. Give one of that kind."
        )
    if step.power_row is not None and step.power_row not in (rows := read_jurisdiction()):
        raise UnknownName("row of the jurisdiction file", [step.power_row], rows)
    for attempt in range(1, _ATTEMPTS + 1):
        version, held = store.version(stream), _held(store, draft.id)
        advice = held.advice if held else advised(store, stream, draft, step)
        written = draft.model_copy(update={"body": step.model_copy(update={"advice": advice})})
        try:
            return store.append(stream, [written], expected_version=None if held else version)[0]
        except Conflict:
            if held or attempt == _ATTEMPTS:
                raise
    raise AssertionError  # the last attempt returned or raised


def advised(store: Store, stream: str, draft: Draft, step: LadderStep) -> Advice | None:
    """What the desk advises to a step at its moment, as it was known then; None for the answer to a step.

    Raises:
        BadInput: the step needs a reason, and has none.
    """
    index, at = PictureIndex(), draft.happened.end
    found = ladder_of(store, index, stream, Moments(at, at))
    taken = in_order(entries_of(store, index, Moments(at, max(at, draft.known)), is_step))
    before = [body for entry in taken if same_job((body := body_of(entry)).job) == same_job(step.job)]
    if not is_taken(before, step):
        return None
    name = vocabulary(step.step)
    if step.because is None and (against := objections(before, step)):
        stands = f"stands at '{vocabulary(before[-1].step)}'" if before else "has taken no step yet"
        raise BadInput(
            f"{step.job} {stands}: {listed(against)}. Take one step at a time, or give in 'because' the reason for '{name}'."
        )
    advice = advice_by_step(found.advice, found.tow_advice)[step.step]
    if step.because is None and advice != "go":
        held = [one.says for one in found.reasons if one.verdict != "go"]
        lacking = [one.says for one in found.needed if one.state != "there"]
        why = [*held, *lacking][0]
        raise BadInput(f"The desk says {advice} to '{name}'. {why} Wait, or give in 'because' why it is done all the same.")
    return advice


def _held(store: Store, entry_id: str) -> LadderStep | None:
    """The step that an id names already."""
    try:
        body = store.entry(entry_id).draft.body
    except NotFound:
        return None
    return body if isinstance(body, LadderStep) else None
