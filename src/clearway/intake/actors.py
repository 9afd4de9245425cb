"""Who appears in a report: persons by office and name, roles, organisations and groups; surnames and "the Commissioner" are tied back.

People who speak in an office are named. Anybody else is a role ("a protester", "a witness"): groups, never profiles of
persons.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from clearway.intake.passages import UPPER, Stretch
from clearway.intake.tables import rows, words_of
from clearway.picture.spelling import spelled_alike

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clearway.intake.passages import Passages, Sentence

Sort = Literal["office", "private", "staff", "spokesperson", "group", "organisation", "document"]

_CAPITAL = rf"[{UPPER}][\w]*(?:[’'-][{UPPER}]?\w+)*"
_WORD = re.compile(rf"{_CAPITAL}(?:\.(?=\w))?|[^\W_]+(?:[’'-][^\W_]+)*|,|\(|\)|[^\w\s]")
_ORGANISATIONS = (
    "association|associations|council|union|unions|federation|party|ministry|department|agency|authority|services?|trust|board|"
    "committee|commission|company|force|university|school|college|police|ambulance|network|alliance|coalition|society|institute|"
    "chamber|hospital|corporation|government|office|bureau|team|group|church|club|centre|rail|transport|water|health|army|navy|"
    "foundation|bureau|transit|festival|movement|collective|marae|guard|company|operator|operators|authorities|fund|commerce"
)
_ORGANISATION = re.compile(
    rf"\b(?:(?:{_CAPITAL})(?:['’](?=\s))?\s+(?:(?:of|for|and|&)\s+(?:the\s+)?(?={_CAPITAL}))?){{1,7}}(?i:{_ORGANISATIONS})\b(?:\s+(?:of|for)\s+(?:the\s+)?{_CAPITAL}(?:\s+{_CAPITAL}){{0,4}})?"
)
_ALIAS = re.compile(rf"({_CAPITAL}(?:['’]?\s+(?:(?:of|for|and|the)\s+)?{_CAPITAL}['’]?){{1,8}})\s+\(([{UPPER}][\w]{{1,9}})\)")
_ACRONYM = re.compile(rf"\b[{UPPER}]{{3,8}}\b|\b(?:Lawa|Metlink|Unicef)\b")
_HONORIFICS = frozenset("dr sir dame mr mrs ms miss professor prof hon rev rt".split())
_MODIFIERS = frozenset(
    "former deputy assistant acting chief vice senior police district area national regional union party council city fire ambulance "
    "operations operational incident prevention traffic transport medical executive general protest group school student students "
    "community local hospital project communications media top interim associate prime state federal county metropolitan "
    "opposition foreign health defence education finance justice transport group's security emergency services "
    "law enforcement first second duty watch control shift site event university".split()
)
_STARTERS = frozenset(
    "the a an and but when while after before as in on at by for from with to of or so then if although though because since this "
    "that these those he she they it we i you his her their its our my who which what where why how not no yes also both each "
    "earlier later meanwhile however today yesterday tomorrow last another other some many most few several one two three police's "
    "asked speaking about despite during until according under over near there here said says told adding added".split()
)
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october "
    "november december".split()
)
_MALE, _FEMALE = (
    frozenset({"mr", "sir", "spokesman", "chairman"}),
    frozenset({"mrs", "ms", "miss", "dame", "spokeswoman", "chairwoman"}),
)
_PLACE_LIKE = re.compile(r"(?i)\b(?:stadium|court|hospital|school|party|group|team|station)$")
_OF_BODIES = frozenset(
    {"president", "chair", "chairperson", "chairman", "chairwoman", "secretary", "ceo", "executive", "director"}
)
_NEARBY = 600
_MOST_MASKED = 300
_MOST_KNOWN = 400
_ALONE = frozenset({"mayor", "premier", "governor", "commissioner", "sheriff", "superintendent", "ombudsman"})
_ANAPHORIC = frozenset({"the", "this", "that"})
_THEIRS = frozenset({"its", "their", "his", "her"})
_SHORT_RANKS = frozenset({"sgt", "insp", "supt", "const", "det", "lt", "capt", "col", "gen", "sen", "rep", "gov", "cllr"})
_MOST_NAME = 3


@dataclass(slots=True)
class Actor:
    """Somebody who appears in a report.

    Attributes:
        sort: What they appear as.
        office: Their office or role, as it would stand in an entry.
        organisation: For whom they speak, as the report calls it.
        name: Of somebody in an office, as the report spells it first.
        names: Every word that is a name of theirs, for mentions by surname; also of persons who are not named in entries.
        spellings: Other spellings of the name that the report uses.
        sex: ``m`` or ``f`` once the report has shown it.
        nouns: The words for their office or role, by which later mentions find them.
    """

    sort: Sort
    office: str | None = None
    organisation: str | None = None
    name: str | None = None
    names: tuple[str, ...] = ()
    spellings: set[str] = field(default_factory=set)
    sex: str = ""
    nouns: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ActorMention(Stretch):
    """Where somebody appears.

    Attributes:
        actor: Who.
        how: By ``name``, ``surname``, ``role``, ``organisation`` or ``pronoun``.
    """

    actor: Actor
    how: str


@cache
def _office_nouns() -> dict[str, str]:
    return {row["words"]: row["organisation"] for row in rows("offices")}


@cache
def _role_nouns() -> dict[str, tuple[Sort, str]]:
    return {word: (row["sort"], row["sex"]) for row in rows("actors") for word in row["words"].split()}  # type: ignore[misc]


@dataclass(frozen=True, slots=True)
class _Word(Stretch):
    text: str
    plain: str

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


class Cast:
    """Everybody who appears in a report, in the order of the text.

    Args:
        passages: The text.
    """

    def __init__(self, passages: Passages) -> None:
        self.actors: list[Actor] = []
        self._text = passages.text
        self._mentions: list[list[ActorMention]] = []
        self._aliases: dict[str, Actor] = {}
        self._by_phrase: dict[str, Actor] = {}
        for sentence in passages.sentences:
            mentions = self._read(passages.unquoted(sentence), sentence)
            self._mentions.append(mentions)
        self._find_organisations()

    def mentions(self, sentence: Sentence) -> list[ActorMention]:
        """Who is mentioned in a sentence outside of quotations, in order; pronouns are not tied to anybody here."""
        return self._mentions[sentence.number]

    def first_organisation(self, sentences: int) -> Actor | None:
        """The organisation that is named first in the head of a report: whose press release it is."""
        named = (one.actor for found in self._mentions[:sentences] for one in found)
        return next((actor for actor in named if actor.sort == "organisation"), None)

    def private_names(self) -> list[tuple[str, str]]:
        """Names that entries do not hold, longest first, each with the role to write instead."""
        named = [(actor, " ".join(actor.names)) for actor in self.actors if actor.sort == "private" and actor.names]
        whole = [(name, actor.office or "a person") for actor, name in named]
        others = {part for actor in self.actors if actor.name for part in actor.names}
        parts = [(part, actor.office or "a person") for actor, _ in named for part in actor.names if part not in others]
        return sorted(whole + parts, key=lambda pair: -len(pair[0]))[:_MOST_MASKED]

    def unnamed(self, title: str, sort: Sort | None = None) -> Actor:
        """Somebody who is only described, as the words before a verb of saying do: an office where they hold one."""
        known = self._by_phrase.get(title.lower())
        if known is not None:
            return known
        if sort is not None:
            return self._by_phrase.setdefault(title.lower(), self._organisation(title))
        head = re.split(r"\s+(?:in|of|for|at|on|from|with|who|near|to|by)\s+", title, maxsplit=1)[0].lower().split()[-1]
        if re.fullmatch(_ORGANISATIONS, head):
            return self._organisation(title)
        if head in _office_nouns():
            actor = Actor("office", _as_office(title), organisation_in(title), nouns=frozenset({head}))
        else:
            kind, sex = _role_nouns().get(head, ("group" if head.endswith("s") else "private", ""))
            actor = Actor(kind, title.lower(), None, sex=sex, nouns=frozenset({head}))
        self.actors.append(actor)
        self._by_phrase[title.lower()] = actor
        return actor

    def _read(self, words: str, sentence: Sentence) -> list[ActorMention]:
        tokens = [
            _Word(
                sentence.start + one.start(),
                sentence.start + one.end(),
                one[0],
                one[0].lower().replace("’", "'").removesuffix("'s"),
            )
            for one in _WORD.finditer(words)
        ]
        found: list[ActorMention] = []
        self._define_aliases(words)
        for at, token in enumerate(tokens):
            if token.plain in _office_nouns() and not any(mention.holds(token.start) for mention in found):
                mention = self._office(tokens, at, found)
                if mention is not None:
                    found.append(mention)
        found += self._names(tokens, found, words, sentence)
        found += self._organisations(words, sentence, found)
        found += self._roles(tokens, found, words, sentence)
        whole = [
            one
            for one in found
            if not any(one is not other and other.start <= one.start and one.end <= other.end for other in found)
        ]
        return sorted(whole, key=lambda one: one.start)

    def _find_organisations(self) -> None:
        """For whom somebody speaks whose office does not say it: the organisation that was named shortly before."""
        named: list[ActorMention] = []
        for mention in (one for sentence in self._mentions for one in sentence):
            actor = mention.actor
            if actor.sort in ("office", "spokesperson") and actor.organisation is None:
                near = [one for one in named if mention.start - one.end < _NEARBY and not str(one.actor.organisation).isupper()]
                if actor.sort == "office" and any(noun.startswith("spokes") for noun in actor.nouns):
                    near = [one for one in near if one.actor.sort == "organisation"]
                if actor.nouns & _OF_BODIES:
                    near = [one for one in near if one.actor.sort == "organisation"] or near
                actor.organisation = near[-1].actor.organisation if near else None
            elif actor.sort in ("organisation", "group") and actor.organisation and not _PLACE_LIKE.search(actor.organisation):
                named.append(mention)

    # -- offices ------------------------------------------------------------------------------------------------------

    def _office(self, tokens: Sequence[_Word], at: int, found: Sequence[ActorMention]) -> ActorMention | None:  # noqa: PLR0911 - one way out for each way to name an office
        """The holder of an office named at a token: with a name behind or before it, or "the Commissioner" alone."""
        first, last = _phrase(tokens, at)
        name = _name_at(tokens, last + 1)
        title = " ".join(token.text for token in tokens[first : last + 1])
        start, end = tokens[first].start, tokens[last].end
        if not name and last + 1 < len(tokens) and tokens[last + 1].text == ",":
            name = _name_at(tokens, last + 2) if _is_definite(tokens, first) else ()
            beside = _phrase_name(tokens, last + 2) if not name else ()
            name = name or beside
        if name:
            return self._person(title, name, Stretch(start, name[-1].end))
        if first >= 1 and (before := _name_before(tokens, first)):
            known = next((mention for mention in found if mention.end == before[-1].end), None)
            actor = known.actor if known else self._named(before)
            if actor is not None:
                self._give_office(actor, title)
                return ActorMention(start, end, actor, "name") if known else ActorMention(before[0].start, end, actor, "name")
            if len(before) == 1:
                return None
            return self._person(title, before, Stretch(before[0].start, end))
        if "spokes" in tokens[at].plain or tokens[at].plain in _role_nouns():
            return None  # roles: "a spokesman", "an officer", "an organiser"
        held = [one for one in self.actors if one.sort == "office" and tokens[at].plain in one.nouns]
        definite = tokens[at].capital or (first and tokens[first - 1].plain in _ANAPHORIC)
        if not definite:
            return None
        asked = set(title.lower().split()) - _ANAPHORIC
        fitting = [one for one in held if asked <= _office_words(one)]
        least = min((len(_office_words(one)) for one in fitting), default=0)
        fitting = [one for one in fitting if len(_office_words(one)) == least] or fitting
        if not held and not tokens[at].capital and len(asked) < 2 and tokens[at].plain not in _ALONE:  # noqa: PLR2004 - "the leader" of nobody
            return None
        actor = fitting[-1] if fitting else self._new_office(title, ())
        return ActorMention(start, end, actor, "role")

    def _person(self, title: str, name: Sequence[_Word], where: Stretch) -> ActorMention | None:
        actor = self._named(name)
        noun = title.lower().split()[-1]
        nameless = [
            one
            for one in self.actors
            if one.sort == "office" and not one.names and one.office == _as_office(_without_article(title))
        ]
        if actor is None and nameless:
            actor = nameless[-1]
            actor.names = tuple(_plain_name(token) for token in name if token.plain not in _HONORIFICS)
            actor.name = " ".join(actor.names)
        elif actor is None:
            actor = self._new_office(title, tuple(_plain_name(token) for token in name if token.plain not in _HONORIFICS))
        else:
            self._give_office(actor, title)
        actor.sex = actor.sex or _sex({noun, *(token.plain for token in name)})
        return ActorMention(where.start, where.end, actor, "name")

    def _new_office(self, title: str, names: tuple[str, ...]) -> Actor:
        plain = _without_article(title)
        nouns = frozenset(word for word in re.split(r"[\s-]+", plain.lower()) if word in _office_nouns())
        actor = Actor("office", _as_office(plain), organisation_in(plain), " ".join(names) or None, names, nouns=nouns)
        if "minister" in nouns and "prime" in plain.lower():
            actor.nouns |= {"pm"}
        self.actors.append(actor)
        return actor

    def _give_office(self, actor: Actor, title: str) -> None:
        """A further office of somebody; a post says more than a rank."""
        plain = _without_article(title)
        nouns = frozenset(word for word in plain.lower().split() if word in _office_nouns())
        actor.nouns |= nouns
        if "prime minister" in plain.lower():
            actor.nouns |= {"pm"}
        post, organisation = _as_office(plain), organisation_in(plain)
        if (
            actor.sort == "private"
            or actor.office is None
            or (len(post.split()) > len(actor.office.split()) and "former" not in post.lower())
        ):
            actor.sort, actor.office = "office", post
            actor.name = " ".join(actor.names) or None
        actor.organisation = actor.organisation or organisation

    # -- names --------------------------------------------------------------------------------------------------------

    def _named(self, name: Sequence[_Word]) -> Actor | None:
        """The actor of that name; spelled two ways they are one."""
        wanted = tuple(_plain_name(token) for token in name if token.plain not in _HONORIFICS)
        for actor in reversed(self.actors[-_MOST_KNOWN:]):
            if not actor.names:
                continue
            if actor.names[-1] == wanted[-1] and (len(wanted) == 1 or actor.names[0] == wanted[0]):
                return actor
            whole, other = " ".join(actor.names), " ".join(wanted)
            if len(wanted) > 1 and spelled_alike(whole, other):
                actor.spellings.add(other)
                return actor
        return None

    def _names(
        self, tokens: Sequence[_Word], found: Sequence[ActorMention], words: str, sentence: Sentence
    ) -> list[ActorMention]:
        """Names without an office: known ones, surnames, and persons who hold none."""
        fresh: list[ActorMention] = []
        at = 0
        while at < len(tokens):
            token = tokens[at]
            taken = any(mention.holds(token.start) for mention in (*found, *fresh))
            if taken or not token.capital or token.plain in _STARTERS | _CALENDAR:
                at += 1
                continue
            run = at
            while run < len(tokens) and tokens[run].capital and tokens[run].plain not in _CALENDAR and run - at < _MOST_NAME:
                run += 1
            name = [token for token in tokens[at:run] if token.plain not in _HONORIFICS]
            actor = self._named(name) if len(name) > 1 else None
            if actor is not None:
                fresh.append(ActorMention(token.start, tokens[run - 1].end, actor, "name"))
                at = run
                continue
            single = self._by_surname(token) if run - at <= 2 or at == 0 else None  # noqa: PLR2004
            if single is not None:
                fresh.append(ActorMention(token.start, token.end, single, "surname"))
            elif len(name) > 1 and _is_person(name, tokens, at, run):
                fresh.append(self._private(name, tokens, at))
                at = run
                continue
            at = at + 1 if single is not None else run
        del words, sentence
        return fresh

    def _by_surname(self, token: _Word) -> Actor | None:
        wanted = _plain_name(token)
        for actor in reversed(self.actors[-_MOST_KNOWN:]):
            if (
                actor.names
                and wanted in (actor.names[-1], actor.names[0])
                and (len(actor.names) > 1 or wanted == actor.names[-1])
            ):
                return actor
        for actor in reversed(self.actors[-_MOST_KNOWN:]):
            if actor.names and spelled_alike(actor.names[-1], wanted):
                actor.spellings.add(wanted)
                return actor
        return None

    def _private(self, name: Sequence[_Word], tokens: Sequence[_Word], at: int) -> ActorMention:
        """Somebody without an office: the role before the name, "a person" where none stands there."""
        before = next((token for token in reversed(tokens[max(0, at - 2) : at]) if token.plain in _role_nouns()), None)
        role = f"a {before.plain}" if before else "a person at the scene"
        sex = _role_nouns()[before.plain][1] if before else ""
        actor = Actor("private", role, None, None, tuple(_plain_name(token) for token in name), sex=sex)
        self.actors.append(actor)
        start = before.start if before else name[0].start
        return ActorMention(start, name[-1].end, actor, "name")

    # -- organisations and roles --------------------------------------------------------------------------------------

    def _define_aliases(self, words: str) -> None:
        for one in _ALIAS.finditer(words):
            self._aliases.setdefault(one[2], self._organisation(one[1]))

    def _organisation(self, name: str) -> Actor:
        plain = re.sub(r"^(?:the|a|an)\s+|['’]s$", "", " ".join(name.split()), flags=re.IGNORECASE)
        key = plain.lower().replace("’", "'")
        if key not in self._by_phrase:
            actor = Actor("organisation", None, plain)
            self.actors.append(actor)
            self._by_phrase[key] = actor
        return self._by_phrase[key]

    def _organisations(self, words: str, sentence: Sentence, found: Sequence[ActorMention]) -> list[ActorMention]:
        fresh: list[ActorMention] = []
        for pattern in (_ORGANISATION, _ACRONYM):
            for one in pattern.finditer(words):
                name, start = _unled(one[0], sentence.start + one.start())
                here = Stretch(start, start + len(name))
                if not name or any(here.meets(other) for other in (*found, *fresh)):
                    continue
                if pattern is _ACRONYM and (name in _NO_ACRONYMS or _role_nouns().get(name.lower(), ("",))[0] == "media"):
                    continue
                fresh.append(
                    ActorMention(here.start, here.end, self._aliases.get(name) or self._organisation(name), "organisation")
                )
        return fresh

    def _roles(
        self, tokens: Sequence[_Word], found: Sequence[ActorMention], words: str, sentence: Sentence
    ) -> list[ActorMention]:
        """Such as "a witness", "the woman", "a police spokesman", "police", "the union"."""
        del words, sentence
        fresh: list[ActorMention] = []
        for at, token in enumerate(tokens):
            known = _role_nouns().get(token.plain)
            if known is None or any(mention.holds(token.start) for mention in (*found, *fresh)):
                continue
            sort, sex = known
            if sort == "media":  # type: ignore[comparison-overlap]
                continue
            first = at
            while first and tokens[first - 1].plain in _MODIFIERS | _ROLE_MODIFIERS | {"new", "zealand"}:
                first -= 1
            while first and tokens[first - 1].capital and tokens[first - 1].plain not in _STARTERS | _CALENDAR:
                first -= 1
            article = tokens[first - 1].plain if first else ""
            if sort == "group":
                first = at if token.plain not in ("officials", "groups") else first
            phrase = " ".join(one.text for one in tokens[first:at] if one.plain not in _ROLE_MODIFIERS)
            phrase = f"{phrase} {token.plain}".strip()
            indefinite = article in ("a", "an", "one", "another")
            if sort in ("private", "staff", "spokesperson", "document") and not (
                indefinite or article in _ANAPHORIC | _THEIRS or token.capital
            ):
                continue
            if sort == "organisation" and article not in _ANAPHORIC and not indefinite and len(phrase.split()) == 1:
                continue
            start = tokens[first - 1].start if article in _ANAPHORIC | {"a", "an", "one", "another"} else tokens[first].start
            actor = self._role(sort, phrase, sex, fresh_one=indefinite)
            if sort == "spokesperson" and (body := _body_behind(tokens, at)):
                actor.organisation = body
            fresh.append(ActorMention(start, token.end, actor, "role"))
        return fresh

    def _role(self, sort: Sort, phrase: str, sex: str, *, fresh_one: bool) -> Actor:
        plain = phrase.lower()
        if sort in ("group", "organisation"):
            return self._by_phrase.get(plain) or self._group(sort, phrase)
        noun = plain.split()[-1]
        earlier = [actor for actor in self.actors if actor.sort == sort or (sex and actor.sort == "private")]
        if not fresh_one:  # "the man" is the last one who may be
            fitting = [
                one
                for one in earlier
                if noun in one.nouns or (noun in _ANYBODY and one.sort == "private" and one.sex in ("", sex))
            ]
            if fitting:
                fitting[-1].sex = fitting[-1].sex or sex
                return fitting[-1]
        organisation = organisation_in(phrase)
        office = plain if sort == "document" else f"{'an' if plain[0] in 'aeiou' else 'a'} {plain}"
        actor = Actor(sort, office, organisation, None, (), sex=sex, nouns=frozenset({noun}))
        self.actors.append(actor)
        return actor

    def _group(self, sort: Sort, phrase: str) -> Actor:
        plain = phrase[0].upper() + phrase[1:]
        actor = Actor(sort, None, plain)
        if sort == "group" and plain.lower() not in ("police", "authorities"):
            actor = Actor(sort, phrase.lower(), None)
        self.actors.append(actor)
        self._by_phrase[phrase.lower()] = actor
        return actor


_ANYBODY = frozenset({"man", "woman", "person", "protester", "witness"})
_ROLE_MODIFIERS = frozenset(
    {
        "young",
        "older",
        "elderly",
        "retired",
        "council's",
        "male",
        "female",
        "fellow",
        "anti-mandate",
        "uniformed",
        "joint",
        "earlier",
        "written",
        "brief",
        "short",
        "public",
    }
)
_NO_ACRONYMS = frozenset(
    {
        "MEDIA",
        "RELEASE",
        "PRESS",
        "STATEMENT",
        "NEWS",
        "NOTICE",
        "CBD",
        "COVID",
        "CCTV",
        "USA",
        "FAQ",
        "PDF",
        "NZST",
        "NZDT",
        "UTC",
        "GMT",
        "BST",
        "URGENT",
        "UPDATE",
    }
)


def organisation_in(title: str) -> str | None:  # noqa: C901, PLR0911 - offices name whom they speak for in as many ways
    """The organisation that an office names: "Police Commissioner", "president of the Police Association", "Wellington mayor".

    >>> organisation_in("Police Commissioner"), organisation_in("Council of Trade Unions President")
    ('Police', 'Council of Trade Unions')
    >>> organisation_in("Wellington mayor"), organisation_in("Prime Minister")
    ('Wellington council', 'Government')
    """
    words = title.split()
    at = next((place for place, word in reversed(list(enumerate(words))) if word.lower() in _office_nouns()), len(words) - 1)
    noun, before, after = words[at].lower(), words[:at], words[at + 1 :]
    default = _office_nouns().get(noun, "")
    rest = [re.sub(r"['’]s$", "", word) for word in before if word.lower() not in _RANKS]
    while rest and not rest[0][0].isupper():
        rest.pop(0)
    while rest and rest[-1].lower() in _MODIFIERS - {"police"} and rest[-1].lower() not in _ORGANISATIONS.split("|"):
        rest.pop()
    stands = re.search(rf"(?i)\b(?:{_ORGANISATIONS})$", " ".join(rest))
    if stands and len(rest) > 1:
        return " ".join(rest)
    if after and after[0].lower() in ("of", "for"):
        named = " ".join(word for word in after[1:] if word.lower() != "the")
        return f"{named} council" if default == "council" else default or named or None
    if default == "council":
        place = [word for word in before if word[0].isupper() and word.lower() not in _MODIFIERS]
        return f"{' '.join(place)} council".strip() if place else "council"
    for plain, organisation in (("police", "Police"), ("fire", "Fire service"), ("ambulance", "Ambulance")):
        if plain in (word.lower() for word in before) and not re.search(
            rf"(?i)\b(?:{_ORGANISATIONS})\b", " ".join(before).lower().replace(plain, "")
        ):
            return organisation
    if default:
        return default
    if stands:
        return " ".join(rest)
    if noun in _OF_BODIES | {"founder", "co-founder", "leader", "co-leader", "convener", "convenor"} and len(rest) > 1:
        return " ".join(rest)
    if noun.startswith("spokes") and before and (before[-1].lower() in _role_nouns() or before[-1][0].isupper()):
        return before[-1][0].upper() + before[-1][1:]
    return None


_RANKS = frozenset(
    {"interim", "deputy", "assistant", "acting", "former", "senior", "chief", "vice", "a", "an", "the", "general"}
)


def _phrase(tokens: Sequence[_Word], at: int) -> tuple[int, int]:
    """First and last token of an office's title around its noun."""
    first = at
    while first:
        before = tokens[first - 1]
        if (
            before.plain in _MODIFIERS
            or before.plain in _office_nouns()
            or (before.capital and before.plain not in _STARTERS | _CALENDAR)
        ):
            first -= 1
        elif before.plain in ("of", "for") and first > 1 and tokens[first - 2].capital and tokens[first].capital:
            first -= 2
        elif before.text == ")" and first > 3 and tokens[first - 3].text == "(":  # noqa: PLR2004 - (RPH)
            first -= 3
        else:
            break
    last = at
    while last + 1 < len(tokens) and tokens[last + 1].plain in _office_nouns():
        last += 1
    if last + 2 < len(tokens) and tokens[last + 1].plain in ("of", "for"):
        end = last + 2
        while end < len(tokens) and tokens[end].plain == "the":
            end += 1
        stop = end
        while stop < len(tokens) and (
            (tokens[stop].capital and tokens[stop].plain not in _HONORIFICS | _CALENDAR)
            or (tokens[stop].plain in ("of", "and") and stop + 1 < len(tokens) and tokens[stop + 1].capital and stop > end)
        ):
            stop += 1
        if stop > end:
            last = stop - 1
    return first, last


