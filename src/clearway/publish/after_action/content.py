"""The sections of an after-action report, each from what the record says; a null is marked as not stated."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from clearway.planning.options.risks import judged_words
from clearway.publish.plan.shape import Drawn, Facts, Lines, Maps, Section, Table
from clearway.publish.plot import caption, plot
from clearway.words import age_words, listed, time_words, vocabulary, when_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clearway.planning.decide.after_action import AfterAction, Dated, DecisionAfter
    from clearway.planning.decide.contract import Held

Row = tuple[str | None, ...]
_TO_LEARN = ("What went as it should, and why", "What did not, and why", "What is changed, by which office, by when")
"""Left open: no program answers these."""


def sections_of(report: AfterAction) -> tuple[Section, ...]:
    """Every section in its order; one that has nothing to say says so."""
    return tuple(_Writer(report).sections())


class _Writer:
    """Writes the sections of one report."""

    def __init__(self, report: AfterAction) -> None:
        self.report, self.zone = report, ZoneInfo(report.zone)

    def sections(self) -> Iterator[Section]:
        report = self.report
        yield Section(heading="In short", blocks=(Lines(lines=tuple(report.short)),))
        yield Section(heading="To be filled in by people", blocks=(Facts(rows=tuple((asked, None) for asked in _TO_LEARN)),))
        yield self._table("Decisions", ("When", "Office", "Decided", "Why", "Entry"), (13, 15, 34, 26, 12), self._decisions())
        yield self._table(
            "What was thin or contradicted when decisions were made",
            ("Decision", "What it rested on"),
            (14, 86),
            self._warnings(),
        )
        names = ("Office", "Expected, announced or promised", "By", "What came", "Why, and which entries show it")
        yield self._table("Expected, and what came", names, (15, 29, 13, 12, 31), self._held())
        yield self._table(
            "Decisions that contradict each other", ("First", "Second", "Why"), (35, 35, 30), self._contradictions()
        )
        yield self._calibration()
        yield self._table("Requests", ("Asked", "How it stands", "Owed by"), (54, 30, 16), self._requests())
        yield self._table("Deadlocks", ("Who waits for whom", "Smallest step"), (55, 45), self._deadlocks())
        columns = ("Risk", "Last judged", "Owner", "Review", "Reported since")
        yield self._table("Threats and risks", columns, (24, 20, 14, 18, 24), self._risks())
        yield self._table(
            "Comparable events and their lessons", ("Event", "Learnt", "Public source"), (26, 44, 30), self._events()
        )
        yield self._figures()
        yield self._table("Timeline", ("When", "What", "By", "Entry"), (13, 54, 21, 12), self._timeline())
        yield Section(heading="What the record does not say", blocks=(Lines(lines=tuple(report.unsaid) or (_NOTHING,)),))

    def _table(self, heading: str, columns: Sequence[str], widths: Sequence[int], rows: Iterator[Row]) -> Section:
        found = tuple(rows)
        if not found:
            return Section(heading=heading, blocks=(Lines(lines=(_NOTHING,)),))
        shares = tuple(share / 100 for share in widths)
        return Section(heading=heading, blocks=(Table(columns=tuple(columns), widths=shares, rows=found),))

    def _time(self, one: Dated) -> str:
        return when_words(one.when, self.zone, year=False)

    def _decisions(self) -> Iterator[Row]:
        for one in self.report.decisions:
            yield self._time(one), one.office, _chosen(one), one.why, one.line.id

    def _warnings(self) -> Iterator[Row]:
        yield from ((one.line.id, warning) for one in self.report.decisions for warning in one.warnings)

    def _held(self) -> Iterator[Row]:
        for one in self.report.held:
            due = time_words(one.by_when, self.zone) if one.by_when else "no time was said"
            yield one.office or None, one.expected, due, vocabulary(one.came), _shown_by(one)

    def _contradictions(self) -> Iterator[Row]:
        for one in self.report.contradictions:
            yield f"{one.first.says} [{one.first.id}]", f"{one.second.says} [{one.second.id}]", one.why

    def _calibration(self) -> Section:
        rows = tuple(
            (f"{vocabulary(one.by).capitalize()}: {one.of}", str(one.expectations), f"{one.brier:.2f}")
            for one in self.report.calibration
        )
        left = self.report.without_probability
        note = f"Kept or missed, and nobody said how sure they were: {left}. The Brier score is 0 at best; 0.25 is a coin."
        table = (Table(columns=("Of", "Expectations", "Brier score"), widths=(0.6, 0.2, 0.2), rows=rows),) if rows else ()
        return Section(heading="How sure, and how right", blocks=(*table, Lines(lines=(note,))))

    def _requests(self) -> Iterator[Row]:
        for one in self.report.requests:
            waits = f"unanswered for {age_words(one.age_s)}"
            stands = waits if one.answer is None else f"{vocabulary(one.state)}, by {one.answer.id}"
            yield f"{one.line.says} [{one.line.id}]", stands, one.owed_by

    def _deadlocks(self) -> Iterator[Row]:
        for one in self.report.deadlocks:
            steps = [step.says for step in one.openings if step.is_smallest]
            yield f"{one.says} [{', '.join(one.entries)}]", listed(steps) or None

    def _risks(self) -> Iterator[Row]:
        for one in self.report.risks:
            due = time_words(one.review, self.zone) if one.review else None
            review = f"{due}: overdue" if one.is_due else due
            signs = "; ".join(f"{line.says} [{line.id}]" for line in one.signs) or "nothing"
            yield f"{one.risk} ({vocabulary(one.state)}) [{one.line.id}]", judged_words(one), one.owner, review, signs

    def _events(self) -> Iterator[Row]:
        yield from ((f"{one.event}: {one.happened_then}", " ".join(one.lessons), one.reference) for one in self.report.events)

    def _figures(self) -> Section:
        drawn = tuple(
            Drawn(caption=caption(one, self.report.zone), svg=plot(one, self.report.at, self.report.zone))
            for one in self.report.figures
        )
        blocks = (Maps(across=1, maps=drawn),) if drawn else (Lines(lines=("Nothing was counted more than once.",)),)
        return Section(heading="Figures over time", blocks=blocks)

    def _timeline(self) -> Iterator[Row]:
        for one in self.report.timeline:
            yield self._time(one), one.line.says, f"{one.line.speaker} ({one.line.grade})", one.line.id


_NOTHING = "The record says nothing of it."


def _chosen(one: DecisionAfter) -> str:
    parts = [one.chosen if one.status == "decided" else f"{one.status.capitalize()}: {one.chosen}"]
    parts += [f"Rejected: {'; '.join(one.rejected)}"] * bool(one.rejected)
    parts += [f"Against it: {'; '.join(one.dissent)}"] * bool(one.dissent)
    return ". ".join(part.rstrip(".") for part in parts) + "."


def _shown_by(one: Held) -> str:
    ids = listed([line.id for line in one.entries])
    return f"{one.why} [{ids}]" if ids else one.why
