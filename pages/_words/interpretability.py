"""The words of "Interpretability trade-offs" that no later scene moves, and those of its opening scene."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dl_core.decide.amounts import in_percent, money
from dl_core.documents.content import Advice, HardQuestion
from dl_core.interpretability.board import (
    CASES,
    Board,
    Row,
    gain_in_words,
    give_or_take,
    is_beaten,
    price_at,
    price_in_words,
    story,
    verdict_in_words,
)
from dl_core.interpretability.leaks import Leak
from dl_core.interpretability.question import at_rest
from dl_core.numbers_in_words import bytes_in_words, listed, percent, seconds_in_words
from dl_core.running_case import Case
from pages._shared.lesson import Option, Predict, Question, Source, Table
from pages._shared.typeset import markdown_table

BYTES = 8  # that a number takes

HEADLINE = "Price the readable model before you give it up"
DECISION = "whether you need a readable model, an explanation, or an appeal."


def because(told: Board) -> str:
    """What the loans say, whatever the reader looks at now."""
    board = story(at_rest())
    return f"We measured seven models on {CASES * 2:,} made loans. {price_in_words(board)} {_meaning(board)}"


def _meaning(board: Board) -> str:
    assert board.price is not None  # a committed run is never stopped
    return {
        "free": "That range holds zero, and nothing in it is large.",
        "open": "That range holds zero, and is wide.",
        "dearer": "That range lies above zero.",
        "cheaper": "That range lies below zero.",
    }[board.price.verdict]


PREDICT = Predict(
    question="On our loans, what does a model cost that a person can check?",
    options=("A lot of accuracy", "Nothing we can measure", "It cannot be measured"),
    right="Nothing we can measure",
    because=because,
)


def board_headline(told: Board) -> str:
    """The opening scene's message."""
    return verdict_in_words(told) if told.price else "Nothing is measured yet"


def so_what(told: Board, case: Case) -> str:
    """The price at the reader's volume and the case's own prices: those of the picture are its table's."""
    volume = f"You judge about {case.per_day:,} {case.items} a day (our assumption)."
    if told.price is None:
        return f"{volume} Nothing is measured yet, so nobody can say what the readable model would cost you."
    times = case.per_day / CASES
    here = price_at(replace(told.settings, miss=case.miss_costs, false_alarm=case.alarm_costs, own_bar=None))
    low, high = money(here.money.low * times), money(here.money.high * times)
    return (
        f"{volume} Say a miss costs {money(case.miss_costs)}, because {case.miss}, and a false alarm "
        f"{money(case.alarm_costs)}. If they were like these {told.settings.table.items}, the readable model "
        f"would cost between {low} and {high} a day more than the other. Below zero, it saves. "
        "Measure your own table."
    )


def trade_offs() -> Table:
    """What each choice buys, with the prices of the made loans as the page opens."""
    board = story(at_rest())
    assert board.price is not None  # a committed run is never stopped
    tree = next(row for row in board.rows if row.kind.key == "tree")
    items = board.settings.table.items
    return (
        ("You choose", "You gain", "You pay"),
        (
            "A small tree", "Three questions check any answer.",
            f"{give_or_take(tree.behind, '${}')} more than the best, in {CASES:,} {items}.",
        ),
        (
            "Weights or curves: logistic regression, EBM", "A person can add up any answer.",
            f"{give_or_take(board.price.money, '${}')} in {CASES:,} {items}, against the best unreadable model.",
        ),
        (
            "An unreadable model, explained", "It can find patterns that sums miss.",
            "The explanation is an estimate. Somebody must check it.",
        ),
        ("Leaving the protected column out", "No model looks at it.", "Other columns can give it away."),
        ("An appeal to a person", "Wrong answers can be put right.", "Hours of work, every day."),
    )  # fmt: skip


