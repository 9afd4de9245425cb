"""How offices, the names of persons and the bodies that an office names are written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from clearway.intake.passages import Stretch
from clearway.intake.tables import rows, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


Sort = Literal["office", "private", "staff", "spokesperson", "group", "organisation", "document"]
ORGANISATIONS = (
    "association|associations|council|union|unions|federation|party|ministry|department|agency|authority|services?|trust|board|"
    "committee|commission|company|force|university|school|college|police|ambulance|network|alliance|coalition|society|institute|"
    "chamber|hospital|corporation|government|office|bureau|team|group|church|club|centre|rail|transport|water|health|army|navy|"
    "foundation|bureau|transit|festival|movement|collective|marae|guard|company|operator|operators|authorities|fund|commerce"
)
HONORIFICS = frozenset("dr sir dame mr mrs ms miss professor prof hon rev rt".split())
MODIFIERS = frozenset(
    "former deputy assistant acting chief vice senior police district area national regional union party council city fire ambulance "
    "operations operational incident prevention traffic transport medical executive general protest group school student students "
    "community local hospital project communications media top interim associate prime state federal county metropolitan "
    "opposition foreign health defence education finance justice transport group's security emergency services "
    "law enforcement first second duty watch control shift site event university".split()
)
STARTERS = frozenset(
    "the a an and but when while after before as in on at by for from with to of or so then if although though because since this "
    "that these those he she they it we i you his her their its our my who which what where why how not no yes also both each "
    "earlier later meanwhile however today yesterday tomorrow last another other some many most few several one two three police's "
    "asked speaking about despite during until according under over near there here said says told adding added".split()
)
CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october "
    "november december".split()
)
_MALE, _FEMALE = (
    frozenset({"mr", "sir", "spokesman", "chairman"}),
    frozenset({"mrs", "ms", "miss", "dame", "spokeswoman", "chairwoman"}),
)
OF_BODIES = frozenset(
    {"president", "chair", "chairperson", "chairman", "chairwoman", "secretary", "ceo", "executive", "director"}
)
_SHORT_RANKS = frozenset({"sgt", "insp", "supt", "const", "det", "lt", "capt", "col", "gen", "sen", "rep", "gov", "cllr"})
MOST_NAME = 3


@cache
def office_nouns() -> dict[str, str]:
    """The words for an office, each with the organisation that it speaks for; empty where the word leaves it open."""
    return {row["words"]: row["organisation"] for row in rows("offices")}


@cache
def role_nouns() -> dict[str, tuple[Sort, str]]:
    """The words for a role, each with what its holder appears as and the sex that the word gives."""
    return {word: (row["sort"], row["sex"]) for row in rows("actors") for word in row["words"].split()}  # type: ignore[misc]


@dataclass(frozen=True, slots=True)
class Word(Stretch):
    """A word of a sentence: as it stands, and in small letters without a possessive."""

    text: str
    plain: str

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()


def organisation_in(title: str) -> str | None:  # noqa: C901, PLR0911 - offices name whom they speak for in as many ways
    """The organisation that an office names: "Police Commissioner", "president of the Police Association", "Wellington mayor".

    >>> organisation_in("Police Commissioner"), organisation_in("Council of Trade Unions President")
    ('Police', 'Council of Trade Unions')
    >>> organisation_in("Wellington mayor"), organisation_in("Prime Minister")
    ('Wellington council', 'Government')
    """
    words = title.split()
    at = next((place for place, word in reversed(list(enumerate(words))) if word.lower() in office_nouns()), len(words) - 1)
    noun, before, after = words[at].lower(), words[:at], words[at + 1 :]
    default = office_nouns().get(noun, "")
    rest = [re.sub(r"['’]s$", "", word) for word in before if word.lower() not in _RANKS]
    while rest and not rest[0][0].isupper():
        rest.pop(0)
    while rest and rest[-1].lower() in MODIFIERS - {"police"} and rest[-1].lower() not in ORGANISATIONS.split("|"):
        rest.pop()
    stands = re.search(rf"(?i)\b(?:{ORGANISATIONS})$", " ".join(rest))
    if stands and len(rest) > 1:
        return " ".join(rest)
    if after and after[0].lower() in ("of", "for"):
        named = " ".join(word for word in after[1:] if word.lower() != "the")
        return f"{named} council" if default == "council" else default or named or None
    if default == "council":
        place = [word for word in before if word[0].isupper() and word.lower() not in MODIFIERS]
        return f"{' '.join(place)} council".strip() if place else "council"
    for plain, organisation in (("police", "Police"), ("fire", "Fire service"), ("ambulance", "Ambulance")):
        if plain in (word.lower() for word in before) and not re.search(
            rf"(?i)\b(?:{ORGANISATIONS})\b", " ".join(before).lower().replace(plain, "")
        ):
            return organisation
    if default:
        return default
    if stands:
        return " ".join(rest)
    if noun in OF_BODIES | {"founder", "co-founder", "leader", "co-leader", "convener", "convenor"} and len(rest) > 1:
        return " ".join(rest)
    if noun.startswith("spokes") and before and (before[-1].lower() in role_nouns() or before[-1][0].isupper()):
        return before[-1][0].upper() + before[-1][1:]
    return None


_RANKS = frozenset(
    {"interim", "deputy", "assistant", "acting", "former", "senior", "chief", "vice", "a", "an", "the", "general"}
)


def phrase_at(tokens: Sequence[Word], at: int) -> tuple[int, int]:
    """First and last token of an office's title around its noun."""
    first = at
    while first:
        before = tokens[first - 1]
        if (
            before.plain in MODIFIERS
            or before.plain in office_nouns()
            or (before.capital and before.plain not in STARTERS | CALENDAR)
        ):
            first -= 1
        elif before.plain in ("of", "for") and first > 1 and tokens[first - 2].capital and tokens[first].capital:
            first -= 2
        elif before.text == ")" and first > 3 and tokens[first - 3].text == "(":  # noqa: PLR2004 - (RPH)
            first -= 3
        else:
            break
    last = at
    while last + 1 < len(tokens) and tokens[last + 1].plain in office_nouns():
        last += 1
    if last + 2 < len(tokens) and tokens[last + 1].plain in ("of", "for"):
        end = last + 2
        while end < len(tokens) and tokens[end].plain == "the":
            end += 1
        stop = end
        while stop < len(tokens) and (
            (tokens[stop].capital and tokens[stop].plain not in HONORIFICS | CALENDAR)
            or (tokens[stop].plain in ("of", "and") and stop + 1 < len(tokens) and tokens[stop + 1].capital and stop > end)
        ):
            stop += 1
        if stop > end:
            last = stop - 1
    return first, last


