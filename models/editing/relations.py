"""Saying in a document how it stands to others."""

import dataclasses

from models.document import Document
from models.domain.root import Relation


def toggled(document: Document, relation: Relation) -> Document:
    """With a relation, or without it where one of its kind to the same post-mortem stands."""
    others = tuple(
        one for one in document.relations if (one.kind, one.id) != (relation.kind, relation.id)
    )
    added = () if len(others) < len(document.relations) else (relation,)
    return dataclasses.replace(document, relations=others + added)
