"""What was decided, and what the public was told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from clearway.record.kind import About, Briefing, Kind, Reported, Role, Theme
from clearway.record.parts import Ends, LongText, Starts, Text, lasting_words
from clearway.words import joined

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


_VERBS = {None: "decided", "own": "decided", "order": "decided, as ordered", "advice": "advised", "expectation": "expects"}


class Decision(Kind):
    """What was decided, by which office, what was rejected and why, and what is expected."""

    about = About(
        role=Role.EVENT,
        theme=Theme.DECISIONS,
        briefing=Briefing.ACTIONS,
        reported=Reported(where="never", when_said=True, whole_sentence=True),
    )

    kind: Literal["decision"] = "decision"
    by: Text
    what: Text
    why: LongText | None = None
    authority: Literal["own", "order", "advice", "expectation"] | None = Field(
        None, description="own: theirs to decide; order: they were told to; advice, expectation: nobody is bound by it"
    )
    rejected: tuple[Text, ...] = ()
    expects: tuple[Text, ...] = ()

    def sentence(self, _: ZoneInfo, /) -> str:
        """Who decided what and why, instead of what, and what they expect."""
        return joined(
            f"{self.by} {_VERBS[self.authority]}: {self.what}",
            self.why and f"because: {self.why}",
            self.rejected and f"rejected: {', '.join(self.rejected)}",
            self.expects and f"expects: {', '.join(self.expects)}",
        )


class Notice(Kind):
    """What the public was told."""

    about = About(
        role=Role.EVENT, theme=Theme.DECISIONS, reported=Reported(when_said=True, loosely=True), briefing=Briefing.PUBLIC_LINE
    )

    kind: Literal["notice"] = "notice"
    by: Text
    text: LongText
    to: Text | None = Field(None, description="to whom, where not to everybody")
    starts: Starts = None
    ends: Ends = None

    def sentence(self, zone: ZoneInfo, /) -> str:
        """Who told whom, in the words of the notice, and for how long it holds."""
        return joined(f"{self.by} to {self.to or 'everybody'}: {self.text}", lasting_words(self.starts, self.ends, zone))
