"""The legal box: each rule has its region, source and date, and what is not settled is not printed."""

from __future__ import annotations

import re

from pages._words import interpretability_fair_legal as legal
from tests.readability import read, words

EVERYTHING = " ".join([legal.TITLE, legal.WARNING, legal.lines(), legal.details(), legal.GROUP_BARS])
BY_LAW = {rule.law: rule for rule in legal.RULES}


def test_every_rule_has_its_region_source_and_the_day_it_was_checked():
    assert len(legal.RULES) == 6
    for rule in legal.RULES:
        assert rule.region in ("EU", "US")
        assert rule.source.endswith(".")
        assert rule.checked == legal.CHECKED == "20 Nov 2026"
        assert rule.source in legal.details()
    assert legal.details().count("Checked 20 Nov 2026") == len(legal.RULES)
    assert legal.lines().count("\n- ") + 1 == len(legal.RULES)


def test_it_is_not_advice_and_says_so_first():
    assert legal.WARNING.startswith("This is not legal advice: ask counsel.")
    assert "counsel" in legal.GROUP_BARS.lower()


def test_the_dates_are_the_settled_ones():
    """AUDIENCE.md, "P7 legal box"."""
    assert "7 December 2023" in BY_LAW["Court of Justice, SCHUFA"].source
    assert "C-634/21" in BY_LAW["Court of Justice, SCHUFA"].source
    assert "27 February 2025" in BY_LAW["Court of Justice, Dun & Bradstreet Austria"].source
    assert "C-203/22" in BY_LAW["Court of Justice, Dun & Bradstreet Austria"].source
    act = BY_LAW["AI Act, Annex III"]
    assert "2 December 2027" in act.meaning
    assert "2 August 2028" in act.meaning
    assert "29 June 2026" in act.source
    assert "§ 1002.9" in BY_LAW["ECOA and Regulation B"].source


def test_article_86_has_no_date_and_the_old_dates_stand_nowhere():
    article = BY_LAW["AI Act, Article 86"]
    assert not re.search(r"\b20[2-9]\d\b", f"{article.short} {article.meaning}")
    assert "2 August 2026" not in EVERYTHING


def test_the_withdrawn_circular_is_only_named_as_withdrawn():
    assert "withdrawn on 12 May 2025" in EVERYTHING
    assert EVERYTHING.count("circular") == 1
    assert "2022-03" not in EVERYTHING


def test_it_is_short_enough_for_a_box_and_plain():
    assert len(words(legal.lines())) <= 90
    told = read([legal.WARNING, legal.lines(), legal.details(), legal.GROUP_BARS])
    assert told.grade <= 9.5
    assert max(len(words(sentence)) for sentence in told.sentences) <= 25
    for rule in legal.RULES:
        assert len(re.findall(r"[.!?](?=\s|$)", rule.meaning)) <= 3
