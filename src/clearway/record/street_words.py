"""How streets are written: their types in full and in short, and which words look like the name of a street."""

from __future__ import annotations

import re

IN_FULL = {
    "ave": "Avenue", "blvd": "Boulevard", "cl": "Close", "cres": "Crescent", "dr": "Drive", "esp": "Esplanade",
    "gr": "Grove", "hwy": "Highway", "ln": "Lane", "pde": "Parade", "pl": "Place", "qy": "Quay", "rd": "Road", "sq": "Square",
    "st": "Street", "tce": "Terrace",
}  # fmt: skip
"""Usual short forms of the last word of a street's name, without their full stop."""

SHORT = {full.casefold(): short for short, full in IN_FULL.items()} | {"court": "ct"}
"""Street types in short by their full form, both in lower case."""

_ALSO_SHORT = {
    "av": "ave", "bvd": "blvd", "cr": "cres", "crs": "cres", "crt": "ct", "drv": "dr", "grv": "gr", "hway": "hwy", "lne": "ln",
    "ter": "tce", "terr": "tce",
}  # fmt: skip
"""Other short forms that people type."""

_MORE_TYPES = (
    "alley arcade broadway bypass causeway circuit circus crossing embankment expressway freeway mews motorway parkway "
    "promenade ridgeway rise row strand turnpike viaduct walk way"
)
_FIRST_WORDS = "avenida avenue boulevard calle chemin impasse piazza plaza quai rua rue ulica via viale"
TYPES_IN_FRONT = frozenset(_FIRST_WORDS.split())
"""Types that stand before the name: Rue de la Paix."""

_NO_STREETS = frozenset(("brigade", "renegade"))
_BEHIND = frozenset(("aukio", "katu", "kuja", "puistikko", "ranta", "straat"))
_LAST = frozenset((*(word.casefold() for word in IN_FULL.values()), *_MORE_TYPES.split(), *_BEHIND))
_ENDS = re.compile(
    r"\w{2}(?:stra(?:ß|ss)e|str|gasse|platz|allee|weg|ufer|damm|straat|laan|gracht|kade|plein|gatan?|vägen|vej|veien?|gade|torget"
    r"|katu|tie|kuja|polku|aukio|tori|ranta|rinne|esplanadi|puistikko|utca|utja)$"
)
_NUMBERED = re.compile(r"^(?:state highway|highway|route|interstate|sh|[am])[ -]?\d{1,4}$", re.IGNORECASE)
_PLURALS = {"streets": "Street", "sts": "Street", "roads": "Road", "rds": "Road", "avenues": "Avenue", "terraces": "Terrace",
            "quays": "Quay"}  # fmt: skip


def is_street_like(name: str) -> bool:
    """Whether a name reads like that of a street, by its type: first, last, or as the end of its word.

    >>> names = ("The Terrace", "Rue de la Paix", "Kaivokatu", "SH 1", "Sky Stadium", "Street")
    >>> [name for name in names if is_street_like(name)]
    ['The Terrace', 'Rue de la Paix', 'Kaivokatu', 'SH 1']
    """
    words = name.casefold().split()
    if not words or not name[0].isalnum():
        return False
    last = words[-1].rstrip(".")
    typed = len(words) > 1 and (last in _LAST or last in IN_FULL or words[0] in TYPES_IN_FRONT)
    return typed or last == "broadway" or _ends_as_a_street(last) or _NUMBERED.match(name) is not None


def is_numbered_after(name: str) -> bool:
    """Whether house numbers stand behind a street's name: Kaivokatu 5, Via Roma 12.

    >>> is_numbered_after("Kaivokatu"), is_numbered_after("Hill Street")
    (True, False)
    """
    words = name.casefold().split()
    behind = TYPES_IN_FRONT - {"avenue"}
    return bool(words) and (words[0] in behind or words[-1] in _BEHIND or _ends_as_a_street(words[-1].rstrip(".")))


def _ends_as_a_street(word: str) -> bool:
    return word not in _NO_STREETS and _ENDS.search(word) is not None


def written_out(name: str) -> str:
    """A street's name with its type in full; any other text as it is.

    >>> written_out("Bowen St."), written_out("St Mary St"), written_out("Lambton Quay"), written_out("St")
    ('Bowen Street', 'St Mary Street', 'Lambton Quay', 'St')
    """
    first, _, kind = name.strip().rpartition(" ")
    return f"{first} {IN_FULL.get(kind.casefold().rstrip('.'), kind)}" if first else kind


def in_short(word: str) -> str:
    """A street's type in short, whichever way it is written; any other word as it is. Lower case.

    >>> in_short("street"), in_short("st"), in_short("terr"), in_short("cuba")
    ('st', 'st', 'tce', 'cuba')
    """
    return SHORT.get(word) or _ALSO_SHORT.get(word, word)


def in_full(word: str) -> str:
    """A street's type in full, whichever way it is written; any other word as it is. Lower case.

    >>> in_full("st"), in_full("terr"), in_full("street"), in_full("cuba")
    ('street', 'terrace', 'street', 'cuba')
    """
    return IN_FULL.get(_ALSO_SHORT.get(word, word), word).casefold()


def singular_of(plural: str) -> str | None:
    """The type of each of several streets that share it; None for any other word.

    >>> singular_of("Streets"), singular_of("grounds")
    ('Street', None)
    """
    return _PLURALS.get(plural.casefold())
