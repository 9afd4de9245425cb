"""How an entry stands by now: in force, followed by a later word, corrected, or withdrawn; and by what."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clearway.record.kind import Role
from clearway.record.kinds import KINDS

if TYPE_CHECKING:
    from clearway.picture.contract import Standing
    from clearway.picture.index import PictureIndex

STANDING_WORDS: dict[Standing, str] = {
    "in_force": "in force",
    "replaced": "a later word since",
    "corrected": "corrected",
    "withdrawn": "withdrawn",
}


class Stands(NamedTuple):
    """How an entry stands.

    Attributes:
        standing: In a word.
        by: Ids of the entries that correct or withdraw it.
    """

    standing: Standing
    by: tuple[str, ...] = ()


class Standings:
    """How the entries of an index stand by now, as far as it was taken up.

    Args:
        index: Of an operation, with what somebody may see; what a hidden entry withdraws is withdrawn all the same.
    """

    def __init__(self, index: PictureIndex) -> None:
        self._index = index
        self._last = index.last_words(by_voice=lambda kind: KINDS[kind].about.role is Role.COUNT)

    def of(self, entry_id: str, seq: int, kind: str) -> Stands:
        """How one of its entries stands."""
        if void := self._index.void_by(entry_id):
            is_withdrawn = any(withdraws for _, withdraws in void)
            seen = tuple(dict.fromkeys(one for one, _ in void if one in self._index))
            return Stands("withdrawn" if is_withdrawn else "corrected", seen)
        is_followed = KINDS[kind].about.role in {Role.STATE, Role.COUNT} and seq not in self._last
        return Stands("replaced" if is_followed else "in_force")
