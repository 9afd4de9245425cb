"""Who said what. The public figures and what is told of them are of the reports that the demonstration cites."""

from __future__ import annotations

import pytest

from clearway.intake.actors import Cast
from clearway.intake.attribution import Attributions
from clearway.intake.passages import Passages
from clearway.intake.titles import organisation_in


def speakers(text: str) -> list[tuple[str, str | None]]:
    """Each part with a speaker: its words, and who."""
    cut = Passages(text)
    told = Attributions(cut, Cast(cut))
    return [
        (text[part.start : part.end].strip(), part.actor.name or part.actor.office or part.actor.organisation)
        for sentence in cut.sentences
        for part in told.of(sentence)
        if part.actor is not None
    ]


def who(text: str) -> list[str | None]:
    return [name for _, name in speakers(text)]


COMMISSIONER = "Police Commissioner Andrew Coster said dialogue was best."


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (COMMISSIONER, "Andrew Coster"),
        ("Dialogue was best, said Police Commissioner Andrew Coster.", "Andrew Coster"),
        ('"Dialogue is best," Police Commissioner Andrew Coster told media.', "Andrew Coster"),
        ("According to Police Commissioner Andrew Coster, dialogue was best.", "Andrew Coster"),
        ("Andrew Coster, the Police Commissioner, said dialogue was best.", "Andrew Coster"),
        ("The union said towing would be hard.", "Union"),
        ("A police spokesman said this evening that nothing could be confirmed.", "a police spokesman"),
        ("A witness told the paper that the cars were still there.", "a witness"),
    ],
)
def test_the_one_at_the_verb_of_saying(text: str, name: str) -> None:
    assert set(who(text)) == {name}


def test_a_surname_a_pronoun_and_an_office_mean_the_one_who_was_named() -> None:
    text = f"{COMMISSIONER}\nCoster said it was safe.\nHe said it would take time.\nThe Commissioner said staff were tired."
    assert who(text) == ["Andrew Coster"] * 4


def test_a_name_spelled_two_ways_is_one_person() -> None:
    cut = Passages(f"{COMMISSIONER}\nCoaster said police were working on it.")
    cast = Cast(cut)
    assert [actor.name for actor in cast.actors if actor.name] == ["Andrew Coster"]
    assert {other for actor in cast.actors for other in actor.spellings} == {"Coaster"}


def test_a_quotation_that_goes_on_is_still_the_same_speakers() -> None:
    text = f'{COMMISSIONER}\n"We go on.\n"It is safest.\n"It takes time," he said. "It is slow."'
    assert set(who(text)) == {"Andrew Coster"}


def test_the_speaker_may_be_named_after_the_first_sentence_of_a_quotation() -> None:
    text = f'{COMMISSIONER}\n"It is hard. It takes time," said a protester.'
    assert [name for words, name in speakers(text) if "hard" in words] == ["a protester"]


def test_he_and_she_are_not_the_same() -> None:
    text = f"{COMMISSIONER}\nA woman said the street was loud. She said it was cold.\nHe said staff were tired."
    assert who(text) == ["Andrew Coster", "a woman", "a woman", "Andrew Coster"]


def test_who_is_told_something_did_not_say_it() -> None:
    assert who("Commuters were told to expect delays.") == []
    assert who("Asked about it, police said nothing was decided.") == ["Police"]


def test_a_question_belongs_to_whom_it_is_put() -> None:
    text = f"{COMMISSIONER}\nA spokesman was there.\nAsked why police said so, Coster said it was right."
    assert who(text)[-1] == "Andrew Coster"


def test_a_clause_of_the_report_before_somebody_elses_is_the_reports() -> None:
    told = speakers("Police moved the line to Hill Street at seven today, and the council says buses will run from Friday.")
    assert told == [("the council says buses will run from Friday.", "Council")]


def test_somebody_who_is_only_described_speaks_too() -> None:
    text = f'{COMMISSIONER}\n"We asked for one open lane," the inspector in charge of the cordon said.'
    assert who(text)[-1] == "Inspector in charge of the cordon"


def test_the_reports_own_words_have_no_speaker() -> None:
    assert who("Two streets are shut. A bus could not pass.") == []


def test_the_call_sign_of_a_line_of_a_log() -> None:
    assert who("0615 Control: cordon in place.\n0632 Unit 7: about 60 people.\n") == ["Control", "Unit 7"]


def test_a_private_person_is_a_role_and_never_a_name() -> None:
    cut = Passages("Another protester Jo Public came by ferry. Public says the crossing was rough.")
    cast = Cast(cut)
    assert [(actor.office, actor.name) for actor in cast.actors if actor.names] == [("a protester", None)]
    assert ("Jo Public", "a protester") in cast.private_names()


def test_an_abbreviation_stands_for_what_it_was_set_beside() -> None:
    text = "Land Air Water Aotearoa (LAWA) said waste was in the harbour.\nLAWA said people should not swim."
    assert set(who(text)) == {"Land Air Water Aotearoa"}


@pytest.mark.parametrize(
    ("title", "organisation"),
    [
        ("Police Commissioner", "Police"),
        ("Wellington mayor", "Wellington council"),
        ("mayor of Wellington", "Wellington council"),
        ("president of the Police Association", "Police Association"),
        ("Council of Trade Unions President", "Council of Trade Unions"),
        ("Deputy Prime Minister", "Government"),
        ("Regional Public Health Medical Officer of Health", "Regional Public Health"),
        ("interim police chief", "police"),
    ],
)
def test_for_whom_an_office_speaks(title: str, organisation: str) -> None:
    assert (organisation_in(title) or "").lower() == organisation.lower()
