"""Differences between two states of a post-mortem, to be read."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from PySide6.QtCore import Slot
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QFrame, QStackedWidget, QTextBrowser, QWidget

from app.ui.document.page_style import page_style
from app.ui.look import Look
from app.ui.theme import Theme
from app.ui.widgets.layouts import column, label, row
from app.ui.widgets.states import Notice
from app.ui.wording import count
from models.differences import SECTION_NAMES, Change, Kind, Mark, condensed, word_changes

LONGEST = 20_000
"""Characters of one text that are drawn; what is longer says how much more there is."""
_SAID = 40
"""Differences that are told to a screen reader at once; all are in the text."""
_THIN_SPACE = "\N{THIN SPACE}"
_MINUS = "\N{MINUS SIGN}"
_CLASSES = {Mark.REMOVED: "gone", Mark.ADDED: "new"}


@dataclass(frozen=True, slots=True)
class Told:
    """Differences as people read and hear them; ``same`` is what it means that there is none."""

    before: str = ""
    after: str = ""
    same: str = ""
    number: int = 0
    html: str = ""
    said: str = ""


def told(changes: Sequence[Change], before: str, after: str, *, same: str = "") -> Told:
    """Differences between two states by what these are called.

    Comparing long texts word by word takes long: call it in a lane.
    """
    said = [sentence(change) for change in changes[:_SAID]]
    if len(changes) > _SAID:
        said.append(f"{count(len(changes) - _SAID, 'difference')} more.")
    html = "".join(_sections(changes))
    return Told(before, after, same, len(changes), html, " ".join(said))


class DifferenceView(QWidget):
    """What came, went, changed and moved, section by section.

    What came is green, underlined and has a plus; what went is red, struck through, with a minus.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._told = Told()
        self._before = label("", "secondary", "red")
        self._after = label("", "secondary", "green")
        self._count = label("", "secondary", "text2")
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("Differences")
        self.text.document().setDocumentMargin(8)
        self.notice = Notice(look)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.text)
        self._stack.addWidget(self.notice)
        self._head = QWidget()
        self._head.setLayout(row(self._before, self._after, None, self._count, spacing=16))
        self.setLayout(column(self._head, (self._stack, 1), spacing=4))
        self.setFocusProxy(self.text)
        look.changed.connect(self._draw)

    def show_told(self, told: Told) -> None:
        """Show differences from the first on, or that there is none."""
        self._told = told
        self._before.setText(f"{_MINUS} {told.before}")
        self._after.setText(f"+ {told.after}")
        self._count.setText(count(told.number, "difference"))
        self.text.setAccessibleDescription(told.said)
        self._head.setVisible(bool(told.number))
        if told.number:
            self._draw()
            self.text.verticalScrollBar().setValue(0)
            self._stack.setCurrentWidget(self.text)
        else:
            self.notice.show_empty("checks", "No difference", told.same)
            self._stack.setCurrentWidget(self.notice)

    def show_failure(self, error: BaseException, again: Callable[[], None]) -> None:
        """Say that the two could not be compared."""
        self._head.hide()
        details = f"{type(error).__name__}: {error}"
        again_button = ("Try again", again)
        self.notice.show_error("These could not be compared", str(error), details, again_button)
        self._stack.setCurrentWidget(self.notice)

    @Slot()
    def _draw(self) -> None:
        look, place = self._look, self.text.verticalScrollBar().value()
        self.text.document().setDefaultFont(look.font("document"))
        scale = look.percent / 100
        self.text.document().setDefaultStyleSheet(
            page_style(look.theme, scale) + _style(look.theme, scale)
        )
        self.text.setHtml(self._told.html)
        self.text.verticalScrollBar().setValue(place)


def sentence(change: Change) -> str:
    """A difference as a screen reader says it."""
    match change.kind:
        case Kind.MOVED:
            return f"{change.label} moved from {change.before} to {change.after}."
        case Kind.ADDED:
            return f"{change.label} added: {_flat(change.after)}."
        case Kind.REMOVED:
            return f"{change.label} removed: {_flat(change.before)}."
    spans = [s for s in word_changes(change.before, change.after) if s.mark is not Mark.KEPT]
    said = (f"{s.mark} “{_flat(s.text)}”" for s in spans[:_SAID])
    return f"{change.label} changed: {', '.join(said)}."


def _flat(text: str) -> str:
    return " ".join(text[:LONGEST].split()).rstrip(".")


def _sections(changes: Sequence[Change]) -> Iterator[str]:
    for section, inside in groupby(changes, lambda change: change.place.section):
        heading, of_section = SECTION_NAMES[section], list(inside)
        first = of_section[0]
        # A section that is one text says what became of it in its own heading.
        kind = f" {_small(first.kind)}" if first.label == heading else ""
        yield f"<h2>{escape(heading)}{kind}</h2>"
        for change in of_section:
            if change.label != heading:
                kind = _moving(change) if change.kind is Kind.MOVED else change.kind
                yield f'<p class="place">{escape(change.label)} {_small(kind)}</p>'
            if change.kind is not Kind.MOVED:
                yield f'<p class="said">{_text(change)}</p>'


def _small(words: str) -> str:
    return f'<span class="kind">{words}</span>'


def _moving(change: Change) -> str:
    return f"moved, {escape(change.before)} → {escape(change.after)}"


def _text(change: Change) -> str:
    if change.kind is Kind.ADDED:
        return _run(Mark.ADDED, change.after, "+ ")
    if change.kind is Kind.REMOVED:
        return _run(Mark.REMOVED, change.before, f"{_MINUS} ")
    spans = condensed(word_changes(change.before, change.after))
    runs = "".join(_run(span.mark, span.text) for span in spans)
    return runs.replace("</span><span", f"</span>{_THIN_SPACE}<span")


def _run(mark: Mark, text: str, sign: str = "") -> str:
    more = f" … and {len(text) - LONGEST:,} more characters" if len(text) > LONGEST else ""
    shown = escape(text[:LONGEST] + more)
    if mark is Mark.KEPT:
        return _lines(shown)
    if not shown.strip():  # white space alone would not be seen
        shown = shown.replace("\n", "¶\n").replace(" ", "·")
    signed = f'<span class="{_CLASSES[mark]} sign">{sign}</span>' if sign else ""
    return f'{signed}<span class="{_CLASSES[mark]}">{_lines(shown)}</span>'


def _lines(text: str) -> str:
    return text.replace("\n", "<br/>")


def _style(theme: Theme, scale: float) -> str:
    t = theme
    return f"""
.place {{ font-weight: 600; margin: {round(8 * scale)}px 0 {round(2 * scale)}px 0; }}
.kind {{ font-weight: 400; }}
.said {{ margin: 0 0 {round(8 * scale)}px {round(12 * scale)}px; white-space: pre-wrap; }}
.new {{ color: {t.green.text}; background-color: {t.green.soft}; text-decoration: underline; }}
.gone {{ color: {t.red.text}; background-color: {t.red.soft}; text-decoration: line-through; }}
.sign {{ font-weight: 600; text-decoration: none; }}
"""