ASK_ENGINEERS = (
    Advice(
        "What does the readable model cost on our data?",
        "They measured both on the same rows. They give the difference with a range, and in money.",
        "“Everybody uses the other kind.” Nobody tried.",
    ),
    Advice(
        "Is the explanation the computation, or an estimate of it?",
        "They say which. For an estimate they show how far two runs differ.",
        "“The tool shows the reasons.” It shows no range.",
    ),
    Advice(
        "When is each column filled in?",
        "All of them are known on the day we decide. One owner for each column says so.",
        "One column tells nearly everything, and the team is glad.",
    ),
    Advice(
        "Who set the bar, and at which prices?",
        "Both mistakes have a price in money. A named person owns it.",
        "“It stands at 50 %, that is the default.”",
    ),
    Advice(
        "What can a person do who gets a no?",
        "They learn what would have changed the answer. They can reach a human who may change it.",
        "“The score is secret.” Nobody may overrule it.",
    ),
)


def what_if_asked(told: Board) -> tuple[HardQuestion, ...]:
    """What a room asks, answered with this board's own figures."""
    return (
        HardQuestion("Why not take the most accurate model?", _most_accurate(told)),
        HardQuestion(
            "Can we not explain the unreadable one instead?",
            "We can estimate how far each column moved its score. "
            "An estimate can be wrong. So somebody must check it, and that costs time too.",
        ),
        HardQuestion(
            "Does the law demand a readable model?",
            "Rules differ by place and use. Many ask for reasons that a person can follow, and a way to object. "
            "The legal box has the sources. Ask counsel.",
        ),
        HardQuestion("Is a model worth it at all?", _worth_it(told)),
        HardQuestion(
            "Can we leave the sensitive column out?",
            "We can, and the gap may stay. Other columns can give it away, as the district does for our made loans. "
            "Measure the gap before and after.",
        ),
    )


def _most_accurate(told: Board) -> str:
    if told.price is None:
        return "Nobody has measured yet which one that is. Let the training end first."
    price = told.price
    return (
        f"{price.readable.kind.name} is the best readable one, {price.other.kind.name.lower()} the best other. "
        f"The first costs {give_or_take(price.money, '${}')} more in {CASES:,} {told.settings.table.items}."
    )


def _worth_it(told: Board) -> str:
    if told.saved is None:
        return "Nobody has measured it yet. Let the training end first, then ask again."
    return f"{gain_in_words(told)} That holds at these prices and this bar."


WHERE_IT_LIES = (
    "The loans are made by a rule of ours. Real loans have more columns, more gaps and more surprises.",
    "The best readable and the best other model are picked on the rows that price them. "
    "So both look a little better than they are.",
    "Nobody tuned the seven models. With care each could do better, and the price could move either way.",
    "A tie means that these rows cannot tell two models apart. It does not prove them equal.",
    "The ranges allow for other rows of the same kind. They do not allow for a world that changes.",
    "A miss costs the same here for every case, and so does a false alarm. In life they differ.",
)

QUIZ = (
    Question(
        "The unreadable model is ahead, by less than the range. What do you say?",
        (
            Option("Take it: it is ahead.", "Ahead by less than the range is a tie. Other rows could turn it."),
            Option(
                "Take the readable one, unless more rows speak against it.",
                "Nothing measured speaks for the other. And a person can check the readable one.",
                right=True,
            ),
            Option("They are proven equal.", "A tie says that we cannot tell. More rows may show a gap."),
        ),
    ),
    Question(
        "One column alone tells the answer nearly perfectly. What now?",
        (
            Option("Great: keep it.", "It may be filled in after the answer is known. Then it is empty on the day."),
            Option(
                "Ask when it is filled in, and by whom.",
                "If that is later than the decision, leave it out and measure again.",
                right=True,
            ),
            Option("Delete it at once.", "It may be honest: some things are plain to see. Ask first."),
        ),
    ),
    Question(
        "For a refusal the tool names income first. May you say that more income would help?",
        (
            Option("Yes: the tool said so.", "It says what moved this score. It does not say what would change the answer."),
            Option(
                "Only once you asked the model about that case with more income.",
                "Then you know what this model would answer. The world may still differ.",
                right=True,
            ),
            Option("No: such tools are always wrong.", "For a readable model the parts are the computation itself."),
        ),
    ),
)  # fmt: skip

