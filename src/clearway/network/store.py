"""The network file: one file, versioned, mapped into memory.

    magic line | header length (8 bytes, little-endian) | header (JSON) | arrays, each at a multiple of 64 bytes

The header holds the format version, the scalar fields of the network and, for each array, dtype, shape and offset. Loading
reads the header and maps the rest: a city opens in milliseconds and several processes share one copy.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np

from clearway.errors import BadFile
from clearway.files import writing_bytes
from clearway.network.model import ARRAY_DTYPES, HEADER_FIELDS, LATER_ARRAYS, Network

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

MAGIC = b"CLEARWAY NETWORK\n"
FORMAT_VERSION = 1
"""Of the file; another number is refused."""
_ALIGNMENT_BYTES = 64
"""A cache line, and a multiple of every array's item: arrays are used where they lie in the file."""
_REMEDY = "Make it again with 'clearway network import SOURCE --out FILE'."
_DIGESTS: WeakKeyDictionary[Network, str] = WeakKeyDictionary()


def save_network(network: Network, path: Path) -> None:
    """Write a network to a file, whole or not at all.

    Raises:
        BadFile: the folder cannot be written.
    """
    arrays = {name: array for name, array in _arrays(network) if len(array) or name not in LATER_ARRAYS}
    table: dict[str, dict[str, Any]] = {}
    offset = 0
    for name, array in arrays.items():
        offset += -offset % _ALIGNMENT_BYTES
        table[name] = {"shape": array.shape, "offset": offset}
        offset += array.nbytes
    header = {"format": FORMAT_VERSION, "arrays": table} | {name: getattr(network, name) for name in HEADER_FIELDS}
    encoded = json.dumps(header).encode()
    start = len(MAGIC) + 8 + len(encoded)
    encoded += b" " * (-start % _ALIGNMENT_BYTES)
    with writing_bytes(path) as file:
        file.write(MAGIC + len(encoded).to_bytes(8, "little") + encoded)
        start = file.tell()
        for name, array in arrays.items():
            file.write(b"\0" * (start + table[name]["offset"] - file.tell()))
            file.write(array.tobytes())


def load_network(path: Path) -> Network:
    """Open a network file, mapped read-only.

    Raises:
        BadFile: the file is missing, is no network file, was cut short, or is of another version.
    """
    try:
        with path.open("rb") as file:
            if file.read(len(MAGIC)) != MAGIC:
                raise BadFile(path, "not a Clearway network file", _REMEDY)
            length = int.from_bytes(file.read(8), "little")
            size = path.stat().st_size
            if length > size:
                raise BadFile(path, "the network file is cut short", _REMEDY)
            header: dict[str, Any] = json.loads(file.read(length))
            start = file.tell()
    except OSError as error:
        raise BadFile(path, f"cannot be opened ({error.strerror})", "Check the name, or " + _REMEDY.lower()) from error
    except ValueError as error:
        raise BadFile(path, "the network file is damaged", _REMEDY) from error
    found = header.get("format") if isinstance(header, dict) else None
    if found != FORMAT_VERSION:
        raise BadFile(path, f"the network file has format {found}, but this program reads {FORMAT_VERSION}", _REMEDY)
    try:
        return Network(**_header_values(header), **_mapped(path, header["arrays"], start, size))
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise BadFile(path, "the network file is damaged", _REMEDY) from error


def network_digest(network: Network) -> str:
    """SHA-256 over every array, in file order: what a certificate names its network by, whatever the file is called.

    Worked out once for each network while it lives: nobody changes one.
    """
    if network not in _DIGESTS:
        _DIGESTS[network] = _digest(network)
    return _DIGESTS[network]


def _digest(network: Network) -> str:
    whole = hashlib.sha256()
    for name, array in _arrays(network):
        if name in LATER_ARRAYS and not len(array):
            continue
        whole.update(f"{name}{array.shape}".encode())
        whole.update(array.data)
    return whole.hexdigest()


def _arrays(network: Network) -> Iterator[tuple[str, NDArray[Any]]]:
    for name, dtype in ARRAY_DTYPES.items():
        yield name, np.ascontiguousarray(getattr(network, name), dtype=np.dtype(dtype))


def _header_values(header: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value := header[name], list) else value for name in HEADER_FIELDS}


def _mapped(path: Path, table: dict[str, Any], start: int, size: int) -> dict[str, Any]:
    whole = np.memmap(path, mode="r", dtype=np.uint8)
    arrays: dict[str, Any] = {}
    for name, dtype in ARRAY_DTYPES.items():
        if name in LATER_ARRAYS and name not in table:
            arrays[name] = np.empty(0, dtype)
            continue
        shape, first = tuple(table[name]["shape"]), start + table[name]["offset"]
        count = int(np.prod(shape)) * np.dtype(dtype).itemsize
        if first + count > size:
            raise BadFile(path, "the network file is cut short", _REMEDY)
        arrays[name] = whole[first : first + count].view(dtype).reshape(shape).view(np.ndarray)
    return arrays
