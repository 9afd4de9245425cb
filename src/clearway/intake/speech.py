"""Verbs of saying and their subjects: who stands at "said", "according to", "asked", and whom a pronoun means there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clearway.intake.actors import ActorMention
from clearway.intake.passages import Stretch
from clearway.intake.tables import rows, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.intake.actors import Actor, Cast
    from clearway.intake.passages import Passages, Sentence

BY_NAME, BY_SURNAME, BY_ROLE, BY_PRONOUN, FREE = 0.95, 0.9, 0.85, 0.75, 0.6
CONTINUES, PRONOUN = "continues that speaker's words", "a pronoun"
AT_START = 40
"""Characters within which the subject of a sentence begins."""
VERBS = {word: row["sort"] for row in rows("speech") for word in row["words"].split()}
"""Verbs of saying and their sorts."""
_VERB = re.compile(rf"\b({'|'.join(sorted(words_of('speech'), key=len, reverse=True))})\b", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(he|she|they|it|we)\b", re.IGNORECASE)
_ACCORDING = re.compile(r"\baccording\s+to\s+(?:the\s+)?$", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be|is|are|get|got|am)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_NOT_SAYING = re.compile(
    r"(?<!went on )(?<!goes on )\b(?:when|if|being|after|before|to|of|for|in|from|the|a|an|that|this|their|his|her|its|no|and)\s+$|^\s*$",
    re.IGNORECASE,
)
_CALLED = re.compile(r"\b(?:so|what\s+is|is|are|was|were)\s+$", re.IGNORECASE)
_OBJECT = re.compile(
    r"\b(?:to|by|from|with|of|for|against|about|at|on|in|told|tell|tells|asked|urged|(?<!, )and)\s+(?:the\s+|some\s+|any\s+|many\s+)?$",
    re.IGNORECASE,
)
_ADVERBS = re.compile(
    r"\s*(?:(?:also|later|then|had|has|have|still|now|did|does|do|not|further|again|went\s+on\s+to|would|\w+ly|herself|himself|[’']d|[’']s|[’']ve)\s+)*",
    re.IGNORECASE,
)
_BEHALF = re.compile(r"\s+(?:on\s+behalf\s+of|from|by|of)\s+(?:the\s+)?$")
_PUTS = re.compile(
    r"\s+it\s+(?:as|at)\b|\s+(?:the\s+|its\s+|their\s+)?(?:likely\s+|real\s+|actual\s+)?(?:crowds?|numbers?|turnout|figure|size|total|attendance|cost)\b",
    re.IGNORECASE,
)
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
_FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|can|could|did|does|do|not|that|which)\b", re.IGNORECASE)
_NO_NAMES = frozenset(
    "the a an he she it they we i on in at by for from after before when while but and however meanwhile earlier later this that these those there "
    "what who which how why some many more most asked speaking".split()
)
_BEHIND_VERB = 28
_GAP = 110
_CLAUSE = re.compile(r"[;:]|\b(?:but|while|because|although)\b")
_SPEAKERS = frozenset({"office", "private", "staff", "spokesperson", "group", "organisation", "document"})


@dataclass(frozen=True, slots=True)
class Tag:
    """A verb of saying with its subject."""

    verb: Stretch
    word: str
    actor: Actor | None
    subject: Stretch
    confidence: float
    why: str

    @property
    def saying(self) -> Stretch:
        """From the one to the other."""
        return Stretch(min(self.subject.start, self.verb.start), max(self.subject.end, self.verb.end))


class Speech:
    """The verbs of saying of a report.

    Args:
        passages: The text.
        cast: Who appears in it.
        spoke: Who spoke so far, the latest last; whoever reads the report adds to it.
    """

    def __init__(self, passages: Passages, cast: Cast, spoke: Sequence[Actor]) -> None:
        self._passages = passages
        self._cast = cast
        self._spoke = spoke

    def tags(self, sentence: Sentence) -> list[Tag]:
        """The verbs of saying of a sentence with their subjects, in order; "according to" comes last."""
        words = self._passages.unquoted(sentence)
        mentions = self._cast.mentions(sentence)
        found: list[Tag] = []
        for verb in _VERB.finditer(words):
            tag = self._tag(sentence, words, verb, mentions, found)
            if tag is not None:
                found.append(tag)
        for mention in mentions:
            if _ACCORDING.search(words[: mention.start - sentence.start]):
                tag = Tag(
                    Stretch(mention.start, mention.end), "according to", mention.actor, mention, BY_ROLE, "'according to'"
                )
                found.append(tag)
        return found

    def _tag(  # noqa: C901, PLR0911, PLR0912 - one way out for each thing that is no verb of saying
        self, sentence: Sentence, words: str, verb: re.Match[str], mentions: Sequence[ActorMention], earlier: Sequence[Tag]
    ) -> Tag | None:
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
            return Tag(at, word, one.actor, at, one.confidence, one.why)
        inverted = self._behind(sentence, words, verb, mentions)
        subject = self._subject(sentence, before, at, mentions, earlier)
        if subject is None and inverted is not None:
            subject = inverted
        elif not isinstance(subject, re.Match):
            knows = VERBS[word] in ("plain", "deny", "direct")
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
            VERBS[word] == "mind"
            and isinstance(subject, ActorMention)
            and subject.actor.sort == "group"
            and word in ("fears", "thinks", "hopes")
        ):
            return None
        if word.endswith("ing"):
            subject = next((one for one in mentions if one.end <= at.start and one.actor.sort in _SPEAKERS), subject)
        actor, where, confidence, why = self._who(sentence, subject)
        last = self._spoke[-1] if self._spoke else None
        if VERBS[word] == "mind" and actor is not None and actor.sort in ("group", "organisation") and last is not None:
            ours = last.sort == "office" and (last.organisation or "").casefold() == (actor.organisation or "-").casefold()
            actor, confidence, why = (last, FREE, CONTINUES) if ours else (actor, confidence, why)
        where = at if word.endswith("ing") else where
        return Tag(at, word, actor, where, confidence, why) if actor is not None else None

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
        self, sentence: Sentence, before: str, at: Stretch, mentions: Sequence[ActorMention], earlier: Sequence[Tag]
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
        near = first is not None and first.start - sentence.start <= AT_START
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
        return meant, where, BY_PRONOUN, PRONOUN

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


def main_tag(tags: Sequence[Tag]) -> Tag:
    """The verb that the sentence hangs on: a plain one before one of the mind, the last of those after "asked"."""
    return next((tag for tag in reversed(tags) if VERBS.get(tag.word) == "plain"), tags[-1])


def _nested(words: str, earlier: Sequence[Tag], at: Stretch, sentence: Sentence) -> bool:
    """Whether a verb stands in what was said by the verb before it."""
    between = words[earlier[-1].verb.end - sentence.start : at.start - sentence.start]
    return not re.search(r"[,;]\s|\s{3,}|\b(?:and|but)\s+(?:he|she|they)\b", between)


def _is_pronoun_subject(before: str) -> bool:
    return re.search(r"\b(?:he|she|they|it|we|who)\s+$", before, re.IGNORECASE) is not None
