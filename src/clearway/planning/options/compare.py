"""Options side by side: the same figures for all, from the desks; the least restrictive first; people choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.errors import BadInput, UnknownName
from clearway.planning.cordon.planner.steps import untold
from clearway.planning.options.contract import (
    CitedFor,
    Comparison,
    IfWrong,
    OptionRow,
    PowerNeeded,
    RightsAnswer,
    Said,
    SourceSaid,
)  # fmt: skip
from clearway.planning.options.criteria import advice_of, criterion_answer
from clearway.planning.options.document import judgements, refuse_twins
from clearway.planning.options.figures import figures_of
from clearway.planning.options.follow_ups import follow_ups
from clearway.planning.options.option import LADDER, RIGHTS, Barriers, CutOff, NoticeGiven, OfferMade, Talk, Tow, Wait
from clearway.planning.options.order import RULE, constant_figures, dominated_by, in_order, unknown_figures
from clearway.planning.options.risks import risks_on
from clearway.planning.talks.names import Names
from clearway.record.kinds.plans import TrafficPlan
from clearway.record.source import speaker
from clearway.words import joined, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from clearway.planning.cordon.planner.steps import Tell
    from clearway.planning.options.contract import Dominated, OptionFigure, RiskAnswer
    from clearway.planning.options.ground import OptionGround, Prepared
    from clearway.planning.options.option import Act, Option, View
    from clearway.planning.plan.jurisdiction import Provision
    from clearway.planning.reading import Reading

_VIEWS = {
    "suitability": "Suitable: would it do what it is meant to do?",
    "feasibility": "Feasible: can it be done with what there is?",
    "acceptability": "Acceptable: can it be answered for?",
    "health": "Is the health of those there safe?",
}
_NOBODY = "Nobody has said."


def compare(
    options: Sequence[Prepared],
    ground: OptionGround,
    *,
    jurisdiction: Mapping[str, Provision],
    reading: Reading | None = None,
    notes: Sequence[str] = (),
    tell: Tell = untold,
) -> Comparison:
    """Options side by side.

    Args:
        options: Two or more, each with what it names.
        ground: The streets that all start from.
        jurisdiction: Powers, by row.
        reading: The record at a moment: decides criteria, and holds the entries that options cite; None: there is none.
        notes: What else is to be known of the ground.
        tell: Told what is being worked out, and the share that is done; what it raises ends the work.

    Raises:
        BadInput: there are fewer than two, two share an id, or one cites an entry that nobody had by then.
        UnknownName: one needs a power that the table does not have.
        BadGeometry, Infeasible: as the desks' own functions.
    """
    refuse_twins(one.option for one in options)
    sources = [tuple(_sources(one.option, reading)) for one in options]
    powers = [tuple(_powers(one.option, jurisdiction)) for one in options]
    figures = [figures_of(one, ground, _telling(tell, one, at, len(options))) for at, one in enumerate(options)]
    plain = [one.option for one in options]
    dominated = dominated_by(plain, figures)
    risks = risks_on(plain, reading)
    places = in_order(plain)
    rows = tuple(
        _row(plain[at], number, figures[at], dominated[at], powers[at], sources[at], risks[at], reading)
        for number, at in enumerate(places, start=1)
    )
    titles = [figure.title for figure in figures[0]]
    answer = Comparison(
        network=ground.gazetteer.network.name,
        at=reading.when.at if reading else None,
        known_at=reading.when.known_at if reading else None,
        rule=RULE,
        options=rows,
        constant=tuple(titles[place] for place in constant_figures(figures)),
        unknown=tuple(titles[place] for place in unknown_figures(figures)),
        assumed=tuple(dict.fromkeys(sentence for row in figures for figure in row for sentence in figure.assumed)),
        cited=tuple(_cited(rows, reading)) if reading else (),
        notes=tuple(notes),
    )
    return Names(reading.known().values()).left_out(answer) if reading else answer


def _telling(tell: Tell, prepared: Prepared, at: int, of: int) -> Tell:
    """Tells of one option's work as a part of the whole."""
    return lambda doing, share: tell(f"{prepared.option.title}: {doing[:1].lower()}{doing[1:]}", (at + share) / of)


def _cited(rows: Sequence[OptionRow], reading: Reading) -> Iterator[CitedFor]:
    """The entries that figures and criteria rest on."""
    held = {entry for row in rows for figure in row.figures for entry in figure.rests_on}
    held |= {entry for row in rows for criterion in row.criteria for entry in criterion.rests_on}
    for one in sorted(held):
        draft = reading.store.entry(one).draft
        plan = f"{body.plan}:{body.version}" if isinstance(body := draft.body, TrafficPlan) else None
        yield CitedFor(entry=one, plan=plan, says=body.says(reading.zone), known=draft.known)


