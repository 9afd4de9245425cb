"""What every store of records must do; each backend's tests run all of it."""

from __future__ import annotations

import random
import threading
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from clearway.errors import BadFile, BadInput, Conflict, NotFound, Unavailable, UnknownName
from clearway.record.backup import back_up, restore
from clearway.record.batch import write_batch
from clearway.record.entry import SAME_MOMENT, now
from clearway.record.kinds.talks import Remark
from clearway.record.moments import moment_of
from clearway.record.open import open_record
from clearway.record.rows import Head
from record_damage_contract import DamageContract
from record_drafts import BATCH, CALENDAR, KILLS, STREAM, TOLD, draft, killed_while_writing, report, ticking, unsaid

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.record.store import Store


class StoreContract(DamageContract):
    """Subclasses give what those of :class:`DamageContract` give."""

    def test_a_batch_is_written_whole_or_not_at_all_and_once(self, store: Store) -> None:
        batch = [
            {"id": name, "kind": "remark", "body": {"text": name}, "happened": "day 11 7pm", "known": "day 11 7:05pm"} | ties
            for name, ties in (("a", {}), ("b", {"disputes": ["a"]}))
        ]
        done = write_batch(store, STREAM, batch, CALENDAR, now=now())
        assert ([entry.id for entry in done.entries], done.new) == (["a", "b"], 2)
        assert write_batch(store, STREAM, batch, CALENDAR, now=now()).new == 0
        fresh = batch[0] | {"id": "c"}
        for wrong in (batch[0] | {"id": "d", "disputes": ["nobody"]}, batch[0] | {"body": {"text": "Another"}}, {"kind": "x"}):
            with pytest.raises((BadInput, Conflict), match=r"Entry 2: .*Nothing was written\.$"):
                write_batch(store, STREAM, [fresh, wrong], CALENDAR, now=now())
        assert store.version(STREAM) == 2

    def test_entries_are_numbered_chained_and_read_back_as_they_were(self, store: Store) -> None:
        first = store.append(STREAM, [draft("a"), draft("b", release="public")])
        second = store.append("other", [draft("c")])
        assert [(entry.seq, entry.stream, entry.version) for entry in (*first, *second)] == [
            (1, STREAM, 1),
            (2, STREAM, 2),
            (3, "other", 1),
        ]
        assert list(store.entries()) == [*first, *second]
        assert list(store.entries(STREAM)) == first
        assert list(store.entries(after=1, limit=1)) == [first[1]]
        assert store.entry("b") == first[1]
        assert first[0].written == ticking()
        assert store.head() == Head(3, second[0].hash)
        assert store.streams() == {STREAM: 2, "other": 1}
        assert store.verify() == []

    def test_macrons_quotes_and_percent_signs_survive(self, store: Store) -> None:
        text = "Te Whanganui-ā-Tara: 100 % of 'ngā mōrehu' said \"?\" \\ \n :name"
        store.append(STREAM, [draft("a", body={"text": text})])
        body = store.entry("a").draft.body
        assert isinstance(body, Remark)
        assert body.text == text
        assert store.verify() == []

    def test_a_retried_request_does_not_write_twice(self, store: Store) -> None:
        (once,) = store.append(STREAM, [draft("a")])
        assert store.append(STREAM, [draft("a")]) == [once]
        twice = store.append(STREAM, [draft("a"), draft("b")], expected_version=1)
        assert [entry.seq for entry in twice] == [1, 2]
        # the answer to that was lost, and the client sends it again with the version that it had seen
        assert store.append(STREAM, [draft("a"), draft("b")], expected_version=1) == twice
        assert store.version(STREAM) == 2

    def test_what_the_program_fills_in_does_not_count_when_a_request_is_repeated(self, store: Store) -> None:
        (once,) = store.append(STREAM, [unsaid("a", "2022-02-18T05:00Z")])
        assert once.draft.known == moment_of("2022-02-18T05:00Z")
        assert store.append(STREAM, [unsaid("a", "2022-02-18T05:30Z")]) == [once]
        twice = store.append(STREAM, [unsaid("a", "2022-02-18T06:00Z"), unsaid("b", "2022-02-18T06:00Z")])
        assert [entry.seq for entry in twice] == [1, 2]
        assert store.entry("a") == once
        for other in (unsaid("a", "2022-02-18T05:30Z", body={"text": "Else"}), draft("a", known="2022-02-18T05:30Z")):
            with pytest.raises(Conflict, match="'a' is used for another entry"):
                store.append(STREAM, [other])
        assert store.verify() == []

    def test_it_says_how_many_of_the_entries_are_new(self, store: Store) -> None:
        assert store.appended(STREAM, [draft("a"), draft("b")]).new == 2
        again = store.appended(STREAM, [draft("c"), draft("a"), draft("b")])
        assert (again.new, [entry.id for entry in again.entries]) == (1, ["c", "a", "b"])

    def test_programs_that_import_the_same_at_the_same_time_count_each_entry_once(self, store: Store, address: str) -> None:
        new: list[int] = []
        ready = threading.Barrier(3)

        def write() -> None:
            with closing(open_record(address)) as own:
                ready.wait()
                new.extend(own.appended(STREAM, [draft(f"n{first + step}") for step in range(3)]).new for first in range(30))

        threads = [threading.Thread(target=write) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sum(new) == store.head().seq == 32

    def test_no_entry_is_written_earlier_than_the_one_before_it(self, address: str) -> None:
        moments = iter(map(moment_of, ("2022-02-18T06:30Z", "2022-02-18T03:00Z", "2022-02-18T03:10Z", "2022-02-18T06:31Z")))
        with closing(open_record(address, clock=lambda: next(moments))) as store:
            first, second = store.append(STREAM, [draft("a")]) + store.append(STREAM, [draft("b")])
            assert (first.written, second.written) == (moment_of("2022-02-18T06:30Z"), moment_of("2022-02-18T06:30Z"))
            (notice,) = store.notices()
            assert notice.startswith(
                "The clock of this machine is 3 h behind the last entry, written 2022-02-18T06:30:00.000000Z."
            )
            (third,) = store.append(STREAM, [draft("c")])
            assert third.written == moment_of("2022-02-18T06:31Z")
            assert store.verify() == store.steps_back() == []

    def test_what_does_not_say_that_it_is_imported_is_entered_live(self, store: Store) -> None:
        imported = draft("i").model_copy(update={"entered": "imported"})
        live, again = store.append(STREAM, [draft("a"), imported])
        assert [(entry.draft.entered, entry.had_from) for entry in (live, again)] == [
            ("live", live.written),
            ("imported", again.draft.known),
        ]
        assert live.as_json()["entered"] == "live"
        assert store.append(STREAM, [imported.model_copy(update={"entered": None}), draft("a")]) == [again, live]
        assert store.verify() == []

    def test_what_is_known_in_the_future_is_refused_and_nothing_is_written(self, store: Store) -> None:
        ahead = (ticking() + SAME_MOMENT).isoformat()
        with pytest.raises(
            BadInput, match=r"'b' says that it was known at 2022-02-18 06:33 UTC, and it is only 2022-02-18 06:30"
        ):
            store.append(STREAM, [draft("a"), draft("b", known="2022-02-18T06:33Z")])
        assert store.version(STREAM) == 0
        (entry,) = store.append(STREAM, [draft("a", known=ahead)])
        assert entry.had_from == ticking()

    @pytest.mark.slow
    def test_a_backup_holds_every_entry_as_it_is_and_is_restored_into_an_empty_record(
        self, store: Store, address: str, tmp_path: Path
    ) -> None:
        store.append(STREAM, [draft(f"n{step}") for step in range(2500)])
        store.append("other", [report("report", TOLD)], texts=[TOLD])
        end = back_up(store, tmp_path / "copy" / "room.backup")
        store.append(STREAM, [draft("later")])
        with closing(open_record(str(tmp_path / "copy" / "room.backup"))) as copy:
            assert copy.head() == end
            assert copy.verify(expected=end) == []
            assert list(copy.entries()) == list(store.entries(limit=2501))
            assert copy.report_text(copy.entry("report")) == TOLD
            assert copy.append(STREAM, [draft("later")])[0].seq == 2502
            with pytest.raises(Conflict, match="holds entries already"):
                restore(copy, store)
            with closing(open_record(str(tmp_path / "new.record"))) as fresh:
                assert restore(copy, fresh) == copy.head()
                assert list(fresh.entries()) == list(copy.entries())
        assert [file.name for file in (tmp_path / "copy").iterdir()] == ["room.backup"]
        with pytest.raises(BadFile, match="there is a file of that name already"):
            back_up(store, tmp_path / "copy" / "room.backup")
        self.tamper(address, "UPDATE entries SET content = '{}' WHERE seq = 3")
        with pytest.raises(Unavailable, match="not sound: Entry 3 was changed"):
            back_up(store, tmp_path / "bad.backup")
        assert not (tmp_path / "bad.backup").exists()

    @pytest.mark.slow
    def test_a_backup_made_while_others_write_is_a_record_of_some_moment(
        self, store: Store, address: str, tmp_path: Path
    ) -> None:
        store.append(STREAM, [draft("first")])
        stop = threading.Event()

        def write() -> None:
            with closing(open_record(address)) as own:
                for step in range(400):
                    own.append(STREAM, [draft(f"w{step}")])
                    if stop.is_set():
                        return

        writer = threading.Thread(target=write)
        writer.start()
        heads = [back_up(store, tmp_path / f"{number}.backup") for number in range(4)]
        stop.set()
        writer.join()
        assert [store.verify(expected=head) for head in heads] == [[]] * 4
        for number, head in enumerate(heads):
            with closing(open_record(str(tmp_path / f"{number}.backup"))) as copy:
                assert copy.verify(expected=head) == []

    def test_it_says_from_when_to_when_it_was_written(self, store: Store) -> None:
        assert store.span() is None
        store.append(STREAM, [draft("a"), draft("b")])
        assert store.span() == (ticking(), ticking())

    def test_an_id_used_for_something_else_is_a_conflict_and_nothing_is_written(self, store: Store) -> None:
        store.append(STREAM, [draft("a")])
        with pytest.raises(Conflict, match="'a' is used for another entry"):
            store.append(STREAM, [draft("b"), draft("a", body={"text": "Something else"})])
        assert store.version(STREAM) == 1
        with pytest.raises(BadInput, match="same id"):
            store.append(STREAM, [draft("c"), draft("c")])

    def test_whoever_has_not_seen_the_last_entry_is_told_so(self, store: Store) -> None:
        store.append(STREAM, [draft("a")], expected_version=0)
        with pytest.raises(Conflict, match="has 1 entries, not 0"):
            store.append(STREAM, [draft("b")], expected_version=0)
        assert store.append(STREAM, [draft("b")], expected_version=1)[0].version == 2

    def test_an_entry_is_tied_only_to_what_its_stream_holds(self, store: Store) -> None:
        store.append(STREAM, [draft("a")])
        store.append("other", [draft("elsewhere")])
        count = {"kind": "count", "body": {"what": "vehicles", "amount": {"low": 450}}}
        (tied,) = store.append(STREAM, [draft("b", corrects=["a"], confirms=["a"], **count)])
        assert tied.draft.tied == ("a", "a")
        for ties in ({"withdraws": ["nothing"]}, {"disputes": ["elsewhere"]}):
            with pytest.raises(UnknownName, match=r"nothing|elsewhere"):
                store.append(STREAM, [draft("c", **ties)])
        assert len(store.append(STREAM, [draft("d"), draft("e", confirms=["d"])])) == 2

    def test_an_entry_that_is_not_there_is_named(self, store: Store) -> None:
        with pytest.raises(NotFound, match="no entry 'x'"):
            store.entry("x")
        assert list(store.entries()) == []
        assert store.verify() == []

    @pytest.mark.slow
    def test_more_than_a_page_is_read_whole(self, store: Store) -> None:
        store.append(STREAM, [draft(f"n{number}") for number in range(4321)])
        assert [entry.seq for entry in store.entries()] == list(range(1, 4322))
        assert len(list(store.entries(limit=2500))) == 2500
        assert store.verify() == []

    def test_entries_of_one_kind_are_found_without_the_others(self, store: Store) -> None:
        count = {"kind": "count", "body": {"what": "tents", "amount": {"low": 40}}}
        store.append(STREAM, [draft("a"), draft("b", **count), draft("c")])
        store.append("another", [draft("d", **count)])
        assert [entry.id for entry in store.entries(STREAM, kind="count")] == ["b"]
        assert [entry.id for entry in store.entries(kind="count")] == ["b", "d"]
        assert [entry.id for entry in store.entries(STREAM, kind="remark", after=1, limit=1)] == ["c"]

    def test_entries_are_found_by_words_in_them(self, store: Store) -> None:
        store.append(
            STREAM, [draft("a", body={"text": "About 50% of Tamaki's VEHICLES left"}), draft("b", body={"text": "Tāmaki"})]
        )
        assert [entry.id for entry in store.entries(STREAM, words=["vehicles", "left"])] == ["a"]
        assert [entry.id for entry in store.entries(STREAM, words=["50%"])] == ["a"]
        assert [entry.id for entry in store.entries(STREAM, words=["tāmaki"])] == ["b"]
        assert list(store.entries(STREAM, words=["v_hicles"])) == []

    def test_a_record_of_an_older_program_is_brought_up_to_date(self, store: Store, address: str) -> None:
        store.append(STREAM, [draft("a")])
        self.tamper(
            address,
            "DROP TABLE texts",
            "DROP TABLE plates",
            "DROP INDEX entries_by_kind",
            "DROP INDEX entries_by_stream",
            self.older,
        )
        with closing(open_record(address)) as again:
            assert [entry.id for entry in again.entries(STREAM, kind="remark")] == ["a"]
            again.append(STREAM, [draft("b")])
            again.append(STREAM, [report("c", "Words.")], texts=["Words."])
            assert again.report_text(again.entry("c")) == "Words."
            assert again.verify() == []

    def test_the_text_of_a_report_lies_beside_its_entry(self, store: Store, address: str) -> None:
        (entry,) = store.append(STREAM, [report("r", TOLD)], texts=[TOLD])
        assert TOLD not in entry.draft.content()
        assert store.append(STREAM, [report("r", TOLD)], texts=[TOLD]) == [entry]
        with closing(open_record(address)) as again:
            assert again.report_text(again.entry("r")) == TOLD
            assert again.verify() == []
        with pytest.raises(NotFound, match="not a report"):
            store.report_text(store.append(STREAM, [draft("a")])[0])

    def test_a_text_is_written_with_its_entry_or_not_at_all(self, store: Store) -> None:
        store.append(STREAM, [draft("a")])
        with pytest.raises(Conflict):
            store.append(STREAM, [report("r", TOLD), draft("a", body={"text": "Something else"})], texts=[TOLD])
        (entry,) = store.append(STREAM, [report("r", TOLD)])
        with pytest.raises(NotFound, match="was deleted"):
            store.report_text(entry)
        assert store.verify() == []

    def test_a_report_of_an_earlier_program_holds_its_text_itself(self, store: Store) -> None:
        (entry,) = store.append(STREAM, [draft("r", kind="report", body={"title": "Evening bulletin", "text": TOLD})])
        assert store.report_text(entry) == TOLD
        assert store.delete_texts(STREAM, ticking() + timedelta(days=1)) == 0
        assert store.report_text(entry) == TOLD

    def test_texts_are_deleted_by_date_and_the_record_is_accepted_as_before(self, address: str) -> None:
        moments = [ticking()]
        with closing(open_record(address, clock=lambda: moments[0])) as store:
            for entry_id, stream, text in (("a", STREAM, TOLD), ("b", STREAM, "Later."), ("c", "other", "Elsewhere.")):
                store.append(stream, [report(entry_id, text)], texts=[text])
                moments = [moments[0] + timedelta(days=1)]
        moments = [ticking() + timedelta(days=9)]
        with closing(open_record(address, clock=lambda: moments[0])) as store:
            store.append("other", [report("d", "Later.")], texts=["Later."])
            before = [store.entry(entry_id) for entry_id in "abcd"]
            assert store.delete_texts(STREAM, ticking() + timedelta(days=5)) == 1
            with pytest.raises(NotFound, match="deleted on 2022-02-27"):
                store.report_text(store.entry("a"))
            assert [store.report_text(store.entry(entry_id)) for entry_id in "bcd"] == ["Later.", "Elsewhere.", "Later."]
            assert list(store.deleted_texts().values()) == moments
            assert [store.entry(entry_id) for entry_id in "abcd"] == before
            assert store.verify(expected=store.head()) == []
            assert store.delete_texts(STREAM, ticking() + timedelta(days=5)) == 0
            store.append(STREAM, [report("e", TOLD)], texts=[TOLD])  # it came in again
            assert store.report_text(store.entry("a")) == TOLD
            assert store.deleted_texts() == {}

    def test_the_moment_itself_is_not_before_it(self, store: Store) -> None:
        store.append(STREAM, [report("a", TOLD)], texts=[TOLD])
        assert store.delete_texts(STREAM, ticking()) == 0
        assert store.delete_texts(STREAM, ticking() + timedelta(microseconds=1)) == 1

    @pytest.mark.slow
    def test_writers_at_the_same_time_leave_no_gap(self, store: Store, address: str) -> None:
        failures: list[Exception] = []

        def write(writer: int) -> None:
            own = open_record(address)
            try:
                for number in range(25):
                    own.append(f"stream-{writer % 2}", [draft(f"w{writer}-{number}")])
            except Exception as error:  # noqa: BLE001 - told to the test
                failures.append(error)
            finally:
                own.close()

        threads = [threading.Thread(target=write, args=(writer,)) for writer in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []
        assert [entry.seq for entry in store.entries()] == list(range(1, 101))
        assert store.streams() == {"stream-0": 50, "stream-1": 50}
        assert store.verify() == []

    def test_of_writers_who_have_seen_the_same_version_one_succeeds(self, store: Store, address: str) -> None:
        outcomes: list[str] = []
        ready = threading.Barrier(4)

        def write(writer: int) -> None:
            own = open_record(address)
            ready.wait()
            try:
                own.append(STREAM, [draft(f"w{writer}")], expected_version=0)
                outcomes.append("written")
            except Conflict:
                outcomes.append("conflict")
            finally:
                own.close()

        threads = [threading.Thread(target=write, args=(writer,)) for writer in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes) == ["conflict", "conflict", "conflict", "written"]
        assert store.version(STREAM) == 1

    @pytest.mark.slow
    def test_what_was_acknowledged_survives_a_kill_at_any_moment_and_nothing_is_half_there(self, address: str) -> None:
        chance = random.Random(2022)  # noqa: S311 - the same moments each time
        open_record(address).close()
        acknowledged: set[str] = set()
        for round_number in range(KILLS):
            acknowledged |= killed_while_writing(address, round_number, chance.uniform(0.0, 0.004))
        store = open_record(address)
        there = {entry.id for entry in store.entries()}
        assert acknowledged <= there
        assert len(acknowledged) > KILLS // 2
        assert {entry_id.rpartition("-")[0] for entry_id in there} == {
            entry_id.rpartition("-")[0] for entry_id in there if entry_id.endswith(f"-{BATCH - 1}")
        }
        assert len(there) % BATCH == 0
        assert store.verify() == []
        store.append(STREAM, [draft("afterwards")])
        store.close()
