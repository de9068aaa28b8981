"""Waves below the words that the language check is about, in the field where they are written."""

from collections.abc import Generator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from app.ui.editor.language.language import Language
from app.ui.editor.language.slices import Slices
from app.ui.editor.prose.highlighting import units
from app.ui.editor.prose.text import plain_lines
from app.ui.look import Look
from app.ui.pacing import pause
from models.language.checking import Finding

PAUSE_MS = 300
"""Words are judged when nothing was typed for so long."""
_LONGEST = 300_000
"""Letters of a text that is read; a longer one is no prose."""


@dataclass(frozen=True)
class Underlined:
    """A finding and the cursor that marks its words, which moves with them."""

    finding: Finding
    cursor: QTextCursor


class Underlines(QObject):
    """Judges one field in the pauses of typing; only what changed is read anew."""

    def __init__(
        self, look: Look, language: Language, edit: QPlainTextEdit, post_mortem: str
    ) -> None:
        super().__init__(edit)
        self._look, self._language, self._edit = look, language, edit
        self._post_mortem = post_mortem
        self._read: str | None = None
        self._shown: tuple[Underlined, ...] = ()
        self._slices: Slices[list[Finding]] = Slices(self)
        self._pause = pause(self, self._begin, PAUSE_MS)
        edit.document().contentsChange.connect(self._touched)
        language.changed.connect(self._again)
        look.changed.connect(self._draw)
        language.prepare()
        self._pause.start(0)

    @property
    def shown(self) -> tuple[Underlined, ...]:
        """What is underlined, in the order of the text."""
        return self._shown

    def text(self) -> str:
        """The text of the field as Markdown."""
        return plain_lines(self._edit.document().toRawText())

    def at_cursor(self) -> list[Finding]:
        """The findings at the cursor, else those of its sentence, as the text stands now."""
        self.finish()
        place, text = self._edit.textCursor().position(), self._read or ""
        here = [
            one.finding
            for one in self._shown
            if one.cursor.selectionStart() <= place <= one.cursor.selectionEnd()
        ]
        around = [one.finding for one in self._shown if _holds(text, one.finding.sentence, place)]
        return here or around

    def finish(self) -> None:
        """Judge what was typed now."""
        self._pause.stop()
        self._begin()
        self._slices.finish()

    @Slot(int, int, int)
    def _touched(self, place: int, removed: int, added: int) -> None:
        if removed or added:
            self._slices.stop()
            self._pause.start(PAUSE_MS)

    @Slot()
    def _again(self) -> None:
        self._read = None
        self._pause.start(0)

    @Slot()
    def _begin(self) -> None:
        text = self.text()
        if text == self._read or self._language.checker is None:
            return
        self._slices.begin(self._judged(text), lambda found: self._show(text, found))

    def _judged(self, text: str) -> Generator[None, None, list[Finding]]:
        checker, found = self._language.checker, []
        if checker is not None and len(text) <= _LONGEST:
            for piece in checker.pieces(text):
                for finding in piece:
                    start, length = finding.sentence
                    sentence = text[start : start + length]
                    if not self._language.keeps(finding, sentence, self._post_mortem):
                        found.append(finding)
                yield
        return found

    def _show(self, text: str, found: list[Finding]) -> None:
        self._read = text
        places = [(finding.start, finding.length) for finding in found]
        if not places and not self._shown:
            return
        self._shown = tuple(
            Underlined(finding, self._cursor(text, *place))
            for finding, place in zip(found, places, strict=True)
        )
        self._draw()

    def _cursor(self, text: str, start: int, length: int) -> QTextCursor:
        cursor = QTextCursor(self._edit.document())
        first = start if text.isascii() else units(text[:start])
        cursor.setPosition(first)
        size = units(text[start : start + length])
        cursor.setPosition(first + size, QTextCursor.MoveMode.KeepAnchor)
        cursor.setKeepPositionOnInsert(True)  # what is typed behind a word is another one
        return cursor

    @Slot()
    def _draw(self) -> None:
        style = wave(self._look)
        selections = []
        for one in self._shown:
            selection = QTextEdit.ExtraSelection()
            selection.cursor, selection.format = one.cursor, style
            selections.append(selection)
        self._edit.setExtraSelections(selections)


def _holds(text: str, span: tuple[int, int], place: int) -> bool:
    start, length = span
    return units(text[:start]) <= place <= units(text[: start + length])


def wave(look: Look) -> QTextCharFormat:
    """How the words of a finding look; those of spelling have red dots."""
    made = QTextCharFormat()
    made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    made.setUnderlineColor(QColor(look.theme.amber.solid))
    return made
