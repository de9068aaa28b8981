"""Above and below a section: its title, who writes it, what the template asks; the way on."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from app.ui.editor.fields.line import LineField
from app.ui.editor.stepper import Row, owner_chip
from app.ui.look import Look
from app.ui.painting import ChipText
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import Chip, Keycap
from app.ui.widgets.layouts import column, frame, label, row

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

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._is_low = False
        self._title = label("", "section_title")
        self.heading = LineField("Heading of the section", "Heading")
        self.heading.edited.connect(self.renamed)
        self._owner = Chip(look, ChipText(""))
        self._state = label("", "secondary", "text2")
        self._bar = ShareBar(look)
        self.example_button = Button(
            look, "Example", "link", size="small", tip="Show an example (Ctrl+Shift+E)"
        )
        self.example_button.setCheckable(True)
        self.example_button.toggled.connect(self._show_example)
        self._questions = label("", "secondary", "text2", wrap=True)
        self._example = label("", "secondary", wrap=True)
        self._example_frame = frame(column(self._example, margins=(12, 8, 12, 8)), "accent")
        self._guidance = QWidget()
        self._guidance.setLayout(row((self._questions, 1), self.example_button, spacing=12))
        self.setLayout(
            column(
                row(
                    self._title,
                    (self.heading, 1),
                    self._owner,
                    None,
                    self._state,
                    self._bar,
                    spacing=12,
                ),
                self._guidance,
                self._example_frame,
                margins=(28, 18, 28, 6),
                spacing=4,
            )
        )

    def show_row(self, shown: Row) -> None:
        """Speak of a section."""
        step, guidance = shown.step, shown.step.guidance
        self._title.setText(step.heading)
        self._title.setVisible(not step.is_own)
        self.heading.setVisible(step.is_own)
        if step.is_own:
            self.heading.show_text(step.shape[0])
        self._owner.setVisible(bool(shown.owner))
        if shown.owner:
            self._owner.show_chip(owner_chip(shown.owner, sentence=True))
        self._state.setText(shown.state.words)
        self._bar.setVisible(shown.state.share is not None)
        self._bar.show_share(shown.state.share or 0)
        questions = guidance.questions if guidance else ()
        self._questions.setText("\n".join(questions))
        self._guidance.setVisible(bool(questions))
        self._example.setText(guidance.example if guidance else "")
        self.example_button.setVisible(bool(guidance and guidance.example))
        self._show_example()

    def fit(self, height: int) -> None:
        """Give a low work area its room: the questions wait behind the button of the example."""
        is_low = height < self._look.px(LOW)
        if is_low != self._is_low:
            self._is_low = is_low
            self.example_button.setText("Questions and example" if is_low else "Example")
            self._show_example()

    @Slot()
    def _show_example(self) -> None:
        wanted = self.example_button.isChecked()
        self._example_frame.setVisible(wanted and bool(self._example.text()))
        self._questions.setVisible(bool(self._questions.text()) and (wanted or not self._is_low))


class Foot(QFrame):
    """The section before and the one after.

    Signals
    -------
    moved(int):
        -1 for the section before, 1 for the one after.
    """

    moved = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("ground", "foot")
        self.previous = Button(look, "Previous", "ghost", "arrow-left")
        self.next = Button(look, "Next")
        self._keys = Keycap(look, "Alt+PgDn")
        self.previous.setToolTip("The section before (Alt+PgUp)")
        self.next.setToolTip("The next section (Alt+PgDn)")
        self.previous.clicked.connect(lambda: self.moved.emit(-1))
        self.next.clicked.connect(lambda: self.moved.emit(1))
        self.setLayout(
            row(self.previous, None, self._keys, self.next, margins=(20, 10, 28, 10), spacing=12)
        )

    def show_neighbours(self, before: str, after: str) -> None:
        """Name them; "" where there is none."""
        for button, word, name in ((self.previous, "Previous", before), (self.next, "Next", after)):
            button.setVisible(bool(name))
            text = f"{word}: {name}"
            button.setText(f" {text}" if button is self.previous else text)
            button.setAccessibleName(text)
        self._keys.setVisible(bool(after))
