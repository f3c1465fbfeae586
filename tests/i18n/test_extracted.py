"""What is shown through `_` is found by the tool that gathers texts: in an f-string it is not."""

import ast

import messages

from tests.house.source import ROOT

MARKS = {"_", "N_", "ngettext"}


def test_every_marked_text_of_the_sources_is_gathered() -> None:
    gathered = {
        each.id[0] if isinstance(each.id, (list, tuple)) else each.id
        for each in messages.extracted()
    }
    lost = []
    for path in sorted((ROOT / "desktop" / "plumbline").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            if call and node.func.id in MARKS and node.args:
                text = node.args[0]
                if isinstance(text, ast.Constant) and text.value and text.value not in gathered:
                    lost.append(f"{path.name}:{node.lineno}: {text.value}")
    assert not lost
