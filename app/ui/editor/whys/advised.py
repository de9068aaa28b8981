"""What advice says of the whys of one tree, as the cards show it."""

from collections import defaultdict
from collections.abc import Mapping

from app.ui.editor.whys.cards import Advised, Hint
from models.document import Document
from models.domain.whys import WhyTree
from models.editing.advice import Advice, Want, advice_on

_COMMANDS = {Want.STOP: "why_root", Want.ACTION: "why_action"}
_COUNTED_ELSEWHERE = (Want.EVIDENCE, Want.STOP, Want.ACTION)
"""The head counts these by chips of their own."""


def advised(tree: WhyTree, document: Document) -> Mapping[str, Advised]:
    """Advice by node; whys that want nothing are left out."""
    by_node: dict[str, list[Advice]] = defaultdict(list)
    for advice in advice_on(tree, document):
        by_node[advice.node_id].append(advice)
    return {node_id: _advised(found) for node_id, found in by_node.items()}


def _advised(found: list[Advice]) -> Advised:
    wants = {advice.want for advice in found}
    # Evidence is asked for first; its strip offers the stop reason, too.
    hidden = {Want.EVIDENCE, Want.STOP} if Want.EVIDENCE in wants else set()
    hints = [
        Hint(advice.sentence, _COMMANDS.get(advice.want, ""))
        for advice in found
        if advice.want not in hidden
    ]
    counted = sum(advice.want not in _COUNTED_ELSEWHERE for advice in found)
    wish = next((advice.sentence for advice in found if advice.want is Want.EVIDENCE), "")
    return Advised(wish, tuple(hints), counted)
