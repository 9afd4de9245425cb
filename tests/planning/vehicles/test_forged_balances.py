"""A true balance of vehicles in which one thing is spoiled is refused: one forgery for each sentence of the checker."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadInput
from clearway.planning.vehicles.balance.answer import balanced, figures
from clearway.planning.vehicles.balance.check import check_balance
from clearway.planning.vehicles.balance.check.claim import StatementClaim, read_claim
from clearway.planning.vehicles.balance.check.ground import least_covers
from clearway.planning.vehicles.balance.said import Said, Statement
from forgeries import Claims, fields_of, forgery, spoiled_at
from rounds import rounds

if TYPE_CHECKING:
    import random

    from forgeries import Document

T0 = datetime(2022, 2, 16, tzinfo=UTC)
HOURS = 4


def hour(number: float) -> datetime:
    return T0 + timedelta(hours=number)


def drawn(chance: random.Random) -> Said:
    """Some statements about four hours, of every role, of two groups, with and without a bound."""
    said = [Statement("first", "stand", hour(0), hour(0), 8, 8 + chance.randint(0, 2), "", "first")]
    roles: list[Any] = ["stand", "stand at", "came", "left", "left", "change", "parked"]
    for number in range(chance.randint(2, 6)):
        start, end = sorted(chance.sample(range(HOURS + 1), 2))
        role, low = chance.choice(roles), chance.randint(0, 9)
        high = chance.choice([low, low + 2, float("inf")])
        if role in ("stand at", "parked"):
            start = end
        if role == "change":
            low, high = -low, -low + chance.randint(0, 3)
        group = chance.choice(["", "Bay Road"]) if role not in ("stand", "stand at", "change") else ""
        kind: Any = "stand" if role == "stand at" else role
        said.append(Statement(f"s{number}", kind, hour(start), hour(end), low, high, group, f"s{number}"))
    return Said("the streets", tuple(sorted(said, key=lambda one: (one.end, one.start, one.entry))), (), ())


@pytest.fixture(scope="module")
def claims() -> Claims:
    """The balances of random statements, as JSON."""

    def problems(said: Said, document: Document) -> list[str]:
        return check_balance(document, said.where, figures(said))[1]

    asked = [drawn(chance) for chance in rounds(40)]
    return Claims([(said, balanced(said, hour(0), hour(HOURS)).model_dump(mode="json")) for said in asked], problems)


def split(proof: Document) -> bool:
    return proof["split"] is not None


def proofs(document: Document) -> list[Document]:
    """Every proof of an answer that has terms."""
    waiting = [one["proof"] for one in document["contradictions"]]
    waiting += [one[side] for one in document["moments"] for side in ("low_proof", "high_proof") if one[side]]
    waiting += [document["residual_proof"]] if document["residual_proof"] else []
    found = []
    while waiting:
        proof = waiting.pop()
        waiting += proof["parts"]
        found += [proof] if proof["terms"] else []
    return found


def test_every_true_balance_is_accepted(claims: Claims) -> None:
    for said, document in claims.true:
        good, fails = check_balance(json.loads(json.dumps(document)), said.where, figures(said))
        assert (len(good), fails) == (1, [])
        assert good[0].startswith(f"{len(document['moments'])} moments and {len(document['contradictions'])} set")
    sets = [one for _, document in claims.true for one in document["contradictions"]]
    assert {len(one["entries"]) for one in sets} >= {2, 3}
    assert any(split(one["proof"]) for one in sets)
    assert {document["residual"] is None for _, document in claims.true} == {True, False}


@forgery("The record does not say what the answer takes .* to say")
def test_a_figure_that_the_record_does_not_hold_is_refused(said: Said, document: Document, chance: random.Random) -> bool:
    one = chance.choice(document["statements"])
    one["high"] = (one["low"] or 0) + 50
    return True


@forgery("The record says more: .* is left out")
def test_a_statement_of_the_record_that_is_left_out_is_refused(said: Said, document: Document, chance: random.Random) -> bool:
    document["statements"].pop(chance.randrange(len(document["statements"])))
    return True


@forgery("It is of elsewhere, and the record was asked of the streets")
def test_an_answer_for_another_place_is_refused(said: Said, document: Document, chance: random.Random) -> bool:
    document["where"] = "elsewhere"
    return True


@forgery("A history lets vehicles move of which nobody spoke, after moment 0")
def test_a_history_with_movements_of_which_nobody_spoke_is_refused(
    said: Said, document: Document, chance: random.Random
) -> bool:
    """One that came and left again: no number of vehicles is another for it."""
    chance.choice(document["histories"])["moves"].append({"part": 0, "group": "Hutt Road", "came": 1, "left": 1})
    return True


@forgery("A history has fewer than 0 vehicles at moment")
def test_a_history_below_zero_is_refused(said: Said, document: Document, chance: random.Random) -> bool:
    chance.choice(document["histories"])["moves"].append({"part": 0, "group": None, "came": 0, "left": 10**6})
    return True


@forgery("A history is said to fulfil first and does not")
def test_a_history_in_which_a_statement_does_not_hold_is_refused(said: Said, document: Document, chance: random.Random) -> bool:
    held = [one for one in document["histories"] if "first" not in one["without"]]
    chance.choice(held)["start"] += 10**6
    return True


@forgery("Nothing proves that .* cannot all hold")
def test_a_set_without_a_proof_is_refused(said: Said, document: Document, chance: random.Random) -> bool:
    for one in document["contradictions"][:1]:
        one["proof"] = {"terms": [], "split": None, "parts": []}
    return bool(document["contradictions"])


@forgery("Nothing proves that .* cannot all hold", least=2)
def test_a_proof_that_leaves_out_a_part_of_a_span_is_refused(said: Said, document: Document, chance: random.Random) -> bool:
    found = [one["proof"] for one in document["contradictions"] if split(one["proof"])]
    for proof in found[:1]:
        proof["parts"].pop()
    return bool(found)


@forgery("Nothing proves that", least=8)
def test_a_proof_with_a_bound_left_out_is_refused(said: Said, document: Document, chance: random.Random) -> bool:
    """The last of its terms that is a statement's: without it, bounds add up to nothing."""
    found = [proof for proof in proofs(document) if len(proof["terms"]) > 1]
    for proof in chance.sample(found, min(1, len(found))):
        proof["terms"] = [one for one in proof["terms"] if one["bound"] == "stock"]
    return bool(found)


