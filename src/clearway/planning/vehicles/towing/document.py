"""A schedule of tow trucks as a file has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from clearway.errors import BadFile
from clearway.planning.geojson import read_json
from clearway.planning.vehicles.towing.contract import Towed

if TYPE_CHECKING:
    from pathlib import Path

REMEDY = "Give the JSON that 'clearway vehicles tow --json' prints."


def read_schedule(path: Path) -> Towed:
    """A schedule that was printed before.

    Raises:
        BadFile: it is none, or damaged.
    """
    return schedule_of(read_json(path, REMEDY), path)


def schedule_of(document: object, name: Path | str) -> Towed:
    """A schedule from parsed JSON.

    Args:
        document: What was printed.
        name: Of the file, for the sentence.

    Raises:
        BadFile: it is none, or damaged.
    """
    try:
        return Towed.model_validate(document)
    except ValidationError as error:
        raise BadFile(name, "does not hold a schedule of tow trucks, or is damaged", REMEDY) from error
