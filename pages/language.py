"""Language: count, embed or attend, and what each costs."""

from dl_core.figures.language_attend import attend_chart
from dl_core.figures.language_bag import mirror
from dl_core.figures.language_contest import contest_chart
from dl_core.figures.language_fading import fading_chart
from dl_core.figures.language_length import cost_of_length
from dl_core.figures.language_near import nearest_bars
from dl_core.figures.language_odd import odd_bars
from dl_core.figures.language_order import order_chart
from dl_core.figures.language_parts import sizes
from dl_core.figures.language_senses import between
from dl_core.figures.language_wordmap import flat_map
from dl_core.language import attend as attend_core
from dl_core.language import attend_in_words, contest_in_words, positions, recall
from dl_core.language import bag as bag_core
from dl_core.language import contest as contest_core
from dl_core.language import length as length_core
from dl_core.language import near as near_core
from dl_core.language import odd as odd_core
from dl_core.language import parts as parts_core
from dl_core.language import senses as senses_core
from dl_core.language import wordmap as wordmap_core
from pages._controls import language as controls
from pages._controls import language_attend as attend_controls
from pages._controls import language_contest as contest_controls
from pages._controls import language_length as length_controls
from pages._controls import language_memory as memory_controls
from pages._controls import language_near as near_controls
from pages._shared.frame import show
from pages._shared.lesson import Lesson, Scene
from pages._words import language as words
from pages._words import language_attend as attend_words
from pages._words import language_contest as contest_words
from pages._words import language_length as length_words
from pages._words import language_memory as memory_words
from pages._words import language_near as near_words

