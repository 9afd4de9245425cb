"""What follows from choosing an option, as drafts of tasks and notices: people keep or strike out each before they sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.planning.decide.draft import NoticeDraft
from clearway.planning.decide.proposed import task
from clearway.planning.options.criteria import criterion_words
from clearway.planning.options.option import Barriers, CutOff, NoticeGiven, OfferMade, Talk, Tow, Wait

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.planning.decide.draft import FollowUp
    from clearway.planning.options.option import Act, Option


def follow_ups(option: Option) -> Iterator[FollowUp]:
    """Tasks and notices of what an option does, in its order; then a task for each criterion, for somebody must watch it.

    An offer and a notice are told: each is a notice. What is done in the streets, and talks, are tasks.
    """
    for act in option.does:
        yield from _of(act)
    for one in option.criteria:
        yield task(f"Watch: {criterion_words(one)}")


def _of(act: Act) -> Iterator[FollowUp]:
    match act:
        case Wait():
            if act.until:
                yield task(f"Look again once {act.until}")
        case Talk():
            yield task(f"Hold a talk with {act.to} about {act.about}, and write its minutes")
        case OfferMade():
            yield NoticeDraft(kind="notice", text=f"Offered: {act.what}", to=act.to)
        case NoticeGiven():
            yield NoticeDraft(kind="notice", text=act.text, to=act.to)
        case Barriers():
            yield task(f"Set up the barriers of the plan {act.plan}")
        case Tow():
            yield task("Order the tows, and tell owners how they get their vehicles back")
        case CutOff():
            yield task(f"Cut off {act.what}")
            yield task(f"See that everybody still gets {act.floor}")
