"""Scenarios from a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from clearway.errors import BadFile
from clearway.planning.geojson import read_json
from clearway.planning.options.ensemble.contract import Scenarios
from clearway.shapes import sentence_of

if TYPE_CHECKING:
    from pathlib import Path

_REMEDY = "Print an example with 'clearway decide scenario-template'."


def read_scenarios(path: Path) -> Scenarios:
    """What may come otherwise, from a file.

    Raises:
        BadFile: it cannot be read, or is not a set of scenarios.
    """
    try:
        return Scenarios.model_validate(read_json(path, _REMEDY))
    except ValidationError as error:
        raise BadFile(path, "does not hold scenarios that can be used", sentence_of(error.errors(), remedy=_REMEDY)) from error
