"""Imports point inward: who may import what, parsed from the code."""

import ast

import pytest

from tests.house.source import Source, is_within, product, resolve, running, sources

QT = ("PyQt6", "pyqtgraph", "sip")
BOARD = ("machine", "esp32", "esp", "vfs", "network", "bluetooth", "neopixel", "onewire")
NUMBERS = ("numpy", "scipy", "pandas", "sklearn", "matplotlib")
# What MicroPython has built in and what needs no platform.
PURE_BUILTINS = ("array", "builtins", "binascii", "hashlib", "micropython", "struct")
DEVICE_BUILTINS = (*PURE_BUILTINS, "errno", "gc", "io", "os", "select", "sys", "time", "json")

# (modules, the only packages that may import them)
ONLY_IN = [
    (QT, ("plumbline.ui",)),
    (BOARD, ("device", "virtual")),
    (("serial",), ("plumbline.link", "plumbline.virtual_belt")),
    (("sqlite3",), ("plumbline.store",)),
    (("device",), ("device", "virtual", "plumbline.virtual_belt")),
]

# (package, what it may import and nothing else)
NOTHING_BUT = [
    ("beltwire", ("beltwire", *PURE_BUILTINS)),
    (
        "beltcore",
        (
            "beltcore",
            "beltwire.codes",
            "beltwire.events",
            "beltwire.records",
            "beltwire.settings",
            "array",
            "micropython",
        ),
    ),
    ("device", ("device", "beltcore", "beltwire", *BOARD, *DEVICE_BUILTINS)),
]

# (package, what it must not import)
NEVER = [
    ("beltwire", NUMBERS),
    ("beltcore", NUMBERS),
    ("device", NUMBERS),
    ("virtual", NUMBERS),
    ("plumbline.link", ("plumbline.ui", "plumbline.analysis")),
    ("plumbline.store", ("plumbline.ui", "plumbline.analysis", "plumbline.link")),
    ("plumbline.analysis", ("plumbline.ui", "plumbline.link", "subprocess", "threading")),
    ("plumbline.export", ("plumbline.ui", "plumbline.link")),
    ("plumbline.coaching", ("plumbline.ui", "plumbline.link", "time", "threading", "sqlite3")),
    ("plumbline.replay", ("plumbline.ui", "plumbline.link", "plumbline.store")),
    ("plumbline.recording", ("plumbline.ui", "plumbline.link", "plumbline.store")),
]


def breaches(files: list[Source], allowed) -> list[str]:
    """`file:line imports module` for each import that `allowed(file, module)` turns down."""
    return [
        f"{file.name}:{line} imports {module}"
        for file in files
        for line, module in file.imports
        if not allowed(file, module)
    ]


@pytest.mark.parametrize(("modules", "homes"), ONLY_IN, ids=lambda value: value[0])
def test_some_modules_have_one_home(modules: tuple[str, ...], homes: tuple[str, ...]) -> None:
    assert not breaches(
        product(),
        lambda file, module: not is_within(module, *modules) or is_within(file.module, *homes),
    )


@pytest.mark.parametrize(("package", "allowed"), NOTHING_BUT, ids=lambda value: str(value)[:20])
def test_the_pure_parts_import_nothing_else(package: str, allowed: tuple[str, ...]) -> None:
    files = [file for file in product() if is_within(file.module, package)]
    assert files
    assert not [
        f"{file.name}:{line} imports {module}"
        for file in files
        for line, module in file.runtime_imports()
        if not is_within(module, *allowed)
    ]


@pytest.mark.parametrize(("package", "barred"), NEVER, ids=lambda value: str(value)[:20])
def test_imports_point_inward(package: str, barred: tuple[str, ...]) -> None:
    files = [file for file in product() if is_within(file.module, package)]
    assert not breaches(files, lambda _, module: not is_within(module, *barred))


def test_one_bridge_to_threads_in_the_window() -> None:
    workers = ("threading", "concurrent", "multiprocessing", "asyncio")
    qt_workers = ("QThread", "QThreadPool", "QRunnable")
    homes = {
        file.name
        for file in sources("desktop/plumbline/ui")
        for _, module in file.imports
        if is_within(module, *workers) or module.rpartition(".")[2] in qt_workers
    }
    assert len(homes) <= 1


def test_the_command_line_is_composition_only() -> None:
    cli = next(file for file in product() if file.module == "plumbline.cli")
    own = ("plumbline.paths", "plumbline.errors", "plumbline.__version__", "plumbline.i18n")
    assert not breaches(
        [cli], lambda _, module: not is_within(module, "plumbline") or is_within(module, *own)
    )


def test_no_mocking_library() -> None:
    files = [*product(), *sources("tests", "training", "bench", "scripts")]
    barred = ("unittest.mock", "mock", "pytest_mock")
    assert not breaches(files, lambda _, module: not is_within(module, *barred))


@pytest.mark.parametrize(
    ("package", "level", "module", "absolute"),
    [
        ("a.b", 0, "c", "c"),
        ("a.b", 1, "c", "a.b.c"),
        ("a.b", 2, "c", "a.c"),
        ("a.b", 1, "", "a.b"),
    ],
)
def test_relative_imports_are_resolved(
    package: str, level: int, module: str, absolute: str
) -> None:
    assert resolve(package, level, module) == absolute


def test_imports_for_mypy_alone_do_not_run() -> None:
    code = "import array\nif TYPE_CHECKING:\n    import typing\nif True:\n    import gc\n"
    names = [a.name for n in running(ast.parse(code)) if isinstance(n, ast.Import) for a in n.names]
    assert names == ["array", "gc"]