def name_at(tokens: Sequence[Word], at: int) -> tuple[Word, ...]:
    """The name that begins at a token: two words with capitals or more, or one behind a rank."""
    if 0 < at < len(tokens) and tokens[at].text == "." and tokens[at - 1].plain in _SHORT_RANKS:
        at += 1  # Sgt. So-and-so
    run = at
    while (
        run < len(tokens) and tokens[run].capital and tokens[run].plain not in CALENDAR | STARTERS and run - at < MOST_NAME + 1
    ):
        run += 1
    name = tuple(tokens[at:run])
    plain = [token for token in name if token.plain not in HONORIFICS]
    if not plain or len(plain) > MOST_NAME or any(token.plain in office_nouns() for token in plain):
        return ()
    if re.search(rf"(?i)\b(?:{ORGANISATIONS})$", plain[-1].plain):
        return ()
    gaps = all(after.start - before.end <= 1 for before, after in pairwise(name))
    return name if gaps else ()


def phrase_name(tokens: Sequence[Word], at: int) -> tuple[Word, ...]:
    """The name behind a further office: "the district commander, Superintendent ..."."""
    while at < len(tokens) and (tokens[at].plain in office_nouns() or tokens[at].plain in MODIFIERS):
        at += 1
    return name_at(tokens, at)


def name_before(tokens: Sequence[Word], first: int) -> tuple[Word, ...]:
    """The name that an office is put beside: "NAME, the district commander"."""
    at = first - 1
    if at >= 0 and tokens[at].plain in ("the", "a", "an"):
        at -= 1
    if at < 1 or tokens[at].text != ",":
        return ()
    end = at
    while (
        at > 0
        and tokens[at - 1].capital
        and tokens[at - 1].plain not in (office_nouns().keys() | CALENDAR | STARTERS)
        and end - at < MOST_NAME
    ):
        at -= 1
    name = tuple(tokens[at:end])
    organised = any(re.fullmatch(rf"(?i)(?:{ORGANISATIONS})", token.plain) for token in name)
    return name if name and not organised else ()


def is_definite(tokens: Sequence[Word], first: int) -> bool:
    """Whether an article or a possessive stands before a word."""
    return first > 0 and tokens[first - 1].plain in ("the", "its", "their")


def is_person(name: Sequence[Word], tokens: Sequence[Word], at: int, run: int) -> bool:
    """Whether capitals are a person's name: speech, a comma and "who", or a role word stand beside them."""
    if any(
        re.fullmatch(rf"(?i)(?:{ORGANISATIONS})", token.plain) or not token.plain.replace("-", "").replace("'", "").isalpha()
        for token in name
    ):
        return False
    before = tokens[at - 1].plain if at else ""
    after = tokens[run].plain if run < len(tokens) else ""
    beyond = tokens[run + 1].plain if run + 1 < len(tokens) else ""
    speech = words_of("speech")
    role = role_nouns().get(before, ("", ""))[0] in ("private", "staff")
    tagged = before in speech - {"told", "tells", "tell"} and after in ("", ".", ",", "(")  # "...", said somebody.
    return role or tagged or after in speech or (after == "," and beyond in ("who", "whose"))


def plain_name(token: Word) -> str:
    """A name without a possessive."""
    return re.sub(r"['’]s$", "", token.text)


def without_article(title: str) -> str:
    """A title without its article and without what stands in brackets."""
    return re.sub(r"^(?:the|a|an|its|their)\s+", "", re.sub(r"\s*\(\s*\w+\s*\)", "", title), flags=re.IGNORECASE)


def as_office(title: str) -> str:
    """A title as it stands in an entry: it begins with a capital, former ones say so."""
    plain = " ".join(title.split())
    plain = re.sub(r"\bPM\b", "Prime Minister", plain)
    return plain[0].upper() + plain[1:]


def sex_of(words: Iterable[str]) -> str:
    """``m`` or ``f`` where words such as Mr, Dame or spokesman show it, else nothing."""
    distinct = set(words)
    return "m" if distinct & _MALE else "f" if distinct & _FEMALE else ""


def unled(name: str, start: int) -> tuple[str, int]:
    """An organisation's name without what only begins the sentence."""
    while (first := re.match(r"([\w’'-]+)\s+", name)) and first[1].lower() in STARTERS | CALENDAR:
        name, start = name[first.end() :], start + first.end()
    return (name, start) if " " in name or name.isupper() or name in ("Lawa", "Metlink") else ("", start)
