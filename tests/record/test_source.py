"""Who said it: how a speaker is called, whose word follows whose, and what a grade is worth."""

from __future__ import annotations

import pytest

from clearway.record.source import Source, body_of, is_named, short_speaker, speaker, voice

CHIEF = Source(office="Police Commissioner", organisation="Police", reliability="B", credibility=2)


@pytest.mark.parametrize(
    ("office", "organisation", "whole", "short"),
    [
        ("Police Commissioner", "Police", "Police Commissioner, Police", "Police Commissioner"),
        ("President", "Police Association", "President, Police Association", "President, Police Association"),
        ("a spokesperson", "Police", "a spokesperson, Police", "a spokesperson, Police"),
        ("Mayor", None, "Mayor", "Mayor"),
        (None, "Police", "Police", "Police"),
        (None, None, "source not given", "source not given"),
    ],
)
def test_a_speaker_is_called_by_office_and_organisation_or_by_an_office_that_says_for_whom(
    office: str | None, organisation: str | None, whole: str, short: str
) -> None:
    source = Source(office=office, organisation=organisation)
    assert (speaker(source), short_speaker(source)) == (whole, short)


def test_a_body_is_the_organisation_or_the_office_and_a_voice_is_both() -> None:
    assert [body_of(Source(**told)) for told in ({"office": "Mayor"}, {"organisation": "Harbour  POLICE"}, {})] == [
        "mayor", "harbour police", "",
    ]  # fmt: skip
    assert (body_of(CHIEF), voice(CHIEF), voice(Source())) == ("police", "police commissioner / police", " / ")


def test_a_grade_counts_only_where_somebody_is_named() -> None:
    assert (CHIEF.grade, CHIEF.weight) == ("B2", ("B", 2))
    nobody = Source(reliability="A", credibility=1)
    assert (nobody.grade, nobody.weight, is_named(nobody)) == ("not graded", ("F", 6), False)
    named = ({"office": "Mayor"}, {"organisation": "Police"}, {"name": "A", "office": "Mayor"}, {"publisher": "RNZ"})
    assert all(is_named(Source.model_validate(told)) for told in named)
    assert not any(
        is_named(Source.model_validate(told)) for told in ({"document": "log"}, {"title": "Log"}, {"medium": "radio"})
    )
    assert Source(office="Mayor").grade == "F6"
