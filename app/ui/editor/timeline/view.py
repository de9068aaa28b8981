"""The list of the events, and its keys."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QListView

from app.ui.context import Context
from app.ui.editor.timeline.delegate import TimelineDelegate
from app.ui.editor.timeline.model import TimelineModel


class TimelineView(QListView):
    """The events; Enter edits, N begins one, K turns the kind, S adds a source.

    Shift and the arrows choose several: * stars them, M makes them one. Space shows the source's
    own text, and what is pasted becomes events.

    Signals
    -------
    new_requested(), edit_requested(), source_requested(), kind_requested(), removed(),
    star_requested(), merge_requested(), source_text_requested(), paste_requested():
        What the author pressed.
    kind_passed(int):
        To the next (1) or previous (-1) event of the same kind.
    """

    new_requested = Signal()
    edit_requested = Signal()
    source_requested = Signal()
    kind_requested = Signal()
    removed = Signal()
    star_requested = Signal()
    merge_requested = Signal()
    source_text_requested = Signal()
    paste_requested = Signal()
    kind_passed = Signal(int)

    def __init__(self, context: Context, model: TimelineModel) -> None:
        super().__init__()
        look = context.look
        self._preferences = context.preferences
        self.setModel(model)
        self.setItemDelegate(TimelineDelegate(look, context.wording, model, self))
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setAccessibleName("Timeline")
        self.setMouseTracking(True)
        self.doubleClicked.connect(lambda _: self.edit_requested.emit())
        look.changed.connect(self.scheduleDelayedItemsLayout)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words break anew; the chosen event stays in view."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the timeline; letters act at once, they do not search."""
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain = modifiers == Qt.KeyboardModifier.NoModifier
        acts = {
            Qt.Key.Key_N: self.new_requested,
            Qt.Key.Key_Return: self.edit_requested,
            Qt.Key.Key_Enter: self.edit_requested,
            Qt.Key.Key_F2: self.edit_requested,
            Qt.Key.Key_S: self.source_requested,
            Qt.Key.Key_K: self.kind_requested,
            Qt.Key.Key_M: self.merge_requested,
            Qt.Key.Key_Space: self.source_text_requested,
            Qt.Key.Key_Delete: self.removed,
        }
        letter = event.text().isalpha() and not self._preferences.single_keys
        if QApplication.activeModalWidget() is not None:
            event.accept()  # a dialog is coming up: what is typed quickly is no command
        elif plain and Qt.Key(key) in acts and not letter:
            acts[Qt.Key(key)].emit()
        elif key == Qt.Key.Key_Asterisk and not modifiers & ~Qt.KeyboardModifier.ShiftModifier:
            self.star_requested.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_requested.emit()
        elif modifiers == Qt.KeyboardModifier.ControlModifier and key in (
            Qt.Key.Key_Up,
            Qt.Key.Key_Down,
        ):
            self.kind_passed.emit(-1 if key == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)
