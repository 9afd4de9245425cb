from __future__ import annotations

import pytest

from clearway.intake.modality import modality


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Twelve cars were towed.", "done"),
        ("No cars had been towed.", "not_done"),
        ("Police have not towed a car.", "not_done"),
        ("They haven't towed it.", "not_done"),
        ("Cars would be towed tomorrow.", "intended"),
        ("Cars will be towed.", "intended"),
        ("Police plan to see cars towed.", "intended"),
        ("Police were considering whether cars be towed.", "possible"),
        ("Cars may be towed.", "possible"),
        ("Cars are at risk of being towed.", "possible"),
        ("The union wants cars towed.", "asked"),
        ("Police asked that cars be towed.", "asked"),
        ("No one was hurt, but two cars were towed.", "done"),
        ("The council had yet to have cars towed.", "not_done"),
        ("Will be towed: twelve cars.", "intended"),
        ("Possibly towed: a car.", "possible"),
        ("Police will if they can plan to have cars towed.", "intended"),
        ("Police plan to see whether they could have cars towed.", "possible"),
        ("Not only cars were towed.", "done"),
    ],
)
def test_how_a_sentence_takes_what_happened(text: str, told: str) -> None:
    assert modality(text, 0, text.index("towed")) == told
