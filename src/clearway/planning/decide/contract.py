"""What the Decide desk answers. Times are UTC, ages in seconds; offices, never names of persons."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from clearway.picture.contract import Moment, PictureAnswer, When
from clearway.planning.decide.draft import FollowUp
from clearway.planning.talks.contract import CitedEntry
from clearway.record.kinds.decisions import Decision
from clearway.shapes import Shape

Came = Literal[
    "kept", "missed", "contested", "unknown", "not_due", "done", "not_done", "dropped", "proposed_done", "disputed", "announced"
]
"""How something that was expected, announced or promised stands against the record."""


class Held(Shape):
    """Something that was expected, held against what the record says came."""

    of: CitedEntry = Field(description="the decision, announcement, promise or forecast")
    office: str = Field(description="whose it is")
    expected: str
    by_when: Moment | None
    came: Came = Field(
        description="kept or missed only where all of a range says so; contested: speakers differ; unknown: no figure since; "
        "proposed_done: entries may show it, somebody has to look; disputed: one report has it done and another does not"
    )
    why: str
    entries: list[CitedEntry] = Field(description="which entries show it")
    last_figure: CitedEntry | None = Field(description="the last word on its figure, however old")
    last_figure_age_s: float | None
    probability: float | None = Field(description="how sure its office was; null where nobody said")


class Contradiction(Shape):
    """Two decisions in force that exclude each other."""

    first: CitedEntry
    second: CitedEntry
    why: str


Standing = Literal["proposed", "decided", "superseded"]
LogState = Literal["proposed", "decision_due", "decided", "outcome_due", "reviewed", "superseded"]
"""How a decision stands at a moment, by itself: decision_due once a proposal has closed, outcome_due once its review time has
passed and nobody has said what came."""


class PositionOf(Shape):
    """The last word of an office or a group on a proposal."""

    line: CitedEntry
    by: str
    stance: Literal["for", "against", "abstains"]
    option: str | None
    is_on_this_version: bool = Field(description="false: said of an earlier version, whose options may have been others")
    earlier: list[str] = Field(description="ids of its earlier words, the first first: they do not count any more")


class DecisionRow(Shape):
    """A decision or a proposal in the log."""

    line: CitedEntry
    when: When = Field(description="when it was made, as precisely as it was said")
    versions: list[str] = Field(description="entries that it completes or corrects, the first first; its own is the last")
    status: Standing
    state: LogState
    superseded_by: list[str]
    body: Decision
    empty: list[str] = Field(description="what of its record is not filled in")
    positions: list[PositionOf] = Field(description="one of each office or group, by name")


class DecisionLog(Shape):
    """Every decision and proposal, the first first."""

    at: Moment
    known_at: Moment
    title: str
    zone: str
    decisions: list[DecisionRow]
    contradictions: list[Contradiction]


class Bin(Shape):
    """Expectations of about the same probability, and how often they came true."""

    low: float
    high: float
    expectations: int
    mean_probability: float
    came_true: float = Field(description="which share of them came true, 0 to 1")


class Calibration(Shape):
    """How well an office, or a kind of expectation, knew what it could know."""

    of: str
    by: Literal["office", "kind"]
    expectations: int = Field(description="with a probability, and kept or missed")
    brier: float = Field(ge=0, le=1, description="mean squared distance of probability and outcome: 0 is best, 0.25 is a coin")
    bins: list[Bin]


class Review(Shape):
    """Everything that was expected, against what came."""

    at: Moment
    known_at: Moment
    title: str
    zone: str
    held: list[Held]
    contradictions: list[Contradiction]
    calibration: list[Calibration]
    without_probability: int = Field(description="kept or missed, and nobody said how sure they were: not in the calibration")


class Belief(Shape):
    """An entry that a decision rests on, with what speaks for and against it as it was known then."""

    line: CitedEntry
    is_named: bool = Field(description="the decision names it; else its words have to do with it")
    is_single_sourced: bool
    contradicted_by: list[CitedEntry]
    confirmed_by: list[CitedEntry]


class Basis(Shape):
    """What could be known when a decision was made, and apart from it what is known since."""

    decision: CitedEntry
    status: Standing
    at: Moment = Field(description="when it was made, as far as the record says")
    beliefs: list[Belief] = Field(description="known before the decision; contradicted and single-sourced ones first")
    others: list[str] = Field(description="ids of everything else that was known before")
    hindsight: list[CitedEntry] = Field(description="what has to do with it and was known only then or later")
    digest: str = Field(description="SHA-256 of the picture as it was known then: every entry in force, with its hash")
    is_same_picture: bool | None = Field(description="whether the decision names this digest; null where it names none")
    empty: list[str] = Field(description="what of its record is not filled in")
    contradictions: list[Contradiction]
    warnings: list[str] = Field(description="what to settle before anybody signs")


class PostRead(Shape):
    """Whether a post has read an objective."""

    post: str
    read: Moment | None = Field(description="when; null: not read as far as anybody said")


class ObjectiveOf(Shape):
    """An objective, and which posts have read it."""

    line: CitedEntry
    what: str
    decision: str | None = Field(description="the decision that it follows from, in its last version")
    posts: list[PostRead]


class TaskOf(Shape):
    """A task, and how it stands."""

    line: CitedEntry
    decision: str | None
    to: str
    what: str
    due: Moment | None
    state: Literal["open", "overdue", "done", "dropped"]
    says: str


class Followed(Shape):
    """What follows from decisions."""

    at: Moment
    known_at: Moment
    zone: str
    objective: ObjectiveOf | None = Field(description="the one that holds; null: none was set")
    earlier: list[ObjectiveOf] = Field(description="those whose place it took, the latest first")
    tasks: list[TaskOf]
    notices: list[CitedEntry] = Field(description="those that follow from a decision")
    waiting: list[str] = Field(description="posts that have not read the objective that holds: nobody else is to be reminded")


class SignCheck(Shape):
    """What has to be seen before anybody signs."""

    contrary: list[Belief] = Field(description="contradicted or single-sourced, of what it rests on or has to do with")
    unseen: list[str] = Field(description="ids of those that nobody has acknowledged yet")
    empty: list[str] = Field(description="what is not filled in, or not enough")
    contradictions: list[Contradiction]
    follows: list[FollowUp] = Field(
        description="drafts of tasks that follow from what it expects and from its review time: to be kept or struck out"
    )
    digest: str = Field(description="of the picture that it rests on")
    at: Moment
    known_at: Moment


class Signed(Shape):
    """A decision as it was written."""

    decision: str
    expectations: list[str] = Field(description="the entries of what it expects")
    follows: list[str] = Field(description="the entries of the tasks and notices that were written with it")
    empty: list[str]
    notices: list[str]


class Opened(Shape):
    """The picture that a decision was signed on, exactly as it was."""

    decision: CitedEntry
    at: Moment
    known_at: Moment
    seq: int = Field(description="the last entry of the record that was read")
    digest: str = Field(description="as the decision names it")
    digest_found: str = Field(description="of the hashes of the picture's entries as the record gives them today")
    is_same: bool | None = Field(
        description="false: its digest is another, or an entry up to `seq` is not as it was written; "
        "null: who asks may not see all of it, so nobody can say"
    )
    says: str
    since: list[CitedEntry] = Field(description="written after it, about moments before it: not in the picture")
    problems: list[str] = Field(description="what is wrong with the chain of the record; empty where nothing is")
    picture: PictureAnswer


class Fired(Shape):
    """When a threshold on a figure was first known to be crossed."""

    figure: str
    bounds: str
    fired: Moment | None = Field(description="the first moment at which all that was known said so; null: never")
    by: list[CitedEntry] = Field(description="whose figures")
    is_counted: bool = Field(description="whether anybody has counted it in the last week, so that it can fire")
    first_possible: Moment | None = Field(description="the first moment at which a figure left it open or somebody said so")
