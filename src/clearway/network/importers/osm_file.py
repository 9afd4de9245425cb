"""OpenStreetMap files as people have them, brought into the form that a reader needs: nodes, ways, relations, each once, by id.

A file that is in that form is read as it lies. Another is written anew into a folder for the time of the import: Overpass
output in its own order or with its places on the ways (``out geom``), extracts pasted together, histories (the newest version
stands), maps from an editor with negative ids or with objects that it has deleted, coordinates that are no number or off the
globe. A file too large for that is refused with the command that does the same.
"""

from __future__ import annotations

import bz2
import gzip
import json
import re
from enum import Enum
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, BinaryIO, cast
from xml.sax.saxutils import quoteattr

import osmium

from clearway.archives import check_packed
from clearway.errors import BadFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SUFFIXES = (".osm.pbf", ".pbf", ".osm", ".osm.gz", ".osm.bz2", ".o5m", ".opl")
_FORMATS = {".osm.gz": "osm.gz", ".osm.bz2": "osm.bz2", ".pbf": "pbf", ".osm": "osm", ".o5m": "o5m", ".opl": "opl"}
_OTHERS = {
    (".zst",): ("is compressed with zstd, which the import does not read", "Run 'zstd -d' on it first."),
    (".xz",): ("is compressed with xz, which the import does not read", "Run 'xz -d' on it first."),
    (".zip", ".7z"): ("is an archive", "Unpack it, and give the .osm or .osm.pbf file in it."),
    (".osc", ".osc.gz", ".osc.bz2"): (
        "holds changes to a map, and no map",
        "Run 'osmium apply-changes' on the map and on it, and give what that makes.",
    ),
}
MOST_TO_REWRITE_BYTES = 100_000_000
"""A large city: rewriting takes a minute and a gigabyte or two of memory. Larger files are for osmium's own tools."""
_CHUNK_BYTES = 1 << 20
"""Read at a time when an XML file is looked through."""
_OVERLAP_BYTES = 4096
"""Longer than any tag that is searched, so that none is cut in two between chunks."""
_MOST_LAT_DEG, _MOST_LON_DEG = 90.0, 180.0
"""The globe."""
_NEGATIVE_FROM = 1 << 40
"""Nodes with negative ids become positive ones from here on; real ids are a hundred times smaller."""
_ACTION = re.compile(rb"""<(node|way|relation)\b[^<>]*?\baction=["']delete["'][^<>]*>""")
_ID = re.compile(rb"""\bid=["'](-?\d+)["']""")
_CUT_SHORT = re.compile(rb"<remark>\s*([^<]*error[^<]*)</remark>")
_MEMBER = re.compile(rb"(<member\b[^<>]*[^<>/])>(?:\s|<nd\b[^<>]*>)*</member>")
_PLACED = re.compile(rb"<(?:node|nd|bounds)\b[^<>]*>")
_COORDINATE = re.compile(rb"""\s((?:min|max)?(lat|lon))=["']([^"']*)["']""")
_HUGE = re.compile(rb"""\bl(?:at|on)=["'][^"'<>]*[eE]\+?\d""")
"""A coordinate with a positive exponent: osmium reads it as 0."""
_NUMBER = re.compile(rb"[+-]?\d{1,3}(\.\d*)?([eE]-\d+)?")


class Fault(Enum):
    """What keeps a file from being read as it lies, and what does the same as the import where it is too large."""

    ORDER = ("its ways come before their nodes, or its objects are not sorted by id", "Run 'osmium sort' on it first.")
    TWICE = (
        "it holds objects more than once, as a history does, or extracts that were pasted together",
        "Run 'osmium time-filter' on a history, or 'osmium merge' on the extracts, and give what that makes.",
    )
    NEGATIVE = ("nodes have negative ids, as in a map that was never uploaded", "Run 'osmium renumber' on it first.")
    ON_WAYS = ("its nodes have their places on the ways alone", "Make it without 'out geom' or 'osmium add-locations-to-ways'.")
    DELETED = ("it holds objects that an editor has deleted", "Save or upload it in the editor without them.")
    TEXT = (
        "it holds coordinates off the globe, or members as 'out geom' writes them",
        "Ask Overpass for 'out body' instead.",
    )

    @property
    def problem(self) -> str:
        """What is wrong, in words."""
        return self.value[0]

    @property
    def remedy(self) -> str:
        """What the user can do."""
        return self.value[1]


