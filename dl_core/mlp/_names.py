"""Names from a foreign table, short and different from each other, and how to list them."""

from __future__ import annotations

from collections.abc import Sequence

LONGEST = 40  # characters of a name that are kept


def in_short(text: str) -> str:
    """A name in one line of at most 40 characters that can be printed.

    Examples
    --------
    >>> in_short(" order\\tvalue\\x07 ")
    'order value'
    """
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:LONGEST].strip()


def all_different(names: Sequence[str]) -> tuple[str, ...]:
    """The same names; one that stands again gets a number.

    Examples
    --------
    >>> all_different(["price", "size", "price"])
    ('price', 'size', 'price (2)')
    """
    taken: list[str] = []
    for name in names:
        new, again = name, 2
        while new in taken:
            new, again = f"{name} ({again})", again + 1
        taken.append(new)
    return tuple(taken)


def listed(names: Sequence[str]) -> str:
    """Names in quotation marks, of more than three only the first ones.

    Examples
    --------
    >>> listed(["a", "b"]), listed(list("abcde"))
    ('“a”, “b”', '“a”, “b”, “c” and 2 more')
    """
    shown = ", ".join(f"“{name}”" for name in names[:3])
    return shown if len(names) <= 3 else f"{shown} and {len(names) - 3} more"
