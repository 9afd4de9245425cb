"""What is answered of levels of restrictions. Times are UTC; groups and offices, never names of persons."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from clearway.picture.contract import Moment, When
from clearway.planning.talks.contract import CitedEntry, RequestOf
from clearway.shapes import Shape

GatheringState = Literal[
    "within", "within_with_pass", "above", "contested", "cannot_say", "nobody_counts", "too_old", "no_limit", "not_published"
]


class Gathering(Shape):
    """This gathering held against the limit of a level."""

    limit: str = Field(description="in words")
    state: GatheringState = Field(
        description="within, above: only where all of each speaker's range says so; within_with_pass: only if everybody there "
        "holds the pass, which no figure shows; not_published: no entry says what the level means"
    )
    why: str
    figures: list[CitedEntry]


class PublishedLevel(Shape):
    """What a level means, as it was published."""

    level: str
    line: CitedEntry
    rules: list[str]
    gathering_rules: list[str]
    staff_rules: list[str]
    eases_when: str | None
    gathering: Gathering


class AnnouncedLevel(Shape):
    """A level that is to come."""

    level: str
    starts: Moment
    line: CitedEntry


class LevelChange(Shape):
    """What would change if another level held."""

    to: str
    line: CitedEntry
    added: list[str] = Field(description="rules for everybody and for gatherings that would come")
    dropped: list[str] = Field(description="rules that would go")
    staff_added: list[str]
    staff_dropped: list[str]
    gathering: Gathering = Field(description="this gathering under that level")


class SchemeOf(Shape):
    """A scheme of restrictions, at one place where its levels differ by place."""

    scheme: str
    where: str
    level: str | None = Field(description="null: none holds at this moment, or nobody said which")
    line: CitedEntry | None = Field(description="the entry that says which level holds; or which one is over")
    since: When | None = Field(description="from when it holds, as precisely as it was said")
    until: Moment | None = Field(description="null: nobody said until when")
    is_over: bool = Field(description="the last level that was said has ended, and nobody said which came after it")
    contested_by: list[CitedEntry] = Field(description="what other speakers say of the level that holds")
    rules: list[str] = Field(description="for everybody and for gatherings")
    staff_rules: list[str]
    gathering: Gathering
    eases_when: list[str] = Field(description="as it was published or said")
    stays_when: str | None
    coming: list[AnnouncedLevel] = Field(description="the soonest first")
    published: list[PublishedLevel]
    changes: list[LevelChange] = Field(description="to each other level that was published")
    asked: list[RequestOf] = Field(description="what people ask to have eased, and what was answered")


class Levels(Shape):
    """Levels of restrictions at a moment: what holds, what applies to this gathering and this staff, what would ease it."""

    at: Moment
    known_at: Moment
    title: str
    zone: str
    schemes: list[SchemeOf]
    staff: list[CitedEntry] = Field(description="who is on duty here, to whom the rules for staff apply")
    demands: list[CitedEntry] = Field(description="what groups demand of mandates and restrictions, whatever the scheme")
    said: list[CitedEntry] = Field(description="what was said of mandates and restrictions")
