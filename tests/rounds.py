"""How often the random tests are made: a few times in CI, at length by hand.

CLEARWAY_SEED=7 CLEARWAY_ROUNDS=20 pytest -m slow tests/planning     # other towns, and twenty times as many
"""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SEED = int(os.environ.get("CLEARWAY_SEED", "0"))
_TIMES = float(os.environ.get("CLEARWAY_ROUNDS", "1"))


def examples(count: int) -> int:
    """As many random examples in each run; a run by hand may ask for more."""
    return round(count * _TIMES)


def rounds(count: int) -> Iterator[random.Random]:
    """As many sources of chance, each its own; the first ``count`` of the seed that is asked for."""
    for number in range(examples(count)):
        yield random.Random(f"{_SEED} {number}")  # noqa: S311 - the same each time
