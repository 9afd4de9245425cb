"""The record's file goes away under an open page: the page says so by itself, and that it is back."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from playwright.sync_api import Page, expect

from clearway.server.operations import ServedRecord
from serving import served_town, serving, town_record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_the_page_says_at_every_desk_that_the_record_is_gone_and_that_it_is_back(
    opened: Callable[..., Page], tmp_path: Path
) -> None:
    path = tmp_path / "room.record"
    with closing(town_record(path)) as store, serving(served_town(), record=ServedRecord(store)) as client:
        page = opened(f"{client.base_url}/#desk=picture", ready=False)
        page.wait_for_function("() => window.clearway?.desks.picture.get().live === 'open'")
        banner = page.locator(".trouble")
        for desk in ("picture", "plan", "read", "log"):
            page.locator(f".rail [data-desk={desk}]").evaluate("entry => entry.click()")
            page.wait_for_function("desk => document.querySelector('.room').dataset.desk === desk", arg=desk)
            expect(banner).to_be_hidden()
            path.rename(tmp_path / "away")
            expect(banner).to_be_visible()
            expect(banner).to_have_attribute("role", "alert")
            expect(banner).to_contain_text("was deleted or moved while it was open. Nothing was saved since.")
            (tmp_path / "away").rename(path)
            expect(banner).to_be_hidden()
