"""The empty library: write, import, or open the sample."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from app.ui.look import Look
from app.ui.page import Page
from app.ui.painting import CENTRE, Canvas, ChipText
from app.ui.shell.rail import Mark
from app.ui.tips import tip
from app.ui.widgets.buttons import Button, ButtonKind
from app.ui.widgets.chips import IconLabel, Keycap
from app.ui.widgets.layouts import column, frame, holder, label, row

CARD_STRETCH = 20
"""Cards grow to their full width before the room beside them does."""
SLOGAN = "Write the post-mortem. Find the last time. Finish the fix."


class Picture(QWidget):
    """A drawing that fills the head of a card; subclasses draw it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.setFixedHeight(144)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._refresh)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, then the drawing."""
        canvas = Canvas(QPainter(self), self.look)
        canvas.painter.setPen(Qt.PenStyle.NoPen)
        canvas.painter.setBrush(QColor(self.ground()))
        canvas.painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        self.draw(canvas, self.width() / 2)
        canvas.painter.end()

    def ground(self) -> str:
        """The colour behind the drawing."""
        return self.look.theme.sunken

    def draw(self, canvas: Canvas, middle: float) -> None:
        """Draw around the middle."""
        raise NotImplementedError

    @Slot()
    def _refresh(self) -> None:
        self.update()

    def sheet(self, canvas: Canvas, rect: QRectF, edge: str, fill: str = "") -> None:
        """A rounded box with an edge."""
        canvas.painter.setPen(QPen(QColor(edge), 1.2))
        canvas.painter.setBrush(QColor(fill or self.look.theme.surface))
        canvas.painter.drawRoundedRect(rect, 6, 6)

    @staticmethod
    def line(canvas: Canvas, rect: QRectF, colour: str) -> None:
        """A bar that stands for words."""
        canvas.painter.setPen(Qt.PenStyle.NoPen)
        canvas.painter.setBrush(QColor(colour))
        canvas.painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)


class WhyPicture(Picture):
    """A why tree: problem, whys, a root."""

    def ground(self) -> str:
        """The accent's soft tint."""
        return self.look.theme.accent_soft

    def draw(self, canvas: Canvas, middle: float) -> None:
        """Four cards and the lines between them."""
        t = self.look.theme
        left = middle - 98
        for x, top, bottom in ((14, 38, 58), (14, 58, 118), (38, 70, 88)):
            self._elbow(canvas, left + x, top, bottom)
        problem = QRectF(left, 14, 196, 24)
        self.sheet(canvas, problem, t.accent_fill, t.accent_fill)
        self.line(canvas, QRectF(left + 30, 23, 142, 6), t.on_accent)
        for x, y, width, root in ((26, 46, 170, False), (50, 76, 146, True), (26, 106, 170, False)):
            card = QRectF(left + x, y, width, 24)
            self.sheet(canvas, card, t.green.line if root else t.accent_line)
            bar = QRectF(card.left() + 30, y + 9, width - 54, 6)
            self.line(canvas, bar, t.green.line if root else t.border2)
            if root:
                canvas.icon(card.left() + 8, y + 12, "anchor-simple", "green", 14)
            else:
                self.line(canvas, QRectF(card.left() + 8, y + 5, 14, 14), t.accent_line)

    def _elbow(self, canvas: Canvas, x: float, top: float, bottom: float) -> None:
        path = QPainterPath(QPointF(x, top))
        path.lineTo(x, bottom - 6)
        path.quadTo(x, bottom, x + 6, bottom)
        path.lineTo(x + 12, bottom)
        canvas.painter.setPen(QPen(QColor(self.look.theme.control), 1.5))
        canvas.painter.setBrush(Qt.BrushStyle.NoBrush)
        canvas.painter.drawPath(path)


class ImportPicture(Picture):
    """Files that become a library."""

    def draw(self, canvas: Canvas, middle: float) -> None:
        """Three sheets, an arrow, books."""
        t = self.look.theme
        for x, y in ((-108, 36), (-92, 28), (-76, 20)):
            self.sheet(canvas, QRectF(middle + x, y, 72, 92), t.border2)
        words = QRectF(middle - 66, 30, 60, 20)
        canvas.text(words, "# 2024", "micro_strong", "text2")
        for number, width in enumerate((48, 40, 44, 30)):
            self.line(canvas, QRectF(middle - 66, 56 + number * 12, width, 5), t.border2)
        canvas.icon(middle + 10, 72, "arrow-right", "accent", 24)
        canvas.icon(middle + 48, 72, "books", "accent", 56)