@forgery("No history shows that .* can hold without", among_others=True)
def test_a_set_that_is_not_among_the_smallest_is_refused(said: Said, document: Document, chance: random.Random) -> bool:
    for one in document["contradictions"][:1]:
        others = [other["entry"] for other in document["statements"] if other["entry"] not in one["entries"]]
        one["entries"] += others[:1]
        return bool(others)
    return False


@forgery(r"The moments leave out other statements than those that contradict each other\.$", among_others=True)
def test_a_statement_that_is_set_aside_without_a_contradiction_is_refused(
    said: Said, document: Document, chance: random.Random
) -> bool:
    others = [one["entry"] for one in document["statements"] if one["entry"] not in document["without"]]
    document["without"] += others[:1]
    return bool(others)


@forgery("There may be more sets that cannot all hold than it lists", among_others=True)
def test_sets_that_call_themselves_all_and_are_not_are_refused(said: Said, document: Document, chance: random.Random) -> bool:
    document["contradictions"] = document["contradictions"][1:]
    return bool(document["without"])


@forgery(r"Its moments are not those at which a statement or the time begins or ends\.$")
def test_a_moment_that_is_left_out_is_refused(said: Said, document: Document, chance: random.Random) -> bool:
    document["moments"].pop(chance.randrange(len(document["moments"])))
    return True


@forgery(r"No history has -?\d+ vehicles? at")
def test_a_least_number_that_is_too_small_is_refused(said: Said, document: Document, chance: random.Random) -> bool:
    found = [one for one in document["moments"] if one["low"]]
    for one in found[:1]:
        one["low"] -= 1
    return bool(found)


