"""Later entries that may show a promise done. They are proposed with the promise and set nothing: somebody has to look.

No proposal is better than a wrong one. An entry is proposed only where it says how things are, after the promise was made;
where it is the word of the body that promised, or names it; where it stands at the promise's place; and where it holds every
word that the promise is made of, none that denies it, and none that takes it back.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clearway.picture.subjects import where_key
from clearway.record.kinds.pending import Promise
from clearway.record.place_words import place_words
from clearway.record.source import speaker

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from clearway.record.entry import Entry

_LEAST_WORDS = 2
_PLAIN = frozenset({
    "a", "an", "and", "are", "as", "at", "be", "been", "by", "for", "from", "has", "have", "in", "into", "is", "it",
    "its", "of", "on", "or", "our", "so", "that", "the", "their", "them", "they", "this", "to", "was", "we", "were",
    "which", "who", "will", "with", "would",
})  # fmt: skip
_DENIED = frozenset({
    "no", "not", "never", "none", "nobody", "without", "cannot", "unless", "if", "may", "might", "could", "would",
    "will", "should", "planned", "plan", "plans", "intended", "expected", "asked", "until", "hope", "hopes", "hoped",
    "delayed", "postponed", "cancelled", "refused", "stopped", "failed", "unknown",
})  # fmt: skip
_TAKEN_BACK = frozenset(["shut", "closed", "blocked", "removed", "breached", "full", "ended"])
_ENDINGS = ("ing", "ed", "es", "s")
_LEAST_STEM = 3


def proposed(promise: Entry, others: Iterable[Entry], zone: ZoneInfo) -> list[str]:
    """Ids of the entries that may show a promise done, in their order.

    Args:
        promise: Its latest entry.
        others: In force.
        zone: The operation's.
    """
    body = promise.draft.body
    assert isinstance(body, Promise)  # noqa: S101 - only promises are asked
    wanted, by = _told(body.what), _stems(body.by)
    if body.outcome != "open" or len(wanted) < _LEAST_WORDS:
        return []
    return [
        one.id for one in others if _is_later(one, promise) and _shows(one, body.what, by, zone) and _is_there(one, promise)
    ]


def _is_later(entry: Entry, promise: Entry) -> bool:
    return entry.draft.body.about.is_belief and entry.draft.happened.start > promise.draft.happened.end


def _shows(entry: Entry, what: str, by: frozenset[str], zone: ZoneInfo) -> bool:
    says = entry.draft.body.says(zone)
    told = f"{says} {place_words(entry.draft.places)}"
    words, promised = _words(told), _words(what)
    if words & _DENIED or (words - promised) & _TAKEN_BACK or "n't" in told:
        return False
    return _told(what) <= _stems(told) and by <= _stems(f"{says} {speaker(entry.draft.source)}")


def _is_there(entry: Entry, promise: Entry) -> bool:
    """Whether it stands at a place of the promise's, where the promise has one."""
    named = set(where_key(promise.draft))
    return not named or bool(named & set(where_key(entry.draft)))


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", text.casefold()))


def _told(text: str) -> frozenset[str]:
    return frozenset(map(_stem, _words(text) - _PLAIN))


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(_stem, _words(text)))


def _stem(word: str) -> str:
    """A word without its ending, so that "opens" and "opened" are one.

    >>> _stem("opened"), _stem("towing"), _stem("bus")
    ('open', 'tow', 'bus')
    """
    ending = next((end for end in _ENDINGS if word.endswith(end) and len(word) - len(end) >= _LEAST_STEM), "")
    return word.removesuffix(ending) if ending else word
