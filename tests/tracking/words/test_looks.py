"""One visual language that everybody can read, whatever their eyes or their screen."""

import itertools
import tomllib
from pathlib import Path

import numpy as np
import pytest

from tracking.words import looks

CONFIG = Path(__file__).parents[3] / ".streamlit" / "config.toml"
# What a linear RGB colour becomes for whoever lacks one kind of cone. Source: Machado, Oliveira and Fernandes 2009.
EYES = {
    "all cones": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
# Two patches side by side are told apart from a ΔE*ab of about 2.3 on; these are seen a screen apart.
APART = 10
# WCAG 2, 1.4.11 and 1.4.3.
LEAST_OF_GRAPHICS, LEAST_OF_TEXT = 3, 4.5
ATTENTION = ("short", "behind_pace", "unreported", "unfiled")


def _linear(colour: str) -> np.ndarray:
    parts = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def _lab(colour: str, eye: str) -> np.ndarray:
    seen = np.clip(np.array(EYES[eye]) @ _linear(colour), 0, 1)
    x, y, z = np.cbrt(np.maximum(XYZ @ seen / XYZ.sum(axis=1), 0.008856))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def _contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2."""
    dark, light = sorted(float(XYZ[1] @ _linear(colour)) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("eye", EYES)
def test_any_two_statuses_differ_for_everybody(eye: str) -> None:
    near = {
        (one, other): distance
        for one, other in itertools.combinations(looks.STATUSES, 2)
        if (distance := np.linalg.norm(_lab(looks.STATUSES[one].colour, eye) - _lab(looks.STATUSES[other].colour, eye)))
        < APART
    }
    assert near == {}


def test_any_two_codes_of_a_column_differ_in_sign() -> None:
    for known in looks.BY_COLUMN.values():
        assert len({look.sign for look in known.values()}) == len(known)


def test_signs_and_words_can_be_read_on_their_colours() -> None:
    every = [look for known in looks.BY_COLUMN.values() for look in known.values()]
    assert [look for look in every if _contrast(look.ink, look.colour) < LEAST_OF_TEXT] == []


def test_what_asks_for_attention_stands_out_from_a_light_page_and_a_dark_one() -> None:
    theme = tomllib.loads(CONFIG.read_text("utf-8"))["theme"]
    pages = [theme[scheme]["backgroundColor"] for scheme in ("light", "dark")]
    faint = {
        (code, page)
        for code in ATTENTION
        for page in pages
        if _contrast(looks.STATUSES[code].colour, page) < LEAST_OF_GRAPHICS
    }
    assert faint == set()
