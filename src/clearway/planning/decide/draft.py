"""What is signed: a decision as an office writes it, with what it expects, before the record holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from clearway.record.entry import EntryId, Release
from clearway.record.parts import LongText, Name, Text
from clearway.record.typed import source_parts
from clearway.shapes import Exact

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from clearway.planning.decide.frozen import Frozen

_MOST = 50
"""Options, offices, expectations or entries of one decision: more than anybody reads before they sign."""


class RejectedOption(Exact):
    """An option that was not chosen, and why."""

    option: Text
    why: Text


class Expected(Exact):
    """What is expected, so that it can be checked."""

    what: Text
    by_when: Text = Field(description="by when: 'day 15 6pm', an ISO time; what has no time cannot be held against anything")
    figure: Name | None = Field(None, description="the figure that shows it, such as vehicles; somebody must count it")
    at_most: float | None = Field(None, ge=0)
    at_least: float | None = Field(None, ge=0)
    direction: Literal["more", "fewer"] | None = Field(None, description="than at first, instead of a bound")
    probability: float | None = Field(None, ge=0, le=1, description="how sure the office is, from 0 to 1")


class TaskDraft(Exact):
    """A task that is written with the decision that it follows from."""

    kind: Literal["task"]
    what: Text
    to: Text | None = Field(None, description="the post or office that is to do it, never a name; null: who decides")
    due: Text | None = Field(None, description="by when: 'day 15 6pm', an ISO time")


class NoticeDraft(Exact):
    """A notice that is written with the decision that it follows from: from then on people count as told."""

    kind: Literal["notice"]
    text: LongText
    to: Text | None = Field(None, description="to whom, where not to everybody")


FollowUp = Annotated[TaskDraft | NoticeDraft, Field(discriminator="kind")]


class DecisionDraft(Exact):
    """A decision or a proposal, as an office writes it. What is not known yet is left out and shown as empty."""

    id: EntryId | None = Field(None, description="made by the client before it first sends; sent again, it is written once")
    by: Text = Field(description="the office that decides, behind a comma its organisation; never a name")
    what: Text = Field(description="what was chosen: one of the options, in the same words")
    standing: Literal["proposed", "decided"] = "decided"
    place: Text | None = Field(None, description="where: figures that are counted there show what is expected")
    question: Text | None = None
    options: tuple[Text, ...] = Field((), max_length=_MOST, description="the least restrictive first; waiting is one")
    why: LongText | None = Field(None, description="the reasons")
    authority: Literal["own", "order", "advice"] | None = None
    rejected: tuple[RejectedOption, ...] = Field((), max_length=_MOST)
    present: tuple[Text, ...] = Field((), max_length=_MOST, description="offices, never names")
    dissent: tuple[Text, ...] = Field((), max_length=_MOST, description="who disagreed and why; or who was asked and did not")
    expects: tuple[Expected, ...] = Field((), max_length=_MOST)
    review: Text | None = Field(None, description="when it is looked at again")
    closes: Text | None = Field(None, description="of a proposal: until when positions are taken")
    legal_basis: Text | None = None
    least_restrictive: LongText | None = Field(None, description="why nothing that restricts less would do")
    rests_on: tuple[EntryId, ...] = Field((), max_length=_MOST, description="entries, of two speakers at least")
    supersedes: tuple[EntryId, ...] = Field((), max_length=_MOST, description="decisions or proposals whose place it takes")
    seen: tuple[EntryId, ...] = Field(
        (), max_length=1000, description="contradicted and single-sourced entries that were read before signing"
    )
    follows: tuple[FollowUp, ...] = Field(
        (), max_length=_MOST, description="tasks and notices that are written with it, in order"
    )
    at: Text | None = Field(None, description="the picture that was looked at: about which moment; absent: now")
    known_at: Text | None = Field(None, description="and as known when; absent: the same moment")
    happened: Text | None = Field(None, description="when it was decided; absent: now")
    release: Release = "room"

    def decision(self, entry_id: str, happened: datetime, frozen: Frozen, digest: str, unseen: Sequence[str]) -> dict[str, Any]:
        """The entry of the decision, as people write it."""
        apart = {"id", "expects", "rejected", "seen", "follows", "at", "known_at", "happened", "release", "place"}
        said = self.model_dump(exclude=apart, exclude_none=True, mode="json")
        body = said | {
            "kind": "decision",
            "rejected": [f"{one.option}: {one.why}" for one in self.rejected],
            "acknowledged": list(self.seen),
            "not_acknowledged": list(unseen),
            "picture_at": frozen.at.isoformat(),
            "picture_known_at": frozen.known_at.isoformat(),
            "picture_seq": frozen.seq,
            "picture_digest": digest,
        }
        return self._entry(entry_id, body, happened) | ({"place": self.place} if self.place else {})

    def expectation(self, number: int, of: str, happened: datetime) -> dict[str, Any]:
        """The entry of one of its expectations, as people write it."""
        body = self.expects[number].model_dump(exclude_none=True) | {"kind": "expectation", "of": of, "by": self.by}
        return self._entry(f"{of}-expects-{number + 1}", body, happened)

    def follow_up(self, number: int, of: str, happened: datetime) -> dict[str, Any]:
        """The entry of one of the tasks and notices that follow from it, as people write it; the decision is its source."""
        one = self.follows[number]
        body = one.model_dump(exclude_none=True) | {"by": self.by, "of": of}
        if isinstance(one, TaskDraft):
            body["to"] = one.to or self.by
        source = source_parts(self.by) | {"document": f"decision {of}"}
        return self._entry(f"{of}-follows-{number + 1}", body, happened) | {"source": source}

    def _entry(self, entry_id: str, body: dict[str, Any], happened: datetime) -> dict[str, Any]:
        said = {"id": entry_id, "happened": happened.isoformat(), "source": self.by, "release": self.release}
        return {"body": body} | said


class Completion(Exact):
    """What was empty in a decision, filled in later. What is said already stays."""

    question: Text | None = None
    options: tuple[Text, ...] = Field((), max_length=_MOST)
    why: LongText | None = None
    authority: Literal["own", "order", "advice"] | None = None
    rejected: tuple[RejectedOption, ...] = Field((), max_length=_MOST)
    present: tuple[Text, ...] = Field((), max_length=_MOST)
    dissent: tuple[Text, ...] = Field((), max_length=_MOST)
    expects: tuple[Expected, ...] = Field((), max_length=_MOST)
    review: Text | None = None
    legal_basis: Text | None = None
    least_restrictive: LongText | None = None
    rests_on: tuple[EntryId, ...] = Field((), max_length=_MOST)
    seen: tuple[EntryId, ...] = Field((), max_length=1000)
    outcome: LongText | None = Field(None, description="what came of it")

    def fields(self) -> dict[str, Any]:
        """The fields of the decision that it fills in, as people write them; expectations are entries of their own."""
        said = self.model_dump(exclude={"expects", "rejected", "seen"}, exclude_none=True, mode="json")
        said["rejected"] = [f"{one.option}: {one.why}" for one in self.rejected]
        said["acknowledged"] = list(self.seen)
        return {name: value for name, value in said.items() if value}
