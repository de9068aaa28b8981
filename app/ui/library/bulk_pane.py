"""What stands in place of the reading pane while several post-mortems are selected."""

from collections.abc import Iterable

from PySide6.QtCore import QStringListModel, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QCompleter, QFrame, QGridLayout, QLineEdit, QWidget

from app.ui.context import Context
from app.ui.widgets.buttons import Button
from app.ui.widgets.layouts import column, label, row
from app.ui.wording import count
from models.commands.labels import BulkEdit
from models.domain.post_mortem import Status

_KEEP = "Leave as it is"


def split_names(text: str) -> tuple[str, ...]:
    """Names separated by commas, each once."""
    return tuple(dict.fromkeys(name for part in text.split(",") if (name := part.strip())))


class BulkPane(QFrame):
    """Sets severity, status, services and tags of a selection; exports it; deletes it.

    Signals
    -------
    applied(BulkEdit):
        The user asked to set this for the selection.
    export_requested(), deletion_requested():
        The user pressed that button.
    """

    applied = Signal(object)
    export_requested = Signal()
    deletion_requested = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        look = context.look
        self.setProperty("ground", "surface")
        self._title = label("", "document_title")
        hint = label("What you leave empty stays as it is, for each of them.", "secondary", "text2")
        self.severity = self._combo("Severity")
        for term in context.workspace.vocabularies.severities.terms:
            self.severity.addItem(term.name, term.id)
        self.status = self._combo("Status")
        for status in Status:
            self.status.addItem(context.wording.name("statuses", status.value), status.value)
        self.services = self._field("Services", "checkout, payments")
        self.add_tags = self._field("Add tags", "retry, expiry")
        self.remove_tags = self._field("Remove tags", "")
        self._service_names = QStringListModel(self)
        self._tag_names = QStringListModel(self)
        for field, names in (
            (self.services, self._service_names),
            (self.add_tags, self._tag_names),
            (self.remove_tags, self._tag_names),
        ):
            completer = QCompleter(names, field)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            field.setCompleter(completer)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        rows: tuple[tuple[str, QWidget], ...] = (
            ("Severity", self.severity),
            ("Status", self.status),
            ("Services become", self.services),
            ("Add tags", self.add_tags),
            ("Remove tags", self.remove_tags),
        )
        for number, (words, widget) in enumerate(rows):
            caption = label(words, "secondary_strong", "text2")
            caption.setBuddy(widget)
            grid.addWidget(caption, number, 0)
            grid.addWidget(widget, number, 1)
        self.apply_button = Button(look, "Apply to all", "primary", "checks")
        self.apply_button.clicked.connect(self._apply)
        self.export_button = Button(look, "Export", icon="export", tip="Export (Ctrl+E)")
        self.export_button.clicked.connect(self.export_requested)
        self.delete_button = Button(look, "Move to trash", icon="trash", tip="Move to trash (Del)")
        self.delete_button.clicked.connect(self.deletion_requested)
        foot = row(self.apply_button, None, self.export_button, self.delete_button)
        self.setLayout(
            column(self._title, hint, 8, grid, 8, foot, None, margins=(28, 20, 28, 8), spacing=6)
        )
        self.setFocusProxy(self.severity)

    def show_selection(self, number: int, services: Iterable[str], tags: Iterable[str]) -> None:
        """Say how many are selected; offer the names that the library has."""
        self._title.setText(f"{count(number, 'post-mortem')} selected")
        self._service_names.setStringList(sorted(services))
        self._tag_names.setStringList(sorted(tags))

    def wanted(self) -> BulkEdit:
        """What the form asks for."""
        services = split_names(self.services.text())
        return BulkEdit(
            severity=self.severity.currentData(),
            # Qt hands an enumeration of strings back as the plain string.
            status=Status(status) if (status := self.status.currentData()) else None,
            services=services or None,
            add_tags=split_names(self.add_tags.text()),
            remove_tags=split_names(self.remove_tags.text()),
        )

    def reset(self) -> None:
        """Empty the form."""
        self.severity.setCurrentIndex(0)
        self.status.setCurrentIndex(0)
        for field in (self.services, self.add_tags, self.remove_tags):
            field.clear()

    @Slot()
    def _apply(self) -> None:
        self.applied.emit(self.wanted())

    @staticmethod
    def _combo(name: str) -> QComboBox:
        combo = QComboBox()
        combo.setAccessibleName(name)
        combo.addItem(_KEEP, None)
        return combo

    @staticmethod
    def _field(name: str, example: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setPlaceholderText(f"for example {example}" if example else "")
        field.setAccessibleDescription("Separate several with commas")
        return field
