"""Long work: one job at a time in a thread of its own, with progress and cancel; a few may wait, and unwanted work ends.

A job's work is a function that reports to a :class:`JobProgress` how far it is; that same call ends the work, by raising
:class:`Stopped`, once the job is cancelled or its asker has stopped looking.
"""

from __future__ import annotations

import logging
import threading
import time
import uuid
from collections import deque
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from clearway.errors import ClearwayError, NotFound, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
State = Literal["waiting", "working", "done", "failed", "cancelled"]

MOST_WAITING = 8
"""At most so many jobs wait; one more is refused."""

FORGOTTEN_S = 20.0
"""A job that nobody has looked at for so long is cancelled: its asker has gone."""

_MOST_REMEMBERED = 32
_SHARE_TO_GUESS_FROM = 0.02
_FAULT = (
    "The program failed; this is a bug, and its log has the details. Your plan is not lost. Try again, or report the fault."
)


class Stopped(Exception):
    """The job is to end now."""


class Job(Generic[T]):
    """One piece of long work and how far it is. Its fields are changed by its own thread alone."""

    def __init__(self, name: str, work: Callable[[JobProgress[T]], T], patience_s: float) -> None:
        self.id = uuid.uuid4().hex
        self.name = name
        self.state: State = "waiting"
        self.doing = "Waiting for its turn"
        self.share = 0.0
        self.answer: T | None = None
        self.answers = 0
        self.failure: ClearwayError | None = None
        self._work = work
        self._patience_s = patience_s
        self._began = self._reported = 0.0
        self._looked = time.monotonic()
        self._turning = threading.Lock()
        self._cancelled = threading.Event()
        self._ended = threading.Event()

    @property
    def seconds_left(self) -> int | None:
        """A guess from the share that is done; None while there is nothing to guess from."""
        if self.state != "working" or self.share < _SHARE_TO_GUESS_FROM:
            return None
        guessed = (self._reported - self._began) * (1 - self.share) / self.share
        return max(round(guessed - (time.monotonic() - self._reported)), 1)

    @property
    def over(self) -> bool:
        """Whether it has come to an end, whichever."""
        return self._ended.is_set()

    def look(self, wait_s: float = 0.0) -> Job[T]:
        """The job itself, after its end or so many seconds; it counts as asked for."""
        self._looked = time.monotonic()
        self._ended.wait(wait_s)
        return self

    def cancel(self) -> None:
        """End it as soon as it next reports how far it is; one that waits never begins."""
        self._cancelled.set()
        with self._turning:
            if self.state == "waiting":
                self._end("cancelled")

    @property
    def unwanted(self) -> bool:
        """Whether it was cancelled, or nobody looks any more."""
        return self._cancelled.is_set() or time.monotonic() - self._looked > self._patience_s

    def report(self, doing: str, share: float) -> None:
        """Note how far the work is; raises ``Stopped`` where it is to end."""
        if self.unwanted:
            raise Stopped
        self.doing, self.share, self._reported = doing, min(max(share, 0.0), 1.0), time.monotonic()

    def run(self) -> None:
        """Do the work; whatever goes wrong becomes a sentence."""
        with self._turning:
            if self.over:
                return
            self.state, self._began = "working", time.monotonic()
            self._reported = self._began
        try:
            self.answered(self._work(JobProgress(self)))
            self.share = 1.0
            self._end("done")
        except Stopped:
            self._end("cancelled")
        except ClearwayError as error:
            self.failure = error
            self._end("failed")
        except Exception:  # the edge of the thread: nobody else would learn of it
            logging.getLogger(__name__).exception("The job '%s' failed", self.name)
            self.failure = ClearwayError(_FAULT)
            self._end("failed")

    def answered(self, answer: T) -> None:
        """Put an answer, a first one or the last."""
        self.answer = answer
        self.answers += 1

    def _end(self, state: State) -> None:
        self.state = state
        self._ended.set()


class JobProgress(Generic[T]):
    """What a job's work reports to while it runs."""

    def __init__(self, job: Job[T]) -> None:
        self._job = job

    def __call__(self, doing: str, share: float) -> None:
        """How far it is.

        Args:
            doing: What is being done, for a person.
            share: Of the whole, 0 to 1.

        Raises:
            Stopped: the job is to end.
        """
        self._job.report(doing, share)

    def first(self, answer: T) -> None:
        """A first answer, which can be shown while the work goes on."""
        self._job.answered(answer)


class Jobs:
    """The jobs of one server, done one after the other.

    Args:
        patience_s: After how long a job that nobody looks at is cancelled.
    """

    def __init__(self, patience_s: float = FORGOTTEN_S) -> None:
        self._patience_s = patience_s
        self._known: dict[str, Job[Any]] = {}
        self._waiting: deque[Job[Any]] = deque()
        self._lock = threading.Lock()
        self._running = False

    def start(self, name: str, work: Callable[[JobProgress[T]], T]) -> Job[T]:
        """A new job, which begins when those before it have ended.

        Raises:
            Unavailable: too many wait already.
        """
        job: Job[T] = Job(name, work, self._patience_s)
        with self._lock:
            self._waiting = deque(waiting for waiting in self._waiting if not waiting.over)
            if len(self._waiting) >= MOST_WAITING:
                raise Unavailable(f"{MOST_WAITING} pieces of work wait already. Cancel one, or ask again in a minute.")
            self._waiting.append(job)
            self._known[job.id] = job
            for over in [known.id for known in self._known.values() if known.over][:-_MOST_REMEMBERED]:
                del self._known[over]
            if not self._running:
                self._running = True
                threading.Thread(target=self._run, name="clearway-jobs", daemon=True).start()
        return job

    def of(self, name: str, job_id: str) -> Job[Any]:
        """The job of this name and id.

        Raises:
            NotFound: there is none, or it has been forgotten.
        """
        job = self._known.get(job_id)
        if job is None or job.name != name:
            raise NotFound(f"There is no piece of work '{job_id}' here any more. Ask for it again.")
        return job

    def close(self) -> None:
        """End all that runs or waits."""
        for job in list(self._known.values()):
            job.cancel()

    def _run(self) -> None:
        """Do what waits, until nothing does."""
        while True:
            with self._lock:
                if not self._waiting:
                    self._running = False
                    return
                job = self._waiting.popleft()
            if job.unwanted:
                job.cancel()
            job.run()
