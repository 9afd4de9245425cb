"""Places in a text: streets and named places, by the network's own names first, by how they are written where it has none.

Usual short forms (St, Tce, Rd) are read, a name that is spelled a little wrong is taken for the one that the network has, and
"Hill, Bunny and Mulgrave streets" are three. :mod:`clearway.intake.place_phrases` puts them together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import numpy as np

from clearway.intake.passages import UPPER, Stretch
from clearway.intake.place_phrases import Named, phrases, points, unsure_names
from clearway.intake.tables import words_of
from clearway.picture.spelling import spelled_alike
from clearway.planning.street_expressions import plain_name
from clearway.planning.street_names import shown_name
from clearway.planning.streets_by_name import folded
from clearway.record.place import Area, NamedPlace, Place, Point, Street
from clearway.record.place_text import street_alone
from clearway.record.street_words import TYPES_IN_FRONT, written_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from clearway.intake.passages import Passages, Sentence
    from clearway.intake.place_phrases import Phrase
    from clearway.network.model import Network

How = Literal["network", "record", "spelling", "pattern"]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*\.?")
_CAPITAL = rf"[{UPPER}][\w’'-]*"
_TYPES = "|".join(sorted(words_of("place_types", sort="street"), key=len, reverse=True))
_NAMED_TYPES = "|".join(sorted(words_of("place_types", sort="named"), key=len, reverse=True))
_INSTITUTIONS = "|".join(sorted(words_of("place_types", sort="institution"), key=len, reverse=True))
_NO_NAMES = frozenset(
    "the a an on in at from to of near around outside along and between off into via police protesters officers about when while "
    "after before as but by with this that those these both some many state all other new each every our their its his her "
    "monday tuesday wednesday thursday friday saturday sunday".split()
)
_STREET = re.compile(
    rf"\b((?:(?:{_CAPITAL}|\d+(?:st|nd|rd|th))\s+){{1,3}}(?i:{_TYPES}))\b\.?(?!['’]s\b)|\b((?:State\s+Highway|SH|Highway|Route|Interstate|[MA](?=\d))\s?\d{{1,3}})\b"
)
_TYPE_FIRST = re.compile(
    rf"\b(?:{'|'.join(word.capitalize() for word in sorted(TYPES_IN_FRONT))}|rue|rua|calle|quai)"
    rf"(?:\s+(?:(?:de|del|della|di|da|do|dos|du|des|la|las|le|les|los)\s+|[dl]['’])*{_CAPITAL}){{1,3}}"
)
_ONE_WORD = re.compile(
    rf"\b{_CAPITAL}(?:stra(?:ß|ss)e|gasse|platz|allee|weg|ufer|straat|laan|gracht|gatan|gata|vägen|gade|katu|intie|aukio|tori|ranta)\b(?!['’])"
)
_CAPITAL_BEFORE = re.compile(rf"\b{_CAPITAL}\s+$")
_STREETS = re.compile(
    rf"\b((?:{_CAPITAL}(?:\s{_CAPITAL})?,\s+)*{_CAPITAL}(?:\s{_CAPITAL})?,?\s+(?:and|&)\s+{_CAPITAL})\s+(streets|roads|avenues|sts|Streets|Roads|Avenues|Sts|quays)\b"
)
_NAMED = re.compile(rf"\b((?:{_CAPITAL}\s+(?:of\s+)?){{1,4}}(?i:{_NAMED_TYPES}))\b")
_AT_INSTITUTION = re.compile(
    rf"\b(?:at|near|outside|around|opposite|beside|inside)\s+(?:the\s+)?((?:{_CAPITAL}\s+(?:of\s+)?){{1,4}}(?i:{_INSTITUTIONS})(?:\s+of\s+{_CAPITAL})?)\b"
)
_LOCALITY = re.compile(rf"\s*,?\s+in\s+({_CAPITAL}(?:\s+{_CAPITAL})?)|,\s+({_CAPITAL}(?:\s+{_CAPITAL})?)(?=[,.;]|$)")
_SINGULAR = {"streets": "Street", "sts": "Street", "roads": "Road", "avenues": "Avenue", "quays": "Quay"}
_LANDMARK = re.compile(
    r"\b(?:[Aa]t|[Nn]ear|[Oo]utside|[Aa]round|[Oo]f|[Tt]o|[Ff]rom|[Ii]n|[Ii]nto|[Oo]n|[Tt]owards|[Oo]pposite|[Bb]eside|[Ii]nside)\s+(?:the\s+)?((?i:"
    + "|".join(sorted(words_of("place_types", sort="landmark")))
    + r")(?<=[a-z])(?:\s+(?:grounds|lawns?|forecourt|precinct|steps|[Hh]ill|[Bb]uildings?))?)\b"
)
_LOCATIVE = re.compile(r"\b(?:in|at|to|from|near|outside|around|of|through|towards)\s+$", re.IGNORECASE)
_NOUNS = frozenset(map(plain_name, words_of("place_types", sort="named") | words_of("place_types", sort="institution")))
_NUMBERED = re.compile(r"\b((?:Shed|Pier|Gate|Wharf|Platform|Berth|Terminal|Checkpoint|Post)\s\d{1,3}[A-Z]?)\b")
_MONTHS = frozenset("january february march april may june july august september october november december".split())
_NO_STREETS = frozenset(
    "corner cnr intersection junction crossroads where fire crowd trucks cars barrier barriers blocks fence crash".split()
)
_PEOPLE_OF = re.compile(r"(?:Residents|People|Students|Pupils|Owners|Staff|Friends|Users|Members)\s+of\s+(?:the\s+)?")
_MOST_WORDS = 7
_LEAST_LETTERS = 4


@dataclass(frozen=True, slots=True)
class PlaceMention(Stretch):
    """A place in a text.

    Attributes:
        place: As an entry holds it.
        how: Where its name was found: in the network, in the record, in the network but spelled otherwise, or by how it is written.
    """

    place: Place
    how: How


class PlaceNames:
    """The names that texts are searched for. Built once for a network; safe for several threads.

    Args:
        network: Its streets and places; None where there is none.
        known: Places that the operation's record knows by name.
    """

    def __init__(self, network: Network | None = None, known: Mapping[str, NamedPlace] | None = None) -> None:
        self._streets: dict[tuple[str, ...], str] = {}
        self._named: dict[tuple[str, ...], tuple[NamedPlace, How]] = {}
        self._suburbs: dict[tuple[str, ...], NamedPlace] = {}
        if network is not None:
            used = np.unique(network.way_name[network.way_name >= 0])
            names = sorted({name for index in used.tolist() if (name := shown_name(network.string(index)))})
            self._streets = {key: _written_out(name) for name in names if (key := _key(name)) and _is_street(name, key)}
            places = sorted({name for index in network.place_name.tolist() if (name := network.string(index))})
            self._add([(name, NamedPlace(name=name), "network") for name in places])
        self._add([(name, place, "record") for name, place in sorted((known or {}).items())])
        self._first = {key[0] for key in (*self._streets, *self._named, *self._suburbs) if key}
        self._by_type: dict[str, list[tuple[str, ...]]] = {}
        self._by_bare: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        for key in self._streets:
            self._by_type.setdefault(key[-1], []).append(key)
            self._by_bare.setdefault(key[:-1], []).append(key)

    def street(self, written: str) -> tuple[str, How] | None:
        """The street that a text means, None where the network has none like it."""
        key = _key(written)
        if key in self._streets:
            return self._streets[key], "network"
        alike = [other for other in self._by_type.get(key[-1], ()) if spelled_alike(" ".join(other), " ".join(key))]
        return (self._streets[alike[0]], "spelling") if len(alike) == 1 else None

    def mentions(self, passages: Passages, sentence: Sentence, taken: Sequence[Stretch] = ()) -> list[PlaceMention]:
        """The places of a sentence in order; a junction is one place.

        Args:
            passages: The report.
            sentence: Which of its sentences.
            taken: Its times: a clock time before a street is no house number.
        """
        text = passages.text
        found = [
            *self._listed(text, sentence),
            *self._in_dictionary(text, sentence),
            *self._written(text, sentence),
        ]
        chosen: list[PlaceMention] = []
        for mention in found:
            if not any(mention.meets(other) for other in chosen):
                chosen.append(mention)
        return self._whole(text, sentence, sorted(chosen, key=lambda one: one.start), taken)

    def _whole(
        self, text: str, sentence: Sentence, found: Sequence[PlaceMention], taken: Sequence[Stretch]
    ) -> list[PlaceMention]:
        """Names put together to the places that the words round them say, and positions in numbers."""
        start, end = sentence.start, sentence.end
        sure = [Named(one.start, one.end, one.place) for one in found if isinstance(one.place, Street | NamedPlace)]
        unsure = [
            one for one in unsure_names(text, start, end, self._bare) if not any(one.meets(other) for other in (*found, *taken))
        ]
        names = sorted((*sure, *unsure), key=lambda one: one.start)
        whole = [*points(text, start, end), *phrases(text, start, end, names, taken)]
        joined = [self._mention(phrase, found) for phrase in whole]
        alone = [one for one in found if not any(one.meets(other) for other in joined)]
        return sorted((*alone, *joined), key=lambda one: one.start)

    @staticmethod
    def _mention(phrase: Phrase, found: Sequence[PlaceMention]) -> PlaceMention:
        """A place of several words, found as its first name was, in the suburb that stands behind one of its streets."""
        inner = [one for one in found if one.meets(phrase)]
        locality = next((one.place.locality for one in inner if isinstance(one.place, Street) and one.place.locality), None)
        place = phrase.place
        if locality and not isinstance(place, Point | NamedPlace | Area):
            place = place.model_copy(update={"locality": locality})
        return PlaceMention(phrase.start, phrase.end, place, inner[0].how if inner else "pattern")

    def _bare(self, name: str) -> str | None:
        """The one street of the network that a name without its type means, else the name; None where it is no name."""
        if name.split(maxsplit=1)[0].lower() in _NO_NAMES | _MONTHS | _NO_STREETS:
            return None
        whole = self._by_bare.get(_key(name), [])
        return self._streets[whole[0]] if len(whole) == 1 else name

    def _add(self, places: Sequence[tuple[str, NamedPlace, How]]) -> None:
        """Names of places, and the shorter ones by which people call them where those mean one place alone."""
        short: dict[tuple[str, ...], set[str]] = {}
        meant: dict[tuple[str, ...], tuple[NamedPlace, How]] = {}
        for name, place, how in places:
            suburb, dash, _ = name.partition(" - ")
            if dash:  # "Karori - Karori Community Centre": a place that stands for its suburb
                self._suburbs.setdefault(_key(suburb), NamedPlace(name=suburb))
                continue
            for part in {re.sub(r"\s*\(.*?\)", "", name).strip(), *re.split(r"\s+/\s+", name)}:
                key = _key(part)
                self._named.setdefault(key, (place, how))
                for one in _shorter(key):
                    short.setdefault(one, set()).add(name)
                    meant.setdefault(one, (place, how))
        for key, names in short.items():
            named = len(key) > 1 or (len(key[0]) > _LEAST_LETTERS and key[0] not in _GENERIC)
            if len(names) == 1 and named and key not in self._streets and not set(key) <= _NO_NAMES:
                self._named.setdefault(key, meant[key])

    def _in_dictionary(self, text: str, sentence: Sentence) -> Iterable[PlaceMention]:
        words = list(_WORD.finditer(text, sentence.start, sentence.end))
        keys = [_folded_word(word[0]) for word in words]
        at = 0
        while at < len(words):
            longest = min(_MOST_WORDS, len(words) - at) if keys[at] in self._first else 0
            for length in range(longest, 0, -1):
                key, first = tuple(keys[at : at + length]), words[at]
                end = words[at + length - 1].end()
                if text[end - 1] == "." and length > 0:
                    end -= 1
                here = text[first.start() : end]
                if "," in here or "\n" in here:
                    continue
                if key in self._streets and here[0].isupper() | here.split()[-1][0].isupper():
                    yield PlaceMention(
                        first.start(), end, self._with_locality(self._streets[key], text, end, sentence), "network"
                    )
                elif (
                    key in self._suburbs
                    and here[0].isupper()
                    and _LOCATIVE.search(text, max(0, first.start() - 12), first.start())
                ):
                    yield PlaceMention(first.start(), end, self._suburbs[key], "network")
                elif key in self._named and _is_name(text, here, first.start(), length):
                    place, how = self._named[key]
                    yield PlaceMention(first.start(), end, place, how)
                else:
                    continue
                at += length - 1
                break
            at += 1

    def _with_locality(self, name: str, text: str, end: int, sentence: Sentence) -> Street:
        """A street with the suburb or town that stands behind it: of two streets of one name that one is meant."""
        named = _LOCALITY.match(text, end, sentence.end)
        locality = (named[1] or named[2]) if named else None
        known = locality is not None and (_key(locality) in self._suburbs or (named is not None and named[1] is not None))
        usable = known and locality is not None and locality.split()[0].lower() not in _NO_NAMES | _MONTHS
        return Street(street=name, locality=locality if usable else None)

    def _listed(self, text: str, sentence: Sentence) -> Iterable[PlaceMention]:
        for listed in _STREETS.finditer(text, sentence.start, sentence.end):
            kind = _SINGULAR[listed[2].lower()]
            for name in re.finditer(rf"{_CAPITAL}(?:\s{_CAPITAL})?", listed[1]):
                if name[0].lower() in _NO_NAMES:
                    continue
                found = self.street(f"{name[0]} {kind}")
                where = listed.start(1) + name.start()
                street = Street(street=found[0] if found else f"{name[0]} {kind}")
                yield PlaceMention(where, where + len(name[0]), street, found[1] if found else "pattern")

    def _written(self, text: str, sentence: Sentence) -> Iterable[PlaceMention]:
        for one in _STREET.finditer(text, sentence.start, sentence.end):
            written, start = _without_small(one[0], one.start())
            kind = written.rstrip(".").rsplit(maxsplit=1)
            if len(kind) < 2 or (kind[-1].islower() and kind[-1] not in ("street", "road", "avenue", "terrace", "highway")):  # noqa: PLR2004
                continue
            written = written.rstrip(".")
            found, end = self.street(written), start + len(written)
            if found is None and kind[-1] in ("St", "Dr") and re.match(rf"\.?\s+{_CAPITAL}", text[end : sentence.end]):
                continue  # the Cathedral of St Paul, Dr somebody
            name, how = found or (_written_out(written), "pattern")
            yield PlaceMention(start, end, self._with_locality(name, text, end, sentence), how)
        for one in (
            *_TYPE_FIRST.finditer(text, sentence.start, sentence.end),
            *_ONE_WORD.finditer(text, sentence.start, sentence.end),
        ):
            if street_alone(one[0]) and not _CAPITAL_BEFORE.search(text, max(sentence.start, one.start() - 30), one.start()):
                yield PlaceMention(one.start(), one.end(), Street(street=one[0]), "pattern")
        for one in _LANDMARK.finditer(text, sentence.start, sentence.end):
            yield PlaceMention(one.start(1), one.end(1), NamedPlace(name=one[1]), "pattern")
        for pattern in (_NUMBERED, _NAMED, _AT_INSTITUTION):
            for one in pattern.finditer(text, sentence.start, sentence.end):
                written, start = _without_small(*_without_people(one[1], one.start(1)))
                if " " in written:
                    yield PlaceMention(start, start + len(written), NamedPlace(name=written), "pattern")


_GENERIC = frozenset(
    "school station college street university house entrance campus platform hospital centre center north south east west hall "
    "court building community primary central regional stop government wellington thorndon victoria queen cathedral girls law "
    "fire free mount park sacred heart grounds roads near".split()
)


def _key(name: str) -> tuple[str, ...]:
    return tuple(plain_name(folded(name)).replace("'", "").replace("’", "").split())


@lru_cache(maxsize=50_000)
def _folded_word(word: str) -> str:
    plain = folded(re.sub(r"['’]s?$", "", word.rstrip("."))).replace("'", "").replace("’", "")
    return plain_name(plain)


def _is_name(text: str, here: str, start: int, length: int) -> bool:
    """Whether words that a place is called by are meant as its name: written with a capital, or after "the"."""
    if any(part[0].isupper() for part in here.split()):
        return length > 1 or here[0].isupper()
    return length > 1 and re.search(r"\bthe\s+$", text[max(0, start - 6) : start], re.IGNORECASE) is not None


def _without_people(written: str, start: int) -> tuple[str, int]:
    """A place without those who live there: residents of a mall live at the mall."""
    first = _PEOPLE_OF.match(written)
    return (written[first.end() :], start + first.end()) if first else (written, start)


def _without_small(written: str, start: int) -> tuple[str, int]:
    """A name without the words before it that begin a sentence with a capital."""
    while (first := re.match(r"([\w’'-]+)\s+", written)) and first[1].lower() in _NO_NAMES | _MONTHS:
        written, start = written[first.end() :], start + first.end()
    return written, start


def _shorter(key: tuple[str, ...]) -> list[tuple[str, ...]]:
    """By what shorter names a place goes: its last words; its first ones where they end in what it is, as Supreme Court does."""
    ends = [key[at:] for at in range(1, len(key))]
    starts = [key[:at] for at in range(1, len(key)) if (at > 1 and key[at - 1] in _NOUNS) or key[at:] == ("grounds",)]
    return [one for one in (*ends, *starts) if one not in ends or one[-1] in _NOUNS]


def _is_street(name: str, key: tuple[str, ...]) -> bool:
    """Whether a street of the network is looked for by its name: of a single word only where that says that it is one."""
    named = len(key) > 1 or street_alone(name) is not None
    return named and not re.search(r"[#/]|-", name) and key[-1] not in words_of("place_types", sort="institution")


def _written_out(name: str) -> str:
    """A street's name with its type in full.

    >>> _written_out("Bowen St"), _written_out("bowen street"), _written_out("Lambton Quay")
    ('Bowen Street', 'bowen Street', 'Lambton Quay')
    """
    first, _, kind = written_out(name).rpartition(" ")
    return f"{first} {kind.capitalize() if kind.islower() else kind}".strip()
