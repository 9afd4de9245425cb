"""Entries from CSV: the lines of a file as entries, all of them or none; each line that cannot be right by its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.errors import BadInput, ClearwayError
from clearway.record.parts import Amount, amount_words
from clearway.tables import numbered_rows, plain_cell

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Sequence

    from clearway.record.entry import Draft
    from clearway.tables import Row

_FAULTS_SHOWN = 8
"""More are not read on a screen: they come up once these are put right."""


def drafts_of_lines(
    text: str, name: str, needed: Sequence[str], read: Callable[[Row], Draft], subject: Callable[[Draft], Hashable]
) -> list[Draft]:
    """The lines of a file as entries.

    Args:
        text: The CSV file.
        name: What it is called in a message.
        needed: Columns that it must have.
        read: A line as an entry.
        subject: What an entry is about; two lines may not be about the same.

    Raises:
        BadFile: it lacks a column, or has no line.
        BadInput: lines cannot be right; the sentence names each with its number.
    """
    found: list[Draft] = []
    faults: list[str] = []
    lines: dict[Hashable, int] = {}
    for line, row in numbered_rows(text, name, needed):
        try:
            draft = read(row)
            if (first := lines.setdefault(subject(draft), line)) != line:
                raise BadInput(f"It is named in line {first} too. Give each one line.")
        except ClearwayError as error:
            faults.append(f"{name}, line {line}: {error}")
        else:
            found.append(draft)
    if faults:
        rest = len(faults) - _FAULTS_SHOWN
        raise BadInput(" ".join((*faults[:_FAULTS_SHOWN], *((f"And {rest} more.",) if rest > 0 else ()))))
    return found


def said_in(row: Row, columns: Collection[str], beside: Collection[str]) -> Row:
    """The cells of a line that say something.

    Args:
        row: The line.
        columns: Those that are read.
        beside: Those that are written beside, and passed over.

    Raises:
        BadInput: it has a column that there is not, or more cells than there are columns.
    """
    if None in row:
        raise BadInput("It has more cells than there are columns. Put a text that holds commas in quotation marks.")
    if unknown := [one for one in row if one not in columns and one not in beside]:
        raise BadInput(f"There is no column {unknown[0]!r}. The columns are: {', '.join(columns)}.")
    return {one: plain_cell(value.strip()) for one, value in row.items() if one in columns and (value or "").strip()}


def yes_or_no(column: str, text: str) -> bool:
    """Yes or no.

    Raises:
        BadInput: it is neither.
    """
    if text.casefold() not in ("yes", "no"):
        raise BadInput(f"{column} is {text!r}. Write yes or no, or leave it empty.")
    return text.casefold() == "yes"


def several(text: str) -> list[str]:
    """The parts of a cell.

    >>> several("Dock union; Police;")
    ['Dock union', 'Police']
    """
    return [part.strip() for part in text.split(";") if part.strip()]


def cell(value: object) -> object:
    """A field of an entry as a cell.

    >>> cell(None), cell(True), cell(("Dock union", "Police")), cell(Amount(low=450, high=450, about=True))
    ('', 'yes', 'Dock union; Police', 'about 450')
    """
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Amount():
            return amount_words(value)
        case tuple():
            return "; ".join(map(str, value))
        case _:
            return value.isoformat() if hasattr(value, "isoformat") else value
