"""Numbers with their hedges and what they count: "about 450 vehicles", "between 300 and 3000", "a dozen", "no arrests".

A number stays as it was stated: exact, a range, a bound, "about". Ages, years, house numbers, names such as "Shed 6" and
durations are no counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Literal

from clearway.intake.passages import UPPER, Stretch
from clearway.intake.tables import rows
from clearway.record.number_words import EXACT, VAGUE, VAGUE_WORDS, value_of
from clearway.record.parts import Amount

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clearway.intake.passages import Passages, Sentence

Sort = Literal["people", "thing", "event", "single", "other", "money", "measure"]

_NUMBER = re.compile(
    rf"(?<![\w$€£¥#./,-])(?:(?P<between>between|from)\s+(?P<low>{EXACT})\s+(?:and|to)\s+(?P<high>{EXACT})"
    rf"|(?P<first>{EXACT})(?:(?<=\d)\s*[-–]\s*(?=\d)|\s+to\s+|\s+or\s+)(?P<last>{EXACT})"
    rf"|(?P<vague>{VAGUE_WORDS})|(?P<exact>{EXACT})|(?P<none>no|nil|(?:not|without)\s+(?:a\s+single|one)|zero)\b)(?![\w]|[.:,]\d|%|-?(?:st|nd|rd|th)\b)",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"(?P<sign>(?:NZ|US|A|AU|C)?[$]|€|£)\s?(?P<number>\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,6})?|\d{1,12}(?:\.\d{1,6})?)\s*(?P<scale>million|billion|thousand|m|bn|k)?\b",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"(?:[-\s]year(?:s)?[-\s]old|[-\s]years?\s+of\s+age|[-\s](?:year|week|day|month|hour|metre|minute|strong|person|page|man)\b)"
)
_AGED = re.compile(r"\b(?:aged?|ages)\s+(?:between\s+)?$", re.IGNORECASE)
_HOUSE = re.compile(
    rf"[A-Za-z]?\s+(?:[{UPPER}][\w'’]+\s+){{1,3}}(?:St|Street|Rd|Road|Ave|Avenue|Tce|Terrace|Quay|Place|Pl|Lane|Drive|Dr)\b"
)
_NAMED = re.compile(
    r"\b(?:level|phase|stage|trimester|term|unit|shed|platform|route|highway|sh|section|article|page|gate|bay|pier|room|floor|"
    r"channel|car|patrol|zone|no|number|part|chapter|covid|day|week|line|stop|ward|division|category|group)[\s.-]*$",
    re.IGNORECASE,
)
_HOURS_OF_DAY = re.compile(r"\b(?:at|by|until|till|past|before|after)\s+$", re.IGNORECASE)
_LAST_HOUR = 24
_ROWS = re.compile(r"\s+(?:[a-z]+\s+)?(?:rows|lines|ranks|columns|walls|waves|rounds|sides|halves|pairs)\s+of\b")
_MODIFIERS = 5
_WORDS = re.compile(r"[^\W\d_](?:[\w'’]|-(?=\w))*")
_BREAK = re.compile(r"[.;:!?,()\"“”–—\n]")
_STOP = frozenset(
    "and or but who which that were was are is had has have be been to in on at from by for with as after before when while "
    "during since until near outside around into onto over under said says he she they it we i not will would could can may "
    "into up out off down also then there here last next past counted reported seen estimated recorded".split()
)
_MEASURED = re.compile(
    r"\b(?:numbers?|size|count|tally|total|turnout|crowds?|attendance|measured|estimated?|put|stood|swelled|swollen|grown?|rose|risen|"
    r"fell|dropped|varied|ranged?|peaked|reached|dwindled)\b[^.;]*$",
    re.IGNORECASE,
)
_THERE_WERE = re.compile(
    r"\b(?:there\s+(?:were|are|was)|count\s+(?:is|was)|figure\s+(?:is|was))\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)
_NUMBER_OF = re.compile(r"\bnumbers?\s+of\s+(?:[\w-]+\s+){0,2}?(?P<what>[a-z]+)\b", re.IGNORECASE)
_OF_PEOPLE = re.compile(
    r"\b(?:put|puts|estimated)\s+(?:it\s+(?:as|at)\b|(?:the\s+|its\s+|their\s+)?(?:number|crowd|turnout|size|attendance|figure|total)\b)|\b(?:turnout|crowds?|attendance)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\s+(?:\w+ly\s+)?(?:counted|reported|seen|estimated|recorded|measured|tallied|present)\b", re.IGNORECASE)
_KEYED = re.compile(r"\b(\w{1,40})\s*:\s*$")
_TURNED_OUT = re.compile(
    r"\s+of\s+us\b|\s+(?:had\s+|have\s+)?(?:turned\s+(?:out|up)|attended|gathered|marched|rallied|taken\s+part|took\s+part)\b",
    re.IGNORECASE,
)
_OF_THEM = re.compile(r"\s+of\s+(?:those|them|the|these|whom|its|our|their)\b", re.IGNORECASE)
_OF_THEM_ALONE = re.compile(r"\s+(?:more\s+)?of\s+(?:those|them|these|whom|which)\b", re.IGNORECASE)
_VAGUE_BUT_TOLD = re.compile(r"\s+more\b|[\"”]?[.,;]|\s+(?:were|are|had|have)\b", re.IGNORECASE)
_ELLIPTIC = re.compile(
    r"\s+(?:for|in|from|at|on|with|who|others?|more|now|today|yesterday|still|were|was|are|had|have|arrived|left|remain(?:ed)?|off)\b",
    re.IGNORECASE,
)
_YEARS = range(1900, 2100)
_SHORTEST = 3
_LONGEST = 60
_LOOK, _FAR = 80, 300
_OLDEST = 110
_YEAR_DIGITS = 4
_OR = re.compile(r"\s+(?:or|nor|and\s+no)\s+(?:[a-z]+\s+)?([a-z]+)\b")


@dataclass(frozen=True, slots=True)
class Quantity(Stretch):
    """A number and what it counts.

    Attributes:
        amount: As it was said.
        what: The vocabulary's word for what is counted.
        unit: Where the word for it stands in the text; the number itself where it was left out.
        sort: ``people``, ``thing``, ``event``, ``other`` where the table does not hold the word, ``single`` for one person,
            ``money`` or ``measure``.
        table: Whether the table of units holds the word.
        near: Whether the unit stands beside the number; else it was taken from elsewhere in the sentence.
    """

    amount: Amount
    what: str
    unit: Stretch
    sort: Sort
    near: bool = True

    @property
    def is_count(self) -> bool:
        """Whether something is counted."""
        return self.sort not in ("money", "measure")


@cache
def units() -> dict[str, tuple[str, Sort]]:
    """What each word of the table of units counts."""
    return {word: (row["what"], row["sort"]) for row in rows("units") for word in row["words"].split()}  # type: ignore[misc]


@cache
def _hedges() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """What may stand before a number, what behind it, and what each means."""

    def any_of(where: str) -> str:
        words = sorted((row["words"] for row in rows("hedges") if row["where"] == where), key=len, reverse=True)
        return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)

    before = re.compile(rf"(?:(?<=\s)|(?<=^)|(?<=[\"“(]))({any_of('before')})\s+$", re.IGNORECASE)
    after = re.compile(rf"\s*({any_of('after')})(?!\w)", re.IGNORECASE)
    return before, after, {f"{row['where']} {row['words']}": row["means"] for row in rows("hedges")}


def quantities(passages: Passages, sentence: Sentence, taken: Iterable[Stretch] = ()) -> list[Quantity]:
    """The numbers of a sentence in order.

    Args:
        passages: The text.
        sentence: One of its sentences.
        taken: Stretches whose digits are something else: times and places.
    """
    text, taken = passages.text, list(taken)
    found: list[Quantity] = [_money(one) for one in _MONEY.finditer(text, sentence.start, sentence.end)]
    taken += found
    for number in _NUMBER.finditer(text, sentence.start, sentence.end):
        here = Stretch(number.start(), number.end())
        if len(number[0]) > _LONGEST or any(here.meets(other) for other in taken) or _is_no_count(text, number, sentence):
            continue
        quantity = _quantity(text, number, sentence, found)
        if quantity is not None:
            found.append(quantity)
            found += _neither(text, quantity, sentence)
    return sorted(found, key=lambda one: one.start)


def _neither(text: str, none: Quantity, sentence: Sentence) -> list[Quantity]:
    """The second of two things of which there were none: "no incidents or arrests"."""
    other = _OR.match(text, none.end, sentence.end) if none.amount.high == 0 else None
    if other is None or other[1] not in units():
        return []
    what, sort = units()[other[1]]
    return [Quantity(other.start(1), other.end(1), none.amount, what, Stretch(other.start(1), other.end(1)), sort)]


def _money(found: re.Match[str]) -> Quantity:
    scale = {"m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9, "k": 1e3, "thousand": 1e3}.get(
        (found["scale"] or "").lower(), 1.0
    )
    value = float(found["number"].replace(",", "")) * scale
    here = Stretch(found.start(), found.end())
    return Quantity(here.start, here.end, Amount(low=value, high=value, said=found[0]), found["sign"], here, "money")


def _before(text: str, at: int, sentence: Sentence, look: int = _LOOK) -> str:
    """The words just before a number, as far back as anything that bears on it stands."""
    return text[max(sentence.start, at - look) : at]


def _is_no_count(text: str, number: re.Match[str], sentence: Sentence) -> bool:
    before, after = _before(text, number.start(), sentence), text[number.end() : min(number.end() + _LOOK, sentence.end + 1)]
    if _AGE.match(after) or _AGED.search(before) or _HOUSE.match(after):
        return True
    if (
        _HOURS_OF_DAY.search(before)
        and number["exact"]
        and re.match(r"\s*(?:[,.;]|$|\w+\s+(?:all|when|and)\b)", after)
        and value_of(number[0]) <= _LAST_HOUR
    ):
        return True  # "the tickets reported at 9 were ..."
    if _ROWS.match(after):
        return True
    if (
        re.search(r",\s*$", before)
        and re.match(r"\s*(?:[,.;)]|$)", after)
        and number["exact"]
        and value_of(number[0]) < _OLDEST
    ):
        return bool(re.search(rf"[{UPPER}]\w+,\s*$", before))  # Jo Public, 34,
    return bool(_NAMED.search(before)) and not re.match(r"\s*(?:people|vehicles|cars|officers|arrests)\b", after)


def _quantity(text: str, number: re.Match[str], sentence: Sentence, earlier: Sequence[Quantity]) -> Quantity | None:
    amount, start, end = _amount(text, number, sentence)
    beside = _unit_after(text, end, sentence, of_numbers=number["vague"] is not None)
    none = number["none"] is not None
    if beside is None and not none and _OF_THEM.match(text, end):
        beside = _unit_after(text, _OF_THEM.match(text, end).end(), sentence)  # type: ignore[union-attr]
    counted = [one for one in earlier if one.start >= sentence.start and one.is_count]
    if counted and not none and (beside is None or beside[0] in ("", "others")) and _OF_THEM_ALONE.match(text, end):
        beside = counted[-1].what, counted[-1].sort, Stretch(number.start(), number.end())
    near = beside is not None
    if beside is None:
        beside = (
            None
            if none or (number["vague"] and not _VAGUE_BUT_TOLD.match(text, end))
            else _unit_elsewhere(text, number, sentence, counted)
        )
    if beside is None:
        return None
    what, sort, unit = beside
    is_one = number["exact"] is not None and amount.low == amount.high == 1
    if none and sort in ("other", "measure"):
        return None
    if is_one and re.match(r"\s+of\b", text[end : end + 5]):
        return None
    if sort == "single" or (is_one and sort == "people"):
        sort = "single"
    if _is_year(number, near=near or _TURNED_OUT.match(text, number.end()) is not None):
        return None
    return Quantity(start, max(end, unit.end) if near else end, replace_said(amount, text[start:end]), what, unit, sort, near)


def replace_said(amount: Amount, said: str) -> Amount:
    """An amount with the words that it was said by, where they say more than the number."""
    words = " ".join(said.split())
    return amount if words.replace(",", "").isdigit() else amount.model_copy(update={"said": words})


def _is_year(number: re.Match[str], *, near: bool) -> bool:
    said = number["exact"] or ""
    return said.isdigit() and len(said) == _YEAR_DIGITS and int(said) in _YEARS and not near


def _amount(text: str, number: re.Match[str], sentence: Sentence) -> tuple[Amount, int, int]:
    """The amount with its hedges, and from where to where it was said."""
    start, end = number.start(), number.end()
    low, high = _bounds(number)
    before, after, means = _hedges()
    about, meaning = False, set[str]()
    while hedge := before.search(_before(text, start, sentence)):
        meaning.add(means[f"before {' '.join(hedge[1].lower().split())}"])
        start = max(sentence.start, start - _LOOK) + hedge.start(1)
    if hedge := after.match(text, end, sentence.end):
        meaning.add(means[f"after {' '.join(hedge[1].lower().split())}"])
        end = hedge.end()
    about = "about" in meaning
    if "at_least" in meaning:
        high = None
    if "at_most" in meaning:
        low = None
    return Amount(low=low, high=high, about=about), start, end


def _bounds(number: re.Match[str]) -> tuple[float | None, float | None]:
    if number["none"]:
        return 0.0, 0.0
    if number["vague"]:
        return VAGUE[" ".join(number["vague"].lower().split())]
    one, other = number["low"] or number["first"], number["high"] or number["last"]
    if one and other:
        first, last = value_of(one), value_of(other)
        if first > last and "-" not in one:  # from 800 to 300: both ends of a change
            first, last = last, first
        return first, last
    value = value_of(number["exact"])
    return value, value


def _unit_after(text: str, at: int, sentence: Sentence, *, of_numbers: bool = False) -> tuple[str, Sort, Stretch] | None:
    """The word that a number counts: behind it, a few words on; of two units in a row the second, as in police officers."""
    table = units()
    ends = min(sentence.end, at + _FAR)
    stop = _BREAK.search(text, at, ends)
    limit = stop.start() if stop else ends
    found: tuple[str, Sort, Stretch] | None = None
    for seen, word in enumerate(_WORDS.finditer(text, at, limit)):
        plain = re.sub(r"['’]s?$", "", word[0].lower())
        if seen > _MODIFIERS or (plain in _STOP and found is None) or (found is not None and plain not in table):
            break
        if plain == "of" and seen == 0:
            continue
        if plain in table:
            what, sort = table[plain]
            if found is None or sort != "measure":
                found = what, sort, Stretch(word.start(), word.end())
        elif (plain in ("those", "them", "the", "these") and seen <= 1) or (
            seen == 0 and word[0][0].isupper() and plain not in table and not of_numbers
        ):
            continue
    return found or _unknown_unit(text, at, limit)


def _unknown_unit(text: str, at: int, limit: int) -> tuple[str, Sort, Stretch] | None:
    """A plural that the table does not hold, directly behind the number or one word on."""
    for seen, word in enumerate(_WORDS.finditer(text, at, limit)):
        plain = word[0].lower()
        if seen > 1 or plain in _STOP or not word[0].islower():
            return None
        if plain.endswith("s") and not plain.endswith(("ss", "us", "is")) and plain.isalpha() and len(plain) > _SHORTEST:
            return plain, "other", Stretch(word.start(), word.end())
    return None


def _unit_elsewhere(
    text: str, number: re.Match[str], sentence: Sentence, counted: Sequence[Quantity]
) -> tuple[str, Sort, Stretch] | None:
    """What a bare number counts: as the number before it in the sentence, or the thing whose numbers the sentence tells."""
    before, here = _before(text, number.start(), sentence, _FAR), Stretch(number.start(), number.end())
    if (key := _KEYED.search(before)) and (unit := _counted(key[1])):
        return *unit, here
    ends = _THERE_WERE.search(before) and re.match(r"\s*[,.;]", text[number.end() : number.end() + 3])
    if counted and (ends or _ELLIPTIC.match(text, number.end()) or _COUNTED.match(text, number.end())):
        return counted[-1].what, counted[-1].sort, here
    if _TURNED_OUT.match(text, number.end()):
        return "people", "people", here
    return None if ends else _unit_before(before, number, here)


def _unit_before(before: str, number: re.Match[str], here: Stretch) -> tuple[str, Sort, Stretch] | None:
    """The thing whose numbers a sentence tells, where the words before a number say that it tells some."""
    measured = _MEASURED.search(before)
    if measured is None:
        return None
    if _OF_PEOPLE.search(before, measured.start()):
        return "people", "people", here
    if (named := _NUMBER_OF.search(before)) and (unit := _counted(named["what"])):
        return *unit, here
    start = number.start() - len(before)
    words = (
        (unit, Stretch(start + word.start(), start + word.end()))
        for word in _WORDS.finditer(before)
        if (unit := _counted(word[0]))
    )
    return next(((*unit, where) for unit, where in reversed(list(words))), None)


def _counted(word: str) -> tuple[str, Sort] | None:
    """What a word of the table of units counts, where it can be counted."""
    what, sort = units().get(word.lower(), ("", "measure"))
    return None if sort in ("measure", "money") else (what, "people" if sort == "single" else sort)


def without_single(found: Sequence[Quantity]) -> list[Quantity]:
    """Counts that are figures: one person who did something is none."""
    return [replace(one) for one in found if one.is_count and one.sort != "single"]
