"""Write the reference's pages, which are generated from the program. A test fails when they are stale.

The page's types and validators are generated from openapi.json: ``npm run contract`` in web/, checked by ``npm run check``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from api_page import api_page, openapi_text
from clearway.cli import root
from clearway.record.kinds import BODY, KINDS
from clearway.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.record.kind import About

REFERENCE = Path(__file__).parent / "reference"
_WIDTH = 100


def command_pages() -> str:
    """Every command's own help, one heading each."""
    head = "# Command line\n\nGenerated from the program by `python docs/generate.py`; every command answers `--help`.\n"
    pages = (f"## {path}\n\n```\n{text.strip()}\n```\n" for path, text in _helps(root, "clearway", None))
    return "\n".join([head, *pages])


def _helps(command: click.Command, path: str, parent: click.Context | None) -> Iterator[tuple[str, str]]:
    context = click.Context(command, info_name=path.rsplit(" ", 1)[-1], parent=parent, terminal_width=_WIDTH, color=False)
    yield path, command.get_help(context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None:
                yield from _helps(inner, f"{path} {name}", context)


def kinds_page() -> str:
    """Every kind of entry under its theme, with what it is used for and its fields."""
    schema = BODY.json_schema()
    defined = {name: schema["$defs"][path.rpartition("/")[2]] for name, path in schema["discriminator"]["mapping"].items()}
    parts = ["# Kinds of entry\n", f"{_KINDS_HEAD}\n"]
    for heading, names in [
        *((theme.title, names) for theme, names in KINDS.by_theme.items()),
        ("Without a theme", _themeless()),
    ]:
        parts += [f"## {heading}\n", *(_kind(name, defined[name]) for name in names)]
    return "\n".join(parts)


_KINDS_HEAD = """Generated from the program by `python docs/generate.py`; `clearway record kinds --json` prints the schema.
Themes and kinds stand in the order in which the page and the situation report show them."""


def _themeless() -> list[str]:
    return [name for name, kind in KINDS.items() if kind.about.theme is None]


def _kind(name: str, schema: dict[str, Any]) -> str:
    return f"### {name}\n\n{schema['description']}\n\n{' '.join(_uses(KINDS[name].about))}\n\n{_fields(schema)}\n"


def _uses(about: About) -> Iterator[str]:
    """What the program does with a kind, from what the class says of itself."""
    yield f"Role: {about.role.value}."
    if about.no_theme_because:
        yield f"No theme, because {about.no_theme_because}."
    if about.subject is not None:
        parts = [*(f"`{field}`" for field in about.subject), *(["place"] if about.place_counts else [])]
        yield f"One subject for each {listed(parts)}." if parts else "One subject in all."
    if about.is_belief:
        yield "A belief, which can be contested."
    if about.mark:
        yield f"On the map: {about.mark.letter}."
    if about.methane:
        yield f"METHANE: {about.methane.value}."


def _fields(what: dict[str, Any]) -> str:
    rows = [
        f"| `{field}` | {'needed' if field in what.get('required', ()) else ''} | {about.get('description', '')} |"
        for field, about in what["properties"].items()
        if field != "kind"
    ]
    return "\n".join(["| field | | meaning |", "|---|---|---|", *rows])


def pages() -> dict[str, str]:
    """The generated files by name."""
    return {
        "cli.md": command_pages(),
        "entry-kinds.md": kinds_page(),
        "api.md": api_page(),
        "openapi.json": openapi_text(),
    }


if __name__ == "__main__":
    for name, text in pages().items():
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else REFERENCE
        (folder / name).write_text(text, "utf-8")
