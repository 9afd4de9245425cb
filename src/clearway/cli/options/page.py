"""How the page is opened."""

from __future__ import annotations

from pathlib import Path

import click

from clearway.cli.options.typed import FOLDER, option, option_class
from clearway.errors import BadFile


@option_class
class PageOptions:
    """Where the page is served, and where its data lies."""

    port: int | None = option(
        "--port", type=click.IntRange(1, 65535), help="Port to listen on.  [default: the first free one from 8000]"
    )
    browser: bool = option("--browser/--no-browser", default=True, help="Whether to open the page in your browser.")
    data: Path = option("--data", type=FOLDER, default=Path("data"), show_default=True, help="Folder for what is stored.")

    def folder(self) -> Path:
        """The data folder, made where there is none.

        Raises:
            BadFile: it cannot be written.
        """
        try:
            self.data.mkdir(parents=True, exist_ok=True)
            probe = self.data / ".probe"
            probe.touch()
            probe.unlink()
        except OSError as error:
            raise BadFile(self.data, f"cannot be written ({error.strerror})", "Choose another folder with --data.") from error
        return self.data
