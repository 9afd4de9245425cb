"""What the ladder reads of a picture: facts by kind, what speaks of towing, and how old the record's last word is."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from clearway.planning.vehicles.ladder.limits import ABOUT
from clearway.record.parts import Amount
from clearway.words import age_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.picture.contract import Fact, PictureAnswer

PEOPLE = frozenset({"people", "protesters", "supporters"})
HOUR_S = 3600.0
"""Seconds in an hour."""

_TOW = re.compile(r"\btow(?:s|ed|ing)?\b", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:no|not|never|without|instead of|rather than|stop\w*|end\w*|reject\w*|against)\b[^.;,]*\btow(?:s|ed|ing)?\b"
    r"|\btow(?:s|ed|ing)?\b[^.;,]*\b(?:not|never|stop\w*|called off|off the table|suspended|postponed|ruled out)\b",
    re.IGNORECASE,
)


class Seen:
    """A picture, as the ladder reads it.

    Args:
        picture: Without bands over time.
    """

    def __init__(self, picture: PictureAnswer) -> None:
        self.picture = picture
        self.at = picture.at
        self.zone = ZoneInfo(picture.zone)
        self._used: dict[str, Fact] = {}

    def of(self, *kinds: str) -> list[Fact]:
        """The facts of some kinds in force, the newest first, as the picture has them."""
        return [fact for fact in self._all() if fact.kind in kinds]

    def said(self) -> list[Fact]:
        """All that happened or was said, the newest first; figures are apart."""
        return self.picture.events

    def rests_on(self, *facts: Fact) -> tuple[str, ...]:
        """The ids of facts that something rests on; they are kept, so that the answer can show them."""
        self._used |= {fact.id: fact for fact in facts}
        return tuple(dict.fromkeys(fact.id for fact in facts))

    def facts_used(self) -> list[Fact]:
        """The facts that anything rests on, by id."""
        return [self._used[one] for one in sorted(self._used)]

    def silent_s(self) -> float | None:
        """For how many seconds the record has had no word of the operation; None where it has none at all."""
        ages = [(self.at - fact.known).total_seconds() for fact in self._all()]
        return max(min(ages), 0.0) if ages else None

    def told(self, fact: Fact) -> str:
        """A fact in words: what it says, where, whose word it is, how old."""
        where = f", {fact.where}" if fact.where else ""
        return f"{fact.says}{where} ({fact.source.speaker}, {age_words(fact.age_s)} ago)"

    def _all(self) -> Iterator[Fact]:
        picture = self.picture
        counted = (fact for count in picture.counts for fact in count.latest)
        pending = (*picture.promises, *picture.intents, *picture.requests, *picture.conditions)
        return chain(counted, picture.states, picture.flows, picture.events, pending)


def speaks_of_towing(text: str) -> bool:
    """Whether words say that vehicles are to be towed, or may be.

    >>> [speaks_of_towing(text) for text in ("Towing starts", "Do not tow; make a plan", "Tow trucks come", "The town hall")]
    [True, False, True, False]
    """
    return bool(_TOW.search(text)) and not _DENIED.search(text)


def speaks_against_towing(text: str) -> bool:
    """Whether words say that vehicles are not to be towed.

    >>> [speaks_against_towing(text) for text in ("Do not tow; make a plan", "Towing is called off", "Towing starts")]
    [True, True, False]
    """
    return bool(_DENIED.search(text))


def names_towing(text: str) -> bool:
    """Whether words name towing at all."""
    return bool(_TOW.search(text))


def least(amount: Amount) -> float | None:
    """The fewest that an amount can mean; None where no lower bound was said."""
    return None if amount.low is None else amount.low * (1 - ABOUT if amount.about else 1)


def most(amount: Amount) -> float | None:
    """The most that an amount can mean; None where no upper bound was said."""
    return None if amount.high is None else amount.high * (1 + ABOUT if amount.about else 1)


def amount_in(fact: Fact) -> Amount | None:
    """The amount of a fact; None where none was said."""
    return Amount.model_validate(fact.body["amount"]) if "amount" in fact.body else None
