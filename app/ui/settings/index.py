"""How the search index stands, and building it anew."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox

from app import settings
from app.ui.context import Context
from app.ui.settings.section import Section
from app.ui.widgets.buttons import Button
from app.ui.widgets.layouts import column, label, row
from app.ui.widgets.states import ProgressLine
from app.ui.wording import count
from models.errors import KnownError
from search.results import IndexStatus

if TYPE_CHECKING:
    from app.bootstrap import Workspace


class IndexSettings(Section):
    """The search index, and what orders hits that answer about as well.

    Signals
    -------
    rebuild_requested():
        The user pressed that button.
    """

    title = "Search index"
    hint = "A cache: it can be rebuilt from the library at any time."
    icon = "magnifying-glass"
    rebuild_requested = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look = context.look
        self._words = label("", "body", wrap=True)
        self._path = label("", "secondary", "text2", wrap=True)
        self.rebuild_button = Button(look, "Rebuild the index", icon="arrows-clockwise")
        self.rebuild_button.clicked.connect(self.rebuild_requested)
        self.progress = ProgressLine(look, self._stop_rebuild)
        self.progress.hide()
        self._stop: Callable[[], None] | None = None
        self.gentle = QCheckBox("Recent and severe incidents first")
        self.gentle.setChecked(settings.load().tie_breakers != "off")
        self.gentle.toggled.connect(self._set_gentle)
        about = label(
            "Among results that answer about as well: each counts for 2 % at most.",
            "secondary",
            "text2",
            wrap=True,
        )
        rebuild = row(self.rebuild_button, None)
        self.setLayout(
            column(
                *(self._words, self._path, 8, rebuild, self.progress, 16),
                *(label("Order of results", "question"), self.gentle, about, None),
            )
        )

    def refresh(self) -> None:
        """Show how the index stands."""

        def read(workspace: "Workspace") -> IndexStatus:
            return workspace.index.status()

        workspace = self.context.workspace
        self.context.runner.submit("index", lambda job: read(workspace), self._show)

    @Slot(bool)
    def _set_gentle(self, on: bool) -> None:
        try:
            settings.save(tie_breakers="" if on else "off")
        except KnownError as error:
            self.context.messages.error(error)
            return
        workspace = self.context.workspace
        self.context.runner.submit("search", lambda job: workspace.index.order_equals(gentle=on))

    def _show(self, status: IndexStatus) -> None:
        behind = f"{status.behind:,} behind" if status.behind else "up to date"
        self._words.setText(f"{count(status.documents, 'post-mortem')} indexed, {behind}.")
        self._path.setText(f"Generation {status.generation}, in {status.path}")

    def show_rebuild(self, done: int, total: int, stop: Callable[[], None]) -> None:
        """How far a rebuild is; equal numbers end it."""
        self._stop = stop
        self.progress.setVisible(done < total)
        self.progress.show_progress("Indexed", done, total, "post-mortems")

    def _stop_rebuild(self) -> None:
        if self._stop is not None:
            self._stop()
