"""Connections that threads share: lent to one at a time, checked before they are lent again, closed once they come back."""

from __future__ import annotations

import threading

import pytest

from clearway.errors import Unavailable
from clearway.record import pool as pool_module
from clearway.record.pool import MOST, Pool


class Made:
    """Numbers instead of connections, and what became of each."""

    def __init__(self) -> None:
        self.count = 0
        self.broken: set[int] = set()
        self.closed: list[int] = []
        self.pool = Pool(self.connect, is_sound=lambda one: one not in self.broken, close=self.closed.append)

    def connect(self) -> int:
        self.count += 1
        return self.count


def test_a_connection_is_lent_again_and_within_a_block_the_same_one() -> None:
    made = Made()
    for _ in range(3):
        with made.pool.lent() as one, made.pool.lent() as same:
            assert (one, same) == (1, 1)
    assert (made.count, made.closed) == (1, [])


def test_threads_have_each_their_own_and_no_more_than_there_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Made()
    started, done = threading.Barrier(MOST), threading.Event()
    lent: list[int] = []

    def work() -> None:
        with made.pool.lent() as one:
            lent.append(one)
            started.wait(10)
            done.wait(10)

    threads = [threading.Thread(target=work) for _ in range(MOST - 1)]
    for thread in threads:
        thread.start()
    with made.pool.lent() as mine:
        started.wait(10)
        assert sorted([*lent, mine]) == list(range(1, MOST + 1))
        monkeypatch.setattr(pool_module, "WAIT_S", 0.05)
        refused: list[str] = []

        def wait_in_vain() -> None:
            try:
                with made.pool.lent():
                    pass
            except Unavailable as error:
                refused.append(str(error))

        one_more = threading.Thread(target=wait_in_vain)
        one_more.start()
        one_more.join(10)
        assert refused == ["The record is busy: every connection to it has been in use for long. Try again in a moment."]
    done.set()
    for thread in threads:
        thread.join(10)
    with made.pool.lent() as again:
        assert again <= MOST
    assert (made.count, made.closed) == (MOST, [])


def test_what_broke_an_idle_connection_broke_the_others() -> None:
    made = Made()
    first, second = threading.Event(), threading.Event()

    def hold() -> None:
        with made.pool.lent():
            first.set()
            second.wait(10)

    thread = threading.Thread(target=hold)
    thread.start()
    first.wait(10)
    with made.pool.lent():
        pass
    second.set()
    thread.join(10)
    made.broken = {1}
    with made.pool.lent() as fresh:
        assert (fresh, sorted(made.closed)) == (3, [1, 2])


def test_a_closed_pool_closes_what_is_idle_at_once_and_what_is_in_use_once_it_comes_back() -> None:
    made = Made()
    with made.pool.lent():
        pass
    made.pool.close()
    assert made.closed == [1]
    with made.pool.lent() as late:
        assert (late, made.closed) == (2, [1])
    assert made.closed == [1, 2]


def test_a_connection_comes_back_and_its_place_too_whatever_went_wrong() -> None:
    made = Made()
    for _ in range(2 * MOST):
        with pytest.raises(ValueError, match="wrong"), made.pool.lent():
            raise ValueError("wrong")
    assert made.count == 1
    failing: Pool[int] = Pool(lambda: int("x"), is_sound=lambda _: True, close=lambda _: None)
    for _ in range(2 * MOST):
        with pytest.raises(ValueError, match="invalid literal"), failing.lent():
            pass
