"""Mutants: a module's source with one small thing wrong, of the kind that a hurried edit leaves behind.

Each keeps the rest of the source as it is written, so that its line can be shown and found again. Left alone are annotations,
decorators, docstrings, what only a type checker reads, log lines, and words of errors and descriptions: a reader judges those.
"""

from __future__ import annotations

import ast
import copy
import itertools
import random
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BESIDE: dict[type[ast.cmpop], type[ast.cmpop]] = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}
CONTRARY: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.GtE,
    ast.LtE: ast.Gt,
    ast.Gt: ast.LtE,
    ast.GtE: ast.Lt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}
DEFAULTS = {"bool": ("True", "False"), "int": ("0",), "float": ("0.0",), "str": ("''",), "list": ("[]",), "dict": ("{}",)}
PROSE = {"description", "no_theme_because", "help", "title", "summary", "operation_id", "tags", "responses", "examples"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
SCOPES = (*FUNCTIONS, ast.ClassDef)


@dataclass(frozen=True)
class Mutant:
    """One small thing wrong.

    Attributes:
        scope: The function it is in, as Python qualifies it; empty at the top of the module or in the body of a class.
        kind: Which sort of mistake.
        number: Its line, from 1.
        line: That line, without the space around it.
        change: What was written and what is written instead.
        source: The whole module with the mistake.
    """

    scope: str
    kind: str
    number: int
    line: str
    change: str
    source: str


@dataclass(frozen=True)
class _Place:
    """Where a node stands: in which function, what that promises to return, and whether words here are for a reader alone."""

    scope: str = ""
    returns: str = ""
    quiet: bool = False


_Change = tuple[ast.expr | ast.stmt, str, str, str]
"""A node, the function it is in, the kind of mistake, and what is written instead."""


def mutants_of(source: str) -> list[Mutant]:
    """Every mutant of a module, in the order of its lines."""
    meaning = ast.dump(ast.parse(source))
    found: dict[str, Mutant] = {}
    for node, written, mutant in _spoiled(source):
        if mutant.source not in found and _stands(node, written, mutant.source, meaning):
            found[mutant.source] = mutant
    return sorted(found.values(), key=lambda mutant: (mutant.number, mutant.change))


def changes_of(source: str) -> set[tuple[str, str]]:
    """Line and change of every mutant of a module, and of some that are none after all: much faster."""
    return {(mutant.line, mutant.change) for _, _, mutant in _spoiled(source)}


def _spoiled(source: str) -> Iterator[tuple[ast.AST, str, Mutant]]:
    """Each node that a mistake is made in, what is written there, and the mutant."""
    encoded, lines = source.encode(), source.splitlines()
    starts = [0, *itertools.accumulate(len(line) for line in encoded.splitlines(keepends=True))]
    for node, scope, kind, wrong in _changes(ast.parse(source), _Place()):
        begin = starts[node.lineno - 1] + node.col_offset
        end = starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
        written = encoded[begin:end].decode()
        spoiled = (encoded[:begin] + wrong.encode() + encoded[end:]).decode()
        change = f"{' '.join(written.split())} -> {wrong}"
        yield node, written, Mutant(scope, kind, node.lineno, lines[node.lineno - 1].strip(), change, spoiled)


def chosen(mutants: list[Mutant], count: int, seed: str) -> list[Mutant]:
    """At most this many, the same for the same seed, of each kind in turn: constants would crowd out the rest."""
    shuffled = random.Random(seed).sample(mutants, len(mutants))  # noqa: S311 - dice that fall the same way each time
    turns: Counter[str] = Counter()
    ranked = []
    for mutant in shuffled:
        ranked.append((turns[mutant.kind], mutant))
        turns[mutant.kind] += 1
    ranked.sort(key=lambda pair: pair[0])
    return sorted((mutant for _, mutant in ranked[:count]), key=lambda mutant: (mutant.number, mutant.change))


def drawn(source: str, count: int, seeds: Iterable[str]) -> list[Mutant]:
    """The mutants of a module that each of some seeds chooses; one that several choose is there once."""
    mutants = mutants_of(source)
    every = {(mutant.number, mutant.change): mutant for seed in seeds for mutant in chosen(mutants, count, seed)}
    return [every[key] for key in sorted(every)]


def _stands(node: ast.AST, written: str, spoiled: str, meaning: str) -> bool:
    """Whether the node is where it says (not so inside some f-strings of Python 3.11), and the mutant is Python and another."""
    try:
        found = isinstance(node, ast.stmt) or ast.dump(ast.parse(f"({written})", mode="eval").body) == ast.dump(node)
        return found and ast.dump(ast.parse(spoiled)) != meaning
    except SyntaxError:
        return False


def _changes(node: ast.AST, place: _Place) -> Iterator[_Change]:
    if isinstance(node, SCOPES):
        returns = ast.unparse(node.returns) if isinstance(node, FUNCTIONS) and node.returns else ""
        place = _Place(_qualified(place.scope, node), returns)
    place = replace(place, quiet=place.quiet or _is_prose(node))
    if isinstance(node, ast.expr | ast.stmt):
        for kind, wrong in _wrong(node, place):
            yield node, place.scope, kind, wrong
    for test in _tests(node):
        yield test, place.scope, "condition negated", f"(not ({ast.unparse(test)}))"
    for child in _inside(node):
        yield from _changes(child, place)


def _tests(node: ast.AST) -> list[ast.expr]:
    """What a node decides by, where no other kind of mistake turns it round."""
    tests = [node.test] if isinstance(node, ast.If | ast.IfExp) else node.ifs if isinstance(node, ast.comprehension) else []
    turned = (ast.Compare, ast.UnaryOp)
    return [test for test in tests if not isinstance(test, turned) and ast.unparse(test) != "TYPE_CHECKING"]


def _qualified(scope: str, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> str:
    """A function's name as Python qualifies it; a class's name ends with a dot, since its body runs when it is imported."""
    before = scope if scope.endswith(".") or not scope else f"{scope}.<locals>."
    return before + node.name + ("." if isinstance(node, ast.ClassDef) else "")


def _is_prose(node: ast.AST) -> bool:
    if isinstance(node, ast.Call) and ast.unparse(node.func) in {"TypeVar", "ParamSpec"}:
        return True
    return isinstance(node, ast.Raise | ast.JoinedStr) or (isinstance(node, ast.keyword) and node.arg in PROSE)


def _inside(node: ast.AST) -> Iterator[ast.AST]:
    """What is mutated inside a node."""
    left_alone = {id(getattr(node, name, None)) for name in ("annotation", "returns")}
    left_alone |= {id(item) for item in getattr(node, "decorator_list", ())}
    left_alone |= {id(item) for item in getattr(node, "keywords", ()) if item.arg == "strict"}  # zip: lengths that agree anyway
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        left_alone |= {id(item) for item in node.body}
    for child in ast.iter_child_nodes(node):
        if _is_deed(child) if isinstance(child, ast.Expr) else id(child) not in left_alone:
            yield child


def _is_deed(node: ast.Expr) -> bool:
    """Whether an expression that stands alone does something: no docstring, no log line."""
    return not isinstance(node.value, ast.Constant) and not ast.unparse(node.value).startswith(("_log.", "log.", "super()"))


def _wrong(node: ast.expr | ast.stmt, place: _Place) -> Iterator[tuple[str, str]]:  # noqa: C901, PLR0912 - one case a line
    """The kinds of mistake that a node invites, and what it reads like then."""
    match node:
        case ast.Compare(ops=[op]):
            yield from (
                ("comparison", f"({_with(node, ops=[table[type(op)]()])})") for table in (BESIDE, CONTRARY) if type(op) in table
            )
        case ast.Compare():
            for at, op in enumerate(node.ops):
                if type(op) in BESIDE:
                    ops = [*node.ops[:at], BESIDE[type(op)](), *node.ops[at + 1 :]]
                    yield "comparison", f"({_with(node, ops=ops)})"
        case ast.BoolOp(values=values):
            for at in range(len(values)):
                rest = [*values[:at], *values[at + 1 :]]
                yield "condition dropped", f"({ast.unparse(rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest))})"
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=inner) if not isinstance(inner, ast.Constant):
            yield "sign", f"({ast.unparse(inner)})"
        case ast.BinOp(op=op) if type(op) in OPERATORS:
            yield "arithmetic", f"({_with(node, op=OPERATORS[type(op)]())})"
        case ast.Name(id=name) if name in NAMES:
            yield "function", NAMES[name]
        case ast.Constant(value=bool(value)):
            yield "constant", str(not value)
        case ast.Constant(value=int(value)):
            yield "constant", str(value + 1)
        case ast.Constant(value=float(value)):
            yield "constant", str(value * 2 or 1.0)
        case ast.Constant(value=str(value)) if not place.quiet:
            yield "word", repr(f"{value}x")
        case ast.Return(value=value) if value:
            defaults = ("None",) if place.returns.endswith("| None") else DEFAULTS.get(place.returns.partition("[")[0], ())
            yield from (("answer", f"return {default}") for default in defaults)
        case ast.Expr() | ast.AugAssign() | ast.Raise() | ast.Continue() | ast.Break():
            yield "statement dropped", "pass"
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield "statement dropped", "pass"


def _with(node: ast.expr, **changed: object) -> str:
    """The source of a node with some of its fields changed."""
    other = copy.copy(node)
    for name, value in changed.items():
        setattr(other, name, value)
    return ast.unparse(other)
