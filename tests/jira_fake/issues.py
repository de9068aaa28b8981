"""What is done to issues, by a caller of the interface or by somebody else on the site."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from tests.jira_fake import values
from tests.jira_fake.records import (
    Change,
    Entry,
    Indexed,
    Issue,
    Kind,
    Project,
    Screen,
    Transition,
    User,
)
from tests.jira_fake.refusals import RefusedError, off_screen
from tests.jira_fake.site import Site

Raw = Mapping[str, Any]


def create(
    site: Site, by: User, fields: Raw, *, documents: bool = False, properties: Iterable[Raw] = ()
) -> Issue:
    """A new issue; as in Jira, what it begins with has no entry in its change log.

    Raises:
        RefusedError: 400 with the fields that are wrong, or 403.
    """
    project, type_ = _place(site, by, fields)
    site.require(
        by, "CREATE_ISSUES", project, "You do not have permission to create issues in this project."
    )
    screen = project.screens[type_]
    sent = {name: raw for name, raw in fields.items() if name not in ("project", "issuetype")}
    given = _parsed(site, screen.create, sent, documents=documents)
    _require_all(site, screen, given)
    _assignable(site, project, given)
    start = next(t for t in project.workflow if t.sources == ()) if project.workflow else None
    if start is None:
        raise RefusedError(500, "The project has no workflow.")
    at = site.stamp()
    kept = {"labels": [], "priority": next(iter(site.priorities)), "reporter": by.name} | given
    if (held := site.sprint_field) is not None:
        kept[held.id] = values.with_sprint(site, None, given.get(held.id))
    project.highest += 1
    key = f"{project.key}-{project.highest}"
    made = Issue(next(site.ids), key, project.id, type_, start.to, at, at, kept)
    made.properties = {entry["key"]: deepcopy(entry["value"]) for entry in properties}
    site.issues[made.id] = made
    site.keys[key] = made.id
    _index(site, made)
    return made


def edit(
    site: Site,
    by: User,
    issue: Issue,
    fields: Raw,
    update: Mapping[str, list[Raw]] | None = None,
    *,
    documents: bool = False,
) -> None:
    """Changes fields; what does not change writes no history.

    Raises:
        RefusedError: 400 with the fields that are wrong, or 403.
    """
    project = site.projects[issue.project]
    site.require(
        by, "EDIT_ISSUES", project, "You do not have permission to edit issues in this project."
    )
    sent = dict(fields) | {
        name: _operated(site, issue, name, operations)
        for name, operations in (update or {}).items()
    }
    given = _parsed(site, project.screens[issue.type].edit, sent, documents=documents)
    _assignable(site, project, given)
    _write(site, by, issue, given)


def assign(site: Site, by: User, issue: Issue, user: str | None) -> None:
    """Gives an issue to somebody, or to nobody."""
    _assignable(site, site.projects[issue.project], {"assignee": user})
    _write(site, by, issue, {"assignee": user})


def transition(
    site: Site,
    by: User,
    issue: Issue,
    id: str,
    fields: Raw | None = None,
    *,
    documents: bool = False,
) -> None:
    """Takes a way to another status.

    Raises:
        RefusedError: 400 for a way that is not there, or fields that its screen wants or lacks.
    """
    way = next((t for t in transitions(site, by, issue) if t.id == id), None)
    if way is None:
        raise RefusedError(400, f"Transition id '{id}' is not valid for this issue.")
    given = _parsed(site, way.screen, fields or {}, documents=documents)
    missing = [name for name in way.required if name not in given and not issue.values.get(name)]
    if missing:
        raise RefusedError(400, errors={n: f"{site.fields[n].name} is required." for n in missing})
    status = site.statuses[way.to]
    if status.category != "done":
        given["resolution"] = None
    elif "resolution" not in given and way.resolution:
        given["resolution"] = way.resolution
    before = site.statuses[issue.status]
    move = Change("status", "status", before.id, before.name, status.id, status.name)
    issue.status = status.id
    _write(site, by, issue, given, [move])


def transitions(site: Site, by: User, issue: Issue) -> list[Transition]:
    """The ways that lead on from where an issue is."""
    project = site.projects[issue.project]
    if not site.may(by, "TRANSITION_ISSUES", project):
        return []
    return [
        way
        for way in project.workflow
        if (way.sources is None and way.to != issue.status) or issue.status in (way.sources or ())
    ]


def move(site: Site, by: User, issue: Issue, to: str) -> None:
    """Moves an issue to another project: a new key, the same id; the old key leads to it."""
    old, new = site.projects[issue.project], site.project(to)
    new.highest += 1
    key = f"{new.key}-{new.highest}"
    changes = [
        Change("project", "project", old.id, old.name, new.id, new.name),
        Change("Key", None, None, issue.key, None, key),
    ]
    issue.former_keys.append(issue.key)
    issue.key, issue.project = key, new.id
    site.keys[key] = issue.id
    _log(site, issue, by, changes)


def delete(site: Site, issue: Issue) -> None:
    """Deletes an issue; nothing of it stays, and its key is not given again."""
    del site.issues[issue.id]


def put_in_sprint(site: Site, by: User, issue: Issue, sprint: int | None) -> None:
    """Puts an issue into an open sprint, or into the backlog."""
    held = site.sprint_field
    if held is not None:
        _write(site, by, issue, {held.id: sprint})


def _place(site: Site, by: User, fields: Raw) -> tuple[Project, str]:
    wanted = fields.get("project")
    name = (wanted.get("id") or wanted.get("key")) if isinstance(wanted, dict) else None
    try:
        project = site.project(str(name), by)
    except RefusedError as error:
        said = "Specify a valid project ID or key" if site.cloud else "project is required"
        raise RefusedError(400, errors={"project": said}) from error
    sent = fields.get("issuetype")
    for type_ in project.screens:
        record = site.types[type_]
        if isinstance(sent, dict) and (
            sent.get("id") == record.id or sent.get("name") == record.name
        ):
            return project, type_
    raise RefusedError(400, errors={"issuetype": "Specify a valid issue type"})


def _parsed(site: Site, screen: Iterable[str], sent: Raw, *, documents: bool) -> dict[str, Any]:
    errors: dict[str, str] = {}
    given: dict[str, Any] = {}
    for name, raw in sent.items():
        if name not in screen or name not in site.fields:
            errors[name] = off_screen(name)
            continue
        try:
            given[name] = values.parse(site, site.fields[name], raw, documents=documents)
        except values.BadValueError as error:
            errors[name] = str(error)
    if errors:
        raise RefusedError(400, errors=errors)
    return given


def _require_all(site: Site, screen: Screen, given: Raw) -> None:
    missing = [name for name in sorted(screen.required) if given.get(name) in (None, [], "")]
    errors = {name: f"{site.fields[name].name} is required." for name in missing}
    if "summary" in errors:
        errors["summary"] = "You must specify a summary of the issue."
    if errors:
        raise RefusedError(400, errors=errors)


def _assignable(site: Site, project: Project, given: Raw) -> None:
    user = values.owner_of(site, given.get("assignee"))
    if user is not None and not site.may(user, "BROWSE_PROJECTS", project):
        said = f"User '{user.name}' cannot be assigned issues."
        raise RefusedError(400, errors={"assignee": said})


def _operated(site: Site, issue: Issue, name: str, operations: list[Raw]) -> Any:
    """What a field is to hold after the operations of an ``update``."""
    held: Any = list(issue.values.get(name) or [])
    for operation in operations:
        for verb, raw in operation.items():
            if verb == "set":
                held = raw
            elif name in site.fields and site.fields[name].kind is Kind.LABELS:
                others = [label for label in held if label != raw]
                held = [*others, raw] if verb == "add" else others
            else:
                said = f"Field '{name}' does not support operation '{verb}'"
                raise RefusedError(400, errors={name: said})
    return held


def _write(site: Site, by: User, issue: Issue, given: Raw, changes: Iterable[Change] = ()) -> None:
    lines = list(changes)
    for name, value in given.items():
        field = site.fields[name]
        new = values.with_sprint(site, issue, value) if field.kind is Kind.SPRINT else value
        old = issue.values.get(name)
        if new == old or (not new and not old):
            continue
        lines.append(values.change(site, field, old, new))
        issue.values[name] = new
    if lines:
        _log(site, issue, by, lines)
    if "resolution" in given:
        issue.resolved = issue.updated if given["resolution"] else None


def _log(site: Site, issue: Issue, by: User, changes: list[Change]) -> None:
    issue.updated = site.stamp()
    issue.entries.append(Entry(next(site.ids), by.name, issue.updated, tuple(changes)))
    _index(site, issue)


def _index(site: Site, issue: Issue) -> None:
    known = Indexed(
        site.now,
        issue.key,
        issue.project,
        issue.type,
        issue.status,
        issue.updated,
        deepcopy(issue.values),
    )
    issue.index.append(known)
