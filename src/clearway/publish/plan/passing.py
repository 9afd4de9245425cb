"""Who passes a gate, period by period, as its staff read it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from clearway.planning.plan.passages import holds_at, moments_of, passing
from clearway.publish.plan.shape import PassingRow
from clearway.record.classes import class_of
from clearway.record.kinds.streets import MAY
from clearway.words import joined, listed

if TYPE_CHECKING:
    from datetime import datetime

    from clearway.planning.plan.passages import Passing
    from clearway.publish.plan.known import Known
    from clearway.record.kinds.plans import PlannedBarrier

_SIDE = {True: "yes", False: "NO", None: "no rule"}
_EVERYBODY = frozenset({"everybody", "everyone", "anybody", "all", "all vehicles", "general traffic"})
_OTHERS = PassingRow(who="Everybody else who drives", enters="NO", leaves="no rule", hours="always", shows="")
"""Whom no rule names is not let in; whether they may come out, nobody said."""
_BEFORE = timedelta(seconds=1)
"""So long before its first change a rule is as it was until then."""


def passing_rows(known: Known, gate: PlannedBarrier) -> tuple[PassingRow, ...]:
    """What each class that the rules of a gate name may do there, and when, and what holds for whom they do not name."""
    rows = [row.model_copy(update={"who": capital(", ".join(whom))}) for row, whom in passing_groups(known, gate)]
    everybody = any(class_of(who) in _EVERYBODY for rule in known.plan.passages if holds_at(rule, gate) for who in rule.who)
    return (*rows, _OTHERS) if rows and not everybody else tuple(rows)


def passing_groups(known: Known, gate: PlannedBarrier) -> list[tuple[PassingRow, list[str]]]:
    """Classes that may do the same at a gate in the same hours, in the order of the rules; the row names nobody yet.

    Before the first rule for a class, and after the last, there is nothing to tell of it.
    """
    rules = [rule for rule in known.plan.passages if holds_at(rule, gate)]
    edges = moments_of(rules)
    alike: dict[PassingRow, list[str]] = {}
    for who in dict.fromkeys(who for rule in rules for who in rule.who):
        found: list[tuple[datetime | None, datetime | None, Passing]] = []
        for starts, ends in zip([None, *edges], [*edges, None], strict=True):
            may = passing(known.plan, gate, who, starts or (edges[0] - _BEFORE if edges else None))
            if found and found[-1][2] == may:
                found[-1] = (found[-1][0], ends, may)
            else:
                found.append((starts, ends, may))
        for one in found:
            if one[2].rules:
                alike.setdefault(_row(known, *one), []).append(who)
    return list(alike.items())


def passing_words(known: Known, gate: PlannedBarrier) -> str | None:
    """The rules of a gate in one line; None where it has none."""
    rules = [rule for rule in known.plan.passages if holds_at(rule, gate)]
    told = [
        joined(f"{listed(rule.who)} {MAY[rule.may]}", known.lasting(rule.starts, rule.ends, whole=""), rule.proof, by=", ")
        for rule in rules
    ]
    return "; ".join(told) or None


def _row(known: Known, starts: datetime | None, ends: datetime | None, may: Passing) -> PassingRow:
    said = "rules contradict" if may.is_contrary else ""
    return PassingRow(
        who="",
        enters=said or _SIDE[may.enter],
        leaves=said or _SIDE[may.leave],
        hours=known.lasting(starts, ends, whole="always"),
        shows=listed(list(dict.fromkeys(rule.proof for rule in may.rules if rule.proof))),
    )


def capital(words: str) -> str:
    """The same words as the beginning of a sentence."""
    return words[:1].upper() + words[1:]
