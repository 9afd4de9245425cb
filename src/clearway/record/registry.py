"""A list of kinds and what follows from it: kinds by name, by role, by theme, in the entry form, and entries read from JSON."""

from __future__ import annotations

import operator
from collections.abc import Iterator, Mapping
from functools import cached_property, reduce
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from clearway.record.kind import OF_ONE_KIND, Kind, Role, Theme

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

    from clearway.record.kind import Methane


class Kinds(Mapping[str, type[Kind]]):
    """Kinds by name, in the order in which they are listed; that order holds within a theme too.

    As an annotation, ``Annotated[Kind, KINDS]``, it is a field that holds an entry's body of one of these kinds.

    Args:
        listed: The classes.

    Raises:
        TypeError: two have the same name, the same letter on the map with different meanings, or the same role where only one
            may have it.
    """

    def __init__(self, *listed: type[Kind]) -> None:
        self._by_name = {_name(one): one for one in listed}
        if len(self._by_name) < len(listed):
            raise TypeError("two kinds have the same name in their field 'kind'")
        for role in OF_ONE_KIND:
            if len(self.of_role(role)) > 1:
                raise TypeError(f"only one kind may have the role {role.name}, not {' and '.join(self.of_role(role))}")
        meanings = {(kind.about.mark.letter, kind.about.mark.means) for kind in listed if kind.about.mark}
        if len({letter for letter, _ in meanings}) < len(meanings):
            raise TypeError("two kinds have the same letter on the map and mean different things by it")

    def __getitem__(self, name: str) -> type[Kind]:
        """The class of a kind."""
        return self._by_name[name]

    def __contains__(self, name: object) -> bool:
        """Whether something is the name of a kind; whatever JSON holds may be asked."""
        return isinstance(name, str) and name in self._by_name

    def __iter__(self) -> Iterator[str]:
        """The names."""
        return iter(self._by_name)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._by_name)

    def of_role(self, role: Role) -> tuple[str, ...]:
        """The names of the kinds that have a role."""
        return tuple(name for name, kind in self.items() if kind.about.role is role)

    def under(self, letter: Methane) -> tuple[str, ...]:
        """The names of the kinds that stand under a letter of METHANE."""
        found = [name for name, kind in self.items() if kind.about.methane is letter]
        return tuple(sorted(found, key=lambda name: self[name].about.methane_rank))

    @cached_property
    def by_theme(self) -> dict[Theme, tuple[str, ...]]:
        """The names of the kinds under each heading, in the order of the headings."""
        return {theme: tuple(name for name, kind in self.items() if kind.about.theme is theme) for theme in Theme}

    @cached_property
    def in_form(self) -> tuple[str, ...]:
        """The names of the kinds that the entry form offers, in its order."""
        typed = {name: kind.about.form_rank for name, kind in self.items() if kind.about.is_typed}
        return tuple(sorted(typed, key=lambda name: (typed[name] is None, typed[name] or 0, name)))

    def __get_pydantic_core_schema__(self, _: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401 - pydantic's own
        """One of these classes, by the field ``kind``."""
        union = reduce(operator.or_, (self[name] for name in sorted(self)))  # by name: the JSON schema lists them so
        return handler.generate_schema(Annotated[union, Field(discriminator="kind")])


def _name(kind: type[Kind]) -> str:
    return str(kind.model_fields["kind"].default)
