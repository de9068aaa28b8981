"""Starting a post-mortem: what happened, how bad, from which template."""

import dataclasses
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QWidget

from app.ui.context import Context
from app.ui.library.bulk_pane import split_names
from app.ui.widgets.buttons import Button
from app.ui.widgets.layouts import column, label, row, set_tone
from models.commands import post_mortems as commands
from models.document import Document
from models.store.library import Actor
from models.templates import start

if TYPE_CHECKING:
    from app.bootstrap import Workspace


class NewDialog(QDialog):
    """Asks for a title and what is known already; the rest is written in the editor.

    Signals
    -------
    created(str):
        The post-mortem was stored, by its id.
    """

    created = Signal(str)

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        look = context.look
        self.setWindowTitle("New post-mortem")
        self.setAccessibleName("New post-mortem")
        self.title = QLineEdit()
        self.title.setPlaceholderText("Checkout errors at the sale's peak")
        self.title.textChanged.connect(self._check)
        self.template = QComboBox()
        for template in context.workspace.templates.values():
            self.template.addItem(template.name, template.id)
        self.template.currentIndexChanged.connect(self._describe)
        self.severity = QComboBox()
        self.severity.addItem("Not decided yet", "")
        for term in context.workspace.vocabularies.severities.terms:
            self.severity.addItem(term.name, term.id)
        self.services = QLineEdit()
        self.services.setPlaceholderText("checkout, payments")
        self._about = label("", "secondary", "text2", wrap=True)
        self._hint = label("A title is all it needs.", "secondary", "text2")
        self.create_button = Button(look, "Create and write", "primary", "note-pencil")
        self.create_button.clicked.connect(self._create)
        cancel = Button(look, "Cancel")
        cancel.clicked.connect(self.reject)
        self.setLayout(
            column(
                *self._field("What happened, in one line", self.title),
                *self._field("Template", self.template),
                self._about,
                *self._field("Severity", self.severity),
                *self._field("Services, separated by commas", self.services),
                12,
                row(self._hint, None, cancel, self.create_button),
                margins=(24, 20, 24, 20),
                spacing=6,
            )
        )
        self.setMinimumWidth(look.px(520))
        self.create_button.setDefault(True)
        self._describe()
        self._check("")

    @staticmethod
    def _field(words: str, field: QWidget) -> tuple[QWidget, QWidget, int]:
        caption = label(words, "secondary_strong", "text2")
        caption.setBuddy(field)
        field.setAccessibleName(words)
        return caption, field, 6

    @Slot()
    def _describe(self) -> None:
        template = self._context.workspace.templates[self.template.currentData()]
        self._about.setText(template.description)
        self._about.setVisible(bool(template.description))

    @Slot(str)
    def _check(self, text: str) -> None:
        ready = bool(text.strip())
        self.create_button.setEnabled(ready)
        self._hint.setText(
            "Everything you write saves itself." if ready else "A title is all it needs."
        )
        set_tone(self._hint, "text2")

    @Slot()
    def _create(self) -> None:
        title, services = self.title.text().strip(), split_names(self.services.text())
        template_id, severity = self.template.currentData(), self.severity.currentData()

        def write(workspace: "Workspace", actor: Actor) -> str:
            mortem = start(
                workspace.templates[template_id],
                title=title,
                at=workspace.library.now(),
                severity=severity,
                services=services,
            )
            if actor.name:
                mortem = dataclasses.replace(mortem, authors=(actor.name,))
            return commands.add(workspace.library, Document(mortem), actor).id

        def done(id: str) -> None:
            self.accept()
            self.created.emit(id)

        self._context.write(write, done)
