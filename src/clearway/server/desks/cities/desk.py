"""Brings a city in: its file comes in parts, is imported in a process of its own, and its network is served at once."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import unicodedata
from typing import IO, TYPE_CHECKING, Any

from clearway.errors import BadFile, NotFound
from clearway.network.store import load_network
from clearway.server.city import city_from
from clearway.server.desks.cities.uploads import Uploads
from clearway.server.desks.map.desk import MapDesk, summary_of
from clearway.server.networks import ServedNetwork, free_id, served_network, slug

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.network.model import Network
    from clearway.server.desks.cities.models import ImportQuestion
    from clearway.server.desks.cities.uploads import Arriving
    from clearway.server.desks.map.models import NetworkSummary
    from clearway.server.frame import Frame
    from clearway.server.jobs import JobProgress

SUFFIX = ".clearway"
_LOOK_S = 0.2
"""How soon the import notices that it was cancelled."""

_SHARE_OF_MEMORY = 0.75
"""Of the machine's: the rest is for those who work meanwhile."""

_NO_MEMORY_KNOWN_BYTES = 8 * 2**30
_SHARES = {
    "Reading": 0.05,
    "Putting the file in order": 0.3,
    "Splitting": 0.6,
    "Tying": 0.75,
    "Building": 0.85,
    "Writing": 0.95,
    "Opening": 0.97,
}
"""How much is done when a stage begins, by its first words: reading takes half of the time."""

_NO_CITIES = (
    "This server takes no cities in by the page. Import yours by 'clearway network import' and start it with that file."
)
_BROKEN = "is built in a way that the import cannot read", "Make the extract again, or try another publisher's."


class Cities:
    """The cities that one server takes in. Safe for several threads.

    Args:
        frame: The server's frame.

    Raises:
        NotFound: the server takes none.
    """

    def __init__(self, frame: Frame) -> None:
        if frame.cities is None:
            raise NotFound(_NO_CITIES)
        self._networks = frame.networks
        self._folder = frame.cities
        self._naming = threading.Lock()
        self._promised: set[str] = set()
        self.uploads = Uploads(frame.cities)

    def imported(self, arriving: Arriving, question: ImportQuestion, progress: JobProgress[NetworkSummary]) -> NetworkSummary:
        """Import a file, and serve its network; the file is gone afterwards, however it ended.

        Raises:
            BadFile: it cannot be used.
            Stopped: the work was cancelled.
        """
        name = " ".join(question.name.split())
        with self._naming:
            taken = {*self._networks, *self._promised, *(path.stem for path in self._folder.glob(f"*{SUFFIX}"))}
            wanted = free_id(slug(_plain(name)), taken)
            self._promised.add(wanted)
        made, out = arriving.path.with_name(f"made{SUFFIX}"), self._folder / f"{wanted}{SUFFIX}"
        try:
            arriving.working = True
            _import_apart([str(arriving.path), str(made), name, question.driving_side or ""], arriving.name, progress)
            progress("Opening the map", _SHARES["Opening"])
            made.replace(out)
            served = opened(load_network(out), wanted)
            served.desk(MapDesk)
            return summary_of(self._networks.add(served))
        except BaseException:
            out.unlink(missing_ok=True)
            raise
        finally:
            with self._naming:
                self._promised.discard(wanted)
            self.uploads.drop(arriving)


def opened(network: Network, name: str) -> ServedNetwork:
    """The network of a city that was brought in, under the name of its file."""
    served = served_network(network, city_from(network, name=network.name))
    return ServedNetwork(name, served.network, served.digest, served.city, served.sources)


def kept_cities(folder: Path) -> list[ServedNetwork]:
    """The cities that were brought in earlier, by name; a file that is none is left where it lies."""
    found = []
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        try:
            found.append(opened(load_network(path), path.stem))
        except BadFile:
            continue
    return found


def prepare(frame: Frame) -> None:
    """Remove what an earlier server left half sent."""
    if frame.cities is not None:
        frame.desk(Cities)


def _import_apart(arguments: list[str], name: str, progress: JobProgress[Any]) -> None:
    """Import in a process of its own, which ends when the work is cancelled.

    Raises:
        BadFile: the file cannot be used.
        Stopped: the work was cancelled.
    """
    command = [sys.executable, "-m", "clearway.server.desks.cities.worker", *arguments, str(_most_memory_bytes())]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603 - our own module
    said: queue.Queue[dict[str, Any] | None] = queue.Queue()
    assert process.stdout is not None  # noqa: S101 - a pipe
    threading.Thread(target=_listen, args=(process.stdout, said), daemon=True).start()
    doing, share = "Reading the file", _SHARES["Reading"]
    try:
        while True:
            progress(doing, share)
            try:
                line = said.get(timeout=_LOOK_S)
            except queue.Empty:
                continue
            if line is None:
                problem, remedy = _BROKEN
                raise BadFile(name, problem, remedy)
            if "refused" in line:
                problem, remedy = line["refused"]
                raise BadFile(name, problem, remedy)
            if line.get("done"):
                return
            doing = _said(str(line["doing"]))
            share = max(share, _share_of(doing))
    finally:
        _end(process)


def _listen(pipe: IO[bytes], said: queue.Queue[dict[str, Any] | None]) -> None:
    with pipe:
        for line in pipe:
            said.put(json.loads(line))
    said.put(None)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End it with whatever it started."""
    if process.poll() is None:
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()


def _plain(name: str) -> str:
    """A name without what stands over its letters.

    >>> _plain("Ōtautahi")
    'Otautahi'
    """
    return "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))


def _said(words: str) -> str:
    """Words at the beginning of a line.

    >>> _said("building the network")
    'Building the network'
    """
    return words[:1].upper() + words[1:]


def _share_of(doing: str) -> float:
    """How much is done when this begins.

    >>> _share_of("Building the network"), _share_of("Reading: 10 objects")
    (0.85, 0.05)
    """
    return next((share for stage, share in _SHARES.items() if doing.startswith(stage)), 0.0)


def _most_memory_bytes() -> int:
    """The most memory that an import may take."""
    try:
        whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return _NO_MEMORY_KNOWN_BYTES
    return int(whole * _SHARE_OF_MEMORY)
