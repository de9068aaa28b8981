"""Choosing form and folder of an export, then writing it with progress and Stop."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QWidget

from app.ui.context import Context
from app.ui.tasks import Job
from app.ui.widgets.buttons import Button, Segmented
from app.ui.widgets.layouts import column, label, row
from app.ui.widgets.states import ProgressLine
from app.ui.wording import count
from integrations.export.files import Exported, Format, export_documents
from models.commands import attachments
from models.queries import post_mortems as queries

_FORMS = (
    (Format.MARKDOWN, "Markdown", "Can be edited anywhere and imported back without loss."),
    (Format.HTML, "HTML", "One page for each, with its pictures inside; for reading and printing."),
    (Format.JSON, "JSON", "Everything a post-mortem holds, ids included; for programs."),
)
_FOLDER, _FORM = "export_folder", "export_form"


class ExportDialog(QDialog):
    """Exports some post-mortems. Files of other origin are never replaced."""

    def __init__(self, context: Context, window: QWidget, ids: Sequence[str]) -> None:
        super().__init__(window)
        self._context = context
        self._ids = tuple(ids)
        self._job: Job | None = None
        look = context.look
        self.setWindowTitle("Export")
        self.setAccessibleName("Export")
        self.forms = Segmented("Form", [(form.value, name) for form, name, _ in _FORMS])
        self.forms.chosen.connect(self._describe)
        known = {form.value for form, _, _ in _FORMS}
        remembered = context.preferences.text(_FORM, Format.MARKDOWN.value)
        self.forms.choose(remembered if remembered in known else Format.MARKDOWN.value)
        self._about = label("", "secondary", "text2", wrap=True)
        self.folder = QLineEdit(context.preferences.text(_FOLDER, str(Path.home())))
        self.folder.setAccessibleName("Folder")
        self.folder.textChanged.connect(self._check)
        caption = label("Folder", "secondary_strong", "text2")
        caption.setBuddy(self.folder)
        choose = Button(look, "Choose…", icon="folder-open")
        choose.clicked.connect(self._choose)
        self.progress = ProgressLine(look, self._stop)
        self.progress.hide()
        self.export_button = Button(look, "Export", "primary", "export")
        self.export_button.setDefault(True)
        self.export_button.clicked.connect(self.carry_out)
        cancel = Button(look, "Cancel")
        cancel.clicked.connect(self.reject)
        self.setLayout(
            column(
                label(f"Export {count(len(self._ids), 'post-mortem')}", "screen_title"),
                8,
                row(self.forms, None),
                self._about,
                8,
                caption,
                row((self.folder, 1), choose),
                self.progress,
                12,
                row(None, cancel, self.export_button),
                margins=(24, 20, 24, 20),
                spacing=6,
            )
        )
        self.setMinimumWidth(look.px(540))
        self._describe()
        self._check()

    @Slot()
    def carry_out(self) -> None:
        """Write the files."""
        if self._job is not None or not self.export_button.isEnabled():
            return
        context, ids = self._context, self._ids
        workspace = context.workspace
        folder, form = Path(self.folder.text().strip()).expanduser(), Format(self.forms.key)
        context.preferences.set_text(_FOLDER, str(folder))
        context.preferences.set_text(_FORM, form.value)

        def write(job: Job) -> Exported:
            return export_documents(
                [queries.by_id(workspace.library, id) for id in ids],
                form,
                folder,
                lambda attachment: attachments.path_of(workspace.library, attachment.sha256),
                words=context.wording,
                progress=lambda done: job.report(done, len(ids)),
                cancelled=lambda: job.cancelled,
            )

        self.progress.show_progress("Exported", 0, 0, "post-mortems")
        self.progress.show()
        self.export_button.setEnabled(False)
        self._job = context.runner.submit(
            "index",
            write,
            lambda exported: self._done(exported, folder),
            failed=self._failed,
            cancelled=self._end,
            progress=self._show_progress,
        )

    def reject(self) -> None:
        """Cancel stops what is being written first."""
        self._stop()
        super().reject()

    def _show_progress(self, done: int, total: int, text: str) -> None:
        self.progress.show_progress("Exported", done, total, "post-mortems")

    def _done(self, exported: Exported, folder: Path) -> None:
        self._end()
        self.accept()
        words = f"{count(len(exported.files), 'post-mortem')} exported to {folder}."
        if exported.cancelled:
            words = f"Stopped after {words}"
        self._context.messages.toast(words, lambda: _show_folder(folder), button="Show the folder")

    def _failed(self, error: BaseException) -> None:
        self._end()
        self._context.messages.error(error)
        self.accept()

    def _end(self) -> None:
        self._job = None
        self.progress.hide()
        self._check()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    @Slot()
    def _describe(self) -> None:
        self._about.setText(next(text for form, _, text in _FORMS if form == self.forms.key))

    @Slot()
    def _check(self) -> None:
        self.export_button.setEnabled(bool(self.folder.text().strip()) and self._job is None)

    @Slot()
    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Export to", self.folder.text())
        if folder:
            self.folder.setText(folder)


def _show_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
