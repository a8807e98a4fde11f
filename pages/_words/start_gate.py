"""The words of the start page's gate, and those of its lesson that no rule moves."""

from __future__ import annotations

from dl_core.documents.content import Advice, HardQuestion
from dl_core.numbers_in_words import bytes_in_words, number, seconds_in_words, so_many, two_figures
from dl_core.running_case import Case
from dl_core.start.gate import Gate, first_rule, share_in_words
from dl_core.start.published import EFFORTS, ROWS, RULE_OF_THUMB, TABLES
from dl_core.start.rules import Data
from dl_core.start.sides import IN_A_SENTENCE, NAMES, Entrant, Side, Way, load_run, side
from pages._shared.lesson import Option, Predict, Question, Source

HEADLINE = "Do we need machine learning, or will a rule do?"
DECISION = "whether a problem needs a rule, machine learning or deep learning."

JOINS = {"alone": "none", "and": "and", "or": "or"}
SAYS = {"table": "Say “malignant” if this", "pictures": "Say “an 8” if this"}
SECOND = "Second measurement"
THINGS: dict[Data, str] = {"table": "lumps", "pictures": "digits"}

GATE_LEAD = (
    "A **rule** is a line that a person writes. "
    "**Machine learning** finds the line in examples; **deep learning** does so in the many layers of a network. "
    "Here all answer the same real cases, so you can see what each step buys.\n\n"
    "Four of them learn. The linear model adds up weighted columns, and kNN asks the most similar cases. "
    "Boosted trees add up many short lists of yes-or-no questions; the network has one layer of neurons."
)


def gate_headline(told: Gate) -> str:
    """What the reader's side teaches."""
    one = told.yours
    if one.of("rule").verdict != "worse":
        return "Here a rule is enough: nothing clearly beats it"
    if one.plainest.way == "network":
        return "Here the network clearly beats all plainer ways"
    if told.settings.data == "pictures":
        return f"On pictures {'learning beats even this rule' if one.gain.value > 0.6 else 'a rule falls short, and learning wins'}"
    if one.gain.value >= 0.7:
        return "This table needs no deep learning: a rule goes far"
    return "This table needs learning, but no deep learning"


def because(told: Gate) -> str:
    """Who ties on the table."""
    table = told.sides[0]
    tied = [f"{IN_A_SENTENCE[one.way]} {one.of_thousand}" for one in _learned(table)]
    return (
        f"Wrong in 1,000: {', '.join(tied)}. Those gaps are small. "
        f"On {so_many(table.n, 'lump')} chance alone makes such gaps, so we call it a tie."
    )


def _n(data: Data) -> int:
    """Rows, as the run counts them: the page's first screen asks no rule for that."""
    return len(load_run()[data]["ways"]["knn"]["answers"])


def _of_thousand(data: Data, way: Way) -> int:
    """Mistakes in 1,000 of a way to learn."""
    return round(1000 * load_run()[data]["ways"][way]["wrong_in_each_deal"][0] / _n(data))


PREDICT = Predict(
    question=f"Four ways to learn meet on a table of {_n('table')} rows. Which one wins?",
    options=("The small neural network", "The linear model", "Nobody: all four tie"),
    right="Nobody: all four tie",
    because=because,
)

GATE_SOURCE = (
    "Breast lumps (UCI, 1995) and digits (UCI, 1998); each answered once by a model that never saw it."
)
GATE_NOTES = (
    "Say: both sides ask a yes-or-no question, and the grey bar is what you get for always saying no. "
    "Point at the red bar on the left: one line that anybody can read removes most mistakes. "
    "On the right the rule asks for two holes, and many real 8s have none. "
    "Learning is short on both sides, and the network no shorter than plainer ways. "
    "Expect the question whether our data look like the left or the right. Try the plain ways first, and measure."
)


def gate_tells(told: Gate) -> dict[str, str]:
    """The baseline of the engineers' sheet."""
    one = told.yours
    rule, always = one.of("rule"), one.of("always")
    return {
        "Baseline": f"On a practice set ({THINGS[one.rule.data]}) a hand rule is wrong on {rule.of_thousand} in 1,000, "
        f"always saying “no” on {always.of_thousand}, {IN_A_SENTENCE[one.best_learned.way]} on {one.best_learned.of_thousand}. "
        "Measure the same three on our own data."
    }


