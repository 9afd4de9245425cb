"""Who orders a tow, by which power: without both nothing is towed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clearway.errors import BadInput, UnknownName
from clearway.planning.vehicles.towing.contract import Order

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clearway.planning.plan.jurisdiction import Provision

_MOVES = re.compile(r"\b(re)?mov(e|ing)\b[^;]*\bvehicles?\b|\bvehicles?\b[^;]*\b(re)?mov(e|ed|ing)\b")


def powers_to_tow(jurisdiction: Mapping[str, Provision]) -> list[Provision]:
    """The rows of a jurisdiction file that give somebody a power to move vehicles."""
    return [one for one in jurisdiction.values() if _MOVES.search(one.may)]


def order_of(row: str | None, by: str | None, jurisdiction: Mapping[str, Provision]) -> Order | None:
    """An order, checked against who may give it; None where nobody orders.

    Args:
        row: Of the jurisdiction file.
        by: The office that orders.
        jurisdiction: Powers by row.

    Raises:
        BadInput: only one of both is said, the row gives no power to move vehicles, or it is another's power.
        UnknownName: there is no such row.
    """
    if row is None and by is None:
        return None
    if row is None or by is None:
        missing = "by which power: give the row of the jurisdiction file with --row" if row is None else "who: give --by"
        raise BadInput(f"A tow is ordered by somebody who may, by a power that they have. Nobody said {missing}.")
    if row not in jurisdiction:
        raise UnknownName("row of the jurisdiction file", [row], jurisdiction)
    provision = jurisdiction[row]
    if not _MOVES.search(provision.may):
        able = [one.row for one in powers_to_tow(jurisdiction)]
        raise BadInput(f"{row} gives no power to move vehicles ({provision.may}). Rows that do: {', '.join(able) or 'none'}.")
    if by.casefold() != provision.by.casefold():
        raise BadInput(f"{row} is a power of: {provision.by}; not of: {by}. Whoever has no power to tow cannot order it.")
    return Order(basis=row, by=provision.by, instrument=provision.instrument, is_read=provision.is_read)
