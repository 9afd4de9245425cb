"""Every address with its times, as a table or as points for a map; written whole or not at all."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

from clearway.files import writing

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.planning.access.planner.report import AccessReport


def write_csv(path: Path, report: AccessReport) -> None:
    """One row for each address; lists are joined by "; ".

    Raises:
        BadFile: the file cannot be written.
    """
    with writing(path) as file:
        table = None
        for row in report.rows():
            table = table or csv.DictWriter(file, list(row), lineterminator="\n")
            if not file.tell():
                table.writeheader()
            table.writerow(
                {key: "; ".join(map(str, value)) if isinstance(value, list) else value for key, value in row.items()}
            )


def write_geojson(path: Path, report: AccessReport) -> None:
    """One point for each address, with the columns of the table as properties.

    Raises:
        BadFile: the file cannot be written.
    """
    features = [
        {
            "type": "Feature",
            "properties": {key: value for key, value in row.items() if key not in {"lon", "lat"}},
            "geometry": {"type": "Point", "coordinates": [row["lon"], row["lat"]]},
        }
        for row in report.rows()
    ]
    with writing(path) as file:
        json.dump({"type": "FeatureCollection", "features": features}, file)
