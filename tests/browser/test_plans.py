"""A plan of the record on the Plan desk: red by itself when a barrier is reported gone, green when it is reset."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    Opened = Callable[..., Page]

pytestmark = pytest.mark.slow
HILL = "Hill Street at Molesworth Street"
WRITE = """async (body) => {
    const sent = await fetch("/api/operations/wellington-2022/entries", {
        method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body),
    });
    if (!sent.ok) throw new Error(await sent.text());
}"""


def test_a_plan_turns_red_and_green_by_itself_with_the_barrier_by_name(opened: Opened) -> None:
    page = opened()
    now = page.evaluate("() => new Date().toISOString()")
    said = {"happened": now, "source": {"office": "officer", "organisation": "Police"}}
    plan = {"plan": "tmp", "title": "One corner", "barriers": [{"id": "B1", "place": HILL}]}
    page.evaluate(WRITE, {"kind": "plan", "body": plan} | said)
    part = page.locator("#plans")
    expect(part).to_contain_text("no report says that a barrier is gone")
    page.evaluate(WRITE, {"kind": "barrier_state", "body": {"state": "moved"}, "places": HILL} | said)
    expect(part.locator(".verdict")).to_have_class("verdict leaking")
    expect(part).to_contain_text(f"B1, {HILL}: Reported moved at {HILL} by officer, Police")
    page.evaluate(WRITE, {"kind": "barrier_state", "body": {"state": "reset"}, "places": HILL} | said)
    expect(part.locator(".verdict")).not_to_have_class("verdict leaking")
