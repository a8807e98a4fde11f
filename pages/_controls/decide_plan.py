"""Controls of three scenes of "Decide": the good-enough line, the three ways to get there, the checklist."""

from __future__ import annotations

import math
from typing import Any

import streamlit as st

from dl_core.decide import line as line_core
from dl_core.decide import ready as ready_core
from dl_core.decide import route as route_core
from dl_core.decide.cases import ASSUMED as PRICES
from dl_core.decide.line_in_words import bill, measured_sentence
from dl_core.decide.prices import Settings as Lanes
from dl_core.decide.route_in_words import bills, price_sentence
from dl_core.decide.route_in_words import measured_sentence as labels_sentence
from pages._shared.catalogue import BRIEF
from pages._shared.fold import opened_fold
from pages._shared.lesson import Preset
from pages._shared.typeset import markdown_table, typeset
from pages._shared.visit import visit
from pages._words import decide_plan as words

LINK = "query-params"
LINE, ROUTE = line_core.Settings(), route_core.Settings()
WHO = {"people": "People", "a rule": "A rule", "nobody": "Nobody"}
TIMES = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0)  # of the first scene's volume


def above() -> Lanes:
    """What the page's first scene stands at: the volume and the prices of the whole page."""
    kept = visit().kept.get("lanes")
    return kept[0] if kept else Lanes()


def line() -> line_core.Settings:
    """Today's process as it was checked, and the machine it is held against."""
    first = above()
    today = st.segmented_control(
        "Who decides today?", line_core.TODAY, default=LINE.today, required=True, format_func=WHO.get,
        key="line_today", bind=LINK,
    )  # fmt: skip
    if today == "nobody":
        bad, missed, good, stopped = LINE.bad, LINE.missed, LINE.good, LINE.stopped
    else:
        bad, missed, good, stopped = _counts("line", (LINE.bad, LINE.missed, LINE.good, LINE.stopped))
    machine = st.selectbox(
        "The machine, as measured", list(line_core.MACHINES), 0, format_func=line_core.MACHINES.get,
        key="line_machine", bind=LINK, help=words.LINE_MACHINE_HELP,
    )  # fmt: skip
    own = (LINE.own_bad, LINE.own_missed, LINE.own_good, LINE.own_stopped)
    if machine == line_core.OWN:
        own = _counts("line_own", own)
    per_thousand, per_year = _upkeep()
    return line_core.Settings(
        first.per_day, first.bad_per_100, first.miss, first.false_alarm, first.minutes, first.wage,
        today or LINE.today, bad, missed, good, stopped, machine, *own, per_thousand, per_year,
    )  # fmt: skip


