"""A report's text in paragraphs and sentences, with what stands between quotation marks; every part knows its offsets."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

UPPER = "A-ZÀ-ÖØ-ÞĀĒĪŌŪĂŠŽ"
"""Capital letters, Māori macrons among them, for character classes."""

_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof sir rev hon st sgt insp supt const comm det cllr cr gov sen rep capt lt col gen no nos vs etc approx tce "
    "rd ave cres pde hwy blvd inc ltd co dept jan feb mar apr jun jul aug sep sept oct nov dec mt fr".split()
)
_STREET_TYPES = frozenset({"st", "rd", "ave", "tce", "cres", "pde", "hwy", "blvd", "no"})
_OPENERS = frozenset(
    "the a an he she it they we i you police this that these those there in on at by for from after before when while but and "
    "however meanwhile earlier later officers protesters some many about up more no one two several residents traffic".split()
)
_END = re.compile(r"(?<![.!?…])(?:[.!?…]+[\"”’')\]]*|[.!?…]+[\"”])(?=\s)")
_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_STAMPED = re.compile(
    r"\s*(?:\[?\d{1,2}[:.]\d{2}(?::\d{2})?\]?|\d{4}\s?(?:hrs|hours)\b|[-*•–]\s|\d{1,2}[.)]\s|[A-Z][\w /]{1,24}:\s)"
)
LOGGED = re.compile(
    r"\s*\[?(?P<hour>[01]?\d|2[0-3])[:.]?(?P<minute>[0-5]\d)\]?(?:\s?(?:hrs|hours|h))?[\s,:–-]+(?:(?P<who>[A-Z][\w/ .,’'&-]{0,90}?):\s)?(?=\S)"
)
"""How a line of a radio log begins: a clock time, then whose line it is."""

_LEAST_LOGGED = 2
_WRAPPED_FROM, _WRAPPED_TO = 50, 100
_WRAPPED_LEAST = 3
_PAIRS = {"“": "”", "«": "»", '"': '"'}
_MOST_QUOTED = 4000
_LONGEST = 1000
_LOOK = 80


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of a text: from the first character to behind the last."""

    start: int
    end: int

    def holds(self, at: int) -> bool:
        """Whether a character lies in it."""
        return self.start <= at < self.end

    def meets(self, other: Stretch) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Sentence(Stretch):
    """A sentence.

    Attributes:
        number: Its place among the sentences of the report, from 0.
        paragraph: The number of its paragraph.
        text: Its words.
    """

    number: int
    paragraph: int
    text: str


