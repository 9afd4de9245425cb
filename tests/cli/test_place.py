"""``clearway place``: words read, found on a network, or refused with the nearest names."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from clearway.cli.place import place
from clearway.network.store import save_network
from clearway.record.place_text import place_of_text

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from clearway.network.model import Network


@pytest.fixture
def asked(wellington: Network, tmp_path: Path):  # type: ignore[no-untyped-def] # noqa: ANN201 - a function
    file = tmp_path / "w.clearway"
    save_network(wellington, file)

    def ask(*arguments: str) -> Result:
        return CliRunner().invoke(place, [*arguments, "--network", str(file)])

    return ask


def test_a_corner_is_printed_with_its_spot(asked) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    result = asked("corner of Tory St and Courtenay Place")
    assert result.exit_code == 0
    assert result.output.startswith("Tory Street at Courtenay Place: exact, at -41.29")


def test_what_is_not_sure_is_asked_with_what_may_be_meant(asked) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    result = asked("30 m down Willis Street from Manners Street")
    assert result.exit_code == 0
    assert "may be either way. Towards which street?" in result.output
    assert result.output.count("30 m along Willis Street from Manners Street towards ") == 2


def test_an_unknown_street_ends_with_the_nearest_names_and_code_1(asked) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    result = asked("Courtnay Place at Tory Street")
    assert result.exit_code == 1
    assert "Courtenay Place" in result.output


def test_json_holds_the_place_as_an_entry_has_it(asked) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    answer = json.loads(asked("Tory St between Courtenay Pl and Vivian St", "--json").output)
    assert answer["certainty"] == "stretch"
    assert answer["place"]["between"] == ["Courtenay Place", "Vivian Street"]
    assert place_of_text(answer["words"]).type == "street"