bag = Scene(
    key="bag",
    headline=words.bag_headline,
    controls=controls.bag,
    compute=bag_core.story,
    picture=mirror,
    sentence=bag_core.takeaway,
    presets=controls.BAG_PRESETS,
    notes=words.BAG_NOTES,
    private=True,
    source=words.BAG_SOURCE,
    live="bag_run",
)
near = Scene(
    key="words_near",
    headline=near_words.near_headline,
    lead=near_words.NEAR_LEAD,
    controls=near_controls.near,
    compute=near_core.story,
    picture=nearest_bars,
    sentence=near_core.takeaway,
    presets=near_controls.NEAR_PRESETS,
    below=near_controls.near_below,
    notes=near_words.NEAR_NOTES,
    private=True,
    source=near_words.NEAR_SOURCE,
    live="words_near_word",
)
wordmap = Scene(
    key="wordmap",
    headline=near_words.wordmap_headline,
    lead=near_words.WORDMAP_LEAD,
    controls=near_controls.wordmap,
    compute=wordmap_core.story,
    picture=flat_map,
    sentence=wordmap_core.takeaway,
    presets=near_controls.WORDMAP_PRESETS,
    notes=near_words.WORDMAP_NOTES,
    private=True,
    source=near_words.WORDMAP_SOURCE,
    live="wordmap_word",
)
odd = Scene(
    key="odd",
    headline=near_words.odd_headline,
    lead=near_words.ODD_LEAD,
    controls=near_controls.odd,
    compute=odd_core.story,
    picture=odd_bars,
    sentence=odd_core.takeaway,
    presets=near_controls.ODD_PRESETS,
    below=near_controls.odd_below,
    notes=near_words.ODD_NOTES,
    private=True,
    source=near_words.ODD_SOURCE,
    live="odd_words",
)
senses = Scene(
    key="senses",
    headline=near_words.senses_headline,
    lead=near_words.SENSES_LEAD,
    controls=near_controls.senses,
    compute=senses_core.story,
    picture=between,
    sentence=senses_core.takeaway,
    presets=near_controls.SENSES_PRESETS,
    below=near_controls.senses_below,
    notes=near_words.SENSES_NOTES,
    source=near_words.SENSES_SOURCE,
    live="senses_word",
)
fading = Scene(
    key="fading",
    headline=memory_words.fading_headline,
    lead=memory_words.FADING_LEAD,
    controls=memory_controls.fading,
    compute=recall.story,
    picture=fading_chart,
    sentence=recall.takeaway,
    presets=memory_controls.FADING_PRESETS,
    pick=memory_controls.pick_fading,
    notes=memory_words.FADING_NOTES,
    source=memory_words.FADING_SOURCE,
    live="fading_distance",
)
order = Scene(
    key="order",
    headline=memory_words.order_headline,
    lead=memory_words.ORDER_LEAD,
    controls=memory_controls.order,
    compute=positions.story,
    picture=order_chart,
    sentence=positions.takeaway,
    presets=memory_controls.ORDER_PRESETS,
    pick=memory_controls.pick_order,
    notes=memory_words.ORDER_NOTES,
    source=memory_words.ORDER_SOURCE,
    live="order_apart",
)
attend = Scene(
    key="attend",
    headline=attend_words.attend_headline,
    lead=attend_words.ATTEND_LEAD,
    controls=attend_controls.attend,
    compute=attend_core.story,
    picture=attend_chart,
    sentence=attend_in_words.takeaway,
    presets=attend_controls.ATTEND_PRESETS,
    below=attend_controls.attend_below,
    pick=attend_controls.pick_word,
    notes=attend_words.ATTEND_NOTES,
    private=True,
    source=attend_words.ATTEND_SOURCE,
    live="attend_head",
)
length = Scene(
    key="length",
    headline=length_words.length_headline,
    lead=length_words.LENGTH_LEAD,
    controls=length_controls.length,
    compute=length_core.story,
    picture=cost_of_length,
    sentence=length_core.takeaway,
    presets=length_controls.LENGTH_PRESETS,
    below=length_controls.length_below,
    notes=length_words.LENGTH_NOTES,
    source=length_words.LENGTH_SOURCE,
    live="length_n",
    tells=length_words.length_tells,
)
contest = Scene(
    key="words_contest",
    headline=contest_words.contest_headline,
    lead=contest_words.CONTEST_LEAD,
    controls=contest_controls.contest,
    compute=contest_core.story,
    picture=contest_chart,
    sentence=contest_in_words.takeaway,
    presets=contest_controls.CONTEST_PRESETS,
    pick=contest_controls.pick_contest,
    below=contest_controls.contest_below,
    notes=contest_words.CONTEST_NOTES,
    source=contest_words.CONTEST_SOURCE,
    live="words_contest_labels",
)
parts = Scene(
    key="parts",
    headline=length_words.parts_headline,
    lead=length_words.PARTS_LEAD,
    controls=length_controls.parts,
    compute=parts_core.story,
    picture=sizes,
    sentence=parts_core.takeaway,
    presets=length_controls.PARTS_PRESETS,
    below=length_controls.parts_below,
    notes=length_words.PARTS_NOTES,
    source=length_words.PARTS_SOURCE,
    live="parts_width",
    tells=length_words.parts_tells,
)

lesson = Lesson(
    name="language",
    headline=words.HEADLINE,
    decision=words.DECISION,
    predict=words.PREDICT,
    scenes=(bag, near, wordmap, odd, senses, fading, order, attend, length, contest, parts),
    so_what=words.so_what,
    trade_offs=words.TRADE_OFFS,
    ask_engineers=words.ASK_ENGINEERS,
    what_if_asked=words.what_if_asked,
    where_it_lies=(
        *words.WHERE_IT_LIES,
        near_words.NEAR_LIES,
        *memory_words.MEMORY_LIES,
        attend_words.LIE,
        contest_words.CONTEST_LIES,
    ),
    quiz=words.QUIZ,
    maths=words.MATHS + memory_words.MEMORY_MATHS,
    sources=(
        *words.SOURCES,
        *near_words.NEAR_SOURCES,
        *memory_words.MEMORY_SOURCES,
        *attend_words.ATTEND_SOURCES,
    ),
)

if __name__ == "__main__":
    show(lesson)
