"""Before a meeting and after it: what to know of a party, what must not be promised, and minutes to be filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.errors import NotFound
from clearway.planning.talks.contract import MinuteForm, NotPromised, Preparation, TalksAnswer
from clearway.planning.talks.parties import Parties
from clearway.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.planning.talks.contract import PartyOf

_CONTACTS_SHOWN = 5
"""The last contacts that a sheet repeats; the log holds all."""
_NAMES_SHOWN = 12
"""As many as one sentence holds."""
_HEADINGS = (
    "When and where, and who called the meeting",
    "Who was there, by office or group; no names of persons",
    "What each side said",
    "What was agreed, who does it, by when",
    "What was asked for and not promised, and why",
    "When to speak again, and which office sees to it",
)


def preparation_of(talks: TalksAnswer, name: str) -> Preparation:
    """The sheet to take to a meeting with a party.

    Args:
        talks: Where the talks stand.
        name: Of the party, as any entry writes it.

    Raises:
        NotFound: no entry names such a party.
    """
    party = _party(talks, name)
    return Preparation(
        party=party,
        contacts=[one for one in talks.contacts if party.name in one.who][:_CONTACTS_SHOWN],
        demands=[one for one in talks.demands if party.name in (one.by, one.of)],
        terms=[one for one in talks.terms if party.name in (one.by, one.of)],
        requests=[one for one in talks.requests if party.name in (one.by, one.owed_by)],
        commitments=[one for one in talks.commitments if party.name in (one.by, one.to)],
        deadlocks=[one for one in talks.deadlocks if party.name in one.parties],
        common_ground=[
            row
            for row in talks.common_ground
            if any(party.name in (pair.first, pair.second) for pair in (*row.agree, *row.block))
        ],
        must_not_promise=list(_not_promised(talks, party)),
    )


def minute_form(talks: TalksAnswer, contact_id: str) -> MinuteForm:
    """Minutes of a contact, to be filled in and entered.

    Args:
        talks: Where the talks stand.
        contact_id: The entry of the contact.

    Raises:
        NotFound: the talks hold no contact of that id.
    """
    contact = next((one for one in talks.contacts if one.line.id == contact_id), None)
    if contact is None:
        raise NotFound("No contact of that id was known then. 'clearway record list --kind contact' lists them.")
    met = [party for party in talks.parties if party.name in contact.who and party.sort == "group"]
    reminders = {one.what: one for party in met for one in _not_promised(talks, party)}
    body = {
        "of": contact_id,
        "by": contact.by or "",
        "present": contact.who,
        "said": "",
        "agreed": [],
        "not_promised": [],
        "actions": [],
    }
    return MinuteForm(
        contact=contact,
        due=contact.minutes_due,
        headings=list(_HEADINGS),
        must_not_promise=list(reminders.values()),
        entry={"kind": "minutes", "body": body, "happened": "now"},
    )


def _party(talks: TalksAnswer, name: str) -> PartyOf:
    """The party that a name means; spelled two ways it is one."""
    parties = Parties()
    for party in talks.parties:
        for spelling in (party.name, *party.spellings):
            parties.call(spelling, party.name)
    meant = parties.known_as(name)
    found = next((party for party in talks.parties if party.name == meant), None)
    if found is None:
        names = [party.name for party in talks.parties]
        more = f" and {len(names) - _NAMES_SHOWN} more" if len(names) > _NAMES_SHOWN else ""
        known = f"The record names {listed(names[:_NAMES_SHOWN])}{more}." if names else "The record names nobody yet."
        raise NotFound(f"No entry names a party of that name. {known}")
    return found


def _not_promised(talks: TalksAnswer, party: PartyOf) -> Iterator[NotPromised]:
    """What nobody at the meeting can promise: another's to decide, refused, unanswered, another's term, or not kept before."""
    for demand in talks.demands:
        if demand.by == party.name and demand.of and demand.of != party.name:
            why = f"It is asked of {demand.of}: only they can promise it."
            yield NotPromised(what=demand.what, why=why, lines=[demand.line])
    for request in talks.requests:
        if request.by == party.name and request.state == "refused" and request.answer:
            why = f"It was refused, by entry {request.answer.id}."
            yield NotPromised(what=request.line.says, why=why, lines=[request.answer])
        elif request.by == party.name and request.state == "unanswered":
            why = f"No answer has come; it is owed by: {request.owed_by or 'not said'}."
            yield NotPromised(what=request.line.says, why=why, lines=[request.line])
    for term in talks.terms:
        if term.by != party.name and term.state != "met":
            why = f"It waits for a term of {term.by} that is not known to be met: {term.what}. Only they can set it aside."
            yield NotPromised(what=term.before, why=why, lines=[term.line])
    for one in talks.commitments:
        if one.by != party.name and one.state in ("outcome_due", "broken", "contested"):
            why = "It was promised before and not done, or nobody has said so. Enter what came of it before you promise more."
            yield NotPromised(what=one.what, why=why, lines=[one.line])
