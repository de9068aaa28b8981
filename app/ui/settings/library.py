"""Which library is open, and its samples."""

import os
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QLineEdit

from app import settings
from app.ui.context import Context
from app.ui.settings.section import Section
from app.ui.widgets.buttons import Button
from app.ui.widgets.layouts import column, label, row
from app.ui.wording import count
from models.errors import KnownError
from models.queries import post_mortems as queries


class LibrarySettings(Section):
    """The library's folder; sample post-mortems in it.

    Signals
    -------
    folder_chosen(str):
        Another library folder is to be opened.
    samples_requested(), samples_removal_requested():
        The user pressed that button.
    """

    title = "Library"
    hint = "A folder with the database, attached files and backups."
    icon = "hard-drives"
    folder_chosen = Signal(str)
    samples_requested = Signal()
    samples_removal_requested = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look, library = context.look, context.workspace.library
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
        self.add_samples.clicked.connect(self.samples_requested)
        self.remove_samples.clicked.connect(self.samples_removal_requested)
        self.setLayout(
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

    def refresh(self) -> None:
        """Count the samples."""
        self.context.read(
            lambda workspace: queries.with_origin(workspace.library, "sample"), self._show_samples
        )

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
        start = str(self.context.workspace.library.folder)
        folder = QFileDialog.getExistingDirectory(self, "Open a library folder", start)
        if not folder:
            return
        if os.environ.get("AFTERWHY_LIBRARY"):
            self.context.messages.banner(
                "amber",
                "AFTERWHY_LIBRARY names the library",
                "Unset that variable, else it wins at the next start.",
            )
        try:
            settings.save(library=str(Path(folder)))
        except KnownError as error:
            self.context.messages.error(error)
            return
        self.folder_chosen.emit(folder)
