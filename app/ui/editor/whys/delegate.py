"""Paints the cards of a why tree and opens the field that is written in."""

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QObject,
    QPointF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QHelpEvent,
    QMouseEvent,
    QPainter,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.ui.editor.whys.card_painter import CardPainter
from app.ui.editor.whys.cards import Card, Kind
from app.ui.editor.whys.field_editor import ABOVE, BELOW, SIDE, FieldEditor
from app.ui.editor.whys.layout import GAP, lay_out
from app.ui.editor.whys.model import WhyTreeModel
from app.ui.editor.whys.pieces import CardLayout, Field
from app.ui.focusing import is_lost_for_a_while
from app.ui.item_models.rows import Index
from app.ui.look import Look


class WhyDelegate(QStyledItemDelegate):
    """Draws cards, measures them, and finds what was clicked on them.

    Signals
    -------
    pressed(str, str):
        A button on a card was clicked: the command's id and the row's key.
    written(str, str, str):
        An open field changed: the row's key, the field, the text.
    ended(object, str):
        An open ``FieldEditor`` is to be closed, and how.
    """

    pressed = Signal(str, str)
    written = Signal(str, str, str)
    ended = Signal(object, str)

    def __init__(
        self,
        look: Look,
        model: WhyTreeModel,
        width_of: Callable[[Index], int],
        parent: QAbstractItemView,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._model = model
        self._width_of = width_of
        self._view = parent
        self._painter = CardPainter(look)
        self._layouts: dict[str, tuple[Card, int, CardLayout]] = {}
        self.field: Field = "answer"
        self.text = ""
        look.changed.connect(self.forget)

    @Slot()
    def forget(self) -> None:
        """Measure everything anew."""
        self._layouts.clear()

    def layout_of(self, index: Index) -> CardLayout:
        """Where everything stands on a row's card."""
        return self._layout(index, self._width_of(index))

    def _layout(self, index: Index, width: int) -> CardLayout:
        key, card = self._model.key(index), self._model.card(index)
        found = self._layouts.get(key)
        if found is not None and found[0] is card and found[1] == width:
            return found[2]
        made = lay_out(self._look, card, width)
        self._layouts[key] = (card, width, made)
        return made

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The card and the gap below it."""
        width = self._width_of(index)
        return QSize(width, round(self._layout(index, width).height) + self._look.px(GAP))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a card."""
        flags = QStyle.StateFlag
        strong = bool(option.state & (flags.State_Selected | flags.State_HasFocus))
        hovered = bool(option.state & flags.State_MouseOver)
        painter.save()
        painter.translate(option.rect.topLeft())
        self._painter.paint(
            painter,
            self._model.card(index),
            self.layout_of(index),
            option.rect.width(),
            strong=strong,
            hovered=hovered,
        )
        painter.restore()

    # -- the pointer ---------------------------------------------------------------------------

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """A click on a button of the card."""
        if isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton:
            place = event.position() - QPointF(option.rect.topLeft())
            command = self.layout_of(index).press_at(place.x(), place.y())
            if command:
                if event.type() == QEvent.Type.MouseButtonRelease:
                    self.pressed.emit(command, self._model.key(index))
                return True
        return False

    def field_at(self, index: Index, place: QPointF) -> Field:
        """The field below a place of a card: its question, or else its answer."""
        card, fields = self._model.card(index), self.layout_of(index).fields
        if card.kind is Kind.PROBLEM:
            return "problem"
        question = fields["question"]
        return "question" if place.y() <= question.bottom() else "answer"

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Nothing is cut off, so there is nothing to explain."""
        return True

    # -- writing -------------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A field for what ``field`` names, with ``text`` in it."""
        key = self._model.key(index)
        editor = FieldEditor(self._look, self.field, key, self.text, parent)
        name = self.field
        editor.written.connect(lambda text: self.written.emit(key, name, text))
        editor.ended.connect(lambda how: self.ended.emit(editor, how))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The draft is followed by the page, which knows the text without prompts."""

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Every key went to the draft already."""

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Around the words it changes, on the card that grows with them."""
        if isinstance(editor, FieldEditor):
            rect = self.layout_of(index).fields[editor.field]
            place = rect.translated(option.rect.topLeft()).toAlignedRect()
            editor.setGeometry(place.adjusted(-SIDE, -ABOVE, SIDE, BELOW))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """The field takes its keys itself; it closes when another part of this window gets them.

        Whoever comes back from another program goes on writing: in the tree letters are commands.
        """
        if event.type() == QEvent.Type.KeyPress:
            return False
        if is_lost_for_a_while(event):
            return False
        return super().eventFilter(editor, event)