@forgery(r"No history has \d+ vehicles? at")
def test_a_greatest_number_that_is_too_large_is_refused(said: Said, document: Document, chance: random.Random) -> bool:
    found = [one for one in document["moments"] if one["high"] is not None]
    for one in found[:1]:
        one["high"] += 1
    return bool(found)


@forgery("Nothing proves that no fewer than", among_others=True)
def test_a_least_number_that_is_too_large_is_refused(said: Said, document: Document, chance: random.Random) -> bool:
    document["moments"][-1]["low"] += 1
    return True


@forgery("Nothing proves that no more than", among_others=True)
def test_a_greatest_number_that_is_too_small_is_refused(said: Said, document: Document, chance: random.Random) -> bool:
    found = [one for one in document["moments"] if one["high"]]
    for one in found[:1]:
        one["high"] -= 1
    return bool(found)


@forgery("No history shows that nothing bounds the vehicles at")
def test_a_number_without_a_bound_that_has_one_is_refused(said: Said, document: Document, chance: random.Random) -> bool:
    found = [one for one in document["moments"] if one["high"] is not None]
    for one in found[:1]:
        one["high"] = None
    return bool(found)


@forgery(r"Nothing proves that \d+ vehicles? came or left of which nobody spoke", among_others=True)
def test_a_residual_that_is_too_large_is_refused(said: Said, document: Document, chance: random.Random) -> bool:
    if document["residual"] is None:
        return False
    document["residual"] += 1
    return True


@forgery(r"No history does with \d+ vehicles? of which nobody spoke", among_others=True)
def test_a_residual_that_is_too_small_is_refused(said: Said, document: Document, chance: random.Random) -> bool:
    if not document["residual"]:
        return False
    document["residual"] -= 1
    return True


@forgery(r"Nothing proves that the statements cannot all hold whoever came and left\.$")
def test_statements_that_could_hold_if_others_had_come_are_not_called_impossible(
    said: Said, document: Document, chance: random.Random
) -> bool:
    if document["residual"] is None:
        return False
    document["residual"] = None
    return True


def by_hand() -> tuple[Document, Said]:
    document, said = _by_hand()
    return copy.deepcopy(document), said


@cache
def _by_hand() -> tuple[Document, Said]:
    """Ten at first, four leave, and still ten at hour 3; a figure of a span that is of no account."""
    figures: list[tuple[str, Any, int, int, int]] = [
        ("a", "stand", 0, 0, 10), ("l", "left", 1, 2, 4), ("b", "stand", 3, 3, 10), ("s", "stand", 0, 2, 10),
    ]  # fmt: skip
    statements = [Statement(name, role, hour(at), hour(to), low, low, "", name) for name, role, at, to, low in figures]
    said = Said("the streets", tuple(statements), (), ())
    return balanced(said, hour(0), hour(HOURS)).model_dump(mode="json"), said


def with_terms(*terms: tuple[str, int, int]) -> list[str]:
    document, said = by_hand()
    told = [{"bound": bound, "number": number, "times": times} for bound, number, times in terms]
    document["contradictions"][0]["proof"] = {"terms": told, "split": None, "parts": []}
    return check_balance(document, said.where, figures(said))[1]


def test_bounds_of_the_set_prove_it_and_those_of_others_or_of_nobody_do_not() -> None:
    document, _ = by_hand()
    assert set(document["contradictions"][0]["entries"]) == {"a", "l", "b"}
    refused = ["Nothing proves that a, b, l cannot all hold."]
    assert with_terms(("most", 0, 1), ("least", 1, 1), ("least", 2, 1)) == []
    assert with_terms(("most", 0, 3), ("least", 1, 3), ("least", 2, 3)) == []
    assert with_terms(("most", 0, 1), ("least", 1, 1), ("least", 2, 2)) == refused
    assert with_terms(("most", 0, 1), ("least", 2, 1)) == refused
    assert with_terms(("denied", 0, 1)) == with_terms(("stock", 5, 1)) == with_terms(("least", 4, 1)) == refused
    assert with_terms(("most", 0, 1), ("least", 1, 1), ("least", 2, 1), ("least", 3, 1)) == refused


