"""What words are about: one of the table's subjects, or else the words themselves.

``subjects.csv`` lists the subjects that talks round a closed street turn on, the first that fits a text first, and the words
that ask for each or for its contrary. A word with a star stands for every word that begins so. What the table does not know is
compared by its own words.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from clearway.picture.spelling import words_alike, words_of

_ALIKE = 2 / 3
"""From which share of the shorter one's words two texts are about the same thing."""
_LEAST_STEM = 3
"""Fewer letters are no stem: the "s" of "bus" is no ending."""
_DENIED = re.compile(r"\b(?:no|not|never|none|nobody|without)\b|n't\b", re.IGNORECASE)
_NOTHING = re.compile(r"(?!)")
_ENDINGS = ("ing", "ed", "es", "s")
_GONE = frozenset(["gon", "leav", "left", "away", "remov", "clear", "mov", "withdraw", "withdrawn"])
"""Stems of words for what is gone: "the horses leave" and "the horses are removed" are about the horses."""
_DENIALS = frozenset(["no", "not", "without"])
_PLAIN = frozenset({
    "a", "all", "an", "and", "any", "are", "as", "at", "be", "been", "before", "by", "come", "comes", "do", "does", "for",
    "from", "go", "goes", "has", "have", "in", "into", "is", "it", "its", "let", "no", "not", "of", "on", "or", "our", "out",
    "over", "so", "that", "the", "their", "them", "then", "they", "this", "to", "up", "was", "we", "were", "when", "which",
    "will", "with", "would", "you", "your",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Act:
    """Something to be done, as far as two sets of words can be held against each other.

    Attributes:
        text: The words.
        subject: Of the table; empty where it knows none.
        stems: Its own words without their endings.
    """

    text: str
    subject: str
    stems: frozenset[str]

    def is_same(self, other: Act) -> bool:
        """Whether both are about the same thing: by the table where it knows both, else by their words."""
        if self.subject and other.subject:
            return self.subject == other.subject
        mine, theirs = self.stems - _GONE or self.stems, other.stems - _GONE or other.stems
        shorter = min(len(mine), len(theirs))
        return bool(shorter) and len(mine & theirs) >= _ALIKE * shorter


def act_of(text: str, topic: str | None = None) -> Act:
    """What a text is about.

    Args:
        text: A clause.
        topic: What somebody said that it is about; it goes before what the words say.

    >>> act_of("All illegally parked vehicles are cleared").subject, act_of("Come out and address the people").subject
    ('vehicles', 'talks')
    >>> act_of("the port reopens its gate").is_same(act_of("The gate of the port is reopened"))
    True
    >>> act_of("Horses are gone").is_same(act_of("the horses leave")), act_of("Horses are gone").is_same(act_of("No goats"))
    (True, False)
    """
    return Act(text, topic or subject_of(text), stems_of(text))


def subject_of(text: str) -> str:
    """The subject of the table that a text is about: the first that it names; empty where it names none.

    >>> subject_of("Nobody moves until the cars go"), subject_of("A kind word")
    ('vehicles', '')
    """
    return next((subject for subject, pattern in _patterns().items() if pattern.search(text)), "")


def asks_for(text: str, subject: str) -> Literal["wants", "refuses", "unclear"]:
    """Whether words ask for what their subject stands for, or for its contrary; unclear where they say both or neither.

    >>> asks_for("All parked cars are cleared", "vehicles"), asks_for("No car stays on the road", "vehicles")
    ('wants', 'wants')
    >>> asks_for("End the mandates", "mandates"), asks_for("No talks until Monday", "talks"), asks_for("A song", "talks")
    ('wants', 'refuses', 'unclear')
    """
    towards, contrary = _leanings().get(subject, (_NOTHING, _NOTHING))
    says = bool(towards.search(text)), bool(contrary.search(text))
    if says[0] == says[1]:
        return "unclear"
    return "wants" if says[0] is not bool(_DENIED.search(text)) else "refuses"


def subjects() -> dict[str, str]:
    """The title of every subject, in the order of the table."""
    return {row["subject"]: row["title"] for row in _rows()}


def stems_of(text: str) -> frozenset[str]:
    """The words of a text that say something, without their endings."""
    return frozenset(map(_stem, frozenset(words_of(text)) - _PLAIN))


def is_same_name(name: str, other: str) -> bool:
    """Whether two names of a thing are one: word for word, whatever the endings and the small words; one may be misspelt.

    >>> is_same_name("Fire in the camp", "fire in camps"), is_same_name("Fire in the camp", "Flood in the camp")
    (True, False)
    >>> is_same_name("Counter-protest", "Counterprotest"), is_same_name("No water in the camp", "Water in the camp")
    (True, False)
    """
    words, others = _name_words(name), _name_words(other)
    return words_alike(words, others) or "".join(words) == "".join(others)


def _name_words(name: str) -> list[str]:
    found = [stem for word in words_of(name) for stem in ([word] if word in _DENIALS else stems_of(word))]
    return found or words_of(name)


def _stem(word: str) -> str:
    ending = next((end for end in _ENDINGS if word.endswith(end) and len(word) - len(end) >= _LEAST_STEM), "")
    stem = word.removesuffix(ending) if ending else word
    return stem.removesuffix("e") if len(stem) > _LEAST_STEM else stem


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {row["subject"]: _any_of(row["words"]) for row in _rows()}


@cache
def _leanings() -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    return {row["subject"]: (_any_of(row["towards"]), _any_of(row["contrary"])) for row in _rows()}


def _any_of(words: str) -> re.Pattern[str]:
    found = (quoted or plain for quoted, plain in re.findall(r'"([^"]+)"|(\S+)', words))
    either = "|".join(re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "") for word in found)
    return re.compile(rf"\b(?:{either})\b", re.IGNORECASE)


@cache
def _rows() -> tuple[dict[str, str], ...]:
    text = (files(__package__) / "subjects.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))
