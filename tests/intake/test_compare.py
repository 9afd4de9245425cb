"""Drafts held against the record and against each other: clashes at the door, repetitions, what each would change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clearway.intake.compare import Compared, Known
from clearway.intake.context import context_of, fresh_index, in_force_at, known_of
from clearway.intake.passages import Passages
from clearway.intake.repeats import Printings
from clearway.intake.submit import enter, keep
from clearway.record.kinds.talks import Remark
from clearway.record.open import open_record
from clearway.record.parse import draft_of
from intake.reports import CALENDAR, CONTEXT, PUBLISHED, reading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clearway.record.store import Store

STREAM = "square"
OTHER = {"office": "Mayor", "organisation": "Wellington City Council", "reliability": "B", "credibility": 2}
PLACES = [{"type": "named", "name": "Parliament grounds", "at": [174.777, -41.278]}]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_record(str(tmp_path / "room.record"))
    operation = {"title": "A square", "zone": "Pacific/Auckland", "first_day": "2022-02-08"}
    entries: list[dict[str, Any]] = [
        {"id": "o", "kind": "operation", "body": operation, "happened": "2022-02-08", "places": PLACES},
        {
            "id": "v",
            "kind": "count",
            "body": {"what": "vehicles", "amount": {"low": 800, "high": 800}},
            "happened": "day 11 noon",
        },
    ]
    entries[1]["happened"] = "day 11 12:00"
    for entry in entries:
        told = entry | {"source": OTHER, "places": PLACES, "known": "2022-02-18T12:00:00+13:00"}
        opened.append(STREAM, [draft_of(told, CALENDAR, now=PUBLISHED, entered="imported")])
    yield opened
    opened.close()


def compared(store: Store, text: str, name: str = "report.txt") -> list[Compared]:
    known = known_of(
        store, STREAM, in_force_at(fresh_index(store, STREAM), PUBLISHED), CALENDAR, lambda _, text: Passages(text)
    )
    (drafts,) = known.compare([reading(text, context_of(store, STREAM, None), name=name)])
    return drafts


def test_a_figure_that_excludes_one_of_the_record_is_shown_beside_it(store: Store) -> None:
    (one,) = compared(store, "Police said there were about 450 vehicles.")
    assert [(clash.id, clash.speaker, clash.in_record) for clash in one.clashes] == [
        ("v", "Mayor, Wellington City Council", True)
    ]
    assert one.changes.startswith("Precedes: 800 vehicles")


def test_a_figure_that_fits_clashes_with_nothing(store: Store) -> None:
    (one,) = compared(store, "Police said there were more than 700 vehicles.")
    assert one.clashes == ()


def test_a_figure_of_another_week_is_no_clash(store: Store) -> None:
    (one,) = compared(store, "Police said there were about 450 vehicles on 9 February.")
    assert one.clashes == ()


def test_drafts_of_two_reports_clash_with_each_other() -> None:
    known = Known(CALENDAR.zone)
    first, second = known.compare([
        reading("Police said there were about 450 vehicles.", name="a"),
        reading("The council said there were 800 vehicles.", name="b"),
    ])  # fmt: skip
    assert first[0].clashes == ()
    assert [(clash.id, clash.in_record) for clash in second[0].clashes] == [(first[0].proposal.draft.id, False)]


def test_streets_that_are_shut_and_open_clash() -> None:
    _, second = Known(CALENDAR.zone).compare([
        reading("Bowen St was blocked.", name="a"), reading("The council said Bowen St has reopened.", name="b")
    ])  # fmt: skip
    assert len(second[0].clashes) == 1


SAID = '"Enforcement would bring a risk of wider harm than the protest itself already does," police said.'


def test_the_same_quotation_in_two_reports_is_one_statement_with_two_places_of_publication() -> None:
    first, second = Known(CALENDAR.zone).compare([reading(SAID, name="a"), reading(f"Earlier today.\n{SAID}\n", name="b")])
    assert [words.report for words in first[0].proposal.draft.source.words] == [
        reading(SAID, name="a").report.id,
        reading(f"Earlier today.\n{SAID}\n", name="b").report.id,
    ]
    assert second == []


def test_what_the_record_holds_from_an_earlier_report_is_no_news(store: Store) -> None:
    earlier = reading(SAID, context_of(store, STREAM, None), name="yesterday.txt")
    keep(store, STREAM, earlier, 1)
    (entry,) = enter(store, STREAM, [earlier.proposals[0].draft])
    (one,) = compared(store, SAID, "today.txt")
    assert one.printed is not None
    assert one.printed.name == "yesterday.txt"
    assert isinstance(one.proposal.draft.body, Remark)
    assert one.proposal.draft.confirms == (entry.id,)
    assert one.changes.startswith("Not news")


def test_a_report_is_kept_once(store: Store) -> None:
    one = reading(SAID, CONTEXT)
    assert keep(store, STREAM, one, 1) == keep(store, STREAM, one, 1)
    assert len(list(store.entries(STREAM, kind="report"))) == 1


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Police has increased its patrols and will maintain a visible presence there.", True),
        ("Police have now increased patrols, and will maintain a visible presence there, they say.", False),
        ("Police has increased its patrols and will maintain a visible presence there today.", True),
        ("Something else was said altogether by another one.", False),
    ],
)
def test_a_sentence_that_was_printed_before(text: str, known: bool) -> None:  # noqa: FBT001
    printings = Printings()
    old = reading("We recognise it. Police has increased its patrols and will maintain a visible presence there.")
    printings.add("r1", "yesterday.txt", old.passages)
    assert (printings.of(text) is not None) is known


def test_reports_are_read_by_what_the_record_knows(store: Store) -> None:
    context = context_of(store, STREAM, None)
    assert str(context.calendar.zone) == "Pacific/Auckland"
    assert context.organisation("council") == "Wellington City Council"
    assert context.site is not None


def test_a_text_made_of_one_run_of_words_does_not_make_looking_for_repeats_slow() -> None:
    """Each of its sentences holds the same six words hundreds of times; only so many of them are remembered."""
    printings = Printings()
    cut = Passages("a b c d e f " * 20_000)
    printings.add("r", "made.txt", cut)
    assert printings.of(cut.sentences[-1].text) is not None
    assert max(map(len, printings._grams.values())) == 20  # noqa: SLF001 - the bound is what is promised


def test_a_report_of_many_figures_is_compared_with_the_last_ones_and_shows_so_many_clashes() -> None:
    counts = "".join(f"Police said {number} vehicles stood there. " for number in range(1, 400))
    (drafts,) = Known(CALENDAR.zone).compare([reading(counts)])
    assert len(drafts) > 300
    assert max(len(one.clashes) for one in drafts) == 20
