import pytest

from dl_core.running_case import CASES, case


def test_each_case_is_found_by_its_own_key():
    assert [case(each.key) for each in CASES] == list(CASES)
    assert len({each.key for each in CASES}) == len(CASES) == 4


def test_an_unknown_key_names_the_ones_there_are():
    with pytest.raises(ValueError, match=r"no case 'cars'; choose one of returns, claims, defects, mail"):
        case("cars")
