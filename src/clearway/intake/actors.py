"""Who appears in a report: persons by office and name, roles, organisations and groups; surnames and "the Commissioner" are tied back.

People who speak in an office are named. Anybody else is a role ("a protester", "a witness"): groups, never profiles of
persons.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clearway.intake.passages import UPPER, Stretch
from clearway.intake.titles import (
    CALENDAR,
    HONORIFICS,
    MODIFIERS,
    MOST_NAME,
    OF_BODIES,
    ORGANISATIONS,
    STARTERS,
    Sort,
    Word,
    as_office,
    is_definite,
    is_person,
    name_at,
    name_before,
    office_nouns,
    organisation_in,
    phrase_at,
    phrase_name,
    plain_name,
    role_nouns,
    sex_of,
    unled,
    without_article,
)
from clearway.picture.spelling import spelled_alike

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.intake.passages import Passages, Sentence


_CAPITAL = rf"[{UPPER}][\w]*(?:[’'-][{UPPER}]?\w+)*"
_WORD = re.compile(rf"{_CAPITAL}(?:\.(?=\w))?|[^\W_]+(?:[’'-][^\W_]+)*|,|\(|\)|[^\w\s]")
_ORGANISATION = re.compile(
    rf"\b(?:(?:{_CAPITAL})(?:['’](?=\s))?\s+(?:(?:of|for|and|&)\s+(?:the\s+)?(?={_CAPITAL}))?){{1,7}}(?i:{ORGANISATIONS})\b(?:\s+(?:of|for)\s+(?:the\s+)?{_CAPITAL}(?:\s+{_CAPITAL}){{0,4}})?"
)
_ALIAS = re.compile(rf"({_CAPITAL}(?:['’]?\s+(?:(?:of|for|and|the)\s+)?{_CAPITAL}['’]?){{1,8}})\s+\(([{UPPER}][\w]{{1,9}})\)")
_ACRONYM = re.compile(rf"\b[{UPPER}]{{3,8}}\b|\b(?:Lawa|Metlink|Unicef)\b")
_PLACE_LIKE = re.compile(r"(?i)\b(?:stadium|court|hospital|school|party|group|team|station)$")
_NEARBY = 600
_MOST_MASKED = 300
_MOST_KNOWN = 400
_ALONE = frozenset({"mayor", "premier", "governor", "commissioner", "sheriff", "superintendent", "ombudsman"})
_ANAPHORIC = frozenset({"the", "this", "that"})
_THEIRS = frozenset({"its", "their", "his", "her"})


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
        if re.fullmatch(ORGANISATIONS, head):
            return self._organisation(title)
        if head in office_nouns():
            actor = Actor("office", as_office(title), organisation_in(title), nouns=frozenset({head}))
        else:
            kind, sex = role_nouns().get(head, ("group" if head.endswith("s") else "private", ""))
            actor = Actor(kind, title.lower(), None, sex=sex, nouns=frozenset({head}))
        self.actors.append(actor)
        self._by_phrase[title.lower()] = actor
        return actor

    def _read(self, words: str, sentence: Sentence) -> list[ActorMention]:
        tokens = [
            Word(
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
            if token.plain in office_nouns() and not any(mention.holds(token.start) for mention in found):
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
                if actor.nouns & OF_BODIES:
                    near = [one for one in near if one.actor.sort == "organisation"] or near
                actor.organisation = near[-1].actor.organisation if near else None
            elif actor.sort in ("organisation", "group") and actor.organisation and not _PLACE_LIKE.search(actor.organisation):
                named.append(mention)

    # -- offices ------------------------------------------------------------------------------------------------------

    def _office(self, tokens: Sequence[Word], at: int, found: Sequence[ActorMention]) -> ActorMention | None:  # noqa: PLR0911 - one way out for each way to name an office
        """The holder of an office named at a token: with a name behind or before it, or "the Commissioner" alone."""
        first, last = phrase_at(tokens, at)
        name = name_at(tokens, last + 1)
        title = " ".join(token.text for token in tokens[first : last + 1])
        start, end = tokens[first].start, tokens[last].end
        if not name and last + 1 < len(tokens) and tokens[last + 1].text == ",":
            name = name_at(tokens, last + 2) if is_definite(tokens, first) else ()
            beside = phrase_name(tokens, last + 2) if not name else ()
            name = name or beside
        if name:
            return self._person(title, name, Stretch(start, name[-1].end))
        if first >= 1 and (before := name_before(tokens, first)):
            known = next((mention for mention in found if mention.end == before[-1].end), None)
            actor = known.actor if known else self._named(before)
            if actor is not None:
                self._give_office(actor, title)
                return ActorMention(start, end, actor, "name") if known else ActorMention(before[0].start, end, actor, "name")
            if len(before) == 1:
                return None
            return self._person(title, before, Stretch(before[0].start, end))
        if "spokes" in tokens[at].plain or tokens[at].plain in role_nouns():
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

    def _person(self, title: str, name: Sequence[Word], where: Stretch) -> ActorMention | None:
        actor = self._named(name)
        noun = title.lower().split()[-1]
        nameless = [
            one
            for one in self.actors
            if one.sort == "office" and not one.names and one.office == as_office(without_article(title))
        ]
        if actor is None and nameless:
            actor = nameless[-1]
            actor.names = tuple(plain_name(token) for token in name if token.plain not in HONORIFICS)
            actor.name = " ".join(actor.names)
        elif actor is None:
            actor = self._new_office(title, tuple(plain_name(token) for token in name if token.plain not in HONORIFICS))
        else:
            self._give_office(actor, title)
        actor.sex = actor.sex or sex_of({noun, *(token.plain for token in name)})
        return ActorMention(where.start, where.end, actor, "name")

    def _new_office(self, title: str, names: tuple[str, ...]) -> Actor:
        plain = without_article(title)
        nouns = frozenset(word for word in re.split(r"[\s-]+", plain.lower()) if word in office_nouns())
        actor = Actor("office", as_office(plain), organisation_in(plain), " ".join(names) or None, names, nouns=nouns)
        if "minister" in nouns and "prime" in plain.lower():
            actor.nouns |= {"pm"}
        self.actors.append(actor)
        return actor

    def _give_office(self, actor: Actor, title: str) -> None:
        """A further office of somebody; a post says more than a rank."""
        plain = without_article(title)
        nouns = frozenset(word for word in plain.lower().split() if word in office_nouns())
        actor.nouns |= nouns
        if "prime minister" in plain.lower():
            actor.nouns |= {"pm"}
        post, organisation = as_office(plain), organisation_in(plain)
        if (
            actor.sort == "private"
            or actor.office is None
            or (len(post.split()) > len(actor.office.split()) and "former" not in post.lower())
        ):
            actor.sort, actor.office = "office", post
            actor.name = " ".join(actor.names) or None
        actor.organisation = actor.organisation or organisation

    # -- names --------------------------------------------------------------------------------------------------------

    def _named(self, name: Sequence[Word]) -> Actor | None:
        """The actor of that name; spelled two ways they are one."""
        wanted = tuple(plain_name(token) for token in name if token.plain not in HONORIFICS)
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
        self, tokens: Sequence[Word], found: Sequence[ActorMention], words: str, sentence: Sentence
    ) -> list[ActorMention]:
        """Names without an office: known ones, surnames, and persons who hold none."""
        fresh: list[ActorMention] = []
        at = 0
        while at < len(tokens):
            token = tokens[at]
            taken = any(mention.holds(token.start) for mention in (*found, *fresh))
            if taken or not token.capital or token.plain in STARTERS | CALENDAR:
                at += 1
                continue
            run = at
            while run < len(tokens) and tokens[run].capital and tokens[run].plain not in CALENDAR and run - at < MOST_NAME:
                run += 1
            name = [token for token in tokens[at:run] if token.plain not in HONORIFICS]
            actor = self._named(name) if len(name) > 1 else None
            if actor is not None:
                fresh.append(ActorMention(token.start, tokens[run - 1].end, actor, "name"))
                at = run
                continue
            single = self._by_surname(token) if run - at <= 2 or at == 0 else None  # noqa: PLR2004
            if single is not None:
                fresh.append(ActorMention(token.start, token.end, single, "surname"))
            elif len(name) > 1 and is_person(name, tokens, at, run):
                fresh.append(self._private(name, tokens, at))
                at = run
                continue
            at = at + 1 if single is not None else run
        del words, sentence
        return fresh

    def _by_surname(self, token: Word) -> Actor | None:
        wanted = plain_name(token)
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

    def _private(self, name: Sequence[Word], tokens: Sequence[Word], at: int) -> ActorMention:
        """Somebody without an office: the role before the name, "a person" where none stands there."""
        before = next((token for token in reversed(tokens[max(0, at - 2) : at]) if token.plain in role_nouns()), None)
        role = f"a {before.plain}" if before else "a person at the scene"
        sex = role_nouns()[before.plain][1] if before else ""
        actor = Actor("private", role, None, None, tuple(plain_name(token) for token in name), sex=sex)
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
                name, start = unled(one[0], sentence.start + one.start())
                here = Stretch(start, start + len(name))
                if not name or any(here.meets(other) for other in (*found, *fresh)):
                    continue
                if pattern is _ACRONYM and (name in _NO_ACRONYMS or role_nouns().get(name.lower(), ("",))[0] == "media"):
                    continue
                fresh.append(
                    ActorMention(here.start, here.end, self._aliases.get(name) or self._organisation(name), "organisation")
                )
        return fresh

    def _roles(
        self, tokens: Sequence[Word], found: Sequence[ActorMention], words: str, sentence: Sentence
    ) -> list[ActorMention]:
        """Such as "a witness", "the woman", "a police spokesman", "police", "the union"."""
        del words, sentence
        fresh: list[ActorMention] = []
        for at, token in enumerate(tokens):
            known = role_nouns().get(token.plain)
            if known is None or any(mention.holds(token.start) for mention in (*found, *fresh)):
                continue
            sort, sex = known
            if sort == "media":  # type: ignore[comparison-overlap]
                continue
            first = at
            while first and tokens[first - 1].plain in MODIFIERS | _ROLE_MODIFIERS | {"new", "zealand"}:
                first -= 1
            while first and tokens[first - 1].capital and tokens[first - 1].plain not in STARTERS | CALENDAR:
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
    "young older elderly retired council's male female fellow anti-mandate uniformed joint earlier written brief short "
    "public".split()
)
_NO_ACRONYMS = frozenset(
    "MEDIA RELEASE PRESS STATEMENT NEWS NOTICE CBD COVID CCTV USA FAQ PDF NZST NZDT UTC GMT BST URGENT UPDATE".split()
)


def _body_behind(tokens: Sequence[Word], at: int) -> str | None:
    """The body that somebody speaks for: "a spokesperson for Auckland Transport"."""
    if at + 2 >= len(tokens) or tokens[at + 1].plain not in ("for", "of"):
        return None
    run = at + 2 + (tokens[at + 2].plain == "the")
    first = run
    while run < len(tokens) and tokens[run].capital and tokens[run].plain not in CALENDAR:
        run += 1
    return " ".join(token.text for token in tokens[first:run]) or None


def _office_words(actor: Actor) -> set[str]:
    words = set((actor.office or "").lower().split()) | set(actor.nouns)
    return words | ({"pm"} if {"prime", "minister"} <= words else set())
