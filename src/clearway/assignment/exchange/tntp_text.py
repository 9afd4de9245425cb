"""The text of a TNTP file: its metadata, and its rows with their line numbers.

The public files differ in all that can differ: case, tabs, ``~`` comments, rows closed by ``;`` or not, metadata in any order,
a column heading with or without ``~`` or on the line that ends the metadata, packed by gzip or zip. All of that is read. What
is not read is a file that may have lost something: a table whose rows are closed by ``;`` must end so, any other table must
end with a line break.

Format: github.com/bstabler/TransportationNetworks, README, "TNTP Data format".
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np

from clearway.archives import check_zip, gunzipped
from clearway.errors import BadFile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from clearway.network.model import Floats, Longs

CUT_SHORT = "Get the complete file again."

_END = re.compile(r"^[ \t]*<\s*end\s+of\s+metadata\s*>", re.IGNORECASE | re.MULTILINE)
_TAG = re.compile(r"^\s*<([^<>]*)>(.*)$")
_COMMENT = re.compile(r"~[^\n]*")
_HEADING = re.compile(r"\s*[A-Za-z]")
_COUNT = re.compile(r"0*[1-9][0-9]{0,8}")
_NO_ROW = " \t;"


@dataclass(frozen=True, slots=True)
class TntpText:
    """One file.

    Attributes:
        path: For messages.
        metadata: Value of each ``<TAG>``; tags in capitals, blanks between words single.
        body: What follows the metadata, comments gone and line breaks kept.
        first_line: Number of the file's line on which ``body`` begins.
    """

    path: Path
    metadata: Mapping[str, str]
    body: str
    first_line: int

    def line_of(self, offset: int) -> int:
        """The file's line on which a character of ``body`` stands."""
        return self.first_line + self.body.count("\n", 0, offset)

    def fault(self, line: int, problem: str, remedy: str) -> BadFile:
        """What is wrong on a line."""
        return BadFile(self.path, f"line {line}: {problem}", remedy)

    def count(self, tag: str, *, default: int | None = None) -> int:
        """A whole number of the metadata, 1 or more.

        Raises:
            BadFile: it is absent and has no default, or is no such number.
        """
        text = self.metadata.get(tag)
        if text is None and default is not None:
            return default
        if text is None:
            raise BadFile(self.path, f"has no <{tag}>", f"Add a line '<{tag}> number' above <END OF METADATA>.")
        if not _COUNT.fullmatch(text):
            raise BadFile(self.path, f"<{tag}> is '{text}'", "Give a whole number, 1 or more.")
        return int(text)

    def amount(self, tag: str) -> float | None:
        """A number of the metadata, None where absent.

        Raises:
            BadFile: it is no number, or negative.
        """
        text = self.metadata.get(tag)
        if not text:
            return None
        value = number(text)
        if value is None or not 0 <= value < np.inf:
            raise BadFile(self.path, f"<{tag}> is '{text}'", "Give a number, 0 or more, or remove the line.")
        return value


def read_text(path: Path, *, has_metadata: bool = True) -> TntpText:
    """The text of a file, packed or not.

    Args:
        path: The file.
        has_metadata: Whether it must begin with metadata; node and flow tables may do without.

    Raises:
        BadFile: it cannot be read, is cut short, or lacks its metadata.
    """
    text = _unpacked(path).replace("\r\n", "\n").replace("\r", "\n")
    end = _END.search(text)
    if end is None:
        if has_metadata:
            raise BadFile(path, "has no <END OF METADATA>: it is not a TNTP file, or was cut short", CUT_SHORT)
        return TntpText(path, {}, _COMMENT.sub("", text), 1)
    head, body = text[: end.start()], text[end.end() :]
    return TntpText(path, _metadata(path, head), _COMMENT.sub("", body), head.count("\n") + 1)


