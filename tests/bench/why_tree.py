"""From a change of a why tree of two hundred to its painted rows, in the real window."""

from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.corpus import documents, sentences
from tests.bench.desk import Desk
from tests.bench.figures import Figures, summed_up, timed_ms

if TYPE_CHECKING:
    from models.domain.whys import WhyNode

_WHYS = 200
_WIDE = 3
_ROUNDS = 8
_CHANGES = ("why_add", "why_beside", "why_up", "why_in", "why_out", "why_join", "why_remove")


def measure(folder: Path) -> Figures:
    """Each change is made in turn with undo, at a place in the middle of the tree."""
    from app.ui.editor.whys.page import WhysPage
    from models.domain.whys import walk

    desk = Desk(folder, _fill(folder / "library"))
    desk.page.reveal("whys")
    desk.run(2.0)
    page = desk.page.work.forms.page
    assert isinstance(page, WhysPage)
    nodes = [node.id for _, node in walk(page.shown_tree())]
    commands = page.commands()

    def carried_out(id: str) -> float:
        def act() -> None:
            commands[id]()
            for _ in range(3):  # lay out, paint, and what that began
                desk.app.processEvents()

        desk.run(0.05)
        return timed_ms(act)

    found: dict[str, list[float]] = defaultdict(list)
    for _ in range(_ROUNDS):
        for id in _CHANGES:
            page.tree.open_to(nodes[_WHYS // 2])
            before = page.draft.document
            found[id].append(carried_out(id))
            page.tree.close_field()
            while page.draft.document is not before and page.draft.undo_name:
                page.draft.undo()
        for _ in ("fold", "unfold"):
            page.tree.open_to(nodes[0])
            found["why_fold"].append(carried_out("why_fold"))
    desk.close()
    return {f"{id}_ms": summed_up(samples) for id, samples in found.items()} | {"whys": _WHYS}


def _fill(folder: Path) -> str:
    """A library with a post-mortem whose tree has two hundred whys; its id."""
    from models.commands import post_mortems as commands
    from models.domain.post_mortem import Status
    from models.domain.whys import WhyTree
    from models.store.library import Actor, open_library

    library = open_library(folder)
    (first,) = documents(1)
    words = sentences()
    tree = WhyTree("tree", problem=words[0], nodes=_below(words, 0))
    mortem = replace(first.post_mortem, whys=(tree,), historical=False, status=Status.DRAFT)
    commands.add(library, replace(first, post_mortem=mortem), Actor())
    library.close()
    return mortem.id


def _below(words: list[str], above: int) -> "tuple[WhyNode, ...]":
    """The whys below the one of a number, and all below them."""
    from models.domain.whys import WhyNode

    numbers = range(above * _WIDE + 1, min(above * _WIDE + _WIDE, _WHYS) + 1)
    return tuple(
        WhyNode(f"why-{n}", answer=words[n % len(words)], children=_below(words, n))
        for n in numbers
    )
