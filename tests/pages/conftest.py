"""Open a page the way the server does: through the menu's script, with a link."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages._shared.chart import unpacked

ROOT = Path(__file__).parents[2]


def _blocks(block):
    for child in getattr(block, "children", {}).values():
        yield child
        yield from _blocks(child)


@pytest.fixture
def sentence() -> Callable[[AppTest, str], str]:
    """``sentence(app, "takeaway")``: the one text inside the container with this key."""

    def read(app: AppTest, key: str) -> str:
        (box,) = [block for block in _blocks(app.main) if getattr(block, "key", None) == key]
        (text,) = [block.value for block in _blocks(box) if block.type == "markdown"]
        text = re.sub(r"\*\*\[([^\]]+)\]\(glossary\?term=[a-z0-9-]+\)\*\*", r"**\1**", text)
        return text.replace(r"\$", "$").replace("\N{NO-BREAK SPACE}%", " %")  # as before it was typeset

    return read


@pytest.fixture
def pictures() -> Callable[[AppTest], dict[str, dict]]:
    """``pictures(app)``: what each chart element was given, by its key."""

    def read(app: AppTest) -> dict[str, dict]:
        found = app.get("bidi_component")
        return {
            each.proto.id.split("-", 2)[-1]: unpacked(each.proto.bytes)
            for each in found
            if each.proto.component_name == "chart"
        }

    return read


def _opened(file: str, **link: str) -> AppTest:
    # a busy machine must not fail a test: speed is measured in benchmarks/
    app = AppTest.from_file(str(ROOT / "pages" / "_navigation.py"), default_timeout=300)
    app.run()
    app.switch_page(file)
    for name, value in link.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception, [e.message for e in app.exception]
    return app


@pytest.fixture
def open_page() -> Callable[..., AppTest]:
    """``open_page("knn_vs_softmax.py", plane_k="9")``: the page after its first run, with that link."""
    return _opened


@pytest.fixture(scope="session")
def open_page_once() -> Callable[..., AppTest]:
    """The same for tests that only look."""
    return _opened
