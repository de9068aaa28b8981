"""Choosing for whom, form, sections and folder of an export, then writing it with progress."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QWidget

from app.telling import Told
from app.ui.context import Context
from app.ui.exporting.captions import Captions, keep_place
from app.ui.exporting.order import Order
from app.ui.exporting.sections import SectionChoice
from app.ui.tasks import Job
from app.ui.widgets.buttons import Button, Segmented
from app.ui.widgets.layouts import column, holder, label, row
from app.ui.widgets.states import ProgressLine
from app.ui.wording import count
from integrations.export.files import Exported, Format

WHOLE, OUTSIDE, COPY = "whole", "outside", "copy"
_FOR = (
    (WHOLE, "Colleagues", "What is chosen below, as it stands here."),
    (
        OUTSIDE,
        "People outside",
        (
            "Without persons, internal links, names of machines and keys of tickets; says at its "
            "end what it leaves out. Rules cannot know every name: read it before you send it."
        ),
    ),
    (
        COPY,
        "Review",
        "A copy to comment in without Afterwhy. Bring it back with File, Read review comments.",
    ),
)
_FORMS = (
    (Format.MARKDOWN, "Markdown", "Can be edited anywhere and imported back without loss."),
    (Format.HTML, "HTML", "One page for each, with its pictures inside; for reading and printing."),
    (Format.PDF, "PDF", "Title, contents, page numbers and the picture of the whys; for sending."),
    (Format.DOCX, "Word", "Real headings, tables and contents, to be worked on in Word."),
    (Format.JSON, "JSON", "Everything a post-mortem holds, ids included; for programs."),
)
_COPIES = (
    (
        Format.HTML,
        "HTML",
        "A page with a field at every place; the browser saves it with the comments.",
    ),
    (
        Format.MARKDOWN,
        "Markdown",
        "Comments are written between marked lines, in any text editor.",
    ),
)
_MOST_NOTICES = 2
"""Sentences that a message has room for."""
_FOLDER, _FORM, _HOSTS = "export_folder", "export_form", "export_public_hosts"


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
        self.whom = Segmented("For", [(key, name) for key, name, _ in _FOR])
        self.whom.chosen.connect(self._change_whom)
        self._about_whom = Captions({key: text for key, _, text in _FOR})
        self.forms = Segmented("Form", [(form.value, name) for form, name, _ in _FORMS])
        self.forms.chosen.connect(self._describe)
        known = {form.value for form, _, _ in _FORMS}
        remembered = context.preferences.text(_FORM, Format.MARKDOWN.value)
        self.forms.choose(remembered if remembered in known else Format.MARKDOWN.value)
        self.copy_forms = Segmented("Form of the copy", [(f.value, name) for f, name, _ in _COPIES])
        self.copy_forms.chosen.connect(self._describe)
        texts = {(form, False): text for form, _, text in _FORMS}
        self._about = Captions(texts | {(form, True): text for form, _, text in _COPIES})
        self.sections = SectionChoice()
        self.sections.edited.connect(self._check)
        self._section_box = holder(
            column(label("Sections", "secondary_strong", "text2"), self.sections, spacing=4)
        )
        self.hosts = QLineEdit(context.preferences.text(_HOSTS, ""))
        self.hosts.setPlaceholderText("status.example.com")
        self.hosts.setAccessibleName("Hosts whose links stay")
        hosts_caption = label("Links to these hosts stay", "secondary_strong", "text2")
        hosts_caption.setBuddy(self.hosts)
        self._host_box = holder(column(hosts_caption, self.hosts, spacing=4))
        for box in (self._section_box, self._host_box):
            keep_place(box)
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
                row(label("For", "secondary_strong", "text2"), self.whom, None),
                self._about_whom,
                4,
                row(label("Form", "secondary_strong", "text2"), self.forms, self.copy_forms, None),
                self._about,
                4,
                self._section_box,
                self._host_box,
                4,
                caption,
                row((self.folder, 1), choose),
                self.progress,
                12,
                row(None, cancel, self.export_button),
                margins=(24, 16, 24, 16),
                spacing=6,
            )
        )
        self.setMinimumWidth(look.px(600))
        self._change_whom()

    @property
    def order(self) -> Order:
        """What is asked for now."""
        is_copy = self.whom.key == COPY
        hosts = tuple(self.hosts.text().replace(",", " ").split())
        told = Told() if is_copy else Told(self.whom.key == OUTSIDE, self.sections.chosen, hosts)
        folder = Path(self.folder.text().strip()).expanduser()
        form = Format((self.copy_forms if is_copy else self.forms).key)
        return Order(self._ids, form, folder, told, is_copy)

    @Slot()
    def carry_out(self) -> None:
        """Write the files."""
        if self._job is not None or not self.export_button.isEnabled():
            return
        context, order = self._context, self.order
        context.preferences.set_text(_FOLDER, str(order.folder))
        context.preferences.set_text(_FORM, self.forms.key)
        context.preferences.set_text(_HOSTS, self.hosts.text().strip())

        def write(job: Job) -> Exported:
            return order.carried_out(
                context.workspace,
                context.wording,
                progress=lambda done: job.report(done, len(order.ids)),
                cancelled=lambda: job.cancelled,
            )

        self.progress.show_progress("Exported", 0, 0, "post-mortems")
        self.progress.show()
        self.export_button.setEnabled(False)
        self._job = context.runner.submit(
            "index",
            write,
            lambda exported: self._done(exported, order.folder),
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
        if len(exported.notices) > _MOST_NOTICES:
            words += f" {len(exported.notices)} of them need a look before they are sent."
        else:
            words = " ".join((words, *exported.notices))
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
    def _change_whom(self) -> None:
        whom = self.whom.key
        self._about_whom.show_caption(whom)
        self._section_box.setVisible(whom != COPY)
        self._host_box.setVisible(whom == OUTSIDE)
        self.sections.show_usual(redacted=whom == OUTSIDE)
        self.forms.setVisible(whom != COPY)
        self.copy_forms.setVisible(whom == COPY)
        self._describe()
        self._check()
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """The height of wrapped lines is known once the dialog has its look."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as what it shows needs at its width."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))

    @Slot()
    def _describe(self) -> None:
        is_copy = self.whom.key == COPY
        chosen = self.copy_forms if is_copy else self.forms
        self._about.show_caption((Format(chosen.key), is_copy))

    @Slot()
    def _check(self) -> None:
        told = self.whom.key == COPY or bool(self.sections.chosen)
        ready = bool(self.folder.text().strip()) and told and self._job is None
        self.export_button.setEnabled(ready)

    @Slot()
    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Export to", self.folder.text())
        if folder:
            self.folder.setText(folder)


def _show_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
