"""Every text a user reads is marked for the catalogues, and looked up when it is shown."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.source import Source, sources

MARKS = ("_", "N_", "ngettext", "pgettext")
LOOKUPS = ("_", "ngettext", "pgettext")
SHOWN_BY = {
    *("setText", "setToolTip", "setWindowTitle", "setPlaceholderText", "setStatusTip", "setSuffix"),
    *("setAccessibleName", "setAccessibleDescription", "addAction", "addMenu", "addTab", "addRow"),
    *("setTabText", "setTitle", "setInformativeText", "setPrefix", "setSpecialValueText"),
    *("QLabel", "QPushButton", "QCheckBox", "QRadioButton", "QAction", "QGroupBox", "QMenu"),
    *("print", "UserError", "LinkError", "StoreError", "ArgumentTypeError"),
}
"""What puts its first texts before a user."""


ELSEWHERE = ("i18n.py", "replay_core.py")  # what replay_core prints is read by replay itself


def desktop() -> list[Source]:
    return [each for each in sources("desktop/plumbline") if each.path.name not in ELSEWHERE]


def called(node: ast.AST) -> str:
    """The name of what is called, or empty."""
    if not isinstance(node, ast.Call):
        return ""
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def at_import(node: ast.AST) -> Iterator[ast.AST]:
    """What runs while the module is imported: default values, class bodies, no function bodies."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            arguments = child.args
            yield from (n for d in (*arguments.defaults, *arguments.kw_defaults) if d
                        for n in ast.walk(d))  # fmt: skip
            continue
        yield child
        yield from at_import(child)


def places(found: Iterator[tuple[Source, ast.AST]]) -> list[str]:
    return [f"{source.name}:{getattr(node, 'lineno', 0)}" for source, node in found]


def test_nothing_is_looked_up_while_a_module_is_imported() -> None:
    found = ((s, n) for s in desktop() for n in at_import(s.tree) if called(n) in LOOKUPS)
    assert not places(found)


def is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def test_what_is_marked_is_a_plain_text() -> None:
    """An f-string, a sum or a call has no fixed words that a translator could find."""
    found = []
    for source in desktop():
        for node in ast.walk(source.tree):
            name = called(node)
            if name not in MARKS:
                continue
            texts = node.args[:2] if name in ("ngettext", "pgettext") else node.args[:1]
            variable = name == "_" and isinstance(
                texts[0], (ast.Name, ast.Attribute, ast.Subscript)
            )  # a constant marked with N_ elsewhere
            if not variable and not all(is_text(text) for text in texts):
                found.append(f"{source.name}:{node.lineno}")
    assert not found


def unmarked(tree: ast.AST) -> Iterator[ast.AST]:
    """Texts with words that go to a user past the catalogues."""
    for node in ast.walk(tree):
        if called(node) not in SHOWN_BY:
            continue
        for argument in [*node.args, *(word.value for word in node.keywords if word.arg == "help")]:
            if has_words(argument):
                yield argument


def has_words(node: ast.expr) -> bool:
    """Whether the expression is, or joins, texts with words of its own."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and sum(c.isalpha() for c in node.value) > 2
    if isinstance(node, ast.JoinedStr):
        return any(has_words(part) for part in node.values)
    if isinstance(node, ast.IfExp):
        return has_words(node.body) or has_words(node.orelse)
    if isinstance(node, ast.BinOp):
        return has_words(node.left) or has_words(node.right)
    if isinstance(node, ast.Call) and called(node) == "format":
        return isinstance(node.func, ast.Attribute) and has_words(node.func.value)
    return False


def test_what_a_user_reads_goes_through_the_catalogues() -> None:
    assert not places((s, n) for s in desktop() for n in unmarked(s.tree))


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("label.setText('Hello')", 1),
        ("label.setText(_('Hello'))", 0),
        ("QLabel(f'Hello {name}')", 1),
        ("raise UserError('Do it.')", 1),
        ("print('Done: {n}'.format(n=1))", 1),
        ("print(_('Done: {n}').format(n=1))", 0),
        ("label.setText('·')", 0),
        ("label.setText('Yes, do' if right else _('No'))", 1),
        ("parser.add_argument('--x', help='hm')", 0),
    ],
)
def test_unmarked_texts_are_found(code: str, count: int) -> None:
    assert len(list(unmarked(ast.parse(code)))) == count


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("NAME = _('x')", 1),
        ("def f(a=_('x')): pass", 1),
        ("def f(): return _('x')", 0),
        ("class A:\n    name = _('x')", 1),
        ("NAMES = [lambda: _('x')]", 0),
    ],
)
def test_lookups_at_import_are_found(code: str, count: int) -> None:
    assert sum(called(node) in LOOKUPS for node in at_import(ast.parse(code))) == count
