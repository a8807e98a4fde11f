"""The glossary holds every word that the pages mark, and the pages mark every word that it holds."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from dl_core.glossary import TERMS, find, like, plain, search
from dl_core.glossary_terms.term import Term
from pages._shared import catalogue
from pages._shared.terms import linked
from tests.readability import sentences, words

ROOT = Path(__file__).parents[1]
LESSONS = {entry.name for entry in catalogue.LESSONS}
# What the articles' own lists name: the 27 terms of one, and what the others add.
OF_ARTICLE_B = """\
neural network, deep neural network, deep learning, perceptron, threshold function, logistic regression,
activation function, forward propagation, backpropagation, gradient descent, vectorisation, SGD, batch,
mini-batch, vanishing gradient, RNN, long-range dependencies, MLP, fully connected layer, transfer
learning, CNN, convolutional layer, pooling layer, NLP, Transformer, positional encoding, attention"""
OF_THE_OTHERS = """\
feature, label, weight, bias, parameter, hyper-parameter, epoch, learning rate, lasso, ridge,
overfitting, generalisation, softmax, sigmoid, tanh, ReLU, score, logit, embedding, bag of words, convex,
minimum, saddle, calibration, threshold, precision, recall, confusion matrix, base rate, drift, baseline,
fine-tune, inference, latency"""
# Words in bold that are no terms: answers, choices, names, and what a sentence leans on.
EMPHASISED = {
    "a pixel", "against", "average", "build", "buy", "changing the model", "first", "for",
    "lose", "measure yours", "moving the bar", "new start", "none of these", "rather than",
    "same start", "take more", "take more photos", "the answer counts",
}  # fmt: skip
BOLD = re.compile(r"\*\*([^*\n]+)\*\*")
LONGEST_TERM = 3  # words; more of them in bold are a statement


def told(file: Path) -> list[str]:
    """The texts in a source file; what is computed stands in braces."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    scopes = [n for n in ast.walk(tree) if isinstance(n, ast.Module | ast.FunctionDef | ast.ClassDef)]
    inside = {id(n.body[0].value) for n in scopes if n.body and isinstance(n.body[0], ast.Expr)}  # docstrings
    found = []
    for node in ast.walk(tree):
        if id(node) in inside:
            continue
        if isinstance(node, ast.JoinedStr):
            inside |= {id(part) for part in node.values}
            parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in node.values]
            found.append("".join(map(str, parts)))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.append(node.value)
    return found


def may_be_a_term(bold: str) -> bool:
    """Not a heading, which ends with a stop; not a figure; not a statement."""
    return not re.search(r"[.:?!…,{}\d“”]", bold.replace("L1", "").replace("L2", "")) and (
        len(bold.split()) <= LONGEST_TERM
    )


@cache
def marked() -> dict[str, frozenset[str]]:
    """Bold phrase that may be a term → files that mark it."""
    files = [*(ROOT / "pages").rglob("*.py"), *(ROOT / "dl_core").rglob("*.py")]
    files = [f for f in files if not {"offline", "documents"} & set(f.parts)]
    found: dict[str, set[str]] = {}
    for file in files:
        for text in told(file):
            for bold in BOLD.findall(text):
                if may_be_a_term(bold):
                    found.setdefault(bold, set()).add(str(file.relative_to(ROOT)))
    return {bold: frozenset(names) for bold, names in found.items()}


def test_bold_words_are_found_in_a_source():
    here = [bold for text in told(Path(__file__)) for bold in BOLD.findall(text)]
    assert "Softmax" in here  # in the last test below
    assert [may_be_a_term(each) for each in ("drift", "Size.", "9 of 10", "L2", "this is no term")] == [
        True, False, False, True, False,
    ]  # fmt: skip


def test_every_marked_word_is_a_term_or_known_to_be_none():
    unknown = {bold for bold in marked() if not find(bold) and plain(bold) not in EMPHASISED}
    assert {bold: sorted(marked()[bold]) for bold in unknown} == {}


def test_the_list_of_emphasised_words_names_no_term_and_no_word_that_is_gone():
    assert [word for word in EMPHASISED if find(word)] == []
    assert EMPHASISED - {plain(bold) for bold in marked()} == set()


