"""What a balance of vehicles answers."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from clearway.picture.contract import Moment
from clearway.shapes import Shape


class Term(Shape):
    """A bound that is added to others, so many times.

    ``bound`` says which: what statement ``number`` says at least or at most; "stock": no fewer than 0 vehicles at moment
    ``number``; "denied": the opposite of what is to be proved, by one vehicle; "branch": what is taken in the branch above it
    that is ``number``, from 0.
    """

    bound: Literal["least", "most", "stock", "denied", "branch"]
    number: int = Field(ge=0)
    times: int = Field(ge=1)


class Branch(Shape):
    """A number of vehicles that is at most ``at`` or, since vehicles are whole, at least one more.

    ``way`` says which: "stock", those at the first moment; "came" and "left", those of a group in a part, as of :class:`Move`.
    """

    way: Literal["stock", "came", "left"]
    part: int = Field(ge=0)
    group: str | None
    at: int = Field(ge=0)


class Proof(Shape):
    """That some statements cannot all hold (J. Farkas, 1902): bounds that add up to 0 being more than 0.

    A figure of a span holds in one of its parts: where that matters, ``split`` names its statement, and each part has a proof.
    Where it matters that vehicles are whole, ``branch`` names a number, and each of its two cases has a proof.
    """

    terms: tuple[Term, ...] = ()
    split: int | None = None
    branch: Branch | None = None
    parts: tuple[Proof, ...] = ()


class Move(Shape):
    """Vehicles that came and left between two moments that follow each other; ``part`` is the number of the first."""

    part: int = Field(ge=0)
    group: str | None = Field(
        description="as of the statement; 'parked ' before it of those parked; null: nobody spoke of them"
    )
    came: int = Field(ge=0)
    left: int = Field(ge=0)


class History(Shape):
    """One way in which it can have been. All statements hold in it but those of the entries ``without``."""

    without: tuple[str, ...]
    start: int = Field(
        ge=0, description="vehicles at the first of all moments at which a statement, or the time, begins or ends"
    )
    moves: tuple[Move, ...]


class StockAt(Shape):
    """How many vehicles there can be at a moment."""

    at: Moment
    low: int = Field(ge=0, description="at least")
    high: int | None = Field(description="at most; null where no statement bounds it")
    low_proof: Proof | None = Field(None, description="that there cannot be fewer; null at 0")
    high_proof: Proof | None = Field(None, description="that there cannot be more; null where nothing bounds it")

    @property
    def words(self) -> str:
        """Between which numbers."""
        if self.high is None:
            return f"at least {self.low:,}" if self.low else "any number"
        return f"{self.low:,} to {self.high:,}"


class BalanceStatement(Shape):
    """What one entry says, as an interval."""

    entry: str
    role: str = Field(description="stand, came, left, change, parked")
    group: str = Field(description="where those came from or left who moved, or where they park; two groups are added")
    start: Moment
    end: Moment
    low: int | None = Field(description="at least, widened where it was said with 'about'; null: no lower bound")
    high: int | None = Field(description="at most, widened likewise; null: no upper bound")
    says: str


class Contradiction(Shape):
    """Statements that cannot all hold, and of which any can be left out so that the others can."""

    entries: tuple[str, ...]
    says: str
    proof: Proof


class Balance(Shape):
    """Vehicles of one place over a time: what can be true at each moment, and what cannot."""

    where: str
    start: Moment
    end: Moment
    statements: tuple[BalanceStatement, ...]
    moments: tuple[StockAt, ...] = Field(
        description="at both ends and wherever a statement begins or ends; of all statements but those in 'without'"
    )
    contradictions: tuple[Contradiction, ...]
    is_all: bool = Field(description="whether these are all the smallest sets; false where there are too many to list")
    without: tuple[str, ...] = Field(description="entries that 'moments' do not rest on, since they contradict others")
    residual: int | None = Field(
        description="vehicles that must have come or left without anybody saying so, at least, for all statements to hold; "
        "null where they cannot hold even then"
    )
    residual_proof: Proof | None = Field(description="that fewer do not suffice; null where the residual is 0")
    histories: tuple[History, ...] = Field(description="that reach each bound, and that show what can hold")
    repeated: tuple[str, ...] = Field(description="entries that say a figure again that their speaker said before")
    assumed: tuple[str, ...]
    left_out: tuple[str, ...] = Field(description="what is said of vehicles and cannot be used")
    summary: tuple[str, ...]
