"""The decision card as Markdown: what it holds, and that no text breaks it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dl_core.documents.card import brief_card, decision_card
from dl_core.documents.content import Advice, Chapter, Document, HardQuestion, Slide
from dl_core.figures.picture import Picture

DAY = date(2026, 11, 24)


def slide(**changes: object) -> Slide:
    still = Picture({"data": [], "layout": {}}, "", pd.DataFrame())
    one = Slide("a", "It settles", still, "At **0.3** it settles.", "", "Ours, 2026.", (("Rate", "0.3"),))
    return replace(one, **changes)  # type: ignore[arg-type]


def chapter(*slides: Slide, **changes: object) -> Chapter:
    one = Chapter(
        "x", "Steps can be too long", "how long a step is.", slides or (slide(),), "You save a day.", (),
        (Advice("Who chose the rate?", "We swept it.", "A default."),),
        (HardQuestion("Why slow?", "Noise."),), ("A toy.",), (("CS231n", "the curve"),), "http://host/x?rate=0.3",
    )  # fmt: skip
    return replace(one, **changes)  # type: ignore[arg-type]


def test_the_card_says_it_all_in_order():
    assert decision_card(chapter(slide(note="Ask Kim.")), DAY).split("\n\n") == [
        "# Steps can be too long",
        "**To decide:** how long a step is.",
        "## What we saw",
        "**It settles.** At **0.3** it settles.",
        "> Our note: Ask Kim.",
        "## At these settings",
        "- Rate: 0.3",
        "## So what",
        "You save a day.",
        "## Ask your engineers",
        "- Who chose the rate? A good answer: We swept it.",
        "## If they ask",
        "- **Why slow?** Noise.",
        "## Keep in mind",
        "- A toy.",
        "## Sources",
        "- Ours, 2026.\n- CS231n: the curve",
        "The same picture: <http://host/x?rate=0.3>",
        "24 November 2026\n",
    ]


def test_settings_of_several_pictures_name_their_picture_and_one_source_stands_once():
    card = decision_card(chapter(slide(), slide(headline="Too long?")), DAY)
    assert "- It settles – Rate: 0.3\n- Too long? – Rate: 0.3" in card
    assert "**Too long?** At" in card
    assert card.count("Ours, 2026.") == 1


def test_what_is_missing_leaves_no_heading():
    bare = Chapter("x", "H", "D", (slide(settings=(), source=""),))
    assert re.findall("^#+ .*$", decision_card(bare, DAY), re.M) == ["# H", "## What we saw"]
    assert "same picture" not in decision_card(bare, DAY)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("# not a heading", r"\# not a heading"),
        ("a\n\n# b\r\n| c |", r"a # b \| c \|"),
        ("| a | b |", r"\| a \| b \|"),
        ("C #", r"C \#"),
        ("1. first", r"1\. first"),
        ("- item", r"\- item"),
        ("-5 points, 1.5 more", "-5 points, 1.5 more"),
        ("[x](javascript:y) <img src=x>", r"\[x\](javascript:y) \<img src=x\>"),
        ("**b** `c` _d_ \\", r"\*\*b\*\* \`c\` \_d\_ \\"),
        ("R&D &lt;b&gt;", r"R&D \&lt;b\&gt;"),
    ],
)
def test_a_readers_text_is_shown_and_not_obeyed(typed, shown):
    card = brief_card(Document(typed, (chapter(slide(note=typed)),), DAY, ((typed, typed),)))
    lines = card.splitlines()
    assert lines[0] == f"# {shown}"
    assert f"- **{shown}:** {shown}" in lines
    assert f"> Our note: {shown}" in lines


@given(st.text(min_size=1))
def test_no_note_changes_another_line(text):
    plain = decision_card(chapter(slide(note="w")), DAY).splitlines()
    noted = decision_card(chapter(slide(note="w" + text, settings=(("w", "w" + text),))), DAY).splitlines()
    assert len(noted) == len(plain)
    differ = [line for line, before in zip(noted, plain, strict=True) if line != before]
    assert all(line.startswith(("> Our note: w", "- w: w")) for line in differ)


def test_our_own_sentences_keep_their_bold_and_open_nothing_else():
    card = decision_card(chapter(slide(sentence="# **3** of\n5 <b>, p < 0.05"), headline="1. First"), DAY)
    assert r"**It settles.** \# **3** of 5 \<b>, p < 0.05" in card
    assert card.startswith(r"# 1\. First")


@pytest.mark.parametrize("link", ["javascript:alert(1)", "http://host/<x>", "ftp://host"])
def test_only_a_web_address_becomes_a_link(link):
    (line,) = [at for at in decision_card(chapter(link=link), DAY).splitlines() if "same picture" in at]
    assert not line.startswith("The same picture: <")


def test_the_brief_comes_first_and_each_lesson_below_it():
    told = Document("Sorting returns", (chapter(), chapter(headline="Second")), DAY, (("Goal", "Sort."),))
    heads = re.findall("^#+ .*$", brief_card(told), re.M)
    assert heads[:4] == [
        "# Sorting returns", "## Brief for product and engineering", "## Steps can be too long",
        "### What we saw",
    ]  # fmt: skip
    assert "## Second" in heads
    assert brief_card(replace(told, brief=())).count("## Brief") == 0
