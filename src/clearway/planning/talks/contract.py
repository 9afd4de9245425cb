"""What the Talks desk answers. Groups and offices, never names of persons. Times are UTC, ages in seconds."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from clearway.picture.contract import Moment
from clearway.record.entry import Knowledge
from clearway.shapes import Shape


class CitedEntry(Shape):
    """An entry, as it is cited."""

    id: str
    kind: str
    says: str
    speaker: str = Field(description="office and organisation; never a name")
    grade: str = Field(description="by the Admiralty code")
    happened: Moment
    known: Moment
    age_s: float = Field(ge=0)


class Stance(Shape):
    """How a party stands on a topic: its latest word counts, those before stay readable."""

    topic: str
    stance: Literal["for", "against", "neutral"]
    latest: CitedEntry
    before: list[CitedEntry] = Field(description="what it said before on the same topic, the newest first")


class PartyOf(Shape):
    """A group or an office."""

    name: str
    spellings: list[str] = Field(description="other ways in which entries write the name")
    sort: Literal["group", "authority", "partner"]
    is_assumed: bool = Field(description="nobody said which sort it is: taken from its name")
    spokesperson: str | None = Field(description="an office or a role")
    speaks_for: str | None = Field(description="how many it says that it speaks for")
    claimed_by: str | None
    task: str | None
    may_decide: str | None = Field(description="null where nobody said")
    split_from: str | None = Field(description="what it promised and said before it split off is that party's")
    split_off: list[str]
    relations: list[CitedEntry]
    demands: list[CitedEntry]
    offers: list[CitedEntry]
    requests: list[CitedEntry]
    stances: list[Stance]
    last_contact: CitedEntry | None
    next_due: Moment | None
    advice: list[CitedEntry]


class ContactOf(Shape):
    """A meeting, a call or a letter."""

    line: CitedEntry
    who: list[str]
    way: str
    where: str
    by: str | None
    with_authority: bool
    is_assumed: bool = Field(description="nobody said whether an outside authority took part: taken from the names")
    next_due: Moment | None
    next_by: str | None
    is_overdue: bool = Field(description="the time to speak again has passed without a later contact")
    minutes: CitedEntry | None
    minutes_due: Moment | None = Field(description="the end of the same day, with an outside authority")


CommitmentState = Literal["open", "kept", "broken", "cannot_say", "outcome_due", "overtaken", "contested"]


class Commitment(Shape):
    """What somebody promised. By a figure it is kept only if all of its range meets it, broken only if none does."""

    line: CitedEntry
    by: str
    to: str | None
    what: str
    due: Moment | None
    state: CommitmentState = Field(description="outcome_due: its time has passed, and somebody has to say what came of it")
    why: str
    evidence: list[CitedEntry]


TermState = Literal["met", "not_met", "contested", "cannot_say", "too_old", "nobody_counts", "no_figure"]


class TermOf(Shape):
    """What must be so before somebody does something, and whether it is by the figures."""

    line: CitedEntry
    by: str
    before: str
    what: str
    of: str | None
    state: TermState = Field(
        description="contested: speakers differ; cannot_say: the range lies on both sides; no_figure: it names none"
    )
    since: Moment | None = Field(description="from when on the room has known it to stand so; null where no figure decides it")
    why: str
    figures: list[CitedEntry] = Field(description="by whose figures")
    moves: list[CitedEntry] = Field(description="what was said to come and go of the same thing at the same place")


AnswerState = Literal["unanswered", "accepted", "refused", "conditional", "granted", "partly"]


class RequestOf(Shape):
    """A request, or an offer that waits for an answer."""

    line: CitedEntry = Field(description="the first entry that made it")
    by: str | None
    owed_by: str | None = Field(description="who is to answer; null where nobody said")
    state: AnswerState
    age_s: float = Field(ge=0, description="since it was made")
    answer: CitedEntry | None = Field(description="the entry that answers it")
    elsewhere: list[CitedEntry] = Field(
        description="what was answered to others, or said of the same thing by who is to answer"
    )
    needed_by: Moment | None
    is_overdue: bool


Position = Literal["wants", "refuses", "offers", "for", "against", "neutral", "unclear"]


class CommonGroundCell(Shape):
    """What one party says of one subject."""

    party: str
    position: Position = Field(
        description="its latest; for, against, neutral: towards what the room plans; unclear: its words say neither"
    )
    lines: list[CitedEntry]


class PartyPair(Shape):
    """Two parties on one subject."""

    first: str
    second: str
    why: str


class CommonGroundRow(Shape):
    """One subject: who wants what, where two agree, where one stands in another's way."""

    subject: str
    title: str
    cells: list[CommonGroundCell]
    agree: list[PartyPair]
    block: list[PartyPair]


