"""The reference pages are those of this very program."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearway.server.reference import api_page, openapi, openapi_text

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


@pytest.mark.parametrize(("name", "text"), [("api.md", api_page()), ("openapi.json", openapi_text())])
def test_the_reference_is_not_stale(name: str, text: str) -> None:
    assert (REFERENCE / name).read_text("utf-8") == text, "Run 'python docs/generate.py'."


def test_every_route_is_named_summed_up_and_typed() -> None:
    whole = openapi()
    seen = set()
    for path, methods in whole["paths"].items():
        for route in methods.values():
            assert route["summary"], path
            assert route["description"], path
            seen.add(route["operationId"])
            for status, answer in route["responses"].items():
                if status != "304":
                    assert answer["content"], (path, status)
            error = route["responses"]["422"]["content"]["application/json"]["schema"]
            assert error["$ref"].endswith("ErrorAnswer")
    assert {"plan", "getTile", "getWay", "listNetworks", "getNetwork", "nearestWay", "search", "health"} == seen
