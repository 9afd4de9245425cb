"""The API's objects as TypeScript: a type and a validator for each, written from OpenAPI for the page.

``docs/generate.py`` writes them to ``web/src/schemas.ts``; a test fails when they are stale.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from clearway.server.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = """/**
 * What server and page say to each other. Generated from OpenAPI by `python docs/generate.py`; do not edit.
 */
import * as v from "./validate.ts";
import type { Valid } from "./validate.ts";
"""
_PLAIN = {"string": "v.string", "integer": "v.number", "number": "v.number", "boolean": "v.boolean"}
_TYPES = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean"}


def typescript() -> str:
    """Every object that is answered, with its validator; every object that is only asked, as a type."""
    whole = create_app([]).openapi()
    schemas: dict[str, Any] = whole["components"]["schemas"]
    answered = _reached(schemas, _named(answer for path in whole["paths"].values() for answer in _answers(path)))
    parts = [_validated(name, schemas[name]) for name in _in_order(schemas, answered)]
    parts += [_asked(name, schema) for name, schema in schemas.items() if name not in answered]
    return "\n".join([_HEAD, *parts])


def _answers(path: dict[str, Any]) -> Iterator[Any]:
    for route in path.values():
        yield from route["responses"].values()


def _named(value: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON
    """Names of the schemas that a piece of OpenAPI refers to."""
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"].rpartition("/")[2]
        for part in value.values():
            yield from _named(part)
    elif not isinstance(value, str | int | float | None):
        for part in value:
            yield from _named(part)


def _reached(schemas: dict[str, Any], names: Iterator[str]) -> set[str]:
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _named(schemas[name])
    return found


def _in_order(schemas: dict[str, Any], names: set[str]) -> list[str]:
    """What others are made of first."""
    order: list[str] = []

    def put(name: str) -> None:
        for part in sorted(set(_named(schemas[name]))):
            if part not in order:
                put(part)
        if name not in order:
            order.append(name)

    for name in sorted(names):
        put(name)
    return order


def _validated(name: str, schema: dict[str, Any]) -> str:
    fields = "".join(f"  {field}: {_field(schema, field)},\n" for field in schema["properties"])
    const = _const(name)
    return (
        f"/** {schema['description'].splitlines()[0]} */\n"
        f"export const {const} = v.object({{\n{fields}}});\nexport type {name} = Valid<typeof {const}>;\n"
    )


def _field(schema: dict[str, Any], field: str) -> str:
    about = schema["properties"][field]
    inner = _validator(about)
    default = about.get("default")
    if field in schema.get("required", ()) or default is None or inner.startswith("v.nullable"):
        return inner
    return f"v.withDefault({inner}, {json.dumps(default)})"


def _validator(about: dict[str, Any]) -> str:
    if "$ref" in about:
        return _const(about["$ref"].rpartition("/")[2])
    if "enum" in about or "const" in about:
        return f"v.literal({', '.join(map(json.dumps, about.get('enum', [about.get('const')])))})"
    if "oneOf" in about:
        tags = ", ".join(f"{tag}: {_validator({'$ref': ref})}" for tag, ref in about["discriminator"]["mapping"].items())
        return f"v.tagged({json.dumps(about['discriminator']['propertyName'])}, {{ {tags} }})"
    if "anyOf" in about:
        others = [part for part in about["anyOf"] if part.get("type") != "null"]
        inner = _validator(others[0]) if len(others) == 1 else "v.unknown"
        return f"v.nullable({inner})" if len(others) < len(about["anyOf"]) else inner
    if about["type"] == "array":
        is_position = (about.get("minItems"), about.get("maxItems")) == (2, 3)
        return "v.position" if is_position else f"v.array({_validator(about['items'])})"
    return _PLAIN.get(about["type"], "v.record")


def _asked(name: str, schema: dict[str, Any]) -> str:
    needed = schema.get("required", ())
    fields = "".join(
        f"  {field}{'' if field in needed else '?'}: {_type(about)};\n" for field, about in schema["properties"].items()
    )
    return f"/** {schema['description'].splitlines()[0]} */\nexport type {name} = {{\n{fields}}};\n"


def _type(about: dict[str, Any]) -> str:
    if "$ref" in about:
        return str(about["$ref"].rpartition("/")[2])
    if "enum" in about or "const" in about:
        return " | ".join(map(json.dumps, about.get("enum", [about.get("const")])))
    if choices := about.get("oneOf") or about.get("anyOf"):
        return " | ".join(map(_type, choices))
    if about["type"] == "array":
        if "prefixItems" in about:
            return f"[{', '.join(map(_type, about['prefixItems']))}]"
        return f"({_type(about['items'])})[]"
    return _TYPES.get(about["type"], "null" if about["type"] == "null" else "Record<string, unknown>")


def _const(name: str) -> str:
    return name[0].lower() + name[1:]
