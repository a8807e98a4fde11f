from dataclasses import dataclass

from pages._shared.card import decision_card
from pages._shared.lesson import Ask, Lesson, Predict


@dataclass(frozen=True)
class Settings:
    learning_rate: float = 0.3


def lesson() -> Lesson:
    return Lesson(
        name="x", headline="Steps can be too long", decision="how long a step is.",
        predict=Predict("?", ("a",), "a", lambda result: ""), scenes=(), so_what=lambda result, case: "",
        trade_offs=(), ask_engineers=(Ask("Who chose the rate?", "", ""),), where_it_lies=("A toy.",),
        quiz=(), maths="", sources=(),
    )  # fmt: skip


def test_the_card_holds_settings_sentence_limits_and_link():
    card = decision_card(lesson(), Settings(), "At these settings it settles.", "http://host/x?rate=0.3")
    assert card.startswith("# Steps can be too long\n")
    for part in (
        "- learning rate: 0.3",
        "At these settings it settles.",
        "- A toy.",
        "- Who chose the rate?",
        "http://host/x?rate=0.3",
    ):
        assert part in card


def test_no_link_no_line():
    assert "same picture" not in decision_card(lesson(), Settings(), "It settles.", "")
