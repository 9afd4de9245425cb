"""Write the tables of docs/reference/vehicle-classes.md from the files the import reads: ``python docs/class_tables.py``."""

from __future__ import annotations

import csv
from pathlib import Path

NETWORK = Path(__file__).parents[1] / "src" / "clearway" / "network"
PAGE = Path(__file__).parent / "reference" / "vehicle-classes.md"
TABLES = (
    "vehicle_classes.csv",
    "size_limits.csv",
    "access_values.csv",
    "street_classes.csv",
    "u_turns.csv",
    "driving_sides.csv",
)


def table(name: str) -> str:
    """One CSV file as a Markdown table; lists become commas."""
    with (NETWORK / name).open(newline="", encoding="utf-8") as file:
        head, *rows = csv.reader(file)
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", ", ") for cell in line) + " |" for line in lines)


def page(text: str) -> str:
    """The page with each table brought up to date between its two marks."""
    for name in TABLES:
        start, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
        before, rest = text.split(start)
        after = rest.split(end)[1]
        text = f"{before}{start}\n\n{table(name)}\n\n{end}{after}"
    return text


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), encoding="utf-8")
