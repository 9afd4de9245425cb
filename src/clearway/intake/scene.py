"""A sentence as the rules see it: its numbers, times, places and speakers, and its words as an entry may hold them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clearway.intake.modality import Modality, modality
from clearway.intake.tables import words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from clearway.intake.actors import Actor, ActorMention
    from clearway.intake.attribution import Attribution
    from clearway.intake.passages import Sentence, Stretch
    from clearway.intake.places import PlaceMention
    from clearway.intake.quantities import Quantity
    from clearway.intake.times import TimeMention
    from clearway.record.kind import Reported
    from clearway.record.kinds import Body

_MOST_WORDS = 400
_BY = re.compile(r"\b(?:until|till|by|before|within|through\s+to)\s+(?:about\s+)?$", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|till|through\s+to)\s+$", re.IGNORECASE)
_SAID = re.compile(r"^(?:(?:that|how|saying|also)\b|:|,|\s)+", re.IGNORECASE)
_HEARER = re.compile(
    r"^\s*(?:(?:the\s+)?(?:[A-Z][\w’'-]*|media|reporters)(?:\s+[A-Z][\w’'-]*)*)(?:\s+(?=[\w\"“])|(?=\s*[.,]|\s*$))"
)
_DENIED = re.compile(
    r"\b(?:(?:did|does|do|was|were|is|are|had|has|have|could|would)\s+)?(?:not|never)\b|\b\w+n[’']t\b", re.IGNORECASE
)
_LEAD = re.compile(
    r"^(?:(?:earlier|however|meanwhile|later|but|also|in|on|at|speaking|when\s+asked|asked|returning|therefore)\b[^\"“]*|[^\w]*)$",
    re.IGNORECASE,
)
_JUST_BEFORE = 20
_TELLING = words_of("speech", sort="direct") | words_of("speech", sort="deny")
_SUBJECT = re.compile(r"[^\"“,;:.]{0,60}")
_IN_WHAT = re.compile(
    r"(?<=\x00)\s+(?:in|on)\s+(?:a|the|his|her|its|their)\s+(?:\w+\s+)?(?:statement|tweet|post|release|video|interview|briefing|stand-?\s?up)\b"
)
_THAT = re.compile(r"^[^\"“,.]{0,45}?\bthat\s+")


def _quick(pattern: re.Pattern[str]) -> re.Pattern[str] | None:
    """A pattern for texts in small letters that matches where the other may: several times as fast; None where there is none."""
    mark = id(pattern)
    if mark not in _QUICK:
        able = pattern.flags & re.IGNORECASE and not any(map(str.isupper, re.sub(r"\\.", "", pattern.pattern)))
        _QUICK[mark] = (pattern, re.compile(pattern.pattern) if able else None)
    return _QUICK[mark][1]


_QUICK: dict[int, tuple[re.Pattern[str], re.Pattern[str] | None]] = {}
"""By identity; the pattern is stored with it, so that no other can take its identity."""


def lowered(text: str) -> str:
    """A text in small letters, character for character."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(one if len(one.lower()) != 1 else one.lower() for one in text)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a rule read out of a sentence.

    Attributes:
        body: The entry's body.
        focus: The words that made the rule speak.
        modality: How the sentence takes it.
        confidence: Of the rule alone, 0 to 1.
        why: In a few words.
        place: Of this claim alone, where a sentence names several; None for those of the sentence.
    """

    body: Body
    focus: Stretch
    modality: Modality = "done"
    confidence: float = 0.8
    why: str = ""
    place: PlaceMention | None = None

    @property
    def reported(self) -> Reported:
        """What may be assumed of its kind where the sentence leaves it open."""
        return self.body.about.reported


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with what was found in it.

    Attributes:
        text: The whole report.
        low: The same in small letters, character for character.
        sentence: Which.
        parts: Who says each part of it.
        mentions: Who is mentioned.
        quantities: Its numbers.
        times: Its times.
        places: Its places.
        masked: Names of private persons and what to write instead.
        organisation: The organisation as the record calls it.
    """

    text: str
    low: str
    sentence: Sentence
    parts: Sequence[Attribution]
    mentions: Sequence[ActorMention]
    quantities: Sequence[Quantity]
    times: Sequence[TimeMention]
    places: Sequence[PlaceMention]
    masked: Sequence[tuple[str, str]] = ()
    organisation: Callable[[str | None], str | None] = field(default=lambda name: name)
    _met: dict[int, re.Match[str] | None] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """The sentence as it stands."""
        return self.sentence.text

    def find(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Where a pattern matches, by offsets of the report."""
        return pattern.finditer(self.text, self.sentence.start, self.sentence.end)

    def has(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first match of a pattern; looked for once."""
        mark = id(pattern)  # to hash a pattern takes longer than to search with it
        if mark not in self._met:
            quick = _quick(pattern)
            seen = quick.search(self.low, self.sentence.start, self.sentence.end) if quick else None
            start = seen.start() if seen else self.sentence.start
            self._met[mark] = pattern.search(self.text, start, self.sentence.end) if seen or not quick else None
        return self._met[mark]

    def mode(self, at: int) -> Modality:
        """How the sentence takes what stands at an offset."""
        return modality(self.text, self.sentence.start, at)

    def part_at(self, at: int) -> Attribution:
        """Whose words stand at an offset."""
        return next((part for part in self.parts if part.holds(at)), self.parts[-1])

    @property
    def main(self) -> Attribution:
        """The part with a speaker; the first where none has."""
        return next((part for part in self.parts if part.actor is not None), self.parts[0])

    @property
    def speaker(self) -> Actor | None:
        """Who says the sentence; None for the report itself."""
        return self.main.actor

    @property
    def due(self) -> datetime | None:
        """The end of the first time to come that the sentence names."""
        return next((time.span.end for time in self.times if time.ahead), None)

    @property
    def begins(self) -> datetime | None:
        """From when something is that is only to come: "closed tomorrow"; None where the sentence names a time gone by, or none."""
        if any(not time.ahead for time in self.times):
            return None
        times = (time for time in self.times if not _BY.search(self.text, self.sentence.start, time.start))
        return next((time.span.start for time in times if not time.span.said.lower().startswith(("until", "by"))), None)

    def until(self, first: int) -> datetime | None:
        """Until when something lasts, where the sentence says so behind an offset."""
        for time in self.times:
            if time.start >= first and (
                _UNTIL.search(self.text, first, time.start) or time.span.said.lower().startswith("until")
            ):
                return time.span.end
        return None

    def voice(self, default: str = "not named") -> str:
        """For whom the sentence is said, as an entry's ``by`` holds it."""
        actor = self.speaker
        if actor is None:
            return default
        return self.organisation(actor.organisation) or actor.office or default

    def subject(self, at: int) -> ActorMention | None:
        """The last one mentioned before an offset."""
        return next((mention for mention in reversed(self.mentions) if mention.end <= at), None)

    def party(self, mention: ActorMention | None) -> str | None:
        """Somebody as an entry names a party: their organisation, else their office or role."""
        if mention is None:
            return None
        return self.organisation(mention.actor.organisation) or mention.actor.office

    def after(self, at: int) -> ActorMention | None:
        """The first one mentioned after an offset."""
        return next((mention for mention in self.mentions if mention.start >= at), None)

    def number(self, at: int, reach: int = 80, *, whats: Sequence[str] = ()) -> Quantity | None:
        """The number nearest to an offset."""
        near = [one for one in self.quantities if one.is_count and (not whats or one.what in whats)]
        near = [one for one in near if min(abs(one.end - at), abs(one.start - at)) <= reach]
        return min(near, key=lambda one: min(abs(one.end - at), abs(one.start - at)), default=None)

    def wording(self, start: int | None = None, end: int | None = None) -> str:
        """Words of the sentence as an entry may hold them: without who says it, without quotation marks, private names or stray signs."""
        whole = self.main.start if self.parts[0].tells_itself else self.sentence.start
        first, last = whole if start is None else start, self.sentence.end if end is None else end
        signs = list(self.text[first:last])
        for part in self.parts:
            saying = part.saying
            if saying is None:
                continue
            begin, end_of = max(saying.start, first), min(saying.end, last)
            if begin >= end_of:
                continue
            if denied := _DENIED.search(self.text, max(begin, end_of - len(part.verb) - _JUST_BEFORE), end_of):
                end_of = denied.start()  # "did not believe": it stays, or the sense would turn round
            if _LEAD.match(self.text[first:begin]) or _SUBJECT.fullmatch(self.text[first:begin]):
                begin = first
            if part.verb in _TELLING:
                end_of -= len(part.verb)  # the verb is part of what is stated: "denied", "urged people to"
            if part.verb in ("told", "tells", "tell") and (hearer := _HEARER.match(self.text[end_of:last])):
                end_of += hearer.end()
            if part.verb and (that := _THAT.match(self.text[end_of:last])):
                end_of += that.end()
            signs[begin - first : end_of - first] = "\x00" * (end_of - begin)
        words = _IN_WHAT.sub(" ", re.sub(r"[\"“”«»\u00c2\ufffd]+", " ", "".join(signs)))
        pieces = [piece.strip(" ,;") for piece in re.split(r"\x00+", words)]
        plain = " ".join(" ".join(pieces).split())
        plain = re.sub(r"\s+([.,;:!?])", r"\1", _SAID.sub("", plain)).strip(" ,;")
        for name, role in self.masked:
            plain = re.sub(rf"\b{re.escape(name)}\b", role, plain)
        plain = re.sub(r"^[-–•*\s]+", "", plain)[:_MOST_WORDS].strip() or self.words.strip()[:_MOST_WORDS]
        return plain[0].upper() + plain[1:] if plain else "(no words)"
