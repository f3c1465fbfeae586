"""Settings: the table agrees with itself and the check with the table."""

import pytest
from beltwire import settings
from beltwire.errors import RangeError


def test_defaults_are_allowed_and_names_are_unique() -> None:
    for number, value in settings.defaults().items():
        settings.check(number, value)
    names = [row[0] for row in settings.TABLE.values()]
    assert len(set(names)) == len(names)
    constants = {name.lower(): value for name, value in vars(settings).items() if name.isupper()}
    for number, row in settings.TABLE.items():
        assert constants[row[0]] == number


@pytest.mark.parametrize("number", sorted(settings.TABLE))
def test_edges(number: int) -> None:
    name, _, low, high, _, besides = settings.TABLE[number]
    for fine in (low, high):
        settings.check(number, fine)
    for wrong in (low - 1, high + 1):
        if wrong != besides:
            with pytest.raises(RangeError, match=name):
                settings.check(number, wrong)
    if besides is not None:
        settings.check(number, besides)
        assert not low <= besides <= high


def test_the_sentence_says_what_to_do() -> None:
    assert settings.problem(settings.SITTING_LIMIT_MIN, 5) == (
        "sitting_limit_min takes 20 to 60 or 0 min"
    )
    assert settings.problem(settings.REMINDER_MODE, 9) == "reminder_mode takes 0 to 2"
    assert settings.problem(200, 9) == ""