def costs(told: Gate) -> str:
    """A table: what each way costs on the reader's data, and whether a person can read it."""
    lines = ["| way | training | one answer | size | can you read it? |", "|---|---|---|---|---|"]
    for one in told.yours.entrants[1:]:
        lines.append(f"| {NAMES[one.way]} | {' | '.join(one.costs)} | {one.reads} |")
    return "\n".join(lines)


def costs_fine_print(told: Gate) -> str:
    """How times and sizes were measured, and how far luck moves the counts."""
    run = load_run()
    network = told.yours.of("network")
    return (
        f"Measured on {run['date']}, {run['machine']}, many answers at once. "
        "The size counts eight bytes for each number that an answer needs. "
        f"{run['deals']} deals of the rows gave the network {network.luck[0]} to {network.luck[1]} "
        f"mistakes on {so_many(network.wrong.n, 'case')}."
    )


def peeked(told: Gate) -> str:
    """What a rule is worth that was set while its score stood beside it; empty for our own first rule."""
    one = told.yours
    if one.rule == first_rule(one.rule.data):
        return ""
    found = load_run()[one.rule.data]["search"]
    return (
        "This rule peeks: it was set with its score in view, and that flatters it. "
        f"A computer that tries {found['rules']:,} such rules gets {found['wrong_if_it_looks']} of {one.n:,} wrong in this way, "
        f"and {found['wrong']} on {THINGS[one.rule.data]} it had not seen."
    )


EFFORT_TITLE = "Where the work goes: what people expect, and what it takes"


def efforts() -> str:
    """The published shares, as a table with one sentence."""
    rows = [f"| {one.part} | {one.expected} % | {one.real} % |" for one in EFFORTS]
    table = "\n".join(["| part of the work | expected | real |", "|---|---|---|", *rows])
    return (
        f"{table}\n\nThese are Google’s own shares, from its course for managers. We did not measure them. "
        "A rule needs little of this work."
    )


def so_what(told: Gate, case: Case) -> str:
    """What the gap would mean at the reader's volume."""
    one = told.yours
    volume = f"You judge about {case.per_day:,} {case.items} a day (our assumption)."
    if one.of("rule").verdict != "worse":
        return f"{volume} If they were like these {THINGS[one.rule.data]}, learning would save you nothing that we can measure. Keep the rule."
    saved = two_figures(case.per_day * one.saved / 1000)
    return (
        f"{volume} If they were like these {THINGS[one.rule.data]}, learning would save about {saved} mistakes a day. "
        f"Some of them mean that {case.miss}. Is that worth a model that somebody must look after?"
    )


def _learned(one: Side) -> tuple[Entrant, ...]:
    return one.entrants[2:]


def _pair(way: Way) -> tuple[Entrant, Entrant]:
    table, pictures = (side(first_rule(data)).of(way) for data in ("table", "pictures"))
    return table, pictures


def trade_offs() -> tuple[tuple[str, ...], ...]:
    """What each way buys and costs, as measured here."""
    table, pictures = (side(first_rule(data)) for data in ("table", "pictures"))
    (line, _), (linear, linear_seen), (_, knn_seen), (trees, trees_seen), (net, net_seen) = (
        _pair(way) for way in ("rule", "linear", "knn", "boosted", "network")
    )
    return (
        ("You choose", "You gain", "You pay"),
        (
            "A hand rule",
            f"One line to read. {share_in_words(table.gain.value)} of learning’s gain on the table.",
            f"{line.of_thousand} wrong in 1,000 there. On pictures only {share_in_words(pictures.gain.value)} of the gain.",
        ),
        (
            "A linear model",
            f"{linear.of_thousand} wrong in 1,000 on the table, with {linear.parts} weights to read.",
            f"{linear_seen.of_thousand} wrong on pictures, where kNN gets {knn_seen.of_thousand}.",
        ),
        (
            "kNN",
            "Next to no training, and it shows similar cases.",
            f"It keeps every case: {bytes_in_words(knn_seen.bytes)} of pictures, "
            f"the network {bytes_in_words(net_seen.bytes)}.",
        ),
        (
            "Boosted trees",
            f"A tie with the best on both. Tables of about {ROWS:,} rows are where they beat networks elsewhere.",
            f"{number(trees_seen.parts)} splits on pictures that nobody reads; {seconds_in_words(trees.train_seconds or 0)} to train on the table.",
        ),
        (
            "A small network",
            f"A tie with the best on both: {net.of_thousand} and {net_seen.of_thousand} wrong in 1,000. "
            "It takes photos, sound and text as they come.",
            f"{number(net.parts)} and {number(net_seen.parts)} weights that nobody reads. "
            "It wants many labels, and fails without a warning on new kinds of cases.",
        ),
    )


