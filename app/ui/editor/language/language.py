"""The rules of the language check for every field, and what authors keep as they wrote it."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.ui.editor.language.keeping import Keeping, Kept
from app.ui.messages import Messages
from app.ui.tasks import Job, TaskRunner
from models.errors import KnownError

if TYPE_CHECKING:
    from models.language.checking import Finding
    from models.language.remembering import Checker


class Language(QObject):
    """Judges wordings. The rules are read in the background when they are first needed.

    Signals
    -------
    changed():
        The rules are there, or something is kept that was not, or no more.
    """

    changed = Signal()

    def __init__(
        self, runner: TaskRunner, messages: Messages, folder: Path, parent: QObject
    ) -> None:
        """``folder`` holds what the user keeps, and the rules of a team."""
        super().__init__(parent)
        self._runner, self._messages, self._folder = runner, messages, folder
        self._keeping = Keeping(folder)
        self._is_asked = False
        self.checker: Checker | None = None

    def prepare(self) -> None:
        """Have the rules read, once."""
        if self._is_asked:
            return
        self._is_asked = True
        self._read(self._folder)

    def name_of(self, rule_id: str) -> str:
        """What a rule is called."""
        rule = self.checker.rules.of(rule_id) if self.checker else None
        return rule.name if rule else rule_id

    # -- what is kept --------------------------------------------------------------------------

    def keeps(self, finding: "Finding", sentence: str, post_mortem: str) -> bool:
        """Whether the author keeps this wording."""
        return kept_of(finding, sentence, post_mortem) in self._keeping

    def kept(self, post_mortem: str = "") -> tuple[Kept, ...]:
        """What is kept in a post-mortem; without one, what is kept always."""
        return tuple(one for one in self._keeping if one.post_mortem == post_mortem)

    def keep(self, kept: Kept) -> None:
        """Leave a wording alone from now on; that the file cannot be written is told."""
        try:
            self._keeping.add(kept)
        except KnownError as error:
            self._messages.error(error)
        self.changed.emit()

    def judge_again(self, kept: Iterable[Kept]) -> bool:
        """Keep these no more; False where that could not be written, which is told."""
        try:
            self._keeping.remove(kept)
        except KnownError as error:
            self._messages.error(error)
            return False
        self.changed.emit()
        return True

    # -- reading the rules ---------------------------------------------------------------------

    def _read(self, team_folder: Path | None) -> None:
        def read(job: Job) -> "Checker":
            from models.language import rules
            from models.language.remembering import Checker

            return Checker(rules.load(team_folder))

        failed = self._without_team if team_folder else None
        self._runner.submit("spelling", read, self._take, failed=failed)

    def _take(self, checker: "Checker") -> None:
        self.checker = checker
        self.changed.emit()

    def _without_team(self, error: BaseException) -> None:
        """A team's file has a fault: tell it, and judge by the product's rules."""
        self._messages.error(error)
        self._read(None)


def kept_of(finding: "Finding", sentence: str, post_mortem: str, *, always: bool = False) -> Kept:
    """A wording as it is kept: once in its sentence, or its words always."""
    words = _plain(finding.text)
    if always:
        return Kept(finding.rule, words)
    return Kept(finding.rule, words, post_mortem, _plain(sentence))


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()
