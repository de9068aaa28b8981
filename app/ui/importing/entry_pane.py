"""One file of an import: what is to be told about it, and what it would change."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QWidget

from app.ui.context import Context
from app.ui.document.differences import DifferenceView, Told, told
from app.ui.importing.entries import CHIPS, SURE, shown_path
from app.ui.importing.plan_words import outlook
from app.ui.pacing import Latest
from app.ui.tasks import Job
from app.ui.widgets.chips import ChipRow, IconLabel
from app.ui.widgets.layouts import clear, column, horizontal_line, label, row
from integrations.markdown.apply import foreseen
from integrations.markdown.plan import Entry
from models.differences import differences

NOTICES_HIGH = 168


class EntryPane(QFrame):
    """Title, verdict and notices of a file; for one that updates a post-mortem, the difference."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._entry: Entry | None = None
        self._latest: Latest[Told] = Latest(context.runner, "store")
        self.setProperty("ground", "dock")
        self.setAccessibleName("The chosen file")
        self._title = label("", "question", wrap=True)
        self._path = label("", "secondary", "text2", wrap=True)
        self._chips = ChipRow(context.look)
        self._reason = label("", "body", wrap=True)
        self._outlook = label("", "secondary", "text2", wrap=True)
        self._notice_lines = column(spacing=6)
        self.notices = _scrolling(self._notice_lines)
        self.notices.setMaximumHeight(context.look.px(NOTICES_HIGH))
        self.difference = DifferenceView(context.look)
        parts = (self._title, self._path, self._chips, self._reason, self._outlook, self.notices)
        self._line = horizontal_line()
        self._rest = QWidget()
        self.setLayout(
            column(
                *parts,
                self._line,
                (self.difference, 1),
                (self._rest, 1),
                margins=(16, 14, 16, 10),
                spacing=6,
            )
        )
        self.show_entry(None)

    def show_entry(self, entry: Entry | None) -> None:
        """Show a file, or none."""
        self._entry = entry
        self._latest.forget()
        for part in (self._path, self._chips, self._reason, self._outlook, self.notices):
            part.setVisible(entry is not None)
        self._show_difference(shown=False)
        if entry is None:
            self._title.setText("Choose a file to see what becomes of it.")
            return
        self._title.setText(entry.title or shown_path(entry))
        # A path has no spaces to break at.
        self._path.setText(str(entry.path).replace("/", "/\N{ZERO WIDTH SPACE}"))
        self._chips.show_chips([CHIPS[entry.verdict]])
        self._reason.setText(_sentence(entry.reason))
        self._reason.setVisible(bool(entry.reason))
        self._outlook.setText(outlook(entry))
        self._show_notices(entry.notices)
        if entry.post_mortem_id and (entry.verdict in SURE or entry.can_update):
            self._compare()

    def _show_notices(self, notices: tuple[str, ...]) -> None:
        clear(self._notice_lines)
        for text in notices:
            icon = column(IconLabel(self._context.look, "warning", "amber"), None)
            line = row(icon, (label(text, "secondary", "amber", wrap=True), 1))
            self._notice_lines.addLayout(line)
        self._notice_lines.addStretch(1)
        self.notices.setVisible(bool(notices))

    def _show_difference(self, *, shown: bool) -> None:
        self._line.setVisible(shown)
        self.difference.setVisible(shown)
        self._rest.setVisible(not shown)

    @Slot()
    def _compare(self) -> None:
        entry, workspace = self._entry, self._context.workspace
        if entry is None:
            return

        def compare(job: Job) -> Told:
            here, then = foreseen(workspace.library, entry, workspace.vocabularies)
            same = "The file says what the library says."
            return told(differences(here, then), f"{entry.ref} here", "With the file", same=same)

        def show(result: Told) -> None:
            self.difference.show_told(result)
            self._show_difference(shown=True)

        def fail(error: BaseException) -> None:
            self.difference.show_failure(error, self._compare)
            self._show_difference(shown=True)

        self._latest.submit(compare, show, failed=fail)


def _sentence(reason: str) -> str:
    return f"{reason[:1].upper()}{reason[1:]}." if reason and reason[-1] not in ".!?" else reason


def _scrolling(lines: QLayout) -> QScrollArea:
    inner = QWidget()
    inner.setLayout(lines)
    area = QScrollArea()
    area.setWidget(inner)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setAccessibleName("Notices")
    return area
