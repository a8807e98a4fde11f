"""The HTML file: what it says, and that no text in it becomes anything but text."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import tomllib
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dl_core.documents.content import Advice, Chapter, Document, HardQuestion, Slide
from dl_core.documents.html_brief import html_brief
from dl_core.figures.picture import INK, Picture, house_layout
from tests.test_theme import contrast

ROOT = Path(__file__).parents[2]
STYLE = (ROOT / "dl_core" / "documents" / "html_brief.css").read_text(encoding="utf-8")
VOID = {"meta", "link", "br", "img", "input"}
HOSTILE = (
    "</script><script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    "</title></style><!--<script>",
    "\"' onmouseover=window.hacked=1 x='",
    "&lt;b&gt; &amp; \u2028 \u202e ]]>",
    "<a href='javascript:window.hacked=1' popup='\");window.hacked=1//'>here</a>",
    "$title ${main} \\u003c/script>",
)


class Parsed(HTMLParser):
    """The file as a tree of (tag, attributes, text of its own and of what is inside)."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self._open: list[int] = []
        self.feed(page)
        self.close()
        assert self._open == [], "an element was left open"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs), []))
        if tag not in VOID:
            self._open.append(len(self.elements) - 1)

    def handle_endtag(self, tag: str) -> None:
        assert self.elements[self._open.pop()][0] == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        for place in self._open:
            self.elements[place][2].append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def tags(self) -> list[str]:
        return [tag for tag, _, _ in self.elements if tag != "strong"]

    def texts(self, tag: str, kind: str = "") -> list[str]:
        """The text of every element of this name and, if asked, of this class."""
        return ["".join(said) for name, given_, said in self.elements
                if name == tag and (not kind or kind in (given_.get("class") or "").split())]  # fmt: skip

    def attributes(self, name: str) -> list[str]:
        return [given_[name] or "" for _, given_, _ in self.elements if name in given_]


def picture(text: str = "a", table: pd.DataFrame | None = None) -> Picture:
    layout = house_layout(text)
    layout["xaxis"]["title"]["text"] = text
    bar = {"type": "bar", "x": [text, "b"], "y": [1, 2], "marker": {"color": INK}}
    shown = pd.DataFrame({text: [text, "b"], "seconds": [0.5, 2.0]}) if table is None else table
    return Picture({"data": [bar], "layout": layout}, text, shown)


def document(text: str = "a", link: str = "https://host.example/x?k=5") -> Document:
    """A document with this text in every place that takes one."""
    slide = Slide("key", text, picture(text), text, text, text, ((text, text),), text)
    chapter = Chapter(
        "lesson", text, text, (slide,), text, ((text, text), (text, text)), (Advice(text, text, text),),
        (HardQuestion(text, text),), (text,), ((text, text),), link,
    )  # fmt: skip
    return Document(text, (chapter, chapter), date(2026, 11, 24), ((text, text),))


def read(told: Document) -> Parsed:
    return Parsed(html_brief(told, "window.Plotly = {};"))


