"""How the assistant looks: the steps, the foot, and the test's result beside or below."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.ui.look import Look
from app.ui.settings.jira.fields_step import FieldsStep
from app.ui.settings.jira.place_step import PlaceStep
from app.ui.settings.jira.result_panel import ResultPanel
from app.ui.settings.jira.sign_in_step import SignInStep
from app.ui.settings.jira.site_step import SiteStep
from app.ui.widgets.buttons import Button
from app.ui.widgets.dialogs import press_from_anywhere
from app.ui.widgets.layouts import column, frame, holder, label, row

SIDE = 352
LEAST = 480
"""Widths at 100 % text of the panel beside, and of the steps for it to be beside them."""
MARGIN = 16
"""Pixels that stay above and below what is scrolled to."""


class AssistantFrame(QWidget):
    """Four steps at the left, the result at the right, or below where there is no room."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.site = SiteStep(look)
        self.sign_in = SignInStep(look)
        self.where = PlaceStep(look)
        self.fields = FieldsStep(look)
        self.steps = (self.site, self.sign_in, self.where, self.fields)
        self.result = ResultPanel(look)
        title = label("Connect to Jira", "section_title")
        words = "Optional. Everything else works without it; changes wait in the outbox until Jira"
        hint = label(f"{words} can be reached.", "body", "text2", wrap=True)
        self._below = column(spacing=0)
        self._steps = holder(
            column(
                *(title, hint, 12, *self.steps),
                *(self._below, None),
                margins=(28, 18, 28, 12),
                spacing=4,
            )
        )
        self._area = _area("Connect to Jira")
        self._area.setWidget(frame(row(self._steps), "surface"))
        for step in self.steps:
            step.trouble.said.connect(partial(self.reveal, step.trouble))
        self.disconnect_button = Button(look, "Disconnect", "ghost", "link-break")
        self.cancel_button = Button(look, "Cancel", "ghost")
        self.save_button = Button(look, "Save connection", "primary", "check")
        press_from_anywhere(self, self.save_button)
        self.foot_words = label("", "secondary", "text2", wrap=True)
        foot = frame(
            row(
                self.disconnect_button,
                (self.foot_words, 1),
                self.cancel_button,
                self.save_button,
                margins=(28, 10, 28, 10),
                spacing=12,
            ),
            "foot",
        )
        middle = frame(column((self._area, 1), foot, spacing=0), "surface")
        self._dock = _area("Test result")
        self._beside = frame(column(self._dock), "dock")
        self.setLayout(row((middle, 1), self._beside, spacing=0))
        self._is_beside: bool | None = None
        look.changed.connect(self._arrange)

    def reveal(self, part: QWidget) -> None:
        """Scroll to a part once it has its place."""
        QTimer.singleShot(0, part, lambda: self._area.ensureWidgetVisible(part, 0, MARGIN))

    # -- room --------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside the steps, or below them where there is no room."""
        super().resizeEvent(event)
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        px = self._look.px
        beside = self.width() >= px(SIDE) + px(LEAST)
        self._beside.setFixedWidth(px(SIDE))
        if beside == self._is_beside:
            return
        self._is_beside = beside
        if beside:
            self._below.removeWidget(self.result)
            self._dock.setWidget(self.result)
        else:
            self._dock.takeWidget()
            self._below.addWidget(self.result)
        self._beside.setVisible(beside)
        self.result.show()


def _area(name: str) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setAccessibleName(name)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields bring themselves into view
    return area
