"""What every store of records must find and refuse that was changed, lost or damaged behind its back."""

from __future__ import annotations

from contextlib import closing, nullcontext
from typing import TYPE_CHECKING

import pytest

from clearway.errors import BadInput, NotFound, Unavailable
from clearway.record.entry import chained
from clearway.record.moments import moment_of
from clearway.record.open import open_record
from clearway.record.rows import Head
from record_drafts import STREAM, TOLD, draft, report, ticking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.record.store import Store


class DamageContract:
    """Subclasses give the fixture ``address``, the method ``tamper`` and ``older``."""

    unguarded: tuple[str, ...]
    """The statements that take the guards of the texts away."""

    older: str
    """The statement that says of a schema that it is of version 1."""

    @pytest.fixture
    def store(self, address: str) -> Iterator[Store]:
        opened = open_record(address, clock=ticking)
        yield opened
        opened.close()

    def tamper(self, address: str, *statements: str) -> None:
        """Change the tables behind the store's back, its own guards switched off."""
        raise NotImplementedError

    def test_a_record_in_which_the_clock_was_set_back_is_sound_and_says_so(self, store: Store, address: str) -> None:
        (first,) = store.append(STREAM, [draft("a")])
        content = draft("b").content()
        mark = chained(first.hash, 2, STREAM, 2, moment_of("2022-02-18T06:29:59Z"), content)
        entry = "(2, '{stream}', 2, 'b', 'remark', '2022-02-18T06:29:59.000000Z', '{content}', '{mark}')"
        insert = "INSERT INTO entries (seq, stream, version, id, kind, written, content, hash) VALUES " + entry  # noqa: S608 - our own
        update = "UPDATE head SET seq = 2, hash = '{mark}'"
        self.tamper(address, *(sql.format(stream=STREAM, content=content, mark=mark) for sql in (insert, update)))
        assert store.verify() == []
        (step,) = store.steps_back()
        assert step.startswith(
            "Entry 2 was written at 2022-02-18T06:29:59.000000Z, and the one before it at 2022-02-18T06:30:00"
        )
        assert store.append(STREAM, [draft("c")])[0].written == ticking()

    @pytest.mark.parametrize(
        "statements",
        [
            ["DELETE FROM head"],
            ["DROP TABLE head"],
            ["DROP TABLE head", "CREATE TABLE head (seq BIGINT, hash TEXT)", "INSERT INTO head VALUES (NULL, NULL)"],
            ["DROP TABLE head", "CREATE TABLE head (seq TEXT, hash TEXT)", "INSERT INTO head VALUES ('ten', 'x')"],
            ["DROP TABLE head", "CREATE TABLE head (seq BIGINT, hash TEXT)", "INSERT INTO head VALUES (10, 'x')"],
            ["CREATE TABLE two AS SELECT seq, hash FROM head", "INSERT INTO two SELECT seq, hash FROM head",
             "DROP TABLE head", "ALTER TABLE two RENAME TO head"],
        ],
    )  # fmt: skip
    def test_a_damaged_head_is_said_in_one_sentence(self, store: Store, address: str, statements: list[str]) -> None:
        store.append(STREAM, [draft("a")])
        self.tamper(address, *statements)
        with closing(open_record(address)) as again:
            assert [entry.id for entry in again.entries()] == ["a"]
            for ask in (again.head, lambda: again.append(STREAM, [draft("b")])):
                with pytest.raises(Unavailable, match=r"The record is damaged: .*Run 'clearway record verify'"):
                    ask()
            (problem,) = again.verify()
            assert problem.startswith("The record is damaged: ")
            assert again.version(STREAM) == 1

    @pytest.mark.parametrize("column", ["stream", "version", "written", "content", "hash"])
    def test_an_entry_that_cannot_be_read_is_said_in_one_sentence(self, store: Store, address: str, column: str) -> None:
        store.append(STREAM, [draft("a"), draft("b")])
        value = "-7" if column == "version" else "'none'"
        self.tamper(address, f"UPDATE entries SET {column} = {value} WHERE seq = 2")  # noqa: S608 - our own words
        assert any("Entry 2" in problem for problem in store.verify())
        with pytest.raises(Unavailable, match="entry 2 cannot be read") if column != "stream" else nullcontext():
            list(store.entries())
        if column == "written":
            with pytest.raises(Unavailable, match="time at which its last entry was written cannot be read"):
                store.append(STREAM, [draft("c")])

    def test_another_record_in_its_place_is_found_before_anything_is_shown_or_saved(self, store: Store, address: str) -> None:
        store.append(STREAM, [draft("a"), draft("b")])
        other = f"hash = '{'7' * 64}'"
        self.tamper(address, f"UPDATE entries SET {other} WHERE seq = 2", f"UPDATE head SET {other}")  # noqa: S608 - our own words
        for ask in (store.head, lambda: store.append(STREAM, [draft("c")])):
            with pytest.raises(Unavailable, match="not the one of before: entry 2 is missing in it, or differs"):
                ask()
        assert store.version(STREAM) == 2

    @pytest.mark.parametrize(
        ("statement", "problem"),
        [
            ("UPDATE texts SET content = 'About 900 vehicles.'", "The text of the report that is entry 2 was changed."),
            ("DELETE FROM texts", "The text of the report that is entry 2 is missing."),
        ],
    )
    def test_a_text_that_was_changed_or_lost_is_found(self, store: Store, address: str, statement: str, problem: str) -> None:
        store.append(STREAM, [draft("a"), report("r", TOLD)], texts=[TOLD])
        with pytest.raises(Exception, match="deleted"):
            store._database.run(statement)  # noqa: SLF001 - past the store, not past the database's guards
        self.tamper(address, *self.unguarded, statement)
        assert store.verify() == [problem]
        with pytest.raises(NotFound, match="missing, or was changed"):
            store.report_text(store.entry("r"))

    def test_entries_cannot_be_changed_or_deleted_through_the_database(self, store: Store) -> None:
        store.append(STREAM, [draft("a")])
        for statement in ("UPDATE entries SET kind = 'count'", "DELETE FROM entries"):
            with pytest.raises(Exception, match=r"entries are never"):
                store._database.run(statement)  # noqa: SLF001 - what a careless program would do
        assert store.verify() == []

    @pytest.mark.parametrize(
        ("statement", "problem"),
        [
            ("UPDATE entries SET content = replace(content, 'n3', 'n9') WHERE seq = 4", "Entry 4 was changed"),
            ("UPDATE entries SET written = '2022-02-18T06:31:00.000000Z' WHERE seq = 4", "Entry 4 was changed"),
            ("UPDATE entries SET stream = 'other' WHERE seq = 4", "Entry 4 was changed"),
            ("UPDATE entries SET id = 'other' WHERE seq = 4", "Entry 4 was changed"),
            ("UPDATE entries SET kind = 'count' WHERE seq = 4", "Entry 4 was changed"),
            ("DELETE FROM entries WHERE seq = 4", "Entry 4 is missing."),
            ("DELETE FROM entries WHERE seq IN (4, 5)", "Entry 4 is missing and those up to 5."),
            ("DELETE FROM entries WHERE seq > 8", "entries are missing"),
            ("DELETE FROM entries WHERE seq = 1", "Entry 1 is missing."),
            ("UPDATE entries SET seq = 30 - seq WHERE seq IN (4, 5)", "missing"),
            ("UPDATE entries SET hash = 'x' WHERE seq = 10", "Entry 10 was changed"),
        ],
    )
    def test_whatever_is_changed_missing_or_reordered_is_found(
        self, store: Store, address: str, statement: str, problem: str
    ) -> None:
        store.append(STREAM, [draft(f"n{number}") for number in range(10)])
        self.tamper(address, statement)
        assert problem in " ".join(store.verify())

    def test_two_entries_that_changed_places_are_found(self, store: Store, address: str) -> None:
        store.append(STREAM, [draft(f"n{number}") for number in range(10)])
        swap = "UPDATE entries SET seq = {to}, version = {to} WHERE seq = {at}"
        self.tamper(address, *(swap.format(at=at, to=to) for at, to in ((4, 99), (7, 4), (99, 7))))
        assert any("Entry 4 was changed" in problem for problem in store.verify())

    def test_a_rewritten_record_is_found_by_a_head_that_was_noted_down(self, store: Store) -> None:
        store.append(STREAM, [draft("a")])
        noted = store.head()
        store.append(STREAM, [draft("b")])
        assert store.verify(expected=noted) == []
        assert store.verify(expected=Head(1, "0" * 64)) == ["Entry 1 is not the one whose hash was noted down."]
        assert "is missing" in store.verify(expected=Head(9, noted.hash))[0]

    def test_a_record_of_a_newer_program_is_refused(self, store: Store, address: str) -> None:
        store._database.set_schema_version(99)  # noqa: SLF001 - what a newer program would do
        with pytest.raises(BadInput, match="newer program"):
            open_record(address)
        store._database.set_schema_version(1)  # noqa: SLF001 - as it was
