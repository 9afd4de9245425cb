"""Mutants of small sources, written out."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutate.mutants import chosen, drawn, mutants_of
from mutate.rooms import PROGRAM


def changes(source: str) -> set[str]:
    return {mutant.change for mutant in mutants_of(source)}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a < b", {"a < b -> (a <= b)", "a < b -> (a >= b)"}),
        ("a >= b", {"a >= b -> (a > b)", "a >= b -> (a < b)"}),
        ("a == b", {"a == b -> (a != b)"}),
        ("a in b", {"a in b -> (a not in b)"}),
        ("a < b <= c", {"a < b <= c -> (a <= b <= c)", "a < b <= c -> (a < b < c)"}),
        ("a and b and c", {f"a and b and c -> ({rest})" for rest in ("b and c", "a and c", "a and b")}),
        ("a or b", {"a or b -> (b)", "a or b -> (a)"}),
        ("not a", {"not a -> (a)"}),
        ("-a", {"-a -> (a)"}),
        ("a + b", {"a + b -> (a - b)"}),
        ("min(a)", {"min -> max"}),
        ("any(a)", {"any -> all"}),
        ("7", {"7 -> 8"}),
        ("0.5", {"0.5 -> 1.0"}),
        ("0.0", {"0.0 -> 1.0"}),
        ("True", {"True -> False"}),
        ("'no'", {"'no' -> 'nox'"}),
        ("a if b else c", {"b -> (not (b))"}),
        ("[a for a in b if a]", {"a -> (not (a))"}),
    ],
)
def test_an_expression_goes_wrong_in_these_ways(source: str, expected: set[str]) -> None:
    assert changes(f"x = {source}") == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("if a:\n    b()", {"a -> (not (a))", "b() -> pass"}),
        ("a += b", {"a += b -> pass"}),
        ("a.b = c", {"a.b = c -> pass"}),
        ("raise Wrong('words')", {"raise Wrong('words') -> pass"}),
        ("def f() -> bool:\n    return a", {"return a -> return True", "return a -> return False"}),
        ("def f() -> list[int]:\n    return a", {"return a -> return []"}),
        ("def f() -> Thing | None:\n    return a", {"return a -> return None"}),
    ],
)
def test_a_statement_goes_wrong_in_these_ways(source: str, expected: set[str]) -> None:
    assert changes(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "x: int | None = a",
        "def f(a: Literal[3]) -> Literal[4]: x = b",
        "@decorated(5)\ndef f() -> Thing: ...",
        '"""Words."""',
        "_log.info('words')",
        "if TYPE_CHECKING:\n    from a import b",
        "x = Field(description='words')",
        "x = f'words {a}'",
        "x = zip(a, b, strict=True)",
        "T = TypeVar('T')",
    ],
)
def test_what_a_reader_judges_is_left_alone(source: str) -> None:
    assert changes(source) == set()


def test_a_mutant_says_where_it_stands() -> None:
    source = (
        "class A:\n    x = 1\n    def f(self) -> Thing:\n"
        "        def g() -> Thing:\n            return  a(2)\n        return [3 for b in c]\n"
    )
    found = {mutant.change: (mutant.scope, mutant.number, mutant.line) for mutant in mutants_of(source)}
    assert found == {
        "1 -> 2": ("A.", 2, "x = 1"),
        "2 -> 3": ("A.f.<locals>.g", 5, "return  a(2)"),
        "3 -> 4": ("A.f", 6, "return [3 for b in c]"),
    }


def test_letters_of_more_than_one_byte_do_not_move_a_mutant() -> None:
    (words, number) = mutants_of("x = ('Tāwhiri', 1)")
    assert {words.source, number.source} == {"x = ('Tāwhirix', 1)", "x = ('Tāwhiri', 2)"}


@pytest.mark.slow
@pytest.mark.parametrize("module", ["server/rights.py", "planning/cordon/check/prices.py", "network/search/repair.py"])
def test_every_mutant_is_python_and_differs_from_the_module_in_meaning(module: str) -> None:
    source = (PROGRAM / module).read_text("utf-8")
    mutants = mutants_of(source)
    meanings = {ast.dump(ast.parse(mutant.source)) for mutant in mutants}
    assert ast.dump(ast.parse(source)) not in meanings
    assert len(meanings) > len(mutants) * 0.9


@given(st.integers(0, 30), st.text())
def test_a_draw_is_the_same_for_the_same_seed(count: int, seed: str) -> None:
    mutants = mutants_of("x = a < b and c + 1\ny = 'no'\nz = not d\n" + "w = 1\n" * 9)
    drawn = chosen(mutants, count, seed)
    assert drawn == chosen(mutants, count, seed)
    assert len(drawn) == min(count, len(mutants))
    assert set(drawn) <= set(mutants)


def test_each_kind_of_mistake_is_drawn_in_turn() -> None:
    mutants = mutants_of("x = a < b\ny = 'no'\nz = not d\n" + "w = 1\n" * 90)
    assert {mutant.kind for mutant in chosen(mutants, 4, "any")} == {"comparison", "word", "sign", "constant"}


def test_several_seeds_draw_each_their_own_and_what_two_draw_is_tried_once() -> None:
    source = "def f(a: int) -> bool:\n    return a < 1 and a > 5 or a == 7\n"
    alone = [{mutant.change for mutant in drawn(source, 3, [seed])} for seed in ("1", "2")]
    both = drawn(source, 3, ["1", "2"])
    assert {mutant.change for mutant in both} == alone[0] | alone[1]
    assert drawn(source, 100, ["1", "2"]) == mutants_of(source)
