"""The table in ``docs/contributing/tests.md``: a row for each module that was tried, made again for those tried anew."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mutate.rooms import ROOMS, ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from mutate.rooms import Room

PAGE = ROOT / "docs" / "contributing" / "tests.md"
BEGIN, END = "<!-- made by 'make mutate' -->\n", "<!-- to here -->"
_ROW = re.compile(r"^\| `([\w/.]+)` \| (\d+) \| (\d+) \| (\d+) \| \d+ \| ([\d, ]+) \| ([\d, ]+) \|", re.MULTILINE)


@dataclass(frozen=True)
class Row:
    """How many mutants of a module some samples hold, how many were noticed, and how many were judged to make no difference.

    ``seeds`` are those of the random towns and forgeries: noticed is what was noticed with each of them.
    """

    mutants: int
    noticed: int
    judged: int
    samples: tuple[int, ...]
    seeds: tuple[int, ...]

    @property
    def left(self) -> int:
        """Those that nobody noticed."""
        return self.mutants - self.noticed - self.judged


def rows(page: str) -> dict[str, Row]:
    """The rows that a page holds, by module."""
    return {
        match[1]: Row(int(match[2]), int(match[3]), int(match[4]), _numbers(match[5]), _numbers(match[6]))
        for match in _ROW.finditer(page)
    }


def table(tried: dict[str, Row]) -> str:
    """All rooms whose modules were tried, each with its modules below it."""
    lines = [
        "| room and module | mutants | noticed | no difference | left | samples | seeds | of those that matter |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for room in ROOMS:
        held = {module: tried[module] for module in room.modules() if module in tried}
        if not held:
            continue
        sums = _sum(list(held.values()))
        lines.append(
            f"| **{room.name}**, aim {room.aim:.0%} | **{sums.mutants}** | **{sums.noticed}** | **{sums.judged}** "
            f"| **{sums.left}** | | | **{_share(sums)}** |"
        )
        lines += [
            f"| `{module}` | {row.mutants} | {row.noticed} | {row.judged} | {row.left} "
            f"| {_listed(row.samples)} | {_listed(row.seeds)} | {_share(row)} |"
            for module, row in held.items()
        ]
    return "\n".join(lines) + "\n"


def misses(aim: float, tried: list[Row]) -> bool:
    """Whether fewer mutants than the aim were noticed, of those that make a difference."""
    return sum(row.noticed for row in tried) < aim * sum(row.mutants - row.judged for row in tried)


def verdict(room: Room, modules: list[str], tried: dict[str, Row]) -> str:
    """Whether a room meets its aim, in a line."""
    held = [tried[module] for module in modules if module in tried]
    if not held:
        return f"{room.name}: not tried, for want of time"
    sums = _sum(held)
    said = "aim missed" if misses(room.aim, held) else "aim met"
    return (
        f"{room.name}: {said} ({room.aim:.0%}): {sums.noticed} of {sums.mutants - sums.judged} noticed, "
        f"in {len(held)} of {len(modules)} modules"
    )


def _sum(tried: list[Row]) -> Row:
    return Row(sum(row.mutants for row in tried), sum(row.noticed for row in tried), sum(row.judged for row in tried), (), ())


def _listed(numbers: tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers))


def _numbers(listed: str) -> tuple[int, ...]:
    return tuple(map(int, listed.split(", ")))


def _share(row: Row) -> str:
    matter = row.mutants - row.judged
    return f"{row.noticed / matter:.0%}" if matter else "-"


def write(tried: dict[str, Row], page: Path = PAGE) -> None:
    """Put new rows into the page; the others stay as they were made."""
    text = page.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    old, _, after = rest.partition(END)
    page.write_text(before + BEGIN + "\n" + table(rows(old) | tried) + "\n" + END + after, "utf-8")
