"""A column at an edge of a page that opens over the content where the window is narrow."""

from typing import Literal

from PySide6.QtCore import QEvent, QObject, QRect, Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QSizePolicy, QWidget

from app.ui.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.layouts import column, row

STRIP = 40
"""Width in pixels, at 100 % text, of the strip of icons that stands for a folded column."""

Edge = Literal["left", "right"]


class SideColumn(QFrame):
    """Holds the place of a panel in a page's row.

    Unfolded, the panel fills the place. Folded, it opens over the content at the press of the
    ``opener`` and closes when the keyboard leaves it. An opener without a parent gets a strip at
    the edge; one that stands elsewhere on the page is shown there.

    Signals
    -------
    opened(bool):
        The folded panel was opened (True) or closed.
    """

    opened = Signal(bool)

    def __init__(
        self,
        look: Look,
        page: QWidget,
        panel: QWidget,
        opener: Button,
        *,
        edge: Edge,
        width: int,
        below: int,
    ) -> None:
        """``width`` of the panel; it folds ``below`` this width of the window; at 100 % text."""
        super().__init__(page)
        self._look = look
        self._page = page
        self._panel = panel
        self._edge: Edge = edge
        self._width = width
        self._below = below
        self.opener = opener
        self._open = False
        self.is_folded = False
        panel.setParent(page)
        self._has_strip = opener.parent() is None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setProperty("ground", "dock" if edge == "right" else "side")
        if self._has_strip:
            self.setLayout(column(row(None, opener, None), None, margins=(0, 12, 0, 12)))
        opener.setCheckable(True)
        opener.clicked.connect(self.toggle)
        page.installEventFilter(self)
        look.changed.connect(self._arrange)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        self._arrange()

    @property
    def is_shown(self) -> bool:
        """Whether the panel is in view."""
        return self._open or not self.is_folded

    def open(self) -> None:
        """Show the panel; unfolded it is shown anyway."""
        self._set_open(open_=self.is_folded)

    def close_panel(self) -> bool:
        """Fold the panel away again; whether it was open."""
        was_open = self._open
        self._set_open(open_=False)
        return was_open

    @Slot()
    def toggle(self) -> None:
        """Open the folded panel and give it the keyboard, or close it."""
        self._set_open(open_=self.is_folded and not self._open)
        if self._open:
            self._panel.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the page."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._arrange()
        return super().eventFilter(watched, event)

    def _set_open(self, *, open_: bool) -> None:
        if open_ != self._open:
            self._open = open_
            self._arrange()
            self.opened.emit(open_)

    @Slot()
    def _arrange(self) -> None:
        look, page, panel = self._look, self._page, self._panel
        self.is_folded = page.window().width() < look.px(self._below)
        self._open = self._open and self.is_folded
        width = max(self._width, look.px(self._width))
        strip = look.px(STRIP) if self._has_strip else 0
        place = strip if self.is_folded else width
        self.setFixedWidth(place)
        from_edge = strip if self.is_folded else 0
        left = page.width() - width - from_edge if self._edge == "right" else from_edge
        panel.setFixedWidth(width)
        panel.setGeometry(QRect(left, 0, width, page.height()))
        panel.setVisible(self.is_shown)
        panel.raise_()
        self.opener.setVisible(self.is_folded)
        self.opener.setChecked(self._open)

    @Slot(QWidget, QWidget)
    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        """The keyboard went elsewhere in the page: give the content its place back."""
        if not self._open or new is None or new is self.opener:
            return
        inside = new is self._panel or self._panel.isAncestorOf(new)
        if not inside and self._page.isAncestorOf(new):
            self.close_panel()
