"""What post-mortems lack for a status: the same for commands and for the window."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from models.document import Document
from models.domain.post_mortem import PostMortem, Status
from models.guidance import gates
from models.guidance.gaps import Gap, Surroundings, gaps
from models.guidance.guide import Gate
from models.queries import post_mortems
from models.queries.actions import borrowed, reopened

if TYPE_CHECKING:
    from app.bootstrap import Workspace


def gate_ahead(mortem: PostMortem, wanted: Status) -> Gate | None:
    """The gate on the way to a status; none on the way back, and none for imported ones."""
    order = list(Status)
    is_forward = order.index(wanted) > order.index(mortem.status)
    return gates.gate_to(wanted) if is_forward and not mortem.historical else None


def missing(workspace: "Workspace", document: Document, gate: Gate | None) -> tuple[Gap, ...]:
    """What a gate finds missing in a document."""
    if gate is None:
        return ()
    mortem, known = document.post_mortem, workspace.templates
    around = Surroundings(
        workspace.guide,
        workspace.frameworks,
        known.get(mortem.template) or next(iter(known.values())),
        borrowed(workspace.library, mortem.id),
        workspace.vocabularies.severities,
        reopened(workspace.library, mortem.id),
    )
    return gates.checklist(gate, gaps(document, around), workspace.guide)


Lacking = Sequence[tuple[Document, tuple[Gap, ...]]]


def lacking(workspace: "Workspace", ids: Iterable[str], wanted: Status) -> Lacking:
    """Those of a selection that lack something for a status, with what that is."""
    documents = (post_mortems.by_id(workspace.library, id) for id in ids)
    found = ((d, missing(workspace, d, gate_ahead(d.post_mortem, wanted))) for d in documents)
    return [(document, open_) for document, open_ in found if open_]
