"""What version 0.1.0 answered is answered still, by every command and by the server: the same names, the same values.

Only additions are allowed. Figures that rest on an equilibrium may differ in their last decimals, so those are compared by name
and kind, and the totals by value.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from clearway.cli import root
from clearway.network.store import load_network
from clearway.planning.cordon.check import check_cordon
from clearway.server.city import city_from
from clearway.server.desks.plan.desk import planner_of
from clearway.server.desks.plan.models import PlanQuestion
from clearway.server.networks import served_network
from lost import lost

BEFORE = Path(__file__).parents[1] / "data" / "before"
WISHES = (
    *("--site", "site.geojson", "--outside", "outside.geojson", "--radius", "500", "--costs", "costs.json"),
    *("--address-cost", "0.02", "--shut", "general,bus", "--keep-open", "Dixon Street", "--frontier", "--alternatives", "1"),
)
CITY = ("--stations", "stations.geojson", "--zones", "8", "--dask", "off", "--json")


def unpacked(name: str) -> bytes:
    return gzip.decompress((BEFORE / f"{name}.gz").read_bytes())


@pytest.fixture(scope="module")
def then() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(unpacked("answers.json"))
    return found


@pytest.fixture(scope="module")
def folder(then: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that the answers rest on, the cordon of then among them."""
    path = tmp_path_factory.mktemp("then")
    (path / "town.clearway").write_bytes(unpacked("town.clearway"))
    for name, content in (then["files"] | {"cordon.json": then["answers"]["cordon"]}).items():
        (path / name).write_text(json.dumps(content))
    return path


@pytest.fixture
def here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(folder)
    return folder


def run(*words: str) -> dict[str, Any]:
    result = CliRunner().invoke(root, words)
    if result.exception:
        raise result.exception
    document: dict[str, Any] = json.loads(result.stdout)
    return document


@pytest.mark.slow
@pytest.mark.usefixtures("here")
def test_the_same_wishes_make_the_same_cordon(then: dict[str, Any]) -> None:
    before, said = then["answers"]["cordon"], run("cordon", "town.clearway", *WISHES, "--json")
    assert list(lost(before | {"certificate": {}}, said, values=False)) == []  # corners are priced by their arms since
    assert said["cost"] <= before["cost"]


def test_a_cordon_of_then_is_accepted_by_the_checker(here: Path, then: dict[str, Any]) -> None:
    holds, fails = check_cordon(load_network(here / "town.clearway"), then["answers"]["cordon"])
    assert holds[1] == "Every street that is to stay open can be reached from outside."
    assert (len(holds), fails) == (4, [])


@pytest.mark.usefixtures("here")
def test_access_under_a_cordon_of_then_is_the_same(then: dict[str, Any]) -> None:
    words = ("--stations", "stations.geojson", "--cordon", "cordon.json", "--closures", "closures.geojson", "--as-blocks")
    said = run("access", "town.clearway", *words, "--most", "3", "--certificate", "cert.json", "--json")
    assert list(lost(then["answers"]["access"], said)) == []


@pytest.mark.slow
@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("impact", ("impact", "town.clearway", "--cordon", "cordon.json", "--draws", "2", *CITY)),
        (
            "comparison",
            ("impact", "town.clearway", "--cordon", "cordon.json", "--compare", "closures.geojson", "--draws", "0", *CITY),
        ),
        (
            "variants",
            ("impact", "variants", "town.clearway", "--site", "site.geojson", "--radius", "500", "--count", "4", *CITY),
        ),
        ("assign", ("assign", "town.clearway", "--zones", "8", "--select-link", "Cuba Street", "--json")),
    ],
)
def test_traffic_has_the_same_names_and_kinds_of_value(then: dict[str, Any], name: str, words: tuple[str, ...]) -> None:
    assert list(lost(then["answers"][name], run(*words), values=False)) == []


def test_a_question_of_then_is_answered_the_same_by_the_server(then: dict[str, Any], folder: Path) -> None:
    network, files = load_network(folder / "town.clearway"), then["files"]
    scenario = city_from(network, name="t", site=files["site.geojson"], stations=files["stations.geojson"])
    planner = served_network(network, scenario).desk(planner_of)
    answer = json.loads(planner.plan(PlanQuestion.model_validate(then["question"])).model_dump_json())
    before = then["answers"]["plan"]
    before["summary"] = [sentence.replace("Help", "Fire") for sentence in before["summary"]]  # a service is named since
    before["cordon"]["frontier"] = before["cordon"]["frontier"][: len(answer["cordon"]["frontier"])]
    assert list(lost(before, answer, values=False)) == []
    assert answer["cordon"]["cost"] <= before["cordon"]["cost"]
