"""Do many pieces of work, here or on a Dask cluster: told as they come, stopped when asked, gone on with later.

A piece of work is a key and an argument; its result is bytes, so that it can be kept. With a :class:`RunFile` every result is
on disk as soon as it is there: a run that was stopped, or whose machine went, goes on where it was. A worker of a cluster that
is lost takes nothing with it but the piece that it was at, which another one does again.
"""

from __future__ import annotations

import hashlib
import sqlite3
from concurrent.futures import CancelledError, ThreadPoolExecutor, as_completed
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from clearway.errors import BadFile, Conflict, Unavailable
from clearway.network.kernels import core_count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from clearway.network.closures import Closure

    Work = Callable[[Any, Any], bytes]

T = TypeVar("T")

_MOST_TRIES = 3
"""A worker may be lost by accident, and once more; three times over something is wrong with the cluster."""
_WAIT_S = "20s"


class Place(Protocol):
    """Where work is done."""

    def results(self, work: Work, shared: object, tasks: Mapping[str, object]) -> Iterator[tuple[str, bytes]]:
        """Each task's key and result as they come; closing the iterator stops what is left.

        Args:
            work: Called with ``shared`` and a task; a function of a module, since it may be sent to another process.
            shared: What all tasks need; sent once.
            tasks: By key.
        """


def run_all(
    work: Work,
    shared: object,
    tasks: Mapping[str, object],
    *,
    place: Place | None = None,
    kept: RunFile | None = None,
    tell: Callable[[int, int], None] = lambda _done, _all: None,
) -> dict[str, bytes]:
    """Every task's result, in the order of the tasks. An empty one says that it was not finished: it is not stored.

    Args:
        work: Called with ``shared`` and a task.
        shared: What all tasks need.
        tasks: By key; those whose key is in ``kept`` are not done again.
        place: Where they are done; threads of this process where absent.
        kept: Where results are kept as they come.
        tell: Called with how many are done and how many there are, at the start and after each; what it raises stops the run.

    Raises:
        Unavailable: the cluster does not answer, or lost its workers again and again.
    """
    done = {key: content for key, content in (kept.known() if kept else {}).items() if key in tasks}
    tell(len(done), len(tasks))
    missing = {key: task for key, task in tasks.items() if key not in done}
    if missing:
        with closing((place or Threads()).results(work, shared, missing)) as results:  # type: ignore[type-var] # a generator
            for key, content in results:
                if kept and content:
                    kept.keep(key, content)
                done[key] = content
                tell(len(done), len(tasks))
    return {key: done[key] for key in tasks}


@dataclass(frozen=True, slots=True)
class Threads:
    """Threads of this process.

    Attributes:
        count: How many; as many as there are cores where 0.
    """

    count: int = 0

    def results(self, work: Work, shared: object, tasks: Mapping[str, object]) -> Iterator[tuple[str, bytes]]:
        """Each task's key and result as they come."""
        pool = ThreadPoolExecutor(self.count or core_count())
        futures = {pool.submit(work, shared, task): key for key, task in tasks.items()}
        try:
            for future in as_completed(futures):
                yield futures[future], future.result()
        finally:
            pool.shutdown(cancel_futures=True)