def test_a_figure_of_a_span_is_split_once_and_no_other_is() -> None:
    for number in (0, 3, 4):
        document, said = by_hand()
        proof = document["contradictions"][0]["proof"]
        document["contradictions"][0]["proof"] = {"terms": [], "split": number, "parts": [proof, proof]}
        assert check_balance(document, said.where, figures(said))[1] == ["Nothing proves that a, b, l cannot all hold."]


def test_the_smallest_choices_of_one_of_each_set_are_by_hand() -> None:
    assert set(least_covers([])) == {frozenset()}
    found = least_covers([frozenset("ab"), frozenset("bc"), frozenset("ac")])
    assert set(found) == {frozenset("ab"), frozenset("bc"), frozenset("ac")}


@pytest.mark.parametrize(
    ("spoiled", "reason"),
    [
        ({"residual": -1}, "-1 is not a whole number from 0"),
        ({"residual": True}, "True is not a whole number"),
        ({"start": "2022-02-16T00:00"}, "has no time zone"),
        ({"moments": None}, "The answer is damaged"),
        ({"histories": [{"without": [], "start": 1.5, "moves": []}]}, "1.5 is not a whole number"),
        ({"residual_proof": {"terms": [{"bound": "some", "number": 0, "times": 1}], "split": None, "parts": []}}, "is none of"),
    ],
)
def test_a_damaged_answer_is_refused_in_one_sentence(spoiled: dict[str, Any], reason: str) -> None:
    document, said = by_hand()
    with pytest.raises(BadInput, match=reason):
        check_balance(document | spoiled, said.where, figures(said))


def test_what_is_no_balance_is_refused() -> None:
    with pytest.raises(BadInput, match="This is not an answer of 'clearway vehicles balance'"):
        check_balance({"stretches": []}, "", [])


def nested(document: Document, times: int) -> Document:
    proof: Document = {"terms": [], "split": None, "branch": None, "parts": []}
    for _ in range(times):
        proof = {"terms": [], "split": 3, "branch": None, "parts": [proof]}
    return spoiled_at(document, ("contradictions", 0, "proof"), proof)


def test_a_proof_of_endless_splits_is_refused() -> None:
    document, _ = by_hand()
    assert read_claim(nested(document, 200)).sets
    for times in (201, 300):
        with pytest.raises(BadInput, match="a proof is split too often"):
            read_claim(nested(document, times))


def asked(document: Document, where: str = "the streets", *more: StatementClaim) -> tuple[list[str], list[str]]:
    _, said = by_hand()
    return check_balance(document, where, [*figures(said), *more])


def test_what_holds_is_counted() -> None:
    assert asked(by_hand()[0]) == (["5 moments and 1 set of statements are proved."], [])


@pytest.mark.parametrize(
    ("of", "where", "sentence"),
    [
        ("", "the streets", "It is of the whole operation, and the record was asked of the streets."),
        ("the streets", "", "It is of the streets, and the record was asked of all of it."),
    ],
)
def test_it_is_held_against_the_place_that_was_asked_of(of: str, where: str, sentence: str) -> None:
    assert asked(spoiled_at(by_hand()[0], ("where",), of), where) == ([], [sentence])


@pytest.mark.parametrize(
    ("start", "end", "counts"),
    [(-2, -1, False), (-2, 0, True), (-2, 5, True), (3, 5, True), (4, 4, True), (4, 5, False), (5, 5, False)],
)
def test_what_the_record_says_within_the_time_is_not_left_out(start: float, end: float, *, counts: bool) -> None:
    more = StatementClaim("more", "came", "", hour(start), hour(end), 0, None)
    left_out = ["The record says more: more is left out."]
    assert asked(by_hand()[0], "the streets", more)[1] == (left_out if counts else [])


def test_a_number_that_nothing_bounds_is_very_large_in_a_history() -> None:
    for number, enough in ((50_000, True), (49_999, False)):
        document = by_hand()[0]
        document["histories"][4] |= {"start": number, "moves": [{"part": 1, "group": "", "came": 0, "left": number}]}
        assert (asked(document)[1] == []) is enough
    assert [one[:63] for one in asked(document)[1]] == [
        f"No history shows that nothing bounds the vehicles at {T0:%Y-%m-%d}"
    ] * 2


