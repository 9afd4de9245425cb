"""What the server answers about detours. The planner of detours is imported when first asked, for it takes a moment."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from clearway.cache import Cache
from clearway.planning.access.planner.stations import own_stations
from clearway.planning.plan.closures_all_day import held_at
from clearway.record.moments import calendar
from clearway.server.desks.detours.models import DetoursAnswer
from clearway.server.desks.plan.shut import shut_by
from clearway.server.desks.traffic.desk import traffic_of

if TYPE_CHECKING:
    from clearway.network.closures import Closure
    from clearway.planning.cordon.planner.steps import Tell
    from clearway.planning.plan.detours.loads import Traffic
    from clearway.server.desks.detours.models import DetoursQuestion
    from clearway.server.networks import ServedNetwork

_CACHED_ANSWERS = 16
_TRAFFIC_SHARE = 0.7
"""Of the whole work, that an hour's traffic takes where it is asked for."""


class DetourDesk:
    """Answers about the detours of one network; the last answers are cached.

    Args:
        served: The network.
    """

    def __init__(self, served: ServedNetwork) -> None:
        self._served = served
        self._answers: Cache[DetoursAnswer] = Cache(_CACHED_ANSWERS)

    def found(self, question: DetoursQuestion, tell: Tell) -> DetoursAnswer:
        """The detours of a plan.

        Raises:
            ClearwayError: the plan, or its traffic, has no answer.
            Stopped: somebody cancelled.
        """
        return self._answers.of(question.model_dump_json(), lambda: self._made(question, tell))

    def _made(self, question: DetoursQuestion, tell: Tell) -> DetoursAnswer:
        from clearway.planning.plan.detours.finding import Asked, detours  # noqa: PLC0415
        from clearway.planning.plan.detours.places import KINDS  # noqa: PLC0415

        shut = shut_by(self._served, question, tell)
        closures = shut.closures
        if question.at is not None:
            zone = calendar(question.zone or self._served.zone or "UTC").zone
            closures = held_at(closures, question.at.astimezone(zone))
        traffic, share = None, 0.0
        if question.hour is not None:
            traffic, share = self._loaded(closures, question.hour, tell), _TRAFFIC_SHARE
        began = time.perf_counter()
        found = detours(
            self._served.network,
            Asked(
                closures=closures,
                heavy=question.heavy,
                places=own_stations(self._served.network, kinds=KINDS),
                traffic=traffic,
            ),
            lambda doing, done: tell(doing, share + done * (1 - share)),
        )
        found = found.model_copy(update={"warnings": (*shut.unplaced_sentences(), *found.warnings)})
        return DetoursAnswer(detours=found, elapsed_ms=round((time.perf_counter() - began) * 1000))

    def _loaded(self, closures: tuple[Closure, ...], hour: int, tell: Tell) -> Traffic:
        return self._served.desk(traffic_of).loaded(closures, hour, lambda doing, done: tell(doing, done * _TRAFFIC_SHARE))
