"""Training: labels, made-up lower backs, tables and counts; only the fit needs scikit-learn."""

from array import array
from pathlib import Path

import numpy as np
import pytest
from beltcore import activity_model, ensemble, sequence
from beltcore.features import COUNT, NAMES
from beltwire import codes
from plumbline.recording import read_recording

from training import labels, model
from training.dataset import CORE
from training.evaluate import Count, decode
from training.examples import Example
from training.labels import CLASSES, SCORED, Labels, label, scored_seconds
from training.lower_back import as_on_the_lower_back
from training.recordings import Entry, Stretch, hapt
from training.scripted import TURNING, align

STANDING = Stretch("standing", 0.0, 10.0)
DOWN = Stretch("stand_to_sit", 10.0, 13.2)
SITTING = Stretch("sitting", 13.2, 30.0)


def entry(*stretches: Stretch, source: str = "hapt") -> Entry:
    """A recording nobody made."""
    return Entry(source, "nobody", "n1", Path("nowhere"), stretches, (0.5, 2.5))


def blank(seconds: int) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    return np.zeros((seconds, COUNT), np.uint8)


def test_classes_are_the_cores_states() -> None:
    names = [name.lower() for name in vars(sequence) if name.isupper()]
    assert [CLASSES[getattr(sequence, n.upper())] for n in names if n in CLASSES] == [
        n for n in names if n in CLASSES
    ]
    for k, name in enumerate(CLASSES[:7]):
        assert codes.ACTIVITY_NAMES[sequence.CODES[k]] == name


def test_seconds_across_a_border_have_no_name() -> None:
    named = label(entry(STANDING, DOWN, SITTING), blank(30)).classes
    told = [CLASSES[k] if k != labels.UNLABELLED else "" for k in named]
    assert told[:10] == ["standing"] * 10
    assert told[10:13] == ["sitting_down"] * 3
    assert told[13] == ""
    assert told[14:] == ["sitting"] * 16


def test_scored_seconds_leave_the_pose_and_the_borders_out() -> None:
    counted = scored_seconds(entry(STANDING, DOWN, SITTING), 30)
    assert [second for second, _ in counted] == [*range(3, 10), *range(14, 30)]
    assert {SCORED[k] for _, k in counted} == {"standing", "sitting"}


def test_walking_needs_contacts_in_close_succession() -> None:
    contacts = [Stretch("contact", t, t) for t in (1.0, 1.6, 2.2, 2.8, 3.4, 4.0, 9.0, 9.6, 10.2)]
    named = label(entry(*contacts, source="gait"), blank(12)).classes
    walking = CLASSES.index("walking")
    assert [k for k in range(12) if named[k] == walking] == [1, 2, 3, 9]


def test_scripts_are_laid_over_the_turning() -> None:
    turning = blank(14)
    turning[:, TURNING] = [90, 90, 160, 170, 165, 95, 92, 94, 168, 172, 150, 90, 91, 90]
    names = align("chair", turning)
    assert names[:2] == ["standing"] * 2
    assert names[2:5] == ["stand_to_sit"] * 3
    assert names[5:8] == ["sitting"] * 3
    assert names[8:11] == ["sit_to_stand"] * 3
    assert names[11:] == ["standing"] * 3


def test_on_the_lower_back_sitting_is_nearly_upright_and_standing_as_it_was(root: Path) -> None:
    here = root / "data" / "recordings"
    told = (here / "labels.csv").read_text().splitlines()[1:]
    rows = [row.split(",") for row in told if row.startswith("hapt_exp01_user01")]
    stretches = tuple(Stretch(row[2], float(row[3]), float(row[4])) for row in rows)
    worn = Entry("hapt", "x", "h1", here / "hapt_exp01_user01.csv.gz", stretches, (5.5, 7.5))
    samples = read_recording(worn.path).counts[: 52 * 400]
    turned = as_on_the_lower_back(samples, worn)

    def tilt(counts: np.ndarray[tuple[int, int], np.dtype[np.int16]], a: int, b: int) -> float:
        one, other = counts[52 * 5 : 52 * 8, :3].mean(0), counts[52 * a : 52 * b, :3].mean(0)
        cosine = one @ other / np.linalg.norm(one) / np.linalg.norm(other)
        return float(np.degrees(np.arccos(cosine)))

    assert tilt(samples, 30, 42) > 20
    assert tilt(turned, 30, 42) < 12
    assert np.array_equal(turned[52 * 10 : 52 * 20], samples[52 * 10 : 52 * 20])
    lengths = [np.linalg.norm(s[:, :3].astype(float), axis=1) for s in (samples, turned)]
    assert np.abs(lengths[0] - lengths[1]).max() < 2


