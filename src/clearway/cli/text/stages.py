"""A stage in plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.words import time_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from clearway.planning.plan.stages.contract import StagePlan


def stage_lines(found: StagePlan, zone: ZoneInfo) -> Iterator[str]:
    """The verdict, each place, when each unit leaves, what is open when, the kit, and what is assumed."""

    def at(minute: int, moment: datetime | None) -> str:
        return f"{minute} min" if moment is None else f"{time_words(moment, zone)} ({minute} min)"

    yield from found.summary
    yield from (f"  The checker refuses it: {why}" for why in found.refused)
    for task in found.tasks:
        units = ", ".join(filter(None, (task.crew, task.truck, task.forklift)))
        yield (
            f"{task.number}. {task.id}, {task.where}, {task.side}: {task.does} from {at(task.starts, task.starts_at)} until "
            f"{at(task.ends, task.ends_at)}, by {units}, {task.pieces} pieces of {task.structure.replace('_', ' ')}"
        )
    seen: set[str] = set()
    for leg in found.legs:
        if leg.unit not in seen:
            seen.add(leg.unit)
            doing = f"is loaded at {leg.end}" if leg.start == leg.end and leg.loads else f"leaves {leg.start} for {leg.end}"
            yield f"{leg.unit} {doing} at {at(leg.leaves, leg.leaves_at)}"
    for row in found.open:
        lists = (("open", row.open), ("at work", row.working), ("shut", row.shut), ("vehicles come in at", row.ways_in))
        parts = [f"{what}: {', '.join(names)}" for what, names in lists if names]
        yield f"From {at(row.minute, row.at)}: {'; '.join(parts)}"
    for need in found.needs:
        short = f", {need.missing} missing" if need.missing else ""
        yield f"Kit: {need.needed} pieces of {need.structure.replace('_', ' ')} needed, {need.there} there{short}"
    for kit in found.kit:
        whom = f" from {kit.source}" if kit.source else ""
        assumed = " (assumed)" if kit.assumed else ""
        yield f"  {kit.number} of {kit.structure.replace('_', ' ')}, {kit.owner}{whom}, at {kit.depot}{assumed}"
    for change in found.changes:
        yield f"With {change.change}: {change.minutes} min, {change.saves} min saved{'' if change.proven else ', not proven'}"
    for used in found.inputs:
        assumed = " (assumed)" if used.assumed else ""
        yield f"Rests on: {used.input}: {used.value}{f' {used.unit}' if used.unit else ''}{assumed} [{used.source}]"
