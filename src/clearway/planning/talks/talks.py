"""Everything that the record says of talks at a moment, as known at that moment or another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.planning.talks.beside import beside, documents
from clearway.planning.talks.claims import claims_of
from clearway.planning.talks.commitments import commitments_of
from clearway.planning.talks.common_ground import common_ground
from clearway.planning.talks.contacts import contacts_of, owed_by
from clearway.planning.talks.contract import Demanded, PartyOf, Stance, TalksAlarm, TalksAnswer
from clearway.planning.talks.lines import Lines
from clearway.planning.talks.names import Names
from clearway.planning.talks.openings import deadlocks_of
from clearway.planning.talks.parties import Parties
from clearway.planning.talks.requests import asked_by, requests_of
from clearway.planning.talks.terms import terms_of
from clearway.record.kinds.figures import Count, Flow
from clearway.record.kinds.means import Offer
from clearway.record.kinds.pending import Condition, EasingRequest, MeetingRequest, Promise, ResourceRequest
from clearway.record.kinds.talks import Advice, Contact, Demand, Evidence, Party, Relation, Statement
from clearway.record.parts import amount_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from clearway.planning.reading import Reading
    from clearway.planning.talks.contract import Commitment, ContactOf, RequestOf
    from clearway.planning.talks.parties import Known
    from clearway.record.entry import Entry

_DESCRIBED = (Party, Relation)
_SAID = (Demand, Statement, Condition, MeetingRequest, ResourceRequest, EasingRequest, Offer, Promise)
_OF_A_PARTY = (Demand, Offer, MeetingRequest, ResourceRequest, EasingRequest, Statement, Advice)
_READ = (*_DESCRIBED, *_SAID, Contact, Advice, Count, Flow, Evidence)


def talks_of(reading: Reading) -> TalksAnswer:
    """The talks: parties, contacts, promises, terms, requests, common ground, deadlocks, alarms; no name of a person.

    Args:
        reading: The record about a moment, as far as the asker may see it.

    Raises:
        BadInput: a moment lies centuries away.
        Unavailable: the database does not answer.
    """
    entries = reading.latest(_READ)
    parties = Parties(reversed([entry for entry in entries if isinstance(entry.draft.body, _DESCRIBED)]))
    for entry in entries:
        for name in _named(entry):
            parties.of(name)
    lines = Lines(reading.when.at, reading.zone)
    said = [entry for entry in entries if isinstance(entry.draft.body, _SAID)]
    terms, requests = terms_of(reading, parties, lines), requests_of(reading, parties, lines)
    deadlocks, is_all = deadlocks_of(claims_of(said, parties), terms, requests, lines)
    contacts, commitments = contacts_of(reading, parties, lines), commitments_of(reading, parties, lines)
    late = [*_late_contacts(contacts, parties, reading.when.at), *_late_others(commitments, requests)]
    found = TalksAnswer(
        at=reading.when.at,
        known_at=reading.when.known_at,
        knowledge=reading.when.knowledge,
        title=reading.title,
        zone=str(reading.zone),
        demands=[_demanded(entry, parties, lines) for entry in said if isinstance(entry.draft.body, Demand)],
        parties=_parties(entries, contacts, parties, lines),
        contacts=contacts,
        commitments=commitments,
        terms=terms,
        requests=requests,
        common_ground=common_ground(said, deadlocks, parties, lines),
        deadlocks=deadlocks,
        all_deadlocks=is_all,
        beside=beside(entries, parties, lines),
        documents=documents(entries, lines),
        alarms=sorted(late, key=lambda one: (one.since, one.entry, one.says)),
    )
    return Names(reading.known().values()).left_out(found)


def _named(entry: Entry) -> Iterator[str]:
    """The groups and offices that an entry names."""
    match entry.draft.body:
        case Contact() as body:
            yield from body.who
        case MeetingRequest() | ResourceRequest() | EasingRequest() as body:
            yield from filter(None, (body.asked_by, body.asked_of))
        case Demand() | Condition() as body:
            yield from filter(None, (body.by, body.of))
        case Promise() | Advice() as body:
            yield from filter(None, (body.by, body.to))
        case Relation() as body:
            yield from (body.of, body.to)
        case Offer(by=str(by)):
            yield by


def _demanded(entry: Entry, parties: Parties, lines: Lines) -> Demanded:
    body = entry.draft.body
    assert isinstance(body, Demand)  # noqa: S101 - only demands are asked
    of = parties.name(body.of) if body.of else None
    return Demanded(line=lines.of(entry), by=parties.name(body.by), of=of, what=body.what, before=body.before)


def _parties(entries: Sequence[Entry], contacts: Sequence[ContactOf], parties: Parties, lines: Lines) -> list[PartyOf]:
    """Every party with what it said."""
    theirs: dict[str, list[Entry]] = {}
    for entry in entries:
        if isinstance(entry.draft.body, _OF_A_PARTY):
            theirs.setdefault(_whose(entry, parties), []).append(entry)
    related = [entry for entry in entries if isinstance(entry.draft.body, Relation)]
    return [_party(known, theirs.get(known.name, []), related, contacts, parties, lines) for known in parties.all()]


def _party(
    known: Known,
    said: Sequence[Entry],
    relations: Sequence[Entry],
    contacts: Sequence[ContactOf],
    parties: Parties,
    lines: Lines,
) -> PartyOf:
    body = known.declared.draft.body if known.declared else None
    met = [contact for contact in contacts if known.name in contact.who]
    due = [contact.next_due for contact in met if contact.next_due and not contact.is_overdue]

    def of(*kinds: type) -> list[Entry]:
        return [entry for entry in said if isinstance(entry.draft.body, kinds)]

    related = [
        entry
        for entry in relations
        if isinstance(one := entry.draft.body, Relation) and known.name in (parties.name(one.of), parties.name(one.to))
    ]
    return PartyOf(
        name=known.name,
        spellings=known.spellings,
        sort=known.sort,
        is_assumed=known.is_assumed,
        split_from=known.split_from,
        split_off=[other.name for other in parties.all() if other.split_from == known.name],
        relations=lines.all(related),
        demands=lines.all(of(Demand)),
        offers=lines.all(of(Offer)),
        requests=lines.all(of(MeetingRequest, ResourceRequest, EasingRequest)),
        stances=_stances(of(Statement), lines),
        last_contact=met[0].line if met else None,
        next_due=min(due, default=None),
        advice=lines.all(of(Advice)),
        **_described(body if isinstance(body, Party) else None),
    )


def _described(body: Party | None) -> dict[str, str | None]:
    """What somebody entered of a party."""
    if body is None:
        return dict.fromkeys(("spokesperson", "speaks_for", "claimed_by", "task", "may_decide"))
    return {
        "spokesperson": body.spokesperson,
        "speaks_for": amount_words(body.speaks_for) if body.speaks_for else None,
        "claimed_by": (body.claimed_by or body.name) if body.speaks_for else None,
        "task": body.task,
        "may_decide": body.may_decide,
    }


def _stances(statements: Sequence[Entry], lines: Lines) -> list[Stance]:
    """The latest stance on each topic, with those before it."""
    by_topic: dict[str, list[Entry]] = {}
    for entry in reversed(statements):
        body = entry.draft.body
        if isinstance(body, Statement) and body.topic and body.stance:
            by_topic.setdefault(body.topic, []).append(entry)
    return [
        Stance(topic=topic, stance=body.stance, latest=lines.of(said[0]), before=lines.all(said[1:]))
        for topic, said in sorted(by_topic.items())
        if isinstance(body := said[0].draft.body, Statement) and body.stance
    ]


def _whose(entry: Entry, parties: Parties) -> str:
    """Whose word an entry is: as its own fields say, else its source's."""
    named = asked_by(entry)
    return parties.name(named) if named else parties.who_speaks(entry.draft.source)


