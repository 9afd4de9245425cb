"""What a kind of entry is: a small frozen class that carries everything that the rest of the program must know of it.

A kind declares its fields, one sentence about each entry (:meth:`Kind.sentence`) and its :class:`About`. Picture, situation
report, maps, entry form, reader of reports and reference page are derived from that; none of them lists kinds by name.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple, Self, get_args

from clearway.record.parts import Part
from clearway.words import vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from clearway.record.parts import Amount
    from clearway.record.place import Place

Sign = Literal["shut", "restricted", "open", "incident", "place"]
"""How something is drawn on a map."""

OPEN_OR_SHUT: dict[str, Sign] = {"open": "open", "restricted": "restricted", "shut": "shut"}
"""The signs of a kind whose states are these words."""


class Role(Enum):
    """What part the entries of a kind play in the picture."""

    STATE = "state"
    """How a thing is: the latest entry about it holds."""
    EVENT = "event"
    """What happened or was said: every entry stands for itself."""
    COUNT = "count"
    """A figure: each speaker's last word, clashes and an estimate. Only ``Count`` has this role."""
    FLOW = "flow"
    """What came or went: it moves the estimate of the figure. Only ``Flow`` has this role."""
    PROMISE = "promise"
    """Overdue once its time has passed. Only ``Promise`` has this role."""
    REQUEST = "request"
    """Waits for as long as ``Kind.awaits_answer`` says so."""
    INTENT = "intent"
    """Hoped for, under way, threatened or announced: ``Kind.status`` says how it stands; it is neither kept nor broken."""
    CONDITION = "condition"
    """Met or not by a figure. Only ``Condition`` has this role."""
    ADMINISTRATION = "administration"
    """About the record itself: not shown as a belief and not typed in the entry form."""


OF_ONE_KIND = frozenset({Role.COUNT, Role.FLOW, Role.PROMISE, Role.CONDITION})
"""Roles that the picture works out from the fields of one class; another kind takes another role."""


class Status(NamedTuple):
    """How something that somebody means to do stands at a moment.

    Attributes:
        words: In small letters: "under way", "lapsed".
        is_past: Whether its time has passed and nobody has said what came of it.
        is_over: Whether nothing more is to come of it.
    """

    words: str
    is_past: bool = False
    is_over: bool = False


class Push(NamedTuple):
    """What may move figures from now on: something expected, announced or done.

    Attributes:
        figures: What is counted: people, vehicles.
        is_more: Whether there will be more of it.
        is_done: Whether something was done, or is only expected or announced.
        starts: From when; None since it happened.
        ends: Until when; None where nobody said.
        is_elsewhere: Whether it moves figures at other places than its own, as an offer to park draws vehicles away.
    """

    figures: tuple[str, ...]
    is_more: bool
    is_done: bool = False
    starts: datetime | None = None
    ends: datetime | None = None
    is_elsewhere: bool = False


class Theme(Enum):
    """Under which heading entries are shown; headings stand in this order everywhere."""

    STREETS = "Streets, gates and buildings"
    INCIDENTS = "Incidents, arrests, injuries"
    MOVEMENTS = "Arrivals and departures"
    DECISIONS = "Decisions and notices"
    MEANS = "Parking, towing, staff, means"
    HEALTH = "Health, weather, restrictions"
    HARM = "Harm to residents, workers and learners"
    TALKS = "Talks, statements and notes"
    FORECASTS = "Expected by others"

    @property
    def id(self) -> str:
        """Its short name, as the API gives it."""
        return self.name.lower()

    @property
    def title(self) -> str:
        """The heading."""
        return self.value


class Methane(Enum):
    """Under which letter of METHANE a situation report reads entries out."""

    HAZARDS = "H"
    ACCESS = "A"
    CASUALTIES = "N"
    SERVICES = "E"
    POINTS = "E, where"
    """Rendezvous and handover points, beside the exact location."""


