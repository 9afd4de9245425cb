"""A group of commands whose usual one need not be named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Sequence


class DefaultGroup(click.Group):
    """``clearway cordon NETWORK`` is ``clearway cordon plan NETWORK``: where no command is named, one is meant.

    Args:
        default: The command that is meant.
    """

    def __init__(self, *arguments: Any, default: str, **options: Any) -> None:  # noqa: ANN401 - click's signature
        super().__init__(*arguments, **options)
        self._default = default

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default command's name before the arguments where none is named."""
        return super().parse_args(ctx, self._named(args))

    def _named(self, args: Sequence[str]) -> list[str]:
        if args and args[0] in self.commands:
            return list(args)
        return [self._default, *(args or ["--help"])]
