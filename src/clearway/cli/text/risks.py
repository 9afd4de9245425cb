"""The risk register in words: each risk with its source, what is late, what nobody has said; comparable events beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.cli.text.talks import cited
from clearway.planning.options.risks import judged_words
from clearway.words import age_words, listed, time_words, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from clearway.planning.decide.risk_contract import EventOf, RiskOf, RiskRegister


def risk_lines(register: RiskRegister, zone: ZoneInfo) -> Iterator[str]:
    """The register."""
    at, known = time_words(register.at, zone), time_words(register.known_at, zone)
    yield f"{register.title}: risks at {at}, as known at {known}."
    if not register.risks:
        yield "No risk is in the record. Enter each as an entry of the kind 'risk'."
    for risk in register.risks:
        yield from _risk(risk, zone)
    for event in register.events:
        yield from _event(event)
    yield register.rule


def _risk(risk: RiskOf, zone: ZoneInfo) -> Iterator[str]:
    whom = f" For {listed(risk.for_whom)}." if risk.for_whom else ""
    yield f"{risk.risk} ({vocabulary(risk.state)}): {judged_words(risk)}.{whom} Owner: {risk.owner or 'nobody is named'}."
    if risk.overdue_s is not None and risk.review is not None:
        yield f"  Review is overdue: it was due {time_words(risk.review, zone)}, {age_words(risk.overdue_s)} ago."
    elif risk.review is not None:
        yield f"  Next review {time_words(risk.review, zone)}."
    if risk.missing:
        yield f"  Nobody has said {listed(risk.missing)}."
    yield from (f"  Done: {one}" for one in risk.done)
    if risk.grown is not None:
        yield f"  Look again at once from {risk.grown.says}: {vocabulary(risk.grown.state)}. {risk.grown.why}"
    yield f"  Source: {cited(risk.line)}"
    yield from (f"  Judged otherwise: {cited(line)}" for line in risk.contested_by)
    yield from (f"  Reported since, read it: {cited(line)}" for line in risk.signs)
    yield from (f"  Bears on it: comparable event {one}" for one in risk.events)


def _event(event: EventOf) -> Iterator[str]:
    yield f"Comparable event: {event.event} [{event.line.id}]. {event.happened_then}"
    yield from (f"  Learnt: {lesson}" for lesson in event.lessons)
    yield from (f"  {name}: {said}" for name, said in (("Alike", event.alike), ("Different", event.differs)) if said)
    yield f"  Source: {event.reference} [entered by {event.line.speaker}; {event.line.grade}]"
    if event.not_in_register:
        yield f"  It names risks that the register does not have: {listed(event.not_in_register)}."
