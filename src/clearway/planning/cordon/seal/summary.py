"""The verdict on a cordon as given in sentences, the most important first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.planning.cordon.seal.contract import Leak

_MOTOR = frozenset({"resident", "service", "bus", "general"})


def whom(shut: Sequence[str]) -> str:
    """The vehicles that are to be kept out.

    >>> whom(["general", "bus"]), whom(["resident", "service", "bus", "general"])
    ('general and bus vehicles', 'vehicles')
    """
    return "vehicles" if _MOTOR.issubset(shut) else f"{listed(shut)} vehicles"


def verdict_lines(barriers: int, leaks: Sequence[Leak], *, shut: Sequence[str], more: bool, doubts: int) -> list[str]:
    """Whether a ring of some barriers is sealed; without the word where the map leaves a doubt."""
    past = f"for {whom(shut)} past {counted(barriers, 'barrier')}"
    if leaks:
        many = f"more than {len(leaks)} ways in are" if more else counted(len(leaks), "way in is", "ways in are")
        return [f"Not sealed: {many} left {past}."]
    if doubts:
        places = counted(doubts, "place is", "places are")
        return [
            f"No street of the map leads in {past}, but {places} in doubt. Look {'there' if doubts == 1 else 'at each'} first."
        ]
    return [f"Sealed: no street leads from outside into the site {past}."]


def completion_line(barriers: int, points: float, *, proven: bool) -> str:
    """What would seal it.

    >>> completion_line(1, 5.0, proven=True)
    '1 more barrier for 5 points would seal it; nothing cheaper does.'
    """
    return f"{counted(barriers, 'more barrier')} for {counted(points, 'point')} would seal it" + (
        "; nothing cheaper does." if proven else "."
    )


def idle_line(numbers: Sequence[int], *, leaking: bool) -> str:
    """Which barriers can go.

    >>> idle_line([2, 5], leaking=False)
    'Barriers 2 and 5 stop nothing: they can go.'
    """
    once = " once the missing ones stand" if leaking else ""
    named = listed([str(number) for number in numbers])
    if len(numbers) == 1:
        return f"Barrier {named} stops nothing{once}: it can go."
    return f"Barriers {named} stop nothing{once}: they can go."
