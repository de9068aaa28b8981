"""A row of the table of fields that asks for a value."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame

from app.ui.editor.fields.columns import Columns
from app.ui.look import Look
from app.ui.painting import ChipText
from app.ui.tracking.value_chooser import ValueChooser
from app.ui.widgets.chips import Chip, IconLabel
from app.ui.widgets.layouts import holder, label, restyle, row

if TYPE_CHECKING:
    from models.tracking.screens import CreateField


class AskedRow(QFrame):
    """A required field with its value; amber as long as it has none."""

    def __init__(
        self, look: Look, asked: "CreateField", words: str, project: str, width: int
    ) -> None:
        super().__init__()
        self._required = f"Required in {project}"
        name = f"{asked.name}: value for every ticket"
        self.chooser = ValueChooser(look, asked, words, name=name)
        self._name = label(asked.name, "body_strong", wrap=True)
        self._chip = Chip(look, ChipText(""))
        ours = label("Always the same value", "body", "text2", wrap=True)
        ours.setFixedWidth(width)
        head = holder(row(self._name, self._chip, None))
        head.setMinimumHeight(self.chooser.sizeHint().height())
        self.setLayout(
            row(
                ours,
                IconLabel(look, "arrow-right", "text3", 14),
                (Columns(look, head, self.chooser, least=200), 1),
                margins=(14, 4, 14, 4),
                spacing=12,
            )
        )

    def show_open(self, *, is_open: bool) -> None:
        """Whether it still wants a value."""
        ground = "amber" if is_open else ""
        if self.property("ground") == ground:
            return
        self.setProperty("ground", ground)
        restyle(self)
        self._name.setProperty("role", "body_strong" if is_open else "body")
        restyle(self._name)
        kind = ChipText(self._required, "amber", "asterisk", lined=True)
        self._chip.show_chip(kind if is_open else ChipText(self._required))
