"""A schedule of tow trucks in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.planning.vehicles.towing.words import hours_words
from clearway.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.planning.vehicles.towing.contract import Towed, WhatIf


def towed_lines(answer: Towed) -> list[str]:
    """What came out, what other means would change, what is lacking, what is assumed."""
    return list(_lines(answer))


def _lines(answer: Towed) -> Iterator[str]:
    yield from answer.summary
    if answer.what_if:
        yield ""
        yield from (f"What if {one.label}: {_case(one)}" for one in answer.what_if)
    if answer.order:
        read = "" if answer.order.is_read else "; the text of the law was not read: have it checked"
        yield ""
        yield f"Ordered by: {answer.order.by}, {answer.order.instrument}{read}."
    if answer.lacking:
        yield ""
        yield from (f"Lacking: {one}" for one in answer.lacking)
    yield ""
    yield from (f"Assumed: {one}" for one in answer.assumed)
    yield from (f"Note: {one}" for one in answer.notes)


def _case(one: WhatIf) -> str:
    steps = [
        f"step {number} {'not met' if done is None else f'after {hours_words(done)} (no schedule before {hours_words(least)})'}"
        for number, (done, least) in enumerate(zip(one.done_s, one.at_least_s, strict=True), start=1)
    ]
    left = f"; {counted(one.left, 'vehicle')} nobody tows" if one.left else ""
    return f"{counted(one.trucks, 'truck')}, {', '.join(steps)}{left}."
