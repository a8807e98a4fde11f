"""What only a real browser shows, for every page of the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from pages._shared import plotly_script
from pages._shared.catalogue import GLOSSARY, LESSONS, PAGES, Entry
from pages._shared.lessons import lesson
from tests.browser.reader import PHONE, Reader
from tests.browser.scenes import PATIENCE, own_photo, upload

if TYPE_CHECKING:
    from benchmarks.server import Server
    from tests.browser.conftest import NewReader

pytestmark = pytest.mark.browser

WITH_PICTURES = [page for page in PAGES if page is not GLOSSARY]


def in_the_link(entry: Entry) -> str:
    return "/" + entry.path


every_page = pytest.mark.parametrize("listed", PAGES, ids=in_the_link)
every_lesson = pytest.mark.parametrize("listed", LESSONS, ids=in_the_link)
# Pictures have fixed edges and a few bars need no zoom; a network is drawn in its own way.
WITHOUT_ZOOM = {
    "", "cnn_filters", "interpretability", "live_classifier", "mlp_builder", "transfer_learning",
}  # fmt: skip
CHART = ".js-plotly-plot"
NUMBERS, CHOICES = 'input[type="range"], input[type="number"]', '[data-testid="stButtonGroup"] button'


def move_until_the_sentence_changes(reader: Reader) -> str:
    """Move the controls of the first picture, in order, until one changes the live sentence."""
    before = reader.takeaway()
    for selector, move in ((NUMBERS, reader.nudge), (CHOICES, reader.click)):
        for control in reader.controls().locator(selector).all():
            if not control.is_visible() or control.get_attribute("aria-checked") == "true":
                continue
            for _ in range(3 if selector is NUMBERS else 1):  # a small step may round to the same number
                move(control)
                if reader.takeaway() != before:
                    return reader.takeaway()
    pytest.fail(f"no control of the first picture changes the live sentence: {before!r}", pytrace=False)


@every_lesson
def test_the_first_visitor_after_a_restart_gets_the_page_of_the_link(
    listed: Entry, fresh_server: Server, new_reader: NewReader
) -> None:
    first = new_reader(fresh_server)
    first.open(listed.path)
    linked = first.page.locator("h1").inner_text()
    assert first.errors() == []
    again = new_reader(fresh_server)
    # the start page is another one, so the link was not answered with it; nor was its own with the next page
    again.open("" if listed.path else LESSONS[1].path)
    assert again.page.locator("h1").inner_text() != linked


@every_page
def test_the_page_loads_with_one_title_and_no_error_and_a_lesson_with_its_chart(
    listed: Entry, reader: Reader
) -> None:
    reader.open(listed.path)
    assert reader.page.locator("h1").count() == 1
    assert reader.page.locator("h1").inner_text().strip()
    assert reader.errors() == []
    if not listed.question:
        return
    first = lesson(listed.name).opening
    chart = reader.page.locator(f".st-key-{first.key}_picture .plot")
    drawn = ".answer canvas" if first.show else ".main-svg"
    chart.locator(drawn).first.wait_for(state="visible")
    box = chart.bounding_box()
    assert box is not None
    assert box["width"] > 300
    assert box["height"] > 200
    marks = ".scatterlayer .trace, .barlayer .trace, .heatmaplayer .hm, .imagelayer image, canvas"
    assert chart.locator(marks).count() > 0


@every_lesson
def test_a_control_changes_the_sentence_the_link_brings_it_back_and_nonsense_the_default(
    listed: Entry, server: Server, new_reader: NewReader
) -> None:
    here, elsewhere = new_reader(server), new_reader(server)
    here.open(listed.path)
    default = here.takeaway()
    moved = move_until_the_sentence_changes(here)
    link = urlsplit(here.page.url)
    assert link.query, "a moved control belongs into the link"
    elsewhere.open(listed.path, link.query)
    assert elsewhere.takeaway() == moved
    assert here.errors() == []
    assert elsewhere.errors() == []
    names = [name for name, _ in parse_qsl(link.query)]
    for nonsense in ("<b>NaN</b>", "-999999999"):
        stranger = new_reader(server)
        stranger.open(listed.path, urlencode(dict.fromkeys([*names, "no_such_control"], nonsense)))
        assert stranger.takeaway() == default
        assert stranger.errors() == []


@every_page
def test_a_phone_needs_no_sideways_scroll(listed: Entry, server: Server, new_reader: NewReader) -> None:
    reader = new_reader(server, PHONE)
    reader.open(listed.path)
    too_wide = reader.page.evaluate(
        """() => [document.documentElement, document.querySelector('[data-testid="stMain"]')]
             .map((element) => element.scrollWidth - element.clientWidth)"""
    )
    assert max(too_wide) <= 1  # a pixel of rounding
    assert reader.errors() == []


@every_lesson
def test_the_keyboard_reaches_the_controls(listed: Entry, reader: Reader) -> None:
    reader.open(listed.path)
    in_controls = """() => !!document.activeElement.closest('[class*="st-key-"][class*="_controls"]')"""
    for _ in range(60):
        reader.page.keyboard.press("Tab")
        if reader.page.evaluate(in_controls):
            break
    assert reader.page.evaluate(in_controls), "60 presses of Tab do not reach the first picture's controls"


@pytest.mark.parametrize("listed", [p for p in LESSONS if p.path not in WITHOUT_ZOOM], ids=in_the_link)
def test_moving_a_slider_keeps_the_chart_and_its_zoom(listed: Entry, reader: Reader) -> None:
    reader.open(listed.path)
    chart, slider = reader.page.locator(CHART).first, reader.controls().locator('input[type="range"]').first
    chart.hover()
    chart.locator('.modebar-btn[data-title="Zoom in"]').click()
    shown = "(plot) => plot._fullLayout.xaxis.range.map((end) => end.toFixed(6))"
    before, zoomed = chart.evaluate("(plot) => plot.dataset.drawn"), chart.evaluate(shown)
    chart.evaluate("(plot) => { window.kept = plot; }")
    reader.nudge(slider)
    redrawn = f"(before) => document.querySelector('{CHART}').dataset.drawn !== before"
    reader.page.wait_for_function(redrawn, arg=before)
    assert chart.evaluate("(plot) => plot === window.kept"), "the chart was rebuilt, so it flickers"
    assert chart.evaluate(shown) == zoomed


@pytest.mark.parametrize("listed", [p for p in PAGES if p.path == "live_classifier"], ids=in_the_link)
def test_an_uploaded_photo_gets_an_answer(listed: Entry, reader: Reader) -> None:
    reader.open(listed.path)
    before = reader.takeaway()
    upload(reader, own_photo(96, 64))
    answered = "(before) => document.querySelector('.st-key-takeaway')?.innerText !== before"
    reader.page.wait_for_function(answered, arg=before)
    reader.settle()
    assert reader.takeaway().strip()
    assert reader.errors() == []


@every_page
def test_the_browser_fetches_one_script_for_charts_early_and_may_keep_it(
    listed: Entry, reader: Reader
) -> None:
    reader.open(listed.path)
    announced = reader.page.locator('link[rel="preload"][as="script"]').get_attribute("href")
    loaded = reader.page.evaluate("performance.getEntriesByType('resource').map(({name}) => name)")
    scripts = [name for name in loaded if "plotly-" in name]
    assert {name.rpartition("/")[2] for name in scripts} == {announced} == {plotly_script.FLAT_NAME}
    for name, file in plotly_script.FILES.items():
        answer = reader.page.request.get(f"{reader.server.url}/{name}")
        assert answer.body() == file.read_bytes()
        assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("listed", WITH_PICTURES, ids=in_the_link)
def test_the_words_of_a_picture_come_when_they_are_opened(listed: Entry, reader: Reader) -> None:
    reader.open(listed.path)
    words = reader.page.locator('[class*="_picture_words"]').first
    assert words.locator("table").count() == 0
    words.locator("summary").click()
    words.locator("table").first.wait_for(state="visible")
    reader.settle()
    assert words.locator("p").nth(1).inner_text().strip()
    assert reader.errors() == []


def test_another_photo_changes_every_scene_and_a_quick_choice_only_its_own(reader: Reader) -> None:
    reader.open("live_classifier")
    steady = reader.page.locator(".st-key-wobble_sentence")
    before, chart = steady.inner_text(), reader.page.locator(".st-key-answer_picture .plot")
    reader.click(reader.page.locator(".st-key-case").get_by_text("Support mail"))
    assert "support mails" in reader.page.locator(".st-key-so_what").inner_text()
    assert steady.inner_text() == before
    drawn = chart.get_attribute("data-drawn")
    reader.click(reader.page.locator(".st-key-photo_sample").get_by_text("Old coins"))
    reader.page.wait_for_function(
        "(before) => document.querySelector('.st-key-wobble_sentence').innerText !== before", arg=before
    )
    assert chart.get_attribute("data-drawn") != drawn
    assert reader.errors() == []


@pytest.mark.parametrize("path", ["gradient_descent", "cnn_filters"])
def test_on_a_phone_no_words_of_a_chart_are_cut_off(server: Server, new_reader: NewReader, path: str) -> None:
    """Every chart of the page, drawn: words that would leave it move in."""
    reader = new_reader(server, PHONE)
    reader.open(path)
    reader.page.wait_for_selector("#quiz", state="attached")
    tall = reader.page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight")
    reader.page.set_viewport_size({"width": PHONE[0], "height": tall})
    reader.page.wait_for_function(
        "() => [...document.querySelectorAll('.plot')].every((plot) => plot.dataset.drawn)", timeout=PATIENCE
    )
    cut = reader.page.evaluate("""() => [...document.querySelectorAll('.plot')].flatMap((plot) => {
      const frame = plot.getBoundingClientRect();
      return [...plot.querySelectorAll('.annotation-text')]
        .filter((words) => { const r = words.getBoundingClientRect();
                             return r.width && (r.left < frame.left - 2 || r.right > frame.right + 2); })
        .map((words) => words.textContent);
    })""")
    assert cut == []
