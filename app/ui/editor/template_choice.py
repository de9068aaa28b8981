"""Changing the template of what is being written."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QButtonGroup, QDialog, QFrame, QRadioButton, QScrollArea, QWidget

from app.ui.context import Context
from app.ui.editor.draft import Draft
from app.ui.widgets.buttons import Button
from app.ui.widgets.layouts import Item, column, holder, label, row
from models.document import Document
from models.editing.templates import with_template
from models.templates import Template


class TemplateDialog(QDialog):
    """The templates with what each is for; the one in use is chosen."""

    def __init__(self, context: Context, draft: Draft, window: QWidget) -> None:
        super().__init__(window)
        self._draft = draft
        self._templates = context.workspace.templates
        self.setWindowTitle("Change template")
        self.setAccessibleName("Change template")
        look = context.look
        known = draft.document.post_mortem.template
        self._current = known if known in self._templates else next(iter(self._templates))
        self.choices: dict[str, QRadioButton] = {}
        group = QButtonGroup(self)
        rows: list[Item] = []
        for template in self._templates.values():
            choice = QRadioButton(template.name)
            choice.setAccessibleName(template.name)
            choice.setAccessibleDescription(template.description)
            choice.setChecked(template.id == self._current)
            group.addButton(choice)
            self.choices[template.id] = choice
            asked = ", ".join(section.heading for section in template.sections)
            words = (label(template.description, "secondary", "text2", wrap=True),) * bool(
                template.description
            )
            said = column(
                *words, label(asked, "secondary", "text3", wrap=True), margins=(26, 0, 0, 10)
            )
            rows += [choice, said]
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(holder(column(*rows, None, spacing=2)))
        self.change_button = Button(look, "Change", "primary", "file-text")
        self.change_button.clicked.connect(self._change)
        self.change_button.setDefault(True)
        cancel = Button(look, "Cancel")
        cancel.clicked.connect(self.reject)
        hint = "What is written stays: sections that hold something are shown with any template."
        self.setLayout(
            column(
                label(hint, "body", wrap=True),
                (area, 1),
                row(None, cancel, self.change_button),
                margins=(24, 20, 24, 20),
                spacing=12,
            )
        )
        self.resize(look.px(560), min(look.px(560), window.height() - 40))
        group.buttonClicked.connect(self._check)
        self._check()
        self.choices[self._current].setFocus()

    @property
    def chosen(self) -> Template:
        """The template that is chosen."""
        id = next(id for id, choice in self.choices.items() if choice.isChecked())
        return self._templates[id]

    @Slot()
    def _check(self) -> None:
        self.change_button.setEnabled(self.chosen.id != self._current)

    @Slot()
    def _change(self) -> None:
        chosen, known = self.chosen, self._templates

        def change(document: Document) -> Document:
            return with_template(document, chosen, known.get(document.post_mortem.template))

        self._draft.edit(f"Change template to {chosen.name}", change)
        self.accept()