def _body_behind(tokens: Sequence[_Word], at: int) -> str | None:
    """The body that somebody speaks for: "a spokesperson for Auckland Transport"."""
    if at + 2 >= len(tokens) or tokens[at + 1].plain not in ("for", "of"):
        return None
    run = at + 2 + (tokens[at + 2].plain == "the")
    first = run
    while run < len(tokens) and tokens[run].capital and tokens[run].plain not in _CALENDAR:
        run += 1
    return " ".join(token.text for token in tokens[first:run]) or None


def _name_at(tokens: Sequence[_Word], at: int) -> tuple[_Word, ...]:
    """The name that begins at a token: two words with capitals or more, or one behind a rank."""
    if 0 < at < len(tokens) and tokens[at].text == "." and tokens[at - 1].plain in _SHORT_RANKS:
        at += 1  # Sgt. So-and-so
    run = at
    while (
        run < len(tokens)
        and tokens[run].capital
        and tokens[run].plain not in _CALENDAR | _STARTERS
        and run - at < _MOST_NAME + 1
    ):
        run += 1
    name = tuple(tokens[at:run])
    plain = [token for token in name if token.plain not in _HONORIFICS]
    if not plain or len(plain) > _MOST_NAME or any(token.plain in _office_nouns() for token in plain):
        return ()
    if re.search(rf"(?i)\b(?:{_ORGANISATIONS})$", plain[-1].plain):
        return ()
    gaps = all(after.start - before.end <= 1 for before, after in pairwise(name))
    return name if gaps else ()


