"""``clearway decide sign``: what follows is listed, and only what --follow names is written."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from clearway.cli import root
from clearway.errors import BadInput
from clearway.record.open import open_record
from option_rooms import document
from picture.test_view import STREAM
from talk_rooms import UNION, count

if TYPE_CHECKING:
    from pathlib import Path

DRAFT: dict[str, Any] = {
    "by": "Controller, Police",
    "what": "Offer parking",
    "expects": [{"what": "fewer vehicles", "by_when": "2099-01-01T00:00Z"}],
    "review": "2099-01-02T00:00Z",
}
LISTED = [
    "It follows:",
    "  1. Task of Controller, Police: Hold a talk with groups about streets, and write its minutes",
    "  2. Notice to everybody: Offered: parking",
    "  3. Task of Controller, Police: Say what came of it: fewer vehicles, by 2099-01-01T00:00Z",
    "  4. Task of Controller, Police: Review the decision, and say what came of it: Offer parking, by 2099-01-02T00:00Z",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A record with two counts, a draft and the option that is chosen."""
    with closing(open_record(str(tmp_path / "room.record"))) as store:
        count(store, "a", 150, 160, day=5)
        count(store, "u", 40, 50, day=5, hour=13, source=UNION)
    (tmp_path / "draft.json").write_text(json.dumps(DRAFT))
    (tmp_path / "option.json").write_text(json.dumps(document("offer", "talk", "offer")))
    return tmp_path


def run(folder: Path, *more: str) -> list[str]:
    words = ["decide", "sign", str(folder / "draft.json"), "--record", str(folder / "room.record"), "--quick"]
    result = CliRunner().invoke(root, [*words, "--option", str(folder / "option.json"), *more])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output.splitlines()


def written(folder: Path) -> list[tuple[str, str]]:
    """The entries that follow from a decision: kind, and the document of their source."""
    with closing(open_record(str(folder / "room.record"))) as store:
        entries = [one for one in store.entries(STREAM) if "-follows-" in one.id]
        return [(one.draft.body.kind, one.draft.source.document or "") for one in entries]


def test_a_preview_lists_what_follows_and_signs_nothing(folder: Path) -> None:
    said = run(folder, "--preview")
    assert said[-len(LISTED) - 1 : -1] == LISTED
    assert said[-1] == "Nothing was signed."
    with closing(open_record(str(folder / "room.record"))) as store:
        assert not list(store.entries(STREAM, kind="decision"))


def test_without_follow_none_is_written_and_they_are_listed(folder: Path) -> None:
    said = run(folder)
    assert said[-len(LISTED) - 1 : -1] == LISTED
    assert said[-1].startswith("None of these was written: --follow names those that are to be")
    assert written(folder) == []


def test_those_that_are_named_are_written_with_the_decision_as_their_source(folder: Path) -> None:
    said = run(folder, "--follow", "2, 4", "--json")
    found = json.loads(said[0])
    source = f"decision {found['decision']}"
    assert written(folder) == [("notice", source), ("task", source)]
    assert found["follows"] == [f"{found['decision']}-follows-1", f"{found['decision']}-follows-2"]
    run(folder, "--follow", "all")
    assert len(written(folder)) == 6


@pytest.mark.parametrize(("which", "wrong"), [("5", "5"), ("0,1", "0"), ("one", "one"), ("1,,2", "")])
def test_a_number_that_is_not_on_the_list_is_refused(folder: Path, which: str, wrong: str) -> None:
    with pytest.raises(BadInput, match=f"--follow names {wrong}. The list has 1 to 4: see it with --preview"):
        run(folder, "--follow", which)
    assert written(folder) == []
