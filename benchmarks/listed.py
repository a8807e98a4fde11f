"""Which pages the menu lists, read from `pages/_navigation.py` without running it."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from benchmarks.server import ROOT


@dataclass(frozen=True)
class ListedPage:
    """A page of the menu."""

    file: str  # in pages/, such as "knn_vs_softmax.py"
    path: str  # in the link, without a slash; "" for the start page

    def __str__(self) -> str:
        return "/" + self.path


def listed_pages() -> tuple[ListedPage, ...]:
    """The pages in the menu's order.

    Raises
    ------
    LookupError
        `pages/_navigation.py` holds no literal ``SECTIONS = {section: [(file, title, path), …]}``.
    """
    tree = ast.parse((ROOT / "pages" / "_navigation.py").read_text(encoding="utf-8"))
    for node in tree.body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if isinstance(target, ast.Name) and target.id == "SECTIONS" and node.value is not None:
            sections = ast.literal_eval(node.value)
            return tuple(ListedPage(file, path) for pages in sections.values() for file, _, path in pages)
    raise LookupError("pages/_navigation.py no longer says SECTIONS = {section: [(file, title, path), ...]}")
