"""Two versions of the same words, side by side, and the choice between them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QFrame, QPlainTextEdit, QScrollArea, QWidget

from app.ui.look import Look
from app.ui.widgets.buttons import Button, Segmented
from app.ui.widgets.dialogs import press_from_anywhere, size_within
from app.ui.widgets.layouts import column, frame, holder, label, row
from models.document import Document
from models.editing.deciding import Choice, choices
from models.merging import Conflict

Decide = Callable[[Mapping[Conflict, Choice]], None]


@dataclass(frozen=True)
class Sides:
    """What the two versions are called, and a sentence on what they are."""

    mine: str
    theirs: str
    text: str

    def name(self, choice: Choice) -> str:
        """What a choice is called."""
        return {Choice.MINE: self.mine, Choice.THEIRS: self.theirs}.get(choice, "Both")


TWO_AUTHORS = Sides(
    "Mine", "Theirs", "Left is what you wrote, right what somebody else wrote meanwhile."
)
OVERWRITTEN = Sides(
    "Theirs", "Yours", "Left is what somebody else wrote, right what you wrote before."
)
FILE_AND_LIBRARY = Sides(
    "The file", "Here", "Left is what the file says, right what was written here meanwhile."
)


class ConflictCard(QFrame):
    """One place: both texts and whose is to stand there."""

    def __init__(self, look: Look, document: Document, conflict: Conflict, sides: Sides) -> None:
        super().__init__()
        self.conflict = conflict
        self.setProperty("ground", "card")
        offered = choices(document, conflict)
        self.choice = Segmented(
            f"{conflict.label}: keep", [(one.value, sides.name(one)) for one in offered]
        )
        only_mine = "The words have changed since: the other ones stay in the comment."
        hint = label("" if len(offered) > 1 else only_mine, "secondary", "text2", wrap=True)
        texts = row(
            (self._version(look, sides.mine, conflict.mine), 1),
            (self._version(look, sides.theirs, conflict.theirs), 1),
            spacing=12,
        )
        self.setLayout(
            column(
                label(conflict.label, "question", wrap=True),
                texts,
                row(label("Keep", "secondary_strong"), self.choice, (hint, 1), spacing=8),
                margins=(14, 12, 14, 12),
            )
        )

    @property
    def chosen(self) -> Choice:
        """Whose words are to stand in the text."""
        return Choice(self.choice.key)

    def _version(self, look: Look, name: str, text: str) -> QWidget:
        shown = QPlainTextEdit(text or "(taken away)")
        shown.setReadOnly(True)
        shown.setTabChangesFocus(True)
        shown.setAccessibleName(f"{name}: {self.conflict.label}")
        shown.setFixedHeight(look.px(110))
        return holder(column(label(name, "secondary_strong", "text2"), shown, spacing=4))


class ConflictsDialog(QDialog):
    """Every place that two people changed at once. Closing it decides nothing and loses nothing."""

    def __init__(
        self,
        look: Look,
        window: QWidget,
        document: Document,
        conflicts: Sequence[Conflict],
        decide: Decide,
        *,
        sides: Sides = TWO_AUTHORS,
    ) -> None:
        super().__init__(window)
        self._decide = decide
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Two versions")
        self.setAccessibleName("Two versions of the same words")
        self.cards = [ConflictCard(look, document, one, sides) for one in conflicts]
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields bring themselves into view
        area.setWidget(frame(column(*self.cards, None, spacing=12), "window"))
        self.apply_button = Button(look, "Apply", "primary")
        self.apply_button.clicked.connect(self._apply)
        press_from_anywhere(self, self.apply_button)
        later = Button(look, "Decide later")
        later.clicked.connect(self.reject)
        text = f"{sides.text} Whatever you choose, the other one stays in the comments."
        self.setLayout(
            column(
                label("Somebody changed the same words", "screen_title"),
                label(text, "secondary", "text2", wrap=True),
                (area, 1),
                row(None, later, self.apply_button),
                margins=(24, 20, 24, 20),
            )
        )
        size_within(self, look, 900, 640)
        self.cards[0].choice.setFocus()

    @Slot()
    def _apply(self) -> None:
        self.accept()
        self._decide({card.conflict: card.chosen for card in self.cards})
