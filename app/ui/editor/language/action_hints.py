"""What an action leaves open, said on its form: no verb, no end state, no owner, no date."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.editor.language.language import Language
from app.ui.editor.language.underlines import PAUSE_MS
from app.ui.look import Look
from app.ui.pacing import pause
from app.ui.painting import ChipText
from app.ui.widgets.chips import Chip
from app.ui.widgets.layouts import clear, holder, label, row
from models.domain.action import ActionItem
from models.language.documents import check_action
from models.language.rules import ACTION


class ActionHints(QWidget):
    """One line for each thing that is missing, in pauses of typing; nothing where all is said."""

    def __init__(self, look: Look, language: Language) -> None:
        super().__init__()
        self._look, self._language = look, language
        self._action: ActionItem | None = None
        self._post_mortem = ""
        self._shown: tuple[tuple[str, str], ...] = ()
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(4)
        self.setLayout(self._lines)
        self.hide()
        self._pause = pause(self, self.judge, PAUSE_MS)
        language.changed.connect(self._pause.start)
        language.prepare()

    @property
    def shown(self) -> tuple[str, ...]:
        """What is said to be missing, by the rules' names."""
        return tuple(name for name, _ in self._shown)

    def show_action(self, action: ActionItem, post_mortem: str) -> None:
        """Judge this action of a post-mortem; another one at once."""
        is_other = self._action is None or self._action.id != action.id
        self._action, self._post_mortem = action, post_mortem
        if is_other:
            self.judge()
        else:
            self._pause.start()

    @Slot()
    def judge(self) -> None:
        """Say what the action leaves open as it stands now."""
        action, checker = self._action, self._language.checker
        if action is None or checker is None:
            return
        missing = []
        for placed in check_action(action, checker.rules) if action.is_open else ():
            rule = checker.rules.of(placed.finding.rule)
            kept = self._language.keeps(placed.finding, placed.sentence, self._post_mortem)
            if rule is not None and rule.about == (ACTION,) and not kept:
                missing.append((rule.name, rule.why))
        if tuple(missing) != self._shown:
            self._shown = tuple(missing)
            self._draw()

    def _draw(self) -> None:
        clear(self._lines)
        for name, why in self._shown:
            chip = Chip(self._look, ChipText(name, "amber", "quotes"))
            self._lines.addWidget(
                holder(row(chip, (label(why, "secondary", "text2", wrap=True), 1)))
            )
        self.setAccessibleName("; ".join(f"{name}: {why}" for name, why in self._shown))
        self.setVisible(bool(self._shown))
