"""What a checker has accepted before, so that it need not drive the same paths again."""

from __future__ import annotations

from collections import deque
from copy import deepcopy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clearway.planning.access.check.claim import Side

_HELD = 8
"""Services of a room, and as many again for a second room."""
_RESTS_ON = ("network", "class", "vehicle", "at", "hours", "stations")
"""All of a certificate that decides whether its paths without closures hold."""


class Accepted:
    """The paths without closures of certificates that were accepted.

    They are the same for every plan; those of another certificate are taken as accepted where they, and all that they rest
    on, are equal to the last number. Safe for several threads.
    """

    def __init__(self) -> None:
        self._held: deque[tuple[dict[str, Any], Side]] = deque(maxlen=_HELD)

    def before(self, certificate: Mapping[str, Any]) -> Side | None:
        """The paths without closures of a certificate, where equal ones were accepted."""
        return next((side for held, side in tuple(self._held) if held == _part(certificate)), None)

    def add(self, certificate: Mapping[str, Any], before: Side) -> None:
        """Hold those of a certificate that was just accepted; a copy, for nobody knows what becomes of the certificate."""
        self._held.append((deepcopy(_part(certificate)), before))


def _part(certificate: Mapping[str, Any]) -> dict[str, Any]:
    return {name: certificate.get(name) for name in (*_RESTS_ON, "before")}
