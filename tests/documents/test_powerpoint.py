"""The deck says what the document says: titles, sentences, numbers, notes, and nothing outside its slides."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from itertools import chain

import pandas as pd
import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER

from dl_core.cost_of_use import Workload, cost_of_use
from dl_core.digit_question import shared_study
from dl_core.documents.content import Advice, Chapter, Document, HardQuestion, Slide
from dl_core.documents.powerpoint import deck
from dl_core.documents.slides import letters
from dl_core.figures.cost_of_use import cost_curves
from dl_core.figures.digits import weight_templates
from dl_core.figures.picture import Picture

MADE_ON = date(2026, 11, 4)
POINT = 12_700
LINES = cost_curves(cost_of_use(Workload()))
TILES = weight_templates(shared_study())


def chapter(**changes: object) -> Chapter:
    own = {
        "lesson": "knn_vs_softmax",
        "headline": "Pay once at training, or pay at every request",
        "decision": "which of two models you want to run.",
        "slides": (
            Slide(
                key="cost",
                headline="What an answer costs, and where it turns",
                picture=LINES,
                sentence="After **2,000 answers** softmax is **cheaper**.",
                notes="Say: this is what you pay.\nPoint at the crossing.",
                source="Counted steps at your own load.",
                settings=(("requests per day", "10,000"), ("classes", "10")),
                note="Ask finance about the volume.",
            ),
            Slide("tiles", "One picture per digit", TILES, "It keeps 650 numbers.", "Look.", "UCI, 1998."),
        ),
        "so_what": "You judge about 10,000 parcels a day.",
        "trade_offs": (("", "kNN", "Softmax"), ("To get ready", "Store the examples.", "Train once.")),
        "ask_engineers": (
            Advice("What does one answer cost?", "They name time and memory.", "They only talk of training."),
            Advice("On which pile did you choose k?", "On the validation pile.", "On the test pile."),
        ),
        "what_if_asked": (HardQuestion("Which one should we take?", "Measure both."),),
        "limits": ("Two numbers make a point here.", "We made these points."),
        "sources": (("CS231n", "the piles"), ("scikit-learn", "the digits")),
        "link": "https://example.org/knn?k=5",
    }
    return Chapter(**{**own, **changes})


def document(*chapters: Chapter, **changes: object) -> Document:
    return Document(
        **{"title": "Returns", "chapters": chapters or (chapter(),), "made_on": MADE_ON, **changes}
    )


def opened(of: Document):
    return Presentation(io.BytesIO(deck(of)))


@pytest.fixture(scope="module")
def usual():
    return opened(document())


def titles(shown) -> list[str]:
    return [slide.shapes.title.text for slide in shown.slides]


def named(shown, headline: str):
    return next(slide for slide in shown.slides if slide.shapes.title.text == headline)


def part(slide, name: str):
    return next(shape for shape in slide.shapes if shape.name == name)


def everything(slide) -> list:
    inner = [list(shape.shapes) for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.GROUP]
    return [*slide.shapes, *chain.from_iterable(inner)]


def words_of(slide) -> str:
    cells = [cell.text for s in slide.shapes if s.has_table for row in s.table.rows for cell in row.cells]
    return "\n".join([s.text_frame.text for s in everything(slide) if s.has_text_frame] + cells)


def notes(slide) -> str:
    return slide.notes_slide.notes_text_frame.text


def test_the_slides_come_in_this_order(usual):
    messages = ["What an answer costs, and where it turns", "One picture per digit"]
    assert titles(usual) == [
        "Returns", *messages, "What you trade", "Before you decide", "What if they ask …", "Sources and links"
    ]  # fmt: skip


def test_the_page_is_wide(usual):
    assert usual.slide_width / usual.slide_height == pytest.approx(16 / 9, abs=1e-3)


def test_the_opening_says_when_and_what_for(usual):
    said = words_of(usual.slides[0])
    for wanted in (
        "4 November 2026",
        "which of two models you want to run.",
        "You judge about 10,000 parcels",
    ):
        assert wanted in said


def test_the_opening_of_several_chapters_names_each_decision():
    shown = opened(document(chapter(), chapter(headline="It always answers", decision="whether to act.")))
    said = words_of(shown.slides[0])
    assert "To decide: which of two models you want to run." in said
    assert "It always answers" in said
    assert "To decide: whether to act." in said
    assert "You judge" not in said


def test_a_message_is_the_slides_title_and_its_sentence_is_whole(usual):
    slide = named(usual, "What an answer costs, and where it turns")
    assert slide.shapes.title.placeholder_format.type == PP_PLACEHOLDER.TITLE
    sentence = part(slide, "Sentence").text_frame
    assert sentence.text == "After 2,000 answers softmax is cheaper."
    bold = [run.text for run in sentence.paragraphs[0].runs if run.font.bold]
    assert bold == ["2,000 answers", "cheaper"]
    assert all(run.font.size.pt >= 16 for run in sentence.paragraphs[0].runs)


def test_source_settings_and_the_readers_note_stand_on_the_slide(usual):
    slide = named(usual, "What an answer costs, and where it turns")
    assert part(slide, "Source").text_frame.text.split("\n") == [
        "Source: Counted steps at your own load.",
        "Settings: requests per day 10,000 · classes 10",
    ]
    assert part(slide, "Your note").text_frame.text == "Your note\nAsk finance about the volume."


def test_the_notes_hold_what_is_said_the_settings_and_the_link(usual):
    told = notes(named(usual, "What an answer costs, and where it turns"))
    assert told.startswith("Say: this is what you pay.\nPoint at the crossing.")
    for wanted in ("requests per day 10,000", "https://example.org/knn?k=5", "Ask finance about the volume."):
        assert wanted in told


def test_lines_become_a_chart_and_tiles_a_picture_and_both_are_described(usual):
    chart = part(named(usual, "What an answer costs, and where it turns"), "Chart")
    assert chart.has_chart
    assert chart._element.nvGraphicFramePr.cNvPr.get("descr") == LINES.summary
    first = list(chart.chart.plots[0].series)[0]  # noqa: RUF015 - python-pptx's series cannot be iterated twice
    assert list(first.values) == [float(one) for one in LINES.checked_figure.data[0].y]
    picture = part(named(usual, "One picture per digit"), "Picture")
    assert picture._element.nvPicPr.cNvPr.get("descr") == TILES.summary
    assert picture.image.size[0] / (picture.width / 914_400) == pytest.approx(200, rel=0.01)


def test_the_charts_own_finding_stands_above_it_unless_it_is_the_headline(usual):
    slide = named(usual, "What an answer costs, and where it turns")
    assert part(slide, "Finding").text_frame.text == "Softmax is cheaper after 2,000 answers"
    same = Slide("k", "Softmax is cheaper after 2,000 answers.", LINES, "s", "n", "src")
    shown = opened(document(chapter(slides=(same,))))
    assert "Finding" not in [shape.name for shape in shown.slides[1].shapes]


def test_before_you_decide_has_questions_and_limits_and_the_whole_answers_in_its_notes(usual):
    slide = named(usual, "Before you decide")
    said, told = words_of(slide), notes(slide)
    assert "What does one answer cost?" in said
    assert "A good answer: They name time and memory." in said
    assert "They only talk of training." not in said
    assert "Worrying: They only talk of training." in told
    assert "We made these points." in part(slide, "Where this picture lies").text_frame.text


def test_many_limits_get_a_slide_of_their_own():
    shown = opened(document(chapter(limits=("A limit that takes a line of its own, and more. " * 3,) * 9)))
    assert "Where this picture lies" in titles(shown)


def test_hard_questions_are_a_table(usual):
    slide = named(usual, "What if they ask …")
    (table,) = (shape.table for shape in slide.shapes if shape.has_table)
    assert [cell.text for cell in table.rows[1].cells] == ["Which one should we take?", "Measure both."]


def test_what_is_traded_is_the_table_of_the_page(usual):
    slide = named(usual, "What you trade")
    (table,) = (shape.table for shape in slide.shapes if shape.has_table)
    cells = [[cell.text.strip() for cell in row.cells] for row in table.rows]
    assert cells == [["", "kNN", "Softmax"], ["To get ready", "Store the examples.", "Train once."]]


def test_the_brief_is_a_table_and_goes_on_when_it_is_long():
    fields = tuple((f"Field {n}", "What we know about it, in a sentence. " * 6) for n in range(12))
    shown = opened(document(brief=fields))
    pages = [slide for slide in shown.slides if slide.shapes.title.text.startswith("PM–engineer brief")]
    assert len(pages) > 1
    rows = [
        [cell.text for cell in row.cells]
        for slide in pages for shape in slide.shapes if shape.has_table for row in list(shape.table.rows)[1:]
    ]  # fmt: skip
    assert rows == [[name, text.strip()] for name, text in fields]
    assert not any("brief" in title for title in titles(opened(document())))


def test_the_last_slide_names_the_sources_and_us(usual):
    said = words_of(usual.slides[-1])
    for wanted in ("CS231n: the piles", "scikit-learn", "Made with Deep Learning for Product Managers"):
        assert wanted in said


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "", "https://a b", "//x.org"])
def test_only_addresses_of_the_web_become_links(link):
    shown = opened(document(chapter(link=link)))
    links = [rel for slide in shown.slides for rel in slide.part.rels.values() if rel.is_external]
    assert links == []


def test_the_web_address_is_the_only_link(usual):
    links = {rel.target_ref for slide in usual.slides for rel in slide.part.rels.values() if rel.is_external}
    assert links == {"https://example.org/knn?k=5"}


def test_every_slide_but_the_first_has_its_number(usual):
    kinds = [{one.placeholder_format.type for one in slide.placeholders} for slide in usual.slides]
    assert PP_PLACEHOLDER.SLIDE_NUMBER not in kinds[0]
    assert all(PP_PLACEHOLDER.SLIDE_NUMBER in one for one in kinds[1:])


def test_the_file_says_who_made_it_and_when_and_nothing_about_a_machine():
    file = deck(document())
    about = Presentation(io.BytesIO(file)).core_properties
    assert (about.title, about.author) == ("Returns", "Deep Learning for Product Managers")
    assert about.created.date() == about.modified.date() == MADE_ON
    assert about.last_modified_by == "Deep Learning for Product Managers"
    names = zipfile.ZipFile(io.BytesIO(file)).namelist()
    assert not [name for name in names if "printer" in name.lower() or "thumbnail" in name.lower()]
    assert "Macintosh" not in zipfile.ZipFile(io.BytesIO(file)).read("docProps/app.xml").decode()


def test_the_same_document_gives_the_same_bytes():
    assert deck(document()) == deck(document())


def test_the_themes_colours_and_fonts_are_ours():
    file = zipfile.ZipFile(io.BytesIO(deck(document())))
    master = file.read("ppt/slideMasters/_rels/slideMaster1.xml.rels").decode()
    theme = file.read("ppt/theme/" + re.search(r"theme/(theme\d+\.xml)", master)[1]).decode()
    for name, value in (
        ("dk1", "1B1E23"),
        ("accent1", "0072B2"),
        ("accent2", "D55E00"),
        ("accent4", "CC79A7"),
    ):
        assert f'<a:{name}><a:srgbClr val="{value}"/>' in theme
    assert '<a:majorFont><a:latin typeface="Georgia"/>' in theme


def test_a_chapter_without_slides_and_a_document_without_chapters_work():
    assert titles(opened(document(chapter(slides=())))) == [
        "Returns", "What you trade", "Before you decide", "What if they ask …", "Sources and links"
    ]  # fmt: skip
    assert titles(opened(Document("Nothing yet", (), MADE_ON))) == ["Nothing yet", "Sources and links"]


def test_a_sentence_too_long_for_its_slide_goes_on_with_nothing_lost():
    long = " ".join(f"word{n}" for n in range(400))
    slide = Slide("k", "A message", LINES, long, "n", "src")
    shown = opened(document(chapter(slides=(slide,))))
    pages = [page for page in shown.slides if page.shapes.title.text in ("A message", "A message, continued")]
    assert len(pages) > 1
    assert " ".join(part(page, "Sentence").text_frame.text.strip() for page in pages) == long


def test_a_headline_too_long_for_any_slide_is_whole_in_the_notes():
    headline = "A message that does not end " * 30
    shown = opened(document(chapter(slides=(Slide("k", headline, LINES, "s", "n", "src"),))))
    assert shown.slides[1].shapes.title.text.endswith("…")
    assert headline.strip() in notes(shown.slides[1])


def full_of(text: str) -> Document:
    slide = Slide("k", text, LINES, text, text, text, ((text, text),), text)
    asked = (Advice(text, text, text),) * 4
    own = chapter(
        headline=text, decision=text, slides=(slide,), so_what=text, ask_engineers=asked,
        what_if_asked=(HardQuestion(text, text),) * 3, limits=(text,) * 3, sources=((text, text),), link=text,
    )  # fmt: skip
    return Document(text, (own, own), MADE_ON, ((text, text),) * 3)


TEXTS = {
    "empty": "",
    "usual": "A sentence of quite usual length, as our lessons have it. ",
    "long": "This sentence has about sixty letters, so it is quite usual. " * 12,
    "one word": "x" * 900,
    "wide": "深層学習は楽しい。" * 40,
    "right to left": "مرحبا بالعالم " * 30,
    "faces": "👩‍🚀🏳️‍🌈 " * 60,
    "control": "a\x00b\x0bc\x1f\ud800\ufffe <&>\"'** **\n\t]]>",
}


@pytest.mark.parametrize("name", TEXTS)
def test_any_text_stays_on_its_slide(name):
    shown = opened(full_of(TEXTS[name]))
    for slide in shown.slides:
        for shape in everything(slide):
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= shown.slide_width + POINT
            assert shape.top + shape.height <= shown.slide_height + POINT
        for shape in slide.shapes:
            if shape.has_text_frame and shape.name != "Slide number":
                assert taken(shape) <= shape.height / POINT + 1, (name, shape.name)
            if shape.has_table:
                assert (shape.top + shape.height) / 914_400 <= 6.78


def taken(shape) -> float:
    """Points that the words of a shape take, by our own measure."""
    paragraphs = []
    for paragraph in shape.text_frame.paragraphs:
        spans = tuple(letters.Span(run.text, bold=bool(run.font.bold)) for run in paragraph.runs)
        sizes = [run.font.size.pt for run in paragraph.runs if run.font.size] or [28]
        after = paragraph.space_after.pt if paragraph.space_after else 0
        paragraphs.append(letters.Words(spans, sizes[0], after))
    return letters.height(paragraphs, shape.width / POINT)


def test_nothing_is_smaller_than_twelve_points_and_no_placeholder_is_left_open(usual):
    for slide in usual.slides:
        for shape in everything(slide):
            if shape.is_placeholder:
                assert shape.text_frame.text.strip()
            for paragraph in shape.text_frame.paragraphs if shape.has_text_frame else ():
                assert all(run.font.size is None or run.font.size.pt >= 12 for run in paragraph.runs)


def test_control_characters_are_left_out():
    shown = opened(document(title="a\x00b\x0bc"))
    assert titles(shown)[0] == "abc"


def test_a_picture_without_data_still_makes_a_slide():
    empty = Slide("k", "h", Picture({}, "nothing", pd.DataFrame()), "s", "n", "src")
    shown = opened(document(chapter(slides=(empty,))))
    assert part(shown.slides[1], "Picture")._element.nvPicPr.cNvPr.get("descr") == "nothing"


def test_words_are_cut_at_a_space_and_never_lost_in_two():
    words = letters.sentence("one **two three** four five", 20)
    first, rest = letters.split(words, 90, 1)
    assert letters.lines(first, 90) == 1
    assert first.text + rest.text == "one two three four five"
    assert [span.bold for span in rest.spans if "three" in span.text] == [True]
