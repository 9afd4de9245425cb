"""Who says something, in what, and how far it can be relied on."""

from __future__ import annotations

from typing import get_args

import click

from clearway.cli.options.typed import option, option_class
from clearway.errors import BadInput
from clearway.record.source import Medium, Source

_GRADE = 2


@option_class
class SaidBy:
    """Who says it, and how."""

    by: str = option(
        "--by", metavar="WHO", required=True, help="The office, and behind a comma the organisation: 'officer, Police'."
    )
    medium: Medium = option(
        "--medium", type=click.Choice(get_args(Medium)), default="radio", show_default=True, help="In what it was said."
    )
    grade: str = option("--grade", metavar="GRADE", default="B2", show_default=True, help="By the Admiralty code, A1 to F6.")

    def source(self) -> Source:
        """The source of what is said.

        Raises:
            BadInput: the grade is none.
        """
        office, _, organisation = (part.strip() for part in self.by.partition(","))
        reliability, credibility = self.grade[:1].upper(), self.grade[1:]
        if len(self.grade) != _GRADE or reliability not in "ABCDEF" or credibility not in tuple("123456"):
            raise BadInput(f"{self.grade!r} is not a grade. Give one from A1 to F6, such as B2.")
        given = {"office": office or None, "organisation": organisation or None, "medium": self.medium}
        return Source.model_validate(given | {"reliability": reliability, "credibility": int(credibility)})
