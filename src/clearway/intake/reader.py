"""A report read: every draft with the words that support it, how sure it is and why.

A reading is a pure function of the report and of what is known beforehand (calendar, places, organisations): the same report
gives the same drafts, wherever and whenever it is read.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from clearway.intake.actors import Actor, Cast
from clearway.intake.attribution import Attributions
from clearway.intake.passages import Passages, Stretch
from clearway.intake.places import PlaceNames
from clearway.intake.quantities import quantities
from clearway.intake.rules import claims
from clearway.intake.scene import Scene, lowered
from clearway.intake.time_forms import Clockwork
from clearway.intake.times import day_of, stamped, times
from clearway.record.entry import Draft, Happened, now
from clearway.record.kinds.figures import Flow
from clearway.record.kinds.services import LineService
from clearway.record.kinds.streets import BarrierState
from clearway.record.kinds.talks import Statement
from clearway.record.moments import Span
from clearway.record.place import ON_STREET
from clearway.record.source import Source, Words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from clearway.intake.attribution import Attribution
    from clearway.intake.modality import Modality
    from clearway.intake.passages import Sentence
    from clearway.intake.places import PlaceMention
    from clearway.intake.quantities import Quantity
    from clearway.intake.report import Report
    from clearway.intake.scene import Claim
    from clearway.intake.times import TimeMention
    from clearway.record.moments import Calendar
    from clearway.record.place import Place
    from clearway.record.source import Credibility, Reliability

SURE, FAIR = 0.7, 0.5
"""From which confidence on a draft is called sure, and fair; below it is unsure."""

_ANAPHOR = re.compile(r"\b(?:the|that)\s+(?:street|road|area|scene|site|vehicle|corner|intersection|line)\b", re.IGNORECASE)
_MOST_PLACES = 8
_MOST_SUMMARY = 900
_HEADING_WORDS = 14
_HEAD_SENTENCES = 8
_TELLS_PAST = re.compile(r"\b(?:was|were|had|did|yesterday|last|earlier)\b", re.IGNORECASE)
_HEAD_STOP = re.compile(r"[.!?:;”\"’…)]\s*$")
_STAMP = re.compile(r"^\s*(?:\[?\d{1,2}[:.]\d{2}|\d{4}\s?(?:hrs|hours)?\b|[-*•])")
_KEY = re.compile(r"^\s*[A-Z][\w /]{1,24}:\s")
_LEAST_KEYS = 3
_REPORTED_WITHIN = 45
_CARRIED = 2
_LEADS = 15
_NARRATED = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Context:
    """What is known before a report is read.

    Attributes:
        calendar: The operation's zone and first day.
        places: The names that texts are searched for.
        organisations: Names of organisations as the record calls them.
        site: Where things happen that no place is given for; None if unknown.
    """

    calendar: Calendar
    places: PlaceNames = field(default_factory=PlaceNames)
    organisations: tuple[str, ...] = ()
    site: Place | None = None

    def organisation(self, name: str | None) -> str | None:
        """An organisation as the record calls it: the one whose name ends in the same words, else holds them all."""
        if not name:
            return None
        wanted = _folded(name)
        holding = [known for known in self.organisations if set(wanted) <= set(_folded(known))]
        ending = [known for known in holding if _folded(known)[-len(wanted) :] == wanted]
        fitting = sorted(ending or (holding if len(wanted) > 1 else []), key=len)
        unsure = len(wanted) == 1 and len(fitting) > 1  # "the council", where the record knows three of them
        return fitting[0] if fitting and not unsure else name


@dataclass(frozen=True, slots=True)
class Proposal:
    """A draft entry that a report supports.

    Attributes:
        draft: The entry as it would be written.
        span: The sentence that supports it.
        focus: The words in it that say it.
        modality: How the sentence takes it: done, not done, intended, possible, asked.
        confidence: 0 to 1.
        why: On what that rests, in a few words each.
    """

    draft: Draft
    span: Stretch
    focus: Stretch
    modality: Modality
    confidence: float
    why: tuple[str, ...]

    @property
    def grade(self) -> str:
        """Its confidence in a word."""
        return "sure" if self.confidence >= SURE else "fair" if self.confidence >= FAIR else "unsure"


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read out of a report.

    Attributes:
        report: The report; its publication time is set, if need be to now.
        proposals: The drafts in the order of the text.
        quantities: The numbers of the text.
        times: Its times.
        places: Its places.
        attributions: Whose words each part is.
        spellings: Names that the report spells two ways, the first spelling and another.
    """

    report: Report
    passages: Passages
    proposals: list[Proposal]
    quantities: list[Quantity]
    times: list[TimeMention]
    places: list[PlaceMention]
    attributions: list[Attribution]
    spellings: list[tuple[str, str]]


