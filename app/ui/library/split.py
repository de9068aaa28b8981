"""The list beside what is read of it, with a border that can be moved."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QSplitter, QWidget

from app.ui.context import Context

_NAME = "library"
_SIZES = [472, 672]
_NARROWEST = (340, 380)
"""Pixels at 100 % text: neither list nor text can be made too narrow for its words."""


class Split(QSplitter):
    """Two parts; where the border was left is remembered."""

    def __init__(self, context: Context, left: QWidget, right: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._context = context
        self._parts = (left, right)
        for part in self._parts:
            self.addWidget(part)
        self.setStretchFactor(1, 1)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.setSizes(_SIZES)
        state = context.preferences.splitter(_NAME)
        if state is not None:
            self.restoreState(state)
        self.splitterMoved.connect(self._remember)
        context.look.changed.connect(self._keep_room)
        self._keep_room()

    @Slot()
    def _keep_room(self) -> None:
        for part, width in zip(self._parts, _NARROWEST, strict=True):
            part.setMinimumWidth(self._context.look.px(width))

    @Slot()
    def _remember(self) -> None:
        self._context.preferences.set_splitter(_NAME, self.saveState())
