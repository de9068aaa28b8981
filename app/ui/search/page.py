"""Search results: facets, hits, and similar failures of the chosen hit."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from app.ui import page
from app.ui.context import Context
from app.ui.library import filters
from app.ui.pacing import Latest, Throttle
from app.ui.search.beside import Beside, Part
from app.ui.search.keeping import Keeping
from app.ui.search.results import ResultPane
from app.ui.search.searching import PAGE, Answer, ask
from app.ui.search.state import SearchState
from app.ui.search.syntax import SyntaxPopover
from app.ui.tasks import Job
from app.ui.widgets.buttons import Button, icon_button
from app.ui.widgets.facets import WIDTH, FacetPanel
from app.ui.widgets.layouts import row
from app.ui.widgets.side_column import SideColumn
from search.results import Order

NARROW = 1320
"""Below this width of the window, at 100 % text, the column at the right is a strip."""
NARROWEST = 1240
"""Below this one the facets are, too."""
TYPING_MS = 60


class SearchPage(page.Page):
    """What a query finds, as one types.

    Signals
    -------
    opened(str, str):
        A post-mortem is to be opened, by id or ref, at a section as search names it.
    export_requested(list), edit_requested(str):
        Ids to be exported; the id to be edited.
    text_changed(str):
        The query was changed by something else than the search box.
    """

    title = "Search"
    opened = Signal(str, str)
    export_requested = Signal(list)
    edit_requested = Signal(str)
    text_changed = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.state = SearchState()
        self._typing = False
        self._anew = False
        self._open_best = False
        self._limit = PAGE
        self._answers: Latest[Answer] = Latest(context.runner, "search")
        self._throttle = Throttle(self._ask, TYPING_MS, self)
        look = context.look
        self.facets = FacetPanel(look, "Narrow down")
        self.results = ResultPane(context)
        self.list = self.results.list
        self.keeping = Keeping(context, self.results.start, lambda: self.state)
        self.syntax_button = Button(
            look, "Syntax", "ghost", "question", tip="Search syntax (Ctrl+/)"
        )
        self.syntax_button.clicked.connect(self.show_syntax)
        self.facet_column = SideColumn(
            look,
            self,
            self.facets,
            icon_button(look, "funnel", "Narrow down (Ctrl+Shift+F)"),
            edge="left",
            width=WIDTH,
            below=NARROWEST,
        )
        self.results.setParent(self)  # the order of Tab is the order of becoming a child
        self.beside = Beside(context)
        self.side = SideColumn(
            look,
            self,
            self.beside,
            icon_button(look, "intersect", "Similar failures and text (Ctrl+.)"),
            edge="right",
            width=380,
            below=NARROW,
        )
        self.setLayout(row(self.facet_column, (self.results, 1), self.side, spacing=0))
        self._connect()

    def _connect(self) -> None:
        self.facets.toggled.connect(self._toggle)
        self.facets.cleared.connect(self._clear_facets)
        self.results.state_requested.connect(self.take_state)
        self.results.save_button.clicked.connect(self.keeping.save)
        self.list.opened.connect(self._open)
        self.list.chosen.connect(self._choose)
        self.list.previewed.connect(self._preview)
        self.list.hits.more_requested.connect(self._fetch_more)
        self.beside.opened.connect(self._open_other)

    # -- page ----------------------------------------------------------------------------------

    def panes(self) -> list[QWidget]:
        """Facets, hits, the column at the right; of a folded one its button."""
        side = (self.beside.shown, self.side.opener)
        middle = self.results.start if self.results.start.isVisible() else self.list
        return [self.facets, self.facet_column.opener, middle, *side]

    def extras(self) -> list[QWidget]:
        """The syntax button."""
        return [self.syntax_button]

    def current_id(self) -> str:
        """The post-mortem that is chosen."""
        return self.list.current_id()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """What can be done here."""
        return {
            "export": self._export,
            "edit": self._edit,
            "select_all": self.list.selectAll,
            "open": lambda: self._open(self.list.current_id()),
            "preview": self._preview,
            "find": self._find,
            "find_next": self.beside.find_bar.next,
            "find_previous": self.beside.find_bar.previous,
            "similar": lambda: self._focus_side("similar"),
            "facets": self._focus_facets,
            "clear_filters": self._clear_facets,
            "syntax": self.show_syntax,
            "sort": self._sort,
            "save_search": self.keeping.save,
            "refresh": self.refresh,
        } | self.beside.similar.list.commands()

    def refresh(self) -> None:
        """Search again; the index has caught up."""
        if not self.state.is_empty:
            self._ask()

    def go_back(self) -> bool:
        """From facets and the column at the right to the hits."""
        focus = QApplication.focusWidget()
        closed = self.side.close_panel() or self.facet_column.close_panel()
        if closed or (focus is not None and self.beside.isAncestorOf(focus)):
            self.list.setFocus()
            return True
        return False

    def _focus_facets(self) -> None:
        self.facet_column.open()
        self.facets.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- asking --------------------------------------------------------------------------------

    def type_text(self, text: str) -> None:
        """The search box changed: search soon, the last word unfinished."""
        self._begin(self.state.with_text(text), typing=True)
        self._throttle.request()

    def submit(self, text: str) -> None:
        """Enter in the search box: search now, every word finished."""
        self._throttle.cancel()
        self._begin(self.state.with_text(text))
        self._ask()
        self.keeping.remember()

    @Slot(object)
    def take_state(self, state: SearchState) -> None:
        """Search for something else."""
        self._begin(state)
        self.text_changed.emit(state.text)
        self._ask()

    def _begin(self, state: SearchState, *, typing: bool = False) -> None:
        """Another question: its answer is read from the best hit on."""
        self.state = state
        self._typing = typing
        self._anew = True
        self._open_best = False
        self._limit = PAGE

    def flush(self) -> None:
        """Search for what was typed without waiting."""
        self._throttle.flush()

    @Slot()
    def _ask(self) -> None:
        workspace, state = self._context.workspace, self.state
        typing, limit = self._typing, self._limit

        def work(job: Job) -> Answer:
            return ask(workspace, state, typing=typing, limit=limit)

        self._answers.submit(
            work,
            self._show,
            failed=lambda error: self.results.show_failure(error, self._rebuild),
        )

    def _show(self, answer: Answer) -> None:
        self.results.show_answer(answer, anew=self._anew)
        found = filters.shown(answer.counts, answer.state.selection, self._context.wording)
        self.facets.show_facets(found, "", any_chosen=bool(answer.state.selection))
        if not answer.result.total or answer.state.is_empty:
            self._choose("")
        if answer.state is not self.state:
            return  # more was typed since; that answer, too, is read from its best hit on
        self._anew = False
        if self._open_best and answer.result.total:
            self.opened.emit(self.list.current_id(), self.list.current_section())
        self._open_best = False

    @Slot(str)
    def _open(self, id: str) -> None:
        """Open a hit; while the list still answers an earlier question, the best one to come."""
        if self._anew:
            self._open_best = True
        else:
            self.opened.emit(id, self.list.current_section())
            self.keeping.remember()

    @Slot()
    def _fetch_more(self) -> None:
        self._limit += PAGE
        self._ask()

    def _rebuild(self) -> None:
        self._context.rebuild_index(self._ask)

    def _sort(self) -> None:
        """The next order, round and round."""
        orders = list(Order)
        after = orders[(orders.index(self.state.order) + 1) % len(orders)]
        self.take_state(self.state.in_order(after))

    @Slot(str, str, bool)
    def _toggle(self, key: str, value: str, on: bool) -> None:
        selection = filters.toggled(self.state.selection, key, value, on=on)
        self.take_state(self.state.with_selection(selection))

    @Slot()
    def _clear_facets(self) -> None:
        self.take_state(self.state.with_selection({}))

    # -- the column at the right ---------------------------------------------------------------

    @Slot(str)
    def _choose(self, id: str) -> None:
        """Show what belongs to a hit."""
        section = self.list.current_section() if id else ""
        self.beside.show_hit(id, section, self.state.text)

    @Slot(str)
    def _open_other(self, name: str) -> None:
        self.opened.emit(name, "")

    def _focus_side(self, part: Part) -> None:
        self.side.open()
        self.beside.focus_part(part)

    @Slot()
    def _preview(self) -> None:
        self._focus_side("text")

    @Slot()
    def _find(self) -> None:
        self.side.open()
        self.beside.find_text()

    # -- doing ---------------------------------------------------------------------------------

    @Slot()
    def show_syntax(self) -> None:
        """Explain the search language."""
        popover = SyntaxPopover(self._context.look, self)
        popover.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popover.inserted.connect(self._insert)
        popover.open_below(self.syntax_button)

    @Slot(str)
    def _insert(self, token: str) -> None:
        text = f"{self.state.text.rstrip()} {token}".strip()
        self.take_state(self.state.with_text(text))

    def _export(self) -> None:
        if ids := self.list.selected_ids():
            self.export_requested.emit(ids)

    def _edit(self) -> None:
        if id := self.list.current_id():
            self.edit_requested.emit(id)
