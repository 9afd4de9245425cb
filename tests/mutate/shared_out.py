"""Work shared out among processes, each of which asks for the next piece when it is done with the last."""

from __future__ import annotations

from multiprocessing import get_context
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection

Task = TypeVar("Task")
Answer = TypeVar("Answer")


def shared_out(tasks: Iterator[Task], work: Callable[[Iterator[Task]], Iterator[Answer]], jobs: int) -> Iterator[Answer]:
    """What the work makes of the tasks, as it comes.

    Args:
        tasks: Asked for one by one, as late as may be.
        work: Runs in each process: gets the tasks of that process one by one, and yields an answer for each.
        jobs: How many processes.

    Raises:
        RuntimeError: a process ended before its work was done.
    """
    forked = get_context("fork")
    pipes: list[Connection] = []
    workers = []
    busy: list[Connection] = []
    try:
        for _ in range(jobs):
            ours, theirs = forked.Pipe()
            workers.append(forked.Process(target=_worker, args=(work, theirs)))
            workers[-1].start()
            theirs.close()
            pipes.append(ours)
        busy = [pipe for pipe in pipes if _handed(pipe, tasks)]
        while busy:
            ready = wait(busy)
            for pipe in [one for one in busy if one in ready]:
                yield pipe.recv()
                if not _handed(pipe, tasks):
                    busy.remove(pipe)
    except EOFError:
        raise RuntimeError("A process that tries mutants ended before its time; what it wrote stands above.") from None
    finally:
        for worker in workers:
            if busy:
                worker.terminate()
            worker.join()
        for pipe in pipes:
            pipe.close()


def _handed(pipe: Connection, tasks: Iterator[Task]) -> bool:
    """Hand out the next task, or the word that there is none; whether there was one."""
    for task in tasks:
        pipe.send((task,))
        return True
    pipe.send(None)
    return False


def _worker(work: Callable[[Iterator[Task]], Iterator[Answer]], pipe: Connection) -> None:
    handed: Iterator[tuple[Task]] = iter(pipe.recv, None)
    for answer in work(task for (task,) in handed):
        pipe.send(answer)
