"""What may be made of a figure: a population is estimated, a tally never falls, of everything else nothing follows."""

from __future__ import annotations

from clearway.record.kinds.figures import CASUALTIES, Count, Flow, figure_kind
from clearway.record.parts import Amount

POPULATIONS = """
    people protesters supporters children officers police_officers guards staff volunteers vehicles cars vans trucks
    buses campervans motorcycles trailers tractors police_vehicles bicycles horses tents gazebos structures toilets
"""
TALLIES = """
    arrests charges tows vehicles_towed towed_vehicles vehicles_removed tickets infringements fines trespass_notices
    warnings injuries injured casualties deaths assaults cases signatures complaints calls emergency_calls seizures
    transported treated
"""


def test_each_figure_is_a_population_a_tally_or_a_list() -> None:
    for words, kind in ((POPULATIONS, "population"), (TALLIES, "tally"), ("districts schools groups person", "list")):
        assert {what: figure_kind(what) for what in words.split()} == dict.fromkeys(words.split(), kind)
    assert {"injuries", "injured", "casualties", "deaths", "transported", "treated"} == CASUALTIES


def test_the_amount_of_a_figure_is_called_by_what_is_counted() -> None:
    count = Count(what="police_officers", amount=Amount(low=5, high=5))
    assert [count.called(field) for field in ("amount", "group")] == ["police officers", "group"]
    flow = Flow(what="cars", direction="left")
    assert [flow.called(field) for field in ("amount", "note")] == ["cars left", "note"]
