"""Changing many post-mortems at once, and renaming or merging services and tags."""

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import select

from models.document import new_id
from models.domain import histories
from models.domain.incident import Incident
from models.domain.post_mortem import PostMortem, Status
from models.errors import InvalidInputError
from models.store import post_mortems, revisions, tables
from models.store.library import Actor, Library, UnitOfWork

_NO_REASONS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class BulkEdit:
    """What to set for a selection; None leaves a field alone."""

    severity: str | None = None
    status: Status | None = None
    services: tuple[str, ...] | None = None
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Before:
    """A post-mortem as it was before a bulk change, for undo."""

    post_mortem: PostMortem
    version_after: int


def edit(
    library: Library,
    ids: Iterable[str],
    change: BulkEdit,
    actor: Actor,
    reasons: Mapping[str, str] = _NO_REASONS,
) -> tuple[Before, ...]:
    """Applies a change to every post-mortem of a selection, all of them or none.

    ``reasons`` are kept with a new status, by the id of the post-mortem.
    """
    with library.unit_of_work(actor) as uow:
        return _rewrite(uow, ids, lambda mortem: _edited(mortem, change), reasons)


def _edited(mortem: PostMortem, change: BulkEdit) -> PostMortem:
    incidents = mortem.incidents
    if not incidents and (change.severity or change.services):
        incidents = (Incident(new_id()),)
    if change.severity is not None:
        incidents = tuple(dataclasses.replace(i, severity=change.severity) for i in incidents)
    if change.services is not None:
        incidents = tuple(dataclasses.replace(i, services=change.services) for i in incidents)
    tags = [tag for tag in mortem.tags if tag not in change.remove_tags]
    return dataclasses.replace(
        mortem,
        incidents=incidents,
        status=change.status or mortem.status,
        tags=tuple(dict.fromkeys((*tags, *change.add_tags))),
    )


def rename(library: Library, kind: str, old: str, new: str, actor: Actor) -> tuple[Before, ...]:
    """Renames a service or a tag everywhere; an existing new name merges the two."""
    new = new.strip()
    if not new:
        raise InvalidInputError(
            f"A {kind} needs a name.", kept="Nothing was changed.", advice="Give the new name."
        )
    renames = {"service": _service_renamed, "tag": _tag_renamed}
    if kind not in renames:
        raise InvalidInputError(f"Only services and tags can be renamed, not {kind!r}.")
    columns = tables.labels.c
    with library.unit_of_work(actor) as uow:
        query = select(columns.post_mortem_id).where(columns.kind == kind, columns.value == old)
        ids = list(uow.connection.execute(query).scalars())
        return _rewrite(uow, ids, lambda mortem: renames[kind](mortem, old, new))


def _swapped(values: tuple[str, ...], old: str, new: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(new if value == old else value for value in values))


def _tag_renamed(mortem: PostMortem, old: str, new: str) -> PostMortem:
    return dataclasses.replace(mortem, tags=_swapped(mortem.tags, old, new))


def _service_renamed(mortem: PostMortem, old: str, new: str) -> PostMortem:
    incidents = tuple(
        dataclasses.replace(i, services=_swapped(i.services, old, new)) for i in mortem.incidents
    )
    return dataclasses.replace(mortem, incidents=incidents)


def undo(library: Library, before: Iterable[Before], actor: Actor) -> int:
    """Takes a bulk change back where nobody changed the post-mortem since; says how many."""
    known = {entry.post_mortem.id: entry for entry in before}
    with library.unit_of_work(actor) as uow:
        done = 0
        for entry in known.values():
            stored = post_mortems.load(uow.connection, entry.post_mortem.id)
            if stored.version == entry.version_after:
                _store(uow, entry.post_mortem, stored)
                done += 1
        revisions.settle(uow, dict.fromkeys(known, "saved"))
        return done


def _rewrite(
    uow: UnitOfWork,
    ids: Iterable[str],
    edited: Callable[[PostMortem], PostMortem],
    reasons: Mapping[str, str] = _NO_REASONS,
) -> tuple[Before, ...]:
    before = {}
    for post_mortem_id in dict.fromkeys(ids):
        stored = post_mortems.load(uow.connection, post_mortem_id)
        before[post_mortem_id] = stored.post_mortem
        reason = reasons.get(post_mortem_id, "")
        _store(uow, edited(stored.post_mortem), stored, reason)
    versions = revisions.settle(uow, dict.fromkeys(before, "saved"))
    return tuple(Before(before[name], versions[name]) for name in before if name in versions)


def _store(
    uow: UnitOfWork, mortem: PostMortem, stored: post_mortems.Stored, reason: str = ""
) -> None:
    change = dataclasses.replace(uow.change(), reason=reason)
    mortem = histories.grown(mortem, stored.post_mortem, change, known_since=stored.created_at)
    if mortem != stored.post_mortem:
        post_mortems.rewrite(uow, mortem, stored)
