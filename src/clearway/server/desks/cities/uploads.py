"""Files that come in parts: bounded in size and number, on disk and never in memory, gone when nobody goes on."""

from __future__ import annotations

import shutil
import threading
import time
import uuid
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

from clearway.errors import BadFile, BadInput, Conflict, NotFound, TooMany
from clearway.network.importers.importing import check_kind

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 512 * 2**20
"""The largest file: a large country's extract; what is planned for is a city, of some megabytes."""

PART_BYTES = 4 * 2**20
"""A part takes two minutes by a telephone of a third of a megabit a second, which is how long a request may take."""

MOST_AT_ONCE = 4
"""Files that come at once."""

FORGOTTEN_S = 900.0
"""A file of which no part has come for so long is dropped."""

_FREE_TIMES = 3
"""The disk must hold the file, its ordered copy and the network."""

_ARRIVING = "arriving-"
_LARGER = "Cut your city out of it, for example by 'osmium extract', or import it by 'clearway network import'."


@dataclass(eq=False)
class Arriving:
    """A file of which parts have come.

    Attributes:
        name: What its sender calls it.
        size: Its bytes.
        path: Where it lies.
        taken: The bytes that have come.
        working: Whether it is being imported.
        touched: When its last part came, by a clock of its own.
    """

    name: str
    size: int
    path: Path
    taken: int = 0
    working: bool = False
    touched: float = field(default_factory=time.monotonic)
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def id(self) -> str:
        """Its name in addresses."""
        return self.path.parent.name.removeprefix(_ARRIVING)


class Uploads:
    """The files that come to one server. Safe for several threads.

    Args:
        folder: Where they lie while they come; what an earlier server left there is removed.
        most_bytes: The largest that is taken.
        forgotten_s: After how long without a part one is dropped.
    """

    def __init__(self, folder: Path, *, most_bytes: int = MOST_BYTES, forgotten_s: float = FORGOTTEN_S) -> None:
        self._folder = folder
        self._most_bytes = most_bytes
        self._forgotten_s = forgotten_s
        self._known: dict[str, Arriving] = {}
        self._lock = threading.Lock()
        for left in folder.glob(f"{_ARRIVING}*"):
            shutil.rmtree(left, ignore_errors=True)

    def open(self, name: str, size: int) -> Arriving:
        """Begin to take a file.

        Raises:
            BadFile: its name ends like none that the import reads, it is too large, or the disk has no room for it.
            TooMany: too many come at once.
        """
        name = PurePath(name.replace("\\", "/")).name or name
        check_kind(name)
        if size > self._most_bytes:
            raise BadFile(name, f"larger than {self._most_bytes // 2**20} MB, the most that the page takes", _LARGER)
        with self._lock:
            self._drop_forgotten()
            if len(self._known) >= MOST_AT_ONCE:
                raise TooMany(f"{len(self._known)} files are on their way already. Wait until one is imported.")
            arriving = self._begun(name, size)
            self._known[arriving.id] = arriving
        return arriving

    def _begun(self, name: str, size: int) -> Arriving:
        place = self._folder / f"{_ARRIVING}{uuid.uuid4().hex}"
        arriving = Arriving(name, size, place / _kept_name(name))
        try:
            place.mkdir(parents=True)
            if shutil.disk_usage(place).free < _FREE_TIMES * size:
                shutil.rmtree(place, ignore_errors=True)
                raise BadFile(name, "the server's disk has no room for it", "Free some space there, or send a smaller extract.")
            arriving.path.touch()
        except OSError as error:
            raise BadFile(name, f"the server cannot store it ({error.strerror})", "See to its data folder.") from error
        return arriving

    def of(self, upload: str) -> Arriving:
        """The file of an id.

        Raises:
            NotFound: there is none, or it was dropped.
        """
        with self._lock:
            found = self._known.get(upload)
        if found is None:
            raise NotFound(f"There is no file '{upload}' on its way any more. Send it again.")
        return found

    def take(self, upload: str, at: int, part: bytes) -> Arriving:
        """One more part of a file.

        Args:
            upload: The file's id.
            at: Where the part begins, in bytes; one that has come already is passed over.
            part: Its bytes.

        Raises:
            NotFound: there is no such file.
            Conflict: the part does not begin where the last one ended.
            BadInput: the part is too long, or goes beyond the end of the file.
            BadFile: the disk is full.
        """
        arriving = self.of(upload)
        with arriving.lock:
            arriving.touched = time.monotonic()
            if at + len(part) > arriving.size or len(part) > PART_BYTES:
                raise BadInput(
                    f"{arriving.name}: a part goes beyond the end, or beyond {PART_BYTES // 2**20} MB. Send it again."
                )
            if at + len(part) <= arriving.taken:
                return arriving
            if at != arriving.taken:
                raise Conflict(f"{arriving.name}: {arriving.taken} bytes have come. Go on from there.")
            try:
                with arriving.path.open("r+b") as file:
                    file.seek(at)
                    file.write(part)
            except OSError as error:
                problem = f"the server could not store it ({error.strerror})"
                raise BadFile(arriving.name, problem, "Free some space there, and send it again.") from error
            arriving.taken += len(part)
        return arriving

    def whole(self, upload: str) -> Arriving:
        """A file all of which has come.

        Raises:
            NotFound: there is no such file.
            Conflict: some of it is still to come, or it is being imported.
        """
        arriving = self.of(upload)
        arriving.touched = time.monotonic()
        if arriving.working:
            raise Conflict(f"{arriving.name} is being imported already. Wait for its end.")
        if arriving.taken < arriving.size:
            raise Conflict(f"{arriving.name}: {arriving.taken:,} of {arriving.size:,} bytes have come. Send the rest first.")
        return arriving

    def drop(self, arriving: Arriving) -> None:
        """Remove a file, whatever of it has come."""
        with self._lock:
            self._known.pop(arriving.id, None)
        shutil.rmtree(arriving.path.parent, ignore_errors=True)

    def _drop_forgotten(self) -> None:
        late = time.monotonic() - self._forgotten_s
        for arriving in [one for one in self._known.values() if one.touched < late and not one.working]:
            del self._known[arriving.id]
            shutil.rmtree(arriving.path.parent, ignore_errors=True)


def _kept_name(name: str) -> str:
    """A name under which any disk keeps a file: plain letters, with the endings that say what it holds.

    >>> _kept_name("Māori Hill.OSM.PBF"), _kept_name("streets.geojson")
    ('city.osm.pbf', 'city.geojson')
    """
    endings = "".join(PurePath(name.lower()).suffixes[-2:])
    return "city" + "".join(sign for sign in endings if sign.isascii() and (sign.isalnum() or sign == "."))
