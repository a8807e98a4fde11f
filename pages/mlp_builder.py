"""MLP builder: is a bigger network worth it?"""

from dl_core import mlp_builder as core
from dl_core import mlp_confusion, mlp_losses, mlp_size, mlp_spread
from dl_core.documents.settings import holds_own
from dl_core.figures.mlp_builder import build_picture
from dl_core.figures.mlp_confusion import confusion_picture
from dl_core.figures.mlp_losses import loss_picture
from dl_core.figures.mlp_size import size_picture
from dl_core.figures.mlp_spread import spread_picture
from dl_core.figures.picture import Picture
from pages._controls import mlp_builder as controls
from pages._shared.frame import show
from pages._shared.lesson import Lesson, Scene
from pages._shared.network import show_network
from pages._words import mlp_builder as words
from pages._words import mlp_builder_scenes as scene_words


def network(built: core.Built, picture: Picture, key: str) -> None:
    """The network itself, at every moment of its training, under the picture's finding."""
    show_network(core.view(built), key, picture.title)


build = Scene(
    key="build",
    headline=scene_words.build_headline,
    controls=controls.build,
    compute=core.story,
    picture=build_picture,
    sentence=core.takeaway,
    presets=controls.BUILD_PRESETS,
    below=controls.further,
    show=network,
    beside=True,
    doing="Training",
    private=holds_own,
    notes=scene_words.BUILD_NOTES,
    source=scene_words.SOURCE,
    live="build_preset",
    tells=scene_words.build_tells,
    save=core.saved,
    load=core.restored,
)
losses = Scene(
    key="losses",
    headline=scene_words.losses_headline,
    lead=scene_words.LOSSES_LEAD,
    controls=controls.built,
    compute=controls.as_it_is,
    picture=loss_picture,
    sentence=mlp_losses.losses_takeaway,
    private=True,
    notes=scene_words.LOSSES_NOTES,
    source=scene_words.SOURCE,
    tells=scene_words.losses_tells,
    save=controls.saved_of,
    load=controls.built_again,
)
confusion = Scene(
    key="confusion",
    headline=scene_words.confusion_headline,
    lead=scene_words.CONFUSION_LEAD,
    controls=controls.built,
    compute=controls.as_it_is,
    picture=confusion_picture,
    sentence=mlp_confusion.confusion_takeaway,
    pick=controls.pick_cell,
    below=controls.cell_rows,
    private=True,
    notes=scene_words.CONFUSION_NOTES,
    source=scene_words.SOURCE,
    save=controls.saved_of,
    load=controls.built_again,
)
spread = Scene(
    key="spread",
    headline=scene_words.spread_headline,
    lead=scene_words.SPREAD_LEAD,
    controls=controls.same_settings,
    compute=mlp_spread.story,
    picture=spread_picture,
    sentence=mlp_spread.takeaway,
    beside=True,
    doing="Training",
    private=holds_own,
    notes=scene_words.SPREAD_NOTES,
    source=scene_words.SOURCE,
    tells=scene_words.spread_tells,
    save=core.saved,
    load=core.restored,
)
size = Scene(
    key="size",
    headline=scene_words.size_headline,
    lead=scene_words.SIZE_LEAD,
    controls=controls.same_settings,
    compute=mlp_size.story,
    picture=size_picture,
    sentence=mlp_size.takeaway,
    beside=True,
    doing="Training",
    private=holds_own,
    notes=scene_words.SIZE_NOTES,
    source=scene_words.SOURCE,
    tells=scene_words.size_tells,
    save=core.saved,
    load=core.restored,
)

lesson = Lesson(
    name="mlp_builder",
    headline=words.HEADLINE,
    decision=words.DECISION,
    predict=words.PREDICT,
    scenes=(build, losses, confusion, spread, size),
    so_what=words.so_what,
    trade_offs=words.TRADE_OFFS,
    ask_engineers=words.ASK_ENGINEERS,
    what_if_asked=words.what_if_asked,
    where_it_lies=words.WHERE_IT_LIES,
    quiz=words.QUIZ,
    maths=words.MATHS,
    sources=words.SOURCES,
    corrections=words.CORRECTIONS,
    linked=True,
)

if __name__ == "__main__":  # as a page; the brief reads the same lesson from here
    show(lesson)
