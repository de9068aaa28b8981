"""Above and below a section: its title, who writes it, what the template asks; the way on."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from app.ui.editor.fields.line import LineField
from app.ui.editor.guidance.questions import Questions
from app.ui.editor.stepper import Row, owner_chip
from app.ui.look import Look
from app.ui.painting import ChipText
from app.ui.preferences import Preferences
from app.ui.tips import tip
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import Chip, Keycap
from app.ui.widgets.layouts import column, holder, label, row

LOW = 560
"""Height in pixels, at 100 % text, below which a work area shows no questions unasked."""


class ShareBar(QWidget):
    """How much of a section is answered, as a thin bar; the words beside it say the same."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float) -> None:
        """From 0 to 1."""
        self._share = share
        self.update()

    def sizeHint(self) -> QSize:
        """Thin."""
        return QSize(self._look.px(96), 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        track = QRectF(self.rect())
        painter.setBrush(QColor(self._look.theme.border))
        painter.drawRoundedRect(track, 3, 3)
        track.setWidth(track.width() * self._share)
        painter.setBrush(QColor(self._look.theme.accent_fill))
        painter.drawRoundedRect(track, 3, 3)
        painter.end()


class SectionHead(QFrame):
    """Title, owner, progress; below them the questions and, on demand, an example.

    Signals
    -------
    renamed(str):
        The heading of a custom section was typed anew.
    """

    renamed = Signal(str)

    def __init__(self, look: Look, preferences: Preferences) -> None:
        super().__init__()
        self._look = look
        self._title = label("", "section_title")
        self.heading = LineField("Heading of the section", "Heading")
        self.heading.edited.connect(self.renamed)
        self._owner = Chip(look, ChipText(""))
        self._state = label("", "secondary", "text2")
        self._bar = ShareBar(look)
        self.questions = Questions(look, preferences)
        self._line = holder(
            row(
                self._title,
                (self.heading, 1),
                self._owner,
                None,
                self._state,
                self._bar,
                spacing=12,
            )
        )
        self.setLayout(column(self._line, self.questions, margins=(28, 18, 28, 6), spacing=4))

    def show_row(self, shown: Row) -> None:
        """Speak of a section."""
        step, counted = shown.step, shown.state.completeness
        self._title.setText(step.heading)
        self._title.setVisible(not step.is_own)
        self.heading.setVisible(step.is_own)
        if step.is_own:
            self.heading.show_text(step.shape[0])
        self._owner.setVisible(bool(shown.owner))
        if shown.owner:
            self._owner.show_chip(owner_chip(shown.owner, sentence=True))
        self._state.setText(counted.words)
        self._state.setToolTip(tip(shown.state.sentence))
        self._bar.setVisible(counted.share is not None)
        self._bar.show_share(counted.share or 0)


class Foot(QFrame):
    """The sections beside this one, and the most useful thing that is not written.

    Signals
    -------
    moved(int):
        -1 for the section before, 1 for the one after.
    """

    moved = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("ground", "foot")
        self._names = "", ""
        self.before = Button(look, "Section before", "ghost", "arrow-left")
        self.after = Button(look, "Section after", "ghost", "arrow-right")
        self.next = Button(look, "Next")
        self._keys = Keycap(look, "F9")
        self.before.clicked.connect(lambda: self.moved.emit(-1))
        self.after.clicked.connect(lambda: self.moved.emit(1))
        self.setLayout(
            row(
                self.before,
                self.after,
                None,
                self._keys,
                self.next,
                margins=(20, 10, 28, 10),
                spacing=12,
            )
        )

    def show_neighbours(self, before: str, after: str) -> None:
        """Name the sections beside this one; "" where there is none."""
        self._names = before, after
        places = ((self.before, before, "before", "Up"), (self.after, after, "after", "Dn"))
        for button, name, word, key in places:
            button.setVisible(bool(name))
            button.setAccessibleName(f"The section {word}: {name}")
            button.setToolTip(f"{name} (Alt+Pg{key})")
        self._share_room()

    def show_next(self, words: str) -> None:
        """Say what is best written next; "" where nothing is left."""
        for part in (self.next, self._keys):
            part.setVisible(bool(words))
        self.next.setText(f"Next: {words}")
        self.next.setAccessibleName(f"Next: {words}")
        self.next.setToolTip("The most useful thing that is not written yet (F9)")
        self._share_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for names, the arrows stand alone."""
        super().resizeEvent(event)
        self._share_room()

    def minimumSizeHint(self) -> QSize:
        """Narrower than the names, for which the arrows can stand."""
        return QSize(0, super().minimumSizeHint().height())

    def _share_room(self) -> None:
        buttons = list(zip((self.before, self.after), self._names, strict=True))
        for button, name in buttons:
            button.setText(f" {name}" if name else "")
        if self.sizeHint().width() > self.width():
            for button, _ in buttons:
                button.setText("")
