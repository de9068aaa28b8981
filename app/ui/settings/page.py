"""The settings, a section at a time."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QFrame, QLineEdit, QScrollArea, QStackedWidget, QWidget

from app import settings
from app.ui.context import Context
from app.ui.page import Page
from app.ui.settings.author import AuthorFields, save_author
from app.ui.settings.labels import LabelSettings
from app.ui.settings.navigation import SectionList
from app.ui.shell.key_page import key_grid
from app.ui.typography import SCALES
from app.ui.widgets.buttons import Button, Segmented
from app.ui.widgets.layouts import column, frame, holder, label, row
from app.ui.widgets.states import ProgressLine
from app.ui.wording import count
from models.errors import KnownError
from models.queries import post_mortems as queries
from search.results import IndexStatus

if TYPE_CHECKING:
    from app.bootstrap import Workspace
    from app.ui.preferences import Scheme

SECTIONS = (
    ("Library", "hard-drives"),
    ("Author", "pencil-simple"),
    ("Appearance", "palette"),
    ("Services and tags", "cube"),
    ("Search index", "magnifying-glass"),
    ("Keyboard", "keyboard"),
)


class SettingsPage(Page):
    """Library, author, appearance, services and tags, index, keys.

    Signals
    -------
    library_chosen(str):
        Another library folder is to be opened.
    sample_requested(), sample_removal_requested(), rebuild_requested():
        The user pressed that button.
    """

    title = "Settings"
    area = "settings"
    is_top = True
    library_chosen = Signal(str)
    sample_requested = Signal()
    sample_removal_requested = Signal()
    rebuild_requested = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        look = context.look
        self.sections = SectionList(look, SECTIONS)
        self.sections.selectionModel().currentChanged.connect(self._show_section)
        nav = frame(column(self.sections, margins=(0, 12, 0, 8)), "side")
        self.labels = LabelSettings(context)
        self._stack = QStackedWidget()
        for title, hint, content in (
            ("Library", "A folder with the database, attached files and backups.", self._library()),
            ("Author", "Who writes, as history and reviews show it.", self._author()),
            ("Appearance", "Light or dark, and how large text is.", self._appearance()),
            ("Services and tags", "Rename or merge them in every post-mortem.", self.labels),
            (
                "Search index",
                "A cache: it can be rebuilt from the library at any time.",
                self._index(),
            ),
            ("Keyboard", "Everything that has keys.", self._keyboard()),
        ):
            self._stack.addWidget(self._section(title, hint, content))
        self.setLayout(row(nav, (self._stack, 1), spacing=0))
        look.changed.connect(self._show_appearance)
        self._show_appearance()

    # -- page ----------------------------------------------------------------------------------

    def panes(self) -> list[QWidget]:
        """Sections and content."""
        return [self.sections, self._stack]

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """What can be done here."""
        return {"refresh": self.refresh}

    def shown(self) -> None:
        """Read what the section shows."""
        self.refresh()
        self.sections.setFocus()

    def refresh(self) -> None:
        """Read again."""
        if not self.isVisible():
            return
        self.labels.refresh()
        self._context.read(
            lambda workspace: queries.with_origin(workspace.library, "sample"), self._show_samples
        )
        self.read_index()

    def show_section(self, name: str) -> None:
        """Go to a section by its name."""
        names = [section for section, _ in SECTIONS]
        self.sections.setCurrentIndex(self.sections.section_model.index(names.index(name), 0))

    @Slot(QModelIndex)
    def _show_section(self, index: QModelIndex) -> None:
        self._stack.setCurrentIndex(index.row())

    @staticmethod
    def _section(title: str, hint: str, content: QWidget) -> QWidget:
        body = column(
            label(title, "section_title"),
            label(hint, "body", "text2", wrap=True),
            12,
            (content, 1),
            margins=(32, 20, 32, 20),
            spacing=4,
        )
        inner = holder(body)
        inner.setMaximumWidth(760)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(frame(row((inner, 1), (holder(row()), 0)), "surface"))
        area.setAccessibleName(title)
        return area

    # -- sections ------------------------------------------------------------------------------

    def _library(self) -> QWidget:
        look, library = self._context.look, self._context.workspace.library
        self.folder = QLineEdit(str(library.folder))
        self.folder.setReadOnly(True)
        self.folder.setAccessibleName("Library folder")
        self.folder.setCursorPosition(0)
        self.choose_button = Button(look, "Open another folder…", icon="folder-open")
        self.choose_button.clicked.connect(self._choose_folder)
        words = "You can write here." if library.writable else "This folder is read-only."
        self._samples = label("", "body", "text2", wrap=True)
        self.add_samples = Button(look, "Put the samples in", icon="books")
        self.remove_samples = Button(look, "Remove the samples", icon="trash")
        self.add_samples.clicked.connect(self.sample_requested)
        self.remove_samples.clicked.connect(self.sample_removal_requested)
        return holder(
            column(
                label("Folder", "secondary_strong", "text2"),
                row((self.folder, 1), self.choose_button),
                label(f"{words} The window starts anew with another folder.", "secondary", "text2"),
                20,
                label("Sample library", "question"),
                self._samples,
                row(self.add_samples, self.remove_samples, None),
                None,
            )
        )

    def _author(self) -> QWidget:
        self.author = AuthorFields(self._context.actor)
        self.save_author = Button(self._context.look, "Save", "primary")
        self.save_author.clicked.connect(self._save_author)
        return holder(column(self.author, 8, row(self.save_author, None), None))

    def _appearance(self) -> QWidget:
        schemes = (("system", "As the system"), ("light", "Light"), ("dark", "Dark"))
        self.schemes = Segmented("Theme", schemes)
        self.schemes.chosen.connect(self._set_scheme)
        self.sizes = Segmented("Text size", [(str(s), f"{s} %") for s in SCALES])
        self.sizes.chosen.connect(self._set_size)
        return holder(
            column(
                label("Theme", "question"),
                row(self.schemes, None),
                16,
                label("Text size", "question"),
                row(self.sizes, None),
                None,
            )
        )

    def _index(self) -> QWidget:
        look = self._context.look
        self._index_words = label("", "body", wrap=True)
        self._index_path = label("", "secondary", "text2", wrap=True)
        self.rebuild_button = Button(look, "Rebuild the index", icon="arrows-clockwise")
        self.rebuild_button.clicked.connect(self.rebuild_requested)
        self.progress = ProgressLine(look, self._stop_rebuild)
        self.progress.hide()
        self._stop: Callable[[], None] | None = None
        return holder(
            column(
                self._index_words,
                self._index_path,
                8,
                row(self.rebuild_button, None),
                self.progress,
                None,
            )
        )

    def _keyboard(self) -> QWidget:
        return holder(column(key_grid(self._context.look), None))

    # -- doing ---------------------------------------------------------------------------------

    def _show_samples(self, ids: tuple[str, ...]) -> None:
        if ids:
            self._samples.setText(f"{count(len(ids), 'sample')} in this library.")
        else:
            self._samples.setText("Not in this library. Invented incidents to try things out.")
        shown, hidden = self.add_samples, self.remove_samples
        if ids:
            shown, hidden = hidden, shown
        shown.show()
        if hidden.hasFocus():
            shown.setFocus()
        hidden.hide()

    @Slot()
    def _choose_folder(self) -> None:
        start = str(self._context.workspace.library.folder)
        folder = QFileDialog.getExistingDirectory(self, "Open a library folder", start)
        if not folder:
            return
        if os.environ.get("AFTERWHY_LIBRARY"):
            self._context.messages.banner(
                "amber",
                "AFTERWHY_LIBRARY names the library",
                "Unset that variable, else it wins at the next start.",
            )
        try:
            settings.save(library=str(Path(folder)))
        except KnownError as error:
            self._context.messages.error(error)
            return
        self.library_chosen.emit(folder)

    @Slot()
    def _save_author(self) -> None:
        try:
            save_author(self._context, self.author.name.text(), self.author.role.text())
        except KnownError as error:
            self._context.messages.error(error)
            return
        self._context.messages.toast("Saved. History names you so from now on.")

    @Slot(str)
    def _set_scheme(self, key: str) -> None:
        schemes: dict[str, Scheme] = {"system": "system", "light": "light", "dark": "dark"}
        self._context.look.set_scheme(schemes[key])

    @Slot(str)
    def _set_size(self, key: str) -> None:
        self._context.look.set_percent(int(key))

    @Slot()
    def _show_appearance(self) -> None:
        look = self._context.look
        self.schemes.choose(look.scheme)
        nearest = min(SCALES, key=lambda scale: abs(scale - look.percent))
        self.sizes.choose(str(nearest))

    def read_index(self) -> None:
        """Show how the index stands."""

        def read(workspace: "Workspace") -> IndexStatus:
            return workspace.index.status()

        workspace = self._context.workspace
        self._context.runner.submit("index", lambda job: read(workspace), self._show_index)

    def _show_index(self, status: IndexStatus) -> None:
        behind = f"{status.behind:,} behind" if status.behind else "up to date"
        self._index_words.setText(f"{count(status.documents, 'post-mortem')} indexed, {behind}.")
        self._index_path.setText(f"Generation {status.generation}, in {status.path}")

    def show_rebuild(self, done: int, total: int, stop: Callable[[], None]) -> None:
        """How far a rebuild is; equal numbers end it."""
        self._stop = stop
        self.progress.setVisible(done < total)
        self.progress.show_progress("Indexed", done, total, "post-mortems")

    def _stop_rebuild(self) -> None:
        if self._stop is not None:
            self._stop()