class ClaimOf(Shape):
    """That a party does one thing only after another."""

    party: str
    holds: str
    until: str
    lines: list[CitedEntry]


class Opening(Shape):
    """A step that would open a deadlock."""

    party: str = Field(description="who would go first")
    says: str
    sets_aside: int = Field(ge=1, description="how many terms, not met by the figures, it would set aside for that")
    is_smallest: bool


class Deadlock(Shape):
    """Parties who wait for one another; none of the claims can be left out of it."""

    says: str
    parties: list[str]
    claims: list[ClaimOf]
    entries: list[str]
    openings: list[Opening] = Field(description="the smallest first")
    offers: list[CitedEntry] = Field(description="offers to mediate that wait for an answer")


class SideBySide(Shape):
    """What a party says of a figure, and what others counted of it at the time: side by side, neither refuted by the other."""

    claim: CitedEntry
    others: list[CitedEntry]
    refuted_by: list[str] = Field(description="entries that dispute it; figures alone refute nothing")


class JointDocument(Shape):
    """A letter or a statement of several groups."""

    says: str
    groups: str = Field(description="how many groups, as it was said")
    lines: list[CitedEntry]


class TalksAlarm(Shape):
    """What is late, and whose it is."""

    what: Literal["minutes", "contact", "outcome", "answer"] = Field(
        description="minutes of a contact with an outside authority, a contact, what came of a promise, an answer"
    )
    office: str = Field(description="whose it is; 'office not said' where nobody said")
    says: str
    entry: str
    since: Moment


class Demanded(Shape):
    """What a party wants of another."""

    line: CitedEntry
    by: str
    of: str | None = Field(description="of whom; null where nobody said")
    what: str
    before: str | None = Field(description="what they say they do only after it")


class NotPromised(Shape):
    """What must not be promised at a meeting, and why."""

    what: str
    why: str
    lines: list[CitedEntry]


class TalksAnswer(Shape):
    """Everything that the record says of talks at a moment."""

    at: Moment
    known_at: Moment
    knowledge: Knowledge
    title: str
    zone: str
    parties: list[PartyOf]
    demands: list[Demanded]
    contacts: list[ContactOf] = Field(description="the newest first")
    commitments: list[Commitment]
    terms: list[TermOf]
    requests: list[RequestOf] = Field(description="unanswered ones first, the oldest first")
    common_ground: list[CommonGroundRow]
    deadlocks: list[Deadlock]
    all_deadlocks: bool = Field(description="false where there are more than are listed")
    beside: list[SideBySide]
    documents: list[JointDocument]
    alarms: list[TalksAlarm]


class Preparation(Shape):
    """The sheet to take to a meeting with one party."""

    party: PartyOf
    contacts: list[ContactOf] = Field(description="the last ones, the newest first")
    demands: list[Demanded] = Field(description="of theirs, and of others to them")
    terms: list[TermOf]
    requests: list[RequestOf]
    commitments: list[Commitment] = Field(description="both ways")
    deadlocks: list[Deadlock]
    common_ground: list[CommonGroundRow] = Field(
        description="subjects on which they agree with somebody, or are in somebody's way"
    )
    must_not_promise: list[NotPromised]


class MinuteForm(Shape):
    """Minutes of a meeting, to be filled in."""

    contact: ContactOf
    due: Moment | None = Field(description="with an outside authority: by the end of the same day")
    headings: list[str]
    must_not_promise: list[NotPromised] = Field(description="to the groups that were there")
    entry: dict[str, Any] = Field(description="to fill in and send to the record, as 'clearway record add' takes it")
