"""Which requests a page of another website sent, by their headers alone."""

from __future__ import annotations

import pytest
from starlette.datastructures import Headers

from clearway.server.origin import is_foreign

READING, WRITING = ["GET", "HEAD"], ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "get"]
HOST = ("host", "localhost:8000")


def foreign(method: str, *headers: tuple[str, str]) -> bool:
    return is_foreign(method, Headers(raw=[(name.encode(), value.encode()) for name, value in (HOST, *headers)]))


@pytest.mark.parametrize("method", READING + WRITING)
@pytest.mark.parametrize(
    "headers",
    [
        [],
        [("origin", "http://localhost:8000")],
        [("origin", "https://LOCALHOST:8000")],
        [("sec-fetch-site", "same-origin")],
        [("sec-fetch-site", "none")],
        [("origin", "http://localhost:8000"), ("sec-fetch-site", "same-origin"), ("sec-fetch-mode", "cors")],
    ],
)
def test_programs_and_the_own_page_are_not_foreign(method: str, headers: list[tuple[str, str]]) -> None:
    assert not foreign(method, *headers)


@pytest.mark.parametrize("method", READING + WRITING)
@pytest.mark.parametrize(
    "headers",
    [
        [("origin", "http://evil.example")],
        [("origin", "http://localhost")],
        [("origin", "http://localhost:80")],
        [("origin", "localhost:8000")],
        [("origin", "null")],
        [("origin", "")],
        [("origin", "http://localhost:8000"), ("origin", "http://evil.example")],
        [("sec-fetch-site", "cross-site")],
        [("sec-fetch-site", "same-site")],
        [("sec-fetch-site", "")],
        [("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site")],
        [("origin", "http://localhost:8000"), ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "cors")],
    ],
)
def test_one_header_that_names_another_website_is_enough(method: str, headers: list[tuple[str, str]]) -> None:
    assert foreign(method, *headers)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_following_a_link_is_not_foreign_but_sending_a_form_is(site: str) -> None:
    followed = ("sec-fetch-site", site), ("sec-fetch-mode", "navigate")
    assert not any(foreign(method, *followed) for method in READING)
    assert all(foreign(method, *followed) for method in WRITING)
    assert all(foreign(method, *followed, ("origin", "http://evil.example")) for method in READING)


def test_the_name_of_the_host_may_be_written_in_capitals() -> None:
    raw = [(b"host", b"LocalHost:8000"), (b"origin", b"http://localhost:8000")]
    assert not is_foreign("POST", Headers(raw=raw))
    assert is_foreign("POST", Headers(raw=raw[1:]))
