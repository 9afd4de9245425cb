"""The demonstration's network as a file in a data folder: made on the first run, made again when it is stale or damaged."""

from __future__ import annotations

import hashlib
import json
from importlib import resources
from typing import TYPE_CHECKING

from clearway import __version__
from clearway.demo.wellington import bundled, wellington_network
from clearway.errors import BadFile, ClearwayError
from clearway.network.store import FORMAT_VERSION, load_network, network_digest, save_network

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clearway.network.model import Network

FILE = "wellington.clearway"
EXAMPLES = ("site.geojson", "stations.geojson")
"""Bundled files that are laid beside the network, for the command line."""

_STAMP = "wellington.json"


def kept_network(data: Path, say: Callable[[str], None]) -> Network:
    """The demonstration's network from a data folder, where its site and stations lie too.

    Args:
        data: The folder; made where it is absent.
        say: Told what takes time, one sentence each.

    Raises:
        BadFile: the folder cannot be written.
    """
    for name in EXAMPLES:
        if not (data / name).exists():
            _write(data / name, bundled(name).decode())
    path = data / FILE
    network = _sound(path, data / _STAMP)
    if network is not None:
        return network
    say(
        "The kept network is damaged or of another version; making it again ..." if path.exists() else "Reading the streets ..."
    )
    made = wellington_network()
    save_network(made, path)
    _write(data / _STAMP, json.dumps({"inputs": _inputs_digest(), "network": network_digest(made)}))
    return load_network(path)


def _sound(path: Path, stamp: Path) -> Network | None:
    """The kept network, when it is whole and made of these very inputs by this very program."""
    try:
        known = json.loads(stamp.read_text("utf-8"))
        if known["inputs"] != _inputs_digest():
            return None
        network = load_network(path)
        return network if network_digest(network) == known["network"] else None
    except (OSError, ValueError, KeyError, TypeError, ClearwayError):
        return None


def _inputs_digest() -> str:
    whole = hashlib.sha256(f"{__version__} {FORMAT_VERSION}".encode())
    for file in sorted(resources.files("clearway.demo").iterdir(), key=lambda entry: entry.name):
        if file.is_file():
            whole.update(file.name.encode() + file.read_bytes())
    return whole.hexdigest()


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise BadFile(path, f"cannot be written ({error.strerror})", "Choose another folder with --data.") from error
