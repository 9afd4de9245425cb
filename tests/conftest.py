"""What several rooms' tests share: open data, Wellington imported once, and hand-drawn maps.

A map is drawn in a few lines of text, written as an OpenStreetMap file and imported:

    b 174.76 -41.29 174.78 -41.27             border: west, south, east, north
    n 1 0 0 barrier=gate                      node: id, metres east and north of a fixed point, tags
    w 10 1,2,3 highway=residential            way: id, nodes, tags
    r 5 w10:from n2:via w11:to restriction=no_left_turn type=restriction
"""

from __future__ import annotations

import gzip
import os
import shlex
import shutil
from math import cos, radians
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

import psycopg
import pytest
from hypothesis import settings

from clearway.network.importers.council import import_council
from clearway.network.importers.osm import import_osm
from random_towns import ByHand, Town, random_towns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hypothesis.strategies import SearchStrategy

    from clearway.network.model import Network

# as it is chosen where tests run, but without a time for each example: the first one compiles, and a machine may be busy
settings.register_profile("clearway", settings(), deadline=None)
settings.load_profile("clearway")


@pytest.fixture(scope="session")
def open_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the open data sets of ``tests/data``, unpacked."""
    folder = tmp_path_factory.mktemp("open") / "data"
    shutil.copytree(Path(__file__).parent / "data", folder)
    for packed in folder.rglob("*.geojson.gz"):
        packed.with_suffix("").write_bytes(gzip.decompress(packed.read_bytes()))
    return folder


@pytest.fixture(scope="session")
def wellington(open_data: Path) -> Network:
    """Wellington City as the council's centrelines draw it."""
    return import_council(open_data / "wellington" / "roads.geojson", name="Wellington")


POSTGRES = os.environ.get("CLEARWAY_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")


def why_postgres_is_absent() -> str | None:
    """Why the tests that need PostgreSQL cannot run here; None where they can, and in CI, where they fail without it."""
    if os.environ.get("CI") or os.environ.get("CLEARWAY_REQUIRE_POSTGRES"):
        return None
    try:
        psycopg.connect(POSTGRES, connect_timeout=30).close()
    except psycopg.Error as error:
        return str(error).strip()
    return None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs PostgreSQL where none answers."""
    need = [item for item in items if "postgres" in getattr(item, "fixturenames", ())]
    if need and why_postgres_is_absent():
        config.hook.pytest_deselected(items=need)
        items[:] = [item for item in items if item not in need]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was left out, and what to do about it."""
    if why := why_postgres_is_absent():
        terminalreporter.write_line(
            f"Left out: the tests that need PostgreSQL, which does not answer at {POSTGRES} ({why}). "
            "Start it, or name another with CLEARWAY_POSTGRES.",
            yellow=True,
        )


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL database of this process alone, dropped at its end.

    CLEARWAY_POSTGRES names the server, else the one of this machine is asked.
    """
    name = f"clearway_test_{os.getpid()}"
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        yield f"{POSTGRES.rpartition('/')[0]}/{name}"
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture(scope="session")
def towns() -> SearchStrategy[Town]:
    """Small random towns, for hypothesis."""
    return random_towns()


@pytest.fixture(scope="session")
def by_hand() -> type[ByHand]:
    """The independent answer."""
    return ByHand


@pytest.fixture(scope="session")
def town() -> type[Town]:
    """A network with stations and closures."""
    return Town


_LON, _LAT = 174.77, -41.28
_DEGREE_M = 6_371_008.8 * 3.141592653589793 / 180
_MEMBER = {"n": "node", "w": "way", "r": "relation"}


def osm_text(drawing: str) -> str:
    """The OpenStreetMap XML of a drawing."""
    lines = [shlex.split(line) for line in drawing.strip().splitlines() if line.strip()]
    return '<osm version="0.6">\n' + "\n".join(_element(words) for words in lines) + "\n</osm>\n"


def _element(words: list[str]) -> str:
    kind, number, rest = words[0], words[1], words[2:]
    tags = "".join(
        f"<tag k={quoteattr(key)} v={quoteattr(value)}/>"
        for key, _, value in (word.partition("=") for word in rest if "=" in word)
    )
    bare = [word for word in rest if "=" not in word]
    if kind == "n":
        lon = _LON + float(bare[0]) / (_DEGREE_M * cos(radians(_LAT)))
        lat = _LAT + float(bare[1]) / _DEGREE_M
        return f'<node id="{number}" lon="{lon:.7f}" lat="{lat:.7f}">{tags}</node>'
    if kind == "w":
        return f'<way id="{number}">' + "".join(f'<nd ref="{ref}"/>' for ref in bare[0].split(",")) + tags + "</way>"
    if kind == "b":
        west, (south, east, north) = number, bare
        return f'<bounds minlon="{west}" minlat="{south}" maxlon="{east}" maxlat="{north}"/>'
    members = "".join(
        f'<member type="{_MEMBER[member[0]]}" ref="{member[1:].partition(":")[0]}" role="{member.partition(":")[2]}"/>'
        for member in bare
    )
    return f'<relation id="{number}">{members}{tags}</relation>'


@pytest.fixture
def draw(tmp_path: Path) -> Callable[[str], Network]:
    """Import a drawing."""

    def imported(drawing: str) -> Network:
        path = tmp_path / "drawing.osm"
        path.write_text(osm_text(drawing))
        return import_osm(path)

    return imported


@pytest.fixture
def drawn_file(tmp_path: Path) -> Callable[[str], Path]:
    """Write a drawing as an OpenStreetMap file."""

    def written(drawing: str) -> Path:
        path = tmp_path / "drawing.osm"
        path.write_text(osm_text(drawing))
        return path

    return written
