"""The token by itself: how often somebody may guess, who is one guesser, and how long a token is."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from starlette.requests import HTTPConnection

from clearway.errors import BadInput, NeedsToken, TooMany
from clearway.server.token import Token, new_token, site_of

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_GUESSES = 10

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


@pytest.mark.parametrize("sign", [" ", "\t", "\n", "\x7f", "\u00e4", "\u2003"])
def test_a_token_that_cannot_be_sent_in_a_header_is_refused(sign: str) -> None:
    for text in (f"{'x' * 10}{sign}{'x' * 10}", f"{'x' * 20}{sign}", f"{sign}{'x' * 20}"):
        with pytest.raises(BadInput, match="and no space, such as "):
            Token(text)


def test_a_token_that_is_made_is_another_each_time_and_long_enough() -> None:
    made = {new_token() for _ in range(9)}
    assert {len(one) for one in made} == {32}
    assert len(made) == 9
    Token(made.pop())


def _with(header: str, value: str) -> HTTPConnection:
    return HTTPConnection({"type": "http", "headers": [(header.encode(), value.encode())], "client": ("192.0.2.1", 1)})


def test_wrong_cookies_are_guesses_too_and_the_right_one_lets_in_even_then() -> None:
    token, _ = _clocked()
    name, value = token.exchange(SECRET, _from("192.0.2.9"))
    for _ in range(MOST_GUESSES):
        with pytest.raises(NeedsToken, match="This token is wrong"):
            token.admit(_with("cookie", f"{name}=wrong"))
    assert _shut(token, "192.0.2.1")
    with pytest.raises(TooMany, match="Wait a minute, then try again"):
        token.admit(_with("authorization", f"Bearer {SECRET}"))
    token.admit(_with("cookie", f"{name}={value}"))


def test_who_shows_nothing_does_not_guess_and_is_told_how_to_ask() -> None:
    token, _ = _clocked()
    for _ in range(MOST_GUESSES):
        for caller in (_from("192.0.2.1"), _with("authorization", f"Basic {SECRET}"), _with("cookie", f"other={SECRET}")):
            with pytest.raises(NeedsToken, match="'Authorization: Bearer TOKEN'"):
                token.admit(caller)
    token.admit(_with("authorization", f"bEARER  {SECRET} "))


def test_callers_without_an_address_are_one_guesser() -> None:
    token, _ = _clocked()
    nowhere = HTTPConnection({"type": "http", "headers": []})
    for _ in range(MOST_GUESSES):
        with pytest.raises(NeedsToken):
            token.exchange("wrong", nowhere)
    with pytest.raises(TooMany):
        token.exchange(SECRET, nowhere)
    assert not _shut(token, "192.0.2.1")
