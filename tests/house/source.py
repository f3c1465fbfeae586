"""The tree's Python sources, parsed once, for the tests of the house rules."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE_ROOTS = ("protocol", "firmware", "desktop")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One file; `module` is its dotted name as it is imported."""

    path: Path
    module: str

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, str(self.path))

    @property
    def name(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def lines(self) -> int:
        return len(self.text.splitlines())

    @cached_property
    def functions(self) -> tuple[Function, ...]:
        return tuple(node for node in ast.walk(self.tree) if isinstance(node, Function))

    @cached_property
    def imports(self) -> tuple[tuple[int, str], ...]:
        """(line, absolute dotted module) of every import, those inside functions too.

        `from a import b` gives `a.b`, since `b` may be a module; compare by prefix.
        """
        return tuple(self._imports_in(ast.walk(self.tree)))

    def runtime_imports(self) -> Iterator[tuple[int, str]]:
        """The imports that run: those under `if TYPE_CHECKING:` are for mypy alone."""
        return self._imports_in(running(self.tree))

    def _imports_in(self, nodes: Iterator[ast.AST]) -> Iterator[tuple[int, str]]:
        package = self.module if self.path.name == "__init__.py" else self.module.rpartition(".")[0]
        for node in nodes:
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                base = resolve(package, node.level, node.module or "")
                yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def running(node: ast.AST) -> Iterator[ast.AST]:
    """The node and all below it, without the bodies of `if TYPE_CHECKING:`."""
    yield node
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and getattr(child.test, "id", "") == "TYPE_CHECKING":
            continue
        yield from running(child)


def resolve(package: str, level: int, module: str) -> str:
    """The absolute name of `from <level dots><module> import ...` inside `package`."""
    if level == 0:
        return module
    parts = package.split(".")[: len(package.split(".")) - (level - 1)]
    return ".".join([*parts, module] if module else parts)


@cache
def source_of(path: Path) -> Source:
    """The file, read and parsed once for all tests."""
    return Source(path, module_name(path))


def sources(*folders: str) -> list[Source]:
    """The Python files under these folders of the tree, sorted; caches left out."""
    found = []
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "__pycache__" not in path.parts:
                found.append(source_of(path))
    return found


def module_name(path: Path) -> str:
    """The dotted name: from the package root for the product, from the tree's root otherwise."""
    parts = list(path.relative_to(ROOT).with_suffix("").parts)
    if parts[0] in PACKAGE_ROOTS:
        parts = parts[1:]
    if parts[-1] == "__init__":
        parts = parts[:-1]
    return ".".join(parts)


def is_within(module: str, *packages: str) -> bool:
    """Whether a dotted name is one of the packages or lies in one."""
    return any(module == package or module.startswith(package + ".") for package in packages)


def product() -> list[Source]:
    """What ships: protocol, firmware, desktop."""
    return sources(*PACKAGE_ROOTS)
