"""The cards of the outbox: what needs somebody, mended where it stands."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QSizePolicy, QWidget

from app.ui.look import Look
from app.ui.painting import RIGHT, Canvas, ChipText
from app.ui.theme import Tone
from app.ui.tracking.outbox_items import (
    Differing,
    Queue,
    Remark,
    ToClose,
    ToSync,
    ToVerify,
)
from app.ui.widgets.buttons import Button, PushButton
from app.ui.widgets.chips import Chip, IconLabel
from app.ui.widgets.layouts import Item, column, label, row
from app.ui.wording import count

Act = tuple[str, Callable[[], None]]


class Card(QFrame):
    """A title with its icon, perhaps a chip, and what stands below."""

    def __init__(
        self, look: Look, title: str, icon: str, tone: Tone, chip: str, *below: Item
    ) -> None:
        super().__init__()
        self.setProperty("ground", "card")
        self.setAccessibleName(title)
        chips = [Chip(look, ChipText(chip))] if chip else []
        head = row(
            column(IconLabel(look, icon, tone), None),
            (label(title, "body_strong", wrap=True), 1),
            *(column(one, None) for one in chips),
        )
        self.setLayout(column(head, *below, margins=(14, 12, 14, 12), spacing=8))


class Side(PushButton):
    """One of two values: pressing it decides."""

    def __init__(self, look: Look, value: str, note: str, where: str) -> None:
        super().__init__()
        self._look = look
        self._value, self._note, self._where = value, note, where
        self.setProperty("kind", "side")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"Keep {value}, {where}, {note}")
        self.setToolTip(f"Keep “{value}”")
        look.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(200, self._look.px(48))

    def minimumSizeHint(self) -> QSize:
        """As narrow as the panel."""
        return QSize(100, self._look.px(48))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Value and source."""
        look, theme = self._look, self._look.theme
        canvas = Canvas(QPainter(self), look)
        lit = self.hasFocus() or self.underMouse()
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        canvas.painter.setPen(QPen(QColor(theme.accent if lit else theme.border2), 2 if lit else 1))
        canvas.painter.setBrush(QColor(theme.accent_soft if lit else theme.surface))
        canvas.painter.drawRoundedRect(rect, 7, 7)
        inner = rect.adjusted(look.px(11), 0, -look.px(11), 0)
        middle, high = rect.center().y(), look.px(20)
        upper = QRectF(inner.left(), middle - high, inner.width(), high)
        canvas.text(
            upper, self._where, "secondary_strong", "accent" if lit else "text2", align=RIGHT
        )
        upper.setRight(
            upper.right() - look.metrics("secondary_strong").horizontalAdvance(self._where) - 8
        )
        canvas.text(upper, self._value, "body_strong", elide=Qt.TextElideMode.ElideRight)
        lower = QRectF(inner.left(), middle, inner.width(), high)
        canvas.text(lower, self._note, "secondary", "text2")
        canvas.painter.end()


class DifferingCard(Card):
    """A field that both sides changed: pressing a value keeps it.

    Signals
    -------
    decided(bool):
        Whether ours is kept.
    linked():
        The ticket is to be looked at.
    """

    decided = Signal(bool)
    linked = Signal()

    def __init__(self, look: Look, item: Differing) -> None:
        here = " ".join(filter(None, ("changed here", item.ours_at)))
        there = " ".join(filter(None, ("changed in Jira", item.theirs_at)))
        self.ours = Side(look, item.ours, here, "Here")
        self.theirs = Side(look, item.theirs, there, "Jira")
        open_ = Button(look, "Open in Jira", "ghost", "arrow-square-out", size="small")
        before = label(
            f"Before: {item.before}. Press the one to keep.", "secondary", "text2", wrap=True
        )
        super().__init__(
            *(look, f"{item.name} of {item.ref} differs", "git-diff", "amber", item.key),
            *(before, self.ours, self.theirs, row(open_, None)),
        )
        self.ours.clicked.connect(lambda: self.decided.emit(True))
        self.theirs.clicked.connect(lambda: self.decided.emit(False))
        open_.clicked.connect(self.linked)


class RemarkCard(Card):
    """Something to know, with at most two things to do."""

    def __init__(
        self, look: Look, title: str, text: str, icon: str, tone: Tone, *acts: Act
    ) -> None:
        buttons = [Button(look, words, size="small") for words, _ in acts]
        for button, (_, act) in zip(buttons, acts, strict=True):
            button.clicked.connect(act)
        words = label(text, "secondary", "text2", wrap=True)
        below: list[Item] = [words] if text else []
        if buttons:
            below.append(row(*buttons, None, spacing=6))
        super().__init__(look, title, icon, tone, "", *below)


class QueueCard(Card):
    """What the next sync sends, in order."""

    def __init__(self, look: Look, item: Queue) -> None:
        lines: list[Item] = []
        for what, how in item.lines:
            words = column(
                label(what, "secondary_strong", wrap=True),
                label(how, "secondary", "text2", wrap=True),
                spacing=1,
            )
            icon = column(IconLabel(look, "cloud-arrow-up"), None)
            lines.append(row(icon, (words, 1), spacing=10))
        if item.more:
            lines.append(label(f"and {count(item.more, 'more', 'more')}", "secondary", "text2"))
        super().__init__(look, "To be sent", "list-numbers", "text2", "in this order", *lines)


def remark_card(look: Look, item: Remark, show: Callable[[], None]) -> RemarkCard:
    """What is said of one action item, and the way to it."""
    tone: Tone = "red" if item.icon == "warning-circle" else "text2"
    return RemarkCard(look, item.title, item.text, item.icon, tone, ("Show", show))


def sync_card(
    look: Look, item: ToSync, sync: Callable[[], None], settings: Callable[[], None]
) -> RemarkCard:
    """What a sync left to somebody; where a site is in trouble, the way to how it is connected."""
    acts: list[Act] = [(item.button, sync)]
    if item.is_trouble:
        acts.append(("Jira settings…", settings))
    return RemarkCard(look, item.title, item.text, "warning", "amber", *acts)


def verify_card(look: Look, item: ToVerify, verify: Callable[[], None]) -> RemarkCard:
    """What is done and not shown to work."""
    number = len(item.refs)
    title = f"{item.refs[0]} is done" if number == 1 else f"{number} actions are done"
    refs = f"{', '.join(item.refs[:8])}{' and more' if number > 8 else ''}. "
    works = f"{refs}Nobody has shown yet that they work."
    text = works if number > 1 else "Nobody has shown yet that it works."
    return RemarkCard(look, title, text, "checks", "green", (f"Verify {item.refs[0]}…", verify))


def close_card(look: Look, item: ToClose, close: Callable[[], None]) -> RemarkCard:
    """A post-mortem that can be closed."""
    text = f"{item.title}: all its actions are verified, handed over or decided against."
    return RemarkCard(
        look, f"{item.ref} can be closed", text, "archive", "text2", ("Close…", close)
    )


def has_keyboard(card: QWidget) -> bool:
    """Whether the keyboard is inside a card."""
    focus = QApplication.focusWidget()
    return focus is not None and card.isAncestorOf(focus)


def first_stop(card: QWidget) -> QWidget | None:
    """The first field or button of a card that the keyboard reaches; None where it has none."""
    part = card.nextInFocusChain()
    while part is not None and card.isAncestorOf(part):
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isEnabledTo(card):
            return part.focusProxy() or part
        part = part.nextInFocusChain()
    return None
