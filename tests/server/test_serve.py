"""Ports."""

from __future__ import annotations

import socket

import pytest

from clearway.errors import BadInput
from clearway.server.serve import LOCAL, bound_socket


def test_a_port_in_use_is_said_in_one_sentence() -> None:
    with socket.create_server((LOCAL, 0)) as taken, pytest.raises(BadInput, match="is in use") as refused:
        bound_socket(LOCAL, taken.getsockname()[1])
    assert refused.value.kind == "BadInput"


def test_without_a_wish_the_next_free_port_is_taken() -> None:
    first = bound_socket(LOCAL, None)
    second = bound_socket(LOCAL, None)
    with first, second:
        assert first.getsockname()[1] != second.getsockname()[1]


def test_a_host_that_is_not_ours_is_refused() -> None:
    with pytest.raises(BadInput, match="host"):
        bound_socket("no.such.host.invalid", None)
    with pytest.raises(BadInput, match="cannot be used"):
        bound_socket("192.0.2.1", 8000)


def test_small_answers_are_not_held_back() -> None:
    with bound_socket(LOCAL, None) as listener:
        assert listener.proto == socket.IPPROTO_TCP  # asyncio turns Nagle's delay off on such sockets alone
