"""The outbox beside the board."""

from collections.abc import Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.ui.look import Look
from app.ui.painting import ChipText
from app.ui.tracking.cards import (
    DifferingCard,
    QueueCard,
    close_card,
    first_stop,
    has_keyboard,
    remark_card,
    sync_card,
    verify_card,
)
from app.ui.tracking.outbox_items import (
    Differing,
    Item,
    Queue,
    Refused,
    Remark,
    ToClose,
    ToSync,
    ToVerify,
)
from app.ui.tracking.refused_card import RefusedCard
from app.ui.widgets.chips import ChipRow, IconLabel
from app.ui.widgets.layouts import column, holder, label, row
from app.ui.widgets.states import Notice

C = TypeVar("C", bound=QWidget)
WIDTH = 352


class OutboxPanel(QFrame):
    """What needs somebody, what waits, and what is left to round off.

    Signals
    -------
    sent_again(str, dict, bool):
        An action item's id, words by field id, whether they are meant for the whole project.
    kept_as_draft(str), decided(str, str, bool):
        An action item's id; also the field and whether ours is kept.
    shown_in_list(str), linked(str):
        An action item or its ticket is to be shown.
    verification_asked(list), closing_asked(str):
        Action items to be verified; a post-mortem to be closed.
    people_asked(str, str, str):
        An action item, a field's id, and a name or an e-mail that is looked for.
    sync_asked(), connecting_asked():
        What waits for a sync is to be settled; how Jira is connected is to be seen to.
    emptied():
        The last card went with the keyboard in it.
    """

    sent_again = Signal(str, dict, bool)
    kept_as_draft = Signal(str)
    decided = Signal(str, str, bool)
    shown_in_list = Signal(str)
    linked = Signal(str)
    verification_asked = Signal(list)
    closing_asked = Signal(str)
    people_asked = Signal(str, str, str)
    sync_asked = Signal()
    connecting_asked = Signal()
    emptied = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.items: tuple[Item, ...] = ()
        """What is shown."""
        self._cards: dict[Item, QWidget] = {}
        self.setProperty("ground", "dock")
        self.setAccessibleName("Outbox")
        self._chips = ChipRow(look)
        head = row(label("Outbox", "question"), (self._chips, 1), margins=(16, 12, 16, 4))
        self._column = column(None, margins=(16, 6, 16, 12), spacing=12)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName("What waits and what needs you")
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields bring themselves into view
        inner = holder(self._column)
        self.area.setWidget(inner)
        self._nothing = Notice(look)
        self._sent = label("", "secondary", "text2", wrap=True)
        self._foot = holder(
            row(IconLabel(look, "checks", "green"), (self._sent, 1), margins=(16, 8, 16, 12))
        )
        parts = ((self.area, 1), (self._nothing, 1), self._foot)
        self.setLayout(column(head, *parts, spacing=0))
        self.setFocusProxy(self.area)

    def show_items(
        self, items: tuple[Item, ...], chips: Sequence[ChipText], sent: str, *, connected: bool
    ) -> None:
        """Show these; a card whose words are the same stays as it is, with what was typed."""
        if connected:
            words = "What goes to Jira, and what needs you, stands here."
            self._nothing.show_empty("checks", "Nothing waits", words)
        else:
            words = "Everything here works without it. Connected, what is ready becomes tickets."
            self._nothing.show_empty("cloud-slash", "Jira is not connected", words)
        had = has_keyboard(self)
        self._nothing.setVisible(not items)
        self._chips.show_chips(chips)
        self._sent.setText(sent)
        self._foot.setVisible(bool(sent))
        if items != self.items:
            for item in [one for one in self._cards if one not in items]:
                self._drop(item)
            self.items = items
            self._fill()
        self.area.setVisible(bool(items))
        if had and not items:
            self.emptied.emit()
        elif had and not has_keyboard(self):
            self.setFocus()

    def card(self, action_id: str, kind: type[C]) -> C | None:
        """The first card of a kind about an action item."""
        for item, card in self._cards.items():
            about = isinstance(item, Refused | Differing | Remark) and item.action_id == action_id
            if about and isinstance(card, kind):
                return card
        return None

    def _drop(self, item: Item) -> None:
        card = self._cards.pop(item)
        card.hide()
        card.deleteLater()

    def _fill(self) -> None:
        for place, item in enumerate(self.items):
            if item not in self._cards:
                self._cards[item] = self._card(item)
            self._column.removeWidget(self._cards[item])
            self._column.insertWidget(place, self._cards[item])
        stops = (first_stop(self._cards[item]) for item in self.items)
        self.setFocusProxy(next(filter(None, stops), self.area))

    def _card(self, item: Item) -> QWidget:
        look = self._look
        card: QWidget
        match item:
            case ToSync():
                card = sync_card(look, item, self.sync_asked.emit, self.connecting_asked.emit)
            case Refused():
                card = self._refused(item)
            case Differing():
                card = self._differing(item)
            case Queue():
                card = QueueCard(look, item)
            case Remark():
                card = remark_card(look, item, partial(self.shown_in_list.emit, item.action_id))
            case ToVerify():
                first = [item.action_ids[0]]
                card = verify_card(look, item, partial(self.verification_asked.emit, first))
            case ToClose():
                card = close_card(look, item, partial(self.closing_asked.emit, item.id))
        return card

    def _differing(self, item: Differing) -> DifferingCard:
        card = DifferingCard(self._look, item)
        card.decided.connect(partial(self.decided.emit, item.action_id, item.field))
        card.linked.connect(partial(self.linked.emit, item.action_id))
        return card

    def _refused(self, item: Refused) -> RefusedCard:
        card = RefusedCard(self._look, item)
        card.sent_again.connect(partial(self.sent_again.emit, item.action_id))
        card.kept_as_draft.connect(partial(self.kept_as_draft.emit, item.action_id))
        card.linked.connect(partial(self.linked.emit, item.action_id))
        card.settings_asked.connect(self.connecting_asked)
        card.people_asked.connect(partial(self.people_asked.emit, item.action_id))
        return card
