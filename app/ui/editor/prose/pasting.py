"""What the clipboard holds for a text."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from integrations.markdown import clipboard, slack

_CODE_EDITORS = ("vscode-editor-data", "application/vnd.code.copymetadata")


@dataclass(frozen=True)
class Pasted:
    """One of three: text (Markdown), files, or a picture without a file."""

    markdown: str = ""
    files: tuple[Path, ...] = ()
    picture: QImage | None = None


def pasted(data: QMimeData) -> Pasted:
    """Files, a picture without words, rich text as Markdown, else the plain text.

    Slack's marks in plain text become Markdown as well.
    """
    files = tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    if files:
        return Pasted(files=files)
    page = data.html()
    if data.hasImage() and not clipboard.has_words(page):
        image = QImage(data.imageData())
        if not image.isNull():
            return Pasted(picture=image)
    if any(data.hasFormat(name) for name in _CODE_EDITORS):
        return Pasted(markdown=data.text())
    rich = page and clipboard.is_convertible(page)
    return Pasted(markdown=(clipboard.pasted(page) if rich else "") or slack.readable(data.text()))


def can_paste(data: QMimeData) -> bool:
    """Whether there is anything for a text."""
    return data.hasText() or data.hasHtml() or data.hasImage() or data.hasUrls()
