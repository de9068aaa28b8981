"""How a row of the actions' section is drawn."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.editor.actions.model import ActionsModel
from app.ui.look import Look
from app.ui.painting import Canvas, chip_width, wrapped
from app.ui.wording import Wording
from models.domain.action import ActionItem

Index = QModelIndex | QPersistentModelIndex
LINE = 20


class ActionDelegate(QStyledItemDelegate):
    """Ref, title and state; whom it waits for, when it is due, which roots it addresses."""

    def __init__(self, look: Look, wording: Wording, model: ActionsModel, view: QListView):
        super().__init__(view)
        self._look, self._wording, self._model, self._view = look, wording, model, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As tall as its title needs, and one line of facts."""
        action = self._model.action(index)
        width = self._view.viewport().width()
        lines = len(self._lines(action, width)) if action else 1
        return QSize(width, self._look.px(LINE) * (lines + 1) + self._look.px(14))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw it."""
        action, rect, look = self._model.action(index), QRectF(option.rect), self._look
        if action is None:
            return
        painter.save()
        canvas = Canvas(painter, look)
        canvas.item_ground(rect.adjusted(2, 1, -2, -1), option.state)
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
        painter.restore()

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
