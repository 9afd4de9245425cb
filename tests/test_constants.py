"""Numbers that steer the program: each says why it has its value."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCES = Path(__file__).parent.parent / "src" / "clearway"
ROOMS = ("files.py", "network", "planning/access", "planning/cordon/check", "planning/traffic/demand", "planning/traffic/sumo")


def numbers_of(path: Path) -> dict[str, tuple[object, str]]:
    """The numeric constants of a module: value, and the sentence that follows, empty where none does."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    found = {}
    for statement, after in zip(body, [*body[1:], None], strict=True):
        if not isinstance(statement, ast.Assign) or not isinstance(statement.targets[0], ast.Name | ast.Tuple):
            continue
        target, reason = ast.unparse(statement.targets[0]).strip("()"), ""
        if is_number(statement.value) and target.replace("_", "").replace(", ", "").isupper():
            if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) and isinstance(after.value.value, str):
                reason = after.value.value
            value: object = eval(ast.unparse(statement.value), {})  # noqa: S307 - numbers alone
            found[target] = (value, reason)
    return found


def is_number(node: ast.expr) -> bool:
    match node:
        case ast.Constant(value=int() | float()):
            return not isinstance(node.value, bool)
        case ast.UnaryOp(operand=inner):
            return is_number(inner)
        case ast.BinOp(left=left, right=right):
            return is_number(left) and is_number(right)
        case ast.Tuple(elts=[_, *_] as inner):
            return all(map(is_number, inner))
    return False


def modules() -> list[Path]:
    """The modules of the rooms that this test holds to it."""
    return sorted(
        path for room in ROOMS for path in ([SOURCES / room] if room.endswith(".py") else (SOURCES / room).rglob("*.py"))
    )


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SOURCES)))
def test_every_numeric_constant_says_why_it_has_its_value(path: Path) -> None:
    assert [name for name, (_, reason) in numbers_of(path).items() if not reason.strip()] == []


def test_a_number_without_a_reason_is_found(tmp_path: Path) -> None:
    module = tmp_path / "m.py"
    module.write_text('A_M = 3.0\n"""Why."""\nB_S, C_S = 1 << 3, -1\nNAME = "x"\nD = range(3)\n', encoding="utf-8")
    assert numbers_of(module) == {"A_M": (3.0, "Why."), "B_S, C_S": ((8, -1), "")}
