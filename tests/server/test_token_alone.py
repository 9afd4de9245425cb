"""The token by itself: how often somebody may guess, who is one guesser, and how long a token is."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from starlette.requests import HTTPConnection

from clearway.errors import BadInput, NeedsToken, TooMany
from clearway.server.token import MOST_GUESSES, Token, site_of

if TYPE_CHECKING:
    from collections.abc import Callable

SECRET = "correct-horse-battery-staple"  # noqa: S105 - a test's


def _from(address: str) -> HTTPConnection:
    return HTTPConnection({"type": "http", "headers": [], "client": (address, 1)})


def _wrong(token: Token, address: str, times: int = 1) -> None:
    for _ in range(times):
        with pytest.raises(NeedsToken, match="This token is wrong"):
            token.exchange("wrong", _from(address))


def _shut(token: Token, address: str) -> bool:
    try:
        token.exchange(SECRET, _from(address))
    except TooMany:
        return True
    return False


def _clocked() -> tuple[Token, Callable[[float], None]]:
    at = [0.0]
    return Token(SECRET, clock=lambda: at[0]), lambda now: at.__setitem__(0, now)


def test_ten_wrong_tokens_in_a_minute_shut_an_address_and_nine_do_not() -> None:
    assert MOST_GUESSES == 10
    token, _ = _clocked()
    _wrong(token, "192.0.2.1", 9)
    assert not _shut(token, "192.0.2.1")
    _wrong(token, "192.0.2.1")
    assert _shut(token, "192.0.2.1")
    assert not _shut(token, "192.0.2.2")


@pytest.mark.parametrize(("now", "shut"), [(59.9, True), (60.0, False), (61.0, False)])
def test_a_minute_after_the_first_of_them_the_address_may_try_again(now: float, shut: bool) -> None:  # noqa: FBT001
    token, set_clock = _clocked()
    _wrong(token, "192.0.2.1")
    set_clock(5.0)
    _wrong(token, "192.0.2.1", 9)
    set_clock(now)
    assert _shut(token, "192.0.2.1") is shut


def test_of_many_addresses_the_one_that_was_wrong_longest_ago_is_forgotten_first() -> None:
    token, _ = _clocked()
    _wrong(token, "192.0.2.1", 10)
    _wrong(token, "192.0.2.2", 10)
    for number in range(9_998):
        _wrong(token, f"10.0.{number // 256}.{number % 256}")
    assert (_shut(token, "192.0.2.1"), _shut(token, "192.0.2.2")) == (True, True)
    _wrong(token, "10.200.0.1")
    assert (_shut(token, "192.0.2.1"), _shut(token, "192.0.2.2")) == (False, True)


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:0:1::5", "2001:db8:0:1::/64"),
        ("2001:db8:0:2::5", "2001:db8:0:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::1", "::1"),
        ("a socket", "a socket"),
        ("", ""),
    ],
)
def test_who_shares_a_network_is_one_guesser(address: str, site: str) -> None:
    assert site_of(address) == site


@pytest.mark.parametrize(("length", "taken"), [(19, False), (20, True), (21, True)])
def test_a_token_has_twenty_characters_or_more(length: int, taken: bool) -> None:  # noqa: FBT001
    with contextlib.nullcontext() if taken else pytest.raises(BadInput, match="20 letters"):
        Token("x" * length)
