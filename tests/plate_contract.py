"""What a store of number plates must do, whichever database it lies in; and the bytes that must not be found afterwards."""

from __future__ import annotations

import base64
from contextlib import closing
from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadInput, NotFound, Unavailable
from clearway.record.backup import back_up
from clearway.record.moments import calendar, moment_of, written
from clearway.record.moved import enter_moved, find_moved
from clearway.record.open import open_record
from clearway.record.plates import KEY_BYTES, Plates, unseal
from record_drafts import draft

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from clearway.record.entry import Entry
    from clearway.record.store import Store

STREAM = "square"
PLATE, SPACED = "KQZ7402", "kqz-74 02"
KEY = bytes(range(KEY_BYTES))
CALENDAR = calendar("Pacific/Auckland", "2022-02-08")
NOW = moment_of("2022-02-18T06:30:00Z")
DUE = NOW + timedelta(days=10)


def ticking() -> datetime:
    return NOW


def moved(store: Store, plate: str = PLATE, state: str = "to_be_moved", **others: Any) -> Entry:  # noqa: ANN401 - any JSON
    reasons = {"purpose": "to free a lane", "power": "a by-law"}
    body = {"state": state, "delete_by": written(DUE), "moved_from": "Hill Street"} | reasons
    body |= {"moved_by": "a firm", "moved_to": "a yard"} if state in ("moved", "stored") else {}
    ties = {name: others.pop(name) for name in ("corrects", "happened") if name in others}
    document = {"body": body | others, "happened": written(NOW)} | ties
    return enter_moved(store, STREAM, plate, document, KEY, calendar=CALENDAR, now=NOW)


def traces(plate: str) -> list[bytes]:
    """A plate as bytes, and in the usual encodings of texts and of bytes."""
    texts = [plate, plate.lower()]
    plain = [text.encode(code) for text in texts for code in ("utf-8", "utf-16-le", "utf-16-be")]
    shown = [
        one.encode() for text in texts for one in (text.encode().hex(), base64.b64encode(text.encode()).decode().rstrip("="))
    ]
    return [*plain, *shown]


def windows(whole: bytes, length: int = 16) -> list[bytes]:
    """Every piece of some length, so that a rest is found of what was overwritten in part."""
    return [whole[first : first + length] for first in range(len(whole) - length + 1)]


