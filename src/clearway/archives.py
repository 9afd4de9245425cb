"""Open packed files within bounds: one of a few kilobytes may unfold to more than a machine holds."""

from __future__ import annotations

import bz2
import gzip
import io
import re
from typing import TYPE_CHECKING

from clearway.errors import BadFile

if TYPE_CHECKING:
    import zipfile
    from pathlib import Path

MOST_MEMBERS = 2000
"""The most files in a zip: a timetable has some twenty, a saved solution as many."""

MOST_BYTES = 4 * 2**30
"""The most that a packed file may unfold to: a country's timetable is a quarter of it."""

MOST_RATIO = 250
"""The most that a table may unfold to by its packed size: those of real timetables and maps unfold thirtyfold at most."""

_SMALL_BYTES = 64 * 2**20
"""What unfolds to less than this harms nobody, at whatever ratio."""

_CHECKED_BYTES = 32 * 2**20
"""A packed map of more than this is not unfolded beforehand, which takes a minute: a file made to harm is small."""

_PIECE_BYTES = 2**20
"""As much is unpacked at once: small beside any memory, large beside the cost of a call."""

_OUTSIDE = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:")
_LOCKED = 1
_REMEDY = "Get the file again from its publisher."


def check_zip(archive: zipfile.ZipFile, path: Path | str, *, ratio: int | None = MOST_RATIO) -> None:
    """Refuse a zip that cannot be what it says: by what its list of files says, which its reader holds each of them to.

    Args:
        archive: The zip, opened; nothing of it is unpacked.
        path: Its name, for messages.
        ratio: The most that it may unfold to by its packed size; None for any, where zeros are ordinary.

    Raises:
        BadFile: it has too many files, unfolds to too much, is locked, or names a file outside of itself.
    """
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise BadFile(path, f"holds {len(members):,} files; at most {MOST_MEMBERS:,} are read", _REMEDY)
    if outside := next((member.filename for member in members if _OUTSIDE.search(member.filename)), None):
        raise BadFile(path, f"names a file outside of itself ({outside[:80]!r})", _REMEDY)
    if any(member.flag_bits & _LOCKED for member in members):
        raise BadFile(path, "is locked with a password", "Unlock it first.")
    _refuse_too_much(path, sum(member.file_size for member in members), sum(member.compress_size for member in members), ratio)


def gunzipped(data: bytes, path: Path | str, *, most: int = MOST_BYTES) -> bytes:
    """What gzip packed.

    Args:
        data: The packed bytes.
        path: Their name, for messages.
        most: The most that they may unfold to.

    Raises:
        BadFile: they unfold to too much.
        OSError, EOFError, zlib.error: they are damaged.
    """
    pieces: list[bytes] = []
    unfolded = 0
    with gzip.open(io.BytesIO(data)) as packed:
        while piece := packed.read(_PIECE_BYTES):
            pieces.append(piece)
            unfolded += len(piece)
            _refuse_too_much(path, unfolded, len(data), MOST_RATIO, most)
    return b"".join(pieces)


def check_packed(path: Path) -> None:
    """Refuse a file packed by gzip or bzip2 that unfolds to too much; others, and large ones, pass.

    Raises:
        BadFile: it does.
    """
    size = path.stat().st_size
    kind = path.suffix.lower()
    if kind not in (".gz", ".bz2") or size > _CHECKED_BYTES:
        return
    unfolded = 0
    try:
        with gzip.open(path) if kind == ".gz" else bz2.open(path) as packed:
            while piece := packed.read(_PIECE_BYTES):
                unfolded += len(piece)
                _refuse_too_much(path, unfolded, size, MOST_RATIO)
    except (OSError, EOFError, ValueError):
        return  # damaged: who reads it says so in its own words


def _refuse_too_much(path: Path | str, unfolded: int, packed: int, ratio: int | None, most: int = MOST_BYTES) -> None:
    if unfolded > most:
        raise BadFile(path, f"unfolds to more than {most // 2**20:,} MB", _REMEDY)
    if ratio is not None and unfolded > max(_SMALL_BYTES, ratio * packed):
        raise BadFile(path, f"unfolds to more than {ratio} times its size, as files do that are made to harm", _REMEDY)
