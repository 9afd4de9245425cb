"""What the papers of a plan are made of. **A null is a gap**, here and nowhere else: it is marked once on the page.

So the gaps of a document are its nulls, and as many marks are on its pages. What does not apply is left out, never null.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import Field

from clearway.planning.plan.contract import Moment
from clearway.shapes import Shape

GAP = "[not stated]"
"""How a gap is marked on a page."""

Paper = Literal["plan", "order", "leaflet", "gates"]
"""The plan itself, the operation order, the leaflet for residents, and the gate cards."""
PAPERS: tuple[Paper, ...] = get_args(Paper)
TITLES: dict[Paper, str] = {
    "plan": "Traffic management plan",
    "order": "Operation order",
    "leaflet": "Leaflet for people who live or work there",
    "gates": "Gate cards",
}
"""What each is called."""


class Facts(Shape):
    """What is called what."""

    type: Literal["facts"] = "facts"
    rows: tuple[tuple[str, str | None], ...]


class Table(Shape):
    """Rows under columns; the widths are shares."""

    type: Literal["table"] = "table"
    columns: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str | None, ...], ...]
    halved: bool = Field(default=False, description="on paper its second half stands beside the first")
    left_out: int = Field(default=0, description="further rows that paper has no room for; no gap is among them")

    def filled(self) -> Table:
        """Without the columns in which no row says anything; a gap says that something is missing."""
        kept = [at for at, _ in enumerate(self.columns) if any(row[at] != "" for row in self.rows)]
        return Table(
            columns=tuple(self.columns[at] for at in kept),
            widths=tuple(self.widths[at] for at in kept),
            rows=tuple(tuple(row[at] for at in kept) for row in self.rows),
            halved=self.halved,
            left_out=self.left_out,
        )


class Lines(Shape):
    """Sentences, one below the other."""

    type: Literal["lines"] = "lines"
    lines: tuple[str | None, ...]
    dense: bool = Field(default=False, description="on paper small, in two columns")


class Drawn(Shape):
    """A map with its scale, north, date and version, and what it shows."""

    caption: str
    svg: str = Field(description="the drawing; left out where the document is written as JSON")


class Maps(Shape):
    """Maps, so many beside one another."""

    type: Literal["maps"] = "maps"
    across: int = Field(ge=1, le=3)
    maps: tuple[Drawn | None, ...] = Field(description="a null where it could not be drawn")
    left_out: int = Field(default=0, description="further maps that paper has no room for")


class Card(Shape):
    """Something that a person takes along, with what to do step by step."""

    heading: str
    facts: tuple[str, ...]
    steps: tuple[str, ...]
    notes: tuple[str, ...] = ()
    short: str = Field(default="", description="what stands behind the heading where paper has no room for the card")


class Cards(Shape):
    """Cards, two beside one another."""

    type: Literal["cards"] = "cards"
    cards: tuple[Card, ...]
    flowing: bool = Field(default=False, description="their steps stand in a paragraph, not below one another")
    listed: int = Field(default=0, description="further cards that on paper stand in a list, without their steps")


Block = Annotated[Facts | Table | Lines | Maps | Cards, Field(discriminator="type")]


class Section(Shape):
    """A heading and what stands below it."""

    heading: str
    blocks: tuple[Block, ...]
    new_page: bool = False


class PassingRow(Shape):
    """What a class may do at a gate, in these hours."""

    who: str
    enters: str = Field(description="yes, no, or that no rule says")
    leaves: str
    hours: str = Field(description="when that is so")
    shows: str = Field(description="what they must show; empty where nothing")


class ToHospital(Shape):
    """The way from a gate to the nearest hospital."""

    name: str
    metres: float
    minutes: float = Field(description="on empty streets")
    steps: tuple[str, ...]
    opens: tuple[str, ...] = Field(description="barriers that are opened on the way; none where the way keeps outside the ring")


class GateCard(Shape):
    """What staff hold at a gate."""

    gate: str
    where: str
    stands: str = Field(description="from when until when")
    opens: str
    passing: tuple[PassingRow, ...] | None = Field(description="null: the plan has no rule for this gate")
    say: tuple[str, ...]
    map: Drawn | None
    hospital: ToHospital | None
    handover: tuple[str, ...] | None = Field(description="where ambulance crews meet patients")
    call: tuple[tuple[str, str], ...] | None = Field(description="office with its task, and how it is reached")
    staff: str | None
    power: str | None = Field(description="by which law the street is closed")
    wrong: tuple[tuple[str, str], ...] | None = Field(description="what happens, and what is done then")


class Document(Shape):
    """The papers of a plan."""

    title: str
    plan: str
    version: int
    made: Moment
    dated: str = Field(description="when it was made, as it stands on every page")
    sha256: str = Field(description="of the plan")
    notices: tuple[str, ...] = Field(description="whose data the maps are drawn from; every page must show it")
    sections: tuple[Section, ...] = Field(description="the plan, its risk register first")
    order: tuple[Section, ...]
    leaflet: tuple[Section, ...]
    cards: tuple[GateCard, ...]

    @property
    def gaps(self) -> int:
        """How many gaps its pages mark."""
        return _nulls(self.model_dump(mode="json"))

    def only(self, papers: tuple[Paper, ...]) -> Document:
        """Some of the papers alone."""
        left_out = {name: () for paper, name in _FIELDS.items() if paper not in papers}
        return self.model_copy(update=left_out)

    def as_json(self) -> dict[str, Any]:
        """The document as JSON, with the number of its gaps, and without the drawings of its maps."""
        content: dict[str, Any] = _without_drawings(self.model_dump(mode="json"))
        return {"gaps": self.gaps} | content


_FIELDS: dict[Paper, str] = {"plan": "sections", "order": "order", "leaflet": "leaflet", "gates": "cards"}


def _nulls(part: object) -> int:
    match part:
        case None:
            return 1
        case dict():
            return sum(map(_nulls, part.values()))
        case list():
            return sum(map(_nulls, part))
        case _:
            return 0


def _without_drawings(part: Any) -> Any:  # noqa: ANN401 - any JSON
    match part:
        case dict():
            return {name: _without_drawings(one) for name, one in part.items() if name != "svg"}
        case list():
            return [_without_drawings(one) for one in part]
        case _:
            return part
