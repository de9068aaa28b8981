"""A section as a form that scrolls: questions one below the other."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.ui.context import Context
from app.ui.editor.draft import Draft
from app.ui.editor.section import SectionPage
from app.ui.widgets.layouts import Item, column, frame, row

WIDEST = 860
"""Beyond this many pixels a line of text is tiring to read."""


class FormPage(SectionPage):
    """A section made of questions. Subclasses build their controls, then call :meth:`lay_out`."""

    def __init__(self, context: Context, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(context, draft, parent)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields bring themselves into view
        self.setLayout(row(self.area, spacing=0))

    def lay_out(self, *items: Item) -> None:
        """Put the controls below each other."""
        body = QWidget()
        body.setLayout(column(*items, None, margins=(28, 12, 28, 24), spacing=20))
        body.setMaximumWidth(self.context.look.px(WIDEST))
        self.area.setWidget(frame(row((body, 1), spacing=0), "surface"))

    def bring_into_view(self, widget: QWidget) -> None:
        """Scroll to a control and give it the keyboard."""
        widget.setFocus()
        self.area.ensureWidgetVisible(widget)
