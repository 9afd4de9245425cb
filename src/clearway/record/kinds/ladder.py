"""The ladder by which vehicles are moved, the least restrictive step first, and the limits that hold a step back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, Self, get_args

from pydantic import Field, model_validator

from clearway.record.kind import About, Briefing, Kind, Role, Theme
from clearway.record.parts import Amount, Name, Prose, Text, amount_words
from clearway.words import counted, joined, vocabulary

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

Step = Literal["ask", "offer", "help", "notice", "ticket", "push_aside", "tow_to_legal_place", "tow_to_storage"]
STEPS: tuple[Step, ...] = get_args(Step)
"""From the least restrictive to the most."""
WITHOUT_CONSENT = STEPS[STEPS.index("ticket") :]
"""Steps against the will of whoever parked there: each needs a power, and conditions may hold it back."""
TOWS = STEPS[STEPS.index("push_aside") :]
"""Steps that move a vehicle without its driver."""

Answer = Literal["none_yet", "moved", "agreed", "partly", "refused", "failed"]
Advice = Literal["go", "hold", "stop"]

_PLATE = re.compile(r"\b[A-Z]{2,3}[ -]?\d{3,4}\b")
_PERSON = ("Mr ", "Mrs ", "Ms ", "Dr ")
_HOUR = r"^([01]\d|2[0-3]):[0-5]\d$"


class LadderStep(Kind):
    """A step of the ladder for the vehicles of a stretch: who took it, by which power, and the answer; never whose vehicle."""

    about = About(
        role=Role.STATE,
        theme=Theme.MEANS,
        briefing=Briefing.ACTIONS,
        subject=("job",),
        place_counts=False,
        comes_of_checks=True,
    )

    kind: Literal["ladder_step"] = "ladder_step"
    job: Text = Field(description="the stretch or group of vehicles, always by the same words; never a person or a plate")
    step: Step
    by: Text = Field(description="the office that takes it")
    power: Text | None = Field(None, description="the law that it is taken by; every step from a ticket on needs one")
    power_row: Name | None = Field(None, description="row of the jurisdiction file; absent where it has none")
    answer: Answer = Field("none_yet", description="moved: all of them are gone; agreed: they will go; partly: some are gone")
    moved: Amount | None = Field(None, description="how many vehicles went")
    because: Prose | None = Field(
        None, description="why steps are skipped, no answer is waited for, or it is taken although the desk says hold or stop"
    )
    advice: Advice | None = Field(None, description="what the desk said when it was taken")
    expects: Prose | None = Field(None, description="what is expected to happen, to be held against what does")

    @model_validator(mode="after")
    def _can_be(self) -> Self:
        if self.step in WITHOUT_CONSENT and self.power is None:
            raise ValueError(
                f"'{vocabulary(self.step)}' cannot be ordered without a legal basis; give 'power', the law that it is taken by"
            )
        if _PLATE.search(self.job):
            raise ValueError("'job' holds a number plate; name the stretch or the group of vehicles")
        if self.job.startswith(_PERSON):
            raise ValueError("a job is a stretch or a group of vehicles, never a person by name")
        return self

    def sentence(self, _: ZoneInfo, /) -> str:
        """Which vehicles, which step by whom and by which power, what came of it."""
        answer = {"none_yet": "no answer yet", "moved": "all of them went", "partly": "some of them went"}
        return joined(
            f"vehicles, {self.job}: {vocabulary(self.step)}, by {self.by}",
            self.power and f"power: {self.power}",
            answer.get(self.answer, self.answer),
            self.moved and f"{amount_words(self.moved)} moved",
            self.advice in ("hold", "stop") and f"taken although the desk said {self.advice}",
            self.because and f"because: {self.because}",
            self.expects and f"expects: {self.expects}",
        )


class LadderLimits(Kind):
    """From which figures and in which hours vehicles are not moved against the will of those who parked them."""

    about = About(
        role=Role.STATE,
        theme=Theme.DECISIONS,
        briefing=Briefing.LIMITS,
        subject=(),
        place_counts=False,
    )

    kind: Literal["ladder_limits"] = "ladder_limits"
    by: Text = Field(description="the office that sets them")
    people_at_most: int | None = Field(None, ge=0, le=1_000_000, description="people near by; more hold a step back")
    figure_hours: float | None = Field(None, gt=0, le=168, description="for which a figure of people counts")
    children_hours: float | None = Field(None, gt=0, le=720, description="for which children who were seen or spoken of count")
    night_from: str | None = Field(None, pattern=_HOUR, description="local time from which it is night: 22:00")
    night_until: str | None = Field(None, pattern=_HOUR, description="until when: 06:00")
    incident_hours: float | None = Field(None, gt=0, le=720, description="after an incident that was not minor")
    talks_hours: float | None = Field(None, gt=0, le=720, description="for which talks are in progress after a contact")
    growth_hours: float | None = Field(None, gt=0, le=720, description="for which a crowd that grew counts")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self._limits:
            raise ValueError("it sets no limit; give at least one")
        return self

    @property
    def _limits(self) -> list[str]:
        hours = ("figure_hours", "children_hours", "incident_hours", "talks_hours", "growth_hours")
        said = [] if self.people_at_most is None else [f"at most {counted(self.people_at_most, 'person', 'people')} near by"]
        said += [f"{vocabulary(name)} {value}" for name in ("night_from", "night_until") if (value := getattr(self, name))]
        return said + [f"{vocabulary(name)} {value:g}" for name in hours if (value := getattr(self, name)) is not None]

    def sentence(self, _: ZoneInfo, /) -> str:
        """Who sets which limits."""
        return f"limits of the ladder, by {self.by}: {', '.join(self._limits)}"
