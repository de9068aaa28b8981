"""What a rule of guidance looks at, and what it finds."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from models import response
from models.document import Document
from models.domain.action import ActionState
from models.domain.incident import Event, Incident, current_events
from models.domain.whys import WhyNode, addresses
from models.frameworks import Framework


@dataclass(frozen=True)
class Facts:
    """A document, the response frameworks, and the ids of its actions that belong to another
    post-mortem (``borrowed``) or were opened again in Jira (``reopened``).

    What several rules look at is worked out once.
    """

    document: Document
    frameworks: Mapping[str, Framework]
    borrowed: frozenset[str] = frozenset()
    reopened: frozenset[str] = frozenset()

    @cached_property
    def timelines(self) -> tuple[tuple[Incident, tuple[Event, ...]], ...]:
        """Each incident with the timeline people read."""
        return tuple((one, current_events(one.timeline)) for one in incidents(self))

    @cached_property
    def nodes(self) -> dict[str, WhyNode]:
        """Every why by its address."""
        return addresses(self.document.post_mortem.whys)

    @cached_property
    def resolution(self) -> tuple[response.Gap, ...]:
        """What is missing before an incident should be called resolved."""
        return response.resolution_gaps(self.document, self.frameworks)

    @cached_property
    def addressed(self) -> frozenset[str]:
        """The ids of whys whose root has an action that is not given up."""
        document = self.document
        given_up = (ActionState.WONT_DO, ActionState.SUPERSEDED)
        kept = {action.id for action in document.actions if action.state not in given_up}
        roots = {k.root_id for k in document.root_actions if not k.until and k.action_id in kept}
        return frozenset(
            k.node_id for k in document.leaf_roots if not k.until and k.root_id in roots
        )


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that is missing. ``place`` leads there: a section with an anchor, or an id.

    ``name`` is what it is about, ``more`` what else is said of it, ``section`` the one
    where the guide names none.
    """

    place: str = ""
    name: str = ""
    incident: Incident | None = None
    more: str = ""
    section: str = ""


Rule = Callable[[Facts], Iterator[Found]]


def incidents(facts: Facts) -> tuple[Incident, ...]:
    """The incidents of the document."""
    return facts.document.post_mortem.incidents
