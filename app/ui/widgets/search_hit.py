"""The delegate of search hits: head, title, snippets with their sections and marks."""

from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem

from app.ui.item_models.hits import Divider, HitModel
from app.ui.item_models.rows import Index
from app.ui.look import Look
from app.ui.painting import ELIDE_RIGHT, RIGHT, Canvas
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.wording import Wording
from models.domain.post_mortem import Status
from search.results import Hit, Snippet

SHOWN_SNIPPETS = 2


def runs(text: str, marks: Sequence[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it is a match."""
    end = 0
    for start, stop in marks:
        if start > end:
            yield text[end:start], False
        yield text[start:stop], True
        end = stop
    if end < len(text):
        yield text[end:], False


def around_mark(snippet: Snippet, letters: int) -> Iterator[tuple[str, bool]]:
    """The pieces of a snippet, begun late enough that its first match falls into ``letters``."""
    flat = snippet.text.replace("\n", " ")
    if not snippet.marks or snippet.marks[0][1] <= letters:
        yield from runs(flat, snippet.marks)
        return
    start = flat.find(" ", max(0, snippet.marks[0][0] - letters // 3)) + 1
    start = min(start, snippet.marks[0][0])
    yield "…", False
    yield from runs(flat[start:], [(a - start, b - start) for a, b in snippet.marks])


class HitDelegate(RowDelegate):
    """Draws hits and the divider."""

    def __init__(self, look: Look, wording: Wording, model: HitModel, view: QListView) -> None:
        super().__init__(look, view)
        self._wording = wording
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Head, title and two snippets."""
        entry = self._model.entry(index)
        if isinstance(entry, Divider):
            return QSize(300, self._look.px(40))
        lines = min(SHOWN_SNIPPETS, len(entry.snippets))
        return QSize(300, self._look.px(76 + 26 * lines))

    def draw(self, canvas: Canvas, rect: QRectF, state: QStyle.StateFlag, index: Index) -> None:
        """Draw it."""
        entry = self._model.entry(index)
        if isinstance(entry, Divider):
            words = rect.adjusted(24, self._look.px(10), -24, 0)
            width = canvas.text(words, entry.text, "micro_strong", "text3")
            canvas.hairline(words.left() + width + 12, words.right(), words.center().y())
        else:
            canvas.item_ground(rect.adjusted(8, 3, -8, -3), state)
            self._paint_head(canvas, rect, entry)
            self._paint_text(canvas, rect, entry)
            if not state & QStyle.StateFlag.State_Selected:
                canvas.hairline(rect.left() + 24, rect.right() - 24, rect.bottom())

    def _paint_head(self, canvas: Canvas, rect: QRectF, hit: Hit) -> None:
        look = self._look
        line = QRectF(rect.left() + 24, rect.top() + look.px(12), rect.width() - 48, look.px(22))
        centre, x = line.center().y(), line.left()
        x += canvas.text(line, hit.ref, "secondary_strong", "text2") + 8
        if hit.severity:
            x += canvas.chip(x, centre, self._wording.severity_chip(hit.severity)) + 6
        status = next((s for s in Status if s.value == hit.status), None)
        if status is not None:
            x += canvas.chip(x, centre, self._wording.status_chip(status)) + 10
        date = f"{hit.occurred_at.day} {hit.occurred_at:%b %Y}" if hit.occurred_at else "no date"
        room = look.metrics("secondary").horizontalAdvance(date) + 12
        canvas.text(line, date, "secondary", "text2", align=RIGHT)
        if hit.services:
            canvas.icon(x, centre, "cube", "text2")
            x += look.px(20)
            place = QRectF(x, line.top(), line.right() - room - x, line.height())
            names = ", ".join(hit.services)
            canvas.text(place, names, "secondary", "text2", elide=ELIDE_RIGHT)

    def _paint_text(self, canvas: Canvas, rect: QRectF, hit: Hit) -> None:
        look = self._look
        left, width = rect.left() + 24, rect.width() - 48
        title = QRectF(left, rect.top() + look.px(36), width, look.px(24))
        pieces: Iterable[tuple[str, bool]] = runs(hit.title, hit.title_marks)
        canvas.marked(title, pieces, role="question")
        name_width = look.px(150)
        letters = int((width - name_width) / max(1, look.metrics("body").averageCharWidth()))
        for number, snippet in enumerate(hit.snippets[:SHOWN_SNIPPETS]):
            top = rect.top() + look.px(63 + 26 * number)
            name = QRectF(left, top, name_width - 12, look.px(24))
            canvas.text(name, snippet.section, "secondary_strong", "text2", elide=ELIDE_RIGHT)
            text = QRectF(left + name_width, top, width - name_width, look.px(24))
            canvas.marked(text, around_mark(snippet, letters))
