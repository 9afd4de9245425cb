"""What moves, on paper: the crews that place barriers stage by stage, and marches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.publish.plan.figures import march_map
from clearway.publish.plan.shape import Facts, Lines, Maps, Section, Table
from clearway.words import counted, joined, listed, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from clearway.planning.plan.march.contract import MarchAnswer
    from clearway.planning.plan.stages.contract import StagePlan, Task
    from clearway.publish.plan.known import Known
    from clearway.publish.plan.shape import Block


def crews_blocks(known: Known) -> tuple[Block, ...]:
    """Who places which barrier when, stage by stage; a gap where nobody planned it."""
    if not known.stages:
        return (Facts(rows=(("Order in which barriers are placed, and by which crews", None),)),)
    return tuple(block for one in known.stages for block in _stage(known, one))


def order_words(known: Known) -> str | None:
    """The same in a sentence; None where nobody planned it."""
    told = [
        f"{vocabulary(one.stage).capitalize()}, {_takes(one)}: {', '.join(task.id for task in one.tasks)}"
        for one in known.stages
        if one.tasks
    ]
    return ". ".join(told) or None


def kit_words(known: Known) -> str | None:
    """Whose the barriers are, and from where they come; None where nobody said."""
    lines = dict.fromkeys(
        f"{line.number} of {vocabulary(line.structure)}, {line.owner}{f' from {line.source}' if line.source else ''}"
        f"{f' at {line.depot}' if line.depot else ''}"
        for one in known.stages
        for line in one.kit
    )
    return "; ".join(lines) or None


def march_sections(known: Known) -> tuple[Section, ...]:
    """A section for each march of the plan; a gap where nobody worked out what it shuts."""
    found = {one.id: one for one in known.marches}
    return tuple(
        Section(
            heading=f"March: {one.id}",
            blocks=_march(known, found[one.id]) if one.id in found else (Lines(lines=(None,)),),
        )
        for one in known.plan.marches
    )


def _stage(known: Known, stage: StagePlan) -> Iterator[Block]:
    assumed = [f"{one.input} {one.value} {one.unit}".strip() for one in stage.inputs if one.assumed]
    yield Facts(
        rows=(
            (f"{vocabulary(stage.stage).capitalize()} takes", _takes(stage)),
            ("What decides it", stage.decides or None),
            ("Accepted by its checker", "yes" if stage.checked else f"NO: {' '.join(stage.refused)}"),
            *((("Assumed", "; ".join(assumed)),) if assumed else ()),
        )
    )
    if stage.tasks:
        rows = tuple(
            (
                str(task.number),
                f"{task.id}: {task.where}",
                _with(task),
                _when(known, task, first=True),
                _when(known, task, first=False),
            )
            for task in stage.tasks
        )
        columns = ("No", "Barrier", "By", "Begins", "Done")
        yield Table(columns=columns, widths=(0.06, 0.4, 0.26, 0.14, 0.14), rows=rows)


def _takes(stage: StagePlan) -> str:
    if stage.minutes is None:
        missing = [f"{one.missing} {vocabulary(one.structure)}" for one in stage.needs if one.missing]
        return f"It cannot be done: {listed(missing)} missing." if missing else "It cannot be done."
    bound = "proved" if stage.proven else f"fewer than {stage.bound} are proved impossible"
    if stage.bound and stage.bound_checked is not None and stage.bound_checked < stage.bound:
        bound += f" by the search; its checker's own reckoning proves {stage.bound_checked}"
    return f"{counted(stage.minutes, 'minute')} ({bound})"


def _with(task: Task) -> str:
    return joined(task.does, task.crew, task.truck, task.forklift, by=", ")


def _when(known: Known, task: Task, *, first: bool) -> str:
    """The time by the clock; without one the minute."""
    at, minute = (task.starts_at, task.starts) if first else (task.ends_at, task.ends)
    return f"{at.astimezone(known.zone):%a %H:%M}" if at else f"minute {minute}"


def _march(known: Known, march: MarchAnswer) -> tuple[Block, ...]:
    days = {moment.astimezone(known.zone).date() for moment in (march.first_closed, march.all_open)}
    clock = "%H:%M:%S" if len(days) == 1 else "%a %H:%M:%S"

    def at(moment: datetime) -> str:
        """The time by the clock; the day only where there are two of them."""
        return f"{moment.astimezone(known.zone):{clock}}"

    crossings = tuple(
        (
            f"{one.id}: {one.where}",
            f"{one.metres:,.0f}",
            "; ".join(f"{at(span.starts)} to {at(span.ends)}" for span in one.shut) or "never",
        )
        for one in march.crossings
    )
    stretches = tuple(
        (one.street, f"{one.from_m:,.0f} to {one.to_m:,.0f}", at(one.closed_from), at(one.reopens)) for one in march.stretches
    )
    facts = (
        ("Streets shut from", known.time(march.first_closed)),
        ("All open again", known.time(march.all_open)),
        (
            "No crossing for an ambulance",
            "; ".join(known.lasting(one.starts, one.ends) for one in march.no_crossing) or "never",
        ),
    )
    of_the_map = known.gazetteer.network.notices if known.gazetteer else ()  # on every page already
    warnings = tuple(one for one in march.warnings if one not in of_the_map)
    roll = Table(columns=("Street", "Metres along", "Shut from", "Open at"), widths=(0.5, 0.2, 0.15, 0.15), rows=stretches)
    cross = Table(
        columns=("Crossing", "Metres along", "Not for an ambulance"), widths=(0.5, 0.16, 0.34), rows=crossings, halved=True
    )
    return (
        Lines(lines=march.summary),
        Facts(rows=facts),
        *((Maps(across=1, maps=(march_map(known, march),)),) if known.gazetteer else ()),
        roll,
        *((cross,) if crossings else ()),
        *((Lines(lines=warnings),) if warnings else ()),
    )
