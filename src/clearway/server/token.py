"""The token: until there is sign-in, what everybody must show who reaches the server from another machine.

A browser exchanges it once for a cookie that no script can read and no other website can have sent; a program sends it with
each request. Wrong ones are counted by address, and soon no token at all is taken from there.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections import OrderedDict
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

from clearway.errors import BadInput, NeedsToken, TooMany

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import HTTPConnection

SHORTEST = 20
"""A token of fewer characters could be guessed in time, whatever the limit on guesses."""

MOST_GUESSES = 10
"""So many wrong tokens from one address in a minute are mistakes of typing; more are guesses."""

_PERIOD_S = 60.0
_MOST_ADDRESSES = 10_000
"""More addresses are not remembered, so that a flood of them does not fill the memory: a megabyte or two."""

_ROUNDS = 200_000
"""Of hashing between token and cookie: a tenth of a second when the server starts, and for each guess by way of the cookie."""

_V6_SITE = 64
"""Whoever has one IPv6 address has as many as they like within this prefix."""


def new_token() -> str:
    """A token that nobody can guess."""
    return secrets.token_urlsafe(24)


class Token:
    """What the server asks for.

    Args:
        text: The token.
        clock: Seconds that only grow.

    Raises:
        BadInput: it is too short, or cannot be sent in a header.
    """

    def __init__(self, text: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        if len(text) < SHORTEST or not text.isascii() or not text.isprintable() or " " in text:
            raise BadInput(f"A token has {SHORTEST} letters, digits or signs or more, and no space, such as {new_token()}")
        self._text = text
        self._guesses = _Guesses(clock)
        key = hashlib.pbkdf2_hmac("sha256", text.encode(), b"clearway cookie", _ROUNDS).hex()
        self.cookie, self._cookie_value = f"clearway-{key[:8]}", key[8:]

    def admit(self, request: HTTPConnection) -> None:
        """Let a request pass that carries the cookie, or the token as ``Authorization: Bearer``.

        Raises:
            NeedsToken: it carries neither, or a wrong one.
            TooMany: too many wrong ones came from its address.
        """
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        cookie = request.cookies.get(self.cookie, "")
        if _same(cookie, self._cookie_value):
            return
        if scheme.lower() != "bearer" and not cookie:
            raise NeedsToken(
                "This server asks for its token. Open the whole address that it printed when it started, or send the header "
                "'Authorization: Bearer TOKEN'."
            )
        self._compare(given.strip() if scheme.lower() == "bearer" else cookie, request)

    def exchange(self, given: str, request: HTTPConnection) -> tuple[str, str]:
        """The cookie for the token: its name and its value.

        Raises:
            NeedsToken: the token is wrong.
            TooMany: too many wrong ones came from the same address.
        """
        self._compare(given, request)
        return self.cookie, self._cookie_value

    def _compare(self, given: str, request: HTTPConnection) -> None:
        site = site_of(request.client.host if request.client else "")
        self._guesses.refuse_guesser(site)
        if not _same(given, self._text):
            self._guesses.note(site)
            raise NeedsToken("This token is wrong. Copy the whole address that the server printed when it started.")


def _same(given: str, right: str) -> bool:
    """Whether two texts are the same, found out in the same time wherever they differ."""
    return hmac.compare_digest(given.encode(), right.encode())


class _Guesses:
    """Wrong tokens of the last minute, by address."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._wrong: OrderedDict[str, list[float]] = OrderedDict()

    def refuse_guesser(self, site: str) -> None:
        """Let nothing pass from an address that has guessed too often."""
        recent = [at for at in self._wrong.get(site, ()) if self._clock() - at < _PERIOD_S]
        if len(recent) >= MOST_GUESSES:
            raise TooMany("Too many wrong tokens came from this address. Wait a minute, then try again.")

    def note(self, site: str) -> None:
        """Remember a wrong one."""
        self._wrong[site] = [*self._wrong.pop(site, [])[1 - MOST_GUESSES :], self._clock()]
        if len(self._wrong) > _MOST_ADDRESSES:
            self._wrong.popitem(last=False)


def site_of(address: str) -> str:
    """The part of an address that its holder cannot change at will.

    >>> site_of("192.168.1.20"), site_of("::ffff:192.168.1.20"), site_of("::1"), site_of("2001:db8::1:2"), site_of("a socket")
    ('192.168.1.20', '192.168.1.20', '::1', '2001:db8::/64', 'a socket')
    """
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if parsed.version == 4 or parsed.is_loopback:  # noqa: PLR2004 - IPv4
        return str(parsed)
    return str(parsed.ipv4_mapped or ip_network((parsed, _V6_SITE), strict=False))
