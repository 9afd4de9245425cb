"""A language model as second reader of reports."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from clearway.cli.options.typed import option, option_class

if TYPE_CHECKING:
    from clearway.intake.language_model import Model


@option_class
class SecondReader:
    """A language model that reads reports too."""

    model: str | None = option(
        "--model", metavar="URL", envvar="CLEARWAY_MODEL",
        help="Address of a language model as second reader of reports, OpenAI-compatible.",
    )  # fmt: skip
    model_name: str = option(
        "--model-name", default="default", show_default=True, envvar="CLEARWAY_MODEL_NAME",
        help="Name of the model at that address.",
    )  # fmt: skip

    def reader(self) -> Model | None:
        """The model; None where none was named. Its key is taken from CLEARWAY_MODEL_KEY."""
        from clearway.intake.language_model import Model  # noqa: PLC0415 - what it needs takes time to load

        return Model(self.model, self.model_name, os.environ.get("CLEARWAY_MODEL_KEY")) if self.model else None
