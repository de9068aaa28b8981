"""What post-mortems lack for a status: the same for commands and for the window."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.document import Document
from models.domain.post_mortem import PostMortem, Status
from models.guidance import gates
from models.guidance.gaps import Gap, Surroundings, gaps
from models.guidance.guide import Gate
from models.queries import post_mortems
from models.queries.actions import borrowed, reopened
from models.templates import template_of

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
    around = surroundings(workspace, document, beside(workspace, document.post_mortem.id))
    return gates.checklist(gate, gaps(document, around), workspace.guide)


@dataclass(frozen=True, slots=True)
class Beside:
    """Ids of actions of which others know more: those of another post-mortem, and those that
    were opened again in Jira."""

    borrowed: frozenset[str] = frozenset()
    reopened: frozenset[str] = frozenset()


def beside(workspace: "Workspace", id: str) -> Beside:
    """What others know of the actions of a post-mortem."""
    return Beside(borrowed(workspace.library, id), reopened(workspace.library, id))


def surroundings(workspace: "Workspace", document: Document, others: Beside) -> Surroundings:
    """What guidance looks at besides the document."""
    return Surroundings(
        workspace.guide,
        workspace.frameworks,
        template_of(document, workspace.templates),
        others.borrowed,
        workspace.vocabularies.severities,
        others.reopened,
    )


Lacking = Sequence[tuple[Document, tuple[Gap, ...]]]


def lacking(workspace: "Workspace", ids: Iterable[str], wanted: Status) -> Lacking:
    """Those of a selection that lack something for a status, with what that is."""
    documents = (post_mortems.by_id(workspace.library, id) for id in ids)
    found = ((d, missing(workspace, d, gate_ahead(d.post_mortem, wanted))) for d in documents)
    return [(document, open_) for document, open_ in found if open_]
