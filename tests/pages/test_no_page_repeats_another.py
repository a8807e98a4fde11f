"""No page says a sentence that another page has said: it sends the reader there instead."""

from collections import defaultdict
from collections.abc import Iterator

from pages._shared import catalogue
from pages._shared.lesson import Lesson
from pages._shared.lessons import lesson
from tests.readability import sentences, words

LESSONS = [entry.name for entry in catalogue.LESSONS]
LONG = 8  # words: shorter ones, such as an order to a presenter, may come again


def unmoved(one: Lesson) -> Iterator[str]:
    """The lesson's words that no setting moves; not whose data they are, which pages may share."""
    yield from (one.headline, one.decision, one.predict.question, one.maths, *one.where_it_lies)
    yield from one.corrections
    for scene in one.scenes:
        yield from (scene.lead, scene.notes)
    for row in one.traded:
        yield from row
    for advice in one.ask_engineers:
        yield from (advice.question, advice.good, advice.worrying)
    for question in one.quiz:
        yield question.text
        for option in question.options:
            yield from (option.text, option.why)


def spoken(texts: Iterator[str]) -> set[tuple[str, ...]]:
    """Long sentences as bare words, so that no comma makes two of one."""
    every = (tuple(word.lower() for word in words(told)) for text in texts for told in sentences(text))
    return {told for told in every if len(told) >= LONG}


def test_no_sentence_stands_on_two_pages():
    pages = defaultdict(list)
    for name in LESSONS:
        said = spoken(unmoved(lesson(name)))
        assert len(said) > 20, f"{name} was not read"
        for told in said:
            pages[told].append(name)
    assert {" ".join(told): names for told, names in pages.items() if len(names) > 1} == {}


def test_no_two_pages_ask_or_claim_the_same():
    """Headlines, decisions, guesses, quiz questions and questions to engineers, however short."""
    asked = defaultdict(set)
    for name in LESSONS:
        one = lesson(name)
        headings = (one.headline, one.decision, one.predict.question)
        for text in (*headings, *(q.text for q in one.quiz), *(a.question for a in one.ask_engineers)):
            asked[" ".join(words(text)).lower()].add(name)
    assert {text: names for text, names in asked.items() if len(names) > 1} == {}


def test_a_repeated_sentence_is_found_whatever_its_stops_and_capitals():
    first, second = (
        "Take the cheaper one, until more rows decide it.",
        "take the cheaper one until more rows decide it",
    )
    assert spoken(iter([first])) == spoken(iter([f"Measure. {second}!"]))
    assert spoken(iter(["Too short to count."])) == set()
