"""Ranges held against bounds: met only if all of the range meets it, failed only if none does; else nobody can say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from clearway.record.kinds.figures import Count
from clearway.record.parts import Amount, amount_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.record.entry import Entry

Verdict = Literal["met", "failed", "contested", "cannot_say"]


class Bounds(NamedTuple):
    """What a figure is held to; None where there is no bound on that side.

    Attributes:
        at_most: Not above this.
        at_least: Not below this.
        below: Fewer than an earlier figure.
        above: More than an earlier figure.
        not_above: Not more than an earlier figure.
    """

    at_most: float | None = None
    at_least: float | None = None
    below: Amount | None = None
    above: Amount | None = None
    not_above: Amount | None = None

    def verdict(self, amount: Amount) -> Verdict:
        """Whether one range lies within, outside, or on both sides.

        >>> from clearway.record.parts import Amount
        >>> [Bounds(at_most=20).verdict(Amount(low=low, high=high)) for low, high in ((5, 20), (15, 25), (21, 30))]
        ['met', 'cannot_say', 'failed']
        >>> fewer = Bounds(below=Amount(low=40, high=50))
        >>> [fewer.verdict(Amount(low=now, high=now)) for now in (39, 40, 50)], str(fewer)
        (['met', 'cannot_say', 'failed'], 'fewer than 40 to 50')
        """
        if earlier := self.below or self.above or self.not_above:
            return self._moved(amount, earlier)
        low = 0.0 if amount.low is None else amount.low
        high = float("inf") if amount.high is None else amount.high
        most = float("inf") if self.at_most is None else self.at_most
        least = 0.0 if self.at_least is None else self.at_least
        if least <= low and high <= most:
            return "met"
        return "failed" if low > most or high < least else "cannot_say"

    def _moved(self, amount: Amount, earlier: Amount) -> Verdict:
        """Whether one range lies wholly on the side of an earlier one that was expected."""
        low, high = amount.low or 0.0, float("inf") if amount.high is None else amount.high
        least, most = earlier.low or 0.0, float("inf") if earlier.high is None else earlier.high
        if self.above:
            return "met" if low > most else "failed" if high <= least else "cannot_say"
        if self.below:
            return "met" if high < least else "failed" if low >= most else "cannot_say"
        return "met" if high <= least else "failed" if low > most else "cannot_say"

    def of_all(self, entries: Sequence[Entry]) -> Verdict:
        """What several speakers' figures come to: what all say, or that they differ."""
        verdicts = {self.verdict(entry.draft.body.amount) for entry in entries if isinstance(entry.draft.body, Count)}
        if {"met", "failed"} <= verdicts:
            return "contested"
        return verdicts.pop() if len(verdicts) == 1 else "cannot_say"

    def __str__(self) -> str:
        """In words: at most 20."""
        earlier = (("fewer than", self.below), ("more than", self.above), ("not more than", self.not_above))
        words = [f"{word} {amount_words(amount)}" for word, amount in earlier if amount]
        words += [f"at most {self.at_most:,g}"] if self.at_most is not None else []
        return " and ".join([*words, *([f"at least {self.at_least:,g}"] if self.at_least is not None else [])])