class Briefing(Enum):
    """In which part of a situation report entries are read out, where that is not among what is confirmed or reported."""

    ACTIONS = "actions"
    RESOURCES = "resources"
    LIMITS = "limits"
    OUTLOOK = "outlook"
    SAFETY = "safety"
    PUBLIC_LINE = "public line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How entries of a kind are drawn on maps.

    Attributes:
        letter: On the sign.
        means: What the legend says about that letter.
        sign: How it is drawn where its state does not decide.
        by_state: How it is drawn in each state, by the value of ``About.state_field``.
        shape: A sign; or a line along its street, with a sign only where no street is known; or both.
        days: For how long after it happened the page shows it; None for as long as it is in force.
        on_sketch: Whether the sketch map of a situation report shows it too.
    """

    letter: str
    means: str
    sign: Sign = "place"
    by_state: Mapping[str, Sign] = field(default_factory=dict)
    shape: Literal["sign", "street", "street_and_sign"] = "sign"
    days: int | None = None
    on_sketch: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What the reader of reports may assume about a kind where a sentence leaves it open.

    Attributes:
        where: Its place where the sentence names none: there is none ("named"), the one before it or else the operation's own
            ("site"); "never" where it has no place at all.
        when_said: It happens when it is said, as a demand does.
        over_when_reported: It had happened before somebody reported it, on the same day.
        once_a_day: Two sentences about the same day, place and speaker say it twice, whatever their summaries.
        explains_figures: The numbers of its sentence belong to it and are not counts of their own.
        loosely: Its words are loose: it is left out beside firmer findings of the same sentence.
        whole_sentence: The sentence is about nothing else: loose findings beside it are left out.
    """

    where: Literal["named", "site", "never"] = "named"
    when_said: bool = False
    over_when_reported: bool = False
    once_a_day: bool = False
    explains_figures: bool = False
    loosely: bool = False
    whole_sentence: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What others must know of a kind.

    Attributes:
        role: Its part in the picture.
        theme: Its heading; None only with ``no_theme_because``.
        no_theme_because: Where its entries are shown instead.
        subject: The fields that tell one subject from another: a later entry takes the place of an earlier one about the same.
            None where every entry stands for itself.
        place_counts: Whether the place tells subjects apart too.
        apart: Whether each of several values and each place is a subject of its own: a rule for two classes at three gates says
            six things, each of which a later word may replace.
        state_field: The field that its state comes down to; speakers who give it differently are a clash.
        is_belief: Whether it says how things are, so that it can be contested and one source alone is worth a word. What
            somebody said, asked or promised is theirs.
        mark: How it is drawn on maps; None where it is not.
        methane: The letter under which a situation report reads it out.
        methane_rank: Its place under that letter among what is of the same age, the lowest first.
        briefing: The part of a situation report that reads it out; None: among what is confirmed or reported, by theme.
        form_rank: Its place in the entry form, the lowest first; None after those, by name.
        reported: What the reader of reports may assume about it.
        comes_of_checks: Whether the program writes it after checks of its own: then nobody types it.
    """

    role: Role
    theme: Theme | None = None
    no_theme_because: str = ""
    subject: tuple[str, ...] | None = None
    place_counts: bool = True
    apart: bool = False
    state_field: str | None = None
    is_belief: bool = False
    mark: Mark | None = None
    methane: Methane | None = None
    methane_rank: int = 0
    briefing: Briefing | None = None
    form_rank: int | None = None
    reported: Reported = field(default_factory=Reported)
    comes_of_checks: bool = False

    def __post_init__(self) -> None:
        """Refuse what contradicts itself."""
        if (self.theme is None) == (self.no_theme_because == ""):
            raise TypeError("a kind has either a theme or a sentence in 'no_theme_because'")
        if self.role is not Role.ADMINISTRATION and (self.role is Role.EVENT) != (self.subject is None):
            raise TypeError("a kind whose role is not EVENT needs 'subject', which may be (); an event has none")

    @property
    def is_listed(self) -> bool:
        """Whether every entry stands for itself, none replacing another."""
        return self.subject is None

    @property
    def is_typed(self) -> bool:
        """Whether people write it in the entry form."""
        return self.role is not Role.ADMINISTRATION and not self.comes_of_checks

    def sign(self, state: object) -> Sign:
        """How an entry is drawn on a map.

        Args:
            state: The value of its state field, None where it has none.
        """
        return self.mark.by_state.get(str(state), self.mark.sign) if self.mark else "place"


class Kind(Part):
    """Base of all kinds. A subclass has ``about``, the field ``kind``, its own fields and ``sentence``.

    Raises:
        TypeError: ``about`` names a field or a state that the class does not have, or something that it needs is missing.
    """

    about: ClassVar[About]

    kind: str

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:  # noqa: ANN401 - pydantic's own
        """Check what the class declares of itself."""
        if not cls.__doc__:
            raise TypeError(f"{cls.__name__} needs a docstring: forms and the reference page show it")
        about, fields = cls.about, cls.model_fields
        named = (*(about.subject or ()), *filter(None, [about.state_field]))
        if missing := [name for name in named if name not in fields]:
            raise TypeError(f"{cls.__name__}.about names fields that the class does not have: {', '.join(missing)}")
        states = get_args(fields[about.state_field].annotation) if about.state_field else ()
        if about.mark and (unknown := sorted(about.mark.by_state.keys() - set(states))):
            raise TypeError(f"{cls.__name__} is drawn by states that it does not have: {', '.join(unknown)}")
        if about.role is Role.REQUEST and cls.awaits_answer is Kind.awaits_answer:
            raise TypeError(f"{cls.__name__} is a request and needs 'awaits_answer'")
        if about.role is Role.INTENT and cls.status is Kind.status:
            raise TypeError(f"{cls.__name__} is an intent and needs 'status'")

    def says(self, zone: ZoneInfo) -> str:
        """What it says, in a short sentence without a full stop.

        Args:
            zone: The operation's; times are given in it.
        """
        text = self.sentence(zone)
        text = text.rstrip(".") or text  # somebody may have entered an ellipsis alone
        return text[:1].upper() + text[1:]

    @abstractmethod
    def sentence(self, zone: ZoneInfo, /) -> str:
        """What was reported and no more, from its own fields; small letters where a name does not begin it."""

    def called(self, field: str) -> str:
        """What one of its fields is, in small letters, where what it says is set against what another says."""
        return vocabulary(field)

    @property
    def state_said(self) -> str | None:
        """What its state comes down to; None for a kind without states."""
        return None if self.about.state_field is None else str(getattr(self, self.about.state_field))

    @property
    def holds_until(self) -> datetime | None:
        """When it is over by its own words; None where it does not say."""
        ends: datetime | None = getattr(self, "ends", None)
        return ends

    @property
    def not_before(self) -> datetime | None:
        """Before which moment it cannot have happened by its own words; None where they leave that open."""
        return None

    @property
    def keeps_out(self) -> bool:
        """Whether it says that help, people on foot or residents do not get in or through: no report may shorten that."""
        return False

    @property
    def bars_street(self) -> bool:
        """Whether something may stand in the way of vehicles of help there, whoever it lets through: proved drives avoid it."""
        return False

    @property
    def has_gone_astray(self) -> bool:
        """Whether what it is about is no longer where it was, and nobody said where it is."""
        return False

    @property
    def is_there(self) -> bool:
        """Whether it says that somebody who helps is at the operation, not only that there is somebody somewhere."""
        return True

    @property
    def identity(self) -> str | None:
        """The name of the one thing that it is about, wherever that stands; None where it has none."""
        return None

    @property
    def leaves(self) -> tuple[Place, ...]:
        """Where what it is about no longer is."""
        return ()

    @property
    def places_said(self) -> Amount | None:
        """At how many places it was said to be; None where nobody said."""
        return None

    @property
    def on_foot(self) -> bool | None:
        """Whether it is a rule for people on foot; False where it bars a way and leaves them open, None where it bars none."""
        return None

    def unfit(self, _places: Sequence[Place], _release: str, /) -> str:
        """Why it cannot be said of such places, or released so; empty where it can."""
        return ""

    def contradicts(self, other: Kind) -> bool:
        """Whether it and another entry of its kind cannot both be so at one time."""
        mine, theirs = self.state_said, other.state_said
        return mine != theirs and None not in (mine, theirs)

    def concerns(self, _: Kind, /) -> bool:
        """Whether what it says of its subject, at the same place, is said of the other's subject as well."""
        return False

    def may_be(self, _: Kind, /) -> bool:
        """Whether it may be about the same thing as another entry, where both seem to be at one place."""
        return False

    def only(self, value: object) -> Self:
        """The same, said of one of several values of its subject; itself where it does not name several."""
        named = [field for field in self.about.subject or () if isinstance(getattr(self, field), tuple)]
        return self.model_copy(update=dict.fromkeys(named, (value,))) if self.about.apart else self

    @property
    def awaits_answer(self) -> bool:
        """Whether it asks for something that nobody answered yet."""
        return False

    @property
    def push(self) -> Push | None:
        """How it may move figures from now on; None for nearly all."""
        return None

    def status(self, said: datetime, at: datetime, /) -> Status:
        """How it stands at a moment, where it is something that somebody means to do.

        Args:
            said: The last moment that the words can be about.
            at: The moment.
        """
        raise NotImplementedError
