"""What a decision rests on: what could be known before it, what spoke against that, and, apart, what is known since."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from clearway.errors import NotFound
from clearway.picture.facts import said_until
from clearway.picture.view import Moments, picture_of
from clearway.planning.decide.contract import Basis, Belief
from clearway.planning.decide.contradictions import contradictions
from clearway.planning.decide.frozen import digest_of, frozen_of
from clearway.planning.decide.versions import versions_of
from clearway.planning.reading import Reading
from clearway.planning.talks.lines import Lines
from clearway.planning.talks.names import Names
from clearway.planning.talks.subjects import act_of, stems_of
from clearway.record.kind import Role
from clearway.record.kinds import KINDS
from clearway.record.kinds.decisions import Decision, Expectation
from clearway.record.rows import no_entry
from clearway.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from clearway.picture.contract import PictureAnswer
    from clearway.record.entry import Entry
    from clearway.record.kind import Kind

_A_MOMENT = timedelta(microseconds=1)
_UTC = ZoneInfo("UTC")
_LEAST_SHARED = 2
"""One word in common may be chance."""
_EMPTY = {
    "question": "the question", "options": "the options", "why": "the reasons", "present": "who was present",
    "rejected": "what was rejected", "dissent": "who disagreed", "expects": "what is expected", "review": "when it is reviewed",
    "legal_basis": "the legal basis", "least_restrictive": "why nothing less restrictive would do",
    "authority": "order, advice or own decision", "picture_digest": "the picture it rests on",
}  # fmt: skip
_LEAST_SOURCES = 2
"""A decision that rests on one source alone rests on one view."""


def basis_of(reading: Reading, decision_id: str) -> Basis:
    """What a decision rests on.

    Args:
        reading: The record; what was known by its ``known_at`` and not by the decision is hindsight.
        decision_id: The entry of the decision.

    Raises:
        NotFound: there is no such decision.
        Unavailable: the database does not answer.
    """
    entry, body = decision_of(reading, decision_id)
    lines = Lines(said_until(entry.draft), reading.zone)
    then = reading_then(reading, entry, body)
    known = reading.known()
    versions = versions_of(entry, known)
    before = {one.id: one for one in then.known().values() if one.id not in versions}
    beliefs = beliefs_before(then, body, decision_id)
    digest = digest_of(then)
    pairs = contradictions(reading.latest([Decision]), lines, known)
    contrary = [one for one in pairs if decision_id in (one.first.id, one.second.id)]
    named = {belief.line.id for belief in beliefs}
    found = Basis(
        decision=lines.of(entry),
        status=body.standing or "decided",
        at=decided_at(entry, body),
        beliefs=beliefs,
        others=[one for one in before if one not in named],
        hindsight=lines.all(_hindsight(entry, body, before, reading)),
        digest=digest,
        is_same_picture=None if body.picture_digest is None or not reading.store.is_whole else body.picture_digest == digest,
        empty=gaps_of(versions, body, (one.draft.body for one in reading.known().values())),
        contradictions=contrary,
        warnings=[*_warnings(beliefs), *(f"It contradicts another decision: {one.why}." for one in contrary)],
    )
    return Names(reading.known().values()).left_out(found)


def decision_of(reading: Reading, decision_id: str) -> tuple[Entry, Decision]:
    """A decision or a proposal that was known.

    Raises:
        NotFound: there is none of that id.
    """
    entry = reading.known().get(decision_id)
    if entry is None:
        raise no_entry(decision_id)
    body = entry.draft.body
    if not isinstance(body, Decision):
        raise NotFound(f"Entry {decision_id!r} is a {entry.draft.kind} and no decision. Give the id of a decision.")
    return entry, body


def reading_then(reading: Reading, entry: Entry, body: Decision) -> Reading:
    """The record as it was known when a decision was made: its frozen picture, else up to the moment before it."""
    if frozen := frozen_of(body):
        return frozen.reading(reading.store, reading.stream, reading.calendar)
    then = decided_at(entry, body) - _A_MOMENT
    return Reading(reading.store, reading.stream, Moments(then, then, reading.when.knowledge), reading.calendar)


def decided_at(entry: Entry, body: Decision) -> datetime:
    """When a decision was made: by the picture that it names, else the last moment that its words can be about."""
    return body.picture_known_at or said_until(entry.draft)


def beliefs_before(then: Reading, body: Decision, decision_id: str) -> list[Belief]:
    """What a decision names, and else what has to do with it: contradicted ones first, then single-sourced ones.

    Args:
        then: The record as it was known before it.
        body: The decision.
        decision_id: Its id, which is not among what it rests on.
    """
    before, lines = then.known(), Lines(then.when.at, then.zone)
    picture = picture_of(then.store, then.index, then.stream, then.when, bands=False)
    against: dict[str, set[str]] = {}
    confirmed: dict[str, list[str]] = {}
    held = [entry for said in then.in_force(list(KINDS.values())).values() for entry in said]
    disputed = [(named, entry.id) for entry in held for named in entry.draft.disputes]
    for first, second in (*excluding_of(picture), *disputed):
        against.setdefault(first, set()).add(second)
        against.setdefault(second, set()).add(first)
    single = {fact.id for one in picture.contested if one.kind == "single_source" for fact in one.facts}
    for entry_held in held:
        for named in entry_held.draft.confirms:
            confirmed.setdefault(named, []).append(entry_held.id)
    ids = {entry_held.id for entry_held in held}
    chosen = [
        one for one in before.values() if one.id in body.rests_on or (one.id in ids and _bears_on(one, body, decision_id))
    ]
    found = [
        Belief(
            line=lines.of(one),
            is_named=one.id in body.rests_on,
            is_single_sourced=one.id in single or (_is_belief(one) and not confirmed.get(one.id) and one.id in body.rests_on),
            contradicted_by=lines.all(before[other] for other in sorted(against.get(one.id, ())) if other in before),
            confirmed_by=lines.all(before[other] for other in confirmed.get(one.id, ()) if other in before),
        )
        for one in chosen
    ]
    return sorted(
        found,
        key=lambda one: (not one.is_named, not one.contradicted_by, not one.is_single_sourced, one.line.happened, one.line.id),
    )


def excluding_of(picture: PictureAnswer) -> Iterator[tuple[str, str]]:
    """Ids of entries that exclude each other, in pairs: of three figures two may agree, and the third contradicts both."""
    figures = [[(one.first, one.second) for one in count.clashes] for count in picture.counts]
    yield from (pair for pairs in figures for pair in pairs)
    paired = [{one for pair in pairs for one in pair} for pairs in figures]
    for one in picture.contested:
        first, *others = (fact.id for fact in one.facts)
        if one.kind == "clash" and {first, *others} not in paired:  # what comes first is against each of the others
            yield from ((first, other) for other in others)


def _is_belief(entry: Entry) -> bool:
    about = entry.draft.body.about
    return about.is_belief or about.role in (Role.COUNT, Role.FLOW)


def _bears_on(one: Entry, body: Decision, decision_id: str) -> bool:
    """Whether the words of an entry have to do with a decision: its subject, or two words in common."""
    if one.draft.body.about.role is Role.ADMINISTRATION or decision_id in (one.id, getattr(one.draft.body, "of", None)):
        return False
    texts = [body.what, *body.rejected, *body.expects, *body.options]
    says = one.draft.body.says(_UTC)
    subject = act_of(says, getattr(one.draft.body, "topic", None)).subject
    subjects = {act_of(text).subject for text in texts} - {""}
    shared = stems_of(says) & frozenset(stem for text in texts for stem in stems_of(text))
    return subject in subjects or len(shared) >= _LEAST_SHARED


def _hindsight(entry: Entry, body: Decision, before: Mapping[str, Entry], reading: Reading) -> list[Entry]:
    """What was known only at the decision or later, of what has to do with it; the first known first."""
    knowledge = reading.when.knowledge
    later = [one for one in reading.known().values() if one.id not in before and _bears_on(one, body, entry.id)]
    return sorted(later, key=lambda one: (one.counts_from(knowledge), one.seq))


def gaps_of(versions: Collection[str], body: Decision, bodies: Iterable[Kind]) -> list[str]:
    """What of a decision's record is not filled in.

    Args:
        versions: Ids of its entries.
        body: Its last version.
        bodies: Of other entries: an expectation may have an entry of its own.
    """
    has_own = any(isinstance(one, Expectation) and one.of in versions for one in bodies)
    gaps = [words for field, words in _EMPTY.items() if not getattr(body, field) and not (field == "expects" and has_own)]
    unread = set(body.not_acknowledged) - set(body.acknowledged)
    return [*gaps, *(["whether contrary word was read"] if unread else [])]


def _warnings(beliefs: Sequence[Belief]) -> list[str]:
    """What speaks against signing."""
    contrary = [one.line.id for one in beliefs if one.contradicted_by]
    single = [one.line.id for one in beliefs if one.is_single_sourced]
    speakers = {one.line.speaker for one in beliefs}
    said = []
    if contrary:
        said.append(f"{counted(len(contrary), 'belief')} contradicted by others: {listed(contrary)}.")
    if single:
        said.append(f"{counted(len(single), 'belief')} of a single source: {listed(single)}.")
    if len(speakers) < _LEAST_SOURCES:
        said.append("It rests on one source or none. Look for another, and for a contrary word.")
    return said
