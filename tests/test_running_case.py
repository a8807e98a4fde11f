import pytest

from dl_core import refusal_cost
from dl_core.cifar10 import product_sentence, shipped_table
from dl_core.cost_of_use import Workload
from dl_core.decide import coin, line, prices, route
from dl_core.photos import first_sample
from dl_core.running_case import CASES, WAGE, case


def test_each_case_is_found_by_its_own_key():
    assert [case(each.key) for each in CASES] == list(CASES)
    assert len({each.key for each in CASES}) == len(CASES) == 4


def test_an_unknown_key_names_the_ones_there_are():
    with pytest.raises(ValueError, match=r"no case 'cars'; choose one of returns, claims, defects, mail"):
        case("cars")


def test_a_look_costs_its_minutes_at_the_hourly_wage():
    # $24 / 60 = $0.40 a minute: times 4, 15, 0.5 and 1 minutes
    assert WAGE == 24
    assert [each.look_costs for each in CASES] == [1.6, 6.0, 0.2, 0.4]
    assert [prices.Settings(minutes=each.minutes).look for each in CASES] == pytest.approx(
        [each.look_costs for each in CASES]
    )


def test_every_page_opens_with_the_volume_of_the_first_case():
    volumes = {
        Workload().requests_per_day, refusal_cost.Settings(first_sample()).per_day, line.Settings().per_day,
        prices.Settings().per_day, coin.Settings().per_day, route.Settings().per_day,
    }  # fmt: skip
    assert volumes == {CASES[0].per_day}
    assert product_sentence(shipped_table(None)).startswith(f"At {CASES[0].per_day:,} photos a day")


def test_no_two_cases_share_a_word_or_a_volume():
    for what in ("name", "item", "items", "answer", "per_day", "miss", "false_alarm", "miss_costs"):
        assert len({getattr(each, what) for each in CASES}) == len(CASES), what
