"""Above the tree: how to ask, which tree, and what is still open, as chips that count."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.actions import key_parts
from app.ui.editor.guidance.questions import Questions
from app.ui.editor.whys import prompts
from app.ui.look import Look
from app.ui.painting import Canvas, ChipText, chip_width, keycap_width
from app.ui.preferences import Preferences
from app.ui.widgets.buttons import Button, Segmented
from app.ui.widgets.chips import Chip
from app.ui.widgets.layouts import clear, column, label, row
from app.ui.wording import count


@dataclass(frozen=True)
class Tally:
    """What the chips count."""

    leaves: int = 0
    stopped: int = 0
    unproven: int = 0
    fixable: int = 0
    addressed: int = 0
    hints: int = 0


def chips(counted: Tally) -> tuple[ChipText, ...]:
    """The chips of a count; those that would say nothing are left out."""
    result = []
    if counted.leaves:
        done = counted.stopped == counted.leaves
        words = f"{counted.stopped} of {counted.leaves} branches end in a root"
        if counted.leaves == 1:
            words = "The branch ends in a root" if done else "The branch has no root yet"
        result.append(ChipText(words, "green" if counted.stopped else "neutral", "anchor-simple"))
    if counted.unproven:
        needs = "needs" if counted.unproven == 1 else "need"
        words = f"{count(counted.unproven, 'why')} {needs} evidence"
        result.append(ChipText(words, "amber", "warning"))
    if counted.fixable:
        done = counted.addressed == counted.fixable
        words = f"{counted.addressed} of {counted.fixable} roots have an action"
        if counted.fixable == 1:
            words = "The root has an action" if done else "The root has no action yet"
        result.append(ChipText(words, "green" if done else "amber", "link-simple"))
    if counted.hints:
        result.append(ChipText(count(counted.hints, "hint"), "amber", "lightbulb"))
    return tuple(result)


class ChipFlow(QWidget):
    """Chips side by side, in as many lines as they need."""

    def __init__(self, look: Look, height: int = 24) -> None:
        super().__init__()
        self._look = look
        self._height = height
        self._chips: tuple[ChipText, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look.changed.connect(self._refresh)

    def show_chips(self, chips: tuple[ChipText, ...]) -> None:
        """Show these."""
        if chips != self._chips:
            self._chips = chips
            self.setAccessibleName(", ".join(chip.text for chip in chips))
            self._refresh()

    def _places(self, width: int) -> list[tuple[int, int, ChipText]]:
        places, x, line = [], 0, 0
        for chip in self._chips:
            wide = chip_width(self._look, chip)
            if x and x + wide > width:
                x, line = 0, line + 1
            places.append((x, line, chip))
            x += wide + 8
        return places

    def _pitch(self) -> int:
        return self._look.px(self._height) + 6

    def hasHeightForWidth(self) -> bool:
        """Narrower is taller."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As many lines as are needed."""
        places = self._places(width)
        return (places[-1][1] + 1) * self._pitch() if places else 0

    def sizeHint(self) -> QSize:
        """All in one line."""
        wide = sum(chip_width(self._look, chip) + 8 for chip in self._chips)
        return QSize(wide, self._pitch())

    def minimumSizeHint(self) -> QSize:
        """The widest chip, and the lines it takes at the present width."""
        wide = max((chip_width(self._look, chip) for chip in self._chips), default=0)
        return QSize(wide, self.heightForWidth(max(self.width(), wide)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw them."""
        canvas = Canvas(QPainter(self), self._look)
        for x, line, chip in self._places(self.width()):
            canvas.chip(x, line * self._pitch() + self._pitch() / 2, chip, self._height)
        canvas.painter.end()

    @Slot()
    def _refresh(self) -> None:
        self.updateGeometry()
        self.update()


class KeyHints(QWidget):
    """Keys and what they do in one line, as many as there is room for; the last one always."""

    def __init__(self, look: Look, hints: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self._look = look
        self._hints = hints
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(", ".join(f"{key} {words}" for key, words in hints))
        look.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(200, self._look.px(40))

    def minimumSizeHint(self) -> QSize:
        """One line of whatever width."""
        return QSize(0, self._look.px(40))

    def fitting(self, width: float) -> tuple[tuple[str, str], ...]:
        """The first hints that fit whole, and the last."""
        *others, last = self._hints
        width -= self._width(*last)
        fitting = []
        for hint in others:
            width -= self._width(*hint)
            if width < 0:
                break
            fitting.append(hint)
        return (*fitting, last)

    def _width(self, keys: str, words: str) -> float:
        caps = sum(keycap_width(self._look, cap) + 4 for cap in key_parts(keys))
        said = self._look.metrics("secondary").horizontalAdvance(words)
        return caps + said + self._look.px(16)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw those that fit whole."""
        look, x = self._look, 0.0
        canvas = Canvas(QPainter(self), look)
        middle = self.height() / 2
        for keys, words in self.fitting(self.width() + look.px(16)):
            said = look.metrics("secondary").horizontalAdvance(words)
            for cap in key_parts(keys):
                x += canvas.keycap(x, middle, cap) + 4
            place = self.rect().toRectF().adjusted(x + 2, 0, 0, 0)
            canvas.text(place, words, "secondary", "text2")
            x += said + look.px(16)
        canvas.painter.end()


class _Title(QWidget):
    """The heading and who writes it; that is left out where there is no room, for the list of
    sections says it, too.
    """

    def __init__(self, look: Look, heading: str, owner: str) -> None:
        super().__init__()
        self._heading = label(heading, "section_title")
        self._owner = Chip(look, ChipText(f"{owner} writes this", "blue", "user"))
        self._has_owner = bool(owner)
        self.setLayout(row(self._heading, self._owner, None, spacing=10))
        self.setMinimumWidth(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what there is room for."""
        super().resizeEvent(event)
        needed = self._heading.sizeHint().width() + self._owner.sizeHint().width() + 10
        self._owner.setVisible(self._has_owner and needed <= self.width())


class WhysHead(QWidget):
    """Title, who writes it, how to ask; the trees; the chips; Evidence.

    Signals
    -------
    asked(str):
        "why" or "how" was chosen.
    tree_chosen(str):
        Another tree was chosen, by its key.
    """

    asked = Signal(str)
    tree_chosen = Signal(str)

    def __init__(self, look: Look, preferences: Preferences, heading: str, owner: str) -> None:
        super().__init__()
        self._look = look
        self._shown: tuple[str, ...] = ()
        self.ask = Segmented("Ask", prompts.ASKS)
        self.ask.chosen.connect(self.asked)
        self.trees: Segmented | None = None
        self._trees_place = row(spacing=8)
        self.chips = ChipFlow(look)
        self.evidence_button = Button(
            look, "Evidence", "ghost", "paperclip", size="small", tip="Evidence (E)"
        )
        self._title = _Title(look, heading, owner)
        caption = label("Ask", "secondary", "text2")
        self.setLayout(
            column(
                row((self._title, 1), caption, self.ask, spacing=10),
                self._trees_place,
                row((self.chips, 1), self.evidence_button),
                Questions(look, preferences, folded=True),
                margins=(24, 14, 24, 8),
                spacing=8,
            )
        )

    def show_trees(self, choices: tuple[tuple[str, str], ...], key: str) -> None:
        """Offer these trees, by key and words."""
        keys = tuple(key for key, _ in choices)
        if self.trees is None or keys != self._shown:
            self._shown = keys
            clear(self._trees_place)
            self.trees = Segmented("Tree", choices)
            self.trees.chosen.connect(self.tree_chosen)
            self._trees_place.addWidget(self.trees)
            self._trees_place.addStretch(1)
        for each, words in choices:
            self.trees.show_text(each, words)
        self.trees.choose(key)

    def show_tally(self, counted: Tally) -> None:
        """Show the chips."""
        self.chips.show_chips(chips(counted))
