"""Numbers as a reader wants them in a sentence: two figures that count, and a unit."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal

# a span below the first number is told in units of the second
_SPANS = (
    (1e-3, 1e-6, "microseconds"),
    (1, 1e-3, "milliseconds"),
    (120, 1, "seconds"),
    (7200, 60, "minutes"),
    (172_800, 3600, "hours"),
)


def two_figures(value: float) -> str:
    """A number with two significant figures, thousands set apart by commas.

    Examples
    --------
    >>> two_figures(48.4), two_figures(6140), two_figures(0.02847), two_figures(0)
    ('48', '6,100', '0.028', '0')
    """
    if value == 0 or not math.isfinite(value):
        return "0" if value == 0 else "endless"
    places = 1 - math.floor(math.log10(abs(value)))
    rounded = round(value, places)
    places = 1 - math.floor(math.log10(abs(rounded)))  # 9.96 became 10
    return f"{rounded:,.{max(places, 0)}f}"


def number(value: float) -> str:
    """A number as one would write it by hand: at most five figures, a real minus sign.

    Parameters
    ----------
    value
        Any size; below a millionth of a millionth it counts as 0.

    Examples
    --------
    >>> number(-2.5), number(0.1953125), number(12.5), number(-1e-16), number(2.5e7), number(1e-5)
    ('−2.5', '0.19531', '12.5', '0', '25,000,000', '0.00001')
    """
    if abs(value) < 1e-12:
        return "0"
    return f"{Decimal(f'{value:.5g}'):,f}".replace("-", "−")


def two_places(value: float) -> str:
    """A number with two decimals and a real minus sign; nothing is ever minus nothing.

    >>> two_places(-1.456), two_places(-0.0041), two_places(12.0), two_places(0.617)
    ('−1.46', '0.00', '12.00', '0.62')
    """
    return f"{round(value, 2) + 0.0:,.2f}".replace("-", "−")


def short(value: float) -> str:
    """A number in at most three figures.

    >>> short(0.625), short(0.078125), short(5.0)
    ('0.625', '0.0781', '5')
    """
    return number(float(f"{value:.3g}"))


def so_many(n: int, thing: str) -> str:
    """``n`` things, in the plural where there is not exactly one.

    >>> so_many(1, "step"), so_many(25, "step"), so_many(1000, "look")
    ('1 step', '25 steps', '1,000 looks')
    """
    return f"{n:,} {thing}" if n == 1 else f"{n:,} {thing}s"


def listed(names: Sequence[str]) -> str:
    """Names in a row, the last with "and".

    >>> listed([]), listed(["Adam"]), listed(["AdaGrad", "RMSProp", "Adam"])
    ('', 'Adam', 'AdaGrad, RMSProp and Adam')
    """
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def percent(share: float) -> str:
    """A share as a percentage; near 0 and 100 it never claims more than it knows.

    Parameters
    ----------
    share
        Between 0 and 1.

    Examples
    --------
    >>> percent(0.386), percent(0.9944), percent(0.99951), percent(1.0)
    ('39 %', '99.4 %', '99.95 %', '100 %')
    >>> percent(0.9999998), percent(2e-7)
    ('over 99.99 %', 'under 0.01 %')
    """
    if share in (0.0, 1.0):
        return f"{share:.0%}".replace("%", " %")
    if share > 0.9999:
        return "over 99.99 %"
    if share < 0.0001:
        return "under 0.01 %"
    if share < 0.99:
        return f"{two_figures(share * 100)} %"
    return f"{math.floor(share * 10_000) / 100:.{1 if share < 0.995 else 2}f}".rstrip("0").rstrip(".") + " %"


def bytes_in_words(n_bytes: float) -> str:
    """Memory in bytes, kB, MB, GB or TB (steps of 1,000).

    Examples
    --------
    >>> bytes_in_words(36), bytes_in_words(122_920), bytes_in_words(153_600_000)
    ('36 bytes', '120 kB', '150 MB')
    """
    unit = 0
    while n_bytes >= 999.5 and unit < 4:
        n_bytes, unit = n_bytes / 1000, unit + 1
    name = ("bytes", "kB", "MB", "GB", "TB")[unit]
    return f"{n_bytes:.0f} {name}" if unit == 0 else f"{two_figures(n_bytes)} {name}"


def seconds_in_words(seconds: float) -> str:
    """A time span in the unit a person would choose.

    Examples
    --------
    >>> seconds_in_words(0.0000031), seconds_in_words(0.042), seconds_in_words(90)
    ('3.1 microseconds', '42 milliseconds', '90 seconds')
    >>> seconds_in_words(7200), seconds_in_words(86_400 * 3)
    ('2.0 hours', '3.0 days')
    """
    for below, unit, name in _SPANS:
        if seconds < below:
            return f"{two_figures(seconds / unit)} {name}"
    return f"{two_figures(seconds / 86_400)} days"
