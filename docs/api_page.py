"""The API's reference pages, made from its own OpenAPI description."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from clearway.server.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIRST_ERROR = 400
_HEAD = """# Server

Generated from the program by `python docs/generate.py`; the same as [OpenAPI](openapi.json), which the server sends at
`/api/openapi.json`. Numbers are metres, seconds and WGS 84 degrees unless a name says otherwise.

Every error has one shape, whatever went wrong: `{"error": {"kind": "Infeasible", "message": "what is wrong, what to do"}}`.
400: not JSON; 401: the token is missing or wrong; 403: the caller may not, or is a page of another website; 404: nothing there;
405: another method; 413: more than 6 MB; 415: another type of body; 421: another host name; 422: understood, and without an
answer; 429: one address asks for too much; 500: the program's own fault; 503: busy, or the database does not answer. After 429
and 503 ask again in as many seconds as `Retry-After` says.

Send JSON with `Content-Type: application/json`, and a report's file with `application/octet-stream`. A server that lets other
machines in asks for a token: send `Authorization: Bearer TOKEN` with each request. HEAD is answered wherever GET is.
"""


def openapi() -> dict[str, Any]:
    """The OpenAPI description of the server."""
    return create_app([]).openapi()


def openapi_text() -> str:
    """The OpenAPI description as it stands in docs/reference/openapi.json."""
    return json.dumps(openapi(), indent=1, ensure_ascii=False) + "\n"


def api_page() -> str:
    """The reference page: every route, then every object they exchange."""
    whole = openapi()
    routes = [
        part
        for path, methods in whole["paths"].items()
        for method, route in methods.items()
        for part in _route(path, method, route)
    ]
    objects = [part for name, schema in sorted(whole["components"]["schemas"].items()) for part in _object(name, schema)]
    return "\n".join([_HEAD, "## Routes\n", *routes, "## Objects\n", *objects])


def _route(path: str, method: str, route: dict[str, Any]) -> Iterator[str]:
    yield f"### {method.upper()} {path}\n"
    yield f"{route['summary']}. {' '.join(route['description'].split())}\n"
    for parameter in route.get("parameters", []):
        note = parameter.get("description", "")
        needed = "" if parameter["required"] else ", optional"
        yield f"- `{parameter['name']}` ({parameter['in']}, {_type(parameter['schema'])}{needed}){': ' if note else ''}{note}"
    if "requestBody" in route:
        content = next(iter(route["requestBody"]["content"].values()))
        yield f"- body: {'the file itself' if content['schema'].get('format') == 'binary' else _type(content['schema'])}"
    for status, answer in route["responses"].items():
        if int(status) >= _FIRST_ERROR:
            continue
        content = next(iter(answer.get("content", {"": {}}).values()))
        yield f"- {status}: {_type(content['schema']) if content else answer['description'].rstrip('.')}"
    yield ""


def _object(name: str, schema: dict[str, Any]) -> Iterator[str]:
    yield f"### {name}\n"
    yield f"{' '.join(schema.get('description', '').split())}\n"
    yield "| field | type | default | what |\n|---|---|---|---|"
    needed = schema.get("required", [])
    for field, about in schema.get("properties", {}).items():
        default = "" if field in needed else f"`{json.dumps(about.get('default'))}`"
        yield f"| `{field}` | {_type(about)} | {default} | {about.get('description', '')} |"
    yield ""


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return f"[{name}](#{name.lower()})"
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return " or ".join(dict.fromkeys(_type(part) for part in schema[key]))
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    return str(schema.get("type", "any")) + _range(schema)


def _range(schema: dict[str, Any]) -> str:
    words = {"minimum": ">=", "exclusiveMinimum": ">", "maximum": "<=", "exclusiveMaximum": "<"}
    bounds = [f"{sign} {schema[key]:g}" for key, sign in words.items() if key in schema]
    return f" {', '.join(bounds)}" if bounds else ""
