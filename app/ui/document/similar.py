"""Similar failures of what is read, each with the reasons why, and linking them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.ui.context import Context
from app.ui.document.similar_list import SimilarList
from app.ui.index_state import BUILDING, IndexState
from app.ui.widgets.layouts import column
from app.ui.widgets.states import Notice
from models.document import Document
from models.domain.root import Relation
from search.extract import extract
from search.results import SimilarHit

if TYPE_CHECKING:
    from app.bootstrap import Workspace

LIMIT = 10
_UNCHOSEN = "What is like the chosen result appears here."


@dataclass(frozen=True, slots=True)
class Similar:
    """Failures like a document (``of``, its id), and how it stands to others."""

    of: str
    hits: tuple[SimilarHit, ...]
    relations: tuple[Relation, ...] = ()


def similar_to(workspace: "Workspace", document: Document) -> Similar:
    """Failures like a document, itself left out; for the search lane."""
    hits = workspace.index.similar(extract(document, workspace.due_days), limit=LIMIT)
    return Similar(document.post_mortem.id, hits, document.relations)


class SimilarPanel(QWidget):
    """The list, or a sentence where nothing is similar or the index failed.

    Signals
    -------
    opened(str), linked(object, object):
        As the list has them.
    """

    opened = Signal(str)
    linked = Signal(object, object)

    def __init__(self, context: Context, *, links: bool = True) -> None:
        """Without ``links`` nothing can be linked: what is compared is no post-mortem."""
        super().__init__()
        self._context = context
        self.list = SimilarList(context, links=links)
        self.list.opened.connect(self.opened)
        self.list.linked.connect(self.linked)
        self.notice = Notice(context.look)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.notice)
        self.setLayout(column(self._stack))
        self.setFocusProxy(self.list)
        self._index: IndexState | None = None
        self._ask_again: Callable[[], None] | None = None
        self._waits = False
        self._of = ""

    def watch(self, index: IndexState, ask_again: Callable[[], None]) -> None:
        """Say so while the index is being built, and ask again when it is there."""
        self._index, self._ask_again = index, ask_again
        index.changed.connect(self._index_changed)

    def show_relations(self, relations: Iterable[Relation]) -> None:
        """Say which of those that are shown are linked."""
        self.list.similar_model.show_relations(relations)

    def show_found(self, found: Similar) -> None:
        """Show these; of the same document the same one stays current, else the best."""
        hits, model = found.hits, self.list.similar_model
        index = self.list.currentIndex()
        current = model.entry(index).id if index.isValid() and found.of == self._of else ""
        self._of = found.of
        model.show_rows(hits)
        model.show_relations(found.relations)
        self._waits = not hits and self._index is not None and self._index.is_building
        if self._waits:
            self._show_building()
        elif hits:
            self.list.setCurrentIndex(model.place(current))
        else:
            self.notice.show_empty(
                "intersect",
                "Nothing similar yet",
                "Similar failures appear here as the library grows.",
            )
        self._stack.setCurrentWidget(self.list if hits else self.notice)

    def show_nothing(self, title: str = "No result chosen", words: str = _UNCHOSEN) -> None:
        """There is nothing that others could be like, or none is."""
        self._waits = False
        self.list.similar_model.show_rows(())
        self.notice.show_empty("intersect", title, words)
        self._stack.setCurrentWidget(self.notice)

    def _show_building(self) -> None:
        if self._index is not None:
            self.notice.show_empty("intersect", BUILDING, self._index.words)

    @Slot()
    def _index_changed(self) -> None:
        if not self._waits or self._index is None or self._ask_again is None:
            return
        if self._index.is_building:
            self._show_building()
        else:
            self._waits = False
            self._ask_again()

    def show_failure(self, error: BaseException, again: Callable[[], None]) -> None:
        """The index could not answer; made anew, it is asked ``again``."""
        self._waits = False
        self.notice.show_error(
            "Similar failures could not be read",
            "Your post-mortems are safe. Rebuilding the index takes a few seconds.",
            f"{type(error).__name__}: {error}",
            ("Rebuild index", partial(self._context.rebuild_index, again)),
        )
        self._stack.setCurrentWidget(self.notice)
