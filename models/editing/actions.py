"""Changing the actions of a post-mortem from the editor.

Links are dated: what ends stays in the past with its end, what was never stored just goes.
"""

import dataclasses
from datetime import datetime
from typing import Any

from models.document import Document
from models.domain.action import ActionItem
from models.domain.root import RootAction


def add_action(document: Document, action: ActionItem) -> Document:
    """With one more action."""
    return dataclasses.replace(document, actions=(*document.actions, action))


def change_action(document: Document, action_id: str, **fields: Any) -> Document:
    """With fields of one action changed."""
    actions = tuple(
        dataclasses.replace(one, **fields) if one.id == action_id else one
        for one in document.actions
    )
    return dataclasses.replace(document, actions=actions)


def remove_action(document: Document, action_id: str, now: datetime) -> Document:
    """Without an action and without what says that it addresses a root."""
    for root_id in document.roots_of(action_id):
        document = unlink_root(document, root_id, action_id, now)
    left = tuple(one for one in document.actions if one.id != action_id)
    return dataclasses.replace(document, actions=left)


def link_root(document: Document, root_id: str, action_id: str, now: datetime) -> Document:
    """Says that an action addresses a root, since now."""
    if root_id in document.roots_of(action_id):
        return document
    link = RootAction(root_id, action_id, now)
    return dataclasses.replace(document, root_actions=(*document.root_actions, link))


def unlink_root(document: Document, root_id: str, action_id: str, now: datetime) -> Document:
    """Ends that an action addresses a root."""
    links = tuple(
        dataclasses.replace(link, until=now)
        if link.root_id == root_id and link.action_id == action_id and not link.until
        else link
        for link in document.root_actions
    )
    return dataclasses.replace(document, root_actions=links)