@dataclass(frozen=True, slots=True)
class OnDask:
    """A Dask cluster.

    Attributes:
        address: Of its scheduler, such as ``tcp://10.0.0.5:8786``; a cluster of this machine's own where absent.
        workers: Processes of the cluster of our own; 0: threads of this process, which start at once and share what is kept.
    """

    address: str | None = None
    workers: int = 0

    def results(self, work: Work, shared: object, tasks: Mapping[str, object]) -> Iterator[tuple[str, bytes]]:
        """Each task's key and result as they come.

        Raises:
            Unavailable: the cluster does not answer, or lost its workers again and again.
        """
        left = dict(tasks)
        with self._client() as client:
            for _ in range(_MOST_TRIES):
                for key, content in _submitted(client, work, shared, left):
                    del left[key]
                    yield key, content
                if not left:
                    return
        raise Unavailable(
            f"The Dask cluster lost its workers {_MOST_TRIES} times over with {len(left)} pieces of work left. "
            "--keep stores what is done: give the workers more memory, then run the same command again."
        )

    @contextmanager
    def _client(self) -> Iterator[Any]:
        from distributed import Client, LocalCluster  # noqa: PLC0415 - it takes a second to import

        if self.address is None:
            threads = 1 if self.workers else core_count()
            with (
                LocalCluster(  # type: ignore[no-untyped-call]
                    n_workers=self.workers or 1,
                    threads_per_worker=threads,
                    processes=bool(self.workers),
                    dashboard_address="127.0.0.1:0",  # any free port: with None, Dask asks for 8787, which may be taken
                    silence_logs=50,
                ) as cluster,
                Client(cluster) as client,  # type: ignore[no-untyped-call]
            ):
                yield client
            return
        try:
            client = Client(self.address, timeout=_WAIT_S)  # type: ignore[no-untyped-call]
        except (OSError, ValueError) as error:
            raise Unavailable(
                f"No Dask scheduler answers at {self.address}. Start one with 'dask scheduler' and 'dask worker ADDRESS', "
                "or leave --dask out to use this machine."
            ) from error
        with client:
            yield client


def _submitted(client: Any, work: Work, shared: object, tasks: Mapping[str, object]) -> Iterator[tuple[str, bytes]]:  # noqa: ANN401 - distributed has no types
    """What a cluster finishes of some tasks; it ends early where the workers that held ``shared`` are lost."""
    from distributed import KilledWorker, as_completed  # noqa: PLC0415 - it takes a second to import

    try:
        client.wait_for_workers(1, timeout=_WAIT_S)
    except TimeoutError as error:
        raise Unavailable("The Dask scheduler has no workers. Start some with 'dask worker ADDRESS'.") from error
    there = client.scatter(shared, broadcast=True, hash=False)
    keys = {client.submit(work, there, task, pure=False, retries=_MOST_TRIES): key for key, task in tasks.items()}
    try:
        for future in as_completed(list(keys)):  # type: ignore[no-untyped-call]
            if future.status == "lost" or future.cancelled():
                return
            yield keys[future], future.result()
    except (CancelledError, KilledWorker):
        return
    finally:
        client.cancel([*keys, there])


def closures_key(closures: Iterable[Closure]) -> str:
    """A fingerprint of what is shut, whatever it is called and in whatever order it is named."""
    rows = sorted((shut.way, shut.shuts, str(shut.at_m), shut.along, shut.against) for shut in closures)
    return hashlib.blake2b(repr(rows).encode(), digest_size=16).hexdigest()


class RunFile:
    """Results in a SQLite file: of one run, or of several of the same city.

    Args:
        path: The file; made where it is absent.
        question: What all results in it rest on, in a form that is equal only where that is the same.

    Raises:
        BadFile: the file cannot be used.
        Conflict: its results rest on something else.
    """

    def __init__(self, path: Path, question: str) -> None:
        self._path = path
        with self._open() as file:
            file.execute("CREATE TABLE IF NOT EXISTS run (question TEXT NOT NULL)")
            file.execute("CREATE TABLE IF NOT EXISTS result (key TEXT PRIMARY KEY, content BLOB NOT NULL)")
            known = file.execute("SELECT question FROM run").fetchone()
            if known is None:
                file.execute("INSERT INTO run VALUES (?)", (question,))
            elif known[0] != question:
                raise Conflict(
                    f"{path} holds results for other trips, streets, stations or bus lines. "
                    "Name another file with --keep, or delete this one."
                )

    def known(self) -> dict[str, bytes]:
        """What is done."""
        with self._open() as file:
            return dict(file.execute("SELECT key, content FROM result"))

    def keep(self, key: str, content: bytes) -> None:
        """Write a result; it is on disk when this returns."""
        with self._open() as file:
            file.execute("INSERT OR REPLACE INTO result VALUES (?, ?)", (key, content))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self._path, timeout=20)) as file, file:
                yield file
        except sqlite3.Error as error:
            raise BadFile(self._path, f"cannot be used to store a run ({error})", "Name another file with --keep.") from error
