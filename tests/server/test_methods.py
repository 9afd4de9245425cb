"""HEAD, OPTIONS, and what is said of a method that an address does not take."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from serving import GIVEN

if TYPE_CHECKING:
    import httpx

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW")


def described(client: httpx.Client) -> dict[str, set[str]]:
    """What each address takes, from the description of the API."""
    paths = client.get("/api/openapi.json").json()["paths"]
    taken = {path.format_map(GIVEN): {method.upper() for method in methods} for path, methods in paths.items()}
    return {path: named | ({"HEAD", "OPTIONS"} if "GET" in named else {"OPTIONS"}) for path, named in taken.items()}


@pytest.mark.slow
def test_a_wrong_method_is_refused_with_all_that_the_address_takes(client: httpx.Client) -> None:
    for path, taken in described(client).items():
        for method in set(METHODS) - taken:
            answer = client.request(method, path)
            assert answer.status_code == 405, (method, path)
            assert set(answer.headers["allow"].split(", ")) == taken, path


def test_options_lists_the_methods_and_lets_no_other_website_in(client: httpx.Client) -> None:
    for path, taken in described(client).items():
        answer = client.options(path)
        assert (answer.status_code, answer.content) == (204, b"")
        assert set(answer.headers["allow"].split(", ")) == taken
        assert not [name for name in answer.headers if name.startswith("access-control")]
    assert client.options("/api/nothing").status_code == 404
    assert client.options("/").headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("path", ["", "/picture", "/entries", "/sitrep.txt", "/nothing", "/stream"])
def test_head_is_get_without_the_body(client: httpx.Client, path: str) -> None:
    moment = {"at": "2022-02-17T15:00:00+13:00"}
    head = client.head(f"/api/operations/square{path}", params=moment)
    with client.stream("GET", f"/api/operations/square{path}", params=moment) as got:
        assert head.status_code == got.status_code
        told = set(got.headers.items())
    assert {name for name, _ in told} == set(head.headers)
    assert {name for name, _ in told ^ set(head.headers.items())} <= {
        "date",
        "content-length",
    }  # two answers, made one after the other
    assert head.content == b""
    assert client.get("/api/health").status_code == 200  # on the same connection: nothing of a body was left on it