class OsmFile:
    """One file, and what it became."""

    def __init__(self, path: Path, folder: Path, *, most_to_rewrite_bytes: int = MOST_TO_REWRITE_BYTES) -> None:
        """Look a file through.

        Args:
            path: The file.
            folder: Where it may be written anew.
            most_to_rewrite_bytes: A larger file is refused where it would have to be written anew.

        Raises:
            BadFile: it is missing, empty, of another kind, or its own words say that it is not whole.
        """
        self.path = path
        self.off_globe = 0
        self._folder = folder
        self._most_bytes = most_to_rewrite_bytes
        self._tried: set[bool] = set()
        self._deleted: frozenset[tuple[str, int]] = frozenset()
        _check(path)
        self._now, self._format = path, _format(path)
        if path.name.lower().endswith(".json"):
            self._now, self._format = folder / "overpass.osm", "osm"
            self._now.write_text(_xml_of_json(path), encoding="utf-8")
        elif self._format.startswith("osm"):
            self._look_through()

    @property
    def file(self) -> osmium.io.File:
        """What to read."""
        return osmium.io.File(str(self._now), self._format)

    def overcome(self, fault: Fault) -> None:
        """Write the file anew without a fault.

        Raises:
            BadFile: it is too large for that, or that has been tried.
        """
        text = fault is Fault.TEXT
        if text in self._tried or self._now.stat().st_size > self._most_bytes:
            raise BadFile(self.path, fault.problem, fault.remedy)
        self._tried.add(text)
        if text:
            self._rewrite_text()
        else:
            self._now, self._format = _in_order(self.file, self._deleted, self._folder), "pbf"

    def _look_through(self) -> None:
        deleted: set[tuple[str, int]] = set()
        huge = False
        for text in _chunks(self.path):
            if b"<remark>" in text and (remark := _CUT_SHORT.search(text)):
                raise _cut_short(self.path, remark[1].decode("utf-8", "replace"))
            huge = huge or bool(_HUGE.search(text))
            if b"action=" in text:
                deleted |= {
                    (match[1][:1].decode(), int(number[1]))
                    for match in _ACTION.finditer(text)
                    if (number := _ID.search(match[0]))
                }
        if huge:
            self.overcome(Fault.TEXT)
        self._deleted = frozenset(deleted)
        if deleted:
            self.overcome(Fault.DELETED)

    def _rewrite_text(self) -> None:
        with _opened(self._now) as file:
            text = _MEMBER.sub(rb"\1/>", file.read())
        self._now, self._format = self._folder / "rewritten.osm", "osm"
        self._now.write_bytes(_PLACED.sub(self._with_place, text))

    def _with_place(self, match: re.Match[bytes]) -> bytes:
        """An element as it is, or without the coordinates that cannot be used."""
        element = match[0]
        if all(_is_on_globe(found[2], found[3]) for found in _COORDINATE.finditer(element)):
            return element
        self.off_globe += element.startswith(b"<node")
        return b"" if element.startswith(b"<bounds") else _COORDINATE.sub(b"", element)


def is_overpass_json(path: Path) -> bool:
    """Whether a ``.json`` file holds what Overpass answers, by its beginning."""
    try:
        with path.open("rb") as file:
            return b'"elements"' in file.read(_CHUNK_BYTES)
    except OSError:
        return False


def _xml_of_json(path: Path) -> str:
    try:
        answer = json.loads(path.read_text("utf-8"))
        if "error" in answer.get("remark", ""):
            raise _cut_short(path, answer["remark"])
        return xml_of(answer)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadFile(path, f"not a complete answer of Overpass ({error})", "Ask again.") from error


def _cut_short(path: Path, remark: str) -> BadFile:
    why = " ".join(remark.split())
    return BadFile(path, f"the server cut it short ({why})", "Ask for a smaller area, or with a longer [timeout:...].")


def xml_of(answer: dict[str, Any]) -> str:
    """The OpenStreetMap XML of what Overpass answers as JSON."""
    return "\n".join(['<osm version="0.6">', *map(_element, answer["elements"]), "</osm>"])


def _element(thing: dict[str, Any]) -> str:
    kind = thing["type"]
    inner = [f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in thing.get("tags", {}).items()]
    places = thing.get("geometry", [])
    for ref, place in zip_longest(thing.get("nodes", []), places):
        inner.append(f'<nd ref="{ref}"{_place(place) if place else ""}/>')
    inner += [
        f'<member type="{member["type"]}" ref="{member["ref"]}" role={quoteattr(member["role"])}/>'
        for member in thing.get("members", [])
    ]
    return f'<{kind} id="{thing["id"]}"{_place(thing) if kind == "node" else ""}>{"".join(inner)}</{kind}>'


def _place(thing: dict[str, Any]) -> str:
    return f' lat="{thing["lat"]}" lon="{thing["lon"]}"'


def refuse_explained(path: Path | str) -> None:
    """Refuse a file whose name ends like one that the import does not read but knows what to do about.

    Raises:
        BadFile: it does; the message says what to do.
    """
    for endings, (problem, remedy) in _OTHERS.items():
        if str(path).lower().endswith(endings):
            raise BadFile(path, problem, remedy)


