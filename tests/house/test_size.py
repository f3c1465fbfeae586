"""Small files and functions, and tests in proportion."""

from statistics import median

from tests.house.source import product, sources

MOST_FILE_LINES = 500
MOST_FUNCTION_LINES = 60
MEDIAN_FILE_LINES = 160
MEDIAN_FUNCTION_LINES = 10


def all_python() -> list:
    return [*product(), *sources("tests", "training", "bench", "scripts")]


def function_lengths(files: list) -> dict[str, int]:
    """Lines from `def` to the last statement, by file:line and name."""
    return {
        f"{file.name}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for file in files
        for node in file.functions
    }


def test_no_file_is_long() -> None:
    assert not [f"{f.name}: {f.lines}" for f in all_python() if f.lines > MOST_FILE_LINES]


def test_no_function_is_long() -> None:
    lengths = function_lengths(all_python())
    assert not {where: n for where, n in lengths.items() if n > MOST_FUNCTION_LINES}


def test_the_middle_file_is_short() -> None:
    assert median(file.lines for file in product() if file.lines > 1) <= MEDIAN_FILE_LINES


def test_the_middle_function_is_short() -> None:
    assert median(function_lengths(product()).values()) <= MEDIAN_FUNCTION_LINES


def test_tests_are_as_large_as_core_and_protocol() -> None:
    tests = sum(file.lines for file in sources("tests"))
    assert tests >= sum(file.lines for file in sources("protocol/beltwire", "firmware/beltcore"))
