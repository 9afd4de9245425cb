"""The process in which reports are read: one question after the other from standard input, each within its bounds.

Whatever a report does to the libraries that read it, it does here: this process may be killed at any moment, and ends by itself
with the one that asks.

python -m clearway.intake.worker BYTES SECONDS
"""

from __future__ import annotations

import logging
import os
import pickle
import sys
import traceback
from typing import IO, TYPE_CHECKING, Any, Literal

from clearway.errors import ClearwayError
from clearway.intake.files import reports_in
from clearway.intake.passages import Passages
from clearway.intake.reader import read

if TYPE_CHECKING:
    from collections.abc import Callable

    Outcome = Literal["answered", "refused", "too large", "fault"]

LENGTH_BYTES = 8
"""Each message begins with its length."""

_TIRED_BYTES = 768 * 2**20
"""A process that once needed so much is replaced by a fresh one."""

_WORK: dict[str, Callable[..., Any]] = {"reports_in": reports_in, "read": read, "passages": Passages}


def main() -> int:
    """Answer until nobody asks any more."""
    memory, seconds = int(sys.argv[1]), int(sys.argv[2])
    questions, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    logging.disable()
    _bound_memory(memory)
    tired = max(_TIRED_BYTES, _peak_bytes())  # a new process begins with the peak of the one that started it
    while (question := received(questions)) is not None:
        _bound_time(seconds)
        send(answers, pickle.dumps((*_outcome(question), _peak_bytes() > tired)))
    return 0


def _outcome(question: bytes) -> tuple[Outcome, Any]:
    try:
        work, arguments, options = pickle.loads(question)  # noqa: S301 - from the process that started this one
        return "answered", _WORK[work](*arguments, **options)
    except ClearwayError as error:
        return "refused", error
    except MemoryError:
        return "too large", None
    except Exception:  # noqa: BLE001 - whatever a hostile file does to a library; who asks says it in a sentence and logs this
        return "fault", traceback.format_exc()


def send(pipe: IO[bytes], message: bytes) -> None:
    """Write one message."""
    pipe.write(len(message).to_bytes(LENGTH_BYTES, "big"))
    pipe.write(message)
    pipe.flush()


def received(pipe: IO[bytes]) -> bytes | None:
    """The next message; None where the other side has ended."""
    head = pipe.read(LENGTH_BYTES)
    length = int.from_bytes(head, "big")
    message = pipe.read(length) if len(head) == LENGTH_BYTES else b""
    return message if len(head) == LENGTH_BYTES and len(message) == length else None


def _bound_memory(most: int) -> None:
    """Bound the memory of this process, where the system can."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _bound_time(seconds: int) -> None:
    """Bound the processor time of this process from now on, where the system can: it ends even where nobody is left to kill it."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, hard))


def _peak_bytes() -> int:
    """The most memory that this process ever had; 0 where the system does not say."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


if __name__ == "__main__":
    sys.exit(main())
