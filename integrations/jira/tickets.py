"""A ticket as its site shows it, read into ours."""

import json
from collections.abc import Collection, Iterable

from integrations.jira.remote import Issue
from integrations.jira.shapes import Json, inside, text
from integrations.jira.sprint_field import read_sprints
from models.tracking.outbox import Found

FIELDS = (
    *("summary", "status", "resolution", "priority", "duedate", "assignee"),
    *("created", "updated"),
)
"""What is asked of a ticket, beside its sprint field."""
MARK = "afterwhy"
"""A label of every ticket that was made here, and the name of its entity property."""
FIELD_IDS = {"title": "summary", "priority": "priority", "due": "duedate", "owner": "assignee"}
"""The site's ids of our fields that are set directly."""


def label_of(action_id: str) -> str:
    """The label that a ticket is found by, whatever was lost here."""
    return f"{MARK}-{action_id}"


def read_issue(raw: Json, *, site: str, sprint_field: str | None) -> Issue:
    """A ticket; where its sprint field is not among what was sent, it cannot be seen."""
    fields = inside(raw, "fields")
    key = text(raw, "key")
    seen = isinstance(fields, dict) and sprint_field is not None and sprint_field in fields
    return Issue(
        ticket_id=text(raw, "id"),
        key=key,
        url=f"{site}/browse/{key}",
        title=text(fields, "summary"),
        status=text(fields, "status", "name"),
        category=text(fields, "status", "statusCategory", "key"),
        resolution=text(fields, "resolution", "name"),
        priority=text(fields, "priority", "name"),
        due=text(fields, "duedate"),
        account=account_of(inside(fields, "assignee")),
        account_name=text(fields, "assignee", "displayName"),
        sprints=read_sprints(inside(fields, sprint_field or "")) if seen else None,
        created=text(fields, "created"),
        updated=text(fields, "updated"),
    )


def account_of(user: object) -> str:
    """What a site knows somebody by: an account id on Cloud, a name on Data Center."""
    return text(user, "accountId") or text(user, "name")


def number_of(key: str) -> int:
    """The number in a key, 0 where there is none."""
    number = key.rpartition("-")[2]
    return int(number) if number.isascii() and number.isdigit() else 0


def by_label(raws: Iterable[Json], labels: Collection[str]) -> dict[str, tuple[Found, ...]]:
    """The tickets that carry each of the labels; a label that none does is left out."""
    found: dict[str, tuple[Found, ...]] = {}
    for raw in raws:
        for label in _carried(raw, labels):
            found[label] = (*found.get(label, ()), Found(text(raw, "id"), text(raw, "key")))
    return found


def _carried(raw: Json, labels: Iterable[str]) -> list[str]:
    """Those of the labels that a ticket has: among its labels, in its property, or in its text."""
    said = json.dumps([raw.get("fields"), raw.get("properties")])
    return [label for label in labels if label in said]
