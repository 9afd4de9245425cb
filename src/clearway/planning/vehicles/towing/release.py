"""A schedule of tow trucks as it may go out: no operator is named in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clearway.planning.vehicles.towing.contract import Towed


def for_all(answer: Towed) -> Towed:
    """A schedule as it may go out: without the operators, their conditions and what they answered."""
    names = answer.operators
    return answer.model_copy(
        update={
            "operators": (),
            "trucks": tuple(one.model_copy(update={"operator": None}) for one in answer.trucks),
            "assumed": tuple(_unnamed(answer.assumed, names)),
            "notes": tuple(_unnamed(answer.notes, names)),
            "lacking": (),
            "what_if": (),
        }
    )


def _unnamed(sentences: Sequence[str], names: Sequence[str]) -> Iterator[str]:
    """The sentences that name no operator."""
    yield from (one for one in sentences if not any(name in one for name in names))
