"""Facts as lines of a report: in words, with their source, how sure they are, and the number of the document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from clearway.picture.changes import changes, shown_facts
from clearway.picture.subjects import place_key
from clearway.publish.sitrep.danger import Danger
from clearway.publish.sitrep.shape import Item
from clearway.record.kinds import KINDS
from clearway.record.place import PLACE
from clearway.words import time_words, when_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clearway.picture.contract import Fact, FactSource, PictureAnswer
    from clearway.publish.sitrep.shape import Standing
    from clearway.record.kind import About, Theme

_SOUND = frozenset("AB")
_CONFIRMED, _PROBABLE = "1", "2"
_SETTLED = frozenset({"verified", "spelling", "single_source"})
_BESIDE = frozenset({"spelling", "single_source"})


class Lines:
    """What all parts of one report share: its two pictures, what is new, what is open, the numbers of its documents.

    Args:
        now: The picture to report on.
        before: The picture at the last report.
        near: How near an entry is, by its id; the lower the nearer.
    """

    def __init__(self, now: PictureAnswer, before: PictureAnswer, near: dict[str, int] | None = None) -> None:
        self.now = now
        self.zone = ZoneInfo(now.zone)
        self.changes = changes(before, now)
        announced = {fact.id for fact in now.coming} - {fact.id for fact in before.coming}
        self.new = {fact.id for fact in self.changes.new} | announced
        still = {said for fact in shown_facts(now).values() for said in _said_of(fact)}
        self.gone = [fact for fact in self.changes.gone if not _said_of(fact) <= still]
        """What is no longer in the picture, but for what was said again in the same words of the same places."""
        self.documents: dict[str, int] = {}
        self.told: set[str] = set()
        """Entries that a line has given in full."""
        self.open = {fact.id for one in now.contested if one.kind not in _SETTLED for fact in one.facts}
        self.verified = {one.facts[0].id for one in now.contested if one.kind == "verified"}
        self.contested = [one for one in now.contested if one.kind not in _BESIDE]
        self._danger = Danger(self.new, near or {})

    def current(self) -> list[Fact]:
        """States, and what happened since the last report, the most dangerous first."""
        return self.ranked([*self.now.states, *(fact for fact in self.now.events if fact.id in self.new)])

    def ranked(self, facts: Iterable[Fact]) -> list[Fact]:
        """Facts by danger, then by how near they are, then the newest first."""
        return sorted(facts, key=self._danger.rank)

    def danger(self, fact: Fact) -> int:
        """How dangerous a fact is; the highest number first."""
        return self._danger.of(fact)

    def standing(self, fact: Fact) -> Standing:
        """How sure a fact is: that it is so, that a reliable body said it, that somebody reported it, or open."""
        reliability, credibility = fact.source.grade[0], fact.source.grade[1:]
        sound, verified = reliability in _SOUND, fact.id in self.verified
        if fact.id in self.open:
            return "contested"
        if about_of(fact).is_belief and (verified or (sound and credibility == _CONFIRMED)):
            return "confirmed"
        return "said" if verified or (sound and credibility <= _PROBABLE) else "reported"

    def items(self, facts: Iterable[Fact], *, mark: bool = False, words: str = "") -> list[Item]:
        """Lines about facts: those that say the same of several places, from the same source, in one.

        Args:
            facts: In their order.
            mark: Whether a line says how sure it is, because its heading does not.
            words: What stands before each.
        """
        together: dict[tuple[Any, ...], list[Fact]] = {}
        for fact in facts:
            together.setdefault((fact.kind, fact.says, self._source(fact), self._document(fact.source)), []).append(fact)
        return [self.item(alike, mark=mark, words=words) for alike in together.values()]

    def item(self, alike: Sequence[Fact], text: str | None = None, *, mark: bool = False, words: str = "") -> Item:
        """One line about facts that say the same.

        Args:
            alike: At least one; the first gives the words and the source.
            text: Its words; by default what the first says.
            mark: Whether it says how sure it is.
            words: What stands before the words.
        """
        first = alike[0]
        self.told.update(fact.id for fact in alike)
        says = f"{words}{text or first.says}"
        wheres = dict.fromkeys(fact.where for fact in alike if fact.where and fact.where.casefold() not in says.casefold())
        where = f" ({'; '.join(wheres)})" if wheres else ""
        standing = self.standing(first)
        return Item(
            says + where,
            self._source(first),
            self.reference(first),
            tuple(fact.id for fact in alike),
            any(fact.id in self.new for fact in alike),
            standing if mark and standing in ("reported", "contested") else "",
        )

    def reference(self, fact: Fact) -> int:
        """The number of the document that a fact is from, 0 for none."""
        document = self._document(fact.source)
        return self.documents.setdefault(document, len(self.documents) + 1) if document else 0

    def _document(self, source: FactSource) -> str:
        """Publisher, title, date; a document without a title by its name."""
        name = source.title or source.document
        if name is None and source.publisher is None:
            return ""
        words = ": ".join(filter(None, (source.publisher, name)))
        file = f" ({source.document})" if source.title and source.document and source.document != source.title else ""
        return words + file + (f", {time_words(source.published, self.zone)}" if source.published else "")

    def _source(self, fact: Fact) -> str:
        late = f", learnt late ({time_words(fact.written, self.zone)})" if fact.came == "late" else ""
        return f"{fact.source.short}, {fact.source.grade}, {when_words(fact.happened, self.zone, year=False)}{late}"


def about_of(fact: Fact) -> About:
    """What is known of the kind of a fact."""
    return KINDS[fact.kind].about


def _said_of(fact: Fact) -> set[tuple[str, str, str]]:
    """What a fact says, of each of its places."""
    places = {place_key(PLACE.validate_python(place)) for place in fact.places}
    return {(fact.kind, fact.says, place) for place in places or {""}}


def in_themes(facts: Sequence[Fact]) -> Iterable[tuple[Theme, list[Fact]]]:
    """Facts under their headings, each in the order that they came in."""
    for theme in KINDS.by_theme:
        if found := [fact for fact in facts if about_of(fact).theme is theme]:
            yield theme, found
