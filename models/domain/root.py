"""What belongs to the library and joins documents: roots, links and relations."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Root:
    """A missing safeguard that one why tree or several reached.

    ``category`` is a term of the vocabulary "categories".
    """

    id: str
    title: str
    category: str = ""
    merged_into: str | None = None


@dataclass(frozen=True, slots=True)
class LeafRoot:
    """A dated link from a leaf of a why tree to a root of the library."""

    node_id: str
    root_id: str
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class RootAction:
    """A dated link from a root to an action that addresses it."""

    root_id: str
    action_id: str
    since: datetime
    until: datetime | None = None


class RelationKind(StrEnum):
    """How one post-mortem stands to another."""

    REPEAT_OF = "repeat of"
    SAME_ROOT = "same root"
    RELATED = "related"


@dataclass(frozen=True, slots=True)
class Relation:
    """A dated relation to another post-mortem, named by id and by the ref it has here."""

    kind: RelationKind
    id: str
    ref: str
    title: str
    since: datetime
    note: str = ""