def _phrase_name(tokens: Sequence[_Word], at: int) -> tuple[_Word, ...]:
    """The name behind a further office: "the district commander, Superintendent ..."."""
    while at < len(tokens) and (tokens[at].plain in _office_nouns() or tokens[at].plain in _MODIFIERS):
        at += 1
    return _name_at(tokens, at)


def _name_before(tokens: Sequence[_Word], first: int) -> tuple[_Word, ...]:
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
        and tokens[at - 1].plain not in (_office_nouns().keys() | _CALENDAR | _STARTERS)
        and end - at < _MOST_NAME
    ):
        at -= 1
    name = tuple(tokens[at:end])
    organised = any(re.fullmatch(rf"(?i)(?:{_ORGANISATIONS})", token.plain) for token in name)
    return name if name and not organised else ()


def _is_definite(tokens: Sequence[_Word], first: int) -> bool:
    return first > 0 and tokens[first - 1].plain in ("the", "its", "their")


def _is_person(name: Sequence[_Word], tokens: Sequence[_Word], at: int, run: int) -> bool:
    """Whether capitals are a person's name: speech, a comma and "who", or a role word stand beside them."""
    if any(
        re.fullmatch(rf"(?i)(?:{_ORGANISATIONS})", token.plain) or not token.plain.replace("-", "").replace("'", "").isalpha()
        for token in name
    ):
        return False
    before = tokens[at - 1].plain if at else ""
    after = tokens[run].plain if run < len(tokens) else ""
    beyond = tokens[run + 1].plain if run + 1 < len(tokens) else ""
    speech = words_of("speech")
    role = _role_nouns().get(before, ("", ""))[0] in ("private", "staff")
    tagged = before in speech - {"told", "tells", "tell"} and after in ("", ".", ",", "(")  # "...", said somebody.
    return role or tagged or after in speech or (after == "," and beyond in ("who", "whose"))


