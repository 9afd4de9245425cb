"""Whether a plan keeps within the law, as far as the jurisdiction file tells it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from clearway.planning.plan.contract import Check
from clearway.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from clearway.planning.plan.jurisdiction import Provision
    from clearway.record.kinds.plans import PlannedBarrier, TrafficPlan

_DAY = timedelta(hours=24)


def legal_checks(plan: TrafficPlan, jurisdiction: Mapping[str, Provision], now: datetime) -> Iterator[Check]:
    """Whether a plan names a power, and keeps the limits of each that it names.

    Args:
        plan: The plan.
        jurisdiction: Rows by name.
        now: This moment, from which notice is counted.
    """
    if not plan.powers:
        rows = listed(list(jurisdiction))
        why = f"The plan names no power to close streets. The jurisdiction file has {rows}."
        yield Check(name="power_named", ok=False, why=why, source="the jurisdiction file")
        return
    unknown = [power.row for power in plan.powers if power.row and power.row not in jurisdiction]
    unread = [one.row for power in plan.powers if power.row and (one := jurisdiction.get(power.row)) and not one.is_read]
    said = [f"The jurisdiction file has no row {listed(unknown)}."] if unknown else []
    note = f" The text of {listed(unread)} was not read: have it checked." if unread else ""
    named = "; ".join(f"{power.by}: {power.instrument}" for power in plan.powers)
    yield Check(name="power_named", ok=not unknown, why=" ".join(said) or f"{named}.{note}", source="the jurisdiction file")
    for power in plan.powers:
        row = jurisdiction.get(power.row or "")
        if row is None:
            continue
        source = f"{row.instrument} ({row.source})"
        if row.most_hours_in_24 is not None:
            hours = most_hours_in_24(plan.barriers, plan.starts, plan.ends)
            told = "without end" if hours is None else f"{hours:g} h"
            ok = hours is not None and hours <= row.most_hours_in_24
            why = f"Streets are closed {told} in some 24 hours; the limit is {row.most_hours_in_24:g} h."
            yield Check(name="hours_in_24", ok=ok, why=why, source=source)
        if row.notice_days is not None:
            left = None if plan.starts is None else (plan.starts - now) / timedelta(days=1)
            ok = left is not None and left >= row.notice_days
            told = "The plan does not say when it starts" if left is None else f"It starts in {left:.1f} days"
            yield Check(name="notice", ok=ok, why=f"{told}; public notice takes {row.notice_days:g} days.", source=source)


def most_hours_in_24(barriers: Iterable[PlannedBarrier], starts: datetime | None, ends: datetime | None) -> float | None:
    """The most hours in any 24 in which some barrier stands; None where one stands without a known start or end.

    Elapsed hours: a night on which clocks change has as many as it has.

    Args:
        barriers: Each from its start until its end; where it says none, from the plan's.
        starts: From when the plan holds.
        ends: Until when.
    """
    spans = []
    for one in barriers:
        first, last = one.starts or starts, one.ends or ends
        if first is None or last is None:
            return None
        spans.append((first.astimezone(UTC), last.astimezone(UTC)))
    merged: list[tuple[datetime, datetime]] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], last)
        else:
            merged.append((first, last))
    windows = [first for first, _ in merged] + [
        last - _DAY for _, last in merged
    ]  # the fullest window begins or ends with a span
    most = max((_within(merged, window) for window in windows), default=timedelta())
    return round(most / timedelta(hours=1), 4)


def _within(spans: Iterable[tuple[datetime, datetime]], window: datetime) -> timedelta:
    """How long spans last within the 24 hours from a moment."""
    return sum((max(min(last, window + _DAY) - max(first, window), timedelta()) for first, last in spans), timedelta())
