"""A post-mortem on the clipboard, for wikis and word processors."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from app.ui.context import Context
from integrations.export.page import page_of
from integrations.export.rich_text import to_plain_markdown, to_rich_html
from models.queries import post_mortems as queries

if TYPE_CHECKING:
    from app.bootstrap import Workspace


def copy_rich(context: Context, id: str) -> None:
    """Copy a post-mortem as HTML, with Markdown for who takes only text."""
    if not id:
        context.messages.toast("Choose a post-mortem first. Nothing was copied.")
        return
    words = context.wording

    def read(workspace: "Workspace") -> tuple[str, str]:
        page = page_of(queries.by_id(workspace.library, id), None, words)
        return to_rich_html(page), to_plain_markdown(page)

    def put(made: tuple[str, str]) -> None:
        data = QMimeData()
        data.setHtml(made[0])
        data.setText(made[1])
        QGuiApplication.clipboard().setMimeData(data)
        context.messages.toast("Copied. Paste it into a wiki, a document or a mail.")

    context.read(read, put, failed=context.messages.error)
