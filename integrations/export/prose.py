"""The Markdown of one page: texts with the page's attachments, and evidence."""

from collections.abc import Iterable, Iterator, Mapping

from integrations.export.pieces import headed, plain, web_link
from integrations.markdown import render
from models.domain.attachment import Attachment
from models.domain.incident import Evidence

_LEAST = 2_000
"""Letters of a text that are shown on the fullest page."""


class Prose:
    """Renders the texts of a page; each gets footnotes of its own.

    ``files`` is as for ``render.block``; attachments that are not in it are linked, not shown.
    ``room`` is how many letters the page has for texts, None for any number. A text gets half of
    what is left, so that a long one leaves some to those behind it; where it is cut, it says so.
    """

    def __init__(
        self,
        attachments: Iterable[Attachment],
        files: Mapping[str, str],
        room: int | None = None,
    ) -> None:
        self._files = {attachment.name: "" for attachment in attachments} | dict(files)
        self._texts = 0
        self._room = room

    def block(self, markdown: str) -> str:
        """Paragraphs, lists, tables; "" for a blank text."""
        if not markdown.strip():
            return ""
        self._texts += 1
        shown = self._shown(markdown)
        cut = _cut_words(len(markdown) - len(shown))
        return render.block(shown, files=self._files, name=str(self._texts)) + cut

    def inline(self, markdown: str, before: str = "") -> str:
        """A line of it, with ``before`` in front; "" for a blank text."""
        if not markdown.strip():
            return ""
        self._texts += 1
        shown = self._shown(markdown)
        cut = _cut_words(len(markdown) - len(shown))
        return before + render.inline(shown, files=self._files, name=str(self._texts)) + cut

    def _shown(self, markdown: str) -> str:
        """As much of a text as there is room for, up to the end of a line or of a word."""
        if self._room is None:
            return markdown
        most = max(_LEAST, self._room // 2)
        if len(markdown) > most:
            end = max(markdown.rfind(sign, most - _LEAST // 2, most) for sign in "\n ")
            markdown = markdown[: end if end > 0 else most]
        self._room -= len(markdown)
        return markdown

    def section(self, anchor: str, heading: str, markdown: str) -> Iterator[str]:
        """A section of one text, where it says something."""
        yield from headed(anchor, heading, self.block(markdown))

    def evidence(self, evidence: Iterable[Evidence], said: str = "") -> str:
        """What shows that a statement is so; of a quote that ``said`` repeats, its source alone."""
        shown = "; ".join(filter(None, (_evidence(one, said) for one in evidence)))
        return f'<div class="quiet">Evidence: {shown}</div>' if shown else ""


def _cut_words(letters: int) -> str:
    if not letters:
        return ""
    said = f"{letters:,} more letters of this text are not shown here. Export it as Markdown"
    return f'<p class="quiet"><em>{said} to read all of it.</em></p>\n'


def _evidence(one: Evidence, said: str) -> str:
    words = one.text or one.target
    if one.kind == "event":
        return f'<a href="#timeline-{plain(one.target)}">{plain(words)}</a>'
    if one.kind == "query" and one.target:
        return f"{plain(one.text)} <code>{plain(one.target)}</code>".lstrip()
    if one.kind == "link":
        return web_link(one.target, words)
    if one.kind == "quote" and _is_said(one.text, said):
        return plain(one.target)
    return plain(words)


def _is_said(quote: str, said: str) -> bool:
    """Whether a text says what a quote does, but for one line of it, which is who spoke when."""
    text = " ".join(said.split())
    lines = [line for line in (" ".join(line.split()) for line in quote.split("\n")) if line]
    others = [line for line in lines if line not in text and not (text and text in line)]
    return len(others) <= 1 and len(others) < len(lines)
