"""Contrast of the theme, by the formula of WCAG 2.2 (success criteria 1.4.3 and 1.4.11)."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from dl_core.figures.picture import (
    ACCENT,
    BLUE,
    DASHES,
    FAINT,
    GREEN,
    INK,
    PAPER,
    PURPLE,
    QUIET,
    SERIES,
    SYMBOLS,
    VERMILLION,
    WORDS,
    WORDS_ON_DARK,
)

CONFIG = Path(__file__).parents[1] / ".streamlit" / "config.toml"
THEME = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["theme"]
BOTH = pytest.mark.parametrize("name", ["light", "dark"])
TEXT, MARK = 4.5, 3.0  # the smallest contrast that may be read, and that may be seen


def luminance(colour: str) -> float:
    """Relative luminance of #RRGGBB: 0 is black, 1 is white."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_formula_gives_the_published_values():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)  # (1 + 0.05) / (0 + 0.05)
    assert contrast("#123456", "#123456") == 1
    # WebAIM's contrast checker: #767676 is the lightest grey that passes 4.5:1 on white, at 4.54
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.005)
    assert contrast("#777777", "#FFFFFF") < 4.5


@BOTH
def test_text_and_links_can_be_read_on_both_backgrounds(name):
    theme = THEME[name]
    for background in ("backgroundColor", "secondaryBackgroundColor"):
        for text in ("textColor", "linkColor"):
            assert contrast(theme[text], theme[background]) >= TEXT, (text, background)


@BOTH
def test_the_accent_can_be_seen_and_read(name):
    theme = THEME[name]
    assert contrast(theme["primaryColor"], theme["backgroundColor"]) >= TEXT  # chosen pills are written in it
    assert contrast(theme["primaryColor"], theme["secondaryBackgroundColor"]) >= MARK


@BOTH
@pytest.mark.parametrize("data", [BLUE, VERMILLION, GREEN, PURPLE])
def test_data_colours_can_be_seen(name, data):
    assert contrast(data, THEME[name]["backgroundColor"]) >= MARK


@pytest.mark.parametrize("data", [BLUE, VERMILLION, GREEN, PURPLE])
def test_words_in_a_data_colour_can_be_read(data):
    for background in ("backgroundColor", "secondaryBackgroundColor"):
        assert contrast(WORDS[data], THEME["light"][background]) >= TEXT
        assert contrast(WORDS_ON_DARK[data], THEME["dark"][background]) >= TEXT


def test_no_chart_writes_in_a_colour_that_is_for_marks():
    figures = Path(__file__).parents[1] / "dl_core" / "figures"
    marks = r"(?:BLUE|VERMILLION|GREEN|PURPLE)\b"
    written = re.compile(rf"(?:font=|\"(?:text)?font\": )\{{[^}}]*\"color\": {marks}|color:\{{{marks}")
    assert written.search('font={"color": BLUE}')
    assert written.search("<span style='color:{GREEN}'>")
    assert [file.name for file in figures.glob("*.py") if written.search(file.read_text())] == []


def test_the_charts_ink_is_the_pages_ink():
    """A figure is drawn in these on paper and in the deck, and the page swaps them for the theme's own."""
    assert THEME["light"]["backgroundColor"] == PAPER
    assert THEME["light"]["textColor"] == INK
    assert contrast(QUIET, PAPER) >= TEXT
    assert contrast(ACCENT, PAPER) >= MARK
    assert 1.1 <= contrast(FAINT, PAPER) < MARK  # grid lines stay behind the marks


def test_streamlits_own_charts_use_the_same_colours():
    assert THEME["chartCategoricalColors"] == [BLUE, VERMILLION, GREEN, PURPLE]


def test_no_line_depends_on_colour_alone():
    assert len({*DASHES}) == len({*SYMBOLS}) == len(SERIES)
