"""Columns of text under one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDEST = 60


def aligned(head: Sequence[str], rows: Sequence[Sequence[str]], *, words: int = 1) -> list[str]:
    """Lines of a table, the first columns to the left, the others to the right; what is too long ends in three dots.

    Args:
        head: Names of the columns.
        rows: Their cells.
        words: How many columns hold words; those behind hold figures.

    >>> aligned(("street", "trips"), [("Hill Street", "1,200"), ("Kea Lane", "7")])
    ['  street       trips', '  Hill Street  1,200', '  Kea Lane         7']
    """
    cells = [[_shortened(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    sided = [str.ljust if column < words else str.rjust for column in range(len(head))]
    return [
        "  " + "  ".join(side(cell, width) for side, cell, width in zip(sided, row, widths, strict=True)).rstrip()
        for row in cells
    ]


def _shortened(cell: str) -> str:
    return cell if len(cell) <= _WIDEST else cell[: _WIDEST - 3] + "..."