def _counts(prefix: str, start: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    """Two piles that were checked by hand, and the mistakes found in each."""
    left, right = st.columns(2)  # a pair at a time, so that a phone keeps the order
    most = line_core.MOST_CHECKED
    bad = left.number_input("Bad cases checked", 1, most, start[0], 10, key=f"{prefix}_bad", bind=LINK)
    missed = right.number_input("let through", 0, most, start[1], 1, key=f"{prefix}_missed", bind=LINK)
    left, right = st.columns(2)
    good = left.number_input("Good cases checked", 1, most, start[2], 10, key=f"{prefix}_good", bind=LINK)
    stopped = right.number_input("stopped", 0, most, start[3], 1, key=f"{prefix}_stopped", bind=LINK)
    if missed > bad or stopped > good:
        st.caption(words.LINE_TOO_MANY)
    return bad, min(missed, bad), good, min(stopped, good)


def _upkeep() -> tuple[float, float]:
    start = {"line_thousand": LINE.per_thousand, "line_year": LINE.per_year}
    fold = opened_fold("More: what the machine costs to run", "line_more", start)
    if fold is None:
        return LINE.per_thousand, LINE.per_year
    with fold:
        per_thousand = st.number_input(
            "1,000 answers cost ($)", 0.0, line_core.DEAREST, LINE.per_thousand, 0.5, format="%.6g",
            key="line_thousand", bind=LINK,
        )  # fmt: skip
        per_year = st.number_input(
            "A year of upkeep costs ($)", 0.0, line_core.DEAREST, LINE.per_year, 10_000.0, format="%.9g",
            key="line_year", bind=LINK,
        )  # fmt: skip
        st.caption(words.ASSUMED)
    return per_thousand, per_year


def line_below(told: line_core.GoodEnough) -> None:
    """Both yearly bills, what they rest on, and the same machine with people beside it."""
    st.markdown(typeset(markdown_table(bill(told))))
    kept = visit().kept.get("lanes")
    if kept and told.settings.machine == kept[0].source:
        st.markdown(typeset(words.with_people(kept[1])))
    st.caption(typeset(measured_sentence(told)))


LINE_PRESETS = tuple(
    Preset(
        name,
        {
            "line_today": one.today,
            "line_bad": one.bad,
            "line_missed": one.missed,
            "line_good": one.good,
            "line_stopped": one.stopped,
            "line_machine": one.machine,
        }
        | (
            {
                "line_own_bad": one.own_bad,
                "line_own_missed": one.own_missed,
                "line_own_good": one.own_good,
                "line_own_stopped": one.own_stopped,
            }
            if one.machine == line_core.OWN
            else {}
        ),
    )
    for name, one in line_core.PRESETS.items()
)


def route() -> route_core.Settings:
    """The volume, whether data may leave, the price of bought answers; the other assumptions in a fold."""
    first = above().per_day
    times = st.select_slider(
        "Answers a day, against the first picture", TIMES, 1.0, format_func=_times, key="route_times",
        bind=LINK, help=words.ROUTE_TIMES_HELP,
    )  # fmt: skip
    per_day = _volume(first, times)
    st.caption(f"That is {per_day:,} a day.")
    may_leave = st.toggle("The data may leave the house", True, key="route_leave", bind=LINK)
    price = st.number_input(
        "1,000 bought answers cost ($)", *route_core.LIMITS["buy_thousand"], ROUTE.buy_thousand, 0.5,
        format="%.6g", key="route_price", bind=LINK,
    )  # fmt: skip
    return route_core.Settings(per_day, may_leave, price, **_assumed())


def _times(times: float) -> str:
    return "the same" if times == 1 else f"× {times:g}"


def _volume(first: int, times: float) -> int:
    return int(min(max(1, round(first * times)), route_core.LIMITS["per_day"][1]))


ASSUMED = {  # field of the settings → label and step; three in a row are buy, fine-tune, build
    "buy_months": ("Months of work: buy", 1.0),
    "tune_months": ("fine-tune", 1.0),
    "build_months": ("build", 1.0),
    "buy_team": ("People to run it: buy", 0.1),
    "tune_team": ("fine-tune", 0.1),
    "build_team": ("build", 0.1),
    "buy_labels": ("Labels: buy (to test)", 500),
    "tune_labels": ("fine-tune", 500),
    "build_labels": ("build", 5000),
    "person_month": ("A person’s month ($)", 500.0),
    "engineers": ("People at once", 1.0),
    "label_price": ("A label by two people ($)", 0.05),
    "label_seconds": ("Seconds for both", 1.0),
    "label_hours": ("Label hours a week", 5.0),
    "server_month": ("Own server, a month ($)", 10.0),
    "core_hour": ("A core for an hour ($)", 0.01),
    "busy": ("Of that hour busy (%)", 5),
    "milliseconds": ("An answer takes (ms)", 5.0),
}
IN_A_ROW = 3


def _assumed() -> dict[str, Any]:
    """Every other assumption, each a number that can be changed."""
    start = {f"route_{name}": getattr(ROUTE, name) for name in ASSUMED}
    fold = opened_fold("All assumptions", "route_more", start)
    if fold is None:
        return {name: getattr(ROUTE, name) for name in ASSUMED}
    values = {}
    with fold:
        st.caption(words.ROUTE_ASSUMED)
        for place, (name, (label, step)) in enumerate(ASSUMED.items()):
            if place % IN_A_ROW == 0:
                columns = st.columns(IN_A_ROW, vertical_alignment="bottom")
            values[name] = columns[place % IN_A_ROW].number_input(
                label, *route_core.LIMITS[name], getattr(ROUTE, name), step, key=f"route_{name}", bind=LINK,
                format="%.6g" if isinstance(step, float) else None,
            )  # fmt: skip
    return values


def pick_volume(x: float, y: float) -> None:
    """A press or a drag on the picture chooses the nearest volume; the axis is logarithmic."""
    first = above().per_day
    st.session_state["route_times"] = min(TIMES, key=lambda times: abs(_log(first * times) - _log(x)))


def _log(volume: float) -> float:
    return math.log(max(volume, 1e-3))


def route_below(told: route_core.Choice) -> None:
    """The three bills, the price at which the choice turns, and the one piece that was measured."""
    st.markdown(typeset(markdown_table(bills(told))))
    if told.settings.may_leave:
        st.markdown(typeset(price_sentence(told)))
    st.caption(labels_sentence())


ROUTE_PRESETS = (
    Preset("Small start", {"route_times": 0.1, "route_leave": True, "route_price": ROUTE.buy_thousand}),
    Preset(
        "Millions of calls", {"route_times": 300.0, "route_leave": True, "route_price": ROUTE.buy_thousand}
    ),
    Preset("Secret data", {"route_times": 1.0, "route_leave": False, "route_price": ROUTE.buy_thousand}),
)


def ready() -> ready_core.Settings:
    """Two questions under each head; what the reader leaves open, the visit may propose."""
    proposals, answers, proposed = _proposals(), [], []
    for name in ready_core.HEADS:
        asked = [question for question in ready_core.QUESTIONS if question.head == name]
        start = {f"ready_{question.key}": None for question in asked}
        fold = opened_fold(name, f"ready_fold_{ready_core.HEADS.index(name)}", start)
        for question in asked:
            said = None
            if fold is not None:
                said = fold.segmented_control(
                    question.ask, ready_core.ANSWERS, default=None, format_func=str.capitalize,
                    key=f"ready_{question.key}", bind=LINK,
                )  # fmt: skip
            if said is None and question.key in proposals:
                proposed.append(question.key)
                said = proposals[question.key]
            answers.append(said or "not sure")
    return ready_core.Settings(tuple(answers), tuple(proposed))


def _proposals() -> dict[str, ready_core.Answer]:
    """What the reader has done on this site and so need not be asked: never what stands at its default."""
    left = visit().left
    here = left.get("decide", {})
    found: dict[str, ready_core.Answer] = {}
    if (above().miss, above().false_alarm) not in {(one.miss, one.false_alarm) for one in PRICES.values()}:
        found["priced"] = "yes"
    own = here.get("line")
    if own is not None and own.machine == line_core.OWN and own != line_core.PRESETS[words.PILOT]:
        verdict = line_core.story(own).verdict
        if verdict != "cannot tell":
            found["beats"] = "yes" if verdict == "good enough" else "no"
    planned = here.get("route")
    if planned is not None and any(getattr(planned, name) != getattr(ROUTE, name) for name in ASSUMED):
        found["years"] = "yes"
    return found


def ready_below(told: ready_core.Ready) -> None:
    """What the stars mean, where there is one, and the way to the sheet that all this fills."""
    if told.settings.proposed:
        st.caption(words.READY_PROPOSED)
    st.page_link(BRIEF.file, label=words.READY_BRIEF, icon=":material/library_books:")


READY_PRESETS = tuple(
    Preset(name, {f"ready_{key}": said for key, said in zip(ready_core.KEYS, one.answers, strict=True)})
    for name, one in ready_core.PRESETS.items()
)
