"""The catalogue: a light row for every post-mortem, for lists and filters."""

import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from models.domain.moments import Moment, Precision
from models.domain.post_mortem import Status
from models.queries.health import NONE, Health, tally
from models.store import tables
from models.store.library import Library


@dataclass(frozen=True, slots=True)
class Row:
    """What a list shows of a post-mortem."""

    id: str
    ref: str
    title: str
    status: Status
    historical: bool
    severity: str
    services: tuple[str, ...]
    layers: tuple[str, ...]
    triggers: tuple[str, ...]
    tags: tuple[str, ...]
    authors: tuple[str, ...]
    occurred: Moment | None
    created_at: datetime
    updated_at: datetime
    version: int
    origin: str
    health: Health = NONE


def catalogue(library: Library, due_days: dict[str, int] | None = None) -> tuple[Row, ...]:
    """A row for every post-mortem that is not in the trash, latest incident first.

    ``due_days`` is the due policy: days from ready to due, by the incident's severity.
    """
    columns = tables.post_mortems.c
    light = [column for column in columns if column.name not in _HEAVY]
    with library.read() as connection:
        labels = _labels(connection)
        rows = connection.execute(select(*light).where(columns.deleted_at.is_(None))).all()
        severities = {row.id: row.severity for row in rows if not row.historical}
        health = tally(connection, severities, due_days or {}, library.now().date())
    result = [_row(row, labels[row.id], health.get(row.id, NONE)) for row in rows]
    return tuple(sorted(result, key=newest_first))


_HEAVY = ("body", "deleted_at", "year", "number")
"""What no row shows."""


def listed_at(row: Row) -> datetime | None:
    """The instant a list files a post-mortem under: the incident's, else that of its writing.

    None for an imported one without a date: when it was imported says nothing about it.
    """
    if row.occurred and row.occurred.at:
        return row.occurred.at
    return None if row.historical else row.created_at


def newest_first(row: Row) -> tuple[float, str]:
    """The order of the catalogue; what has no date comes last."""
    at = listed_at(row)
    return (math.inf if at is None else -at.timestamp()), row.ref


def _row(row: Any, labels: dict[str, list[str]], health: Health) -> Row:
    occurred = None
    if row.occurred_at is not None:
        occurred = Moment(row.occurred_at, precision=Precision(row.occurred_precision))
    return Row(
        id=row.id,
        ref=row.ref,
        title=row.title,
        status=Status(row.status),
        historical=row.historical,
        severity=row.severity,
        services=tuple(labels["service"]),
        layers=tuple(labels["layer"]),
        triggers=tuple(labels["trigger"]),
        tags=tuple(labels["tag"]),
        authors=tuple(labels["author"]),
        occurred=occurred,
        created_at=row.created_at,
        updated_at=row.updated_at,
        version=row.version,
        origin=row.origin,
        health=health,
    )


def _labels(connection: Connection) -> dict[str, dict[str, list[str]]]:
    result: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    columns = tables.labels.c
    query = select(columns.post_mortem_id, columns.kind, columns.value)
    query = query.order_by(columns.post_mortem_id, columns.kind, columns.value)  # as the key lies
    for post_mortem_id, kind, value in connection.execute(query):
        result[post_mortem_id][kind].append(value)
    return result
