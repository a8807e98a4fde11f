"""Are you ready to decide? Twelve questions in seven heads, and which gap to close next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dl_core.numbers_in_words import listed

Answer = Literal["yes", "no", "not sure"]
ANSWERS: tuple[Answer, ...] = ("yes", "no", "not sure")
State = Literal["ready", "gap", "open"]


@dataclass(frozen=True)
class Question:
    """One thing to know before a launch."""

    key: str  # of its control, and in the visit
    head: str  # one of HEADS
    ask: str  # the question itself
    short: str  # what a yes means, in at most four words
    missing: str  # what is missing, as it follows "Next:"
    whom: str  # who can answer it


# Google's feasibility list for planners has five heads; the last two are what goes on after the launch
HEADS = ("Data", "Difficulty", "Quality", "Technical needs", "Cost", "When it is wrong", "After the launch")

QUESTIONS = (
    Question(
        "examples", "Data", "Do you hold examples like the cases to come?",
        "examples in hand", "find examples like the cases to come", "whoever owns the data",
    ),
    Question(
        "rights", "Data", "May these data be used for this?",
        "data may be used", "find out whether the data may be used", "your privacy or legal colleague",
    ),
    Question(
        "rule", "Difficulty", "Has somebody tried the simplest rule?",
        "simplest rule tried", "try the simplest rule first", "an engineer, for one day",
    ),
    Question(
        "people", "Difficulty", "Do two people who know the work give the same answers?",
        "people agree", "let two people label the same hundred cases", "the team that does the work today",
    ),
    Question(
        "beats", "Quality", "Does it beat today’s process on cases it never saw?",
        "beats today, measured", "measure it against today’s process", "your engineers, on held-back cases",
    ),
    Question(
        "fast", "Technical needs", "Is the answer there in time, where it is needed?",
        "answers in time", "measure how long one answer takes", "whoever runs the system around it",
    ),
    Question(
        "priced", "Cost", "Do you know what a miss and a false alarm cost?",
        "mistakes priced", "price a miss and a false alarm", "finance and customer service",
    ),
    Question(
        "years", "Cost", "Are three years priced, with the people who keep it running?",
        "three years priced", "price three years, people included", "finance and your engineers",
    ),
    Question(
        "notices", "When it is wrong", "Will somebody notice a wrong answer within a day?",
        "mistakes get noticed", "say who notices a wrong answer", "the people who work with its answers",
    ),
    Question(
        "appeal", "When it is wrong", "Can the person who is hit by it reach a human?",
        "people can appeal", "open a way to a human for those it hits", "customer service and legal",
    ),
    Question(
        "drift", "After the launch", "Is a fresh sample checked by people every month?",
        "fresh sample each month", "plan a monthly check on fresh cases",
        "your engineers and the review team",
    ),
    Question(
        "stop", "After the launch", "Is the number agreed at which you switch it off?",
        "stop number agreed", "agree on the number that switches it off", "whoever answers for the product",
    ),
)  # fmt: skip
KEYS = tuple(question.key for question in QUESTIONS)


@dataclass(frozen=True)
class Settings:
    """The reader's answers, and which of them the visit proposed.

    Raises
    ------
    ValueError
        If there is not one answer for each question, or one that nobody can give.
    """

    answers: tuple[str, ...] = ("not sure",) * len(QUESTIONS)  # one of ANSWERS each, as in QUESTIONS
    proposed: tuple[str, ...] = ()  # keys of the questions that the visit answered, not the reader

    def __post_init__(self) -> None:
        if len(self.answers) != len(QUESTIONS) or not set(self.answers) <= set(ANSWERS):
            raise ValueError(f"Give {len(QUESTIONS)} answers, each of them yes, no or not sure.")
        if not set(self.proposed) <= set(KEYS):
            raise ValueError("A proposal must belong to one of the questions.")


def _answers(**given: Answer) -> tuple[str, ...]:
    return tuple(given.get(key, "not sure") for key in KEYS)


PRESETS = {
    "A first idea": Settings(_answers(examples="yes", beats="no", stop="no")),
    "After a good pilot": Settings(
        _answers(
            examples="yes", rights="yes", rule="yes", people="yes", beats="yes", fast="yes", priced="yes",
            years="no", notices="not sure", appeal="no", drift="no", stop="no",
        )
    ),
    "Ready to launch": Settings(("yes",) * len(QUESTIONS)),
}  # fmt: skip


@dataclass(frozen=True)
class Head:
    """One head of the list and how far it is."""

    name: str  # one of HEADS
    asked: tuple[tuple[Question, str], ...]  # its questions, each with its answer

    @property
    def state(self) -> State:
        """A no makes it a gap; without one, what nobody is sure of leaves it open."""
        given = {answer for _, answer in self.asked}
        if "no" in given:
            return "gap"
        return "open" if "not sure" in given else "ready"


@dataclass(frozen=True)
class Ready:
    """Every head, and the next gap."""

    settings: Settings
    heads: tuple[Head, ...]  # in the order of HEADS

    def named(self, state: State) -> tuple[str, ...]:
        """The heads in this state."""
        return tuple(head.name for head in self.heads if head.state == state)

    def given(self, answer: str) -> tuple[Question, ...]:
        """The questions with this answer, in their order."""
        return tuple(question for head in self.heads for question, said in head.asked if said == answer)

    @property
    def next(self) -> Question | None:
        """What to do first: a known gap before what nobody is sure of; None where nothing is left."""
        left = self.given("no") or self.given("not sure")
        return left[0] if left else None


def story(settings: Settings) -> Ready:
    """Sort the answers under their heads.

    Parameters
    ----------
    settings
        The answers.

    Examples
    --------
    >>> told = story(PRESETS["After a good pilot"])
    >>> told.named("gap"), told.next.key
    (('Cost', 'When it is wrong', 'After the launch'), 'years')
    """
    pairs = tuple(zip(QUESTIONS, settings.answers, strict=True))
    return Ready(
        settings,
        tuple(
            Head(name, tuple((asked, said) for asked, said in pairs if asked.head == name)) for name in HEADS
        ),
    )


NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def heads_sentence(told: Ready) -> str:
    """Which heads are ready, which have a gap.

    Examples
    --------
    >>> heads_sentence(story(Settings()))
    'No part is ready yet.'
    >>> heads_sentence(story(PRESETS["After a good pilot"]))
    'Ready: Data, Difficulty, Quality and Technical needs.'
    """
    ready = told.named("ready")
    if len(ready) == len(HEADS):
        return "All seven parts are ready."
    return f"Ready: {listed(ready)}." if ready else "No part is ready yet."


def next_sentence(told: Ready) -> str:
    """The next gap to close, and who to ask.

    Examples
    --------
    >>> next_sentence(story(Settings()))
    'Find out first: do you hold examples like the cases to come? Ask whoever owns the data.'
    >>> next_sentence(story(PRESETS["A first idea"]))
    'Close this gap first: measure it against today’s process. Ask your engineers, on held-back cases.'
    """
    first = told.next
    if first is None:
        return "Start small, with the stop number on the wall, and ask again in a month."
    if told.given("no"):
        return f"Close this gap first: {first.missing}. Ask {first.whom}."
    return f"Find out first: {first.ask[0].lower()}{first.ask[1:]} Ask {first.whom}."


def takeaway(told: Ready) -> str:
    """Which heads are ready, what to do next, whom to ask, and what remains after it."""
    left = len(told.given("no")) + len(told.given("not sure")) - 1
    after = f" Then {NUMBERS[left]} more {'question' if left == 1 else 'questions'}." if left > 0 else ""
    return f"{heads_sentence(told)} {next_sentence(told)}{after}"
