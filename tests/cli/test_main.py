"""What the shell sees when the program ends."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from clearway.cli import main, root
from clearway.network.store import save_network

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clearway.network.model import Network

STREET = """
n 1 0 0
n 2 300 0
n 3 600 0
n 4 300 300
w 10 1,2,3 highway=residential name=High_Street
w 11 2,4 highway=residential name=Side_Street
"""


@pytest.mark.parametrize(("forged", "code"), [(False, None), (True, 1)])
def test_a_refused_certificate_ends_the_program_with_code_1(
    forged: bool,  # noqa: FBT001 - a case
    code: int | None,
    draw: Callable[[str], Network],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    save_network(draw(STREET), tmp_path / "n.clearway")
    point = {"type": "Point", "coordinates": [174.77, -41.28]}
    station = {"type": "Feature", "geometry": point, "properties": {"name": "Station", "kind": "fire_station"}}
    (tmp_path / "s.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [station]}))
    made = CliRunner().invoke(root, ["access", "n.clearway", "--stations", "s.geojson", "--certificate", "c.json"])
    assert made.exit_code == 0, made.output
    document = json.loads((tmp_path / "c.json").read_text())
    document["services"][0]["after"]["steps"]["ms"][-1] -= int(forged)
    (tmp_path / "c.json").write_text(json.dumps(document))
    monkeypatch.setattr(sys, "argv", ["clearway", "access", "check", "c.json", "n.clearway"])
    if code is None:
        main()
    else:
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == code
