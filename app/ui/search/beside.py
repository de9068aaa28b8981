"""What belongs to the chosen hit: similar failures, and its text."""

from functools import partial
from typing import Literal

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from app.ui.context import Context
from app.ui.document.find_bar import FindBar
from app.ui.document.places import anchor_of
from app.ui.document.reading import Page, Reading, read_document
from app.ui.document.reading_text import ReadingText
from app.ui.document.relating import Relating
from app.ui.document.similar import Similar, SimilarPanel, similar_to
from app.ui.pacing import Latest
from app.ui.tasks import Job
from app.ui.widgets.buttons import Segmented
from app.ui.widgets.layouts import column, holder, label, row
from models.queries import post_mortems as queries

Part = Literal["similar", "text"]


class Beside(QFrame):
    """One hit, as similar failures or as text.

    Signals
    -------
    opened(str):
        A post-mortem is to be opened, by id or ref.
    """

    opened = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._id = self._section = self._query = ""
        self._similar_hits: Latest[Similar] = Latest(context.runner, "search")
        self._previews: Latest[Reading] = Latest(context.runner, "store")
        look = context.look
        self.setProperty("ground", "dock")
        self.similar = SimilarPanel(context)
        self.similar.watch(
            context.index_state, lambda: self.show_hit(self._id, self._section, self._query)
        )
        self.similar.opened.connect(self.opened)
        self.relating = Relating(context, self.similar, lambda: self._id)
        self.preview = ReadingText(look)
        self.preview.anchorClicked.connect(self._follow)
        self.preview.setAccessibleName("Preview")
        self.find_bar = FindBar(look, self.preview)
        self._title = label("", "question")
        self._choice = Segmented("Beside the results", (("similar", "Similar"), ("text", "Text")))
        self._choice.chosen.connect(self._show)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.similar)
        self._stack.addWidget(holder(column((self.preview, 1), self.find_bar, spacing=0)))
        head = row(self._title, None, self._choice)
        self.setLayout(column(head, (self._stack, 1), margins=(16, 14, 16, 12)))
        self.setFocusProxy(self.similar)

    @property
    def shown(self) -> QWidget:
        """The part that can be seen."""
        return self._part(self._choice.key)

    def show_hit(self, id: str, section: str, query: str = "") -> None:
        """Show what belongs to a hit and where in it the query was found; "" shows nothing."""
        self._id, self._section, self._query = id, section, query
        if not id:
            self._show_nothing()
            return
        context = self._context
        workspace = context.workspace

        def find(job: Job) -> Similar:
            return similar_to(workspace, queries.by_id(workspace.library, id))

        def show(reading: Reading) -> None:
            self._title.setText(reading.document.ref)
            self.preview.show_page(reading.page, anchor_of(section, reading.document))
            self.find_bar.mark(query)

        again = partial(self.show_hit, id, section, query)
        self._similar_hits.submit(
            find,
            self.similar.show_found,
            failed=lambda error: self.similar.show_failure(error, again),
        )
        self._previews.submit(
            lambda job: read_document(workspace, id, context.wording),
            show,
            failed=context.messages.error,
        )

    def focus_part(self, part: Part) -> None:
        """Show a part and give it the keyboard."""
        self._choice.choose(part)
        self._show(part)
        self.shown.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def find_text(self) -> None:
        """Find in the text of the hit."""
        self.focus_part("text")
        self.find_bar.begin()

    def _show_nothing(self) -> None:
        self._title.setText("")
        self._similar_hits.forget()
        self._previews.forget()
        self.similar.show_nothing()
        self.preview.show_page(Page(""))

    def _part(self, key: str) -> QWidget:
        return self.similar if key == "similar" else self.preview

    @Slot(str)
    def _show(self, key: str) -> None:
        self._stack.setCurrentIndex(("similar", "text").index(key))

    @Slot(QUrl)
    def _follow(self, url: QUrl) -> None:
        if url.scheme() == "pm":
            self.opened.emit(url.path())
        else:
            self.preview.follow(url)
