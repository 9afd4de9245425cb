"""Forgeries: a true answer in which exactly one thing is spoiled must be refused, and for that reason.

A forgery is a test whose name is the sentence that it protects:

@forgery("A way in is left")
def test_a_plan_without_one_of_its_barriers_is_refused(case, document, chance): ...

It spoils a copy of the document and says whether it found something to spoil. The fixture ``claims`` of its module gives the
true answers and the checker.
"""

from __future__ import annotations

import copy
import random
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clearway.errors import ClearwayError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Document = Any
    Case = Any
    Spoil = Callable[[Case, Document, random.Random], bool]

_ENOUGH = 12
"""Forgeries of one kind: more of them notice nothing new."""


@dataclass(frozen=True)
class Claims:
    """True answers, each with what it answers, and what the checker says against one: sentences, none where it is good."""

    true: Sequence[tuple[Any, Any]]
    problems: Callable[[Any, Any], list[str]]

    def said(self, case: Any, document: Any) -> list[str]:  # noqa: ANN401 - each checker has its own
        """What the checker says against a document; a refusal to read it is one sentence."""
        try:
            return self.problems(case, document)
        except ClearwayError as refusal:
            return [str(refusal)]


def fields_of(document: Any, where: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:  # noqa: ANN401
    """Every field of parsed JSON and its value, by the way to it; of a list only the first item is looked into."""
    inside = list(document.items()) if isinstance(document, dict) else list(enumerate(document))[:1]
    for name, value in inside:
        yield (*where, name), value
        if isinstance(value, dict | list):
            yield from fields_of(value, (*where, name))


def spoiled_at(true: Any, where: tuple[str | int, ...], *wrong: object) -> Any:  # noqa: ANN401 - parsed JSON
    """A copy with another value at a place, or without that place where no other value is given."""
    document = copy.deepcopy(true)
    held = document
    for name in where[:-1]:
        held = held[name]
    if wrong:
        held[where[-1]] = wrong[0]
    else:
        del held[where[-1]]
    return document


def forgery(reason: str, *, least: int = 5, among_others: bool = False) -> Callable[[Spoil], Callable[[Claims], None]]:
    """A test that spoils true answers.

    Args:
        reason: What every sentence of the checker must say, as a regular expression.
        least: How many of the true answers must give something to spoil, so that the test is no empty one.
        among_others: Whether it is enough that one of the sentences says so.
    """

    def made(spoil: Spoil) -> Callable[[Claims], None]:
        def test(claims: Claims) -> None:
            spoiled = 0
            for number, (case, true) in enumerate(claims.true):
                document = copy.deepcopy(true)
                if spoiled == _ENOUGH or not spoil(case, document, random.Random(number)):  # noqa: S311 - the same each time
                    continue
                spoiled += 1
                said = claims.said(case, document)
                fitting = [bool(re.search(reason, sentence)) for sentence in said]
                assert any(fitting) if among_others else fitting and all(fitting), (number, said)
            assert spoiled >= least, f"only {spoiled} of {len(claims.true)} answers gave something to spoil"

        test.__name__, test.__doc__ = spoil.__name__, spoil.__doc__
        return test

    return made
