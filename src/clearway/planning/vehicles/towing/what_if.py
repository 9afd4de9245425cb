"""The same tow with other means: fewer trucks, hours lost, operators that drop out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from clearway.errors import BadInput
from clearway.planning.vehicles.towing.contract import WhatIf
from clearway.planning.vehicles.towing.ground import without_operators
from clearway.planning.vehicles.towing.means import MOST_TRUCKS, Fleet, Operator

if TYPE_CHECKING:
    from clearway.planning.vehicles.towing.contract import Towed
    from clearway.planning.vehicles.towing.ground import TowQuestion

_LOST_AFTER_MINUTES = 60
"""Assumed: an hour after the start, when most trucks are at work."""
_REMEDY = (
    "Write 'trucks=5', 'heavy=2', 'lost=60' (minutes), 'lost=60@120' (from minute 120 on) or 'without=operator A', "
    "several of them with ';' between."
)


@dataclass(frozen=True)
class Change:
    """What is different.

    Attributes:
        label: As it was written.
        light: Light trucks; None: as there are.
        heavy: Heavy trucks; None: as there are.
        lost: Seconds after the start in which nobody works; None: none.
        without: Operators that drop out.
    """

    label: str
    light: int | None = None
    heavy: int | None = None
    lost: tuple[int, int] | None = None
    without: tuple[str, ...] = ()


def change_of(words: str) -> Change:
    """A change as somebody writes it.

    >>> change_of("trucks=5;lost=60@30")
    Change(label='trucks=5;lost=60@30', light=5, heavy=None, lost=(1800, 5400), without=())

    Raises:
        BadInput: it cannot be read.
    """
    found = Change(words.strip())
    for part in words.split(";"):
        name, _, value = (one.strip() for one in part.partition("="))
        match name:
            case "trucks":
                found = replace(found, light=_whole(value, words, MOST_TRUCKS))
            case "heavy":
                found = replace(found, heavy=_whole(value, words, MOST_TRUCKS))
            case "lost":
                minutes, _, after = value.partition("@")
                first = _whole(after, words) if after else _LOST_AFTER_MINUTES
                found = replace(found, lost=(60 * first, 60 * (first + _whole(minutes, words))))
            case "without" if value:
                found = replace(found, without=(*found.without, value))
            case _:
                raise BadInput(f"{words!r} cannot be read. {_REMEDY}")
    return found


def changed(question: TowQuestion, change: Change) -> TowQuestion:
    """The question with a change.

    Other numbers of trucks work as the first operator's do; with none, day and night from the first storage place.

    Raises:
        BadInput: nobody is called as an operator that drops out.
    """
    found = without_operators(question, change.without) if change.without else question
    if change.light is not None or change.heavy is not None:
        means, like = found.means, next(iter(found.means.operators), Operator(id="trucks"))
        there = {
            kind: sum(fleet.trucks for one in means.operators if (fleet := getattr(one, kind)) and fleet.willing == "yes")
            for kind in ("light", "heavy")
        }
        fleets = {
            kind: Fleet(trucks=there[kind] if number is None else number, willing="yes")
            for kind, number in (("light", change.light), ("heavy", change.heavy))
        }
        found = replace(found, means=means.model_copy(update={"operators": (like.model_copy(update=fleets),)}))
    return replace(found, lost=change.lost) if change.lost else found


def what_if(change: Change, answer: Towed) -> WhatIf:
    """What came of it, in short."""
    return WhatIf(
        label=change.label,
        trucks=len(answer.trucks),
        done_s=tuple(None if one.left else one.done_s for one in answer.steps),
        at_least_s=tuple(one.at_least_s for one in answer.steps),
        left=sum(one.number for one in answer.not_towed),
    )


def _whole(value: str, words: str, most: int = 100_000) -> int:
    if not value.isdecimal() or int(value) > most:
        raise BadInput(f"{words!r} cannot be read. {_REMEDY}")
    return int(value)
