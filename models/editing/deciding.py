"""Deciding between two versions of the same words, after a merge kept both."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from models.document import Document
from models.domain.post_mortem import Comment
from models.editing.parts import with_text
from models.merging import Conflict, kept_words


class Choice(StrEnum):
    """Whose words stand in the text."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class _Found:
    """A text of a record: the record, the name of its field, the text."""

    record: Any
    field: str
    text: str


def choices(document: Document, conflict: Conflict) -> tuple[Choice, ...]:
    """What can be chosen: mine always; the others where my words stand in one place only."""
    can_replace = conflict.theirs.strip() and _place_of(document, conflict) is not None
    return tuple(Choice) if can_replace else (Choice.MINE,)


def decided(document: Document, conflict: Conflict, choice: Choice) -> Document:
    """The document with the chosen words in the text and the comment on it resolved.

    Where my words are not found in exactly one place, theirs stay in the comment, unresolved.
    """
    found = _place_of(document, conflict)
    if choice is not Choice.MINE:
        if found is None:
            return document
        wanted = conflict.theirs
        if choice is Choice.BOTH:
            wanted = f"{conflict.mine}\n\n{conflict.theirs}"
        text = found.text.replace(conflict.mine, wanted, 1)
        changed = dataclasses.replace(found.record, **{found.field: text})
        document = _with_record(document, found.record, changed)
    comments = tuple(
        dataclasses.replace(comment, resolved=True)
        if comment.anchor == conflict.place and conflict.theirs in comment.text
        else comment
        for comment in document.post_mortem.comments
    )
    return with_text(document, comments=comments)


def replaced(known: Document, stored: Document) -> tuple[Conflict, ...]:
    """The words of ``known`` in whose place a merge put others, and which a comment keeps.

    In each conflict ``mine`` is what stands in the text now, ``theirs`` what stood there before.
    """
    before = {comment.id for comment in known.post_mortem.comments}
    found = []
    for comment in stored.post_mortem.comments:
        label, words = kept_words(comment)
        if words and not comment.resolved and comment.id not in before:
            now = _in_place_of(words, known, stored, label, comment.anchor)
            if now is not None:
                found.append(Conflict(comment.anchor, label, "", now, words))
    return tuple(found)


def _in_place_of(
    words: str, known: Document, stored: Document, label: str, place: str
) -> str | None:
    """What stands where some words of a text stood; None where they stand there still."""
    name = _field_of(label)
    before, after = (
        [one.text for one in _texts(_scope(document, place)) if one.field == name]
        for document in (known, stored)
    )
    for old, new in zip(before, after, strict=False):
        start, _, end = old.partition(words)
        if words in old and words not in new:
            around = new.startswith(start) and new.endswith(end)
            return new[len(start) : len(new) - len(end)] if around else new
    return None


def _field_of(label: str) -> str:
    return label.rpartition(", ")[2].lower().replace(" ", "_")


def _place_of(document: Document, conflict: Conflict) -> _Found | None:
    """Where my words stand: in one field of the name that the conflict's label ends with."""
    if not conflict.mine.strip():
        return None
    name = _field_of(conflict.label)
    texts = [one for one in _texts(_scope(document, conflict.place)) if one.field == name]
    for same in (
        [one for one in texts if one.text == conflict.mine],
        [one for one in texts if one.text.count(conflict.mine) == 1],
    ):
        if same:
            return same[0] if len(same) == 1 else None
    return None


def _scope(document: Document, place: str) -> object:
    """The record of an id, else everything."""
    found = next((r for r in _records(document) if getattr(r, "id", None) == place), None)
    return document if found is None else found


def _records(value: object) -> Iterator[Any]:
    pending = [value]
    while pending:
        one = pending.pop()
        if isinstance(one, tuple):
            pending.extend(one)
        elif dataclasses.is_dataclass(one) and not isinstance(one, type):
            yield one
            pending.extend(getattr(one, field.name) for field in dataclasses.fields(one))


def _texts(value: object) -> Iterator[_Found]:
    for record in _records(value):
        if isinstance(record, Comment):  # it quotes the words of others
            continue
        for field in dataclasses.fields(record):
            text = getattr(record, field.name)
            if type(text) is str:
                yield _Found(record, field.name, text)


def _with_record(value: Any, record: object, changed: object) -> Any:
    """``value`` with one record in it, found by identity, in place of another."""
    if value is record:
        return changed
    if isinstance(value, tuple):
        parts = tuple(_with_record(part, record, changed) for part in value)
        return parts if any(a is not b for a, b in zip(parts, value, strict=True)) else value
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    fields = {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
    parts_by = {name: _with_record(part, record, changed) for name, part in fields.items()}
    same = all(parts_by[name] is part for name, part in fields.items())
    return value if same else dataclasses.replace(value, **parts_by)
