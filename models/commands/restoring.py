"""What a restored revision is: its text, and what is linked now with what left since."""

import dataclasses

from models.document import Document
from models.store import actions
from models.store.library import UnitOfWork


def restored(uow: UnitOfWork, revision: Document, current: Document) -> Document:
    """The text of a revision, and what is linked now with what left since."""
    here = {action.id for action in current.actions}
    gone = [action for action in revision.actions if action.id not in here]
    latest = actions.load(uow.connection, [action.id for action in gone], deleted=True)
    back = {action.id: latest.get(action.id, action) for action in gone}
    roots = {root.id: root for root in (*revision.roots, *current.roots)}
    addressed = [
        dataclasses.replace(link, since=uow.now)
        for link in revision.root_actions
        if link.action_id in back and not link.until
    ]
    standing = {(relation.kind, relation.id) for relation in current.relations}
    files = {file.id for file in current.attachments}
    return dataclasses.replace(
        current,
        post_mortem=dataclasses.replace(revision.post_mortem, status=current.post_mortem.status),
        actions=(*current.actions, *back.values()),
        roots=tuple(roots.values()),
        root_actions=(*current.root_actions, *addressed),
        relations=(
            *current.relations,
            *(
                dataclasses.replace(relation, since=uow.now)
                for relation in revision.relations
                if (relation.kind, relation.id) not in standing
            ),
        ),
        attachments=(
            *current.attachments,
            *(file for file in revision.attachments if file.id not in files),
        ),
    )
