"""What the course tells invented people: random days are hardly ever an increase, and a gain of
two points in three weeks is found. docs/coaching.md has the whole grid."""

import pytest

from tests.coaching.people import Kind, increasing


@pytest.mark.parametrize(
    "kind",
    [
        Kind(0.8, 0.3),
        Kind(1.0),
        Kind(1.3),
        Kind(1.0, 0.3, activities=1, common=0.0),
        Kind(1.0, 0.5, missed=0.0, common=0.0),
        Kind(3.0, missed=0.4, activities=1, common=1.0),
    ],
    ids=str,
)
def test_random_days_are_called_increasing_in_5_of_100_people_at_most(kind: Kind) -> None:
    assert increasing(kind, people=150) <= 5


@pytest.mark.parametrize(
    "kind",
    [
        Kind(0.5, 0.5, gain=2),
        Kind(0.8, 0.3, gain=2),
        Kind(1.0, missed=0.1, gain=2),
        Kind(1.0, missed=0.4, common=0.0, gain=2),
        Kind(1.3, missed=0.1, common=0.0, gain=2),
        Kind(1.0, missed=0.0, activities=1, common=0.0, gain=2),
    ],
    ids=str,
)
def test_two_points_in_three_weeks_are_found_in_80_of_100_people(kind: Kind) -> None:
    assert increasing(kind, people=60) >= 80
