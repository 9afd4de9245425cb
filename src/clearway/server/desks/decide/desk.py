"""What the server answers about the decisions of one operation."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from clearway.cache import Cache
from clearway.planning.decide.basis import basis_of
from clearway.planning.decide.following import followed
from clearway.planning.decide.levels import levels_of
from clearway.planning.decide.log import log_of
from clearway.planning.decide.opened import opened
from clearway.planning.decide.review import review_of
from clearway.planning.decide.risks import register_of
from clearway.planning.decide.signing import Room, check, complete, sign
from clearway.planning.decide.triggers import fired
from clearway.planning.reading import Reading
from clearway.record.entry import now

if TYPE_CHECKING:
    from collections.abc import Callable

    from clearway.picture.view import Moments
    from clearway.planning.decide.contract import (
        Basis,
        DecisionLog,
        Fired,
        Followed,
        Opened,
        Review,
        SignCheck,
        Signed,
    )
    from clearway.planning.decide.draft import Completion, DecisionDraft
    from clearway.planning.decide.level_contract import Levels
    from clearway.planning.decide.risk_contract import RiskRegister
    from clearway.planning.talks.figures import Bounds
    from clearway.server.operations import ServedOperation

T = TypeVar("T")

_CACHED_ANSWERS = 16


class DecideDesk:
    """The decisions of one operation, as the people who are answered may see them. Safe for several threads.

    Args:
        operation: The operation.
    """

    def __init__(self, operation: ServedOperation) -> None:
        self._operation = operation
        self._logs: Cache[DecisionLog] = Cache(_CACHED_ANSWERS)
        self._reviews: Cache[Review] = Cache(_CACHED_ANSWERS)
        self._bases: Cache[Basis] = Cache(_CACHED_ANSWERS)
        self._registers: Cache[RiskRegister] = Cache(_CACHED_ANSWERS)
        self._levels: Cache[Levels] = Cache(_CACHED_ANSWERS)

    def log(self, when: Moments) -> DecisionLog:
        """Every decision; raises as ``log_of`` does."""
        return self._of(self._logs, when, (), log_of)

    def review(self, when: Moments) -> Review:
        """What was expected, against what came; raises as ``review_of`` does."""
        return self._of(self._reviews, when, (), review_of)

    def basis(self, decision: str, when: Moments) -> Basis:
        """What a decision rests on; raises as ``basis_of`` does."""
        return self._of(self._bases, when, (decision,), lambda reading: basis_of(reading, decision))

    def risks(self, when: Moments) -> RiskRegister:
        """The risk register, and comparable events; raises as ``register_of`` does."""
        return self._of(self._registers, when, (), register_of)

    def levels(self, when: Moments, place: str | None) -> Levels:
        """Levels of restrictions; raises as ``levels_of`` does."""
        return self._of(self._levels, when, (place or "",), lambda reading: levels_of(reading, place))

    def trigger(self, when: Moments, figure: str, bounds: Bounds, place: str | None) -> Fired:
        """When a threshold was first known to be crossed; raises as ``fired`` does."""
        return self.read(when, lambda reading: fired(reading, figure, bounds, place))

    def follow(self, when: Moments) -> Followed:
        """What follows from decisions; raises as ``followed`` does."""
        return self.read(when, followed)

    def opened(self, decision: str, when: Moments) -> Opened:
        """The picture that a decision was signed on; raises as ``opened`` does."""
        return self.read(when, lambda reading: opened(reading, decision))

    def check(self, draft: DecisionDraft) -> SignCheck:
        """What has to be seen before anybody signs; raises as ``check`` does."""
        return check(self._room(), draft)

    def sign(self, draft: DecisionDraft, *, is_quick: bool) -> Signed:
        """A decision and what it expects, written together; raises as ``sign`` does."""
        return sign(self._room(), draft, is_quick=is_quick)

    def complete(self, decision: str, completion: Completion) -> Signed:
        """What was empty, filled in by a later entry; raises as ``complete`` does."""
        return complete(self._room(), decision, completion)

    def printed(self, when: Moments) -> bytes:
        """The log as PDF; raises as ``decision_log`` does."""
        from clearway.publish.decide.log import decision_log  # noqa: PLC0415 - takes a moment
        from clearway.publish.vehicles.papers import as_pdf  # noqa: PLC0415

        return as_pdf(self.read(when, lambda reading: decision_log(reading, now())))

    def _room(self) -> Room:
        return Room(self._operation.store, self._operation.name, self._operation.calendar(), now())

    def read(self, when: Moments, make: Callable[[Reading], T]) -> T:
        """What is made of the record at a moment."""
        operation = self._operation
        with operation.index() as index:
            return make(Reading(operation.store, operation.name, when, operation.calendar(), index))

    def _of(self, cache: Cache[T], when: Moments, asked: tuple[str, ...], make: Callable[[Reading], T]) -> T:
        operation = self._operation
        with operation.index() as index:
            key = when.at, when.known_at, when.knowledge, index.seq, *asked
            return cache.of(key, lambda: make(Reading(operation.store, operation.name, when, operation.calendar(), index)))