def rows_of(text: TntpText, *, least: int, what: str) -> tuple[list[int], list[list[str]]]:
    """Line numbers and columns of every row; a heading of words is passed over.

    Args:
        text: The file.
        least: How many columns a row has at least; all rows have as many as the first.
        what: What a row is, for messages.

    Raises:
        BadFile: a row has too few columns, or the last one may have been cut.
    """
    lines = [(number, line) for number, line in enumerate(text.body.split("\n"), text.first_line) if line.strip(_NO_ROW)]
    if lines and _HEADING.match(lines[0][1]) and not re.match(r"\s*(nan|inf)", lines[0][1], re.IGNORECASE):
        lines = lines[1:]
    if not lines:
        raise BadFile(text.path, f"has no {what}", CUT_SHORT)
    _must_end(text, lines[0][1], *lines[-1])
    split = [line.rstrip().rstrip(_NO_ROW).split() for _, line in lines]
    wanted = max(len(split[0]), least)
    for (line, _), columns in zip(lines, split, strict=True):
        if len(columns) != wanted:
            raise text.fault(line, f"a {what} has {wanted} columns, but this one has {len(columns)}", CUT_SHORT)
    return [line for line, _ in lines], split


def numbers_of(text: TntpText, lines: Sequence[int], rows: Sequence[Sequence[str]], columns: Sequence[str]) -> Floats:
    """(rows, columns) the first columns as numbers.

    Raises:
        BadFile: one is no number.
    """
    wanted = [row[: len(columns)] for row in rows]
    try:
        read = np.array(wanted, np.float64)
    except ValueError:
        read = None
    if read is not None and "_" not in text.body:  # Python reads 1_000 as a number
        return read
    for line, row in zip(lines, wanted, strict=True):
        for name, value in zip(columns, row, strict=True):
            if number(value) is None:
                raise text.fault(line, f"{name} is '{value}'", "Give a number.")
    return np.array(wanted, np.float64)


def node_numbers(text: TntpText, lines: Sequence[int], values: Floats, *, most: int) -> Longs:
    """The indexes, from 0, of nodes that a file numbers from 1; one row for each of ``lines``.

    Raises:
        BadFile: there is no such node.
    """
    wrong = np.argwhere(~((values >= 1) & (values <= most) & (values == np.floor(values))))
    if len(wrong):
        problem = f"there is no node {values[tuple(wrong[0])]:.15g}; nodes are numbered 1 to {most}"
        raise text.fault(lines[wrong[0, 0]], problem, "Correct the number, or the count of nodes.")
    return values.astype(np.int64) - 1


def number(text: str) -> float | None:
    """A number as these files write it; None for anything else.

    >>> number("1.5e3"), number("12 ft"), number("1_000")
    (1500.0, None, None)
    """
    try:
        return None if "_" in text else float(text)
    except ValueError:
        return None


def _unpacked(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadFile(path, f"cannot be opened ({error.strerror})", "Check the name.") from error
    try:
        if data[:2] == b"\x1f\x8b":
            data = gunzipped(data, path)
        elif data[:2] == b"PK":
            with zipfile.ZipFile(BytesIO(data)) as packed:
                check_zip(packed, path)
                data = packed.read(packed.namelist()[0])
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, IndexError, NotImplementedError, RuntimeError) as error:
        raise BadFile(path, "cannot be unpacked; it is cut short or damaged", CUT_SHORT) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _metadata(path: Path, head: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line, text in enumerate(head.split("\n"), 1):
        if tag := _TAG.match(text):
            found[" ".join(tag[1].upper().split())] = tag[2].strip()
        elif _COMMENT.sub("", text).strip(_NO_ROW):
            raise BadFile(
                path, f"line {line}: '{text.strip()[:40]}' is among the metadata", "Put rows below <END OF METADATA>."
            )
    return found


def _must_end(text: TntpText, first: str, line: int, last: str) -> None:
    """Refuse a last row that may have lost its end."""
    if ";" in first:
        if ";" not in last:
            raise text.fault(line, "the last row is not closed by ';': the file was cut short", CUT_SHORT)
    elif not text.body.endswith("\n"):
        raise text.fault(
            line, "the last row has no line break: the file may have been cut short", "End the last row with a line break."
        )
