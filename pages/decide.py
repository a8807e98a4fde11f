"""Decide: where do we set the bar, who reviews, and is it good enough to ship?"""

import streamlit as st

from dl_core.decide import bar as formula_core
from dl_core.decide import coin as coin_core
from dl_core.decide import flow as flow_core
from dl_core.decide import lanes as lanes_core
from dl_core.decide import line as line_core
from dl_core.decide import ready as ready_core
from dl_core.decide import route as route_core
from dl_core.decide.coin_in_words import takeaway as coin_sentence
from dl_core.decide.lanes_in_words import takeaway as lanes_sentence
from dl_core.decide.line_in_words import takeaway as line_sentence
from dl_core.decide.prices import looked_at
from dl_core.decide.route_in_words import takeaway as route_sentence
from dl_core.figures.decide_bar import bar_chart
from dl_core.figures.decide_coin import coin_picture
from dl_core.figures.decide_flow import flow_picture
from dl_core.figures.decide_lanes import lanes_chart
from dl_core.figures.decide_line import good_enough_line
from dl_core.figures.decide_ready import checklist
from dl_core.figures.decide_route import three_routes
from pages._controls import decide as controls
from pages._controls import decide_counts as counts_controls
from pages._controls import decide_plan as plan_controls
from pages._shared.frame import show
from pages._shared.lesson import Lesson, Scene
from pages._shared.typeset import typeset
from pages._words import decide as words
from pages._words import decide_counts as counts_words
from pages._words import decide_plan as plan_words

lanes = Scene(
    key="lanes",
    headline=words.lanes_headline,
    controls=controls.lanes,
    compute=lanes_core.story,
    picture=lanes_chart,
    sentence=lanes_sentence,
    presets=controls.LANES_PRESETS,
    pick=controls.pick_bar,
    below=controls.lanes_below,
    notes=words.LANES_NOTES,
    private=True,
    source=words.LANES_SOURCE,
    live="lanes_bars",
    tells=words.lanes_tells,
)
formula = Scene(
    key="formula",
    headline=words.bar_headline,
    lead=words.BAR_LEAD,
    controls=controls.bar,
    compute=formula_core.story,
    picture=bar_chart,
    sentence=formula_core.takeaway,
    presets=controls.BAR_PRESETS,
    below=lambda told: st.markdown(typeset(formula_core.why(told))),
    notes=words.BAR_NOTES,
    source=words.BAR_SOURCE,
    live="formula_sure",
    tells=words.bar_tells,
)
flow = Scene(
    key="flow",
    headline=counts_words.flow_headline,
    lead=counts_words.FLOW_LEAD,
    controls=counts_controls.flow,
    compute=flow_core.story,
    picture=flow_picture,
    sentence=flow_core.takeaway,
    presets=counts_controls.FLOW_PRESETS,
    case_preset=counts_controls.flow_of,
    below=counts_controls.flow_below,
    notes=counts_words.FLOW_NOTES,
    source=counts_words.FLOW_SOURCE,
    live="flow_bad",
    tells=counts_words.flow_tells,
)
coin = Scene(
    key="coin",
    headline=counts_words.coin_headline,
    lead=counts_words.COIN_LEAD,
    controls=counts_controls.coin,
    compute=coin_core.story,
    picture=coin_picture,
    sentence=coin_sentence,
    presets=counts_controls.COIN_PRESETS,
    below=counts_controls.coin_below,
    notes=counts_words.COIN_NOTES,
    source=counts_words.COIN_SOURCE,
    live="coin_n",
    tells=counts_words.coin_tells,
)
line = Scene(
    key="line",
    headline=plan_words.line_headline,
    lead=plan_words.LINE_LEAD,
    controls=plan_controls.line,
    compute=line_core.story,
    picture=good_enough_line,
    sentence=line_sentence,
    presets=plan_controls.LINE_PRESETS,
    below=plan_controls.line_below,
    notes=plan_words.LINE_NOTES,
    source=plan_words.LINE_SOURCE,
    live="line_machine",
    tells=plan_words.line_tells,
)
route = Scene(
    key="route",
    headline=plan_words.route_headline,
    lead=plan_words.ROUTE_LEAD,
    controls=plan_controls.route,
    compute=route_core.story,
    picture=three_routes,
    sentence=route_sentence,
    presets=plan_controls.ROUTE_PRESETS,
    pick=plan_controls.pick_volume,
    below=plan_controls.route_below,
    notes=plan_words.ROUTE_NOTES,
    source=plan_words.ROUTE_SOURCE,
    live="route_times",
    tells=plan_words.route_tells,
)
ready = Scene(
    key="ready",
    headline=plan_words.ready_headline,
    lead=plan_words.READY_LEAD,
    controls=plan_controls.ready,
    compute=ready_core.story,
    picture=checklist,
    sentence=ready_core.takeaway,
    presets=plan_controls.READY_PRESETS,
    below=plan_controls.ready_below,
    notes=plan_words.READY_NOTES,
    source=plan_words.READY_SOURCE,
    tells=plan_words.ready_tells,
)

lesson = Lesson(
    name="decide",
    headline=words.HEADLINE,
    decision=words.DECISION,
    predict=words.PREDICT,
    scenes=(lanes, formula, flow, coin, line, route, ready),
    so_what=words.so_what,
    trade_offs=words.TRADE_OFFS,
    ask_engineers=words.ASK_ENGINEERS,
    what_if_asked=words.what_if_asked,
    where_it_lies=(
        *words.WHERE_IT_LIES,
        counts_words.FLOW_LIES,
        *counts_words.COIN_LIES,
        plan_words.LINE_LIES,
        plan_words.ROUTE_LIES,
        plan_words.READY_LIES,
    ),
    quiz=(*words.QUIZ, *counts_words.COUNTS_QUIZ),
    maths=words.MATHS,
    sources=(*words.SOURCES, *counts_words.COUNTS_SOURCES),
    linked=looked_at,
)

if __name__ == "__main__":
    show(lesson)