MATHS = r"""
**The bar.** With $C_m$ for a miss and $C_f$ for a false alarm, letting a case through risks $p\,C_m$ and holding it back
$(1 - p)\,C_f$. Both are equal at $p = C_f / (C_m + C_f)$. That is the cheapest bar, if $p$ is right.

**The money.** In a fold of $n$ rows with $m$ misses and $f$ false alarms: $1000\,(m\,C_m + f\,C_f) / n$.

**Five folds, twice.** The rows are dealt into five piles. Each model learns from four and is asked about the fifth, in turn.
A second deal does it again. So each row is asked about twice, always by a model that never saw it.

**The range.** With ten values $d_i$ of mean $\bar d$ and variance $s^2$, the 95 % range is
$\bar d \pm t_{9}\sqrt{\left(\tfrac{1}{10} + \tfrac{1}{4}\right) s^2}$, $t_9 = 2.262$. Training piles share rows; the
$\tfrac{1}{4}$, asked rows over learned ones, allows for it. Two models are compared by $d_i$, their difference on pile $i$.

**Pairs ranked right (AUC).** Of all pairs of a bad and a fine case, the share where the bad one got the higher $p$. A tie counts half.

**A leak.** A column is named when it alone ranks 99.5 % of held-out pairs right, and the others together fewer than 98 %.
"""

SOURCES = (
    Source(
        "C. Nadeau and Y. Bengio, “Inference for the generalization error” (2003)",
        "the range over folds that share rows",
    ),
    Source("C. Elkan, “The foundations of cost-sensitive learning” (2001)", "the bar from two prices"),
    Source(
        "C. Rudin, “Stop explaining black box machine learning models for high stakes decisions” (2019)",
        "the price of a readable model is often nil on tables, so measure it",
    ),
    Source(
        "Y. Lou, R. Caruana and J. Gehrke, “Intelligible models for classification and regression” (2012)",
        "the EBM: one curve a column",
    ),
    Source(
        "H. Nori and others, “InterpretML: a unified framework” (2019)",
        "the EBM as we use it, interpret-core",
    ),
    Source("F. Pedregosa and others, “Scikit-learn” (2011)", "the other six models, and three of the tables"),
    Source(
        "J. Hanley and B. McNeil, “The meaning and use of the area under a ROC curve” (1982)",
        "AUC as pairs ranked right",
    ),
    Source(
        "S. Kaufman and others, “Leakage in data mining” (2012)",
        "columns that are filled in after the answer",
    ),
    Source(
        "F. Poursabzi-Sangdeh and others, “Manipulating and measuring model interpretability” (2021)",
        "people can miss big mistakes of clear models",
    ),
    Source("W. Wolberg and others, Breast cancer Wisconsin (1995)", "the samples of breast tissue"),
    Source("B. Efron and others, “Least angle regression” (2004)", "the diabetes patients"),
    Source("S. Aeberhard and M. Forina, Wine (1991)", "the wines"),
)

BOARD_LEAD = (
    "A model is **readable** when a person can check an answer with the model’s own parts. "
    "Here seven models answer for the same rows, and each answer comes from a model that never saw the row. "
    "Each mistake has your price."
)
BOARD_SOURCE = (
    "Made home loans, open tables or your own; seven untuned models, five folds twice, 95 % ranges."
)
BOARD_NOTES = (
    "Say: people expect to pay for a model that they can read. So we measured it, in money. "
    "Each bar is what a model’s mistakes cost, on rows it never saw. "
    "Point at the blue bars, which a person can check, then at the hatched ones, which nobody can. "
    "The dotted line is the cheapest way to do without a model. "
    "Expect the question whether that holds for our data. It has to be measured there: "
    "load the table, set the two prices, and read the range before the difference."
)

OWN_HINT = (
    "A CSV file up to 5 MB, with 2 to 20 columns of numbers and one answer. Do not upload people or customer data. "
    "It stays in memory for your visit only, is never stored, and is not in the link."
)
OWN_NOTHING_YET = "Until you choose a file, the page shows the made loans."
OWN_REMARKS = "What we did with your file ({})"
OWN_COLUMNS = (  # label and help: left out, protected, fixed
    ("Leave out", "No model sees these."),
    ("Protected by law", "Such as age or sex. The fairness scenes look at them."),
    ("Cannot be changed", "No advice will ask to change these."),
)


