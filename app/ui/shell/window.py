"""The window: rail, top bar, one screen at a time, status bar, messages, actions."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow

from app.ui.actions import ACTIONS, ActionTable
from app.ui.look import Look
from app.ui.messages import Messages
from app.ui.page import Page
from app.ui.preferences import Preferences
from app.ui.shell import menu_bar
from app.ui.shell.alt_key import LoneAlt
from app.ui.shell.availability import Availability
from app.ui.shell.banner_place import BannerPlace
from app.ui.shell.focus import Panes
from app.ui.shell.placing import place
from app.ui.shell.rail import Rail
from app.ui.shell.reading_order import move_focus
from app.ui.shell.stage import Stage
from app.ui.shell.status_bar import StatusBar
from app.ui.shell.top_bar import TopBar
from app.ui.shell.trail import Trail
from app.ui.widgets.layouts import column, holder, row
from app.ui.widgets.messages import Banner, Toast

SavedSearches = Sequence[tuple[str, Callable[[], None]]]


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
        self._alt_key = LoneAlt(self, partial(menu_bar.toggle, self.menuBar()))
        self._pages: dict[str, Page] = {}
        self._trail = Trail()
        self.may_close: Callable[[], bool] = lambda: True
        """Asked before the window closes; it may wait, and it may say no."""
        self.saved_searches: Callable[[], SavedSearches] = list
        self.setWindowTitle("Afterwhy")
        self.setAcceptDrops(True)
        self.rail = Rail(look)
        self.top_bar = TopBar(look)
        self.status = StatusBar(look)
        self.banner = Banner(look)
        self.stage = Stage(look)
        banner = BannerPlace(self.banner)
        right = column(self.top_bar, banner, (self.stage, 1), self.status, spacing=0)
        self.setCentralWidget(holder(row(self.rail, (right, 1), spacing=0)))
        self.toast = Toast(look, self)
        self.messages = Messages(self.toast, self.banner)
        self._panes = Panes(self, self.rail, self.top_bar.search, self._current_page)
        self.actions_table = ActionTable(self, self._slots())
        self._availability = Availability(self.actions_table)
        menu_bar.fill(self.menuBar(), self.actions_table)
        self._connect()
        self._enable_actions()
        self.top_bar.show_screen("Library", back=False, extras=[])
        self.rail.show_area("library")
        self.stage.show_opening()
        place(self, preferences)

    # -- screens -------------------------------------------------------------------------------

    def add_page(self, key: str, page: Page) -> None:
        """Make a screen available under a key."""
        self._pages[key] = page
        self.stage.addWidget(page)
        page.actions_changed.connect(self._enable_actions)
        page.facts_changed.connect(self._show_facts)

    def page(self, key: str) -> Page:
        """A screen by its key."""
        return self._pages[key]

    @property
    def current(self) -> str:
        """The key of the screen that is shown; empty before the first."""
        return self._trail.current

    def _current_page(self) -> Page | None:
        return self._pages.get(self.current)

    def show_page(self, key: str) -> None:
        """Show a screen; a top screen forgets the way that led to it."""
        page = self._pages[key]
        self._trail.go(key, is_top=page.is_top)
        if "search" not in self._trail:
            self.top_bar.search.show_text("")
        self.stage.show_screen(page)
        self.rail.show_area(page.area)
        self.update_top_bar()
        self._enable_actions()
        self._show_facts()
        page.shown()

    @Slot()
    def _show_facts(self) -> None:
        page = self._current_page()
        self.status.show_page(page.facts() if page else ())

    def update_top_bar(self) -> None:
        """Show title and buttons of the current screen anew."""
        page = self._pages[self.current]
        self.top_bar.show_screen(page.title, back=self._trail.leads_back, extras=page.extras())
        self.top_bar.new_button.setVisible(not page.has_primary)

    def show_failure(self, error: BaseException, retry: Callable[[], None]) -> None:
        """The library could not be opened: say so where it would be, and offer to try again.

        What needs a library cannot be used until it is open.
        """
        self._availability.show_without_library()
        self._enable_parts(enabled=False)

        def try_again() -> None:
            self._availability.show_all()
            self._enable_parts(enabled=True)
            retry()

        self.stage.show_failure(error, try_again)

    def _enable_parts(self, *, enabled: bool) -> None:
        for part in (self.top_bar.new_button, self.top_bar.search, self.rail):
            part.setEnabled(enabled)

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
        if self._trail.back():
            self.show_page(self.current)
            self.focus_pane(1)

    def leave(self, key: str) -> None:
        """Go back from a screen if it is the one shown."""
        if self.current == key and self._trail.back():
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
            "go_actions": partial(self.area_requested.emit, "actions"),
            "go_trash": partial(self.area_requested.emit, "trash"),
            "go_settings": partial(self.area_requested.emit, "settings"),
            "next_pane": partial(self._panes.move, 1),
            "previous_pane": partial(self._panes.move, -1),
            "back": self.go_back,
            "toggle_theme": look.toggle_dark,
            "larger_text": partial(look.step_percent, 1),
            "smaller_text": partial(look.step_percent, -1),
            "normal_text": partial(look.set_percent, 100),
            "menu_bar": partial(menu_bar.toggle, self.menuBar()),
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
        self._availability.show(self._current_page())

    def set_available(self, id: str, *, available: bool) -> None:
        """Offer an action or not, on whatever screen."""
        self._availability.set_available(id, available=available)
        self._enable_actions()

    def lock_actions(self, ids: Iterable[str], reason: str) -> None:
        """Offer some actions no more in this window, on no screen."""
        self._availability.lock(ids)
        if self._availability.is_locked("new"):
            self.top_bar.new_button.lock(reason)
        self._enable_actions()

    @Slot()
    def _open_palette(self) -> None:
        from app.ui.shell.command_palette import CommandPalette

        self._enable_actions()  # what can be done depends on what has the keyboard
        palette = CommandPalette(self._look, self.actions_table, self, self.saved_searches())
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
        box.left_downwards.connect(partial(self.focus_pane, 1))
        box.commands_requested.connect(self._open_palette)
        self.top_bar.back_requested.connect(self.go_back)
        self.top_bar.new_requested.connect(self.actions_table["new"].trigger)
        self.rail.area_requested.connect(self.area_requested)

    # -- events --------------------------------------------------------------------------------

    def focusNextPrevChild(self, forward: bool, /) -> bool:  # noqa: N802
        """Tab follows what is on the screen now."""
        return move_focus(self, forward=forward) or super().focusNextPrevChild(forward)

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
