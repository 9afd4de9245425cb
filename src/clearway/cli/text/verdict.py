"""What a checker found, told alike by every desk."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence


def tell_verdict(holds: Sequence[str], fails: Sequence[str], *, as_json: bool) -> None:
    """Print a verdict: sentences about what holds, or about what does not.

    Raises:
        Exit: with code 1 where something does not hold.
    """
    if as_json:
        click.echo(json.dumps({"accepted": not fails, "holds": list(holds), "fails": list(fails)}))
    else:
        click.echo("\n".join(["Accepted.", *holds] if not fails else ["Refused.", *fails]))
    if fails:
        raise click.exceptions.Exit(1)
