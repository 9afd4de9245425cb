"""One line on standard error that says how far a long command is, nothing where nobody looks at it; and Ctrl-C, obeyed."""

from __future__ import annotations

import os
import shutil
import sys
import threading
import time
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Self, TextIO

    Tell = Callable[[str, float], None]

T = TypeVar("T")

_STEP_S = 2.0
"""A search reports far more often: what has not stopped by then sits in a solver that no signal reaches."""
_STOPPED = 130
"""What a shell expects of a program that Ctrl-C ended."""


class Progress:
    """Shows each message over the one before, with the seconds since the start; quiet where the stream is no terminal."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._shows = self._stream.isatty()
        self._start = time.monotonic()

    def __enter__(self) -> Self:
        """Start the clock's line."""
        return self

    def tell(self, message: str) -> None:
        """Show a message."""
        if self._shows:
            width = shutil.get_terminal_size().columns - 1
            line = f"{time.monotonic() - self._start:6.1f} s  {message}"
            self._stream.write(f"\r{line[:width]:<{width}}")
            self._stream.flush()

    def share(self, doing: str, share: float) -> None:
        """Show what is being done and how much of the whole is done."""
        self.tell(f"{doing} ({share:.0%})")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Take the line away."""
        self.clear()

    def clear(self) -> None:
        """Take the line away, for a question."""
        if self._shows:
            width = shutil.get_terminal_size().columns - 1
            self._stream.write("\r" + " " * width + "\r")
            self._stream.flush()


def stoppable(work: Callable[[Tell], T], tell: Tell) -> T:
    """What some work answers. Ctrl-C ends it at its next step, and where that step does not end, the program.

    Args:
        work: Called with what it must call at each step; what that raises must end it.
        tell: Called at each step with what is being done and the share that is done.
    """
    done: Future[T] = Future()
    stopped = threading.Event()

    def step(doing: str, share: float) -> None:
        if stopped.is_set():
            raise InterruptedError
        tell(doing, share)

    def run() -> None:
        try:
            done.set_result(work(step))
        except BaseException as error:  # noqa: BLE001 - raised where it is waited for
            done.set_exception(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        return done.result()
    except KeyboardInterrupt:
        stopped.set()
        thread.join(_STEP_S)
        if thread.is_alive():
            sys.stderr.write("\nStopped.\n")
            sys.stderr.flush()
            os._exit(_STOPPED)
        raise
