"""Shares in whole percents: a few dozen held-out pictures carry no more figures than that."""

from __future__ import annotations

from dl_core.intervals import Share

_NOTHING = 1e-9  # the end of a range that is exact on paper is off by less


def whole(share: float) -> str:
    """A counted share; never 0 or 100 % where it is not.

    Parameters
    ----------
    share
        0 to 1.

    Examples
    --------
    >>> whole(0.588), whole(1.0), whole(0.999)
    ('59 %', '100 %', 'over 99 %')
    """
    if 0.995 <= share < 1 - _NOTHING:
        return "over 99 %"
    return "under 1 %" if _NOTHING < share < 0.005 else f"{100 * share:.0f} %"


def ends(share: Share) -> str:
    """The 95 % range of a counted share.

    >>> from dl_core.intervals import share_of
    >>> ends(share_of(3, 40))
    '3 % to 20 %'
    """
    return f"{whole(share.low)} to {whole(share.high)}"


def sure(share: float) -> str:
    """How sure an answer is; no head is ever quite sure, whatever it rounds to.

    Parameters
    ----------
    share
        0 to 1.

    Examples
    --------
    >>> sure(0.588), sure(1.0)
    ('59 %', 'over 99 %')
    """
    return whole(min(share, 0.999))


def short_sure(share: float) -> str:
    """The same where a photo's width is all the room there is.

    Parameters
    ----------
    share
        0 to 1.

    Examples
    --------
    >>> short_sure(0.588), short_sure(0.999)
    ('59 %', '>99 %')
    """
    return sure(share).replace("over ", ">")
