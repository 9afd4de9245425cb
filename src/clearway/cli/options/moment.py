"""A moment typed on a command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from clearway.errors import BadInput
from clearway.planning.closure_files import read_moment

if TYPE_CHECKING:
    from datetime import datetime


class Moment(click.ParamType):  # type: ignore[type-arg] # older clicks have no type argument
    """A moment with its zone."""

    name = "TIME"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:  # noqa: ANN401 - click's signature
        """The moment that was typed."""
        try:
            return read_moment(str(value))
        except BadInput as error:
            self.fail(str(error), param, ctx)
