"""What the library knows of roots and actions, read once and handed to the cards."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from models.domain.action import ActionItem
from models.domain.root import Root
from models.queries import actions, catalogue, roots

if TYPE_CHECKING:
    from app.bootstrap import Workspace


@dataclass(frozen=True, slots=True)
class KnownRoot:
    """A root that post-mortems reached: which (id, ref), and what was decided about it."""

    root: Root
    places: tuple[tuple[str, str], ...]
    actions: tuple[ActionItem, ...]

    def elsewhere(self, post_mortem_id: str) -> tuple[str, ...]:
        """The refs of the other post-mortems that reach it."""
        return tuple(ref for id, ref in self.places if id != post_mortem_id)


@dataclass(frozen=True, slots=True)
class Known:
    """The roots by id and every action item."""

    roots: Mapping[str, KnownRoot] = field(default_factory=dict)
    actions: tuple[ActionItem, ...] = ()


def read(workspace: "Workspace") -> Known:
    """Ask the library."""
    library = workspace.library
    items = {row.action.id: row.action for row in actions.every(library)}
    refs = {row.id: row.ref for row in catalogue.catalogue(library)}
    found = {
        row.root.id: KnownRoot(
            row.root,
            tuple((id, refs[id]) for id in row.post_mortems if id in refs),
            tuple(items[id] for id in row.actions if id in items),
        )
        for row in roots.every(library)
        if row.root.merged_into is None
    }
    return Known(found, tuple(items.values()))
