"""The command line: one group, one module for each desk, loaded when its command is called.

Every expected error is one sentence on standard error and a non-zero exit; standard output stays clean for ``--json``.
"""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from clearway import __version__
from clearway.errors import ClearwayError

_COMMANDS = {
    "access": "Prove that fire and ambulance reach every address, or show what cuts them off.",
    "assign": "Assign trips to a network and show where it gets slow.",
    "barriers": "Say what a record knows of barriers, gates and shut roads, and where their ring is open.",
    "buses": "Re-route the buses of a timetable round closures, and say where riders go instead.",
    "cordon": "Find the cheapest places for barriers round a site, with proof.",
    "decide": "Set options side by side; hold what was expected against what came; say what a decision rests on.",
    "demo": "Open the Wellington demonstration in the browser.",
    "detours": "Send traffic round closures: signed detours turn by turn, and where to warn drivers.",
    "impact": "Show what closures do to the city's traffic, how sure that is, and which plan burdens it least.",
    "intake": "Read reports and propose entries, each tied to the words that support it.",
    "network": "Import, inspect and export road networks.",
    "picture": "Show the picture at one moment, as it was known at that time or another.",
    "place": "Read a place in words and say where it lies on a network.",
    "plan": "Make traffic management plans, hold them against what is reported, and say who passes which gate.",
    "record": "Record reports: append-only, sourced, checked for tampering.",
    "seal": "Check a cordon as given: what leaks, what is idle, what it encloses.",
    "serve": "Open your own networks in the browser.",
    "sitrep": "Write a situation report as text, page or PDF.",
    "talks": "Say where talks stand: terms, promises, requests, common ground, deadlocks.",
    "vehicles": "Say which vehicles to move first, and what that wins.",
}
"""Every command and what it is for, one line each. A module beside this file has its name, and in it a function."""


class _Desks(click.Group):
    """Commands named in a table and imported only when called, so that ``--help`` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = getattr(importlib.import_module(f"{__name__}.{cmd_name}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=_Desks, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="clearway")
def root() -> None:
    """Clearway: the operations room for a street that people have taken.

    Start with 'clearway demo'. For your own city: 'clearway network import CITY.osm.pbf --out city.clearway', then
    'clearway cordon city.clearway --site site.geojson'.
    """


def main() -> None:
    """Run the command line; print an expected error as one sentence."""
    try:
        if code := root(standalone_mode=False):  # click gives back the code of its Exit
            sys.exit(code)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except ClearwayError as error:
        click.echo(f"clearway: {error}", err=True)
        sys.exit(error.exit_code)
    except OSError as error:
        if error.filename is not None:
            raise
        _tell_full(error)


def _tell_full(error: OSError) -> NoReturn:
    """The output itself could not be written: a full disk behind a redirection."""
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
    click.echo(
        f"clearway: The output could not be written ({error.strerror}). Free some space, or write it elsewhere.", err=True
    )
    sys.exit(1)
