"""What only a browser shows of "Gradient descent": a film without the server, a start on the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.reader import Reader

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from benchmarks.server import Server
    from tests.browser.conftest import NewReader

pytestmark = pytest.mark.browser
PICTURE = ".st-key-path_picture"
PLOT = f"{PICTURE} .js-plotly-plot"
WALK = 2  # place of the walk among the traces of the ravine: the map and its lowest point come first


def link_of(reader: Reader) -> dict[str, list[str]]:
    return parse_qs(urlsplit(reader.page.url).query)


def n_points(reader: Reader) -> int:
    return int(reader.page.evaluate(f"() => document.querySelector('{PLOT}').data[{WALK}].x.length"))


def frames_sent(reader: Reader) -> list[str]:
    """Collects what the browser sends to the server from now on."""
    sent: list[str] = []
    session = reader.page.context.new_cdp_session(reader.page)
    session.send("Network.enable")
    session.on("Network.webSocketFrameSent", lambda event: sent.append(event["response"]["payloadData"]))
    return sent


def test_each_step_of_the_walk_is_shown_and_told_without_the_server(reader: Reader) -> None:
    reader.open("gradient_descent")
    assert n_points(reader) == 26
    sent = frames_sent(reader)
    slider, told = reader.page.locator(f"{PICTURE} .film input"), reader.page.locator(f"{PICTURE} .told")
    slider.press("Home")
    reader.page.wait_for_function(f"() => document.querySelector('{PLOT}').data[{WALK}].x.length === 1")
    assert told.inner_text().startswith("Start: ")
    for number in (1, 2, 3):
        reader.page.get_by_label("One step on").first.click()
        reader.page.wait_for_function(
            f"(n) => document.querySelector('{PLOT}').data[{WALK}].x.length === n", arg=number + 1
        )
        assert told.inner_text().startswith(f"Step {number}: ")
    for _ in range(6):  # faster than it can be drawn: the picture must end where the words do
        slider.press("ArrowRight")
    assert told.inner_text().startswith("Step 9: ")
    reader.page.wait_for_function(f"() => document.querySelector('{PLOT}').data[{WALK}].x.length === 10")
    # the diamond stands at the end of what is shown
    walk, diamond = reader.page.evaluate(
        f"() => {{ const {{data}} = document.querySelector('{PLOT}');"
        f"return [data[{WALK}].x.at(-1), data[{WALK + 2}].x[0]]; }}"
    )
    assert walk == pytest.approx(diamond, rel=1e-3)
    assert sent == []
    assert reader.errors() == []


def test_a_moving_picture_plays_to_its_end_and_never_under_reduced_motion(
    new_reader: NewReader, server: Server, chromium: Browser
) -> None:
    still = new_reader(server)  # the readers of these tests ask for less motion
    still.open("gradient_descent")
    assert not still.page.locator(f"{PICTURE} .film .play").is_visible()
    moving = Reader(chromium.new_context(viewport={"width": 1280, "height": 720}).new_page(), server)
    try:
        moving.open("gradient_descent")
        sent = frames_sent(moving)
        play = moving.page.locator(f"{PICTURE} .film .play")
        play.click()
        moving.page.wait_for_function(
            f"() => {{ const n = document.querySelector('{PLOT}').data[{WALK}].x.length;"
            "return n > 1 && n < 26; }"
        )
        moving.page.wait_for_function(
            f"() => document.querySelector('{PICTURE} .play').dataset.playing === 'false'"
        )
        moving.page.wait_for_function(f"() => document.querySelector('{PLOT}').data[{WALK}].x.length === 26")
        assert sent == []
        assert moving.errors() == []
    finally:
        moving.page.context.close()


def test_the_start_is_chosen_by_a_click_and_by_dragging(reader: Reader) -> None:
    reader.open("gradient_descent")
    panel = reader.page.locator(f"{PLOT} .nsewdrag").first.bounding_box()
    assert panel is not None
    reader.page.mouse.click(panel["x"] + 0.75 * panel["width"], panel["y"] + 0.25 * panel["height"])
    reader.page.wait_for_function("() => location.search.includes('path_x')")
    reader.settle()
    clicked = link_of(reader)
    assert float(clicked["path_x"][0]) == pytest.approx(6, abs=0.3)  # three quarters from -12 to 12
    assert float(clicked["path_y"][0]) == pytest.approx(1.5, abs=0.1)
    handle = reader.page.locator(f"{PICTURE} .handle")
    box = handle.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] / 2 == pytest.approx(panel["x"] + 0.75 * panel["width"], abs=2)
    reader.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    reader.page.mouse.down()
    reader.page.mouse.move(panel["x"] + 0.25 * panel["width"], panel["y"] + 0.5 * panel["height"], steps=8)
    reader.page.mouse.up()
    reader.page.wait_for_function("() => Number(new URLSearchParams(location.search).get('path_x')) < -5")
    reader.settle()
    dragged = link_of(reader)
    assert float(dragged["path_x"][0]) == pytest.approx(-6, abs=0.3)
    assert float(dragged["path_y"][0]) == pytest.approx(0, abs=0.1)
    assert reader.errors() == []


def test_a_typed_rate_goes_before_the_slider_until_that_is_moved(reader: Reader) -> None:
    reader.open("gradient_descent", "path_rate_typed=0.0789")
    reader.click(reader.page.locator(".st-key-path_controls summary"))
    thumb = reader.page.locator('.st-key-path_rate [data-testid="stSliderThumbValue"]')
    assert "0.0789" in reader.takeaway()
    field = reader.page.locator(".st-key-path_rate_typed input")
    field.fill("0.0512")
    field.press("Enter")
    reader.page.wait_for_function("() => location.search.includes('path_rate_typed=0.0512')")
    reader.settle()
    assert "0.0512" in reader.takeaway()
    assert thumb.inner_text() == "0.05"
    reader.page.locator(".st-key-path_rate input[type='range']").press("ArrowRight")
    reader.settle()
    link = link_of(reader)
    assert link["path_rate"] == ["0.055"]
    assert "path_rate_typed" not in link
    assert "0.055" in reader.takeaway()
    assert reader.errors() == []


def test_one_click_repairs_a_walk_that_left_the_picture(reader: Reader) -> None:
    reader.open("gradient_descent", "path_rate=0.3")
    assert "left the picture" in reader.takeaway()
    reader.click(reader.page.locator(".st-key-path_remedy button"))
    assert "left the picture" not in reader.takeaway()
    assert reader.errors() == []
