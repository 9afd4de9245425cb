"""The papers of towing and offers: the tow sheet, notices to drivers, the leaflet, the plan of signs. As PDF, and as CSV.

What goes out names no operator: a truck is "light 3" and no more.
"""

from __future__ import annotations

import io
import json
from datetime import timedelta
from importlib import resources
from typing import TYPE_CHECKING

import typst

from clearway.errors import BadInput
from clearway.planning.vehicles.tally import ASSUMED
from clearway.planning.vehicles.towing.fees import fee_words
from clearway.planning.vehicles.towing.release import for_all
from clearway.planning.vehicles.towing.words import hours_words
from clearway.publish.plan.shape import GAP, Facts, Lines, Section, Table
from clearway.shapes import Shape
from clearway.tables import CsvWriter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.planning.vehicles.offer.contract import Offered
    from clearway.planning.vehicles.towing.contract import Tow, Towed, TowStorage
    from clearway.planning.vehicles.towing.tow_record import TowRecord

TOW_COLUMNS = (
    "tow", "step", "vehicle", "from", "to", "truck", "escort", "leaves", "at_vehicle", "hooked_up", "at_storage", "done",
    "ordered_by", "power", "evidence", "release", "fees", "above_cap", "tally",
)  # fmt: skip
"""Of the tow sheet as CSV. ``evidence`` is left empty, to be filled in by whoever hooks up."""


class Papers(Shape):
    """Pages with a title; a null is a gap, marked once on the page."""

    title: str
    dated: str
    sections: tuple[Section, ...]


def tow_sheet(answer: Towed) -> Papers:
    """One line for each tow: what, from where, to where, when, who orders it by which power, evidence, release.

    Args:
        answer: A schedule.

    Raises:
        BadInput: nobody has ordered it: without a power there is nothing to order by.
    """
    order = answer.order
    if order is None:
        raise BadInput("Nobody has ordered these tows, and without a power none can be. Give --row and --by.")
    read = "yes" if order.is_read else "no: have it checked before the first tow"
    return Papers(
        title="Tow sheet",
        dated=_when(answer, 0),
        sections=(
            Section(
                heading="Order",
                blocks=(
                    Facts(
                        rows=(
                            ("Ordered by", order.by),
                            ("Power", order.instrument),
                            ("Its text was read", read),
                            *(row for one in answer.storage for row in _of_storage(one)),
                        )
                    ),
                    Lines(lines=("Before hooking up: nobody in or on the vehicle, photos of all sides, damage written down.",)),
                ),
            ),
            *(_step(answer, number) for number, step in enumerate(answer.steps) if step.vehicles),
            Section(heading="Assumed", blocks=(Lines(lines=for_all(answer).assumed),)),
        ),
    )


def _of_storage(one: TowStorage) -> Iterator[tuple[str, str | None]]:
    """How an owner gets a vehicle back from a place, what that costs, and whether it may cost so much."""
    yield f"Release from {one.id}", one.release
    if fees := fee_words(one):
        yield f"An owner pays at {one.id}", fees
    yield from ((f"Above the cap at {one.id}", over) for over in one.over_cap)


def _step(answer: Towed, number: int) -> Section:
    rows = tuple(_row(answer, one) for one in answer.tows if one.step == number)
    columns = ("Tow", "Vehicle", "From", "To", "Truck", "Leaves", "At vehicle", "Done", "Evidence (who, photos, damage)")
    widths = (5.0, 6.0, 20.0, 9.0, 7.0, 7.0, 7.0, 7.0, 20.0)
    heading = f"Step {number + 1}: {answer.steps[number].wish}"
    return Section(heading=heading, blocks=(Table(columns=columns, widths=widths, rows=rows),))


def _row(answer: Towed, one: Tow) -> tuple[str, ...]:
    times = (_when(answer, second, "%a %H:%M") for second in (one.start_s, one.arrive_s, one.done_s))
    stretch = answer.stretches[one.stretch]
    start = f"{stretch.name}{ASSUMED if stretch.assumed else ''}"
    return (one.id, one.vehicle, start, one.to_storage, one.truck, *times, "")


def notices(answer: Towed, *, call: str | None = None) -> Papers:
    """A notice to the drivers on each stretch: what is to happen when, by which power, and how a vehicle comes back.

    Args:
        answer: A schedule that somebody has ordered.
        call: Whom they call; None: a gap.

    Raises:
        BadInput: nobody has ordered it.
    """
    order = answer.order
    if order is None:
        raise BadInput("A notice names who orders a tow, and by which power. Give --row and --by.")
    sections: list[Section] = []
    for place, stretch in enumerate(answer.stretches):
        own = [one for one in answer.tows if one.stretch == place]
        if not own:
            continue
        storage = {one.id: one for one in answer.storage if one.id in {tow.to_storage for tow in own}}
        first = min(one.arrive_s for one in own)
        lines = (
            "Please move your vehicle before the time below. If you cannot, ask for help to move it.",
            f"Vehicles that stand in the carriageway may be towed by order of: {order.by} ({order.instrument}).",
        )
        facts = (
            ("Street", stretch.name),
            ("Not before", _when(answer, first)),
            ("Towed to", ", ".join(storage)),
            *((f"To get it back from {name}", one.release) for name, one in storage.items()),
            *((f"To pay at {name}", fees) for name, one in storage.items() if (fees := fee_words(one))),
            *((f"Above the cap at {name}", over) for name, one in storage.items() for over in one.over_cap),
            ("Call", call),
        )
        blocks = (Lines(lines=lines), Facts(rows=facts))
        sections.append(Section(heading="Your vehicle stands in the road", blocks=blocks, new_page=bool(sections)))
    return Papers(title="Notice to drivers", dated=_when(answer, 0), sections=tuple(sections))


