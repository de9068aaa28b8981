"""The window: rail, top bar, one screen at a time, status bar, messages, actions."""

import traceback
from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from app.ui.actions import ACTIONS, MENUS, ActionTable
from app.ui.look import Look
from app.ui.messages import Messages
from app.ui.page import Page
from app.ui.preferences import Preferences
from app.ui.shell.alt_key import LoneAlt
from app.ui.shell.focus import Panes
from app.ui.shell.rail import Rail
from app.ui.shell.status_bar import StatusBar
from app.ui.shell.top_bar import TopBar
from app.ui.widgets.layouts import column, holder, row
from app.ui.widgets.messages import Banner, Toast
from app.ui.widgets.states import Notice, Skeleton
from models.errors import KnownError

MINIMUM_SIZE = (1200, 760)
DEFAULT_SIZE = (1440, 900)
WITHOUT_LIBRARY = frozenset(
    ("quit", "toggle_theme", "larger_text", "smaller_text", "normal_text", "menu_bar", "keys")
)
"""The actions that can be used where no library is open."""
FRAME = (16, 48)
"""What title bar and edges of a window take at most, in pixels: unknown before it is shown."""


class MainWindow(QMainWindow):
    """The frame around the screens. Knows no post-mortem; screens are added when they are ready.

    Signals
    -------
    painted():
        The window was painted for the first time.
    search_edited(str), search_submitted(str):
        The search box changed, or Enter was pressed in it.
    area_requested(str):
        The user chose an area of the rail, or its action.
    action_requested(str):
        An action that belongs to no screen was triggered, by its id.
    files_dropped(list):
        Paths of files and folders were dropped on the window.
    closing():
        The user closes the window.
    """

    painted = Signal()
    search_edited = Signal(str)
    search_submitted = Signal(str)
    area_requested = Signal(str)
    action_requested = Signal(str)
    files_dropped = Signal(list)
    closing = Signal()

    def __init__(self, look: Look, preferences: Preferences) -> None:
        super().__init__()
        self._look = look
        self._preferences = preferences
        self._was_painted = False
        self._alt_key = LoneAlt(self, self._toggle_menu_bar)
        self._pages: dict[str, Page] = {}
        self._trail: list[str] = []
        self._unavailable: set[str] = set()
        self._locked: frozenset[str] = frozenset()
        self.may_close: Callable[[], bool] = lambda: True
        """Asked before the window closes; it may wait, and it may say no."""
        self.setWindowTitle("Afterwhy")
        self.setMinimumSize(self._fitting(MINIMUM_SIZE))
        self.setAcceptDrops(True)
        self.resize(self._fitting(DEFAULT_SIZE))
        self.rail = Rail(look)
        self.top_bar = TopBar(look)
        self.status = StatusBar(look)
        self.banner = Banner(look)
        self.stack = QStackedWidget()
        self._skeleton = Skeleton(look)
        self.stack.addWidget(self._skeleton)
        self._failure = Notice(look)
        self.stack.addWidget(self._failure)
        self._banner_place = holder(column(self.banner, margins=(16, 10, 16, 10)))
        self._banner_place.hide()
        self.banner.installEventFilter(self)
        right = column(self.top_bar, self._banner_place, (self.stack, 1), self.status, spacing=0)
        self.setCentralWidget(holder(row(self.rail, (right, 1), spacing=0)))
        self.toast = Toast(look, self)
        self.messages = Messages(self.toast, self.banner)
        self._panes = Panes(self, self.rail, self.top_bar.search, self._current_page)
        self.actions_table = ActionTable(self, self._slots())
        self._build_menus()
        self._connect()
        self._enable_actions()
        self.top_bar.show_screen("Library", back=False, extras=[])
        self.rail.show_area("library")
        self._skeleton.start()
        if preferences.geometry is not None:
            self.restoreGeometry(preferences.geometry)

    def _fitting(self, size: tuple[int, int]) -> QSize:
        """A size, or as much of it as the screen has room for with the window's frame."""
        room = self.screen().availableSize() - QSize(*FRAME)
        return QSize(*size).boundedTo(room)

    # -- screens -------------------------------------------------------------------------------

    def add_page(self, key: str, page: Page) -> None:
        """Make a screen available under a key."""
        self._pages[key] = page
        self.stack.addWidget(page)
        page.actions_changed.connect(self._enable_actions)

    def page(self, key: str) -> Page:
        """A screen by its key."""
        return self._pages[key]

    @property
    def current(self) -> str:
        """The key of the screen that is shown; empty before the first."""
        return self._trail[-1] if self._trail else ""

    def _current_page(self) -> Page | None:
        return self._pages.get(self.current)

    def show_page(self, key: str) -> None:
        """Show a screen; a top screen forgets the way that led to it."""
        page = self._pages[key]
        if page.is_top:
            self._trail = [key]
        elif key in self._trail:
            del self._trail[self._trail.index(key) + 1 :]
        else:
            self._trail.append(key)
        if "search" not in self._trail:
            self.top_bar.search.show_text("")
        self._skeleton.stop()
        self.stack.setCurrentWidget(page)
        self.rail.show_area(page.area)
        self.update_top_bar()
        self._enable_actions()
        page.shown()

    def update_top_bar(self) -> None:
        """Show title and buttons of the current screen anew."""
        page = self._pages[self.current]
        back = len(self._trail) > 1
        self.top_bar.show_screen(page.title, back=back, extras=page.extras())
        self.top_bar.new_button.setVisible(not page.has_primary)

    def show_failure(self, error: BaseException, retry: Callable[[], None]) -> None:
        """The library could not be opened: say so where it would be, and offer to try again.

        What needs a library cannot be used until it is open.
        """
        self._set_usable(usable=False)

        def try_again() -> None:
            self._set_usable(usable=True)
            self._skeleton.start()
            self.stack.setCurrentWidget(self._skeleton)
            retry()

        words = f"{error}. What was saved stays saved."
        if isinstance(error, KnownError):
            words = error.sentence()
        self._failure.show_error(
            "The library could not be opened",
            words,
            "".join(traceback.format_exception(error)),
            ("Try again", try_again),
        )
        self._skeleton.stop()
        self.stack.setCurrentWidget(self._failure)

    def _set_usable(self, *, usable: bool) -> None:
        for action_row, action in self.actions_table.rows():
            action.setEnabled(usable or action_row.id in WITHOUT_LIBRARY)
        for part in (self.top_bar.new_button, self.top_bar.search, self.rail):
            part.setEnabled(usable)

    def refresh_pages(self) -> None:
        """Something was written: let every screen read again."""
        for page in self._pages.values():
            page.refresh()

    @Slot()
    def go_back(self) -> None:
        """Esc: inside the screen first, then to the screen before it."""
        page = self._current_page()
        if page is None or page.go_back():
            return
        if len(self._trail) > 1:
            self._trail.pop()
            self.show_page(self.current)
            self.focus_pane(1)

    def leave(self, key: str) -> None:
        """Go back from a screen if it is the one shown."""
        if self.current == key and len(self._trail) > 1:
            self._trail.pop()
            self.show_page(self.current)

    def focus_pane(self, index: int) -> None:
        """Give the keyboard to a pane of the current screen (0 is the first)."""
        self._panes.focus(index)

    # -- actions -------------------------------------------------------------------------------

    def _slots(self) -> dict[str, Callable[[], None]]:
        slots: dict[str, Callable[[], None]] = {
            row.id: partial(self._dispatch, row.id) for row in ACTIONS
        }
        look = self._look
        return slots | {
            "search": self.top_bar.search.take_focus,
            "commands": self._open_palette,
            "go_library": partial(self.area_requested.emit, "library"),
            "go_trash": partial(self.area_requested.emit, "trash"),
            "go_settings": partial(self.area_requested.emit, "settings"),
            "next_pane": partial(self._panes.move, 1),
            "previous_pane": partial(self._panes.move, -1),
            "back": self.go_back,
            "toggle_theme": look.toggle_dark,
            "larger_text": partial(look.step_percent, 1),
            "smaller_text": partial(look.step_percent, -1),
            "normal_text": partial(look.set_percent, 100),
            "menu_bar": self._toggle_menu_bar,
            "keys": self._open_key_page,
            "undo": self._undo,
            "quit": self._quit,
        }

    def _undo(self) -> None:
        """What the screen undoes, else what the last toast offered to undo."""
        page = self._current_page()
        (page.commands() if page else {}).get("undo", self.messages.undo)()

    def _dispatch(self, id: str) -> None:
        page = self._current_page()
        act = page.commands().get(id) if page else None
        if act is not None:
            act()
        else:
            self.action_requested.emit(id)

    @Slot()
    def _enable_actions(self) -> None:
        page = self._current_page()
        own = page.commands() if page else {}
        texts = page.action_texts() if page else {}
        for action_row, action in self.actions_table.rows():
            local = action_row.scope in ("Library and search", "Editor", "5 Whys")
            here = not local or action_row.id in own
            closed = action_row.id in self._unavailable or action_row.id in self._locked
            action.setEnabled(here and not closed)
            action.setText(texts.get(action_row.id, action_row.text))

    def set_available(self, id: str, *, available: bool) -> None:
        """Offer an action or not, on whatever screen."""
        (self._unavailable.discard if available else self._unavailable.add)(id)
        self._enable_actions()

    def lock_actions(self, ids: Iterable[str], reason: str) -> None:
        """Offer some actions no more in this window, on no screen."""
        self._locked |= frozenset(ids)
        if "new" in self._locked:
            self.top_bar.new_button.lock(reason)
        self._enable_actions()

    def _build_menus(self) -> None:
        bar = self.menuBar()
        for menu in MENUS:
            entries = bar.addMenu(menu)
            for action_row, action in self.actions_table.rows():
                if action_row.menu == menu:
                    entries.addAction(action)
        if not bar.isNativeMenuBar():
            bar.hide()

    @Slot()
    def _toggle_menu_bar(self) -> None:
        bar = self.menuBar()
        if bar.isNativeMenuBar():
            return
        bar.setVisible(not bar.isVisible())
        if bar.isVisible():
            bar.setFocus(Qt.FocusReason.MenuBarFocusReason)
            bar.setActiveAction(bar.actions()[0])

    @Slot()
    def _open_palette(self) -> None:
        from app.ui.shell.command_palette import CommandPalette

        palette = CommandPalette(self._look, self.actions_table, self)
        palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        palette.search_requested.connect(self._search_for)
        palette.open_above(self)

    @Slot(str)
    def _search_for(self, text: str) -> None:
        self.top_bar.search.show_text(text)
        self.top_bar.search.field.setFocus()
        self.search_edited.emit(text)

    @Slot()
    def _open_key_page(self) -> None:
        from app.ui.shell.key_page import KeyPage

        page = KeyPage(self._look, self)
        page.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        page.open()

    @Slot()
    def _quit(self) -> None:
        self.close()

    def _connect(self) -> None:
        box = self.top_bar.search
        box.edited.connect(self.search_edited)
        box.submitted.connect(self.search_submitted)
        box.left_downwards.connect(self._leave_search_downwards)
        box.commands_requested.connect(self._open_palette)
        self.top_bar.back_requested.connect(self.go_back)
        self.top_bar.new_requested.connect(self.actions_table["new"].trigger)
        self.rail.area_requested.connect(self.area_requested)

    @Slot()
    def _leave_search_downwards(self) -> None:
        self.focus_pane(1)

    # -- events --------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The banner's margins are there only while it is."""
        if watched is self.banner and event.type() in (
            QEvent.Type.ShowToParent,
            QEvent.Type.HideToParent,
        ):
            self._banner_place.setVisible(event.type() is QEvent.Type.ShowToParent)
        return super().eventFilter(watched, event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files of this computer can be dropped to import them."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import what was dropped."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.files_dropped.emit(paths)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once that something is on the screen."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window, then let the application end."""
        if not self.may_close():
            event.ignore()
            return
        self._preferences.geometry = self.saveGeometry()
        self.closing.emit()
        self._preferences.save()
        super().closeEvent(event)
