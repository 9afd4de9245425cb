"""Reports read in processes of their own, bounded in memory and time: nothing that a report holds can occupy who asks.

A process is reused, so that an ordinary report does not wait for one to start; one that exceeds its bounds is killed, and the
report is refused in a sentence.
"""

from __future__ import annotations

import logging
import os
import pickle
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any, Self

from clearway.errors import BadFile
from clearway.intake.worker import received, send

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from clearway.intake.passages import Passages
    from clearway.intake.reader import Context, Reading
    from clearway.intake.report import Report

MOST_SECONDS = 20
"""The longest that one report may take: five times what the longest that is read needs on a slow laptop."""

MOST_MEMORY_BYTES = 2 * 2**30
"""The most memory that one report may take; what reads it takes a tenth of it."""

MOST_DRAFTS = 2000
"""The most drafts of one report: ten times those of the longest articles that we know."""

_PROCESSES = 2
"""As many reports are read at once; others wait."""

_SPARE_SECONDS = 5
"""How much longer than its processor time a process may take by the clock: to start, and while others work."""

_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_TOO_LONG = "takes too long to read", "Save its words as text, and send that in parts."
_TOO_LARGE = "takes too much memory to read", "Save its words as text, and send that in parts."
_BROKEN = "is built in a way that cannot be read", "Save its words as text, and send that."

_LOG = logging.getLogger(__name__)


class Readers:
    """The processes that read reports. Safe for several threads; one that is not closed ends with this process.

    Args:
        seconds: The longest that one report may take.
        memory_bytes: The most memory that one may take.
    """

    def __init__(self, *, seconds: int = MOST_SECONDS, memory_bytes: int = MOST_MEMORY_BYTES) -> None:
        self._bounds = memory_bytes, seconds
        self._turns = threading.BoundedSemaphore(_PROCESSES)
        self._idle: list[_Process] = []
        self._busy: set[_Process] = set()
        self._lock = threading.Lock()
        self._closed = False

    def reports_in(
        self,
        data: bytes,
        name: str,
        *,
        published: datetime | None = None,
        publisher: str | None = None,
        zone: ZoneInfo | None = None,
    ) -> list[Report]:
        """The reports that a file holds; see :func:`clearway.intake.files.reports_in`.

        Raises:
            BadFile: as there; or reading it takes too long, or too much memory.
        """
        found: list[Report] = self._ask(name, "reports_in", data, name, published=published, publisher=publisher, zone=zone)
        return found

    def read(self, report: Report, context: Context, *, at: datetime | None = None) -> Reading:
        """A report as it is read; see :func:`clearway.intake.reader.read`.

        Raises:
            BadFile: reading it takes too long, or too much memory; or it gives more drafts than anybody can decide on.
        """
        reading: Reading = self._ask(report.name, "read", report, context, at=at)
        if len(reading.proposals) > MOST_DRAFTS:
            raise BadFile(report.name, f"gives more than {MOST_DRAFTS:,} drafts", "Send it in parts.")
        return reading

    def passages(self, name: str, text: str) -> Passages:
        """A report's text in sentences.

        Args:
            name: What the report is called.
            text: Its text.

        Raises:
            BadFile: it takes too long, or too much memory.
        """
        passages: Passages = self._ask(name, "passages", text)
        return passages

    def warm(self) -> None:
        """Start a process, so that the first report does not wait for it."""
        with self._lock:
            if not self._idle and not self._closed:
                self._idle.append(_Process(*self._bounds))

    def close(self) -> None:
        """End the processes; a report that is being read is refused."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
            for process in self._busy:
                process.kill()  # who waits for its answer ends it
        for process in idle:
            process.end()

    def __enter__(self) -> Self:
        """The same."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the processes."""
        self.close()

    def _ask(self, name: str, work: str, *arguments: object, **options: object) -> Any:  # noqa: ANN401 - what that work gives
        question = pickle.dumps((work, arguments, options))
        with self._turns:
            with self._lock:
                process = self._idle.pop() if self._idle else _Process(*self._bounds)
                self._busy.add(process)
            try:
                outcome, answer = process.answer(question)
            finally:
                self._put_back(process)
        if outcome == "answered":
            return answer
        if outcome == "refused":
            raise answer
        if outcome == "fault":
            _LOG.warning("Reading %r failed: %s", name, answer)
        raise BadFile(name, *{"too long": _TOO_LONG, "too large": _TOO_LARGE}.get(outcome, _BROKEN))

    def _put_back(self, process: _Process) -> None:
        """Keep a process for the next report, or a fresh one in the place of one that is spent."""
        with self._lock:
            self._busy.discard(process)
            if process.spent or self._closed:
                process.end()
            if not self._closed:
                self._idle.append(_Process(*self._bounds) if process.spent else process)


class _Process:
    """One process that reads, in a session of its own: it is killed with whatever it started."""

    def __init__(self, memory_bytes: int, seconds: int) -> None:
        command = [sys.executable, "-m", "clearway.intake.worker", str(memory_bytes), str(seconds)]
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True, env=os.environ | _ONE_THREAD
        )
        self._patience_s = seconds + _SPARE_SECONDS
        self._overdue = False
        self.spent = False

    def answer(self, question: bytes) -> tuple[str, Any]:
        """How a question came out, and its answer; a process that does not answer in time is killed."""
        watch = threading.Timer(self._patience_s, self._too_late)
        watch.daemon = True
        watch.start()
        answered = self._answered(question)
        watch.cancel()
        if answered is None:
            return self._how_it_died(), None
        outcome, answer, tired = pickle.loads(answered)  # noqa: S301 - from our own process
        self.spent = tired or outcome in ("too large", "fault")
        return outcome, answer

    def kill(self) -> None:
        """Kill it and what it started."""
        if self._process.poll() is None:
            if os.name == "posix":
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()

    def end(self) -> None:
        """Kill it, and close what joins us."""
        self.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # what was not yet sent to it
                    continue

    def _answered(self, question: bytes) -> bytes | None:
        """What it sends back; None where it ended before."""
        assert self._process.stdin is not None  # noqa: S101 - both are pipes
        assert self._process.stdout is not None  # noqa: S101
        try:
            send(self._process.stdin, question)
            return received(self._process.stdout)
        except OSError:
            return None

    def _too_late(self) -> None:
        self._overdue = True
        self.kill()

    def _how_it_died(self) -> str:
        """In which way it ended without an answer."""
        self.spent = True
        by = -self._process.wait()
        if self._overdue or (os.name == "posix" and by == signal.SIGXCPU):
            return "too long"
        return "too large" if by == getattr(signal, "SIGKILL", 9) else "died"
