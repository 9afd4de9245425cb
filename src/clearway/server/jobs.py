"""Long work of many askers, side by side: with progress and cancel, and fairly; unwanted work ends.

A job's work is a function that reports to a :class:`JobProgress` how far it is; that same call ends the work, by raising
:class:`Stopped`, once the job is cancelled or its asker has stopped looking. And there the job hands its turn over, where
somebody waits who has had less (:mod:`clearway.server.turns`).
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
import uuid
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from clearway.errors import ClearwayError, NotFound, Unavailable
from clearway.server.turns import Claim, Turns

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
State = Literal["waiting", "working", "done", "failed", "cancelled"]

MOST_WAITING = 8
"""At most so many jobs of one name and asker wait; one more is refused."""

MOST_AT_WORK = 64
"""At most so many jobs of all askers wait or work: each holds a thread, and once begun some megabytes."""

FORGOTTEN_S = 20.0
"""A job that nobody has looked at for so long is cancelled: its asker has gone."""

LOCAL_ASKER = "local"
"""Who asks where nobody else can."""

_MOST_REMEMBERED = 32
_SHARE_TO_GUESS_FROM = 0.02
_FAULT = (
    "The program failed; this is a bug, and its log has the details. Your plan is not lost. Try again, or report the fault."
)


class Stopped(Exception):
    """The job is to end now."""


class Job(Generic[T]):
    """One piece of long work and how far it is. Its fields are changed by its own thread alone."""

    def __init__(self, claim: Claim, work: Callable[[JobProgress[T]], T], turns: Turns, patience_s: float) -> None:
        self.id = uuid.uuid4().hex
        self.claim = claim
        self.state: State = "waiting"
        self.doing = "Waiting for its turn"
        self.share = 0.0
        self.answer: T | None = None
        self.answers = 0
        self.failure: ClearwayError | None = None
        self._work = work
        self._turns = turns
        self._patience_s = patience_s
        self._began = self._reported = 0.0
        self._looked = time.monotonic()
        self._turning = threading.Lock()
        self._cancelled = threading.Event()
        self._ended: Future[None] = Future()
        self._ended.set_running_or_notify_cancel()  # who stops waiting for it must not cancel it

    @property
    def name(self) -> str:
        """What kind of work it is, and on what."""
        return self.claim.name

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
        return self._ended.done()

    async def look(self, wait_s: float = 0.0) -> Job[T]:
        """The job itself, after its end or so many seconds; it counts as asked for."""
        self._looked = time.monotonic()
        ended = asyncio.wrap_future(self._ended)
        await asyncio.wait([ended], timeout=wait_s)
        ended.cancel()
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
        """Note how far the work is, and let others go first; raises ``Stopped`` where it is to end."""
        self.doing, self.share, self._reported = doing, min(max(share, 0.0), 1.0), time.monotonic()
        if not self._turns.shared(self.claim, self._is_unwanted):
            raise Stopped

    def run(self) -> None:
        """Do the work when its turn has come; whatever goes wrong becomes a sentence."""
        try:
            self._begin()
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
        finally:
            self._turns.left(self.claim)

    def answered(self, answer: T) -> None:
        """Put an answer, a first one or the last."""
        self.answer = answer
        self.answers += 1

    def _begin(self) -> None:
        taken = self._turns.taken(self.claim, self._is_unwanted)
        with self._turning:
            if not taken or self.over:
                raise Stopped
            self.state, self._began = "working", time.monotonic()
            self._reported = self._began

    def _is_unwanted(self) -> bool:
        return self.unwanted

    def _end(self, state: State) -> None:
        if not self.over:
            self.state = state
            self._ended.set_result(None)


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
    """The jobs of one server.

    Args:
        patience_s: After how long a job that nobody looks at is cancelled.
        turns: Who computes when.
    """

    def __init__(self, patience_s: float = FORGOTTEN_S, turns: Turns | None = None) -> None:
        self._patience_s = patience_s
        self._turns = turns or Turns()
        self._known: dict[str, Job[Any]] = {}
        self._lock = threading.Lock()

    def start(
        self,
        name: str,
        work: Callable[[JobProgress[T]], T],
        asker: str = LOCAL_ASKER,
        *,
        alone: str = "",
        most_waiting: int = MOST_WAITING,
    ) -> Job[T]:
        """A new job, which begins when its turn comes.

        Args:
            name: What kind of work it is, and on what.
            work: The work.
            asker: Who wants it.
            alone: Jobs with the same word here are done one after the other.
            most_waiting: Of this name and asker.

        Raises:
            Unavailable: too many wait already.
        """
        job: Job[T] = Job(Claim(asker, name, alone), work, self._turns, self._patience_s)
        with self._lock:
            self._refuse_too_many(name, asker, most_waiting)
            self._known[job.id] = job
            for over in [known.id for known in self._known.values() if known.over][:-_MOST_REMEMBERED]:
                del self._known[over]
            self._turns.asked(job.claim)
        threading.Thread(target=job.run, name=f"clearway {name}", daemon=True).start()
        return job

    def _refuse_too_many(self, name: str, asker: str, most_waiting: int) -> None:
        going = [job for job in self._known.values() if not job.over]
        waiting = [job for job in going if job.state == "waiting" and (job.claim.asker, job.name) == (asker, name)]
        for count, most in ((len(waiting), most_waiting), (len(going), MOST_AT_WORK)):
            if count >= most:
                raise Unavailable(f"{count} pieces of work wait already. Cancel one, or ask again in a minute.")

    def of(self, name: str, job_id: str) -> Job[Any]:
        """The job of this name and id.

        Raises:
            NotFound: there is none, or it has been forgotten.
        """
        job = self._known.get(job_id)
        if job is None or job.name != name:
            raise NotFound(f"There is no piece of work '{job_id}' here any more. Ask for it again.")
        return job

    def forget(self, job: Job[Any]) -> None:
        """End a job whose answer nobody will ask for again."""
        job.cancel()
        with self._lock:
            self._known.pop(job.id, None)

    def close(self) -> None:
        """End all that runs or waits."""
        for job in list(self._known.values()):
            job.cancel()
