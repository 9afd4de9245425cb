"""What each value of an access tag means to each vehicle class: a third table that a user can read.

A cell says ``yes`` (may use it), ``no`` (may not), or ``default`` (the tag changes nothing for this class: it may use what
its street classes let it use, and no more).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources
from io import StringIO

from clearway.network.classes import VEHICLE_CLASSES


@dataclass(frozen=True, slots=True)
class AccessValue:
    """One row of the table: the value of a tag, what it means to each class, and why."""

    value: str
    meaning: dict[str, str]
    notes: str


@cache
def access_values() -> dict[str, AccessValue]:
    """The table by value.

    >>> access_values()["destination"].meaning["general"]
    'no'
    """
    text = resources.files("clearway.network").joinpath("access_values.csv").read_text("utf-8")
    return {
        row["value"]: AccessValue(row["value"], {name: row[name] for name in VEHICLE_CLASSES}, row["notes"])
        for row in csv.DictReader(StringIO(text))
    }


@cache
def meaning(value: str, vehicle_class: str) -> str | None:
    """``yes``, ``no`` or ``default``; None where no part of the value is in the table.

    A list such as ``destination;delivery`` lets in every class that one of its parts lets in.

    >>> meaning("destination;delivery", "service"), meaning("kiosk", "service")
    ('yes', None)
    """
    table = access_values()
    parts = [table[part.strip()].meaning[vehicle_class] for part in value.split(";") if part.strip() in table]
    return next((verdict for verdict in ("yes", "default", "no") if verdict in parts), None)
