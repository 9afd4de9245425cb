"""The last values by key: bounded, made once however many threads ask."""

from __future__ import annotations

import pickle
import threading

import pytest

from clearway.cache import Cache


def test_a_value_is_made_once_and_the_ones_used_last_stay() -> None:
    cache: Cache[str] = Cache(2)
    made: list[str] = []

    def of(key: str) -> str:
        def make() -> str:
            made.append(key)
            return key.upper()

        return cache.of(key, make)

    assert [of("a"), of("b"), of("a"), of("c"), of("a"), of("b")] == ["A", "B", "A", "C", "A", "B"]
    assert made == ["a", "b", "c", "b"], "b made room for c, since a was used after it"
    assert len(cache) == 2


def test_the_bound_can_be_a_size_and_what_is_larger_does_not_stay() -> None:
    cache: Cache[bytes] = Cache(10, size=len)
    assert cache.of("small", lambda: b"12345") == b"12345"
    assert cache.of("large", lambda: b"12345678901") == b"12345678901"
    assert (cache.get("large"), cache.get("small"), len(cache)) == (None, None, 0)
    for number in range(5):
        cache.of(number, lambda: b"1234")
    assert [cache.get(number) for number in range(5)] == [None, None, None, b"1234", b"1234"]


def test_threads_that_ask_for_the_same_wait_for_the_one_that_makes_it() -> None:
    cache: Cache[object] = Cache(8)
    entered, leave = threading.Event(), threading.Event()
    made: list[object] = []
    found: list[object] = []

    def make() -> object:
        entered.set()
        assert leave.wait(20)
        made.append(object())
        return made[-1]

    threads = [threading.Thread(target=lambda: found.append(cache.of("key", make))) for _ in range(8)]
    for thread in threads:
        thread.start()
    assert entered.wait(20)
    assert cache.of("other", lambda: "at once") == "at once"
    leave.set()
    for thread in threads:
        thread.join(20)
    assert found == made * 8


def test_a_failure_is_raised_and_not_cached_and_the_next_asker_tries_again() -> None:
    cache: Cache[str] = Cache(8)
    entered, leave = threading.Event(), threading.Event()
    found: list[str] = []

    def fail() -> str:
        entered.set()
        assert leave.wait(20)
        raise ValueError("not today")

    def first() -> None:
        with pytest.raises(ValueError, match="not today"):
            cache.of("key", fail)
        found.append("refused")

    one = threading.Thread(target=first)
    one.start()
    assert entered.wait(20)
    other = threading.Thread(target=lambda: found.append(cache.of("key", lambda: "made")))
    other.start()
    leave.set()
    for thread in (one, other):
        thread.join(20)
    assert sorted(found) == ["made", "refused"]


def test_values_go_to_another_process_without_the_lock() -> None:
    cache: Cache[bytes] = Cache(10, size=len)
    cache.of("key", lambda: b"value")
    again: Cache[bytes] = pickle.loads(pickle.dumps(cache))  # noqa: S301 - our own
    assert again.of("key", lambda: b"") == b"value"
    again.of("more", lambda: b"1234567")
    assert (again.get("key"), cache.get("key")) == (None, b"value")
