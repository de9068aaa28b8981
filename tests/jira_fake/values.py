"""The values of fields: from what a caller sends to what a site keeps, and how they read."""

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.jira_fake import adf
from tests.jira_fake.records import Change, Field, Issue, Kind, User
from tests.jira_fake.site import Site

SUMMARY_LIMIT = 255
Parse = Callable[[], Any]


class BadValueError(ValueError):
    """A value that a field does not take; the text is Jira's sentence."""


def parse(site: Site, field: Field, raw: Any, *, documents: bool) -> Any:
    """The form to keep of a sent value; ``documents`` says that long text comes as a document.

    Raises:
        BadValueError: it is none for that field.
    """
    parsers: dict[Kind, Parse] = {
        Kind.TEXT: lambda: _text(field, raw),
        Kind.DOCUMENT: lambda: _document(raw, documents=documents),
        Kind.LABELS: lambda: _labels(raw),
        Kind.PRIORITY: lambda: _named(site.priorities, raw, "priority selected"),
        Kind.RESOLUTION: lambda: _named(site.resolutions, raw, "resolution selected"),
        Kind.USER: lambda: _user(site, raw),
        Kind.DATE: lambda: _date(raw),
        Kind.NUMBER: lambda: _number(raw),
        Kind.SPRINT: lambda: _sprint(site, raw),
        Kind.OPTION: lambda: _options(field, raw),
        Kind.OPTIONS: lambda: _options(field, raw),
    }
    return parsers[field.kind]()


def _text(field: Field, raw: Any) -> str | None:
    if raw is not None and not isinstance(raw, str):
        raise BadValueError("Operation value must be a string")
    if field.id != "summary":
        return raw
    if not raw or not raw.strip():
        raise BadValueError("You must specify a summary of the issue.")
    if "\n" in raw or "\r" in raw:
        raise BadValueError("The summary is invalid because it contains newline characters.")
    if len(raw.encode("utf-16-le")) // 2 > SUMMARY_LIMIT:
        raise BadValueError("Summary can't exceed 255 characters.")
    return raw.strip()


def _document(raw: Any, *, documents: bool) -> Any:
    if raw is None:
        return None
    if documents and not adf.is_document(raw):
        raise BadValueError(
            "Operation value must be an Atlassian Document (see the Atlassian Document Format)"
        )
    if not documents and not isinstance(raw, str):
        raise BadValueError("Operation value must be a string")
    return raw


def _labels(raw: Any) -> list[str]:
    if not isinstance(raw, list) or not all(isinstance(label, str) for label in raw):
        raise BadValueError("data was not an array")
    for label in raw:
        if not label or any(character.isspace() for character in label):
            raise BadValueError(f"The label '{label}' contains spaces which is invalid.")
        if len(label) > SUMMARY_LIMIT:
            raise BadValueError(
                f"The label '{label}' exceeds the maximum length of 255 characters."
            )
    return sorted(set(raw))


def _number(raw: Any) -> int | float | None:
    if raw is not None and (isinstance(raw, bool) or not isinstance(raw, int | float)):
        raise BadValueError("Operation value must be a number")
    return raw


def _named(things: dict[str, str], raw: Any, what: str) -> str | None:
    if raw is None:
        return None
    for id, name in things.items():
        if isinstance(raw, dict) and (raw.get("id") == id or raw.get("name") == name):
            return id
    raise BadValueError(f"The {what} is invalid.")


def _user(site: Site, raw: Any) -> str | None:
    if raw is None or (isinstance(raw, dict) and raw and not any(raw.values())):
        return None
    wanted = raw.get("accountId" if site.cloud else "name") if isinstance(raw, dict) else None
    for user in site.users.values():
        if wanted == (user.account_id if site.cloud else user.name) and user.active:
            return user.name
    raise BadValueError(f"User '{wanted}' does not exist.")


def _date(raw: Any) -> str | None:
    if raw is None:
        return None
    try:
        return date.fromisoformat(raw).isoformat()
    except (TypeError, ValueError) as error:
        raise BadValueError(f"Error parsing date string: {raw}") from error


def _sprint(site: Site, raw: Any) -> int | None:
    if raw is None:
        return None
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise BadValueError("Number value expected as the Sprint id.")
    sprint = site.sprints.get(raw)
    if sprint is None:
        raise BadValueError(f"Sprint with id '{raw}' does not exist.")
    if sprint.state == "closed":
        raise BadValueError("Issue can be assigned only active or future sprints.")
    return raw


def _options(field: Field, raw: Any) -> Any:
    if raw is None:
        return None
    if field.kind is Kind.OPTIONS:
        if not isinstance(raw, list):
            raise BadValueError("data was not an array")
        return [_option(field, item) for item in raw]
    return _option(field, raw)


def _option(field: Field, raw: Any) -> str:
    for id, value in field.options.items():
        if isinstance(raw, dict) and (raw.get("id") == id or raw.get("value") == value):
            return id
    raise BadValueError(f"Specify a valid 'id' or 'name' for {field.name}")


def with_sprint(site: Site, issue: Issue | None, wanted: int | None) -> list[int]:
    """The sprint field after a move: closed sprints stay in it, one open one may join them."""
    held = site.sprints_of(issue) if issue else []
    closed = [sprint.id for sprint in held if sprint.state == "closed"]
    return closed if wanted is None else [*closed, wanted]


def change(site: Site, field: Field, before: Any, after: Any) -> Change:
    """The line of the change log for a field that changed."""
    old, old_text = _shown(site, field, before)
    new, new_text = _shown(site, field, after)
    name = field.name if field.custom else field.id
    users = field.kind is Kind.USER
    return Change(name, field.id, old, old_text, new, new_text, field.custom, users)


def _shown(site: Site, field: Field, value: Any) -> tuple[str | None, str | None]:
    """What the change log has of a value: an id, where it has one, and its text."""
    if field.kind is Kind.SPRINT:
        sprints = [site.sprints[id] for id in value or () if id in site.sprints]
        return ", ".join(str(s.id) for s in sprints), ", ".join(s.name for s in sprints)
    if field.kind is Kind.LABELS:
        return None, " ".join(value or ())
    if value is None:
        return None, None
    if field.kind is Kind.OPTIONS:
        return f"[{', '.join(value)}]", ",".join(field.options[id] for id in value)
    if field.kind is Kind.DOCUMENT:
        return None, value if isinstance(value, str) else adf.to_text(value)
    named = {
        Kind.PRIORITY: site.priorities,
        Kind.RESOLUTION: site.resolutions,
        Kind.USER: {user.name: user.display_name for user in site.users.values()},
        Kind.DATE: {value: value} if field.kind is Kind.DATE else {},
        Kind.OPTION: field.options,
    }.get(field.kind)
    return (None, f"{value}") if named is None else (value, named[value])


def owner_of(site: Site, name: str | None) -> User | None:
    """The user that a field names."""
    return None if name is None else site.users[name]
