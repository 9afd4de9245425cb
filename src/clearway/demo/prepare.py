"""The demonstration's network and record in a data folder: made on the first run, the network again when it is damaged."""

from __future__ import annotations

import hashlib
import json
from contextlib import closing
from importlib import resources
from typing import TYPE_CHECKING

from clearway import __version__
from clearway.demo.renewal import is_older, renewed
from clearway.demo.wellington import bundled, wellington_network
from clearway.errors import ClearwayError
from clearway.files import writing, writing_bytes
from clearway.network.store import FORMAT_VERSION, load_network, network_digest, save_network
from clearway.record.import_jsonl import drafts_in, import_lines
from clearway.record.moments import calendar
from clearway.record.open import open_record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clearway.network.model import Network
    from clearway.record.store import Store

FILE = "wellington.clearway"
RECORD = "wellington.record"
OPERATION = "wellington-2022"
LINES = "record.jsonl"
"""The bundled record, written to the folder too, as an example of what can be imported."""
EXAMPLES = {
    "bus_lines.csv": "bus_lines.csv.gz",
    "means.json": "means.json",
    "parking.json": "parking.json",
    "site.geojson": "site.geojson",
    "stations.geojson": "stations.geojson",
    "suburbs.geojson": "suburbs.geojson.gz",
    "tally.csv": "tally.csv",
    "timetable.zip": "metlink-2020-02-20.gtfs.zip",
    "towing.json": "towing.json",
    "works.geojson": "event_closures.geojson.gz",
}
"""What is written beside the network for the command line, and the bundled file that it comes from."""

_STAMP = "wellington.json"


def demo_network(data: Path, say: Callable[[str], None]) -> Network:
    """The demonstration's network from a data folder, which gets its site and stations too.

    Args:
        data: The folder; made if it does not exist.
        say: Given a sentence about each step that takes time.

    Raises:
        BadFile: the folder cannot be written.
    """
    for name, source in EXAMPLES.items():
        if not (data / name).exists():
            with writing_bytes(data / name) as file:
                file.write(bundled(source))
    path = data / FILE
    network = _sound(path, data / _STAMP)
    if network is not None:
        return network
    say(
        "The stored network is damaged or from another version; making it again ..."
        if path.exists()
        else "Reading the streets ..."
    )
    made = wellington_network()
    save_network(made, path)
    _write(data / _STAMP, json.dumps({"inputs": _inputs_digest(), "network": network_digest(made)}))
    return load_network(path)


def demo_record(data: Path, say: Callable[[str], None] = lambda _: None) -> Store:
    """The demonstration's record from a data folder: what the reports say, and what was added since.

    One that an older version made is kept under another name; see :mod:`clearway.demo.renewal`.

    Args:
        data: The folder, which must be there.
        say: Given a sentence where the record was made by an older version.

    Raises:
        BadFile: the folder cannot be written, or what is there is not a record.
    """
    record, lines = data / RECORD, data / LINES
    _write(lines, bundled(LINES).decode())

    def fill(store: Store) -> None:
        import_lines(store, OPERATION, lines, calendar())

    with closing(open_record(str(record))) as store:
        older = is_older(store.entries(OPERATION), {draft.id: draft for draft in drafts_in(lines, calendar())})
    if older:
        renewed(record, OPERATION, fill, say)
    store = open_record(str(record))
    fill(store)
    return store


def _sound(path: Path, stamp: Path) -> Network | None:
    """The stored network, if it is whole and this version made it from the same inputs."""
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
    with writing(path) as file:
        file.write(text)
