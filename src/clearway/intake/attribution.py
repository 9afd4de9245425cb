"""Who said what: direct and reported speech, through pronouns and quotations that go on over paragraphs.

Each part of a sentence has a speaker: whoever stands at the verb of saying, the one who was already speaking where a
quotation goes on without a word about its speaker, and else the report itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clearway.intake.actors import Actor
from clearway.intake.passages import LOGGED, Stretch
from clearway.intake.speech import AT_START, BY_ROLE, CONTINUES, FREE, PRONOUN, VERBS, Speech, main_tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.intake.actors import Cast
    from clearway.intake.passages import Passages, Sentence
    from clearway.intake.speech import Tag

GOES_ON, REPORT = 0.8, 0.9
LEADS_UP = "leads up to that speaker's words"
_BACKSHIFT = re.compile(r"\b(?:had|would|could|were|was|did)\b", re.IGNORECASE)
_PRONOUN_FIRST = re.compile(r"\s*(?:he|she|they)\b", re.IGNORECASE)
_ISSUED = re.compile(
    r"\b(?:issued|released|signed|published|launched|put\s+out)\s+(?:a|an|the|another)\s+(?:\w+\s+)?(?:statement|warning|notice|letter|call|plea|release|petition|update)\b"
)
_QUESTION = re.compile(r"(?:when\s+)?(?:asked|questioned|pressed)\b", re.IGNORECASE)
_JOINT = re.compile(r"\w{3,}(?:\s+[\w’'-]+){3,},\s+(?:and|but|while)\s+(?:the\s+|an?\s+|its\s+)?$", re.IGNORECASE)
_BEHIND = 5
_LIKELY = 3


@dataclass(frozen=True, slots=True)
class Attribution(Stretch):
    """A stretch of text and whose words it holds.

    Attributes:
        actor: Who said it; None for the report itself.
        direct: Whether it stands between quotation marks.
        confidence: How sure that is, 0 to 1.
        why: In a few words.
        saying: The words that say that somebody said it; None where there are none in the sentence.
        verb: The verb of saying, lower case; empty if there is none.
        tells_itself: Whether the report says it in its own words before a clause of somebody else's.
    """

    actor: Actor | None
    direct: bool
    confidence: float
    why: str
    saying: Stretch | None = None
    verb: str = ""
    tells_itself: bool = False


class Attributions:
    """Who said each part of a report.

    Args:
        passages: The text.
        cast: Who appears in it.
        issuer: Whose report it is, where it speaks for itself, as a press release does.
    """

    def __init__(self, passages: Passages, cast: Cast, issuer: Actor | None = None) -> None:
        self._passages = passages
        self._cast = cast
        self._issuer = issuer
        self._spoke: list[Actor] = []  # who spoke so far, latest last
        self._speech = Speech(passages, cast, self._spoke)
        self._last_spoke = 0
        self._signs: dict[str, Actor] = {}
        self._parts: list[list[Attribution]] = []
        for number in range(len(passages.paragraphs)):
            self._read_paragraph(passages.in_paragraph(number))

    def of(self, sentence: Sentence) -> list[Attribution]:
        """The parts of a sentence in order; together they are all of it."""
        return self._parts[sentence.number]

    def at(self, sentence: Sentence, where: int) -> Attribution:
        """Whose words a character is."""
        parts = self._parts[sentence.number]
        return next((part for part in parts if part.holds(where)), parts[-1])

    def _read_paragraph(self, sentences: Sequence[Sentence]) -> None:
        if sentences and self._passages.is_log and (line := self._logged(sentences)):
            self._parts += line
            return
        before, number = self._spoke[-1] if self._spoke else None, self._last_spoke
        tags: list[list[Tag]] = []
        for sentence in sentences:
            tags.append(self._speech.tags(sentence))
            speaker = main_tag(tags[-1]).actor if tags[-1] else self._introduced(sentence)
            if speaker is not None:
                self._spoke.append(speaker)
                self._last_spoke = sentence.paragraph
        speaking: Tag | None = None
        for at, sentence in enumerate(sentences):
            if tags[at]:
                speaking = tags[at][-1]
                self._parts.append(self._tagged(sentence, tags[at]))
            else:
                ahead = next((tag for some in tags[at + 1 :] for tag in some), None)
                near = sentence.paragraph - number <= _LIKELY
                self._parts.append([self._untagged(sentence, speaking, ahead, before, near=near)])

    def _logged(self, sentences: Sequence[Sentence]) -> list[list[Attribution]]:
        """A line of a log with the call sign that it begins with; empty where it has none."""
        stamp = LOGGED.match(self._passages.text, sentences[0].start, sentences[0].end)
        if stamp is None or stamp["who"] is None:
            return []
        sign = stamp["who"].strip()
        actor = self._signs.setdefault(sign, Actor("staff", sign, None))
        saying = Stretch(sentences[0].start, stamp.end())
        return [
            self._tagged(one, tags)
            if one is not sentences[0] and (tags := self._speech.tags(one))
            else [
                Attribution(
                    one.start,
                    one.end,
                    actor,
                    direct=False,
                    confidence=BY_ROLE,
                    why="call sign of the line",
                    saying=saying if one is sentences[0] else None,
                )
            ]
            for one in sentences
        ]

    # -- one sentence -------------------------------------------------------------------------------------------------

    def _tagged(self, sentence: Sentence, tags: Sequence[Tag]) -> list[Attribution]:
        """The parts of a sentence with verbs of saying: each verb holds from its subject to the next one's."""
        main = main_tag(tags)
        if self._trails(sentence, tags, main):
            tags = [main]
        starts = [sentence.start, *(tag.saying.start for tag in tags[1:])]
        ends = [*starts[1:], sentence.end]
        parts: list[Attribution] = []
        if len(tags) > 1 and _QUESTION.match(sentence.text):  # "Asked why X said so, Y said": the question is put to Y
            parts += self._with_quotes(Stretch(sentence.start, tags[0].saying.start), main, main)
            starts[0] = tags[0].saying.start
        elif (own := self._own_clause(sentence, tags[0])) is not None:  # "Police moved the line, and the council says ..."
            parts.append(own)
            starts[0] = own.end
        for tag, start, end in zip(tags, starts, ends, strict=True):
            parts += self._with_quotes(Stretch(start, end), tag, main)
        return parts

    def _trails(self, sentence: Sentence, tags: Sequence[Tag], main: Tag) -> bool:
        """Whether who says all of it stands behind it: "The police have offered 200 officers, the mayor said"."""
        before = self._passages.unquoted(sentence)[: main.saying.start - sentence.start]
        others = all(VERBS.get(tag.word) in ("direct", "mind", "deny") for tag in tags if tag is not main)
        return len(tags) > 1 and main is tags[-1] and others and re.search(r",\s+(?:the\s+|an?\s+)?$", before) is not None

    def _own_clause(self, sentence: Sentence, tag: Tag) -> Attribution | None:
        """What the report says in its own words before another clause, in which somebody says something."""
        words = self._passages.unquoted(sentence)[: tag.saying.start - sentence.start]
        joint = _JOINT.search(words)
        if joint is None or self._passages.quotes_in(Stretch(sentence.start, tag.saying.start)) or tag.word.endswith("ing"):
            return None
        end, why = sentence.start + joint.end(), "the report's own words"
        return Attribution(sentence.start, end, self._issuer, direct=False, confidence=REPORT, why=why, tells_itself=True)

    def _with_quotes(self, here: Stretch, tag: Tag, main: Tag) -> list[Attribution]:
        """A stretch cut where quotations begin and end: a quotation is the speaker's own words."""
        parts: list[Attribution] = []
        at = here.start
        for quote in self._passages.quotes_in(here):
            first, last = max(quote.start, here.start), min(quote.end, here.end)
            if first > at:
                parts.append(self._part(Stretch(at, first), tag, direct=False))
            parts.append(self._part(Stretch(first, last), main if len(parts) == 0 and tag is not main else tag, direct=True))
            at = last
        if at < here.end or not parts:
            parts.append(self._part(Stretch(at, here.end), tag, direct=False))
        return parts

    def _part(self, here: Stretch, tag: Tag, *, direct: bool) -> Attribution:
        return Attribution(here.start, here.end, tag.actor, direct, tag.confidence, tag.why, tag.saying, tag.word)

    def _untagged(  # noqa: PLR0911 - one way out for each way to go on
        self, sentence: Sentence, speaking: Tag | None, ahead: Tag | None, before: Actor | None, *, near: bool
    ) -> Attribution:
        """A sentence without a verb of saying."""
        passages = self._passages
        quotes = passages.quotes_in(sentence)
        quoted = sum(min(quote.end, sentence.end) - max(quote.start, sentence.start) for quote in quotes)

        def by(actor: Actor | None, confidence: float, why: str) -> Attribution:
            return Attribution(sentence.start, sentence.end, actor, bool(quotes) and quoted > 0, confidence, why)

        if quoted * 2 > sentence.end - sentence.start:
            if speaking is not None:
                return by(speaking.actor, GOES_ON, "the quotation continues")
            if ahead is not None and self._passages.quote_at(sentence.start) is not None:
                return by(ahead.actor, GOES_ON, "named after the quotation")
            if before is not None:
                return by(before, GOES_ON if near else FREE, "follows another quotation of that speaker")
            return by(self._issuer, REPORT / 2, "a quotation without a speaker")
        words = passages.unquoted(sentence)
        shifted = _BACKSHIFT.search(words) is not None
        first = next(iter(self._cast.mentions(sentence)), None)
        other = first is not None and first.start - sentence.start <= _BEHIND and first.actor.sort in ("organisation", "office")
        if other and first is not None and (speaking is None or first.actor is not speaking.actor):
            return by(self._issuer, REPORT, "the report's own words")
        if speaking is not None and shifted and speaking.actor is not None and speaking.actor.sort != "document":
            return by(speaking.actor, FREE, CONTINUES)
        if speaking is None and ahead is not None and ahead.why == PRONOUN and shifted:
            return by(ahead.actor, FREE, LEADS_UP)
        if before is not None and near and _PRONOUN_FIRST.match(words) and (shifted or words.lower().startswith("they")):
            return by(before, FREE, CONTINUES)
        return by(self._issuer, REPORT, "the report's own words")

    def _introduced(self, sentence: Sentence) -> Actor | None:
        """Somebody whom a sentence brings in as its subject: the quotation that follows will be theirs."""
        mentions = self._cast.mentions(sentence)
        if not mentions or mentions[0].start - sentence.start > AT_START or mentions[0].how == "pronoun":
            return None
        first = mentions[0]
        words = self._passages.text[first.end : sentence.end]
        alone = first.actor.sort in ("office", "private", "staff", "spokesperson") and not re.match(r"['’]s\b", words)
        issued = _ISSUED.search(words) is not None
        return first.actor if (alone and first.how == "name") or issued else None
