"""The head of the reading pane: chips, buttons, title, where and when, measures."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame

from app.ui.context import Context
from app.ui.document.reading import Reading
from app.ui.document.tiles import TileBand
from app.ui.painting import ChipText
from app.ui.theme import ChipKind
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import ChipRow
from app.ui.widgets.layouts import column, horizontal_line, label, row
from app.ui.wording import health_words
from integrations.export.wording import span_words
from models.document import Document
from models.domain import post_mortem as domain
from models.queries.health import Health

_GAP = 4
_HEALTH: dict[str, ChipKind] = {"red": "red", "amber": "amber", "green": "green"}


class ReadingHead(QFrame):
    """What a post-mortem is, and what can be done with it.

    Where the chips need the room, the buttons but Edit show their icons alone.
    """

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        look = context.look
        self._chips = ChipRow(look)
        self._health = ChipRow(look)
        self._title = label("", "document_title", wrap=True)
        self._meta = label("", "secondary", "text2", wrap=True)
        self._tiles = TileBand(look)
        self.export_button = Button(
            look, "Export", "ghost", "export", size="small", tip="Export (Ctrl+E)"
        )
        self.similar_button = Button(
            look, "Similar", "ghost", "intersect", size="small", tip="Similar failures (Ctrl+.)"
        )
        self.history_button = Button(
            look,
            "History",
            "ghost",
            "clock-counter-clockwise",
            size="small",
            tip="History (Ctrl+H)",
        )
        self.edit_button = Button(
            look, "Edit", "accent", "pencil-simple", size="small", tip="Edit (Ctrl+Return)"
        )
        self._worded = (self.export_button, self.similar_button, self.history_button)
        for button in (self.similar_button, self.history_button):
            button.setCheckable(True)
        buttons = row(*self._worded, self.edit_button, spacing=_GAP)
        self.setLayout(
            column(
                row((self._chips, 1), column(buttons, None), spacing=_GAP),
                self._title,
                self._meta,
                self._health,
                4,
                self._tiles,
                horizontal_line(),
                margins=(10, 0, 10, 0),
                spacing=6,
            )
        )
        look.changed.connect(self._share_room)

    def show_reading(self, reading: Reading) -> None:
        """Show a post-mortem."""
        document = reading.document
        self._title.setText(document.post_mortem.title)
        self._meta.setText(_meta(document))
        self._tiles.show_tiles(reading.tiles)
        self._chips.show_chips(self._chip_texts(document))
        self._health.show_chips(_health_chip(reading.health))
        self._health.setVisible(bool(reading.health.total))
        self._share_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words beside the icons only where there is room for them."""
        super().resizeEvent(event)
        self._share_room()

    @Slot()
    def _share_room(self) -> None:
        shown = [button for button in self._worded if not button.isHidden()]
        words = sum(button.full_width() + _GAP for button in (*shown, self.edit_button))
        room = self.contentsRect().width() - 20 - words
        for button in self._worded:
            button.show_words(shown=self._chips.sizeHint().width() <= room)

    def _chip_texts(self, document: Document) -> list[ChipText]:
        mortem, wording = document.post_mortem, self._context.wording
        severity = domain.severity(mortem)
        chips = [wording.severity_chip(severity)] if severity else []
        chips.append(wording.status_chip(mortem.status))
        if mortem.historical:
            chips.append(ChipText("Imported", "neutral", "download-simple"))
        chips += [ChipText(name, "neutral", "cube") for name in domain.services(mortem)]
        records = [r.framework for i in mortem.incidents for r in i.response]
        names = dict.fromkeys(wording.framework(record) for record in records)
        return chips + [ChipText(name, "neutral", "path") for name in names]


def _health_chip(health: Health) -> list[ChipText]:
    """How its actions stand, where it has some."""
    if not health.total:
        return []
    words, tone, icon = health_words(health)
    return [ChipText(f"Actions: {words}", _HEALTH.get(tone, "neutral"), icon)]


def _meta(document: Document) -> str:
    """Ref, span of the incident, who facilitated or wrote."""
    mortem = document.post_mortem
    parts = [document.ref]
    if mortem.incidents:
        times = mortem.incidents[0].times
        start = times.onset or times.detected or domain.occurred_at(mortem)
        if start is not None and start.at is not None:
            parts.append(span_words(start, times.resolved or times.mitigated))
    if mortem.facilitator:
        parts.append(f"Facilitator: {mortem.facilitator}")
    elif mortem.authors:
        parts.append(f"Authors: {', '.join(mortem.authors)}")
    return "  |  ".join(parts)
