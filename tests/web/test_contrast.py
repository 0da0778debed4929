"""Every ink can be read on every paper that it meets, in light and in dark: WCAG 2.2 AA, criterion 1.4.3 and 1.4.11."""

import re
from pathlib import Path

import pytest

LOOK = (Path(__file__).parents[2] / "web/static/look.css").read_text("utf-8")
LIGHT, DARK = re.findall(r":root \{(.*?)\}", LOOK, re.DOTALL)

TEXT = [
    ("ink", "paper"), ("ink", "sheet"), ("ink", "raised"),
    ("quiet", "paper"), ("quiet", "sheet"), ("quiet", "raised"),
    ("accent", "paper"), ("accent", "sheet"), ("accent", "raised"),
    ("alarm", "paper"), ("alarm", "sheet"), ("alarm", "raised"), ("alarm", "alarm-paper"),
    ("quiet", "alarm-paper"), ("ink", "alarm-paper"), ("good-ink", "sheet"), ("good-ink", "raised"),
    ("good-ink", "good-paper"), ("warn-ink", "warn-paper"), ("on-accent", "accent"), ("on-alarm", "alarm"),
    ("cited-ink", "cited"), ("hit-ink", "hit"), ("on-now", "now"),
    ("repair-ink", "repair-paper"), ("billing-ink", "billing-paper"), ("complaint-ink", "complaint-paper"),
    ("other-ink", "other-paper"),
]  # fmt: skip
EDGES = [
    ("edge", "sheet"),
    ("edge", "paper"),
    ("accent", "paper"),
    ("accent", "cited"),
    ("alarm", "raised"),
    ("lane-caller", "raised"),
    ("lane-agent", "raised"),
]
"""Borders of controls, the focus ring and the drawing of the sound, against what they lie on."""


def colours(block: str) -> dict[str, tuple[float, float, float]]:
    found = re.findall(r"--([a-z-]+): #([0-9a-f]{6});", block)
    return {name: (int(code[:2], 16) / 255, int(code[2:4], 16) / 255, int(code[4:], 16) / 255) for name, code in found}


def luminance(colour: tuple[float, float, float]) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(block: str, ink: str, paper: str) -> float:
    known = colours(block)
    lighter, darker = sorted((luminance(known[ink]), luminance(known[paper])), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("block", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read(block) -> None:
    faint = {pair: round(contrast(block, *pair), 2) for pair in TEXT if contrast(block, *pair) < 4.5}
    assert faint == {}


@pytest.mark.parametrize("block", [LIGHT, DARK], ids=["light", "dark"])
def test_controls_and_marks_can_be_seen(block) -> None:
    faint = {pair: round(contrast(block, *pair), 2) for pair in EDGES if contrast(block, *pair) < 3}
    assert faint == {}


def test_dark_changes_every_colour_that_light_has() -> None:
    assert colours(LIGHT).keys() == colours(DARK).keys()
