"""The hints as a list: under each section cards with the words, a rewrite and the reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem

from app.ui.editor.language.paragraphs import Paragraph, Part, spoken, with_blanks
from app.ui.item_models.rows import ROOT, SPOKEN, Index, RowModel
from app.ui.look import Look
from app.ui.painting import RIGHT, Canvas, ChipText, chip_width
from app.ui.widgets.row_delegate import RowDelegate
from models.language.documents import Placed

_SHOWN = 220
"""Letters of a long sentence that are shown, around the words."""


@dataclass(frozen=True)
class Head:
    """The name of a section above its cards."""

    name: str
    number: int


@dataclass(frozen=True)
class Card:
    """What a hint shows: equal for two that look alike, wherever they stand in their text."""

    rule: str
    detail: str
    words: tuple[Part, ...]
    suggestion: str
    why: str


Entry = Head | Card


def card_of(placed: Placed, rule: str, detail: str) -> Card:
    """A hint as a card: what would go struck out, and how the sentence would read."""
    finding, sentence = placed.finding, placed.sentence
    first = finding.replaces[0] - finding.sentence[0]
    last = first + finding.replaces[1]
    if not finding.length:  # a field that is empty
        return Card(rule, detail, (Part(sentence),), finding.suggestion, finding.why)
    before, struck, after = sentence[:first], sentence[first:last], sentence[last:]
    reads = f"{before}{finding.suggestion}{after}"
    room = max(20, (_SHOWN - len(struck)) // 2)
    words = (Part(_end(before, room)), Part(struck, "struck"), Part(_begin(after, room)))
    if len(reads) > _SHOWN:
        reads = f"{_end(before, 40)}{finding.suggestion}{_begin(after, 40)}"
    return Card(rule, detail, words, " ".join(reads.split()), finding.why)


def _end(text: str, room: int) -> str:
    flat = text.replace("\n", " ")
    return flat if len(flat) <= room else f"…{flat[-room:]}"


def _begin(text: str, room: int) -> str:
    flat = text.replace("\n", " ")
    return flat if len(flat) <= room else f"{flat[:room]}…"


class CardModel(RowModel[Entry]):
    """Heads and cards; only what changed is drawn anew."""

    def show(self, entries: Sequence[Entry]) -> None:
        """Show these; rows at both ends that stay are left alone."""
        new, old = tuple(entries), self._rows
        first = 0
        while first < min(len(new), len(old)) and new[first] == old[first]:
            first += 1
        rest = 0
        while rest < min(len(new), len(old)) - first and new[-1 - rest] == old[-1 - rest]:
            rest += 1
        if len(old) - rest > first:
            self.beginRemoveRows(ROOT, first, len(old) - rest - 1)
            self._rows = (*old[:first], *old[len(old) - rest :])
            self.endRemoveRows()
        if len(new) - rest > first:
            self.beginInsertRows(ROOT, first, len(new) - rest - 1)
            self._rows = new
            self.endInsertRows()

    def card_row(self, number: int) -> QModelIndex:
        """The row of a card, counted without the heads; the last where there are fewer."""
        rows = [row for row, entry in enumerate(self._rows) if isinstance(entry, Card)]
        return self.index(rows[min(number, len(rows) - 1)], 0) if rows else QModelIndex()

    def card_number(self, index: Index) -> int:
        """Which of the cards a row is, or -1."""
        if not index.isValid() or not isinstance(self.entry(index), Card):
            return -1
        return sum(1 for entry in self._rows[: index.row()] if isinstance(entry, Card))

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Heads cannot be chosen."""
        if isinstance(self.entry(index), Head):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The sentence for a screen reader."""
        entry = self.entry(index)
        if role not in SPOKEN:
            return None
        if isinstance(entry, Head):
            return f"{entry.name}, {entry.number}"
        words = "".join(part.text for part in entry.words)
        heads = (e for e in reversed(self._rows[: index.row()]) if isinstance(e, Head))
        section = next((head.name for head in heads), "")
        place = ", ".join(part for part in (section, entry.detail) if part)
        return f"{entry.rule} in {place}: {words} {entry.why} Try: {spoken(entry.suggestion)}"


@dataclass(frozen=True)
class _Laid:
    """A card laid out for one width."""

    words: Paragraph
    suggestion: Paragraph
    why: Paragraph
    box_top: float
    why_top: float
    height: float


class CardDelegate(RowDelegate):
    """Draws heads and cards; what was laid out is kept until the look changes."""

    def __init__(self, look: Look, model: CardModel, view: QListView) -> None:
        super().__init__(look, view)
        self._model = model
        self._laid: dict[tuple[Card, int], _Laid] = {}
        look.changed.connect(self._forget)

    def _forget(self) -> None:
        self._laid.clear()
        self._view.scheduleDelayedItemsLayout()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the words need."""
        entry, width = self._model.entry(index), self._view.viewport().width()
        if isinstance(entry, Head):
            return QSize(200, self._look.px(28))
        return QSize(200, round(self._lay_out(entry, width - 30).height) + self._look.px(10))

    def draw(self, canvas: Canvas, rect: QRectF, state: QStyle.StateFlag, index: Index) -> None:
        """Draw it."""
        entry = self._model.entry(index)
        if isinstance(entry, Head):
            canvas.text(rect.adjusted(4, 4, 0, 0), entry.name, "secondary_bold", "text2")
        else:
            self._paint_card(canvas, rect, entry, state)

    def _paint_card(
        self, canvas: Canvas, rect: QRectF, entry: Card, state: QStyle.StateFlag
    ) -> None:
        look, painter, px = self._look, canvas.painter, self._look.px
        theme = look.theme
        card = rect.adjusted(0.5, 2.5, -0.5, -px(8) + 0.5)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.setBrush(QColor(theme.surface))
        painter.setPen(QColor(theme.border))
        painter.drawRoundedRect(card, 8, 8)
        if chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            focused = bool(state & QStyle.StateFlag.State_HasFocus)
            pen = QColor(theme.accent if focused else theme.accent_line)
            painter.setPen(pen)
            painter.drawRoundedRect(card.adjusted(1, 1, -1, -1), 8, 8)
            if focused:
                painter.drawRoundedRect(card, 8, 8)
        inner = card.adjusted(14, px(10), -14, -px(10))
        laid = self._lay_out(entry, round(inner.width()))
        chip = ChipText(entry.rule, "amber", "quotes")
        centre = inner.top() + px(10)
        canvas.chip(inner.left(), centre, chip)
        if entry.detail:
            room = inner.width() - chip_width(look, chip) - px(8)
            line = QRectF(inner.right() - room, inner.top(), room, px(20))
            canvas.text(line, entry.detail, "secondary", "text2", align=RIGHT)
        laid.words.draw(painter, inner.left(), inner.top() + px(26))
        box = QRectF(
            inner.left(),
            inner.top() + laid.box_top,
            inner.width(),
            laid.why_top - laid.box_top - px(8),
        )
        painter.setBrush(QColor(theme.green.soft))
        painter.setPen(QColor(theme.green.line))
        painter.drawRoundedRect(box, 6, 6)
        title = QRectF(box.left() + 10, box.top() + px(6), box.width(), px(16))
        canvas.text(title, "Try", "micro_strong", "green")
        laid.suggestion.draw(painter, box.left() + 10, box.top() + px(24))
        laid.why.draw(painter, inner.left(), inner.top() + laid.why_top)

    def _lay_out(self, card: Card, width: int) -> _Laid:
        found = self._laid.get((card, width))
        if found is None:
            look, px = self._look, self._look.px
            words = Paragraph(look, card.words, width, "body", "text2")
            suggestion = Paragraph(look, with_blanks(card.suggestion), width - 20)
            why = Paragraph(look, [Part(card.why)], width, "secondary", "text2")
            box_top = px(26) + words.height + px(8)
            why_top = box_top + px(24) + suggestion.height + px(8) + px(8)
            height = px(20) + why_top + why.height
            found = _Laid(words, suggestion, why, box_top, why_top, height)
            self._laid[card, width] = found
        return found
