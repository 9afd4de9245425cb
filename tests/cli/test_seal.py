"""``clearway seal``: words, JSON, exit codes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from clearway.cli import root
from clearway.errors import BadFile, BadGeometry, BadInput
from clearway.network.importers.osm import import_osm
from clearway.network.store import save_network

if TYPE_CHECKING:
    from pathlib import Path

RING = (
    ("Col 3", "south", "Row 4"), ("Row 3", "west", "Col 4"), ("Row 2", "west", "Col 4"), ("Col 3", "north", "Row 1"),
    ("Col 2", "north", "Row 1"), ("Row 2", "east", "Col 1"), ("Row 3", "east", "Col 1"), ("Col 2", "south", "Row 4"),
)  # fmt: skip
LINES = [f"{street}, {side} side of {cross}" for street, side, cross in RING]


@pytest.fixture(scope="module")
def cases(open_data: Path) -> Path:
    return open_data / "cases" / "network"


@pytest.fixture(scope="module")
def roads(cases: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("seal") / "k00.clearway"
    save_network(import_osm(cases / "k00-base.osm"), path)
    return path


def run(cases: Path, roads: Path, barriers: Path, *more: object) -> tuple[int, str]:
    words = ["seal", roads, "--site", cases / "k00-base.site.geojson", "--barriers", barriers, *more]
    result = CliRunner().invoke(root, [str(word) for word in words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def test_a_sealed_ring_is_told_in_words_and_as_json(cases: Path, roads: Path, tmp_path: Path) -> None:
    path = tmp_path / "ring.txt"
    path.write_text("\n".join(LINES))
    code, said = run(cases, roads, path)
    assert code == 0
    assert said.startswith("Sealed: no street leads from outside into the site for vehicles past 8 barriers.\n")
    assert "Enclosed: 60 frontage points on 4 streets, 1.1 km." in said
    code, said = run(cases, roads, path, "--json")
    document = json.loads(said)
    assert (code, document["sealed"], document["leaks"], document["idle"]) == (0, True, [], [])
    assert document["encloses"]["streets"] == ["Col 2", "Col 3", "Row 2", "Row 3"]


def test_street_and_cross_street_are_enough_where_one_side_leads_to_the_site(cases: Path, roads: Path, tmp_path: Path) -> None:
    path = tmp_path / "ring.csv"
    path.write_text("\n".join(["street,at", *(f"{street},{cross}" for street, _, cross in RING)]))
    code, said = run(cases, roads, path)
    assert code == 0
    assert "Note: Barrier 1 (Col 3 at Row 4) is taken to stand on the south side of Row 4, towards the site." in said


def test_a_gap_exits_with_1_and_names_the_street_and_the_barrier(cases: Path, roads: Path, tmp_path: Path) -> None:
    path = tmp_path / "ring.txt"
    path.write_text("\n".join([*LINES[:-1], "10.0009,0.0004"]))
    code, said = run(cases, roads, path)
    assert code == 1
    assert "Not sealed: 1 way in is left for vehicles past 8 barriers." in said
    assert "  1  Col 2: from [10.00180, 0.00540] (the data end here) into the site at [10.00180, 0.00288], 280 m" in said
    assert "Stop it on Col 2, south side of Row 4" in said
    assert "Barrier 8 (Col 1, north side of Row 0) stops nothing." in said
    code, said = run(cases, roads, path, "--json")
    (leak,) = json.loads(said)["leaks"]
    assert (code, leak["streets"], leak["barrier"]["street"]) == (1, ["Col 2"], "Col 2")


@pytest.mark.parametrize(
    ("text", "error", "sentence"),
    [
        ("", BadFile, "contains no barriers"),
        ("Row 4 at Col 2", BadInput, "fits 2 places: Row 4 goes on to the east and west of Col 2. Name the side"),
        ("10.5,0.5", BadGeometry, "lies far from every street"),
        ("0.0018,10.0027", BadGeometry, "has latitude first; longitude comes first"),
    ],
)
def test_a_barrier_that_cannot_be_placed_gets_one_sentence(
    cases: Path, roads: Path, tmp_path: Path, text: str, error: type[Exception], sentence: str
) -> None:
    path = tmp_path / "ring.txt"
    path.write_text(text)
    with pytest.raises(error, match=sentence):
        run(cases, roads, path)


def test_there_must_be_a_site(roads: Path, tmp_path: Path) -> None:
    path = tmp_path / "ring.txt"
    path.write_text(LINES[0])
    result = CliRunner().invoke(root, ["seal", str(roads), "--barriers", str(path)])
    assert "There is no site. Give --site" in str(result.exception)


def test_an_open_square_is_a_doubt(cases: Path, tmp_path: Path) -> None:
    network = tmp_path / "plaza.clearway"
    save_network(import_osm(cases / "g3-plaza-multipolygon.osm"), network)
    (tmp_path / "ring.txt").write_text("Site St at East")
    words = ["seal", network, "--site", cases / "g3-plaza-multipolygon.site.geojson", "--barriers", tmp_path / "ring.txt"]
    said = CliRunner().invoke(root, [str(word) for word in words]).output
    assert "Sealed" not in said
    assert "No street of the map leads in for vehicles past 1 barrier, but 1 place is in doubt." in said
    assert "In doubt: Plaza at" in said
