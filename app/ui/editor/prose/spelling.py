"""Spelling for every prose field: verdicts from a cache, words looked up in the background."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Signal

from app.ui.editor.prose.own_words import OwnWords
from app.ui.pacing import Throttle
from app.ui.preferences import Preferences
from app.ui.tasks import Job, TaskRunner

if TYPE_CHECKING:
    from app.ui.editor.prose.dictionary import Dictionary

LANGUAGES = {
    "en": "English",
    "de": "Deutsch",
    "es": "Español",
    "fr": "Français",
    "it": "Italiano",
    "nl": "Nederlands",
    "pt": "Português",
    "eu": "Euskara",
    "lv": "Latviešu",
}
"""What is offered, by language code; each name in its own language."""

OFF = ""
"""The language of who wants no spelling."""

_GATHERED_MS = 120
_REMEMBERED = 50_000


class Spelling(QObject):
    """Knows which words are wrong, in the language that was chosen.

    Signals
    -------
    judged(frozenset):
        Words that were found wrong since they were asked for.
    changed():
        Another language, or words that are right now: every verdict is to be asked for again.
    """

    judged = Signal(frozenset)
    changed = Signal()

    def __init__(
        self, runner: TaskRunner, preferences: Preferences, folder: Path, parent: QObject
    ) -> None:
        """``folder`` is where the user's own words are kept."""
        super().__init__(parent)
        self._runner = runner
        self._preferences = preferences
        self._own = OwnWords(folder)
        self._right: set[str] = set()
        self._names: set[str] = set()
        self._verdicts: dict[str, bool] = {}
        self._wanted: set[str] = set()
        self._loaded: Dictionary | None = None  # written in the lane, one job at a time
        self._throttle = Throttle(self._look_up, _GATHERED_MS, self)
        chosen = preferences.text("spelling", _system_language())
        self.language = chosen if chosen in LANGUAGES else OFF

    def set_language(self, language: str) -> None:
        """Choose a language of ``LANGUAGES``, or ``OFF``."""
        self.language = language
        self._preferences.set_text("spelling", language or "off")
        self._forget()

    def set_names(self, names: Iterable[str]) -> None:
        """The words of these names are right: services, teams and tags of the library."""
        words = {word.casefold() for name in names for word in name.split()}
        if words != self._names:
            self._names = words
            self.changed.emit()

    def is_wrong(self, word: str) -> bool:
        """Whether a word is known to be wrong; one not met before is looked up meanwhile."""
        verdict = self._verdicts.get(word)
        if verdict or not self.language or self._is_right(word):
            return False
        if verdict is None:
            self._wanted.add(word)
            self._throttle.request()
            return False
        return True

    def add(self, word: str) -> None:
        """Take a word into the user's own dictionary. Raises ``LibraryError``."""
        try:
            self._own.add(word)
        finally:
            self.changed.emit()

    def remove(self, word: str) -> None:
        """Take a word out of the user's own dictionary. Raises ``LibraryError``."""
        self._own.remove(word)
        self.changed.emit()

    @property
    def own_words(self) -> tuple[str, ...]:
        """The user's own dictionary, in the order of the alphabet."""
        return tuple(sorted(self._own, key=str.casefold))

    def ignore(self, word: str) -> None:
        """Take a word for right until the window is closed."""
        self._right.add(word.casefold())
        self.changed.emit()

    def suggestions(self, word: str) -> list[str]:
        """What may have been meant; within a tenth of a second."""
        return self._loaded.suggestions(word) if self._loaded is not None else []

    def _is_right(self, word: str) -> bool:
        folded = word.casefold()
        return folded in self._right or folded in self._names or word in self._own

    def _forget(self) -> None:
        self._verdicts.clear()
        self._wanted.clear()
        self.changed.emit()

    def _look_up(self) -> None:
        wanted, self._wanted = frozenset(self._wanted), set()
        language = self.language
        if not wanted or not language:
            return

        def judge(job: Job) -> tuple[str, dict[str, bool]]:
            from app.ui.editor.prose.dictionary import Dictionary

            if self._loaded is None or self._loaded.language != language:
                self._loaded = Dictionary(language, job.check)
            return language, {word: self._loaded.knows(word) for word in wanted}

        self._runner.submit("spelling", judge, self._judged)

    def _judged(self, answer: tuple[str, dict[str, bool]]) -> None:
        language, verdicts = answer
        if language != self.language:
            return
        if len(self._verdicts) > _REMEMBERED:
            self._verdicts.clear()
        self._verdicts |= verdicts
        wrong = frozenset(word for word, right in verdicts.items() if not right)
        if wrong:
            self.judged.emit(wrong)


def _system_language() -> str:
    code = QLocale.system().name().partition("_")[0]
    return code if code in LANGUAGES else "en"
