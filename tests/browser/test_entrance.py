"""The page of a server that asks for its token, and of one that has no stream to give."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import httpx
import pytest
from playwright.sync_api import expect

from clearway.server.app import create_app
from clearway.server.limits import USUAL
from clearway.server.operations import ServedRecord
from clearway.server.token import Token
from serving import live_record, running, served_town

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from clearway.record.store import Store

SECRET = "correct-horse-battery-staple"  # noqa: S105 - a test's
ROOM = "A square is taken"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(live_record(tmp_path / "room.record")) as opened:
        yield opened


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A browser that has never been here."""
    context = chromium.new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()


def test_the_address_with_the_token_opens_the_room_and_is_rid_of_it(store: Store, page: Page) -> None:
    referers: list[str] = []
    page.on("request", lambda request: referers.append(request.headers.get("referer", "") + request.url))
    with running(create_app([served_town()], ServedRecord(store), token=Token(SECRET))) as client:
        page.goto(f"{client.base_url}/#token={SECRET}&desk=picture")
        expect(page.get_by_role("heading", level=1, name=ROOM)).to_be_visible()
        expect(page.locator(".live")).to_have_text("Live")
        page.wait_for_function("() => !location.hash.includes('token') && location.hash.includes('desk=picture')")
        assert SECRET not in page.evaluate("document.cookie + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)")
        page.reload()
        expect(page.get_by_role("heading", level=1, name=ROOM)).to_be_visible()
    assert not any(SECRET in one for one in referers if not one.endswith(f"#token={SECRET}&desk=picture"))


def test_without_the_token_the_page_says_what_it_needs_and_takes_it(store: Store, page: Page) -> None:
    with running(create_app([served_town()], ServedRecord(store), token=Token(SECRET))) as client:
        page.goto(f"{client.base_url}/#token=a-wrong-one&desk=plan")
        expect(page.get_by_text("This server asks for its token.")).to_be_visible()
        expect(page.get_by_role("alert")).to_contain_text("This token is wrong.")
        field = page.get_by_label("Token, or the whole address")
        field.fill("another-wrong-one")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("This token is wrong.")
        field.fill(f" http://ops.example.org:8000/#token={SECRET} ")
        page.get_by_role("button", name="Open").click()
        expect(page.get_by_role("heading", level=1, name=ROOM)).to_be_visible()


def test_where_there_is_no_stream_left_the_page_asks_now_and_then(store: Store, page: Page) -> None:
    app = create_app([served_town()], ServedRecord(store), limits=replace(USUAL, streams=0))
    with running(app) as client:
        page.goto(str(client.base_url))
        live = page.locator(".live")
        expect(live).to_have_text("Every few seconds")
        entry = {"id": "late", "kind": "remark", "body": {"text": "Seen late"}, "happened": "day 10"}
        assert httpx.post(f"{client.base_url}/api/operations/square/entries", json=entry).status_code == 201
        page.wait_for_function("() => window.clearway.desks.picture.get().operation.seq === 11")
        app.state.frame.operations.seats._limits = USUAL  # noqa: SLF001 - as if others had left
        expect(live).to_have_text("Live")