class PlateContract:
    """Subclasses give the fixture ``address`` and ``bytes_of``: what the database holds on disk, or in a dump."""

    @pytest.fixture
    def store(self, address: str) -> Iterator[Store]:
        with closing(open_record(address, clock=ticking)) as opened:
            yield opened

    def bytes_of(self, address: str) -> bytes:
        """Everything that the database holds."""
        raise NotImplementedError

    def test_the_entry_holds_a_mark_and_nothing_of_the_plate(self, store: Store) -> None:
        entry = moved(store, SPACED)
        body = entry.as_json()["body"]
        (sealed,) = store.plates.held(STREAM)
        assert (body["vehicle"], len(body["vehicle"])) == (sealed.mark, 64)
        assert unseal(sealed, KEY) == PLATE
        assert not any(trace in str(entry.as_json()).encode() for trace in traces(PLATE))
        assert store.verify() == []

    def test_a_plate_that_is_typed_again_is_the_same_vehicle_and_the_same_word_twice_is_refused(self, store: Store) -> None:
        first = moved(store)
        with pytest.raises(BadInput, match=rf"in the record already, as to be moved: entry {first.id}") as refused:
            moved(store, SPACED)
        assert PLATE not in str(refused.value)
        second = moved(store, SPACED, "moved", happened=written(NOW + timedelta(seconds=1)))
        assert second.draft.plate == first.draft.plate
        right = moved(
            store, state="moved", corrects=[second.id], condition="a dent", happened=written(NOW + timedelta(seconds=1))
        )
        assert right.draft.plate == first.draft.plate
        assert moved(store, "OTHER1").draft.plate != first.draft.plate
        assert len(store.plates.held(STREAM)) == 2

    def test_one_plate_in_two_operations_is_two_marks(self, store: Store) -> None:
        here = moved(store)
        assert store.plates.mark_of("other", PLATE, KEY) is None
        assert store.plates.mark_of(STREAM, PLATE, KEY) == here.draft.body.model_dump()["vehicle"]

    @pytest.mark.parametrize("delete_by", [written(NOW), "2022-02-17T00:00:00Z"])
    def test_a_date_of_deletion_that_has_passed_is_refused_and_nothing_is_written(self, store: Store, delete_by: str) -> None:
        with pytest.raises(BadInput, match=r"The plate's date of deletion has passed\. Give a date in the future\."):
            moved(store, delete_by=delete_by)
        assert (list(store.entries()), store.plates.held(STREAM)) == ([], [])

    def test_a_plate_in_the_words_of_an_entry_is_refused(self, store: Store) -> None:
        for words in (PLATE, f"the van {SPACED} stood across", "k q z 7 4 0 2"):
            with pytest.raises(BadInput, match="Leave it out") as refused:
                moved(store, purpose=words)
            assert PLATE not in str(refused.value)
        assert moved(store, purpose="AKQZ7402B is no plate of ours").seq == 1

    def test_an_entry_that_is_entered_live_names_no_vehicle_whose_plate_nobody_gave(self, store: Store) -> None:
        body = {"vehicle": "ab" * 32, "state": "released", "purpose": "x", "power": "y", "delete_by": written(DUE)}
        with pytest.raises(BadInput, match="whose plate nobody gave"):
            store.append(STREAM, [draft("a", kind="vehicle_moved", body=body)])
        imported = draft("a", kind="vehicle_moved", body=body).model_copy(update={"entered": "imported"})
        store.append(STREAM, [imported])
        assert list(store.plates.deleted()) == ["ab" * 32]
        assert store.verify() == []

    def test_the_newest_entry_sets_the_date_of_deletion(self, store: Store) -> None:
        entry = moved(store)
        mark = entry.draft.body.model_dump()["vehicle"]
        later = DUE + timedelta(days=5)
        moved(store, state="released", delete_by=written(later), happened=written(NOW + timedelta(seconds=1)))
        assert (store.plates.due(later - timedelta(microseconds=1)), store.plates.due(later)) == ([], [mark])

    def test_when_the_date_has_come_no_byte_of_the_plate_is_left_in_database_export_or_backup(
        self, address: str, tmp_path: Path
    ) -> None:
        with closing(open_record(address, clock=ticking)) as store:
            entries = [moved(store), moved(store, "STAYS99", delete_by=written(DUE + timedelta(days=1)))]
            sealed, kept = (next(one for one in store.plates.held(STREAM) if one.mark in str(entry)) for entry in entries)
            head = store.head()
            assert sealed.sealed.encode() in self.bytes_of(address)
            assert store.plates.forget(store.plates.due(DUE - timedelta(microseconds=1)), DUE) == 0
            assert store.plates.notices(DUE) == [
                "1 number plate is stored beyond the date of deletion. Run 'clearway vehicles forget-plates'."
            ]
            assert store.plates.forget(store.plates.due(DUE), DUE) == 1
            assert store.plates.forget(store.plates.due(DUE), DUE) == 0
            assert store.plates.deleted() == {sealed.mark: DUE}
            assert store.verify(expected=head) == []
            back_up(store, tmp_path / "after.backup")
            exported = "\n".join(str(entry.as_json()) for entry in store.entries()).encode()
            held = self.bytes_of(address) + exported + (tmp_path / "after.backup").read_bytes()
            raw = base64.b64decode(sealed.sealed)
            pieces = [piece for whole in (sealed.sealed.encode(), raw) for piece in windows(whole)]
            for trace in (*traces(PLATE), *traces(SPACED), *pieces, raw.hex().encode()):
                assert trace not in held
            assert kept.sealed.encode() in self.bytes_of(address)
            assert (store.plates.mark_of(STREAM, PLATE, KEY), store.plates.mark_of(STREAM, "STAYS99", KEY)) == (None, kept.mark)
        with closing(open_record(str(tmp_path / "after.backup"))) as backup:
            assert backup.verify(expected=head) == []
            assert (list(backup.plates.deleted()), backup.plates.held(STREAM)) == ([sealed.mark], [kept])

    def test_a_sweep_that_failed_is_made_up_for_at_the_next_turn(self, store: Store) -> None:
        moved(store)
        done = []

        def sweep(table: str) -> None:
            done.append(table)
            if len(done) == 1:
                raise Unavailable("Somebody reads it.")

        own = store._database  # noqa: SLF001 - what it asks of one
        seam: Any = SimpleNamespace(run=own.run, sweep=sweep, schema_version=own.schema_version)
        plates = Plates(seam, store.plates._ask, store.plates._writing)  # noqa: SLF001
        assert (plates.forget([], DUE), done) == (0, [])
        with pytest.raises(Unavailable):
            plates.forget(plates.due(DUE), DUE)
        assert plates.due(DUE) == []
        assert [plates.forget([], DUE) for _ in range(2)] == [0, 0]
        assert done == ["plates", "plates"]

    def test_what_was_sealed_cannot_be_changed_or_brought_back(self, store: Store) -> None:
        moved(store)
        database = store._database  # noqa: SLF001 - behind the store's back
        for change in ("sealed = 'x'", "mark = 'x'"):
            with pytest.raises(Exception, match="plates are deleted, never changed"), database.transaction():
                database.run(f"UPDATE plates SET {change}")  # noqa: S608 - our own words
        store.plates.forget(store.plates.due(DUE), DUE)
        for change in ("UPDATE plates SET sealed = 'x'", "DELETE FROM plates"):
            with pytest.raises(Exception, match=r"plates? .*(never changed|was deleted stays)"), database.transaction():
                database.run(change)
        assert store.verify() == []

    def test_a_plate_that_is_lost_is_not_taken_for_deleted(self, store: Store) -> None:
        moved(store)
        unguard = "DROP TRIGGER plates_delete" + (" ON plates" if "postgres" in type(store._database).__module__ else "")  # noqa: SLF001
        with store._database.transaction():  # noqa: SLF001
            store._database.run(unguard)  # noqa: SLF001
            store._database.run("DELETE FROM plates")  # noqa: SLF001
        assert store.verify() == ["The number plate of the vehicle in entry 1 is missing."]

    def test_an_owner_finds_a_vehicle_by_its_whole_plate_and_where_it_stood_and_by_nothing_less(self, store: Store) -> None:
        moved(store)
        moved(store, state="stored", moved_to="the yard at the port", happened=written(NOW + timedelta(seconds=1)))
        assert find_moved(store, STREAM, SPACED, "hill st", KEY).moved_to == "the yard at the port"
        wrong = [(PLATE[:-1], "Hill Street"), (PLATE[:3], "Hill Street"), (PLATE, "Aitken Street"), ("OTHER1", "Hill Street")]
        said = set()
        for plate, street in wrong:
            with pytest.raises(NotFound) as refused:
                find_moved(store, STREAM, plate, street, KEY)
            said.add(str(refused.value))
        assert len(said) == 1
        store.plates.forget(store.plates.due(DUE), DUE)
        with pytest.raises(NotFound):
            find_moved(store, STREAM, PLATE, "Hill Street", KEY)
