import re
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from dl_core import logic_gates
from dl_core.logic_gates import CIRCUITS, CORNERS, GATES, OWN, PRESETS, Settings, nands, story, takeaway
from tests.readability import sentences, words

lawful = settings(deadline=None, derandomize=True, max_examples=100)
numbers = st.floats(-10, 10).map(lambda w: round(w, 2))


@pytest.mark.parametrize(
    ("gate", "truth"),
    [("AND", lambda a, b: a and b), ("OR", lambda a, b: a or b), ("NAND", lambda a, b: not (a and b)),
     ("XOR", lambda a, b: a != b)],
)  # fmt: skip
def test_the_truth_tables_are_those_of_python(gate, truth):
    assert logic_gates.WANTED[gate] == tuple(int(truth(a, b)) for a, b in CORNERS)


def test_three_gates_are_one_neuron_each_with_the_published_weights():
    # N15: AND 1, 1, −1.5 gives −1.5, −0.5, −0.5, 0.5; OR 1, 1, −0.5 gives −0.5, 0.5, 0.5, 1.5;
    # NAND −2, −2, 3 gives 3, 1, 1, −1
    assert [logic_gates.weighted(OWN["AND"], *corner) for corner in CORNERS] == [-1.5, -0.5, -0.5, 0.5]
    assert [logic_gates.weighted(OWN["OR"], *corner) for corner in CORNERS] == [-0.5, 0.5, 0.5, 1.5]
    assert [logic_gates.weighted(OWN["NAND"], *corner) for corner in CORNERS] == [3, 1, 1, -1]
    assert tuple(logic_gates.fires(OWN["NAND"], *corner) for corner in CORNERS) == (1, 1, 1, 0)
    for gate in ("AND", "OR", "NAND"):
        assert story(Settings(gate, "one neuron", *OWN[gate])).n_right == 4


def test_four_nands_make_xor_with_these_values_on_the_way():
    # p = not(a and b), q = not(a and p), r = not(b and p), out = not(q and r)
    # 00: 1 1 1, so 0 · 01: 1 1 0, so 1 · 10: 1 0 1, so 1 · 11: 0 1 1, so 0
    assert [nands("XOR", *corner) for corner in CORNERS] == [
        (1, 1, 1, 0),
        (1, 1, 0, 1),
        (1, 0, 1, 1),
        (0, 1, 1, 0),
    ]


@pytest.mark.parametrize("gate", GATES)
def test_every_gate_can_be_built_from_nands(gate):
    shown = story(Settings(gate, "NAND neurons"))
    assert shown.n_right == 4
    assert shown.n_neurons == len(CIRCUITS[gate])


def parted_by_a_line(answers):
    """Whether any line does it, asked of a solver: margins of 1 on both sides."""
    signs = 2 * np.array(answers) - 1
    rows = -signs[:, None] * np.column_stack([np.array(CORNERS), np.ones(4)])
    return linprog(np.zeros(3), A_ub=rows, b_ub=-np.ones(4), bounds=[(None, None)] * 3).success


@pytest.mark.parametrize("answers", list(product((0, 1), repeat=4)), ids=str)
def test_the_search_finds_every_answer_that_any_line_can_give(answers):
    assert (answers in logic_gates.line_answers()) == parted_by_a_line(answers)


def test_the_best_line_for_xor_makes_one_mistake():
    assert [logic_gates.best_of_a_line(gate) for gate in GATES] == [4, 4, 4, 3]
    assert story(Settings()).n_right == 3


@lawful
@given(numbers, numbers, numbers)
def test_no_neuron_does_xor_because_opposite_corners_add_up_to_the_same(a, b, bias):
    none, second, first, both = (
        row.values[0] for row in story(Settings("XOR", "one neuron", a, b, bias)).rows
    )
    assert none + both == pytest.approx(first + second, abs=1e-6)
    assert story(Settings("XOR", "one neuron", a, b, bias)).n_right <= 3


def test_the_reader_sees_why_with_his_own_numbers():
    # weights 1, 1, −0.5: sums −0.5, 0.5, 0.5, 1.5
    assert "−0.5 + 1.5 = 0.5 + 0.5" in takeaway(story(Settings()))
    assert "No single neuron can" in takeaway(story(PRESETS["XOR, four NANDs"]))
    assert "weights 1 and 1 with a bias of −0.5 do it" in takeaway(
        story(Settings("OR", "one neuron", -1, 1, 0))
    )


@lawful
@given(st.sampled_from(GATES), st.sampled_from(logic_gates.PARTS), numbers, numbers, numbers)
def test_no_setting_makes_a_long_sentence_or_a_broken_number(gate, parts, a, b, bias):
    told = takeaway(story(Settings(gate, parts, a, b, bias)))
    assert not re.search(r"nan|inf|\de[+−-]?\d|-\d", told)
    assert max(len(words(each)) for each in sentences(told)) <= 25


@pytest.mark.parametrize(
    "chosen", [{"gate": "NOR"}, {"parts": "ORs"}, {"weight_a": 10.5}, {"bias": float("nan")}], ids=str
)
def test_nonsense_is_refused(chosen):
    with pytest.raises(ValueError, match=r"choose|built from"):
        Settings(**chosen)
