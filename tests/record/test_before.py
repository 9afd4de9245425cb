"""A record that version 0.1.0 wrote, one entry of every kind and every tie, opens, verifies and gives the same pictures."""

from __future__ import annotations

import gzip
import json
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pytest
from click.testing import CliRunner

from clearway.cli import root
from clearway.picture.index import PictureIndex
from clearway.picture.view import Moments, picture_of
from clearway.record.entry import Knowledge, now
from clearway.record.import_jsonl import import_lines
from clearway.record.kinds import KINDS
from clearway.record.moments import calendar, moment_of
from clearway.record.open import open_record
from clearway.record.parse import draft_of
from clearway.record.rows import Head
from lost import lost

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.record.store import Store

KINDS_THEN = 36
"""How many kinds version 0.1.0 knew."""

BEFORE = Path(__file__).parents[1] / "data" / "before"
LINES = BEFORE / "record.jsonl"
HEAD = Head(43, "f29a72e74ba39a52714970c05cbfeb1ea2845fd976e5b797fef9dd44b35675a4")
"""Noted down when it was written."""

OF_OTHERS = frozenset({"arrests"})
"""What another body than its own corrects in it."""


@pytest.fixture
def address(tmp_path: Path) -> str:
    path = tmp_path / "before.record"
    path.write_bytes(gzip.decompress((BEFORE / "record.sqlite.gz").read_bytes()))
    return str(path)


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    with closing(open_record(address)) as opened:
        yield opened


def read(text: str) -> Any:  # noqa: ANN401 - any JSON
    """JSON with figures to six digits, which every machine computes alike."""
    return json.loads(text, parse_float=lambda figure: float(f"{float(figure):.6g}"))


def test_it_verifies_up_to_the_head_that_was_noted_down(store: Store, address: str) -> None:
    assert store.head() == HEAD
    assert store.verify(expected=HEAD) == []
    done = CliRunner().invoke(root, ["record", "verify", "--record", address, "--head", f"{HEAD.seq}:{HEAD.hash}"])
    assert (done.exit_code, "none changed, missing or reordered" in done.output) == (0, True)


def test_it_holds_every_kind_and_its_export_is_the_same_line_by_line(store: Store) -> None:
    entries = list(store.entries())
    kinds = {entry.draft.kind for entry in entries}
    assert len(kinds) == KINDS_THEN
    assert kinds <= set(KINDS)
    lines = LINES.read_text("utf-8").splitlines()
    assert [json.dumps(entry.as_json(), ensure_ascii=False) for entry in entries] == lines


def test_its_pictures_are_the_same(store: Store) -> None:
    index = PictureIndex()
    for expected in read(gzip.decompress((BEFORE / "pictures.json.gz").read_bytes()).decode()):
        at, known_at = moment_of(expected["at"]), moment_of(expected["known_at"])
        # once the number of entries when the picture was made, which cannot be the same in a year
        expected["entries"] = sum(entry.draft.known <= known_at for entry in store.entries())
        for knowledge in get_args(Knowledge):
            found = picture_of(store, index, "square", Moments(at, known_at, knowledge), bands=False)
            now = read(found.model_dump_json())
            for before, condition in zip(expected["conditions"], now["conditions"], strict=True):
                if condition["open_because"]:  # once any figure of anywhere decided, however old
                    before |= {"met": None, "decided_by": []}
            # once anybody corrected anybody's word: now it stands, and the correction is a dispute
            void = OF_OTHERS - {told["id"] for told in expected["events"]}
            now["events"] = [fact for fact in now["events"] if fact["id"] not in void]
            now["contested"] = [one for one in now["contested"] if one["facts"][0]["id"] not in void]
            for told in expected["events"]:
                told["corrects"] = [one for one in told["corrects"] if one not in OF_OTHERS]
            assert list(lost(expected, now)) == []


def test_its_export_is_imported_with_the_same_contents(store: Store, tmp_path: Path) -> None:
    with closing(open_record(str(tmp_path / "new.record"))) as again:
        assert import_lines(again, "square", LINES, calendar()).refused == ()
        imported = [entry.draft.model_copy(update={"entered": "imported"}) for entry in store.entries()]
        assert [entry.draft for entry in again.entries()] == imported
        assert import_lines(store, "square", LINES, calendar()).written == 0


def test_it_is_written_on(store: Store) -> None:
    said = {"id": "new", "kind": "count", "body": {"what": "vehicles", "amount": {"low": 5}}, "happened": "2022-02-19"}
    (entry,) = store.append("square", [draft_of(said | {"corrects": ["count"]}, calendar(), now=now())])
    assert entry.seq == HEAD.seq + 1
    assert store.verify(expected=HEAD) == []
