"""Branches of whys on the clipboard: exactly, as the window's own kind, and as indented text."""

import atexit
from functools import cache

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from models import codec
from models.domain.whys import WhyNode, WhyTree
from models.editing import branches as branching
from models.editing import outline
from models.errors import InvalidInputError

BRANCH_TYPE = "application/x-afterwhy-whys"
DRAG_TYPE = "application/x-afterwhy-why-ids"


def copy(branches: tuple[WhyNode, ...]) -> None:
    """Put branches on the clipboard."""
    data = QMimeData()
    data.setData(BRANCH_TYPE, codec.dumps(WhyTree("", nodes=branches)).encode())
    data.setText(outline.as_text(branches))
    QGuiApplication.clipboard().setMimeData(data)
    _leave_text_at_exit()


def copied() -> tuple[WhyNode, ...]:
    """The branches that the clipboard holds, from its own kind or from indented text; else ()."""
    data = QGuiApplication.clipboard().mimeData()
    if data.hasFormat(BRANCH_TYPE):
        try:
            text = bytes(data.data(BRANCH_TYPE).data()).decode()
            return codec.loads(WhyTree, text).nodes
        except (InvalidInputError, UnicodeDecodeError):
            return outline.from_text(data.text())  # another version wrote it
    return outline.from_text(data.text())


def placed(branches: tuple[WhyNode, ...], trees: tuple[WhyTree, ...]) -> tuple[WhyNode, ...]:
    """Branches to put in: with their own ids where these left (a cut), else with fresh ones."""
    taken = {node.id for tree in trees for node in branching.nodes_in(tree.nodes)}
    own = [node.id for node in branching.nodes_in(branches)]
    if taken & set(own) or len(set(own)) < len(own):
        return branching.copies(branches)
    return branches


@cache
def _leave_text_at_exit() -> None:
    """Qt asks the clipboard's data for its destruction after Python is gone, and crashes where
    Python made them: before that, Qt's own text takes their place.
    """
    atexit.register(_leave_text)


def _leave_text() -> None:
    clipboard = QGuiApplication.clipboard()
    if clipboard.mimeData().hasFormat(BRANCH_TYPE):
        clipboard.setText(clipboard.text())