def read(report: Report, context: Context, *, at: datetime | None = None) -> Reading:
    """Read a report.

    Args:
        report: What came in.
        context: What is known beforehand.
        at: The moment that stands for the publication where the report says none, by default now.
    """
    published = report.published or at or now()
    return _Reader(replace(report, published=published), published, context).read()


class _Reader:
    """Reads one report from its first sentence to its last; holds what a sentence leaves to the next."""

    def __init__(self, report: Report, published: datetime, context: Context) -> None:
        self._report = report
        self._published = published
        self._context = context
        self._passages = Passages(report.text)
        self._low = lowered(report.text)
        self._cast = Cast(self._passages)
        issuer = Actor("organisation", None, report.issuer) if report.issuer else None
        if issuer is None and report.medium == "press_release":
            issuer = self._cast.first_organisation(_HEAD_SENTENCES)
        self._attributions = Attributions(self._passages, self._cast, issuer)
        keys = sum(_KEY.match(report.text[one.start : one.end]) is not None for one in self._passages.paragraphs)
        self._is_form = keys >= _LEAST_KEYS
        self._clockwork = Clockwork(context.calendar, published)
        self._masked = self._cast.private_names()
        self._spoke: dict[int, Span] = {}  # when an actor spoke, by the actor's identity
        self._event: tuple[int, Span, date | None] | None = None  # paragraph, time and day of the last event
        self._announced: date | None = None  # the day to come that a notice is about
        self._place: tuple[int, PlaceMention] | None = None
        self._numbers: list[Quantity] = []
        self._times: list[TimeMention] = []
        self._places: list[PlaceMention] = []

    def read(self) -> Reading:
        """Every sentence in order."""
        proposals: list[Proposal] = []
        for sentence in self._passages.sentences:
            scene = self._scene(sentence)
            if not self._is_heading(sentence):
                reported = self._reported(scene)
                met: Counter[tuple[object, ...]] = Counter()
                for claim in claims(scene):
                    mark = (claim.body.kind, claim.focus)
                    proposals.append(self._proposal(scene, claim, reported, met[mark]))
                    met[mark] += 1
                    if len(proposals) > 1 and self._goes_on(proposals[-2], proposals[-1]):
                        proposals[-2:] = [_joined(*proposals[-2:])]
            self._remember(scene)
        attributions = [part for sentence in self._passages.sentences for part in self._attributions.of(sentence)]
        spelled = [(actor.name or actor.names[-1], other) for actor in self._cast.actors for other in sorted(actor.spellings)]
        return Reading(
            self._report, self._passages, _distinct(proposals), self._numbers, self._times, self._places, attributions, spelled
        )

    def _scene(self, sentence: Sentence) -> Scene:
        found_times = times(self._passages, sentence, self._clockwork, self._day(sentence))
        found_places = self._context.places.mentions(self._passages, sentence, found_times)
        numbers = quantities(self._passages, sentence, [*found_times, *found_places])
        self._times += found_times
        self._places += found_places
        self._numbers += numbers
        return Scene(
            text=self._passages.text,
            low=self._low,
            sentence=sentence,
            parts=self._attributions.of(sentence),
            mentions=self._cast.mentions(sentence),
            quantities=numbers,
            times=found_times,
            places=found_places,
            masked=self._masked,
            organisation=self._context.organisation,
        )

    def _is_heading(self, sentence: Sentence) -> bool:
        """A short line without a full stop: the text below repeats it."""
        alone = len(self._passages.in_paragraph(sentence.paragraph)) == 1
        short = len(sentence.text.split()) <= _HEADING_WORDS and not _HEAD_STOP.search(sentence.text)
        stamped = _STAMP.match(sentence.text) or (self._is_form and _KEY.match(sentence.text))
        return alone and short and not stamped and len(self._passages.paragraphs) > 2  # noqa: PLR2004

    def _goes_on(self, first: Proposal, second: Proposal) -> bool:
        """Whether two statements are one quotation of one speaker, sentence after sentence."""
        bodies = first.draft.body, second.draft.body
        if not all(isinstance(body, Statement) for body in bodies):
            return False
        one, other = (self._passages.sentence_at(proposal.focus.start) for proposal in (first, second))
        same = first.draft.source.model_dump(exclude={"words", "medium"}) == second.draft.source.model_dump(
            exclude={"words", "medium"}
        )
        return same and one is not None and other is not None and one.paragraph == other.paragraph

    # -- when ---------------------------------------------------------------------------------------------------------

    def _day(self, sentence: Sentence) -> date | None:
        """The day that the text around is at: of a running report's entry its own, else the last one given, else the one announced."""
        if stamped(self._passages, sentence) is not None:
            return self._clockwork.today
        near = self._event is not None and sentence.paragraph - self._event[0] <= _CARRIED
        if near and self._event and self._event[2] is not None:
            return self._event[2]
        announced = self._announced is not None and _TELLS_PAST.search(sentence.text) is None
        return self._announced if announced else None

    def _reported(self, scene: Scene) -> TimeMention | None:
        """The time at which it was said, which stands beside the verb of saying; it is not when it happened."""
        main = scene.main
        if main.saying is None:
            return None
        for mention in scene.times:
            gap = scene.text[main.saying.end : mention.start]
            behind = (
                0 <= mention.start - main.saying.end <= _REPORTED_WITHIN
                and not re.search(r"[,;]|\bthat\b", gap)
                and not self._in_content(scene, mention, main)
            )
            before = scene.text[mention.end : main.saying.start]
            leading = (
                mention.start - scene.sentence.start <= _LEADS
                and mention.end <= main.saying.start
                and re.fullmatch(r"\s*,?\s*(?:a|an|the)?\s*", before, re.IGNORECASE) is not None
            )
            if behind or main.saying.meets(mention) or (leading and not self._passages.quote_at(mention.start)):
                return mention
        return None

    def _in_content(self, scene: Scene, mention: TimeMention, main: Attribution) -> bool:
        """Whether a time behind the verb belongs to what was said: "said they would start today"."""
        assert main.saying is not None  # noqa: S101 - asked only where somebody says something
        gap = scene.text[main.saying.end : mention.start].strip()
        hearer = re.fullmatch(r"(?:the\s+)?[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*|media|reporters|", gap)
        return hearer is None

    def _happened(self, scene: Scene, claim: Claim, reported: TimeMention | None) -> tuple[Span, float, str]:
        """When it happened, how far that lowers the confidence, and why."""
        reports = claim.reported
        today = self._clockwork.past(self._clockwork.hours(self._clockwork.today, 0, 24))
        said_at = reported.span if reported else self._spoke.get(id(scene.main.actor)) if scene.main.actor else None
        if reports.when_said:
            return (
                (said_at, 1.0, "the report says when it was said")
                if said_at
                else (replace(today, said=""), 0.95, "no time given: the day of publication")
            )
        own = [mention for mention in scene.times if mention is not reported and not mention.ahead]
        if own:
            nearest = min(own, key=lambda one: _gap(one, claim.focus))
            return nearest.span, 1.0, f"time: {nearest.span.said}"
        if reported is not None and reports.over_when_reported and not (reported.clock or isinstance(claim.body, Flow)):
            day = day_of(reported, self._clockwork)
            start = self._clockwork.at(day, 0) if day else reported.span.start
            return Span(min(start, reported.span.start), reported.span.end), 0.9, "it happened before it was reported"
        if said_at is not None:
            return said_at, 0.95, "time of the statement taken as the time of the event"
        if (
            self._event is not None
            and scene.sentence.paragraph - self._event[0] <= _CARRIED
            and scene.speaker is None
            and not scene.words.startswith(("Earlier", "Later", "Meanwhile"))
        ):
            start = self._event[1].start
            return (
                Span(start, max(min(start + _NARRATED, self._published), self._event[1].end)),
                0.85,
                "time carried over from the sentence before",
            )
        return replace(today, said=""), 0.85, "no time given: the day of publication"

    # -- where --------------------------------------------------------------------------------------------------------

    def _where(self, scene: Scene, claim: Claim) -> tuple[tuple[Place, ...], float, str]:  # noqa: PLR0911 - by rank
        """Where it is: the claim's own place, the sentence's, the one carried over, the operation's."""
        if claim.place is not None:
            return (claim.place.place,), _place_trust(claim.place), ""
        where, here = claim.reported.where, list(scene.places)
        if isinstance(claim.body, LineService):
            here = [one for one in here if not one.meets(claim.focus)]  # "Route 7" is no place
        if where == "never":
            return (), 1.0, ""
        if here:
            if isinstance(claim.body, BarrierState):
                return tuple(dict.fromkeys(one.place for one in here)), 1.0, ""
            streets = [one for one in here if isinstance(one.place, ON_STREET)]
            nearest = min(streets or here, key=lambda one: abs(one.start - claim.focus.start))
            return (nearest.place,), _place_trust(nearest), ""
        if where != "site":
            return (), 1.0, ""
        if self._place is not None and (
            self._place[0] == scene.sentence.paragraph
            or (_ANAPHOR.search(scene.words) and scene.sentence.paragraph - self._place[0] <= _CARRIED)
        ):
            return (self._place[1].place,), 0.9, "place carried over from the sentence before"
        if self._context.site is not None:
            return (self._context.site,), 0.95, "no place given: the operation's own"
        return (), 0.95, "no place given"

    def _remember(self, scene: Scene) -> None:
        """What the next sentence may lean on: the last event's time, the last place, when somebody spoke."""
        reported = self._reported(scene)
        if reported is not None and scene.main.actor is not None:
            self._spoke[id(scene.main.actor)] = reported.span
        own = [mention for mention in scene.times if mention is not reported and not mention.ahead and not mention.spread]
        if own and scene.speaker is None:
            last = own[-1]
            self._event = (scene.sentence.paragraph, last.span, day_of(last, self._clockwork))
        coming = next((day for one in scene.times if one.day and one.ahead and (day := day_of(one, self._clockwork))), None)
        heads = scene.sentence.number < _HEAD_SENTENCES or self._is_heading(scene.sentence)
        if coming is not None and heads and (self._report.medium != "article" or self._is_heading(scene.sentence)):
            self._announced = coming
        if scene.places and not self._passages.quote_at(scene.places[0].start):
            self._place = (scene.sentence.paragraph, scene.places[0])

    # -- the draft ----------------------------------------------------------------------------------------------------

    def _proposal(self, scene: Scene, claim: Claim, reported: TimeMention | None, number: int) -> Proposal:
        happened, time_trust, time_why = self._happened(scene, claim, reported)
        places, place_trust, place_why = self._where(scene, claim)
        part = scene.part_at(claim.focus.start)
        part = part if part.actor is not None or part.tells_itself else scene.main
        report = self._report
        sentence = scene.sentence
        draft = Draft(
            id=_id(report, claim, number),
            body=claim.body,
            happened=Happened.of(happened),
            known=self._published,
            source=self._source(part, sentence),
            places=places,
        )
        confidence = claim.confidence * part.confidence**0.5 * time_trust * place_trust
        why = (claim.why, f"speaker: {part.why}" if part.actor else part.why, time_why, place_why)
        return Proposal(
            draft,
            Stretch(sentence.start, sentence.end),
            claim.focus,
            claim.modality,
            round(confidence, 3),
            tuple(filter(None, why)),
        )

    def _source(self, part: Attribution, sentence: Sentence) -> Source:
        actor, report = part.actor, self._report
        words = (Words(report=report.id, start=sentence.start, end=sentence.end),)
        if actor is not None:
            spoken_by = actor.office or ("statement" if actor.organisation else None)
            organisation = self._context.organisation(actor.organisation)
        elif report.medium == "article":
            spoken_by, organisation = "reporter", report.publisher
        else:
            spoken_by, organisation = report.publisher or "sender", None
        reliability, credibility = _grade(actor)
        return Source(
            office=spoken_by,
            organisation=organisation,
            name=actor.name if actor is not None and actor.office else None,
            medium="message" if part.verb in ("posted", "tweeted", "wrote") else report.medium,
            document=report.name,
            published=self._published,
            reliability=reliability,
            credibility=credibility,
            words=words,
        )


