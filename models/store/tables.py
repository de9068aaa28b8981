"""The tables. Aggregates are stored whole (``body``); columns exist for lists and filters.

Nothing here is SQLite's own; that lives in ``models.store.sqlite``.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

HEAD = "0003"
"""The revision of the schema that this version of Afterwhy reads and writes."""


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC inside, without a zone in the database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


metadata = MetaData()


def _id(name: str = "id", *, key: bool = False) -> Column[str]:
    return Column(name, String(36), primary_key=key, nullable=False)


def _of(target: str, name: str, *, key: bool = False) -> Column[str]:
    return Column(name, String(36), ForeignKey(f"{target}.id"), primary_key=key, nullable=False)


library = Table(
    "library",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)

post_mortems = Table(
    "post_mortems",
    metadata,
    _id(key=True),
    Column("ref", String(32), nullable=False, unique=True),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("status", String(32), nullable=False),
    Column("historical", Boolean, nullable=False),
    Column("severity", Text, nullable=False),
    Column("occurred_at", UtcDateTime),
    Column("occurred_precision", String(16), nullable=False),
    Column("body", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("origin", String(16), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("deleted_at", UtcDateTime),
    UniqueConstraint("year", "number"),
)

labels = Table(
    "labels",
    metadata,
    _of("post_mortems", "post_mortem_id", key=True),
    Column("kind", String(16), primary_key=True),
    Column("value", Text, primary_key=True),
    Index("ix_labels_value", "kind", "value"),
)
"""Services, layers, triggers, tags and authors of post-mortems, for filters and renames."""

names = Table(
    "names",
    metadata,
    Column("name", Text, primary_key=True),
    _of("post_mortems", "post_mortem_id", key=True),
)
"""Refs and aliases, case-folded: whatever a post-mortem can be asked for by."""

sources = Table(
    "sources",
    metadata,
    Column("identity", Text, primary_key=True),
    _of("post_mortems", "post_mortem_id"),
    Column("digest", String(64), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("imported_at", UtcDateTime, nullable=False),
)
"""Which file a post-mortem was imported from, what it held, and the last change it made here."""

actions = Table(
    "actions",
    metadata,
    _id(key=True),
    Column("ref", String(32), nullable=False, unique=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("state", String(32), nullable=False),
    Column("priority", Text, nullable=False),
    Column("team", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("due", Date),
    Column("ready_at", UtcDateTime),
    Column("body", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("origin", String(16), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("deleted_at", UtcDateTime),
)

roots = Table(
    "roots",
    metadata,
    _id(key=True),
    Column("title", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("merged_into", String(36)),
    Column("created_at", UtcDateTime, nullable=False),
)

links = Table(
    "links",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(16), nullable=False),
    _id("from_id"),
    Column("node_id", String(36), nullable=False),
    _id("to_id"),
    Column("position", Float, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("until", UtcDateTime),
    Index("ix_links_from", "from_id", "kind"),
    Index("ix_links_to", "to_id", "kind"),
)
"""Dated many-to-many links: post-mortem to action, leaf (``node_id``) to root, root to action."""

relations = Table(
    "relations",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(16), nullable=False),
    _id("from_id"),
    _id("to_id"),
    Column("to_ref", String(64), nullable=False),
    Column("to_title", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("until", UtcDateTime),
    Index("ix_relations_from", "from_id"),
    Index("ix_relations_to", "to_id"),
)
"""Dated relations between post-mortems; ref and title serve where the target is not here."""

facts = Table(
    "facts",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(16), nullable=False),
    _id("entity_id"),
    Column("field", String(32), nullable=False),
    Column("value", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", Text, nullable=False),
    Column("source", String(32), nullable=False),
    Index("ix_facts_entity", "entity_id", "field", "at"),
)
"""Append-only: what a field was set to and when, so that it can be asked as of a time."""

outbox = Table(
    "outbox",
    metadata,
    _of("actions", "action_id", key=True),
    Column("state", String(16), nullable=False),
    Column("queued_at", UtcDateTime, nullable=False),
    Column("connection", String(36), nullable=False, server_default=""),
    Column("body", Text, nullable=False, server_default=""),
)
"""Actions that were marked ready, on their way to a ticket and after it. Without a body nothing
was done yet."""

connections = Table(
    "connections",
    metadata,
    _id(key=True),
    Column("site", Text, nullable=False),
    Column("project", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("deleted_at", UtcDateTime),
)
"""Projects that actions go to; the tickets of one that was removed still name it."""

tickets = Table(
    "tickets",
    metadata,
    _of("actions", "action_id", key=True),
    Column("connection", String(36), nullable=False),
    Column("ticket_id", String(64), nullable=False),
    Column("key", String(64), nullable=False),
    Column("category", String(16), nullable=False),
    Column("position", String(16), nullable=False),
    Column("carried_over", Integer, nullable=False),
    Column("visible", Boolean, nullable=False),
    Column("seen_at", UtcDateTime),
    Column("reopened_at", UtcDateTime),
    Column("body", Text, nullable=False),
    Index("ix_tickets_ticket", "ticket_id"),
)
"""Actions' tickets as they were seen last; ``reopened_at``: when one that had
ended was open again."""

cursors = Table(
    "cursors",
    metadata,
    Column("connection", String(36), primary_key=True, nullable=False),
    Column("name", String(32), primary_key=True, nullable=False),
    Column("value", Text, nullable=False),
)
"""How far the sync of a connection has come: what it reads next depends on it."""

revisions = Table(
    "revisions",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    _of("post_mortems", "post_mortem_id"),
    Column("number", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("body", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", Text, nullable=False),
    Column("begun_at", UtcDateTime),
    UniqueConstraint("post_mortem_id", "number"),
)
"""``at`` is the last write; ``begun_at`` the first of the autosaves that were joined, if any."""

attachments = Table(
    "attachments",
    metadata,
    _id(key=True),
    _of("post_mortems", "post_mortem_id"),
    Column("name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("position", Float, nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
    Column("deleted_at", UtcDateTime),
    Index("ix_attachments_post_mortem", "post_mortem_id"),
)

change_log = Table(
    "change_log",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", Text, nullable=False),
    Column("replica", String(36), nullable=False),
    Column("kind", String(16), nullable=False),
    _id("entity_id"),
    Column("field", String(32), nullable=False),
    Column("base_version", Integer, nullable=False),
    Column("source", String(32), nullable=False),
)
"""Every write, in order. Consumers (the search index, later the tracker) keep a cursor into it."""
