"""Every row of the course has a home: words on a page, a test, the glossary, a correction, or a reason."""

from __future__ import annotations

import ast
import math
import re
from functools import cache
from pathlib import Path

import pytest

from dl_core.corrections import corrections
from dl_core.glossary import find, search
from pages._shared import catalogue
from pages._shared.lesson import Lesson
from pages._shared.lessons import lesson as lesson_named
from tests.course_rows import ANALOGIES, NO_BREAK, ROWS, Corrected, Home, Nowhere, On, Pinned, Terms
from tests.visited import visited

ROOT = Path(__file__).parents[1]
LESSONS = {entry.name: entry for entry in catalogue.LESSONS}
LISTED = (  # as many rows as the list has of each kind
    *(f"N{i}" for i in range(1, 29)),
    *(f"F{i}" for i in range(1, 15)),
    *(f"C{i:02d}" for i in range(1, 83)),
    *(f"T{i}" for i in range(1, 7)),
    *(f"A{i}" for i in range(1, 17)),
    *(f"M{i}" for i in range(1, 32)),
    *(f"E{i}" for i in range(1, 27)),
)


def plain(text: str) -> str:
    """As a reader sees it: no marks of Markdown, one blank between words, one kind of apostrophe."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)  # a link is its words
    text = text.replace("**", "").replace("\\", "").replace("\N{NO-BREAK SPACE}", " ").replace("’", "'")
    return " ".join(re.sub(r"^\s*[-|]\s", "", line) for line in text.splitlines()).casefold()


def squeezed(text: str) -> str:
    return " ".join(plain(text).split())


@cache
def text_of(page: str) -> str:
    """All that a page says: what is drawn, what its folds hold, what each preset and each answer brings."""
    prose, short = visited(LESSONS[page])
    return "\n".join(squeezed(text) for text in (*prose, *short, *declared(lesson_named(page))))


def declared(told: Lesson) -> list[str]:
    """What stands in labels of folds, in buttons and in the sources."""
    found = [told.headline, told.decision, told.predict.question, *told.predict.options]
    found += [advice.question for advice in told.ask_engineers]
    found += [text for source in told.sources for text in (source.name, source.taken)]
    return found + [preset.name for scene in told.scenes for preset in scene.presets]


def missing(words: str, text: str) -> bool:
    """Whether the words do not stand in the text, as whole words: 150 is not in 150.5, nor in 1,150."""
    edge_before = r"(?<![\w])(?<!\d[.,])" if words[0].isalnum() else ""
    edge_after = r"(?![\w])(?![.,]\d)" if words[-1].isalnum() else ""
    return re.search(edge_before + re.escape(squeezed(words)) + edge_after, text) is None


@cache
def functions(file: str) -> dict[str, str]:
    """Name of each test in a file → its source, with its decorators and what the file says before."""
    source = (ROOT / file).read_text(encoding="utf-8")
    nodes = [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
    lines = source.splitlines()
    return {
        node.name: "\n".join(
            lines[
                min((mark.lineno for mark in node.decorator_list), default=node.lineno) - 1 : node.end_lineno
            ]
        )
        for node in nodes
    }


def lacking(home: Home) -> list[str]:
    """What a home does not hold of its row; nothing where it is as it should be."""
    if isinstance(home, On):
        if home.page not in LESSONS:
            return [f"no page {home.page}"]
        text = text_of(home.page)
        return [f"{home.page}: {words}" for words in home.words if missing(words, text)]
    if isinstance(home, Pinned):
        file, name = home.test.split("::")
        if not (ROOT / file).exists() or name not in functions(file):
            return [f"no test {home.test}"]
        return [f"{home.test}: {held}" for held in home.holds if held not in functions(file)[name]]
    if isinstance(home, Terms):
        return [f"glossary: {name}" for name in home.names if not known(name)]
    if isinstance(home, Corrected):
        found = [
            one for one in corrections() if home.printed in one.printed and one.articles == home.articles
        ]
        return [] if len(found) == 1 else [f"corrections: {home.articles} {home.printed}"]
    return [] if len(home.why.split()) > 5 else ["no reason"]


def known(name: str) -> bool:
    """Whether the glossary has the word: by its name, or among what engineers also say for a word."""
    asked = name.casefold()
    also = [each.casefold() for term in search(name) for each in (term.name, *term.forms, *term.also)]
    return find(name) is not None or asked in also


def test_no_row_is_left_out_and_none_is_invented():
    assert tuple(ROWS) == LISTED
    assert len(LISTED) == 28 + 14 + 82 + 6 + 16 + 31 + 26


@pytest.mark.parametrize("key", LISTED)
def test_each_row_has_a_home_that_holds_it(key):
    row = ROWS[key]
    assert row.homes, f"{key} ({row.says}) has no home"
    found = [each for home in (*row.homes, *row.breaks) for each in lacking(home)]
    assert found == [], f"{key} ({row.says}) lacks {found}"


def test_a_row_with_numbers_is_not_only_a_reason_and_reasons_are_few():
    left = [key for key, row in ROWS.items() if any(isinstance(home, Nowhere) for home in row.homes)]
    assert left == ["N23", "F5", "F11"]
    assert all(len(ROWS[key].homes) == 1 for key in left)


def test_each_analogy_says_where_it_breaks():
    assert tuple(key for key, row in ANALOGIES.items() if not row.breaks) == NO_BREAK


def test_a_home_without_its_words_is_noticed():
    assert missing("150", "PARKING 150.5 and 1,150 and 1150")
    assert not missing("150", "gives 150, 180")
    assert missing("150", "95.150")
    assert not missing("95.26 %", squeezed("gives **95.26\N{NO-BREAK SPACE}%**."))
    assert not missing("the threshold", squeezed("the **[threshold](glossary?term=threshold)**"))
    gone = On("start", ("words that nobody wrote",))
    assert lacking(gone) == ["start: words that nobody wrote"]
    assert lacking(On("no_page", ("x",))) == ["no page no_page"]
    assert lacking(Pinned("tests/test_course_rows.py::test_not_there", ())) != []
    assert (
        lacking(
            Pinned(
                "tests/test_course_rows.py::test_eighty_percent_for_the_truth_cost_0_223", ("no such number",)
            )
        )
        != []
    )
    assert lacking(Terms(("espresso",))) == ["glossary: espresso"]
    assert lacking(Corrected("B", "a loss of 0.45")) != []
    assert lacking(Nowhere("too short")) != []


def test_eighty_percent_for_the_truth_cost_0_223():
    from dl_core.log_bases import log_loss

    # −ln 0.8 = 0.22314
    assert round(log_loss(0.8, "natural"), 3) == 0.223 == round(-math.log(0.8), 3)
