"""The Actions screen: every promise by where it stands, and what is sent to Jira."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.context import Context
from app.ui.pacing import Latest
from app.ui.page import Page
from app.ui.tracking.board_list import BoardList
from app.ui.tracking.columns import ColumnHeads
from app.ui.tracking.deeds import Deeds
from app.ui.tracking.desk import OutboxDesk
from app.ui.tracking.editing import Editing
from app.ui.tracking.facts import page_facts
from app.ui.tracking.figures_band import FiguresBand, figures_of
from app.ui.tracking.filters import FilterBar
from app.ui.tracking.middle import Middle
from app.ui.tracking.outbox_panel import WIDTH, OutboxPanel
from app.ui.tracking.reading import Board, read_board
from app.ui.tracking.sending import Sending
from app.ui.tracking.sprint_panel import SHOWN, SprintPanel
from app.ui.tracking.sprint_rows import Outcome
from app.ui.tracking.sync_bar import SyncBar
from app.ui.tracking.syncing import Syncing
from app.ui.tracking.ticketing import Ticketing
from app.ui.widgets.buttons import icon_button
from app.ui.widgets.layouts import column, frame, horizontal_line, row
from app.ui.widgets.side_column import SideColumn
from models.tracking.board import BoardRow, gathered, groups
from models.tracking.figures import figures
from models.tracking.narrowing import owner_counts, priority_counts

NARROW = 1320
"""Below this width of the window, at 100 % text, the outbox becomes a strip."""


class BoardPage(Page):
    """The board with its figures and filters.

    Signals
    -------
    opened(str, str):
        A post-mortem is to be opened, by id, at a section as search names it.
    closing_asked(str):
        A post-mortem is to be closed, by id.
    connecting_asked():
        Jira is to be connected.
    """

    title = "Actions"
    area = "actions"
    is_top = True
    has_primary = True
    opened = Signal(str, str)
    closing_asked = Signal(str)
    connecting_asked = Signal()

    def __init__(self, context: Context, syncing: Syncing) -> None:
        super().__init__()
        self._context, self._syncing = context, syncing
        self._latest: Latest[Board] = Latest(context.runner, "store")
        self.board: Board | None = None
        self._gathered: Outcome | None = None
        look = context.look
        self.band = FiguresBand(look)
        self.sprints = SprintPanel(look, context.preferences)
        self.filters = FilterBar(look)
        self._heads = ColumnHeads(look)
        self.list = BoardList(context, self._heads)
        self._middle = Middle(look, self.list)
        self.outbox = OutboxPanel(look)
        opener = icon_button(look, "tray", "Outbox (Ctrl+J)")
        self.outbox_column = SideColumn(
            look, self, self.outbox, opener, edge="right", width=WIDTH, below=NARROW
        )
        self.sync_bar = SyncBar(look, syncing)
        self.editing = Editing(context, self.list, self._rows)
        self.sending = Sending(context, self.list, self.editing, syncing, lambda: self.board)
        ticketing = Ticketing(context, self.list)
        self._deeds = Deeds(look, self.list, self.editing, self.sending, ticketing)
        self._desk = OutboxDesk(context, self.outbox, syncing)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        beside = column(self.sprints.opener, None)
        top = row((self.band, 1), beside, margins=(24, 12, 24, 12))
        below = (horizontal_line(), self._heads, (self._middle, 1))
        board = column(top, self.filters, self.sprints, *below, spacing=0)
        self.setLayout(row((frame(board, "surface"), 1), self.outbox_column, spacing=0))

    def _connect(self) -> None:
        self.filters.changed.connect(self._show)
        self.filters.deeds_asked.connect(self._deeds.offer)
        self.filters.clear_button.clicked.connect(self.list.setFocus)
        self.sprints.table.chosen.connect(self._gather)
        self.list.opened.connect(self._open)
        self.list.linked.connect(self._open_ticket)
        self.list.chosen.connect(self._chosen)
        self.list.asked.connect(lambda id: self._toggle_sprints() if id == SHOWN else None)
        self.outbox.shown_in_list.connect(self.choose)
        self.outbox.linked.connect(self._open_ticket)
        self.outbox.verification_asked.connect(self._verify)
        self.outbox.closing_asked.connect(self.closing_asked)
        self.outbox.connecting_asked.connect(self.connecting_asked)
        self.outbox.emptied.connect(self.list.setFocus)
        self.sync_bar.connect_asked.connect(self.connecting_asked)
        self._syncing.changed.connect(self.actions_changed)

    # -- page ----------------------------------------------------------------------------------

    def panes(self) -> list[QWidget]:
        """Filters, the list, the outbox."""
        middle = self.list if self._middle.shows_list else self._middle
        sprints = [self.sprints.table] if self.sprints.table.isVisible() else []
        return [self.filters.views, *sprints, middle, self.outbox]

    def extras(self) -> list[QWidget]:
        """The sync."""
        return [self.sync_bar]

    def facts(self) -> Sequence[tuple[str, str]]:
        """The sprints that run, and when things are due."""
        if self.board is None:
            return ()
        found = page_facts(self.board, self._context.workspace.due_days)
        return found[: 1 if self.outbox_column.is_folded else None]

    def action_texts(self) -> Mapping[str, str]:
        """The dock is the outbox here."""
        return {
            "dock": "Outbox",
            "sync": self._sync_text(),
            "sync_pause": "Sync with Jira by itself again"
            if self._syncing.is_paused
            else "Pause the sync with Jira",
        }

    def _sync_text(self) -> str:
        if self.board is not None and not self.board.connections:
            return "Connect Jira"
        return "Stop the sync with Jira" if self._syncing.is_running else "Sync with Jira now"

    def current_id(self) -> str:
        """The post-mortem of the current action item."""
        row_ = self.list.current()
        return row_.row.homes[0].id if row_ is not None else ""

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """What can be done here."""
        always = {
            "refresh": self.refresh,
            "select_all": self.list.selectAll,
            "clear_filters": self.filters.clear,
            "undo": self.editing.undo,
            "board_fold": self.list.fold_current,
            SHOWN: self._toggle_sprints,
            "dock": self._toggle_outbox,
            "sync": self.sync_bar.press,
        }
        if self.board is not None and self.board.connections:
            always["sync_pause"] = self.sync_bar.pause
        return always | self._deeds.commands()

    def shown(self) -> None:
        """Read the board."""
        self.refresh()
        self.list.setFocus()

    def refresh(self) -> None:
        """Read the board again while it is in view."""
        if self.isVisible():
            workspace = self._context.workspace
            self._latest.submit(lambda job: read_board(workspace), self._take, failed=self._fail)

    def go_back(self) -> bool:
        """From several selected to one, from elsewhere on the page to the list."""
        if self.outbox_column.close_panel():
            self.list.setFocus()
            return True
        if self.filters.narrowing.refs:
            self.filters.gather(frozenset())
            (self.sprints.table if self.sprints.is_shown else self.list).setFocus()
            return True
        current = self.list.current()
        if len(self.list.selected()) > 1 and current is not None:
            self.list.choose(current.action.id)
        elif self.list.hasFocus() or not self.list.isVisible():
            return False
        self.list.setFocus()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The top bar has more or less room."""
        super().resizeEvent(event)
        self.sync_bar.fit()
        self.facts_changed.emit()

    @Slot(str)
    def choose(self, id: str) -> None:
        """Go to an action item, giving up filters that hide it."""
        if not self.list.choose(id) and self.filters.narrowing:
            self.filters.clear()
            self.list.choose(id)
        self.list.setFocus()

    # -- showing -------------------------------------------------------------------------------

    def _take(self, board: Board) -> None:
        self.board = board
        self._show()
        self._desk.show_board(board)
        self.sprints.show_board(board)
        self.sync_bar.show_state(
            connected=bool(board.connections), last=board.synced_at, now=board.now
        )
        self.facts_changed.emit()

    @Slot()
    def _show(self) -> None:
        board = self.board
        if board is None:
            return
        connected = board.is_tracked
        self.filters.views.show_text("sprint", "By sprint" if connected else "By state")
        found = figures(board.rows, board.now.date())
        self.band.show_figures(figures_of(found, connected=connected))
        self.filters.offer(owner_counts(board.rows), priority_counts(board.rows))
        narrowing = self.filters.narrowing
        rows = [row_ for row_ in board.rows if narrowing.fits(row_)]
        if narrowing.refs and self._gathered is not None:
            shown = gathered(rows, self._gathered.title, self._gathered.note)
        else:
            shown = groups(rows, self.filters.view, board.now, connected=connected)
        self.list.show_groups(shown, board.known, connected=connected)
        self._heads.setVisible(bool(shown))
        if shown:
            self._middle.show_list()
        else:
            self._middle.show_nothing(self.filters.clear if narrowing else None)
            self.filters.show_chosen(0)

    def _fail(self, error: BaseException) -> None:
        self._middle.show_failure(error, self.refresh)

    # -- doing ---------------------------------------------------------------------------------

    def _rows(self) -> Sequence[BoardRow]:
        return self.board.rows if self.board is not None else ()

    @Slot()
    def _chosen(self) -> None:
        scheduled = self.board is not None and self.board.is_tracked
        self.filters.show_chosen(len(self.list.selected()), scheduled=scheduled)
        self.actions_changed.emit()

    @Slot(object)
    def _gather(self, outcome: Outcome) -> None:
        """Show the action items behind a number."""
        self._gathered = outcome
        self.filters.gather(outcome.refs)
        self.list.setFocus()

    def _toggle_sprints(self) -> None:
        self.sprints.toggle()
        if not self.sprints.is_shown:
            self.list.setFocus()

    def _toggle_outbox(self) -> None:
        if self.outbox.isAncestorOf(QApplication.focusWidget() or self):
            self.outbox_column.close_panel()
            self.list.setFocus()
            return
        self.outbox_column.open()
        self.outbox.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(str)
    def _open_ticket(self, id: str) -> None:
        row_ = next((one for one in self._rows() if one.action.id == id), None)
        if row_ is not None:
            self.sending.open_ticket(row_)

    @Slot(list)
    def _verify(self, ids: list[str]) -> None:
        self.editing.verify([row_ for row_ in self._rows() if row_.action.id in ids])

    @Slot(str)
    def _open(self, id: str) -> None:
        row_ = next((one for one in self._rows() if one.action.id == id), None)
        if row_ is not None:
            self.opened.emit(row_.row.homes[0].id, f"Actions, {row_.action.ref}")