def leak_in_words(leak: Leak) -> str:
    """Which column gives the answer away, and what to ask."""
    names = listed([f"“{name}”" for name in leak.columns])
    lowest = percent(min(leak.alone))
    if len(leak.columns) == 1:
        first = f"{names} alone ranks {lowest} of pairs right."
    else:
        first = f"{names} each rank {lowest} of pairs right or more."
    return (
        f"**This looks like a leak.** {first} All other columns together reach {percent(leak.together)}. "
        "Ask when it is filled in. If that is after the answer is known, leave it out."
    )


def _by_cost(told: Board) -> list[Row]:
    return sorted(told.rows, key=lambda row: row.cost.value)


def _scores(told: Board) -> str:
    """Money and shares of each model with its range, and of two ways to do without one."""
    rows = [
        (
            f"**{row.kind.name}**" if row.is_best else row.kind.name,
            give_or_take(row.cost, "${}"),
            f"{_points(100 * row.ranked.value)} ± {_points(100 * row.ranked.half)} %",
            f"{_points(100 * row.right.value)} ± {_points(100 * row.right.half)} %",
        )
        for row in _by_cost(told)
    ]
    share = told.settings.table.bad_share
    rows += [
        ("Hold back everybody", money(told.everybody), "50 %", f"{_points(100 * share)} %"),
        ("Hold back nobody", money(told.nobody), "50 %", f"{_points(100 * (1 - share))} %"),
    ]
    head = ("Model", f"Lost in {CASES:,}", "Ranked right", "Right answers")
    return (
        f"{markdown_table([head, *rows])}\n\n**Ranked right**: of a bad and a fine case, how often the bad one gets the higher risk. "
        "Engineers call it AUC. Both shares ignore your prices. What follows ± is the 95 % range."
    )


def _points(value: float) -> str:
    return f"{value:.1f}"


def _takes(told: Board) -> str:
    """Time and size of each model."""
    rows = [
        (
            row.kind.name, seconds_in_words(row.seconds), seconds_in_words(row.microseconds / 1e6),
            bytes_in_words(BYTES * row.size),
        )
        for row in _by_cost(told)
    ]  # fmt: skip
    return markdown_table([("Model", "To train", "One answer", "It keeps"), *rows])


def _reads(told: Board) -> str:
    """What each model's answer is explained with."""
    rows = [
        (
            row.kind.name, "exact" if row.kind.is_exact else "approximate", row.kind.explanation,
            row.kind.reads,
        )
        for row in _by_cost(told)
    ]  # fmt: skip
    return markdown_table([("Model", "Explanation", "It consists of", "To check one answer, read"), *rows])


# name of the tab, and what stands in it
BOARD_TABLES: tuple[tuple[str, Callable[[Board], str]], ...] = (
    ("Scores", _scores),
    ("Time and size", _takes),
    ("What you read", _reads),
)


def board_tells(told: Board) -> dict[str, str]:
    """What the engineers' sheet learns from the leaderboard."""
    asked, items = told.settings, told.settings.table.items
    prices = f"A miss costs {money(asked.miss)}, a false alarm {money(asked.false_alarm)}; bar at {in_percent(100 * asked.bar)}."
    baseline = f"In {CASES:,} {items}, {told.baseline} loses {money(told.without)}."
    found = {"Error cost": prices, "Baseline": baseline}
    if told.price is None:
        return found
    readable = told.price.readable
    verdict = "" if is_beaten(told) else f" {verdict_in_words(told)}."
    return found | {
        "Metric": f"Money lost to mistakes, on rows the model never saw: {give_or_take(readable.cost, '${}')} "
        f"in {CASES:,} {items} with {readable.kind.name}.",
        "Explanation": f"{price_in_words(told)}{verdict}",
        "Latency": f"{readable.kind.name} answers in {seconds_in_words(readable.microseconds / 1e6)}.",
    }