def tow_record_paper(found: TowRecord) -> Papers:
    """What is asked of a tow, each question with its answer; what nobody said stands as a gap.

    Args:
        found: The record of a tow.
    """
    facts = Facts(rows=(("Tow", f"{found.tow} of order {found.order}"), ("Vehicle", found.vehicle), ("State", found.state)))
    answers = (
        Section(
            heading=one.asks,
            blocks=(Lines(lines=one.says), *((Facts(rows=(("Entries", ", ".join(one.entries)),)),) if one.entries else ())),
        )
        for one in found.answers
    )
    return Papers(
        title="Record of a tow",
        dated=f"tow order {found.order}",
        sections=(Section(heading="Tow", blocks=(facts,)), *answers),
    )


def leaflet(answer: Offered, *, call: str | None = None) -> Papers:
    """Where drivers may park, until when, on what conditions, how they get there; and the plan of signs.

    Args:
        answer: An offer.
        call: Whom they call; None: a gap.
    """
    sections = []
    for place, one in enumerate(answer.places):
        facts = (
            ("From", f"{one.starts:%a %d %b %H:%M}" if one.starts else None),
            ("Until", f"{one.ends:%a %d %b %H:%M}" if one.ends else None),
            ("You may drive back", _back(answer, place)),
            ("Campers, trucks, buses", "yes" if one.tall else "no: too low"),
            ("Spaces", f"{one.room}{' (assumed)' if 'capacity' in one.assumed else ''}"),
            ("Call", call),
        )
        ways = [
            f"From {answer.leavers[send.stretch].stretch}: {', '.join(send.streets) or 'straight on'}"
            f"{', out at ' + ', then '.join(send.gates) if send.gates else ''}."
            for send in answer.sends
            if send.place == place
        ]
        blocks = (Facts(rows=facts), Lines(lines=tuple(dict.fromkeys(ways))))
        sections.append(Section(heading=f"You may park at: {one.name}", blocks=blocks))
    rows = tuple((str(number), one.at, one.says) for number, one in enumerate(answer.signs, start=1))
    signs = Table(columns=("Sign", "Where", "Says"), widths=(5.0, 40.0, 40.0), rows=rows)
    sections.append(Section(heading="Signs", blocks=(signs,), new_page=True))
    dated = f"{answer.at:%a %d %b %Y %H:%M}" if answer.at else "no date given"
    return Papers(title="Places to park", dated=dated, sections=tuple(sections))


def _back(answer: Offered, place: int) -> str | None:
    """Whether one may drive back from a place, as the offer and the gates say; None: a gap."""
    sends = [one for one in answer.sends if one.place == place]
    if not sends:
        return {True: "yes", False: "no", None: None}[answer.places[place].come_back]
    said = {one.comes_back for one in sends}
    if len(said) == 1:
        return {True: "yes", False: "no", None: None}[said.pop()]
    barred = dict.fromkeys(answer.leavers[one.stretch].stretch for one in sends if one.comes_back is False)
    return f"not to {', '.join(barred)}{'' if None in said else '; else yes'}"


def as_pdf(papers: Papers) -> bytes:
    """The papers as PDF on A4, tagged for screen readers. What is said goes in as data, never as markup."""
    template = resources.files("clearway.publish.vehicles").joinpath("papers.typ").read_bytes()
    content = papers.model_dump(mode="json") | {"gap": GAP}
    pdf = typst.compile(template, format="pdf", sys_inputs={"document": json.dumps(content)})
    assert isinstance(pdf, bytes)  # noqa: S101 - one document gives one file
    return pdf


def tows_csv(answer: Towed, *, public: bool = True) -> str:
    """The tow sheet as CSV, a line for each tow.

    Args:
        answer: A schedule.
        public: Whether it may go out: then no operator is named; else a last column names each.
    """
    text = io.StringIO()
    rows = CsvWriter(text)
    rows.writerow((*TOW_COLUMNS, *(() if public else ("operator",))))
    operator = {one.id: one.operator or "" for one in answer.trucks}
    storage = {one.id: one for one in answer.storage}
    for one in answer.tows:
        place = storage[one.to_storage]
        times = [_when(answer, second) for second in (one.start_s, one.arrive_s, one.hooked_s, one.at_yard_s, one.done_s)]
        order = (answer.order.by, answer.order.instrument) if answer.order else ("", "")
        rows.writerow(
            (
                one.id, answer.steps[one.step].wish, one.vehicle, answer.stretches[one.stretch].name, one.to_storage, one.truck,
                "" if one.escort is None else one.escort + 1, *times, *order, "", place.release or "", fee_words(place),
                " ".join(place.over_cap), "assumed" if answer.stretches[one.stretch].assumed else "",
                *(() if public else (operator[one.truck],)),
            )
        )  # fmt: skip
    return text.getvalue()


def _when(answer: Towed, second: int, form: str = "%a %d %b %H:%M") -> str:
    """A moment of a schedule: the time of day, or time passed where nobody said when it starts."""
    if answer.starts is None:
        return f"after {hours_words(second)}"
    return (answer.starts + timedelta(seconds=second)).strftime(form)
