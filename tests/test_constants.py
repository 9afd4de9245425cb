"""Numbers that steer the program: each says why it has its value."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = ROOT / "src" / "clearway"
ROOMS = ("files.py", "network", "assignment", "planning")


def numbers_of(path: Path) -> dict[str, tuple[str, str]]:
    """The numeric constants of a module: value as it is written, and the sentence that follows, empty where none does."""
    text = path.read_text(encoding="utf-8")
    body = ast.parse(text).body
    found = {}
    for statement, after in zip(body, [*body[1:], None], strict=True):
        if not isinstance(statement, ast.Assign) or not isinstance(statement.targets[0], ast.Name | ast.Tuple):
            continue
        target, reason = ast.unparse(statement.targets[0]).strip("()"), ""
        if is_number(statement.value) and target.replace("_", "").replace(", ", "").isupper():
            if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) and isinstance(after.value.value, str):
                reason = after.value.value
            found[target] = (ast.get_source_segment(text, statement.value) or "", " ".join(reason.split()))
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
    assert numbers_of(module) == {"A_M": ("3.0", "Why."), "B_S, C_S": ("1 << 3, -1", "")}


def test_the_table_of_the_solvers_constants_is_what_stands_in_the_code() -> None:
    """All numbers of the solver but those that mark what is absent (NO_EDGE, NO_SLOT)."""
    page = (ROOT / "docs" / "why" / "traffic.md").read_text(encoding="utf-8")
    section = page.partition("\n## The solver's constants\n")[2].partition("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| `")]
    assert rows == [
        f"| `{path.stem}.{name}` | {value} | {reason} |"
        for path in sorted((SOURCES / "assignment" / "equilibrium").glob("*.py"))
        for name, (value, reason) in numbers_of(path).items()
        if not name.startswith("NO_")
    ]
