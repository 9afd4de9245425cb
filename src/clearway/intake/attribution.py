"""Who said what: direct and reported speech, through pronouns and quotations that go on over paragraphs.

Each part of a sentence has a speaker: whoever stands at the verb of saying, the one who was already speaking where a
quotation goes on without a word about its speaker, and else the report itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clearway.intake.actors import Actor, ActorMention
from clearway.intake.passages import LOGGED, Stretch
from clearway.intake.tables import rows, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.intake.actors import Cast
    from clearway.intake.passages import Passages, Sentence

BY_NAME, BY_SURNAME, BY_ROLE, BY_PRONOUN, GOES_ON, FREE, REPORT = 0.95, 0.9, 0.85, 0.75, 0.8, 0.6, 0.9
CONTINUES, LEADS_UP, _BY_PRONOUN = "continues that speaker's words", "leads up to that speaker's words", "a pronoun"
_VERBS = {word: row["sort"] for row in rows("speech") for word in row["words"].split()}
_VERB = re.compile(rf"\b({'|'.join(sorted(words_of('speech'), key=len, reverse=True))})\b", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(he|she|they|it|we)\b", re.IGNORECASE)
_ACCORDING = re.compile(r"\baccording\s+to\s+(?:the\s+)?$", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be|is|are|get|got|am)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_NOT_SAYING = re.compile(
    r"(?<!went on )(?<!goes on )\b(?:when|if|being|after|before|to|of|for|in|from|the|a|an|that|this|their|his|her|its|no|and)\s+$|^\s*$",
    re.IGNORECASE,
)
_CALLED = re.compile(r"\b(?:so|what\s+is|is|are|was|were)\s+$", re.IGNORECASE)
_BY = re.compile(r"\s+by\s+(?:the\s+)?", re.IGNORECASE)
_CONTINUES = re.compile(r"[\"“'‘]?\s*$")
_BACKSHIFT = re.compile(r"\b(?:had|would|could|were|was|did)\b", re.IGNORECASE)
_OBJECT = re.compile(
    r"\b(?:to|by|from|with|of|for|against|about|at|on|in|told|tell|tells|asked|urged|(?<!, )and)\s+(?:the\s+|some\s+|any\s+|many\s+)?$",
    re.IGNORECASE,
)
_ADVERBS = re.compile(
    r"\s*(?:(?:also|later|then|had|has|have|still|now|did|does|do|not|further|again|went\s+on\s+to|would|\w+ly|herself|himself|[’']d|[’']s|[’']ve)\s+)*",
    re.IGNORECASE,
)
_PRONOUN_FIRST = re.compile(r"\s*(?:he|she|they)\b", re.IGNORECASE)
_ISSUED = re.compile(
    r"\b(?:issued|released|signed|published|launched|put\s+out)\s+(?:a|an|the|another)\s+(?:\w+\s+)?(?:statement|warning|notice|letter|call|plea|release|petition|update)\b"
)
_BEHALF = re.compile(r"\s+(?:on\s+behalf\s+of|from|by|of)\s+(?:the\s+)?$")
_PUTS = re.compile(
    r"\s+it\s+(?:as|at)\b|\s+(?:the\s+|its\s+|their\s+)?(?:likely\s+|real\s+|actual\s+)?(?:crowds?|numbers?|turnout|figure|size|total|attendance|cost)\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"(?:when\s+)?(?:asked|questioned|pressed)\b", re.IGNORECASE)
_UNNAMED = re.compile(
    r"(?:^|[,;:\"“”]\s*|\s{2,}|\b(?:but|and|while|as)\s+)"
    r"(?P<who>(?:(?:one|some|many|most)\s+of\s+(?:the|those|them|its)|the|several|many|some|two|three|a|an|one|another|its|their|his|her|[A-Z][\w-]+['’]s)\s+(?!same\b)"
    r"(?P<title>[\w’'-]+(?:\s+[\w’'-]+){0,9}?))(?:,\s+[^,]{1,80},)?"
    r"(?:\s+(?:also|later|then|has|have|had|still|now|again|\w+ly))*\s+$",
    re.IGNORECASE,
)
_PROPER = re.compile(
    r"(?:^|[,;:]\s+|\s{2,}|\b(?:and|but|while)\s+)(?P<who>(?P<title>[A-ZĀĒĪŌŪ][\w’'&-]*(?:\s+(?:(?:and|of|for|the)\s+)?[A-ZĀĒĪŌŪ][\w’'&-]*){0,5}))\s+$"
)
_INTRODUCES = re.compile(r"\s*(?:(?:the|an?|its|their|his|her)\s+)?(?:[a-z-]+\s+){0,2}")
_ALSO = re.compile(r"(?:,|\w)\s+(?:and|but)\s+(?:also\s+)?$")
_JOINT = re.compile(r"\w{3,}(?:\s+[\w’'-]+){3,},\s+(?:and|but|while)\s+(?:the\s+|an?\s+|its\s+)?$", re.IGNORECASE)
_FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|can|could|did|does|do|not|that|which)\b", re.IGNORECASE)
_NO_NAMES = frozenset(
    "the a an he she it they we i on in at by for from after before when while but and however meanwhile earlier later this that these those there "
    "what who which how why some many more most asked speaking".split()
)
_AT_START = 40
_BEHIND = 5
_BEHIND_VERB = 28
_GAP = 110
_CLAUSE = re.compile(r"[;:]|\b(?:but|while|because|although)\b")
_COLON = re.compile(r":\s*$")
_SPEAKERS = frozenset({"office", "private", "staff", "spokesperson", "group", "organisation", "document"})
_FIRST = re.compile(r"\b(?:we|our|us|I|my)\b")
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


@dataclass(frozen=True, slots=True)
class _Tag:
    """A verb of saying with its subject."""

    verb: Stretch
    word: str
    actor: Actor | None
    subject: Stretch
    confidence: float
    why: str

    @property
    def saying(self) -> Stretch:
        return Stretch(min(self.subject.start, self.verb.start), max(self.subject.end, self.verb.end))


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
        tags: list[list[_Tag]] = []
        for sentence in sentences:
            tags.append(self._tags(sentence))
            speaker = _main(tags[-1]).actor if tags[-1] else self._introduced(sentence)
            if speaker is not None:
                self._spoke.append(speaker)
                self._last_spoke = sentence.paragraph
        speaking: _Tag | None = None
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
            if one is not sentences[0] and (tags := self._tags(one))
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

    def _tagged(self, sentence: Sentence, tags: Sequence[_Tag]) -> list[Attribution]:
        """The parts of a sentence with verbs of saying: each verb holds from its subject to the next one's."""
        main = _main(tags)
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

    def _trails(self, sentence: Sentence, tags: Sequence[_Tag], main: _Tag) -> bool:
        """Whether who says all of it stands behind it: "The police have offered 200 officers, the mayor said"."""
        before = self._passages.unquoted(sentence)[: main.saying.start - sentence.start]
        others = all(_VERBS.get(tag.word) in ("direct", "mind", "deny") for tag in tags if tag is not main)
        return len(tags) > 1 and main is tags[-1] and others and re.search(r",\s+(?:the\s+|an?\s+)?$", before) is not None

    def _own_clause(self, sentence: Sentence, tag: _Tag) -> Attribution | None:
        """What the report says in its own words before another clause, in which somebody says something."""
        words = self._passages.unquoted(sentence)[: tag.saying.start - sentence.start]
        joint = _JOINT.search(words)
        if joint is None or self._passages.quotes_in(Stretch(sentence.start, tag.saying.start)) or tag.word.endswith("ing"):
            return None
        end, why = sentence.start + joint.end(), "the report's own words"
        return Attribution(sentence.start, end, self._issuer, direct=False, confidence=REPORT, why=why, tells_itself=True)

    def _with_quotes(self, here: Stretch, tag: _Tag, main: _Tag) -> list[Attribution]:
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

    def _part(self, here: Stretch, tag: _Tag, *, direct: bool) -> Attribution:
        return Attribution(here.start, here.end, tag.actor, direct, tag.confidence, tag.why, tag.saying, tag.word)

    def _untagged(  # noqa: PLR0911 - one way out for each way to go on
        self, sentence: Sentence, speaking: _Tag | None, ahead: _Tag | None, before: Actor | None, *, near: bool
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
        if speaking is None and ahead is not None and ahead.why == _BY_PRONOUN and shifted:
            return by(ahead.actor, FREE, LEADS_UP)
        if before is not None and near and _PRONOUN_FIRST.match(words) and (shifted or words.lower().startswith("they")):
            return by(before, FREE, CONTINUES)
        return by(self._issuer, REPORT, "the report's own words")

    def _introduced(self, sentence: Sentence) -> Actor | None:
        """Somebody whom a sentence brings in as its subject: the quotation that follows will be theirs."""
        mentions = self._cast.mentions(sentence)
        if not mentions or mentions[0].start - sentence.start > _AT_START or mentions[0].how == "pronoun":
            return None
        first = mentions[0]
        words = self._passages.text[first.end : sentence.end]
        alone = first.actor.sort in ("office", "private", "staff", "spokesperson") and not re.match(r"['’]s\b", words)
        issued = _ISSUED.search(words) is not None
        return first.actor if (alone and first.how == "name") or issued else None

    # -- verbs and their subjects -------------------------------------------------------------------------------------

    def _tags(self, sentence: Sentence) -> list[_Tag]:
        words = self._passages.unquoted(sentence)
        mentions = self._cast.mentions(sentence)
        found: list[_Tag] = []
        for verb in _VERB.finditer(words):
            tag = self._tag(sentence, words, verb, mentions, found)
            if tag is not None:
                found.append(tag)
        for mention in mentions:
            if _ACCORDING.search(words[: mention.start - sentence.start]):
                tag = _Tag(
                    Stretch(mention.start, mention.end), "according to", mention.actor, mention, BY_ROLE, "'according to'"
                )
                found.append(tag)
        return found

    def _tag(  # noqa: C901, PLR0911, PLR0912 - one way out for each thing that is no verb of saying
        self, sentence: Sentence, words: str, verb: re.Match[str], mentions: Sequence[ActorMention], earlier: Sequence[_Tag]
    ) -> _Tag | None:
        at = Stretch(sentence.start + verb.start(), sentence.start + verb.end())
        word, before = verb[1].lower(), words[: verb.start()]
        if any(mention.holds(at.start) for mention in mentions) or (_CALLED.search(before) and word in ("called", "asked")):
            return None
        if _PASSIVE.search(before) and word != "aware":
            return None
        if word in ("put", "puts") and not _PUTS.match(words, verb.end()):
            return None
        if word.endswith("ing") and earlier:  # "..., saying they": whoever was already speaking
            one = earlier[-1]
            return _Tag(at, word, one.actor, at, one.confidence, one.why)
        inverted = self._behind(sentence, words, verb, mentions)
        subject = self._subject(sentence, before, at, mentions, earlier)
        if subject is None and inverted is not None:
            subject = inverted
        elif not isinstance(subject, re.Match):
            knows = _VERBS[word] in ("plain", "deny", "direct")
            other = self._unnamed(sentence, before, max((tag.verb.end for tag in earlier), default=0)) if knows else None
            if other is None and subject is None and knows and _ALSO.search(before):
                other = self._first(sentence, mentions)
            if other is not None and (subject is None or subject.end < other.start):
                subject = other  # "The line stopped nine buses, and the fire service said ..."
        if (
            isinstance(subject, re.Match)
            and earlier
            and not self._passages.quote_at(max(at.start - 1, sentence.start))
            and _nested(words, earlier, at, sentence)
        ):
            return None  # "she said she believed": one speaker
        if subject is None or (_NOT_SAYING.search(before) and subject is not inverted and not _is_pronoun_subject(before)):
            return None
        if (
            _VERBS[word] == "mind"
            and isinstance(subject, ActorMention)
            and subject.actor.sort == "group"
            and word in ("fears", "thinks", "hopes")
        ):
            return None
        if word.endswith("ing"):
            subject = next((one for one in mentions if one.end <= at.start and one.actor.sort in _SPEAKERS), subject)
        actor, where, confidence, why = self._who(sentence, subject)
        last = self._spoke[-1] if self._spoke else None
        if _VERBS[word] == "mind" and actor is not None and actor.sort in ("group", "organisation") and last is not None:
            ours = last.sort == "office" and (last.organisation or "").casefold() == (actor.organisation or "-").casefold()
            actor, confidence, why = (last, FREE, CONTINUES) if ours else (actor, confidence, why)
        where = at if word.endswith("ing") else where
        return _Tag(at, word, actor, where, confidence, why) if actor is not None else None

    def _behind(
        self, sentence: Sentence, words: str, verb: re.Match[str], mentions: Sequence[ActorMention]
    ) -> ActorMention | None:
        """The subject behind the verb: "...", said president So-and-so."""
        quoted = words[: verb.start()].strip(" ,\"“”'’‘") == "" or words[: verb.start()].rstrip().endswith(",")
        end = sentence.start + verb.end()
        near = [
            mention
            for mention in mentions
            if 0 < mention.start - end <= _BEHIND_VERB
            and _INTRODUCES.fullmatch(words[verb.end() : mention.start - sentence.start])
        ]
        return (
            near[0]
            if near and quoted and verb[1].lower() not in ("told", "tells", "urged", "warned", "advised", "asked")
            else None
        )

    def _subject(
        self, sentence: Sentence, before: str, at: Stretch, mentions: Sequence[ActorMention], earlier: Sequence[_Tag]
    ) -> ActorMention | re.Match[str] | None:
        """Who stands before a verb as its subject: the nearest mention or pronoun that is no object of a preposition."""
        floor = max((tag.verb.end for tag in earlier), default=sentence.start)
        candidates: list[tuple[int, int, ActorMention | re.Match[str]]] = [
            (mention.start, mention.end, mention) for mention in mentions if floor <= mention.start and mention.end <= at.start
        ]
        for pronoun in _PRONOUN.finditer(before):
            start = sentence.start + pronoun.start()
            if start >= floor and not any(mention.holds(start) for mention in mentions):
                candidates.append((start, sentence.start + pronoun.end(), pronoun))
        candidates.sort(key=lambda one: one[0], reverse=True)
        for start, end, who in candidates:
            gap = before[end - sentence.start :]
            if len(gap) > _GAP or _CLAUSE.search(gap):
                break
            if isinstance(who, re.Match) and not _ADVERBS.fullmatch(gap):
                continue
            if isinstance(who, ActorMention) and who.actor.sort not in _SPEAKERS:
                continue
            if _OBJECT.search(before[: start - sentence.start]) and len(candidates) > 1:
                continue
            if _OBJECT.search(before[: start - sentence.start]) and gap.strip():
                continue
            if (
                isinstance(who, ActorMention)
                and before[end - sentence.start - 2 : end - sentence.start] in ("'s", "’s")
                and gap.strip()
            ):
                continue
            return self._head(before, sentence, who, candidates)
        return None

    def _first(self, sentence: Sentence, mentions: Sequence[ActorMention]) -> ActorMention | None:
        """The subject that a sentence begins with, of its second verb: "The council has shut the lane, where ..., and asks"."""
        first = mentions[0] if mentions else None
        near = first is not None and first.start - sentence.start <= _AT_START
        return first if first is not None and near and first.actor.sort in ("office", "organisation") else None

    def _unnamed(self, sentence: Sentence, before: str, floor: int) -> ActorMention | None:
        """A subject that no table knows: "the inspector in charge of the cordon said", "Transport Canberra says"."""
        start = max(len(before) - _GAP, 0)
        one = _UNNAMED.search(before, start)
        if one is not None and not (_FINITE.search(one["title"]) or _VERB.search(one["title"])):
            actor = self._cast.unnamed(one["title"])
        else:
            one = _PROPER.search(before, start)
            if one is None or one["title"].split()[0].lower() in _NO_NAMES:
                return None
            actor = self._cast.unnamed(one["title"], sort="organisation")
        start, end = sentence.start + one.start("who"), sentence.start + one.end("who")
        return ActorMention(start, end, actor, "role") if start >= floor else None

    def _head(
        self,
        before: str,
        sentence: Sentence,
        who: ActorMention | re.Match[str],
        candidates: Sequence[tuple[int, int, ActorMention | re.Match[str]]],
    ) -> ActorMention | re.Match[str]:
        """The head of a relative clause that holds the nearest mention: "a protester who woke to the police action described"."""
        at = who.start if isinstance(who, ActorMention) else sentence.start + who.start()
        heads = [
            one for start, end, one in candidates
            if start < at and re.match(r",?\s+(?:who|which|that)\b", before[end - sentence.start :]) and isinstance(one, ActorMention)
        ]  # fmt: skip
        return heads[0] if heads else who

    def _who(self, sentence: Sentence, subject: ActorMention | re.Match[str]) -> tuple[Actor | None, Stretch, float, str]:
        if isinstance(subject, ActorMention):
            actor = self._speaker_of(subject, sentence)
            confidence, why = {
                "name": (BY_NAME, "name"),
                "surname": (BY_SURNAME, "surname"),
                "organisation": (BY_ROLE, "name of the organisation"),
            }.get(subject.how, (BY_ROLE, "office or role"))
            return actor, subject, confidence, why
        where = Stretch(sentence.start + subject.start(), sentence.start + subject.end())
        reads = re.match(r"\s+reads?\b", self._passages.text[where.end : sentence.end]) and self._spoke
        meant = self._spoke[-1] if reads else self._meant(subject[1].lower(), sentence)
        return meant, where, BY_PRONOUN, _BY_PRONOUN

    def _speaker_of(self, subject: ActorMention, sentence: Sentence) -> Actor:
        """Whose a statement or a notice is: whose name stands behind it, its own organisation's, else the last speaker's."""
        actor = subject.actor
        if actor.sort != "document":
            return actor
        text = self._passages.text
        behind = next((one for one in self._cast.mentions(sentence) if _BEHALF.fullmatch(text[subject.end : one.start])), None)
        if behind is not None:
            actor.organisation = behind.actor.organisation
            return behind.actor
        fresh = text[subject.start : subject.start + 2].lower() in ("a ", "an", "on")
        return actor if actor.organisation or fresh or not self._spoke else self._spoke[-1]

    def _meant(self, pronoun: str, sentence: Sentence) -> Actor | None:
        """The last speaker whom a pronoun can mean."""
        near = [mention.actor for mention in self._cast.mentions(sentence)]
        if pronoun == "we":
            return None
        for actor in reversed(self._spoke):
            single = actor.sort in ("office", "private", "staff", "spokesperson")
            if pronoun in ("they", "it"):
                if not single or actor.sort == "spokesperson":
                    return actor
                continue
            sex = "m" if pronoun == "he" else "f"
            if single and actor.sex in ("", sex):
                actor.sex = sex
                return actor
        return (
            next((actor for actor in near if actor.sort in ("office", "private", "staff")), None)
            if pronoun in ("he", "she")
            else None
        )


def _main(tags: Sequence[_Tag]) -> _Tag:
    """The verb that the sentence hangs on: a plain one before one of the mind, the last of those after "asked"."""
    return next((tag for tag in reversed(tags) if _VERBS.get(tag.word) == "plain"), tags[-1])


def _nested(words: str, earlier: Sequence[_Tag], at: Stretch, sentence: Sentence) -> bool:
    """Whether a verb stands in what was said by the verb before it."""
    between = words[earlier[-1].verb.end - sentence.start : at.start - sentence.start]
    return not re.search(r"[,;]\s|\s{3,}|\b(?:and|but)\s+(?:he|she|they)\b", between)


def _is_pronoun_subject(before: str) -> bool:
    return re.search(r"\b(?:he|she|they|it|we|who)\s+$", before, re.IGNORECASE) is not None
