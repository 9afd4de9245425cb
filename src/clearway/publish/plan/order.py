"""The operation order: the fields that incident management (CIMS, ICS) asks for, in their order, with what is empty marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.publish.plan.moving import kit_words, order_words
from clearway.publish.plan.sections import CASES, event_rows
from clearway.publish.plan.shape import Facts, Section, Table
from clearway.words import counted, in_runs, listed, vocabulary

if TYPE_CHECKING:
    from clearway.publish.plan.known import Known


def order_sections(known: Known) -> tuple[Section, ...]:
    """Situation, mission, execution, administration and logistics, command and communications, safety."""
    plan = known.plan
    gates = [one.id for one in plan.barriers if one.is_gate]
    stages = tuple(
        (vocabulary(one.phase), known.lasting(one.starts, one.ends, whole=""), one.note or "") for one in plan.stages
    )
    tasks = tuple(
        (one.id, known.where(one.place), one.task, str(one.staff), known.lasting(one.starts, one.ends)) for one in plan.posts
    )
    kit: dict[str, int] = {}
    for barrier in plan.barriers:
        kit[vocabulary(barrier.structure)] = kit.get(vocabulary(barrier.structure), 0) + 1
    said = {one.case: one.action for one in plan.contingencies}
    reported = " ".join(known.status.summary) if known.status else None
    situation = (
        ("Event", plan.title),
        *event_rows(known),
        ("As reported", reported),
        ("Weather", None),
        ("Own forces and who supports them", None),
    )
    execution = (
        ("Intent of the controller", known.ordered.intent),
        (
            "Barriers and gates",
            f"{counted(len(plan.barriers), 'barrier')}, of which gates: {listed(in_runs(gates)) or 'none'}"
            if plan.barriers
            else None,
        ),
        ("Order of placing", order_words(known)),
        ("Limits on what may be done", known.ordered.limits),
    )
    logistics = (
        ("Barriers by kind", listed([f"{many} x {name}" for name, many in kit.items()]) or None),
        ("Whose they are, and from where they come", kit_words(known)),
        ("Food, water, toilets and relief of staff", None),
        ("Medical plan", "; ".join(f"{one.id}: {known.where(one.place)}" for one in plan.handover) or None),
    )
    command = (
        ("Controller, by office", None),
        ("Reached by", "; ".join(f"{one.office}: {one.reach}" for one in plan.contacts) or None),
        ("Radio plan", None),
        ("Next report due", None),
    )
    safety = (
        ("Hazards to staff, and safety officer", None),
        (CASES["staff_short"], said.get("staff_short")),
        (CASES["gate_overrun"], said.get("gate_overrun")),
        (CASES["cancellation"], said.get("cancellation")),
    )
    signed = (("Prepared by", plan.author), ("Approved by", known.adopted), ("Distribution", None))
    columns, widths = ("Post", "Place", "Task", "Staff", "When"), (0.1, 0.34, 0.26, 0.08, 0.22)
    return (
        Section(heading="1. Situation", blocks=(Facts(rows=situation),)),
        Section(heading="2. Mission", blocks=(Facts(rows=(("What is to be achieved, and why", known.ordered.mission),)),)),
        Section(
            heading="3. Execution",
            blocks=(
                Facts(rows=execution),
                Table(columns=("Stage", "When", "What"), widths=(0.2, 0.45, 0.35), rows=stages).filled()
                if stages
                else Facts(rows=(("Stages", None),)),
                Table(columns=columns, widths=widths, rows=tasks) if tasks else Facts(rows=(("Tasks by post", None),)),
            ),
        ),
        Section(heading="4. Administration and logistics", blocks=(Facts(rows=logistics),)),
        Section(heading="5. Command and communications", blocks=(Facts(rows=command),)),
        Section(heading="6. Safety", blocks=(Facts(rows=safety),)),
        Section(heading="7. Signed", blocks=(Facts(rows=signed),)),
    )
