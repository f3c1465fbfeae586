"""The core computes in integers only, and input is never checked by assert."""

import ast

import pytest

from tests.house.source import is_within, product

FLOAT_NAMES = {"float", "round", "complex", "math", "cmath"}


def float_arithmetic(tree: ast.AST) -> list[int]:
    """Lines with a float or complex literal, a true division, or a name that makes floats."""
    lines = []
    for node in ast.walk(tree):
        literal = isinstance(node, ast.Constant) and isinstance(node.value, float | complex)
        division = isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div)
        name = isinstance(node, ast.Name) and node.id in FLOAT_NAMES
        if literal or division or name:
            lines.append(node.lineno)
    return lines


@pytest.mark.parametrize(
    ("code", "count"),
    [("a = 1 // 2", 0), ("a = 1 / 2", 1), ("a /= 2", 1), ("a = 1.5", 1), ("a = float(2)", 1)],
)
def test_the_search_finds_floats(code: str, count: int) -> None:
    assert len(float_arithmetic(ast.parse(code))) == count


@pytest.mark.parametrize("package", ["beltcore", "beltwire"])
def test_no_floats(package: str) -> None:
    files = [file for file in product() if is_within(file.module, package)]
    assert files
    assert not [f"{file.name}:{line}" for file in files for line in float_arithmetic(file.tree)]


def test_no_asserts_on_the_belt() -> None:
    """An optimised build drops them: a check that matters must be an `if`."""
    files = [file for file in product() if is_within(file.module, "beltcore", "beltwire", "device")]
    assert not [
        f"{file.name}:{node.lineno}"
        for file in files
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Assert)
    ]
