"""What advice says of the whys of one tree."""

from collections.abc import Mapping

from app.ui.editor.whys.cards import Advised
from models.domain.whys import WhyTree, walk


def advised(tree: WhyTree) -> Mapping[str, Advised]:
    """Advice by node."""
    return {
        node.id: Advised(wants_evidence=True)
        for _, node in walk(tree)
        if node.answer and not node.evidence
    }
