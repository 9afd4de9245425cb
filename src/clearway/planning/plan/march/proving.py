"""When help is worst off while a march passes: every moment is looked at at which something changes for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from clearway.network.model import NEVER_MS
from clearway.planning.access.check import check_access
from clearway.planning.access.planner.address_proof import timed_services
from clearway.planning.access.planner.certificate import services_certificate
from clearway.planning.access.planner.on_foot import metres_on_foot
from clearway.planning.plan.march.contract import WorstMinute
from clearway.planning.plan.march.rolling import HELP

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from clearway.network.closures import Closure
    from clearway.planning.access.planner.address_proof import Timed
    from clearway.planning.access.planner.services import Staffed
    from clearway.planning.access.planner.timing import AccessTimer
    from clearway.planning.cordon.planner.steps import Steps
    from clearway.planning.street_names import StreetNames

_NAMED = 5
"""Addresses that are told with their metres on foot; the certificate has them all."""


class Proved(NamedTuple):
    """The worst moment, and the certificate of access then."""

    worst: WorstMinute
    certificate: dict[str, Any]


def worst_minute(
    timer: AccessTimer, services: Sequence[Staffed], closures: Sequence[Closure], names: StreetNames, steps: Steps
) -> Proved | None:
    """The moment at which most addresses are out of reach, of those the one at which the last is reached latest.

    Between two moments at which a closure for help begins or ends nothing changes: each such span is timed once.

    Args:
        timer: Of the network.
        services: Who helps, with their stations; none: nothing is said.
        closures: Of the march, with their times.
        names: Of the network.
        steps: Told how far it is.

    Raises:
        BadInput, BadGeometry: a service cannot be timed on the network.
    """
    shut = [one for one in closures if one.shuts & HELP]
    moments = sorted({one.starts for one in shut if one.starts} | {one.ends for one in shut if one.ends})
    if not services or not moments:
        return None
    seen: dict[frozenset[int], datetime] = {}
    for moment in moments:
        held = frozenset(index for index, one in enumerate(shut) if one.holds("emergency", moment))
        if held:
            seen.setdefault(held, moment)
    worst: tuple[tuple[int, int], list[Timed], datetime] | None = None
    for done, moment in enumerate(seen.values()):
        steps.at("Timing help at every moment of the march", 0.3 + 0.6 * done / len(seen))
        timed = timed_services(timer, services, shut, moment)
        ms = np.maximum.reduce([one.after.ms for one in timed])
        lost = ms >= NEVER_MS
        found = int(lost.sum()), int(ms[~lost].max()) if not lost.all() else 0
        if worst is None or found > worst[0]:
            worst = found, timed, moment
    assert worst is not None  # noqa: S101 - there is at least one moment
    (unreached, slowest_ms), timed, moment = worst
    document = services_certificate(timed, moment)
    _, refused = check_access(timer.network, document)
    before = np.maximum.reduce([one.before.ms for one in timed])
    return Proved(
        WorstMinute(
            at=moment,
            unreached=unreached,
            unreached_before=int((before >= NEVER_MS).sum()),
            slowest_seconds=slowest_ms / 1000 if slowest_ms else None,
            moments=len(seen),
            accepted=not refused,
            refused=tuple(refused),
            on_foot=tuple(_on_foot(timer, names, timed)),
        ),
        document,
    )


def _on_foot(timer: AccessTimer, names: StreetNames, timed: Sequence[Timed]) -> list[str]:
    """The first addresses that the march cuts off, with the metres on foot from where vehicles of every service get to."""
    metres = np.maximum.reduce([metres_on_foot(one.after, timer.graph("foot")) for one in timed])
    before = np.maximum.reduce([one.before.ms for one in timed])
    lost = np.flatnonzero((metres > 0) & (before < NEVER_MS))
    order = lost[np.argsort(-metres[lost], kind="stable")][:_NAMED]
    far = {int(one): f"{metres[one]:,.0f} m on foot" if np.isfinite(metres[one]) else "nobody can walk there" for one in order}
    return [f"{names.address(one)}: {words}" for one, words in far.items()]