def by_term() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {term.key: set() for term in TERMS}
    for bold, files in marked().items():
        if term := find(bold):
            found[term.key] |= files
    return found


def test_every_term_is_marked_on_its_own_page():
    def at_home(term: Term, file: str) -> bool:
        places = (f"pages/_words/{term.page}", f"pages/_controls/{term.page}", f"dl_core/{term.page}")
        return file.startswith(places)

    away = [t.key for t in TERMS if not any(at_home(t, file) for file in by_term()[t.key])]
    assert away == []


@pytest.mark.parametrize("listed", [OF_ARTICLE_B, OF_THE_OTHERS], ids=["B", "others"])
def test_every_word_that_the_articles_teach_is_here(listed):
    names = [" ".join(name.split()) for name in listed.split(",")]
    assert len(names) in (27, 34)
    assert [name for name in names if not find(name)] == []


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.key)
def test_a_term_is_told_in_a_few_plain_words(term):
    assert term.meaning.endswith(".")
    assert len(sentences(term.meaning)) == 1
    assert len(term.meaning.split()) <= 12
    assert term.example[-1] in ".”"
    assert len(sentences(term.example)) == 1
    assert len(words(term.example)) <= 25
    assert len(sentences(term.clash)) == bool(term.clash)
    assert term.page in LESSONS
    assert re.fullmatch(r"[a-z0-9-]+", term.key)
    assert plain(term.name) not in map(plain, term.also)


def test_the_order_is_that_of_the_alphabet_and_no_name_stands_for_two_terms():
    assert [plain(term.name) for term in TERMS] == sorted(plain(term.name) for term in TERMS)
    names = [n for t in TERMS for n in {plain(each) for each in (t.key, t.name, *t.forms)}]
    assert sorted(set(names)) == sorted(names)
    assert all(find(name) for name in names)


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("bias", "unfairness"),
        ("L1", "a distance, a loss or a price"),
        ("L2", "a distance, a loss or a price"),
        ("SGD", "one example"),
        ("SGD", "a mini-batch"),
        ("Transformer", "called every layer a transformer"),
        ("parameter", "a hyper-parameter is chosen"),
        ("hyper-parameter", "A parameter is learned"),
        ("accuracy", "precision"),
        ("precision", "Accuracy"),
        ("layer", "“3-layer”"),
    ],
)
def test_words_that_people_use_in_two_ways_say_so(name, part):
    assert part in find(name).clash


def test_a_term_that_says_too_much_or_nothing_is_refused():
    for meaning in ("", "one two three four five six seven eight nine ten eleven twelve thirteen."):
        with pytest.raises(ValueError, match="meaning of “x”"):
            Term("x", "x", meaning, "One sentence.", "start")
    with pytest.raises(ValueError, match="needs a key"):
        Term("x", "x", "A meaning.", "One sentence.", "")


def names(found: tuple[Term, ...]) -> list[str]:
    return [term.name for term in found]


def test_search_looks_at_names_other_names_and_meanings_blind_to_capitals_and_accents():
    assert search("") == search("  ") == TERMS
    assert names(search("SÓFTMAX"))[0] == "softmax"
    assert names(search("false negative")) == ["miss"]
    assert names(search("negative false")) == ["miss"]
    assert "latency" in names(search("wait"))
    assert names(search("rnn")) == ["recurrent network"]


def test_what_begins_with_the_query_comes_first():
    assert names(search("bat"))[0] == "batch"
    assert names(search("re"))[:3] == ["readable", "recall", "recipe"]


def test_nonsense_finds_nothing_and_breaks_nothing():
    for query in ("xyzzy", "<b>", "[a](b)", "\\", "💡" * 40, "ﷺ"):
        assert search(query) == ()
        assert find(query) is None
    assert like("xyzzy") == ()
    assert names(like("regularizaton")) == ["regularisation"]


def test_a_marked_term_becomes_a_link_and_nothing_else_does():
    text = "A **Softmax**, a **cat** and *softmax*. **Softmax.** **two\nlines**"
    once = linked(text)
    assert once == text.replace("**Softmax**,", "**[Softmax](glossary?term=softmax)**,")
    assert linked(once) == once
