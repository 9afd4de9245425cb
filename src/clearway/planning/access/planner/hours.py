"""What must be known of hours: what was taken as at a moment, and what was counted without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.network.timed import timed_count
from clearway.words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from clearway.network.closures import Closure
    from clearway.network.model import Network


def hours_notes(network: Network, closures: Sequence[Closure], moment: datetime | None) -> list[str]:
    """Sentences about streets, barriers, turns and closures that hold at some hours only.

    Args:
        network: As it was loaded.
        closures: All that were given.
        moment: The moment asked about; None where every closure counts.
    """
    rules, shut = timed_count(network), sum(bool(closure.hours) for closure in closures)
    made_at = network.report.get("moment")
    notes = []
    if moment is not None and made_at:
        notes.append(f"The network was imported as at {made_at}: its streets with hours are as they are then, not now.")
    if rules and moment is None:
        notes.append(f"{_rules(rules)} with hours, taken as outside these hours. Ask for a moment with --at.")
    if rules and moment is not None:
        notes.append(f"{_rules(rules)} with hours, taken as on {moment:%a %d %b %Y %H:%M}.")
    if shut and moment is None:
        notes.append(f"{counted(shut, 'closure')} with hours, taken to be in force at all hours. Ask for a moment with --at.")
    return notes


def _rules(count: int) -> str:
    return counted(count, "street, barrier or turn", "streets, barriers and turns")
