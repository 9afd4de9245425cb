"""What stands where: the newest tallies of the record, and where it has none those of the server's file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.planning.vehicles.record_tally import figures_of, record_tallies
from clearway.planning.vehicles.tally import read_figures
from clearway.server.desks.vehicles.models import StretchCounted, StretchesCounted
from clearway.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from clearway.picture.contract import Fact
    from clearway.planning.vehicles.record_tally import Counted
    from clearway.planning.vehicles.tally import Figures, Stretch
    from clearway.server.networks import ServedNetwork

_DECIMALS = 6
"""A tenth of a metre."""


def stretches_counted(served: ServedNetwork, states: Iterable[Fact], zone: ZoneInfo) -> StretchesCounted:
    """The newest tally of each stretch.

    A stretch of the server's file counts where the record has no tally of any of its ways.

    Args:
        served: The network, with the file.
        states: Of the picture.
        zone: The operation's.

    Raises:
        BadFile, BadInput: the file cannot be used.
    """
    found = record_tallies(states, served.gazetteer, zone)
    taken = {way for one in found.counted for way in one.stretch.ways}
    file = served.sources.tally
    others = [one for one in read_figures(file, served.gazetteer) if not taken & set(one[0].ways)] if file else []
    stretches = [_of_record(served, one) for one in found.counted]
    stretches += [of_file(served, *one) for one in others]
    totals = [one.total for one in (*found.stretches, *(stretch for stretch, _, _ in others))]
    across = sum(one.across for one in (*found.stretches, *(stretch for stretch, _, _ in others)))
    assumed = sum(one.assumed for one in stretches)
    return StretchesCounted(
        stretches=sorted(stretches, key=lambda one: one.stretch),
        vehicles=sum(totals),
        across=across,
        assumed=assumed,
        says=_says(len(stretches), sum(totals), across, assumed),
        notes=[*found.left_out, *found.notes],
    )


def _says(stretches: int, vehicles: int, across: int, assumed: int) -> str:
    if not stretches:
        return "Nobody has counted the vehicles on any stretch."
    on = f"{counted(vehicles, 'vehicle')} on {counted(stretches, 'stretch', 'stretches')}, {across:,} of them across the road"
    guess = f"; {assumed} of {stretches} assumed, not counted" if assumed else ""
    return f"{on}{guess}. Streets without a tally are not in it."


def _lines(served: ServedNetwork, stretch: Stretch) -> list[list[list[float]]]:
    return [served.network.geometry(way).round(_DECIMALS).tolist() for way in stretch.ways]


def _of_record(served: ServedNetwork, one: Counted) -> StretchCounted:
    figures, _ = figures_of(one.tally)
    return StretchCounted(
        **_given(one.stretch.name, figures),
        assumed=one.tally.assumed,
        lines=_lines(served, one.stretch),
        says=one.says,
        entry=one.entry,
        counted=one.at,
        age_s=one.age_s,
        speaker=one.speaker,
    )


def of_file(served: ServedNetwork, stretch: Stretch, figures: Figures, is_guess: bool) -> StretchCounted:  # noqa: FBT001 - of a tuple
    """A line of a tally as it is shown."""
    return StretchCounted(
        **_given(stretch.name, figures),
        assumed=is_guess,
        lines=_lines(served, stretch),
        says=f"{'Assumed' if is_guess else 'Of a file'}: {counted(stretch.total, 'vehicle')}, {stretch.across} across the road",
        entry=None,
        counted=None,
        age_s=None,
        speaker=None,
    )


def _given(name: str, figures: Figures) -> dict[str, object]:
    said = {"across": figures.across, "lanes_left": figures.lanes_left, "lane_moves": figures.lane_moves}
    return {"stretch": name, **figures.vehicles, **said}
