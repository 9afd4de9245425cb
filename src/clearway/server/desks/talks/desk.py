"""What the server answers about the talks of one operation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.cache import Cache
from clearway.planning.reading import Reading
from clearway.planning.talks.preparing import minute_form, preparation_of
from clearway.planning.talks.talks import talks_of

if TYPE_CHECKING:
    from clearway.picture.view import Moments
    from clearway.planning.talks.contract import MinuteForm, Preparation, TalksAnswer
    from clearway.server.operations import ServedOperation

_CACHED_ANSWERS = 16


class TalksDesk:
    """The talks of one operation, as the people who are answered may see them. Safe for several threads.

    Args:
        operation: The operation.
    """

    def __init__(self, operation: ServedOperation) -> None:
        self._operation = operation
        self._answers: Cache[TalksAnswer] = Cache(_CACHED_ANSWERS)

    def talks(self, when: Moments) -> TalksAnswer:
        """Where the talks stand; raises as ``talks_of`` does."""
        operation = self._operation
        with operation.index() as index:
            at = when.at, when.known_at, when.knowledge, index.last
            return self._answers.of(
                at, lambda: talks_of(Reading(operation.store, operation.name, when, operation.calendar(), index))
            )

    def preparation(self, party: str, when: Moments) -> Preparation:
        """What to know before a meeting; raises as ``preparation_of`` does."""
        return preparation_of(self.talks(when), party)

    def minute_form(self, contact: str, when: Moments) -> MinuteForm:
        """Minutes to be filled in; raises as ``minute_form`` does."""
        return minute_form(self.talks(when), contact)