ASK_ENGINEERS = (
    Advice(
        "What does the simplest rule score on our own data?",
        "They wrote one, and measured it on the same held-out cases as the model.",
        "“A rule would never work here.” Nobody tried.",
    ),
    Advice(
        "Is the lead over the plainer model more than luck?",
        "They compare both on the same cases, and say how often chance makes such a gap.",
        "They compare two scores from two reports.",
    ),
    Advice(
        "Which cases does the rule get wrong, and the model right?",
        "They show ten of them, and say what each one costs us.",
        "They show the average only.",
    ),
    Advice(
        "What must run and be watched once a model is live?",
        "A list: data checks, new labels, alarms, somebody on call, and a way back to the rule.",
        "“The model runs by itself.”",
    ),
    Advice(
        "What would make you throw the model away?",
        "A number, agreed before the project starts.",
        "No number, or one chosen after the results.",
    ),
)


def what_if_asked(told: Gate) -> tuple[HardQuestion, ...]:
    """What a room asks, answered with this run's own counts."""
    table, pictures = told.sides
    shown = f"Ours gave {share_in_words(table.gain.value)} on the table, {share_in_words(pictures.gain.value)} on pictures."
    net, best = table.of("network"), table.best_learned
    return (
        HardQuestion(
            "How far does a rule usually get?",
            f"Google’s rule of thumb says about {RULE_OF_THUMB} % of the way. {shown} Your own data decide.",
        ),
        HardQuestion(
            "Do networks not always win?",
            f"Not on tables. Here the network has {net.of_thousand} wrong in 1,000, {IN_A_SENTENCE[best.way]} {best.of_thousand}. "
            f"On {TABLES} larger tables trees stayed ahead (Grinsztajn, 2022).",
        ),
        HardQuestion(
            "Is kNN enough for pictures, then?",
            "For small, neat digits, yes. On real photos it falls far behind networks. "
            "Look at “kNN vs softmax” and its CIFAR-10 table.",
        ),
        HardQuestion(
            "Could a cleverer rule win on pictures?",
            f"We let a computer try {_rules('pictures')} rules of this kind. The best still had "
            f"{_found('pictures')} wrong in 1,000.",
        ),
        HardQuestion(
            "Why not use the best model anyway?",
            "Because somebody must feed, watch and explain it. Where a rule ties, that work buys nothing.",
        ),
    )


def _rules(data: Data) -> str:
    return f"{load_run()[data]['search']['rules']:,}"


def _found(data: Data) -> int:
    return round(1000 * load_run()[data]["search"]["wrong"] / side(first_rule(data)).n)


def _lies() -> tuple[str, ...]:
    run = load_run()
    own = run["at_rest"]["table"]
    easy = min(range(10), key=lambda digit: run["other_digits"][digit]["rule"])
    zero = run["other_digits"][easy]
    n = _n("pictures")
    return (
        "You see the score while you move your rule. That is peeking, and it flatters you. "
        f"Our own line on the table is wrong on {own['wrong']} of {_n('table')}; "
        f"with its threshold chosen on other lumps, on {own['wrong_without_peeking']}.",
        f"We chose a hard digit. For the {easy} the best rule found is wrong on {round(1000 * zero['rule'] / n)} in 1,000, "
        f"always saying “no” on {round(1000 * zero['no'] / n)}.",
        "All mistakes count the same here. With lumps a miss is far worse than a false alarm.",
        "Nobody tuned the four ways. Our network has one layer of neurons inside, so it is not deep yet.",
        "The best of four looks a little better than it is, because luck helped to choose it.",
        "The range of a score covers luck in the rows. Another clinic’s rows may differ much more.",
    )


