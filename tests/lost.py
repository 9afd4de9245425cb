"""What a program of before answered and this one does not: additions are allowed, nothing else is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator


def lost(then: object, now: object, path: str = "", *, values: bool = True) -> Iterator[str]:
    """What was answered then and is not now: names, or values that are others."""
    if isinstance(then, dict) and isinstance(now, dict):
        for name, value in then.items():
            yield from lost(value, now[name], f"{path}.{name}", values=values) if name in now else [f"{path}.{name} is gone"]
    elif isinstance(then, list) and isinstance(now, list) and (not values or len(then) == len(now)):
        for number, (one, other) in enumerate(zip(then, now, strict=values)):
            yield from lost(one, other, f"{path}[{number}]", values=values)
    elif values:
        same = now == pytest.approx(then, rel=1e-9) if isinstance(then, float) else now == then
        yield from [] if same else [f"{path} was {then}, is {now}"]
    elif not {type(then), type(now)} <= {float, int, type(None)} and type(then) is not type(now):
        yield f"{path} was a {type(then)}, is a {type(now)}"