def without_bold(text: str) -> str:
    return re.sub(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", r"\1", text)


def written(text: str) -> str:
    """The text as a file can hold it."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]", "\ufffd", re.sub("\r\n?", "\n", text))


def test_everything_that_is_to_be_said_is_there_in_order():
    told = document()
    slide = Slide("k", "Two lines cross", picture("It crosses at 3"), "At **3** it turns.", "Say this.",
                  "Ours, 2026.", (("Rate", "0.3"),), "Ask Kim.")  # fmt: skip
    chapter = Chapter(
        "x", "Pay once", "which to run.", (slide,), "You judge 10,000.", (("", "kNN"), ("Ready", "Store.")),
        (Advice("Which pile?", "Validation.", "Test."),), (HardQuestion("Which?", "Measure."),), ("A toy.",),
        (("CS231n", "the piles"),), "https://host.example/x",
    )  # fmt: skip
    page = html_brief(Document("Our brief", (chapter,), told.made_on, (("Goal", "Sort."),)), "0;")
    body = re.sub(r"<script.*?</script>", "", page[page.index("<body>") :], flags=re.DOTALL)
    said = " ".join(re.sub(r"<[^>]*>", "|", body).split("|"))
    parts = (
        "Our brief", "24 November 2026", "Goal", "Sort.", "Pay once", "To decide:", "which to run.",
        "Two lines cross", "It crosses at 3", "At", "3", "it turns.", "Ask Kim.", "At these settings", "Rate",
        "0.3", "Source", "Ours, 2026.", "This picture in words and numbers", "seconds", "0.5",
        "Speaker notes", "Say this.", "So what for your product", "You judge 10,000.", "What you trade",
        "kNN", "Ready", "Store.", "Ask your engineers", "Which pile?", "A good answer", "Validation.",
        "Should worry you", "Test.", "What if they ask…", "Which?", "Measure.", "Where this picture lies",
        "A toy.", "Sources", "CS231n", "the piles", "The same picture:", "https://host.example/x",
        "complete in itself",
    )  # fmt: skip
    place = 0
    for part in parts:
        assert part in said[place:], part
        place = said.index(part, place) + len(part)
    assert "<strong>3</strong>" in page


def test_a_reader_of_the_screen_finds_landmarks_headings_and_names():
    page = read(document())
    assert page.texts("h1") == ["a"]
    assert {"header", "nav", "main", "footer"} <= set(page.tags())
    levels = [int(tag[1]) for tag in page.tags() if re.fullmatch("h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    plots = [given_ for _, given_, _ in page.elements if given_.get("class") == "plot"]
    assert [(plot["role"], plot["aria-label"]) for plot in plots] == [("img", "a"), ("img", "a")]
    heads = [given_.get("scope") for tag, given_, _ in page.elements if tag == "th"]
    assert set(heads) == {"row", "col"}
    ids = page.attributes("id")
    assert len(ids) == len(set(ids))
    assert {ref.removeprefix("#") for ref in page.attributes("href") if ref[0] == "#"} <= set(ids)
    assert set(page.attributes("aria-labelledby")) <= set(ids)


def test_contents_only_for_several_chapters_and_no_headline_seen_twice():
    two = document("Pay once")
    one = Document("Pay once", two.chapters[:1], two.made_on)
    assert "nav" in read(two).tags()
    assert "nav" not in read(one).tags()
    assert ("h2", "unseen") in [(tag, given_.get("class")) for tag, given_, _ in read(one).elements]
    other = Document("Another title", two.chapters[:1], two.made_on)
    assert not read(other).texts("h2", "unseen")


def test_what_is_missing_leaves_no_empty_heading():
    bare = Slide("k", "One", picture(), "Two.", "", "")
    page = read(Document("T", (Chapter("x", "H", "D", (bare,)),), date(2026, 1, 2)))
    assert page.texts("h2") == ["H"]
    assert page.texts("h3") == ["One"]
    assert page.texts("summary") == ["This picture in words and numbers"]
    assert "aside" not in page.tags()
    assert "At these settings" not in "".join(page.texts("main"))


def test_numbers_read_well_and_stay_what_they_are():
    table = pd.DataFrame({
        "model": ["kNN", "softmax", "none"], "steps": [153_600_000, 30_720, 7], "year": [1998, 2011, 2026],
        "share (%)": [0.1 + 0.2, 38.6, float("nan")], "chance": [1.13999185304e-12, 0.25, 1.0],
        "held": [True, False, True], "mixed": [2, "two", None],
    })  # fmt: skip
    told = document()
    slide = Slide("k", "One", picture(table=table), "Two.", "", "")
    page = read(Document("T", (Chapter("x", "H", "D", (slide,)),), told.made_on))
    cells = page.texts("td")
    assert cells[:6] == ["153,600,000", "1998", "0.3", "1.14e-12", "yes", "2"]
    assert cells[6:12] == ["30,720", "2011", "38.6", "0.25", "no", "two"]
    assert cells[12:] == ["7", "2026", "–", "1", "yes", "–"]
    assert page.texts("th") == [*table.columns, "kNN", "softmax", "none"]


def test_a_table_too_wide_for_paper_says_so():
    wide = picture(table=pd.DataFrame({f"c{n}": [n] for n in range(65)}))
    page = read(
        Document("T", (Chapter("x", "H", "D", (Slide("k", "1", wide, "2", "", ""),)),), date(2026, 1, 2))
    )
    assert page.texts("p", "on-paper") == ["Too wide for paper: 65 columns, to be read in the file."]
    assert read(document()).texts("p", "on-paper") == []


def test_the_figure_travels_whole_with_its_title_above_it():
    page = read(document("It turns at 3"))
    first = next(said for tag, given_, said in page.elements if tag == "script" and not given_.get("id"))
    figure, before = json.loads("".join(first)), json.loads(picture("It turns at 3").json)
    assert page.texts("figcaption")[0] == before["layout"].pop("title")["text"]
    assert figure["data"] == before["data"]
    before["layout"]["margin"]["t"] -= 40  # the title's room
    assert figure["layout"] == before["layout"]


def test_the_policy_lets_nothing_in_and_names_the_two_scripts():
    library = "/* </script><!--<script> */\r\nwindow.Plotly = '</SCRIPT>';"
    page = Parsed(html_brief(document(), library))
    policy = next(said for said in page.attributes("content") if "default-src" in said)
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "http" not in policy
    ran = ["".join(said) for tag, given_, said in page.elements if tag == "script" and "type" not in given_]
    assert len(ran) == 2
    named = re.findall(r"'(sha256-[^']+)'", policy)
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in ran]
    assert named == [f"sha256-{each}" for each in hashes]
    assert ran[0] == "/* \\x3C/script>\\x3C!--<script> */\nwindow.Plotly = '\\x3C/SCRIPT>';"


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "JaVaScRiPt:x", "https://", "//host", "https://[x",
             "x", "https://host/ x", "java\nscript:x", "https://host\n/x"],
)  # fmt: skip
def test_only_a_web_address_becomes_a_link(link):
    page = read(document(link=link))
    assert all(address.startswith("#") for address in page.attributes("href"))
    assert page.texts("p", "link") == [f"The same picture: {link}"] * 2


def test_a_web_address_keeps_every_sign():
    link = "https://host.example/x?a=1&b=%3Cx%3E\"'#c"
    assert link in read(document(link=link)).attributes("href")


PLAIN = read(document("w"))


def assert_stays_text(text: str) -> None:
    """Wherever a document takes a text: the same elements as with a plain word, and the same text back."""
    text = "w" + text
    page = read(document(text))
    assert page.tags() == PLAIN.tags()
    plain, prose = written(text), without_bold(written(text))
    assert page.texts("title") == page.texts("h1") == page.texts("td", "typed") == [plain]
    assert page.texts("h2")[1:] == page.texts("aside") == page.texts("figcaption") == [plain] * 2
    assert (
        page.texts("p", "sentence") == page.texts("dt") == page.texts("dd") == page.texts("h4") == [prose] * 2
    )
    assert page.texts("th")[1:4] == [plain, "seconds", plain]
    assert [label for label in page.attributes("aria-label") if label[0] == "w"] == [prose] * 2
    for tag, kind, said in page.elements:
        if tag == "script" and "type" in kind and "id" not in kind:
            label = json.loads("".join(said))["layout"]["xaxis"]["title"]["text"]
            # what Plotly would make a link stands there as text
            assert label == re.sub(r"<(?=/?a[\s>\\])", "&lt;", text, flags=re.IGNORECASE)


@given(st.text(max_size=60))
@example("*b** ** c**")
@example("*two* and **two** and ****")
def test_any_text_stays_text(text):
    assert_stays_text(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text):
    assert_stays_text(text)


def test_half_a_character_can_still_be_saved():
    told = Document("half \ud83d", document().chapters, date(2026, 11, 24))
    assert "<h1>half \ufffd</h1>".encode() in html_brief(told, "0;").encode("utf-8")


def colours(scheme: str) -> dict[str, str]:
    return dict(re.findall(rf"--{scheme}-(\w+): (#[0-9A-F]{{6}})", STYLE))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_file_wears_the_themes_colours_and_can_be_read(scheme):
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"][scheme]
    own = colours(scheme)
    assert own["paper"] == theme["backgroundColor"]
    assert own["ink"] == theme["textColor"]
    assert own["accent"] == theme["primaryColor"]
    assert own["shade"] == theme["secondaryBackgroundColor"]
    for name in ("ink", "quiet", "accent", "good", "bad"):
        assert contrast(own[name], own["paper"]) >= 4.5, name
    assert contrast(own["ink"], own["shade"]) >= 4.5
