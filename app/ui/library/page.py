"""The Library: facets at the left, the list, and what is read of it at the right."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.ui import changing
from app.ui.context import Context
from app.ui.document.reading_pane import ReadingPane, View
from app.ui.library import filters, nothing
from app.ui.library.arranging import Arranged, arranged
from app.ui.library.bulk_gate import BulkGate, Reasons
from app.ui.library.bulk_pane import BulkPane
from app.ui.library.list_head import ListHead
from app.ui.library.list_view import LibraryList
from app.ui.library.place import Place
from app.ui.library.split import Split
from app.ui.pacing import Latest
from app.ui.page import Page
from app.ui.tasks import Job
from app.ui.widgets.facets import WIDTH, FacetPanel
from app.ui.widgets.layouts import column, frame, horizontal_line, row
from app.ui.widgets.side_column import SideColumn
from app.ui.widgets.states import Notice, Skeleton
from app.ui.wording import count
from models.commands.labels import BulkEdit
from models.queries.catalogue import Row, catalogue
from models.queries.reviews import near

NARROW = 1240
"""Below this width of the window, at 100 % text, the facets become a button."""


class LibraryPage(Page):
    """Every post-mortem, narrowed by facets, with the chosen one beside the list.

    Signals
    -------
    rows_read(int):
        The library was read; how many post-mortems it has.
    opened(str):
        A post-mortem is to be opened on a page of its own, by id or ref.
    export_requested(list), edit_requested(str):
        Ids to be exported; the id to be edited.
    """

    title = "Library"
    is_top = True
    rows_read = Signal(int)
    opened = Signal(str)
    export_requested = Signal(list)
    edit_requested = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._latest: Latest[Arranged] = Latest(context.runner, "store")
        self._rows: tuple[Row, ...] = ()
        self._selection: nothing.Selection = {}
        self._wanted = ""
        self._written = ""
        self._came_from_list = False
        self._read_once = False
        look = context.look
        self.facets = FacetPanel(look, "Filters")
        self.list = LibraryList(context)
        self._place = Place(context, self.list)
        self.reading = ReadingPane(context)
        self.bulk = BulkPane(context)
        self._build(context)
        self._connect()
        self._skeleton.start()

    def _build(self, context: Context) -> None:
        look = context.look
        self.head = ListHead(look)
        self._skeleton = Skeleton(look)
        self.notice = Notice(look)
        self._middle = QStackedWidget()
        for part in (self._skeleton, self.list, self.notice):
            self._middle.addWidget(part)
        middle = frame(
            column(self.head, horizontal_line(), (self._middle, 1), spacing=0), "surface"
        )
        self._right = QStackedWidget()
        self._right.addWidget(self.reading)
        self._right.addWidget(self.bulk)
        split = Split(context, middle, self._right)
        self.facet_column = SideColumn(
            look, self, self.facets, self.head.facet_button, edge="left", width=WIDTH, below=NARROW
        )
        self.setLayout(row(self.facet_column, (split, 1), spacing=0))

    def _connect(self) -> None:
        self.facets.toggled.connect(self._toggle)
        self.facets.cleared.connect(self.clear_filters)
        self.head.order_changed.connect(self._arrange)
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(self.opened)
        self.list.previewed.connect(self._preview)
        self.list.deletion_requested.connect(self.delete_selected)
        self.bulk.applied.connect(self._apply)
        self.bulk.export_requested.connect(self.export)
        self.bulk.deletion_requested.connect(self.delete_selected)
        self.reading.export_requested.connect(self.export)
        self.reading.edit_requested.connect(self.edit)
        self.reading.opened.connect(self.opened)

    # -- page ----------------------------------------------------------------------------------

    def panes(self) -> list[QWidget]:
        """Facets, list, reading pane."""
        middle = self.list if self._middle.currentWidget() is self.list else self._middle
        return [self.facets, middle, self.bulk if self.bulk.isVisible() else self.reading]

    def current_id(self) -> str:
        """The post-mortem that is chosen."""
        return self.list.current_id()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """What can be done here."""
        return {
            "export": self.export,
            "edit": self.edit,
            "delete": self.delete_selected,
            "select_all": self.list.selectAll,
            "similar": lambda: self._toggle_view("similar"),
            "history": lambda: self._toggle_view("history"),
            "facets": self._toggle_facets,
            "clear_filters": self.clear_filters,
            "open": lambda: self.opened.emit(self.list.current_id()),
            "preview": self._preview,
            "find": self.reading.find_text,
            "find_next": self.reading.find_bar.next,
            "find_previous": self.reading.find_bar.previous,
            "refresh": self.refresh,
        } | self.reading.similar.list.commands()

    def shown(self) -> None:
        """Read the library, the first time; go to what was written since it was shown last."""
        if not self._read_once:
            self.refresh()
        if self._written:
            self.choose(self._written)
            self._written = ""
        self.list.setFocus()

    def refresh(self) -> None:
        """Read the library again."""
        workspace, wording = self._context.workspace, self._context.wording
        selection, order = self._selection, self.head.order

        def read(job: Job) -> Arranged:
            rows = catalogue(workspace.library, workspace.due_days)
            return arranged(rows, selection, order, wording)

        self._latest.submit(read, self._show_read, failed=self._fail)
        self.reading.reload()

    def go_back(self) -> bool:
        """From several selected to one; from similar failures or history to the text."""
        if self.facet_column.close_panel():
            self.list.setFocus()
            return True
        if self.bulk.isVisible():
            self.list.choose(self.list.current_id())
            self.list.setFocus()
            return True
        if self.reading.view != "text":
            self._toggle_view(self.reading.view)
            return True
        if not self.list.hasFocus() and self.list.isVisible():
            self.list.setFocus()
            return True
        return False

    def choose(self, id: str) -> None:
        """Select a post-mortem, giving up filters that hide it."""
        self._wanted = id
        if self.list.choose(id):
            self._wanted = ""
        elif self._selection:
            self.clear_filters()

    @Slot(str)
    def expect(self, id: str) -> None:
        """This one is written now: it is selected when the library is shown again."""
        self._written = id

    # -- showing -------------------------------------------------------------------------------

    def _show_read(self, found: Arranged) -> None:
        self._read_once = True
        self._rows = rows = found.rows
        if (found.selection, found.order) == (self._selection, self.head.order):
            self._show(found)
        else:  # chosen while it was read
            self._arrange()
        self._context.read(
            lambda workspace: near(workspace.library, workspace.guide.review_due),
            self.list.rows.remind,
        )
        if rows and not self._place.is_taken:
            self._place.take()
        self.rows_read.emit(len(rows))

    @Slot()
    def _arrange(self) -> None:
        self._show(arranged(self._rows, self._selection, self.head.order, self._context.wording))

    def _show(self, found: Arranged) -> None:
        any_chosen = bool(self._selection)
        self.facets.show_facets(found.facets, f"{found.shown:,} shown", any_chosen=any_chosen)
        total = count(len(self._rows), "post-mortem")
        self.head.show_count(f"{found.shown:,} of {total}" if any_chosen else total)
        self._skeleton.stop()
        if not found.shown:
            self._show_nothing()
        else:
            self._middle.setCurrentWidget(self.list)
        self.list.show_entries(found.entries, first=self._place.id)
        if self._wanted and self.list.choose(self._wanted):
            self._wanted = ""

    def _show_nothing(self) -> None:
        if self._rows:
            nothing.say_no_match(self.notice, self._rows, self._selection, self._select)
        else:
            nothing.say_empty(self.notice)
        self._middle.setCurrentWidget(self.notice)

    def _fail(self, error: BaseException) -> None:
        self._skeleton.stop()
        nothing.say_unreadable(self.notice, error, self.refresh)
        self._middle.setCurrentWidget(self.notice)

    @Slot(list)
    def _choose(self, ids: list[str]) -> None:
        if len(ids) > 1:
            services = {name for row_ in self._rows for name in row_.services}
            tags = {name for row_ in self._rows for name in row_.tags}
            self.bulk.show_selection(len(ids), services, tags)
            self._right.setCurrentWidget(self.bulk)
            return
        self._right.setCurrentWidget(self.reading)
        if ids:
            self.reading.show_document(ids[0])
        else:
            self.reading.clear()

    @Slot()
    def _preview(self) -> None:
        self.reading.setFocus(Qt.FocusReason.TabFocusReason)

    def _toggle_view(self, view: View) -> None:
        """Show similar failures or history, or the text again and the keyboard where it was."""
        if self.reading.view == "text":
            self._came_from_list = self.list.hasFocus()
        self.reading.toggle_view(view)
        if self.reading.view == "text" and self._came_from_list:
            self.list.setFocus()

    # -- filters -------------------------------------------------------------------------------

    @Slot(str, str, bool)
    def _toggle(self, key: str, value: str, on: bool) -> None:
        self._select(filters.toggled(self._selection, key, value, on=on))

    @Slot()
    def clear_filters(self) -> None:
        """Show everything."""
        self._select({})

    def _select(self, selection: nothing.Selection) -> None:
        self._selection = selection
        self._arrange()

    def _toggle_facets(self) -> None:
        if self.facets.tree.hasFocus():
            self.list.setFocus()
            return
        self.facet_column.open()
        self.facets.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- doing ---------------------------------------------------------------------------------

    @Slot()
    def export(self) -> None:
        """Ask to export what is selected."""
        ids = self.list.selected_ids()
        if ids:
            self.export_requested.emit(ids)

    @Slot()
    def edit(self) -> None:
        """Ask to edit the current post-mortem."""
        if id := self.list.current_id():
            self.edit_requested.emit(id)

    @Slot()
    def delete_selected(self) -> None:
        """Move what is selected to the trash; Undo takes it back."""
        ids = self.list.selected_ids()
        if ids:
            changing.delete(self._context, ids)

    @Slot(object)
    def _apply(self, change: BulkEdit) -> None:
        ids = self.list.selected_ids()

        def apply(reasons: Reasons) -> None:
            changing.edit(self._context, ids, change, self.bulk.reset, reasons)

        if change.status is None:
            apply({})
        else:
            gate = BulkGate(self._context, self.window(), self.edit_requested.emit)
            gate.ask(ids, change.status, apply)
