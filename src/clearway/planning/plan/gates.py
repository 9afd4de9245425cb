"""Who may pass which gate, from when until when, and what the record says of them."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from clearway.planning.plan.contract import GateAnswer, GatePassing, GatePeriod, GateReport
from clearway.planning.plan.passages import in_force, moments_of, names, passing, vehicle_of
from clearway.record.classes import class_of, is_of
from clearway.record.kinds.streets import MAY, PassageRule
from clearway.record.place_words import place_words, words_of_place
from clearway.record.source import speaker
from clearway.words import listed, time_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from clearway.planning.plan.passages import Passing
    from clearway.record.entry import Entry
    from clearway.record.kinds.plans import PlannedBarrier, TrafficPlan


def gates_for(
    plan: TrafficPlan, who: str, zone: ZoneInfo, *, at: datetime | None = None, reports: Iterable[Entry] = ()
) -> GateAnswer:
    """What a class may do at every gate.

    Args:
        plan: The plan.
        who: The class in words, such as "pedestrians" or "toilet trucks".
        zone: In which times are written.
        at: One moment; None: every period in turn.
        reports: Entries in force; what they say of the class is shown beside the plan, earlier words too.
    """
    gates = [one for one in plan.barriers if one.is_gate]
    rules = [rule for rule in plan.passages if names(rule, who)]
    edges = moments_of([*gates, *rules]) if at is None else []
    spans: list[tuple[datetime | None, datetime | None]] = (
        [(at, at)] if at else list(zip([None, *edges], [*edges, None], strict=True))
    )
    periods = tuple(_period(plan, gates, who, span, edges) for span in spans)
    told = tuple(_reported(reports, who, zone))
    return GateAnswer(
        plan=plan.plan,
        version=plan.version,
        who=who,
        vehicle=vehicle_of(who),
        always=bool(gates) and _is_always(periods),
        periods=periods,
        changes=tuple(_changes(periods, who, zone)),
        reported=told,
        summary=tuple(_summary(gates, periods, who, told, zone)),
    )


def passing_words(who: str, may: Passing, gate: PlannedBarrier) -> str:
    """What a class may do at a gate, in a sentence."""
    if not gate.is_gate:
        return f"Nobody passes {gate.id}: only a machine moves it."
    if may.is_contrary:
        said = " and ".join(f"'{listed(rule.who)} {MAY[rule.may]}'" for rule in may.rules)
        return f"Rules contradict each other: {said}."
    if not may.rules:
        return f"No rule says whether {who} may pass."
    proof = [rule.proof for rule in may.rules if rule.proof]
    if proof and may.enter is may.leave is None:
        return f"{_capital(who)} must show {listed(proof)}, and nobody stands at {gate.id} to see it."
    shown = f" They show: {listed(proof)}." if proof else ""
    return f"{_may(who, may.enter, may.leave)}{shown}"


def _may(who: str, enter: bool | None, leave: bool | None) -> str:  # noqa: FBT001 - two of a kind
    match enter, leave:
        case True, True:
            return f"{_capital(who)} may go in and out."
        case False, True:
            return f"{_capital(who)} may go out and not come back."
        case False, False:
            return f"{_capital(who)} may not pass."
        case True, None:
            return f"{_capital(who)} may go in. No rule says whether they may go out."
        case _:  # no rule lets anybody in and not out
            return f"{_capital(who)} may go out. No rule says whether they may go in."


def _period(
    plan: TrafficPlan,
    gates: Sequence[PlannedBarrier],
    who: str,
    span: tuple[datetime | None, datetime | None],
    edges: Sequence[datetime],
) -> GatePeriod:
    """The gates that stand during a period; before the first moment nothing that begins later is in force."""
    start, end = span
    moment = start or (edges[0] - edges[0].resolution if edges else None)
    found = []
    for gate in gates:
        if not in_force(gate, moment):
            continue
        may = passing(plan, gate, who, moment)
        found.append(
            GatePassing(
                gate=gate.id,
                where=words_of_place(gate.place),
                enter=may.enter,
                leave=may.leave,
                contrary=may.is_contrary,
                says=passing_words(who, may, gate),
                opening_seconds=gate.opening_seconds if _waits(may, who) else None,
            )
        )
    return GatePeriod(starts=start, ends=end, gates=tuple(found))


def _waits(may: Passing, who: str) -> bool:
    """Whether a class passes in vehicles, which wait until the gate is open."""
    return bool(may.enter or may.leave) and vehicle_of(who) not in ("foot", "cycle")


def _is_always(periods: Sequence[GatePeriod]) -> bool:
    """Whether every gate says the same, and something, in every period that has gates."""
    said = {(gate.enter, gate.leave) for period in periods for gate in period.gates}
    return len(said) == 1 and None not in next(iter(said))


def _changes(periods: Sequence[GatePeriod], who: str, zone: ZoneInfo) -> Iterator[str]:
    for before, after in itertools.pairwise(periods):
        was = {gate.gate: gate.says for gate in before.gates}
        now = {gate.gate: gate.says for gate in after.gates}
        when = time_words(after.starts, zone) if after.starts else ""
        for gate in dict.fromkeys((*was, *now)):
            if was.get(gate) == now.get(gate):
                continue
            old, new = was.get(gate), now.get(gate)
            told = f"now: {new}" if new else "it stands no longer."
            yield f"{when}, {gate}: {f'before: {old} ' if old else 'it stands from here on. '}{_capital(told)}"
    if not any(gate for period in periods for gate in period.gates):
        yield f"The plan has no gate that {who} could pass."


def _reported(reports: Iterable[Entry], who: str, zone: ZoneInfo) -> Iterator[GateReport]:
    """What was said of a class, a wider one or a part of it, the newest word first."""
    wanted = class_of(who)
    for entry in sorted(reports, key=lambda one: (one.draft.happened.end, one.seq), reverse=True):
        body = entry.draft.body
        if isinstance(body, PassageRule) and any(is_of(wanted, one) or is_of(one, wanted) for one in map(class_of, body.who)):
            yield GateReport(
                entry=entry.id,
                says=body.says(zone),
                where=place_words(entry.draft.places),
                speaker=speaker(entry.draft.source),
                grade=entry.draft.source.grade,
                happened=entry.draft.happened.start,
                known=entry.draft.known,
            )


def _summary(
    gates: Sequence[PlannedBarrier], periods: Sequence[GatePeriod], who: str, told: Sequence[GateReport], zone: ZoneInfo
) -> Iterator[str]:
    if not gates:
        yield f"The plan has no gate: nobody passes a barrier, {who} neither. Make one of them 'staffed' or 'swing'."
    elif _is_always(periods):
        one = next(gate for period in periods for gate in period.gates)
        yield f"At every gate, always: {one.says}"
    silent = sorted({gate.gate for period in periods for gate in period.gates if gate.enter is None and not gate.contrary})
    if silent:
        yield f"No rule says whether {who} may go in at {listed(silent)}."
    contrary = sorted({gate.gate for period in periods for gate in period.gates if gate.contrary})
    if contrary:
        yield f"Rules for {who} contradict each other at {listed(contrary)}."
    if told:
        said = "; ".join(f"{time_words(one.happened, zone)}: {one.says} ({one.speaker}, {one.grade})" for one in told)
        yield f"The record says of them, the newest first: {said}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
