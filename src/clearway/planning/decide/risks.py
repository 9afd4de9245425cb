"""The threat and risk register: what may happen, as last judged, and what has come since; comparable events beside it.

Likelihood and consequence are words on two ordered scales (ISO 31000); they are never multiplied, since a product of ranks can
put a smaller risk above a larger one (Cox, What's wrong with risk matrices?, Risk Analysis 28, 2008).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.picture.counts import KNOWN_FOR, latest_by_voice
from clearway.picture.facts import said_until
from clearway.picture.subjects import where_key
from clearway.planning.decide.risk_contract import EventOf, RiskFigure, RiskOf, RiskRegister
from clearway.planning.options.criteria import figure_state
from clearway.planning.talks.figures import Bounds
from clearway.planning.talks.lines import Lines
from clearway.planning.talks.names import Names
from clearway.planning.talks.subjects import is_same_name, stems_of
from clearway.record.kinds.health import HealthFinding, Weather
from clearway.record.kinds.incidents import Incident, Injuries
from clearway.record.kinds.pending import Ultimatum
from clearway.record.kinds.powers import Seizure
from clearway.record.kinds.risks import CONSEQUENCES, LIKELIHOODS, ComparableEvent, Risk
from clearway.record.kinds.talks import Forecast, Statement
from clearway.words import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clearway.planning.reading import Reading
    from clearway.record.entry import Entry

RULE = (
    "What happened first, then what is open, then what is closed; among those what nobody judged, then the worst consequence, "
    "then by the highest likelihood. The two are never multiplied."
)
_SIGNS = (Incident, Injuries, Seizure, HealthFinding, Weather, Statement, Forecast, Ultimatum)
_LEAST_SHARED = 2
"""One word in common may be chance."""
_STATES = ("happened", "open", "closed")


def register_of(reading: Reading) -> RiskRegister:
    """Every risk and every comparable event in force.

    Names that are spelled alike are one risk. A review time that has passed is said, and so is what nobody has said.

    Raises:
        Unavailable: the database does not answer.
    """
    lines = Lines(reading.when.at, reading.zone)
    risks = risks_of(reading, lines)
    found = RiskRegister(
        at=reading.when.at,
        known_at=reading.when.known_at,
        title=reading.title,
        zone=str(reading.zone),
        rule=RULE,
        risks=risks,
        events=[_event(entry, body, risks, lines) for entry, body in _events(reading)],
    )
    return Names(reading.known().values()).left_out(found)


def risks_of(reading: Reading, lines: Lines) -> list[RiskOf]:
    """Every risk in force, in the order of ``RULE``."""
    events, signs = _events(reading), reading.latest(_SIGNS)
    found = [_risk(said, events, signs, reading, lines) for said in _together(reading)]
    return sorted(found, key=_place)


def _together(reading: Reading) -> list[list[Entry]]:
    """The entries about each risk, the latest first, whatever the spelling of its name."""
    entries = [entry for said in reading.in_force([Risk]).values() for entry in said]
    entries.sort(key=lambda one: (one.draft.happened.start, one.had_from, one.seq), reverse=True)
    found: list[list[Entry]] = []
    for entry in entries:
        same = next((said for said in found if is_same_name(_body(said[0]).risk, _body(entry).risk)), None)
        if same is None:
            found.append([entry])
        else:
            same.append(entry)
    return found


def _risk(
    said: Sequence[Entry],
    events: Iterable[tuple[Entry, ComparableEvent]],
    signs: Iterable[Entry],
    reading: Reading,
    lines: Lines,
) -> RiskOf:
    latest, body = said[0], _body(said[0])
    overdue = (reading.when.at - body.review).total_seconds() if body.review and body.state != "closed" else 0.0
    names = dict.fromkeys(_body(entry).risk for entry in said)
    return RiskOf(
        line=lines.of(latest),
        risk=body.risk,
        spellings=[name for name in names if name != body.risk],
        what=body.what,
        state=body.state,
        likelihood=body.likelihood,
        likelihood_to=body.likelihood_to or body.likelihood,
        consequence=body.consequence,
        consequence_to=body.consequence_to or body.consequence,
        for_whom=list(body.for_whom),
        done=list(body.done),
        owner=body.owner,
        review=body.review,
        is_due=overdue > 0,
        overdue_s=overdue if overdue > 0 else None,
        contested_by=lines.all(one for one in latest_by_voice(said)[1:] if _differs(_body(one), body)),
        before=lines.all(said[1:]),
        signs=lines.all(one for one in signs if _is_sign(one, latest, body, reading)),
        grown=_grown(latest, body, reading, lines),
        missing=list(_missing(body)),
        events=[entry.id for entry, event in events if any(is_same_name(name, body.risk) for name in event.risks)],
    )


def _differs(other: Risk, body: Risk) -> bool:
    """Whether two judgements have no likelihood, or no consequence, in common."""
    return _apart(LIKELIHOODS, (other.likelihood, other.likelihood_to), (body.likelihood, body.likelihood_to)) or _apart(
        CONSEQUENCES, (other.consequence, other.consequence_to), (body.consequence, body.consequence_to)
    )


def _apart(scale: Sequence[str], one: tuple[str | None, str | None], other: tuple[str | None, str | None]) -> bool:
    if one[0] is None or other[0] is None:
        return False
    lows = scale.index(one[0]), scale.index(other[0])
    highs = scale.index(one[1] or one[0]), scale.index(other[1] or other[0])
    return min(highs) < max(lows)


def _is_sign(entry: Entry, latest: Entry, risk: Risk, reading: Reading) -> bool:
    """Whether an entry is about a later moment than a risk was judged of, and has words of it."""
    if said_until(entry.draft) <= said_until(latest.draft):
        return False
    body, words = entry.draft.body, stems_of(f"{risk.risk} {risk.what or ''}")
    if isinstance(body, Incident) and stems_of(vocabulary(body.nature)) & stems_of(risk.risk):
        return True
    return len(words & stems_of(body.says(reading.zone))) >= _LEAST_SHARED


def _grown(entry: Entry, risk: Risk, reading: Reading, lines: Lines) -> RiskFigure | None:
    if risk.counted is None or risk.at_least is None:
        return None
    bounds = Bounds(at_least=risk.at_least)
    found = figure_state(reading, risk.counted, bounds, here=set(where_key(entry.draft)), longest=KNOWN_FOR)
    says = f"{vocabulary(risk.counted).capitalize()}: {bounds}"
    return RiskFigure(says=says, state=found.state, why=found.why, figures=lines.all(found.entries))


def _missing(risk: Risk) -> list[str]:
    said = {
        "how likely it is": risk.likelihood,
        "how bad it would be": risk.consequence,
        "whom it would hit": risk.for_whom,
        "what is done about it": risk.done,
        "which office owns it": risk.owner,
        "when it is looked at again": risk.review,
    }
    return [] if risk.state == "closed" else [words for words, value in said.items() if not value]


def _place(one: RiskOf) -> tuple[int, bool, int, int, str]:
    return (
        _STATES.index(one.state),
        None not in (one.likelihood, one.consequence),
        -CONSEQUENCES.index(one.consequence_to) if one.consequence_to else 0,
        -LIKELIHOODS.index(one.likelihood_to) if one.likelihood_to else 0,
        one.risk,
    )


def _events(reading: Reading) -> list[tuple[Entry, ComparableEvent]]:
    entries = reading.latest([ComparableEvent])
    return [(entry, body) for entry in entries if isinstance(body := entry.draft.body, ComparableEvent)]


def _event(entry: Entry, body: ComparableEvent, risks: Sequence[RiskOf], lines: Lines) -> EventOf:
    known = {name: next((one.risk for one in risks if is_same_name(name, one.risk)), None) for name in body.risks}
    return EventOf(
        line=lines.of(entry),
        event=body.event,
        happened_then=body.happened_then,
        lessons=list(body.lessons),
        reference=body.reference,
        alike=body.alike,
        differs=body.differs,
        risks=[risk for risk in known.values() if risk],
        not_in_register=[name for name, risk in known.items() if risk is None],
    )


def _body(entry: Entry) -> Risk:
    body = entry.draft.body
    assert isinstance(body, Risk)  # noqa: S101 - only risks are asked
    return body