def _late_contacts(contacts: Iterable[ContactOf], parties: Parties, at: datetime) -> Iterator[TalksAlarm]:
    """Minutes that are missing, and contacts that were not made again."""
    for contact in contacts:
        if contact.minutes_due and contact.minutes is None and contact.minutes_due <= at:
            says = f"No minutes of a contact with an outside authority: {contact.line.says}."
            office = owed_by(contact, parties)
            yield TalksAlarm(what="minutes", office=office, says=says, entry=contact.line.id, since=contact.minutes_due)
        if contact.is_overdue and contact.next_due:
            office = contact.next_by or contact.by or "office not said"
            says = f"Nobody has spoken again by the time that was set: {contact.line.says}."
            yield TalksAlarm(what="contact", office=office, says=says, entry=contact.line.id, since=contact.next_due)


def _late_others(commitments: Iterable[Commitment], requests: Iterable[RequestOf]) -> Iterator[TalksAlarm]:
    """Promises of which nobody has said what came of them, and requests that were needed by now."""
    for one in commitments:
        if one.state == "outcome_due" and one.due:
            says = f"Nobody has said what came of a promise by the time that was set: {one.line.says}."
            yield TalksAlarm(what="outcome", office=one.by, says=says, entry=one.line.id, since=one.due)
    for asked in requests:
        if asked.is_overdue and asked.needed_by:
            says = f"Not answered by the time it was needed: {asked.line.says}."
            office = asked.owed_by or "office not said"
            yield TalksAlarm(what="answer", office=office, says=says, entry=asked.line.id, since=asked.needed_by)
