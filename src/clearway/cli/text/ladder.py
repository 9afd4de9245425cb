"""The ladder in words."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from clearway.words import time_words, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clearway.planning.vehicles.ladder.contract import Announced, Job, LadderAnswer, Needed, Reason

_VERDICTS = {"go": "go", "hold": "HOLD", "stop": "STOP", "unknown": "not known"}
_STATES = {"there": "there", "lacking": "lacking", "unknown": "not known"}
_OUTCOMES = {"announced": "announced", "done": "done", "not_done": "not done", "not_known": "not known", "dropped": "dropped"}


def ladder_lines(found: LadderAnswer) -> list[str]:
    """The answer: the advice, each reason with its entries, what a tow lacks, each job."""
    return list(_lines(found))


def _lines(found: LadderAnswer) -> Iterator[str]:
    zone = ZoneInfo(found.zone)
    yield f"{time_words(found.at, zone)}, as known at {time_words(found.known_at, zone)} ({found.zone})."
    yield found.says
    yield ""
    yield "Against the will of those who parked there:"
    yield from map(_reason, found.reasons)
    yield ""
    yield f"To tow ({found.tow_advice}):"
    yield from map(_needed, found.needed)
    yield ""
    yield "Vehicles, as it was said:"
    yield from (f"  {one.says}{_ids(one.rests_on)}" for one in found.vehicles)
    yield from map(_announced, found.announcements)
    if found.jobs:
        yield ""
    for job in found.jobs:
        yield from _job(job, zone)
    yield from (f"Assumed: {one}" for one in found.assumed)


def _reason(one: Reason) -> str:
    limit = f" Limit: {one.limit}{', assumed' if one.assumed else ''}." if one.limit else ""
    return f"  {_VERDICTS[one.verdict]:<9} {vocabulary(one.condition)}: {one.says}{limit}{_ids(one.rests_on)}"


def _needed(one: Needed) -> str:
    return f"  {_STATES[one.state]:<9} {vocabulary(one.need)}: {one.says}{_ids(one.rests_on)}"


def _announced(one: Announced) -> str:
    return f"{_OUTCOMES[one.outcome].capitalize()}: {one.says}. {one.why}{_ids(one.rests_on)}"


def _job(job: Job, zone: ZoneInfo) -> Iterator[str]:
    yield f"{job.job}: {job.says}"
    for step in job.steps:
        power = f", by {step.power}" if step.power else ""
        because = f", because: {step.because}" if step.because else ""
        yield (
            f"  {time_words(step.happened, zone)} {vocabulary(step.step)}, {step.by}{power}: "
            f"{vocabulary(step.answer)}{because} [{step.entry}]"
        )
        yield from (f"    {fault}" for fault in step.faults)


def _ids(ids: Iterable[str]) -> str:
    told = ", ".join(ids)
    return f" [{told}]" if told else ""
