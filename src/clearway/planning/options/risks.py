"""What each option does to each risk: the open ones of the register, the same rows for every option, then what options name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.planning.decide.risks import risks_of
from clearway.planning.options.contract import RiskAnswer
from clearway.planning.talks.lines import Lines
from clearway.planning.talks.subjects import is_same_name
from clearway.words import joined, vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.planning.decide.risk_contract import RiskOf
    from clearway.planning.options.option import Option, RiskEffect
    from clearway.planning.reading import Reading

_NOBODY = "Nobody has said."


def risks_on(options: Sequence[Option], reading: Reading | None) -> list[tuple[RiskAnswer, ...]]:
    """For each option, what it does to every risk that the register has open or that an option names.

    Args:
        options: As they are given.
        reading: The record with its register; None: there is none.
    """
    held = risks_of(reading, Lines(reading.when.at, reading.zone)) if reading else []
    register = [one for one in held if one.state != "closed"]
    others: list[str] = []
    for effect in (effect for option in options for effect in option.risks):
        if not any(is_same_name(effect.risk, name) for name in (*(one.risk for one in register), *others)):
            others.append(effect.risk)
    return [
        (
            *(_answer(one.risk, _effect(option, one.risk), one) for one in register),
            *(_answer(name, _effect(option, name), None) for name in others),
        )
        for option in options
    ]


def _effect(option: Option, risk: str) -> RiskEffect | None:
    return next((one for one in option.risks if is_same_name(one.risk, risk)), None)


def _answer(risk: str, said: RiskEffect | None, held: RiskOf | None) -> RiskAnswer:
    return RiskAnswer(
        risk=risk,
        effect=said.effect if said else "not_said",
        why=said.why if said else _NOBODY,
        entry=held.line.id if held else None,
        judged=judged_words(held) if held else "not in the register",
        owner=held.owner if held else None,
        is_due=held.is_due if held else False,
    )


def judged_words(risk: RiskOf) -> str:
    """Likelihood and consequence in words, as ranges where they are ranges."""
    pairs = {
        "likelihood": (risk.likelihood, risk.likelihood_to),
        "consequence": (risk.consequence, risk.consequence_to),
    }
    return joined(*(f"{name} {_ends(*ends)}" for name, ends in pairs.items()), by=", ")


def _ends(low: str | None, high: str | None) -> str:
    if low is None:
        return "not judged"
    return vocabulary(low) if high in (None, low) else f"{vocabulary(low)} to {vocabulary(high or '')}"