def test_a_history_with_vehicles_of_which_nobody_spoke_shows_nothing_but_the_rest() -> None:
    document = by_hand()[0]
    strange = {"without": ["a", "l", "b"], "start": 10, "moves": [{"part": 1, "group": None, "came": 0, "left": 3}]}
    document["histories"].append(strange)
    assert asked(document)[1] == []
    document["moments"][2]["low"] = 7
    assert asked(document)[1][0].startswith("No history has 7 vehicles at ")
    document = by_hand()[0]
    document["histories"][0] = {"without": ["a"], "start": 10, "moves": [
        {"part": 1, "group": "", "came": 0, "left": 4}, {"part": 2, "group": None, "came": 4, "left": 0}]}  # fmt: skip
    assert "No history shows that a, b, l can hold without a." in asked(document)[1]


def test_a_history_that_leaves_out_more_than_contradicts_shows_no_number() -> None:
    document = by_hand()[0]
    document["histories"].append({"without": ["a", "l", "b", "s"], "start": 13, "moves": []})
    assert asked(document)[1] == []
    document["moments"][0]["low"] = 13
    assert asked(document)[1][0].startswith("No history has 13 vehicles at ")
    document = by_hand()[0]
    document["histories"][-1]["without"] = ["s"]
    assert asked(document)[1] == ["No history does with 4 vehicles of which nobody spoke."]


def test_that_the_sets_are_all_of_them_is_shown_only_where_it_is_said() -> None:
    document = by_hand()[0]
    document["histories"].pop(0)
    one = "No history shows that a, b, l can hold without a."
    assert asked(document)[1] == [one, "There may be more sets that cannot all hold than it lists."]
    assert asked(document | {"is_all": False})[1] == [one]
    assert asked(by_hand()[0] | {"is_all": False})[1] == []


def test_a_set_of_what_nobody_said_is_refused() -> None:
    document = by_hand()[0]
    document["contradictions"][0]["entries"].append("nobody")
    assert "Nothing proves that a, b, l, nobody cannot all hold." in asked(document)[1]


def test_no_more_is_told_than_anybody_reads() -> None:
    document = by_hand()[0]
    document["contradictions"] = [nested(document, 0)["contradictions"][0]] * 21
    assert asked(document)[1] == ["Nothing proves that a, b, l cannot all hold."] * 20


NOT_READ = {"says", "repeated", "assumed", "left_out", "summary"}


def with_a_branch() -> Document:
    document = by_hand()[0]
    branch = {"way": "came", "part": 1, "group": None, "at": 2}
    document["contradictions"][0]["proof"]["branch"] = branch
    document["residual_proof"]["split"] = 3
    return document


@pytest.mark.parametrize("where", [one for one, _ in fields_of(with_a_branch()) if not NOT_READ & {*one}], ids=str)
def test_each_field_is_read_as_what_it_is(where: tuple[str | int, ...]) -> None:
    """Left out, or of another kind: it is refused; what may be none or below 0 is read as that."""
    document = with_a_branch()
    read_claim(document)
    true = dict(fields_of(document))[where]
    if isinstance(where[-1], str) and where[-1] != "branch":
        with pytest.raises(BadInput, match=r"The answer is damaged|This is not an answer"):
            read_claim(spoiled_at(document, where))
    wrong: list[object] = []
    if isinstance(true, int) and not isinstance(true, bool):
        wrong = ["1", True, 1.5] + ([] if where[0] == "statements" else [-1, 2**31])
    elif where[-1] in ("start", "end", "at", "role", "bound", "way"):
        wrong = ["yesterday", None, "2022-02-16T00:00"]
    elif isinstance(true, list | dict):
        wrong = [5]
    for one in wrong:
        with pytest.raises(BadInput, match="The answer is damaged"):
            read_claim(spoiled_at(document, where, one))