def _plain_name(token: _Word) -> str:
    return re.sub(r"['’]s$", "", token.text)


def _without_article(title: str) -> str:
    return re.sub(r"^(?:the|a|an|its|their)\s+", "", re.sub(r"\s*\(\s*\w+\s*\)", "", title), flags=re.IGNORECASE)


def _as_office(title: str) -> str:
    """A title as it stands in an entry: it begins with a capital, former ones say so."""
    plain = " ".join(title.split())
    plain = re.sub(r"\bPM\b", "Prime Minister", plain)
    return plain[0].upper() + plain[1:]


def _office_words(actor: Actor) -> set[str]:
    words = set((actor.office or "").lower().split()) | set(actor.nouns)
    return words | ({"pm"} if {"prime", "minister"} <= words else set())


def _sex(words: Iterable[str]) -> str:
    distinct = set(words)
    return "m" if distinct & _MALE else "f" if distinct & _FEMALE else ""


def _unled(name: str, start: int) -> tuple[str, int]:
    """An organisation's name without what only begins the sentence."""
    while (first := re.match(r"([\w’'-]+)\s+", name)) and first[1].lower() in _STARTERS | _CALENDAR:
        name, start = name[first.end() :], start + first.end()
    return (name, start) if " " in name or name.isupper() or name in ("Lawa", "Metlink") else ("", start)