WHERE_IT_LIES = _lies()

QUIZ = (
    Question(
        f"On {_n('table')} rows the network makes {_of_thousand('table', 'network')} mistakes in 1,000, "
        f"the linear model {_of_thousand('table', 'linear')}. What do you say?",
        (
            Option(
                "Linear wins.",
                f"One case in {_n('table')} is luck. Deal the rows anew, and the order may turn.",
            ),
            Option(
                "A tie, so take the plainer one.",
                "Chance makes such a gap all the time. The plainer one costs less to run and to explain.",
                right=True,
            ),
            Option(
                "Take the network: it will grow with us.",
                "Perhaps. Then measure again when there is more data. Today it buys nothing.",
            ),
        ),
    ),
    Question(
        "Your rule is right on 94 % of pictures. Always saying “no” is right on 90 %. How good is the rule?",
        (
            Option("Very good: 94 %.", "Saying “no” gets 90 % without looking. Compare with that."),
            Option(
                "It removes four of ten mistakes.",
                "Mistakes fall from 10 to 6 in 100. The rest is what learning can still win.",
                right=True,
            ),
            Option(
                "Useless: only 4 points better.",
                "Four of the ten possible points is a start, and it is free.",
            ),
        ),
    ),
    Question(
        "Sales wants “AI” for refunds. A rule decides 9 of 10 well today. What do you do first?",
        (
            Option(
                "Build a network, then compare.",
                "Then the costly step comes before you know what there is to win.",
            ),
            Option(
                "Price the tenth case, and try a plain model on it.",
                "The gain is at most that tenth. A plain model shows how much of it can be had.",
                right=True,
            ),
            Option(
                "Nothing: rules are always enough.",
                "On pictures, sound and free text they often are not. Measure before you say so.",
            ),
        ),
    ),
)

MATHS = r"""
**The rule.** It says yes where $x_j > t$ (or $x_j < t$). A second condition joins with “and” or “or”.

**The rule's part of the gain.** With $w$ the wrong answers of always saying “no”, of the rule, and of the best way to learn:
$g = (w_\text{no} - w_\text{rule}) / (w_\text{no} - w_\text{best})$. Its range comes from 2,000 draws of the rows, with replacement.

**Held out.** The rows are dealt into five parts. Each part is answered by a model that learned from the other four.
So $n$ rows give $n$ answers, none by a model that saw the row.

**Tie.** Let $b$ rows be right only with one way, $c$ only with the other, and $n = b + c$. If both were equally good, each
would be a coin's throw. Then a gap this large has the chance $p = \min\left(1,\ 2 \sum_{k \le \min(b, c)} \binom{n}{k} 2^{-n}\right)$.
With $p \ge 0.05$ we say tie (McNemar's exact test).

**Interval of a score.** Wilson's 95 % interval of the wrong share.
"""

SOURCES = (
    Source(
        "M. Zinkevich, “Rules of machine learning” (Google)", "rule 1: a heuristic gets you half of the way"
    ),
    Source(
        "L. Grinsztajn and others, “Why do tree-based models still outperform deep learning on typical tabular data?” (2022)",
        "45 data sets of about 10,000 rows",
    ),
    Source(
        "“How Google does machine learning” (Google Cloud course)",
        "effort that people expect, and the real one",
    ),
    Source(
        "W. Wolberg and others, “Breast Cancer Wisconsin (Diagnostic)”, UCI (1995), CC BY 4.0", "the table"
    ),
    Source("E. Alpaydin and C. Kaynak, digits of the UCI repository (1998), CC BY 4.0", "the pictures"),
    Source(
        "Q. McNemar, “Sampling error of the difference between correlated proportions” (1947)",
        "what is a tie",
    ),
    Source("E. B. Wilson, “Probable inference” (1927)", "the range of a score"),
)
