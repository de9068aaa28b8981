"""The section of the files kept beside the post-mortem."""

import tempfile
from pathlib import Path

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog

from app.ui.context import Context
from app.ui.editor.attachments.model import AttachmentsModel
from app.ui.editor.attachments.view import AttachmentsView
from app.ui.editor.draft import Draft
from app.ui.editor.section import SectionPage
from app.ui.tasks import Job
from app.ui.widgets.buttons import Button
from app.ui.widgets.layouts import column, label, row
from models.commands import attachments as commands
from models.document import Document
from models.domain.attachment import Attachment, file_name
from models.editing.attachments import remove_attachment, rename_attachment
from models.errors import LibraryError

_OPENED = ("image/", "text/plain", "application/pdf")
"""Kinds that a viewer opens; any other might be run, and is only saved where the author says."""


class AttachmentsPage(SectionPage):
    """Files and pictures: added, named, opened, removed."""

    key = "attachments"

    def __init__(self, context: Context, draft: Draft) -> None:
        super().__init__(context, draft)
        library = context.workspace.library
        self.model = AttachmentsModel(
            lambda file: commands.path_of(library, file.sha256), self._rename, self
        )
        self.list = AttachmentsView(context.look, self.model)
        self.list.open_requested.connect(self.open)
        self.list.removed.connect(self.remove)
        self.list.paste_requested.connect(self._paste)
        self.list.selectionModel().currentChanged.connect(self._offer)
        self.empty = label(
            "No files yet. Drop or paste a picture here or into any text; what is attached stays "
            "in the library and goes along with every export.",
            "body",
            "text2",
            wrap=True,
        )
        look = context.look
        self.add_button = Button(look, "Add files…", "primary", "paperclip", size="small")
        self.save_button = Button(look, "Save a copy…", "secondary", "export", size="small")
        self.open_button = Button(
            look, "Open", "secondary", "eye", size="small", tip="Open (Enter)"
        )
        self.remove_button = Button(
            look, "Remove", "secondary", "trash", size="small", tip="Remove (Del)"
        )
        self.add_button.clicked.connect(self.choose_files)
        self.save_button.clicked.connect(self.save_copy)
        self.open_button.clicked.connect(self.open)
        self.remove_button.clicked.connect(self.remove)
        buttons = row(self.add_button, None, self.open_button, self.save_button, self.remove_button)
        self.setLayout(
            column(self.empty, (self.list, 1), buttons, margins=(24, 8, 24, 12), spacing=8)
        )
        self.setAcceptDrops(True)
        self.setFocusProxy(self.list)

    @property
    def current(self) -> Attachment | None:
        """The chosen file."""
        return self.model.at(self.list.currentIndex())

    def show_document(self, document: Document) -> None:
        """Show the files."""
        chosen = self.current
        self.model.show(document.attachments)
        place = self.model.place(chosen.id) if chosen else self.model.index(0, 0)
        if not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(place if place.isValid() else self.model.index(0, 0))
        self.empty.setVisible(not document.attachments)
        self._offer()

    def reveal(self, anchor: str) -> None:
        """Go to the file of an id."""
        files = self.draft.document.attachments
        found = next((file for file in files if file.id in anchor), None)
        if found is not None:
            self.list.setCurrentIndex(self.model.place(found.id))
        self.list.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and pictures are welcome."""
        data = event.mimeData()
        if data.hasImage() or any(url.isLocalFile() for url in data.urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Keep what was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        self.attaching.add_files(paths)
        event.acceptProposedAction()

    # -- acting --------------------------------------------------------------------------------

    @Slot()
    def choose_files(self) -> None:
        """Ask which files to attach."""
        start = self.context.preferences.text("attach_folder", str(Path.home()))
        names, _ = QFileDialog.getOpenFileNames(self.window(), "Attach files", start)
        if names:
            self.context.preferences.set_text("attach_folder", str(Path(names[0]).parent))
            self.attaching.add_files([Path(name) for name in names])

    @Slot()
    def open(self) -> None:
        """Show the chosen file in the viewer of its kind; any other kind is saved as a copy."""
        file = self.current
        if file is None:
            return
        if not file.media_type.startswith(_OPENED):
            self.save_copy()
            return
        source = commands.path_of(self.context.workspace.library, file.sha256)
        name = file_name(file.name)

        def copy(job: Job) -> Path:
            return _copied(source, Path(tempfile.mkdtemp(prefix="afterwhy-")) / name)

        def show(path: Path) -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

        self.context.runner.submit("store", copy, show)

    @Slot()
    def save_copy(self) -> None:
        """Ask where the chosen file is to be saved, too."""
        file = self.current
        if file is None:
            return
        start = Path.home() / file_name(file.name)
        name, _ = QFileDialog.getSaveFileName(self.window(), "Save a copy", str(start))
        if not name:
            return
        source = commands.path_of(self.context.workspace.library, file.sha256)

        messages = self.context.messages
        self.context.runner.submit(
            "store",
            lambda job: _copied(source, Path(name)),
            lambda path: messages.toast(f"{path.name} is saved."),
        )

    @Slot()
    def remove(self) -> None:
        """Take the chosen file out; undo brings it back."""
        file = self.current
        if file is not None:
            place = f"{self.key}/{file.id}"
            self.draft.edit(
                f"Remove {file.name}", lambda d: remove_attachment(d, file.id), place=place
            )
            self.offer_undo(f"{file.name} removed.")

    @Slot()
    def _paste(self) -> None:
        data = QGuiApplication.clipboard().mimeData()
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if paths:
            self.attaching.add_files(paths)
        elif data.hasImage():
            self.attaching.add_picture(QImage(data.imageData()))

    def _rename(self, attachment_id: str, name: str) -> None:
        self.draft.edit(
            "Rename attachment", lambda d: rename_attachment(d, attachment_id, name), place=self.key
        )

    @Slot()
    def _offer(self) -> None:
        chosen = self.current is not None
        for button in (self.open_button, self.save_button, self.remove_button):
            button.setEnabled(chosen)


def _copied(source: Path, target: Path) -> Path:
    """Copies the content of a file and returns where to."""
    try:
        target.write_bytes(source.read_bytes())
    except OSError as error:
        raise LibraryError(
            f"{target.name} could not be copied: {error.strerror or error}.",
            kept="The attachment is as it was.",
            advice="Choose another folder, or check its free space.",
        ) from error
    return target
