"""How often the random tests are made: a few times in CI, at length by hand.

CLEARWAY_SEED=7 CLEARWAY_ROUNDS=20 pytest -m slow tests/planning     # other towns, and twenty times as many
"""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hypothesis.strategies import SearchStrategy

_TIMES = float(os.environ.get("CLEARWAY_ROUNDS", "1"))


def examples(count: int) -> int:
    """As many random examples in each run; a run by hand may ask for more."""
    return round(count * _TIMES)


def wanted_seed() -> int:
    """The seed that is asked for."""
    return int(os.environ.get("CLEARWAY_SEED", "0"))


def round_of(number: int) -> random.Random:
    """A source of chance: of the seed that is asked for, the same each time."""
    return random.Random(f"{wanted_seed()} {number}")  # noqa: S311


def rounds(count: int) -> Iterator[random.Random]:
    """As many sources of chance, each its own; the first ``count`` of the seed that is asked for."""
    return map(round_of, range(examples(count)))


def first_few(test: Callable[..., None], *strategies: SearchStrategy[Any], count: int = 6, **fixtures: object) -> None:
    """Run a test of drawn data on a handful of examples, the same each time for a seed: for whoever leaves out the slow ones.

    Args:
        test: Made by ``given``.
        strategies: What it draws from; ``data`` by default.
        count: How many examples.
        fixtures: What else it asks for.
    """
    few = settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    drawn = given(*strategies) if strategies else given(data=st.data())
    few(seed(wanted_seed())(drawn(test.hypothesis.inner_test)))(**fixtures)  # type: ignore[attr-defined] # of what is given
