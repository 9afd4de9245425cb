"""The drawing of who imports whom, walked independently of import-linter: no circle, and nothing upward."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
SOURCES = ROOT / "src"


def module_files(sources: Path) -> dict[str, Path]:
    """Every module of a source folder by its dotted name."""
    files = {}
    for path in sorted(sources.rglob("*.py")):
        parts = path.relative_to(sources).with_suffix("").parts
        files[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return files


def named_modules(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Each import of a syntax tree, under TYPE_CHECKING and in functions too: the module, and the name taken from it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written out in full"
            yield from ((node.module or "", alias.name) for alias in node.names)


def imports_of(sources: Path) -> nx.DiGraph[str]:
    """The modules of a source folder, and an arrow from each to those it imports."""
    files = module_files(sources)
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(files)
    for module, path in files.items():
        for base, name in named_modules(ast.parse(path.read_text(encoding="utf-8"))):
            target = f"{base}.{name}" if f"{base}.{name}" in files else base
            if target in files and target != module:
                graph.add_edge(module, target)
    return graph


def circles(graph: nx.DiGraph[str]) -> list[list[str]]:
    """Groups of modules that import one another."""
    return [sorted(group) for group in nx.strongly_connected_components(graph) if len(group) > 1]


def floors() -> list[tuple[str, list[list[str]]]]:
    """The layers of pyproject.toml: of each container its floors, the top one first, each with the rooms on it."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    layered = [contract for contract in contracts if contract["type"] == "layers"]
    return [
        (container, [[room.strip() for room in layer.split("|")] for layer in contract["layers"]])
        for contract in layered
        for container in contract["containers"]
    ]


def upward(graph: nx.DiGraph[str], container: str, layers: list[list[str]]) -> list[str]:
    """Imports within a container that run up, or across to another room of the same floor."""
    place = {f"{container}.{room}": floor for floor, rooms in enumerate(layers) for room in rooms}

    def room_of(module: str) -> str | None:
        return next((room for room in place if module == room or module.startswith(f"{room}.")), None)

    wrong = []
    for source, target in graph.edges:
        above, below = room_of(source), room_of(target)
        if above and below and above != below and place[above] >= place[below]:
            wrong.append(f"{source} imports {target}")
    return wrong


@pytest.fixture(scope="module")
def graph() -> nx.DiGraph[str]:
    return imports_of(SOURCES)


def test_no_modules_import_one_another_not_even_for_types(graph: nx.DiGraph[str]) -> None:
    assert circles(graph) == []


@pytest.mark.parametrize(("container", "layers"), floors())
def test_no_import_runs_upward(graph: nx.DiGraph[str], container: str, layers: list[list[str]]) -> None:
    assert upward(graph, container, layers) == []


def test_every_room_of_the_drawing_is_there(graph: nx.DiGraph[str]) -> None:
    rooms = {f"{container}.{room}" for container, layers in floors() for layer in layers for room in layer}
    assert rooms <= set(graph)


def test_a_circle_through_types_alone_and_an_import_upward_are_found(tmp_path: Path) -> None:
    for name, text in {
        "house/__init__.py": "",
        "house/roof.py": "from house.cellar import coal\n",
        "house/cellar.py": (
            "from typing import TYPE_CHECKING\n"
            "if TYPE_CHECKING:\n    from house import roof\n"
            "def climb():\n    import house.attic\n"
        ),
        "house/attic.py": "",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    drawn = imports_of(tmp_path)
    assert circles(drawn) == [["house.cellar", "house.roof"]]
    assert upward(drawn, "house", [["attic", "roof"], ["cellar"]]) == [
        "house.cellar imports house.roof",
        "house.cellar imports house.attic",
    ]


CHECKERS_MAY_READ = {
    f"clearway.{module}"
    for module in (
        "errors",
        "files",
        "planning.claims",  # how checkers read what an answer claims
        # the streets as another checker reads them, from the same definition
        *(f"planning.access.check{name}" for name in ("", ".claim", ".network_reading")),
        *(f"network.{name}" for name in ("classes", "closures", "geometry", "hours", "model", "store", "timed")),
    )
}


def checkers(graph: nx.DiGraph[str]) -> list[str]:
    """The packages that check what a planner claims: every planning folder called check."""
    return [module for module in graph if module.startswith("clearway.planning.") and module.endswith(".check")]


def test_a_checker_rests_on_the_networks_definition_and_the_code_of_checkers_alone(graph: nx.DiGraph[str]) -> None:
    """What made a plan, and the searches behind it, cannot be wrong in the same way where nothing of it is used again."""
    assert len(checkers(graph)) > 1
    for package in checkers(graph):
        own = {module for module in graph if module == package or module.startswith(f"{package}.")}
        used = own.union(*(nx.descendants(graph, module) for module in own))
        of_checkers = {module for module in graph if module.startswith(tuple(checkers(graph)))}
        assert used - own - of_checkers <= CHECKERS_MAY_READ
