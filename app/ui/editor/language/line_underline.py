"""Waves below words of a field of one line, which Qt gives no formats."""

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui.editor.language.language import Language
from app.ui.editor.language.underlines import PAUSE_MS
from app.ui.look import Look
from app.ui.pacing import pause
from models.language.checking import Finding

_LONGEST = 2_000


class LineUnderline(QWidget):
    """Lies on the field, takes no mouse, and draws waves where the words are now."""

    def __init__(
        self, look: Look, language: Language, line: QLineEdit, post_mortem: str, kind: str
    ) -> None:
        super().__init__(line)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._look, self._language, self._line = look, language, line
        self._post_mortem, self._kind = post_mortem, kind
        self._read = ""
        self.findings: tuple[Finding, ...] = ()
        """All of the line, also what is missing in it."""
        self._pause = pause(self, self.judge, PAUSE_MS)
        line.textChanged.connect(self._touched)
        line.cursorPositionChanged.connect(self.update)
        line.installEventFilter(self)
        language.changed.connect(self._pause.start)
        language.prepare()
        self.resize(line.size())
        self.show()
        self._pause.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """As large as the field."""
        if event.type() == QEvent.Type.Resize:
            self.resize(self._line.size())
        return super().eventFilter(watched, event)

    @Slot()
    def judge(self) -> None:
        """Judge the words as they stand."""
        text, checker = self._line.text(), self._language.checker
        self._pause.stop()
        if checker is None or len(text) > _LONGEST:
            return
        self._read = text
        self.findings = tuple(
            finding
            for piece in checker.pieces(text, kind=self._kind)
            for finding in piece
            if not self._is_kept(finding)
        )
        self.update()

    def at_cursor(self) -> list[Finding]:
        """The findings at the cursor, else all of the line."""
        self.judge()
        place = self._line.cursorPosition()
        here = [
            one
            for one in self.findings
            if one.start <= place <= one.start + one.length and not self._is_whole(one)
        ]
        return here or list(self.findings)

    def _is_whole(self, finding: Finding) -> bool:
        """What is missing is told beside the field; a wave below everything would say nothing."""
        return finding.length >= len(self._read.strip())

    def _is_kept(self, finding: Finding) -> bool:
        start, length = finding.sentence
        sentence = self._read[start : start + length]
        return self._language.keeps(finding, sentence, self._post_mortem)

    @Slot(str)
    def _touched(self, text: str) -> None:
        self._pause.start()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the waves; none while the words differ from those that were judged."""
        if not self.findings or self._line.text() != self._read:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._look.theme.amber.solid), 1.2))
        margins = self._line.textMargins()
        inner = QRectF(self.rect()).adjusted(8 + margins.left(), 0, -8 - margins.right(), 0)
        painter.setClipRect(inner)
        cursor = self._line.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
        metrics = self._line.fontMetrics()
        before = metrics.horizontalAdvance(self._read[: self._line.cursorPosition()])
        origin = QRectF(cursor).center().x() - before
        base = QRectF(cursor).center().y() + metrics.ascent() / 2 + 2
        for finding in self.findings:
            if self._is_whole(finding):
                continue
            left = origin + metrics.horizontalAdvance(self._read[: finding.start])
            right = left + metrics.horizontalAdvance(finding.text)
            painter.drawPolyline(_wave(left, right, base))
        painter.end()


def _wave(left: float, right: float, base: float) -> QPolygonF:
    points, x, up = [], left, False
    while x < right:
        points.append(QPointF(x, base - (1.5 if up else 0)))
        x, up = x + 2, not up
    return QPolygonF(points)
