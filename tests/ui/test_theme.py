"""The palette: contrast by WCAG 2.1, and colours apart in every kind of colour vision."""

from itertools import combinations

import numpy as np
import pytest
from plumbline.analysis.postures import Posture
from plumbline.ui.theme import DARK, LIGHT, Theme, contrast, mixed, theme_for

THEMES = [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")]
WORN = [p for p in Posture if p <= Posture.RUNNING]
TEXT_CONTRAST = 4.5  # WCAG 2.1, 1.4.3
SHAPE_CONTRAST = 3.0  # WCAG 2.1, 1.4.11
LEAST_DISTANCE = 7.0  # in OKLab times 100; two neighbouring swatches are told apart from about 2

# Machado, Oliveira & Fernandes, IEEE TVCG 15(6), 2009: severity 1.0, on linear RGB.
SIGHT = {
    "normal": np.eye(3),
    "protan": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deutan": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritan": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
# Ottosson, "A perceptual color space for image processing", 2020.
TO_LMS = [
    [0.4122214708, 0.5363325363, 0.0514459929],
    [0.2119034982, 0.6806995451, 0.1073969566],
    [0.0883024619, 0.2817188376, 0.6299787005],
]
TO_LAB = [
    [0.2104542553, 0.7936177850, -0.0040720468],
    [1.9779984951, -2.4285922050, 0.4505937099],
    [0.0259040371, 0.7827717662, -0.8086757660],
]


def seen(colour: str, sight: str) -> np.ndarray:
    """The colour in OKLab, times 100, as that sight has it."""
    channels = np.array([int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    changed = np.clip(np.asarray(SIGHT[sight]) @ linear, 0, 1)
    return 100 * np.asarray(TO_LAB) @ np.cbrt(np.asarray(TO_LMS) @ changed)


@pytest.mark.parametrize("theme", THEMES)
def test_texts_can_be_read(theme: Theme) -> None:
    for text in (theme.text, theme.muted, theme.reminder, theme.rest):
        assert contrast(text, theme.background) >= TEXT_CONTRAST
    assert contrast(theme.badge_text, theme.badge) >= TEXT_CONTRAST
    assert contrast(theme.text, theme.warning) >= TEXT_CONTRAST


@pytest.mark.parametrize("theme", THEMES)
def test_postures_stand_out_from_the_background(theme: Theme) -> None:
    for posture in (*WORN, Posture.UNKNOWN):
        assert contrast(theme.postures[posture], theme.background) >= SHAPE_CONTRAST, posture.name
    assert contrast(theme.curve, theme.background) >= SHAPE_CONTRAST


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("theme", THEMES)
def test_postures_are_told_apart(theme: Theme, sight: str) -> None:
    for one, other in combinations(WORN, 2):
        apart = seen(theme.postures[one], sight) - seen(theme.postures[other], sight)
        assert np.linalg.norm(apart) >= LEAST_DISTANCE, (one.name, other.name)


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#777777") == 1


def test_theme_for() -> None:
    assert theme_for(dark=True) is DARK
    assert theme_for(dark=False) is LIGHT


def test_mixed() -> None:
    assert mixed("#000000", "#FFFFFF", 0) == "#FFFFFF"
    assert mixed("#102030", "#FFFFFF", 1) == "#102030"
    assert mixed("#000000", "#FF8040", 0.5) == "#804020"
