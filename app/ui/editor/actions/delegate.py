"""How a row of the actions' section is drawn."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem

from app.ui.editor.actions.model import ActionsModel
from app.ui.item_models.rows import Index
from app.ui.look import Look
from app.ui.painting import Canvas, chip_width, wrapped
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.wording import Wording
from models.domain.action import ActionItem

LINE = 20


class ActionDelegate(RowDelegate):
    """Ref, title and state; whom it waits for, when it is due, which roots it addresses."""

    def __init__(self, look: Look, wording: Wording, model: ActionsModel, view: QListView):
        super().__init__(look, view)
        self._wording, self._model = wording, model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As tall as its title needs, and one line of facts."""
        width = self._view.viewport().width()
        lines = len(self._lines(self._model.entry(index), width))
        return QSize(width, self._look.px(LINE) * (lines + 1) + self._look.px(14))

    def draw(self, canvas: Canvas, rect: QRectF, state: QStyle.StateFlag, index: Index) -> None:
        """Draw it."""
        action, look = self._model.entry(index), self._look
        canvas.item_ground(rect.adjusted(2, 1, -2, -1), state)
        y = rect.top() + look.px(6)
        ref = QRectF(rect.left() + look.px(14), y, look.px(60), look.px(LINE))
        canvas.text(ref, action.ref or "new", "secondary_strong", "text2")
        chip = self._wording.action_state_chip(action.state.value)
        canvas.chip(rect.right() - look.px(14) - chip_width(look, chip), y + look.px(10), chip)
        left = rect.left() + look.px(70)
        for line in self._lines(action, rect.width()):
            place = QRectF(left, y, rect.width(), look.px(LINE))
            canvas.text(place, line, "body_strong", "text" if action.title.strip() else "text3")
            y += look.px(LINE)
        facts = QRectF(left, y, rect.right() - left, look.px(LINE))
        canvas.text(facts, self._facts(action), "secondary", "text2")

    def _facts(self, action: ActionItem) -> str:
        who = action.team or action.owner or "nobody accountable yet"
        type_name = self._wording.name("action_types", action.type) if action.type else ""
        parts = (type_name, action.priority, who, self._model.due_words(action))
        return "  ·  ".join(filter(None, (*parts, self._model.root_words(action))))

    def _lines(self, action: ActionItem, width: float) -> list[str]:
        chip = self._wording.action_state_chip(action.state.value)
        room = width - self._look.px(70 + 14 + 12) - chip_width(self._look, chip)
        title = action.title.strip() or "What will be changed?"
        return wrapped(title, self._look.font("body_strong"), room)