def _grade(actor: Actor | None) -> tuple[Reliability, Credibility]:
    """A first grade by who speaks, for the person who confirms to correct: offices B2, reports and witnesses C3, the rest D4."""
    if actor is None:
        return "C", 3
    if actor.sort in ("office", "spokesperson", "document", "organisation") or (actor.organisation or "").lower() == "police":
        return "B", 2
    return ("C", 3) if actor.sort == "staff" or "witness" in actor.nouns or "reporters" in (actor.office or "") else ("D", 4)


def _gap(one: Stretch, other: Stretch) -> int:
    """How many characters lie between two stretches."""
    return max(one.start - other.end, other.start - one.end, 0)


def _place_trust(place: PlaceMention) -> float:
    return {"network": 1.0, "record": 1.0, "spelling": 0.85, "pattern": 0.9}[place.how]


def _id(report: Report, claim: Claim, number: int) -> str:
    """By report, words and kind alone: what the record has learnt since does not change it."""
    key = f"{report.id} {claim.focus.start} {claim.focus.end} {claim.body.kind} {number}"
    return f"draft-{hashlib.sha256(key.encode()).hexdigest()[:20]}"


def _distinct(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Proposals without those that say the same again in the same report: a quotation printed twice, a count repeated."""
    distinct: dict[tuple[object, ...], Proposal] = {}
    for proposal in proposals:
        key = _same(proposal)
        first = distinct.get(key)
        distinct[key] = proposal if first is None else also_at(first, proposal.draft.source.words)
    return list(distinct.values())


def _joined(first: Proposal, second: Proposal) -> Proposal:
    """Two statements as one."""
    one, other = first.draft.body, second.draft.body
    assert isinstance(one, Statement)  # noqa: S101 - only statements are joined
    assert isinstance(other, Statement)  # noqa: S101
    summary = f"{one.summary.rstrip('.')}. {other.summary}"[:_MOST_SUMMARY]
    body = one.model_copy(update={"summary": summary, "topic": one.topic or other.topic, "stance": one.stance or other.stance})
    words = first.draft.source.words[0].model_copy(update={"end": second.span.end})
    source = first.draft.source.model_copy(update={"words": (words,)})
    span, focus = Stretch(first.span.start, second.span.end), Stretch(first.focus.start, second.focus.end)
    return replace(first, draft=first.draft.model_copy(update={"body": body, "source": source}), span=span, focus=focus)


def also_at(proposal: Proposal, words: Sequence[Words]) -> Proposal:
    """A proposal that further words support."""
    source = proposal.draft.source
    every = tuple(dict.fromkeys((*source.words, *words)))[:_MOST_PLACES]
    return replace(proposal, draft=proposal.draft.model_copy(update={"source": source.model_copy(update={"words": every})}))


def _same(proposal: Proposal) -> tuple[object, ...]:
    """What is equal where two proposals say the same: kind, content, place, voice; the words where they are the content."""
    draft, body = proposal.draft, proposal.draft.body
    content = body.model_dump(exclude={"note", "reason"})
    once_a_day = body.about.reported.once_a_day
    content.pop("summary", None) if once_a_day else None
    if isinstance(content.get("amount"), dict):
        content["amount"].pop("said", None)
    words = tuple(_folded(str(content)))
    when = draft.happened.start.date() if once_a_day else None
    return draft.kind, words, draft.places, draft.source.organisation, draft.source.office, when


def _folded(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())
