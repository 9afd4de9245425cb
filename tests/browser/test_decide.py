"""The Decide desk in a real browser: from options to a signed decision, whose picture opens again; axe finds nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
TYPED = {
    "Office that decides": "Incident controller, Police",
    "What is decided": "Offer parking",
    "Reasons": "Places to park are open.",
    "Question": "What is done about the vehicles?",
    "Options": "Wait\nOffer parking",
    "Legal basis": "Land Transport Act 1998 s 113",
    "Why nothing less restrictive would do": "Nobody is forced.",
    "Present": "Talks officer",
    "Dissent": "Council liaison: the offer ends too early.",
    "Rests on": "d11-people-800 d14-school-lockdown",
    "Review": "tomorrow 7pm",
}


def test_from_options_to_a_signed_decision_whose_picture_opens_again(paged: Callable[..., Page], today: str) -> None:
    page = paged("#desk=decide&weigh=sign&at=2022-02-21T07:30:00Z", at=today)
    page.locator("#sign-whole > summary").click()
    for label, text in TYPED.items():
        page.locator(".sign").get_by_label(label, exact=True).fill(text)
    page.locator(".sign").get_by_label("Authority").select_option("own")
    page.locator(".sign").get_by_label("Why not: Wait").fill("More vehicles come each evening.")
    page.get_by_role("button", name="Add what is expected").click()
    page.get_by_label("What is expected").fill("Fewer vehicles")
    page.get_by_label("By when").fill("tomorrow 6pm")
    page.get_by_role("button", name="Show what speaks against it").click()
    sign = page.get_by_role("button", name="Sign, with 2 tasks", exact=True)
    expect(sign).to_be_disabled()
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run(document.querySelector('.decide'))")
    assert [one["id"] for one in found["violations"]] == []
    for box in page.get_by_label("I have read this").all():
        box.check()
    page.get_by_label("Task: is written").last.uncheck()
    page.get_by_role("button", name="Sign, with 1 task", exact=True).click()
    expect(page.locator(".sign .said")).to_contain_text("with 1 expectation and 1 task.")
    written = (page.locator(".sign .said").text_content() or "").removeprefix("Written: ").split(" ")[0]
    page.get_by_role("radio", name="Follow").check()
    expect(page.locator(".decide")).to_contain_text("Say what came of it: Fewer vehicles")
    expect(page.locator(".decide")).not_to_contain_text("Review the decision")
    page.goto(f"{page.url.split('#')[0]}#desk=decide&decision={written}")
    page.reload()
    page.get_by_role("button", name="Open exactly that picture").click()
    expect(page.locator("#decide-frozen")).to_contain_text("is exactly the one that was signed")