class Passages:
    """A text cut into paragraphs and sentences.

    >>> cut = Passages("Police closed Bowen St. The street opened at 7.30pm.")
    >>> [sentence.text for sentence in cut.sentences]
    ['Police closed Bowen St.', 'The street opened at 7.30pm.']
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.paragraphs = _paragraphs(text)
        self.quotes = [quote for paragraph in self.paragraphs for quote in _quotes(text, paragraph)]
        self.sentences: list[Sentence] = []
        for number, paragraph in enumerate(self.paragraphs):
            for start, end in _sentences(text, paragraph):
                self.sentences.append(Sentence(start, end, len(self.sentences), number, text[start:end]))
        self.is_log = sum(LOGGED.match(text, one.start, one.end) is not None for one in self.paragraphs) >= _LEAST_LOGGED
        self._starts = [sentence.start for sentence in self.sentences]
        self._quote_starts = [quote.start for quote in self.quotes]

    def sentence_at(self, at: int) -> Sentence | None:
        """The sentence that holds a character, None between sentences."""
        number = bisect_right(self._starts, at) - 1
        return self.sentences[number] if number >= 0 and self.sentences[number].holds(at) else None

    def quote_at(self, at: int) -> Stretch | None:
        """The quotation that holds a character, None outside of quotations."""
        number = bisect_right(self._quote_starts, at) - 1
        return self.quotes[number] if number >= 0 and self.quotes[number].holds(at) else None

    def quotes_in(self, stretch: Stretch) -> list[Stretch]:
        """The quotations that share a character with a stretch."""
        first = max(bisect_right(self._quote_starts, stretch.start) - 1, 0)
        last = bisect_right(self._quote_starts, stretch.end - 1)
        return [quote for quote in self.quotes[first:last] if quote.meets(stretch)]

    def in_paragraph(self, number: int) -> list[Sentence]:
        """The sentences of a paragraph."""
        paragraph = self.paragraphs[number]
        first = bisect_right(self._starts, paragraph.start - 1)
        return self.sentences[first : bisect_right(self._starts, paragraph.end - 1)]

    def unquoted(self, stretch: Stretch) -> str:
        """The words of a stretch with what is quoted blanked out, so that offsets stay."""
        signs = list(self.text[stretch.start : stretch.end])
        for quote in self.quotes_in(stretch):
            for at in range(max(quote.start, stretch.start), min(quote.end, stretch.end)):
                signs[at - stretch.start] = " "
        return "".join(signs)


def _paragraphs(text: str) -> list[Stretch]:
    """Lines; where lines were broken at a fixed width, the lines between blank ones together."""
    lines = [Stretch(line.start(), line.end()) for line in _LINE.finditer(text) if not line[0].isspace()]
    broken = [
        at
        for at, (line, after) in enumerate(pairwise(lines))
        if _WRAPPED_FROM <= line.end - line.start <= _WRAPPED_TO
        and text[line.end - 1 : line.end].isalnum() | (text[line.end - 1] in ",;-")
        and text[after.start : after.end].lstrip()[:1].islower()
    ]
    if len(broken) < _WRAPPED_LEAST and not (broken and len(broken) * 2 >= len(lines) - 1):
        return [_trimmed(text, line) for line in lines]
    joined: list[Stretch] = []
    for line in lines:
        gap = text[joined[-1].end : line.start] if joined else "\n\n"
        fresh = gap.count("\n") > 1 or _STAMPED.match(text, line.start) or _is_short(text, joined[-1])
        if fresh:
            joined.append(line)
        else:
            joined[-1] = Stretch(joined[-1].start, line.end)
    return [_trimmed(text, paragraph) for paragraph in joined]


def _is_short(text: str, paragraph: Stretch) -> bool:
    """Whether the last line of a paragraph stops long before the margin, so that the next line begins anew."""
    last = text[paragraph.start : paragraph.end].rsplit("\n", 1)[-1]
    return len(last) < _WRAPPED_FROM


def _trimmed(text: str, stretch: Stretch) -> Stretch:
    words = text[stretch.start : stretch.end]
    return Stretch(stretch.start + len(words) - len(words.lstrip()), stretch.end - len(words) + len(words.rstrip()))


def _sentences(text: str, paragraph: Stretch) -> list[tuple[int, int]]:
    found, start = [], paragraph.start
    for stop in _END.finditer(text, paragraph.start, paragraph.end):
        if _ends_sentence(text, stop, paragraph):
            found.append((start, stop.end()))
            start = stop.end()
    if start < paragraph.end:
        found.append((start, paragraph.end))
    trimmed = [_trimmed(text, Stretch(*part)) for part in found]
    return [piece for part in trimmed if part.start < part.end for piece in _pieces(text, part)]


def _pieces(text: str, sentence: Stretch) -> list[tuple[int, int]]:
    """A sentence; one that no person wrote, a thousand characters without a stop, in pieces, so that to read it stays quick."""
    found, start = [], sentence.start
    while sentence.end - start > _LONGEST:
        space = text.rfind(" ", start + 1, start + _LONGEST)
        stop = space if space > start else start + _LONGEST
        found.append((start, stop))
        start = stop
    return [piece for piece in [*found, (start, sentence.end)] if text[piece[0] : piece[1]].strip()]


def _ends_sentence(text: str, stop: re.Match[str], paragraph: Stretch) -> bool:
    after = text[stop.end() : min(stop.end() + _LOOK, paragraph.end)].lstrip()
    first = max(paragraph.start, stop.start() - _LOOK)
    if not after or not (after[0].isupper() or after[0].isdigit() or after[0] in "\"“'‘([«–-•"):
        return not after
    if not stop[0].startswith(".") or stop[0].startswith("..."):
        return not (stop[0].startswith("...") and after[0].islower())
    before = re.search(r"[\w.]+$", text[first : stop.start()])
    word = before[0].lower() if before else ""
    following = re.match(r"[\w'’]+", after.lstrip("\"“'‘"))
    opener = following is not None and following[0].lower() in _OPENERS
    if word in _STREET_TYPES:
        street = re.search(r"\b[A-Z][\w'’]*\s+\w+$", text[first : stop.start()]) is not None
        return opener or after[0] in '"“' or street  # "Bowen St. Fireworks were", not "Cathedral of St. Paul"
    if word in _ABBREVIATIONS or re.fullmatch(rf"(?:[{UPPER.lower()}a-z]\.)*[a-z]", word):
        return word in {"p.m", "a.m"} and opener
    return True


def _quotes(text: str, paragraph: Stretch) -> list[Stretch]:
    """What stands between double quotation marks; one that is not closed goes on to the paragraph's end."""
    found: list[Stretch] = []
    at = paragraph.start
    while at < paragraph.end:
        closing = _PAIRS.get(text[at])
        if closing is None or (text[at] == '"' and text[at - 1 : at].isdigit() and at > paragraph.start):
            at += 1
            continue
        end = text.find(closing, at + 1, min(paragraph.end, at + _MOST_QUOTED))
        if end < 0 and closing == "”":
            end = text.find('"', at + 1, paragraph.end)
        stop = paragraph.end if end < 0 else end + 1
        found.append(Stretch(at, stop))
        at = stop
    return found or _single_quotes(text, paragraph)


_SINGLE = re.compile(r"(?<![\w])[‘'](?=[^\s'’])((?:[^'’\n]|(?<=\w)['’](?=\w))+?)['’](?!\w)")
_SPOKEN_LEAST = 25


def _single_quotes(text: str, paragraph: Stretch) -> list[Stretch]:
    """Speech between single marks, where a paragraph has no double ones; short ones are names or scare quotes."""
    found = _SINGLE.finditer(text, paragraph.start, paragraph.end)
    return [Stretch(one.start(), one.end()) for one in found if one.end() - one.start() >= _SPOKEN_LEAST]
