"""Signing: what contradicts it is listed first, the picture is frozen, and the decision is written with what it expects.

A quick decision needs an office and what was chosen; its gaps are shown until somebody completes it. What is written stays: a
completion is a later entry that corrects the earlier one and fills in what was empty; another choice is another decision.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, NamedTuple

from clearway.errors import BadInput, Conflict, NotFound
from clearway.picture.view import Moments
from clearway.planning.decide.basis import beliefs_before, decision_of, gaps_of
from clearway.planning.decide.contract import SignCheck, Signed
from clearway.planning.decide.contradictions import contradictions
from clearway.planning.decide.expected_words import Wanted
from clearway.planning.decide.figures import counted_names, figures_there
from clearway.planning.decide.frozen import Frozen, digest_of
from clearway.planning.decide.log import made_by
from clearway.planning.decide.proposed import proposed
from clearway.planning.reading import Reading
from clearway.planning.talks.lines import Lines
from clearway.record.entry import FIRST_HASH, Entry
from clearway.record.kinds.decisions import Decision, Expectation
from clearway.record.kinds.figures import Count
from clearway.record.kinds.follow_up import Task
from clearway.record.parse import draft_of
from clearway.record.place_words import place_words
from clearway.record.source import body_of
from clearway.words import counted, listed, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from clearway.planning.decide.contract import Belief
    from clearway.planning.decide.draft import Completion, DecisionDraft, Expected
    from clearway.record.entry import Draft
    from clearway.record.kind import Kind
    from clearway.record.moments import Calendar
    from clearway.record.store import Store

_FEWEST = 2
"""Options that make a choice, and speakers that make more than one view."""


class Room(NamedTuple):
    """Where a decision is written.

    Attributes:
        store: The record.
        stream: The operation's name.
        calendar: To read times by.
        now: This moment.
    """

    store: Store
    stream: str
    calendar: Calendar
    now: datetime

    def reading(self, at: datetime, known_at: datetime) -> Reading:
        """The record as it is now, about a moment.

        Raises:
            BadInput: the moment lies in the future.
        """
        if max(at, known_at) > self.now:
            raise BadInput("The picture lies in the future, and nobody can have looked at it. Give an earlier 'at', or none.")
        return Reading(self.store, self.stream, Moments(at, known_at, "had"), self.calendar)


def check(room: Room, draft: DecisionDraft) -> SignCheck:
    """What has to be seen before anybody signs: contrary word, gaps, what it contradicts. Nothing is written.

    Raises:
        BadInput: it cannot be a decision; the message says why.
    """
    return _checked(room, draft)[0]


def sign(room: Room, draft: DecisionDraft, *, is_quick: bool = False) -> Signed:
    """Write a decision, what it expects and what follows from it, all or nothing; under the same id they are written once.

    Args:
        room: Where.
        draft: The decision.
        is_quick: Whether gaps may be filled in later. Else there may be none, and what contradicts it must have been seen.

    Raises:
        BadInput: it cannot be a decision, something is missing, or contrary word was not seen; the message lists which.
        Conflict: its id is used for something else.
    """
    if draft.id and (there := _there(room, draft)):
        return there
    found, drafts = _checked(room, draft)
    if draft.standing == "decided" and not is_quick:
        _refuse_unready(found)
    ids = [entry.id for entry in room.store.appended(room.stream, drafts).entries]
    first = 1 + len(draft.expects)
    return _signed(ids[0], ids[1:first], ids[first:], found)


def complete(room: Room, decision_id: str, completion: Completion) -> Signed:
    """Fill in what is empty of a decision, as a later entry; what is said stays.

    Raises:
        BadInput: it says otherwise what is said already, or nothing; or an outcome of what is only proposed.
        NotFound: there is no such decision.
        Conflict: it was completed already by a later entry; the message names it.
    """
    reading = room.reading(room.now, room.now)
    entry, body = decision_of(reading, decision_id)
    current = next((one for one in made_by(reading) if decision_id in one.versions), None)
    if current is None:
        raise Conflict(f"The decision {decision_id!r} was withdrawn. Sign a new one.")
    if current.entry.id != decision_id:
        raise Conflict(f"The decision {decision_id!r} was completed already. Complete {current.entry.id!r}.")
    new = completion.fields()
    if said := [name for name in new if getattr(body, name) and name not in ("acknowledged", "rests_on", "present")]:
        raise BadInput(
            f"The decision says {listed([vocabulary(one) for one in said])} already, and that stays. Leave it out, or sign a "
            "new decision that takes its place."
        )
    if not new and not completion.expects:
        raise BadInput("There is nothing to fill in. Give what was empty.")
    if "outcome" in new and body.standing == "proposed":
        raise BadInput("It is only proposed, so nothing can have come of it. Sign the decision first.")
    for name in ("acknowledged", "rests_on", "present"):
        if name in new:
            new[name] = list(dict.fromkeys([*getattr(body, name), *new[name]]))
    _refuse_choice(body, new.get("options", body.options), [one.option for one in completion.rejected])
    number = len(current.versions) + 1
    changed = body.model_dump(mode="json", exclude_none=True) | new
    said_by = entry.draft.model_dump(mode="json", include={"happened", "source", "places", "release"})
    document = said_by | {"id": f"{current.versions[0]}-v{number}", "body": changed, "corrects": [entry.id]}
    drafts = [draft_of(document, room.calendar, now=room.now)]
    taken = sum(getattr(one.draft.body, "of", None) in current.versions for one in reading.known().values())
    drafts += _expected(completion.expects, body, entry.draft, taken, room)
    _refuse_expected(drafts[1:], room.now, reading)
    _refuse_places(drafts[1:], entry, reading)
    written = room.store.appended(room.stream, drafts).entries
    after = drafts[0].body
    assert isinstance(after, Decision)  # noqa: S101 - made of one
    bodies = [one.draft.body for one in (*reading.known().values(), *written)]
    gaps = gaps_of((*current.versions, written[0].id), after, bodies)
    return Signed(decision=written[0].id, expectations=[one.id for one in written[1:]], follows=[], empty=gaps, notices=[])


def _expected(expects: Sequence[Expected], body: Decision, of: Draft, taken: int, room: Room) -> Iterator[Draft]:
    for number, one in enumerate(expects, start=taken + 1):
        said = of.model_dump(mode="json", include={"source", "release"})
        expectation = one.model_dump(exclude_none=True) | {"kind": "expectation", "of": of.id, "by": body.by}
        document = said | {"id": f"{of.id}-expects-{number}", "happened": room.now.isoformat(), "body": expectation}
        yield draft_of(document, room.calendar, now=room.now)


def _there(room: Room, draft: DecisionDraft) -> Signed | None:
    """What the record holds of the same decision already, where it was sent before.

    Raises:
        Conflict: the id is used for something else.
    """
    try:
        held = room.store.entry(draft.id or "")
    except NotFound:
        return None
    body = held.draft.body
    if held.stream != room.stream or not isinstance(body, Decision) or (body.what, body.by) != (draft.what, draft.by):
        raise Conflict(f"The id {draft.id!r} is used for another entry already. Give this one an id of its own.")
    ids = [f"{held.id}-expects-{number}" for number in range(1, len(draft.expects) + 1)]
    gaps = gaps_of((held.id,), body, _bodies(room, ids))
    follows = [f"{held.id}-follows-{number}" for number in range(1, len(draft.follows) + 1)]
    return Signed(decision=held.id, expectations=ids, follows=follows, empty=gaps, notices=["It was written before."])


def _bodies(room: Room, ids: Sequence[str]) -> list[Kind]:
    """What some entries say, as far as they are there."""
    found = room.store.entries(room.stream, kind="expectation")
    return [entry.draft.body for entry in found if entry.id in ids]


def _checked(room: Room, draft: DecisionDraft) -> tuple[SignCheck, list[Draft]]:
    """What has to be seen before anybody signs, and what would be written."""
    when = room.calendar.moment(draft.happened) if draft.happened else room.now
    about = room.calendar.moment(draft.at) if draft.at else min(when, room.now)
    known = room.calendar.moment(draft.known_at) if draft.known_at else about
    reading = room.reading(about, known)
    present = room.reading(room.now, room.now)
    _refuse_unknown(draft, reading, present)
    _refuse_rejected(draft)
    frozen = Frozen(about, known, reading.index.seq)
    entry_id, digest = draft.id or uuid.uuid4().hex, digest_of(reading)
    documents = [draft.expectation(number, entry_id, when) for number in range(len(draft.expects))]
    expected = [draft_of(document, room.calendar, now=room.now) for document in documents]
    _refuse_expected(expected, when, reading)
    documents = [draft.follow_up(number, entry_id, when) for number in range(len(draft.follows))]
    follows = [draft_of(document, room.calendar, now=room.now) for document in documents]
    _refuse_past_tasks(follows, when)

    def made(unseen: Sequence[str]) -> Draft:
        return draft_of(draft.decision(entry_id, when, frozen, digest, unseen), room.calendar, now=room.now)

    decision = made(())
    body = decision.body
    assert isinstance(body, Decision)  # noqa: S101 - made as one
    _refuse_choice(body, body.options, [one.option for one in draft.rejected])
    if body.review is not None and body.review <= when:
        raise BadInput("It would be reviewed before it is decided. Give a later 'review'.")
    beliefs = [one for one in beliefs_before(reading, body, entry_id) if one.contradicted_by or one.is_single_sourced]
    unseen = [one.line.id for one in beliefs if one.line.id not in draft.seen]
    held = [one.entry for one in made_by(present) if not set(one.versions) & set(body.supersedes)]
    new = Entry(
        seq=frozen.seq + 1, stream=room.stream, version=1, written=room.now, draft=decision, hash=FIRST_HASH
    )  # not written yet
    _refuse_places(expected, new, reading)
    against = contradictions([*held, new], Lines(about, reading.zone), present.known())
    found = SignCheck(
        contrary=beliefs,
        unseen=unseen,
        empty=[*gaps_of((entry_id,), body, (one.body for one in expected)), *_too_few(draft, reading)],
        contradictions=[one for one in against if entry_id in (one.first.id, one.second.id)],
        follows=list(proposed(draft)),
        digest=digest,
        at=about,
        known_at=known,
    )
    return found, [made(unseen), *expected, *follows]


def _too_few(draft: DecisionDraft, reading: Reading) -> Iterator[str]:
    """What is filled in, and does not make a choice or a view."""
    speakers = {body_of(reading.known()[one].draft.source) for one in draft.rests_on}
    if len(speakers) < _FEWEST:
        yield "two sources: what it rests on is one speaker's word" if speakers else "entries of two speakers that it rests on"
    if 0 < len(draft.options) < _FEWEST:
        yield "a second option: waiting is one"
    others = {_plain(one): one for one in draft.options if _plain(one) != _plain(draft.what)}
    left = [text for plain, text in others.items() if plain not in {_plain(one.option) for one in draft.rejected}]
    if draft.rejected and left:
        yield f"why not: {listed(left)}"


def _refuse_unknown(draft: DecisionDraft, reading: Reading, present: Reading) -> None:
    """Refuse what the decision names and nobody had: what it rests on by its picture, whose place it takes by now.

    Raises:
        BadInput, NotFound: it does.
    """
    known = reading.known()
    if missing := [one for one in draft.rests_on if one not in known]:
        raise BadInput(
            f"The decision rests on {listed(missing)}, which nobody had when the picture was looked at. Name entries that were "
            "known then, or a later picture."
        )
    for one in draft.supersedes:
        decision_of(present, one)


def _refuse_rejected(draft: DecisionDraft) -> None:
    """Refuse two options that say the same.

    Raises:
        BadInput: they do.
    """
    options = [_plain(one) for one in draft.options]
    if len(set(options)) < len(options):
        raise BadInput("Two options say the same. Leave one of them out.")


def _refuse_choice(body: Decision, options: Sequence[str], rejected: Sequence[str]) -> None:
    """Refuse a choice that is not among its options, or an option that is both chosen and rejected.

    Raises:
        BadInput: it is.
    """
    plain, is_decided = [_plain(one) for one in options], body.standing != "proposed"
    if plain and is_decided and _plain(body.what) not in plain:
        raise BadInput(f"What was chosen, {body.what!r}, is not among the options. Write it as the option says it.")
    for one in rejected:
        if _plain(one) == _plain(body.what) and is_decided:
            raise BadInput(f"The option {one!r} is both chosen and rejected. Take it out of 'rejected'.")
        if plain and _plain(one) not in plain:
            raise BadInput(f"The rejected option {one!r} is not among the options. Write it as the option says it.")


def _refuse_expected(drafts: Sequence[Draft], now: datetime, reading: Reading) -> None:
    """Refuse an expectation that nothing can show.

    Raises:
        BadInput: its time has passed, its figure has no bound, or nobody counts it.
    """
    names = counted_names(reading)
    for draft in drafts:
        body = draft.body
        what, figure = getattr(body, "what", ""), getattr(body, "figure", None)
        bounds = [getattr(body, name) for name in ("at_most", "at_least", "direction")]
        if getattr(body, "by_when", now) <= now:
            raise BadInput(f"The time of what is expected, {what!r}, has passed already. Give a later 'by_when'.")
        if figure is None and any(one is not None for one in bounds):
            raise BadInput(f"What is expected, {what!r}, has a bound and names no figure. Give 'figure', such as vehicles.")
        if figure is not None and all(one is None for one in bounds):
            raise BadInput(f"What is expected, {what!r}, names a figure and no bound. Give 'at_most' or 'direction'.")
        if figure is not None and figure not in names:
            known = f"Counted are: {listed(sorted(map(vocabulary, names)))}" if names else "Nothing is counted yet"
            raise BadInput(
                f"Nobody has counted {vocabulary(figure)}, so nothing can show {what!r}. {known}. Name one of these, enter a "
                "first count, or leave 'figure' out: then somebody has to say what came."
            )


def _refuse_places(drafts: Sequence[Draft], decision: Entry, reading: Reading) -> None:
    """Refuse what is expected of a figure that is counted elsewhere, or at several places of which the decision names none.

    Raises:
        BadInput: it is.
    """
    counts = reading.in_force([Count]).values()
    for draft in drafts:
        body = draft.body
        if not isinstance(body, Expectation) or body.figure is None:
            continue
        there = figures_there(counts, Wanted(body.figure), decision)
        named = {place_words(one[0].draft.places): None for one in there}
        what = vocabulary(body.figure).capitalize()
        if len(there) > 1:
            places = listed([one or "a place that nobody named" for one in named])
            raise BadInput(
                f"{what} are counted at {len(there)} places: {places}. Give the decision one of them as 'place', so that its "
                f"figures show {body.what!r}."
            )
        if not there and decision.draft.places:
            raise BadInput(
                f"{what} are not counted at {place_words(decision.draft.places)}, so nothing can show {body.what!r}. Give a "
                "'place' where they are, or enter a first count there."
            )


def _refuse_past_tasks(drafts: Sequence[Draft], when: datetime) -> None:
    """Refuse a task that is to be done before it is given.

    Raises:
        BadInput: one is.
    """
    for draft in drafts:
        body = draft.body
        if isinstance(body, Task) and body.due is not None and body.due <= when:
            raise BadInput(f"The task {body.what!r} is to be done before it is given. Give a later 'due', or leave it out.")


def _refuse_unready(found: SignCheck) -> None:
    if found.unseen:
        said = {one.line.id: _contrary_words(one) for one in found.contrary}
        named = "; ".join(f"{one} ({said[one]})" for one in found.unseen)
        raise BadInput(
            f"Before it can be signed, {counted(len(found.unseen), 'belief')} that it rests on must have been seen: {named}. "
            "Read them, and name each under 'seen' (--seen ID)."
        )
    if found.empty:
        raise BadInput(
            f"Before it can be signed, fill in: {listed(found.empty)}. Or write it as a quick one (--quick): what is empty is "
            "then shown until somebody completes it."
        )


def _contrary_words(belief: Belief) -> str:
    against = f"contradicted by {listed([one.id for one in belief.contradicted_by])}" if belief.contradicted_by else ""
    return listed([one for one in (against, "single source" if belief.is_single_sourced else "") if one])


def _signed(decision: str, expectations: list[str], follows: list[str], found: SignCheck) -> Signed:
    notices = [f"It contradicts another decision: {one.why}." for one in found.contradictions]
    if found.unseen:
        notices.append(f"Contrary word that nobody has acknowledged: {listed(found.unseen)}.")
    return Signed(decision=decision, expectations=expectations, follows=follows, empty=found.empty, notices=notices)


def _plain(text: str) -> str:
    return " ".join(text.casefold().rstrip(".").split())
