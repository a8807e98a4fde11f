"""The words of two scenes of "Interpretability": five kinds of fair, and a hidden column that stays known."""

from __future__ import annotations

from dl_core.decide.amounts import money
from dl_core.interpretability.board import CASES, give_or_take
from dl_core.interpretability.fair import Fair
from dl_core.interpretability.fair_in_words import (
    count_in_words,
    forced_in_words,
    size_in_words,
)
from dl_core.interpretability.fair_rules import ONE_BAR, RULES, Policy
from dl_core.interpretability.onecase_in_words import capital
from dl_core.interpretability.proxy import Proxy
from dl_core.interpretability.proxy_in_words import blind_in_words, tells_in_words, verdict_in_words
from pages._shared.typeset import markdown_table

FAIR_LEAD = (
    "“Fair” can mean at least five things. Choose one, and the page sets a bar for each group that meets it "
    "at the least cost. Then see what it costs, and which of the others it breaks."
)
FAIR_NOTE = (
    "An alarm holds a case back. A small tree and kNN give too few different answers for two fine bars."
)
# what each rule promises, for the control's help
FAIR_HELP = (
    "Held back: of each group, the same share. Bad caught: of those who fail, the same share. "
    "False alarms: of those who are fine, the same share. "
    "Meaning: of those held back, the same share is bad. One bar: nobody looks at the group."
)


def fair_headline(told: Fair) -> str:
    """How many gaps the chosen rule leaves."""
    if not told.policies:
        return "Nothing is measured yet"
    rule = capital(RULES[told.chosen.rule].name)
    if not told.chosen.apart:
        return f"{rule} leaves no other gap that is sure"
    return f"{rule} leaves {count_in_words(told.chosen)} open"


def fair_below(told: Fair) -> str:
    """Why they cannot all hold."""
    return f"**Why not all five?** {forced_in_words(told)}" if told.policies else ""


def fair_lines(told: Fair) -> str:
    """All five rules against all five gaps, and how it was measured."""
    measured = (
        f"{size_in_words(told)} Bars are set on four fifths of the cases and judged on the rest, in turn. "
        "The bars in the picture are set on all cases."
    )
    return f"{_MARKS}\n\n{_lines(told)}\n\n{measured}"


FAIR_MORE = "Every rule, the gaps it leaves, and its price"
_MARKS = (
    "Gaps are in points. Bold gaps are surely more than luck. "
    "Money is what mistakes cost, and the difference to one bar."
)


def _lines(told: Fair) -> str:
    head = ("If you follow", *(_SHORT[rule] for rule in RULES), f"Lost in {CASES:,}", "Against one bar")
    rows = [
        (
            f"**{capital(RULES[policy.rule].name)}**"
            if policy is told.chosen
            else capital(RULES[policy.rule].name),
            *(_gap(policy, rule) for rule in RULES),
            money(policy.cost),
            _against(policy),
        )
        for policy in told.policies
    ]
    return markdown_table([head, *rows])


_SHORT = {
    "held": "Held back",
    "caught": "Bad caught",
    "alarms": "False alarms",
    "meaning": "Meaning",
    ONE_BAR: "Bar",
}


def _gap(policy: Policy, rule: str) -> str:
    pair = policy.pair(rule)
    if pair.gap != pair.gap:
        return "–"
    told = f"{abs(100 * pair.gap):.1f}"
    return f"**{told}**" if pair.is_apart else told


def _against(policy: Policy) -> str:
    if policy.rule == ONE_BAR:
        return "–"
    return f"{give_or_take(policy.more, '${}')}{'' if policy.more.is_sure else ', a tie'}"


FAIR_NOTES = (
    "Say: everybody wants the model to be fair, so we must say which fair. Here are five, and each has a price. "
    "Point at the marked row, where both groups stand level, then at the orange lines, which are the gaps it leaves. "
    "Now choose the same meaning of an alarm, and watch the other gaps open. "
    "Expect the question which one is right. The numbers cannot say. "
    "That is a choice for you, counsel, and the people concerned."
)
FAIR_SOURCE = "Answers about cases no model saw; bars set on four fifths, judged on the rest; 95 % ranges."


def fair_tells(told: Fair) -> dict[str, str]:
    """Which kind of fair was chosen, and what it costs, for the engineers' sheet."""
    if not told.policies:
        return {}
    chosen = told.chosen
    rule = RULES[chosen.rule]
    price = "" if chosen.rule == ONE_BAR else f" against one bar: {give_or_take(chosen.more, '${}')},"
    return {
        "Review": f"We look at: {rule.name} ({rule.engineers}). Mistakes cost {money(chosen.cost)} in {CASES:,} "
        f"{told.settings.table.items};{price} {count_in_words(chosen)} left. Counsel must agree to two bars."
    }


PROXY_LEAD = (
    "Many teams delete the protected column and call the model fair. "
    "Here we train it anew without that column, and then without its best **proxy** too: "
    "a column that gives the hidden one away."
)
PROXY_NOTE = "Each training is judged on the same cases, which it never saw, at the page’s bar."


def proxy_headline(told: Proxy) -> str:
    """What hiding the column leaves."""
    return verdict_in_words(told)


def proxy_below(told: Proxy) -> str:
    """The proxy test, what the true rule would do, and what to do about it."""
    if not told.trainings:
        return ""
    advice = (
        "**What to do.** Keep the column for checking, even if the model may not use it. "
        "Without it nobody can measure the gap. Ask counsel whether you may hold it."
    )
    return "\n\n".join(part for part in (tells_in_words(told), blind_in_words(told), advice) if part)


PROXY_NOTES = (
    "Say: we hid the group from the model, as many teams do, and trained it anew. "
    "Point at the first two rows: the gap shrinks, and a good part of it is still there. "
    "Then point at the right: the other columns tell the group nearly always, so the model can still act on it. "
    "Expect the question whether we should hide the proxy too. "
    "It can help, but measure it: it may cost accuracy, and a third column may take its place."
)
PROXY_SOURCE = "One model trained three times, five folds twice, on the same cases; 95 % ranges over folds."


def proxy_tells(told: Proxy) -> dict[str, str]:
    """What hiding the column does, for the engineers' sheet."""
    if not told.trainings:
        return {}
    return {
        "Data": f"{verdict_in_words(told)}. Its best proxy is “{told.proxy}”. Test every column as a proxy."
    }


FAIR_LIES = (
    "In the made loans the harsher terms of group B are part of the answers themselves. "
    "So “bad” is what an unfair past called bad, and no bar can repair that."
)
