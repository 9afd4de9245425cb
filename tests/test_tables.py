"""Tables that a spreadsheet may open: a cell that it would take for a formula is a text, a number stays a number."""

from __future__ import annotations

import ast
import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.assignment.exchange.trip_files import read_trip_file, write_list, write_square
from clearway.assignment.problem import TripTable
from clearway.network.exporters.gmns import export_gmns
from clearway.network.transit.bus_lines import BusLine, read_lines, write_lines
from clearway.tables import CsvWriter, plain_cell, safe_cell
from serving import drawn_town

if TYPE_CHECKING:
    from collections.abc import Callable

SOURCES = Path(__file__).parent.parent / "src" / "clearway"
FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", '=HYPERLINK("http://example.org")')


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_becomes_a_text(formula: str) -> None:
    assert safe_cell(formula) == f"'{formula}"


@pytest.mark.parametrize(
    "value", [-5, 5.5, "-5", "-5.25e-3", "+7", "-inf", "nan", "", "Bowen Street", "1-2", "'=x", None, True]
)
def test_numbers_and_other_words_stay(value: object) -> None:
    assert safe_cell(value) == value


@given(st.text().filter(lambda text: not text.startswith("'")))
def test_what_was_made_safe_is_read_as_it_was(text: str) -> None:
    assert plain_cell(str(safe_cell(text))) == text


def test_a_writer_makes_every_cell_safe() -> None:
    out = io.StringIO()
    rows = CsvWriter(out)
    rows.writerow(["=a", -1])
    rows.writerows([["@b", "-2"], ["c", 3.5]])
    assert out.getvalue() == "'=a,-1\n'@b,-2\nc,3.5\n"


@pytest.mark.slow
def test_no_other_module_writes_tables_of_its_own() -> None:
    """Every file of comma-separated values is written by :class:`CsvWriter`."""

    def writes(path: Path) -> bool:
        names = (node.attr for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Attribute)
                 and isinstance(node.value, ast.Name) and node.value.id == "csv")  # fmt: skip
        return bool({"writer", "DictWriter"} & set(names))

    assert [path.name for path in sorted(SOURCES.rglob("*.py")) if writes(path)] == ["tables.py"]


@pytest.mark.parametrize("write", [write_list, write_square])
def test_zones_named_like_formulas_survive_a_file_of_trips(write: Callable[[Path, TripTable], None], tmp_path: Path) -> None:
    zones = ("=1+1", "@Home", "-Wharf")
    trips = np.array([[[0.0, 12.5, 0], [0, 0, 3], [1e-3, 0, 0]]])
    write(tmp_path / "trips.csv", TripTable(trips, zones, ("general",)))
    cells = [cell for row in csv.reader(io.StringIO((tmp_path / "trips.csv").read_text(), newline="")) for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
    assert read_trip_file(tmp_path / "trips.csv", zones)[0].trips.tolist() == trips.tolist()


def test_a_bus_route_named_like_a_formula_survives_its_file() -> None:
    town = drawn_town()
    line = BusLine("=1+1", "@Home", 12, np.array([0, 2], np.int64))
    (read,) = read_lines(town, write_lines(town, [line]))
    assert (read.route, read.towards, read.trips_per_day) == ("=1+1", "@Home", 12)


def test_a_network_is_exported_as_before(tmp_path: Path) -> None:
    export_gmns(drawn_town(), tmp_path)
    written = (tmp_path / "node.csv").read_bytes()
    assert written.startswith(b"node_id,")
    assert b"-41.29" in written
    assert b"'" not in written
    assert written.count(b"\r\n") == written.count(b"\n") == 37
