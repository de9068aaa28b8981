"""How any text survives in the Markdown form, and stays readable.

Three escapes, each undone exactly by its reader:

- a character that editors, terminals or line readers would change or hide (controls, U+2028, a
  byte-order mark, blanks at the ends of a text) is written as ``&#13;``;
- a line of prose that the form would take for its own (a heading, a field, an entry) gets one
  backslash, after its indentation;
- text that already looks like either escape gets one ``amp;`` or one backslash more.

Guidance for writers stands in comments of its own that are no part of the document.
"""

import re
from collections.abc import Sequence

_UNSAFE = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufff9-\uffff\ud800-\udfff"
_ON_DEMAND = '\n\t *()[]<>:,"'
_UNSAFE_CHARACTER = re.compile(f"[{_UNSAFE}]")
_ESCAPABLE = re.compile(f"[{_UNSAFE}{re.escape(_ON_DEMAND)}]")
_REFERENCE = re.compile(r"&((?:amp;)*)#([0-9]{1,7});")
_BLANKS = " \t\n"

_GUIDANCE = "<!-- afterwhy:"
_COMMENT = re.compile(rf"{_GUIDANCE}.*?-->")

_FENCE = re.compile(r"(`{3,})(?!.*`)|(~{3,})")
HEADING = re.compile(r"(#{1,2})(?:[ \t]+(.*))?$")


def _is_escape(code: str) -> bool:
    number = int(code)
    return number <= 0x10FFFF and _ESCAPABLE.fullmatch(chr(number)) is not None


def _reference(character: str) -> str:
    return f"&#{ord(character)};"


def escaped(text: str, also: str = "") -> str:
    """The text with unsafe characters, those of ``also`` and blanks at its ends escaped."""
    text = _REFERENCE.sub(lambda m: f"&amp;{m[0][1:]}" if _is_escape(m[2]) else m[0], text)
    text = _UNSAFE_CHARACTER.sub(lambda m: _reference(m[0]), text)
    text = text.replace(_GUIDANCE, f"{_reference('<')}{_GUIDANCE[1:]}")
    for character in also:
        text = text.replace(character, _reference(character))
    if text and text[0] in _BLANKS:
        text = _reference(text[0]) + text[1:]
    if text and text[-1] in _BLANKS:
        text = text[:-1] + _reference(text[-1])
    return text


def guidance(text: str) -> str:
    """A comment on one line that the reader of the form takes out again."""
    indent = " " * (len(text) - len(text.lstrip(" ")))
    words = re.sub(r"-{2,}>", "->", " ".join(text.split()))
    return f"{_GUIDANCE} {indent}{words} -->"


def without_guidance(text: str) -> str:
    """The text without such comments, on the same lines; other comments stay.

    One that was broken over lines stays as well, so that no words written into it are lost.
    """
    return _COMMENT.sub("", text)


def unescaped(text: str) -> str:
    """What ``escaped`` was given."""

    def character(match: re.Match[str]) -> str:
        if not _is_escape(match[2]):
            return match[0]
        return f"&{match[0][5:]}" if match[1] else chr(int(match[2]))

    return _REFERENCE.sub(character, text)


def line(text: str, also: str = "") -> str:
    """A text on one line."""
    return escaped(text, also + "\n")


def fence_end(lines: Sequence[str], start: int) -> int | None:
    """Where the code block that opens on ``start`` closes; None if no block opens or it never
    closes."""
    mark = fence_mark(lines[start])
    if not mark:
        return None
    closing = re.compile(rf" {{0,3}}{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$")
    for index in range(start + 1, len(lines)):
        if closing.match(lines[index]):
            return index
    return None


def fence_mark(text: str) -> str:
    """The mark with which a line at the margin opens a code block; "" where it opens none."""
    opening = _FENCE.match(text)
    return "" if opening is None else opening[1] or opening[2]


class Prose:
    """Free Markdown among lines of the form's own.

    ``own`` is a pattern of what, after the indentation of a line, belongs to the form. At the
    margin (``margin=True``: sections) headings of level 1 and 2 do too, wherever no code block
    holds them; ``closes`` names the headings that may not stand inside a code block.
    """

    def __init__(self, own: str = "", *, margin: bool = False, closes: str = "") -> None:
        options = [rf"([ \t]*)(\\*)(?:{own})"] if own else []
        if margin:
            options.append(r"()(\\*)(?:#{1,2}(?:[ \t]|$)|`{3}|~{3})")
        self._options = [re.compile(option) for option in options]
        self._margin = margin
        self._closes = re.compile(closes) if closes else None

    def written(self, text: str) -> list[str]:
        """The lines of a text as the form carries them."""
        return self._each(escaped(text).split("\n"), undo=False) if text else []

    def read(self, lines: Sequence[str]) -> str:
        """The text of such lines; blank lines around it do not count."""
        rows = list(lines)
        while rows and not rows[-1].strip(" \t"):
            rows.pop()
        while rows and not rows[0].strip(" \t"):
            rows.pop(0)
        return unescaped("\n".join(self._each(rows, undo=True)).strip(_BLANKS))

    def block_end(self, lines: Sequence[str], start: int) -> int | None:
        """Where a code block that the form leaves alone ends."""
        end = fence_end(lines, start) if self._margin else None
        if end is not None and self._closes is not None:
            inner = lines[start + 1 : end]
            if any(self._closes.match(row) for row in inner):
                return None
        return end

    def section_end(self, lines: Sequence[str], start: int) -> int:
        """The last line before a heading that may stand in no code block."""
        closes = self._closes
        later = range(start + 1, len(lines))
        ends = (n - 1 for n in later if closes is not None and closes.match(lines[n]))
        return next(ends, len(lines) - 1)

    def _each(self, lines: list[str], *, undo: bool) -> list[str]:
        result: list[str] = []
        index = 0
        while index < len(lines):
            end = self.block_end(lines, index)
            if end is not None:
                result += lines[index : end + 1]
                index = end + 1
                continue
            result.append(self._line(lines[index], undo=undo))
            index += 1
        return result

    def _line(self, row: str, *, undo: bool) -> str:
        match = next((m for m in (o.match(row) for o in self._options) if m), None)
        if match is None:
            return row
        indent, slashes = match[1], match[2]
        if not undo:
            return f"{indent}\\{row[len(indent) :]}"
        return indent + row[len(indent) + 1 :] if slashes else row
