"""Every page of the menu, visited once in a run of the tests: what it really shows, in words."""

from __future__ import annotations

import json
import os
import tempfile
from functools import cache
from pathlib import Path

from filelock import FileLock
from streamlit.testing.v1 import AppTest

from pages._shared.catalogue import Entry
from pages._shared.lessons import lesson as lesson_named

NAVIGATION = Path(__file__).parents[1] / "pages" / "_navigation.py"
NOT_OUR_WORDS = {"Sources"}  # titles of other people's papers
FORMULAS = {"Show the maths"}
PROSE = ("markdown", "caption", "info", "warning", "success", "error")
HEADINGS = ("title", "header", "subheader")
LABELLED = ("slider", "select_slider", "number_input", "selectbox", "radio", "toggle", "checkbox")
Words = tuple[tuple[str, ...], tuple[str, ...]]


def run(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception, [e.message for e in app.exception]
    return app


@cache
def visited(entry: Entry) -> Words:
    """(prose, short texts) of a page: at first sight, after each preset, and the answers it keeps ready.

    Several test files read every page, and in one run each page is visited once, whoever comes first.
    """
    run_id = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    if run_id is None:  # tests run one after the other, in this process
        return _visit(entry)
    shelf = Path(tempfile.gettempdir()) / f"visited-pages-{run_id}"
    shelf.mkdir(exist_ok=True)
    file = shelf / f"{entry.name}.json"
    with FileLock(f"{file}.lock"):
        if not file.exists():
            file.write_text(json.dumps(_visit(entry)), encoding="utf-8")
        prose, short = json.loads(file.read_text(encoding="utf-8"))
    return tuple(prose), tuple(short)


def _visit(entry: Entry) -> Words:
    app = run(AppTest.from_file(str(NAVIGATION), default_timeout=300))
    app = run(app.switch_page(entry.file))
    for each in app.get("bidi_component"):  # the words of a picture are sent when a reader opens them
        if each.proto.component_name == "chart":
            app.session_state[f"{each.proto.id.split('-', 2)[-1]}_words_open"] = True
    app = run(app)
    prose, short = dict.fromkeys(told(app.main)), dict.fromkeys(labels(app))
    for key in [str(group.key) for group in app.button_group]:
        for name in app.button_group(key=key).options if key.endswith(("_preset", "_guess")) else ():
            app.button_group(key=key).set_value(name)
            prose |= dict.fromkeys(told(run(app).main))
    declared, answers = kept_ready(entry)
    return (*prose, *declared), (*short, *answers)


def kept_ready(entry: Entry) -> tuple[list[str], list[str]]:
    """Words a page shows only after a click or to a presenter: (sentences, quiz options)."""
    if not entry.question:
        return [], []
    lesson = lesson_named(entry.name)
    notes = [scene.notes for scene in lesson.scenes]
    reasons = [option.why for question in lesson.quiz for option in question.options]
    options = [option.text for question in lesson.quiz for option in question.options]
    return [*notes, *reasons, *(question.text for question in lesson.quiz)], options


def told(block: object, inside: str = "") -> list[str]:
    found: list[str] = []
    for child in getattr(block, "children", {}).values():
        where = getattr(child, "label", "") if getattr(child, "type", "") == "expander" else inside
        if where in NOT_OUR_WORDS:
            continue
        kind = getattr(child, "type", "")
        if kind in PROSE or kind in HEADINGS:
            found.append(("FORMULAS " if where in FORMULAS else "") + str(child.value))
        found += told(child, where)
    return found


def labels(app: AppTest) -> list[str]:
    """Labels, hints, options and table cells: short texts that are no sentences of the body."""
    controls = [each for kind in LABELLED for each in app.get(kind)]
    found = [text for each in controls for text in (each.label, each.help or "")]
    found += [option for each in app.radio for option in each.options]
    found += [str(cell) for table in app.table for row in table.value.to_numpy() for cell in row]
    return found
