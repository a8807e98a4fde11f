"""What the live classifier asks for first, and what stands under two of its pictures."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dl_core import backbone_answer
from dl_core import live_classifier as core
from dl_core.photos import Photo
from dl_core.vision import card, find_classes, read_card
from pages._shared.photo_input import choose_photo
from pages._shared.visit import visit


def photo() -> Photo:
    """Where the photo comes from; the later scenes look at the same one."""
    return choose_photo("photo")


def told() -> core.LiveStory:
    """What the opening scene shows: its result, kept by the frame for this visit."""
    found: core.LiveStory = visit().kept["answer"][1]
    return found


def answer_below(found: core.LiveStory) -> None:
    """How long it took, and what the larger network says where a host has put one."""
    st.caption(core.time_sentence(found))
    opinion = backbone_answer.second_opinion(found.photo)
    if opinion:
        st.markdown(backbone_answer.second_opinion_sentence(opinion, found.prediction))
    elif trouble := backbone_answer.trouble_sentence():  # empty where nobody put a file
        st.caption(trouble)


def model_card(_: core.LiveStory) -> None:
    """The list of names to search, and what was measured of the network."""
    found = read_card()
    with st.expander("Is my thing on the list? Search all the names it knows"):
        query = st.text_input("Part of a name", key="list_search", bind="query-params", max_chars=40)
        things = find_classes(query)
        st.caption(f"{len(things)} of {len(find_classes(''))} names")
        names = [(thing.name, ", ".join(thing.names[1:])) for thing in things]
        st.dataframe(pd.DataFrame(names, columns=["It answers", "Also called"]), hide_index=True, height=240)
    with st.expander("Model card: what was measured of this network"):
        for sentence in (
            card.accuracy_sentence,
            card.full_size_sentence,
            card.refusal_sentence,
            card.origin_sentence,
        ):
            st.markdown(sentence(found))
        st.markdown("\n".join(f"- {line}" for line in card.limits_sentences(found)))
        st.markdown(core.way_in_sentence(found))
        st.table(core.way_in_table(found), hide_index=True, border="horizontal")
        st.caption(card.recipe_sentence(found))
        st.caption(backbone_answer.how_to_add_sentence())
