"""The middle of the search screen: how many, what was understood, the hits."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QListView, QStackedWidget

from app.ui.context import Context
from app.ui.index_state import BUILDING
from app.ui.item_models.hits import HitModel
from app.ui.library.filters import TITLES, name_of, toggled
from app.ui.search.searching import Answer, Without
from app.ui.search.start import StartPane
from app.ui.search.state import SearchState
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import IconLabel
from app.ui.widgets.layouts import clear, column, frame, holder, horizontal_line, label, row
from app.ui.widgets.moving import HeadedList
from app.ui.widgets.search_hit import HitDelegate
from app.ui.widgets.states import Notice
from app.ui.wording import count
from search.results import Order, SearchResult

ORDERS = {
    Order.BEST: "Best match first",
    Order.NEWEST: "Newest first",
    Order.SEVERITY: "Most severe first",
}


class HitList(HeadedList):
    """The hits: Enter opens, Space shows the text beside the list.

    Signals
    -------
    opened(str), chosen(str):
        A post-mortem is to be opened; another one is current; by id.
    previewed():
        Space was pressed.
    """

    opened = Signal(str)
    chosen = Signal(str)
    previewed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.hits = HitModel(self)
        self.setModel(self.hits)
        self.setItemDelegate(HitDelegate(context.look, context.wording, self.hits, self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setMouseTracking(True)
        self.setAccessibleName("Results")
        self.selectionModel().currentChanged.connect(self._current)
        self.doubleClicked.connect(self._open)

    def current_id(self) -> str:
        """The id of the current hit; empty if there is none."""
        hit = self.hits.hit(self.currentIndex())
        return hit.id if hit else ""

    def current_section(self) -> str:
        """Where the current hit has its best snippet."""
        hit = self.hits.hit(self.currentIndex())
        return hit.section if hit else ""

    def selected_ids(self) -> list[str]:
        """The selected ids in the order of the list."""
        indexes = sorted(self.selectionModel().selectedIndexes(), key=lambda index: index.row())
        return [hit.id for index in indexes if (hit := self.hits.hit(index)) is not None]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Space previews."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Space:
            self.previewed.emit()
        else:
            super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        hit = self.hits.hit(index)
        if hit is not None:
            self.opened.emit(hit.id)

    @Slot()
    def _current(self) -> None:
        self.chosen.emit(self.current_id())


class ResultPane(QFrame):
    """Head, suggestion, notices, filters in force, and the list.

    Signals
    -------
    state_requested(SearchState):
        The user wants this searched instead.
    """

    state_requested = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._state = SearchState()
        self.setProperty("ground", "surface")
        look = context.look
        self._total = label("", "screen_title")
        self._took = label("", "secondary", "text2")
        self.order = QComboBox()
        self.order.setProperty("fit", "small")
        self.order.setAccessibleName("Order")
        for order, words in ORDERS.items():
            self.order.addItem(words, order)
        self.order.activated.connect(self._take_order)
        self.save_button = Button(
            look, "Save search", "ghost", "bookmark", size="small", tip="Save search (Ctrl+Alt+S)"
        )
        self._suggestion = Button(look, "", "link")
        self._suggestion.clicked.connect(self._take_suggestion)
        self._suggested = ""
        did_you_mean = row(
            IconLabel(look, "magic-wand", "accent"),
            label("Did you mean"),
            self._suggestion,
            None,
            margins=(12, 2, 12, 2),
        )
        self._suggestion_card = frame(did_you_mean, "accent")
        self._notices = column(spacing=4)
        self._notice_place = holder(self._notices)
        self._filters = row(spacing=6)
        self._filter_place = holder(self._filters)
        self.list = HitList(context)
        self.notice = Notice(look)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.notice)
        self.start = StartPane(look)
        self.stack.addWidget(self.start)
        self.start.taken.connect(self.state_requested)
        head = column(
            row(self._total, self._took, None, self.save_button, self.order),
            self._suggestion_card,
            self._notice_place,
            self._filter_place,
            margins=(24, 14, 24, 10),
        )
        self.setLayout(column(head, horizontal_line(), (self.stack, 1), spacing=0))
        self._waits = False
        context.index_state.changed.connect(self._index_changed)

    def show_answer(self, answer: Answer, *, anew: bool) -> None:
        """Show what was found: ``anew`` from the best hit, else where the reader is."""
        result, self._state = answer.result, answer.state
        self._waits = False
        for part in (self.order, self.save_button):
            part.setVisible(not answer.state.is_empty)
        if answer.state.is_empty:
            self._show_start(result)
            return
        self._total.setText(count(result.total, "result"))
        self._took.setText(f"{result.took_ms:.0f} ms" if result.total else "")
        self.order.setCurrentIndex(list(ORDERS).index(self._state.order))
        self._suggested = result.suggestion or ""
        self._suggestion.setText(self._suggested)
        self._suggestion.setAccessibleName(f"Did you mean {self._suggested}")
        self._suggestion_card.setVisible(bool(self._suggested))
        building = self._context.index_state.is_building and not result.total
        self._show_notices(() if building else result.notices)
        self._show_filters()
        kept = self.list.current_id()
        self.list.hits.show(result)
        if building:
            self._show_building()
            return
        if not result.total:
            self._show_empty(answer.without)
            return
        self.stack.setCurrentWidget(self.list)
        if anew:
            self.list.setCurrentIndex(self.list.hits.first())
            self.list.scrollToTop()
        elif not self.list.currentIndex().isValid():
            place = self.list.hits.place(kept) if kept else QModelIndex()
            self.list.setCurrentIndex(place if place.isValid() else self.list.hits.first())

    def _show_start(self, result: SearchResult) -> None:
        """Nothing is asked for: saved and recent searches in place of the whole library."""
        self._total.setText("Search")
        self._took.setText("")
        self._suggestion_card.hide()
        self._show_notices(())
        self._show_filters()
        self.list.hits.show(replace(result, total=0, complete=0))
        self.stack.setCurrentWidget(self.start)

    def show_failure(self, error: BaseException, rebuild: Callable[[], None]) -> None:
        """The index could not answer."""
        self._waits = False
        self._total.setText("Search")
        self._took.setText("")
        self.notice.show_error(
            "The search index could not be read",
            "Your post-mortems are safe. Rebuilding it takes a few seconds.",
            f"{type(error).__name__}: {error}",
            ("Rebuild index", rebuild),
        )
        self.stack.setCurrentWidget(self.notice)

    def _show_building(self) -> None:
        """The search is asked again when the index has caught up."""
        self._waits = True
        self.notice.show_empty("file-search", BUILDING, self._context.index_state.words)
        self.stack.setCurrentWidget(self.notice)

    @Slot()
    def _index_changed(self) -> None:
        if self._waits and self._context.index_state.is_building:
            self._show_building()

    def _show_notices(self, notices: tuple[str, ...]) -> None:
        clear(self._notices)
        for words in notices:
            line = label(words, "secondary", "amber", wrap=True)
            icon = IconLabel(self._context.look, "info", "amber", 14)
            self._notices.addWidget(holder(row(icon, (line, 1), spacing=6)))
        self._notice_place.setVisible(bool(notices))

    def _show_filters(self) -> None:
        clear(self._filters)
        for key, values in self._state.selection.items():
            for value in sorted(values):
                words = f"{TITLES[key]}: {name_of(key, value, self._context.wording)}"
                button = Button(self._context.look, words, "accent", "x", size="small")
                button.setAccessibleName(f"Remove the filter {words}")
                button.clicked.connect(self._dropper(key, value))
                self._filters.addWidget(button)
        self._filters.addStretch(1)
        self._filter_place.setVisible(bool(self._state.selection))

    def _dropper(self, key: str, value: str) -> Callable[[], None]:
        state = self._state
        without = toggled(state.selection, key, value, on=False)
        return lambda: self.state_requested.emit(state.with_selection(without))

    def _show_empty(self, without: tuple[Without, ...]) -> None:
        """Say what to drop: the parts without which most is found."""
        actions = [(f"Drop {w.dropped}", self._asker(w.state)) for w in without[:2]]
        if self._state.text:
            actions.append(("Clear the search", self._asker(SearchState())))
        told = [f"{count(w.total, 'match', 'match')} without {w.dropped}." for w in without[:2]]
        other = "Try fewer words, another spelling, or word* for what begins so."
        self.notice.show_empty(
            "file-search", "No post-mortem matches", " ".join(told) or other, *actions
        )
        self.stack.setCurrentWidget(self.notice)

    def _asker(self, state: SearchState) -> Callable[[], None]:
        return lambda: self.state_requested.emit(state)

    @Slot(int)
    def _take_order(self, place: int) -> None:
        self.state_requested.emit(self._state.in_order(list(ORDERS)[place]))

    @Slot()
    def _take_suggestion(self) -> None:
        self.state_requested.emit(SearchState(self._suggested, order=self._state.order))
