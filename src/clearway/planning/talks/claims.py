"""What each side says it does only after something else: conditions, demands, conditional answers and statements.

Read from a condition's and a demand's own fields, and from sentences of the form "A only after B", "no A until B", "A when B",
"A, before B", "once B, A". Of a loose sentence only what the table of subjects knows is taken, and never what is doubtful.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clearway.planning.talks.subjects import act_of, stems_of
from clearway.record.kinds.means import Offer
from clearway.record.kinds.pending import Condition, MeetingRequest, Promise
from clearway.record.kinds.talks import Demand, Statement
from clearway.record.source import speaker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clearway.planning.talks.parties import Parties
    from clearway.planning.talks.subjects import Act
    from clearway.record.entry import Entry

_AFTER = r"only after|only when|only once|only if|as soon as|not until|until|unless|once|when|after|provided that|if"
_SENTENCES = re.compile(r"[.;!?]\s+|[.;!?]$")
_LEADING = re.compile(rf"^(?:but |and )?(?:{_AFTER})\s+(?P<first>[^,]+),\s*(?P<then>.+)$", re.IGNORECASE)
_TRAILING = re.compile(rf"^(?P<then>.+?),?\s+(?:{_AFTER})\s+(?P<first>.+)$", re.IGNORECASE)
_BEFORE = re.compile(r"^before\s+(?P<later>[^,]+),\s*(?P<sooner>.+)$|^(?P<said>.+?),?\s+before\s+(?P<after>.+)$", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:no|nobody|nothing|none|never|not)\b|n't\b", re.IGNORECASE)
_JOINT = re.compile(rf"^(?:{_AFTER})\s+", re.IGNORECASE)
_IN_ORDER = re.compile(
    r"^(?:first\s+)?(?P<first>.+?)(?:\s+first)?,?\s+(?:and\s+)?(?:only then|then)\s+(?P<then>.+)$", re.IGNORECASE
)
_IS_IN_ORDER = re.compile(r"\bfirst\b|\bonly then\b", re.IGNORECASE)
_DOUBTFUL = re.compile(r"\b(?:may|might|could|would|silly|perhaps|informed|asked|told|were|was|had)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Claim:
    """That a party does one thing only after another.

    Attributes:
        party: Whose word it is.
        holds: What they do only afterwards.
        until: What they wait for.
        of: Of whom they want that; empty where nobody said.
        known_as: Whatever the party, and who acts, may be called: what a claim of others may wait for.
        entries: The entries that say so, the first first.
    """

    party: str
    holds: Act
    until: Act
    of: str
    known_as: str
    entries: tuple[Entry, ...]

    def waits_for(self, other: Claim) -> bool:
        """Whether what it waits for is what the other holds back."""
        if not self.until.is_same(other.holds):
            return False
        return not self.of or self.of == other.party or bool(stems_of(self.of) & stems_of(other.known_as))


def claims_of(entries: Iterable[Entry], parties: Parties) -> list[Claim]:
    """Every claim that the entries make; what one party says twice is one claim with both entries.

    Args:
        entries: In force; the order is kept.
        parties: Who is who.
    """
    found: list[Claim] = []
    for claim in (one for entry in entries for one in _claims(entry, parties)):
        at = next((at for at, one in enumerate(found) if _says_again(claim, one)), None)
        if at is None:
            found.append(claim)
        else:
            found[at] = _both(found[at], claim)
    return found


def _claims(entry: Entry, parties: Parties) -> Iterator[Claim]:
    body, source = entry.draft.body, speaker(entry.draft.source)
    match body:
        case Condition():
            yield _claim(
                entry, parties.name(body.by), act_of(body.before), act_of(body.what), body.of, f"{source} {body.before}"
            )
        case Demand(before=str(before)):
            yield _claim(entry, parties.name(body.by), act_of(before), act_of(body.what, body.topic), body.of, source)
        case Demand() | Promise():
            for then, first in _in_words(body.what):
                of = body.of if isinstance(body, Demand) else None
                yield _claim(entry, parties.name(body.by), act_of(then), act_of(first), of, source)
        case MeetingRequest(answer="conditional", terms=str(terms)):
            by = parties.name(body.asked_of)
            yield _claim(
                entry, by, act_of("meet", "talks"), act_of(_JOINT.sub("", terms)), body.asked_by, f"{source} {body.asked_of}"
            )
        case Offer(by=str(by)):
            yield from (_claim(entry, parties.name(by), *acts, None, source) for acts in _surely(body.summary))
        case Statement():
            yield from (
                _claim(entry, parties.named_speaker(entry.draft.source), *acts, None, source) for acts in _surely(body.summary)
            )


def _claim(entry: Entry, party: str, holds: Act, until: Act, of: str | None, known_as: str) -> Claim:
    return Claim(party, holds, until, of or "", f"{party} {known_as} {holds.text}", (entry,))


def _surely(text: str) -> Iterator[tuple[Act, Act]]:
    """The acts of a loose text, where the table knows both and nothing in the sentence is doubtful."""
    for then, first in _in_words(text):
        holds, until = act_of(then), act_of(first)
        is_known = holds.subject and until.subject and holds.subject != until.subject
        if is_known and not _DOUBTFUL.search(f"{then} {first}"):
            yield holds, until


def _in_words(text: str) -> Iterator[tuple[str, str]]:
    """What is done only after what, sentence by sentence.

    >>> list(_in_words("We talk when the cars go."))
    [('We talk', 'the cars go')]
    >>> list(_in_words("Come out and hear us, before vehicles are moved"))
    [('vehicles are moved', 'Come out and hear us')]
    >>> list(_in_words("Nobody leaves before the charges are dropped"))
    [('Nobody leaves', 'the charges are dropped')]
    """
    for sentence in filter(None, _SENTENCES.split(text)):
        if before := _BEFORE.match(sentence):
            sooner, later = before["sooner"] or before["said"], before["later"] or before["after"]
            # "nobody leaves before you talk": what is not done sooner waits for the other
            yield (sooner.strip(), later.strip()) if _DENIED.search(sooner) else (later.strip(), sooner.strip())
            continue
        found = _LEADING.match(sentence) or _TRAILING.match(sentence)
        if found is None and _IS_IN_ORDER.search(sentence):
            found = _IN_ORDER.match(sentence)
        if found is not None:
            yield found["then"].strip(), found["first"].strip()


def _says_again(claim: Claim, other: Claim) -> bool:
    same = claim.party == other.party and (claim.of == other.of or "" in (claim.of, other.of))
    return same and claim.holds.is_same(other.holds) and claim.until.is_same(other.until)


def _both(first: Claim, second: Claim) -> Claim:
    entries = tuple(dict.fromkeys((*first.entries, *second.entries)))
    return Claim(first.party, first.holds, first.until, first.of or second.of, f"{first.known_as} {second.known_as}", entries)