class SamplePicture(Picture):
    """Three rows of a library."""

    def draw(self, canvas: Canvas, middle: float) -> None:
        """Severity, words, health."""
        t = self.look.theme
        left = middle - 116
        rows = (
            (ChipText("SEV1", "sev1", strong=True), 120, "warning", t.amber),
            (ChipText("SEV2", "amber", strong=True), 96, "check-circle", t.green),
            (ChipText("SEV3", "neutral", strong=True), 108, "checks", t.green),
        )
        for number, (chip, width, icon, state) in enumerate(rows):
            top = 18 + number * 38
            self.sheet(canvas, QRectF(left, top, 232, 31), t.border2)
            canvas.chip(left + 8, top + 15.5, chip, 18)
            self.line(canvas, QRectF(left + 66, top + 12, width - 12, 7), t.border2)
            canvas.icon(left + 208, top + 15.5, icon, "amber" if state is t.amber else "green", 16)


class FirstRunPage(Page):
    """Three ways to begin.

    Signals
    -------
    new_requested(), import_requested(), sample_requested():
        The user chose that way.
    """

    title = "Welcome"
    is_top = True
    has_primary = True
    new_requested = Signal()
    import_requested = Signal()
    sample_requested = Signal()

    def __init__(self, look: Look, folder: str) -> None:
        super().__init__()
        self._look = look
        mark = Mark(look, 56)
        hero = label(SLOGAN, "hero", wrap=True)
        hero.setAlignment(CENTRE)
        hint = label(
            "Nothing here yet. Pick a way to start; you can do the other two later from the"
            " command palette.",
            "document",
            "text2",
            wrap=True,
        )
        hint.setAlignment(CENTRE)
        self.new_button = Button(
            look, "Start a post-mortem", "primary", "note-pencil", size="large"
        )
        self.import_button = Button(look, "Choose a folder", icon="folder-open", size="large")
        self.sample_button = Button(look, "Open the samples", icon="books", size="large")
        self.new_button.clicked.connect(self.new_requested)
        self.import_button.clicked.connect(self.import_requested)
        self.sample_button.clicked.connect(self.sample_requested)
        cards = row(
            None,
            (
                self._card(
                    WhyPicture(look),
                    "Write the first one",
                    "A template asks the questions, section by section. What you type is saved at"
                    " once.",
                    self.new_button,
                    "Ctrl+N",
                ),
                CARD_STRETCH,
            ),
            (
                self._card(
                    ImportPicture(look),
                    "Import a folder",
                    "Markdown or HTML from a wiki or a repository. You see every file and its"
                    " problems before anything is added.",
                    self.import_button,
                    "Ctrl+Shift+I",
                ),
                CARD_STRETCH,
            ),
            (
                self._card(
                    SamplePicture(look),
                    "Open the sample library",
                    "A dozen invented incidents with whys and actions. Try search first. Remove"
                    " them in one click.",
                    self.sample_button,
                    "Ctrl+L",
                ),
                CARD_STRETCH,
            ),
            None,
            spacing=20,
        )
        facts = row(
            None,
            self._fact("wifi-slash", "Works without a network", "Nothing is sent anywhere"),
            self._fact("hard-drives", "Stays on this device", _shortened(folder), whole=folder),
            self._fact("quotes", "Blameless by default", "Roles and conditions, never names"),
            None,
            spacing=40,
        )
        body = column(
            None,
            row(None, mark, None),
            6,
            hero,
            hint,
            16,
            cards,
            24,
            facts,
            None,
            margins=(24, 16, 24, 24),
        )
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(frame(body, "window"))
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setLayout(column(area))
        self.setFocusProxy(self.new_button)

    def panes(self) -> list[QWidget]:
        """The first card's button."""
        return [self.new_button]

    def shown(self) -> None:
        """Enter starts the first way."""
        self.new_button.setFocus()

    def _card(self, picture: Picture, title: str, text: str, button: Button, keys: str) -> QFrame:
        kind: ButtonKind = "primary"
        chosen = button.property("kind") == kind
        edge = 15 if chosen else 16
        card = frame(
            column(
                picture,
                6,
                row((label(title, "screen_title", wrap=True), 1), Keycap(self._look, keys)),
                label(text, "body", "text2", wrap=True),
                None,
                button,
                margins=(edge, edge, edge, edge),
                spacing=6,
            ),
            "chosen" if chosen else "card",
        )
        card.setMinimumSize(QSize(300, 332))
        card.setMaximumWidth(max(344, self._look.px(344)))
        # Equal whatever their words are: the row shares its width out, not the hints.
        card.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        return card

    def _fact(self, icon: str, title: str, text: str, *, whole: str = "") -> QWidget:
        below = label(text, "secondary", "text2")
        if whole and whole != text:
            below.setToolTip(tip(whole))
            below.setAccessibleName(whole)
        words = column(label(title, "body_strong"), below, spacing=2)
        image = column(IconLabel(self._look, icon, "green", 18), None)
        return holder(row(image, words, spacing=10))


_LONGEST = 32
"""Letters of a path that stand beside the other facts at every text size."""


def _shortened(path: str) -> str:
    """A path without its middle where it is long: how it begins and ends tells most."""
    half = _LONGEST // 2
    return path if len(path) <= _LONGEST else f"{path[: half - 4]}…{path[-half - 3 :]}"
