"""An offer to park elsewhere in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.planning.vehicles.tally import ASSUMED
from clearway.planning.vehicles.towing.words import hours_words
from clearway.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.planning.vehicles.offer.contract import Offered


def _stretch(answer: Offered, number: int) -> str:
    one = answer.leavers[number]
    return f"{one.stretch}{ASSUMED if one.assumed else ''}"


_BACK = {True: "; one may come back", False: "; not back", None: "; nobody said whether one may come back"}


def offered_lines(answer: Offered) -> list[str]:
    """Who goes where, how long that takes, what follows where an offer ends, what is assumed."""
    return list(_lines(answer))


def _lines(answer: Offered) -> Iterator[str]:
    yield from answer.summary
    yield from (f"  {step}" for one in answer.alerts for step in one.next_steps)
    yield ""
    for one in answer.sends:
        kind = " that are tall" if one.tall else ""
        gate = f", out at {', then '.join(one.gates)}" if one.gates else ""
        way = f", by {', '.join(one.streets)}" if one.streets else ""
        yield (
            f"{counted(one.vehicles, 'vehicle')}{kind} from {_stretch(answer, one.stretch)} to "
            f"{answer.places[one.place].name}: {one.drive_s / 60:.0f} min{gate}{way}{_BACK[one.comes_back]}"
        )
    for queue in answer.queues:
        late = f", {queue.late} too late" if queue.late else ""
        if queue.per_minute is None:
            last = f", the last after {hours_words(queue.last_s)}" if queue.vehicles else ""
            yield f"{queue.at}: {counted(queue.vehicles, 'vehicle passes', 'vehicles pass')} before it is shut{last}{late}"
            continue
        line = f"{queue.longest} in line at most{late}, {hours_words(queue.last_s)}"
        yield f"{queue.at}: {counted(queue.vehicles, 'vehicle')} at {queue.per_minute:g} a minute, {line}"
    yield ""
    yield from (f"Assumed: {one}" for one in answer.assumed)
    yield from (f"Note: {one}" for one in answer.notes)
