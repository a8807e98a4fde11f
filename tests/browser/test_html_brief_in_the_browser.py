"""The HTML file as somebody opens it: from a disk, with no network, on a phone, on a wall, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import plotly
import pytest

from dl_core import cost_of_use
from dl_core import knn_vs_softmax as core
from dl_core.cifar10 import load_table, table_sentence
from dl_core.documents.content import Document, Slide
from dl_core.documents.html_brief import html_brief
from dl_core.figures.cifar10 import cifar10_chart
from dl_core.figures.cost_of_use import cost_curves
from dl_core.figures.images import data_uri
from dl_core.figures.knn_vs_softmax import plane
from dl_core.figures.picture import INK, Picture, house_layout
from tests.documents.test_html_brief import HOSTILE, colours, document, without_bold

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
PLOTLY = (Path(plotly.__file__).parent / "package_data" / "plotly.min.js").read_text(encoding="utf-8")
PHONE, DESK, WALL = (390, 844), (1440, 900), (2560, 1440)


def one_mark() -> Picture:
    """One point on a photo: what must be hit by a pointer, and a picture inside a picture."""
    layout = {**house_layout("One point"), "images": [{
        "source": data_uri(np.zeros((8, 8, 3), np.uint8)), "xref": "paper", "yref": "paper", "x": 0, "y": 1,
        "sizex": 0.2, "sizey": 0.2,
    }]}  # fmt: skip
    layout["xaxis"]["title"]["text"] = "share (%)"
    point = {"type": "scatter", "mode": "markers", "x": [30], "y": [7], "marker": {"size": 12, "color": INK}}
    point["hovertemplate"] = "seven of thirty<extra></extra>"
    return Picture({"data": [point], "layout": layout}, "One point.", pd.DataFrame({"share (%)": [30]}))


@pytest.fixture(scope="module")
def told() -> Document:
    """Real pictures of a lesson, and one of our own."""
    story, table = core.story(core.Settings()), load_table()
    cost = cost_of_use.cost_of_use(cost_of_use.Workload())
    slides = (
        Slide("plane", "kNN asks", plane(story), core.takeaway(story), "Say.", "Ours.", (("k", "5"),), "So."),
        Slide("photos", "On photos", cifar10_chart(table), table_sentence(table), "Say.", "CIFAR-10."),
        Slide("cost", "What it costs", cost_curves(cost), cost_of_use.cost_sentence(cost), "Say.", "Ours."),
        Slide("point", "One", one_mark(), "It is **seven** of thirty.", "Say.", "Ours."),
    )  # fmt: skip
    (empty,) = document("Pay once", "https://host.example/x").chapters[:1]
    return Document("Pay once", (replace(empty, slides=slides),), date(2026, 11, 24))


class Opened:
    """The file in a browser, what it asked for and what it complained about."""

    def __init__(self, page: Page, file: Path) -> None:
        self.page, self.file = page, file
        self.asked: list[str] = []
        self.problems: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda said: self.problems.append(said.text) if said.type != "log" else None)
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.goto(file.as_uri())

    def outside(self) -> list[str]:
        """Requests to anybody; a picture that lies in the file itself is none."""
        return [url for url in self.asked if url != self.file.as_uri() and url[:5] != "data:"]

    def draw_all(self) -> None:
        for chart in self.page.locator("figure.chart").all():
            # not Playwright's own scroll, which waits for two frames: a page that paints nothing gives none
            chart.evaluate("(chart) => chart.scrollIntoView({block: 'center'})")
            chart.locator(".live.js-plotly-plot .main-svg").first.wait_for(state="visible")

    def sideways(self) -> Any:
        return self.page.evaluate("document.documentElement.scrollWidth - innerWidth")


@contextmanager
def opened(
    chromium: Browser, folder: Path, told: Document, size: tuple[int, int] = DESK, **how: Any
) -> Iterator[Opened]:
    file = folder / "brief.html"
    file.write_text(html_brief(told, PLOTLY), encoding="utf-8")
    viewport = {"width": size[0], "height": size[1]}
    context = chromium.new_context(offline=True, viewport=viewport, **how)  # type: ignore[arg-type]
    try:
        yield Opened(context.new_page(), file)
    finally:
        context.close()


def test_the_file_is_alive_without_a_network_and_says_what_the_pictures_say(chromium, tmp_path, told):
    with opened(chromium, tmp_path, told) as it:
        last = it.page.locator("figure.chart").last
        assert last.locator(".main-svg").count() == 0  # far down: not yet drawn
        it.draw_all()
        assert it.page.locator(".js-plotly-plot").count() == len(told.slides)
        assert it.page.locator(".sentence").all_inner_texts() == [
            without_bold(s.sentence) for s in told.slides
        ]
        for slide, place in zip(told.slides, it.page.locator("article").all(), strict=True):
            assert place.locator(".plot").get_attribute("aria-label") == slide.picture.summary
            place.locator(".words summary").click()
            rows = [row.locator("th, td").all_inner_texts() for row in place.locator("tbody tr").all()]
            assert_same(rows, slide.picture.table)
        assert it.outside() == []
        assert it.problems == []


def assert_same(rows: list[list[str]], table: pd.DataFrame) -> None:
    """Number for number and word for word."""
    for row, (_, expected) in zip(rows, table.iterrows(), strict=True):
        for cell, value in zip(row, expected, strict=True):
            if isinstance(value, str):
                assert cell == " ".join(value.split())
            else:
                assert float(cell.replace(",", "")) == pytest.approx(float(value), rel=1e-3)


@pytest.mark.parametrize("size", [DESK, WALL], ids=["desk", "wall"])
def test_a_mark_answers_the_pointer_at_every_size(chromium, tmp_path, told, size):
    with opened(chromium, tmp_path, told, size) as it:
        it.draw_all()
        chart = it.page.locator("figure.chart").last
        mark = chart.locator(".points path").bounding_box()
        assert mark is not None
        it.page.mouse.move(mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2)
        chart.locator(".hovertext").wait_for()
        assert "seven of thirty" in chart.locator(".hovertext").text_content()
        grown = it.page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize) / 16")
        assert mark["width"] == pytest.approx(12 * grown, rel=0.1)
        before = chart.locator(".xtick").all_text_contents()
        it.page.mouse.down()
        it.page.mouse.move(mark["x"] + 90, mark["y"] + 80, steps=4)
        it.page.mouse.up()
        chart.locator(".xtick", has_text=before[-1]).wait_for(state="detached")  # closer: another scale
        assert it.problems == []


def ink_of(page: Page) -> str:
    return str(page.locator(".gtitle, .xtitle").last.evaluate("text => getComputedStyle(text).fill"))


def test_the_charts_follow_light_and_dark(chromium, tmp_path, told):
    drawn_in = "figure.chart[data-drawn='{}']"
    with opened(chromium, tmp_path, told, color_scheme="dark", reduced_motion="reduce") as it:
        it.draw_all()
        assert ink_of(it.page) == "rgb(236, 233, 226)"
        assert it.page.locator(drawn_in.format(colours("dark")["ink"])).count() == len(told.slides)
        it.page.emulate_media(color_scheme="light")
        it.page.locator(drawn_in.format(colours("light")["ink"])).nth(len(told.slides) - 1).wait_for()
        assert ink_of(it.page) == "rgb(27, 30, 35)"


def test_on_a_phone_nothing_moves_sideways_and_a_finger_scrolls(chromium, tmp_path, told):
    with opened(chromium, tmp_path, told, PHONE, has_touch=True, is_mobile=True) as it:
        it.draw_all()
        for fold in it.page.locator("summary").all():
            fold.click()
        assert it.sideways() <= 0
        drag = "[...document.querySelectorAll('.live')].map((live) => live.layout.dragmode)"
        assert it.page.evaluate(drag) == [False] * len(told.slides)


def test_paper_gets_every_chart_in_light_ink_and_every_table(chromium, tmp_path, told):
    with opened(chromium, tmp_path, told, color_scheme="dark") as it:
        state = """() => [...document.querySelectorAll('figure.chart')].map((chart) => [
            !!chart.querySelector('.main-svg .xtitle, .main-svg .annotation-text'),
            chart.querySelector('.main-svg')?.getAttribute('width') <= 656,
            chart.closest('article').querySelector('.words').open])"""
        # a browser lays out the paper as soon as this event is over: all must be there by then
        ready = it.page.evaluate(f"() => {{ dispatchEvent(new Event('beforeprint')); return ({state})(); }}")
        assert ready == [[True, True, True]] * len(told.slides)
        assert ink_of(it.page) == "rgb(27, 30, 35)"
        it.page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert it.page.locator("details[open]").count() == 0
        assert ink_of(it.page) == "rgb(236, 233, 226)"
        paper = it.page.pdf(prefer_css_page_size=True)
        assert paper.startswith(b"%PDF")
        assert it.page.locator("figure.chart .main-svg").count() >= len(told.slides)
        assert it.page.locator("details[open]").count() == 0
        assert it.problems == []


def test_the_keyboard_comes_first_to_the_content(chromium, tmp_path, told):
    with opened(chromium, tmp_path, told) as it:
        it.page.keyboard.press("Tab")
        skip = it.page.locator(".skip:focus-visible")
        assert (skip.bounding_box() or {})["x"] >= 0
        it.page.keyboard.press("Enter")
        assert it.page.evaluate("document.activeElement.id") == "content"


def test_hostile_text_is_shown_and_never_run(chromium, tmp_path):
    text = " ".join(HOSTILE) + "W" * 300
    with opened(chromium, tmp_path, document(text, "javascript:window.hacked=1"), PHONE) as it:
        it.draw_all()
        for fold in it.page.locator("summary").all():
            fold.click()
        chart = it.page.locator("figure.chart").last
        chart.scroll_into_view_if_needed()
        chart.locator(".plot").hover()
        assert it.page.evaluate("window.hacked") is None
        assert it.page.locator("img, a[href^='javascript']").count() == 0
        assert it.page.locator("svg a").count() == 0
        assert it.page.locator("h1").text_content() == text
        assert it.page.locator("aside").first.text_content() == text
        assert it.page.locator(".words tbody th").first.text_content() == text
        assert it.page.locator(".link").first.inner_text().endswith("javascript:window.hacked=1")
        assert "window.hacked=1" in (chart.locator(".xtitle").text_content() or "")
        it.page.pdf()
        assert it.page.evaluate("window.hacked") is None
        assert it.sideways() <= 0
        assert it.outside() == []
        # two $ in a label: Plotly would set a formula, and shows the text
        assert [said for said in it.problems if "MathJax" not in said] == []


def test_a_script_that_slipped_in_would_not_run(chromium, tmp_path, told):
    """The second wall: even text that became markup finds no script, handler or network of its own."""
    file = tmp_path / "brief.html"
    smuggled = "<script>window.hacked=1</script><img src=x onerror='window.hacked=1'>"
    page = html_brief(told, PLOTLY).replace("</main>", smuggled + "</main>")
    file.write_text(page, encoding="utf-8")
    context = chromium.new_context(offline=True)
    try:
        it = Opened(context.new_page(), file)
        it.draw_all()
        assert it.page.evaluate("window.hacked") is None
        assert len(it.problems) >= 2  # the browser says what it refused
    finally:
        context.close()
