"""Each cue of modality, with a sentence that looks like it and is another thing."""

from __future__ import annotations

import pytest

from clearway.intake.modality import gist, is_negated, modality

DENIED = [
    *"no|not|never|none of the|nobody saw the|neither|nor were|without|cannot have|has yet to have|failed to have".split("|"),
    *"fails to have|refused to have|refuses to have|unable to have|declined to have|denies that|denied that|deny that".split(
        "|"
    ),
    *"instead of having|rather than having|no longer have|hardly any|avoided having|stopped short of having".split("|"),
    *"unlikely to have|held no|holding off having|hold off having|haven't|haven’t".split("|"),
]
INTENDED = [
    *"will have|shall have|going to have|plans to have|planned for|intends to have|aims to have|hopes to have|expects".split(
        "|"
    ),
    *"anticipates|predicts|forecasts|due to start having|set to have|preparing to have|about to have|ready to have".split("|"),
    *"working hard to have|working to have|trying to have|tried to have|attempted to have|promised".split("|"),
    *"pledged|vowed|scheduled".split("|"),
    *"aspiration of|is to be|are to be|to be|they'll have|they’ll have|would have".split("|"),
]
POSSIBLE = [
    *"could have|may have|might have|can have|considered having|options for|possibly|potentially|likely has|if|whether".split(
        "|"
    ),
    *"unless|until|once|risks|threatened|proposed|contemplated|explored|feared|suspected|rumoured".split("|"),
    *"in case|ability to have|right to have|free to have|able to have|how to have".split("|"),
]
ASKED = [
    *"asks|urged|calls on|called for|requested|demands|wants|needs|must have|should have|please have|desire".split("|"),
    *"invited|appeals|pleaded|plea".split("|"),
]


@pytest.mark.parametrize(
    ("cue", "told"),
    [
        *((cue, "not_done") for cue in DENIED),
        *((cue, "intended") for cue in INTENDED),
        *((cue, "possible") for cue in POSSIBLE),
        *((cue, "asked") for cue in ASKED),
    ],
)
def test_a_cue_decides_how_the_rest_of_its_clause_is_taken(cue: str, told: str) -> None:
    for words in (f"Police {cue} cars ", f"POLICE {cue.upper()} CARS "):
        assert modality(words + "towed.", 0, len(words)) == told


@pytest.mark.parametrize(
    "words",
    [
        *"a notable crowd|November|nonetheless|a note|the nobles|norms|another car|known cars".split(
            "|"
        ),  # begin or end like a denial
        *"willing owners|a wouldbe driver|the shallow end|planes|hopeful people|tobe".split("|"),
        *"the canal|mayor's cars|mighty cars|a mayfly|lifted cars|untilled land|brisk work|caned".split("|"),
        *"musty cars|basked people|a shoulder|the mustard van|wan people|needles|pleasant people".split("|"),
        *"not only cars|no doubt cars".split("|"),
    ],
)
def test_a_word_that_only_looks_like_a_cue_changes_nothing(words: str) -> None:
    text = f"Police had {words} towed."
    assert modality(text, 0, text.index("towed")) == "done"


@pytest.mark.parametrize(
    "mark", ["; ", ": ", "— ", "– ", ", and ", ", but ", ", which ", " but ", " while ", " said ", " because ", " says "]
)
def test_a_cue_of_another_clause_counts_nowhere(mark: str) -> None:
    text = f"Nobody could enter{mark}cars were towed."
    assert modality(text, 0, text.index("towed")) == "done"


@pytest.mark.parametrize("mark", [", ", " and ", " (", " / "])
def test_what_does_not_end_a_clause_lets_the_cue_through(mark: str) -> None:
    text = f"Nobody was hurt{mark}towed."
    assert modality(text, 0, text.index("towed")) == "not_done"


@pytest.mark.parametrize(("between", "told"), [(80, "not_done"), (86, "not_done"), (87, "done"), (120, "done")])
def test_a_cue_farther_than_ninety_letters_away_counts_nowhere(between: int, told: str) -> None:
    text = "not " + "x" * (between - 1) + " towed"
    assert modality(text, 0, text.index("towed")) == told


def test_a_cue_before_the_sentence_counts_nowhere() -> None:
    text = "Nobody came. Cars were towed."
    assert modality(text, text.index("Cars"), text.index("towed")) == "done"
    assert modality(text, 0, text.index("towed")) == "not_done"
    assert modality(text, text.index("towed"), text.index("towed")) == "done"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Police did not ask that cars be towed", "not_done"),  # a denial first
        ("Police asked that cars could be towed", "asked"),  # then what is asked for
        ("Police may plan to have cars towed", "intended"),  # of what is meant and what is possible, the last
        ("Police plan to see whether cars are towed", "possible"),
        ("Cars would be towed", "intended"),  # one word that is both
    ],
)
def test_of_several_cues_in_a_clause_one_decides(words: str, told: str) -> None:
    assert modality(words, 0, words.index("towed")) == told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("We have never used force", "not_done"),
        ("We didn’t", "not_done"),
        ("Nothing was agreed", "not_done"),
        ("They deny it", "not_done"),
        ("We will not leave", "not_done"),
        ("Not only cars came", "done"),
        ("No doubt they came", "done"),
        ("No. 5 was closed", "done"),
        ("No 5 was closed", "done"),
        ("It closes, whether or not they come", "possible"),
        ("Today, if not sooner", "possible"),
        ("Should they come", "possible"),
        ("When asked", "possible"),
        ("We will review what could be done", "intended"),
        ("We could say what will be done", "possible"),
        ("We would go", "intended"),
        ("It may rain", "possible"),
        ("The toll is known", "done"),
        ("", "done"),
    ],
)
def test_what_somebody_said_is_taken_as_a_whole(words: str, told: str) -> None:
    assert gist(words) == told


@pytest.mark.parametrize(
    ("start", "end", "denied"), [(0, 12, True), (4, 12, True), (7, 12, False), (0, 5, False), (0, 7, True)]
)
def test_a_stretch_is_denied_only_by_words_inside_it(start: int, end: int, denied: bool) -> None:  # noqa: FBT001
    assert is_negated("has not gone", start, end) is denied
