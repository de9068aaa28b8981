"""Branches of whys on the clipboard."""

from PySide6.QtCore import QMimeData

from models import codec
from models.domain.whys import WhyNode, WhyTree
from models.editing import branches as branching
from models.errors import InvalidInputError

BRANCH_TYPE = "application/x-afterwhy-whys"
DRAG_TYPE = "application/x-afterwhy-why-ids"


def to_mime(branches: tuple[WhyNode, ...]) -> QMimeData:
    """What a copy puts on the clipboard."""
    data = QMimeData()
    data.setData(BRANCH_TYPE, codec.dumps(WhyTree("", nodes=branches)).encode())
    return data


def from_mime(data: QMimeData | None) -> tuple[WhyNode, ...]:
    """The branches that a clipboard holds; () where it holds none."""
    if data is None or not data.hasFormat(BRANCH_TYPE):
        return ()
    try:
        text = bytes(data.data(BRANCH_TYPE).data()).decode()
        return codec.loads(WhyTree, text).nodes
    except (InvalidInputError, UnicodeDecodeError):
        return ()  # another version wrote it


def placed(branches: tuple[WhyNode, ...], trees: tuple[WhyTree, ...]) -> tuple[WhyNode, ...]:
    """Branches to put in: with their own ids where these left (a cut), else with fresh ones."""
    taken = {node.id for tree in trees for node in branching.nodes_in(tree.nodes)}
    own = [node.id for node in branching.nodes_in(branches)]
    if taken & set(own) or len(set(own)) < len(own):
        return branching.copies(branches)
    return branches
