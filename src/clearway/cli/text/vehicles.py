"""Which vehicles to move first, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.planning.vehicles.tally import ASSUMED
from clearway.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.planning.vehicles.contract import Cleared, StretchMoved


def cleared_lines(found: Cleared) -> list[str]:
    """The answer: what each step wins, with the stretches from which it moves vehicles."""
    return list(_lines(found))


def _lines(found: Cleared) -> Iterator[str]:
    first, *steps = found.summary
    yield first
    for says, step in zip(steps, found.steps, strict=True):
        yield ""
        yield says
        yield from (f"  {_moved(one)}" for one in step.moved)
    if found.assumed or found.notes:
        yield ""
    yield from (f"Assumed: {one}" for one in found.assumed)
    yield from (f"Note: {one}" for one in found.notes)


def _moved(one: StretchMoved) -> str:
    frees = "a lane for help" if one.frees == "lane" else "the whole carriageway"
    wins = []
    if one.lost:
        wins.append(f"without it help does not reach {counted(one.lost, 'address', 'addresses')}, first {one.first}")
    if one.later > one.lost:
        also = "also " if one.lost else "without it help "
        wins.append(f"{also}comes up to {one.most_seconds:.0f} s later to {one.later - one.lost:,}")
    return f"{one.move:>3} from {one.stretch}{ASSUMED if one.assumed else ''}, for {frees}" + (
        f": {'; '.join(wins)}" if wins else ""
    )
