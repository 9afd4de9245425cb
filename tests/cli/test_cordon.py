from __future__ import annotations

import json
import math
import os
import pty
import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from clearway.cli.cordon import cordon
from clearway.errors import BadFile, BadGeometry, BadInput, Infeasible, UnknownName
from clearway.network.store import save_network
from patience import LAST_RESORT_S

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from clearway.network.model import Network

HILL = [[174.7777, -41.2771], [174.7778, -41.2771], [174.7778, -41.277], [174.7777, -41.277], [174.7777, -41.2771]]
MOLESWORTH = "Molesworth Street from Lambton Quay to Hill Street"


@pytest.fixture(scope="module")
def roads(wellington: Network, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cordon") / "wellington.clearway"
    save_network(wellington, path)
    return path


def run(*words: object) -> str:
    result = CliRunner().invoke(cordon, [str(word) for word in words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output


def site_file(folder: Path, *geometries: dict[str, Any]) -> Path:
    features = [{"type": "Feature", "properties": {}, "geometry": geometry} for geometry in geometries]
    path = folder / "site.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def test_a_plan_is_told_in_words(roads: Path) -> None:
    said = run(roads, "--stretch", MOLESWORTH, "--frontier", "--alternatives", "1")
    assert "6 barriers at 3 corners close the site for 30.8 points." in said
    assert "across the junction of Molesworth St / Aitken St / Hill St" in said
    assert "Enclosed: " in said
    assert "No cordon is cheaper" in said
    assert "Alternative 1" in said


def test_a_plan_that_is_given_little_time_says_what_it_did_not_look_at(roads: Path) -> None:
    said = run(roads, "--stretch", MOLESWORTH, "--frontier", "--alternatives", "1", "--limit", "0.000001")
    assert "6 barriers at 3 corners close the site for 30.8 points." in said
    assert "The frontier stops at a cordon of 6 barriers at 3 corners: the time limit of 1e-06 s was reached." in said
    assert "--limit" in run(roads, "--stretch", MOLESWORTH, "--limit", "0")


@pytest.mark.slow
def test_control_c_ends_a_long_search(roads: Path, tmp_path: Path) -> None:
    ring = [[174.7772 + 0.012 * math.cos(angle / 8), -41.2785 + 0.009 * math.sin(angle / 8)] for angle in range(50)]
    site = site_file(tmp_path, {"type": "Polygon", "coordinates": [[*ring, ring[0]]]})
    words = ["cordon", roads, "--site", site, "--radius", "20000", "--frontier", "--alternatives", "10"]
    # a shell that starts the tests in the background has them ignore Ctrl-C, and what they start
    obeyed = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from clearway.cli import main; main()"
    main, own = pty.openpty()
    with subprocess.Popen([sys.executable, "-c", obeyed, *map(str, words)], stderr=own, stdout=subprocess.PIPE) as process:  # noqa: S603 - our own program
        os.close(own)
        shown = b""
        try:
            while b"%)" not in shown or b"frontier" not in shown:
                shown += os.read(main, 1000)
            process.send_signal(signal.SIGINT)
            assert process.wait(LAST_RESORT_S) == 130
        finally:
            process.kill()
            os.close(main)


def test_a_plan_is_printed_as_json_and_accepted_by_the_checker(roads: Path, tmp_path: Path) -> None:
    site = site_file(tmp_path, {"type": "Polygon", "coordinates": [HILL]})
    plan = json.loads(run(roads, "--site", site, "--json", "--frontier"))
    assert plan["optimal"]
    assert plan["cost"] == plan["bound"]
    assert {"place", "street", "between", "lon", "lat", "ways", "cost", "kind"} <= set(plan["barriers"][0])
    assert {"addresses", "streets", "length_m"} <= set(plan["enclosed"])
    assert {"cost", "places", "enclosed"} <= set(plan["frontier"][0])
    (tmp_path / "plan.json").write_text(json.dumps(plan))
    assert run("check", tmp_path / "plan.json", roads).startswith("Accepted.")
    plan["barriers"].pop()
    (tmp_path / "plan.json").write_text(json.dumps(plan))
    verdict = json.loads(run("check", tmp_path / "plan.json", roads, "--json"))
    assert not verdict["accepted"]


def test_lines_of_a_site_file_are_occupied_stretches(roads: Path, tmp_path: Path) -> None:
    line = {"type": "LineString", "coordinates": [[174.77773, -41.27775], [174.77777, -41.27696]]}
    assert "close the site for" in run(roads, "--site", site_file(tmp_path, line))


def test_the_barriers_are_written_as_geojson(roads: Path, tmp_path: Path) -> None:
    run(roads, "--stretch", MOLESWORTH, "--geojson", tmp_path / "out.geojson", "--out", tmp_path / "plan.json")
    roles = [feature["properties"]["role"] for feature in json.loads((tmp_path / "out.geojson").read_text())["features"]]
    assert roles.count("barrier") == roles.count("line") == len(json.loads((tmp_path / "plan.json").read_text())["barriers"])


def test_costs_of_ones_own_change_the_price(roads: Path, tmp_path: Path) -> None:
    (tmp_path / "costs.json").write_text('{"by_class": {"secondary": 90}}')
    dear = json.loads(run(roads, "--stretch", MOLESWORTH, "--costs", tmp_path / "costs.json", "--json"))
    assert dear["cost"] > 30
    (tmp_path / "costs.json").write_text('{"paint": 1}')
    with pytest.raises(BadFile, match="is not a table of barrier costs"):
        run(roads, "--stretch", MOLESWORTH, "--costs", tmp_path / "costs.json")


def test_a_street_that_enters_the_site_cannot_be_kept_open(roads: Path) -> None:
    with pytest.raises(Infeasible, match="Hill St cannot stay open: it enters the site by Molesworth St"):
        run(roads, "--stretch", MOLESWORTH, "--keep-open", "Hill Street")


def test_too_few_places_are_answered_with_the_number_that_works(roads: Path) -> None:
    with pytest.raises(Infeasible, match=r"1 place cannot seal the site; 3 can") as refused:
        run(roads, "--stretch", MOLESWORTH, "--at-most", "1")
    assert re.search(r"With the junction of .* closed, these ways in stay open: .* and .*\. Allow 3,", str(refused.value))
    assert "3 corners" in run(roads, "--stretch", MOLESWORTH, "--at-most", "3")


def test_pins_and_bans_are_told_with_how_far_they_moved_and_why(roads: Path) -> None:
    words = ("--pin", "174.7770,-41.2790", "--never", "174.7781,-41.27872", "--keep-open", "Mulgrave Street")
    said = run(roads, "--stretch", MOLESWORTH, *words)
    assert ", pinned" in said
    assert ", added" in said
    assert re.search(r"Pinned at 174\.77700, -41\.27900: barrier \d, .*, \d+ m away: ", said)
    assert re.search(r"Forbidden at 174\.77810, -41\.27872: ", said)
    assert "Kept open: Mulgrave St." in said
    assert ", added" not in run(roads, "--stretch", MOLESWORTH)


def test_json_and_geojson_tell_pins_bans_and_streets_that_stay_open_apart(roads: Path, tmp_path: Path) -> None:
    words = ("--pin", "174.7770,-41.2790", "--never", "174.7781,-41.27872", "--keep-open", "Mulgrave Street")
    plan = json.loads(run(roads, "--stretch", MOLESWORTH, *words, "--geojson", tmp_path / "out.geojson", "--json"))
    (pin,), (ban,) = plan["wishes"]["pinned"], plan["wishes"]["forbidden"]
    assert pin["asked"] == {"lon": 174.777, "lat": -41.279}
    assert pin["moved_m"] > 2
    assert pin["why"]
    held = [barrier for barrier in plan["barriers"] if barrier["number"] in pin["numbers"]]
    assert [barrier["origin"] for barrier in held] == ["pinned"]
    assert ban["numbers"] == []
    assert {barrier["origin"] for barrier in plan["barriers"]} == {"pinned", "added"}
    assert plan["wishes"]["kept_open"] == ["Mulgrave St"]
    assert plan["barrier_count"] == sum(len(barrier["way_indexes"]) for barrier in plan["barriers"])
    assert plan["corner_count"] + plan["mid_block_count"] == plan["places"] == len(plan["barriers"])
    roles = {feature["properties"]["role"] for feature in json.loads((tmp_path / "out.geojson").read_text())["features"]}
    assert {"barrier", "line", "enclosed", "pinned", "forbidden", "kept_open"} <= roles


def test_what_must_stay_outside_cannot_be_site_too(roads: Path, tmp_path: Path) -> None:
    outside = site_file(tmp_path, {"type": "Polygon", "coordinates": [HILL]})
    with pytest.raises(Infeasible, match="is in the site and must also stay outside"):
        run(roads, "--stretch", MOLESWORTH, "--outside", outside)


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ([], BadInput),
        (["--stretch", "Nowhere Street"], UnknownName),
        (["--stretch", "Molesworth Street from Nowhere to Hill Street"], UnknownName),
        (["--stretch", MOLESWORTH, "--never", "0,0"], Infeasible),
        (["--stretch", MOLESWORTH, "--radius", "-5"], BadInput),
    ],
)
def test_a_bad_wish_is_named(roads: Path, words: list[str], error: type[Exception]) -> None:
    with pytest.raises(error):
        run(roads, *words)


@pytest.mark.parametrize(
    ("geometry", "sentence"),
    [
        ({"type": "Point", "coordinates": [174.77, -41.27]}, "is a Point"),
        ({"type": "Polygon", "coordinates": [[[lat, lon] for lon, lat in HILL]]}, "swapped"),
        ({"type": "Polygon", "coordinates": [[[lon + 3, lat] for lon, lat in HILL]]}, "outside the network"),
        ({"type": "LineString", "coordinates": [[174.9, -41.3], [174.91, -41.3]]}, "does not follow a street"),
    ],
)
def test_a_bad_site_is_named(roads: Path, tmp_path: Path, geometry: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadGeometry, match=sentence):
        run(roads, "--site", site_file(tmp_path, geometry))


def test_a_file_that_is_no_geojson_is_named(roads: Path, tmp_path: Path) -> None:
    (tmp_path / "site.geojson").write_text("{")
    with pytest.raises(BadFile, match="cut short"):
        run(roads, "--site", tmp_path / "site.geojson")
    (tmp_path / "plan.json").write_text("{}")
    with pytest.raises(BadInput, match="not a cordon plan"):
        run("check", tmp_path / "plan.json", roads)
