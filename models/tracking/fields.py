"""What of an action item and its ticket is to go which way: one three-way merge per field.

The base is what both sides agreed on last. A field that changed on one side goes to the other; one
that changed on both is a conflict that a person decides, and never stands in another's way.
"""

from collections.abc import Mapping
from dataclasses import dataclass

OUT = ("title", "priority", "due", "owner", "sprint", "state")
"""Fields whose changes here go to the tracker."""
IN = ("priority", "due", "owner", "sprint", "state")
"""Fields whose changes there come here; a title that was changed there stays there."""


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """A field that says something else on each side, and what both said last."""

    field: str
    base: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """What one sync of a ticket has to do, field by field.

    ``base`` is what both sides agree on as long as nothing of ``out`` arrived.
    """

    base: dict[str, str]
    out: dict[str, str]
    into: dict[str, str]
    conflicts: tuple[FieldConflict, ...]


def exchange(
    base: Mapping[str, str], ours: Mapping[str, str], theirs: Mapping[str, str]
) -> Exchange:
    """Merges the fields that both sides can name; what the base does not know was empty."""
    agreed: dict[str, str] = dict(base)
    out: dict[str, str] = {}
    into: dict[str, str] = {}
    conflicts: list[FieldConflict] = []
    for field in OUT:
        if field not in ours or field not in theirs:
            continue
        mine, other, was = ours[field], theirs[field], base.get(field, "")
        if mine == other:
            agreed[field] = mine
        elif was not in (mine, other):
            conflicts.append(FieldConflict(field, was, mine, other))
        elif mine != was:
            out[field] = mine
        elif field in IN:
            into[field] = other
            agreed[field] = other
    return Exchange(agreed, out, into, tuple(conflicts))


def decide(base: Mapping[str, str], conflict: FieldConflict, *, keep_ours: bool) -> dict[str, str]:
    """The base after a person chose a side: the other side's value counts as the old one.

    The next exchange then carries the chosen value to the other side.
    """
    return dict(base) | {conflict.field: conflict.theirs if keep_ours else conflict.ours}
