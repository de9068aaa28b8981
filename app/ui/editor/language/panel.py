"""The tab of the dock with all language hints of the post-mortem, and what can be done with one."""

from collections.abc import Callable, Mapping
from itertools import groupby

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStackedWidget, QWidget

from app.ui.context import Context
from app.ui.editor.language.cards import CardDelegate, CardModel, Entry, Head, card_of
from app.ui.editor.language.hints import Hints
from app.ui.editor.language.reaching import detail_of, section_key_of
from app.ui.look import Look
from app.ui.widgets.buttons import Button, is_enter
from app.ui.widgets.layouts import column, holder, label, row
from app.ui.widgets.states import Notice
from app.ui.wording import count
from models.language.documents import Placed


class CardList(QListView):
    """The cards. Enter puts the rewrite in, Space goes to the words, Del keeps them.

    Signals
    -------
    applied(), gone_to(), kept(), kept_always():
        What the author pressed.
    """

    applied = Signal()
    gone_to = Signal()
    kept = Signal()
    kept_always = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.cards = CardModel(self)
        self.setModel(self.cards)
        self.setItemDelegate(CardDelegate(look, self.cards, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setAccessibleName("Language hints")
        self.doubleClicked.connect(self.gone_to)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words break anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the list."""
        shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if is_enter(event):
            self.applied.emit()
        elif event.key() == Qt.Key.Key_Space:
            self.gone_to.emit()
        elif event.key() == Qt.Key.Key_Delete:
            (self.kept_always if shift else self.kept).emit()
        else:
            super().keyPressEvent(event)


class LanguagePanel(QWidget):
    """Hints by section, the chosen one's buttons below; or why there are none.

    Signals
    -------
    counted(int):
        How many hints there are.
    """

    counted = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__()
        look = context.look
        self._context = context
        self._hints: Hints | None = None
        self._names: Callable[[str], str] = str
        self._placed: tuple[Placed, ...] = ()
        self._head = label("", "secondary", "text2", wrap=True)
        self.list = CardList(look)
        self.notice = Notice(look)
        self.apply_button = Button(
            look,
            "Insert and fill in",
            "accent",
            "pencil-simple",
            size="small",
            tip="Insert (Enter)",
        )
        self.go_button = Button(look, "Show", size="small", tip="Show it in the text (Space)")
        self.keep_button = Button(
            look, "Keep mine", "ghost", size="small", tip="Keep this wording here (Del)"
        )
        self.always_button = Button(
            look,
            "Always keep",
            "ghost",
            size="small",
            tip="Keep these words everywhere (Shift+Del)",
        )
        self.again_button = Button(look, "Check them again", "link", size="small")
        self._kept = label("", "secondary", "text2")
        self._kept_line = holder(row(self._kept, self.again_button, None))
        self._acts = holder(
            column(
                row(self.apply_button, self.go_button, None, spacing=6),
                row(self.keep_button, self.always_button, None, spacing=6),
                spacing=4,
            )
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.notice)
        self.setLayout(
            column(
                self._head,
                (self._stack, 1),
                self._acts,
                self._kept_line,
                margins=(16, 10, 16, 10),
            )
        )
        self.setFocusProxy(self.list)
        self._connect()

    def _connect(self) -> None:
        acts = self._slots()
        for button, name in (
            (self.apply_button, "apply"),
            (self.go_button, "go"),
            (self.keep_button, "keep"),
            (self.always_button, "always"),
        ):
            button.clicked.connect(acts[name])
        self.list.applied.connect(acts["apply"])
        self.list.gone_to.connect(acts["go"])
        self.list.kept.connect(acts["keep"])
        self.list.kept_always.connect(acts["always"])
        self.again_button.clicked.connect(self._judge_again)
        self.list.selectionModel().currentChanged.connect(self._chosen)

    def serve(self, hints: Hints, names: Callable[[str], str]) -> None:
        """Show the hints of this; ``names`` calls a section by its key."""
        self._hints, self._names = hints, names
        hints.found.connect(self.show_hints)

    @property
    def current(self) -> Placed | None:
        """The chosen hint."""
        number = self.list.cards.card_number(self.list.currentIndex())
        return self._placed[number] if 0 <= number < len(self._placed) else None

    @Slot(tuple)
    def show_hints(self, placed: tuple[Placed, ...]) -> None:
        """Show these; the place in the list stays."""
        hints = self._hints
        document = hints.document if hints else None
        if hints is None or document is None:
            return
        number = max(0, self.list.cards.card_number(self.list.currentIndex()))
        had_focus = self.list.hasFocus()
        self._placed = placed
        entries: list[Entry] = []
        name_of = self._context.language.name_of
        for key, group in groupby(placed, lambda one: section_key_of(one.place)):
            own = list(group)
            entries.append(Head(self._names(key), len(own)))
            for one in own:
                detail = detail_of(document, one.place)
                entries.append(card_of(one, name_of(one.finding.rule), detail))
        self.list.cards.show(entries)
        if not had_focus:
            number = 0
        if not had_focus or self.list.cards.card_number(self.list.currentIndex()) < 0:
            self.list.setCurrentIndex(self.list.cards.card_row(number))
        self._say(hints, len(placed))
        self.counted.emit(len(placed))

    def _say(self, hints: Hints, number: int) -> None:
        self._head.setText(f"{count(number, 'hint')}. They advise and never block writing.")
        self._head.setVisible(bool(number))
        self._acts.setVisible(bool(number))
        kept = hints.kept_here
        self._kept.setText(f"{count(kept, 'wording')} kept as written.")
        self._kept_line.setVisible(bool(kept))
        if not number:
            self.notice.show_empty(
                "check-circle",
                "Nothing to change",
                "Words that look for a guilty person, judge, or stay vague are underlined while"
                " you write, with a way to say what happened instead.",
            )
        self.again_button.setVisible(bool(kept))
        self._stack.setCurrentWidget(self.list if number else self.notice)
        self._chosen(self.list.currentIndex(), QModelIndex())

    @Slot(QModelIndex, QModelIndex)
    def _chosen(self, current: QModelIndex, before: QModelIndex) -> None:
        placed = self.current
        writable = bool(self._hints and self._hints.is_writable)
        is_text = placed is not None and bool(placed.finding.length)
        self.apply_button.setEnabled(writable and is_text)
        for button in (self.go_button, self.keep_button, self.always_button):
            button.setEnabled(placed is not None)

    def _slots(self) -> Mapping[str, Callable[[], None]]:
        def acting(act: Callable[[Hints, Placed], None]) -> Callable[[], None]:
            def carry_out() -> None:
                placed = self.current
                if self._hints is not None and placed is not None:
                    act(self._hints, placed)

            return carry_out

        return {
            "apply": acting(lambda hints, placed: hints.apply(placed)),
            "go": acting(lambda hints, placed: hints.go_to(placed)),
            "keep": acting(lambda hints, placed: hints.keep(placed)),
            "always": acting(lambda hints, placed: hints.keep(placed, always=True)),
        }

    @Slot()
    def _judge_again(self) -> None:
        if self._hints is not None:
            self._hints.judge_all_again()