def _row(
    option: Option,
    place: int,
    figures: tuple[OptionFigure, ...],
    dominated: tuple[Dominated, ...],
    powers: tuple[PowerNeeded, ...],
    sources: tuple[SourceSaid, ...],
    risks: tuple[RiskAnswer, ...],
    reading: Reading | None,
) -> OptionRow:
    criteria = tuple(criterion_answer(one, reading) for one in option.criteria)
    views = tuple(_view(question, getattr(option, name)) for name, question in _VIEWS.items())
    told = option.rights
    rights = tuple(RightsAnswer(point=one, **_view(asks, told.get(one)).model_dump()) for one, asks in RIGHTS.items())
    return OptionRow(
        id=option.id,
        title=option.title,
        place=place,
        rung=LADDER[option.rungs[0]],
        does=tuple(map(act_words, option.does)),
        figures=figures,
        judged=tuple(
            IfWrong(figure=name, low=one.low, high=one.high, by=one.by, why=one.why, if_wrong=one.if_wrong)
            for name, one in judgements(option)
        ),
        views=views,
        rights=rights,
        powers=powers,
        advice=advice_of(criteria),
        criteria=criteria,
        follows=tuple(follow_ups(option)),
        contingencies=tuple(f"If {one.event}: {one.then}" for one in option.contingencies),
        risks=risks,
        sources=sources,
        dissent=f"{option.dissent.by}: {option.dissent.says}",
        dominated=dominated,
        open=tuple(_open(option, views, rights, figures, risks)),
        notes=tuple(_notes(option, powers, sources, risks)),
    )


def act_words(act: Act) -> str:  # noqa: PLR0911 - one for each thing that is done
    """Something that is done, in words."""
    match act:
        case Wait():
            return f"wait until {act.until}" if act.until else "wait"
        case Talk():
            return f"talk with {act.to} about {act.about}"
        case OfferMade():
            return f"offer{f' {act.to}' if act.to else ''}: {act.what}"
        case NoticeGiven():
            return f"tell {act.to or 'everybody'}: {act.text}"
        case Barriers():
            return f"set up the barriers of {act.plan}"
        case Tow():
            return f"tow by {act.called}"
        case CutOff():
            return joined(f"cut off {act.what}", f"everybody still gets {act.floor}", f"law: {act.law}")


def _view(question: str, view: View | None) -> Said:
    return Said(question=question, verdict=view.verdict if view else "unknown", why=view.why if view else _NOBODY)


def _powers(option: Option, jurisdiction: Mapping[str, Provision]) -> Iterator[PowerNeeded]:
    for power in option.powers:
        row = jurisdiction.get(power.row)
        if row is None:
            raise UnknownName(f"power of the option {option.id}", [power.row], jurisdiction)
        yield PowerNeeded(row=row.row, by=row.by, may=row.may, when=row.when, instrument=row.instrument, is_read=row.is_read)


def _sources(option: Option, reading: Reading | None) -> Iterator[SourceSaid]:
    """What an option rests on; entries as they were known at the moment.

    Raises:
        BadInput: an entry is not in the record, or was not known by then.
    """
    for one in option.sources:
        if one.entry is None:
            yield SourceSaid(entry=None, says=one.says or "", by=one.by or "", known=None)
            continue
        if reading is None:
            raise BadInput(
                f"The option {option.id} rests on the entry {one.entry}, and no record was given. Give it with --record."
            )
        entry = reading.known().get(one.entry)
        if entry is None:
            raise BadInput(
                f"The option {option.id} rests on the entry {one.entry}, which nobody had by then. Cite one that was known, or "
                "ask about a later moment with --at."
            )
        draft = entry.draft
        yield SourceSaid(entry=entry.id, says=draft.body.says(reading.zone), by=speaker(draft.source), known=draft.known)


def _open(
    option: Option,
    views: Sequence[Said],
    rights: Sequence[RightsAnswer],
    figures: Sequence[OptionFigure],
    risks: Sequence[RiskAnswer],
) -> Iterator[str]:
    """What nobody has said yet, so that it is not taken for said."""
    yield from (f"{one.question} {_NOBODY}" for one in (*views, *rights) if one.why == _NOBODY)
    yield from (f"{figure.title.capitalize()}: {figure.source}" for figure in figures if figure.low is None)
    if not option.criteria:
        yield "When to go on and when to stop: nobody has set a criterion."
    if not option.contingencies:
        yield "What is done if it comes otherwise: nobody has said."
    yield from (f"What it does to the risk '{one.risk}': nobody has said." for one in risks if one.effect == "not_said")


def _notes(
    option: Option, powers: Sequence[PowerNeeded], sources: Sequence[SourceSaid], risks: Sequence[RiskAnswer]
) -> Iterator[str]:
    if len({one.by.casefold() for one in sources}) == 1:
        yield f"All of its sources are one voice: {sources[0].by}. Ask somebody else."
    if unread := [one.row for one in powers if not one.is_read]:
        yield f"The text of {listed(unread)} was not read by whoever wrote the table: have it checked."
    if option.rungs[0] >= LADDER.index("barriers") and not powers:
        yield "It names no power. Shutting streets, towing and cutting off need one."
    if raised := [one.risk for one in risks if one.effect == "raises"]:
        yield f"It raises: {listed(raised)}."