def toy(seed: int) -> tuple[model.Bytes, "np.ndarray[tuple[int], np.dtype[np.int64]]"]:
    """Samples of every class, told apart by one feature each."""
    chance = np.random.default_rng(seed)
    y = chance.integers(0, len(CLASSES), 2600)
    x = chance.integers(0, 90, (len(y), COUNT)).astype(np.uint8)
    x[np.arange(len(y)), y] = 200
    return x, y


def test_tables_come_out_the_same_and_the_belt_reads_them_alike(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("sklearn")
    monkeypatch.setattr(model, "ROUNDS", 3)
    x, y = toy(1)
    first, again = (model.fit(x, y, np.ones(len(y))) for _ in range(2))
    assert model.source(first) == model.source(again)
    names: dict[str, object] = {}
    exec(model.source(first), names)
    for name in ("TREES", "FEATURES", "LIMITS", "LEAVES"):
        monkeypatch.setattr(activity_model, name, names[name])
    work = array("i", bytes(4 * len(CLASSES)))
    quick = model.scores(first, x[:50])
    for k in range(50):
        ensemble.score(bytearray(x[k].tolist()), work)
        assert list(work) == quick[k].tolist()
    assert (quick.argmax(1) == y[:50]).mean() > 0.9


def test_committed_tables_are_in_the_form_training_writes() -> None:
    text = (CORE / "activity_model.py").read_text()
    names: dict[str, object] = {}
    exec(text, names)
    shapes = (("FEATURES", model.NODES), ("LIMITS", model.NODES), ("LEAVES", model.LEAVES))
    parts = [np.frombuffer(names[n], np.uint8).reshape(-1, w) for n, w in shapes]  # type: ignore[call-overload]
    assert model.source(model.Tables(*parts)) == text
    assert names["TREES"] == model.ROUNDS * len(CLASSES)


def test_counts_are_those_of_the_scoring_tool() -> None:
    named = Labels(np.zeros(30, np.int64), np.ones(30))
    example = Example(entry(STANDING, DOWN, SITTING), blank(30), None, None, named)
    said = np.full(30, codes.SITTING)
    said[3:8] = codes.STANDING
    count = Count()
    count.add(example, said)
    assert count.matrix.sum() == 23
    assert count.recall("standing") == 5 / 7
    assert count.sit_stand() == (1 + 5 / 7) / 2
    assert count.macro_f1() == pytest.approx((2 * 16 / (16 + 18) + 2 * 5 / (5 + 7)) / 6)


def test_decoding_answers_every_second() -> None:
    tables = model.Tables(
        np.zeros((len(CLASSES), 7), np.uint8),
        np.full((len(CLASSES), 7), 255, np.uint8),
        np.full((len(CLASSES), 8), 128, np.uint8),
    )
    tables.leaves[CLASSES.index("walking")] = 255
    found = decode(tables, blank(40))
    assert len(found.activity) == len(found.live) == 40
    assert set(found.activity[2:]) == {codes.WALKING}


def test_one_who_never_stands_is_not_scored(tmp_path: Path) -> None:
    (tmp_path / "hapt").mkdir()
    (tmp_path / "hapt" / "labels.csv").write_text(
        "recording,user,activity,start_s,end_s\nexp1,4,walking,3,20\nexp2,4,standing,1,9\n"
    )
    first, second = hapt(tmp_path)
    assert not first.scored
    assert first.upright == (3, 20)
    assert second.scored
    assert second.upright == (1.5, 3.5)


def test_names_the_training_uses_are_features() -> None:
    assert {"v_energy", "p_energy_1s", "h_energy"} <= set(NAMES)
