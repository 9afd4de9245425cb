"""Places of several words: a corner, a part or a side of a street, a house number, a distance, a point, by the grammar of places.

The names that a sentence holds are found first. Each stretch of words round one or several of them is then read by
:mod:`clearway.record.place_text`, so that a sentence gives the place that the same words give in the entry form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from pydantic import ValidationError

from clearway.errors import BadInput
from clearway.intake.passages import UPPER, Stretch
from clearway.record.place import Address, Along, Junction, NamedPlace, Point, Street
from clearway.record.place_text import read_place, street_alone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from clearway.record.place import Place

MOST_NAMES = 4
"""Of streets and places in one place: a corner of four."""

_BEFORE, _BEHIND = 7, 3
"""Words before the first name and behind the last that may belong to the place: "about 30 m up the", "Hill Street, even side"."""

_GAP = 40
_TOKEN = re.compile(r"\S+")
_WORD = re.compile(r"[^\s,]*[^\s,.;:!?]")
_STOPS = re.compile(r"[.;:!?]\s|[()]|\n")
_LIST = re.compile(r"\s*(?:,|,?\s+(?:and|or)\s+(?:the\s+)?|&)\s*", re.IGNORECASE)
_CORNER_BEFORE = re.compile(r"\b(?:corners?|cnr|intersections?|junctions?|crossroads|where|at)\b", re.IGNORECASE)
_A_CORNER = re.compile(r"\b(?:corner|cnr|intersection|junction|crossroads)\b", re.IGNORECASE)
_CORNER_BEHIND = re.compile(r"\s*(?:corner|intersection|junction|crossroads|roundabout)\b", re.IGNORECASE)
_CUE = re.compile(
    r"\d|/|\b(?:corners?|cnr|intersections?|junctions?|crossroads|where|meets?|crosses|joins|between|from|side|at|along|half|quarter)\b",
    re.IGNORECASE,
)
_SAID_OF_STREET = re.compile(
    r"^\s*,?\s*(?:(?:was|were|is|are|has\s+been|will\s+be|remains?)\s+(?:(?:still|now|again)\s+)?\w+|closed|shut|blocked|sealed|cordoned|open|re-?opened|clear)"
    r"(?:\s+(?:off|to\s+(?:all\s+)?traffic))?(?=\s+(?:between|from)\s)"
)
_MOVES = re.compile(
    r"\b(?:mov\w*|march\w*|push\w*|went|go(?:es|ing)?|came|com\w+|walk\w*|ran|drove|driv\w+|advanc\w*|head\w*|arriv\w*|travel\w*)\b"
)
_NAME = re.compile(rf"\b[{UPPER}][\w’'-]*(?:\s+[{UPPER}][\w’'-]*){{0,2}}")
_PARTICLE = re.compile(r"\b(?:de|den|der|del|du|des|la|le|von|van)\s$")
_DECIMALS = r"[-\u2212]?\d{1,3}\.\d{3,}"
_POINT = re.compile(rf"(?<![\d.])(?:geo:)?{_DECIMALS}\s?°?\s?[NS]?\s?[,;]\s?{_DECIMALS}(?:\s?°?\s?[EW]\b)?(?!\d)")
_NUMBER_IN_TIME = re.compile(r"[\d:.,/-]$")
_COUNTED = re.compile(
    r"(?<=\d)\s+(?!(?:is|was|and|at|on|in|near|by|after|where|has|with|to|for|since|before|from|while|until|till|but|or|closed|shut|open|evacuated|burned|burns|burning)\b)[a-z]"
)


@dataclass(frozen=True, slots=True)
class Named(Stretch):
    """A name in a sentence.

    Attributes:
        place: The street or the place that it means.
        is_sure: Whether it means one by itself: "Dixon" is only a street beside "Cuba Street".
    """

    place: Street | NamedPlace
    is_sure: bool = True

    @property
    def name(self) -> str:
        """By which the grammar reads it."""
        return self.place.street if isinstance(self.place, Street) else self.place.name


@dataclass(frozen=True, slots=True)
class Phrase(Stretch):
    """A place of several words.

    Attributes:
        place: Which.
    """

    place: Place


def points(text: str, start: int, end: int) -> Iterator[Phrase]:
    """Positions written as two decimal numbers, latitude first.

    >>> [phrase.place.at for phrase in points("Fence down at -41.2784, 174.7771 now", 0, 37)]
    [(174.7771, -41.2784)]
    """
    for found in _POINT.finditer(text, start, end):
        place = _read(found[0])
        if isinstance(place, Point):
            yield Phrase(found.start(), found.end(), place)


def unsure_names(text: str, start: int, end: int, whole: Callable[[str], str | None]) -> Iterator[Named]:
    """Words with a capital that may be short for a street, as "Dixon" is beside "Cuba Street".

    Args:
        text: The report.
        start: Where the sentence begins.
        end: Where it ends.
        whole: The street that a bare name means, or the name itself; None where it can mean none.
    """
    for found in _NAME.finditer(text, start, end):
        if _PARTICLE.search(text, max(start, found.start() - 5), found.start()):
            continue
        for word in _TOKEN.finditer(found[0]):  # "Cnr Cuba": from the first word that can begin a name
            if street := whole(found[0][word.start() :]):
                yield Named(found.start() + word.start(), found.end(), Street(street=street), is_sure=False)
                break


def phrases(text: str, start: int, end: int, names: Sequence[Named], taken: Sequence[Stretch] = ()) -> list[Phrase]:
    """The places of several words of a sentence, those of most names first; none meets another.

    Args:
        text: The report.
        start: Where the sentence begins.
        end: Where it ends.
        names: The names in it, in order.
        taken: What is something else, such as a time: no part of a place.
    """
    found: list[Phrase] = []
    for count in range(min(MOST_NAMES, len(names)), 0, -1):
        for at in range(len(names) - count + 1):
            run = names[at : at + count]
            if not any(one.meets(other) for one in run for other in found):
                found += [phrase] if (phrase := _phrase(text, start, end, run, taken)) else []
    return found


def _phrase(text: str, start: int, end: int, run: Sequence[Named], taken: Sequence[Stretch]) -> Phrase | None:
    """The fullest place that the words round some names say, and the fewest words that say it."""
    if any(not 0 < other.start - one.end <= _GAP or _STOPS.search(text[one.end : other.start]) for one, other in pairwise(run)):
        return None
    opening, close = _from(text, start, run[0]), _to(text, end, run[-1])
    if not _CUE.search(text, opening[-1], close[-1]):
        return None
    fullest: Phrase | None = None
    for first in reversed(opening):
        for last in reversed(close):
            if any(one.start < last and first < one.end for one in taken):
                continue
            place = _place(text, first, last, run)
            if place is not None and (fullest is None or place == fullest.place):
                fullest = Phrase(first, last, place)
    return fullest


def _from(text: str, start: int, name: Named) -> list[int]:
    """Where a place may begin, nearest first: at its first name or up to so many words before, in the same clause."""
    first = max([start, *(stop.end() for stop in _STOPS.finditer(text, start, name.start))])
    words = [one.start() for one in _TOKEN.finditer(text, first, name.start)]
    return [name.start, *reversed(words[-_BEFORE:])]


def _to(text: str, end: int, name: Named) -> list[int]:
    """Where it may end, nearest first."""
    stop = _STOPS.search(text, name.end, end)
    words = [one.end() for one in _WORD.finditer(text, name.end, stop.start() if stop else end)]
    return [name.end, *words[:_BEHIND]]


def _place(text: str, first: int, last: int, run: Sequence[Named]) -> Place | None:
    """The place that a stretch of words says, where it says one of these names and no others."""
    if _NUMBER_IN_TIME.search(text, max(first - 1, 0), first) or _is_only_listed(text, first, run):
        return None
    pieces, at = [], first
    for before, named in zip((None, *run), run, strict=False):
        gap = text[at : named.start]
        pieces += [_SAID_OF_STREET.sub("", gap) if before else gap, _written(named)]
        at = named.end
    words = " ".join("".join((*pieces, text[at:last])).split()).rstrip(" ,.;:!?")
    place = _read(words)
    if place is None or _names_of(place) != sorted(one.name for one in run) or getattr(place, "locality", None):
        return None
    if not (_is_full(text, place, run) and _is_certain(text, first, last, place, run)):
        return None
    is_count = isinstance(place, Address) and _COUNTED.match(text, last)  # "Kaivokatu 40 people"
    return None if is_count else place


def _is_only_listed(text: str, first: int, run: Sequence[Named]) -> bool:
    """Whether streets only stand in a row: "Hill Street and Bowen Street are shut" is no corner."""
    gaps = [text[one.end : other.start] for one, other in pairwise(run)]
    return (
        bool(gaps)
        and all(map(_LIST.fullmatch, gaps))
        and not (_CORNER_BEFORE.search(text, first, run[0].start) or _CORNER_BEHIND.match(text, run[-1].end))
    )


def _is_full(text: str, place: Place, run: Sequence[Named]) -> bool:
    """Whether it says more than the names do; of a street that people move along, where they come from is no part of it."""
    if isinstance(place, Street):
        one_end = len(place.between) == 1
        before = text[max(0, run[0].start - _GAP) : run[0].start]
        return bool(place.between or place.side) and not (one_end and _MOVES.search(before))
    return isinstance(place, Junction | Address | Along)


def _is_certain(text: str, first: int, last: int, place: Place, run: Sequence[Named]) -> bool:
    """Whether the words leave no doubt that names without the word street are meant as streets: at a corner, or by a distance."""
    if all(one.is_sure for one in run):
        return True
    if isinstance(place, Junction) and (_A_CORNER.search(text, first, last)):
        return True
    full = isinstance(place, Along) or (isinstance(place, Street) and len(place.between) > 1)
    typed = all(one.is_sure or street_alone(one.name) for one in run)
    return any(one.is_sure for one in run) and (full or (typed and isinstance(place, Junction)))


def _names_of(place: Place) -> list[str]:
    match place:
        case Street():
            return sorted((place.street, *place.between))
        case Junction():
            return sorted(place.streets)
        case Address():
            return [place.street]
        case Along():
            towards = place.towards if place.towards and place.towards[0].isupper() else None
            return sorted(filter(None, (place.street, place.start, towards)))
    return []


def _written(named: Named) -> str:
    """A name as the grammar takes it for a street."""
    is_marked = isinstance(named.place, Street) and not street_alone(named.name)
    return f"{named.name} (street)" if is_marked else named.name


@lru_cache(maxsize=20_000)
def _read(words: str) -> Place | None:
    try:
        return read_place(words) if words else None
    except (BadInput, ValidationError):
        return None
