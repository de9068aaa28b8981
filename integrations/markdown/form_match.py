"""Giving the records of an edited text the ids they had before the edit."""

import heapq
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any, Protocol, TypeVar

from integrations.markdown.form_times import moment_text
from models.document import Document, from_json, new_id, to_json
from models.domain.root import LeafRoot, Root, RootAction
from models.domain.whys import walk

_ALIKE = 0.6
"""The share of common text from which an edited record is taken for the same one; the value that
difflib recommends for close matches."""

_NEARBY = 12
"""How many records around its place an edited record is compared with; beyond, a long timeline
that was edited throughout would take minutes."""


class _Record(Protocol):
    @property
    def id(self) -> str: ...


R = TypeVar("R", bound=_Record)
L = TypeVar("L", LeafRoot, RootAction)


def rejoined(document: Document, base: Document, now: datetime) -> Document:
    """``document``, just read, as a later state of ``base``.

    It keeps the identity and version of ``base`` and the ids of what is still there: equal text
    first, then similar text, then the same place. Links that are gone end ``now``.
    """
    same = dict(_same(document, base))
    data = _renamed(to_json(document), same)
    data |= {"id": base.post_mortem.id, "ref": base.ref, "version": base.version}
    joined = from_json(data)
    return replace(
        joined,
        roots=_roots(joined.roots, base.roots),
        leaf_roots=_links(joined.leaf_roots, base.leaf_roots, now, lambda _: True),
        root_actions=_root_actions(joined, base, now),
    )


def _same(document: Document, base: Document) -> Iterable[tuple[str, str]]:
    """New id -> old id of every record that was there before."""
    new, old = document.post_mortem, base.post_mortem
    for before, after in zip(old.incidents, new.incidents, strict=False):
        yield after.id, before.id
        yield from _pairs(before.timeline, after.timeline, _event_text)
        yield from _pairs(before.updates, after.updates, lambda u: f"{u.audience} {u.text}")
    trees = {tree.about: tree for tree in old.whys}
    for tree in new.whys:
        if tree.about in trees:
            was = trees[tree.about]
            yield tree.id, was.id
            before_nodes = [node for _, node in walk(was)]
            nodes = [node for _, node in walk(tree)]
            yield from _pairs(before_nodes, nodes, lambda n: f"{n.question} {n.answer}")
    yield from _pairs(old.sections, new.sections, lambda s: f"{s.heading} {s.markdown}")
    yield from _pairs(old.reviews, new.reviews, lambda r: f"{r.role} {r.text}")
    yield from _pairs(old.comments, new.comments, lambda c: f"{c.role} {c.text}")
    yield from _pairs(base.attachments, document.attachments, lambda a: f"{a.name} {a.sha256}")
    yield from _same_actions(document, base)
    yield from _same_roots(document, base)


def _event_text(event: Any) -> str:
    return f"{moment_text(event.moment)} {event.kind} {event.text}"


def _same_actions(document: Document, base: Document) -> Iterable[tuple[str, str]]:
    named = {action.ref: action.id for action in base.actions if action.ref}
    for action in document.actions:
        if action.ref in named:
            yield action.id, named[action.ref]
    ids = {action.id for action in base.actions}
    for action in document.actions:
        if action.ref and action.ref not in named and action.id not in ids:
            yield action.id, new_id()  # never that of an action which the text only names
    fresh = [action for action in document.actions if not action.ref]
    yield from _pairs([a for a in base.actions if not a.ref], fresh, lambda a: a.title)


def _same_roots(document: Document, base: Document) -> Iterable[tuple[str, str]]:
    """Roots without an id in the text are known by their title."""
    ids = {root.id for root in base.roots}
    titles = {root.title.casefold(): root.id for root in base.roots}
    taken = {root.id for root in document.roots}
    for root in document.roots:
        known = titles.get(root.title.casefold())
        if root.id not in ids and known is not None and known not in taken:
            taken.add(known)
            yield root.id, known


def _pairs(old: Sequence[R], new: Sequence[R], key: Callable[[R], str]) -> list[tuple[str, str]]:
    """(new id, old id) of records that are equal, alike, or alone between the same neighbours."""
    old_texts, new_texts = [key(one) for one in old], [key(one) for one in new]
    found: dict[int, int] = {}
    gaps: list[tuple[int, int]] = []
    matcher = SequenceMatcher(None, old_texts, new_texts, autojunk=False)
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        if tag == "equal":
            found |= dict(zip(range(j, j_end), range(i, i_end), strict=True))
        elif i_end - i == j_end - j:
            gaps += zip(range(i, i_end), range(j, j_end), strict=True)
    _add_alike(found, old_texts, new_texts)
    for i, j in gaps:
        if j not in found and i not in found.values():
            found[j] = i
    return [(new[j].id, old[i].id) for j, i in found.items()]


def _add_alike(found: dict[int, int], old_texts: list[str], new_texts: list[str]) -> None:
    """Adds to ``found`` (new place -> old place) the records whose texts share most words."""
    old, new = [[_words(text) for text in texts] for texts in (old_texts, new_texts)]
    free = set(range(len(old))) - set(found.values())
    shift = 0
    for j, words in enumerate(new):
        if j not in found and free:
            place = j + shift
            near = heapq.nsmallest(_NEARBY, ((abs(i - place), i) for i in free))
            share, _, best = max((_likeness(old[i], words), -away, i) for away, i in near)
            if share >= _ALIKE:
                found[j] = best
                free.remove(best)
        shift = found.get(j, j + shift) - j


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _likeness(one: list[str], other: list[str]) -> float:
    """The share of words in common, in the same order."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0


def _renamed(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _renamed(item, names) for key, item in value.items()}
    if isinstance(value, list):
        return [_renamed(item, names) for item in value]
    return names.get(value, value) if isinstance(value, str) else value


def _roots(roots: tuple[Root, ...], base: tuple[Root, ...]) -> tuple[Root, ...]:
    """All roots of ``base``, as the text has them now, and the new ones."""
    now = {root.id: root for root in roots}
    kept = [
        replace(was, title=now[was.id].title, category=now[was.id].category)
        if was.id in now
        else was
        for was in base
    ]
    known = {root.id for root in base}
    return (*kept, *(root for root in roots if root.id not in known))


def _root_actions(document: Document, base: Document, now: datetime) -> tuple[RootAction, ...]:
    """The text says nothing of roots that no leaf had: their links stay as they are."""
    reached = {link.root_id for link in base.leaf_roots if not link.until}
    actions = {action.id for action in document.actions}

    def told(link: RootAction) -> bool:
        return link.root_id in reached or link.action_id not in actions

    return _links(document.root_actions, base.root_actions, now, told)


def _links(
    links: tuple[L, ...], base: tuple[L, ...], now: datetime, told: Callable[[L], bool]
) -> tuple[L, ...]:
    """The links of ``base``, ended where the text could tell of them and does not, and new ones."""
    current = {_ends(link) for link in links}
    kept: list[L] = []
    for link in base:
        gone = link.until is None and _ends(link) not in current and told(link)
        kept.append(replace(link, until=now) if gone else link)
    known = {_ends(link) for link in kept if link.until is None}
    kept += [replace(link, since=now) for link in links if _ends(link) not in known]
    return tuple(kept)


def _ends(link: LeafRoot | RootAction) -> tuple[str, str]:
    if isinstance(link, LeafRoot):
        return link.node_id, link.root_id
    return link.root_id, link.action_id
