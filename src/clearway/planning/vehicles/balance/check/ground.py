"""What statements demand, in the checker's own arithmetic: of a history, and as bounds that a proof adds up."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from clearway.planning.vehicles.balance.check.claim import Claim, HistoryClaim, ProofClaim, StatementClaim

    Column = tuple[str, int, str | None]

_STOCK: Column = ("stock", 0, None)
_TWO = 2
"""Cases of a branch."""


class Ground:
    """The moments of a claim and what may move between them.

    Args:
        claim: The answer.
    """

    def __init__(self, claim: Claim) -> None:
        self.statements = claim.statements
        self.times = sorted({claim.start, claim.end, *(at for one in claim.statements for at in (one.start, one.end))})
        self._told: set[Column] = set()
        for one in claim.statements:
            first, last = self.span(one)
            if one.role in ("came", "change"):
                self._told |= {("came", part, one.group) for part in range(first, last)}
            if one.role in ("left", "change"):
                self._told |= {("left", part, one.group) for part in range(first, last)}
            if one.role == "parked":
                self._told |= {("left", part, f"parked {one.group}") for part in range(last)}
        parts = range(len(self.times) - 1)
        self._unsaid: set[Column] = {(way, part, None) for way in ("came", "left") for part in parts}

    def span(self, one: StatementClaim) -> tuple[int, int]:
        """The numbers of the moments at which a statement begins and ends."""
        return self.times.index(one.start), self.times.index(one.end)

    def levels(self, history: HistoryClaim) -> list[int]:
        """How many vehicles there are at each moment of a history."""
        change = Counter[int]()
        for move in history.moves:
            change[move.part] += move.came - move.left
        levels = [history.start]
        for part in range(len(self.times) - 1):
            levels.append(levels[-1] + change[part])
        return levels

    def wrong_with(self, history: HistoryClaim) -> str | None:
        """Why a history cannot have been; None where it can."""
        for move in history.moves:
            for way, number in (("came", move.came), ("left", move.left)):
                if number and (way, move.part, move.group) not in self._told | self._unsaid:
                    return f"a history lets vehicles move of which nobody spoke, after moment {move.part}"
        levels = self.levels(history)
        if min(levels) < 0:
            return f"a history has fewer than 0 vehicles at moment {levels.index(min(levels))}"
        for one in self.statements:
            if one.entry not in history.without and not self._holds(one, history, levels):
                return f"a history is said to fulfil {one.entry} and does not"
        return None

    def _holds(self, one: StatementClaim, history: HistoryClaim, levels: list[int]) -> bool:
        first, last = self.span(one)
        if one.role == "stand" and first == last:
            return _within(levels[last], one)
        if one.role == "stand":
            came, left = Counter[int](), Counter[int]()
            for move in history.moves:
                came[move.part] += move.came
                left[move.part] += move.left
            return any(
                (one.low is None or levels[part] + came[part] >= one.low)
                and (one.high is None or levels[part] - left[part] <= one.high)
                for part in range(first, last)
            )
        if one.role == "change":
            return _within(levels[last] - levels[first], one)
        if one.role == "parked":
            before = [move for move in history.moves if move.part < last]
            own = sum(move.left for move in before if move.group == f"parked {one.group}")
            all_left = sum(move.left for move in before)
            return (one.low is None or all_left >= one.low) and (one.high is None or own <= one.high)
        moved = [move for move in history.moves if first <= move.part < last and move.group == one.group]
        return _within(sum(move.came if one.role == "came" else move.left for move in moved), one)

    def proves(
        self,
        proof: ProofClaim | None,
        allowed: Collection[str],
        denied: Mapping[Column, int] | None,
        least: int,
        *,
        unsaid: bool,
    ) -> bool:
        """Whether a proof shows that statements cannot all hold while a sum, the opposite of what is claimed, is ``least``.

        Args:
            proof: The proof.
            allowed: Entries that it may rest on.
            denied: The sum, by what is added; None: nothing is denied.
            least: What the sum is then, at least.
            unsaid: Whether vehicles may move of which nobody spoke.
        """
        columns = self._told | self._unsaid if unsaid else self._told
        return proof is not None and self._closed(proof, allowed, {}, columns, (denied, least), ())

    def stock(self, number: int, sign: int = 1, *, unsaid: bool = False) -> dict[Column, int]:
        """The vehicles at a moment as a sum: those at the first, and who came and left before it."""
        columns = self._told | self._unsaid if unsaid else self._told
        return _stock(columns, number, sign)

    def fewer_unsaid(self) -> dict[Column, int]:
        """All of whom nobody spoke, taken off."""
        return dict.fromkeys(self._unsaid, -1)

    def _closed(
        self, proof: ProofClaim, allowed: Collection[str], chosen: Mapping[int, int], columns: Collection[Column],
        denied: tuple[Mapping[Column, int] | None, int], taken: tuple[tuple[dict[Column, int], int], ...],
    ) -> bool:  # fmt: skip
        if proof.branch is not None:
            return proof.split is None and self._branched(proof, allowed, chosen, columns, denied, taken)
        if proof.split is not None:
            if proof.split >= len(self.statements) or proof.split in chosen:
                return False
            one = self.statements[proof.split]
            first, last = self.span(one)
            return (
                one.role == "stand" and one.entry in allowed and first < last and len(proof.parts) == last - first
                and all(
                    self._closed(part, allowed, {**chosen, proof.split: first + number}, columns, denied, taken)
                    for number, part in enumerate(proof.parts)
                )
            )  # fmt: skip
        total: Counter[Column] = Counter()
        worth = 0
        for bound, number, times in proof.terms:
            row = self._row(bound, number, allowed, chosen, columns, denied, taken)
            if row is None:
                return False
            for column, weight in row[0].items():
                total[column] += times * weight
            worth += times * row[1]
        return worth > 0 and all(weight <= 0 for weight in total.values())

    def _branched(
        self, proof: ProofClaim, allowed: Collection[str], chosen: Mapping[int, int], columns: Collection[Column],
        denied: tuple[Mapping[Column, int] | None, int], taken: tuple[tuple[dict[Column, int], int], ...],
    ) -> bool:  # fmt: skip
        """Whether both cases are closed: a number of vehicles is at most so many, or one more at least; there is no third."""
        assert proof.branch is not None  # noqa: S101 - only such are asked
        way, part, group, at = proof.branch
        column = (way, part, group)
        if len(proof.parts) != _TWO or not (column == _STOCK or column in columns):
            return False
        cases = (({column: -1}, -at), ({column: 1}, at + 1))
        return all(
            self._closed(one, allowed, chosen, columns, denied, (*taken, case))
            for one, case in zip(proof.parts, cases, strict=True)
        )

    def _row(
        self, bound: str, number: int, allowed: Collection[str], chosen: Mapping[int, int], columns: Collection[Column],
        denied: tuple[Mapping[Column, int] | None, int], taken: tuple[tuple[dict[Column, int], int], ...],
    ) -> tuple[Mapping[Column, int], int] | None:  # fmt: skip
        """A sum of numbers of vehicles and what it is at least; None where nobody says so."""
        if bound == "branch":
            return taken[number] if number < len(taken) else None
        if bound in ("denied", "stock"):
            return self._given(bound, number, columns, denied)
        if number >= len(self.statements) or self.statements[number].entry not in allowed:
            return None
        one = self.statements[number]
        limit = one.low if bound == "least" else one.high
        if limit is None:
            return None
        terms = self._sum(one, bound, chosen.get(number), columns)
        if terms is None:
            return None
        return (terms, limit) if bound == "least" else ({column: -weight for column, weight in terms.items()}, -limit)

    def _given(
        self, bound: str, number: int, columns: Collection[Column], denied: tuple[Mapping[Column, int] | None, int]
    ) -> tuple[Mapping[Column, int], int] | None:
        """What holds whatever is said: no fewer than 0 vehicles at a moment; or what is denied."""
        if bound == "stock":
            return (_stock(columns, number, 1), 0) if number < len(self.times) else None
        return None if denied[0] is None else (denied[0], denied[1])

    def _sum(self, one: StatementClaim, bound: str, part: int | None, columns: Collection[Column]) -> dict[Column, int] | None:
        """What a statement bounds; None for a figure of a span of which no part is chosen."""
        first, last = self.span(one)
        if one.role == "stand" and first == last:
            return _stock(columns, last, 1)
        if one.role == "stand":
            if part is None:
                return None
            way, weight = ("came", 1) if bound == "least" else ("left", -1)
            return _stock(columns, part, 1) | {own: weight for own in columns if own[0] == way and own[1] == part}
        if one.role == "change":
            return {own: 1 if own[0] == "came" else -1 for own in columns if first <= own[1] < last}
        if one.role == "parked":
            group = f"parked {one.group}"
            left = [own for own in columns if own[0] == "left" and own[1] < last]
            return {own: 1 for own in left if bound == "least" or own[2] == group}
        return {own: 1 for own in columns if own[0] == one.role and first <= own[1] < last and own[2] == one.group}


def _stock(columns: Collection[Column], number: int, sign: int) -> dict[Column, int]:
    moved = {own: sign if own[0] == "came" else -sign for own in columns if own[1] < number}
    return {_STOCK: sign} | moved


def _within(number: int, one: StatementClaim) -> bool:
    return (one.low is None or number >= one.low) and (one.high is None or number <= one.high)


def least_covers(sets: Collection[frozenset[str]]) -> Iterator[frozenset[str]]:
    """Every smallest choice of entries that has one of each set."""
    covers = {frozenset[str]()}
    for one in sets:
        covers = {cover if cover & one else cover | {entry} for cover in covers for entry in (one if not cover & one else [""])}
        covers = {cover for cover in covers if not any(other < cover for other in covers)}
    yield from covers