def _check(path: Path) -> None:
    lower = path.name.lower()
    if not path.is_file():
        raise BadFile(path, "there is no such file", "Check the name.")
    refuse_explained(path)
    if not lower.endswith((*SUFFIXES, ".json")):
        raise BadFile(
            path, "this kind of file does not hold OpenStreetMap data", f"Give one that ends in {', '.join(SUFFIXES)}."
        )
    if path.stat().st_size == 0:
        raise BadFile(path, "the file is empty", "Download the extract again, or make it with 'osmium extract'.")
    check_packed(path)


def _format(path: Path) -> str:
    """What osmium calls the form of a file, in whatever letters its name ends."""
    return next((form for suffix, form in _FORMATS.items() if path.name.lower().endswith(suffix)), "")


def _opened(path: Path) -> BinaryIO:
    if path.suffix.lower() == ".gz":
        return cast("BinaryIO", gzip.open(path))
    return cast("BinaryIO", bz2.open(path)) if path.suffix.lower() == ".bz2" else path.open("rb")


def _chunks(path: Path) -> Iterator[bytes]:
    """The text of an XML file in pieces that overlap; a damaged file ends early, and reading it will say so."""
    tail = b""
    try:
        with _opened(path) as file:
            while text := file.read(_CHUNK_BYTES):
                yield tail + text
                tail = text[-_OVERLAP_BYTES:]
    except (OSError, EOFError):
        return


def _is_on_globe(axis: bytes, text: bytes) -> bool:
    return bool(_NUMBER.fullmatch(text)) and abs(float(text)) <= (_MOST_LAT_DEG if axis == b"lat" else _MOST_LON_DEG)


def _in_order(file: osmium.io.File, deleted: frozenset[tuple[str, int]], folder: Path) -> Path:
    """Write a file anew: sorted, each object in its newest version, with a node for each place that ways alone know."""
    written, ordered = folder / "written.osh.pbf", folder / "ordered.osm.pbf"
    processor = osmium.FileProcessor(file)
    header, box = osmium.io.Header(), processor.header.box()
    if box.valid():
        header.add_box(box)
    with osmium.SimpleWriter(str(written), overwrite=True) as writer:
        rewriting = _Rewriting(writer)
        for thing in processor:
            if (thing.type_str(), thing.id) not in deleted:
                rewriting.take(thing)
        rewriting.finish()
    with osmium.SimpleWriter(str(ordered), header=header, overwrite=True) as writer:
        reader = osmium.MergeInputReader()
        reader.add_file(str(written))
        reader.apply(_Living(writer), simplify=True)
    return ordered


class _Rewriting:
    """Writes objects with positive node ids, and nodes that only ways know."""

    def __init__(self, writer: osmium.SimpleWriter) -> None:
        self._writer = writer
        self._nodes: set[int] = set()
        self._on_ways: dict[int, Any] = {}

    def take(self, thing: Any) -> None:  # noqa: ANN401 - osmium's objects have no common public type
        kind = thing.type_str()
        if kind == "n":
            self._nodes.add(thing.id)
            self._writer.add_node(thing if thing.id > 0 else thing.replace(id=_positive(thing.id)))
        elif kind == "w":
            refs = [node.ref for node in thing.nodes]
            self._on_ways.update({node.ref: node.location for node in thing.nodes if node.location.valid()})
            self._writer.add_way(thing if min(refs, default=1) > 0 else thing.replace(nodes=[_positive(ref) for ref in refs]))
        else:
            members = [(each.type, _positive(each.ref) if each.type == "n" else each.ref, each.role) for each in thing.members]
            self._writer.add_relation(thing.replace(members=members))

    def finish(self) -> None:
        """Write the nodes that have a place on a way and are no objects of their own."""
        for ref, location in self._on_ways.items():
            if ref not in self._nodes:
                node = osmium.osm.mutable.Node(id=_positive(ref), version=1, location=location)
                self._writer.add_node(node)


class _Living(osmium.SimpleHandler):
    """Hands on what is not deleted."""

    def __init__(self, writer: osmium.SimpleWriter) -> None:
        super().__init__()
        self._writer = writer

    def node(self, node: Any) -> None:  # noqa: ANN401
        if not node.deleted:
            self._writer.add_node(node)

    def way(self, way: Any) -> None:  # noqa: ANN401
        if not way.deleted:
            self._writer.add_way(way)

    def relation(self, relation: Any) -> None:  # noqa: ANN401
        if not relation.deleted:
            self._writer.add_relation(relation)


def _positive(ref: int) -> int:
    return ref if ref > 0 else _NEGATIVE_FROM - ref
