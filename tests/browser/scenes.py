"""The scenes of a lesson in front of a reader: come near, press a place of the picture, wait for the link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from PIL import Image, ImageDraw

from tests.browser.reader import ERROR_BOXES, Reader
from tests.photo_files import encoded

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Locator

PATIENCE = 240_000  # ms; every wait is for a condition, and a machine that warms servers up takes its time
MENU = '[data-testid="stTopNav"]'
# where a place of the axes lies within the panel, in pixels from its upper left corner
PLACE = """(panel, [x, y]) => {
  const {xaxis, yaxis} = panel.closest('.js-plotly-plot')._fullLayout;
  const {width, height} = panel.getBoundingClientRect();
  const share = (at, [from, to]) => (at - from) / (to - from);
  return {x: width * share(x, xaxis.range), y: height * (1 - share(y, yaxis.range))};
}"""


def opened(reader: Reader, path: str, scene: str, query: str = "") -> None:
    """Go to a lesson by its link, as far as this scene; what stands below may still be on its way."""
    reader.page.set_default_timeout(PATIENCE)
    reader.go(path, query)
    come_near(reader, scene)


def plot_of(scene: str) -> str:
    """Selector of the chart of a scene."""
    return f".st-key-{scene}_picture .js-plotly-plot"


def come_near(reader: Reader, scene: str) -> None:
    """Scroll to the scene's picture, which is drawn only then."""
    reader.page.locator(f".st-key-{scene}_picture .plot").scroll_into_view_if_needed()
    reader.page.locator(f"{plot_of(scene)}[data-drawn]").wait_for()


def calm(reader: Reader, last: str) -> None:
    """Wait until all of the page has come and no long work goes on; an error is told at once.

    Parameters
    ----------
    last
        The lesson's last scene.
    """
    running = '[data-testid="stApp"]:not([data-test-script-state="notRunning"]), [class*="_beside"]'
    until(
        reader,
        "(at => at(given[0]) || at(given[1]) && !at(given[2]))((one) => document.querySelector(one))",
        ERROR_BOXES,
        f".st-key-{last}_picture .plot",
        running,
    )
    assert reader.errors() == []


def panel_of(reader: Reader, scene: str) -> Locator:
    """The part of the chart whose axes are the first: there a pointer finds the photo."""
    return reader.page.locator(f"{plot_of(scene)} .nsewdrag[data-subplot='xy']")


def click_at(reader: Reader, scene: str, x: float, y: float) -> None:
    """One click on a place of the picture, in units of its axes."""
    panel = panel_of(reader, scene)
    panel.click(position=panel.evaluate(PLACE, [x, y]))


def place_in(reader: Reader, scene: str, x: float, y: float) -> tuple[float, float]:
    """Where on the screen a place of the picture is, in pixels, for a pointer that drags."""
    panel = panel_of(reader, scene)
    box, place = panel.bounding_box(), panel.evaluate(PLACE, [x, y])
    assert box is not None
    return box["x"] + place["x"], box["y"] + place["y"]


def until(reader: Reader, condition: str, *given: Any) -> None:
    """Wait until an expression in JavaScript is true; it finds what is given in the list ``given``."""
    reader.page.wait_for_function(f"(given) => {condition}", arg=list(given))


def until_the_link_has(reader: Reader, **values: str | None) -> None:
    """Wait until the address holds these values; None: until it holds none."""
    has = "given.every(([name, value]) => new URLSearchParams(location.search).get(name) === value)"
    until(reader, has, *values.items())


def until_it_says(reader: Reader, key: str, part: str) -> None:
    """Wait until the words of an element hold this part."""
    until(reader, "document.querySelector(given[0])?.innerText.includes(given[1])", f".st-key-{key}", part)


def until_it_says_else(reader: Reader, key: str, before: str) -> None:
    """Wait until an element says something, and not what it said before."""
    said = "(said => said && said !== given[1])(document.querySelector(given[0])?.innerText.trim())"
    until(reader, said, f".st-key-{key}", before)


def words_of(reader: Reader, key: str) -> str:
    """What an element says."""
    return reader.page.locator(f".st-key-{key}").inner_text().strip()


def link_of(reader: Reader) -> dict[str, list[str]]:
    """What the address holds."""
    return parse_qs(urlsplit(reader.page.url).query)


def own_photo(width: int, height: int) -> FilePayload:
    """A file to upload: an orange disc on blue, in the middle."""
    image = Image.new("RGB", (width, height), "#2060A0")
    radius = 3 * min(width, height) // 8
    ImageDraw.Draw(image).circle((width // 2, height // 2), radius, fill="#F08020")
    return {"name": "disc.png", "mimeType": "image/png", "buffer": encoded(image)}


def upload(reader: Reader, file: FilePayload) -> None:
    """Give the page a photo, as the field for files takes it."""
    reader.page.locator(".st-key-photo_choice input[type='file']").first.set_input_files(file)


def go_to(reader: Reader, section: str, title: str) -> None:
    """To another page through the menu: the visit goes on."""
    reader.page.locator(MENU).get_by_role("button", name=section).click()
    reader.page.get_by_role("menuitem", name=title).click()
