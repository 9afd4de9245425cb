"""Ranges held against bounds: met only if all of the range meets it, failed only if none does; else nobody can say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from clearway.record.kinds.figures import Count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.record.entry import Entry
    from clearway.record.parts import Amount

Verdict = Literal["met", "failed", "contested", "cannot_say"]


class Bounds(NamedTuple):
    """What a figure is held to; None where there is no bound on that side."""

    at_most: float | None = None
    at_least: float | None = None

    def verdict(self, amount: Amount) -> Verdict:
        """Whether one range lies within, outside, or on both sides.

        >>> from clearway.record.parts import Amount
        >>> [Bounds(at_most=20).verdict(Amount(low=low, high=high)) for low, high in ((5, 20), (15, 25), (21, 30))]
        ['met', 'cannot_say', 'failed']
        """
        low = 0.0 if amount.low is None else amount.low
        high = float("inf") if amount.high is None else amount.high
        most = float("inf") if self.at_most is None else self.at_most
        least = 0.0 if self.at_least is None else self.at_least
        if least <= low and high <= most:
            return "met"
        return "failed" if low > most or high < least else "cannot_say"

    def of_all(self, entries: Sequence[Entry]) -> Verdict:
        """What several speakers' figures come to: what all say, or that they differ."""
        verdicts = {self.verdict(entry.draft.body.amount) for entry in entries if isinstance(entry.draft.body, Count)}
        if {"met", "failed"} <= verdicts:
            return "contested"
        return verdicts.pop() if len(verdicts) == 1 else "cannot_say"

    def __str__(self) -> str:
        """In words: at most 20."""
        words = [f"at most {self.at_most:,g}"] if self.at_most is not None else []
        return " and ".join([*words, *([f"at least {self.at_least:,g}"] if self.at_least is not None else [])])
