"""Mountings against scipy's rotations: all 24 right-angled ones and arbitrary ones."""

from array import array

import numpy as np
import pytest
from beltcore.mounting import DEFAULT, Mounting
from scipy.spatial.transform import Rotation

ALIGNMENTS = Rotation.create_group("O").as_matrix()
ARBITRARY = Rotation.random(300, rng=6).as_matrix()
RAILS = np.array([[32767, -32768, 32767], [-32768] * 3, [32767, 0, 0]])


def q14(matrix: np.ndarray) -> "array[int]":
    return array("h", np.rint(matrix * 16384).astype(int).ravel().tolist())


def rotated(mounting: Mounting, vectors: np.ndarray, stride: int) -> np.ndarray:
    block = array("h", vectors.ravel().tolist())
    out = array("h", bytes(2 * len(block)))
    mounting.rotate(block, len(block) // stride, out, stride)
    return np.array(out).reshape(vectors.shape)


def angle_deg(a: np.ndarray, b: np.ndarray) -> float:
    """The angle between two rotations (rows in Q14 or real)."""
    turn = Rotation.from_matrix(a @ b.T)
    return float(np.degrees(turn.magnitude()))


def test_there_are_24_alignments() -> None:
    assert len(ALIGNMENTS) == 24


@pytest.mark.parametrize("matrix", ALIGNMENTS)
@pytest.mark.parametrize("stride", [3, 6])
def test_an_alignment_moves_samples_exactly(matrix: np.ndarray, stride: int) -> None:
    rng = np.random.default_rng(7)
    vectors = rng.integers(-32767, 32768, (52, stride))
    mounting = Mounting()
    mounting.set_rows(q14(matrix))
    expected = (vectors.reshape(-1, 3) @ matrix.T).reshape(vectors.shape)
    assert np.array_equal(rotated(mounting, vectors, stride), np.rint(expected))


def test_arbitrary_mountings_move_samples() -> None:
    rng = np.random.default_rng(8)
    for matrix in ARBITRARY:
        vectors = rng.integers(-18000, 18001, (52, 6))
        mounting = Mounting()
        mounting.set_rows(q14(matrix))
        expected = (vectors.reshape(-1, 3) @ matrix.T).reshape(vectors.shape)
        assert np.abs(rotated(mounting, vectors, 6) - expected).max() <= 2.5


def test_what_leaves_16_bits_is_held_at_the_rail() -> None:
    mounting = Mounting()
    mounting.set_rows(q14(Rotation.from_euler("xyz", [30, 45, 60], degrees=True).as_matrix()))
    result = rotated(mounting, RAILS, 3)
    true = RAILS @ (np.array(mounting.rows).reshape(3, 3) / 16384).T
    assert np.abs(result - np.clip(true, -32767, 32767)).max() <= 1
    assert np.abs(true).max() > 40000


def test_the_calibration_pose_finds_the_mounting() -> None:
    """Up as gravity's counts, forward as any direction that leans ahead."""
    for matrix in [*ALIGNMENTS, *ARBITRARY]:
        up = array("i", np.rint(4098 * matrix[2]).astype(int).tolist())
        ahead = array("i", np.rint(3000 * matrix[0] + 1100 * matrix[2]).astype(int).tolist())
        mounting = Mounting()
        assert mounting.from_upright_and_forward(up, ahead)
        assert angle_deg(np.array(mounting.rows).reshape(3, 3) / 16384, matrix) < 0.03
        mounting.set_rows(mounting.rows)


def test_a_small_tilt_keeps_forward() -> None:
    """A belt that is calibrated anew by standing alone keeps its heading."""
    tilt = Rotation.from_rotvec([0.2, -0.15, 0.0]).as_matrix()
    for matrix in [*ALIGNMENTS, *ARBITRARY]:
        mounting = Mounting()
        mounting.set_rows(q14(matrix))
        true_up = (tilt @ matrix)[2]
        assert mounting.from_upright(array("i", np.rint(16392 * true_up).astype(int).tolist()))
        rows = np.array(mounting.rows).reshape(3, 3) / 16384
        assert np.linalg.norm(np.cross(rows[2], true_up)) < np.radians(0.02)
        level = matrix[0] - (matrix[0] @ true_up) * true_up
        level /= np.linalg.norm(level)
        assert np.linalg.norm(np.cross(rows[0], level)) < np.radians(0.03)
        assert rows[0] @ level > 0


def test_a_forward_that_stands_upright_gives_way() -> None:
    """Standing with the former forward axis up: the next axis takes its place."""
    mounting = Mounting()
    assert list(mounting.rows) == list(DEFAULT)
    assert mounting.from_upright(array("i", [0, 0, -4098]))
    assert list(mounting.rows[6:9]) == [0, 0, -16384]
    assert list(mounting.rows[0:3]) == [16384, 0, 0]


def test_the_default_is_a_board_on_the_small_of_the_back() -> None:
    body = rotated(Mounting(), np.array([[1000, 20, -3]]), 3)
    assert body.tolist() == [[3, 20, 1000]]


@pytest.mark.parametrize("up", [[0, 0, 0], [3, -2, 9]])
def test_no_up_changes_nothing(up: list[int]) -> None:
    mounting = Mounting()
    assert not mounting.from_upright(array("i", up))
    assert not mounting.from_upright_and_forward(array("i", up), array("i", [4098, 0, 0]))
    assert list(mounting.rows) == list(DEFAULT)


def test_forward_along_up_is_refused() -> None:
    mounting = Mounting()
    up = array("i", [100, 4000, 50])
    assert not mounting.from_upright_and_forward(up, up)
    assert not mounting.from_upright_and_forward(up, array("i", [-100, -4000, 1500]))
    assert list(mounting.rows) == list(DEFAULT)


@pytest.mark.parametrize(
    "rows",
    [
        [0] * 9,
        [16384, 0, 0, 0, 16384, 0, 0, 0, -16384],
        [16384, 0, 0, 0, 16384, 0, 0, 0],
        [32767, 0, 0, 0, 16384, 0, 0, 0, 16384],
        [16384, 0, 0, 16384, 0, 0, 0, 0, 16384],
    ],
)
def test_what_is_no_rotation_is_refused(rows: list[int]) -> None:
    mounting = Mounting()
    with pytest.raises(ValueError, match="mounting"):
        mounting.set_rows(array("h", rows))
    assert list(mounting.rows) == list(DEFAULT)
