"""The options of a command as one frozen class.

A field's annotation is the option's type: ``bool`` is a flag, ``tuple[X, ...]`` may be given again and again, ``Path`` is a
file, ``X | None`` may be left out. Any other type needs its own ``type=``, a parameter type of click.

    @option_class
    class Outputs:
        out: Path | None = option("--out", help="Write the plan to a file.")
        as_json: bool = option("--json", help="Print the plan as JSON.")

    @click.command()
    @takes(Outputs, "outputs")
    def plan(outputs: Outputs) -> None: ...
"""

from __future__ import annotations

from dataclasses import MISSING, dataclass, field, fields
from functools import wraps
from pathlib import Path
from types import UnionType
from typing import TYPE_CHECKING, Any, TypeVar, Union, dataclass_transform, get_args, get_origin, get_type_hints

import click

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
R = TypeVar("R")

FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)

_OPTION = "option"


def option(*names: str, **settings: Any) -> Any:  # noqa: ANN401 - a field of any type
    """A field of an option class.

    Args:
        names: As typed on the command line, such as ``--out``.
        settings: What ``click.option`` takes; the field's type and name are known from the class.
    """
    return field(default=settings.get("default", MISSING), metadata={_OPTION: (names, settings)})


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(option,))
def option_class(kind: type[T]) -> type[T]:
    """A frozen class of options, whose every field is an :func:`option`."""
    return dataclass(frozen=True, kw_only=True)(kind)


def takes(kind: type, name: str = "options") -> Callable[[Callable[..., R]], Callable[..., R]]:
    """Give a command the options of a class, and the filled class as an argument.

    Args:
        kind: An option class.
        name: The argument's name.
    """

    def decorated(command: Callable[..., R]) -> Callable[..., R]:
        @wraps(command)
        def filled(*arguments: Any, **given: Any) -> R:  # noqa: ANN401 - click's own
            own = {entry.name: given.pop(entry.name) for entry in fields(kind)}
            return command(*arguments, **given, **{name: kind(**own)})

        hints = get_type_hints(kind)
        for entry in reversed(fields(kind)):
            names, settings = entry.metadata[_OPTION]
            filled = click.option(*names, entry.name, **(_settings(hints[entry.name]) | settings))(filled)
        return filled

    return decorated


def option_names(kind: type) -> dict[str, str]:
    """What each field of an option class is called on the command line."""
    return {entry.name: entry.metadata[_OPTION][0][0] for entry in fields(kind)}


def _settings(hint: Any) -> dict[str, Any]:  # noqa: ANN401 - any annotation
    """What an annotation says of an option."""
    if hint is bool:
        return {"is_flag": True}
    if get_origin(hint) is tuple:
        return {"multiple": True} | _settings(get_args(hint)[0])
    if get_origin(hint) in {Union, UnionType}:
        (hint,) = (part for part in get_args(hint) if part is not type(None))
    if hint is Path:
        return {"type": FILE}
    return {"type": hint} if hint in {int, float, str} else {}
