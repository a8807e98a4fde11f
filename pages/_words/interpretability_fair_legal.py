"""The legal box of "Interpretability": settled facts only, each with its region, its source and a date."""

from __future__ import annotations

from dataclasses import dataclass

CHECKED = "20 Nov 2026"
TITLE = "What the law says, in short"
WARNING = f"This is not legal advice: ask counsel. Checked {CHECKED}."
MORE = "Each rule with its source"


@dataclass(frozen=True)
class Rule:
    """One rule, in plain words."""

    region: str
    law: str
    short: str  # one line for the box
    meaning: str  # two or three sentences for the fold
    source: str
    checked: str = CHECKED


RULES = (
    Rule(
        "EU",
        "GDPR, Article 22",
        "People may refuse a weighty decision that only a machine made.",
        "It holds where the decision has legal or similarly large effects. A contract, a law or explicit consent "
        "can allow it. Then people still get a human, a say, and a way to contest.",
        "Regulation (EU) 2016/679, Article 22.",
    ),
    Rule(
        "EU",
        "Court of Justice, SCHUFA",
        "A credit score can itself be such a decision.",
        "That is so when the lender draws strongly on the score.",
        "Case C-634/21, judgment of 7 December 2023.",
    ),
    Rule(
        "EU",
        "Court of Justice, Dun & Bradstreet Austria",
        "People must get an account that they can follow. A formula is not enough.",
        "The account is one of the procedure and its principles.",
        "Case C-203/22, judgment of 27 February 2025.",
    ),
    Rule(
        "EU",
        "AI Act, Annex III",
        "Access to education, hiring and credit checks count as high-risk.",
        "For systems that stand alone the rules apply from 2 December 2027. For those built into a product it is "
        "2 August 2028. Many pages still print an older date.",
        "Regulation (EU) 2024/1689, Annex III; dates as approved by the Council on 29 June 2026.",
    ),
    Rule(
        "EU",
        "AI Act, Article 86",
        "People have a right to a clear account of the AI’s role.",
        "We print no date here. We could not settle from when it applies.",
        "Regulation (EU) 2024/1689, Article 86.",
    ),
    Rule(
        "US",
        "ECOA and Regulation B",
        "A lender must give the specific main reasons for a refusal.",
        "Sex, race, marital status, age (with limits) and others are prohibited grounds. "
        "A circular of 2022 about black boxes was withdrawn on 12 May 2025. The law and the regulation remain.",
        "Equal Credit Opportunity Act; Regulation B, § 1002.9.",
    ),
)

# what the fairness scenes add
GROUP_BARS = (
    "**Before you use two bars:** a bar for each group decides by the protected column. "
    "That may itself be against the law. Ask counsel first."
)


def lines() -> str:
    """One line for each rule, for the box."""
    return "\n".join(f"- **{rule.region}:** {rule.short}" for rule in RULES)


def details() -> str:
    """Every rule with what it means, where it stands, and when we looked."""
    return "\n\n".join(
        f"**{rule.law} ({rule.region}).** {rule.short} {rule.meaning}  \n"
        f"*Source: {rule.source} Checked {rule.checked}.*"
        for rule in RULES
    )
