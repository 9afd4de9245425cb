"""How tests wait: for what happens, never for a time. The ceiling only ends a test whose event never comes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

LAST_RESORT_S = 120  # many times what a slow machine needs, and few enough that a run with failures still ends
LAST_RESORT_MS = 1000 * LAST_RESORT_S
_LOOK_AGAIN_S = 0.02


def until(happened: Callable[[], T]) -> T:
    """What ``happened`` returns as soon as that is true."""
    end = time.monotonic() + LAST_RESORT_S
    while not (answer := happened()):
        if time.monotonic() > end:
            pytest.fail(f"It did not happen within {LAST_RESORT_S} seconds.")
        time.sleep(_LOOK_AGAIN_S)
    return answer
