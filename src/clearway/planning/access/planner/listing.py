"""Every address with its times, as a table or as points for a map; written whole or not at all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from clearway.files import writing
from clearway.planning.access.planner.contract import AddressRow
from clearway.tables import CsvWriter

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.planning.access.planner.report import ServicesReport


def write_csv(path: Path, report: ServicesReport) -> None:
    """One row for each address; lists are joined by "; ".

    Raises:
        BadFile: the file cannot be written.
    """
    with writing(path) as file:
        table = CsvWriter(file)
        table.writerow(AddressRow.model_fields)
        for row in report.rows():
            table.writerow("; ".join(map(str, value)) if isinstance(value, tuple) else value for _, value in row)


def write_geojson(path: Path, report: ServicesReport) -> None:
    """One point for each address, with the columns of the table as properties.

    Raises:
        BadFile: the file cannot be written.
    """
    features = [
        {
            "type": "Feature",
            "properties": row.model_dump(mode="json", exclude={"lon", "lat"}),
            "geometry": {"type": "Point", "coordinates": [row.lon, row.lat]},
        }
        for row in report.rows()
    ]
    with writing(path) as file:
        file.write(json.dumps({"type": "FeatureCollection", "features": features}))
