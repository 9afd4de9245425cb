"""Options side by side in words: one table for all, then each option with what people say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.cli.text.table import aligned
from clearway.words import counted, listed, time_words, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from clearway.planning.options.contract import Comparison, OptionFigure, OptionRow, RiskAnswer

_WHOLE_FROM = 10.0
_ADVICE = {
    "go": "Go, by its criteria",
    "hold": "Hold: not every criterion is known to be met",
    "stop": "Stop, by its criteria",
    "no_criteria": "No criterion is set",
}


def compare_lines(found: Comparison, zone: ZoneInfo) -> Iterator[str]:
    """The comparison."""
    when = f" at {time_words(found.at, zone)}" if found.at else ""
    yield f"{counted(len(found.options), 'option')} on {found.network}{when}, the least restrictive first. People choose."
    yield ""
    columns = [row.figures for row in found.options]
    rows = [[f"{same[0].title} ({same[0].unit})", *map(_cell, same)] for same in zip(*columns, strict=True)]
    rows.append(["marked as dominated by", *(listed([one.by for one in row.dominated]) or "-" for row in found.options)])
    rows += [[f"risk: {same[0].risk}", *(vocabulary(one.effect) for one in same)] for same in _risks(found)]
    yield from aligned(["", *(row.id for row in found.options)], rows)
    yield "  c: computed by a desk; e: entered by hand; j: judged; ?: not known; *: rests on something assumed"
    yield ""
    yield found.rule
    if found.constant:
        yield f"The same for every option, so it decides nothing: {listed(found.constant)}."
    if found.unknown:
        yield f"Not known for any option, and left out of every claim: {listed(found.unknown)}."
    for row in found.options:
        yield ""
        yield from _option_lines(row)
    yield ""
    yield from found.notes
    if found.assumed:
        yield f"Assumed, {counted(len(found.assumed), 'thing')}; --json lists every one with its figure: {found.assumed[0]}"


def _risks(found: Comparison) -> Iterator[tuple[RiskAnswer, ...]]:
    return zip(*(row.risks for row in found.options), strict=True)


def _cell(figure: OptionFigure) -> str:
    if figure.low is None or figure.high is None:
        return "?"
    ends = list(dict.fromkeys(_number(end) for end in (figure.low, figure.high)))
    return f"{'-'.join(ends)} {figure.basis[0]}{'*' if figure.assumed else ''}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value.is_integer() or value >= _WHOLE_FROM else f"{value:.2g}"


def _option_lines(row: OptionRow) -> Iterator[str]:
    yield f"{row.place}. {row.title} ({row.id}): {'; '.join(row.does)}"
    for one in row.dominated:
        yield f"   Dominated by {one.by}: {listed(one.better_in)}."
    for judged in row.judged:
        yield (
            f"   Judged by {judged.by}: {vocabulary(judged.figure)} {judged.low:g} to {judged.high:g}, because {judged.why}. "
            f"If that is wrong: {judged.if_wrong}"
        )
    for view in (*row.views, *row.rights):
        if view.verdict != "unknown":
            yield f"   {view.question} {view.verdict.capitalize()}: {view.why}"
    for power in row.powers:
        yield f"   Power: {power.by}, {power.may} ({power.instrument}), {power.when}"
    yield f"   {_ADVICE[row.advice]}."
    for criterion in row.criteria:
        yield f"   {criterion.says}: {vocabulary(criterion.state)}. {criterion.why}"
    yield from (f"   {one}" for one in row.contingencies)
    for risk in row.risks:
        if risk.effect != "not_said":
            due = ", its review is overdue" if risk.is_due else ""
            yield f"   Risk '{risk.risk}' ({risk.judged}{due}): {vocabulary(risk.effect)}, because {risk.why}"
    yield from (f"   Rests on: {one.says} ({one.by})" for one in row.sources)
    yield f"   Against it: {row.dissent}"
    yield from (f"   {note}" for note in row.notes)
    if row.open:
        yield f"   Open: {counted(len(row.open), 'question')} that nobody has answered. {row.open[0]}"
