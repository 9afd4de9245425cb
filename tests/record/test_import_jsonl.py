"""A file of entries: what is written, what is refused by its line, what is asked about, and that all is written or nothing."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadFile, UnknownName
from clearway.record.import_jsonl import BATCH, Imported, drafts_in, import_lines
from clearway.record.moments import calendar
from clearway.record.open import open_record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clearway.record.store import Store

DAYS = calendar("Pacific/Auckland", "2022-02-08")
POLICE = {"organisation": "Police"}


def remark(text: str, happened: str = "day 3 noon", **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    said = {"kind": "remark", "body": {"text": text}, "happened": happened, "known": happened, "source": POLICE}
    return said | {"id": text} | fields


def shut(name: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """A street that is shut: what can correct another."""
    return remark(name, **({"kind": "road_state", "body": {"state": "shut"}, "place": "Hill Street"} | fields))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_record(str(tmp_path / "room.record"))) as opened:
        yield opened


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "lines.jsonl"


def lines(file: Path, *entries: dict[str, Any] | str) -> Path:
    file.write_text("\n".join(one if isinstance(one, str) else json.dumps(one) for one in entries) + "\n", "utf-8")
    return file


def texts(store: Store) -> list[str]:
    return [entry.draft.body.model_dump().get("text", "") for entry in store.entries("square")]


def test_lines_are_written_in_their_order_and_again_they_are_there_already(store: Store, file: Path) -> None:
    lines(file, remark("One"), "", "   ", remark("Two"))
    assert import_lines(store, "square", file, DAYS) == Imported(2, 0, ())
    assert import_lines(store, "square", file, DAYS) == Imported(0, 2, ())
    lines(file, remark("Two"), remark("Three"))
    assert import_lines(store, "square", file, DAYS) == Imported(1, 1, ())
    assert texts(store) == ["One", "Two", "Three"]
    assert {entry.draft.entered for entry in store.entries("square")} == {"imported"}


@pytest.mark.parametrize("skip_bad", [False, True])
def test_an_empty_file_writes_nothing(store: Store, file: Path, *, skip_bad: bool) -> None:
    assert import_lines(store, "square", lines(file, ""), DAYS, skip_bad=skip_bad) == Imported(0, 0, ())


def test_bad_lines_are_told_one_after_the_other_as_far_as_can_be_shown(store: Store, file: Path) -> None:
    for count, rest in ((2, "Line 1: "), (3, "Line 1: ")):
        lines(file, *["nonsense"] * count)
        with pytest.raises(BadFile) as refused:
            import_lines(store, "square", file, DAYS)
        said = str(refused.value)
        assert f"{count} lines cannot be used. {rest}" in said
        assert all(f". Line {line}: " in said for line in range(2, count + 1)), said


def test_one_bad_line_stops_all_and_is_named_by_its_number(store: Store, file: Path) -> None:
    lines(file, remark("One"), "", "nonsense")
    with pytest.raises(BadFile) as refused:
        import_lines(store, "square", file, DAYS)
    said = str(refused.value)
    assert "one line cannot be used. Line 3: " in said
    assert said.endswith("Correct them, or write the others with --skip-bad. Nothing was written")
    assert texts(store) == []


@pytest.mark.parametrize(("bad", "shown"), [(3, 3), (4, 3), (1, 1)])
def test_the_first_three_bad_lines_are_shown(store: Store, file: Path, bad: int, shown: int) -> None:
    with pytest.raises(BadFile) as refused:
        import_lines(store, "square", lines(file, *["{"] * bad), DAYS)
    said = str(refused.value)
    assert said.count("Line ") == shown
    assert (" ..." in said) is (bad > shown)
    assert ("one line cannot" if bad == 1 else f"{bad} lines cannot") in said


def test_bad_lines_are_left_out_where_that_is_asked_for(store: Store, file: Path) -> None:
    lines(file, "{", remark("One"), remark("Two", withdraws=["nobody"]), remark("Three"))
    done = import_lines(store, "square", file, DAYS, skip_bad=True)
    assert (done.written, done.there_already, [number for number, _ in done.refused]) == (2, 0, [1, 3])
    assert texts(store) == ["One", "Three"]


def test_an_entry_that_does_not_fit_the_record_stops_all(store: Store, file: Path) -> None:
    with pytest.raises(UnknownName):
        import_lines(store, "square", lines(file, remark("One"), remark("Two", withdraws=["nobody"])), DAYS)
    assert texts(store) == []


def far(text: str) -> dict[str, Any]:
    return remark(text, "2022-09-01 noon")


def test_lines_that_may_not_be_meant_are_asked_about_once_and_together(store: Store, file: Path) -> None:
    lines(file, remark("One"), far("Two"), remark("Three"), far("Four"))
    asked: list[tuple[int, ...]] = []

    def is_meant(told: tuple[tuple[int, str], ...]) -> bool:
        asked.append(tuple(number for number, _ in told))
        return True

    done = import_lines(store, "square", file, DAYS, is_meant=is_meant)
    assert (done.written, done.refused, asked) == (4, (), [(2, 4)])
    assert [number for number, _ in done.notices] == [2, 4]
    assert "6 months after the operation's last entry" in done.notices[0][1]
    import_lines(store, "square", file, DAYS, is_meant=is_meant)
    assert asked == [(2, 4)], "nothing is new"


def test_lines_that_are_not_meant_are_bad_lines(store: Store, file: Path) -> None:
    lines(file, "{", remark("One"), far("Two"), remark("Three"))
    with pytest.raises(BadFile, match="one line cannot be used"):
        import_lines(store, "square", file, DAYS, is_meant=lambda _: False)
    done = import_lines(store, "square", file, DAYS, skip_bad=True, is_meant=lambda _: False)
    assert (done.written, [number for number, _ in done.refused], done.notices) == (2, [1, 3], ())
    lines(file, remark("Five"), far("Six"))
    with pytest.raises(BadFile) as refused:
        import_lines(store, "square", file, DAYS, is_meant=lambda _: False)
    assert "one line may not be meant. Line 2: " in str(refused.value)
    assert "give --yes if they are meant" in str(refused.value)
    assert texts(store) == ["One", "Three"]


def test_who_corrects_another_bodys_word_or_names_no_source_is_told_by_the_line(store: Store, file: Path) -> None:
    lines(
        file,
        shut("One"),
        shut("Two", corrects=["One"], source={"organisation": "Council"}),
        remark("Three", source={"reliability": "B", "credibility": 2}),
    )
    done = import_lines(store, "square", file, DAYS)
    assert [number for number, _ in done.notices] == [2, 3]
    assert "stands beside it as a dispute" in done.notices[0][1]
    assert done.notices[1][1].startswith("Nobody is named as its source")


def test_an_operation_sets_the_days_of_the_lines_below_it(file: Path) -> None:
    operation = {
        "kind": "operation",
        "body": {"title": "Square", "zone": "Europe/Paris", "first_day": "2023-03-01"},
        "happened": "day 1",
    }
    before, own, after = drafts_in(lines(file, remark("One"), operation, remark("Two", "day 2 noon")), DAYS)
    assert [draft.happened.start.isoformat() for draft in (before, after)] == [
        "2022-02-09T23:00:00+00:00", "2023-03-02T11:00:00+00:00",
    ]  # fmt: skip
    assert own.happened.start.isoformat() == "2023-02-28T23:00:00+00:00"


def test_a_file_that_cannot_be_read_is_said_to_be_so(store: Store, file: Path) -> None:
    with pytest.raises(BadFile, match="cannot be opened"):
        import_lines(store, "square", file, DAYS)
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(BadFile, match="is not UTF-8 text"):
        import_lines(store, "square", file, DAYS)


def test_how_far_it_is_is_said_by_thousands_and_a_batch_that_does_not_fit_goes_one_by_one(store: Store, file: Path) -> None:
    told: list[str] = []
    entries = [remark(f"Remark-{number}") for number in range(BATCH)]
    lines(file, *entries, remark("Last", withdraws=["nobody"]))
    done = import_lines(store, "square", file, DAYS, skip_bad=True, tell=told.append)
    assert told == ["Reading line 1,000", "Writing entry 0 of 1,001", "Writing entry 1,000 of 1,001"]
    assert (done.written, [number for number, _ in done.refused]) == (BATCH, [BATCH + 1])
    told.clear()
    lines(file, *entries[:999])
    assert import_lines(store, "square", file, DAYS, tell=told.append) == Imported(0, 999, ())
    assert told == ["Writing 999 entries"]
