"""Where each job stands on the ladder, and whether the next step may be taken in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.planning.vehicles.ladder.contract import Job, StepTaken
from clearway.record.kinds.ladder import STEPS, TOWS, WITHOUT_CONSENT, LadderStep
from clearway.record.parts import amount_words
from clearway.record.place_words import place_words
from clearway.words import listed, vocabulary, when_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from clearway.record.entry import Entry
    from clearway.record.kinds.ladder import Advice, Step


def same_job(name: str) -> str:
    """A job's name as names are compared: without case and double spaces."""
    return " ".join(name.casefold().split())


def body_of(entry: Entry) -> LadderStep:
    """The step that an entry holds."""
    body = entry.draft.body
    assert isinstance(body, LadderStep)  # noqa: S101 - only steps are asked
    return body


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Steps in the order in which they were taken."""
    return sorted(entries, key=lambda entry: (entry.draft.happened.start, entry.seq))


def objections(before: Sequence[LadderStep], step: LadderStep) -> list[str]:
    """Why a step needs a reason: what it skips, and which answer it does not wait for.

    An answer to a step that was taken, the same step once more, and a step down need none.

    Args:
        before: The steps of the job so far, in their order.
        step: The one that is taken.

    Returns:
        Clauses without a full stop; none where the step is the next one up.
    """
    reached = max((STEPS.index(one.step) for one in before), default=-1)
    number = STEPS.index(step.step)
    if number <= reached:
        return []
    found = []
    if before and before[-1].answer == "moved":
        found.append("all of its vehicles are said to be gone")
    elif before and _answer(before, STEPS[reached]) == "none_yet":
        found.append(f"no answer to '{vocabulary(STEPS[reached])}' is written")
    if skipped := STEPS[reached + 1 : number]:
        found.append(f"{listed([vocabulary(one) for one in skipped])} {'is' if len(skipped) == 1 else 'are'} skipped")
    return found


def _answer(steps: Sequence[LadderStep], step: Step) -> str:
    return next(one.answer for one in reversed(steps) if one.step == step)


def is_taken(before: Sequence[LadderStep], step: LadderStep) -> bool:
    """Whether a step is taken anew; False for the answer to the last one."""
    return not (before and before[-1].step == step.step and step.answer != "none_yet")


def jobs_of(entries: Sequence[Entry], advice: Mapping[Step, Advice], zone: ZoneInfo) -> list[Job]:
    """Each job with its steps, by name.

    Args:
        entries: The steps in force.
        advice: To each step.
        zone: The operation's.
    """
    by_name: dict[str, list[Entry]] = {}
    for entry in in_order(entries):
        by_name.setdefault(same_job(body_of(entry).job), []).append(entry)
    return [_job(by_name[name], advice, zone) for name in sorted(by_name)]


def _job(entries: Sequence[Entry], advice: Mapping[Step, Advice], zone: ZoneInfo) -> Job:
    bodies = [body_of(entry) for entry in entries]
    last = bodies[-1]
    reached = max(STEPS.index(one.step) for one in bodies)
    is_done = last.answer == "moved"
    next_step = None if is_done or reached + 1 == len(STEPS) else STEPS[reached + 1]
    said = when_words(entries[-1].draft.happened, zone)
    answer = "no answer yet" if last.answer == "none_yet" else last.answer
    told = f"{vocabulary(last.step).capitalize()} by {last.by} ({said}): {answer}."
    waits = ", once there is an answer" if last.answer == "none_yet" else ""
    upward = f" Next{waits}: {vocabulary(next_step)}, {advice[next_step]}." if next_step else ""
    return Job(
        job=last.job,
        where=next((words for entry in reversed(entries) if (words := place_words(entry.draft.places))), ""),
        steps=tuple(_taken(entry, bodies[:number]) for number, entry in enumerate(entries)),
        stands_at=STEPS[reached],
        answer=last.answer,
        is_done=is_done,
        next_step=next_step,
        advice=advice[next_step] if next_step else "go",
        says=f"{told}{upward}",
    )


def _taken(entry: Entry, before: Sequence[LadderStep]) -> StepTaken:
    body = body_of(entry)
    faults = [] if body.because else objections(before, body)
    if body.advice in ("hold", "stop") and not body.because:
        faults.append(f"it was taken although the desk said {body.advice}")
    return StepTaken(
        entry=entry.id,
        step=body.step,
        happened=entry.draft.happened.start,
        by=body.by,
        power=body.power,
        answer=body.answer,
        moved=amount_words(body.moved) if body.moved else None,
        because=body.because,
        advice=body.advice,
        expects=body.expects,
        faults=tuple(f"No reason is given: {fault}." for fault in faults),
    )


def advice_by_step(advice: Advice, tow_advice: Advice) -> dict[Step, Advice]:
    """The advice to each step: nothing holds back what is done with consent."""
    return {one: tow_advice if one in TOWS else advice if one in WITHOUT_CONSENT else "go" for one in STEPS}
