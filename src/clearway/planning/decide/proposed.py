"""What follows from a decision, proposed as drafts: people keep or strike out each before they sign. None is written here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.planning.decide.draft import TaskDraft

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.planning.decide.draft import DecisionDraft, FollowUp

MOST = 2000
"""Characters that a task has room for."""


def proposed(draft: DecisionDraft) -> Iterator[FollowUp]:
    """Tasks that follow from what a decision expects, and from its review time; what follows from its option is another's."""
    for one in draft.expects:
        yield task(f"Say what came of it: {one.what}", one.by_when)
    if draft.review:
        yield task(f"Review the decision, and say what came of it: {draft.what}", draft.review)


def task(what: str, due: str | None = None) -> TaskDraft:
    """A task of the office that decides, cut where it has no room."""
    kept = what if len(what) <= MOST else f"{what[: MOST - 1]}…"
    return TaskDraft(kind="task", what=kept, due=due)


def words_of(one: FollowUp, by: str) -> str:
    """A task or notice in a sentence.

    Args:
        one: The draft.
        by: The office that decides.
    """
    if isinstance(one, TaskDraft):
        due = f", by {one.due}" if one.due else ""
        return f"Task of {one.to or by}: {one.what}{due}"
    return f"Notice to {one.to or 'everybody'}: {one.text}"
