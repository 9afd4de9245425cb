"""Decisions in force that exclude each other: one does what the other rejected, what it says is not done, or undoes it."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from clearway.picture.spelling import words_of
from clearway.planning.decide.contract import Contradiction
from clearway.planning.decide.versions import versions_of
from clearway.planning.talks.subjects import stems_of
from clearway.record.kinds.decisions import Decision

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from clearway.planning.talks.lines import Lines
    from clearway.record.entry import Entry

_ALIKE = 2 / 3
"""From which share of the shorter one's words two steps are one."""
_DENIED = re.compile(r"\b(?:no|not|never|stop|don't)\b", re.IGNORECASE)
_NEGATIONS = frozenset(["no", "not", "never", "stop", "don", "t"])
_LET = frozenset(["let"])
_CONTRARY = (
    ("open reopen unblock", "shut close block seal"),
    ("start begin", "end"),
    ("allow permit let", "forbid ban prohibit"),
    ("put build install", "remove withdraw lift"),
)
"""What undoes what, whichever comes first."""


def is_decided(body: object) -> bool:
    """Whether it is a decision that holds: not only proposed, and not superseded."""
    return isinstance(body, Decision) and body.standing in (None, "decided")


def contradictions(entries: Iterable[Entry], lines: Lines, known: Mapping[str, Entry]) -> list[Contradiction]:
    """Pairs of decisions, the earlier first, that exclude each other; none where one says that it takes the other's place.

    Args:
        entries: Decisions in force, the first first.
        lines: To cite them.
        known: Entries by id: the other's place may be taken by the id of any of its versions.
    """
    decided = [(entry, body) for entry in entries if isinstance(body := entry.draft.body, Decision) and is_decided(body)]
    found = []
    for (first, one), (second, other) in combinations(decided, 2):
        if {*versions_of(first, known)} & {*other.supersedes} or {*versions_of(second, known)} & {*one.supersedes}:
            continue
        why = _does_rejected(second, other, first, one) or _does_rejected(first, one, second, other)
        why = why or _opposite(one, other) or _undone(one, other)
        if why:
            found.append(Contradiction(first=lines.of(first), second=lines.of(second), why=why))
    return found


def _does_rejected(doing: Entry, done: Decision, refusing: Entry, refused: Decision) -> str:
    for option in refused.rejected:
        if any(not denied and _alike(words, _words(option)) for words, denied in _steps(done.what)):
            return f"{doing.id} does what {refusing.id} rejected: {option}"
    return ""


def _opposite(one: Decision, other: Decision) -> str:
    for words, denied in _steps(one.what):
        for others, is_other_denied in _steps(other.what):
            if denied is not is_other_denied and _alike(words, others):
                return f"one does what the other says is not done: {one.what} / {other.what}"
    return ""


def _undone(one: Decision, other: Decision) -> str:
    """Whether one opens what the other shuts, or the like: steps about the same thing, neither of them denied."""
    for words, denied in _steps(one.what):
        for others, is_other_denied in _steps(other.what):
            rests = words - _VERBS, others - _VERBS
            if not (denied or is_other_denied) and _alike(*rests) and {*_sides(words)} & {-side for side in _sides(others)}:
                return f"one undoes what the other does: {one.what} / {other.what}"
    return ""


def _sides(words: frozenset[str]) -> set[int]:
    """On which side of which pair of contraries some words stand: the pair's number, below zero for its second side.

    Words of both sides say neither.
    """
    found = {
        side * (at + 1) for at, pair in enumerate(_PAIRS) for side, verbs in zip((1, -1), pair, strict=True) if verbs & words
    }
    return {side for side in found if -side not in found}


def _steps(what: str) -> Sequence[tuple[frozenset[str], bool]]:
    """The steps of a decision, each with its words and whether it is something not to be done."""
    return [(_words(step), bool(_DENIED.search(step))) for step in re.split(r"[;.,]\s*|\s+(?:but|and)\s+", what) if step]


def _words(text: str) -> frozenset[str]:
    """The words that say something; "let" is one here, though it says nothing of what others talk about."""
    return (stems_of(text) | (_LET & frozenset(words_of(text)))) - _NEGATIONS


def _alike(words: frozenset[str], others: frozenset[str]) -> bool:
    shorter = min(len(words), len(others))
    return bool(shorter) and len(words & others) >= _ALIKE * shorter


_PAIRS = tuple((_words(first), _words(second)) for first, second in _CONTRARY)
_VERBS = frozenset().union(*(verbs for pair in _PAIRS for verbs in pair), stems_of("keep"))
