"""``clearway barriers`` on a record and a network."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from click.testing import CliRunner

from clearway.cli.barriers import barriers
from clearway.cli.record import record
from clearway.network.store import save_network

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from clearway.network.model import Network


def test_the_record_s_barriers_are_counted_and_those_without_a_corner_are_not_placed(
    wellington: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    save_network(wellington, tmp_path / "w.clearway")
    entry = {
        "kind": "barrier_state", "body": {"barrier": "fence", "state": "standing"},
        "places": [
            {"type": "street", "street": "Tory Street"},
            {"type": "junction", "streets": ["Cuba Street", "Vivian Street"]},
        ],
        "happened": "2022-03-01T10:00+13:00", "known": "2022-03-01T10:00+13:00",
    }  # fmt: skip
    (tmp_path / "in.jsonl").write_text(json.dumps(entry))
    common = ["--record", "room.record", "--zone", "Pacific/Auckland"]
    assert CliRunner().invoke(record, ["import", "in.jsonl", *common]).exit_code == 0
    result = CliRunner().invoke(barriers, ["w.clearway", *common, "--at", "2022-03-01T12:00+13:00"])
    assert result.exit_code == 0, result.output
    assert result.output.startswith("2 of 2 barriers, gates and shut roads are named, 1 placed on the map.")
    assert "Tory Street: not placed." in result.output
